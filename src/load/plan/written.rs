//! What a plan says, each word with its place; a flag's place is a line of its own, named after the flag.

use std::time::Duration;

use super::overrides::{Overrides, parse_check};
use crate::outcome::load::{Arrivals, CheckPolicy};
use crate::scenario::duration;
use crate::source::{
    Diagnostic, Diagnostics, Located, Node, Place, SourceFile, Span, Value, format_duration, format_rate,
    parse_rate,
};

/// What a plan says of the load.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub users: Option<Located<u64>>,
    pub rate: Option<Located<f64>>,
    pub arrivals: Option<Located<Arrivals>>,
    pub max_users: Option<Located<u64>>,
    pub stages: Vec<Located<StageWritten>>,
    pub think: Option<Located<(Duration, Duration)>>,
    pub duration: Option<Located<Duration>>,
    pub iterations: Option<Located<u64>>,
    pub warm_up: Option<Located<Duration>>,
    pub check: Option<CheckPolicy>,
    /// Whether flags say how much or how long: then a threshold of the plan may be out of reach on purpose.
    pub reshaped: bool,
}

/// A stage as it is written.
#[derive(Debug)]
pub(super) enum StageWritten {
    Ramp(Located<Level>, Duration),
    Hold(Duration),
    Spike(Located<Level>, Duration),
}

/// A level of a stage.
#[derive(Debug, Clone, Copy)]
pub(super) enum Level {
    Users(u64),
    PerSecond(f64),
}

impl StageWritten {
    /// How long it lasts.
    pub fn lasts(&self) -> Duration {
        match self {
            Self::Ramp(_, time) | Self::Hold(time) | Self::Spike(_, time) => *time,
        }
    }
}

impl Written {
    /// What a plan document says; its form has been checked.
    pub fn of(node: &Node, problems: &mut Diagnostics) -> Self {
        let stages = node.get("stages").map(Node::items).unwrap_or_default();
        Self {
            users: whole(node.get("users")),
            rate: located(node.get("rate"), |node| parse_rate(node.as_str()?)),
            arrivals: located(node.get("arrivals"), |node| match node.as_str()? {
                "poisson" => Some(Arrivals::Poisson),
                _ => Some(Arrivals::Constant),
            }),
            max_users: whole(node.get("max_users")),
            stages: stages.iter().filter_map(stage).collect(),
            think: node.get("think").and_then(|node| think(node, problems)),
            duration: time(node.get("for")),
            iterations: whole(node.get("iterations")),
            warm_up: time(node.get("warm_up")),
            check: node.get("check").and_then(|node| parse_check(node.as_str()?)),
            reshaped: false,
        }
    }

    /// Puts what flags say in place of it.
    pub fn override_with(&mut self, flags: &Overrides) {
        if flags.users.is_some() || flags.rate.is_some() {
            (self.users, self.rate, self.stages) = (None, None, Vec::new());
            if flags.rate.is_some() {
                self.think = None;
            } else {
                (self.arrivals, self.max_users) = (None, None);
            }
        }
        if flags.duration.is_some() || flags.iterations.is_some() {
            (self.duration, self.iterations) = (None, None);
        }
        self.reshaped = flags.users.is_some()
            || flags.rate.is_some()
            || flags.duration.is_some()
            || flags.iterations.is_some();
        replace(&mut self.users, "--users", flags.users, |n| n.to_string());
        replace(&mut self.rate, "--rate", flags.rate, format_rate);
        let word = |arrivals| match arrivals {
            Arrivals::Constant => "constant".to_owned(),
            Arrivals::Poisson => "poisson".to_owned(),
        };
        replace(&mut self.arrivals, "--arrivals", flags.arrivals, word);
        replace(&mut self.max_users, "--max-users", flags.max_users, |n| {
            n.to_string()
        });
        replace(&mut self.duration, "--for", flags.duration, format_duration);
        replace(&mut self.iterations, "--iterations", flags.iterations, |n| {
            n.to_string()
        });
        replace(&mut self.warm_up, "--warm-up", flags.warm_up, format_duration);
        replace(&mut self.think, "--think", flags.think, |(min, max)| {
            format!("{}-{}", format_duration(min), format_duration(max))
        });
        self.check = flags.check.or(self.check);
    }
}

/// The place of a flag's value.
pub(super) fn flag(name: &str, value: &str) -> Place {
    Place::new(&SourceFile::new(name, value), Span::new(0, value.len()))
}

fn replace<T: Copy>(
    target: &mut Option<Located<T>>,
    name: &str,
    value: Option<T>,
    text: impl Fn(T) -> String,
) {
    if let Some(value) = value {
        let place = flag(name, &text(value));
        *target = Some(Located { value, place });
    }
}

fn located<T>(node: Option<&Node>, read: impl Fn(&Node) -> Option<T>) -> Option<Located<T>> {
    let node = node?;
    Some(Located {
        value: read(node)?,
        place: node.place(),
    })
}

fn whole(node: Option<&Node>) -> Option<Located<u64>> {
    located(node, |node| match &node.value {
        Value::Number(number) => number.as_u64(),
        _ => None,
    })
}

/// A duration with its place.
pub(super) fn time(node: Option<&Node>) -> Option<Located<Duration>> {
    located(node, |node| duration(node.as_str()?))
}

fn stage(node: &Node) -> Option<Located<StageWritten>> {
    let level = |key| {
        located(node.get(key), |node| match &node.value {
            Value::Number(number) => number.as_u64().map(Level::Users),
            _ => parse_rate(node.as_str()?).map(Level::PerSecond),
        })
    };
    let lasts = |key| time(node.get(key)).map(|time| time.value);
    let (key, value) = if node.get("ramp").is_some() {
        ("ramp", StageWritten::Ramp(level("ramp")?, lasts("over")?))
    } else if node.get("hold").is_some() {
        ("hold", StageWritten::Hold(lasts("hold")?))
    } else {
        ("spike", StageWritten::Spike(level("spike")?, lasts("for")?))
    };
    let place = Place::new(&node.file, node.entry(key)?.key_span);
    Some(Located { value, place })
}

fn think(node: &Node, problems: &mut Diagnostics) -> Option<Located<(Duration, Duration)>> {
    let value = match node.as_str().and_then(duration) {
        Some(time) => (time, time),
        None => (time(node.get("min"))?.value, time(node.get("max"))?.value),
    };
    if value.0 > value.1 {
        problems.push(
            Diagnostic::error("the shortest wait is longer than the longest")
                .at(node.get("min").unwrap_or(node).place())
                .help("`min` is at most `max`"),
        );
    }
    Some(Located {
        value,
        place: node.place(),
    })
}
