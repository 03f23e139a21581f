//! What a source file must be like, each rule a function from a file to its violations.

use super::table::may_name;
use super::token::{TestParts, Token, follows, test_parts, tokens};

/// The most lines a file may have besides its tests.
const MAX_LINES: usize = 400;
/// Names that say nothing about what is in a file.
const EMPTY_NAMES: [&str; 9] = [
    "util",
    "utils",
    "helper",
    "helpers",
    "common",
    "misc",
    "imp",
    "shared",
    "lib_common",
];
/// Macros that print.
const PRINTING: [&str; 5] = ["println", "print", "eprintln", "eprint", "dbg"];

/// A source file, read once.
pub struct SourceFile {
    /// Its path from `src/`, with forward slashes: `report/journal/reader.rs`.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Whether it belongs to the tests, declared so by its parent.
    pub is_test: bool,
    tokens: Vec<Token>,
    tests: TestParts,
}

impl SourceFile {
    /// Reads `text`.
    pub fn new(path: &str, text: &str) -> Self {
        let tokens = tokens(text);
        let tests = test_parts(&tokens);
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            is_test: false,
            tokens,
            tests,
        }
    }

    /// The module path: `report::journal::reader`; empty for `lib.rs` and `main.rs`.
    pub fn module(&self) -> Vec<&str> {
        let mut parts: Vec<&str> = self.path.trim_end_matches(".rs").split('/').collect();
        if matches!(parts.last(), Some(&"mod")) || matches!(parts[..], ["lib" | "main"]) {
            parts.pop();
        }
        parts
    }

    /// The modules that this file declares as tests in files of their own.
    pub fn test_files(&self) -> impl Iterator<Item = String> {
        let module = self.module().join("::");
        self.tests
            .files
            .iter()
            .map(move |name| format!("{module}::{name}"))
    }

    fn in_tests(&self, token: usize) -> bool {
        self.is_test || self.tests.ranges.iter().any(|range| range.contains(&token))
    }

    fn violation(&self, line: usize, what: &str) -> String {
        format!("src/{}:{line}: {what}", self.path)
    }

    /// All violations of all rules.
    pub fn violations(&self) -> Vec<String> {
        [
            self.names(),
            self.heading(),
            self.length(),
            self.foreign_modules(),
            self.words(),
        ]
        .concat()
    }

    fn names(&self) -> Vec<String> {
        let parts = self.path.trim_end_matches(".rs").split('/');
        let empty = parts.filter(|part| EMPTY_NAMES.contains(part));
        empty
            .map(|part| self.violation(1, &format!("`{part}` says nothing about what is in it")))
            .collect()
    }

    fn heading(&self) -> Vec<String> {
        let starts = self
            .text
            .strip_prefix("//! ")
            .is_some_and(|rest| !rest.trim_start().is_empty());
        if starts {
            Vec::new()
        } else {
            vec![self.violation(1, "does not start with a `//!` sentence")]
        }
    }

    fn length(&self) -> Vec<String> {
        if self.is_test {
            return Vec::new();
        }
        let test_lines: usize = self.tests.ranges.iter().map(|range| self.lines_of(range)).sum();
        let lines = self.text.lines().count().saturating_sub(test_lines);
        let long = format!("{lines} lines besides its tests, more than {MAX_LINES}");
        if lines > MAX_LINES {
            vec![self.violation(1, &long)]
        } else {
            Vec::new()
        }
    }

    fn lines_of(&self, range: &std::ops::RangeInclusive<usize>) -> usize {
        let line = |i: usize| {
            self.tokens
                .get(i.min(self.tokens.len() - 1))
                .map_or(0, |token| token.line)
        };
        line(*range.end()) + 1 - line(*range.start())
    }

    /// Paths to modules that the table does not allow.
    fn foreign_modules(&self) -> Vec<String> {
        let module = self.module();
        let own = match (module.first(), self.path.as_str()) {
            (Some(own), _) => *own,
            (None, path) => path.trim_end_matches(".rs"),
        };
        let named = super::paths::named(&self.tokens, &module);
        let foreign = named
            .into_iter()
            .filter(|(_, head)| head != own && !may_name(own, head));
        let told = |(line, head): (usize, String)| {
            self.violation(
                line,
                &format!("`{own}` may not name `{head}` (see the table in tests/it/architecture/table.rs)"),
            )
        };
        foreign.map(told).collect()
    }

    /// Whether a token stands in the value of a constant, where a panic is a compile error.
    fn in_constant(&self, token: usize) -> bool {
        let ends = |i: &usize| matches!(self.tokens[*i].text.as_str(), ";" | "{" | "}");
        let start = (0..token).rev().find(ends).map_or(0, |i| i + 1);
        let word = |i: usize| self.tokens[i].text.as_str();
        (start..token)
            .take_while(|&i| word(i) != "=")
            .any(|i| word(i) == "const" && word(i + 1) != "fn")
    }

    /// Words that only `cli` or only tests may use.
    fn words(&self) -> Vec<String> {
        let prints_allowed = self.path == "main.rs" || self.module().first() == Some(&"cli");
        let mut violations = Vec::new();
        for (i, token) in self.tokens.iter().enumerate() {
            if self.in_tests(i) {
                continue;
            }
            let word = token.text.as_str();
            let prints = PRINTING.contains(&word) && follows(&self.tokens, i + 1, &["!"]);
            let method = i > 0 && self.tokens[i - 1].text == ".";
            let stream =
                matches!(word, "stdout" | "stderr") && follows(&self.tokens, i + 1, &["("]) && !method;
            if (prints || stream) && !prints_allowed {
                violations.push(self.violation(token.line, &format!("`{word}`: only `cli` prints")));
            }
            if word == "unwrap" && method && follows(&self.tokens, i + 1, &["(", ")"]) && !self.in_constant(i)
            {
                violations.push(self.violation(token.line, "`.unwrap()` outside tests"));
            }
            if word == "path"
                && i > 0
                && self.tokens[i - 1].text == "["
                && follows(&self.tokens, i + 1, &["="])
            {
                violations.push(self.violation(token.line, "`#[path]` hides where a module is"));
            }
        }
        violations
    }
}
