//! An agreement with the owner of an environment that it may be put under load.

use jiff::Timestamp;

use super::EnvironmentSettings;
use super::fields::Fields;
use super::host::{host_of, is_loopback};
use crate::source::{Diagnostic, Diagnostics, Node};

/// What the owner of an environment has agreed to, as the settings state it.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadAgreement {
    /// Where it is written down: a case number, a letter.
    pub reference: String,
    /// The host it is for.
    pub host: String,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// The most arrivals per second.
    pub per_second: f64,
}

impl LoadAgreement {
    /// Reads `load_agreement:`.
    pub(super) fn read(node: &Node, problems: &mut Diagnostics) -> Option<Self> {
        let mut fields = Fields::of(node, "load_agreement");
        let reference = fields.required_text("reference");
        let host = fields.required_text("host");
        let from = fields.required_text("from");
        let until = fields.required_text("until");
        let ceiling = fields.required_text("ceiling");
        let mut time = |key: &str, text: Option<String>| {
            let text = text?;
            let parsed = text.parse::<Timestamp>().ok();
            if parsed.is_none() {
                let message =
                    format!("`{key}` must be a time with its offset such as `2026-12-01T08:00:00+01:00`");
                fields.problems.push(Diagnostic::error(message).at(node.place()));
            }
            parsed
        };
        let (from, until) = (time("from", from), time("until", until));
        let per_second = ceiling.as_deref().and_then(arrivals_per_second);
        if ceiling.is_some() && per_second.is_none() {
            let message = "`ceiling` must be a rate such as `5/s`";
            fields.problems.push(Diagnostic::error(message).at(node.place()));
        }
        problems.extend(fields.finish());
        Some(Self {
            reference: reference?,
            host: host?.to_ascii_lowercase(),
            from: from?,
            until: until?,
            per_second: per_second?,
        })
    }
}

/// `5/s`, `0.5/s`.
fn arrivals_per_second(text: &str) -> Option<f64> {
    let rate: f64 = text.strip_suffix("/s")?.trim().parse().ok()?;
    (rate.is_finite() && rate > 0.0).then_some(rate)
}

impl EnvironmentSettings {
    /// Whether every address of it is on this machine.
    pub fn is_on_loopback(&self) -> bool {
        self.base_urls.values().all(|url| is_loopback(&host_of(url)))
    }

    /// Why the environment must not be put under load from `now` on for as long as `until`, at `per_second` arrivals
    /// (nothing in the closed model, which the five simultaneous calls bound); nothing if it may.
    pub fn load_refusal(&self, now: Timestamp, until: Timestamp, per_second: Option<f64>) -> Option<String> {
        if self.is_on_loopback() {
            return None;
        }
        let name = &self.name;
        let Some(agreement) = &self.load_agreement else {
            return Some(format!(
                "load on environment `{name}` is refused: it is not on this machine, and its settings name no agreement; \
                 agree with its owner, then write `load_agreement` (reference, host, from, until, ceiling) into utlegg.yaml"
            ));
        };
        let reference = &agreement.reference;
        let foreign = self.base_urls.values().map(|url| host_of(url));
        if let Some(host) = foreign.into_iter().find(|host| *host != agreement.host) {
            return Some(format!(
                "load on `{host}` is refused: agreement {reference} is for `{}`",
                agreement.host
            ));
        }
        if now < agreement.from || until > agreement.until {
            return Some(format!(
                "load on environment `{name}` is refused: agreement {reference} is for {} to {}, and this run would last \
                 from {now:.0} to {until:.0}",
                agreement.from, agreement.until
            ));
        }
        let asked = per_second.filter(|asked| *asked > agreement.per_second)?;
        Some(format!(
            "load on environment `{name}` is refused: agreement {reference} allows {}/s, the plan asks for {asked}/s",
            agreement.per_second
        ))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::settings::load;

    fn environment(agreement: &str) -> EnvironmentSettings {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("utlegg.yaml");
        let text = format!("environments:\n  test:\n    base_url: https://api-test.example/v2\n{agreement}");
        std::fs::write(&path, text).unwrap();
        load(Some(&path), &BTreeMap::new()).unwrap().environments["test"].clone()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    const AGREEMENT: &str = "    load_agreement:\n      reference: 2026/17\n      host: api-test.example\n      \
        from: 2026-12-01T08:00:00+01:00\n      until: 2026-12-01T10:00:00+01:00\n      ceiling: 5/s\n";

    #[test]
    fn load_elsewhere_needs_an_agreement_that_covers_it() {
        let (now, end) = (at("2026-12-01T07:30:00Z"), at("2026-12-01T07:40:00Z"));
        let bare = environment("");
        assert!(
            bare.load_refusal(now, end, None)
                .unwrap()
                .contains("no agreement")
        );
        let agreed = environment(AGREEMENT);
        assert_eq!(agreed.load_refusal(now, end, Some(5.0)), None);
        let refused = |now, end, rate| agreed.load_refusal(now, end, rate).unwrap();
        assert!(refused(now, end, Some(5.5)).contains("allows 5/s"));
        assert!(refused(at("2026-12-01T06:59:00Z"), end, None).contains("2026/17"));
        assert!(refused(now, at("2026-12-01T09:01:00Z"), None).contains("would last"));
        let elsewhere = environment(&AGREEMENT.replace("host: api-test.example", "host: other.example"));
        assert!(
            elsewhere
                .load_refusal(now, end, None)
                .unwrap()
                .contains("is for `other.example`")
        );
    }

    #[test]
    fn load_on_this_machine_needs_none() {
        let mut local = environment("");
        local
            .base_urls
            .insert(String::new(), "http://127.0.0.1:80/v2".to_owned());
        let now = at("2026-12-01T07:30:00Z");
        assert_eq!(local.load_refusal(now, now, Some(1e6)), None);
    }
}
