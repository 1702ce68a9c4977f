//! The operator's inbox: its rows as the worker tells them, and the list on screen.

mod gone;
mod groups;
mod line;
mod list;
mod ring;
mod row;
mod state;

pub(crate) use groups::Group;
pub(crate) use line::{LineState, url};
pub(crate) use list::{FirstChat, List, name as group_name, neighbour, title_id};
pub(crate) use ring::Ring;
pub(crate) use row::{Offer, Pinned, called, initials};
pub(crate) use state::Inbox;
