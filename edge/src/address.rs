//! The address of a request, and how paths are matched. Written out because a full URL parser weighs more than the rest of
//! the Worker, and the runtime hands over addresses that are normalised already.

/// An absolute address, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// `https://chat.example.com`, as a browser writes it in `Origin`.
    pub(crate) origin: String,
    /// From the first slash, without the query.
    pub(crate) path: String,
    /// What stands behind the question mark, if there is one.
    pub(crate) query: String,
}

impl Address {
    /// Takes a normalised address apart.
    pub(crate) fn parse(url: &str) -> Self {
        let host_start = url.find("://").map_or(0, |at| at + 3);
        let host_end = url
            .get(host_start..)
            .and_then(|rest| rest.find(['/', '?', '#']))
            .map_or(url.len(), |length| host_start + length);
        let (origin, rest) = url.split_at(host_end);
        let (path, query) =
            rest.split('#').next().and_then(|rest| rest.split_once('?')).unwrap_or((rest, ""));
        let path = path.split('#').next().filter(|path| !path.is_empty()).unwrap_or("/");
        Self { origin: origin.to_owned(), path: path.to_owned(), query: query.to_owned() }
    }

    /// The value of a parameter of the query, as it is written there.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    /// Whether the request came over TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.origin.starts_with("https://")
    }
}

/// What stands in `path` at the place that `template` names in braces; empty if it names none. None: no match.
pub(crate) fn capture<'a>(template: &str, path: &'a str) -> Option<&'a str> {
    let mut captured = "";
    let mut parts = path.split('/');
    for wanted in template.split('/') {
        let part = parts.next()?;
        if wanted.starts_with('{') {
            captured = part;
        } else if wanted != part {
            return None;
        }
    }
    parts.next().is_none().then_some(captured)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        let cases = [
            ("http://127.0.0.1:8787/a/b?c=/d", "http://127.0.0.1:8787", "/a/b", "c=/d"),
            ("https://chat.example", "https://chat.example", "/", ""),
            ("https://chat.example?x", "https://chat.example", "/", "x"),
            ("http://[::1]:1/x#y?z", "http://[::1]:1", "/x", ""),
            ("", "", "/", ""),
        ];
        for (url, origin, path, query) in cases {
            let address = Address { origin: origin.into(), path: path.into(), query: query.into() };
            assert_eq!(Address::parse(url), address, "{url}");
        }
    }

    #[test]
    fn a_parameter_is_found_by_its_whole_name() {
        let address = Address::parse("https://chat.example/f/x?xproof=a&proof=b&until=5&proof=c");
        assert_eq!(address.parameter("proof"), Some("b"));
        assert_eq!(address.parameter("until"), Some("5"));
        assert_eq!(address.parameter("unti"), None);
    }

    #[test]
    fn templates_match_whole_paths() {
        assert_eq!(capture("/me", "/me"), Some(""));
        assert_eq!(capture("/channels/{channel}/settings", "/channels/demo/settings"), Some("demo"));
        for path in
            ["/channels/demo", "/channels/demo/settings/", "/channels//x/settings", "channels/demo/settings"]
        {
            assert_eq!(capture("/channels/{channel}/settings", path), None, "{path}");
        }
    }
}
