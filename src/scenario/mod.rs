//! The scenario language: YAML in, a model with places out. No network, no clock.
//!
//! Files are read into nodes; documents are held against the [grammar](json_schema); cases and groups are unfolded;
//! what remains is decoded into [`Test`]s, and those are checked against the contract and for the variables they use.

mod case;
mod contract_check;
mod decode;
mod expect;
mod files;
mod grammar;
mod identifiers;
mod language;
mod library;
mod model;
mod obligation;
mod plan_document;
mod problems;
mod registry;
mod step;
mod unfold;
mod variables;

pub use expect::{BodyExpectation, ConditionSet, Expect, JsonType, Matcher, SnapshotSpec, StatusExpectation};
pub use files::{Disk, Files, discover, find};
pub use grammar::{duration, json_schema, plan_json_schema, sample_every};
pub use language::{Language, Loaded};
pub use model::{Given, PartyKind, PartySpec, RequestSpec, RuleSet, Scenario, Test};
pub use obligation::Obligation;
pub use plan_document::{is_plan, plan_document};
pub use step::{
    Backoff, Call, Capture, CaptureSource, Part, PartContent, PatchOperation, Path, Poll, Raw, Step,
    StepAction,
};
