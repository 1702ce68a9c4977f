//! Why a chat moved on: in its log, and as a word to the one who has lost it.

use shared::wire::MoveReason;

pub(crate) struct Moves {
    time: &'static str,
    skipped: &'static str,
    offline: &'static str,
    removed: &'static str,
    owner_away: &'static str,
    queue_changed: &'static str,
    no_answer: &'static str,
    transferred: &'static str,
    intercepted: &'static str,
}

impl Moves {
    /// The words for a reason.
    pub(crate) const fn of(&self, reason: MoveReason) -> &'static str {
        match reason {
            MoveReason::TimeLimit => self.time,
            MoveReason::Skipped => self.skipped,
            MoveReason::Offline => self.offline,
            MoveReason::Removed => self.removed,
            MoveReason::OwnerAway => self.owner_away,
            MoveReason::QueueChanged => self.queue_changed,
            MoveReason::NoAnswer => self.no_answer,
            MoveReason::Transferred => self.transferred,
            MoveReason::Intercepted => self.intercepted,
        }
    }
}

/// In the log; `{}` is the operator who had it.
pub(super) const LOG_EN: Moves = Moves {
    time: "Moved on from {}: the time to accept was over",
    skipped: "{} passed it on",
    offline: "Moved on from {}, who went offline",
    removed: "Moved on from {}, who left the channel",
    owner_away: "Moved on from {}, who was offline for too long",
    queue_changed: "Moved on from {}: the channel’s settings have changed",
    no_answer: "Moved on from {}: nobody answered in time",
    transferred: "Handed over; it was with {}",
    intercepted: "Taken over; it was with {}",
};

pub(super) const LOG_FR: Moves = Moves {
    time: "Retirée à {} : le délai pour accepter est écoulé",
    skipped: "{} l’a transmise",
    offline: "Retirée à {}, hors ligne",
    removed: "Retirée à {}, qui a quitté le canal",
    owner_away: "Retirée à {}, hors ligne depuis trop longtemps",
    queue_changed: "Retirée à {} : les réglages du canal ont changé",
    no_answer: "Retirée à {} : personne n’a répondu à temps",
    transferred: "Transférée ; elle était avec {}",
    intercepted: "Reprise ; elle était avec {}",
};

/// To the one who had it; `{}` is the visitor.
pub(super) const TOLD_EN: Moves = Moves {
    time: "{} has moved on: the time to accept was over.",
    skipped: "{} was passed on.",
    offline: "{} has moved on: you were offline.",
    removed: "{} has moved on: you are no longer a member of the channel.",
    owner_away: "{} has moved on: you were offline while they waited.",
    queue_changed: "{} has moved on: the channel’s settings have changed.",
    no_answer: "{} has moved on: nobody answered in time.",
    transferred: "{} was handed over.",
    intercepted: "{} was taken over.",
};

pub(super) const TOLD_FR: Moves = Moves {
    time: "La conversation avec {} est passée à quelqu’un d’autre : le délai pour accepter est écoulé.",
    skipped: "La conversation avec {} a été transmise.",
    offline: "La conversation avec {} est passée à quelqu’un d’autre : vous étiez hors ligne.",
    removed: "La conversation avec {} est passée à quelqu’un d’autre : vous n’êtes plus membre du canal.",
    owner_away: "La conversation avec {} est passée à quelqu’un d’autre : vous étiez hors ligne pendant son attente.",
    queue_changed: "La conversation avec {} est passée à quelqu’un d’autre : les réglages du canal ont changé.",
    no_answer: "La conversation avec {} est passée à quelqu’un d’autre : personne n’a répondu à temps.",
    transferred: "La conversation avec {} a été transférée.",
    intercepted: "La conversation avec {} a été reprise.",
};
