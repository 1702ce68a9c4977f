//! What many tests begin with.

use shared::api::Role;
use shared::id::{ChannelId, ConversationId, Epoch};
use shared::settings::Settings;
use std::sync::OnceLock;
use tests::rig::{Account, Inbox, Rig, Thread, Visitor, secret};

/// The Worker that most tests share, each with channels and people of its own.
pub fn rig() -> &'static Rig {
    static RIG: OnceLock<Rig> = OnceLock::new();
    RIG.get_or_init(Rig::start)
}

/// Those minutes that pass in seconds on [`fast`] pass this much faster.
pub const RATE: u32 = 30;

/// The Worker whose clock runs [`RATE`] times as fast.
pub fn fast() -> &'static Rig {
    static RIG: OnceLock<Rig> = OnceLock::new();
    RIG.get_or_init(|| Rig::with().clock_rate(RATE).start())
}

/// A channel on which one operator answers.
pub struct Shop {
    pub rig: &'static Rig,
    pub channel: ChannelId,
    pub operator: Account,
    pub inbox: Inbox,
}

impl Shop {
    pub fn open(name: &str) -> Self {
        Self::with(rig(), name, |_| {})
    }

    pub fn with(rig: &'static Rig, name: &str, change: impl Fn(&mut Settings)) -> Self {
        let operator = rig.join_as(name, Role::Operator);
        let channel = rig.channel(&[&operator], change);
        let inbox = Inbox::connect(&operator);
        Self { rig, channel, operator, inbox }
    }

    pub fn visitor(&self, secret: &str) -> Visitor {
        Visitor::connect(self.rig, self.channel.as_str(), secret)
    }

    /// A visitor who has written, been answered by nobody yet, and whose session the operator has accepted.
    pub fn serve(&mut self, first_words: &str) -> Served {
        let secret = secret();
        let mut visitor = self.visitor(&secret);
        visitor.say(first_words);
        let conversation = visitor.conversation();
        let offer = self.inbox.offered(&conversation);
        let epoch = self.inbox.accept(&offer);
        let thread = Thread::connect(&self.operator, &conversation);
        Served { secret, visitor, conversation, thread, epoch }
    }
}

/// A session in work.
pub struct Served {
    pub secret: String,
    pub visitor: Visitor,
    pub conversation: ConversationId,
    pub thread: Thread,
    pub epoch: Epoch,
}
