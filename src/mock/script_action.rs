//! One action of a script, read from JSON: its fields, and what they make of it.

use std::sync::atomic::AtomicU32;
use std::time::Duration;

use jiff::SignedDuration;
use serde_json::{Map, Value};

use super::script::{Effect, Fault, Outcome, Planned, Removal, ScriptError, Step};
use crate::source::{closest, parse_duration};

const LONGEST_DELAY_SECONDS: u64 = 60;
/// Longest real delay a script may ask for; the caller's connection is held that long.
const LONGEST_DELAY: Duration = Duration::from_secs(LONGEST_DELAY_SECONDS);

/// One action.
pub(super) struct Action<'a> {
    place: String,
    name: &'a str,
    fields: &'a Map<String, Value>,
}

impl<'a> Action<'a> {
    /// Reads the action called `name` in a phase; its fields must be those it has.
    ///
    /// # Errors
    /// [`ScriptError`] naming the field that is not understood.
    pub fn read(phase: &str, name: &'a str, fields: &'a Value) -> Result<Self, ScriptError> {
        let place = format!("{phase}.{name}");
        let fields = object(fields, &place)?;
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
        match parse_duration(text).and_then(|duration| SignedDuration::try_from(duration).ok()) {
            Some(duration) => Ok(Some(duration)),
            None => Err(self.error(
                key,
                &format!("must be a duration such as 250ms, 5s, 2m, 1h or 30d, not `{text}`"),
            )),
        }
    }

    fn error(&self, key: &str, what: &str) -> ScriptError {
        ScriptError(format!("`{}.{key}` {what}", self.place))
    }

    /// The fault it orders, if it orders one; on this operation unless it names another.
    ///
    /// # Errors
    /// [`ScriptError`] naming the field that lacks or cannot be used.
    pub fn fault(&self, default_operation: &str) -> Result<Option<Fault>, ScriptError> {
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

    /// What it does to an attachment.
    ///
    /// # Errors
    /// [`ScriptError`] for a time that is none.
    pub fn removal(&self) -> Result<Planned<Removal>, ScriptError> {
        let step = if self.name == "delete" {
            Removal::Delete
        } else {
            Removal::Discard
        };
        self.planned(step)
    }

    /// What it does to a case.
    ///
    /// # Errors
    /// [`ScriptError`] naming the field that cannot be used.
    pub fn step(&self) -> Result<Planned<Step>, ScriptError> {
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
        self.planned(step)
    }

    fn planned<S>(&self, step: S) -> Result<Planned<S>, ScriptError> {
        let after = self.duration("after")?.unwrap_or_default();
        Ok(Planned { after, step })
    }
}

/// The fields of an object.
///
/// # Errors
/// [`ScriptError`] for anything else.
pub(super) fn object<'a>(value: &'a Value, place: &str) -> Result<&'a Map<String, Value>, ScriptError> {
    value.as_object().ok_or_else(|| {
        ScriptError(format!(
            "{place} must be an object with named fields, not {value}"
        ))
    })
}

/// Checks that every field is one of these.
///
/// # Errors
/// [`ScriptError`] naming the first that is not, with the one that was probably meant.
pub(super) fn known(fields: &Map<String, Value>, allowed: &[&str], place: &str) -> Result<(), ScriptError> {
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
