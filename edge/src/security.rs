//! The headers that every response carries, whatever it is.

use crate::failure::broken;
use shared::reject::Broken;
use worker::{Headers, Response};

/// For what is not a page: nothing may run, load or be framed.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

/// For the demo page.
pub(crate) const DEMO: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
     style-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'; trusted-types 'none'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// For a channel's own page, which `embedders` (sources) may frame.
pub(crate) fn hosted(embedders: &str) -> String {
    let (rest, _) = DEMO.rsplit_once(';').unwrap_or_default();
    format!("{rest}; frame-ancestors {embedders}")
}

/// For the console, which also plays a sound.
pub(crate) const CONSOLE: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
     style-src 'self'; img-src 'self' data:; media-src 'self' data:; require-trusted-types-for 'script'; \
     trusted-types 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Set on every response.
const ALWAYS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
         microphone=(), midi=(), payment=(), usb=()",
    ),
];

/// Set where the handler has not chosen something else.
const BY_DEFAULT: &[(&str, &str)] = &[
    ("content-security-policy", NOTHING),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
];

/// Two years, as browsers' preload lists ask for. Only ever said over TLS.
const HSTS: (&str, &str) = ("strict-transport-security", "max-age=63072000");

/// The response as it leaves the Worker: with all headers, and without a body if only the head was asked for.
pub(crate) fn finish(response: Response, over_tls: bool, head_only: bool) -> Result<Response, Broken> {
    // The headers of a switch of protocols are for the handshake alone, and its socket would be lost in the copy.
    if response.status_code() == 101 {
        return Ok(response);
    }
    let headers = response.headers().clone();
    add(&headers, over_tls).map_err(broken("setting the security headers"))?;
    let response = response.with_headers(headers);
    if !head_only {
        return Ok(response);
    }
    let (builder, _) = response.into_parts();
    Ok(builder.empty())
}

fn add(headers: &Headers, over_tls: bool) -> worker::Result<()> {
    for (name, value) in ALWAYS.iter().chain(over_tls.then_some(&HSTS)) {
        headers.set(name, value)?;
    }
    for (name, value) in BY_DEFAULT {
        if !headers.has(name)? {
            headers.set(name, value)?;
        }
    }
    Ok(())
}
