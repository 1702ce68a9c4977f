//! What a form may hold. All that is wrong is told at once.

use crate::failure::Refusal;
use shared::limits::{EMAIL_BYTES_MAX, NAME_CHARS_MAX, PASSWORD_CHARS};
use shared::settings::{FieldCode, FieldError};
use shared::text::is_blank;

/// Collects what is wrong.
#[derive(Debug, Default)]
pub(super) struct Form(Vec<FieldError>);

impl Form {
    /// A name, without white space around it.
    pub(super) fn name(&mut self, name: &str) -> String {
        let name = name.trim();
        if is_blank(name) {
            self.wrong("name", FieldCode::Required);
        } else if name.chars().count() > NAME_CHARS_MAX {
            self.wrong("name", FieldCode::TooLong);
        } else if name.chars().any(char::is_control) {
            self.wrong("name", FieldCode::BadFormat);
        }
        name.to_owned()
    }

    /// An e-mail address, as it is stored.
    pub(super) fn email(&mut self, email: &str) -> String {
        let email = stored_email(email);
        if email.is_empty() {
            self.wrong("email", FieldCode::Required);
        } else if email.len() > EMAIL_BYTES_MAX {
            self.wrong("email", FieldCode::TooLong);
        } else if !is_email(&email) {
            self.wrong("email", FieldCode::BadFormat);
        }
        email
    }

    /// A password that is going to be kept.
    pub(super) fn password(&mut self, password: &str) {
        match password.chars().count() {
            0 => self.wrong("password", FieldCode::Required),
            length if length < *PASSWORD_CHARS.start() => self.wrong("password", FieldCode::TooShort),
            length if length > *PASSWORD_CHARS.end() => self.wrong("password", FieldCode::TooLong),
            _ => {}
        }
    }

    /// Refuses if anything is wrong.
    pub(super) fn check(self) -> Result<(), Refusal> {
        Refusal::unless_empty(self.0)
    }

    fn wrong(&mut self, field: &str, code: FieldCode) {
        self.0.push(FieldError::new(field, code));
    }
}

/// An e-mail address as it is stored and looked up.
pub(super) fn stored_email(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// Only what no address can do without: who really reads it, a message alone can tell.
fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.is_empty()
            && !domain.contains('@')
            && !text.chars().any(|c| c.is_whitespace() || c.is_control())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_tells_all_that_is_wrong() {
        let mut form = Form::default();
        form.name("\u{200b} ");
        form.email("nobody");
        form.password("short");
        let told: Vec<_> = form.0.into_iter().map(|error| (error.field, error.code)).collect();
        assert_eq!(
            told,
            [
                ("name".to_owned(), FieldCode::Required),
                ("email".to_owned(), FieldCode::BadFormat),
                ("password".to_owned(), FieldCode::TooShort)
            ]
        );
    }

    #[test]
    fn a_good_form_is_stored_tidily() {
        let mut form = Form::default();
        assert_eq!(form.name("  Zoë  "), "Zoë");
        assert_eq!(form.email(" Zoe@Shop.Example "), "zoe@shop.example");
        form.password("correct horse");
        assert_eq!(form.check(), Ok(()));
    }

    #[test]
    fn the_edges_of_each_length() {
        let errors = |name: &str, password: &str| {
            let mut form = Form::default();
            form.name(name);
            form.password(password);
            form.0.len()
        };
        assert_eq!(errors(&"é".repeat(80), &"é".repeat(200)), 0);
        assert_eq!(errors(&"é".repeat(81), &"é".repeat(201)), 2);
        assert_eq!(errors("a\u{7}b", &"p".repeat(10)), 1);
    }

    #[test]
    fn addresses_have_two_sides() {
        for bad in ["@b", "a@", "a@b@c", "a b@c", "a"] {
            assert!(!is_email(bad), "{bad}");
        }
        assert!(is_email("zoë+x@localhost"));
    }
}
