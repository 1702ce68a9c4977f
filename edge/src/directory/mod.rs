//! The directory in D1: who may sign in, and which channels there are. Every query of it stands below this module.

mod accounts;
mod channels;
mod keys;
mod links;
mod sign_ins;
mod throttle;

pub(crate) use accounts::{NewAccount, faces};
pub(crate) use channels::{ChannelRow, channel, pause, save_settings};
pub(crate) use keys::Checks;
pub(crate) use links::LinkKind;
pub(crate) use throttle::Subject;

use crate::failure::broken;
use serde::Deserialize;
use shared::reject::Broken;
use wasm_bindgen::JsValue;
use worker::{D1Database, D1PreparedStatement, D1Result, Env};

/// The database of the directory.
pub(crate) struct Directory(D1Database);

/// A value bound to a statement.
#[derive(Clone, Copy, Debug)]
enum Bound<'a> {
    Text(&'a str),
    /// Below 2^53.
    Number(u64),
}

impl Directory {
    /// The deployment's directory.
    pub(crate) fn open(env: &Env) -> Result<Self, Broken> {
        env.d1("DB").map(Self).map_err(broken("the binding DB"))
    }

    fn statement(&self, sql: &str, values: &[Bound<'_>]) -> Result<D1PreparedStatement, Broken> {
        let values: Vec<JsValue> = values.iter().map(|value| value.to_js()).collect();
        self.0.prepare(sql).bind(&values).map_err(broken("binding values"))
    }

    /// Runs one statement, and reads its rows.
    async fn rows<T>(&self, sql: &str, values: &[Bound<'_>]) -> Result<Vec<T>, Broken>
    where
        T: for<'de> Deserialize<'de>,
    {
        let result = self.statement(sql, values)?.all().await.map_err(broken("the directory"))?;
        rows_of(&result)
    }

    /// Runs one statement, and reads its first row.
    async fn row<T>(&self, sql: &str, values: &[Bound<'_>]) -> Result<Option<T>, Broken>
    where
        T: for<'de> Deserialize<'de>,
    {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// Runs all statements in one transaction: either each of them, or none.
    async fn transaction(&self, statements: Vec<D1PreparedStatement>) -> Result<Vec<D1Result>, Broken> {
        self.0.batch(statements).await.map_err(broken("the directory"))
    }
}

impl Bound<'_> {
    fn to_js(self) -> JsValue {
        match self {
            Self::Text(text) => JsValue::from_str(text),
            // Exact: every number bound here is below 2^53.
            #[allow(clippy::cast_precision_loss)]
            Self::Number(number) => JsValue::from_f64(number as f64),
        }
    }
}

fn rows_of<T>(result: &D1Result) -> Result<Vec<T>, Broken>
where
    T: for<'de> Deserialize<'de>,
{
    result.results().map_err(broken("reading rows of the directory"))
}
