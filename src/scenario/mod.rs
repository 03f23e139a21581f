//! The scenario language: YAML in, a model with places out. No network, no clock.

mod expect;
mod model;
mod obligation;
mod step;

pub use expect::{BodyExpectation, ConditionSet, Expect, JsonType, Matcher, SnapshotSpec, StatusExpectation};
pub use model::{Given, PartyKind, PartySpec, RequestSpec, RuleSet, Scenario, Test};
pub use obligation::Obligation;
pub use step::{
    Backoff, Call, Capture, CaptureSource, Part, PartContent, PatchOperation, Path, Poll, Raw, Step,
    StepAction,
};
