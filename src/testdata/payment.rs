//! Account numbers and KID that cannot be mistaken for a person's or an organisation's number.

use rand::Rng;

use crate::identity::{AccountNumber, Kid, KidRule, find_real};

/// Draws an account number. There is no synthetic series; whether a bank gave it out is unknown.
pub fn account_number<R: Rng + ?Sized>(rng: &mut R) -> AccountNumber {
    loop {
        let number = AccountNumber::generate(rng);
        if find_real(&number.to_string()).is_empty() {
            return number;
        }
    }
}

/// Draws a KID of `length` characters (cut to 2–25) by `rule`.
pub fn kid<R: Rng + ?Sized>(rng: &mut R, length: usize, rule: KidRule) -> Kid {
    loop {
        let kid = Kid::generate(rng, length, rule);
        if find_real(kid.as_str()).is_empty() {
            return kid;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testdata::draw_for;

    #[test]
    fn none_could_be_somebody_real() {
        let mut rng = draw_for(1, "payment");
        for _ in 0..2000 {
            let (account, kid) = (account_number(&mut rng), kid(&mut rng, 11, KidRule::Mod11));
            assert_eq!(find_real(&format!("{account} and {kid}")), []);
        }
    }
}
