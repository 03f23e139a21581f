//! Conditions on amounts and interest rates: not negative, at most two decimals. Judged as decimals, never as floats.

use rust_decimal::Decimal;
use serde_json::Value;

use super::condition::{Examined, Objection};
use super::walk::Located;

pub(super) fn amount(examined: &Examined<'_>) -> Vec<Objection> {
    objections(&examined.request.amounts, "beloep", "Beløpet", "negativt")
}

pub(super) fn rate(examined: &Examined<'_>) -> Vec<Objection> {
    objections(&examined.request.rates, "rentesats", "Rentesatsen", "negativ")
}

fn objections(
    numbers: &[Located<'_>],
    parameter: &'static str,
    noun: &str,
    negative: &str,
) -> Vec<Objection> {
    numbers
        .iter()
        .filter(|located| !is_plain(located.value))
        .map(|located| {
            let number = located.value.to_string();
            let message = format!("{noun} {number} er {negative} eller har mer enn to desimaler.");
            Objection::new(located.pointer.as_str(), message).with(parameter, number)
        })
        .collect()
}

fn is_plain(number: &Value) -> bool {
    let text = number.to_string();
    let decimal = text.parse().or_else(|_| Decimal::from_scientific(&text));
    match decimal {
        Ok(decimal) => decimal >= Decimal::ZERO && decimal.normalize().scale() <= 2,
        // Beyond 28 digits: the sign and the direction of the exponent tell.
        Err(_) => !text.starts_with('-') && !text.contains("e-"),
    }
}
