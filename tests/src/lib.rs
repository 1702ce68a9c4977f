//! What the tests of Guichet share: the deterministic simulation.

pub mod sim;
