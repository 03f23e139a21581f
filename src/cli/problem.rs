//! What ends a command early: said once, on standard error, with the exit code it means.

use std::fmt::Display;
use std::io::Write;

use super::colour::Colour;
use crate::report::ExitCode;
use crate::source::{Diagnostic, Diagnostics, render_all};

/// Why a command ends early.
#[derive(Debug)]
pub(super) struct Problem {
    code: ExitCode,
    what: What,
}

#[derive(Debug)]
enum What {
    Words(String),
    Diagnostics(Diagnostics),
}

impl Problem {
    /// A plain sentence.
    pub(super) fn new(code: ExitCode, message: impl Display) -> Self {
        Self {
            code,
            what: What::Words(message.to_string()),
        }
    }

    /// A scenario, a contract or a configuration that cannot be used.
    pub(super) fn invalid(message: impl Display) -> Self {
        Self::new(ExitCode::Invalid, message)
    }

    /// Says it and gives the exit code.
    pub(super) fn print(&self, colour: Colour) -> ExitCode {
        let text = match &self.what {
            What::Words(words) => {
                let plain = Diagnostics::from(Diagnostic::error(words));
                render_all(&plain, colour.stderr).replace("\n\n1 error\n", "\n")
            }
            What::Diagnostics(diagnostics) => render_all(diagnostics, colour.stderr),
        };
        // Where standard error is closed the exit code has to say it alone.
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
        self.code
    }
}

impl From<Diagnostics> for Problem {
    fn from(diagnostics: Diagnostics) -> Self {
        Self {
            code: ExitCode::Invalid,
            what: What::Diagnostics(diagnostics),
        }
    }
}

impl From<Diagnostic> for Problem {
    fn from(diagnostic: Diagnostic) -> Self {
        Diagnostics::from(diagnostic).into()
    }
}
