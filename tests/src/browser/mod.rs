//! Real browsers: a visitor on the demo page of another origin, an operator in the console, and the worker between them.

#![allow(clippy::disallowed_methods, reason = "these tests run natively and may read the clock")]

mod driver;
mod page;
mod people;
mod shop;

pub use driver::{Browser, Driver, Trouble};
pub use page::{Page, Seen, key};
pub use people::{Operator, Visitor};
pub use shop::Shop;

use crate::rig::{Account, Rig};
use std::cell::RefCell;
use std::rc::Rc;

/// Everything that one play needs: a worker, a shop, and browsers for as many people as come.
pub struct Stage {
    pages: RefCell<Vec<Rc<Page>>>,
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
        Self { pages: RefCell::default(), driver: Driver::start(), shop, rig }
    }

    /// Somebody with a browser that has never been here; they have not gone anywhere yet.
    pub fn visitor(&self) -> Visitor {
        Visitor(self.keep(Page::widget(self.driver.browser("en"))))
    }

    /// Somebody with a browser of their own, before they open the console.
    pub fn stranger(&self) -> Operator {
        Operator(self.keep(Page::of(self.driver.browser("en"))))
    }

    /// A person with an account, at their desk.
    pub fn operator(&self, account: &Account) -> Operator {
        let operator = self.stranger();
        operator.go(&self.console());
        operator.signs_in(&account.me.email, crate::rig::PASSWORD);
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
        assert_eq!(self.shop.reports(), Vec::<String>::new(), "the policy of the shop was violated");
    }
}
