//! A person who has signed in.

use super::http::{Answer, Ask};
use serde::Serialize;
use shared::api::{Me, VersionedSettings};
use shared::id::ChannelId;
use shared::reject::Code;
use shared::settings::Settings;

/// A person who has signed in, on a page of the Worker's own.
#[derive(Clone, Debug)]
pub struct Account {
    /// Who.
    pub me: Me,
    /// The `Cookie` header.
    pub cookie: String,
    /// The Worker's origin.
    pub origin: String,
}

impl Account {
    pub(super) fn new(origin: &str, cookie: String, me: Me) -> Self {
        Self { me, cookie, origin: origin.to_owned() }
    }

    /// A request with the cookie.
    pub fn ask(&self, method: &str, path: &str) -> Ask {
        Ask::new(&self.origin, method, path).header("cookie", &self.cookie).origin(&self.origin)
    }

    /// Reads.
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path).send()
    }

    /// Makes or does.
    pub fn post(&self, path: &str, body: &impl Serialize) -> Answer {
        self.ask("POST", path).json(body).send()
    }

    /// Replaces.
    pub fn put(&self, path: &str, body: &impl Serialize) -> Answer {
        self.ask("PUT", path).json(body).send()
    }

    /// A channel's settings.
    pub fn settings(&self, channel: &ChannelId) -> VersionedSettings {
        self.get(&address(channel)).of(200)
    }

    /// Changes a channel's settings, again if somebody else has meanwhile.
    #[track_caller]
    pub fn settle(&self, channel: &ChannelId, change: impl Fn(&mut Settings)) {
        loop {
            let mut wanted = self.settings(channel);
            change(&mut wanted.settings);
            let answer = self.put(&address(channel), &wanted);
            if answer.status == 409 && answer.code() == Code::VersionConflict {
                continue;
            }
            let _: VersionedSettings = answer.of(200);
            return;
        }
    }
}

fn address(channel: &ChannelId) -> String {
    format!("/api/v1/channels/{channel}/settings")
}
