//! Synthetic parties: generated with names and addresses, kept in a register, leased from a pool so that two scenarios
//! never hold the same one at the same time; and whole requests that name them. Everything is drawn from a seed, so that a
//! run can be repeated.

mod address;
mod draw;
mod interest;
mod late_payment;
mod locked;
mod names;
mod party;
mod payment;
mod pool;
mod register;
pub mod request;

pub use address::Address;
pub use draw::{draw_for, unique_reference};
pub use interest::{InterestTerms, interest};
pub use late_payment::LatePaymentRates;
pub use party::{Kind, Name, Party, Rules};
pub use payment::{account_number, kid};
pub use pool::{Choice, Lease, Pool, Wanted};
pub use register::Register;
