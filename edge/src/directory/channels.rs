//! The channels, with the projection of their settings that lists, the loader and the router read.

use super::Bound::{Number, Text};
use super::{Directory, rows_of};
use crate::answer::to_json;
use crate::failure::broken;
use serde::Deserialize;
use shared::id::ChannelId;
use shared::reject::Broken;
use shared::settings::Settings;
use shared::time::Timestamp;
use worker::Env;

/// A channel, as the directory knows it.
#[derive(Clone, Debug)]
pub(crate) struct ChannelRow {
    /// Which.
    pub(crate) id: ChannelId,
    /// Its name.
    pub(crate) name: String,
    /// Its settings.
    pub(crate) settings: Settings,
    /// Their version; 0 while the desk has none.
    pub(crate) version: u64,
    /// Until when it takes no new sessions; long ago if it does.
    pub(crate) paused_until: Timestamp,
}

#[derive(Deserialize)]
struct Stored {
    id: ChannelId,
    name: String,
    settings: String,
    version: u64,
    paused_until: Timestamp,
}

impl Stored {
    fn read(self) -> Result<ChannelRow, Broken> {
        let settings = serde_json::from_str(&self.settings).map_err(broken("settings in the directory"))?;
        let Self { id, name, version, paused_until, .. } = self;
        Ok(ChannelRow { id, name, settings, version, paused_until })
    }
}

impl Directory {
    /// A channel, if there is one of this id.
    pub(crate) async fn channel(&self, id: &ChannelId) -> Result<Option<ChannelRow>, Broken> {
        let sql = "SELECT id, name, settings, version, paused_until FROM channel WHERE id = ?1";
        self.row(sql, &[Text(id.as_str())]).await?.map(Stored::read).transpose()
    }

    /// All channels, by name.
    pub(crate) async fn channels(&self) -> Result<Vec<ChannelRow>, Broken> {
        let sql = "SELECT id, name, settings, version, paused_until FROM channel ORDER BY name, id";
        self.rows(sql, &[]).await?.into_iter().map(Stored::read).collect()
    }

    /// Stores a new channel. `false`: the id is taken.
    pub(crate) async fn create_channel(&self, channel: &ChannelRow, now: Timestamp) -> Result<bool, Broken> {
        let settings = to_json(&channel.settings)?;
        let sql = "INSERT INTO channel (id, name, settings, version, created_at) VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT (id) DO NOTHING RETURNING id";
        let values = [
            Text(channel.id.as_str()),
            Text(&channel.name),
            Text(&settings),
            Number(channel.version),
            Number(now.0),
        ];
        let done = self.transaction(vec![self.statement(sql, &values)?]).await?;
        let made: Vec<serde::de::IgnoredAny> = done.first().map_or(Ok(Vec::new()), rows_of)?;
        Ok(!made.is_empty())
    }

    /// Takes over the settings that a desk holds. Only forward: what arrives late changes nothing.
    async fn save_settings(&self, id: &ChannelId, version: u64, settings: &Settings) -> Result<(), Broken> {
        let settings = to_json(settings)?;
        let sql = "UPDATE channel SET settings = ?1, version = ?2 WHERE id = ?3 AND version < ?2";
        let values = [Text(&settings), Number(version), Text(id.as_str())];
        self.transaction(vec![self.statement(sql, &values)?]).await.map(drop)
    }
}

/// A channel takes no new sessions until then.
pub(crate) async fn pause(env: &Env, id: &ChannelId, until: Timestamp) -> Result<(), Broken> {
    let directory = Directory::open(env)?;
    let sql = "UPDATE channel SET paused_until = ?1 WHERE id = ?2";
    let values = [Number(until.0), Text(id.as_str())];
    directory.transaction(vec![directory.statement(sql, &values)?]).await.map(drop)
}

/// A channel, for an object that needs its settings.
pub(crate) async fn channel(env: &Env, id: &ChannelId) -> Result<Option<ChannelRow>, Broken> {
    Directory::open(env)?.channel(id).await
}

/// Takes over the settings that a desk holds.
pub(crate) async fn save_settings(
    env: &Env,
    id: &ChannelId,
    version: u64,
    settings: &Settings,
) -> Result<(), Broken> {
    Directory::open(env)?.save_settings(id, version, settings).await
}
