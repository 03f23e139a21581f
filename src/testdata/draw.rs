//! Random draws that a seed repeats.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The generator for one use (`key`: a scenario and case, a purpose) of a run's seed. The same pair draws the same
/// values whatever else runs, in every version of this program.
pub fn draw_for(seed: u64, key: &str) -> ChaCha8Rng {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..16].copy_from_slice(&fnv1a(key.as_bytes()).to_le_bytes());
    bytes[16..24].copy_from_slice(&(key.len() as u64).to_le_bytes());
    ChaCha8Rng::from_seed(bytes)
}

/// FNV-1a with 64 bits: the standard library promises no hash that stays the same.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A reference such as an `innsenderReferanse`: `UTL-` and twelve letters. Letters only, since nine digits could be an
/// organisation's number by chance.
pub fn unique_reference<R: Rng + ?Sized>(rng: &mut R) -> String {
    let letters = (0..12).map(|_| char::from(b'A' + rng.random_range(0..26)));
    "UTL-".chars().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_draws_the_same_again_and_another_key_does_not() {
        let reference = |seed, key| unique_reference(&mut draw_for(seed, key));
        assert_eq!(reference(1, "a"), reference(1, "a"));
        assert_ne!(reference(1, "a"), reference(2, "a"));
        assert_ne!(reference(1, "a"), reference(1, "b"));
        // Kept for ever: reports name the seed that repeats a run.
        insta::assert_snapshot!(reference(1, "submit-poll-correct"), @"UTL-KDZXITLHXESD");
    }
}
