//! The build: from the crates to what is served and uploaded.
//!
//! There is one kind of build. What is tested is what ships, and a step whose input has not changed is skipped.

mod assets;
mod edge;
mod front;
mod page;
mod stamp;
mod trim;
mod words;

use std::env;

pub use assets::CONFIG;

use crate::fail::Result;
use crate::paths;
use crate::tools::{self, Tools};

/// Set to `1` for a wrangler that shall serve what was built before, and build nothing.
pub const BUILT: &str = "GUICHET_BUILT";

/// Builds the widget, the console and the Worker, and lays out the assets.
pub fn build() -> Result<()> {
    if env::var_os(BUILT).is_some_and(|value| value == "1") {
        return Ok(());
    }
    let tools = Tools::ready()?;
    let _one_at_a_time = tools::lock(&paths::work())?;
    let apps = front::build(&tools)?;
    edge::build(&tools)?;
    assets::lay_out(&apps)
}
