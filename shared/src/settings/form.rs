//! The start form: what a visitor is asked before or after their first message.

use super::check::Errors;
use super::{FieldCode, LocalText};
use crate::form::{Consent, Field, Form, Kind};
use crate::limits;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a visitor is asked about themselves when a session begins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct StartForm {
    /// When they are asked. Default: `off`, never.
    pub mode: StartFormMode,
    /// Whether for their name. Default: `off`.
    pub name: Wanted,
    /// Whether for their e-mail address. Default: `off`.
    pub email: Wanted,
    /// Whether for their telephone number. Default: `off`.
    pub phone: Wanted,
    /// What else they are asked, in order. At most 10. Default: nothing.
    pub fields: Vec<CustomField>,
    /// What they have to agree to. Default: nothing.
    pub consent: LocalText,
    /// The address of the page that tells more about it. Default: none.
    pub privacy_url: String,
}

/// When a visitor is asked to fill in the start form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StartFormMode {
    /// Never.
    #[default]
    Off,
    /// Before the first message of a session.
    Before,
    /// After it.
    After,
}

/// Whether something is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// It is not.
    #[default]
    Off,
    /// It is, and may be left empty.
    Optional,
    /// It is, and has to be filled in.
    Required,
}

/// A field of a channel's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct CustomField {
    /// How programs call it: small letters, digits and `_`, at most 40. Needed.
    pub key: String,
    /// What is asked. Needed.
    pub label: LocalText,
    /// What it holds. Default: `text`.
    pub kind: CustomKind,
    /// For a choice: what can be chosen, 2 to 20.
    pub options: Vec<LocalText>,
    /// Whether it has to be filled in. Default: no.
    pub required: bool,
}

/// What a field of a channel's own holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CustomKind {
    /// A line.
    #[default]
    Text,
    /// Several lines.
    LongText,
    /// One of the options.
    Choice,
}

impl StartForm {
    /// The form for a reader of `locale`.
    pub fn in_language(&self, locale: &str) -> Form {
        let known = [(Kind::Name, self.name), (Kind::Email, self.email), (Kind::Phone, self.phone)];
        let known = known
            .into_iter()
            .filter(|(_, wanted)| *wanted != Wanted::Off)
            .map(|(kind, wanted)| Field::known(kind, wanted == Wanted::Required));
        let own = self.fields.iter().map(|field| field.in_language(locale));
        let words = self.consent.words(locale);
        let consent = words.map(|words| Consent { text: words.to_owned(), link: self.privacy_url.clone() });
        Form { fields: known.chain(own).collect(), consent, reach: false }
    }

    pub(super) fn errors(&self, errors: &mut Errors) {
        let too_many = self.fields.len() > limits::CUSTOM_FIELDS_MAX;
        errors.when(too_many, "start_form.fields", FieldCode::TooMany);
        let mut keys = BTreeSet::new();
        for (index, field) in self.fields.iter().enumerate() {
            let path = format!("start_form.fields.{index}");
            let repeated = !keys.insert(&field.key);
            errors.when(repeated, format!("{path}.key"), FieldCode::Repeated);
            field.errors(&path, errors);
        }
        errors.words("start_form.consent", &self.consent, limits::CONSENT_CHARS_MAX, &[]);
        let bad_url = !self.privacy_url.is_empty() && !is_page(&self.privacy_url);
        errors.when(bad_url, "start_form.privacy_url", FieldCode::BadFormat);
    }
}

impl CustomField {
    fn in_language(&self, locale: &str) -> Field {
        let words = |text: &LocalText| text.words(locale).unwrap_or_default().to_owned();
        let kind = match self.kind {
            CustomKind::Text => Kind::Text,
            CustomKind::LongText => Kind::LongText,
            CustomKind::Choice => Kind::Choice(self.options.iter().map(words).collect()),
        };
        Field { key: self.key.clone(), label: words(&self.label), kind, required: self.required }
    }

    fn errors(&self, path: &str, errors: &mut Errors) {
        let bad_key = self.key.is_empty()
            || self.key.len() > limits::FIELD_KEY_BYTES_MAX
            || !self.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        errors.when(bad_key, format!("{path}.key"), FieldCode::BadFormat);
        errors.when(self.label.words("en").is_none(), format!("{path}.label"), FieldCode::Required);
        errors.words(&format!("{path}.label"), &self.label, limits::NAME_CHARS_MAX, &[]);
        if self.kind != CustomKind::Choice {
            return;
        }
        let (least, most) = (limits::OPTIONS.start(), limits::OPTIONS.end());
        errors.when(self.options.len() < *least, format!("{path}.options"), FieldCode::Required);
        errors.when(self.options.len() > *most, format!("{path}.options"), FieldCode::TooMany);
        for (index, option) in self.options.iter().enumerate() {
            let path = format!("{path}.options.{index}");
            errors.when(option.words("en").is_none(), path.clone(), FieldCode::Required);
            errors.words(&path, option, limits::NAME_CHARS_MAX, &[]);
        }
    }
}

/// An address that may be opened from a page.
fn is_page(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    text.len() <= limits::URL_BYTES_MAX
        && host.is_some_and(|host| !host.is_empty() && !host.starts_with('/'))
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    fn english(words: &str) -> LocalText {
        LocalText([("en".to_owned(), words.to_owned())].into())
    }

    fn fields_of(start_form: StartForm) -> Vec<(String, FieldCode)> {
        let errors = Settings { start_form, ..Settings::default() }.errors();
        errors.into_iter().map(|error| (error.field, error.code)).collect()
    }

    #[test]
    fn a_form_is_in_the_language_of_its_reader() {
        let label = LocalText([("en".into(), "Order".into()), ("fr".into(), "Commande".into())].into());
        let field = CustomField { key: "order".into(), label, required: true, ..CustomField::default() };
        let form = StartForm {
            email: Wanted::Required,
            phone: Wanted::Optional,
            fields: vec![field],
            consent: english("You may keep this."),
            privacy_url: "https://shop.example/privacy".into(),
            ..StartForm::default()
        }
        .in_language("fr-CA");
        let told: Vec<_> =
            form.fields.iter().map(|it| (it.label.as_str(), it.kind.clone(), it.required)).collect();
        let wanted = [("", Kind::Email, true), ("", Kind::Phone, false), ("Commande", Kind::Text, true)];
        assert_eq!(told, wanted);
        assert_eq!(form.consent.unwrap().link, "https://shop.example/privacy");
        assert_eq!(StartForm::default().in_language("en"), Form::default());
    }

    #[test]
    fn what_is_wrong_with_a_form_is_told_at_its_fields() {
        let choice = CustomField {
            key: "size".into(),
            label: english("Size"),
            kind: CustomKind::Choice,
            options: vec![english(" ")],
            ..CustomField::default()
        };
        let bad_key = CustomField { key: "Größe".into(), label: english("Size"), ..CustomField::default() };
        let unnamed = CustomField { key: "size".into(), ..CustomField::default() };
        let form = StartForm {
            fields: vec![choice, bad_key, unnamed],
            privacy_url: "javascript:alert(1)".into(),
            ..StartForm::default()
        };
        let wanted = [
            ("start_form.fields.0.options", FieldCode::Required),
            ("start_form.fields.0.options.0", FieldCode::Required),
            ("start_form.fields.1.key", FieldCode::BadFormat),
            ("start_form.fields.2.key", FieldCode::Repeated),
            ("start_form.fields.2.label", FieldCode::Required),
            ("start_form.privacy_url", FieldCode::BadFormat),
        ]
        .map(|(field, code)| (field.to_owned(), code));
        assert_eq!(fields_of(form), wanted);
        let too_many: Vec<_> = (0..=limits::CUSTOM_FIELDS_MAX)
            .map(|n| CustomField { key: format!("f{n}"), label: english("?"), ..CustomField::default() })
            .collect();
        let form = StartForm { fields: too_many, ..StartForm::default() };
        assert_eq!(fields_of(form), [("start_form.fields".to_owned(), FieldCode::TooMany)]);
    }

    #[test]
    fn a_privacy_page_is_an_address_on_the_web() {
        for good in ["https://shop.example", "http://localhost:1/privacy?a=b"] {
            assert!(is_page(good), "{good}");
        }
        for bad in ["shop.example", "https://", "https:///x", "data:text/html,x", "https://a b.example"] {
            assert!(!is_page(bad), "{bad}");
        }
    }
}
