//! Who is signed in. Only the hash of a cookie's token is stored.

use super::Bound::{Number, Text};
use super::Directory;
use crate::cookie;
use shared::api::Me;
use shared::id::OperatorId;
use shared::reject::Broken;
use shared::time::Timestamp;

impl Directory {
    /// Whose sign-in this is, if it has not ended.
    pub(crate) async fn signed_in(&self, hash: &str, now: Timestamp) -> Result<Option<Me>, Broken> {
        let sql = "SELECT o.id, o.name, o.email, o.role FROM sign_in s JOIN operator o ON o.id = s.operator \
                   WHERE s.hash = ?1 AND s.expires_at > ?2";
        self.row(sql, &[Text(hash), Number(now.0)]).await
    }

    /// Keeps a sign-in, and clears away those that have ended.
    pub(crate) async fn sign_in(&self, hash: &str, who: &OperatorId, now: Timestamp) -> Result<(), Broken> {
        let expires_at = now + cookie::LIFETIME;
        let insert = "INSERT INTO sign_in (hash, operator, created_at, expires_at) VALUES (?1, ?2, ?3, ?4)";
        let values = [Text(hash), Text(who.as_str()), Number(now.0), Number(expires_at.0)];
        self.transaction(vec![
            self.statement(insert, &values)?,
            self.statement("DELETE FROM sign_in WHERE expires_at <= ?1", &[Number(now.0)])?,
        ])
        .await
        .map(drop)
    }

    /// Ends a sign-in.
    pub(crate) async fn sign_out(&self, hash: &str) -> Result<(), Broken> {
        let delete = self.statement("DELETE FROM sign_in WHERE hash = ?1", &[Text(hash)])?;
        self.transaction(vec![delete]).await.map(drop)
    }
}
