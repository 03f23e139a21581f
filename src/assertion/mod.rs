//! Pure checks: an expectation and an exchange give verdicts, all of them.

mod body;
mod capture;
mod check;
mod codes;
mod equality;
mod excerpt;
mod header;
mod judge;
mod matcher;
mod schema;
mod snapshot;
mod status;

pub use body::holds;
pub use capture::extract;
pub use check::{Check, CheckResult, Subject};
pub use equality::equal;
pub use judge::{CheckInput, Findings, check};
