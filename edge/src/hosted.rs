//! A channel's own page, `/c/<channel>`: the chat for sites that cannot run it themselves. It is linked to, or framed by the
//! pages that may embed the channel.

use crate::call::Call;
use crate::failure::Failure;
use crate::{answer, assets, launch, origin, security};
use worker::Response;

/// The page before it is filled in. Its address is not one of the pages'.
const TEMPLATE: &str = "/c/";

/// What stands in the template for the title.
const TITLE: &str = "__TITLE__";

/// Answers with the page of the channel of this name.
pub(crate) async fn answer(call: &Call, channel: &str) -> Result<Response, Failure> {
    let (id, row) = launch::channel(call, channel).await?;
    let look = &row.settings.appearance;
    let language = call.header("accept-language").unwrap_or_default();
    let title = look.title.pick(first_language(&language)).unwrap_or(&row.name);
    // The title's place is the first one, so that words which look like a place stay words.
    let page = launch::fill(&assets::text(&call.env, TEMPLATE).await?, &id, look)?;
    let page = page.replacen(TITLE, &text_node(title), 1);
    let policy = security::hosted(&origin::embedders(&call.address.origin, &row.settings.origins));
    let headers = [
        ("content-type", "text/html; charset=utf-8"),
        ("content-security-policy", policy.as_str()),
        ("cache-control", "no-cache"),
        ("vary", "accept-language"),
        // A page that isolates itself may frame it too.
        ("cross-origin-resource-policy", "cross-origin"),
    ];
    Ok(answer::respond(200, &headers, Some(page))?)
}

/// The language that a browser would rather have: the first of an `Accept-Language` header.
fn first_language(header: &str) -> &str {
    header.split([',', ';']).next().unwrap_or_default().trim()
}

fn text_node(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_counts() {
        assert_eq!(first_language("fr-CA,fr;q=0.9, en;q=0.8"), "fr-CA");
        assert_eq!(first_language(" de;q=0.5"), "de");
        assert_eq!(first_language(""), "");
    }

    #[test]
    fn a_title_is_text() {
        assert_eq!(text_node("</title> & <b>"), "&lt;/title> &amp; &lt;b>");
    }
}
