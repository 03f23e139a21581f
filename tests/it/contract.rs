//! The built-in contracts say what the published facts say, judge requests and answers, and broken contracts end in
//! diagnostics.

mod answers;
mod broken;
mod codes;
mod foreign;
mod operations;
mod relaxations;
pub mod requests;

use std::sync::Arc;

use utlegg::contract::Contract;

/// The built-in contract of a model.
fn builtin(model: &str) -> Arc<Contract> {
    Contract::builtin(model).expect("the built-in contract loads")
}
