//! Who is on the stage, and what they do there.

use super::page::{Page, Seen};
use std::ops::Deref;
use std::rc::Rc;

/// A visitor with the demo page before them.
pub struct Visitor(pub(super) Rc<Page>);

impl Deref for Visitor {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.0
    }
}

impl Visitor {
    /// Comes to a page and waits for the launcher.
    pub fn comes_to(&self, url: &str) {
        self.go(url);
        self.sees("@launcher");
    }

    /// Opens the panel.
    pub fn opens_chat(&self) {
        self.click("@launcher");
        self.sees("@panel");
    }

    /// Writes and sends.
    pub fn says(&self, text: &str) {
        self.write("@composer", text);
        self.click("@send");
    }

    /// Waits until the operator's words are there.
    pub fn hears(&self, words: &str) -> Seen {
        self.reads("@message[data-author=operator] .bubble", words)
    }

    /// Waits until a message of the visitor has come this far.
    pub fn is_told(&self, words: &str, state: &str) {
        self.reads(&format!("@message[data-author=visitor][data-state={state}]"), words);
    }

    /// The words in the bubbles, from the first to the last.
    pub fn bubbles(&self) -> Vec<String> {
        self.texts("@message .bubble")
    }
}

/// An operator with the console before them.
pub struct Operator(pub(super) Rc<Page>);

impl Deref for Operator {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.0
    }
}

impl Operator {
    /// Fills in the form that makes an account.
    pub fn makes_account(&self, name: &str, email: &str, password: &str) {
        self.write("@name", name);
        self.signs_in(email, password);
    }

    /// Fills in the sign-in form.
    pub fn signs_in(&self, email: &str, password: &str) {
        self.write("@email", email);
        self.write("@password", password);
        self.click("@submit");
    }

    /// Waits until the console is connected.
    pub fn is_at_desk(&self) {
        self.sees("@connection[data-state=online]");
        self.sees("@presence[data-available=true]");
    }

    /// Accepts the first offer, and waits for the thread.
    pub fn accepts(&self) {
        self.click("@group-new @accept");
        self.sees("@thread @composer");
    }

    /// Opens the first chat of a group.
    pub fn opens_chat_in(&self, group: &str) {
        self.click(&format!("@{group} @row .row-open"));
        self.sees("@thread");
    }

    /// Writes into the open thread and sends.
    pub fn says(&self, text: &str) {
        self.write("@composer", text);
        self.click("@send");
    }

    /// Waits until the visitor's words are in the thread.
    pub fn hears(&self, words: &str) -> Seen {
        self.reads("@thread @message[data-author=visitor] .bubble", words)
    }

    /// Closes the open chat.
    pub fn closes_chat(&self) {
        self.click("@thread @close");
        self.click("@close-confirm");
    }

    /// The words in the bubbles of the open thread, from the first to the last.
    pub fn bubbles(&self) -> Vec<String> {
        self.texts("@thread @message .bubble")
    }
}
