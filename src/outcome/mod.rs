//! Every type a report reads: events, verdicts, exchanges, summaries. Versioned and serialisable, without behaviour.

pub mod comparison;
mod event;
mod exchange;
pub mod load;
mod summary;
mod verdict;

pub use event::{
    Environment, Event, Interruption, Note, NoteKind, RunFinished, RunStarted, SCHEMA_VERSION, StepKind,
    StepRecord, TestFinished, TestId, TestStarted,
};
pub use exchange::{ExchangeRecord, HeaderRecord, RequestRecord, ResponseRecord};
pub use summary::{
    CheckCounts, Completion, Counts, Measure, MeasureSummary, NoteGroup, Problem, Summary, TestSummary,
};
pub use verdict::{StepOutcome, Verdict};

// Reports read these too, and may name no module but this one and `source`.
pub use crate::assertion::{Check, CheckResult, Subject};
pub use crate::scenario::Obligation;
