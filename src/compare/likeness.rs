//! Whether runs may be compared: what differs between them, a sentence each.

use std::collections::BTreeMap;

use super::plan_words;
use super::run::Run;
use crate::outcome::load::{LoadResult, MixEntry, PlanRecord};

/// What differs between two runs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Differences {
    /// What makes them another measurement: they are not compared.
    pub(super) refused: Vec<String>,
    /// What does no harm.
    pub(super) noted: Vec<String>,
}

/// What differs between any of `base` and any of `head`; `other_target` allows for another environment in head.
pub(super) fn differences(base: &[Run], head: &[Run], other_target: bool) -> Differences {
    let mut found = Differences::default();
    let Some((first, rest)) = base.split_first() else {
        return found;
    };
    for run in rest {
        found.look(&first.result, &run.result, false);
    }
    for run in head {
        found.look(&first.result, &run.result, other_target);
    }
    let mut ids: Vec<&str> = base
        .iter()
        .chain(head)
        .map(|run| run.result.run.run_id.as_str())
        .collect();
    ids.sort_unstable();
    for twice in ids.windows(2).filter(|pair| pair[0] == pair[1]) {
        found.refuse(format!(
            "run {} is named twice, and a run says nothing beside itself",
            twice[0]
        ));
    }
    found
}

impl Differences {
    fn refuse(&mut self, sentence: String) {
        if !self.refused.contains(&sentence) {
            self.refused.push(sentence);
        }
    }

    fn note(&mut self, sentence: String) {
        if !self.noted.contains(&sentence) {
            self.noted.push(sentence);
        }
    }

    fn look(&mut self, base: &LoadResult, head: &LoadResult, other_target: bool) {
        self.plan(&base.run.plan, &head.run.plan);
        self.contracts(base, head);
        self.target(base, head, other_target);
        self.machine(base, head);
        self.harmless(base, head);
    }

    fn plan(&mut self, base: &PlanRecord, head: &PlanRecord) {
        self.mix(&base.mix, &head.mix);
        let parts = plan_words::parts(base).into_iter().zip(plan_words::parts(head));
        for ((what, of_base), (_, of_head)) in parts {
            if of_base != of_head {
                self.refuse(format!(
                    "the plans differ in {what}: {of_base} in base, {of_head} in head"
                ));
            }
        }
    }

    fn mix(&mut self, base: &[MixEntry], head: &[MixEntry]) {
        let by_test = |mix: &[MixEntry]| -> BTreeMap<String, MixEntry> {
            mix.iter()
                .map(|entry| (entry.test.clone(), entry.clone()))
                .collect()
        };
        let (base, head) = (by_test(base), by_test(head));
        for (test, of_base) in &base {
            match head.get(test) {
                None => self.refuse(format!("{test} is in the mix of base only")),
                Some(of_head) if of_head.weight != of_base.weight => self.refuse(format!(
                    "{test} has weight {} in base and {} in head",
                    of_base.weight, of_head.weight
                )),
                Some(of_head) if of_head.fingerprint != of_base.fingerprint => self.refuse(format!(
                    "the scenario {test} was changed between the runs: SHA-256 {} in base, {} in head",
                    short(&of_base.fingerprint),
                    short(&of_head.fingerprint)
                )),
                Some(_) => {}
            }
        }
        for test in head.keys().filter(|test| !base.contains_key(*test)) {
            self.refuse(format!("{test} is in the mix of head only"));
        }
    }

    fn contracts(&mut self, base: &LoadResult, head: &LoadResult) {
        let sorted = |result: &LoadResult| {
            let contracts = result.run.environment.contracts.iter();
            let mut hashes: Vec<String> = contracts.map(|(_, hash)| hash.clone()).collect();
            hashes.sort_unstable();
            hashes
        };
        let (of_base, of_head) = (sorted(base), sorted(head));
        if of_base != of_head {
            let shown = |hashes: &[String]| {
                hashes
                    .iter()
                    .map(|hash| short(hash))
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            self.refuse(format!(
                "the contracts differ, so other things were checked: SHA-256 {} in base, {} in head",
                shown(&of_base),
                shown(&of_head)
            ));
        }
        let (of_base, of_head) = (&base.run.environment.models, &head.run.environment.models);
        if of_base != of_head {
            self.refuse(format!(
                "the information models differ: {} in base, {} in head",
                of_base.join(", "),
                of_head.join(", ")
            ));
        }
    }

    fn target(&mut self, base: &LoadResult, head: &LoadResult, other_target: bool) {
        let (of_base, of_head) = (&base.run.environment, &head.run.environment);
        let kind = |mock: bool| if mock { "the mock" } else { "a live environment" };
        if of_base.mock != of_head.mock && !other_target {
            self.refuse(format!(
                "base ran against {}, head against {}",
                kind(of_base.mock),
                kind(of_head.mock)
            ));
        } else if of_base.name != of_head.name {
            let sentence = format!(
                "base ran against environment {}, head against {}",
                of_base.name, of_head.name
            );
            if other_target {
                self.note(sentence);
            } else {
                self.refuse(format!(
                    "{sentence}; to compare two environments, add --other-target"
                ));
            }
        } else if !of_base.mock && of_base.base_urls != of_head.base_urls {
            self.note(format!(
                "environment {} had other addresses in head",
                of_base.name
            ));
        }
    }

    fn machine(&mut self, base: &LoadResult, head: &LoadResult) {
        if base.run.host != head.run.host {
            let class = |result: &LoadResult| {
                let host = &result.run.host;
                format!("{} on {} with {} cores", host.os, host.architecture, host.cores)
            };
            self.refuse(format!(
                "the load came from unlike machines: {} in base, {} in head",
                class(base),
                class(head)
            ));
        }
        let (of_base, of_head) = (&base.run.tool_version, &head.run.tool_version);
        if compatible(of_base) != compatible(of_head) {
            self.refuse(format!(
                "the runs are of unlike versions of utlegg, which may measure differently: {of_base} in base, {of_head} in head"
            ));
        } else if of_base != of_head {
            self.note(format!("utlegg was {of_base} in base and {of_head} in head"));
        }
    }

    fn harmless(&mut self, base: &LoadResult, head: &LoadResult) {
        let (of_base, of_head) = (&base.run.plan, &head.run.plan);
        if of_base.name != of_head.name {
            self.note(format!(
                "the plan is called {} in base and {} in head",
                of_base.name, of_head.name
            ));
        }
        if of_base.thresholds != of_head.thresholds {
            self.note("the plans have other thresholds, which change nothing that is measured".to_owned());
        }
        if base.run.seed != head.run.seed {
            self.note("arrivals and data were drawn from another seed".to_owned());
        }
    }
}

/// The part of a version that changes when what it does changes: the first number, or the first two below 1.0.
fn compatible(version: &str) -> Vec<&str> {
    let parts: Vec<&str> = version.split(['.', '-', '+']).collect();
    let count = if parts.first() == Some(&"0") { 2 } else { 1 };
    parts.into_iter().take(count).collect()
}

/// The first digits of a hash.
fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}
