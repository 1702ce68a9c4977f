//! The keys of channels, with which tokens of verified visitors are checked.

use super::Bound::{Number, Text};
use super::{Directory, rows_of};
use serde::Deserialize;
use serde::de::IgnoredAny;
use shared::api::Key;
use shared::id::ChannelId;
use shared::limits::KEYS_MAX;
use shared::reject::Broken;
use shared::verified::Algorithm;

/// What a token is checked with. It goes nowhere from here.
#[derive(Deserialize)]
pub(crate) struct Checks {
    /// How tokens of this key are signed.
    pub(crate) algorithm: Algorithm,
    /// What their issuer has to be.
    pub(crate) issuer: String,
    /// The secret, or the public key, as the migration tells.
    pub(crate) material: String,
}

impl Directory {
    /// The keys of a channel, the oldest first, without what they check with.
    pub(crate) async fn keys(&self, channel: &ChannelId) -> Result<Vec<Key>, Broken> {
        let sql = "SELECT kid, algorithm, issuer, created_at FROM channel_key WHERE channel = ?1 \
                   ORDER BY created_at, kid";
        self.rows(sql, &[Text(channel.as_str())]).await
    }

    /// What to check a token with that names this key.
    pub(crate) async fn checks(&self, channel: &ChannelId, kid: &str) -> Result<Option<Checks>, Broken> {
        let sql = "SELECT algorithm, issuer, material FROM channel_key WHERE channel = ?1 AND kid = ?2";
        self.row(sql, &[Text(channel.as_str()), Text(kid)]).await
    }

    /// Adds a key, unless its name is taken or the channel has as many as it may. `false`: it does.
    pub(crate) async fn add_key(
        &self,
        channel: &ChannelId,
        key: &Key,
        material: &str,
    ) -> Result<bool, Broken> {
        let sql = "INSERT INTO channel_key (channel, kid, algorithm, issuer, material, created_at) \
                   SELECT ?1, ?2, ?3, ?4, ?5, ?6 \
                   WHERE (SELECT count(*) FROM channel_key WHERE channel = ?1) < ?7 \
                   ON CONFLICT (channel, kid) DO NOTHING RETURNING kid";
        let values = [
            Text(channel.as_str()),
            Text(&key.kid),
            Text(key.algorithm.name()),
            Text(&key.issuer),
            Text(material),
            Number(key.created_at.0),
            Number(KEYS_MAX as u64),
        ];
        self.has_changed(sql, &values).await
    }

    /// Removes a key. `false`: there is none.
    pub(crate) async fn remove_key(&self, channel: &ChannelId, kid: &str) -> Result<bool, Broken> {
        let sql = "DELETE FROM channel_key WHERE channel = ?1 AND kid = ?2 RETURNING kid";
        self.has_changed(sql, &[Text(channel.as_str()), Text(kid)]).await
    }

    async fn has_changed(&self, sql: &str, values: &[super::Bound<'_>]) -> Result<bool, Broken> {
        let done = self.transaction(vec![self.statement(sql, values)?]).await?;
        let changed: Vec<IgnoredAny> = done.first().map_or(Ok(Vec::new()), rows_of)?;
        Ok(!changed.is_empty())
    }
}
