//! Organisation numbers: nine digits, the last a check digit modulo 11.

use std::fmt;

use rand::{Rng, RngExt};

use super::check_digits::{digits, mod11_check_digit, text_of, weighted_sum};

const WEIGHTS: [u8; 8] = [3, 2, 7, 6, 5, 4, 3, 2];

/// An organisation number whose check digit is right.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrganisationNumber {
    digits: [u8; 9],
}

/// Why a text is no organisation number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidOrganisationNumber {
    /// Not exactly nine digits.
    #[error("an organisation number has 9 digits and nothing else")]
    Form,
    /// The check digit is wrong.
    #[error("the check digit does not fit the other digits")]
    CheckDigit,
}

impl OrganisationNumber {
    /// Reads nine digits, real or synthetic.
    ///
    /// # Errors
    /// Says whether form or check digit is wrong.
    pub fn parse(text: &str) -> Result<Self, InvalidOrganisationNumber> {
        Self::from_digits(digits(text).ok_or(InvalidOrganisationNumber::Form)?)
    }

    /// The same from digit values 0–9, for scanners.
    pub(super) fn from_digits(digits: [u8; 9]) -> Result<Self, InvalidOrganisationNumber> {
        if mod11_check_digit(weighted_sum(&digits, &WEIGHTS)) == Some(digits[8]) {
            Ok(Self { digits })
        } else {
            Err(InvalidOrganisationNumber::CheckDigit)
        }
    }

    /// Whether it belongs to the test population: those begin with 2 or 3.
    pub fn is_synthetic(&self) -> bool {
        matches!(self.digits[0], 2 | 3)
    }

    /// Whether it is in the series that the register of legal entities gives out: those begin with 8 or 9.
    pub fn is_in_real_series(&self) -> bool {
        matches!(self.digits[0], 8 | 9)
    }

    /// Draws a synthetic number.
    pub fn generate<R: Rng + ?Sized>(rng: &mut R) -> Self {
        loop {
            let mut digits = [0; 9];
            for digit in &mut digits[1..8] {
                *digit = rng.random_range(0..10);
            }
            digits[0] = rng.random_range(2..=3);
            if let Some(check) = mod11_check_digit(weighted_sum(&digits, &WEIGHTS)) {
                digits[8] = check;
                return Self { digits };
            }
        }
    }
}

impl fmt::Display for OrganisationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text_of(&self.digits))
    }
}

impl fmt::Debug for OrganisationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrganisationNumber({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn the_documented_numbers_are_synthetic() {
        for text in ["311758489", "312597772", "313182495", "312939053"] {
            let number = OrganisationNumber::parse(text).unwrap();
            assert!(number.is_synthetic(), "{text}");
            assert_eq!(number.to_string(), text);
        }
    }

    #[test]
    fn the_reason_of_a_refusal_is_told() {
        use InvalidOrganisationNumber::{CheckDigit, Form};
        for (text, reason) in [
            ("", Form),
            ("31175848", Form),
            ("3117584890", Form),
            ("311 75848", Form),
            ("31175848x", Form),
            ("311758488", CheckDigit),
        ] {
            assert_eq!(OrganisationNumber::parse(text), Err(reason), "{text}");
        }
    }

    proptest! {
        #[test]
        fn generated_numbers_read_back_and_a_slip_is_caught(seed: u64, at in 0usize..9, change in 1u8..10) {
            let number = OrganisationNumber::generate(&mut ChaCha8Rng::seed_from_u64(seed));
            prop_assert_eq!(OrganisationNumber::parse(&number.to_string()), Ok(number));
            prop_assert!(number.is_synthetic());
            let mut digits = number.digits;
            digits[at] = (digits[at] + change) % 10;
            prop_assert!(OrganisationNumber::from_digits(digits).is_err());
        }
    }
}
