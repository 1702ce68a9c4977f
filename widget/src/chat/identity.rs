//! Who the visitor is: for whom the site vouches, or whoever has this browser. Each has an outbox and marks of their own, and
//! of somebody who has signed out nothing stays.

use super::{Chat, put_words};
use core::cell::RefCell;
use leptos::prelude::*;
use link::store;
use shared::client::Input;
use shared::wire::{SECRET_PREFIX, SUBPROTOCOL, TOKEN_PREFIX};

/// For whom the site vouches; both are empty while it does for nobody.
#[derive(Default)]
pub(crate) struct Identity {
    token: RefCell<String>,
    /// Begins the names of what is stored of them.
    who: RefCell<String>,
}

/// Begins the names of what is stored of anybody.
const MARK: &str = "~";

impl Identity {
    /// The name under which something of them is stored.
    pub(crate) fn name(&self, name: &str) -> String {
        [self.who.borrow().as_str(), name].concat()
    }

    /// What a socket is asked for with.
    pub(super) fn protocols(&self, secret: &str) -> Vec<String> {
        let mut protocols = vec![SUBPROTOCOL.to_owned(), [SECRET_PREFIX, secret].concat()];
        let token = self.token.borrow();
        if !token.is_empty() {
            protocols.push([TOKEN_PREFIX, &token].concat());
        }
        protocols
    }
}

impl Chat {
    /// The site vouches for somebody, or with an empty token for nobody any more. `who` tells people apart; it is empty for a
    /// token that nobody can read, and that the worker will refuse. For the same person again, only the next connection
    /// changes.
    pub(crate) fn identify(&self, token: String, who: &str) {
        let Some(model) = self.model() else { return };
        let identity = &model.place.identity;
        let outbox = model.place.key("out.");
        let now = if who.is_empty() { String::new() } else { [MARK, who].concat() };
        let before = identity.who.replace(now);
        identity.token.replace(token);
        let adopted = before.is_empty().then_some(outbox.as_str());
        move_in(&model.place.common_key(MARK), &model.place.key(""), adopted);
        if before == *identity.who.borrow() {
            let driver = model.driver.borrow().clone();
            if let (Some(driver), Some(secret)) = (driver, model.secret()) {
                driver.set_protocols(identity.protocols(&secret));
                driver.input(Input::Start);
            }
            return;
        }
        if !before.is_empty() {
            put_words(self.draft, "");
            self.left.set(!self.left.get_untracked());
        }
        model.kept_open.set(None);
        model.told.forget();
        if model.driver.take().is_some() {
            self.connect(&model);
        }
    }
}

/// Of whoever else was here nothing stays; what somebody wrote before they signed in, and that was not sent yet, is theirs.
fn move_in(marked: &str, own: &str, adopted: Option<&str>) {
    let is_somebody = own.starts_with(marked);
    for key in store::keys(marked) {
        if !(is_somebody && key.starts_with(own)) {
            store::remove(&key);
        }
    }
    let Some(outbox) = adopted.filter(|_| is_somebody) else { return };
    for key in store::keys(outbox) {
        if let (Some(message), Some(id)) = (store::get(&key), key.get(outbox.len()..)) {
            store::set(&[own, "out.", id].concat(), &message);
            store::remove(&key);
        }
    }
}
