//! Notices a dead connection: asks for an answer now and then, and gives up when none comes. That the other side talks is no
//! answer: the way there may be dead all the same.

use crate::page::{self, Wakes};
use crate::timer::Timer;
use core::cell::{Cell, RefCell};
use shared::time::Millis;
use std::rc::Rc;

/// From one answer to the next question. With [`ANSWER_MAX`] it stays below the 15 s that are promised.
const EVERY: Millis = Millis::seconds(9);
/// How long an answer may take.
const ANSWER_MAX: Millis = Millis::seconds(5);

/// The heartbeat of one open socket; it stops when dropped.
pub(crate) struct Heartbeat {
    beat: Rc<Beat>,
    _wakes: Wakes,
}

struct Beat {
    timer: RefCell<Option<Timer>>,
    awaiting: Cell<bool>,
    ping: Box<dyn Fn()>,
    dead: Box<dyn Fn()>,
}

impl Heartbeat {
    /// Calls `ping` to ask, and `dead` once no answer came in time.
    pub(crate) fn start(ping: impl Fn() + 'static, dead: impl Fn() + 'static) -> Self {
        let beat = Rc::new(Beat {
            timer: RefCell::default(),
            awaiting: Cell::new(false),
            ping: Box::new(ping),
            dead: Box::new(dead),
        });
        beat.rest();
        let weak = Rc::downgrade(&beat);
        let wakes = page::on_wake(move || {
            if let Some(beat) = weak.upgrade() {
                beat.ask();
            }
        });
        Self { beat, _wakes: wakes }
    }

    /// The answer arrived.
    pub(crate) fn answered(&self) {
        if self.beat.awaiting.replace(false) {
            self.beat.rest();
        }
    }
}

impl Beat {
    fn rest(self: &Rc<Self>) {
        self.after(EVERY, Self::ask);
    }

    fn ask(self: &Rc<Self>) {
        self.awaiting.set(true);
        self.after(ANSWER_MAX, Self::judge);
        (self.ping)();
    }

    /// A hidden page is woken too rarely to judge; it asks again as soon as somebody looks at it.
    fn judge(self: &Rc<Self>) {
        if page::visible() {
            (self.dead)();
        } else {
            self.rest();
        }
    }

    fn after(self: &Rc<Self>, length: Millis, then: fn(&Rc<Self>)) {
        let weak = Rc::downgrade(self);
        let timer = Timer::after(length, move || {
            if let Some(beat) = weak.upgrade() {
                then(&beat);
            }
        });
        self.timer.replace(Some(timer));
    }
}
