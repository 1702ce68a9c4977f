//! The desk against the rules of routing, written to be obviously right, after each step of random runs; and against what has to
//! hold whatever the rules say.

#[path = "routing/checks.rs"]
mod checks;
#[path = "routing/moves.rs"]
mod moves;
#[path = "routing/world.rs"]
mod world;

use moves::{Move, any_move, any_queue};
use proptest::prelude::*;
use shared::settings::Settings;
use world::World;

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_desk_does_what_the_rules_say(
        queue in any_queue(),
        prologue in prop_oneof![1 => Just(None), 9 => any::<bool>().prop_map(Some)],
        crowd in prop_oneof![3 => Just(0_u8), 1 => 14..20_u8],
        moves in proptest::collection::vec(any_move(), 1..120),
    ) {
        let mut world = World::new(Settings { queue, ..Settings::default() });
        if let Some(all_come) = prologue {
            world.step(&Move::Begin).map_err(TestCaseError::fail)?;
            for operator in 1..=5 {
                let come = Move::Presence { operator, online: all_come, available: true };
                world.step(&come).map_err(TestCaseError::fail)?;
            }
        }
        for session in 11..11 + crowd {
            let come = Move::Arrive { session, again: false, ago: 50, responsible: None, claim: None };
            world.step(&come).map_err(TestCaseError::fail)?;
        }
        for one in &moves {
            world.step(one).map_err(TestCaseError::fail)?;
        }
        world.step(&Move::Crash).map_err(TestCaseError::fail)?;
        world.step(&Move::Ring).map_err(TestCaseError::fail)?;
    }
}
