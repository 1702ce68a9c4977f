//! Runs an object's events as its shell in the worker does: rebuild, prepare, decide, store, send, deliver. It may crash
//! between any two of these.

use super::kind::{Cause, Committed, Kind, copy};
use super::node::{Node, Plug};
use super::wire::Down;
use super::world::{Event, World};
use shared::core::{Core, Input};
use shared::id::Socket;
use shared::post::{Envelope, Receipt};
use shared::reject::Broken;
use shared::time::earliest;
use shared::turn::{Object, Out, Turn};
use std::collections::BTreeMap;

/// Something for an object to do.
#[allow(clippy::large_enum_variant, reason = "made and consumed one at a time")]
pub(super) enum Job<C: Core> {
    Input(Input<C>),
    Receive(Box<Envelope>),
    Delivered(Box<Envelope>, Option<Receipt>),
    Alarm,
}

/// What became of it.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) crashed: bool,
    pub(super) receipt: Option<Receipt>,
}

/// The object is no more.
struct Crash;

type Step<T> = Result<T, Crash>;

/// Under which key the receiver keeps how far it has taken notes of this sender about this topic.
fn inbox_key(envelope: &Envelope) -> String {
    format!("post/in/{}/{}", envelope.from, envelope.topic)
}

/// The number of the last note that was taken from this sender about this topic.
fn last_taken(rows: &BTreeMap<String, String>, envelope: &Envelope) -> u64 {
    let book = rows
        .get(&inbox_key(envelope))
        .and_then(|value| serde_json::from_str::<serde_json::Value>(value).ok());
    book.and_then(|row| row.get("book")?.get("last")?.as_u64()).unwrap_or(0)
}

impl World {
    pub(super) fn perform<C: Kind>(&mut self, id: &C::Id, job: Job<C>) -> Done {
        let mut node = C::nodes(self).remove(id).unwrap_or_default();
        let done = self.perform_on(id, &mut node, job).unwrap_or_else(|Crash| {
            self.crash::<C>(id, &mut node);
            Done { crashed: true, ..Done::default() }
        });
        C::nodes(self).insert(id.clone(), node);
        done
    }

    fn perform_on<C: Kind>(&mut self, id: &C::Id, node: &mut Node<C>, job: Job<C>) -> Step<Done> {
        if node.memory.is_none() {
            self.wake(id, node)?;
        }
        let Some(object) = &mut node.memory else { return Err(Crash) };
        if let Some(input) = C::prepare(self, id, &object.core) {
            let cause = Cause::Input(copy(&input));
            let turn = object.handle(self.now, input);
            if let Ok(turn) = self.sound(turn)? {
                self.settle(id, node, turn, &cause)?;
            }
        }
        let Some(object) = &mut node.memory else { return Err(Crash) };
        let mut done = Done::default();
        let mut cause = match &job {
            Job::Alarm => Cause::Input(Input::Timeout),
            Job::Receive(envelope) => {
                let Envelope { from, topic, note, .. } = (**envelope).clone();
                Cause::Input(Input::Note { from, topic, note })
            }
            Job::Input(input) => Cause::Input(copy(input)),
            Job::Delivered(..) => Cause::Post,
        };
        let turn = match job {
            Job::Input(input) => {
                let turn = object.handle(self.now, input);
                match self.sound(turn)? {
                    Ok(turn) => turn,
                    Err(_refused) => return Ok(done),
                }
            }
            Job::Receive(envelope) => {
                let received = object.receive(self.now, &envelope);
                let (receipt, turn, fault) = self.sound(received)?;
                let taken = turn.rows.iter().any(|(key, _)| *key == inbox_key(&envelope));
                let again = envelope.number <= last_taken(&node.rows, &envelope);
                self.check(!(again && taken), "5: a note was taken twice", || format!("{envelope:?}"));
                if !taken {
                    cause = Cause::Post;
                }
                if let Some(fault) = fault {
                    self.violated("a note was refused", || fault.to_string());
                }
                done.receipt = Some(receipt);
                turn
            }
            Job::Delivered(envelope, receipt) => {
                let turn = object.delivered(self.now, &envelope, receipt);
                self.sound(turn)?
            }
            Job::Alarm => {
                let turn = object.alarm(self.now);
                self.sound(turn)?
            }
        };
        self.settle(id, node, turn, &cause)?;
        Ok(done)
    }

    /// Our own faults are violations.
    fn sound<T>(&mut self, result: Result<T, Broken>) -> Step<T> {
        result.map_err(|broken| {
            self.violated("an object broke", || broken.to_string());
            Crash
        })
    }

    fn wake<C: Kind>(&mut self, id: &C::Id, node: &mut Node<C>) -> Step<()> {
        let object = C::rebuild(id, &node.rows);
        let object = self.sound(object)?;
        self.check_stored_alarm(&C::address(id), &object, node.alarm);
        C::woken(self, id, &object.core);
        node.memory = Some(Box::new(object));
        for (socket, plug) in node.plugs.clone() {
            let Some(object) = &mut node.memory else { return Err(Crash) };
            let input = || Input::Connected { socket, who: plug.who.clone(), resumed: plug.welcomed };
            let turn = object.handle(self.now, input());
            if let Ok(turn) = self.sound(turn)? {
                self.settle(id, node, turn, &Cause::Input(input()))?;
            }
        }
        Ok(())
    }

    /// One transaction, then frames, then notes and hints.
    fn settle<C: Kind>(
        &mut self,
        id: &C::Id,
        node: &mut Node<C>,
        mut turn: Turn<C>,
        cause: &Cause<C>,
    ) -> Step<()> {
        self.may_crash()?;
        self.sabotage(&mut turn);
        if node.plugs.is_empty() {
            node.next_sweep = None;
        } else if node.next_sweep.is_none() {
            node.next_sweep = Some(self.now + C::SWEEP.every);
        }
        let alarm = earliest(turn.alarm, node.next_sweep);
        let changed = node.alarm != alarm;
        node.commit(turn.rows.clone(), alarm);
        if let Some(at) = alarm.filter(|_| changed) {
            self.arm(C::address(id), at);
        }
        C::committed(self, id, node, &Committed { cause, rows: &turn.rows, outs: &turn.outs });
        self.check_alarm(&C::address(id), node, cause.is_alarm());
        self.may_crash()?;
        for out in turn.outs {
            self.carry_out(id, node, out)?;
            self.may_crash()?;
        }
        for envelope in turn.envelopes {
            self.post(Box::new(envelope));
            self.may_crash()?;
        }
        for (to, hint) in turn.hints {
            self.mention(to, hint);
        }
        Ok(())
    }

    fn carry_out<C: Kind>(&mut self, id: &C::Id, node: &mut Node<C>, out: Out<C>) -> Step<()> {
        match out {
            Out::Frame(to, frame) => self.send(id, node, to, &frame),
            Out::Read(to, query) => {
                let frames = C::read(&node.rows, query);
                for frame in self.sound(frames)? {
                    self.send(id, node, to, &frame);
                }
            }
            Out::Close(socket, code) => {
                if let Some(plug) = node.plugs.remove(&socket) {
                    self.down(plug.wire, Down::Closed(code));
                }
            }
        }
        Ok(())
    }

    fn send<C: Kind>(&mut self, id: &C::Id, node: &mut Node<C>, to: Socket, frame: &C::Outgoing) {
        let Some(plug) = node.plugs.get_mut(&to) else { return };
        C::sent(self, id, plug, frame);
        plug.welcomed |= C::is_welcome(frame);
        match serde_json::to_string(frame) {
            Ok(text) => self.down(plug.wire, Down::Text(text)),
            Err(error) => self.violated("a frame cannot be written", || error.to_string()),
        }
    }

    fn may_crash(&mut self) -> Step<()> {
        if self.faults.crash > 0 && self.random.chance(self.faults.crash) { Err(Crash) } else { Ok(()) }
    }

    fn crash<C: Kind>(&mut self, id: &C::Id, node: &mut Node<C>) {
        self.story.tell(|| format!("{} crashes", C::address(id)));
        self.ledger.count("crashes");
        node.forget_memory();
        for plug in std::mem::take(&mut node.plugs).into_values() {
            self.break_wire(plug.wire);
        }
    }

    /// Memory is lost, sockets stay.
    pub(super) fn evict<C: Kind>(&mut self, id: &C::Id) {
        let Some(mut node) = C::nodes(self).remove(id) else { return };
        if let Some(object) = &node.memory {
            self.story.tell(|| format!("{} is evicted", C::address(id)));
            self.ledger.count("evictions");
            self.check_same(id, object, &node);
            node.forget_memory();
        }
        C::nodes(self).insert(id.clone(), node);
    }

    /// The alarm rings: sockets that fell silent are gone, then the core is told.
    pub(super) fn ring<C: Kind>(&mut self, id: &C::Id) {
        if self.sweeps_in_vain::<C>(id) {
            return;
        }
        let rang = C::nodes(self).get_mut(id).and_then(|node| node.alarm.take());
        self.sweep::<C>(id);
        let done = self.perform::<C>(id, Job::Alarm);
        let Some(node) = C::nodes(self).get_mut(id) else { return };
        if done.crashed && node.alarm.is_none() {
            node.alarm = rang;
            if let Some(at) = rang {
                let again = self.now + shared::time::Millis::seconds(2);
                self.at(again, Event::Alarm(C::address(id), at));
            }
        }
    }

    /// Where the alarm rings for nothing but a look at sockets that are all well, the rest of the event changes nothing: it
    /// is left out, since it is most of what happens at night.
    fn sweeps_in_vain<C: Kind>(&mut self, id: &C::Id) -> bool {
        let (now, wires) = (self.now, std::mem::take(&mut self.wires));
        let again = C::nodes(self).get_mut(id).and_then(|node| {
            let object = node.memory.as_ref()?;
            let idle = object.poll_timeout().is_none_or(|at| at > now) && node.next_sweep? <= now;
            let well =
                |plug: &Plug<C::Who>| wires.get(&plug.wire).is_some_and(|wire| wire.silent_since.is_none());
            if !idle || C::prepares(&object.core, now) || !node.plugs.values().all(well) {
                return None;
            }
            node.next_sweep = Some(now + C::SWEEP.every);
            node.alarm = earliest(object.poll_timeout(), node.next_sweep);
            node.alarm
        });
        self.wires = wires;
        if let Some(at) = again {
            self.arm(C::address(id), at);
        }
        again.is_some()
    }

    fn sweep<C: Kind>(&mut self, id: &C::Id) {
        let now = self.now;
        let plugs: Vec<_> = match C::nodes(self).get_mut(id) {
            Some(node) if node.next_sweep.is_none_or(|at| at <= now) => {
                node.next_sweep = None;
                node.plugs.iter().map(|(socket, plug)| (*socket, plug.wire)).collect()
            }
            _ => return,
        };
        for (socket, wire) in plugs {
            let silent_since = match self.wires.get(&wire) {
                Some(wire) => wire.silent_since,
                None => Some(shared::time::Timestamp(0)),
            };
            if silent_since.is_some_and(|since| now.since(since) >= C::SWEEP.silence_max) {
                self.unplug::<C>(id, socket);
            }
        }
    }

    /// The object hears that a socket is gone.
    pub(super) fn unplug<C: Kind>(&mut self, id: &C::Id, socket: Socket) {
        let plug = C::nodes(self).get_mut(id).and_then(|node| node.plugs.remove(&socket));
        if let Some(plug) = plug {
            self.break_wire(plug.wire);
            self.perform::<C>(id, Job::Input(Input::Gone { socket }));
        }
    }

    fn check_same<C: Kind>(&mut self, id: &C::Id, object: &Object<C>, node: &Node<C>) {
        let rebuilt = C::rebuild(id, &node.rows);
        let Ok(rebuilt) = self.sound(rebuilt) else { return };
        let same = C::same(&object.core, &rebuilt.core) && object.is_quiet() == rebuilt.is_quiet();
        self.check(same, "10: memory and store differ", || C::address(id).to_string());
    }
}
