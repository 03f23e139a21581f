//! The one line that moves while a load run goes on.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::report::load::LoadProgress;
use crate::report::terminal::{Palette, Tone};

/// How often the spinner turns.
const TICK: Duration = Duration::from_millis(120);

/// A moving line on the terminal, or none.
pub(super) struct Live {
    bar: Option<ProgressBar>,
}

impl Live {
    /// A line if `live`; it shows from the first state on.
    pub(super) fn new(live: bool) -> Self {
        let bar = live.then(|| {
            let bar = ProgressBar::new(1000);
            let style = ProgressStyle::with_template("  {spinner} {bar:16} {wide_msg}");
            bar.set_style(
                style
                    .unwrap_or_else(|_| ProgressStyle::default_bar())
                    .progress_chars("━━╌"),
            );
            bar.enable_steady_tick(TICK);
            bar
        });
        Self { bar }
    }

    /// Shows `progress`.
    pub(super) fn show(&self, progress: &LoadProgress, palette: Palette) {
        let Some(bar) = &self.bar else { return };
        bar.set_position(progress.permille().unwrap_or_default());
        bar.set_message(progress.line(|text| palette.paint(Tone::Bad, text)));
    }

    /// Prints above the line: `print` runs while the line is away.
    pub(super) fn above<T>(&self, print: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    /// Takes the line away.
    pub(super) fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
