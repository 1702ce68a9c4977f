//! The three durable objects: thin shells around the cores of `shared`.

mod answer;
mod conversation;
mod deliver;
mod desk;
mod files;
mod operator;
mod shell;
mod sockets;
mod store;

use deliver::{HINT_PATH, NOTE_PATH};
