//! The tokens of an expression, read one by one from the text of a YAML string.

use rust_decimal::Decimal;
use serde_json::{Number, Value};

use super::arithmetic;

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Name(String),
    Literal(Value),
    Symbol(char),
    /// The text ended before the expression did.
    End,
}

/// A problem in an expression, its bytes counted within the string.
#[derive(Debug)]
pub(super) struct SyntaxError {
    pub message: String,
    pub help: Option<String>,
    pub start: usize,
    pub end: usize,
}

impl SyntaxError {
    pub fn new(message: impl Into<String>, start: usize, end: usize) -> Self {
        Self {
            message: message.into(),
            help: None,
            start,
            end,
        }
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Reads tokens; knows the token ahead and where the last one ended.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// The token ahead, with its first byte.
    pub next: Token,
    /// First byte of the token ahead.
    pub start: usize,
    /// One past the last byte of the token ahead.
    pub end: usize,
    /// One past the last byte of the token before.
    pub last_end: usize,
}

impl<'a> Tokens<'a> {
    /// Starts at byte `at` of `text`.
    pub fn new(text: &'a str, at: usize) -> Result<Self, SyntaxError> {
        let mut tokens = Self {
            text,
            at,
            next: Token::End,
            start: at,
            end: at,
            last_end: at,
        };
        tokens.advance()?;
        Ok(tokens)
    }

    /// Whether the token ahead is this symbol.
    pub fn is(&self, symbol: char) -> bool {
        self.next == Token::Symbol(symbol)
    }

    /// Steps over the token ahead when it is this symbol.
    pub fn take(&mut self, symbol: char) -> Result<bool, SyntaxError> {
        let found = self.is(symbol);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    /// Steps over the token ahead and returns it.
    pub fn advance(&mut self) -> Result<Token, SyntaxError> {
        self.last_end = self.end;
        let rest = &self.text[self.at..];
        let blank = rest.len() - rest.trim_start().len();
        self.start = self.at + blank;
        let token = self.read()?;
        self.end = self.at;
        Ok(std::mem::replace(&mut self.next, token))
    }

    fn read(&mut self) -> Result<Token, SyntaxError> {
        let rest = &self.text[self.start..];
        let Some(first) = rest.chars().next() else {
            self.at = self.start;
            return Ok(Token::End);
        };
        match first {
            '"' | '\'' => self.quoted(first),
            '0'..='9' => self.number(),
            _ if first.is_alphabetic() || first == '_' => {
                let name = prefix(rest, |c| c.is_alphanumeric() || c == '_');
                self.at = self.start + name.len();
                Ok(match name {
                    "true" => Token::Literal(true.into()),
                    "false" => Token::Literal(false.into()),
                    "null" => Token::Literal(Value::Null),
                    _ => Token::Name(name.to_owned()),
                })
            }
            '.' | '[' | ']' | '(' | ')' | ',' | '+' | '-' | '*' | '/' | '}' => {
                self.at = self.start + 1;
                Ok(Token::Symbol(first))
            }
            other => {
                let end = self.start + other.len_utf8();
                Err(SyntaxError::new(
                    format!("`{other}` has no meaning in an expression"),
                    self.start,
                    end,
                )
                .help("expressions have names, `.field`, `[0]`, `[\"key\"]`, literals, calls and `+ - * /`"))
            }
        }
    }

    fn number(&mut self) -> Result<Token, SyntaxError> {
        let rest = &self.text[self.start..];
        let mut text = prefix(rest, |c| c.is_ascii_digit());
        if let Some(fraction) = rest[text.len()..].strip_prefix('.') {
            let digits = prefix(fraction, |c| c.is_ascii_digit()).len();
            if digits > 0 {
                text = &rest[..=text.len() + digits];
            }
        }
        self.at = self.start + text.len();
        let integer = text.parse::<u64>().ok().map(Number::from);
        let number = integer.or_else(|| text.parse::<Decimal>().ok().and_then(arithmetic::to_number));
        number
            .map(|number| Token::Literal(Value::Number(number)))
            .ok_or_else(|| {
                SyntaxError::new(format!("`{text}` is too long for a number"), self.start, self.at)
                    .help("write identifiers as text, in quotes")
            })
    }

    fn quoted(&mut self, quote: char) -> Result<Token, SyntaxError> {
        let mut value = String::new();
        let mut escaped = false;
        for (at, c) in self.text[self.start..].char_indices().skip(1) {
            match c {
                _ if escaped => {
                    value.push(match c {
                        'n' => '\n',
                        't' => '\t',
                        other => other,
                    });
                    escaped = false;
                }
                '\\' => escaped = true,
                _ if c == quote => {
                    self.at = self.start + at + 1;
                    return Ok(Token::Literal(Value::String(value)));
                }
                _ => value.push(c),
            }
        }
        let end = (self.start + 1).min(self.text.len());
        Err(SyntaxError::new("this quote is not closed", self.start, end)
            .help(format!("close it with `{quote}`")))
    }
}

fn prefix(text: &str, wanted: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !wanted(c)).unwrap_or(text.len());
    &text[..end]
}
