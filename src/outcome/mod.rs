//! Every type a report reads: events, verdicts, exchanges, summaries. Versioned and serialisable, without behaviour.

mod event;
mod exchange;
mod verdict;

pub use event::{
    Environment, Event, Interruption, Note, NoteKind, RunFinished, RunStarted, SCHEMA_VERSION, StepKind,
    StepRecord, TestFinished, TestId, TestStarted,
};
pub use exchange::{ExchangeRecord, HeaderRecord, RequestRecord, ResponseRecord};
pub use verdict::{StepOutcome, Verdict};
