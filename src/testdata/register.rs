//! A party register made from a seed: persons and organisations of every kind and under both rules.

use indexmap::IndexMap;
use rand_chacha::ChaCha8Rng;

use super::party::{Kind, Party, Rules};
use super::{draw_for, locked};
use crate::identity::{NationalId, OrganisationNumber};

/// Parties by identifier, in the order they were added.
#[derive(Debug, Clone, Default)]
pub struct Register {
    parties: IndexMap<String, Party>,
}

impl Register {
    /// Draws `persons` and `organisations`, and adds the published identifiers that are locked to the old rules.
    ///
    /// Of ten persons one is under the old rules; of ten organisations one is under the old rules, one is a sub-unit
    /// of the one before it, and one is a sole proprietorship. Everything else is a party that a request under the new
    /// rules may name.
    pub fn generate(seed: u64, persons: usize, organisations: usize) -> Self {
        let mut rng = draw_for(seed, "register");
        let mut register = Self::default();
        for index in 0..persons {
            let rules = if index % 10 == 9 { Rules::Old } else { Rules::New };
            if let Some(person) = Party::generate_person(&mut rng, rules) {
                register.add(person);
            }
        }
        for index in 0..organisations {
            let organisation = register.draw_organisation(&mut rng, index);
            register.add(organisation);
        }
        register.add_locked(&mut rng);
        register
    }

    fn draw_organisation(&self, rng: &mut ChaCha8Rng, index: usize) -> Party {
        let rules = if index % 10 == 9 { Rules::Old } else { Rules::New };
        let mut party = Party::generate_organisation(rng, rules);
        match index % 10 {
            7 => {
                party.kind = Kind::SubUnit;
                party.belongs_to = self.parties.last().map(|(identifier, _)| identifier.clone());
            }
            8 => {
                party.kind = Kind::SoleProprietorship;
                let persons = self.of(Kind::Person, Rules::New);
                party.belongs_to = persons.map(|owner| owner.identifier.clone()).nth(index);
            }
            _ => {}
        }
        party
    }

    fn add_locked(&mut self, rng: &mut ChaCha8Rng) {
        for id in locked::persons().filter_map(|text| NationalId::parse(text).ok()) {
            self.add(Party::person(rng, id, Rules::Old));
        }
        for number in locked::organisations().filter_map(|text| OrganisationNumber::parse(text).ok()) {
            self.add(Party::organisation(rng, number, Rules::Old));
        }
    }

    /// Adds a party, or replaces the one with its identifier.
    pub fn add(&mut self, party: Party) {
        self.parties.insert(party.identifier.clone(), party);
    }

    /// The party with this identifier.
    pub fn get(&self, identifier: &str) -> Option<&Party> {
        self.parties.get(identifier)
    }

    /// All parties, in the order they were added.
    pub fn parties(&self) -> impl Iterator<Item = &Party> {
        self.parties.values()
    }

    /// The parties of one kind under one set of rules, in the order they were added.
    pub fn of(&self, kind: Kind, rules: Rules) -> impl Iterator<Item = &Party> {
        self.parties()
            .filter(move |party| party.kind == kind && party.rules == rules)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_the_register_and_every_kind_is_in_it() {
        let register = Register::generate(7, 40, 40);
        let again = Register::generate(7, 40, 40);
        assert!(register.parties().eq(again.parties()));
        assert!(!register.parties().eq(Register::generate(8, 40, 40).parties()));
        for kind in [
            Kind::Person,
            Kind::MainUnit,
            Kind::SubUnit,
            Kind::SoleProprietorship,
        ] {
            assert!(register.of(kind, Rules::New).count() >= 4, "{kind:?}");
        }
        for kind in [Kind::Person, Kind::MainUnit] {
            assert!(register.of(kind, Rules::Old).count() >= 104, "{kind:?}");
        }
        for part in register.parties().filter(|party| party.kind == Kind::SubUnit) {
            let whole = register.get(part.belongs_to.as_ref().unwrap()).unwrap();
            assert_eq!(whole.kind, Kind::MainUnit);
        }
    }

    #[test]
    fn every_identifier_is_synthetic() {
        for party in Register::generate(3, 100, 100).parties() {
            let synthetic = match party.kind {
                Kind::Person => NationalId::parse(&party.identifier).unwrap().is_synthetic(),
                _ => OrganisationNumber::parse(&party.identifier)
                    .unwrap()
                    .is_synthetic(),
            };
            assert!(synthetic, "{party:?}");
        }
    }

    #[test]
    fn the_published_identifiers_are_under_the_old_rules() {
        let register = Register::generate(1, 0, 0);
        assert_eq!(register.parties().count(), 200);
        assert_eq!(register.get("08907395937").unwrap().rules, Rules::Old);
    }
}
