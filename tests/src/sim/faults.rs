//! What goes wrong, and how often. Each seed switches some kinds off and others up, so that rare orders of events get their
//! turn (swarm testing).

use crate::random::Random;

/// Per mille, each at its own occasion.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    /// A note is lost on its way.
    pub(super) drop_note: u64,
    /// A note was taken, but its receipt is lost.
    pub(super) drop_receipt: u64,
    /// A note arrives twice.
    pub(super) repeat_note: u64,
    /// A note, a hint or a frame takes long.
    pub(super) slow: u64,
    /// A hint is lost.
    pub(super) drop_hint: u64,
    /// An object crashes at one of the points of a turn.
    pub(super) crash: u64,
    /// An object cannot be reached by others for a while, per step.
    pub(super) cut_off: u64,
    /// An object is evicted, per step.
    pub(super) evict: u64,
    /// A socket breaks, per step.
    pub(super) cut: u64,
    /// One direction of a socket swallows everything, per step.
    pub(super) black_hole: u64,
    /// An alarm rings late.
    pub(super) late_alarm: u64,
    /// An alarm rings although none is due, per step.
    pub(super) stray_alarm: u64,
    /// All clocks jump forward, per step.
    pub(super) jump: u64,
    /// A client's clock jumps forward, per step.
    pub(super) client_jump: u64,
    /// The settings change, per step.
    pub(super) settings: u64,
    /// Somebody else is responsible for a visitor, per step.
    pub(super) responsible: u64,
}

impl Faults {
    pub(super) fn of(random: &mut Random) -> Self {
        let mut weight = |often: u64| match random.below(4) {
            0 => 0,
            1 => often / 5,
            2 => often,
            _ => often * 3,
        };
        Self {
            drop_note: weight(80),
            drop_receipt: weight(80),
            repeat_note: weight(80),
            slow: weight(60),
            drop_hint: weight(100),
            crash: weight(8),
            cut_off: weight(12),
            evict: weight(60),
            cut: weight(25),
            black_hole: weight(10),
            late_alarm: weight(100),
            stray_alarm: weight(20),
            jump: weight(5),
            client_jump: weight(6),
            settings: weight(15),
            responsible: weight(5),
        }
    }
}
