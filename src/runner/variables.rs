//! The variables of one test and the functions its templates may call.

use std::borrow::Cow;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use crate::template::Scope;

/// The variables of one test, in the order they were set; the latest of a name counts.
pub(super) struct Variables {
    values: Vec<(String, Value)>,
    random: std::sync::Mutex<ChaCha8Rng>,
    today: jiff::civil::Date,
}

impl Variables {
    /// No variables yet; random values are drawn from `seed`.
    pub(super) fn new(seed: u64) -> Self {
        Self {
            values: Vec::new(),
            random: std::sync::Mutex::new(ChaCha8Rng::seed_from_u64(seed)),
            // UTC is never ahead of Norway, so nothing drawn from it lies in the service's future.
            today: jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date(),
        }
    }

    /// Sets a variable, or gives it a new value.
    pub(super) fn set(&mut self, name: &str, value: Value) {
        match self.values.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.values.push((name.to_owned(), value)),
        }
    }

    /// The value of a variable.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.values
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    fn draw<R>(&self, draw: impl FnOnce(&mut ChaCha8Rng) -> R) -> R {
        draw(
            &mut self
                .random
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner),
        )
    }

    fn today_plus(&self, arguments: &[Value]) -> Result<Value, String> {
        let days = match arguments {
            [] => 0,
            [days] => days.as_i64().ok_or("`today` takes a whole number of days")?,
            _ => return Err("`today` takes at most one argument, a number of days".to_owned()),
        };
        let date = self
            .today
            .checked_add(
                jiff::Span::new()
                    .try_days(days)
                    .map_err(|_| "that is too many days")?,
            )
            .map_err(|_| "that date does not exist")?;
        Ok(date.to_string().into())
    }

    fn random_between(&self, arguments: &[Value]) -> Result<Value, String> {
        let [Some(low), Some(high)] = [0, 1].map(|i| arguments.get(i).and_then(Value::as_i64)) else {
            return Err("`random` takes two whole numbers, the least and the greatest".to_owned());
        };
        if low > high {
            return Err(format!("`random`: {low} is above {high}"));
        }
        Ok(self.draw(|random| random.random_range(low..=high)).into())
    }
}

impl Scope for Variables {
    fn variable(&self, name: &str) -> Option<Cow<'_, Value>> {
        self.get(name).map(Cow::Borrowed)
    }

    fn function(&self, name: &str, arguments: &[Value]) -> Option<Result<Value, String>> {
        Some(match name {
            "today" => self.today_plus(arguments),
            "now" => Ok(jiff::Timestamp::now().to_string().into()),
            "uuid" => {
                let bytes = self.draw(RngExt::random::<[u8; 16]>);
                Ok(uuid::Builder::from_random_bytes(bytes)
                    .into_uuid()
                    .to_string()
                    .into())
            }
            "random" => self.random_between(arguments),
            _ => return None,
        })
    }

    fn names(&self) -> Vec<String> {
        self.values.iter().map(|(name, _)| name.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_gives_one_sequence() {
        let (a, b) = (Variables::new(7), Variables::new(7));
        let draw = |v: &Variables| {
            (
                v.function("uuid", &[]),
                v.function("random", &[1.into(), 9.into()]),
            )
        };
        assert_eq!(draw(&a), draw(&b));
        assert_ne!(
            a.function("uuid", &[]),
            b.function("random", &[1.into(), 9.into()])
        );
    }

    #[test]
    fn wrong_arguments_are_explained() {
        let variables = Variables::new(1);
        for (name, arguments) in [
            ("today", vec!["x".into()]),
            ("today", vec![1.into(), 2.into()]),
            ("today", vec![i64::MAX.into()]),
            ("random", vec![1.into()]),
            ("random", vec![9.into(), 1.into()]),
        ] {
            let result = variables.function(name, &arguments).unwrap();
            assert!(result.is_err(), "{name} {arguments:?}: {result:?}");
        }
        assert!(variables.function("tomorrow", &[]).is_none());
    }
}
