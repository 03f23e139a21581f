//! When two JSON values are the same.

use serde_json::{Number, Value};
use unicode_normalization::UnicodeNormalization;

/// Equal as JSON: numbers by value, text after composition (NFC), objects without regard to order.
pub fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => same_number(a, b),
        (Value::String(a), Value::String(b)) => same_text(a, b),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| equal(a, b)))
        }
        _ => a == b,
    }
}

/// Text as it is compared. Æ, Ø and Å may come composed or not.
pub(super) fn composed(text: &str) -> String {
    text.nfc().collect()
}

fn same_text(a: &str, b: &str) -> bool {
    a == b || (!(a.is_ascii() && b.is_ascii()) && a.nfc().eq(b.nfc()))
}

/// Whole numbers are compared as such, since not all of them fit a float.
fn same_number(a: &Number, b: &Number) -> bool {
    match (whole(a), whole(b)) {
        (Some(a), Some(b)) => a == b,
        (None, None) => a.as_f64() == b.as_f64(),
        _ => false,
    }
}

/// The number, if it has no fraction and its value is exact.
fn whole(number: &Number) -> Option<i128> {
    if let Some(n) = number.as_i64() {
        return Some(n.into());
    }
    if let Some(n) = number.as_u64() {
        return Some(n.into());
    }
    let n = number.as_f64()?;
    // Within ±2^53 every whole float is exact; beyond, neighbours are more than one apart.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be whole and within ±2^53"
    )]
    let whole = (n.fract() == 0.0 && n.abs() <= 9_007_199_254_740_992.0).then_some(n as i128);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_compared_by_value() {
        assert!(equal(&json!(1), &json!(1.0)));
        assert!(equal(&json!(100.10), &json!(100.1)));
        assert!(equal(&json!(1e300), &json!(1e300)));
        assert!(!equal(
            &json!(9_007_199_254_740_993_i64),
            &json!(9_007_199_254_740_992_i64)
        ));
        assert!(!equal(&json!(1), &json!("1")));
        assert!(!equal(&json!(1), &json!(1.5)));
    }

    #[test]
    fn order_matters_in_lists_and_not_in_objects() {
        assert!(equal(
            &json!({"a": [1, 2], "b": null}),
            &json!({"b": null, "a": [1.0, 2]})
        ));
        assert!(!equal(&json!([1, 2]), &json!([2, 1])));
        assert!(!equal(&json!({"a": null}), &json!({"b": null})));
    }

    #[test]
    fn text_is_compared_composed() {
        assert!(equal(&json!("A\u{30a}"), &json!("\u{c5}")));
        assert!(!equal(&json!("å"), &json!("a")));
    }
}
