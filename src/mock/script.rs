//! How the processing of one submission is to go: set beforehand, keyed by innsenderReferanse.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::SignedDuration;
use serde_json::{Map, Value};

use crate::source::closest;

const LONGEST_DELAY_SECONDS: u64 = 60;
/// Longest real delay a script may ask for; the caller's connection is held that long.
const LONGEST_DELAY: Duration = Duration::from_secs(LONGEST_DELAY_SECONDS);
const PHASES: [&str; 2] = ["after_submit", "after_change"];
const ACTIONS: [&str; 9] = [
    "decide",
    "ask_for_correction",
    "refuse",
    "annul",
    "present",
    "close",
    "process",
    "fail",
    "delay",
];

/// A script that cannot be used; the message names the key and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ScriptError(String);

/// What a decision says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Deduction from income.
    Utleggstrekk,
    /// A lien.
    Utleggspant,
    /// Nothing to take.
    IntetTilUtlegg,
}

/// One step of the processing of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// sakUnderBehandling.
    Process,
    /// A message of type retting; the case waits for a change.
    AskForCorrection {
        /// The message's text.
        text: Option<String>,
    },
    /// sakForelagt.
    Present,
    /// sakBesluttet, with one decision.
    Decide(Outcome),
    /// sakNektetFremmet.
    Refuse,
    /// sakHevet.
    Annul,
    /// sakAvsluttet.
    Close,
}

/// A step and when it happens, in the case's own time after the submission or the change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The waiting time.
    pub after: SignedDuration,
    /// What happens then.
    pub step: Step,
}

/// What a fault does to an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Answers with this code instead; `status` only where the contract gives the code none, or another is wanted.
    Fail {
        /// A code of the contract.
        code: String,
        /// The HTTP status to use instead of the code's own.
        status: Option<u16>,
    },
    /// Holds the answer back, in real time.
    Delay(Duration),
}

/// A fault on one operation.
#[derive(Debug)]
pub struct Fault {
    /// The logical name of the operation it strikes.
    pub operation: String,
    /// What it does.
    pub effect: Effect,
    remaining: Option<AtomicU32>,
}

impl Fault {
    /// Uses the fault up once; `false` when it has struck as often as it should.
    pub fn strikes(&self) -> bool {
        match &self.remaining {
            None => true,
            Some(left) => left
                .fetch_update(Ordering::AcqRel, Ordering::Acquire, |n| n.checked_sub(1))
                .is_ok(),
        }
    }
}

/// The whole script.
#[derive(Debug, Default)]
pub struct Script {
    /// Steps that follow the submission.
    pub after_submit: Vec<Planned>,
    /// Steps that follow each change.
    pub after_change: Vec<Planned>,
    /// Faults, wherever in the script they were written.
    pub faults: Vec<Fault>,
}

impl Script {
    /// Reads a script: `{after_submit: {…}, after_change: {…}}`, each an action or a list of actions.
    ///
    /// # Errors
    /// [`ScriptError`] naming the first key or value that is not understood.
    pub fn parse(script: &Value) -> Result<Self, ScriptError> {
        let phases = object(script, "the script")?;
        known(phases, &PHASES, "the script")?;
        let mut read = Self::default();
        for (phase, default_operation) in PHASES.into_iter().zip(["submit", "change"]) {
            let mut planned = Vec::new();
            for actions in listed(phases.get(phase)) {
                let actions = object(actions, phase)?;
                known(actions, &ACTIONS, phase)?;
                for (name, details) in actions {
                    let details = Details::read(phase, name, details)?;
                    match details.fault(default_operation)? {
                        Some(fault) => read.faults.push(fault),
                        None => planned.push(details.step()?),
                    }
                }
            }
            match phase {
                "after_submit" => read.after_submit = planned,
                _ => read.after_change = planned,
            }
        }
        Ok(read)
    }
}

/// The inside of one action.
struct Details<'a> {
    place: String,
    name: &'a str,
    fields: &'a Map<String, Value>,
}

impl<'a> Details<'a> {
    fn read(phase: &str, name: &'a str, details: &'a Value) -> Result<Self, ScriptError> {
        let place = format!("{phase}.{name}");
        let fields = object(details, &place)?;
        let allowed: &[&str] = match name {
            "decide" => &["after", "outcome"],
            "ask_for_correction" => &["after", "text"],
            "fail" => &["code", "status", "operation", "times"],
            "delay" => &["by", "operation", "times"],
            _ => &["after"],
        };
        known(fields, allowed, &place)?;
        Ok(Self { place, name, fields })
    }

    fn text(&self, key: &str) -> Result<Option<&'a str>, ScriptError> {
        match self.fields.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(self.error(key, &format!("must be a text, not {other}"))),
        }
    }

    fn number(&self, key: &str, range: std::ops::RangeInclusive<u64>) -> Result<Option<u64>, ScriptError> {
        let Some(value) = self.fields.get(key) else {
            return Ok(None);
        };
        if let Some(number) = value.as_u64().filter(|n| range.contains(n)) {
            return Ok(Some(number));
        }
        let expected = format!(
            "must be a whole number from {} to {}, not {value}",
            range.start(),
            range.end()
        );
        Err(self.error(key, &expected))
    }

    fn duration(&self, key: &str) -> Result<Option<SignedDuration>, ScriptError> {
        let Some(text) = self.text(key)? else {
            return Ok(None);
        };
        match text.parse::<SignedDuration>() {
            Ok(duration) if !duration.is_negative() => Ok(Some(duration)),
            _ => Err(self.error(
                key,
                &format!("must be a duration such as 250ms, 5s, 2m or 1h, not `{text}`"),
            )),
        }
    }

    fn error(&self, key: &str, what: &str) -> ScriptError {
        ScriptError(format!("`{}.{key}` {what}", self.place))
    }

    fn fault(&self, default_operation: &str) -> Result<Option<Fault>, ScriptError> {
        let effect = match self.name {
            "fail" => Effect::Fail {
                code: self
                    .text("code")?
                    .ok_or_else(|| self.error("code", "is missing"))?
                    .to_owned(),
                status: self
                    .number("status", 200..=599)?
                    .and_then(|n| u16::try_from(n).ok()),
            },
            "delay" => {
                let by = self
                    .duration("by")?
                    .ok_or_else(|| self.error("by", "is missing"))?;
                let by = Duration::try_from(by).ok().filter(|by| *by <= LONGEST_DELAY);
                Effect::Delay(by.ok_or_else(|| self.error("by", "must not be longer than 60s"))?)
            }
            _ => return Ok(None),
        };
        let times = self
            .number("times", 1..=1_000_000)?
            .and_then(|n| u32::try_from(n).ok());
        let operation = self.text("operation")?.unwrap_or(default_operation).to_owned();
        Ok(Some(Fault {
            operation,
            effect,
            remaining: times.map(AtomicU32::new),
        }))
    }

    fn step(&self) -> Result<Planned, ScriptError> {
        let step = match self.name {
            "process" => Step::Process,
            "present" => Step::Present,
            "refuse" => Step::Refuse,
            "annul" => Step::Annul,
            "close" => Step::Close,
            "ask_for_correction" => Step::AskForCorrection {
                text: self.text("text")?.map(str::to_owned),
            },
            _ => Step::Decide(match self.text("outcome")? {
                None | Some("utleggstrekk") => Outcome::Utleggstrekk,
                Some("utleggspant") => Outcome::Utleggspant,
                Some("intetTilUtlegg") => Outcome::IntetTilUtlegg,
                Some(other) => {
                    let what = format!("must be utleggstrekk, utleggspant or intetTilUtlegg, not `{other}`");
                    return Err(self.error("outcome", &what));
                }
            }),
        };
        Ok(Planned {
            after: self.duration("after")?.unwrap_or_default(),
            step,
        })
    }
}

fn listed(actions: Option<&Value>) -> &[Value] {
    match actions {
        None | Some(Value::Null) => &[],
        Some(Value::Array(list)) => list,
        Some(one) => std::slice::from_ref(one),
    }
}

fn object<'a>(value: &'a Value, place: &str) -> Result<&'a Map<String, Value>, ScriptError> {
    value.as_object().ok_or_else(|| {
        ScriptError(format!(
            "{place} must be an object with named fields, not {value}"
        ))
    })
}

fn known(fields: &Map<String, Value>, allowed: &[&str], place: &str) -> Result<(), ScriptError> {
    let Some(unknown) = fields.keys().find(|key| !allowed.contains(&key.as_str())) else {
        return Ok(());
    };
    let hint = match closest(unknown, allowed.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known here: {}", allowed.join(", ")),
    };
    Err(ScriptError(format!(
        "{place} has the unknown key `{unknown}`; {hint}"
    )))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_designs_example_is_read() {
        let script = Script::parse(&json!({
            "after_submit": {"ask_for_correction": {"after": "5s"}},
            "after_change": [{"present": {}}, {"decide": {"after": "1h", "outcome": "utleggspant"}}],
        }))
        .unwrap();
        let asked = Planned {
            after: SignedDuration::from_secs(5),
            step: Step::AskForCorrection { text: None },
        };
        assert_eq!(script.after_submit, [asked]);
        assert_eq!(script.after_change[0].after, SignedDuration::ZERO);
        assert_eq!(script.after_change[1].step, Step::Decide(Outcome::Utleggspant));
    }

    #[test]
    fn faults_strike_as_often_as_told_on_the_operation_of_their_phase() {
        let script = Script::parse(&json!({
            "after_submit": {"fail": {"code": "KB-001", "times": 2}},
            "after_change": {"delay": {"by": "250ms"}},
        }))
        .unwrap();
        let [fail, delay] = script.faults.as_slice() else {
            panic!("two faults")
        };
        assert_eq!(fail.operation, "submit");
        assert!(fail.strikes() && fail.strikes() && !fail.strikes());
        assert_eq!(delay.operation, "change");
        assert_eq!(delay.effect, Effect::Delay(Duration::from_millis(250)));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (script, expected) in [
            (json!([]), "the script must be an object"),
            (
                json!({"after_sumbit": {}}),
                "`after_sumbit`; did you mean `after_submit`?",
            ),
            (
                json!({"after_submit": {"decied": {}}}),
                "`decied`; did you mean `decide`?",
            ),
            (
                json!({"after_submit": {"decide": {"afer": "1s"}}}),
                "after_submit.decide has the unknown key `afer`",
            ),
            (
                json!({"after_submit": {"decide": {"after": 5}}}),
                "`after_submit.decide.after` must be a text",
            ),
            (
                json!({"after_submit": {"decide": {"after": "soon"}}}),
                "must be a duration",
            ),
            (
                json!({"after_submit": {"decide": {"after": "-5s"}}}),
                "must be a duration",
            ),
            (
                json!({"after_submit": {"decide": {"outcome": "alt"}}}),
                "must be utleggstrekk",
            ),
            (
                json!({"after_submit": {"fail": {}}}),
                "`after_submit.fail.code` is missing",
            ),
            (
                json!({"after_submit": {"delay": {"by": "2h"}}}),
                "must not be longer than 60s",
            ),
            (
                json!({"after_submit": {"fail": {"code": "KB-001", "times": 0}}}),
                "from 1 to 1000000",
            ),
        ] {
            let error = Script::parse(&script).unwrap_err().to_string();
            assert!(error.contains(expected), "{script}: {error}");
        }
    }
}
