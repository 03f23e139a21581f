//! The variables of one test and the functions its templates may call.

use std::borrow::Cow;
use std::sync::{Mutex, OnceLock, PoisonError};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use crate::template::Scope;
use crate::testdata::Party;

/// The variables of one test, in the order they were set; the latest of a name counts.
pub(super) struct Variables<'a> {
    values: Vec<(String, Held<'a>)>,
    seed: u64,
    random: Mutex<Option<ChaCha8Rng>>,
    today: OnceLock<jiff::civil::Date>,
}

/// What a variable holds.
enum Held<'a> {
    Value(Value),
    /// A party, written out when somebody asks: most tests name one or two of its fields, if any.
    Party(&'a Party, OnceLock<Value>),
}

impl Held<'_> {
    fn value(&self) -> &Value {
        match self {
            Self::Value(value) => value,
            Self::Party(party, written) => written.get_or_init(|| party.to_json()),
        }
    }
}

impl<'a> Variables<'a> {
    /// No variables yet; random values are drawn from `seed`.
    pub(super) fn new(seed: u64) -> Self {
        Self {
            values: Vec::with_capacity(8),
            seed,
            random: Mutex::default(),
            today: OnceLock::new(),
        }
    }

    /// Sets a variable, or gives it a new value.
    pub(super) fn set(&mut self, name: &str, value: Value) {
        self.hold(name, Held::Value(value));
    }

    /// Sets a variable to a party.
    pub(super) fn set_party(&mut self, name: &str, party: &'a Party) {
        self.hold(name, Held::Party(party, OnceLock::new()));
    }

    fn hold(&mut self, name: &str, value: Held<'a>) {
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
            .map(|(_, held)| held.value())
    }

    /// The day on which it is first asked for. UTC is never ahead of Norway, so nothing drawn from it lies in the
    /// service's future.
    fn today(&self) -> jiff::civil::Date {
        let utc = || jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
        *self.today.get_or_init(utc)
    }

    fn draw<R>(&self, draw: impl FnOnce(&mut ChaCha8Rng) -> R) -> R {
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        draw(random.get_or_insert_with(|| ChaCha8Rng::seed_from_u64(self.seed)))
    }

    fn today_plus(&self, arguments: &[Value]) -> Result<Value, String> {
        let days = match arguments {
            [] => 0,
            [days] => days.as_i64().ok_or("`today` takes a whole number of days")?,
            _ => return Err("`today` takes at most one argument, a number of days".to_owned()),
        };
        let date = self
            .today()
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

impl Scope for Variables<'_> {
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
