//! The script that a site embeds: the loader's text with the launcher's settings of one channel written into it.

use crate::call::Call;
use crate::failure::Failure;
use crate::{answer, assets, launch, pages, secrets};
use worker::Response;

/// Answers with the script of the channel of this name.
pub(crate) async fn answer(call: &Call, channel: &str) -> Result<Response, Failure> {
    let (id, row) = launch::channel(call, channel).await?;
    let template = assets::text(&call.env, pages::LOADER).await?;
    let script = launch::fill(&template, &id, &row.settings.appearance)?;
    let tag = format!("\"{}\"", secrets::sha256_hex(&script).get(..32).unwrap_or_default());
    let headers = [
        ("content-type", "text/javascript; charset=utf-8"),
        ("cache-control", "public, max-age=300"),
        ("etag", tag.as_str()),
        ("access-control-allow-origin", "*"),
        ("cross-origin-resource-policy", "cross-origin"),
    ];
    if call.header("if-none-match").is_some_and(|known| holds(&known, &tag)) {
        return Ok(answer::respond(304, &headers, None)?);
    }
    Ok(answer::respond(200, &headers, Some(script))?)
}

/// Whether an `If-None-Match` header names `tag`. Compression on the way may have made the tag a weak one.
fn holds(header: &str, tag: &str) -> bool {
    header.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_tag_is_recognised() {
        assert!(holds("\"x\", W/\"y\"", "\"y\""));
        assert!(holds("*", "\"y\""));
        assert!(!holds("\"x\"", "\"y\""));
    }
}
