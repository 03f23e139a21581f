//! Did-you-mean.

/// The candidate closest to `word`, when it is close enough to be a slip of the finger.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            let score = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            (score, candidate)
        })
        .filter(|(score, candidate)| *score <= (candidate.chars().count().max(3) / 3))
        .min_by_key(|(score, _)| *score)
        .map(|(_, candidate)| candidate)
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
    }
}
