//! What differs between the three kinds of objects, as their shells in the worker have it.

use super::node::{Node, Sweep};
use super::world::World;
use shared::conversation::{Conversation, Query};
use shared::core::{Core, Input};
use shared::desk::{self, Desk, Nothing};
use shared::hours::Zones;
use shared::id::{ChannelId, ConversationId, Epoch, OperatorId, SessionId};
use shared::note::{Address, Note};
use shared::operator::Operator;
use shared::post::Row;
use shared::reject::Broken;
use shared::shell;
use shared::time::{Millis, Timestamp};
use shared::turn::Object;
use shared::wire::{FromConversation, FromInbox};
use std::collections::BTreeMap;
use std::convert::Infallible;

type Rows = BTreeMap<String, String>;
type Nodes<C> = BTreeMap<<C as Kind>::Id, Node<C>>;

/// What brought a turn about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    Alarm,
    Accept(SessionId, Epoch),
    Skip(SessionId, Epoch),
    Other,
}

impl Cause {
    pub(super) fn of_note(note: &Note) -> Self {
        match note {
            Note::Accept { session, epoch, .. } => Self::Accept(session.clone(), *epoch),
            Note::Skip { session, epoch, .. } => Self::Skip(session.clone(), *epoch),
            _ => Self::Other,
        }
    }
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
    fn read(rows: &Rows, query: Self::Query) -> Result<Vec<Self::Outgoing>, Broken>;
    fn is_welcome(frame: &Self::Outgoing) -> bool;
    /// Whether two cores would have the same stored.
    fn same(one: &Self, other: &Self) -> bool;
    /// Checks what a turn has stored.
    fn committed(world: &mut World, id: &Self::Id, node: &Node<Self>, rows: &[Row], cause: &Cause);
    /// Checks a frame that goes out.
    fn sent(world: &mut World, id: &Self::Id, frame: &Self::Outgoing);
}

/// The simulation's only zone.
pub(super) struct Utc;

impl Zones for Utc {
    fn offset_seconds(&self, zone: &str, _at: Timestamp) -> Option<i32> {
        (zone == "UTC").then_some(0)
    }
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
        shell::hours_input(core, &Utc, world.now)
    }
    fn read(rows: &Rows, query: Query) -> Result<Vec<FromConversation>, Broken> {
        shell::answer(rows, query)
    }
    fn is_welcome(frame: &FromConversation) -> bool {
        matches!(frame, FromConversation::Welcome { .. })
    }
    fn same(one: &Self, other: &Self) -> bool {
        let rules = |core: &Self| core.exists().then(|| core.rules_version());
        one.session() == other.session() && rules(one) == rules(other)
    }
    fn committed(world: &mut World, id: &ConversationId, _node: &Node<Self>, rows: &[Row], _cause: &Cause) {
        world.check_log(id, rows);
    }
    fn sent(world: &mut World, id: &ConversationId, frame: &FromConversation) {
        world.check_ack(id, frame);
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
        let begin = || world.directory.get(id).map(|row| Input::Own(desk::Own::Begin(row.clone())));
        if core.settings().is_none() { begin() } else { None }
    }
    fn read(_rows: &Rows, query: Infallible) -> Result<Vec<Nothing>, Broken> {
        match query {}
    }
    fn is_welcome(frame: &Nothing) -> bool {
        match *frame {}
    }
    fn same(one: &Self, other: &Self) -> bool {
        let members = one.settings().map(|row| row.settings.members.clone()).unwrap_or_default();
        one.settings() == other.settings()
            && one.sessions().eq(other.sessions())
            && members.iter().all(|member| one.seat(member) == other.seat(member))
            && members.iter().all(|member| one.load(member) == other.load(member))
    }
    fn committed(world: &mut World, id: &ChannelId, node: &Node<Self>, rows: &[Row], cause: &Cause) {
        world.check_desk(id, node, rows, cause);
    }
    fn sent(_world: &mut World, _id: &ChannelId, frame: &Nothing) {
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
    fn read(_rows: &Rows, query: Infallible) -> Result<Vec<FromInbox>, Broken> {
        match query {}
    }
    fn is_welcome(frame: &FromInbox) -> bool {
        matches!(frame, FromInbox::Welcome { .. })
    }
    fn same(one: &Self, other: &Self) -> bool {
        one.presence() == other.presence() && one.rows().eq(other.rows())
    }
    fn committed(world: &mut World, id: &OperatorId, node: &Node<Self>, _rows: &[Row], cause: &Cause) {
        world.check_operator(id, node, cause);
    }
    fn sent(_world: &mut World, _id: &OperatorId, _frame: &FromInbox) {}
}
