//! Who is in a request.

use rand::seq::IteratorRandom;
use rand::{Rng, RngExt};

use crate::testdata::{Kind, Party, Register, Rules, draw_for};

/// The parties of a request. A service accepts it only if it knows them, the debtor under the new rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parties {
    /// The creditor.
    pub saksoeker: Party,
    /// The organisation that submits, a debt-collection agency.
    pub innsender: Party,
    /// The debtor.
    pub saksoekt: Party,
    /// The person who signs for the submitter and holds its licence.
    pub prosessfullmektig: Party,
}

impl Parties {
    /// Draws those of the request with this number of the seed: four different parties under the new rules, the
    /// submitter always the register's first main unit, every fourth debtor an organisation.
    ///
    /// Nothing when the register has too few.
    pub fn draw(register: &Register, seed: u64, number: usize) -> Option<Self> {
        let mut rng = draw_for(seed, &format!("request parties {number}"));
        let innsender = register.of(Kind::MainUnit, Rules::New).next()?;
        let saksoeker = pick(register, &mut rng, Kind::MainUnit, &[innsender])?;
        let kind = if rng.random_ratio(1, 4) {
            Kind::MainUnit
        } else {
            Kind::Person
        };
        let saksoekt = pick(register, &mut rng, kind, &[innsender, saksoeker])?;
        let prosessfullmektig = pick(register, &mut rng, Kind::Person, &[saksoekt])?;
        Some(Self {
            saksoeker: saksoeker.clone(),
            innsender: innsender.clone(),
            saksoekt: saksoekt.clone(),
            prosessfullmektig: prosessfullmektig.clone(),
        })
    }
}

/// One of a kind under the new rules that is none of `others`.
fn pick<'a, R: Rng>(register: &'a Register, rng: &mut R, kind: Kind, others: &[&Party]) -> Option<&'a Party> {
    let fitting = register.of(kind, Rules::New);
    fitting
        .filter(|party| others.iter().all(|other| other.identifier != party.identifier))
        .choose_stable(rng)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_different_parties_that_a_number_repeats() {
        let register = Register::generate(1, 10, 10);
        for number in 0..50 {
            let parties = Parties::draw(&register, 1, number).unwrap();
            assert_eq!(Some(&parties), Parties::draw(&register, 1, number).as_ref());
            let all = [
                &parties.saksoeker,
                &parties.innsender,
                &parties.saksoekt,
                &parties.prosessfullmektig,
            ];
            let identifiers: std::collections::HashSet<_> = all.map(|party| &party.identifier).into();
            assert_eq!(identifiers.len(), 4);
            assert!(all.iter().all(|party| party.rules == Rules::New));
            assert_eq!(parties.prosessfullmektig.kind, Kind::Person);
        }
        assert_eq!(Parties::draw(&Register::default(), 1, 0), None);
    }
}
