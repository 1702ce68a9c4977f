//! Waiting for an object, but not for ever: a caller of an object that crashed may never be answered.

use futures_util::future::{Either, select};
use shared::reject::Broken;
use std::pin::pin;
use std::time::Duration;
use worker::{Delay, Request, Response, Stub};

const PATIENCE: Duration = Duration::from_secs(10);

/// Sends `request` to an object. `whom` is for the log.
pub(crate) async fn ask(whom: &str, stub: Stub, request: Request) -> Result<Response, Broken> {
    let asked = pin!(stub.fetch_with_request(request));
    match select(asked, pin!(Delay::from(PATIENCE))).await {
        Either::Left((answer, _)) => answer.map_err(|error| Broken(format!("{whom}: {error}"))),
        Either::Right(_) => Err(Broken(format!("{whom} did not answer"))),
    }
}
