//! The century a national identity number belongs to, read from its individual number.
//!
//! Numbers given out from 2032 on no longer tell the century; see [`super::NationalId::birth_date`].

/// The first year of the century of a fødselsnummer; nothing for a combination that was never given out.
///
/// Source: the population register's documentation of the identity number.
pub(super) fn of_foedselsnummer(two_digit_year: u16, individual: u16) -> Option<u16> {
    match (individual, two_digit_year) {
        (0..=499, _) | (900..=999, 40..) => Some(1900),
        (500..=749, 54..) => Some(1800),
        (500..=999, ..=39) => Some(2000),
        _ => None,
    }
}

/// The first year of the century of a D-nummer, which has a table of its own.
///
/// Source: the population register's notice of 24 June 2021.
pub(super) fn of_d_nummer(two_digit_year: u16, individual: u16) -> Option<u16> {
    match (individual, two_digit_year) {
        (0..=199, ..=39) | (0..=499 | 600..=999, 40..) => Some(1900),
        (200..=999, ..=39) => Some(2000),
        (500..=599, 58..) => Some(1800),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_tables_at_their_borders() {
        let both = |year, individual| (of_foedselsnummer(year, individual), of_d_nummer(year, individual));
        assert_eq!(both(39, 0), (Some(1900), Some(1900)));
        assert_eq!(both(39, 199), (Some(1900), Some(1900)));
        assert_eq!(both(39, 200), (Some(1900), Some(2000)));
        assert_eq!(both(39, 500), (Some(2000), Some(2000)));
        assert_eq!(both(40, 499), (Some(1900), Some(1900)));
        assert_eq!(both(40, 500), (None, None));
        assert_eq!(both(53, 749), (None, Some(1900)));
        assert_eq!(both(54, 500), (Some(1800), None));
        assert_eq!(both(58, 599), (Some(1800), Some(1800)));
        assert_eq!(both(58, 600), (Some(1800), Some(1900)));
        assert_eq!(both(99, 750), (None, Some(1900)));
        assert_eq!(both(40, 900), (Some(1900), Some(1900)));
    }
}
