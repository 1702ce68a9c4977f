//! What the tests of Guichet share: a rig around a real Worker, real browsers, and the deterministic simulation.

pub mod browser;
pub mod rig;
pub mod sim;
