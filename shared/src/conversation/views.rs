//! What readers are shown of a conversation's state.

use super::{Conversation, Phase, Session, Who};
use crate::hours::State;
use crate::settings::LocalText;
use crate::text;
use crate::time::Timestamp;
use crate::wire::{self, ChannelView, Clock, FromConversation, HoursView, RatingView, SessionView, Side};

impl Conversation {
    /// The visitor's language: of the present connection, else of the first.
    pub(super) fn locale(&self) -> String {
        match &self.head {
            Some(head) if self.visitor_locale.is_empty() => head.locale.clone(),
            _ => self.visitor_locale.clone(),
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
        }
    }

    /// Tells everybody where the session stands.
    pub(super) fn tell_session(&mut self) {
        // Ratings are shown as asked for from the moment of the end, so the time of the last change will do.
        let now = match self.session.as_ref().map(|session| &session.phase) {
            Some(Phase::Ended { at, .. }) => *at,
            _ => Timestamp::default(),
        };
        let sockets: Vec<_> = self
            .readers
            .iter()
            .filter(|(_, reader)| reader.welcomed)
            .map(|(s, r)| (*s, r.who.clone()))
            .collect();
        for (socket, who) in sockets {
            let view = self.session_view(now, &who);
            self.send(socket, FromConversation::Session(view));
        }
    }

    pub(super) fn session_view(&self, now: Timestamp, who: &Who) -> SessionView {
        let Some(session) = &self.session else { return SessionView::None };
        let Session { number, epoch, .. } = *session;
        let is_me = |id: &crate::id::OperatorId| matches!(who, Who::Operator { face, .. } if face.id == *id);
        match &session.phase {
            Phase::Waiting { offer, place } => {
                let offered = offer.as_ref().is_some_and(|offer| is_me(&offer.to.id));
                SessionView::Waiting { number, epoch, place: *place, offered }
            }
            Phase::Active { owner } => {
                SessionView::Active { number, epoch, operator: owner.name.clone(), mine: is_me(&owner.id) }
            }
            Phase::Ended { owner, .. } => {
                let operator = owner.as_ref().map(|owner| owner.name.clone());
                SessionView::Ended { number, operator, rating: self.rating_view(now, session) }
            }
        }
    }

    fn rating_view(&self, now: Timestamp, session: &Session) -> RatingView {
        let Some(settings) =
            self.rules.as_ref().map(|rules| &rules.settings).filter(|settings| settings.rating)
        else {
            return RatingView::Off;
        };
        let Phase::Ended { at, owner: Some(_), rating } = &session.phase else { return RatingView::Off };
        let until = *at + settings.rating_period;
        match rating {
            _ if now >= until => RatingView::Off,
            Some(rated) => RatingView::Given { score: rated.score, until },
            None => RatingView::Asked { until },
        }
    }

    pub(super) fn channel_view(&self) -> ChannelView {
        let Some(rules) = &self.rules else { return ChannelView::default() };
        let settings = &rules.settings;
        ChannelView {
            id: Some(rules.channel.clone()),
            title: settings.title.clone(),
            welcome: settings.welcome.clone(),
            accent: settings.accent.clone(),
            position: settings.position,
        }
    }

    pub(super) fn hours_view(&self, now: Timestamp) -> HoursView {
        match self.schedule.state(now) {
            State::Always => HoursView::AlwaysOpen,
            State::Open { until } => HoursView::Open { until },
            State::Closed { opens } => HoursView::Closed { opens, notice: self.off_hours_notice() },
        }
    }

    fn off_hours_notice(&self) -> LocalText {
        let own = self.rules.as_ref().map(|rules| &rules.settings.off_hours_text);
        let language = text::language(&self.locale()).to_owned();
        let empty = LocalText::default();
        let words = text::or_default(own.unwrap_or(&empty), text::Default::OffHours, &language);
        LocalText([(language.clone(), self.fill(words))].into())
    }
}
