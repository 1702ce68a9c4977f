//! First run: the demo channel, and the one-time link that makes the first operator.

use std::fs::File;
use std::io::Read;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::d1::{self, Place};
use crate::fail::{Failure, Result};
use crate::hash;

const WEEK_MS: u128 = 7 * 24 * 60 * 60 * 1000;

/// Whether the demo channel is made too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demo {
    /// For `dev`.
    With,
    /// For a deployment.
    Without,
}

/// Puts a fresh set-up link into the database if nobody can sign in yet, and gives its token. Earlier ones end.
pub fn first_run(place: Place<'_>, demo: Demo) -> Result<Option<String>> {
    let token = secret()?;
    let results = d1::execute(place, &sql(&hash::hex(&token), now_ms()?, demo))?;
    let operators = results.last().and_then(|rows| rows.first()).and_then(|row| row.get("operators"));
    match operators.and_then(Value::as_u64) {
        Some(0) => Ok(Some(token)),
        Some(_) => Ok(None),
        None => {
            Err(Failure::new("The database did not say how many operators there are: apply the migrations."))
        }
    }
}

/// The address that a person opens to make the first operator.
pub fn link(origin: &str, token: &str) -> String {
    format!("{origin}/console/#setup={token}")
}

/// One batch, since each call of wrangler takes seconds.
fn sql(token_hash: &str, now: u128, demo: Demo) -> String {
    let nobody = "NOT EXISTS (SELECT 1 FROM operator)";
    let expires = now + WEEK_MS;
    let channel = match demo {
        Demo::With => format!(
            "INSERT OR IGNORE INTO channel (id, name, settings, version, created_at) \
             VALUES ('demo', 'Demo shop', '{{}}', 0, {now});"
        ),
        Demo::Without => String::new(),
    };
    format!(
        "{channel} DELETE FROM one_time_link WHERE kind = 'setup' AND used_at IS NULL AND {nobody}; \
         INSERT INTO one_time_link (hash, kind, role, created_at, expires_at) \
         SELECT '{token_hash}', 'setup', 'admin', {now}, {expires} WHERE {nobody}; \
         SELECT count(*) AS operators FROM operator;"
    )
}

fn secret() -> Result<String> {
    let mut bytes = [0; 32];
    let failed =
        |e| Failure::new(format!("Cannot read /dev/urandom ({e}): it is needed for the set-up link."));
    File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut bytes)).map_err(failed)?;
    Ok(hash::base64url(&bytes))
}

fn now_ms() -> Result<u128> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since
        .map(|time| time.as_millis())
        .map_err(|_| Failure::new("The clock of this machine is before 1970: set it."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_long_and_new_each_time() {
        let (one, two) = (secret().expect("secret"), secret().expect("secret"));
        assert_eq!(one.len(), 43);
        assert_ne!(one, two);
    }

    #[test]
    fn a_deployment_gets_no_demo_channel() {
        assert!(sql("h", 1, Demo::With).contains("'demo'"));
        assert!(!sql("h", 1, Demo::Without).contains("demo"));
    }
}
