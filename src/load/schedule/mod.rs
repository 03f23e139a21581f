//! When what is due: stages as a level over time, arrivals as the moments at which its integral passes whole numbers.
//! Nothing here looks at a clock.

mod arrivals;
mod curve;
mod spread;

pub use arrivals::ArrivalTimes;
pub use curve::Curve;
pub use spread::{Mix, iteration_seed, spread};
