//! How the processing of one submission is to go: set beforehand, keyed by innsenderReferanse.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::SignedDuration;
use serde_json::Value;

use super::script_action::{Action, known, object};

/// The phases, each with the operation that its faults strike unless they say otherwise.
const PHASES: [(&str, &str); 3] = [
    (AFTER_UPLOAD, "upload-attachment"),
    ("after_submit", "submit"),
    ("after_change", "change"),
];
const AFTER_UPLOAD: &str = "after_upload";
/// What can happen to an attachment.
const TO_ATTACHMENTS: [&str; 4] = ["delete", "discard", "fail", "delay"];
/// What can happen to a case.
const TO_CASES: [&str; 9] = [
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
pub struct ScriptError(pub(super) String);

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

/// How an attachment is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// Somebody deletes it.
    Delete,
    /// The service discards it.
    Discard,
}

/// What happens and when, in the own time of the case or the attachment after the submission, the change or the upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned<S> {
    /// The waiting time.
    pub after: SignedDuration,
    /// What happens then.
    pub step: S,
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
    pub(super) remaining: Option<AtomicU32>,
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
    /// How uploaded attachments end before their time.
    pub after_upload: Vec<Planned<Removal>>,
    /// Steps that follow the submission.
    pub after_submit: Vec<Planned<Step>>,
    /// Steps that follow each change.
    pub after_change: Vec<Planned<Step>>,
    /// Faults, wherever in the script they were written.
    pub faults: Vec<Fault>,
}

impl Script {
    /// Reads a script: `{after_upload: {…}, after_submit: {…}, after_change: {…}}`, each an action or a list of actions.
    ///
    /// # Errors
    /// [`ScriptError`] naming the first key or value that is not understood.
    pub fn parse(script: &Value) -> Result<Self, ScriptError> {
        let phases = object(script, "the script")?;
        known(phases, &PHASES.map(|(phase, _)| phase), "the script")?;
        let mut read = Self::default();
        for (phase, operation) in PHASES {
            let allowed: &[&str] = if phase == AFTER_UPLOAD {
                &TO_ATTACHMENTS
            } else {
                &TO_CASES
            };
            for actions in listed(phases.get(phase)) {
                let actions = object(actions, phase)?;
                known(actions, allowed, phase)?;
                for (name, fields) in actions {
                    read.add(phase, operation, &Action::read(phase, name, fields)?)?;
                }
            }
        }
        Ok(read)
    }

    fn add(&mut self, phase: &str, operation: &str, action: &Action<'_>) -> Result<(), ScriptError> {
        if let Some(fault) = action.fault(operation)? {
            self.faults.push(fault);
            return Ok(());
        }
        match phase {
            AFTER_UPLOAD => self.after_upload.push(action.removal()?),
            "after_submit" => self.after_submit.push(action.step()?),
            _ => self.after_change.push(action.step()?),
        }
        Ok(())
    }
}

fn listed(actions: Option<&Value>) -> &[Value] {
    match actions {
        None | Some(Value::Null) => &[],
        Some(Value::Array(list)) => list,
        Some(one) => std::slice::from_ref(one),
    }
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
                json!({"after_upload": {"decide": {}}}),
                "known here: delete, discard, fail, delay",
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
