//! Which files people may send each other.

use super::sometimes;
use crate::settings::controls::{heading, problem};
use crate::settings::fields::{flag_field, number_field, tick};
use crate::settings::form::{Form, Reach};
use crate::settings::place::{Flag, NOWHERE, Number, count, flag};
use crate::settings::wrong::Kind;
use crate::texts::{Said, words};
use leptos::prelude::*;
use shared::file::Group;
use shared::limits;
use shared::settings::Files;

const ENABLED: Flag = flag!(files.enabled);
const MEGABYTES: Number = count!(files.megabytes, limits::FILE_MEGABYTES);
const IN_SESSION: Number = count!(files.in_session, limits::FILES_IN_SESSION);
const GROUPS: &str = "files.groups";

pub(super) fn card(form: Form) -> AnyView {
    let files = &words().settings.files;
    let Said(kinds, help) = files.kinds;
    let mut fields = vec![
        number_field(form, MEGABYTES, NOWHERE, files.megabytes),
        number_field(form, IN_SESSION, NOWHERE, files.in_session),
        heading("files-groups", kinds, help),
    ];
    for (group, (name, meaning)) in Group::ALL.into_iter().zip(files.groups) {
        fields.push(group_field(form, group, Said(name, meaning)));
    }
    fields.push(problem("files-groups", form.problem(GROUPS.to_owned(), Reach::Below, Kind::Other)));
    let rest = sometimes(form, |settings| settings.files.enabled, "files", fields);
    super::card(form, "card-files", files.title, false, vec![flag_field(form, ENABLED, files.enabled), rest])
}

fn group_field(form: Form, group: Group, said: Said) -> AnyView {
    let id = match group {
        Group::Images => "files-images",
        Group::Documents => "files-documents",
        Group::Media => "files-media",
        Group::Archives => "files-archives",
        Group::Other => "files-other",
    };
    let on = Signal::derive(move || form.settings.with(|settings| settings.files.groups.contains(&group)));
    let set = Callback::new(move |on: bool| {
        form.change(GROUPS, |settings| {
            if on {
                settings.files.groups.insert(group);
            } else {
                settings.files.groups.remove(&group);
            }
        });
    });
    tick(id, said, Files::default().groups.contains(&group), on, set)
}
