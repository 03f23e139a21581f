//! A statistic before it is judged: how many there are to judge must be known first.

use super::draws::Draws;
use super::hindrance::Hindrance;
use super::judge::{OVERLOOKED, judge};
use super::options::Options;
use super::sentence;
use crate::outcome::comparison::{Estimate, Finding, Judgement, Statistic, Subject};

/// A statistic before it is judged.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) subject: Subject,
    pub(super) statistic: Statistic,
    /// Why it is only shown and does not decide; `None` where it does.
    pub(super) aside: Option<&'static str>,
    /// Samples in the smallest run of the base, and of the head.
    pub(super) samples: (u64, u64),
    /// In base and head; `None` where a side has no samples.
    pub(super) values: Option<(f64, f64)>,
    pub(super) draws: Option<Draws>,
    /// Why no interval can be given.
    pub(super) hindrance: Option<Hindrance>,
}

impl Candidate {
    /// Whether it is one of those that the intervals are corrected for.
    pub(super) fn is_judged(&self) -> bool {
        self.aside.is_none() && self.hindrance.is_none() && self.draws.is_some() && self.values.is_some()
    }

    /// Judges it as one of `looked_at`; `sound` is false where nothing may be concluded from these runs.
    pub(super) fn judged(self, looked_at: usize, sound: bool, options: &Options) -> Finding {
        let estimate = self
            .values
            .map(|(base, head)| self.estimate(base, head, looked_at, options));
        let open = self.hindrance.as_ref().is_some_and(|hindrance| hindrance.open);
        let judgement = match &estimate {
            _ if self.aside.is_none() && open => Judgement::Inconclusive,
            Some(estimate) if self.is_judged() && sound => {
                judge(self.statistic, estimate, options.min_effect)
            }
            Some(_) if self.is_judged() => Judgement::Inconclusive,
            _ => Judgement::NotJudged,
        };
        Finding {
            sentence: self.sentence(judgement, estimate.as_ref(), options),
            gates: self.aside.is_none(),
            subject: self.subject,
            statistic: self.statistic,
            judgement,
            estimate,
            base_samples: self.samples.0,
            head_samples: self.samples.1,
        }
    }

    fn sentence(&self, judgement: Judgement, estimate: Option<&Estimate>, options: &Options) -> String {
        let what = format!("{} {}", self.subject.name(), self.statistic);
        let hindrance = self.hindrance.as_ref().map(|hindrance| hindrance.why.as_str());
        let too_few = "its samples lie in too few seconds";
        match (self.aside.or(hindrance), estimate) {
            (None, Some(estimate)) if self.is_judged() => {
                sentence::of_finding(&what, self.statistic, judgement, estimate, options.min_effect)
            }
            (why, _) if judgement == Judgement::Inconclusive => {
                format!("{what} is inconclusive: {}", why.unwrap_or(too_few))
            }
            (why, _) => format!("{what} is not judged: {}", why.unwrap_or(too_few)),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a number of statistics")]
    fn estimate(&self, base: f64, head: f64, looked_at: usize, options: &Options) -> Estimate {
        let tail = options.false_alarms / 2.0 / looked_at.max(1) as f64;
        let draws = self.draws.as_ref().filter(|_| self.hindrance.is_none());
        let corrected = draws.filter(|_| self.is_judged());
        Estimate {
            base,
            head,
            ratio: head / base,
            interval: draws.map(|draws| draws.interval(OVERLOOKED)),
            corrected: corrected.map(|draws| draws.interval(tail)),
        }
    }
}
