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
/// A reporter that fails is not called again, and the others go on: a full disk must not cost the terminal. One whose
/// reader went away (`utlegg run | head`) ends in silence, since that was the reader's choice.
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
            if first.is_ok() && error.kind() != io::ErrorKind::BrokenPipe {
                first = Err(io::Error::new(error.kind(), format!("{name}: {error}")));
            }
            false
        });
        first
    }
}

impl Reporter for FanOut<'_> {
    /// Every reporter gets the event even if an earlier one fails; a failure is returned once.
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
    use crate::outcome::RunFinished;

    /// Counts its calls; fails from the given one on.
    struct Counting<'a> {
        seen: &'a mut usize,
        finished: &'a mut bool,
        failure: Option<(usize, io::ErrorKind)>,
    }

    impl Reporter for Counting<'_> {
        fn on_event(&mut self, _: &Event) -> io::Result<()> {
            *self.seen += 1;
            match self.failure {
                Some((from, kind)) if *self.seen >= from => Err(io::Error::new(kind, "gone")),
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

    /// Three events past a reporter that fails at the second, and one that does not: what the calls returned.
    fn three_events(kind: io::ErrorKind) -> Vec<Option<String>> {
        let (mut seen, mut finished) = ([0, 0], [false, false]);
        let ([seen_a, seen_b], [end_a, end_b]) = (&mut seen, &mut finished);
        let failing = Counting {
            seen: seen_a,
            finished: end_a,
            failure: Some((2, kind)),
        };
        let sound = Counting {
            seen: seen_b,
            finished: end_b,
            failure: None,
        };
        let mut fan = FanOut::new().with("journal", failing).with("terminal", sound);
        let mut results: Vec<_> = (0..3).map(|_| fan.on_event(&event())).collect();
        results.push(fan.finish());
        drop(fan);
        assert_eq!((seen, finished), ([2, 3], [false, true]));
        results
            .into_iter()
            .map(|result| result.err().map(|error| error.to_string()))
            .collect()
    }

    #[test]
    fn a_failing_reporter_is_named_once_and_leaves_the_others_alone() {
        let failure = Some("journal: gone".to_owned());
        assert_eq!(
            three_events(io::ErrorKind::StorageFull),
            [None, failure, None, None]
        );
    }

    #[test]
    fn a_reader_that_went_away_is_no_failure() {
        assert_eq!(three_events(io::ErrorKind::BrokenPipe), [None, None, None, None]);
    }
}
