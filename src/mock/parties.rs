//! The party register as the mock needs it: looked up by conditions, drawn from by whoever wants parties.

use rand::SeedableRng as _;
use rand::seq::index::sample;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;
use serde_json::{Value, json};

use super::register::{Party, Register};
use crate::begjaering::{PartyKind, RegisteredParty, Ruleset};

/// Parties in an answer at most.
const MOST: usize = 10_000;

/// What is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    kind: Option<WantedKind>,
    rules: Option<WantedRules>,
    unit: Option<Unit>,
    #[serde(default = "one")]
    count: usize,
    #[serde(default)]
    seed: u64,
}

fn one() -> usize {
    1
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WantedKind {
    Person,
    Organisation,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WantedRules {
    New,
    Old,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Unit {
    Main,
    Sub,
    Enk,
}

impl Unit {
    fn of(kind: PartyKind) -> Option<Self> {
        match kind {
            PartyKind::Person => None,
            PartyKind::MainUnit => Some(Self::Main),
            PartyKind::SubUnit => Some(Self::Sub),
            PartyKind::SoleProprietorship => Some(Self::Enk),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Sub => "sub",
            Self::Enk => "enk",
        }
    }
}

impl Wanted {
    /// Organisations are main units unless another unit is asked for: only those can be parties.
    fn fits(&self, party: &Party) -> bool {
        let unit = Unit::of(party.kind);
        let kind = if unit.is_none() {
            WantedKind::Person
        } else {
            WantedKind::Organisation
        };
        let rules = if party.rules == Ruleset::Old {
            WantedRules::Old
        } else {
            WantedRules::New
        };
        self.kind.is_none_or(|wanted| wanted == kind)
            && self.rules.is_none_or(|wanted| wanted == rules)
            && (unit.is_none() && self.unit.is_none() || unit == Some(self.unit.unwrap_or(Unit::Main)))
    }
}

/// Draws parties, each at most once, in an order that depends on the seed alone; fewer where there are no more.
pub fn draw(register: &Register, wanted: &Wanted) -> Vec<Value> {
    let fitting: Vec<&Party> = register
        .parties()
        .iter()
        .filter(|party| wanted.fits(party))
        .collect();
    let count = wanted.count.min(fitting.len()).min(MOST);
    let mut rng = ChaCha8Rng::seed_from_u64(wanted.seed);
    sample(&mut rng, fitting.len(), count)
        .into_iter()
        .map(|index| describe(fitting[index]))
        .collect()
}

fn describe(party: &Party) -> Value {
    let unit = Unit::of(party.kind);
    json!({
        "identifier": party.identifier,
        "kind": if unit.is_none() { "person" } else { "organisation" },
        "name": party.name,
        "rules": if party.rules == Ruleset::Old { "old" } else { "new" },
        "unit": unit.map(Unit::name),
    })
}

/// What the conditions are told of a party.
pub fn registered(register: &Register, identifier: &str) -> Option<RegisteredParty> {
    register.party(identifier).map(|party| RegisteredParty {
        kind: party.kind,
        rules: party.rules,
    })
}

/// The organisation that owns the client: the register's first main unit under the new rules.
pub fn vendor(register: &Register) -> String {
    first(register, PartyKind::MainUnit)
        .map(|party| party.identifier.clone())
        .unwrap_or_default()
}

/// A creditor and a debtor for the fixed test cases, as a request describes them.
pub fn fixed_pair(register: &Register) -> (Value, Value) {
    let party = |kind| first(register, kind).map_or(Value::Null, actor);
    (party(PartyKind::MainUnit), party(PartyKind::Person))
}

fn first(register: &Register, kind: PartyKind) -> Option<&Party> {
    register
        .parties()
        .iter()
        .find(|party| party.kind == kind && party.rules == Ruleset::New)
}

fn actor(party: &Party) -> Value {
    let identifikator =
        json!({"identifikatortype": "taxIdentificationNumber", "verdi": party.identifier, "landkode": "NO"});
    match party.kind {
        PartyKind::Person => {
            let (first, last) = party.name.rsplit_once(' ').unwrap_or(("", &party.name));
            json!({"person": {"personnavn": {"fornavn": first, "etternavn": last}, "identifikator": identifikator}})
        }
        _ => {
            json!({"virksomhet": {"navn": party.name, "identifikator": identifikator, "virksomhetstype": "annet"}})
        }
    }
}
