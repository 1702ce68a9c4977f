//! Who answers, and how sessions are placed with them.

use super::members::members;
use crate::settings::fields::{choice_field, flag_field, number_field};
use crate::settings::form::Form;
use crate::settings::place::{Choice, Flag, NOWHERE, Number, choice, count, flag, length};
use crate::settings::unit::Unit;
use crate::texts::words;
use leptos::prelude::*;
use shared::api::Person;
use shared::limits;
use shared::settings::{CountsUntil, Distribution};

const FORWARD: Flag = flag!(queue.forward_to_responsible);
const DISTRIBUTION: Choice = choice!(queue.distribution, [
    "evenly" => Distribution::Evenly,
    "in_order" => Distribution::InOrder,
    "everyone" => Distribution::Everyone,
]);
const RESPONSE_LIMIT: Number = length!(queue.response_limit, Unit::Minutes, limits::RESPONSE_LIMIT);
const CHECK_AVAILABILITY: Flag = flag!(queue.check_availability);
const AT_ONCE: Number = count!(queue.sessions_at_once, limits::SESSIONS_AT_ONCE);
const COUNTS_UNTIL: Choice = choice!(queue.counts_until, [
    "first_reply" => CountsUntil::FirstReply,
    "each_reply" => CountsUntil::EachReply,
    "close" => CountsUntil::Close,
]);
const MISSES: Number = count!(queue.misses_before_break, limits::MISSES_BEFORE_BREAK);
const GIVE_UP: Number = length!(queue.give_up, Unit::Hours, limits::GIVE_UP);

pub(super) fn card(form: Form, people: Vec<Person>) -> AnyView {
    let routing = &words().settings.routing;
    let fields = vec![
        flag_field(form, FORWARD, routing.forward),
        members(form, people),
        choice_field(form, DISTRIBUTION, routing.distributions, routing.distribution),
        number_field(form, RESPONSE_LIMIT, NOWHERE, routing.response_limit),
        flag_field(form, CHECK_AVAILABILITY, routing.check_availability),
        number_field(form, AT_ONCE, NOWHERE, routing.at_once),
        choice_field(form, COUNTS_UNTIL, routing.counts, routing.counts_until),
        number_field(form, MISSES, NOWHERE, routing.misses),
        number_field(form, GIVE_UP, NOWHERE, routing.give_up),
    ];
    super::card(form, "card-routing", routing.title, false, fields)
}
