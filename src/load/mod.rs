//! Load: the scenarios of the functional run driven by many users or arrivals, every call measured, every answer checked.

pub mod engine;
pub mod health;
pub mod measure;
pub mod plan;
pub mod schedule;
pub mod selfcheck;
pub mod threshold;
