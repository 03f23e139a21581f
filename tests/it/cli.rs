//! The built binary, used as people use it.

mod bad_answers;
mod bad_input;
mod baseline;
mod contracts;
mod exit_codes;
mod guard;
mod help;
mod interruption;
mod load;
mod mock;
mod output;
mod raw_server;
mod reports;
mod seed;
mod snapshots;
mod token;
