//! Why a request is not answered as asked: the caller's fault, or ours.

use shared::api::Problem;
use shared::reject::{Broken, Code, Reject};
use shared::settings::FieldError;

/// The caller's fault, with all that they need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// Why.
    pub(crate) code: Code,
    /// All fields that are wrong.
    pub(crate) fields: Vec<FieldError>,
    /// After how many seconds another try makes sense.
    pub(crate) retry_after: Option<u32>,
    /// The methods that the address has, where the one asked for is not among them.
    pub(crate) allow: Option<String>,
}

impl Refusal {
    /// A refusal that its code explains.
    pub(crate) const fn of(code: Code) -> Self {
        Self { code, fields: Vec::new(), retry_after: None, allow: None }
    }

    /// Refuses because of `fields`, if there are any.
    pub(crate) fn unless_empty(fields: Vec<FieldError>) -> Result<(), Self> {
        if fields.is_empty() { Ok(()) } else { Err(Self { fields, ..Self::of(Code::InvalidFields) }) }
    }

    /// Refuses a method other than those of `allow`.
    pub(crate) fn method(allow: impl Into<String>) -> Self {
        Self { allow: Some(allow.into()), ..Self::of(Code::MethodNotAllowed) }
    }

    /// Refuses until so many seconds have passed.
    pub(crate) const fn throttled(retry_after: u32) -> Self {
        let mut refusal = Self::of(Code::Throttled);
        refusal.retry_after = Some(retry_after);
        refusal
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self { code: problem.code, fields: problem.fields, retry_after: problem.retry_after, allow: None }
    }
}

/// Why a request is not answered as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The caller's fault.
    Refused(Refusal),
    /// Ours. What it was goes to the log alone.
    Broken(Broken),
    /// The deployment's: said aloud, since whoever set it up has to read it.
    Misconfigured(String),
}

impl Failure {
    /// What the caller is told.
    pub(crate) fn problem(self) -> Problem {
        let (refusal, message) = match self {
            Self::Refused(refusal) => (refusal, None),
            Self::Broken(_) => (Refusal::of(Code::Internal), None),
            Self::Misconfigured(message) => (Refusal::of(Code::Internal), Some(message)),
        };
        Problem {
            code: refusal.code,
            message: message.unwrap_or_else(|| refusal.code.as_str().replace('_', " ")),
            fields: refusal.fields,
            retry_after: refusal.retry_after,
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Self::Refused(Refusal::of(code))
    }
}
impl From<Reject> for Failure {
    fn from(reject: Reject) -> Self {
        reject.0.into()
    }
}
impl From<Broken> for Failure {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

/// Says what was being done when the platform failed.
pub(crate) fn broken<E: core::fmt::Display>(doing: &'static str) -> impl FnOnce(E) -> Broken {
    move |error| Broken(format!("{doing}: {error}"))
}
