//! What many tests begin with.

use shared::api::Role;
use shared::id::{ChannelId, ConversationId, Epoch};
use shared::settings::Settings;
use std::sync::OnceLock;
use tests::rig::{Account, Inbox, Rig, Thread, Visitor, secret};

/// The Worker that most tests share, each with channels and people of its own.
pub(crate) fn rig() -> &'static Rig {
    static RIG: OnceLock<Rig> = OnceLock::new();
    RIG.get_or_init(Rig::start)
}

/// Those minutes that pass in seconds on [`fast`] pass this much faster.
pub(crate) const RATE: u32 = 30;

/// The Worker whose clock runs [`RATE`] times as fast.
pub(crate) fn fast() -> &'static Rig {
    static RIG: OnceLock<Rig> = OnceLock::new();
    RIG.get_or_init(|| Rig::with().clock_rate(RATE).start())
}

/// A channel on which one operator answers.
pub(crate) struct Shop {
    pub(crate) rig: &'static Rig,
    pub(crate) channel: ChannelId,
    pub(crate) operator: Account,
    pub(crate) inbox: Inbox,
}

impl Shop {
    pub(crate) fn open(name: &str) -> Self {
        Self::with(rig(), name, |_| {})
    }

    pub(crate) fn with(rig: &'static Rig, name: &str, change: impl Fn(&mut Settings)) -> Self {
        let operator = rig.join_as(name, Role::Operator);
        let channel = rig.channel(&[&operator], change);
        let inbox = Inbox::connect(&operator);
        Self { rig, channel, operator, inbox }
    }

    pub(crate) fn visitor(&self, secret: &str) -> Visitor {
        Visitor::connect(self.rig, self.channel.as_str(), secret)
    }

    /// A visitor who has written, been answered by nobody yet, and whose session the operator has accepted.
    pub(crate) fn serve(&mut self, first_words: &str) -> Served {
        let secret = secret();
        let mut visitor = self.visitor(&secret);
        visitor.say(first_words);
        let conversation = visitor.conversation();
        let offer = self.inbox.offered(&conversation);
        let epoch = self.inbox.accept(&offer);
        let thread = Thread::connect(&self.operator, &conversation);
        Served { secret, channel: self.channel.clone(), visitor, conversation, thread, epoch }
    }
}

/// A session in work.
pub(crate) struct Served {
    pub(crate) secret: String,
    pub(crate) channel: ChannelId,
    pub(crate) visitor: Visitor,
    pub(crate) conversation: ConversationId,
    pub(crate) thread: Thread,
    pub(crate) epoch: Epoch,
}

impl Served {
    /// Both sides still hear each other.
    #[track_caller]
    pub(crate) fn is_whole(&mut self) {
        self.visitor.say("are you there?");
        self.thread.text("are you there?");
        self.thread.reply("I am.", self.epoch);
        self.visitor.text("I am.");
    }
}
