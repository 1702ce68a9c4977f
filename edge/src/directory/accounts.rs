//! The people who answer.

use super::Bound::{Number, Text};
use super::{Directory, LinkKind, rows_of};
use crate::cookie;
use crate::failure::Failure;
use serde::Deserialize;
use shared::api::{Me, Person};
use shared::id::OperatorId;
use shared::note::Face;
use shared::reject::{Broken, Code};
use shared::time::Timestamp;
use worker::Env;

/// An account as sign-in needs it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Account {
    /// Who it is.
    #[serde(flatten)]
    pub(crate) me: Me,
    /// The password's PHC string.
    pub(crate) password: String,
}

/// An account to be made from a one-time link, signed in at once.
pub(crate) struct NewAccount<'a> {
    /// What kind of link it is made from.
    pub(crate) kind: LinkKind,
    /// The hash of the link's token.
    pub(crate) link: &'a str,
    /// Who it will be.
    pub(crate) me: &'a Me,
    /// The password's PHC string.
    pub(crate) password: &'a str,
    /// The hash of the token of the first sign-in.
    pub(crate) sign_in: &'a str,
}

/// Takes effect only while the link is good. The parameters ?1 to ?8 are those of [`Directory::create_account`].
const INSERT: &str = "INSERT INTO operator (id, name, email, password, role, created_at) \
    SELECT ?1, ?2, ?3, ?4, role, ?5 FROM one_time_link \
    WHERE hash = ?6 AND kind = ?7 AND used_at IS NULL AND expires_at > ?5 \
    AND (?8 = 0 OR NOT EXISTS (SELECT 1 FROM operator)) RETURNING id";

impl Directory {
    /// Whether anybody can sign in yet.
    pub(crate) async fn has_operators(&self) -> Result<bool, Broken> {
        let one: Option<IdRow> = self.row("SELECT id FROM operator LIMIT 1", &[]).await?;
        Ok(one.is_some())
    }

    /// Everybody who answers, by name.
    pub(crate) async fn operators(&self) -> Result<Vec<Person>, Broken> {
        self.rows("SELECT id, name, role FROM operator ORDER BY name, id", &[]).await
    }

    /// The account with this address, which has to be in lower case.
    pub(crate) async fn account(&self, email: &str) -> Result<Option<Account>, Broken> {
        self.row("SELECT id, name, email, role, password FROM operator WHERE email = ?1", &[Text(email)])
            .await
    }

    /// Uses the link up, makes the account and signs it in, all or nothing: a crash burns no link, and of two requests with
    /// one link (or of two that would each make the first administrator) one alone succeeds. `false`: the link is not good.
    pub(crate) async fn create_account(&self, new: &NewAccount<'_>, now: Timestamp) -> Result<bool, Failure> {
        let id = Text(new.me.id.as_str());
        let first_only = u64::from(new.kind == LinkKind::Setup);
        let values = [
            id,
            Text(&new.me.name),
            Text(&new.me.email),
            Text(new.password),
            Number(now.0),
            Text(new.link),
            Text(new.kind.as_str()),
            Number(first_only),
        ];
        let done = self
            .transaction(vec![
                self.statement(INSERT, &values)?,
                self.statement(
                    "UPDATE one_time_link SET used_at = ?1 WHERE hash = ?2 \
                     AND EXISTS (SELECT 1 FROM operator WHERE id = ?3)",
                    &[Number(now.0), Text(new.link), id],
                )?,
                self.statement(
                    "INSERT INTO sign_in (hash, operator, created_at, expires_at) \
                     SELECT ?1, id, ?2, ?3 FROM operator WHERE id = ?4",
                    &[Text(new.sign_in), Number(now.0), Number((now + cookie::LIFETIME).0), id],
                )?,
            ])
            .await
            .map_err(email_taken)?;
        let made: Vec<IdRow> = done.first().map_or(Ok(Vec::new()), rows_of)?;
        Ok(!made.is_empty())
    }
}

#[derive(Deserialize)]
struct IdRow {
    #[allow(dead_code, reason = "that there is a row is all that matters")]
    id: OperatorId,
}

/// Constraint errors come back as text alone.
fn email_taken(Broken(what): Broken) -> Failure {
    if what.contains("operator.email") { Code::EmailTaken.into() } else { Broken(what).into() }
}

/// Everybody who answers, for a desk that has to name them.
pub(crate) async fn faces(env: &Env) -> Result<Vec<Face>, Broken> {
    let people = Directory::open(env)?.operators().await?;
    Ok(people.into_iter().map(|Person { id, name, .. }| Face { id, name }).collect())
}
