//! Integration tests, one module for each part, in one binary.

// Functions that tests share stop the test as the tests themselves do.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

mod architecture;
mod assertion;
mod begjaering;
mod cli;
mod command;
mod compare;
mod contract;
mod coverage;
mod data;
mod explain;
mod http;
mod identity;
mod lint;
mod load;
mod mock;
mod mutants;
mod new_model;
mod plans;
mod readme;
mod report;
mod runner;
mod scenario;
mod scenarios;
mod snapshot;
mod stand_in;
mod validate;
