//! Forms that a visitor fills in: what is asked, and what is wrong with what was answered. The widget and the worker ask the
//! same functions.

use crate::limits;
use crate::settings::is_email;
use crate::wire::{Contact, is_false};
use serde::{Deserialize, Serialize};

/// What a visitor is asked to fill in, in their language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// The fields, in order.
    pub fields: Vec<Field>,
    /// What has to be agreed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// Whether an e-mail address or a telephone number is needed, whichever it is.
    #[serde(skip_serializing_if = "is_false")]
    pub reach: bool,
}

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// How its answer is kept; empty for those of which a contact has only one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// What is asked; empty for what every language has a word for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether it has to be filled in.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The visitor's name.
    Name,
    /// Their e-mail address.
    Email,
    /// Their telephone number.
    Phone,
    /// A line.
    Text,
    /// Several lines.
    LongText,
    /// One of these.
    Choice(Vec<String>),
}

/// What has to be agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// The words.
    pub text: String,
    /// The page that tells more; empty if there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link: String,
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is none, and there has to be one.
    Missing,
    /// It is not what is asked for.
    Wrong,
}

impl Form {
    /// How can the visitor be reached?
    pub fn contact() -> Self {
        let fields = [Kind::Name, Kind::Email, Kind::Phone].map(|kind| Field::known(kind, false));
        Self { fields: fields.into(), consent: None, reach: true }
    }

    /// Whether it cannot be passed over.
    pub fn is_needed(&self) -> bool {
        self.consent.is_some() || self.fields.iter().any(|field| field.required)
    }

    /// Whether it may be sent like this.
    pub fn accepts(&self, filled: &Contact) -> bool {
        !self.lacks_reach(filled)
            && !self.lacks_consent(filled)
            && self.fields.iter().all(|field| field.fault(filled.answer(field)).is_none())
    }

    /// Whether there is no way to reach the visitor, and there has to be one.
    pub const fn lacks_reach(&self, filled: &Contact) -> bool {
        self.reach && filled.email.is_empty() && filled.phone.is_empty()
    }

    /// Whether the visitor has not agreed to the very words that they were asked to.
    pub fn lacks_consent(&self, filled: &Contact) -> bool {
        self.consent.as_ref().is_some_and(|consent| consent.text != filled.consent)
    }
}

impl Field {
    /// One for which every language has a word.
    pub const fn known(kind: Kind, required: bool) -> Self {
        Self { key: String::new(), label: String::new(), kind, required }
    }

    /// What is wrong with an answer, if anything is.
    pub fn fault(&self, answer: &str) -> Option<Fault> {
        if answer.is_empty() {
            return self.required.then_some(Fault::Missing);
        }
        let fits = match &self.kind {
            Kind::Email => is_email(answer),
            Kind::Phone => is_phone(answer),
            Kind::Choice(options) => options.iter().any(|option| option == answer),
            Kind::Name | Kind::Text | Kind::LongText => true,
        };
        (!fits || answer.chars().count() > self.chars_max()).then_some(Fault::Wrong)
    }

    /// How long an answer may be.
    pub const fn chars_max(&self) -> usize {
        match self.kind {
            Kind::Name => limits::NAME_CHARS_MAX,
            Kind::Email => limits::EMAIL_BYTES_MAX,
            Kind::Phone => limits::PHONE_CHARS_MAX,
            Kind::Text | Kind::Choice(_) => limits::ANSWER_CHARS_MAX,
            Kind::LongText => limits::LONG_ANSWER_CHARS_MAX,
        }
    }
}

impl Contact {
    /// What is answered in a field.
    pub fn answer(&self, field: &Field) -> &str {
        match field.kind {
            Kind::Name => &self.name,
            Kind::Email => &self.email,
            Kind::Phone => &self.phone,
            _ => self
                .more
                .iter()
                .find(|answer| answer.key == field.key)
                .map_or("", |answer| answer.value.as_str()),
        }
    }
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 3
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '.' | '(' | ')' | '/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Answer;

    fn field(kind: Kind, required: bool) -> Field {
        Field { key: "order".into(), ..Field::known(kind, required) }
    }

    #[test]
    fn only_what_is_required_has_to_be_answered() {
        assert_eq!(field(Kind::Text, true).fault(""), Some(Fault::Missing));
        assert_eq!(field(Kind::Text, false).fault(""), None);
        assert_eq!(field(Kind::Text, true).fault("1234"), None);
    }

    #[test]
    fn an_answer_has_to_be_what_is_asked_for() {
        let choice = field(Kind::Choice(vec!["Red".into(), "Blue".into()]), false);
        for (field, good, bad) in [
            (field(Kind::Email, false), "zoe@mail.example", "zoe@"),
            (field(Kind::Phone, false), "+33 (0)1 23", "call me"),
            (choice, "Blue", "blue"),
            (field(Kind::Text, false), "x", &*"x".repeat(limits::ANSWER_CHARS_MAX + 1)),
            (field(Kind::LongText, false), "a\nb", &*"x".repeat(limits::LONG_ANSWER_CHARS_MAX + 1)),
            (field(Kind::Name, false), "Zoë", &*"ë".repeat(limits::NAME_CHARS_MAX + 1)),
            (field(Kind::Phone, false), "123", "12"),
        ] {
            assert_eq!(field.fault(good), None, "{good}");
            assert_eq!(field.fault(bad), Some(Fault::Wrong), "{bad}");
        }
    }

    #[test]
    fn one_way_to_reach_somebody_is_enough() {
        let form = Form::contact();
        assert!(!form.is_needed());
        assert!(!form.accepts(&Contact { name: "Zoë".into(), ..Contact::default() }));
        assert!(form.accepts(&Contact { phone: "123".into(), ..Contact::default() }));
        assert!(!form.accepts(&Contact { phone: "123".into(), email: "zoe".into(), ..Contact::default() }));
    }

    #[test]
    fn consent_is_to_the_words_that_were_read() {
        let consent = Some(Consent { text: "You may keep this.".into(), link: String::new() });
        let form = Form { consent, ..Form::default() };
        assert!(form.is_needed());
        let filled = |consent: &str| Contact { consent: consent.into(), ..Contact::default() };
        assert!(form.accepts(&filled("You may keep this.")));
        assert!(!form.accepts(&filled("You may sell this.")));
        assert!(!form.accepts(&filled("")));
    }

    #[test]
    fn an_answer_is_found_by_the_key_of_its_field() {
        let answer = Answer { key: "order".into(), value: "1234".into(), ..Answer::default() };
        let filled = Contact { name: "Zoë".into(), more: vec![answer], ..Contact::default() };
        assert_eq!(filled.answer(&field(Kind::Text, false)), "1234");
        assert_eq!(filled.answer(&Field::known(Kind::Name, false)), "Zoë");
        let other = Field { key: "size".into(), ..Field::known(Kind::Text, false) };
        assert_eq!(filled.answer(&other), "");
    }
}
