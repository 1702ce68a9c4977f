//! Variables of the deployment. The SDK reads only texts; `wrangler.jsonc` may hold numbers too.

use shared::reject::Broken;
use wasm_bindgen::JsValue;
use worker::Env;

/// The whole number in the variable `name`; none if it is not set.
pub(crate) fn number(env: &Env, name: &str) -> Result<Option<u64>, Broken> {
    let value = js_sys::Reflect::get(env, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    let text = value.as_string().or_else(|| value.as_f64().map(|number| number.to_string()));
    match text.as_deref().map(str::trim) {
        Some("") => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| not_a_number(name)),
        None => Err(not_a_number(name)),
    }
}

fn not_a_number(name: &str) -> Broken {
    Broken(format!("the variable {name} has to be a whole number"))
}
