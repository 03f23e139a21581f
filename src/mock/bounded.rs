//! A map in shards that forgets its oldest entries instead of growing without end.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};

const SHARDS: usize = 32;

/// A bounded concurrent map. Each key lives in one of a few shards, so that requests about different cases do not
/// wait for each other; no lock is held longer than one call.
#[derive(Debug)]
pub struct Bounded<K, V> {
    shards: Box<[Mutex<Shard<K, V>>]>,
    hasher: RandomState,
    /// Entries in a shard at most.
    limit: usize,
    /// Bytes in a shard at most, unless a single entry has more.
    budget: usize,
}

#[derive(Debug)]
struct Shard<K, V> {
    entries: HashMap<K, Weighed<V>>,
    order: VecDeque<K>,
    weight: usize,
}

#[derive(Debug)]
struct Weighed<V> {
    value: V,
    weight: usize,
}

impl<K: Hash + Eq + Clone, V> Shard<K, V> {
    /// Puts in a key that is not there, forgetting the oldest entries until there is room; gives those.
    fn add(&mut self, key: K, value: V, weight: usize, (limit, budget): (usize, usize)) -> Vec<V> {
        let mut forgotten = Vec::new();
        while self.entries.len() >= limit || self.weight + weight > budget {
            let Some(oldest) = self.order.pop_front() else {
                break;
            };
            forgotten.extend(self.take(&oldest));
        }
        self.weight += weight;
        self.order.push_back(key.clone());
        self.entries.insert(key, Weighed { value, weight });
        forgotten
    }

    fn take(&mut self, key: &K) -> Option<V> {
        let Weighed { value, weight } = self.entries.remove(key)?;
        self.weight -= weight;
        Some(value)
    }
}

impl<K: Hash + Eq + Clone, V> Bounded<K, V> {
    /// At most about `limit` entries (rounded up to a multiple of the number of shards).
    pub fn new(limit: usize) -> Self {
        Self::weighed(limit, usize::MAX)
    }

    /// At most about `limit` entries and about `budget` bytes, by the weights they are put in with.
    pub fn weighed(limit: usize, budget: usize) -> Self {
        let shard = || Shard {
            entries: HashMap::new(),
            order: VecDeque::new(),
            weight: 0,
        };
        Self {
            shards: (0..SHARDS).map(|_| Mutex::new(shard())).collect(),
            hasher: RandomState::new(),
            limit: limit.div_ceil(SHARDS).max(1),
            budget: budget.div_ceil(SHARDS),
        }
    }

    fn shard(&self, key: &K) -> MutexGuard<'_, Shard<K, V>> {
        let hash = usize::try_from(self.hasher.hash_one(key) % SHARDS as u64).unwrap_or_default();
        self.shards[hash].lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn bounds(&self) -> (usize, usize) {
        (self.limit, self.budget)
    }

    /// Puts an entry in that weighs this many bytes, replacing one with the same key; gives the entries that were
    /// forgotten for it.
    pub fn insert(&self, key: K, value: V, weight: usize) -> Vec<V> {
        let mut shard = self.shard(&key);
        match shard.entries.get_mut(&key) {
            Some(entry) => {
                entry.value = value;
                Vec::new()
            }
            None => shard.add(key, value, weight, self.bounds()),
        }
    }

    /// Works on one entry, if it is there.
    pub fn with<R>(&self, key: &K, work: impl FnOnce(&mut V) -> R) -> Option<R> {
        self.shard(key)
            .entries
            .get_mut(key)
            .map(|entry| work(&mut entry.value))
    }

    /// Works on one entry, made first if it is not there.
    pub fn with_or_insert<R: Default>(
        &self,
        key: &K,
        make: impl FnOnce() -> V,
        work: impl FnOnce(&mut V) -> R,
    ) -> R {
        let mut shard = self.shard(key);
        if !shard.entries.contains_key(key) {
            shard.add(key.clone(), make(), 0, self.bounds());
        }
        shard
            .entries
            .get_mut(key)
            .map(|entry| work(&mut entry.value))
            .unwrap_or_default()
    }

    /// Whether the key is there.
    pub fn contains(&self, key: &K) -> bool {
        self.shard(key).entries.contains_key(key)
    }

    /// Puts an entry in unless the key is taken; says whether it did. Atomic, so of two equal requests one wins.
    pub fn insert_if_absent(&self, key: K, value: V) -> bool {
        let mut shard = self.shard(&key);
        if shard.entries.contains_key(&key) {
            return false;
        }
        shard.add(key, value, 0, self.bounds());
        true
    }

    /// Takes an entry out.
    pub fn remove(&self, key: &K) -> Option<V> {
        let mut shard = self.shard(key);
        let removed = shard.take(key)?;
        shard.order.retain(|other| other != key);
        Some(removed)
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.shards
            .iter()
            .map(|s| s.lock().unwrap_or_else(PoisonError::into_inner).entries.len())
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_and_the_newest_stay() {
        let map = Bounded::new(SHARDS);
        for i in 0..1000 {
            map.insert(i, i, 0);
        }
        assert!(map.len() <= SHARDS);
        assert_eq!(map.with(&999, |v| *v), Some(999));
        assert_eq!(map.with(&0, |v| *v), None);
    }

    #[test]
    fn replacing_evicts_nobody_and_a_taken_key_is_not_taken_again() {
        let map = Bounded::new(1);
        map.insert("a", 1, 0);
        map.insert("a", 2, 0);
        assert!(!map.insert_if_absent("a", 3));
        assert_eq!(map.with(&"a", |v| *v), Some(2));
        assert_eq!(map.remove(&"a"), Some(2));
        assert!(map.insert_if_absent("a", 4));
        assert_eq!(map.with_or_insert(&"a", || 9, |v| *v), 4);
    }

    #[test]
    fn heavy_entries_push_others_out_before_the_limit_is_reached() {
        let map = Bounded::weighed(10_000, 10 * SHARDS);
        for i in 0..1000 {
            map.insert(i, i, 5);
        }
        assert!(map.len() <= 2 * SHARDS);
        map.insert(1000, 1000, 9_999);
        assert_eq!(map.with(&1000, |v| *v), Some(1000));
        map.insert(1000, 1001, 1);
        assert_eq!(map.remove(&1000), Some(1001));
    }
}
