//! Which pages may do what: comparing the origin that a browser names with those that are allowed.

/// Whether `origin` (as a browser writes it) is this computer itself.
pub(crate) fn is_loopback(origin: &str) -> bool {
    let Some((_, host)) = origin.split_once("://") else { return false };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next(),
        None => host.split(':').next(),
    };
    matches!(name, Some("localhost" | "127.0.0.1" | "::1"))
}

/// Whether a page of `origin` may embed a channel that lists `allowed`, at a worker reached as `own`.
///
/// A channel that lists nothing is open to this host alone; while the worker is reached on loopback, every loopback page
/// counts as this host, so that a page on another port works in development.
pub(crate) fn may_embed(origin: &str, own: &str, allowed: &[String]) -> bool {
    origin == own
        || allowed.iter().any(|one| one == origin)
        || (allowed.is_empty() && is_loopback(own) && is_loopback(origin))
}

/// The same rule as sources of a `frame-ancestors` directive: who may frame the channel's own page.
pub(crate) fn embedders(own: &str, allowed: &[String]) -> String {
    let mut sources = vec!["'self'"];
    sources.extend(allowed.iter().map(String::as_str));
    if allowed.is_empty() && is_loopback(own) {
        sources.extend(["http://localhost:*", "http://127.0.0.1:*"]);
    }
    sources.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "https://chat.example";

    #[test]
    fn only_this_computer_is_loopback() {
        for yes in ["http://localhost", "http://localhost:8787", "http://127.0.0.1:1", "http://[::1]:8787"] {
            assert!(is_loopback(yes), "{yes}");
        }
        for no in [
            "https://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://[::2]",
            "null",
            "",
            "localhost",
        ] {
            assert!(!is_loopback(no), "{no}");
        }
    }

    #[test]
    fn listed_origins_and_this_host_may_embed() {
        let shop = vec!["https://shop.example".to_owned()];
        assert!(may_embed("https://shop.example", OWN, &shop));
        assert!(may_embed(OWN, OWN, &shop));
        for no in ["http://shop.example", "https://shop.example:8443", "https://shop.example.evil", "null"] {
            assert!(!may_embed(no, OWN, &shop), "{no}");
        }
    }

    #[test]
    fn who_may_embed_may_frame() {
        assert_eq!(embedders(OWN, &["https://shop.example".into()]), "'self' https://shop.example");
        assert_eq!(embedders(OWN, &[]), "'self'");
        assert_eq!(embedders("http://127.0.0.1:8787", &[]), "'self' http://localhost:* http://127.0.0.1:*");
    }

    #[test]
    fn a_channel_without_a_list_is_for_this_host() {
        assert!(may_embed(OWN, OWN, &[]));
        assert!(!may_embed("https://shop.example", OWN, &[]));
        assert!(!may_embed("http://localhost:8000", OWN, &[]));
        assert!(may_embed("http://localhost:8000", "http://127.0.0.1:8787", &[]));
        let listed = vec!["http://localhost:9000".to_owned()];
        assert!(!may_embed("http://localhost:8000", "http://127.0.0.1:8787", &listed));
    }
}
