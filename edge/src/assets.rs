//! Files that are deployed beside the Worker.

use crate::failure::broken;
use shared::reject::Broken;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use worker::{Env, Headers, Method, RequestInit, Response};

thread_local! {
    static TEXTS: RefCell<BTreeMap<&'static str, Rc<str>>> = const { RefCell::new(BTreeMap::new()) };
}

/// A text that responses are made from. Read once per isolate: an isolate serves one deployment, and its files never change.
pub(crate) async fn text(env: &Env, path: &'static str) -> Result<Rc<str>, Broken> {
    if let Some(text) = TEXTS.with_borrow(|texts| texts.get(path).cloned()) {
        return Ok(text);
    }
    let mut asset = fetch(env, path, None).await?;
    if asset.status_code() != 200 {
        return Err(Broken(format!("{path} was not deployed")));
    }
    let text: Rc<str> = asset.text().await.map_err(broken("reading an asset"))?.into();
    TEXTS.with_borrow_mut(|texts| texts.insert(path, Rc::clone(&text)));
    Ok(text)
}

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
