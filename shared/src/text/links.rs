//! Addresses in what people write, so that they can be opened. Whatever is not surely one stays words.

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// To be read.
    Words(&'a str),
    /// To be opened: an address of the web, just as it was written.
    Link(&'a str),
}

/// The relation of a page to an address that a stranger wrote: it learns nothing of the page, and gains nothing by it.
pub const REL: &str = "noopener noreferrer nofollow";

/// What may stand before an address, and what may follow it without being part of it.
const OPENING: &[char] = &['(', '[', '{', '<', '"', '\'', '«', '“', '‘', '„', '¿', '¡'];
const CLOSING: &[char] =
    &['.', ',', ';', ':', '!', '?', '"', '\'', '»', '”', '’', '…', ']', '}', '>', '、', '。'];

/// The text, whole and in order, with its addresses apart. Only `http` and `https` are addresses, and only with a host that
/// can be read: nothing that would run, and no host in letters that look like others.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut told = 0;
    let mut at = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let from = at + (piece.len() - piece.trim_start_matches(OPENING).len());
        at += piece.len();
        let Some(url) = text.get(from..at).and_then(address) else { continue };
        parts.extend(text.get(told..from).filter(|words| !words.is_empty()).map(Part::Words));
        parts.push(Part::Link(url));
        told = from + url.len();
    }
    parts.extend(text.get(told..).filter(|words| !words.is_empty()).map(Part::Words));
    parts
}

/// The address that `text` begins with.
fn address(text: &str) -> Option<&str> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    let end = text
        .find(|c: char| c.is_whitespace() || c.is_control() || is_hidden(c) || matches!(c, '<' | '>' | '"'));
    let mut url = text.get(..end.unwrap_or(text.len()))?;
    loop {
        let shorter = url.trim_end_matches(CLOSING);
        // A bracket that was opened within the address belongs to it.
        let shorter = match shorter.strip_suffix(')') {
            Some(without) if shorter.matches('(').count() < shorter.matches(')').count() => without,
            _ => shorter,
        };
        if shorter.len() == url.len() {
            break;
        }
        url = shorter;
    }
    let host = url.get(scheme.len()..)?.split(['/', '?', '#']).next()?;
    let is_plain = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':'));
    let has_name = host.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric());
    (is_plain && has_name).then_some(url)
}

/// Without a width, or turning the direction of what follows.
const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<&str> {
        let parts = parts(text);
        let whole: String = parts.iter().map(|(Part::Words(words) | Part::Link(words))| *words).collect();
        assert_eq!(whole, text, "nothing is lost");
        parts
            .into_iter()
            .filter_map(|part| if let Part::Link(url) = part { Some(url) } else { None })
            .collect()
    }

    #[test]
    fn addresses_are_found_without_what_stands_around_them() {
        for (text, found) in [
            ("https://shop.example/a?b=c#d", "https://shop.example/a?b=c#d"),
            ("See (https://shop.example/a), please.", "https://shop.example/a"),
            ("See https://shop.example.", "https://shop.example"),
            ("\u{ab}https://shop.example\u{bb}!", "https://shop.example"),
            ("https://wiki.example/Guichet_(chat)", "https://wiki.example/Guichet_(chat)"),
            ("(https://wiki.example/Guichet_(chat))", "https://wiki.example/Guichet_(chat)"),
            ("Http://localhost:8787/c/demo", "Http://localhost:8787/c/demo"),
            ("a\nhttps://shop.example/\u{e9}t\u{e9}\nb", "https://shop.example/\u{e9}t\u{e9}"),
            ("<https://shop.example/x>y", "https://shop.example/x"),
            ("https://shop.example/\u{202e}gpj.exe", "https://shop.example/"),
        ] {
            assert_eq!(links(text), [found], "{text}");
        }
        assert_eq!(links("https://a.example https://b.example"), ["https://a.example", "https://b.example"]);
    }

    #[test]
    fn what_is_no_address_of_the_web_stays_words() {
        for text in [
            "",
            "shop.example",
            "javascript:alert(1)",
            "data:text/html,https",
            "https://",
            "https://.",
            "https:///path",
            "http:/x",
            "xhttps://shop.example",
            "https://user:pass@shop.example",
            "https://\u{430}pple.example",
            "https://-shop.example",
            "ftp://shop.example",
        ] {
            assert_eq!(links(text), [""; 0], "{text}");
        }
    }
}
