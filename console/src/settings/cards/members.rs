//! The members of a channel, in their order.

use crate::icons;
use crate::settings::controls::{help_for, keyed, note, problem};
use crate::settings::form::{Form, Reach};
use crate::settings::rows::focus_soon;
use crate::settings::wrong::Kind;
use crate::texts::{Said, put, words};
use crate::ui::ui;
use leptos::prelude::*;
use shared::api::Person;
use shared::id::OperatorId;

const PATH: &str = "queue.members";

/// The list that is edited.
#[derive(Clone, Copy)]
struct Members {
    form: Form,
    ids: Memo<Vec<OperatorId>>,
    /// Everybody who may be one, and everybody who was one.
    people: StoredValue<Vec<(OperatorId, String)>>,
}

impl Members {
    /// The members in their order, then the others: by their index among all people.
    fn lines(self) -> Vec<usize> {
        let ids = self.ids.get();
        let mut lines: Vec<_> = ids.iter().map(|id| self.index(id)).collect();
        let count = self.people.with_value(Vec::len);
        lines
            .extend((0..count).filter(|index| self.person(*index).is_some_and(|(id, _)| !ids.contains(&id))));
        lines
    }

    fn index(self, id: &OperatorId) -> usize {
        let known = self.people.with_value(|people| people.iter().position(|(known, _)| known == id));
        known.unwrap_or_else(|| {
            let former = words().settings.routing.former.to_owned();
            self.people.update_value(|people| people.push((id.clone(), former)));
            self.people.with_value(Vec::len) - 1
        })
    }

    fn person(self, index: usize) -> Option<(OperatorId, String)> {
        self.people.with_value(|people| people.get(index).cloned())
    }

    /// From 0, if they are a member.
    fn place(self, id: &OperatorId) -> Option<usize> {
        self.ids.with(|ids| ids.iter().position(|member| member == id))
    }

    fn toggle(self, id: &OperatorId) {
        let was = untrack(|| self.place(id));
        self.form.change(PATH, |settings| match was {
            Some(_) => settings.queue.members.retain(|member| member != id),
            None => settings.queue.members.push(id.clone()),
        });
        focus_soon(format!("[data-g=member][data-operator=\"{id}\"]"));
    }

    /// Moves a member by one place, if there is one.
    fn shift(self, id: &OperatorId, name: &str, down: bool) {
        let Some(place) = untrack(|| self.place(id)) else { return };
        let Some(other) = (if down { place.checked_add(1) } else { place.checked_sub(1) }) else { return };
        let count = self.ids.with_untracked(Vec::len);
        if other >= count {
            return;
        }
        self.form.change(PATH, |settings| settings.queue.members.swap(place, other));
        ui().spoken.set(format!("{name}: {} / {count}", other + 1));
        let button = if down { "member-down" } else { "member-up" };
        focus_soon(format!("[data-g={button}][data-operator=\"{id}\"]"));
    }
}

pub(super) fn members(form: Form, people: Vec<Person>) -> AnyView {
    let routing = &words().settings.routing;
    let Said(label, help) = routing.members;
    let ids = Memo::new(move |_| form.settings.with(|settings| settings.queue.members.clone()));
    let people = people.into_iter().map(|person| (person.id, person.name)).collect();
    let members = Members { form, ids, people: StoredValue::new(people) };
    let error = form.problem(PATH.to_owned(), Reach::Below, Kind::Members);
    let nobody =
        Signal::derive(
            move || {
                if ids.with(Vec::is_empty) { routing.members_none.to_owned() } else { String::new() }
            },
        );
    let lines = Signal::derive(move || members.lines());
    view! {
        <div
            class="field"
            role="group"
            id="queue-members"
            data-g="queue-members"
            aria-labelledby="queue-members-label"
            aria-describedby="queue-members-error queue-members-none queue-members-help"
            class:wrong=move || !error.with(String::is_empty)
        >
            <p class="label" id={"queue-members-label"}>{label}</p>
            {help_for("queue-members", help.to_owned())}
            {note("field-error", "queue-members-none".to_owned(), nobody)}
            {problem("queue-members", error)}
            <ol class="members">{keyed(lines, Callback::new(move |index| line(members, index)))}</ol>
        </div>
    }
    .into_any()
}

fn line(members: Members, index: usize) -> AnyView {
    let Some((id, name)) = members.person(index) else { return ().into_any() };
    let (shown, asked) = (id.to_string(), id.clone());
    let place = Signal::derive(move || members.place(&asked));
    let toggle = {
        let id = id.clone();
        move |_| members.toggle(&id)
    };
    view! {
        <li class="member">
            <label class="check">
                <input
                    type="checkbox"
                    data-g="member"
                    data-operator=shown
                    prop:checked=move || place.get().is_some()
                    on:change=toggle
                />
                <span class="member-place">{move || place.get().map(|place| format!("{}.", place + 1))}</span>
                <bdi>{name.clone()}</bdi>
            </label>
            <span class="member-moves" hidden=move || place.get().is_none()>
                {[false, true].map(|down| mover(members, &id, &name, place, down)).into_iter().collect_view()}
            </span>
        </li>
    }
    .into_any()
}

/// A button that moves a member up or down. At an end it stays, so that the keyboard does not fall off it.
fn mover(members: Members, id: &OperatorId, name: &str, place: Signal<Option<usize>>, down: bool) -> AnyView {
    let routing = &words().settings.routing;
    let (mark, label, picture) =
        if down { ("member-down", routing.down, icons::DOWN) } else { ("member-up", routing.up, icons::UP) };
    let at_end = move || {
        let end = if down { members.ids.with(Vec::len).saturating_sub(1) } else { 0 };
        (place.get() == Some(end)).to_string()
    };
    let (id, name) = (id.clone(), name.to_owned());
    view! {
        <button
            type="button"
            class="icon-button"
            data-g=mark
            data-operator=id.to_string()
            aria-label=put(label, &name)
            aria-disabled=at_end
            on:click=move |_| members.shift(&id, &name, down)
        >
            {icons::line(picture)}
        </button>
    }
    .into_any()
}
