//! Conditions on the account that payments go to.

use serde_json::Value;

use super::condition::{Examined, Objection};
use super::fields::{at, field, says, text};
use crate::identity::{AccountNumber, Kid};

const PLACE: &str = "/betalingsinformasjon";

pub(super) fn empty(examined: &Examined<'_>) -> Vec<Objection> {
    let given = field(examined.request.root, &["betalingsinformasjon"]);
    if given.is_some_and(|account| !has_value(account)) {
        vec![Objection::new(PLACE, "Kontoopplysningene er tomme.")]
    } else {
        Vec::new()
    }
}

fn has_value(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => items.iter().any(has_value),
        Value::Object(members) => members.values().any(has_value),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

pub(super) fn account_number(examined: &Examined<'_>) -> Vec<Objection> {
    let path = ["betalingsinformasjon", "norskKonto", "kontonummer"];
    let number = at(examined.request.root, &path).and_then(says);
    number
        .filter(|number| AccountNumber::parse(number).is_err())
        .map(|number| {
            let message = format!("{number} er ikke et gyldig norsk kontonummer.");
            Objection::new(PLACE, message).with("kontonummer", number)
        })
        .into_iter()
        .collect()
}

/// Of whichever account is given, since the models differ in how they name the foreign one.
pub(super) fn kid(examined: &Examined<'_>) -> Vec<Objection> {
    let accounts = field(examined.request.root, &["betalingsinformasjon"])
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(serde_json::Map::values);
    accounts
        .filter_map(|account| {
            text(
                field(account, &["kontoinformasjon"]).unwrap_or(account),
                "kidnummer",
            )
        })
        .filter(|kid| Kid::parse(kid).is_err())
        .map(|kid| {
            Objection::new(PLACE, format!("{kid} er ikke et gyldig KID-nummer.")).with("kidnummer", kid)
        })
        .collect()
}
