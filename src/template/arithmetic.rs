//! Numbers as decimals, so that 0.1 + 0.2 is 0.3.

use rust_decimal::Decimal;
use serde_json::{Number, Value};

use super::expression::Operator;

/// Applies an operator to two values.
///
/// # Errors
/// In plain words when it has no result.
pub(super) fn apply(operator: Operator, left: &Value, right: &Value) -> Result<Value, String> {
    if let (Operator::Add, Value::String(a), Value::String(b)) = (operator, left, right) {
        return Ok(Value::String(format!("{a}{b}")));
    }
    let (Some(a), Some(b)) = (decimal(left), decimal(right)) else {
        return Err(wrong_types(operator, left, right));
    };
    let result = match operator {
        Operator::Add => a.checked_add(b),
        Operator::Subtract => a.checked_sub(b),
        Operator::Multiply => a.checked_mul(b),
        Operator::Divide if b.is_zero() => return Err("a division by zero has no result".to_owned()),
        Operator::Divide => a.checked_div(b),
    };
    result
        .and_then(to_number)
        .map(Value::Number)
        .ok_or_else(|| "the result is too large for a number".to_owned())
}

/// The number as a decimal, by the digits it is written with.
pub(super) fn decimal(value: &Value) -> Option<Decimal> {
    let Value::Number(number) = value else { return None };
    let text = number.to_string();
    text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok())
}

/// The decimal as JSON: an integer where it has no fraction.
pub(super) fn to_number(decimal: Decimal) -> Option<Number> {
    let text = decimal.normalize().to_string();
    if let Ok(integer) = text.parse::<i64>() {
        return Some(integer.into());
    }
    text.parse::<u64>()
        .ok()
        .map(Number::from)
        .or_else(|| text.parse().ok().and_then(Number::from_f64))
}

/// What kind of value it is, in a user's words.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}

fn wrong_types(operator: Operator, left: &Value, right: &Value) -> String {
    let symbol = match operator {
        Operator::Add => '+',
        Operator::Subtract => '-',
        Operator::Multiply => '*',
        Operator::Divide => '/',
    };
    let (a, b) = (kind(left), kind(right));
    format!("`{symbol}` needs two numbers, or two texts for `+`, not {a} and {b}")
}
