//! Fødselsnummer and D-nummer: `DDMMYY iii kk`.
//!
//! Day +40 makes a D-nummer, month +80 a synthetic number of the Tenor test population; both may be combined, and
//! the check digits are computed over the digits as they stand.

use std::fmt;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use rand::{Rng, RngExt};

use super::century;
use super::check_digits::{digits, mod11_check_digit, text_of, weighted_sum};

const FIRST_WEIGHTS: [u8; 9] = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const SECOND_WEIGHTS: [u8; 10] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/// What is added to the day of a D-nummer.
const D_NUMMER_DAY: u8 = 40;

/// What is added to the month of a synthetic number.
const SYNTHETIC_MONTH: u8 = 80;

/// A person's national identity number whose check digits and date are right.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NationalId {
    digits: [u8; 11],
}

/// Who a number is given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NationalIdKind {
    /// Residents.
    Foedselsnummer,
    /// Others with duties or rights in Norway; the day is 40 too high.
    DNummer,
}

/// The legal gender that numbers given out before 2032 tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gender {
    /// Odd individual number.
    Male,
    /// Even individual number.
    Female,
}

/// Why a text is no national identity number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidNationalId {
    /// Not exactly eleven digits.
    #[error("a national identity number has 11 digits and nothing else")]
    Form,
    /// The first six digits are no date, with or without the additions for D-nummer and synthetic numbers.
    #[error("the first six digits are not a date (day +40 for a D-nummer, month +80 for a synthetic number)")]
    Date,
    /// A check digit is wrong, also by the wider rule for numbers given out from 2032.
    #[error("the check digits do not fit the other digits")]
    CheckDigits,
}

impl NationalId {
    /// Reads eleven digits, real or synthetic.
    ///
    /// # Errors
    /// Says whether form, date or check digits are wrong.
    pub fn parse(text: &str) -> Result<Self, InvalidNationalId> {
        Self::from_digits(digits(text).ok_or(InvalidNationalId::Form)?)
    }

    /// The same from digit values 0–9, for scanners.
    pub(super) fn from_digits(digits: [u8; 11]) -> Result<Self, InvalidNationalId> {
        let id = Self { digits };
        // The second check digit first: it refuses ten of eleven numbers.
        let second = weighted_sum(&digits, &SECOND_WEIGHTS) + u32::from(digits[10]);
        if !second.is_multiple_of(11) || id.first_remainder() > 3 {
            return Err(InvalidNationalId::CheckDigits);
        }
        if id.has_date() {
            Ok(id)
        } else {
            Err(InvalidNationalId::Date)
        }
    }

    /// 0 by the rule that has always held; 1, 2 and 3 only for numbers given out from 2032.
    fn first_remainder(&self) -> u32 {
        (weighted_sum(&self.digits, &FIRST_WEIGHTS) + u32::from(self.digits[9])) % 11
    }

    fn has_date(&self) -> bool {
        match self.century() {
            Some(century) => self.date_in(century).is_some(),
            None => [1800, 1900, 2000]
                .into_iter()
                .any(|century| self.date_in(century).is_some()),
        }
    }

    fn date_in(&self, century: u16) -> Option<Date> {
        let year = i16::try_from(century + self.two_digit_year()).ok()?;
        let day = self.pair(0) % D_NUMMER_DAY;
        let month = self
            .pair(2)
            .checked_sub(if self.is_synthetic() { SYNTHETIC_MONTH } else { 0 })?;
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }

    fn century(&self) -> Option<u16> {
        if self.is_issued_from_2032() {
            return None;
        }
        match self.kind() {
            NationalIdKind::Foedselsnummer => {
                century::of_foedselsnummer(self.two_digit_year(), self.individual())
            }
            NationalIdKind::DNummer => century::of_d_nummer(self.two_digit_year(), self.individual()),
        }
    }

    fn two_digit_year(&self) -> u16 {
        u16::from(self.pair(4))
    }

    fn individual(&self) -> u16 {
        u16::from(self.digits[6]) * 100 + u16::from(self.pair(7))
    }

    fn pair(&self, at: usize) -> u8 {
        self.digits[at] * 10 + self.digits[at + 1]
    }

    /// Fødselsnummer or D-nummer.
    pub fn kind(&self) -> NationalIdKind {
        if self.pair(0) > D_NUMMER_DAY {
            NationalIdKind::DNummer
        } else {
            NationalIdKind::Foedselsnummer
        }
    }

    /// Whether it belongs to the Tenor test population (month +80), so that no living person can have it.
    pub fn is_synthetic(&self) -> bool {
        self.pair(2) > SYNTHETIC_MONTH
    }

    /// Whether only the wider check of numbers given out from 2032 accepts it.
    pub fn is_issued_from_2032(&self) -> bool {
        self.first_remainder() != 0
    }

    /// The birth date, where the number tells its century: not for numbers of the 2032 rule, nor for individual
    /// numbers that were never given out before it.
    pub fn birth_date(&self) -> Option<Date> {
        self.century().and_then(|century| self.date_in(century))
    }

    /// The gender, where the number tells it: not for numbers of the 2032 rule.
    pub fn gender(&self) -> Option<Gender> {
        match (self.is_issued_from_2032(), self.digits[8] % 2) {
            (true, _) => None,
            (false, 0) => Some(Gender::Female),
            (false, _) => Some(Gender::Male),
        }
    }

    /// Draws a synthetic number of a person born in `born`, by the check-digit rule in force before 2032.
    ///
    /// Nothing when the range holds no day between 1900 and 2039.
    pub fn generate<R: Rng + ?Sized>(
        rng: &mut R,
        kind: NationalIdKind,
        born: RangeInclusive<Date>,
    ) -> Option<Self> {
        let first = (*born.start()).max(Date::constant(1900, 1, 1));
        let last = (*born.end()).min(Date::constant(2039, 12, 31));
        let days = first.until(last).ok()?.get_days();
        if first > last {
            return None;
        }
        // A draw is refused for its century or a check digit of 10: at worst four of five.
        (0..1000).find_map(|_| {
            let date = first
                .checked_add(jiff::Span::new().days(rng.random_range(0..=days)))
                .ok()?;
            Self::assemble(kind, date, rng.random_range(0..1000))
        })
    }

    fn assemble(kind: NationalIdKind, date: Date, individual: u16) -> Option<Self> {
        let day = u8::try_from(date.day()).ok()?
            + if kind == NationalIdKind::DNummer {
                D_NUMMER_DAY
            } else {
                0
            };
        let month = u8::try_from(date.month()).ok()? + SYNTHETIC_MONTH;
        let year = u8::try_from(date.year() % 100).ok()?;
        let tail = u8::try_from(individual % 100).ok()?;
        let mut digits = [0; 11];
        for (at, pair) in [(0, day), (2, month), (4, year), (7, tail)] {
            digits[at] = pair / 10;
            digits[at + 1] = pair % 10;
        }
        digits[6] = u8::try_from(individual / 100).ok()?;
        digits[9] = mod11_check_digit(weighted_sum(&digits, &FIRST_WEIGHTS))?;
        digits[10] = mod11_check_digit(weighted_sum(&digits, &SECOND_WEIGHTS))?;
        Self::from_digits(digits)
            .ok()
            .filter(|id| id.birth_date() == Some(date))
    }
}

impl fmt::Display for NationalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text_of(&self.digits))
    }
}

impl fmt::Debug for NationalId {
    /// Synthetic numbers only; a real one is not for logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_synthetic() {
            write!(f, "NationalId({self})")
        } else {
            f.write_str("NationalId(real, hidden)")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    fn parse(text: &str) -> NationalId {
        NationalId::parse(text).unwrap()
    }

    #[test]
    fn the_documented_numbers_are_classified() {
        use NationalIdKind::{DNummer, Foedselsnummer};
        for (text, kind, born, gender) in [
            ("30906197746", Foedselsnummer, date(1961, 10, 30), Gender::Male),
            ("44926701751", DNummer, date(1967, 12, 4), Gender::Male),
            ("69887800189", DNummer, date(1978, 8, 29), Gender::Male),
            ("07841949964", Foedselsnummer, date(1919, 4, 7), Gender::Male),
            ("08907395937", Foedselsnummer, date(1973, 10, 8), Gender::Male),
        ] {
            let id = parse(text);
            assert!(id.is_synthetic(), "{text}");
            assert_eq!(id.kind(), kind, "{text}");
            assert_eq!(id.birth_date(), Some(born), "{text}");
            assert_eq!(id.gender(), Some(gender), "{text}");
            assert_eq!(id.to_string(), text);
        }
    }

    #[test]
    fn numbers_of_the_2032_rule_are_accepted_and_tell_less() {
        for text in ["02013299997", "30108299920"] {
            let id = parse(text);
            assert!(!id.is_issued_from_2032(), "{text}");
            assert!(!id.is_synthetic(), "{text}");
        }
        assert_eq!(parse("02013299997").birth_date(), Some(date(2032, 1, 2)));
        assert_eq!(parse("30108299920").birth_date(), Some(date(1982, 10, 30)));
        let newer = parse("30108299939");
        assert!(newer.is_issued_from_2032());
        assert_eq!((newer.birth_date(), newer.gender()), (None, None));
    }

    #[test]
    fn the_reason_of_a_refusal_is_told() {
        for (text, reason) in [
            ("03057738971", InvalidNationalId::CheckDigits),
            ("", InvalidNationalId::Form),
            ("3090619774", InvalidNationalId::Form),
            ("309061977460", InvalidNationalId::Form),
            ("30906197 746", InvalidNationalId::Form),
            ("3090619774x", InvalidNationalId::Form),
            ("٣٠٩٠٦١٩٧٧٤٦", InvalidNationalId::Form),
            ("00000000000", InvalidNationalId::Date),
        ] {
            assert_eq!(NationalId::parse(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn a_range_without_a_day_gives_nothing() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut draw = |from, to| NationalId::generate(&mut rng, NationalIdKind::Foedselsnummer, from..=to);
        assert_eq!(draw(date(2000, 1, 2), date(2000, 1, 1)), None);
        assert_eq!(draw(date(1700, 1, 1), date(1800, 1, 1)), None);
        assert!(draw(date(2000, 2, 29), date(2000, 2, 29)).is_some());
    }

    #[test]
    fn what_is_printed_for_debugging_hides_real_numbers() {
        assert_eq!(format!("{:?}", parse("30906197746")), "NationalId(30906197746)");
        assert_eq!(format!("{:?}", parse("02013299997")), "NationalId(real, hidden)");
    }

    proptest! {
        #[test]
        fn generated_numbers_read_back(seed: u64, d_nummer: bool, year in 1900i16..2040, month in 1i8..=12) {
            let kind = if d_nummer { NationalIdKind::DNummer } else { NationalIdKind::Foedselsnummer };
            let born = date(year, month, 1)..=date(year, month, 28);
            let id = NationalId::generate(&mut ChaCha8Rng::seed_from_u64(seed), kind, born.clone()).unwrap();
            prop_assert_eq!(NationalId::parse(&id.to_string()), Ok(id));
            prop_assert!(id.is_synthetic());
            prop_assert_eq!(id.kind(), kind);
            prop_assert!(born.contains(&id.birth_date().unwrap()));
        }

        #[test]
        fn one_wrong_digit_is_never_the_same_person(seed: u64, at in 0usize..11, change in 1u8..10) {
            let born = date(1930, 1, 1)..=date(2010, 1, 1);
            let id = NationalId::generate(&mut ChaCha8Rng::seed_from_u64(seed), NationalIdKind::Foedselsnummer, born);
            let mut digits = id.unwrap().digits;
            digits[at] = (digits[at] + change) % 10;
            // The second check digit catches every single slip, whatever the wider rule lets through.
            prop_assert!(NationalId::from_digits(digits).is_err());
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>(), digits in "[0-9]{11}") {
            let _ = NationalId::parse(&text);
            if let Ok(id) = NationalId::parse(&digits) {
                prop_assert_eq!(id.to_string(), digits);
            }
        }
    }
}
