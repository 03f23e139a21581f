//! What is expected of an answer.

use std::time::Duration;

use serde_json::Value;

use super::Path;
use crate::source::{Located, Place};
use crate::template::{EvaluationError, Scope, Template};

/// Everything expected of one answer. `V` is a [`Template`] as read, a JSON value once resolved for one execution.
#[derive(Debug, Clone)]
pub struct Expect<V = Template> {
    /// Where `expect:` is written; the step's place when it has none.
    pub place: Place,
    /// The status code.
    pub status: Option<Located<StatusExpectation>>,
    /// The error code, exactly (`KB-006`).
    pub code: Option<Located<String>>,
    /// The violated conditions.
    pub conditions: Option<Located<ConditionSet>>,
    /// Headers, by name.
    pub headers: Vec<(Located<String>, Matcher<V>)>,
    /// Values in the body.
    pub body: Vec<BodyExpectation<V>>,
    /// The stored answer to compare with.
    pub snapshot: Option<SnapshotSpec>,
    /// The longest time the answer may take.
    pub within: Option<Located<Duration>>,
    /// Whether the answer must satisfy the contract's schema for its status (on unless switched off).
    pub schema: bool,
}

/// What the status code must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusExpectation {
    /// Exactly one of these.
    OneOf(Vec<u16>),
    /// Any of a class: 4 for `4xx`.
    Class(u8),
    /// What the contract declares as the operation's success.
    Success,
}

/// Which conditions a 422 answer must name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConditionSet {
    /// These and no others (as a set; a code may occur more than once in the answer).
    Exactly(Vec<String>),
    /// At least these.
    Contains(Vec<String>),
}

/// A value in the body.
#[derive(Debug, Clone)]
pub struct BodyExpectation<V = Template> {
    /// Where in the body.
    pub path: Path,
    /// What it must be.
    pub matcher: Matcher<V>,
}

/// What a value must be. All parts that are given must hold.
///
/// A singular path gives its value, or nothing; any other path gives the list of the values found.
#[derive(Debug, Clone)]
pub struct Matcher<V = Template> {
    /// Where it is written.
    pub place: Place,
    /// Equal as JSON (numbers by value, objects without regard to order).
    pub equals: Option<V>,
    /// Equal to one of these.
    pub one_of: Option<Vec<V>>,
    /// A list that has this element, or text that has this part.
    pub contains: Option<V>,
    /// Text that matches this regular expression.
    pub matches: Option<Located<regex::Regex>>,
    /// Whether anything is found at all.
    pub exists: Option<bool>,
    /// The JSON type.
    pub json_type: Option<JsonType>,
    /// The length of a list, text (characters) or object: at least, at most.
    pub length: Option<(Option<u64>, Option<u64>)>,
    /// The least number allowed.
    pub at_least: Option<f64>,
    /// The greatest number allowed.
    pub at_most: Option<f64>,
    /// What it must not be; does not hold where nothing is found.
    pub not: Option<Box<Matcher<V>>>,
}

impl<V> Matcher<V> {
    /// A matcher that anything fits, nothing too.
    pub fn anything(place: Place) -> Self {
        Self {
            place,
            equals: None,
            one_of: None,
            contains: None,
            matches: None,
            exists: None,
            json_type: None,
            length: None,
            at_least: None,
            at_most: None,
            not: None,
        }
    }
}

/// JSON's types, as a matcher names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonType {
    /// `null`
    Null,
    /// `boolean`
    Boolean,
    /// `number`
    Number,
    /// `integer`: a number without fraction
    Integer,
    /// `string`
    String,
    /// `array`
    Array,
    /// `object`
    Object,
}

/// A stored answer to compare with.
#[derive(Debug, Clone)]
pub struct SnapshotSpec {
    /// Where it is asked for.
    pub place: Place,
    /// Further paths whose values are replaced before comparing, besides the default ones.
    pub redact: Vec<Path>,
}

impl<V> Expect<V> {
    /// An expectation of nothing but what the contract's schema says.
    pub fn nothing(place: Place) -> Self {
        Self {
            place,
            status: None,
            code: None,
            conditions: None,
            headers: Vec::new(),
            body: Vec::new(),
            snapshot: None,
            within: None,
            schema: true,
        }
    }
}

impl Expect<Template> {
    /// Only what is expected of the status and the error codes: enough to see under load that a call went as it should.
    pub fn status_only(&self) -> Expect<Value> {
        Expect {
            status: self.status.clone(),
            code: self.code.clone(),
            conditions: self.conditions.clone(),
            schema: false,
            ..Expect::nothing(self.place.clone())
        }
    }

    /// Evaluates every template in it.
    ///
    /// # Errors
    /// The first expression without a value.
    pub fn resolve(&self, scope: &dyn Scope) -> Result<Expect<Value>, EvaluationError> {
        let headers = self
            .headers
            .iter()
            .map(|(name, matcher)| Ok((name.clone(), matcher.resolve(scope)?)));
        let body = self.body.iter().map(|expected| {
            Ok(BodyExpectation {
                path: expected.path.clone(),
                matcher: expected.matcher.resolve(scope)?,
            })
        });
        Ok(Expect {
            place: self.place.clone(),
            status: self.status.clone(),
            code: self.code.clone(),
            conditions: self.conditions.clone(),
            headers: headers.collect::<Result<_, EvaluationError>>()?,
            body: body.collect::<Result<_, EvaluationError>>()?,
            snapshot: self.snapshot.clone(),
            within: self.within.clone(),
            schema: self.schema,
        })
    }
}

impl Matcher<Template> {
    /// Whether it holds no expression, so that it means the same for every answer.
    pub fn is_constant(&self) -> bool {
        let values = [&self.equals, &self.contains].into_iter().flatten();
        let mut values = values.chain(self.one_of.iter().flatten());
        values.all(|value| value.constant().is_some())
            && self.not.as_ref().is_none_or(|matcher| matcher.is_constant())
    }

    /// Evaluates every template in it.
    ///
    /// # Errors
    /// The first expression without a value.
    pub fn resolve(&self, scope: &dyn Scope) -> Result<Matcher<Value>, EvaluationError> {
        let value = |template: &Option<Template>| {
            template
                .as_ref()
                .map(|template| template.evaluate(scope))
                .transpose()
        };
        let one_of = self
            .one_of
            .as_ref()
            .map(|all| all.iter().map(|one| one.evaluate(scope)).collect());
        let not = self
            .not
            .as_ref()
            .map(|matcher| matcher.resolve(scope).map(Box::new));
        Ok(Matcher {
            place: self.place.clone(),
            equals: value(&self.equals)?,
            one_of: one_of.transpose()?,
            contains: value(&self.contains)?,
            matches: self.matches.clone(),
            exists: self.exists,
            json_type: self.json_type,
            length: self.length,
            at_least: self.at_least,
            at_most: self.at_most,
            not: not.transpose()?,
        })
    }
}
