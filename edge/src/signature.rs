//! Checks signatures with the runtime's own cryptography, which compares in constant time and weighs nothing.

use crate::directory::Checks;
use crate::sys;
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use shared::reject::Broken;
use shared::verified::{Algorithm, read_base64url};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"], js_name = importKey)]
    fn import_key(
        format: &str,
        key: &Uint8Array,
        algorithm: &Object,
        extractable: bool,
        uses: &Array,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"])]
    fn verify(
        algorithm: &Object,
        key: &JsValue,
        signature: &Uint8Array,
        data: &Uint8Array,
    ) -> Result<Promise, JsValue>;
}

/// Whether `signature` is the key's, of `signed`.
pub(crate) async fn holds(key: &Checks, signed: &str, signature: &[u8]) -> Result<bool, Broken> {
    let bytes = match key.algorithm {
        Algorithm::Hs256 => key.material.as_bytes().to_vec(),
        Algorithm::Es256 => {
            read_base64url(&key.material).ok_or_else(|| Broken("a public key in the directory".into()))?
        }
    };
    let key_handle = import(key.algorithm, &bytes).await.map_err(failed)?;
    let algorithm = parameters(key.algorithm)?;
    let (signature, signed) = (Uint8Array::from(signature), Uint8Array::from(signed.as_bytes()));
    let outcome = verify(&algorithm, &key_handle, &signature, &signed).map_err(failed)?;
    let holds = JsFuture::from(outcome).await.map_err(failed)?;
    Ok(holds == JsValue::TRUE)
}

/// Whether the point is one of the curve.
pub(crate) async fn is_public_key(point: &[u8]) -> Result<bool, Broken> {
    match import(Algorithm::Es256, point).await {
        Ok(_) => Ok(true),
        // The one thing that can be wrong with a point.
        Err(error) if is_data_error(&error) => Ok(false),
        Err(error) => Err(failed(error)),
    }
}

async fn import(algorithm: Algorithm, bytes: &[u8]) -> Result<JsValue, JsValue> {
    let parameters = parameters(algorithm).map_err(|Broken(what)| JsValue::from(what))?;
    let uses = Array::of1(&"verify".into());
    JsFuture::from(import_key("raw", &Uint8Array::from(bytes), &parameters, false, &uses)?).await
}

fn parameters(algorithm: Algorithm) -> Result<Object, Broken> {
    let pairs: &[(&str, &str)] = match algorithm {
        Algorithm::Hs256 => &[("name", "HMAC"), ("hash", "SHA-256")],
        Algorithm::Es256 => &[("name", "ECDSA"), ("namedCurve", "P-256"), ("hash", "SHA-256")],
    };
    let parameters = Object::new();
    for (name, value) in pairs {
        Reflect::set(&parameters, &(*name).into(), &(*value).into()).map_err(failed)?;
    }
    Ok(parameters)
}

fn is_data_error(error: &JsValue) -> bool {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    name.as_deref() == Some("DataError")
}

fn failed(error: JsValue) -> Broken {
    sys::broken("checking a signature", &error)
}
