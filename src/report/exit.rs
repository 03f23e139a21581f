//! The process's exit code, and which of several wins.

use crate::outcome::Counts;

/// What the process tells the shell. The numbers are part of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum ExitCode {
    /// At least one test was judged, none failed, none ended in error.
    Conforms = 0,
    /// At least one test failed.
    DoesNotConform = 1,
    /// The command line was wrong.
    Usage = 2,
    /// A scenario or the configuration was invalid, or nothing was judged.
    Invalid = 3,
    /// At least one test could not be judged.
    NotJudged = 4,
    /// A threshold of a load run was missed.
    ThresholdMissed = 5,
    /// A regression was found.
    Regression = 6,
    /// A comparison or a load run was inconclusive.
    Inconclusive = 7,
    /// The run was interrupted.
    Interrupted = 130,
}

/// What besides the verdicts decides the exit code of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// A signal ended the run.
    pub interrupted: bool,
    /// A scenario or the configuration was invalid.
    pub invalid: bool,
}

impl ExitCode {
    /// Strongest first: where several apply, the first of these wins.
    const PRECEDENCE: [Self; 9] = [
        Self::Interrupted,
        Self::Usage,
        Self::Invalid,
        Self::DoesNotConform,
        Self::ThresholdMissed,
        Self::Regression,
        Self::NotJudged,
        Self::Inconclusive,
        Self::Conforms,
    ];

    /// The exit code of a functional run.
    ///
    /// An error is never non-conformance: it leads to 4, or to 3 where not a single test was judged.
    pub fn of_run(counts: &Counts, circumstances: Circumstances) -> Self {
        let judged = counts.passed + counts.warning + counts.failed;
        let applying = [
            (circumstances.interrupted, Self::Interrupted),
            (circumstances.invalid || judged == 0, Self::Invalid),
            (counts.failed > 0, Self::DoesNotConform),
            (counts.error > 0, Self::NotJudged),
        ];
        Self::strongest(
            applying
                .into_iter()
                .filter_map(|(applies, code)| applies.then_some(code)),
        )
    }

    /// The one of `codes` that wins; [`ExitCode::Conforms`] when there is none.
    pub fn strongest(codes: impl IntoIterator<Item = Self>) -> Self {
        codes
            .into_iter()
            .min_by_key(|code| code.rank())
            .unwrap_or(Self::Conforms)
    }

    fn rank(self) -> usize {
        Self::PRECEDENCE
            .iter()
            .position(|&code| code == self)
            .unwrap_or(usize::MAX)
    }

    /// The number.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The exit code with this number.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::PRECEDENCE.into_iter().find(|known| known.code() == code)
    }

    /// What it means, for a person.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Conforms => "no test failed, and none ended in error",
            Self::DoesNotConform => "the system under test does not conform",
            Self::Usage => "the command line was wrong",
            Self::Invalid => "invalid scenario or configuration, or nothing was judged",
            Self::NotJudged => "something could not be judged; that says nothing about conformance",
            Self::ThresholdMissed => "a threshold was missed",
            Self::Regression => "a regression was found",
            Self::Inconclusive => "inconclusive",
            Self::Interrupted => "the run was interrupted",
        }
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(passed: usize, failed: usize, error: usize) -> u8 {
        let counts = Counts {
            passed,
            failed,
            error,
            ..Counts::default()
        };
        ExitCode::of_run(&counts, Circumstances::default()).code()
    }

    #[test]
    fn a_run_passes_only_if_something_was_judged_and_nothing_was_wrong() {
        assert_eq!(of(1, 0, 0), 0);
        assert_eq!(of(0, 0, 0), 3, "nothing selected");
        let skipped = Counts {
            not_applicable: 3,
            not_run: 2,
            ..Counts::default()
        };
        assert_eq!(ExitCode::of_run(&skipped, Circumstances::default()).code(), 3);
        let warned = Counts {
            warning: 1,
            ..Counts::default()
        };
        assert_eq!(ExitCode::of_run(&warned, Circumstances::default()).code(), 0);
    }

    #[test]
    fn an_error_is_never_non_conformance() {
        assert_eq!(of(1, 0, 1), 4);
        assert_eq!(of(0, 0, 5), 3, "errors only: nothing was judged");
        assert_eq!(of(0, 1, 5), 1, "a failure outranks an error");
    }

    #[test]
    fn circumstances_outrank_verdicts() {
        let counts = Counts {
            failed: 1,
            error: 1,
            ..Counts::default()
        };
        let invalid = Circumstances {
            invalid: true,
            interrupted: false,
        };
        assert_eq!(ExitCode::of_run(&counts, invalid).code(), 3);
        let both = Circumstances {
            invalid: true,
            interrupted: true,
        };
        assert_eq!(ExitCode::of_run(&counts, both).code(), 130);
    }

    #[test]
    fn precedence_is_as_documented() {
        let order = [130, 2, 3, 1, 5, 6, 4, 7, 0];
        for (i, &strong) in order.iter().enumerate() {
            for &weak in &order[i..] {
                let codes = [weak, strong].map(|n| ExitCode::from_code(n).unwrap());
                assert_eq!(ExitCode::strongest(codes).code(), strong, "{strong} over {weak}");
            }
        }
        assert_eq!(ExitCode::from_code(9), None);
    }
}
