//! Work that a browser has to do before it opens a new conversation, where a channel wants that: it costs a person nothing, and
//! who opens many a lot. Nobody else is asked, and nothing is remembered: each conversation is a puzzle of its own.

use sha2::{Digest, Sha256};
use shared::id::ConversationId;
use shared::limits::WORK_BITS;

/// What a browser is given, as the reason of a close.
pub(crate) fn task(conversation: &ConversationId) -> String {
    format!("{WORK_BITS}.{conversation}")
}

/// Whether `number` is a solution.
pub(crate) fn is_done(conversation: &ConversationId, number: &str) -> bool {
    let hash = Sha256::digest(format!("{conversation}.{number}").as_bytes());
    let head = hash.iter().take(4).fold(0_u32, |head, byte| head << 8 | u32::from(*byte));
    head.leading_zeros() >= WORK_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_solution_is_one_for_its_conversation_alone() {
        let [one, other] = ["ab", "cd"].map(|id| id.repeat(32).parse::<ConversationId>().unwrap());
        let numbers = || (0..1_000_000).map(|number: u32| number.to_string());
        let found = numbers().find(|number| is_done(&one, number)).unwrap();
        assert!(!is_done(&other, &found) && !is_done(&one, "") && !is_done(&one, "x"));
        assert_eq!(task(&one), format!("14.{one}"));
    }
}
