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
    limit_per_shard: usize,
}

#[derive(Debug)]
struct Shard<K, V> {
    entries: HashMap<K, V>,
    order: VecDeque<K>,
}

impl<K: Hash + Eq, V> Shard<K, V> {
    /// Forgets the oldest entry when there is no room for one more.
    fn make_room(&mut self, limit: usize) -> Option<V> {
        if self.entries.len() < limit {
            return None;
        }
        let oldest = self.order.pop_front()?;
        self.entries.remove(&oldest)
    }
}

impl<K: Hash + Eq + Clone, V> Bounded<K, V> {
    /// At most about `limit` entries (rounded up to a multiple of the number of shards).
    pub fn new(limit: usize) -> Self {
        let shard = || {
            Mutex::new(Shard {
                entries: HashMap::new(),
                order: VecDeque::new(),
            })
        };
        Self {
            shards: (0..SHARDS).map(|_| shard()).collect(),
            hasher: RandomState::new(),
            limit_per_shard: limit.div_ceil(SHARDS).max(1),
        }
    }

    fn shard(&self, key: &K) -> MutexGuard<'_, Shard<K, V>> {
        let hash = usize::try_from(self.hasher.hash_one(key) % SHARDS as u64).unwrap_or_default();
        self.shards[hash].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts an entry in, replacing one with the same key; returns the one that had to go for it.
    pub fn insert(&self, key: K, value: V) -> Option<V> {
        let mut shard = self.shard(&key);
        let evicted = if shard.entries.contains_key(&key) {
            None
        } else {
            shard.order.push_back(key.clone());
            shard.make_room(self.limit_per_shard)
        };
        shard.entries.insert(key, value);
        evicted
    }

    /// Works on one entry, if it is there.
    pub fn with<R>(&self, key: &K, work: impl FnOnce(&mut V) -> R) -> Option<R> {
        self.shard(key).entries.get_mut(key).map(work)
    }

    /// Works on one entry, made first if it is not there.
    pub fn with_or_insert<R>(&self, key: &K, make: impl FnOnce() -> V, work: impl FnOnce(&mut V) -> R) -> R {
        let mut shard = self.shard(key);
        if !shard.entries.contains_key(key) {
            shard.make_room(self.limit_per_shard);
            shard.order.push_back(key.clone());
        }
        work(shard.entries.entry(key.clone()).or_insert_with(make))
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
        shard.make_room(self.limit_per_shard);
        shard.order.push_back(key.clone());
        shard.entries.insert(key, value);
        true
    }

    /// Takes an entry out.
    pub fn remove(&self, key: &K) -> Option<V> {
        let mut shard = self.shard(key);
        let removed = shard.entries.remove(key);
        if removed.is_some() {
            shard.order.retain(|other| other != key);
        }
        removed
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
            map.insert(i, i);
        }
        assert!(map.len() <= SHARDS);
        assert_eq!(map.with(&999, |v| *v), Some(999));
        assert_eq!(map.with(&0, |v| *v), None);
    }

    #[test]
    fn replacing_evicts_nobody_and_a_taken_key_is_not_taken_again() {
        let map = Bounded::new(1);
        assert_eq!(map.insert("a", 1), None);
        assert_eq!(map.insert("a", 2), None);
        assert!(!map.insert_if_absent("a", 3));
        assert_eq!(map.with(&"a", |v| *v), Some(2));
        assert_eq!(map.remove(&"a"), Some(2));
        assert!(map.insert_if_absent("a", 4));
        assert_eq!(map.with_or_insert(&"a", || 9, |v| *v), 4);
    }
}
