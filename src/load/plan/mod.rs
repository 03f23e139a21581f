//! Load plans: what is run, by how many or how often, for how long, and what must come of it.

mod model;
mod overrides;

pub use model::{Mixed, Plan};
pub use overrides::Overrides;
