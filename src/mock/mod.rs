//! The stand-in server: the API, Maskinporten and the party register on one loopback port, with an admin interface
//! under `/_utlegg/`.
//!
//! The contract says which addresses, formats and codes there are; `begjaering` says which conditions a request
//! violates; this module remembers cases, attachments, tokens and scripts, and writes a journal of why each request
//! was answered as it was. It never names runner, assertion or snapshot: it does not know who tests it.

mod access;
mod admin;
mod answer;
mod attachment;
mod bounded;
mod call;
mod case;
mod cases;
mod clock;
mod derived;
mod feed;
mod gateway;
mod handout;
mod injection;
mod journal;
mod listener;
mod maskinporten;
mod model;
mod mutant;
mod negotiation;
mod operations;
mod options;
mod parties;
mod payload;
mod refusal;
mod schema;
mod script;
mod script_action;
mod server;
mod state;
mod stored_request;
mod surroundings;
mod xml;
mod xml_reader;
#[cfg(test)]
mod xml_tests;

pub use handout::Handout;
pub use injection::{Hold, Injection, InjectionError, Latency, ServedEntry, ServedPage, Stall};
pub use journal::{JournalEntry, JournalPage, Stage};
pub use maskinporten::{KeyError, Keys};
pub use mutant::Mutant;
pub use options::{Behaviour, Limits, Options, RegisterSize};
pub use parties::{ORGANISATIONS, PERSONS};
pub use server::{ClientCredentials, Server, StartError, app};
pub use state::MockState;
