//! The load tester.

mod engine;
mod quiet;
mod real_mock;
mod service;
