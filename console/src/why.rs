//! Why a chat is where it is, in sentences.

use crate::clock;
use crate::texts::{list, put, put_all, words};
use shared::id::OperatorId;
use shared::limits::CANDIDATES_MAX;
use shared::why::{Candidate, Excluded, Rule, Why};

/// The sentences that tell `why` to `me`, without the time.
pub(crate) fn sentences(why: &Why, me: Option<&OperatorId>) -> Vec<String> {
    let mut sentences = vec![decision(why, me)];
    if matches!(why.rule, Rule::Transferred { over_limit: true, .. }) {
        sentences.push(words().why.over_limit.to_owned());
    }
    sentences.extend(others(why, me));
    sentences.extend(excluded(&why.excluded));
    sentences
}

/// The same in short: without those who could have taken it.
pub(crate) fn in_short(why: &Why, me: Option<&OperatorId>) -> Vec<String> {
    core::iter::once(decision(why, me)).chain(excluded(&why.excluded)).collect()
}

/// When it was decided.
pub(crate) fn decided(why: &Why) -> String {
    put(words().why.decided, clock::time_of_day(why.at))
}

/// The rule, and whom it chose.
fn decision(why: &Why, me: Option<&OperatorId>) -> String {
    let text = &words().why;
    let reason = match &why.rule {
        Rule::NobodyFree => return text.nobody.to_owned(),
        Rule::Everyone if why.winner.is_none() => return text.everyone.to_owned(),
        Rule::Responsible => text.responsible.to_owned(),
        Rule::Evenly => lowest(why),
        Rule::InOrder => text.in_order.to_owned(),
        Rule::Everyone => text.accepted.to_owned(),
        Rule::Transferred { by, .. } => put(text.transferred, by),
        Rule::Intercepted => text.intercepted.to_owned(),
        Rule::Reopened => text.reopened.to_owned(),
    };
    match &why.winner {
        Some(winner) => {
            let [you, _] = text.you;
            put_all(text.winner, &[name(winner, me, you), &text.chats.of(winner.load), &reason])
        }
        None => reason,
    }
}

/// The lowest load, compared with those who would have been next.
fn lowest(why: &Why) -> String {
    let text = &words().why;
    let load = why.winner.as_ref().map_or(0, |winner| winner.load);
    match why.next.as_slice() {
        [] => text.evenly_alone.to_owned(),
        [next, ..] if next.load <= load => text.evenly_equal.to_owned(),
        [next] => put(text.evenly_other, text.chats.of(next.load)),
        [next, ..] => put(text.evenly_others, text.chats.of(next.load)),
    }
}

/// Those who could have taken it as well, best first.
fn others(why: &Why, me: Option<&OperatorId>) -> Option<String> {
    let text = &words().why;
    if why.next.is_empty() {
        return None;
    }
    let [_, you] = text.you;
    let candidate =
        |candidate: &Candidate| format!("{} ({})", name(candidate, me, you), text.chats.of(candidate.load));
    let mut names: Vec<String> = why.next.iter().map(candidate).collect();
    let template = match (&why.rule, &why.winner) {
        (Rule::Everyone | Rule::NobodyFree, None) => text.shown_to,
        (Rule::Evenly | Rule::InOrder | Rule::Responsible, _) => text.next.of(names.len()),
        _ => text.free.of(names.len()),
    };
    if names.len() >= CANDIDATES_MAX {
        names.push("…".to_owned());
        return Some(put(template, names.join(", ")));
    }
    Some(put(template, list(&names)))
}

/// Those who could not, counted by the reason.
fn excluded(excluded: &Excluded) -> Option<String> {
    let text = &words().why;
    let Excluded { offline, on_break, full, tried } = *excluded;
    let counts =
        [(offline, &text.offline), (full, &text.full), (tried, &text.tried), (on_break, &text.on_break)];
    let counted: Vec<String> =
        counts.iter().filter(|(count, _)| *count != 0).map(|(count, words)| words.say(*count)).collect();
    let all = offline.saturating_add(on_break).saturating_add(full).saturating_add(tried);
    let template = text.excluded.of(usize::try_from(all).unwrap_or(usize::MAX));
    (!counted.is_empty()).then(|| put(template, counted.join(", ")))
}

fn name<'a>(candidate: &'a Candidate, me: Option<&OperatorId>, you: &'a str) -> &'a str {
    if me == Some(&candidate.id) { you } else { &candidate.name }
}
