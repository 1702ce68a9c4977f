//! What a visitor may be asked: to rate a session, and how they can be reached.

use super::{Chat, Model, put, put_words};
use core::cell::Cell;
use leptos::prelude::*;
use link::store;
use shared::client::{Client, Input};
use shared::form::Form;
use shared::reject::Code;
use shared::settings::Scale;
use shared::wire::{Contact, FormView, RatingView, Score, SessionView};

/// Both questions.
pub(crate) struct Asks {
    pub(crate) rating: Rating,
    pub(crate) contact: ContactForm,
    /// The session that they are about; 0 for none.
    session: Cell<u32>,
}

/// A question, and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Question {
    pub(crate) words: RwSignal<String>,
    /// Whether it is on screen.
    pub(crate) is_open: RwSignal<bool>,
    /// Whether it was answered, and thanks are on screen.
    pub(crate) is_done: RwSignal<bool>,
}

/// How was it?
pub(crate) struct Rating {
    pub(crate) question: Question,
    /// Whether the session may be rated, asked for or not.
    pub(crate) is_possible: RwSignal<bool>,
    pub(crate) has_stars: RwSignal<bool>,
    /// What was chosen, here or elsewhere.
    pub(crate) score: RwSignal<Option<Score>>,
    pub(crate) comment: RwSignal<String>,
    pub(crate) thanks: RwSignal<String>,
    /// Whether it is on its way together with the comment.
    pub(crate) is_sending: RwSignal<bool>,
    is_asked: Cell<bool>,
    is_chosen_here: Cell<bool>,
}

/// How can we reach you? And what else a channel asks.
pub(crate) struct ContactForm {
    pub(crate) question: Question,
    /// Changes whenever something else is asked.
    pub(crate) heard: RwSignal<u32>,
    pub(crate) is_asked: RwSignal<bool>,
    /// Whether no message is taken before it is filled in.
    bars: RwSignal<bool>,
    /// Whether what was sent is on its way.
    pub(crate) is_sending: RwSignal<bool>,
    /// Why what was sent was refused; empty if it was not.
    pub(crate) refused: RwSignal<String>,
}

/// The names under which it is kept that a question was put off.
const RATING: &str = "later.rating";
const CONTACT: &str = "later.contact";

impl Asks {
    pub(super) fn new() -> Self {
        let rating = Rating {
            question: Question::new(),
            is_possible: RwSignal::new(false),
            has_stars: RwSignal::new(false),
            score: RwSignal::new(None),
            comment: RwSignal::default(),
            thanks: RwSignal::default(),
            is_sending: RwSignal::new(false),
            is_asked: Cell::new(false),
            is_chosen_here: Cell::new(false),
        };
        let contact = ContactForm {
            question: Question::new(),
            heard: RwSignal::new(0),
            is_asked: RwSignal::new(false),
            bars: RwSignal::new(false),
            is_sending: RwSignal::new(false),
            refused: RwSignal::default(),
        };
        Self { rating, contact, session: Cell::new(0) }
    }

    /// Whether no message is taken before something is filled in.
    pub(crate) fn bars(&self) -> bool {
        self.contact.bars.get()
    }

    /// Nobody has to be thanked for ever.
    pub(super) fn go_on(&self) {
        for question in [self.rating.question, self.contact.question] {
            if question.is_done.get_untracked() {
                question.show(false);
            }
        }
    }
}

impl Question {
    fn new() -> Self {
        Self { words: RwSignal::default(), is_open: RwSignal::new(false), is_done: RwSignal::new(false) }
    }

    fn show(self, is_open: bool) {
        put(self.is_open, is_open);
        put(self.is_done, false);
    }
}

impl Chat {
    // ------------------------------------------------------------------------------------------------ what the visitor does

    pub(crate) fn rate(&self, score: Score) {
        let rating = &self.asks.rating;
        rating.is_chosen_here.set(true);
        put(rating.score, Some(score));
        if rating.thanks.with_untracked(String::is_empty) {
            put_words(rating.thanks, self.thanks(score));
        }
        let comment = rating.comment.with_untracked(|comment| comment.trim().to_owned());
        self.input(Input::Rate { session: self.asks.session.get(), score, comment });
    }

    fn thanks(&self, score: Score) -> &'static str {
        if score.is_good() { self.texts.thanks_good } else { self.texts.thanks_bad }
    }

    /// Rates as before, with the comment. Thanks come once it has arrived.
    pub(crate) fn rate_and_comment(&self) {
        if let Some(score) = self.asks.rating.score.get_untracked() {
            put(self.asks.rating.is_sending, true);
            self.rate(score);
        }
    }

    /// A rating that was asked for and is put off is not asked for again in this session.
    pub(crate) fn rate_later(&self) {
        if self.asks.rating.is_asked.get() {
            self.put_off(RATING);
        }
        self.asks.rating.question.show(false);
        self.asks.go_on();
    }

    pub(crate) fn tell_contact(&self, contact: Contact) {
        put_words(self.asks.contact.refused, "");
        put(self.asks.contact.is_sending, true);
        self.input(Input::Contact(contact));
    }

    /// Looks at what is asked.
    pub(crate) fn with_form<T>(&self, look: impl FnOnce(&Form) -> T) -> Option<T> {
        let driver = self.model()?.driver.borrow().clone()?;
        Some(driver.with(|client| match client.form() {
            FormView::Start { form, .. } => look(form),
            _ => look(&Form::contact()),
        }))
    }

    pub(crate) fn tell_contact_later(&self) {
        self.put_off(CONTACT);
        self.asks.contact.question.show(false);
    }

    fn put_off(&self, question: &str) {
        if let Some(model) = self.model() {
            store::set(&model.place.key(question), &self.asks.session.get().to_string());
        }
    }

    // -------------------------------------------------------------------------------------------------- what is on screen

    pub(super) fn ask(&self, model: &Model, client: &Client) {
        let off = &RatingView::Off;
        let (session, rating) = match client.session() {
            SessionView::None => (0, off),
            SessionView::Waiting { number, .. } => (*number, off),
            SessionView::Active { number, rating, .. }
            | SessionView::Closing { number, rating, .. }
            | SessionView::Ended { number, rating, .. } => (*number, rating),
        };
        if self.asks.session.replace(session) != session {
            self.asks.rating.begin(self.texts.rate);
        }
        let is_put_off = |question: &str| {
            store::get(&model.place.key(question)).is_some_and(|kept| kept == session.to_string())
        };
        self.ask_rating(rating, &is_put_off);
        if self.asks.rating.is_sending.get_untracked() && client.rating_sent().is_none() {
            let is_given = matches!(rating, RatingView::Given { .. });
            put(self.asks.rating.is_sending, false);
            put(self.asks.rating.question.is_done, is_given && client.refusal().is_none());
        }
        if client.refusal() == Some(Code::NotRateable) && self.refusal.with_untracked(String::is_empty) {
            self.asks.rating.comes_too_late();
        }
        let refused = client.refusal().map(|code| self.texts.refusal(code));
        let contact = &self.asks.contact;
        let was_sent = contact.is_sending.get_untracked();
        put(contact.is_sending, client.is_contact_sent());
        if was_sent && !client.is_contact_sent() {
            put_words(contact.refused, refused.unwrap_or_default());
        }
        let (is_asked, is_needed, words) = match client.form() {
            FormView::Asked { text } => (true, false, text.as_deref()),
            FormView::Start { form, .. } => (true, form.is_needed(), Some(self.texts.start_ask)),
            FormView::Off | FormView::Given => (false, false, None),
        };
        put_words(contact.question.words, words.unwrap_or(self.texts.contact_ask));
        put(contact.bars, client.form().bars());
        put(contact.is_asked, is_asked);
        if was_sent && matches!(client.form(), FormView::Given) {
            put(contact.question.is_open, true);
            put(contact.question.is_done, true);
        } else if contact.heard.get_untracked() != client.forms_heard() {
            // It was answered, here or in another window; or it is asked from now on.
            contact.question.show(is_asked && (is_needed || !is_put_off(CONTACT)));
        }
        put(contact.heard, client.forms_heard());
    }

    fn ask_rating(&self, view: &RatingView, is_put_off: &dyn Fn(&str) -> bool) {
        let rating = &self.asks.rating;
        let is_asked = matches!(view, RatingView::Asked { .. });
        let was_asked = rating.is_asked.replace(is_asked);
        put(rating.is_possible, *view != RatingView::Off);
        match view {
            RatingView::Off => rating.question.show(false),
            RatingView::Possible { scale } => put(rating.has_stars, *scale == Scale::Stars),
            RatingView::Asked { scale, text, .. } => {
                put(rating.has_stars, *scale == Scale::Stars);
                if let Some(text) = text {
                    put_words(rating.question.words, text);
                }
            }
            RatingView::Given { score, scale, thanks, .. } => {
                put(rating.has_stars, *scale == Scale::Stars);
                if !rating.is_chosen_here.get() {
                    put(rating.score, Some(*score));
                }
                put_words(rating.thanks, thanks.as_deref().unwrap_or(self.thanks(*score)));
            }
        }
        if is_asked && !was_asked && !is_put_off(RATING) {
            put(rating.question.is_open, true);
        } else if was_asked && !is_asked && !rating.is_chosen_here.get() {
            // The session goes on, or it was rated in another window.
            rating.question.show(false);
        }
    }
}

impl Rating {
    /// Whether it is on screen, if nothing comes before it.
    pub(crate) fn is_shown(&self) -> bool {
        self.question.is_open.get()
    }

    fn begin(&self, question: &str) {
        self.question.show(false);
        put_words(self.question.words, question);
        put(self.score, None);
        put_words(self.comment, "");
        put_words(self.thanks, "");
        self.is_asked.set(false);
        self.is_chosen_here.set(false);
    }

    fn comes_too_late(&self) {
        self.question.show(false);
        put(self.score, None);
        self.is_chosen_here.set(false);
    }
}

impl ContactForm {
    /// Whether a refusal is told at the form.
    pub(super) fn tells(&self, refusal: &str) -> bool {
        self.question.is_open.get_untracked() && self.refused.with_untracked(|refused| refused == refusal)
    }
}
