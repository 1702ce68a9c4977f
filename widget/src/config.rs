//! What the loader hands over: the channel as its launcher shows it, before the worker has said a word.

use crate::chat::Identity;
use shared::client::json::Json;
use shared::settings::LocalText;
use shared::wire::ChannelView;

/// The configuration in the loader's script.
struct Config {
    channel: String,
    title: LocalText,
    welcome: LocalText,
}

/// Where and for whom one widget runs.
pub(crate) struct Place {
    config: Config,
    origin: String,
    locale: String,
    pub(crate) identity: Identity,
}

impl Place {
    /// None if `config` is not what a loader writes.
    pub(crate) fn new(config: &str, origin: String, locale: String) -> Option<Self> {
        let json = Json::read(config)?;
        let config = Config {
            channel: json.get("channel").text()?.to_owned(),
            title: LocalText::read(json.get("title")),
            welcome: LocalText::read(json.get("welcome")),
        };
        Some(Self { config, origin, locale, identity: Identity::default() })
    }

    pub(crate) fn locale(&self) -> &str {
        &self.locale
    }

    /// The address of the visitor's socket.
    pub(crate) fn socket_url(&self) -> String {
        let rest = self.origin.strip_prefix("http").unwrap_or(&self.origin);
        ["ws", rest, "/ws/v1/visitor/", &self.config.channel].concat()
    }

    /// The storage key called `name`, of who the visitor is.
    pub(crate) fn key(&self, name: &str) -> String {
        self.common_key(&self.identity.name(name))
    }

    /// The storage key called `name`, whoever it is.
    pub(crate) fn common_key(&self, name: &str) -> String {
        ["guichet.", &self.config.channel, ".", name].concat()
    }

    /// The title and the line under it: as the worker says, else as the loader said.
    pub(crate) fn heading(&self, channel: Option<&ChannelView>) -> (Option<String>, Option<String>) {
        let pick = |now: Option<&LocalText>, before: &LocalText| {
            let chosen = now.and_then(|text| text.pick(&self.locale)).or_else(|| before.pick(&self.locale));
            chosen.filter(|words| !words.trim().is_empty()).map(str::to_owned)
        };
        (
            pick(channel.map(|channel| &channel.title), &self.config.title),
            pick(channel.map(|channel| &channel.welcome), &self.config.welcome),
        )
    }
}
