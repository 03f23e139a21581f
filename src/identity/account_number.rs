//! Norwegian bank account numbers: eleven digits, the last a check digit modulo 11.

use std::fmt;

use rand::{Rng, RngExt};

use super::check_digits::{digits, mod11_check_digit, text_of, weighted_sum};

const WEIGHTS: [u8; 10] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/// An account number whose check digit is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AccountNumber {
    digits: [u8; 11],
}

/// Why a text is no account number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAccountNumber {
    /// Not exactly eleven digits.
    #[error("an account number has 11 digits and nothing else")]
    Form,
    /// The check digit is wrong.
    #[error("the check digit does not fit the other digits")]
    CheckDigit,
}

impl AccountNumber {
    /// Reads eleven digits.
    ///
    /// # Errors
    /// Says whether form or check digit is wrong.
    pub fn parse(text: &str) -> Result<Self, InvalidAccountNumber> {
        let digits: [u8; 11] = digits(text).ok_or(InvalidAccountNumber::Form)?;
        if mod11_check_digit(weighted_sum(&digits, &WEIGHTS)) == Some(digits[10]) {
            Ok(Self { digits })
        } else {
            Err(InvalidAccountNumber::CheckDigit)
        }
    }

    /// Draws a number. There is no synthetic series: whether a bank gave it out is unknown.
    pub fn generate<R: Rng + ?Sized>(rng: &mut R) -> Self {
        loop {
            let mut digits = [0; 11];
            for digit in &mut digits[..10] {
                *digit = rng.random_range(0..10);
            }
            if let Some(check) = mod11_check_digit(weighted_sum(&digits, &WEIGHTS)) {
                digits[10] = check;
                return Self { digits };
            }
        }
    }
}

impl fmt::Display for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text_of(&self.digits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn the_documented_account_is_accepted() {
        assert_eq!(
            AccountNumber::parse("69930570044").unwrap().to_string(),
            "69930570044"
        );
    }

    #[test]
    fn the_reason_of_a_refusal_is_told() {
        use InvalidAccountNumber::{CheckDigit, Form};
        for (text, reason) in [
            ("", Form),
            ("6993.05.70044", Form),
            ("6993057004", Form),
            ("69930570045", CheckDigit),
        ] {
            assert_eq!(AccountNumber::parse(text), Err(reason), "{text}");
        }
    }

    proptest! {
        #[test]
        fn generated_numbers_read_back_and_a_slip_is_caught(seed: u64, at in 0usize..11, change in 1u8..10) {
            let number = AccountNumber::generate(&mut ChaCha8Rng::seed_from_u64(seed));
            prop_assert_eq!(AccountNumber::parse(&number.to_string()), Ok(number));
            let mut wrong = number.digits;
            wrong[at] = (wrong[at] + change) % 10;
            prop_assert!(AccountNumber::parse(&text_of(&wrong)).is_err());
        }
    }
}
