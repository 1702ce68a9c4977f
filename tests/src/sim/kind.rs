//! What differs between the three kinds of objects, as their shells in the worker have it.

use super::node::{Node, Plug, Sweep};
use super::world::World;
use super::zones::Sky;
use shared::conversation::{Conversation, Query, Who};
use shared::core::{Core, Input};
use shared::desk::{self, Desk, Nothing, SessionRow};
use shared::id::{ChannelId, ConversationId, OperatorId, Socket};
use shared::note::{Address, Note};
use shared::operator::Operator;
use shared::post::Row;
use shared::reject::Broken;
use shared::shell;
use shared::time::{Millis, Timestamp};
use shared::turn::{Object, Out};
use shared::wire::{FromConversation, FromInbox};
use std::collections::BTreeMap;
use std::convert::Infallible;

type Rows = BTreeMap<String, String>;
type Nodes<C> = BTreeMap<<C as Kind>::Id, Node<C>>;

/// What brought a turn about.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "made and consumed one at a time")]
pub(super) enum Cause<C: Core> {
    /// What the core was told.
    Input(Input<C>),
    /// The result of a delivery, or a note that was taken before: the core heard nothing.
    Post,
}

impl<C: Core> Cause<C> {
    pub(super) const fn is_alarm(&self) -> bool {
        matches!(self, Self::Input(Input::Timeout))
    }

    /// What another object told.
    pub(super) const fn note(&self) -> Option<&Note> {
        match self {
            Self::Input(Input::Note { note, .. }) => Some(note),
            Self::Input(_) | Self::Post => None,
        }
    }

    /// What a client said.
    pub(super) const fn frame(&self) -> Option<(Socket, &C::Incoming)> {
        match self {
            Self::Input(Input::Frame { socket, frame }) => Some((*socket, frame)),
            Self::Input(_) | Self::Post => None,
        }
    }
}

/// The same input once more.
pub(super) fn copy<C: Core>(input: &Input<C>) -> Input<C> {
    match input {
        Input::Connected { socket, who, resumed } => {
            Input::Connected { socket: *socket, who: who.clone(), resumed: *resumed }
        }
        Input::Gone { socket } => Input::Gone { socket: *socket },
        Input::Frame { socket, frame } => Input::Frame { socket: *socket, frame: frame.clone() },
        Input::BadFrame { socket, code } => Input::BadFrame { socket: *socket, code: *code },
        Input::Note { from, topic, note } => {
            Input::Note { from: from.clone(), topic: topic.clone(), note: note.clone() }
        }
        Input::Hint(hint) => Input::Hint(hint.clone()),
        Input::Own(own) => Input::Own(own.clone()),
        Input::Timeout => Input::Timeout,
    }
}

/// A turn that was stored.
pub(super) struct Committed<'a, C: Core> {
    pub(super) cause: &'a Cause<C>,
    pub(super) rows: &'a [Row],
    pub(super) outs: &'a [Out<C>],
}

/// A kind of object.
pub(super) trait Kind: Core {
    type Id: Clone + Ord;
    const SWEEP: Sweep;
    fn nodes(world: &mut World) -> &mut Nodes<Self>;
    fn address(id: &Self::Id) -> Address;
    fn rebuild(id: &Self::Id, rows: &Rows) -> Result<Object<Self>, Broken>;
    /// What the core has to be told before the next input.
    fn prepare(world: &World, id: &Self::Id, core: &Self) -> Option<Input<Self>>;
    /// Whether it would have to be told something at this time.
    fn prepares(core: &Self, now: Timestamp) -> bool;
    fn read(rows: &Rows, query: Self::Query) -> Result<Vec<Self::Outgoing>, Broken>;
    fn is_welcome(frame: &Self::Outgoing) -> bool;
    /// Whether two cores would have the same stored.
    fn same(one: &Self, other: &Self) -> bool;
    /// Checks what a turn has stored.
    fn committed(world: &mut World, id: &Self::Id, node: &Node<Self>, turn: &Committed<'_, Self>);
    /// Checks that what was rebuilt is what was stored.
    fn woken(world: &mut World, id: &Self::Id, core: &Self);
    /// Checks a frame that goes out.
    fn sent(world: &mut World, id: &Self::Id, plug: &Plug<Self::Who>, frame: &Self::Outgoing);
}

impl Kind for Conversation {
    type Id = ConversationId;
    const SWEEP: Sweep = Sweep { every: Millis::minutes(10), silence_max: Millis::minutes(10) };

    fn nodes(world: &mut World) -> &mut Nodes<Self> {
        &mut world.conversations
    }
    fn address(id: &ConversationId) -> Address {
        Address::Conversation(id.clone())
    }
    fn rebuild(id: &ConversationId, rows: &Rows) -> Result<Object<Self>, Broken> {
        shell::restore_conversation(id, 1, rows)
    }
    fn prepare(world: &World, _id: &ConversationId, core: &Self) -> Option<Input<Self>> {
        shell::hours_input(core, &Sky, world.now)
    }
    fn prepares(core: &Self, now: Timestamp) -> bool {
        core.wants_hours(now).is_some()
    }
    fn read(rows: &Rows, query: Query) -> Result<Vec<FromConversation>, Broken> {
        shell::answer(rows, query, |_| Ok("proof".to_owned()))
    }
    fn is_welcome(frame: &FromConversation) -> bool {
        matches!(frame, FromConversation::Welcome { .. })
    }
    fn same(one: &Self, other: &Self) -> bool {
        // Nothing is stored before the first message.
        let rules = |core: &Self| core.exists().then(|| core.present_rules().cloned());
        one.session() == other.session() && one.ratings() == other.ratings() && rules(one) == rules(other)
    }
    fn committed(world: &mut World, id: &ConversationId, node: &Node<Self>, turn: &Committed<'_, Self>) {
        world.check_talk(id, node, turn);
    }
    fn woken(world: &mut World, id: &ConversationId, core: &Self) {
        world.check_talk_woken(id, core);
    }
    fn sent(world: &mut World, id: &ConversationId, plug: &Plug<Who>, frame: &FromConversation) {
        world.check_ack(id, frame);
        world.check_reader(id, plug, frame);
    }
}

impl Kind for Desk {
    type Id = ChannelId;
    const SWEEP: Sweep = Sweep { every: Millis::days(1), silence_max: Millis::days(1) };

    fn nodes(world: &mut World) -> &mut Nodes<Self> {
        &mut world.desks
    }
    fn address(id: &ChannelId) -> Address {
        Address::Desk(id.clone())
    }
    fn rebuild(id: &ChannelId, rows: &Rows) -> Result<Object<Self>, Broken> {
        shell::restore(Address::Desk(id.clone()), rows, |records| Self::restore(id.clone(), records))
    }
    fn prepare(world: &World, id: &ChannelId, core: &Self) -> Option<Input<Self>> {
        let row = world.directory.get(id).filter(|_| core.settings().is_none())?.clone();
        let people = world.names_of(&row.settings);
        Some(Input::Own(desk::Own::Begin { settings: row, people }))
    }
    fn prepares(_core: &Self, _now: Timestamp) -> bool {
        false
    }
    fn read(_rows: &Rows, query: Infallible) -> Result<Vec<Nothing>, Broken> {
        match query {}
    }
    fn is_welcome(frame: &Nothing) -> bool {
        match *frame {}
    }
    fn same(one: &Self, other: &Self) -> bool {
        one.settings() == other.settings()
            && one.sessions().eq(other.sessions())
            && one.is_available() == other.is_available()
            && one.sessions().filter_map(SessionRow::holder).all(|face| {
                one.seat(&face.id) == other.seat(&face.id) && one.load(&face.id) == other.load(&face.id)
            })
    }
    fn committed(world: &mut World, id: &ChannelId, node: &Node<Self>, turn: &Committed<'_, Self>) {
        world.check_desk(id, node, turn);
    }
    fn woken(world: &mut World, id: &ChannelId, core: &Self) {
        world.check_desk_woken(id, core);
    }
    fn sent(_world: &mut World, _id: &ChannelId, _plug: &Plug<Nothing>, frame: &Nothing) {
        match *frame {}
    }
}

impl Kind for Operator {
    type Id = OperatorId;
    const SWEEP: Sweep = Sweep { every: Millis::seconds(15), silence_max: Millis::seconds(40) };

    fn nodes(world: &mut World) -> &mut Nodes<Self> {
        &mut world.operators
    }
    fn address(id: &OperatorId) -> Address {
        Address::Operator(id.clone())
    }
    fn rebuild(id: &OperatorId, rows: &Rows) -> Result<Object<Self>, Broken> {
        shell::restore(Address::Operator(id.clone()), rows, |records| Self::restore(id.clone(), 1, records))
    }
    fn prepare(_world: &World, _id: &OperatorId, _core: &Self) -> Option<Input<Self>> {
        None
    }
    fn prepares(_core: &Self, _now: Timestamp) -> bool {
        false
    }
    fn read(_rows: &Rows, query: Infallible) -> Result<Vec<FromInbox>, Broken> {
        match query {}
    }
    fn is_welcome(frame: &FromInbox) -> bool {
        matches!(frame, FromInbox::Welcome { .. })
    }
    fn same(one: &Self, other: &Self) -> bool {
        one.presence() == other.presence() && one.rows().eq(other.rows())
    }
    fn committed(world: &mut World, id: &OperatorId, node: &Node<Self>, turn: &Committed<'_, Self>) {
        world.check_operator(id, node, turn);
    }
    fn woken(world: &mut World, id: &OperatorId, core: &Self) {
        world.check_operator_woken(id, core);
    }
    fn sent(_world: &mut World, _id: &OperatorId, _plug: &Plug<String>, _frame: &FromInbox) {}
}
