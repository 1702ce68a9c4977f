//! The pages and files that anybody may fetch.

use crate::call::Call;
use crate::failure::Failure;
use crate::{answer, assets, security};
use serde::Serialize;
use shared::reject::Code;
use worker::Response;

/// What the address of a page stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page<'a> {
    /// Whether the Worker runs, and which.
    Health,
    /// The demo host page.
    Demo,
    /// What the demo page loads.
    DemoFile(&'a str),
    /// The operators' console.
    Console,
    /// The console, written without its slash.
    ConsoleWithoutSlash,
    /// The types of the page's API.
    Types,
    /// A file under a name that changes with what is in it; pages of other origins load it too.
    Hashed(&'a str),
}

/// The loader's own text stands among the hashed files, but only [`crate::loader`] may serve it, filled in.
pub(crate) const LOADER: &str = "/a/loader.js";

const TYPES: &str = "/guichet.d.ts";

const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// Kept, but asked about each time.
const REVALIDATE: &str = "no-cache";

impl<'a> Page<'a> {
    /// The page at `path`.
    pub(crate) fn of(path: &'a str) -> Option<Self> {
        match path {
            "/healthz" => Some(Self::Health),
            "/" => Some(Self::Demo),
            "/console/" => Some(Self::Console),
            "/console" => Some(Self::ConsoleWithoutSlash),
            TYPES => Some(Self::Types),
            LOADER => None,
            _ if path.starts_with("/a/") => Some(Self::Hashed(path)),
            _ if path.starts_with("/demo/") => Some(Self::DemoFile(path)),
            _ => None,
        }
    }
}

/// Answers with a page.
pub(crate) async fn answer(call: &Call, page: Page<'_>) -> Result<Response, Failure> {
    match page {
        Page::Health => health(),
        Page::ConsoleWithoutSlash => Ok(answer::respond(
            308,
            &[("location", "/console/"), ("cache-control", "public, max-age=86400")],
            None,
        )?),
        Page::Demo => file(call, "/", &html(security::DEMO)).await,
        Page::Console => file(call, "/console/", &html(security::CONSOLE)).await,
        Page::Types => file(call, TYPES, &[("cache-control", REVALIDATE)]).await,
        Page::DemoFile(path) => file(call, path, &html(security::DEMO)).await,
        Page::Hashed(path) => match file(call, path, &SHARED).await {
            Err(Failure::Refused(refusal)) => match successor(call, path).await? {
                Some(name) => successor_at(&name),
                None => Err(refusal.into()),
            },
            answer => answer,
        },
    }
}

/// The file of this deployment that has taken the place of one which an older loader names: browsers keep loaders for some
/// minutes. Only what loaders name has one.
async fn successor(call: &Call, path: &str) -> Result<Option<String>, Failure> {
    let Some((stem, ending)) = unhashed(path) else { return Ok(None) };
    let loader = assets::text(&call.env, LOADER).await?;
    let names = loader.split('"').filter(|name| unhashed(name) == Some((stem, ending)));
    Ok(names.map(str::to_owned).next())
}

fn successor_at(name: &str) -> Result<Response, Failure> {
    let shared = SHARED.into_iter().filter(|(header, _)| *header != "cache-control");
    let headers: Vec<_> = shared.chain([("location", name), ("cache-control", "no-store")]).collect();
    Ok(answer::respond(302, &headers, None)?)
}

/// What stands around the digest in a hashed name: `/a/widget` and `wasm` in `/a/widget-0123456789ab.wasm`.
fn unhashed(path: &str) -> Option<(&str, &str)> {
    let (name, ending) = path.strip_prefix("/a/").and(path.rsplit_once('.'))?;
    let (stem, digest) = name.rsplit_once('-')?;
    let is_digest = digest.len() == 12 && digest.bytes().all(|b| b.is_ascii_hexdigit());
    is_digest.then_some((stem, ending))
}

#[derive(Serialize)]
struct Health {
    ok: bool,
    version: &'static str,
}

fn health() -> Result<Response, Failure> {
    let health = Health { ok: true, version: env!("CARGO_PKG_VERSION") };
    Ok(answer::Answer::json(&health)?.respond(200)?)
}

const fn html(policy: &'static str) -> [(&'static str, &'static str); 2] {
    [("content-security-policy", policy), ("cache-control", REVALIDATE)]
}

const SHARED: [(&str, &str); 3] = [
    ("cache-control", IMMUTABLE),
    ("access-control-allow-origin", "*"),
    ("cross-origin-resource-policy", "cross-origin"),
];

/// The document that describes the API.
pub(crate) async fn openapi(call: &Call) -> Result<Response, Failure> {
    file(call, "/api/openapi.json", &[("cache-control", REVALIDATE)]).await
}

/// A file with exactly these headers, its type and its tag: what else the platform adds is not ours to promise.
async fn file(call: &Call, path: &str, chosen: &[(&str, &str)]) -> Result<Response, Failure> {
    let known = call.header("if-none-match");
    let asset = assets::fetch(&call.env, path, known.as_deref()).await?;
    let status = asset.status_code();
    if status != 200 && status != 304 {
        return Err(Code::NotFound.into());
    }
    let of_asset = |name: &str| asset.headers().get(name).ok().flatten();
    let (kind, tag) = (of_asset("content-type"), of_asset("etag"));
    let mut headers = chosen.to_vec();
    headers.extend(tag.as_deref().map(|tag| ("etag", tag)));
    // The type of a wasm module decides whether browsers compile it while it loads.
    let kind = match path.rsplit_once('.') {
        Some((_, "wasm")) => Some("application/wasm"),
        // Else the types would pass for a film.
        Some((_, "ts")) => Some("text/plain; charset=utf-8"),
        _ => kind.as_deref(),
    };
    headers.extend(kind.filter(|_| status == 200).map(|kind| ("content-type", kind)));
    let response = answer::respond(status, &headers, None)?;
    if status == 304 {
        return Ok(response);
    }
    let (_, body) = asset.into_parts();
    let (builder, _) = response.into_parts();
    Ok(builder.body(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_name_has_a_stem_and_an_ending() {
        assert_eq!(unhashed("/a/widget-0123456789ab.wasm"), Some(("/a/widget", "wasm")));
        for other in
            ["/a/loader.js", "/a/widget-x.js", "/b/widget-0123456789ab.js", "/a/widget-0123456789ab", ""]
        {
            assert_eq!(unhashed(other), None, "{other}");
        }
    }

    #[test]
    fn pages_have_exact_addresses() {
        assert_eq!(Page::of("/"), Some(Page::Demo));
        assert_eq!(Page::of("/console"), Some(Page::ConsoleWithoutSlash));
        assert_eq!(Page::of("/a/widget-1.wasm"), Some(Page::Hashed("/a/widget-1.wasm")));
        for path in ["/console/index.html", "/index.html", "/a", LOADER, "/healthz/"] {
            assert_eq!(Page::of(path), None, "{path}");
        }
    }
}
