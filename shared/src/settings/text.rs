//! A text in several languages.

use crate::text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text in several languages, keyed by the primary language (`en`, `fr`). Empty: Guichet's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct LocalText(pub BTreeMap<String, String>);

impl LocalText {
    /// The text for a reader of `locale` (BCP 47): their language, else English, else whatever there is.
    pub fn pick(&self, locale: &str) -> Option<&str> {
        let language = text::language(locale);
        self.0
            .get(language)
            .or_else(|| self.0.get("en"))
            .or_else(|| self.0.values().next())
            .map(String::as_str)
    }

    /// As [`Self::pick`], but none where there is nothing to read.
    pub fn words(&self, locale: &str) -> Option<&str> {
        self.pick(locale).filter(|words| !text::is_blank(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_gets_their_language_or_english() {
        let text = LocalText([("en".into(), "Hello".into()), ("fr".into(), "Bonjour".into())].into());
        assert_eq!(text.pick("fr-CA"), Some("Bonjour"));
        assert_eq!(text.pick("de"), Some("Hello"));
        assert_eq!(LocalText::default().pick("fr"), None);
        assert_eq!(LocalText([("en".into(), " ".into())].into()).words("en"), None);
    }
}
