//! The operator's inbox: its rows as the worker tells them, and the list on screen.

mod groups;
mod line;
mod list;
mod ring;
mod row;
mod state;

pub(crate) use groups::Group;
pub(crate) use line::LineState;
pub(crate) use list::List;
pub(crate) use ring::{Ring, time_left};
pub(crate) use row::visitor;
pub(crate) use state::Inbox;
