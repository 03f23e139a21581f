//! The grammar of the language as data: every mapping's keys, their types and what they mean.
//!
//! One declaration serves three readers: the checker, which reports whatever does not fit; the JSON Schema for
//! editors; and whoever reads the documentation.

mod check;
mod document;
mod expect;
pub(super) mod form;
mod given;
mod json_schema;
mod mock;
mod plan;
mod shape;
mod step;

pub use crate::source::parse_duration as duration;
pub(super) use check::Checker;
pub(super) use document::{DOCUMENT, GROUP, REQUEST, SCENARIO};
pub use form::sample_every;
pub(super) use form::{Form, jsonpath_is_singular};
pub use json_schema::{json_schema, plan_json_schema};
pub(super) use plan::PLAN;
pub(super) use shape::{Entries, Key, KeyForm, Mapping, Shape, Variants};
pub(super) use step::STEP_LIST;
