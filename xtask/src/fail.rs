//! The one error of the commands: a sentence that says what failed and what to do about it.

use std::fmt;

/// What failed and how to mend it, in one sentence for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(String);

/// The result of every step.
pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure with its sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// A failure of which everything has been said already.
    pub fn silent() -> Self {
        Self(String::new())
    }

    /// Whether there is nothing more to say.
    pub fn is_silent(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// Fails with a sentence.
pub fn fail<T>(sentence: impl Into<String>) -> Result<T> {
    Err(Failure::new(sentence))
}
