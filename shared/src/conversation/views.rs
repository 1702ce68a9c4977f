//! What readers are shown of a conversation's state.

use super::{Conversation, Kind, Phase, Session, Spot, Who};
use crate::hours::State;
use crate::id::OperatorId;
use crate::note::Face;
use crate::rating::Rating;
use crate::settings::LocalText;
use crate::text;
use crate::time::Timestamp;
use crate::wire::{
    self, ChannelView, Clock, FilesView, FormView, FromConversation, HoursView, RatingView, SessionView, Side,
};

impl Conversation {
    /// The visitor's language: of the present connection, else of the first.
    pub(super) fn locale(&self) -> String {
        match &self.head {
            Some(head) if self.visitor.locale.is_empty() => head.locale.clone(),
            _ => self.visitor.locale.clone(),
        }
    }

    pub(super) fn welcome(&self, now: Timestamp, who: &Who) -> FromConversation {
        FromConversation::Welcome {
            v: wire::VERSION,
            conversation: self.id.clone(),
            side: who.side(),
            clock: Clock { now, rate: self.rate },
            head: self.head_for(who.side()),
            session: self.session_view(now, who),
            channel: self.channel_view(),
            hours: self.hours_view(now),
            read: match who.side() {
                Side::Visitor => self.read_by_operator,
                Side::Operator => self.read_by_visitor,
            },
            form: match who {
                Who::Visitor | Who::SignedIn => self.form_view(now),
                Who::Operator { .. } => FormView::Off,
            },
            available: self.visitor.available.filter(|_| *who == Who::Visitor),
            identity: self.identity_for(who),
        }
    }

    /// What the visitor calls somebody who answers.
    pub(super) fn name_for_visitors(&self, face: &Face) -> String {
        let named =
            self.settings().map(|settings| settings.appearance.name_of(face, &self.locale()).to_owned());
        named.unwrap_or_else(|_| face.name.clone())
    }

    /// Shows everybody where the session stands.
    pub(super) fn show_session(&mut self, now: Timestamp) {
        let welcomed = self.readers.iter().filter(|(_, reader)| reader.welcomed);
        let readers: Vec<_> = welcomed.map(|(socket, reader)| (*socket, reader.who.clone())).collect();
        for (socket, who) in readers {
            let view = self.session_view(now, &who);
            self.send(socket, FromConversation::Session(view));
        }
    }

    pub(super) fn session_view(&self, now: Timestamp, who: &Who) -> SessionView {
        let Some(session) = &self.session else { return SessionView::None };
        let Session { number, epoch, .. } = *session;
        let me = match who {
            Who::Visitor | Who::SignedIn => None,
            Who::Operator { face, .. } => Some(&face.id),
        };
        let is_me = |id: &OperatorId| me == Some(id);
        let named = |face: &Face| if me.is_some() { face.name.clone() } else { self.name_for_visitors(face) };
        let why = || session.why.clone().filter(|_| me.is_some()).map(Box::new);
        let review = || self.ratings.get(&number).filter(|_| me.is_some())?.review_view();
        match &session.phase {
            Phase::Waiting { spot, .. } => SessionView::Waiting {
                number,
                epoch,
                place: spot.map(|spot| spot.place),
                beyond: spot.is_some_and(|spot| spot.beyond),
                wait: spot.and_then(|spot| spot.wait),
                notice: spot.filter(|_| me.is_none()).and_then(|spot| self.waiting_notice(now, spot)),
                offered: me.is_some_and(|me| session.is_for(me)),
                why: why(),
            },
            Phase::Active { owner } => SessionView::Active {
                number,
                epoch,
                operator: named(owner),
                mine: is_me(&owner.id),
                joined: me.is_some_and(|me| session.joined.contains_key(me)),
                with: {
                    let face =
                        |(id, name): (&OperatorId, &String)| Face { id: id.clone(), name: name.clone() };
                    session.joined.iter().map(face).map(|face| named(&face)).collect()
                },
                pinned: me.is_some() && session.pinned,
                rating: self.rating_view(now, session, me.is_none()),
                why: why(),
            },
            Phase::Closing { owner, until, .. } => SessionView::Closing {
                number,
                epoch,
                operator: named(owner),
                mine: is_me(&owner.id),
                until: *until,
                rating: self.rating_view(now, session, true),
                review: review(),
            },
            Phase::Ended { owner, .. } => SessionView::Ended {
                number,
                operator: owner.as_ref().map(named),
                rating: self.rating_view(now, session, true),
                missed: session.phase.kind() == Kind::Missed,
                reopens: me.is_some(),
                review: review(),
            },
        }
    }

    /// The channel's own words for a visitor who waits, if it has any.
    fn waiting_notice(&self, now: Timestamp, spot: Spot) -> Option<String> {
        let automatic = &self.settings().ok()?.automatic;
        let words = automatic.waiting_text.words(&self.locale()).filter(|_| automatic.waiting_notice)?;
        let place = if spot.beyond { format!("{}+", spot.place) } else { spot.place.to_string() };
        Some(text::fill(&self.fill_but("place", now, words), &[("place", &place)]))
    }

    fn rating_view(&self, now: Timestamp, session: &Session, shown: bool) -> RatingView {
        let Ok(settings) = self.settings() else { return RatingView::Off };
        let during = matches!(session.phase, Phase::Active { .. });
        let fresh = Rating::default();
        match self.ratings.get(&session.number) {
            Some(rating) if shown => rating.view(now, during, &settings.ratings, &self.locale()),
            None if shown && during => fresh.view(now, during, &settings.ratings, &self.locale()),
            Some(_) | None => RatingView::Off,
        }
    }

    pub(super) fn channel_view(&self) -> ChannelView {
        let Some(rules) = &self.rules else { return ChannelView::default() };
        let look = &rules.settings.appearance;
        ChannelView {
            id: Some(rules.channel.clone()),
            title: look.title.clone(),
            welcome: look.welcome.clone(),
            accent: look.accent.clone(),
            position: look.position,
            files: rules.settings.files.enabled.then(|| FilesView {
                bytes_max: rules.settings.files.bytes_max(),
                accept: rules.settings.files.accept(),
            }),
        }
    }

    pub(super) fn hours_view(&self, now: Timestamp) -> HoursView {
        match self.schedule.state(now) {
            State::Always => HoursView::AlwaysOpen,
            State::Open { until } => HoursView::Open { until },
            State::Closed { opens } => HoursView::Closed { opens, notice: self.off_hours_notice(now) },
        }
    }

    /// `{opens_at}` is left for the client, who knows the visitor's zone.
    fn off_hours_notice(&self, now: Timestamp) -> LocalText {
        let own = self.settings().map(|settings| settings.working_hours.text.clone()).unwrap_or_default();
        let language = text::language(&self.locale()).to_owned();
        let words = text::or_default(&own, text::Default::OffHours, &language);
        let words = self.fill_but("opens_at", now, words);
        LocalText([(language, words)].into())
    }
}
