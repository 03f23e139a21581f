//! The verdict on all statistics together.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::candidate::Candidate;
use super::finding::{of_row, of_throughput};
use super::options::Options;
use super::run::Run;
use super::soundness;
use crate::outcome::comparison::{
    COMPARISON_SCHEMA_VERSION, Change, ComparedRun, Comparison, ComparisonSettings, ComparisonVerdict,
    Finding, Judgement,
};

/// Compares runs that are alike; `notes` are the differences that do no harm.
pub(super) fn comparison(base: &[Run], head: &[Run], options: &Options, notes: Vec<String>) -> Comparison {
    let candidates = candidates(base, head, options);
    let looked_at = candidates
        .iter()
        .filter(|candidate| candidate.is_judged())
        .count();
    let mut reasons = soundness::reasons("base", base);
    reasons.extend(soundness::reasons("head", head));
    let sound = reasons.is_empty();
    let judged = candidates.into_iter();
    let findings: Vec<Finding> = judged
        .map(|candidate| candidate.judged(looked_at, sound, options))
        .collect();
    if sound
        && looked_at == 0
        && !findings
            .iter()
            .any(|finding| finding.judgement == Judgement::Inconclusive)
    {
        reasons
            .push("no statistic could be judged: the runs are too short or have too few samples".to_owned());
    }
    let verdict = verdict(&findings, &reasons);
    Comparison {
        schema_version: COMPARISON_SCHEMA_VERSION,
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        plan: base
            .first()
            .map_or_else(String::new, |run| run.result.run.plan.name.clone()),
        base: base.iter().map(compared).collect(),
        head: head.iter().map(compared).collect(),
        settings: ComparisonSettings {
            min_effect: options.min_effect,
            false_alarms: options.false_alarms,
            drift: options.drift,
            resamples: options.resamples,
            seed: options.seed,
            looked_at,
        },
        verdict,
        sentence: sentence(verdict, &findings, &reasons, options),
        reasons,
        notes,
        findings,
        exit_code: match verdict {
            ComparisonVerdict::Pass | ComparisonVerdict::Improvement => 0,
            ComparisonVerdict::Regression => 6,
            ComparisonVerdict::Inconclusive => 7,
        },
    }
}

/// The statistics of every row and the throughput, the rows shared among the cores. Each row has its own seed, so who
/// does what changes nothing.
fn candidates(base: &[Run], head: &[Run], options: &Options) -> Vec<Candidate> {
    let rows = base.first().map_or(&[][..], |run| &run.result.rows);
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(rows.len());
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let (i, Some(row)) = take(&next, rows) {
                    let found = of_row(base, head, row, i as u64, options);
                    if let Ok(mut done) = done.lock() {
                        done.push((i, found));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(i, _)| *i);
    let mut candidates: Vec<Candidate> = done.into_iter().flat_map(|(_, found)| found).collect();
    candidates.extend(of_throughput(base, head, options));
    candidates
}

fn take<'a, T>(next: &AtomicUsize, all: &'a [T]) -> (usize, Option<&'a T>) {
    let i = next.fetch_add(1, Ordering::Relaxed);
    (i, all.get(i))
}

fn compared(run: &Run) -> ComparedRun {
    let result = &run.result;
    ComparedRun {
        run_id: result.run.run_id.clone(),
        started_at: result.run.started_at,
        environment: result.run.environment.name.clone(),
        tool_version: result.run.tool_version.clone(),
        requests: result.traffic.requests,
        measured_us: result.measured_us,
    }
}

fn verdict(findings: &[Finding], reasons: &[String]) -> ComparisonVerdict {
    let any = |judgement| findings.iter().any(|finding| finding.judgement == judgement);
    if !reasons.is_empty() {
        ComparisonVerdict::Inconclusive
    } else if any(Judgement::Regression) {
        ComparisonVerdict::Regression
    } else if any(Judgement::Inconclusive) {
        ComparisonVerdict::Inconclusive
    } else if any(Judgement::Improvement) {
        ComparisonVerdict::Improvement
    } else {
        ComparisonVerdict::Pass
    }
}

fn sentence(
    verdict: ComparisonVerdict,
    findings: &[Finding],
    reasons: &[String],
    options: &Options,
) -> String {
    let effect = Change(1.0 + options.min_effect).to_string();
    let effect = effect.trim_start_matches('+').replace(".0 %", " %");
    let of = |judgement| {
        findings
            .iter()
            .filter(move |finding| finding.judgement == judgement)
    };
    match verdict {
        ComparisonVerdict::Pass => format!(
            "no change for the worse: one of {effect} or more is excluded in all {} statistics judged",
            of(Judgement::Pass).count()
        ),
        ComparisonVerdict::Regression => most(of(Judgement::Regression)),
        ComparisonVerdict::Improvement => most(of(Judgement::Improvement)),
        ComparisonVerdict::Inconclusive if !reasons.is_empty() => reasons.join("; "),
        ComparisonVerdict::Inconclusive => format!(
            "a change for the worse of {effect} is neither shown nor excluded in {} of {} statistics; longer runs or more --rounds decide",
            of(Judgement::Inconclusive).count(),
            findings
                .iter()
                .filter(|finding| finding.judgement != Judgement::NotJudged)
                .count()
        ),
    }
}

/// The sentence of the largest change, and how many others there are.
fn most<'a>(findings: impl Iterator<Item = &'a Finding>) -> String {
    let size = |finding: &Finding| finding.estimate.map_or(0.0, |estimate| estimate.ratio.ln().abs());
    let mut findings: Vec<&Finding> = findings.collect();
    findings.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let Some((first, others)) = findings.split_first() else {
        return String::new();
    };
    match others.len() {
        0 => first.sentence.clone(),
        1 => format!("{}; and one more", first.sentence),
        n => format!("{}; and {n} more", first.sentence),
    }
}
