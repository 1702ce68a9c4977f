//! The browser under the widget and the console: what `shared::client` cannot do, being pure.
//!
//! Everything here is held by a value and undone by its drop: listeners, timers, sockets. Callbacks are called with
//! nothing borrowed, so they may call back into what called them.

#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod driver;
pub mod files;
mod heartbeat;
mod listener;
pub mod page;
mod random;
mod socket;
pub mod store;
mod timer;
mod zone;

pub use driver::{Driver, saved};
pub use listener::Listener;
pub use random::{fill_random, random_u64, secret, ulid};
pub use socket::{Socket, SocketEvent};
pub use timer::Timer;
pub use zone::zone;

use shared::time::Timestamp;

/// The time by the browser's clock.
pub fn now() -> Timestamp {
    // A clock before 1970 counts as 1970: `as` saturates.
    Timestamp(js_sys::Date::now() as u64)
}
