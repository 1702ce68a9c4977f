//! Working hours in real time zones: tables of what is known, and a comparison with an independent implementation.

#[path = "hours/chance.rs"]
mod chance;
#[path = "hours/compare.rs"]
mod compare;
#[path = "hours/notation.rs"]
mod notation;
#[path = "hours/tables.rs"]
mod tables;
#[path = "hours/world.rs"]
mod world;
