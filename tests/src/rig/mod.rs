//! A real Worker for tests: started on storage of its own, with people who answer and visitors who ask.
//!
//! Whatever goes wrong in here panics: it is the test that fails.
#![allow(clippy::disallowed_methods, reason = "the rig runs natively and waits against the clock")]

mod account;
mod chat;
mod http;
mod made;
mod socket;
mod storage;
mod token;

pub use account::Account;
pub use chat::{Inbox, Talk, Thread, Visitor, conversation_of, text_of};
pub use http::{Answer, Ask};
pub use made::{message_id, secret};
pub use socket::{Event, Handshake, PATIENCE, Raw, Socket};
pub use token::{ISSUER, Signer, claims, now};

use shared::api::{Channel, Invite, Join, Me, NewChannel, NewInvite, Role};
use shared::id::ChannelId;
use shared::settings::Settings;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use xtask::d1::{self, Place};
use xtask::setup::{self, Demo};
use xtask::worker::{Config, Worker};

/// The password of every account that the rig makes.
pub const PASSWORD: &str = "correct horse battery staple";

/// A Worker that runs, and what is needed to talk to it.
#[derive(Debug)]
pub struct Rig {
    worker: Mutex<Worker>,
    origin: String,
    link: String,
    admin: OnceLock<Account>,
    storage: storage::Storage,
}

/// How a [`Rig`] is to start.
#[derive(Debug, Default)]
pub struct Options {
    vars: Vec<(String, String)>,
}

impl Options {
    /// Gives the Worker a variable.
    #[must_use]
    pub fn var(mut self, name: &str, value: impl ToString) -> Self {
        self.vars.push((name.to_owned(), value.to_string()));
        self
    }

    /// Lets the Worker's clock run faster, from now on.
    #[must_use]
    pub fn clock_rate(self, rate: u32) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_millis();
        self.var("CLOCK_RATE", rate).var("CLOCK_EPOCH", now)
    }

    /// Starts the Worker on an empty storage that has the demo channel and an unused set-up link.
    pub fn start(self) -> Rig {
        let storage = storage::Storage::new();
        d1::migrate(storage.path()).expect("the migrations");
        let link = setup::first_run(Place::Local(storage.path()), Demo::With).expect("the set-up link");
        let mut config = Config::new(storage.path());
        for (name, value) in &self.vars {
            config = config.var(name, value);
        }
        let worker = config.start().unwrap_or_else(|failure| panic!("{failure}"));
        Rig {
            origin: worker.url(),
            worker: Mutex::new(worker),
            link: link.expect("a new storage has no operator"),
            admin: OnceLock::new(),
            storage,
        }
    }
}

impl Rig {
    /// Starts a Worker on an empty storage and a free port.
    pub fn start() -> Self {
        Self::with().start()
    }

    /// Starts one that is different: [`Options::start`].
    pub fn with() -> Options {
        Options::default()
    }

    /// Its origin, as `http://127.0.0.1:8787`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Its origin under another name of this machine, as pages of another site see it.
    pub fn other_origin(&self) -> String {
        self.origin.replace("127.0.0.1", "localhost")
    }

    /// The token of the set-up link that its database was given.
    pub fn link(&self) -> &str {
        &self.link
    }

    /// Where it keeps its data.
    pub fn storage(&self) -> &Path {
        self.storage.path()
    }

    /// The Worker itself.
    pub fn worker(&self) -> MutexGuard<'_, Worker> {
        self.worker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request by nobody in particular.
    pub fn ask(&self, method: &str, path: &str) -> Ask {
        Ask::new(&self.origin, method, path)
    }

    /// The first administrator, made from the set-up link by the first caller.
    pub fn admin(&self) -> &Account {
        self.admin.get_or_init(|| self.set_up())
    }

    /// Makes the first administrator from the set-up link. Works once; see [`Rig::admin`].
    pub fn set_up(&self) -> Account {
        let form = made::form("Ada Admin", &self.link);
        self.joined("/api/v1/setup", &form)
    }

    /// Makes an operator who answers on the demo channel.
    pub fn join(&self, name: &str) -> Account {
        let account = self.join_as(name, Role::Operator);
        self.seat(&demo(), &[&account]);
        account
    }

    /// Makes a person who answers nowhere yet.
    pub fn join_as(&self, name: &str, role: Role) -> Account {
        let invite: Invite = self.admin().post("/api/v1/invites", &NewInvite { role }).of(201);
        self.joined("/api/v1/join", &made::form(name, &invite.token))
    }

    fn joined(&self, path: &str, form: &Join) -> Account {
        let answer = self.ask("POST", path).origin(&self.origin).json(form).send();
        let me: Me = answer.of(201);
        Account::new(&self.origin, answer.cookie().expect("a sign-in's cookie"), me)
    }

    /// Makes people members of a channel, beside those who are.
    pub fn seat(&self, channel: &ChannelId, accounts: &[&Account]) {
        self.settle(channel, |settings| {
            for account in accounts {
                if !settings.queue.members.contains(&account.me.id) {
                    settings.queue.members.push(account.me.id.clone());
                }
            }
        });
    }

    /// Makes a channel with settings and members of its own.
    pub fn channel(&self, accounts: &[&Account], change: impl Fn(&mut Settings)) -> ChannelId {
        let name = format!("Channel {}", made::number());
        let channel: Channel = self.admin().post("/api/v1/channels", &NewChannel { name }).of(201);
        self.settle(&channel.id, |settings| {
            settings.queue.members = accounts.iter().map(|account| account.me.id.clone()).collect();
            change(settings);
        });
        channel.id
    }

    /// Changes a channel's settings.
    pub fn settle(&self, channel: &ChannelId, change: impl Fn(&mut Settings)) {
        self.admin().settle(channel, change);
    }
}

/// The demo channel.
pub fn demo() -> ChannelId {
    "demo".parse().expect("a channel's id")
}
