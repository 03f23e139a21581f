//! What consumes a run's events, and how several consumers are served.

use std::io;

use crate::outcome::Event;

/// Consumes a run's events. The engine knows nothing else of reports.
pub trait Reporter {
    /// Takes the next event.
    ///
    /// # Errors
    /// When what it writes to cannot be written.
    fn on_event(&mut self, event: &Event) -> io::Result<()>;

    /// Writes what can only be written at the end. Called once, after the last event, also when the run was interrupted.
    ///
    /// # Errors
    /// When what it writes to cannot be written.
    fn finish(&mut self) -> io::Result<()>;
}

impl<R: Reporter + ?Sized> Reporter for Box<R> {
    fn on_event(&mut self, event: &Event) -> io::Result<()> {
        (**self).on_event(event)
    }

    fn finish(&mut self) -> io::Result<()> {
        (**self).finish()
    }
}

/// Hands every event to several reporters, in the order they were added.
///
/// A reporter that fails is not called again, and the others go on: a closed terminal must not cost the journal.
#[derive(Default)]
pub struct FanOut<'a> {
    reporters: Vec<(&'static str, Box<dyn Reporter + Send + 'a>)>,
}

impl<'a> FanOut<'a> {
    /// Without reporters yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a reporter; `name` stands in the message when it fails. The journal comes first.
    #[must_use]
    pub fn with(mut self, name: &'static str, reporter: impl Reporter + Send + 'a) -> Self {
        self.reporters.push((name, Box::new(reporter)));
        self
    }

    /// Calls each, drops those that fail, and returns the first failure.
    fn each(&mut self, mut call: impl FnMut(&mut dyn Reporter) -> io::Result<()>) -> io::Result<()> {
        let mut first = Ok(());
        self.reporters.retain_mut(|(name, reporter)| {
            let Err(error) = call(reporter) else { return true };
            if first.is_ok() {
                first = Err(io::Error::new(error.kind(), format!("{name}: {error}")));
            }
            false
        });
        first
    }
}

impl Reporter for FanOut<'_> {
    /// Every reporter gets the event even if an earlier one fails; the first failure is returned, once.
    fn on_event(&mut self, event: &Event) -> io::Result<()> {
        self.each(|reporter| reporter.on_event(event))
    }

    fn finish(&mut self) -> io::Result<()> {
        self.each(|reporter| reporter.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::{Event, RunFinished};

    /// Counts its calls; fails from the given event on.
    struct Counting<'a> {
        seen: &'a mut usize,
        finished: &'a mut bool,
        fails_at: Option<usize>,
    }

    impl Reporter for Counting<'_> {
        fn on_event(&mut self, _: &Event) -> io::Result<()> {
            *self.seen += 1;
            match self.fails_at {
                Some(at) if *self.seen >= at => Err(io::Error::new(io::ErrorKind::BrokenPipe, "gone")),
                _ => Ok(()),
            }
        }

        fn finish(&mut self) -> io::Result<()> {
            *self.finished = true;
            Ok(())
        }
    }

    fn event() -> Event {
        Event::RunFinished(RunFinished {
            finished_at: jiff::Timestamp::UNIX_EPOCH,
            elapsed_us: 0,
            interruption: None,
            exit_code: 0,
        })
    }

    #[test]
    fn a_failing_reporter_is_named_dropped_and_leaves_the_others_alone() {
        let (mut seen_a, mut seen_b, mut end_a, mut end_b) = (0, 0, false, false);
        let mut fan = FanOut::new()
            .with(
                "terminal",
                Counting {
                    seen: &mut seen_a,
                    finished: &mut end_a,
                    fails_at: Some(2),
                },
            )
            .with(
                "journal",
                Counting {
                    seen: &mut seen_b,
                    finished: &mut end_b,
                    fails_at: None,
                },
            );
        assert!(fan.on_event(&event()).is_ok());
        let error = fan.on_event(&event()).unwrap_err();
        assert_eq!(error.to_string(), "terminal: gone");
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
        assert!(fan.on_event(&event()).is_ok());
        assert!(fan.finish().is_ok());
        drop(fan);
        assert_eq!((seen_a, seen_b), (2, 3));
        assert_eq!((end_a, end_b), (false, true));
    }
}
