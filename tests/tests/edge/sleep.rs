//! An object that is left alone sleeps, and its sockets stay open.

use crate::fixture::Shop;
use shared::reject::Code;
use shared::wire::{SessionView, ToConversation};
use std::time::{Duration, Instant};

/// Longer than workerd lets an idle object stay in memory.
const IDLE: Duration = Duration::from_secs(13);

/// How many bad frames are forgiven, less one.
const STRIKES: usize = 19;

#[test]
fn an_object_sleeps_through_heartbeats_and_wakes_as_if_it_had_not() {
    let mut shop = Shop::open("Zoe");
    let mut served = shop.serve("hello");
    served.is_whole();
    for _ in 0..STRIKES {
        served.visitor.send_text("{");
        assert_eq!(served.visitor.rejected(), Code::Malformed);
    }
    served.visitor.sync();
    served.thread.sync();
    let end = Instant::now() + IDLE;
    while Instant::now() < end {
        served.visitor.stays_quiet(Duration::from_secs(1));
        served.visitor.ping();
        served.thread.ping();
    }
    // How often a socket has misbehaved is known in memory alone. That one more is forgiven shows that it slept.
    for _ in 0..STRIKES {
        served.visitor.send_text("{");
        assert_eq!(served.visitor.rejected(), Code::Malformed);
    }
    served.is_whole();
    served.thread.send(&ToConversation::Close { epoch: served.epoch });
    served.visitor.session(|view| matches!(view, SessionView::Closing { .. }));
    let mut again = shop.serve("and once more");
    again.is_whole();
}
