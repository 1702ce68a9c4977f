//! Those who talk: visitors, operators with a conversation on screen, and operators with their inbox.

use super::account::Account;
use super::made;
use super::socket::{Event, Handshake, PATIENCE, Raw, Socket};
use super::{Answer, Rig};
use shared::id::{ConversationId, Epoch, MessageId, Seq, SessionId};
use shared::reject::Code;
use shared::wire::{
    Body, Entry, FromConversation, FromInbox, InboxRow, SECRET_PREFIX, SessionView, TOKEN_PREFIX,
    ToConversation, ToInbox, VERSION, WORK_PREFIX, close,
};
use std::ops::{Deref, DerefMut};
use std::time::Instant;

/// The socket of a conversation, on either side.
pub type Talk = Socket<ToConversation, FromConversation>;

impl Talk {
    /// Says hello with a cursor, and gives the welcome.
    #[track_caller]
    pub fn hello(&mut self, cursor: Seq) -> FromConversation {
        let (locale, zone) = ("en".to_owned(), "Europe/Paris".to_owned());
        self.send(&ToConversation::Hello { v: VERSION, cursor, locale, zone, plain: false, forms: false });
        self.expect(|frame| matches!(frame, FromConversation::Welcome { .. }))
    }

    /// Sends a message and waits until it is stored.
    #[track_caller]
    pub fn say(&mut self, text: &str) -> Seq {
        let id = self.write(text, None);
        self.acked(&id)
    }

    /// Sends a message as one who holds the session in this ownership.
    pub fn write(&mut self, text: &str, epoch: Option<Epoch>) -> MessageId {
        let id = made::message_id();
        self.send(&ToConversation::Send {
            id: id.clone(),
            text: text.into(),
            note: false,
            epoch,
            file: false,
        });
        id
    }

    /// Sends a message as its owner and waits until it is stored.
    #[track_caller]
    pub fn reply(&mut self, text: &str, epoch: Epoch) -> Seq {
        let id = self.write(text, Some(epoch));
        self.acked(&id)
    }

    /// Waits until a message is stored.
    #[track_caller]
    pub fn acked(&mut self, id: &MessageId) -> Seq {
        self.find(|frame| match frame {
            FromConversation::Ack { id: of, seq, .. } if of == id => Some(*seq),
            FromConversation::Reject { id: Some(of), code, .. } if of == id => {
                panic!("{id} was refused: {code:?}")
            }
            _ => None,
        })
    }

    /// Waits until a message is refused.
    #[track_caller]
    pub fn refused(&mut self, id: &MessageId) -> Code {
        self.find(|frame| match frame {
            FromConversation::Reject { id: Some(of), code, .. } if of == id => Some(*code),
            FromConversation::Ack { id: of, .. } if of == id => panic!("{id} was taken"),
            _ => None,
        })
    }

    /// Waits until something that was no message is refused.
    #[track_caller]
    pub fn rejected(&mut self) -> Code {
        self.find(|frame| match frame {
            FromConversation::Reject { id: None, code, .. } => Some(*code),
            _ => None,
        })
    }

    /// Waits for a new entry that matches.
    #[track_caller]
    pub fn entry(&mut self, matches: impl Fn(&Entry) -> bool) -> Entry {
        self.find(|frame| match frame {
            FromConversation::Entry(entry) if matches(entry) => Some(entry.clone()),
            _ => None,
        })
    }

    /// Waits for a new message or note of this text.
    #[track_caller]
    pub fn text(&mut self, wanted: &str) -> Entry {
        self.entry(|entry| text_of(entry) == Some(wanted))
    }

    /// Waits for a state of the session.
    #[track_caller]
    pub fn session(&mut self, matches: impl Fn(&SessionView) -> bool) -> SessionView {
        self.find(|frame| match frame {
            FromConversation::Session(view) if matches(view) => Some(view.clone()),
            _ => None,
        })
    }

    /// Waits until the conversation has taken in all that was sent here. Gives what came meanwhile, and before.
    #[track_caller]
    pub fn sync(&mut self) -> Vec<FromConversation> {
        self.send(&ToConversation::History { before: Seq(0) });
        self.expect(|frame| matches!(frame, FromConversation::Entries { history: true, .. }));
        self.drain()
    }

    /// Waits for the entries that were missed or asked for.
    #[track_caller]
    pub fn entries(&mut self) -> Vec<Entry> {
        self.find(|frame| match frame {
            FromConversation::Entries { entries, .. } => Some(entries.clone()),
            _ => None,
        })
    }
}

/// What an entry says, if it says something.
pub fn text_of(entry: &Entry) -> Option<&str> {
    match &entry.body {
        Body::Text { text, .. } | Body::Note { text } => Some(text),
        Body::Event(_) => None,
    }
}

/// A visitor in one tab.
#[derive(Debug)]
pub struct Visitor {
    /// The answer to the hello.
    pub welcome: FromConversation,
    talk: Talk,
}

impl Visitor {
    /// Opens a conversation and says hello, holding nothing.
    #[track_caller]
    pub fn connect(rig: &Rig, channel: &str, secret: &str) -> Self {
        Self::resume(rig, channel, secret, Seq(0))
    }

    /// Opens a conversation and says hello, holding everything up to `cursor`.
    #[track_caller]
    pub fn resume(rig: &Rig, channel: &str, secret: &str, cursor: Seq) -> Self {
        let mut talk = Self::open(rig, channel, secret);
        Self { welcome: talk.hello(cursor), talk }
    }

    /// Opens a conversation, without a word.
    #[track_caller]
    pub fn open(rig: &Rig, channel: &str, secret: &str) -> Talk {
        Socket::new(opened(Self::handshake(rig.origin(), channel, secret).open()))
    }

    /// Asks for the conversation of a secret.
    pub fn handshake(origin: &str, channel: &str, secret: &str) -> Handshake {
        Handshake::new(origin, &format!("/ws/v1/visitor/{channel}"))
            .protocols(&[&format!("{SECRET_PREFIX}{secret}")])
    }

    /// Asks for the conversation of a secret, with proof of work.
    pub fn worked(origin: &str, channel: &str, secret: &str, number: &str) -> Handshake {
        Handshake::new(origin, &format!("/ws/v1/visitor/{channel}"))
            .protocols(&[&format!("{SECRET_PREFIX}{secret}"), &format!("{WORK_PREFIX}{number}")])
    }

    /// Says hello over a socket, holding nothing.
    #[track_caller]
    pub fn over(handshake: &Handshake) -> Self {
        let mut talk = Socket::new(opened(handshake.open()));
        Self { welcome: talk.hello(Seq(0)), talk }
    }

    /// Asks for the conversation of somebody for whom a token vouches.
    pub fn vouched(origin: &str, channel: &str, secret: &str, token: &str) -> Handshake {
        Handshake::new(origin, &format!("/ws/v1/visitor/{channel}"))
            .protocols(&[&format!("{SECRET_PREFIX}{secret}"), &format!("{TOKEN_PREFIX}{token}")])
    }

    /// Opens the conversation of somebody for whom a token vouches, and says hello, holding nothing.
    #[track_caller]
    pub fn connect_vouched(rig: &Rig, channel: &str, secret: &str, token: &str) -> Self {
        let mut talk: Talk = Socket::new(opened(Self::vouched(rig.origin(), channel, secret, token).open()));
        Self { welcome: talk.hello(Seq(0)), talk }
    }

    /// Why a token is not believed.
    #[track_caller]
    pub fn turned_away(rig: &Rig, channel: &str, secret: &str, token: &str) -> String {
        let mut raw = opened(Self::vouched(rig.origin(), channel, secret, token).open());
        match raw.next(Instant::now() + PATIENCE) {
            Event::Closed(close::SIGNED_OUT) => raw.reason().to_owned(),
            other => panic!("it is not turned away: {other:?}"),
        }
    }

    /// Whose conversation this is.
    pub fn conversation(&self) -> ConversationId {
        conversation_of(&self.welcome)
    }
}

/// An operator with a conversation on screen.
#[derive(Debug)]
pub struct Thread {
    /// The answer to the hello.
    pub welcome: FromConversation,
    talk: Talk,
}

impl Thread {
    /// Opens a conversation and says hello, holding nothing.
    #[track_caller]
    pub fn connect(account: &Account, conversation: &ConversationId) -> Self {
        let mut talk = Self::open(account, conversation);
        Self { welcome: talk.hello(Seq(0)), talk }
    }

    /// Opens a conversation, without a word.
    #[track_caller]
    pub fn open(account: &Account, conversation: &ConversationId) -> Talk {
        Socket::new(opened(Self::handshake(account, conversation).open()))
    }

    /// Asks for a conversation.
    pub fn handshake(account: &Account, conversation: &ConversationId) -> Handshake {
        Handshake::new(&account.origin, &format!("/ws/v1/conversation/{conversation}"))
            .header("cookie", &account.cookie)
            .protocols(&[])
    }
}

/// An operator's inbox in one tab.
#[derive(Debug)]
pub struct Inbox {
    /// The answer to the hello.
    pub welcome: FromInbox,
    socket: Socket<ToInbox, FromInbox>,
}

impl Inbox {
    /// Opens an inbox and says hello.
    #[track_caller]
    pub fn connect(account: &Account) -> Self {
        let mut socket = Self::open(account);
        socket.send(&ToInbox::Hello { v: VERSION });
        let welcome = socket.expect(|frame| matches!(frame, FromInbox::Welcome { .. }));
        Self { welcome, socket }
    }

    /// Opens an inbox, without a word.
    #[track_caller]
    pub fn open(account: &Account) -> Socket<ToInbox, FromInbox> {
        Socket::new(opened(Self::handshake(account).open()))
    }

    /// Asks for an inbox.
    pub fn handshake(account: &Account) -> Handshake {
        Handshake::new(&account.origin, "/ws/v1/inbox").header("cookie", &account.cookie).protocols(&[])
    }

    /// Waits for a row that matches, if the welcome did not hold it already.
    #[track_caller]
    pub fn row(&mut self, matches: impl Fn(&InboxRow) -> bool) -> InboxRow {
        if let FromInbox::Welcome { rows, .. } = &mut self.welcome
            && let Some(place) = rows.iter().position(&matches)
        {
            return rows.remove(place);
        }
        self.find(|frame| match frame {
            FromInbox::Row(row) if matches(row) => Some(row.clone()),
            _ => None,
        })
    }

    /// Waits until a conversation is offered.
    #[track_caller]
    pub fn offered(&mut self, conversation: &ConversationId) -> InboxRow {
        self.row(|row| row.session.conversation == *conversation && row.state.is_offer())
    }

    /// Takes what is offered, and waits until it is owned. Gives the ownership.
    #[track_caller]
    pub fn accept(&mut self, offer: &InboxRow) -> Epoch {
        let (session, epoch) = (offer.session.clone(), offer.epoch);
        self.send(&ToInbox::Accept { session: session.clone(), epoch });
        self.row(|row| row.session == session && row.epoch > epoch).epoch
    }

    /// Passes what is offered on.
    pub fn skip(&mut self, offer: &InboxRow) {
        self.send(&ToInbox::Skip { session: offer.session.clone(), epoch: offer.epoch });
    }

    /// Waits until something is refused.
    #[track_caller]
    pub fn rejected(&mut self) -> (Option<SessionId>, Code) {
        self.find(|frame| match frame {
            FromInbox::Reject { session, code } => Some((session.clone(), *code)),
            _ => None,
        })
    }
}

/// Whose conversation a welcome is to.
pub fn conversation_of(welcome: &FromConversation) -> ConversationId {
    match welcome {
        FromConversation::Welcome { conversation, .. } => conversation.clone(),
        other => panic!("no welcome: {other:?}"),
    }
}

#[track_caller]
fn opened(outcome: Result<Raw, Answer>) -> Raw {
    outcome.unwrap_or_else(|answer| panic!("a socket was refused: {} {}", answer.status, answer.text()))
}

macro_rules! is_a_socket {
    ($name:ident, $field:ident, $target:ty) => {
        impl Deref for $name {
            type Target = $target;
            fn deref(&self) -> &$target {
                &self.$field
            }
        }
        impl DerefMut for $name {
            fn deref_mut(&mut self) -> &mut $target {
                &mut self.$field
            }
        }
        impl $name {
            /// Cuts the connection, without a word.
            pub fn cut(self) {
                self.$field.cut();
            }
            /// Closes it, and waits for the other side to do so. Gives its code.
            #[track_caller]
            pub fn close(self) -> u16 {
                self.$field.close()
            }
        }
    };
}

is_a_socket!(Visitor, talk, Talk);
is_a_socket!(Thread, talk, Talk);
is_a_socket!(Inbox, socket, Socket<ToInbox, FromInbox>);
