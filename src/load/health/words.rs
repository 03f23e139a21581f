//! How limits write numbers.

/// A count as a number to calculate with.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub(super) fn number(count: u64) -> f64 {
    count as f64
}

/// A share as a percentage, with as many digits as tell it from a limit: `4.2 %`, `99.96 %`.
pub(super) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let from_end = percent.min((100.0 - percent).abs());
    let digits = match from_end {
        _ if (percent - percent.round()).abs() < 1e-9 => 0,
        0.1.. => 1,
        0.01.. => 2,
        _ => 3,
    };
    format!("{percent:.digits$} %")
}

/// A time: `412 µs`, `5 ms`, `7.3 ms`, `1.24 s`.
pub(super) fn micros(us: u64) -> String {
    match us {
        0..1_000 => format!("{us} µs"),
        1_000..1_000_000 if us.is_multiple_of(1_000) => format!("{} ms", us / 1_000),
        1_000..1_000_000 => format!("{:.1} ms", number(us) / 1e3),
        _ => format!("{:.2} s", number(us) / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_times_keep_the_digits_that_tell() {
        let shares = [
            (0.042, "4.2 %"),
            (0.01, "1 %"),
            (0.9996, "99.96 %"),
            (0.000_13, "0.01 %"),
            (0.0, "0 %"),
            (1.0, "100 %"),
            (1.234, "123.4 %"),
        ];
        for (share, text) in shares {
            assert_eq!(percent(share), text);
        }
        for (us, text) in [
            (412, "412 µs"),
            (5_000, "5 ms"),
            (7_312, "7.3 ms"),
            (1_240_000, "1.24 s"),
        ] {
            assert_eq!(micros(us), text);
        }
    }
}
