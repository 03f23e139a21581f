//! Rates as users write them: `50/s`, `0.5/s`, `30/m`.

/// The highest rate that is read, per second.
const HIGHEST: f64 = 1_000_000.0;

/// Reads a rate as so many per second; `None` when it is not one, or is above a million per second.
pub fn parse_rate(text: &str) -> Option<f64> {
    let (number, unit) = text.split_once('/')?;
    let seconds = match unit {
        "s" => 1.0,
        "m" => 60.0,
        _ => return None,
    };
    let plain = number.starts_with(|c: char| c.is_ascii_digit())
        && number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let per_second = plain.then(|| number.parse::<f64>().ok())?? / seconds;
    (per_second <= HIGHEST).then_some(per_second)
}

/// Writes a rate for people: `50/s`, `0.5/s`, `44.967/s`.
pub fn format_rate(per_second: f64) -> String {
    let text = format!("{per_second:.3}");
    format!("{}/s", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_with_their_unit_only() {
        assert_eq!(parse_rate("50/s"), Some(50.0));
        assert_eq!(parse_rate("0.5/s"), Some(0.5));
        assert_eq!(parse_rate("30/m"), Some(0.5));
        for wrong in [
            "",
            "50",
            "50/",
            "/s",
            "-1/s",
            "50 / s",
            "50/h",
            "1e3/s",
            "NaN/s",
            ".5/s",
            "1..2/s",
            "2000000/s",
        ] {
            assert_eq!(parse_rate(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn rates_are_written_without_needless_digits() {
        for (rate, shown) in [
            (50.0, "50/s"),
            (0.5, "0.5/s"),
            (44.9666, "44.967/s"),
            (0.0, "0/s"),
        ] {
            assert_eq!(format_rate(rate), shown);
        }
    }
}
