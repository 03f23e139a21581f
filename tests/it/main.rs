//! Integration tests, one module for each part, in one binary.

mod contract;
mod http;
