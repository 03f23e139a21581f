//! Rust source as tokens: enough of a lexer that a path in a comment or a string is not taken for code.

use std::ops::RangeInclusive;

/// A word, or one character of punctuation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// An identifier, keyword or number as written; a punctuation character; `""` for any text literal.
    pub text: String,
    /// Where, from 1.
    pub line: usize,
}

/// The tokens of `source`, without comments and without what stands in literals.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut lexer = Lexer {
        chars: source.chars().collect(),
        at: 0,
        line: 1,
        tokens: Vec::new(),
    };
    while lexer.at < lexer.chars.len() {
        lexer.step();
    }
    lexer.tokens
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: usize,
    tokens: Vec<Token>,
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl Lexer {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn advance(&mut self) {
        self.line += usize::from(self.peek(0) == '\n');
        self.at += 1;
    }

    fn push(&mut self, text: impl Into<String>) {
        self.tokens.push(Token {
            text: text.into(),
            line: self.line,
        });
    }

    fn step(&mut self) {
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => self.until(|lexer| lexer.peek(0) == '\n'),
            ('/', '*') => self.block_comment(),
            ('"', _) => self.text(),
            ('\'', _) => self.quote(),
            (c, _) if is_word(c) => self.word(),
            (c, _) => {
                if !c.is_whitespace() {
                    self.push(c);
                }
                self.advance();
            }
        }
    }

    fn until(&mut self, mut end: impl FnMut(&Self) -> bool) {
        while self.at < self.chars.len() && !end(self) {
            self.advance();
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        while self.at < self.chars.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    self.advance();
                    continue;
                }
            }
            self.advance();
            self.advance();
            if depth == 0 {
                return;
            }
        }
    }

    /// A string with escapes, from its opening quote.
    fn text(&mut self) {
        self.push("");
        self.advance();
        while self.at < self.chars.len() && self.peek(0) != '"' {
            if self.peek(0) == '\\' {
                self.advance();
            }
            self.advance();
        }
        self.advance();
    }

    /// A character literal or a lifetime.
    fn quote(&mut self) {
        if self.peek(1) == '\\' {
            self.push("");
            self.at += 2;
            self.advance();
            self.until(|lexer| lexer.peek(0) == '\'');
            self.advance();
        } else if self.peek(2) == '\'' {
            self.push("");
            for _ in 0..3 {
                self.advance();
            }
        } else {
            self.advance();
        }
    }

    /// A word; or the raw or prefixed string that it begins.
    fn word(&mut self) {
        let start = self.at;
        while is_word(self.peek(0)) {
            self.at += 1;
        }
        let word: String = self.chars[start..self.at].iter().collect();
        let hashes = (0..self.chars.len()).take_while(|&i| self.peek(i) == '#').count();
        let prefix = matches!(word.as_str(), "r" | "br" | "cr");
        if prefix && self.peek(hashes) == '"' {
            self.push("");
            self.at += hashes + 1;
            let closes = |lexer: &Self| lexer.peek(0) == '"' && (1..=hashes).all(|i| lexer.peek(i) == '#');
            self.until(closes);
            self.at += hashes + 1;
        } else if word == "r" && hashes == 1 {
            self.at += 1;
            self.word();
        } else if !(matches!(word.as_str(), "b" | "c") && self.peek(0) == '"') {
            self.push(word);
        }
    }
}

/// The texts from `at` on, joined as `texts` are, begin with them.
pub fn follows(tokens: &[Token], at: usize, texts: &[&str]) -> bool {
    texts
        .iter()
        .enumerate()
        .all(|(i, text)| tokens.get(at + i).is_some_and(|token| token.text == *text))
}

/// The tests of a file: which tokens belong to them, and which test modules stand in files of their own.
pub struct TestParts {
    /// The ranges of tokens.
    pub ranges: Vec<RangeInclusive<usize>>,
    /// The names in `#[cfg(test)] mod name;`.
    pub files: Vec<String>,
}

/// Finds every item under `#[cfg(test)]`; the whole file under `#![cfg(test)]`.
pub fn test_parts(tokens: &[Token]) -> TestParts {
    let mut parts = TestParts {
        ranges: Vec::new(),
        files: Vec::new(),
    };
    if follows(tokens, 0, &["#", "!", "[", "cfg", "(", "test", ")", "]"]) {
        parts.ranges.push(0..=tokens.len());
        return parts;
    }
    let mut at = 0;
    while at < tokens.len() {
        if !follows(tokens, at, &["#", "[", "cfg", "(", "test", ")", "]"]) {
            at += 1;
            continue;
        }
        let end = item_end(tokens, at + 7);
        let is_file = tokens.get(end).is_some_and(|token| token.text == ";");
        if let (true, Some(i)) = (is_file, (at + 7..end).find(|&i| tokens[i].text == "mod")) {
            parts.files.push(tokens[i + 1].text.clone());
        }
        parts.ranges.push(at..=end);
        at = end + 1;
    }
    parts
}

/// The last token of the item that begins at `at`: its closing brace, or its semicolon.
fn item_end(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0_usize;
    for (i, token) in tokens.iter().enumerate().skip(at) {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => {
                depth = depth.saturating_sub(1);
                if depth == 0 && token.text == "}" {
                    return i;
                }
            }
            ";" if depth == 0 => return i,
            _ => {}
        }
    }
    tokens.len().saturating_sub(1)
}
