//! The 200 published identifiers that the test environment keeps under the old rules.

const PERSONS: &str = include_str!("../../data/locked-to-old-rules-persons.txt");
const ORGANISATIONS: &str = include_str!("../../data/locked-to-old-rules-organisations.txt");

/// National identity numbers, as text.
pub(super) fn persons() -> impl Iterator<Item = &'static str> {
    lines(PERSONS)
}

/// Organisation numbers, as text.
pub(super) fn organisations() -> impl Iterator<Item = &'static str> {
    lines(ORGANISATIONS)
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use crate::identity::{NationalId, OrganisationNumber};

    #[test]
    fn all_are_valid_and_synthetic() {
        assert_eq!(
            (super::persons().count(), super::organisations().count()),
            (100, 100)
        );
        assert!(super::persons().all(|id| NationalId::parse(id).unwrap().is_synthetic()));
        assert!(super::organisations().all(|id| OrganisationNumber::parse(id).unwrap().is_synthetic()));
    }
}
