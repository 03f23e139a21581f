//! How reports of load runs write numbers.

/// What groups digits: a narrow space that does not break a line.
const GROUP: char = '\u{202f}';

/// A time with three significant digits or so: `412 µs`, `2.04 ms`, `23.9 ms`, `412 ms`, `1.24 s`, `2 min 5 s`.
pub(super) fn time(us: u64) -> String {
    match us {
        0..1_000 => format!("{us} µs"),
        1_000..1_000_000 => format!("{} ms", decimal(us, 1_000)),
        1_000_000..60_000_000 => format!("{} s", decimal(us, 1_000_000)),
        _ => crate::report::units::duration(us),
    }
}

/// Milliseconds without their unit, for a column that has it in its head: `0.412`, `2.04`, `23.9`, `412`, `12 400`.
pub(super) fn milliseconds(us: u64) -> String {
    match us {
        0 => "0".to_owned(),
        1..1_000 => format!("0.{us:03}"),
        _ => decimal(us, 1_000),
    }
}

/// `value / unit` with three significant digits.
#[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
fn decimal(value: u64, unit: u64) -> String {
    let number = value as f64 / unit as f64;
    // The limits are where the next form would be rounded up to.
    match number {
        ..9.995 => format!("{number:.2}"),
        9.995..99.95 => format!("{number:.1}"),
        _ => grouped(round(number)),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "of a number above 0 and far below the largest"
)]
fn round(number: f64) -> u64 {
    number.round() as u64
}

/// A rate, or any number that need not be whole: `0`, `0.42`, `9.98`, `49.9`, `1 240`.
pub(super) fn rate(per_second: f64) -> String {
    match per_second {
        number if number <= 0.0 || !number.is_finite() => "0".to_owned(),
        number if number < 9.995 => trimmed(format!("{number:.2}")),
        number if number < 999.95 => trimmed(format!("{number:.1}")),
        number => grouped(round(number)),
    }
}

/// `1.50` as `1.5`, `2.00` as `2`.
fn trimmed(text: String) -> String {
    match text.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|digit| digit == b'0') => whole.to_owned(),
        Some(_) => text.trim_end_matches('0').to_owned(),
        None => text,
    }
}

/// A share as a percentage: `0 %`, `0.04 %`, `12.5 %`, `100 %`; never `0 %` or `100 %` where that is not exact.
#[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
pub(super) fn share(part: u64, whole: u64) -> String {
    if part == 0 || whole == 0 {
        return "0 %".to_owned();
    }
    if part >= whole {
        return format!("{} %", rate(part as f64 * 100.0 / whole as f64));
    }
    let percent = part as f64 * 100.0 / whole as f64;
    match percent {
        ..0.01 => "< 0.01 %".to_owned(),
        99.95.. => "> 99.9 %".to_owned(),
        _ => format!("{} %", rate(percent)),
    }
}

/// A number with its digits in groups of three, from five digits on: `9876`, `12 345`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let first = digits.len() % 3;
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && i % 3 == first {
            text.push(GROUP);
        }
        text.push(digit);
    }
    text
}

/// A count with its noun: `1 call`, `12 345 calls`.
pub(super) fn counted(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// A number of bytes: `812 B`, `4.2 KiB`, `41.5 MiB`.
#[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
pub(super) fn bytes(number: u64) -> String {
    let mut value = number as f64;
    for unit in ["B", "KiB", "MiB", "GiB"] {
        if value < 1024.0 || unit == "GiB" {
            return format!("{} {unit}", rate(value));
        }
        value /= 1024.0;
    }
    format!("{number} B")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_three_digits() {
        let cases = [
            (0, "0 µs", "0"),
            (412, "412 µs", "0.412"),
            (2_040, "2.04 ms", "2.04"),
            (9_996, "10.0 ms", "10.0"),
            (23_949, "23.9 ms", "23.9"),
            (99_960, "100 ms", "100"),
            (412_300, "412 ms", "412"),
            (1_240_000, "1.24 s", "1240"),
            (12_400_000, "12.4 s", "12\u{202f}400"),
            (125_000_000, "2 min 5 s", "125\u{202f}000"),
        ];
        for (us, with_unit, without) in cases {
            assert_eq!(
                (time(us).as_str(), milliseconds(us).as_str()),
                (with_unit, without)
            );
        }
    }

    #[test]
    fn a_share_is_nothing_or_everything_only_where_it_is() {
        let cases = [
            (0, 10, "0 %"),
            (1, 1_000_000, "< 0.01 %"),
            (1, 2_500, "0.04 %"),
            (1, 8, "12.5 %"),
            (999_999, 1_000_000, "> 99.9 %"),
            (10, 10, "100 %"),
            (3, 0, "0 %"),
        ];
        for (part, whole, text) in cases {
            assert_eq!(share(part, whole), text);
        }
    }

    #[test]
    fn counts_rates_and_bytes() {
        assert_eq!(grouped(9_876), "9876");
        assert_eq!(grouped(12_345), "12\u{202f}345");
        assert_eq!(grouped(123_456), "123\u{202f}456");
        assert_eq!(counted(1, "call"), "1 call");
        let rates = [0.0, 0.42, 9.98, 50.0, 49.94, 1_240.4, f64::NAN].map(rate);
        assert_eq!(rates, ["0", "0.42", "9.98", "50", "49.9", "1240", "0"]);
        assert_eq!(
            [812, 4_300, 43_515_904].map(bytes),
            ["812 B", "4.2 KiB", "41.5 MiB"]
        );
    }
}
