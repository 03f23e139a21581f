//! What a load run came to: the content of `load.json`, and what every report of a load run is written from.
//!
//! All times are whole microseconds. A *row* is a step, a whole scenario or a named measurement; each has a response
//! time (from the intended start to the last byte of the body) and a service time (from the actual start).

mod failure;
mod health;
mod latency;
mod plan;
mod result;
mod row;
mod second;
mod threshold;

pub use failure::{FailureGroup, FailureKind};
pub use health::{Health, HealthLimit};
pub use latency::{Latency, Quantile};
pub use plan::{Arrivals, CheckPolicy, MixEntry, PlanRecord, Stage, StageKind, UserModel};
pub use result::{Checked, Ending, Host, Iterations, LOAD_SCHEMA_VERSION, LoadResult, LoadStarted, Traffic};
pub use row::{Row, RowKind};
pub use second::Second;
pub use threshold::{ThresholdOutcome, ThresholdResult};
