//! What the tests of Guichet share: a rig around a real Worker, real browsers, the deterministic simulation, and the document of the API.

pub mod bench;
pub mod browser;
pub mod model;
pub mod openapi;
mod random;
pub mod rig;
pub mod sim;
