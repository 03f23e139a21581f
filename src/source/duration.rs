//! Durations as users write them: `250ms`, `5s`, `1.5m`, `2h`, `1d`.

use std::time::Duration;

/// The longest duration: a year.
const LONGEST: Duration = Duration::from_hours(366 * 24);

/// The units, with their seconds.
const UNITS: [(&str, f64); 5] = [
    ("ms", 0.001),
    ("s", 1.0),
    ("m", 60.0),
    ("h", 3600.0),
    ("d", 86_400.0),
];

/// Reads a duration, such as `1h30m`; `None` when it is not one, is negative or is above a year.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..digits].parse().ok()?;
        let unit = &rest[digits..];
        let end = unit
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(unit.len());
        let (_, factor) = UNITS.iter().find(|(name, _)| *name == &unit[..end])?;
        seconds += number * factor;
        rest = &unit[end..];
    }
    let read = Duration::try_from_secs_f64(seconds).ok()?;
    (read <= LONGEST).then_some(read)
}

/// Writes a duration for people: `250ms`, `5s`, `2m 3s`, `1h 5m`.
pub fn format_duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0 if duration.subsec_micros() < 1000 => format!("{}µs", duration.subsec_micros()),
        0 => format!("{}ms", duration.subsec_millis()),
        1..60 if duration.subsec_millis() > 0 => format!("{:.1}s", duration.as_secs_f64()),
        1..60 => format!("{seconds}s"),
        60..3600 if seconds.is_multiple_of(60) => format!("{}m", seconds / 60),
        60..3600 => format!("{}m {}s", seconds / 60, seconds % 60),
        _ if seconds % 3600 / 60 == 0 => format!("{}h", seconds / 3600),
        _ => format!("{}h {}m", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_with_their_unit_only() {
        assert_eq!(parse_duration("250ms"), Some(Duration::from_millis(250)));
        assert_eq!(parse_duration("1.5m"), Some(Duration::from_secs(90)));
        assert_eq!(parse_duration("1h"), Some(Duration::from_hours(1)));
        assert_eq!(parse_duration("1h30m"), Some(Duration::from_mins(90)));
        for wrong in [
            "", "5", "s", "-1s", "1e9s", "5 s s", "9999d", "400d", "NaNs", "1..2s", "2 s", "2sec", "2s3",
        ] {
            assert_eq!(parse_duration(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn durations_are_written_short() {
        for (millis, shown) in [
            (250, "250ms"),
            (5000, "5s"),
            (1500, "1.5s"),
            (125_000, "2m 5s"),
            (3_900_000, "1h 5m"),
        ] {
            assert_eq!(format_duration(Duration::from_millis(millis)), shown);
        }
    }
}
