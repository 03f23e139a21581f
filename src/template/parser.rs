//! Recursive descent from tokens to an expression.

use std::sync::Arc;

use super::expression::{Expression, Interpolation, Kind, Operator};
use super::function;
use super::token::{SyntaxError, Token, Tokens};
use crate::source::{SourceFile, Span, closest};

/// The longest expression, in bytes: long enough for any a person writes, short enough for any stack.
const MAX_LENGTH: usize = 1000;

/// The deepest nesting of parentheses, brackets and calls.
const MAX_DEPTH: usize = 32;

/// Turns bytes within a string into bytes within its file.
#[derive(Debug, Clone)]
pub(super) struct Locator {
    pub file: Arc<SourceFile>,
    /// The file's byte that byte 0 of the string stands at; `None` where escapes come between.
    pub base: Option<usize>,
    /// The whole string.
    pub whole: Span,
}

impl Locator {
    /// The span in the file.
    pub fn span(&self, start: usize, end: usize) -> Span {
        match self.base {
            Some(base) => Span::new(base + start, base + end),
            None => self.whole,
        }
    }
}

/// Parses the expression that begins at byte `at` of `text`, after its `${`; returns it and the byte after its `}`.
pub(super) fn parse(text: &str, at: usize, locator: &Locator) -> Result<(Interpolation, usize), SyntaxError> {
    let limit = text.floor_char_boundary(at + MAX_LENGTH);
    whole(&text[..limit], at, locator).map_err(|error| {
        if limit == text.len() || error.end < limit {
            return error;
        }
        SyntaxError::new(
            format!("an expression has at most {MAX_LENGTH} bytes"),
            at - 2,
            at,
        )
        .help("compute parts of it as values under `given`")
    })
}

fn whole(text: &str, at: usize, locator: &Locator) -> Result<(Interpolation, usize), SyntaxError> {
    let mut parser = Parser {
        tokens: Tokens::new(text, at)?,
        locator,
        depth: 0,
    };
    if parser.tokens.is('}') {
        return Err(
            SyntaxError::new("`${}` holds no expression", at - 2, parser.tokens.end)
                .help("write `$${` for a literal `${`"),
        );
    }
    let root = parser.sum()?;
    let end = parser.tokens.end;
    match parser.tokens.next {
        Token::Symbol('}') => Ok((
            Interpolation {
                file: Arc::clone(&locator.file),
                root,
            },
            end,
        )),
        Token::End => Err(SyntaxError {
            end,
            ..SyntaxError::new("`${` is not closed", at - 2, at)
        }
        .help("close it with `}`, or write `$${` for a literal `${`")),
        _ => Err(parser.unexpected("an operator or `}`")),
    }
}

struct Parser<'a> {
    tokens: Tokens<'a>,
    locator: &'a Locator,
    depth: usize,
}

impl Parser<'_> {
    fn sum(&mut self) -> Result<Expression, SyntaxError> {
        let start = self.tokens.start;
        let mut left = self.product()?;
        loop {
            let operator = match self.tokens.next {
                Token::Symbol('+') => Operator::Add,
                Token::Symbol('-') => Operator::Subtract,
                _ => return Ok(left),
            };
            self.tokens.advance()?;
            let right = self.product()?;
            left = self.node(Kind::Binary(operator, Box::new(left), Box::new(right)), start);
        }
    }

    fn product(&mut self) -> Result<Expression, SyntaxError> {
        let start = self.tokens.start;
        let mut left = self.unary()?;
        loop {
            let operator = match self.tokens.next {
                Token::Symbol('*') => Operator::Multiply,
                Token::Symbol('/') => Operator::Divide,
                _ => return Ok(left),
            };
            self.tokens.advance()?;
            let right = self.unary()?;
            left = self.node(Kind::Binary(operator, Box::new(left), Box::new(right)), start);
        }
    }

    fn unary(&mut self) -> Result<Expression, SyntaxError> {
        let start = self.tokens.start;
        if !self.tokens.take('-')? {
            return self.postfix();
        }
        let operand = self.nested(Self::unary)?;
        Ok(self.node(Kind::Negate(Box::new(operand)), start))
    }

    fn postfix(&mut self) -> Result<Expression, SyntaxError> {
        let start = self.tokens.start;
        let mut base = self.primary()?;
        loop {
            let kind = if self.tokens.take('.')? {
                match self.tokens.next.clone() {
                    Token::Name(field) => {
                        self.tokens.advance()?;
                        Kind::Field(Box::new(base), field)
                    }
                    _ => {
                        return Err(self
                            .unexpected("a field's name")
                            .help("write `[\"a b\"]` for a name with other characters"));
                    }
                }
            } else if self.tokens.take('[')? {
                let index = self.nested(Self::sum)?;
                self.close(']')?;
                Kind::Index(Box::new(base), Box::new(index))
            } else {
                return Ok(base);
            };
            base = self.node(kind, start);
        }
    }

    fn primary(&mut self) -> Result<Expression, SyntaxError> {
        let start = self.tokens.start;
        match self.tokens.next.clone() {
            Token::Literal(value) => {
                self.tokens.advance()?;
                Ok(self.node(Kind::Literal(value), start))
            }
            Token::Name(name) => {
                self.tokens.advance()?;
                if self.tokens.is('(') {
                    self.call(name, start)
                } else {
                    Ok(self.node(Kind::Variable(name), start))
                }
            }
            Token::Symbol('(') => {
                self.tokens.advance()?;
                let inner = self.nested(Self::sum)?;
                self.close(')')?;
                Ok(inner)
            }
            _ => Err(self.unexpected("a name, a literal or `(`")),
        }
    }

    fn call(&mut self, name: String, start: usize) -> Result<Expression, SyntaxError> {
        let name_end = self.tokens.last_end;
        self.tokens.advance()?;
        let mut arguments = Vec::new();
        while !self.tokens.is(')') {
            arguments.push(self.nested(Self::sum)?);
            if !self.tokens.take(',')? {
                break;
            }
        }
        self.close(')')?;
        check_call(&name, arguments.len(), start, name_end)?;
        Ok(self.node(Kind::Call(name, arguments), start))
    }

    fn close(&mut self, symbol: char) -> Result<(), SyntaxError> {
        if self.tokens.take(symbol)? {
            Ok(())
        } else {
            Err(self.unexpected(&format!("`{symbol}`")))
        }
    }

    fn nested(
        &mut self,
        parse: fn(&mut Self) -> Result<Expression, SyntaxError>,
    ) -> Result<Expression, SyntaxError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(SyntaxError::new(
                format!("an expression nests at most {MAX_DEPTH} deep"),
                self.tokens.start,
                self.tokens.end,
            ));
        }
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    fn node(&self, kind: Kind, start: usize) -> Expression {
        Expression {
            kind,
            span: self.locator.span(start, self.tokens.last_end),
        }
    }

    fn unexpected(&self, wanted: &str) -> SyntaxError {
        let found = match &self.tokens.next {
            Token::Name(name) => format!("`{name}`"),
            Token::Literal(value) => format!("`{value}`"),
            Token::Symbol(symbol) => format!("`{symbol}`"),
            Token::End => "the end of the text".to_owned(),
        };
        SyntaxError::new(
            format!("expected {wanted}, found {found}"),
            self.tokens.start,
            self.tokens.end,
        )
    }
}

fn check_call(name: &str, count: usize, start: usize, end: usize) -> Result<(), SyntaxError> {
    let Some(function) = function::find(name) else {
        let known = function::functions();
        let help = match closest(name, known.iter().map(|function| function.name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "there are {}",
                known
                    .iter()
                    .map(|function| function.name)
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        };
        return Err(SyntaxError::new(format!("unknown function `{name}`"), start, end).help(help));
    };
    if (function.least..=function.most).contains(&count) {
        return Ok(());
    }
    let plural = if count == 1 { "" } else { "s" };
    Err(SyntaxError::new(
        format!("`{name}` does not take {count} argument{plural}"),
        start,
        end,
    )
    .help(format!("write `{}`", function.signature)))
}
