//! `utlegg data kid` and `utlegg data account`.

use serde_json::{Value, json};

use super::arguments::{Account, Kid, RuleWord};
use super::format;
use crate::cli::problem::Problem;
use crate::identity::KidRule;
use crate::testdata::{account_number, draw_for, kid};

/// Payment references.
pub(super) fn kids(arguments: &Kid) -> Result<(), Problem> {
    let rule = match arguments.rule {
        RuleWord::Mod10 => KidRule::Mod10,
        RuleWord::Mod11 => KidRule::Mod11,
    };
    let mut rng = draw_for(arguments.drawn.seed, "data kid");
    let mut draw = || json!({ "kidnummer": kid(&mut rng, arguments.length.into(), rule).as_str() });
    let items: Vec<Value> = (0..arguments.drawn.wanted()).map(|_| draw()).collect();
    format::print(&arguments.drawn, items)
}

/// Account numbers.
pub(super) fn accounts(arguments: &Account) -> Result<(), Problem> {
    let mut rng = draw_for(arguments.drawn.seed, "data account");
    let mut draw = || json!({ "kontonummer": account_number(&mut rng).to_string() });
    let items: Vec<Value> = (0..arguments.drawn.wanted()).map(|_| draw()).collect();
    format::print(&arguments.drawn, items)
}
