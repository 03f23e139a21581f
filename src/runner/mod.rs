//! The interpreter: steps, variables, capture, polling, scheduling. It emits events and prints nothing.

mod call;
mod done;
mod engine;
mod failure;
mod finished_step;
mod given;
mod iteration;
mod known;
mod listener;
mod patch;
mod perform;
mod poll;
mod prepare;
mod record;
mod run_test;
mod select;
mod send;
mod session;
mod variables;
mod wait;
mod world;

pub use call::SeenCall;
pub use engine::run;
pub use finished_step::FinishedStep;
pub use iteration::{Depth, Ended, Iteration};
pub use known::KnownAnswers;
pub use listener::Listener;
pub use run_test::{applicable, test_id};
pub use select::{Selection, UnknownName};
pub use wait::StandIn;
pub use world::{Principal, Target, World};
