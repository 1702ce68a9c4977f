//! How often a password may be tried. An attempt is counted before the password is checked, in one statement, so that
//! attempts made at the same time cannot pass uncounted.

use super::Bound::{Number, Text};
use super::{Directory, rows_of};
use crate::secrets;
use serde::Deserialize;
use shared::reject::Broken;
use shared::time::{Millis, Timestamp};

/// Wrong passwords are forgotten after this time.
const WINDOW: Millis = Millis::minutes(15);
/// Wrong passwords for one account before it has to wait, and what it waits then; each further one doubles the wait.
const ACCOUNT_FREE: u64 = 5;
const ACCOUNT_WAIT: Millis = Millis::seconds(30);
const ACCOUNT_DOUBLINGS_MAX: u64 = 5;
/// Wrong passwords from one address in one window; an office behind one address must not be locked out.
const ADDRESS_FREE: u64 = 100;

/// Counts from the last wrong password. ?1 key, ?2 now, ?3 window, ?4 free, ?5 wait, ?6 doublings.
const ATTEMPT_ACCOUNT: &str = "INSERT INTO throttle (key, count, since) VALUES (?1, 1, ?2) \
    ON CONFLICT (key) DO UPDATE SET count = CASE WHEN since + ?3 <= ?2 THEN 1 ELSE count + 1 END, since = ?2 \
    WHERE count < ?4 OR since + min(?5 << min(count - ?4, ?6), ?3) <= ?2 RETURNING count, since";

/// Counts from the first wrong password of a window. ?1 key, ?2 now, ?3 window, ?4 free.
const ATTEMPT_ADDRESS: &str = "INSERT INTO throttle (key, count, since) VALUES (?1, 1, ?2) \
    ON CONFLICT (key) DO UPDATE SET count = CASE WHEN since + ?3 <= ?2 THEN 1 ELSE count + 1 END, \
    since = CASE WHEN since + ?3 <= ?2 THEN ?2 ELSE since END \
    WHERE count < ?4 OR since + ?3 <= ?2 RETURNING count, since";

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// An account that may or may not exist.
    Account {
        /// Its address, in lower case.
        email: String,
    },
    /// Where the attempts come from.
    Network(String),
}

impl Subject {
    /// Whatever somebody typed as an address is not kept.
    fn key(&self) -> String {
        match self {
            Self::Account { email } => format!("account:{}", secrets::sha256_hex(email)),
            Self::Network(network) => format!("address:{network}"),
        }
    }

    /// When the next attempt is allowed, after `count` attempts since `since`.
    fn opens(&self, count: u64, since: Timestamp) -> Timestamp {
        let wait = match self {
            Self::Account { .. } => {
                let doublings = count.saturating_sub(ACCOUNT_FREE).min(ACCOUNT_DOUBLINGS_MAX);
                Millis(ACCOUNT_WAIT.0 << doublings).min(WINDOW)
            }
            Self::Network(_) => WINDOW,
        };
        since + wait
    }
}

#[derive(Deserialize)]
struct Counted {
    count: u64,
    since: Timestamp,
}

impl Directory {
    /// Counts an attempt. `Err` inside: it is not allowed before that time, and not counted.
    pub(crate) async fn attempt(
        &self,
        subject: &Subject,
        now: Timestamp,
    ) -> Result<Result<(), Timestamp>, Broken> {
        let key = subject.key();
        let mut values = vec![Text(&key), Number(now.0), Number(WINDOW.0)];
        let sql = match subject {
            Subject::Account { .. } => {
                values.extend([ACCOUNT_FREE, ACCOUNT_WAIT.0, ACCOUNT_DOUBLINGS_MAX].map(Number));
                ATTEMPT_ACCOUNT
            }
            Subject::Network(_) => {
                values.push(Number(ADDRESS_FREE));
                ATTEMPT_ADDRESS
            }
        };
        let done = self
            .transaction(vec![
                self.statement(sql, &values)?,
                self.statement("SELECT count, since FROM throttle WHERE key = ?1", &[Text(&key)])?,
            ])
            .await?;
        let allowed: Vec<Counted> = done.first().map_or(Ok(Vec::new()), rows_of)?;
        let stands: Vec<Counted> = done.get(1).map_or(Ok(Vec::new()), rows_of)?;
        Ok(match (allowed.first(), stands.first()) {
            (None, Some(row)) => Err(subject.opens(row.count, row.since)),
            _ => Ok(()),
        })
    }

    /// The password was right: the account starts afresh, the attempt does not count against the address, and what is
    /// long over is cleared away.
    pub(crate) async fn forgive(
        &self,
        account: &Subject,
        network: &Subject,
        now: Timestamp,
    ) -> Result<(), Broken> {
        let over = now - WINDOW;
        self.transaction(vec![
            self.statement(
                "DELETE FROM throttle WHERE key = ?1 OR since < ?2",
                &[Text(&account.key()), Number(over.0)],
            )?,
            self.statement(
                "UPDATE throttle SET count = count - 1 WHERE key = ?1 AND count > 0",
                &[Text(&network.key())],
            )?,
        ])
        .await
        .map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_waits_longer_each_time_and_never_longer_than_the_window() {
        let account = Subject::Account { email: "a@b.example".into() };
        let waits: Vec<_> =
            [5, 6, 7, 8, 9, 10, 11, 1000].map(|count| account.opens(count, Timestamp(0)).0 / 1000).into();
        assert_eq!(waits, [30, 60, 120, 240, 480, 900, 900, 900]);
    }

    #[test]
    fn keys_tell_accounts_from_addresses_and_keep_no_e_mail() {
        let account = Subject::Account { email: "a@b.example".into() }.key();
        assert!(account.starts_with("account:") && !account.contains("b.example"));
        assert_eq!(Subject::Network("192.0.2.1".into()).key(), "address:192.0.2.1");
    }
}
