//! `utlegg data person` and `utlegg data organisation`.

use serde_json::{Value, json};

use super::arguments::{Drawn, Organisation, OrganisationKind, Person, RulesWord};
use super::format;
use crate::cli::problem::Problem;
use crate::report::ExitCode;
use crate::testdata::{Kind, Rules};

/// Persons of the register.
pub(super) fn persons(arguments: &Person) -> Result<(), Problem> {
    print(&arguments.drawn, Kind::Person, arguments.rules)
}

/// Organisations of the register.
pub(super) fn organisations(arguments: &Organisation) -> Result<(), Problem> {
    let kind = match arguments.kind {
        OrganisationKind::Main => Kind::MainUnit,
        OrganisationKind::Sub => Kind::SubUnit,
        OrganisationKind::SoleProprietorship => Kind::SoleProprietorship,
    };
    print(&arguments.drawn, kind, arguments.rules)
}

fn print(drawn: &Drawn, kind: Kind, rules: RulesWord) -> Result<(), Problem> {
    let rules = match rules {
        RulesWord::Old => Rules::Old,
        RulesWord::New => Rules::New,
    };
    let register = super::register(drawn.seed);
    let wanted = drawn.wanted();
    let items: Vec<Value> = register
        .of(kind, rules)
        .take(wanted)
        .map(|party| json!(party))
        .collect();
    if items.len() < wanted {
        let message = format!(
            "the register of a seed has {} of these, not {wanted}; ask for fewer, or take some from another --seed",
            items.len()
        );
        return Err(Problem::new(ExitCode::Usage, message));
    }
    format::print(drawn, items)
}
