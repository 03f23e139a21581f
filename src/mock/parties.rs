//! The party register as the mock uses it: looked up by conditions, drawn from by whoever wants parties.

use rand::seq::index::sample;
use serde::Deserialize;
use serde_json::Value;

use crate::begjaering::{PartyKind, RegisteredParty, Ruleset};
use crate::testdata::{Kind, Party, Register, Rules, draw_for};

/// Persons in the register of a mock.
pub const PERSONS: usize = 1000;
/// Organisations in the register of a mock.
pub const ORGANISATIONS: usize = 500;

/// What is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    kind: Option<WantedKind>,
    rules: Option<WantedRules>,
    #[serde(default = "one")]
    count: usize,
    #[serde(default)]
    seed: u64,
}

fn one() -> usize {
    1
}

/// `organisation` means one that can be a party, which is a main unit.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WantedKind {
    Person,
    #[serde(alias = "main-unit")]
    Organisation,
    SubUnit,
    SoleProprietorship,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WantedRules {
    #[serde(alias = "nytt")]
    New,
    #[serde(alias = "gammelt")]
    Old,
}

impl Wanted {
    fn fits(&self, party: &Party) -> bool {
        let kind = self.kind.map(|kind| match kind {
            WantedKind::Person => Kind::Person,
            WantedKind::Organisation => Kind::MainUnit,
            WantedKind::SubUnit => Kind::SubUnit,
            WantedKind::SoleProprietorship => Kind::SoleProprietorship,
        });
        let rules = self.rules.map(|rules| match rules {
            WantedRules::New => Rules::New,
            WantedRules::Old => Rules::Old,
        });
        kind.is_none_or(|kind| kind == party.kind) && rules.is_none_or(|rules| rules == party.rules)
    }
}

/// Draws parties, each at most once, in an order that depends on the seed alone; fewer where there are no more.
pub fn draw<'a>(register: &'a Register, wanted: &Wanted) -> Vec<&'a Party> {
    let fitting: Vec<&Party> = register.parties().filter(|party| wanted.fits(party)).collect();
    let count = wanted.count.min(fitting.len());
    let mut rng = draw_for(wanted.seed, "parties");
    sample(&mut rng, fitting.len(), count)
        .into_iter()
        .map(|index| fitting[index])
        .collect()
}

/// What the conditions are told of a party.
pub fn registered(register: &Register, identifier: &str) -> Option<RegisteredParty> {
    let party = register.get(identifier)?;
    let kind = match party.kind {
        Kind::Person => PartyKind::Person,
        Kind::MainUnit => PartyKind::MainUnit,
        Kind::SubUnit => PartyKind::SubUnit,
        Kind::SoleProprietorship => PartyKind::SoleProprietorship,
    };
    let rules = match party.rules {
        Rules::Old => Ruleset::Old,
        Rules::New => Ruleset::New,
    };
    Some(RegisteredParty { kind, rules })
}

/// The organisation that owns the client: the register's first main unit under the new rules.
pub fn vendor(register: &Register) -> String {
    let mut units = register.of(Kind::MainUnit, Rules::New);
    units
        .next()
        .map(|party| party.identifier.clone())
        .unwrap_or_default()
}

/// A creditor and a debtor for the fixed test cases, as a request describes them.
pub fn fixed_pair(register: &Register) -> (Value, Value) {
    let actor = |kind| {
        let party = register.of(kind, Rules::New).next();
        party.map_or(Value::Null, |party| party.to_json()["aktoer"].take())
    };
    (actor(Kind::MainUnit), actor(Kind::Person))
}
