//! What a comparison of two load runs came to: what `utlegg compare --format json` prints, and what its other forms
//! are written from.
//!
//! A ratio is always head divided by base: 1.12 of a time is 12 % slower, 0.9 of a throughput is 10 % less.

mod finding;
mod quantity;
mod result;

pub use finding::{Estimate, Finding, Judgement, Span, Statistic, Subject};
pub use quantity::{Change, Micros, PerSecond};
pub use result::{COMPARISON_SCHEMA_VERSION, ComparedRun, Comparison, ComparisonSettings, ComparisonVerdict};
