//! `Sec-WebSocket-Protocol`, in which a visitor's secret and token travel: the one header of a handshake that a page may choose.

use crate::secrets;
use shared::wire::{SECRET_PREFIX, SUBPROTOCOL, TOKEN_PREFIX, WORK_PREFIX};

/// Whether the client offers the version that we speak.
pub(crate) fn speaks_ours(header: &str) -> bool {
    offered(header).any(|one| one == SUBPROTOCOL)
}

/// The visitor's secret.
pub(crate) fn secret(header: &str) -> Option<&str> {
    offered(header).filter_map(|one| one.strip_prefix(SECRET_PREFIX)).find(|secret| secrets::is_token(secret))
}

/// The token that vouches for the visitor, of whatever shape.
pub(crate) fn token(header: &str) -> Option<&str> {
    offered(header).find_map(|one| one.strip_prefix(TOKEN_PREFIX))
}

/// The number that proves the visitor's work.
pub(crate) fn work(header: &str) -> Option<&str> {
    offered(header).find_map(|one| one.strip_prefix(WORK_PREFIX))
}

fn offered(header: &str) -> impl Iterator<Item = &str> {
    header.split(',').map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_and_the_secret_are_found() {
        let secret_text = "s".repeat(43);
        let header = format!("guichet.v1, secret.{secret_text}");
        assert!(speaks_ours(&header));
        assert_eq!(secret(&header), Some(secret_text.as_str()));
        assert_eq!(token(&header), None);
        assert_eq!(token(&format!("{header}, token.a.b-_.c")), Some("a.b-_.c"));
    }

    #[test]
    fn a_secret_of_another_shape_is_none() {
        for header in ["", "guichet.v1", "secret.", "secret.short", &format!("secret.{}", "!".repeat(43))] {
            assert_eq!(secret(header), None, "{header}");
        }
        assert!(!speaks_ours("guichet.v10, guichet"));
    }
}
