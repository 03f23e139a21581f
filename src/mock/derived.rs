//! Identifiers derived from what they stand for, so that the same seed and the same requests give the same answers.

use std::hash::{DefaultHasher, Hash, Hasher};

use uuid::{Builder, Uuid};

/// A uuid (of the random kind by its form) that depends on the parts alone.
pub fn uuid(seed: u64, parts: &[&str]) -> Uuid {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (seed, salt, parts).hash(&mut hasher);
        hasher.finish()
    };
    let bits = (u128::from(half(0)) << 64) | u128::from(half(1));
    Builder::from_random_bytes(bits.to_be_bytes()).into_uuid()
}

/// A number below `limit` that depends on the parts alone.
pub fn number(seed: u64, parts: &[&str], limit: u64) -> u64 {
    let mut hasher = DefaultHasher::new();
    (seed, parts).hash(&mut hasher);
    hasher.finish() % limit.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_parts_give_the_same_identifier_and_others_another() {
        assert_eq!(uuid(1, &["a", "b"]), uuid(1, &["a", "b"]));
        assert_ne!(uuid(1, &["a", "b"]), uuid(1, &["ab", ""]));
        assert_ne!(uuid(1, &["a"]), uuid(2, &["a"]));
        assert_eq!(uuid(1, &["a"]).get_version_num(), 4);
    }
}
