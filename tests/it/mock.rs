//! The mock over real loopback HTTP: every stage of the checks, every operation, and what it keeps apart.

mod access;
mod admin;
mod client;
mod conditions;
mod flow;
mod gateway;
mod generated;
mod injection;
mod maskinporten;
