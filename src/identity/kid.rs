//! KID, the customer's reference on a payment: 2 to 25 characters, the last a check character.

use std::fmt;

use rand::{Rng, RngExt};

use super::check_digits::{luhn_check_digit, weighted_sum};

/// How many characters a KID has, the check character included.
pub const KID_LENGTH: std::ops::RangeInclusive<usize> = 2..=25;

/// A payment reference whose check character is right by at least one rule.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Kid(String);

/// The rule of the check character; the creditor's agreement with its bank says which, the number does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KidRule {
    /// Luhn's modulo 10.
    Mod10,
    /// Weights 2 to 7 from the right, modulo 11; a check of 10 is written `-`.
    Mod11,
}

/// Why a text is no KID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKid {
    /// Not 2 to 25 digits, of which the last may be `-`.
    #[error("a KID has 2 to 25 digits, of which the last may be `-`")]
    Form,
    /// The check character fits neither rule.
    #[error("the check character fits neither modulo 10 nor modulo 11")]
    CheckDigit,
}

impl Kid {
    /// Reads a KID; either rule will do.
    ///
    /// # Errors
    /// Says whether form or check character is wrong.
    pub fn parse(text: &str) -> Result<Self, InvalidKid> {
        let (payload, check) = text
            .len()
            .checked_sub(1)
            .filter(|_| KID_LENGTH.contains(&text.len()))
            .and_then(|at| text.split_at_checked(at))
            .ok_or(InvalidKid::Form)?;
        if !payload.bytes().all(|b| b.is_ascii_digit())
            || !check.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        {
            return Err(InvalidKid::Form);
        }
        let payload: Vec<u8> = payload.bytes().map(|b| b - b'0').collect();
        if [KidRule::Mod10, KidRule::Mod11]
            .into_iter()
            .any(|rule| check.starts_with(rule.check_character(&payload)))
        {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidKid::CheckDigit)
        }
    }

    /// Draws a KID of `length` characters (cut to 2–25) by `rule`.
    pub fn generate<R: Rng + ?Sized>(rng: &mut R, length: usize, rule: KidRule) -> Self {
        let length = length.clamp(*KID_LENGTH.start(), *KID_LENGTH.end());
        let payload: Vec<u8> = (1..length).map(|_| rng.random_range(0..10)).collect();
        let mut text = super::check_digits::text_of(&payload);
        text.push(rule.check_character(&payload));
        Self(text)
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl KidRule {
    fn check_character(self, payload: &[u8]) -> char {
        let digit = match self {
            Self::Mod10 => luhn_check_digit(payload),
            Self::Mod11 => {
                let reversed: Vec<u8> = payload.iter().rev().copied().collect();
                let weights: Vec<u8> = (2..=7).cycle().take(payload.len()).collect();
                match super::check_digits::mod11_check_digit(weighted_sum(&reversed, &weights)) {
                    Some(digit) => digit,
                    None => return '-',
                }
            }
        };
        char::from(b'0' + digit)
    }
}

impl fmt::Display for Kid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn both_rules_are_accepted() {
        // The documented example (modulo 10), then one by modulo 11 and one whose check is ten.
        for text in ["2509937609", "1234567892", "6-", "18"] {
            assert_eq!(
                Kid::parse(text).map(|kid| kid.to_string()),
                Ok(text.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn the_reason_of_a_refusal_is_told() {
        use InvalidKid::{CheckDigit, Form};
        for (text, reason) in [
            ("", Form),
            ("1", Form),
            ("-", Form),
            ("12-4", Form),
            ("12345678901234567890123456", Form),
            ("12æ", Form),
            ("1æ", Form),
            ("25099 37609", Form),
            ("2509937606", CheckDigit),
        ] {
            assert_eq!(Kid::parse(text), Err(reason), "{text}");
        }
    }

    proptest! {
        #[test]
        fn generated_numbers_read_back(seed: u64, length in 0usize..40, mod11: bool) {
            let rule = if mod11 { KidRule::Mod11 } else { KidRule::Mod10 };
            let kid = Kid::generate(&mut ChaCha8Rng::seed_from_u64(seed), length, rule);
            prop_assert!(KID_LENGTH.contains(&kid.as_str().len()));
            prop_assert_eq!(Kid::parse(kid.as_str()), Ok(kid));
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = Kid::parse(&text);
        }
    }
}
