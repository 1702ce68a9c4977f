//! What keeps a flood away.

use crate::settings::fields::{flag_field, number_field};
use crate::settings::form::Form;
use crate::settings::place::{Flag, NOWHERE, Number, count, flag};
use crate::texts::words;
use leptos::prelude::*;
use shared::limits;

const PER_MINUTE: Number = count!(protection.sessions_per_minute, limits::SESSIONS_PER_MINUTE);

const WORK: Flag = flag!(protection.proof_of_work);

pub(super) fn card(form: Form) -> AnyView {
    let texts = &words().settings.protection;
    let fields =
        vec![number_field(form, PER_MINUTE, NOWHERE, texts.per_minute), flag_field(form, WORK, texts.work)];
    super::card(form, "card-protection", texts.title, false, fields)
}
