//! Looks at a line again and again, while somebody looks at the page.

use crate::gate::check_sign_in;
use crate::http::{self, Trouble};
use crate::texts::words;
use crate::ui::ui;
use leptos::prelude::*;
use link::Timer;
use link::page::{self, Wakes};
use shared::api::{EndpointName, LineView};
use shared::id::ChannelId;
use shared::reject::Code;
use shared::time::Millis;

/// How often it is looked at.
const EVERY: Millis = Millis::seconds(2);

/// A handle: copies are the same. It ends with the view that started it.
#[derive(Clone, Copy)]
pub(super) struct Watch {
    view: RwSignal<Option<LineView>>,
    /// Why the view is not up to date.
    pub(super) trouble: RwSignal<Option<&'static str>>,
    channel: StoredValue<ChannelId>,
    asking: StoredValue<bool>,
    held: StoredValue<Held, LocalStorage>,
}

#[derive(Default)]
struct Held {
    timer: Option<Timer>,
    wakes: Option<Wakes>,
}

impl Watch {
    pub(super) fn start(channel: &ChannelId) -> Self {
        let watch = Self {
            view: RwSignal::new(None),
            trouble: RwSignal::new(None),
            channel: StoredValue::new(channel.clone()),
            asking: StoredValue::new(false),
            held: StoredValue::new_local(Held::default()),
        };
        // A hidden page does not ask; it does at once when it is seen again.
        let wakes = page::on_wake(move || watch.look());
        watch.held.update_value(|held| held.wakes = Some(wakes));
        on_cleanup(move || {
            watch.held.try_update_value(core::mem::take);
        });
        watch.look();
        watch
    }

    fn look(self) {
        // Gone with its page, if it cannot be read any more.
        let Some(channel) = self.channel.try_get_value() else { return };
        if !page::visible() || self.asking.try_get_value() != Some(false) {
            return;
        }
        self.asking.set_value(true);
        http::spawn(async move {
            let answer = http::fetch_of::<LineView>(EndpointName::Line, &channel).await;
            if !self.view.is_disposed() {
                self.asking.set_value(false);
                self.take(answer);
            }
        });
    }

    fn take(self, answer: Result<LineView, Trouble>) {
        let again = match answer {
            Ok(view) => {
                self.view.set(Some(view));
                self.trouble.set(None);
                true
            }
            Err(trouble) => self.is_in_trouble(&trouble),
        };
        let timer = again.then(|| Timer::after(EVERY, move || self.look()));
        self.held.try_update_value(|held| held.timer = timer);
    }

    /// Says what is wrong. Whether it may pass by itself.
    fn is_in_trouble(self, trouble: &Trouble) -> bool {
        let code = trouble.code();
        if code == Some(Code::SignInRequired) {
            check_sign_in(ui());
        }
        let refused = matches!(code, Some(Code::SignInRequired | Code::Forbidden | Code::NotFound));
        let stale = !refused && self.view.with_untracked(Option::is_some);
        self.trouble.set(Some(if stale { words().line.stale } else { trouble.words(words()) }));
        !refused
    }

    /// Whether there is anything to show.
    pub(super) fn is_here(self) -> bool {
        self.view.with(Option::is_some)
    }

    /// Reads the last view; what is nothing while there is none.
    pub(super) fn read<T: Default>(self, read: impl FnOnce(&LineView) -> T) -> T {
        self.view.with(|view| view.as_ref().map(read).unwrap_or_default())
    }
}
