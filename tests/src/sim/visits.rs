//! What visitors do.

use super::habits::Visit;
use super::wire::{TabId, Up};
use super::world::World;
use shared::client::Input;
use shared::file;
use shared::id::ConversationId;
use shared::settings::Scale;
use shared::wire::{Contact, RatingView, Score, SessionView};

pub(super) const TABS_MAX: usize = 2;

const TEXTS: &[&str] = &[
    "Hello?",
    "👩‍👩‍👧 où êtes-vous",
    "\u{202E}שלום",
    "\u{200B}\u{200B}",
    "<script>alert(1)</script>",
    "   ",
    "1",
];
/// What no client of ours would say.
const NONSENSE: &[&str] = &[
    "",
    "{",
    "[]",
    "{\"dance\":{}}",
    "{\"send\":{\"id\":\"<script>\",\"text\":\"x\"}}",
    "{\"send\":{\"id\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\",\"text\":\"psst\",\"note\":true,\"epoch\":1}}",
    "{\"hello\":{\"v\":1}}",
    "{\"hello\":{\"v\":9}}",
    "{\"rate\":{\"session\":1,\"score\":\"bad\"}}",
    "{\"rate\":{\"session\":1,\"score\":{\"stars\":9}}}",
    "{\"close\":{\"epoch\":2}}",
    "{\"intercept\":{\"epoch\":2}}",
    "{\"spam\":{\"epoch\":1}}",
    "{\"reopen\":{\"session\":1}}",
    "{\"join\":{}}",
    "{\"end\":{}}",
    "{\"review\":{\"session\":1,\"score\":6}}",
    "{\"contact\":{\"email\":\"a@b.example\"}}",
    "{\"transfer\":{\"epoch\":2,\"to\":{\"channel\":\"c1\"}}}",
    "{\"history\":{\"before\":18446744073709551615}}",
    "{\"read\":{\"seq\":18446744073709551615}}",
    "{\"presence\":{\"available\":\"yes\"}}",
];

impl World {
    pub(super) fn visitor_acts(&mut self) {
        let visitors: Vec<ConversationId> = self.visitors.iter().map(|visitor| visitor.id.clone()).collect();
        // Somebody who is at it goes on: what follows closely on each other is where it breaks.
        if self.busy.is_none() || self.random.chance(300) {
            self.busy = self.random.pick(&visitors);
        }
        let Some(conversation) = self.busy.clone() else { return };
        let open: Vec<TabId> = self.tabs_of(None, &conversation);
        let Some(tab) = self.random.pick(&open) else {
            self.open_tab(None, &conversation);
            return;
        };
        let Some(visit) = self.random.weighted(&self.habits.visits) else { return };
        match visit {
            Visit::Write if self.is_asked_in_words(tab) && self.random.chance(300) => {
                self.answer_with_a_digit(tab);
            }
            Visit::Write => self.write(tab, false),
            Visit::OpenTab if open.len() < TABS_MAX => {
                self.open_tab(None, &conversation);
            }
            Visit::OpenTab => {}
            Visit::CloseTab => self.close_tab(tab),
            Visit::End => self.tell_tab(tab, Input::End),
            Visit::EndAndWrite => {
                self.tell_tab(tab, Input::End);
                self.write(tab, false);
            }
            Visit::Rate => self.rate(tab, 0),
            Visit::RateFormerly => self.rate(tab, 1),
            Visit::Digit => self.answer_with_a_digit(tab),
            Visit::Contact => self.leave_contact(tab, "eve@example.com"),
            Visit::BadContact => self.leave_contact(tab, "eve@"),
            Visit::Typing => self.tell_tab(tab, Input::Typing { on: true }),
            Visit::Read => self.tell_tab(tab, Input::Read),
            Visit::History => self.tell_tab(tab, Input::History),
            Visit::Nudge => self.tell_tab(tab, Input::Nudge),
            Visit::SettleRefused => self.settle_refused(tab),
            Visit::Nonsense => self.nonsense(tab),
            Visit::Flood => self.flood(tab),
        }
    }

    pub(super) fn write(&mut self, tab: TabId, note: bool) {
        let Some(id) = self.fresh_message() else { return };
        let text = match self.random.pick(TEXTS) {
            Some(text) if self.random.chance(100) => text.to_owned(),
            _ => format!("message {id}"),
        };
        self.says(tab, id, text, note);
    }

    fn says(&mut self, tab: TabId, id: shared::id::MessageId, text: String, note: bool) {
        let of = self.tabs.get(&tab).map(|tab| (self.name_of(tab.operator), tab.conversation.clone()));
        if let Some((who, conversation)) = of {
            self.story.tell(|| format!("{who} writes {id} in tab {tab} of {conversation}"));
        }
        self.ledger.texts.insert(id.clone(), text.clone());
        let is_file = !note && file::clean_name(&text) == text && self.random.chance(100);
        self.tell_tab(
            tab,
            match is_file {
                true => Input::Attach { id, name: text, size: 1_000 },
                false => Input::Send { id, text, note },
            },
        );
    }

    /// Whether the visitor may have been asked to rate with a digit.
    fn is_asked_in_words(&self, tab: TabId) -> bool {
        let Some(tab) = self.tabs.get(&tab) else { return false };
        let visitor = self.visitors.iter().find(|visitor| visitor.id == tab.conversation);
        let is_over = matches!(tab.client.session(), SessionView::Closing { .. } | SessionView::Ended { .. });
        is_over && visitor.is_some_and(|visitor| visitor.plain > 0)
    }

    /// A message that may be a rating where there are no buttons.
    fn answer_with_a_digit(&mut self, tab: TabId) {
        let digit = self.random.pick(&["0", "1", " 1 ", "2", "4", "5", "6", "1!"]).unwrap_or_default();
        if let Some(id) = self.fresh_message() {
            self.says(tab, id, digit.to_owned(), false);
        }
    }

    fn rate(&mut self, tab: TabId, back: u32) {
        let Some((number, rating)) = self.tabs.get(&tab).and_then(|tab| match tab.client.session() {
            SessionView::Active { number, rating, .. }
            | SessionView::Closing { number, rating, .. }
            | SessionView::Ended { number, rating, .. } => Some((*number, rating.clone())),
            SessionView::None | SessionView::Waiting { .. } => None,
        }) else {
            return;
        };
        let stars = match rating {
            RatingView::Possible { scale }
            | RatingView::Asked { scale, .. }
            | RatingView::Given { scale, .. } => (scale == Scale::Stars) ^ self.random.chance(50),
            RatingView::Off => self.random.chance(500),
        };
        let score = if stars {
            Score::Stars(self.random.between(1, 5).try_into().unwrap_or(1))
        } else if self.random.chance(700) {
            Score::Good
        } else {
            Score::Bad
        };
        let comment = if self.random.chance(300) { "slow".to_owned() } else { String::new() };
        self.story.tell(|| format!("tab {tab} rates session {number} less {back}: {score:?}"));
        self.tell_tab(tab, Input::Rate { session: number.saturating_sub(back), score, comment });
    }

    fn leave_contact(&mut self, tab: TabId, email: &str) {
        let named = self.random.chance(500);
        let contact = Contact {
            name: if named { " Eve  Example ".to_owned() } else { String::new() },
            email: email.to_owned(),
            phone: if self.random.chance(500) { "+33 1 23 45".to_owned() } else { String::new() },
            ..Contact::default()
        };
        self.tell_tab(tab, Input::Contact(contact));
    }

    pub(super) fn nonsense(&mut self, tab: TabId) {
        let wire = self.tabs.get(&tab).and_then(|tab| tab.wire);
        if let Some(wire) = wire {
            self.nonsense_on(wire);
        }
    }

    pub(super) fn nonsense_on(&mut self, wire: super::wire::WireId) {
        if let Some(text) = self.random.pick(NONSENSE) {
            self.up(wire, Up::Text(text.to_owned()));
        }
    }

    /// More than anybody types.
    fn flood(&mut self, tab: TabId) {
        if self.random.chance(700) {
            return;
        }
        if let Some(wire) = self.tabs.get(&tab).and_then(|tab| tab.wire) {
            for _ in 0..80 {
                self.up(wire, Up::Text("{\"typing\":{\"on\":true}}".into()));
            }
        }
        self.write(tab, false);
    }
}
