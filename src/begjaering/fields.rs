//! Reading of JSON whose form nobody has promised, and the spellings that differ between information models.
//!
//! A field that is `null`, and a text that is empty, count as absent: the conditions speak of information given.

use jiff::civil::Date;
use serde_json::Value;

/// A claim's own reference, and what a ground calls it: v2, v1.
pub(super) const CLAIM_REFERENCE: &[&str] = &["innsendersKravreferanse", "kravreferanse"];

/// The representative of a creditor, of the submitter, of a debtor: v2, v1.
pub(super) const CREDITORS_REPRESENTATIVE: &[&str] = &["saksoekersProsessfullmektig", "prosessfullmektig"];
pub(super) const SUBMITTERS_REPRESENTATIVE: &[&str] = &["innsendersProsessfullmektig", "prosessfullmektig"];
pub(super) const DEBTORS_REPRESENTATIVE: &[&str] = &["saksoektesProsessfullmektig", "prosessfullmektig"];

/// The element of a claim for interest: v2, v1.
pub(super) const INTEREST_CLAIM: &[&str] = &["rentekrav", "erRentekrav"];

/// The element of a claim that bears interest: v2, v1.
pub(super) const INTEREST_BEARING: &[&str] = &["rentebaerendeKrav", "renteOpplysning", "renteopplysninger"];

/// The first field present, with the name it goes by.
pub(super) fn named<'a, 'n>(value: &'a Value, names: &[&'n str]) -> Option<(&'n str, &'a Value)> {
    let object = value.as_object()?;
    names
        .iter()
        .find_map(|name| Some((*name, object.get(*name).filter(|value| !value.is_null())?)))
}

/// The first field present.
pub(super) fn field<'a>(value: &'a Value, names: &[&str]) -> Option<&'a Value> {
    named(value, names).map(|(_, value)| value)
}

/// The field down a path.
pub(super) fn at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, name| field(value, &[name]))
}

/// A text that says something.
pub(super) fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    says(field(value, &[name])?)
}

/// The text of a value, when it says something.
pub(super) fn says(value: &Value) -> Option<&str> {
    value.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// The items of a list; nothing for anything else.
pub(super) fn items<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// A calendar date; nothing when it is none, which the schema reports.
pub(super) fn date(value: &Value, name: &str) -> Option<Date> {
    text(value, name)?.parse().ok()
}

/// The texts of a list of references, or of a single one; an item may be the text or an object that holds it.
pub(super) fn references<'a>(value: Option<&'a Value>) -> Vec<&'a str> {
    let one = |value: &'a Value| says(value).or_else(|| says(field(value, CLAIM_REFERENCE)?));
    match value {
        Some(Value::Array(items)) => items.iter().filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    }
}
