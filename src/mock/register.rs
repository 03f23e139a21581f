//! Interim register.

use std::collections::HashMap;

use jiff::civil::Date;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use crate::begjaering::{PartyKind, Ruleset};
use crate::identity::{NationalId, NationalIdKind, OrganisationNumber};

#[derive(Debug, Clone)]
pub struct Party {
    pub identifier: String,
    pub name: String,
    pub kind: PartyKind,
    pub rules: Ruleset,
}

#[derive(Debug)]
pub struct Register {
    parties: Vec<Party>,
    by_identifier: HashMap<String, usize>,
}

impl Register {
    pub fn generate(seed: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut parties = Vec::new();
        for n in 0..2000 {
            let rules = if n % 4 == 3 { Ruleset::Old } else { Ruleset::New };
            let identifier = if n % 2 == 0 {
                let born = Date::constant(1950, 1, 1)..=Date::constant(2005, 12, 31);
                NationalId::generate(&mut rng, NationalIdKind::Foedselsnummer, born).map(|i| i.to_string())
            } else {
                Some(OrganisationNumber::generate(&mut rng).to_string())
            };
            let kind = match n % 20 {
                n if n % 2 == 0 => PartyKind::Person,
                17 => PartyKind::SubUnit,
                19 => PartyKind::SoleProprietorship,
                _ => PartyKind::MainUnit,
            };
            if let Some(identifier) = identifier {
                parties.push(Party {
                    identifier,
                    name: format!("SYNTETISK NUMMER {n}"),
                    kind,
                    rules,
                });
            }
        }
        let by_identifier = parties
            .iter()
            .enumerate()
            .map(|(i, p)| (p.identifier.clone(), i))
            .collect();
        Self {
            parties,
            by_identifier,
        }
    }

    pub fn party(&self, identifier: &str) -> Option<&Party> {
        self.by_identifier.get(identifier).map(|i| &self.parties[*i])
    }

    pub fn parties(&self) -> &[Party] {
        &self.parties
    }
}
