//! What a conversation says of links to its files. The bytes never pass through it.

use super::answer;
use super::shell::Shell;
use crate::internal::{Grant, LinkUse, Stored};
use crate::proofs;
use shared::conversation::{Conversation, Own};
use shared::core::Input;
use shared::file::Link;
use shared::reject::{Broken, Code, Reject};
use shared::time::Timestamp;
use worker::{Request, Response, Result};

/// Somebody came with a link: whether it is good, and for what.
pub(super) async fn check(shell: &Shell<Conversation>, request: &mut Request) -> Result<Response> {
    let granted = match answer::body(request).await {
        Ok(used) => shell.look_into(|core, store, now| {
            let secret = store.known_secret()?;
            let id = shell.name()?.parse().map_err(|error| Broken(format!("{error}")))?;
            let LinkUse { id: message, upload, until, proof } = used;
            let link = Link { conversation: id, id: message, upload, until };
            let is_ours = match secret {
                Some(secret) => proofs::holds(&secret, &link.claim(), &proof)?,
                None => false,
            };
            Ok(if is_ours { grant(core, now, &link) } else { Err(Reject(Code::LinkInvalid)) })
        }),
        Err(broken) => Err(broken),
    };
    match granted {
        Ok(Ok(grant)) => answer::json(&grant),
        Ok(Err(Reject(code))) => answer::refusal(code),
        Err(broken) => answer::fault(&broken),
    }
}

fn grant(core: &Conversation, now: Timestamp, link: &Link) -> core::result::Result<Grant, Reject> {
    if link.until < now {
        return Err(Reject(Code::LinkInvalid));
    }
    if !link.upload {
        return Ok(Grant::Fetch);
    }
    let (upload, files) = core.upload(&link.id)?;
    Ok(Grant::Upload { name: upload.name.clone(), size: upload.size, files: Box::new(files.clone()) })
}

/// A file is in the store.
pub(super) async fn stored(shell: &Shell<Conversation>, request: &mut Request) -> Result<Response> {
    let told = match answer::body(request).await {
        Ok(Stored { id, kind }) => shell.input(Input::Own(Own::Stored { id, kind })),
        Err(broken) => Err(broken),
    };
    match told {
        Ok(Ok(())) => answer::json(&()),
        Ok(Err(Reject(code))) => answer::refusal(code),
        Err(broken) => answer::fault(&broken),
    }
}
