//! Known slowness: latencies from a distribution, stalls, a bound on what is at work at once; and, with it, what each
//! request was really served in. It is what a load tester is held against.

mod apply;
mod latency;
mod orders;
mod routes;
mod served;
mod specification;
mod stall;
mod timer;
mod wire;

pub use apply::around;
pub use latency::Latency;
pub use orders::Injector;
pub use routes::routes;
pub use served::{ServedEntry, ServedLog, ServedPage};
pub use specification::{Hold, Injection, InjectionError};
pub use stall::Stall;
pub use wire::Wire;
