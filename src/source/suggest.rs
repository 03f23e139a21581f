//! Did-you-mean.

/// The candidate closest to `word`, when it is close enough to be a slip of the finger.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let candidates: Vec<&str> = candidates.into_iter().collect();
    candidates
        .iter()
        .map(|candidate| {
            let score = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            (score, *candidate)
        })
        .filter(|(score, candidate)| *score <= (candidate.chars().count().max(3) / 3))
        .min_by_key(|(score, _)| *score)
        .map(|(_, candidate)| candidate)
        .or_else(|| only_one_beginning_with(&lower, &candidates))
}

/// The candidate that `word` is the beginning of, when it is long enough to mean something and there is just one.
fn only_one_beginning_with<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let mut found = candidates
        .iter()
        .filter(|candidate| word.chars().count() >= 4 && candidate.to_lowercase().starts_with(word));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let known = ["status", "snapshot", "code"];
        assert_eq!(closest("statsu", known), Some("status"));
        assert_eq!(closest("Status", known), Some("status"));
        assert_eq!(closest("vedlegg", known), None);
        assert_eq!(closest("snap", known), Some("snapshot"));
        assert_eq!(closest("snap", ["snapshot", "snapshots-of"]), None);
    }
}
