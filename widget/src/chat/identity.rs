//! Who the visitor is: for whom the site vouches, or whoever has this browser. Each has an outbox and marks of their own, and
//! of somebody who has signed out nothing stays.

use super::{Chat, Model, put_words};
use core::cell::RefCell;
use leptos::prelude::*;
use link::store;
use shared::client::Input;
use shared::client::json::Json;
use shared::wire::{SECRET_PREFIX, SUBPROTOCOL, TOKEN_PREFIX};
use std::rc::Rc;

/// For whom the site vouches, if for anybody.
#[derive(Default)]
pub(crate) struct Identity(RefCell<Option<Vouched>>);

struct Vouched {
    token: String,
    /// Who it is, in the keys of what is stored of them.
    who: String,
}

impl Vouched {
    /// A token that cannot be read is nobody's: the worker will refuse it.
    fn new(token: String) -> Self {
        let who = who(&token).unwrap_or_default();
        Self { token, who }
    }
}

/// The issuer and the subject of a token, which proves nothing here. Neither holds a line break: the worker refuses those.
fn who(token: &str) -> Option<String> {
    let claims = token.split('.').nth(1)?.replace('-', "+").replace('_', "/");
    let claims = Json::read(&web_sys::window()?.atob(&claims).ok()?)?;
    Some([claims.get("iss").text()?, "\n", claims.get("sub").text()?].concat())
}

impl Identity {
    /// What the keys of what is stored begin with.
    pub(crate) fn prefix(&self, common: &str) -> String {
        match &*self.0.borrow() {
            Some(vouched) => [common, MARK, &vouched.who, "\n"].concat(),
            None => common.to_owned(),
        }
    }

    /// What a socket is asked for with.
    pub(super) fn protocols(&self, secret: &str) -> Vec<String> {
        let mut protocols = vec![SUBPROTOCOL.to_owned(), [SECRET_PREFIX, secret].concat()];
        let token = self.0.borrow().as_ref().map(|vouched| [TOKEN_PREFIX, &vouched.token].concat());
        protocols.extend(token);
        protocols
    }
}

/// Stands before somebody's name in a key.
const MARK: &str = "~";

impl Chat {
    /// The site vouches for somebody, or for nobody any more. For the same person again, only the next connection changes.
    pub(crate) fn identify(&self, token: Option<String>) {
        let Some(model) = self.model() else { return };
        let before = model.place.key("");
        let was_anonymous = model.place.identity.0.replace(token.map(Vouched::new)).is_none();
        let now = model.place.key("");
        forget_others(&model.place.common_key(MARK), &now);
        if before == now {
            self.go_on_with(&model);
            return;
        }
        if was_anonymous {
            adopt(&before, &now);
        } else {
            put_words(self.draft, "");
            self.left.set(!self.left.get_untracked());
        }
        model.kept_open.set(None);
        if model.driver.take().is_some() {
            self.connect(&model);
        }
    }

    fn go_on_with(&self, model: &Rc<Model>) {
        let driver = model.driver.borrow().clone();
        if let (Some(driver), Some(secret)) = (driver, model.secret()) {
            driver.set_protocols(model.place.identity.protocols(&secret));
            driver.input(Input::Start);
        }
    }
}

/// What somebody wrote before they signed in, and that was not sent yet, is theirs.
fn adopt(before: &str, now: &str) {
    let outbox = [before, "out."].concat();
    for key in store::keys(&outbox) {
        if let (Some(message), Some(id)) = (store::get(&key), key.strip_prefix(&outbox)) {
            store::set(&[now, "out.", id].concat(), &message);
            store::remove(&key);
        }
    }
}

/// Of whoever else was here nothing stays but what is whoever's has this browser.
fn forget_others(marked: &str, now: &str) {
    for key in store::keys(marked) {
        let is_own = now.starts_with(marked) && key.starts_with(now);
        if !is_own {
            store::remove(&key);
        }
    }
}
