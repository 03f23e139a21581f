//! Whether what was typed means a code: case does not matter, nor how Å, Ø and Æ are written, nor the separators.

use unicode_normalization::UnicodeNormalization;

/// How the letters beyond ASCII may be spelled, whole ways at a time.
const SPELLINGS: [[&str; 3]; 4] = [
    ["Å", "Ø", "Æ"],
    ["AA", "OE", "AE"],
    ["A", "O", "AE"],
    ["A", "O", "A"],
];

/// Whether `typed` is a way to write `code`.
pub(super) fn means(typed: &str, code: &str) -> bool {
    let typed = plain(typed);
    !typed.is_empty()
        && SPELLINGS
            .iter()
            .any(|spelling| plain(&spelled(code, *spelling)) == typed)
}

fn spelled(code: &str, [aa, oe, ae]: [&str; 3]) -> String {
    code.replace('Å', aa).replace('Ø', oe).replace('Æ', ae)
}

fn plain(text: &str) -> String {
    let composed: String = text.nfc().collect();
    let letters = composed.chars().filter(|character| character.is_alphanumeric());
    letters.flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::means;

    #[test]
    fn a_code_is_recognised_in_any_case_and_with_ascii_letters() {
        let code = "PRIORITET_MANGLER_PÅ_RETTSGEBYR";
        for typed in [
            code,
            "prioritet_mangler_på_rettsgebyr",
            "prioritet-mangler-paa-rettsgebyr",
            "PRIORITET_MANGLER_PA_RETTSGEBYR",
            "PRIORITET_MANGLER_PA\u{30a}_RETTSGEBYR",
        ] {
            assert!(means(typed, code), "{typed}");
        }
        assert!(means(
            "saksoektes_innenlands_adresse_ugyldig",
            "SAKSØKTES_INNENLANDS_ADRESSE_UGYLDIG"
        ));
        assert!(means(
            "ugyldig_vedlegg_transporterklaering",
            "UGYLDIG_VEDLEGG_TRANSPORTERKLÆRING"
        ));
        assert!(means("kb006", "KB-006"));
        assert!(!means("KB-00", "KB-006") && !means("", "KB-006") && !means("_", "KB-006"));
    }
}
