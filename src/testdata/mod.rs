//! Synthetic parties: generated with names and addresses, kept in a register, leased from a pool so that two scenarios
//! never hold the same one at the same time. Everything is drawn from a seed, so that a run can be repeated.

mod address;
mod draw;
mod locked;
mod names;
mod party;
mod pool;
mod register;

pub use address::Address;
pub use draw::{draw_for, unique_reference};
pub use party::{Kind, Name, Party, Rules};
pub use pool::{Lease, Pool, Wanted};
pub use register::Register;
