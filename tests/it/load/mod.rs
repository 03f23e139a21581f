//! The load tester.

mod engine;
mod service;
