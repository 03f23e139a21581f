//! A pool that lends parties: nobody else gets one while it is lent.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rand::RngExt;

use super::draw_for;
use super::party::{Kind, Party, Rules};

/// What a scenario asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Wanted {
    /// The kind of party.
    pub kind: Kind,
    /// The rules it is under.
    pub rules: Rules,
}

/// Which parties a borrower is content with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Its own: those that the seed and its keys stand for, whatever others do at the moment.
    Own,
    /// Its own, or the next that are free.
    Any,
}

/// Parties to lend. Cloning shares the pool.
#[derive(Debug, Clone)]
pub struct Pool {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    seed: u64,
    parties: Vec<Arc<Party>>,
    /// The indices of the parties that fit each wish.
    fitting: HashMap<Wanted, Vec<usize>>,
    lent: Mutex<HashSet<usize>>,
}

impl Pool {
    /// A pool of these parties; the seed decides who is lent to whom.
    pub fn new(seed: u64, parties: impl IntoIterator<Item = Party>) -> Self {
        let parties: Vec<Arc<Party>> = parties.into_iter().map(Arc::new).collect();
        let mut fitting: HashMap<Wanted, Vec<usize>> = HashMap::new();
        for (index, Party { kind, rules, .. }) in parties.iter().map(AsRef::as_ref).enumerate() {
            let wanted = Wanted {
                kind: *kind,
                rules: *rules,
            };
            fitting.entry(wanted).or_default().push(index);
        }
        let lent = Mutex::default();
        Self {
            shared: Arc::new(Shared {
                seed,
                parties,
                fitting,
                lent,
            }),
        }
    }

    /// Lends a party until the lease is dropped; nothing when all that fit are lent or there are none.
    ///
    /// `key` names the borrower (scenario, case, role): it gets the same party in every run with the same seed and
    /// pool, unless another borrower holds that one at the moment; then it gets the next.
    pub fn lease(&self, wanted: Wanted, key: &str) -> Option<Lease> {
        self.lease_all(&[(wanted, key.to_owned())], Choice::Any)?.pop()
    }

    /// Lends a party for each wish, all or none, so that two borrowers never wait for each other.
    ///
    /// With [`Choice::Own`] nothing is lent while another borrower holds one of the parties that the keys stand for.
    pub fn lease_all(&self, wishes: &[(Wanted, String)], choice: Choice) -> Option<Vec<Lease>> {
        let mut lent = self.shared.lent.lock().unwrap_or_else(PoisonError::into_inner);
        let mut chosen: Vec<usize> = Vec::new();
        for (wanted, key) in wishes {
            let fitting = self.shared.fitting.get(wanted)?;
            let start = draw_for(self.shared.seed, key).random_range(0..fitting.len());
            let in_turn = fitting[start..].iter().chain(&fitting[..start]).copied();
            let mut open = in_turn.filter(|index| !chosen.contains(index));
            let index = match choice {
                Choice::Own => open.next().filter(|index| !lent.contains(index))?,
                Choice::Any => open.find(|index| !lent.contains(index))?,
            };
            chosen.push(index);
        }
        lent.extend(&chosen);
        let lease = |index: usize| Lease {
            party: Arc::clone(&self.shared.parties[index]),
            index,
            shared: Arc::clone(&self.shared),
        };
        Some(chosen.into_iter().map(lease).collect())
    }

    /// A party for each wish by this seed, lent or not: for a load, in which many share a party. Wishes that nothing fits
    /// are left out; one party comes twice only where there are fewer than wishes.
    pub fn draw(&self, wishes: &[Wanted], seed: u64) -> Vec<&Party> {
        let mut chosen: Vec<usize> = Vec::with_capacity(wishes.len());
        for (position, wanted) in wishes.iter().enumerate() {
            let Some(fitting) = self.shared.fitting.get(wanted) else {
                continue;
            };
            // Seeds of iterations are spread evenly already; the position keeps two wishes apart.
            let position = u64::try_from(position).unwrap_or(0);
            let mixed = seed.rotate_left(17).wrapping_add(position) % (fitting.len() as u64);
            let start = usize::try_from(mixed).unwrap_or(0);
            let mut in_turn = fitting[start..].iter().chain(&fitting[..start]).copied();
            let next = in_turn.find(|index| !chosen.contains(index));
            chosen.push(next.unwrap_or(fitting[start]));
        }
        chosen
            .into_iter()
            .map(|index| self.shared.parties[index].as_ref())
            .collect()
    }

    /// How many parties fit, lent or not.
    pub fn count(&self, wanted: Wanted) -> usize {
        self.shared.fitting.get(&wanted).map_or(0, Vec::len)
    }
}

/// A party lent by a pool; dropping it gives the party back.
pub struct Lease {
    party: Arc<Party>,
    index: usize,
    shared: Arc<Shared>,
}

impl Lease {
    /// The party.
    pub fn party(&self) -> &Party {
        &self.party
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Lease").field(&self.party.identifier).finish()
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let mut lent = self.shared.lent.lock().unwrap_or_else(PoisonError::into_inner);
        lent.remove(&self.index);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testdata::Register;

    const DEBTOR: Wanted = Wanted {
        kind: Kind::Person,
        rules: Rules::New,
    };

    fn pool(persons: usize) -> Pool {
        Pool::new(1, Register::generate(1, persons, 0).parties().cloned())
    }

    #[test]
    fn a_borrower_of_several_gets_its_own_or_none() {
        let pool = pool(10);
        let wishes = ["a", "b"].map(|key| (DEBTOR, key.to_owned()));
        let names = |leases: &[Lease]| -> Vec<String> {
            let parties = leases.iter().map(Lease::party);
            parties.map(|party| party.identifier.clone()).collect()
        };
        let first = pool.lease_all(&wishes, Choice::Own).unwrap();
        let own = names(&first);
        assert_ne!(own[0], own[1]);
        assert!(pool.lease_all(&wishes, Choice::Own).is_none());
        let others = pool.lease_all(&wishes, Choice::Any).unwrap();
        assert!(names(&others).iter().all(|other| !own.contains(other)));
        drop(first);
        assert_eq!(names(&pool.lease_all(&wishes, Choice::Own).unwrap()), own);
    }

    #[test]
    fn nobody_holds_a_party_twice_and_it_comes_back() {
        let pool = pool(10);
        let leases: Vec<Lease> = (0..9)
            .map(|n| pool.lease(DEBTOR, &n.to_string()).unwrap())
            .collect();
        let identifiers: HashSet<&str> = leases
            .iter()
            .map(|lease| lease.party().identifier.as_str())
            .collect();
        assert_eq!((identifiers.len(), pool.count(DEBTOR)), (9, 9));
        assert!(pool.lease(DEBTOR, "one more").is_none());
        drop(leases);
        assert!(pool.lease(DEBTOR, "one more").is_some());
    }

    #[test]
    fn a_load_shares_parties_but_no_iteration_has_one_twice() {
        let pool = pool(5);
        let lent = pool.lease_all(&[(DEBTOR, "a".to_owned())], Choice::Any);
        let mut seen = HashSet::new();
        for seed in 0..200_u64 {
            let drawn = pool.draw(&[DEBTOR, DEBTOR], seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let [first, second] = drawn.as_slice() else {
                panic!("two parties");
            };
            assert_ne!(first.identifier, second.identifier);
            seen.insert(first.identifier.clone());
        }
        // Every party has its turn, the one that is lent too.
        assert_eq!(seen.len(), pool.count(DEBTOR));
        drop(lent);
    }

    #[test]
    fn the_borrower_and_the_seed_decide_who_is_lent() {
        let lent = |key: &str| pool(100).lease(DEBTOR, key).unwrap().party().identifier.clone();
        assert_eq!(lent("a scenario"), lent("a scenario"));
        assert_ne!(lent("a scenario"), lent("another"));
    }

    #[test]
    fn what_the_pool_does_not_have_is_not_lent() {
        let sub_unit = Wanted {
            kind: Kind::SubUnit,
            rules: Rules::New,
        };
        assert!(pool(10).lease(sub_unit, "x").is_none());
    }

    #[test]
    fn threads_never_share_a_party() {
        let pool = pool(4);
        let held = Mutex::new(HashSet::new());
        std::thread::scope(|scope| {
            for worker in 0..4 {
                let (pool, held) = (&pool, &held);
                scope.spawn(move || {
                    for round in 0..100 {
                        let Some(lease) = pool.lease(DEBTOR, &format!("{worker}/{round}")) else {
                            continue;
                        };
                        let identifier = lease.party().identifier.clone();
                        assert!(held.lock().unwrap().insert(identifier.clone()));
                        std::thread::yield_now();
                        held.lock().unwrap().remove(&identifier);
                    }
                });
            }
        });
    }
}
