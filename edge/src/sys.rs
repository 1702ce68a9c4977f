//! What the SDK does not bind, or binds so that an exception of the runtime would end the whole isolate: fallible forms of
//! the few calls that the objects need. Everything here returns a [`Broken`] instead of panicking.

use js_sys::{Array, Function, Object, Promise, Reflect};
use shared::reject::Broken;
use shared::time::Timestamp;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = Object)]
    type RawStorage;
    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(
        this: &RawStorage,
        body: &mut dyn FnMut() -> Result<(), JsValue>,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = setAlarm)]
    fn set_alarm(this: &RawStorage, at: f64) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = deleteAlarm)]
    fn delete_alarm(this: &RawStorage) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, getter)]
    fn sql(this: &RawStorage) -> Result<RawSql, JsValue>;

    #[wasm_bindgen(extends = Object)]
    type RawSql;
    #[wasm_bindgen(method, catch, variadic)]
    fn exec(this: &RawSql, statement: &str, values: &Array) -> Result<RawCursor, JsValue>;

    #[wasm_bindgen(extends = Object)]
    type RawCursor;
    #[wasm_bindgen(method, catch, js_name = toArray)]
    fn to_array(this: &RawCursor) -> Result<Array, JsValue>;
}

/// An exception of the runtime, in words. Never holds what was stored: only names of statements and constraints.
pub(crate) fn broken(what: &str, error: &JsValue) -> Broken {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    Broken(format!("{what}: {}", message.or_else(|| error.as_string()).unwrap_or_default()))
}

/// An object's storage.
pub(crate) struct Storage(RawStorage);

impl Storage {
    pub(crate) fn of(state: &worker::State) -> Result<Self, Broken> {
        let storage = state.as_raw().storage().map_err(|error| broken("storage", &error))?;
        Ok(Self(JsValue::from(storage).unchecked_into()))
    }

    /// Runs `body` in one transaction: an error rolls everything back, the alarm too.
    pub(crate) fn transaction(&self, body: impl FnOnce(&Self) -> Result<(), Broken>) -> Result<(), Broken> {
        let mut body = Some(body);
        let mut failure = None;
        let outcome = self.0.transaction_sync(&mut || match body.take().map(|body| body(self)) {
            Some(Ok(())) => Ok(()),
            Some(Err(error)) => {
                let thrown = JsValue::from_str(&error.0);
                failure = Some(error);
                Err(thrown)
            }
            None => Err(JsValue::from_str("the body of a transaction runs once")),
        });
        match (outcome, failure) {
            (Ok(_), _) => Ok(()),
            (Err(_), Some(failure)) => Err(failure),
            (Err(error), None) => Err(broken("transaction", &error)),
        }
    }

    /// Sets the one alarm, or removes it. `at` is of the platform's clock.
    pub(crate) fn alarm(&self, at: Option<Timestamp>) -> Result<(), Broken> {
        // A point in time is below 2^53.
        #[allow(clippy::cast_precision_loss)]
        let outcome = match at {
            Some(at) => self.0.set_alarm(at.0 as f64),
            None => self.0.delete_alarm(),
        };
        outcome.map(drop).map_err(|error| broken("alarm", &error))
    }

    /// Runs a statement and returns the text columns `key` and `value` of its rows.
    pub(crate) fn rows(&self, statement: &str, values: &[&str]) -> Result<Vec<(String, String)>, Broken> {
        let rows = self.exec(statement, values)?;
        let text = |row: &JsValue, name: &str| {
            Reflect::get(row, &name.into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
        };
        Ok(rows.iter().map(|row| (text(&row, "key"), text(&row, "value"))).collect())
    }

    /// Runs a statement for its effect.
    pub(crate) fn run(&self, statement: &str, values: &[&str]) -> Result<(), Broken> {
        self.exec(statement, values).map(drop)
    }

    fn exec(&self, statement: &str, values: &[&str]) -> Result<Array, Broken> {
        let failed = |error: JsValue| broken(statement, &error);
        let values: Array = values.iter().map(|value| JsValue::from_str(value)).collect();
        // An unread cursor would keep the statement open.
        self.0
            .sql()
            .and_then(|sql| sql.exec(statement, &values))
            .and_then(|cursor| cursor.to_array())
            .map_err(failed)
    }
}

/// When the platform last answered a heartbeat on this socket by itself; none if it never did.
pub(crate) fn last_heartbeat(state: &worker::State, socket: &worker::WebSocket) -> Option<Timestamp> {
    let raw: &JsValue = state.as_raw().as_ref();
    let get: Function =
        Reflect::get(raw, &"getWebSocketAutoResponseTimestamp".into()).ok()?.dyn_into().ok()?;
    let date = get
        .call1(raw, AsRef::<worker::web_sys::WebSocket>::as_ref(socket))
        .ok()?
        .dyn_into::<js_sys::Date>()
        .ok()?;
    // A JavaScript time is a whole number of milliseconds within 2^53.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some(Timestamp(date.get_time() as u64))
}

/// Answers heartbeats without waking the object.
pub(crate) fn answer_heartbeats(state: &worker::State, ping: &str, pong: &str) -> Result<(), Broken> {
    let failed = |error: JsValue| broken("heartbeat", &error);
    let pair = worker::WebSocketRequestResponsePair::new(ping, pong).map_err(failed)?;
    state.as_raw().set_websocket_auto_response(&pair).map_err(failed)
}

/// Lets a socket live on while the object sleeps.
pub(crate) fn accept(state: &worker::State, socket: &worker::WebSocket) -> Result<(), Broken> {
    state.as_raw().accept_websocket(socket.as_ref()).map_err(|error| broken("accept", &error))
}

/// All sockets of the object, also those accepted before it slept.
pub(crate) fn sockets(state: &worker::State) -> Result<Vec<worker::WebSocket>, Broken> {
    let sockets = state.as_raw().get_websockets().map_err(|error| broken("sockets", &error))?;
    Ok(sockets.into_iter().map(Into::into).collect())
}

/// The name that the object was addressed by.
pub(crate) fn name(state: &worker::State) -> Result<String, Broken> {
    let id = state.as_raw().id().map_err(|error| broken("id", &error))?;
    id.name().ok_or_else(|| Broken("the object has no name".into()))
}

/// Goes on with `work` after the present event has been answered.
pub(crate) fn go_on(state: &worker::State, work: impl core::future::Future<Output = ()> + 'static) {
    let promise = worker::wasm_bindgen_futures::future_to_promise(async move {
        work.await;
        Ok(JsValue::UNDEFINED)
    });
    // Should the runtime not take note of it, the promise runs all the same.
    let _ = state.as_raw().wait_until(&promise);
}
