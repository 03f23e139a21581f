//! Whether to colour what is printed.

use std::io::IsTerminal;

use clap::ValueEnum;

/// What the user wants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ColourChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Whether to colour standard output and standard error.
#[derive(Debug, Clone, Copy)]
pub(super) struct Colour {
    /// On standard output.
    pub(super) stdout: bool,
    /// On standard error.
    pub(super) stderr: bool,
}

impl Colour {
    /// Looks at the choice, `NO_COLOR` (no-color.org: set and not empty), `TERM` and where the output goes.
    pub(super) fn of(choice: ColourChoice) -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let on = |terminal: bool| match choice {
            ColourChoice::Always => true,
            ColourChoice::Never => false,
            ColourChoice::Auto => terminal && !refused,
        };
        Self {
            stdout: on(std::io::stdout().is_terminal()),
            stderr: on(std::io::stderr().is_terminal()),
        }
    }
}
