//! Files: sent to and fetched from the store (R2) by links that the conversation made, and that are good for minutes. What is
//! served is inert: never a page, never inline, under a name of its own.

use crate::answer;
use crate::call::Call;
use crate::failure::{Failure, Refusal, broken};
use crate::internal::{FILE_PATH, Grant, LinkUse, STORED_PATH, Stored};
use crate::patience;
use core::cell::Cell;
use futures_util::{StreamExt, stream};
use serde::Serialize;
use shared::api::Problem;
use shared::file::{self, File, Kind, SNIFFED_BYTES};
use shared::id::{ConversationId, MessageId};
use shared::reject::{Broken, Code};
use shared::settings::Files;
use shared::time::Timestamp;
use std::rc::Rc;
use worker::{
    Bucket, ByteStream, Env, FixedLengthStream, Headers, HttpMetadata, Method, Request, RequestInit, Response,
};

/// Pages of other sites send and fetch with the link alone: no cookie goes along, so any page may.
const ANY_PAGE: (&str, &str) = ("access-control-allow-origin", "*");

/// Answers a request at `/f/`.
pub(crate) async fn answer(call: &mut Call, rest: &str) -> Result<Response, Failure> {
    let method = call.method.clone();
    let answered = match method.as_str() {
        "OPTIONS" => return Ok(answer::respond(204, &PREFLIGHT, None)?),
        "POST" => send(call, rest).await,
        "GET" | "HEAD" => fetch(call, rest).await,
        _ => Err(Refusal::method("GET, HEAD, POST, OPTIONS").into()),
    };
    // A page has to be able to read why it was refused.
    match answered {
        Ok(response) => Ok(response),
        Err(failure) => {
            if let Failure::Broken(Broken(what)) = &failure {
                worker::console_error!("{what}");
            }
            let response = answer::refuse(failure, true)?;
            let headers = response.headers().clone();
            headers.set(ANY_PAGE.0, ANY_PAGE.1).map_err(broken("a header of a file"))?;
            Ok(response.with_headers(headers))
        }
    }
}

const PREFLIGHT: [(&str, &str); 4] = [
    ANY_PAGE,
    ("access-control-allow-methods", "GET, POST"),
    ("access-control-allow-headers", "content-type"),
    ("access-control-max-age", "86400"),
];

/// Removes a file, whether it is there or not.
pub(crate) async fn remove(env: &Env, key: &str) -> Result<(), Broken> {
    bucket(env)?.delete(key).await.map_err(broken("removing a file"))
}

fn bucket(env: &Env) -> Result<Bucket, Broken> {
    env.bucket("FILES").map_err(broken("the binding FILES of the store of files"))
}

/// A file and who it belongs to, as a path names it.
struct Place {
    conversation: ConversationId,
    id: MessageId,
}

impl Place {
    fn of(rest: &str) -> Option<Self> {
        let (conversation, id) = rest.split_once('/')?;
        Some(Self { conversation: conversation.parse().ok()?, id: id.parse().ok()? })
    }

    fn key(&self) -> String {
        file::key(&self.conversation, &self.id)
    }

    /// What the conversation allows whoever has this link.
    async fn grant(&self, call: &Call, upload: bool) -> Result<Grant, Failure> {
        let until = call.address.parameter("until").and_then(|until| until.parse().ok());
        let proof = call.address.parameter("proof").map(str::to_owned);
        let (Some(until), Some(proof)) = (until, proof) else { return Err(Code::LinkInvalid.into()) };
        let used = LinkUse { id: self.id.clone(), upload, until: Timestamp(until), proof };
        let mut answer = self.ask(call, FILE_PATH, &used).await?;
        answer.json().await.map_err(|error| broken("a grant")(error).into())
    }

    async fn ask(&self, call: &Call, path: &str, body: &impl Serialize) -> Result<Response, Failure> {
        let mut init = RequestInit::new();
        let body = answer::to_json(body)?;
        init.with_method(Method::Post).with_headers(Headers::new()).with_body(Some(body.into()));
        let request = Request::new_with_init(&format!("https://object{path}"), &init)
            .map_err(broken("asking a conversation"))?;
        let stub = call
            .env
            .durable_object("CONVERSATION")
            .and_then(|objects| objects.get_by_name(&self.conversation.to_string()))
            .map_err(broken("the binding of an object"))?;
        let mut answer = patience::ask("a conversation", stub, request).await?;
        match answer.status_code() {
            200 => Ok(answer),
            status if status < 500 => {
                let problem: Problem = answer.json().await.map_err(broken("a conversation's refusal"))?;
                Err(Refusal::from(problem).into())
            }
            status => Err(Broken(format!("a conversation answered {status}")).into()),
        }
    }
}

// ---------------------------------------------------------------------------------------------------------------- sending

async fn send(call: &mut Call, rest: &str) -> Result<Response, Failure> {
    let place = Place::of(rest).ok_or(Code::NotFound)?;
    let Grant::Upload { name, size, files } = place.grant(call, true).await? else {
        return Err(Code::LinkInvalid.into());
    };
    let length = call.header("content-length").and_then(|length| length.parse::<u32>().ok());
    if length.is_some_and(|length| length != size) {
        return Err(Code::TooLarge.into());
    }
    let body = call.stream().ok_or(Code::Malformed)?;
    let kind = keep(&call.env, &place, &name, size, &files, body).await?;
    let told = place.ask(call, STORED_PATH, &Stored { id: place.id.clone(), kind }).await;
    if let Err(failure) = told {
        // It came too late to be a message: nobody will ask for it.
        if matches!(failure, Failure::Refused(_)) {
            remove(&call.env, &place.key()).await?;
        }
        return Err(failure);
    }
    let body = answer::to_json(&File { kind, size })?;
    Ok(answer::respond(200, &[("content-type", "application/json"), ANY_PAGE], Some(body))?)
}

/// Judges a file by its first bytes, and lets the rest flow into the store without holding it.
async fn keep(
    env: &Env,
    place: &Place,
    name: &str,
    size: u32,
    files: &Files,
    mut body: ByteStream,
) -> Result<Kind, Failure> {
    let mut head = Vec::new();
    while head.len() < SNIFFED_BYTES.min(size as usize) {
        let Some(piece) = body.next().await else { break };
        head.extend(piece.map_err(|_| Code::Malformed)?);
    }
    let kind = Kind::of(name, head.get(..SNIFFED_BYTES).unwrap_or(&head));
    if !files.take(kind) {
        return Err(Code::FileKind.into());
    }
    let counted = Rc::new(Cell::new(0_usize));
    let count = Rc::clone(&counted);
    let whole = stream::once(core::future::ready(Ok(head))).chain(body).inspect(move |piece| {
        count.set(count.get() + piece.as_ref().map_or(0, Vec::len));
    });
    let described = HttpMetadata {
        content_type: Some(kind.media_type().to_owned()),
        content_disposition: Some(attachment(name)),
        ..HttpMetadata::default()
    };
    let stored = bucket(env)?
        .put(place.key(), FixedLengthStream::wrap(whole, size.into()))
        .http_metadata(described)
        .execute()
        .await;
    match stored {
        Ok(_) => Ok(kind),
        // The sender left, or sent something else than was announced.
        Err(_) if counted.get() != size as usize => Err(Code::Malformed.into()),
        Err(error) => Err(broken("storing a file")(error).into()),
    }
}

// --------------------------------------------------------------------------------------------------------------- fetching

async fn fetch(call: &Call, rest: &str) -> Result<Response, Failure> {
    let place = Place::of(rest).ok_or(Code::NotFound)?;
    place.grant(call, false).await?;
    let found = bucket(&call.env)?.get(place.key()).execute().await.map_err(broken("fetching a file"))?;
    let found = found.ok_or(Code::FileGone)?;
    let described = found.http_metadata();
    let length = found.size().to_string();
    let body = found.body().ok_or(Code::FileGone)?.stream().map_err(broken("reading a file"))?;
    let response = Response::from_stream(body).map_err(broken("answering with a file"))?;
    let headers = Headers::new();
    let kind = described.content_type.unwrap_or_else(|| Kind::Other.media_type().to_owned());
    let disposition = described.content_disposition.unwrap_or_else(|| "attachment".to_owned());
    for (name, value) in [
        ("content-type", kind.as_str()),
        ("content-disposition", disposition.as_str()),
        ("content-length", length.as_str()),
        ("content-security-policy", "default-src 'none'; sandbox; frame-ancestors 'none'"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("cache-control", "private, max-age=300"),
        ANY_PAGE,
    ] {
        headers.set(name, value).map_err(broken("a header of a file"))?;
    }
    Ok(response.with_headers(headers))
}

/// The header that makes a browser save a file under `name` (RFC 6266), whatever letters it has.
fn attachment(name: &str) -> String {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let mut encoded = String::new();
    for byte in name.as_bytes() {
        if is_plain(byte) {
            encoded.push(char::from(*byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_a_conversation_and_a_message() {
        let conversation = "ab".repeat(32);
        let id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
        assert_eq!(Place::of(&format!("{conversation}/{id}")).unwrap().key(), format!("{conversation}/{id}"));
        for bad in ["", "x/y", &conversation, &format!("{conversation}/{id}/x"), &format!("../{id}")] {
            assert!(Place::of(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_name_cannot_leave_its_header() {
        assert_eq!(attachment("a b.png"), "attachment; filename*=UTF-8''a%20b.png");
        assert_eq!(attachment("\"é\r\n;"), "attachment; filename*=UTF-8''%22%C3%A9%0D%0A%3B");
    }
}
