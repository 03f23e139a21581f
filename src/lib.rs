//! Conformance harness and stand-in server for the Norwegian Tax Administration's
//! Utleggsbegjæring API (requests for enforcement of debt).
//!
//! The modules depend on each other in one direction only, lowest first below; `tests/it/architecture.rs` keeps it.

pub mod source;

pub mod identity;

pub mod masking;

pub mod http;

pub mod template;

pub mod settings;

pub mod contract;

pub mod auth;

pub mod begjaering;

pub mod testdata;

pub mod scenario;

pub mod snapshot;

pub mod assertion;

pub mod outcome;

pub mod runner;

pub mod load;

pub mod mock;

pub mod compare;

pub mod coverage;

pub mod report;

pub mod cli;
