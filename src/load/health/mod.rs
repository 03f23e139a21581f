//! Whether the injector itself could hold what was asked of it: how late it woke, what it used, what it left out.

mod heartbeat;
mod limits;
mod monitor;
mod process;
#[cfg(test)]
mod tests;
mod words;

pub use limits::{
    CPU_LIMIT, DROPPED_LIMIT, LAG_LIMIT, LAG_SHARE_OF_MEDIAN, LIMIT_OF_ACHIEVED, Observed, judge,
};
pub use monitor::{Injector, Monitor};
