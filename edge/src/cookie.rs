//! The cookie of a sign-in. It carries a random token; the directory knows only the token's hash.

use shared::time::Millis;

/// `__Host-` makes browsers insist on `Secure`, on the path `/`, and on this host alone.
const NAME: &str = "__Host-guichet";

/// How long a sign-in lasts.
pub(crate) const LIFETIME: Millis = Millis::days(30);

/// The token in a `Cookie` header.
pub(crate) fn token(header: &str) -> Option<&str> {
    header
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == NAME)
        .map(|(_, value)| value)
        .filter(|value| !value.is_empty())
}

/// The `Set-Cookie` header that signs in.
pub(crate) fn grant(token: &str) -> String {
    write(token, LIFETIME.0 / 1000)
}

/// The `Set-Cookie` header that signs out.
pub(crate) fn revoke() -> String {
    write("", 0)
}

fn write(value: &str, seconds: u64) -> String {
    format!("{NAME}={value}; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age={seconds}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_found_among_other_cookies() {
        assert_eq!(token("a=b; __Host-guichet=t0ken; c=d"), Some("t0ken"));
        for none in ["", "a=b", "guichet=x", "__Host-guichet=", "x__Host-guichet=y", "__Host-guichet"] {
            assert_eq!(token(none), None, "{none}");
        }
    }

    #[test]
    fn the_cookie_is_for_this_host_and_for_no_script() {
        assert_eq!(
            grant("t"),
            "__Host-guichet=t; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=2592000"
        );
        assert!(revoke().ends_with("Max-Age=0"));
    }
}
