//! From object to object: notes, whose receipt comes back, and hints, whose fate nobody asks for.

use crate::{directory, files};
use serde::Serialize;
use shared::file;
use shared::note::{Address, Hint, Note};
use shared::post::{Envelope, Receipt};
use shared::reject::Broken;
use worker::{Env, Headers, Method, ObjectNamespace, Request, RequestInit, Stub};

/// Where an object takes notes.
pub(crate) const NOTE_PATH: &str = "/note";
/// Where an object takes hints.
pub(crate) const HINT_PATH: &str = "/hint";

/// Delivers a note.
pub(super) async fn note(env: &Env, envelope: &Envelope) -> Result<Receipt, Broken> {
    match envelope.to {
        Address::Directory => return to_directory(env, &envelope.note).await,
        Address::Files => return to_files(env, &envelope.note).await,
        Address::Conversation(_) | Address::Desk(_) | Address::Operator(_) => {}
    }
    let mut answer = post(env, &envelope.to, NOTE_PATH, envelope).await?;
    answer.json().await.map_err(failed)
}

/// Passes a hint on. The answer is read to its end: until then the object that gave it cannot sleep.
pub(super) async fn hint(env: &Env, to: &Address, hint: &Hint) -> Result<(), Broken> {
    post(env, to, HINT_PATH, hint).await?.bytes().await.map(drop).map_err(failed)
}

async fn to_directory(env: &Env, note: &Note) -> Result<Receipt, Broken> {
    match note {
        Note::Settings { channel, version, settings } => {
            directory::save_settings(env, channel, *version, settings).await?;
            Ok(Receipt::Done)
        }
        other => Err(Broken(format!("the directory takes no {other:?}"))),
    }
}

async fn to_files(env: &Env, note: &Note) -> Result<Receipt, Broken> {
    match note {
        Note::Discard { conversation, id } => {
            files::remove(env, &file::key(conversation, id)).await?;
            Ok(Receipt::Done)
        }
        other => Err(Broken(format!("the store of files takes no {other:?}"))),
    }
}

async fn post(
    env: &Env,
    to: &Address,
    path: &str,
    body: &impl Serialize,
) -> Result<worker::Response, Broken> {
    let body = serde_json::to_string(body).map_err(|error| Broken(format!("note: {error}")))?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_headers(Headers::new()).with_body(Some(body.into()));
    let request = Request::new_with_init(&format!("https://object{path}"), &init).map_err(failed)?;
    let answer = stub(env, to)?.fetch_with_request(request).await.map_err(failed)?;
    match answer.status_code() {
        200 => Ok(answer),
        status => Err(Broken(format!("{to} answered {status}"))),
    }
}

fn stub(env: &Env, to: &Address) -> Result<Stub, Broken> {
    let (binding, name) = match to {
        Address::Conversation(id) => ("CONVERSATION", id.to_string()),
        Address::Desk(id) => ("DESK", id.to_string()),
        Address::Operator(id) => ("OPERATOR", id.to_string()),
        Address::Directory | Address::Files => return Err(Broken(format!("{to} is no object"))),
    };
    let namespace: ObjectNamespace = env.durable_object(binding).map_err(failed)?;
    namespace.get_by_name(&name).map_err(failed)
}

fn failed(error: worker::Error) -> Broken {
    Broken(format!("delivery: {error}"))
}
