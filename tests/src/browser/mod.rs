//! Real browsers: a visitor on the demo page of another origin, an operator in the console, and the worker between them.

#![allow(clippy::disallowed_methods, reason = "these tests run natively and may read the clock")]

mod axe;
mod cable;
mod driver;
mod examine;
mod look;
mod meter;
mod page;
mod people;
mod shop;

pub use cable::{Cable, Way};
pub use driver::{Browser, Driver, Trouble};
pub use examine::Heard;
pub use look::Clip;
pub use meter::Held;
pub use page::{Page, Seen, key};
pub use people::{Operator, Visitor};
pub use shop::Shop;

use crate::rig::{Account, Rig};
use serde_json::json;
use std::cell::RefCell;
use std::rc::Rc;

/// Everything that one play needs: a worker, a shop, and browsers for as many people as come.
pub struct Stage {
    pages: RefCell<Vec<Rc<Page>>>,
    far_shops: RefCell<Vec<Shop>>,
    driver: Driver,
    /// The site that embeds the channel `demo`.
    pub shop: Shop,
    /// The worker, and its API.
    pub rig: Rig,
}

impl Stage {
    /// Plays in front of browsers that must not complain: no error in a console, no violation of a policy.
    pub fn play(rig: Rig, play: impl FnOnce(&Self)) {
        let stage = Self::new(rig);
        play(&stage);
        stage.ends_well();
    }

    /// A stage with nobody on it.
    pub fn new(rig: Rig) -> Self {
        let shop = Shop::open(rig.origin());
        Self { pages: RefCell::default(), far_shops: RefCell::default(), driver: Driver::start(), shop, rig }
    }

    /// Somebody with a browser that has never been here; they have not gone anywhere yet.
    pub fn visitor(&self) -> Visitor {
        self.visitor_from("en-GB")
    }

    /// The same, with a browser that is set to a language.
    pub fn visitor_from(&self, language: &str) -> Visitor {
        Visitor(self.keep(Page::widget(self.driver.browser(language))))
    }

    /// A visitor on the demo page, with the panel open.
    pub fn visitor_in_chat(&self) -> Visitor {
        let visitor = self.visitor();
        visitor.comes_to(&self.shop.url());
        visitor.opens_chat();
        visitor
    }

    /// A visitor with the panel open, whose only way to the worker is a cable.
    pub fn visitor_on_cable(&self) -> (Visitor, Cable) {
        let (visitor, cable) = self.visitor_on_cable_in("en");
        visitor.opens_chat();
        (visitor, cable)
    }

    /// The same on a page in a language, before they open the panel.
    pub fn visitor_on_cable_in(&self, lang: &str) -> (Visitor, Cable) {
        let cable = Cable::to(self.rig.origin());
        let shop = Shop::open(&cable.origin());
        let visitor = self.visitor();
        visitor.comes_to(&shop.page_in(lang));
        self.far_shops.borrow_mut().push(shop);
        (visitor, cable)
    }

    /// Somebody with a browser of their own, before they open the console.
    pub fn stranger(&self) -> Operator {
        self.stranger_from("en-GB")
    }

    /// The same, with a browser that is set to a language.
    pub fn stranger_from(&self, language: &str) -> Operator {
        Operator(self.keep(Page::of(self.driver.browser(language))))
    }

    /// A person with an account, who has signed in before, at their desk.
    pub fn operator(&self, account: &Account) -> Operator {
        let operator = self.stranger();
        let (name, value) = account.cookie.split_once('=').expect("a cookie");
        let cookie = json!({"name": name, "value": value, "url": self.rig.origin(), "path": "/",
            "secure": true, "httpOnly": true, "sameSite": "Strict"});
        let set = operator.browser().devtools("Network.setCookie", &cookie);
        assert_eq!(set["success"], true, "the browser refuses the cookie");
        operator.go(&self.console());
        operator.is_at_desk();
        operator
    }

    /// The address of the console.
    pub fn console(&self) -> String {
        format!("{}/console/", self.rig.origin())
    }

    /// The link that makes the first operator.
    pub fn setup_link(&self) -> String {
        format!("{}#setup={}", self.console(), self.rig.link())
    }

    fn keep(&self, page: Page) -> Rc<Page> {
        let page = Rc::new(page);
        self.pages.borrow_mut().push(Rc::clone(&page));
        page
    }

    fn ends_well(&self) {
        for page in self.pages.borrow().iter() {
            let complaints = page.complaints();
            assert!(complaints.is_empty(), "a browser complains:\n{}", complaints.join("\n"));
        }
        for shop in self.far_shops.borrow().iter().chain([&self.shop]) {
            assert_eq!(shop.reports(), Vec::<String>::new(), "the policy of the shop was violated");
        }
    }
}
