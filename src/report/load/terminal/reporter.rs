//! Prints a load run: its first line, its state while it goes on, its result.

use std::io::{self, Write};
use std::time::Duration;

use super::closing::closing;
use super::live::Live;
use crate::outcome::load::{LoadResult, LoadStarted};
use crate::report::load::{LoadProgress, words};
use crate::report::terminal::{Palette, Tone, Verbosity};
use crate::report::units::printable;

/// How to print.
#[derive(Debug, Clone)]
pub struct LoadTerminalOptions {
    /// Whether to paint; the caller has looked at `NO_COLOR` and the like.
    pub colour: bool,
    /// Whether to show a line that moves; only where standard output and error are a terminal.
    pub live: bool,
    /// Where no line moves: a plain line this often. `None` for none.
    pub plain_every: Option<Duration>,
    /// How much; `Quiet` leaves the verdict, missed thresholds and the exit code.
    pub verbosity: Verbosity,
    /// How many columns there are.
    pub width: usize,
    /// Where the reports of this run are, as the user would type it.
    pub reports: Option<String>,
}

impl Default for LoadTerminalOptions {
    /// Neither colour nor movement, 100 columns.
    fn default() -> Self {
        Self {
            colour: false,
            live: false,
            plain_every: None,
            verbosity: Verbosity::Normal,
            width: 100,
            reports: None,
        }
    }
}

/// Prints a load run to `out`.
pub struct LoadTerminal<W> {
    out: W,
    options: LoadTerminalOptions,
    live: Live,
    /// When the last plain line was printed, from the start of the load.
    last_plain: Duration,
}

impl<W: Write> LoadTerminal<W> {
    /// Prints to `out`.
    pub fn new(out: W, options: LoadTerminalOptions) -> Self {
        Self {
            out,
            live: Live::new(options.live),
            options,
            last_plain: Duration::ZERO,
        }
    }

    /// Says what is run, where, and with what. Call it once, before the first state.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn begin(&mut self, run: &LoadStarted) -> io::Result<()> {
        if self.options.verbosity == Verbosity::Quiet {
            return Ok(());
        }
        let text = opening(run, self.palette());
        self.print(&text)
    }

    /// Shows the state; call it about once a second.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn progress(&mut self, progress: &LoadProgress) -> io::Result<()> {
        let palette = self.palette();
        self.live.show(progress, palette);
        let Some(every) = self.options.plain_every.filter(|_| !self.options.live) else {
            return Ok(());
        };
        if progress.elapsed < self.last_plain + every {
            return Ok(());
        }
        self.last_plain = progress.elapsed;
        let line = progress.line(|text| palette.paint(Tone::Bad, text));
        self.print(&format!("{line}\n"))
    }

    /// Says something in between, above the moving line: that the run ends early, and why.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn say(&mut self, text: &str) -> io::Result<()> {
        let text = self.palette().paint(Tone::Unjudged, &printable(text));
        self.print(&format!("{text}\n"))
    }

    /// Prints the result and takes the moving line away. The last call.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn finish(&mut self, result: &LoadResult) -> io::Result<()> {
        self.live.end();
        let gap = if self.last_plain.is_zero() { "" } else { "\n" };
        let text = closing(result, &self.options, self.palette());
        let text = format!("{gap}{text}");
        self.print(&text)
    }

    fn palette(&self) -> Palette {
        Palette {
            colour: self.options.colour,
        }
    }

    fn print(&mut self, text: &str) -> io::Result<()> {
        let Self { out, live, .. } = self;
        live.above(|| {
            out.write_all(text.as_bytes())?;
            out.flush()
        })
    }
}

/// What is run, where, and with what.
fn opening(run: &LoadStarted, palette: Palette) -> String {
    let environment = &run.environment;
    let target = if environment.mock {
        "the embedded mock".to_owned()
    } else {
        environment.name.clone()
    };
    let name = run.plan.title.as_deref().unwrap_or(&run.plan.name);
    let mut lines = format!(
        "{} {} · load: {} against {} · seed {}\n{}\n",
        palette.paint(Tone::Strong, "utlegg"),
        run.tool_version,
        printable(name),
        printable(&target),
        run.seed,
        palette.paint(Tone::Dim, &words::model(&run.plan)),
    );
    for exception in &run.guard_exceptions {
        lines.push_str(&format!(
            "identity guard: exception for {}\n",
            printable(exception)
        ));
    }
    lines.push('\n');
    lines
}
