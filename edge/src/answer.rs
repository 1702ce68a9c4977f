//! Writing responses.

use crate::failure::{Failure, broken};
use serde::Serialize;
use shared::reject::Broken;
use worker::{Headers, Response};

const JSON: &str = "application/json";
const TEXT: &str = "text/plain; charset=utf-8";

/// An answer of the API; the status of success is the endpoint's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    json: Option<String>,
    cookie: Option<String>,
}

impl Answer {
    /// Answers with `value`.
    pub(crate) fn json(value: &impl Serialize) -> Result<Self, Broken> {
        Ok(Self { json: Some(to_json(value)?), cookie: None })
    }

    /// Answers with nothing.
    pub(crate) const fn empty() -> Self {
        Self { json: None, cookie: None }
    }

    /// The same, with a `Set-Cookie` header.
    pub(crate) fn with_cookie(self, cookie: String) -> Self {
        Self { cookie: Some(cookie), ..self }
    }

    /// The response with this answer.
    pub(crate) fn respond(self, status: u16) -> Result<Response, Broken> {
        let mut headers = Vec::new();
        if self.json.is_some() {
            headers.push(("content-type", JSON));
        }
        if let Some(cookie) = &self.cookie {
            headers.push(("set-cookie", cookie.as_str()));
        }
        respond(status, &headers, self.json)
    }
}

/// A JSON text.
pub(crate) fn to_json(value: &impl Serialize) -> Result<String, Broken> {
    serde_json::to_string(value).map_err(broken("writing JSON"))
}

/// A response.
pub(crate) fn respond(
    status: u16,
    headers: &[(&str, &str)],
    body: Option<String>,
) -> Result<Response, Broken> {
    let written = Headers::new();
    for (name, value) in headers {
        written.set(name, value).map_err(broken("setting a header"))?;
    }
    let builder = Response::builder().with_status(status).with_headers(written);
    Ok(match body {
        Some(body) => builder.fixed(body.into_bytes()),
        None => builder.empty(),
    })
}

/// The response that tells of a failure: JSON for programs, a line of text for people.
pub(crate) fn refuse(failure: Failure, for_programs: bool) -> Result<Response, Broken> {
    let allow = match &failure {
        Failure::Refused(refusal) => refusal.allow.clone(),
        Failure::Broken(_) | Failure::Misconfigured(_) => None,
    };
    let problem = failure.problem();
    let retry_after = problem.retry_after.map(|seconds| seconds.to_string());
    let (kind, body) =
        if for_programs { (JSON, to_json(&problem)?) } else { (TEXT, format!("{}\n", problem.message)) };
    let mut headers = vec![("content-type", kind)];
    headers.extend(allow.as_deref().map(|methods| ("allow", methods)));
    headers.extend(retry_after.as_deref().map(|seconds| ("retry-after", seconds)));
    respond(problem.code.status(), &headers, Some(body))
}
