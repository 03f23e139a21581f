//! The functions that work on their arguments alone. Each gets as many arguments as the table says.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Span;
use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;

use super::arithmetic::{decimal, kind, to_number};

/// The longest text `repeat` gives, in bytes.
const MAX_REPEATED: usize = 1 << 20;

type Answer = Result<Value, String>;

pub(super) fn base64(arguments: &[Value]) -> Answer {
    Ok(STANDARD.encode(text(arguments, 0)?).into())
}

pub(super) fn days(arguments: &[Value]) -> Answer {
    shift(arguments, |date, n| {
        date.checked_add(Span::new().try_days(n).ok()?).ok()
    })
}

pub(super) fn months(arguments: &[Value]) -> Answer {
    shift(arguments, |date, n| {
        date.checked_add(Span::new().try_months(n).ok()?).ok()
    })
}

pub(super) fn first(arguments: &[Value]) -> Answer {
    list(arguments, 0)?
        .first()
        .cloned()
        .ok_or_else(|| "the list is empty".to_owned())
}

pub(super) fn last(arguments: &[Value]) -> Answer {
    list(arguments, 0)?
        .last()
        .cloned()
        .ok_or_else(|| "the list is empty".to_owned())
}

pub(super) fn join(arguments: &[Value]) -> Answer {
    let separator = text(arguments, 1)?;
    let parts: Result<Vec<_>, _> = list(arguments, 0)?.iter().map(written).collect();
    Ok(parts?.join(separator).into())
}

#[expect(clippy::unnecessary_wraps, reason = "the table holds functions that may fail")]
pub(super) fn json(arguments: &[Value]) -> Answer {
    Ok(arguments.first().unwrap_or(&Value::Null).to_string().into())
}

pub(super) fn length(arguments: &[Value]) -> Answer {
    match arguments.first() {
        Some(Value::String(text)) => Ok(text.chars().count().into()),
        Some(Value::Array(items)) => Ok(items.len().into()),
        Some(Value::Object(fields)) => Ok(fields.len().into()),
        other => Err(format!(
            "needs text, a list or a mapping, not {}",
            kind(other.unwrap_or(&Value::Null))
        )),
    }
}

pub(super) fn lower(arguments: &[Value]) -> Answer {
    Ok(text(arguments, 0)?.to_lowercase().into())
}

pub(super) fn upper(arguments: &[Value]) -> Answer {
    Ok(text(arguments, 0)?.to_uppercase().into())
}

pub(super) fn trim(arguments: &[Value]) -> Answer {
    Ok(text(arguments, 0)?.trim().into())
}

pub(super) fn number(arguments: &[Value]) -> Answer {
    let written = text(arguments, 0)?;
    let number = written.trim().parse::<Decimal>().ok().and_then(to_number);
    number
        .map(Value::Number)
        .ok_or_else(|| format!("`{written}` is not a number"))
}

pub(super) fn string(arguments: &[Value]) -> Answer {
    written(arguments.first().unwrap_or(&Value::Null)).map(Value::String)
}

pub(super) fn repeat(arguments: &[Value]) -> Answer {
    let (text, times) = (text(arguments, 0)?, whole(arguments, 1)?);
    let times = usize::try_from(times).map_err(|_| "cannot repeat a negative number of times".to_owned())?;
    if text.len().saturating_mul(times) > MAX_REPEATED {
        return Err(format!("gives at most {MAX_REPEATED} bytes"));
    }
    Ok(text.repeat(times).into())
}

pub(super) fn round(arguments: &[Value]) -> Answer {
    let places = if arguments.len() > 1 {
        whole(arguments, 1)?
    } else {
        0
    };
    let places = u32::try_from(places).ok().filter(|n| *n <= 28);
    let places = places.ok_or_else(|| "rounds to 0 to 28 decimals".to_owned())?;
    let value = arguments
        .first()
        .and_then(decimal)
        .ok_or_else(|| wrong(arguments, 0, "a number"))?;
    let rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    to_number(rounded)
        .map(Value::Number)
        .ok_or_else(|| "the result is too large for a number".to_owned())
}

/// A scalar as text.
pub(super) fn written(value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(_) | Value::Bool(_) => Ok(value.to_string()),
        other => Err(format!(
            "{} is not text; write `json(…)` for its JSON",
            kind(other)
        )),
    }
}

fn shift(arguments: &[Value], by: fn(Date, i64) -> Option<Date>) -> Answer {
    let written = text(arguments, 0)?;
    let date: Date = written
        .parse()
        .map_err(|_| format!("`{written}` is not a date such as 2026-01-31"))?;
    let shifted = by(date, whole(arguments, 1)?);
    shifted
        .map(|date| date.to_string().into())
        .ok_or_else(|| "the result is no date of the calendar".to_owned())
}

fn text(arguments: &[Value], at: usize) -> Result<&str, String> {
    arguments
        .get(at)
        .and_then(Value::as_str)
        .ok_or_else(|| wrong(arguments, at, "text"))
}

fn list(arguments: &[Value], at: usize) -> Result<&Vec<Value>, String> {
    arguments
        .get(at)
        .and_then(Value::as_array)
        .ok_or_else(|| wrong(arguments, at, "a list"))
}

fn whole(arguments: &[Value], at: usize) -> Result<i64, String> {
    arguments
        .get(at)
        .and_then(Value::as_i64)
        .ok_or_else(|| wrong(arguments, at, "a whole number"))
}

fn wrong(arguments: &[Value], at: usize, wanted: &str) -> String {
    let found = kind(arguments.get(at).unwrap_or(&Value::Null));
    format!("needs {wanted} as argument {}, not {found}", at + 1)
}
