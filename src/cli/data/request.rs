//! `utlegg data request`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::arguments::{Format, Request};
use super::format;
use crate::cli::problem::Problem;
use crate::identity::{NationalId, OrganisationNumber};
use crate::report::ExitCode;
use crate::testdata::request::{Order, Parties, complex, simple};
use crate::testdata::{Kind, LatePaymentRates, Party, Register, Rules, draw_for};

/// Claims of a complex request when nothing else is asked for: as many as every kind of ground needs.
const CLAIMS: u32 = 20;

/// Prints requests.
pub(super) fn main(arguments: &Request) -> Result<(), Problem> {
    if arguments.drawn.format == Format::Csv {
        return Err(usage(
            "a request does not fit into CSV; take --format json or yaml",
        ));
    }
    let register = super::register(arguments.drawn.seed);
    let rates = LatePaymentRates::builtin()?;
    let requests: Result<Vec<Value>, Problem> = (0..arguments.drawn.wanted())
        .map(|number| request(arguments, &register, &rates, number))
        .collect();
    format::print(&arguments.drawn, requests?)
}

fn request(
    arguments: &Request,
    register: &Register,
    rates: &LatePaymentRates,
    number: usize,
) -> Result<Value, Problem> {
    let attachments: BTreeMap<String, String> = arguments.attachment.iter().cloned().collect();
    let order = Order {
        model: arguments.model,
        seed: arguments.drawn.seed,
        number,
        date: arguments.date,
        parties: &parties(arguments, register, number)?,
        rates,
        ground: arguments.ground,
        attachments: &attachments,
    };
    let made = match arguments.claims {
        None if !arguments.complex => simple(&order),
        claims => complex(&order, claims.unwrap_or(CLAIMS) as usize),
    };
    made.map_err(usage)
}

/// The drawn parties, but for those that were named.
fn parties(arguments: &Request, register: &Register, number: usize) -> Result<Parties, Problem> {
    let mut parties = Parties::draw(register, arguments.drawn.seed, number)
        .ok_or_else(|| Problem::invalid("the register of parties is too small for a request"))?;
    let named = |identifier: &Option<String>, role| {
        let identifier = identifier.as_deref();
        identifier
            .map(|identifier| party(identifier, role, register))
            .transpose()
    };
    if let Some(innsender) = named(&arguments.innsender, Role::Innsender)? {
        parties.innsender = innsender;
    }
    if let Some(saksoeker) = named(&arguments.saksoeker, Role::Saksoeker)? {
        parties.saksoeker = saksoeker;
    }
    if let Some(saksoekt) = named(&arguments.saksoekt, Role::Saksoekt)? {
        parties.saksoekt = saksoekt;
    }
    if parties.saksoeker.identifier == parties.saksoekt.identifier {
        let identifier = &parties.saksoekt.identifier;
        return Err(usage(format!(
            "{identifier} would be creditor and debtor; name another with --saksoeker or --saksoekt"
        )));
    }
    Ok(parties)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Innsender,
    Saksoeker,
    Saksoekt,
}

/// The party of the register with this identifier, or one that is made up for it.
fn party(identifier: &str, role: Role, register: &Register) -> Result<Party, Problem> {
    let party = match register.get(identifier) {
        Some(party) => party.clone(),
        None => made_up(identifier, role)?,
    };
    let complaint = match (role, party.kind, party.rules) {
        (Role::Innsender, Kind::Person, _) => "is a person; a submitter is an organisation",
        (Role::Saksoeker | Role::Saksoekt, Kind::SubUnit, _) => "is a sub-unit, which cannot be a party",
        (Role::Saksoeker | Role::Saksoekt, Kind::SoleProprietorship, _) => {
            "is a sole proprietorship; name its owner"
        }
        (Role::Saksoekt, _, Rules::Old) => "is under the old rules, which this API does not serve",
        _ => return Ok(party),
    };
    Err(usage(format!("{identifier} {complaint}")))
}

fn made_up(identifier: &str, role: Role) -> Result<Party, Problem> {
    let mut rng = draw_for(0, identifier);
    if let Ok(id) = NationalId::parse(identifier) {
        return if id.is_synthetic() {
            Ok(Party::person(&mut rng, id, Rules::New))
        } else {
            // The number itself is not repeated: it may be somebody's.
            Err(usage(
                "a person in a request must be synthetic: the month is 80 too high",
            ))
        };
    }
    match OrganisationNumber::parse(identifier) {
        Ok(number) if role == Role::Innsender || number.is_synthetic() => {
            Ok(Party::organisation(&mut rng, number, Rules::New))
        }
        Ok(_) => Err(usage(
            "a creditor or debtor must be synthetic: an organisation number that begins with 2 or 3",
        )),
        Err(_) => Err(usage(
            "an identifier is a national identity number (11 digits) or an organisation number (9) with right check digits",
        )),
    }
}

fn usage(message: impl std::fmt::Display) -> Problem {
    Problem::new(ExitCode::Usage, message)
}
