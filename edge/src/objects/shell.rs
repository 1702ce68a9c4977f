//! What the three objects have in common. For every event: the core decides, ONE transaction stores, then frames are sent,
//! then notes are delivered. All that is decided is decided without an `await`.

use super::sockets::{self, Label, Sockets, Sweep};
use super::store::Store;
use super::{answer, deliver};
use crate::clock::Clock;
use crate::sys;
use core::cell::RefCell;
use serde::{Serialize, de::DeserializeOwned};
use shared::core::{Core, Input};
use shared::id::Socket;
use shared::note::{Address, Hint};
use shared::post::{Envelope, Receipt};
use shared::reject::{Broken, Code, Reject};
use shared::time::{Timestamp, earliest};
use shared::turn::{Object, Out, Turn};
use shared::wire::{self, close};
use std::rc::Rc;
use worker::{Env, Request, Response, State, WebSocket, WebSocketIncomingMessage};

/// What differs between the objects.
pub(super) trait Kind: Core<Who: Serialize + DeserializeOwned + 'static> + 'static {
    /// When sockets count as silent.
    const SWEEP: Sweep;
    /// The object of this name, with what its store holds.
    fn restore(name: &str, rate: u32, store: &Store) -> Result<Object<Self>, Broken>;
    /// What the core has to be told before the next input.
    fn prepare(_core: &Self, _now: Timestamp) -> Option<Input<Self>> {
        None
    }
    /// The frames that answer a query.
    fn read(query: &Self::Query, store: &mut Store) -> Result<Vec<Self::Outgoing>, Broken>;
    /// Whether the frame is the first of its socket.
    fn is_hello(frame: &Self::Incoming) -> bool;
    /// The frame that tells a client of a fault of ours; none where there are no clients.
    fn fault() -> Option<Self::Outgoing>;
}

/// An object that is awake.
struct Awake<C: Kind> {
    object: Object<C>,
    store: Store,
    sockets: Sockets,
    /// The alarm as it is stored, by the platform's clock; not known before the first commit.
    alarm: Option<Option<Timestamp>>,
    next_sweep: Option<Timestamp>,
}

/// The shell of one object.
pub(super) struct Shell<C: Kind>(Rc<Inner<C>>);

struct Inner<C: Kind> {
    state: State,
    env: Env,
    awake: RefCell<Option<Awake<C>>>,
}

impl<C: Kind> Clone for Shell<C> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

/// The outcome of an event: a refusal is the caller's fault, and nothing has changed.
pub(super) type Outcome<T> = Result<Result<T, Reject>, Broken>;

impl<C: Kind> Shell<C> {
    pub(super) fn new(state: State, env: Env) -> Self {
        Self(Rc::new(Inner { state, env, awake: RefCell::new(None) }))
    }

    pub(super) fn env(&self) -> &Env {
        &self.0.env
    }

    /// The name that the object was addressed by.
    pub(super) fn name(&self) -> Result<String, Broken> {
        sys::name(&self.0.state)
    }

    /// A note or a hint was posted.
    pub(super) async fn posted(&self, request: &mut Request) -> worker::Result<Response> {
        if request.path() == deliver::HINT_PATH {
            let hint = answer::body(request).await;
            return match hint.and_then(|hint| self.hint(hint)) {
                Ok(_) => answer::json(&()),
                Err(broken) => answer::fault(&broken),
            };
        }
        let envelope = answer::body(request).await;
        match envelope.and_then(|envelope| self.receive(&envelope)) {
            Ok(receipt) => answer::json(&receipt),
            Err(broken) => answer::fault(&broken),
        }
    }

    /// The alarm rang: an error lets the platform try again.
    pub(super) fn rang(&self) -> worker::Result<Response> {
        self.alarm().map_err(|broken| worker::Error::RustError(broken.to_string()))?;
        Response::empty()
    }

    /// Something arrived on a socket.
    pub(super) fn message(&self, socket: &WebSocket, message: WebSocketIncomingMessage) {
        match message {
            WebSocketIncomingMessage::String(text) => self.text(socket, &text),
            WebSocketIncomingMessage::Binary(_) => self.binary(socket),
        }
    }

    /// Looks at the core.
    pub(super) fn look<T>(&self, look: impl FnOnce(&C) -> T) -> Result<T, Broken> {
        self.awake(|awake, _| Ok(look(&awake.object.core)))
    }

    /// Looks at the core, as it is now.
    pub(super) fn look_at<T>(&self, look: impl FnOnce(&C, Timestamp) -> T) -> Result<T, Broken> {
        self.awake(|awake, clock| Ok(look(&awake.object.core, clock.now())))
    }

    /// Looks at the core and the store, as they are now.
    pub(super) fn look_into<T>(
        &self,
        look: impl FnOnce(&C, &Store, Timestamp) -> Result<T, Broken>,
    ) -> Result<T, Broken> {
        self.awake(|awake, clock| look(&awake.object.core, &awake.store, clock.now()))
    }

    /// Something happened.
    pub(super) fn input(&self, input: Input<C>) -> Outcome<()> {
        self.event(|awake, now| {
            Ok(match awake.object.handle(now, input)? {
                Ok(turn) => Ok((turn, ())),
                Err(reject) => Err(reject),
            })
        })
    }

    /// A note arrived.
    fn receive(&self, envelope: &Envelope) -> Result<Receipt, Broken> {
        let received = self.event(|awake, now| {
            let (receipt, turn, fault) = awake.object.receive(now, envelope)?;
            if let Some(fault) = fault {
                worker::console_error!("{fault}");
            }
            Ok(Ok((turn, receipt)))
        })?;
        received.map_err(|reject| Broken(reject.to_string()))
    }

    /// A hint arrived.
    fn hint(&self, hint: Hint) -> Outcome<()> {
        self.input(Input::Hint(hint))
    }

    /// Somebody opens a socket. `who` was checked by the router.
    pub(super) fn connect(&self, socket: WebSocket, who: C::Who) -> Result<(), Broken> {
        let state = &self.0.state;
        let number = self.awake(|awake, _| {
            sys::answer_heartbeats(state, wire::PING, wire::PONG)?;
            awake.sockets.accept(state, socket, who.clone(), platform_now())
        })?;
        let connected = self.input(Input::Connected { socket: number, who, resumed: false })?;
        connected.map_err(|reject| Broken(reject.to_string()))
    }

    /// Text arrived on a socket.
    fn text(&self, socket: &WebSocket, text: &str) {
        let Some(label) = sockets::label::<C::Who>(socket) else {
            sockets::close(socket, close::INTERNAL);
            return;
        };
        let number = Socket(label.number);
        let (input, hello) = match wire::read::<C::Incoming>(text) {
            Ok(frame) => {
                let hello = C::is_hello(&frame);
                (Input::Frame { socket: number, frame }, hello)
            }
            Err(code) => (Input::BadFrame { socket: number, code }, false),
        };
        let outcome = self.input(input);
        if hello && outcome.is_ok() {
            self.log(sockets::mark_welcomed::<C::Who>(socket));
        }
        if self.log(outcome).is_none() {
            self.tell_fault(socket);
        }
    }

    /// Binary frames are no part of the contract.
    fn binary(&self, socket: &WebSocket) {
        if let Some(label) = sockets::label::<C::Who>(socket) {
            let number = Socket(label.number);
            self.log(self.input(Input::BadFrame { socket: number, code: Code::Malformed }));
        }
    }

    /// A socket is closed, or failed.
    pub(super) fn closed(&self, socket: &WebSocket, code: usize) {
        sockets::echo_close(socket, code);
        if let Some(label) = sockets::label::<C::Who>(socket) {
            self.log(self.gone(Socket(label.number)));
        }
    }

    fn gone(&self, number: Socket) -> Outcome<()> {
        self.awake(|awake, _| {
            awake.sockets.remove(number);
            Ok(())
        })?;
        self.input(Input::Gone { socket: number })
    }

    /// The alarm rang.
    fn alarm(&self) -> Result<(), Broken> {
        self.sweep()?;
        let rang = self.event(|awake, now| {
            // The platform has used the alarm up.
            awake.alarm = Some(None);
            Ok(Ok((awake.object.alarm(now)?, ())))
        })?;
        rang.map_err(|reject| Broken(reject.to_string()))
    }

    /// Closes sockets whose heartbeat has stopped: their clients are gone, or will come back.
    fn sweep(&self) -> Result<(), Broken> {
        let now = platform_now();
        let silent = self.awake(|awake, _| {
            if awake.next_sweep.is_some_and(|at| at > now) {
                return Ok(Vec::new());
            }
            awake.next_sweep = None;
            Ok(awake.sockets.sweep::<C::Who>(&self.0.state, C::SWEEP, now))
        })?;
        for number in silent {
            if let Some(socket) = self.awake(|awake, _| Ok(awake.sockets.remove(number)))? {
                sockets::close(&socket, sockets::SILENT);
            }
            self.log(self.gone(number));
        }
        Ok(())
    }

    /// Runs one event to its end, but for the deliveries, which go on afterwards.
    fn event<T>(&self, decide: impl FnOnce(&mut Awake<C>, Timestamp) -> Outcome<(Turn<C>, T)>) -> Outcome<T> {
        let decided = self.awake(|awake, clock| {
            let now = clock.now();
            if let Some(input) = C::prepare(&awake.object.core, now)
                && let Ok(turn) = awake.object.handle(now, input)?
            {
                self.settle(awake, clock, turn)?;
            }
            match decide(awake, now)? {
                Ok((turn, value)) => {
                    self.settle(awake, clock, turn)?;
                    Ok(Ok(value))
                }
                Err(reject) => Ok(Err(reject)),
            }
        });
        if decided.is_err() {
            // What is in memory may be ahead of what is stored: rebuild it at the next event.
            self.0.awake.replace(None);
        }
        decided
    }

    /// Stores a turn, then sends, then lets the deliveries go on by themselves.
    fn settle(&self, awake: &mut Awake<C>, clock: Clock, turn: Turn<C>) -> Result<(), Broken> {
        if awake.sockets.is_empty() {
            awake.next_sweep = None;
        } else if awake.next_sweep.is_none() {
            awake.next_sweep = Some(platform_now() + C::SWEEP.every);
        }
        let alarm = earliest(turn.alarm.map(|at| clock.real(at)), awake.next_sweep);
        let changed = (awake.alarm != Some(alarm)).then_some(alarm);
        awake.store.commit(&turn.rows, changed)?;
        awake.alarm = Some(alarm);
        for out in turn.outs {
            self.carry_out(awake, out)?;
        }
        self.deliver(turn.envelopes, turn.hints);
        Ok(())
    }

    fn carry_out(&self, awake: &mut Awake<C>, out: Out<C>) -> Result<(), Broken> {
        match out {
            Out::Frame(to, frame) => send(&awake.sockets, to, &frame),
            Out::Read(to, query) => C::read(&query, &mut awake.store)?
                .iter()
                .try_for_each(|frame| send(&awake.sockets, to, frame)),
            Out::Close(number, code) => {
                if let Some(socket) = awake.sockets.remove(number) {
                    sockets::close(&socket, code);
                }
                Ok(())
            }
        }
    }

    fn deliver(&self, envelopes: Vec<Envelope>, hints: Vec<(Address, Hint)>) {
        for envelope in envelopes {
            let shell = self.clone();
            sys::go_on(&self.0.state, async move {
                let receipt = deliver::note(&shell.0.env, &envelope).await;
                let receipt =
                    receipt.inspect_err(|error| worker::console_warn!("will be tried again: {error}")).ok();
                let delivered =
                    shell.event(|awake, now| Ok(Ok((awake.object.delivered(now, &envelope, receipt)?, ()))));
                shell.log(delivered);
            });
        }
        for (to, hint) in hints {
            let env = self.0.env.clone();
            sys::go_on(&self.0.state, async move {
                if let Err(error) = deliver::hint(&env, &to, &hint).await {
                    worker::console_warn!("a hint was lost: {error}");
                }
            });
        }
    }

    /// The object as it is in memory, rebuilt from its store first if it has slept or failed.
    fn awake<T>(&self, work: impl FnOnce(&mut Awake<C>, Clock) -> Result<T, Broken>) -> Result<T, Broken> {
        let clock = Clock::from_env(&self.0.env)?;
        let mut slot =
            self.0.awake.try_borrow_mut().map_err(|_| Broken("an event within an event".into()))?;
        if slot.is_none() {
            *slot = Some(self.wake(clock)?);
        }
        match slot.as_mut() {
            Some(awake) => work(awake, clock),
            None => Err(Broken("the object did not wake".into())),
        }
    }

    fn wake(&self, clock: Clock) -> Result<Awake<C>, Broken> {
        let state = &self.0.state;
        let store = Store::open(state)?;
        let object = C::restore(&sys::name(state)?, clock.wire(clock.now()).rate, &store)?;
        let (sockets, labels) = Sockets::find::<C::Who>(state)?;
        let mut awake = Awake { object, store, sockets, alarm: None, next_sweep: None };
        for Label { number, who, welcomed, .. } in labels {
            let input = Input::Connected { socket: Socket(number), who, resumed: welcomed };
            if let Ok(turn) = awake.object.handle(clock.now(), input)? {
                self.settle(&mut awake, clock, turn)?;
            }
        }
        Ok(awake)
    }

    fn tell_fault(&self, socket: &WebSocket) {
        if let Some(frame) = C::fault().and_then(|frame| serde_json::to_string(&frame).ok()) {
            let _gone = socket.send_with_str(frame);
        }
        sockets::close(socket, close::INTERNAL);
    }

    /// Ours, logged once. A refusal has been answered already.
    fn log<T>(&self, outcome: Result<T, Broken>) -> Option<T> {
        outcome.inspect_err(|broken| worker::console_error!("{broken}")).ok()
    }
}

fn send<F: Serialize>(sockets: &Sockets, to: Socket, frame: &F) -> Result<(), Broken> {
    let text = serde_json::to_string(frame).map_err(|error| Broken(format!("frame: {error}")))?;
    sockets.send(to, &text);
    Ok(())
}

/// The platform's own time, by which sockets and alarms live.
fn platform_now() -> Timestamp {
    // A JavaScript time is a whole number of milliseconds within 2^53.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Timestamp(js_sys::Date::now() as u64)
}
