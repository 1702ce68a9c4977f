//! Sends each request to its handler, and turns whatever comes back into a response.

use crate::address::Address;
use crate::call::Call;
use crate::clock::Clock;
use crate::failure::{Failure, Refusal};
use crate::{answer, api, files, hosted, loader, origin, pages, security, sockets};
use shared::reject::{Broken, Code};
use worker::{Env, Request, Response, console_error};

/// Answers a request. An `Err` is the platform refusing to build a response at all.
pub(crate) async fn answer(request: Request, env: Env) -> worker::Result<Response> {
    let address = Address::parse(&request.inner().url());
    let over_tls = address.is_secure();
    let head_only = request.inner().method() == "HEAD";
    let for_programs = is_for_programs(&address.path);
    let response = match handle(request, env, address).await {
        Ok(response) => Ok(response),
        Err(failure) => {
            log(&failure);
            answer::refuse(failure, for_programs)
        }
    };
    response
        .and_then(|response| security::finish(response, over_tls, head_only))
        .map_err(|Broken(what)| worker::Error::RustError(what))
}

async fn handle(request: Request, env: Env, address: Address) -> Result<Response, Failure> {
    let clock = Clock::from_env(&env).map_err(|Broken(what)| Failure::Misconfigured(what))?;
    if !clock.is_real() && !origin::is_loopback(&address.origin) {
        return Err(Failure::Misconfigured(
            "CLOCK_RATE is for loopback only: unset it to serve other hosts".into(),
        ));
    }
    let mut call = Call::new(request, env, clock, address);
    let path = call.address.path.clone();
    match Route::of(&path) {
        Route::Api => api::answer(&mut call).await,
        Route::Socket => sockets::answer(&call).await,
        Route::File(rest) => files::answer(&mut call, rest).await,
        Route::Nothing => Err(Code::NotFound.into()),
        _ if !call.is_read() => Err(Refusal::method("GET, HEAD").into()),
        Route::Page(page) => pages::answer(&call, page).await,
        Route::Loader(channel) => loader::answer(&call, channel).await,
        Route::Hosted(channel) => hosted::answer(&call, channel).await,
    }
}

/// Logged once, here. Neither kind ever holds a secret.
fn log(failure: &Failure) {
    match failure {
        Failure::Refused(_) => {}
        Failure::Broken(Broken(what)) | Failure::Misconfigured(what) => console_error!("{what}"),
    }
}

/// Whose a path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Route<'a> {
    Api,
    Socket,
    Page(pages::Page<'a>),
    Loader(&'a str),
    Hosted(&'a str),
    File(&'a str),
    Nothing,
}

impl<'a> Route<'a> {
    fn of(path: &'a str) -> Self {
        if path.starts_with("/api/") {
            return Self::Api;
        }
        if path.starts_with("/ws/") {
            return Self::Socket;
        }
        if let Some(channel) = path.strip_prefix("/w/").and_then(|name| name.strip_suffix(".js")) {
            return Self::Loader(channel);
        }
        if let Some(channel) = path.strip_prefix("/c/") {
            return Self::Hosted(channel);
        }
        if let Some(file) = path.strip_prefix("/f/") {
            return Self::File(file);
        }
        pages::Page::of(path).map_or(Self::Nothing, Self::Page)
    }
}

fn is_for_programs(path: &str) -> bool {
    ["/api/", "/ws/", "/w/", "/f/", "/healthz"].iter().any(|prefix| path.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_has_one_handler() {
        assert_eq!(Route::of("/api/v1/me"), Route::Api);
        assert_eq!(Route::of("/ws/v1/inbox"), Route::Socket);
        assert_eq!(Route::of("/w/demo.js"), Route::Loader("demo"));
        assert_eq!(Route::of("/c/demo"), Route::Hosted("demo"));
        assert_eq!(Route::of("/f/abc/01"), Route::File("abc/01"));
        assert!(matches!(Route::of("/"), Route::Page(_)));
        for path in ["/w/demo", "/wp-login.php", "/console/x", "/a/loader.js", "/_headers"] {
            assert_eq!(Route::of(path), Route::Nothing, "{path}");
        }
    }
}
