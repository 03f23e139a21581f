//! By what rules runs are compared.

use crate::outcome::load::RowKind;

/// By what rules runs are compared. Shares are between 0 and 1: 0.05 is 5 %.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The smallest change that counts.
    pub min_effect: f64,
    /// The chance that anything at all is called changed although nothing is.
    pub false_alarms: f64,
    /// Standard deviation of a whole run around the next one, for no reason; used where there is one run on each side.
    pub drift: f64,
    /// How often to draw again.
    pub resamples: u32,
    /// The seed of the drawing.
    pub seed: u64,
    /// Kinds of row that decide about the verdict; all others are shown.
    pub gating: Vec<RowKind>,
    /// Whether head may have run against another environment than base.
    pub other_target: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            min_effect: 0.05,
            false_alarms: 0.01,
            drift: 0.01,
            resamples: 10_000,
            seed: 0,
            gating: vec![RowKind::Step],
            other_target: false,
        }
    }
}

/// Why a share is none.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{text}` is no share: write a number and a per cent sign, above 0 % and below 100 %, like `5%`")]
pub struct OptionsError {
    /// What was written.
    pub text: String,
}

impl Options {
    /// Reads a share as people write it: `5%`, `0.5 %`.
    ///
    /// # Errors
    /// [`OptionsError`] when it is none, or not between 0 % and 100 %.
    pub fn share(text: &str) -> Result<f64, OptionsError> {
        let number = text.trim().strip_suffix('%').map(str::trim);
        number
            .and_then(|number| number.parse::<f64>().ok())
            .filter(|percent| *percent > 0.0 && *percent < 100.0)
            .map(|percent| percent / 100.0)
            .ok_or_else(|| OptionsError {
                text: text.to_owned(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_needs_its_sign_and_its_bounds() {
        assert_eq!(Options::share("5%"), Ok(0.05));
        assert_eq!(Options::share(" 0.5 % "), Ok(0.005));
        for wrong in ["5", "0%", "100%", "-1%", "%", "NaN%", "five%"] {
            let error = Options::share(wrong).unwrap_err();
            assert_eq!(error.text, wrong);
        }
    }
}
