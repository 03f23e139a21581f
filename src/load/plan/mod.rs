//! Load plans: what is run, by how many or how often, for how long, and what must come of it.

mod doubts;
mod fingerprint;
mod levels;
mod mix;
mod model;
mod overrides;
mod reader;
mod thresholds;
mod written;

pub use model::{Mixed, Plan};
pub use overrides::{Overrides, parse_check, parse_think};
pub use reader::{Loaded, Plans};
