//! The channel's settings, which only an administrator changes, and what a change does to what is under way.

use super::{Desk, Own, Record, Seat, Versioned};
use crate::core::Effect;
use crate::note::{Address, Face, Note, Topic};
use crate::reject::{Code, Reject};
use crate::settings::{Queue, Settings};
use crate::time::Timestamp;
use std::collections::BTreeSet;

impl Desk {
    pub(super) fn own(&mut self, now: Timestamp, own: Own) -> Result<(), Reject> {
        match own {
            Own::Begin { settings, people } if self.settings.is_none() => {
                let queue = Queue { members: Vec::new(), ..settings.settings.queue.clone() };
                let before = Settings { queue, ..settings.settings.clone() };
                self.settings_changed(now, &before, settings, &people);
                Ok(())
            }
            Own::Begin { .. } => Ok(()),
            Own::Change { settings: wanted, people } => {
                let Some(present) = &self.settings else { return Err(Reject(Code::NotFound)) };
                if present.version != wanted.version {
                    return Err(Reject(Code::VersionConflict));
                }
                if !wanted.settings.errors().is_empty() {
                    return Err(Reject(Code::InvalidFields));
                }
                let (before, version) = (present.settings.clone(), present.version + 1);
                let wanted = Versioned { version, settings: wanted.settings };
                self.settings_changed(now, &before, wanted, &people);
                self.push_settings();
                Ok(())
            }
        }
    }

    /// Stores new settings, tells those who joined or left, and applies them to what is under way.
    fn settings_changed(&mut self, now: Timestamp, before: &Settings, settings: Versioned, people: &[Face]) {
        self.persist(Record::Settings(Box::new(settings.clone())));
        let (was, is) = (&before.queue, settings.settings.queue.clone());
        self.settings = Some(settings);
        self.reindex();
        let members: BTreeSet<_> = is.members.iter().cloned().collect();
        let formerly: BTreeSet<_> = was.members.iter().cloned().collect();
        for operator in members.symmetric_difference(&formerly) {
            let note = Note::Member { channel: self.channel.clone(), member: members.contains(operator) };
            self.tell_operator(operator, note);
        }
        for operator in formerly.difference(&members) {
            self.removed(now, operator);
        }
        self.seat_members(&is, people);
        if was.members != is.members || was.distribution != is.distribution {
            self.take_all_offers(now);
        }
        if was.check_availability != is.check_availability {
            self.availability_rule_changed();
        }
    }

    /// Every member has a seat, so that they can be named and, where availability is not asked for, be sent sessions.
    fn seat_members(&mut self, queue: &Queue, people: &[Face]) {
        for operator in &queue.members {
            let named = people.iter().find(|face| face.id == *operator).cloned();
            match (self.seats.get(operator).cloned(), named) {
                (Some(seat), _) if seat.guest => self.seat_changed(Seat { guest: false, ..seat }),
                (Some(seat), Some(face)) if seat.face.name.is_empty() => {
                    self.seat_changed(Seat { face, ..seat });
                }
                (Some(_), _) => {}
                (None, named) => {
                    let face = named.unwrap_or_else(|| Face { id: operator.clone(), name: String::new() });
                    self.seat_changed(Seat::member(face));
                }
            }
        }
    }

    /// Open sessions live by the new settings at once; the directory's copy follows.
    fn push_settings(&mut self) {
        let Some(note) = self.settings_note() else { return };
        for session in self.sessions.keys().cloned().collect::<Vec<_>>() {
            self.tell_conversation(&session, note.clone());
        }
        self.effects.push_back(Effect::Tell { to: Address::Directory, topic: Topic::Standing, note });
    }

    pub(super) fn settings_note(&self) -> Option<Note> {
        let Versioned { version, settings } = self.settings.clone()?;
        Some(Note::Settings { channel: self.channel.clone(), version, settings: Box::new(settings) })
    }
}
