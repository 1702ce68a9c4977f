//! Files that are deployed beside the Worker.

use crate::failure::broken;
use shared::reject::Broken;
use worker::{Env, Headers, Method, RequestInit, Response};

/// Asks for the file at `path`. With the `etag` that the caller holds, the answer may be 304.
pub(crate) async fn fetch(env: &Env, path: &str, etag: Option<&str>) -> Result<Response, Broken> {
    let headers = Headers::new();
    if let Some(etag) = etag {
        headers.set("if-none-match", etag).map_err(broken("asking for an asset"))?;
    }
    let mut init = RequestInit::new();
    init.with_method(Method::Get).with_headers(headers);
    let assets = env.assets("ASSETS").map_err(broken("the binding ASSETS"))?;
    assets.fetch(format!("https://assets{path}"), Some(init)).await.map_err(broken("fetching an asset"))
}
