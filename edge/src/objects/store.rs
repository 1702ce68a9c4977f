//! An object's SQLite: one table of keys and values, written only in transactions.

use crate::secrets;
use crate::sys::Storage;
use shared::post::Row;
use shared::reject::Broken;
use shared::shell::{Rows, SECRET_KEY, Span};
use shared::time::Timestamp;

/// What makes each version of the schema from the one before. Never changed, only added to.
const MIGRATIONS: &[&str] =
    &["CREATE TABLE record (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"];

/// The store of one object. Nothing is written, not even its table, before the first commit: a visitor who only looks
/// leaves no trace.
pub(super) struct Store {
    storage: Storage,
    version: usize,
}

impl Store {
    /// Opens the store, whatever version it has.
    pub(super) fn open(state: &worker::State) -> Result<Self, Broken> {
        let storage = Storage::of(state)?;
        let tables = storage
            .rows("SELECT name AS key FROM sqlite_master WHERE type = 'table' AND name = 'schema'", &[])?;
        let version = match tables.first() {
            None => 0,
            Some(_) => {
                let rows = storage.rows("SELECT CAST(max(version) AS TEXT) AS key FROM schema", &[])?;
                let newest = rows.first().and_then(|(version, _)| version.parse().ok());
                newest.ok_or_else(|| Broken("the schema's version cannot be read".into()))?
            }
        };
        if version > MIGRATIONS.len() {
            return Err(Broken(format!("the store has version {version}, of a later release")));
        }
        Ok(Self { storage, version })
    }

    /// Writes all of one event, the alarm (of the platform's clock) with it if it changes; or nothing.
    pub(super) fn commit(&mut self, rows: &[Row], alarm: Option<Option<Timestamp>>) -> Result<(), Broken> {
        if rows.is_empty() && alarm.is_none() {
            return Ok(());
        }
        let version = self.version;
        self.storage.transaction(|storage| {
            if !rows.is_empty() {
                migrate(storage, version)?;
            }
            for (key, value) in rows {
                match value {
                    Some(value) => storage.run(
                        "INSERT INTO record (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
                        &[key, value],
                    )?,
                    None => storage.run("DELETE FROM record WHERE key = ?1", &[key])?,
                }
            }
            alarm.map_or(Ok(()), |at| storage.alarm(at))
        })?;
        if !rows.is_empty() {
            self.version = MIGRATIONS.len();
        }
        Ok(())
    }
}

impl Store {
    /// The object's own secret, made at the first need. It is the shell's, not the core's.
    pub(super) fn secret(&mut self) -> Result<String, Broken> {
        if let Some(secret) = self.known_secret()? {
            return Ok(secret);
        }
        let secret = secrets::token()?;
        self.commit(&[(SECRET_KEY.to_owned(), Some(secret.clone()))], None)?;
        Ok(secret)
    }

    /// The object's own secret, if it has needed one.
    pub(super) fn known_secret(&self) -> Result<Option<String>, Broken> {
        if self.version == 0 {
            return Ok(None);
        }
        let rows = self.storage.rows("SELECT key, value FROM record WHERE key = ?1", &[SECRET_KEY])?;
        Ok(rows.into_iter().next().map(|(_, secret)| secret))
    }
}

impl Rows for Store {
    type Error = Broken;

    fn read(&self, span: &Span) -> Result<Vec<(String, String)>, Broken> {
        if self.version == 0 {
            return Ok(Vec::new());
        }
        let statement = if span.newest_first {
            "SELECT key, value FROM record WHERE key >= ?1 AND key < ?2 ORDER BY key DESC LIMIT CAST(?3 AS INTEGER)"
        } else {
            "SELECT key, value FROM record WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT CAST(?3 AS INTEGER)"
        };
        self.storage.rows(statement, &[&span.from, &span.to, &span.limit.to_string()])
    }
}

fn migrate(storage: &Storage, version: usize) -> Result<(), Broken> {
    if version == MIGRATIONS.len() {
        return Ok(());
    }
    if version == 0 {
        storage.run("CREATE TABLE schema (version INTEGER PRIMARY KEY)", &[])?;
    }
    for (step, number) in MIGRATIONS.iter().zip(1_usize..).skip(version) {
        storage.run(step, &[])?;
        storage.run("INSERT INTO schema (version) VALUES (CAST(?1 AS INTEGER))", &[&number.to_string()])?;
    }
    Ok(())
}
