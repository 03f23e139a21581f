//! A step: what is sent, what is expected, what is kept.

use std::time::Duration;

use super::{Expect, Matcher};
use crate::source::{Located, Place};
use crate::template::{Template, TextTemplate};

/// One step of a test.
#[derive(Debug, Clone)]
pub struct Step {
    /// Unique within its test; the operation's name unless given.
    pub id: String,
    /// Where it is written.
    pub place: Place,
    /// One line for people.
    pub title: Option<String>,
    /// The identity it uses, when it differs from the scenario's.
    pub identity: Option<Located<TextTemplate>>,
    /// What it does.
    pub action: StepAction,
    /// What is expected of the (last) answer.
    pub expect: Expect,
    /// What is kept from the answer.
    pub capture: Vec<Capture>,
    /// The name under which its elapsed time is recorded: from the start of the latest `call` before it to its own end.
    pub measure: Option<Located<String>>,
}

/// What a step does.
#[derive(Debug, Clone)]
pub enum StepAction {
    /// Calls an operation once.
    Call(Box<Call>),
    /// Calls an operation until a condition holds.
    Poll(Box<Poll>),
    /// Sends something the contract does not describe.
    Raw(Box<Raw>),
}

/// A call of a logical operation.
#[derive(Debug, Clone)]
pub struct Call {
    /// The operation's logical name; known to the contract (checked when the file is read).
    pub operation: Located<String>,
    /// Values of the operation's parameters (path or query), by name.
    pub with: Vec<(Located<String>, Template)>,
    /// Further query parameters.
    pub query: Vec<(Located<String>, TextTemplate)>,
    /// Headers that are added, or replace the default ones; `null` takes a default one away.
    pub headers: Vec<(Located<String>, Option<TextTemplate>)>,
    /// The body; sent as JSON unless `Content-Type` says otherwise.
    pub body: Option<Template>,
    /// RFC 6902 operations on the body.
    pub patch: Option<Located<Vec<PatchOperation>>>,
    /// The parts of a multipart body.
    pub multipart: Vec<Part>,
}

/// A part of a multipart body.
#[derive(Debug, Clone)]
pub struct Part {
    /// The form field's name.
    pub name: Located<String>,
    /// Its text (UTF-8), or what the file holds.
    pub content: PartContent,
    /// The file name, which makes it a file part.
    pub filename: Option<TextTemplate>,
    /// The part's media type.
    pub media_type: Option<TextTemplate>,
}

/// Where a part's bytes come from.
#[derive(Debug, Clone)]
pub enum PartContent {
    /// Text written in the scenario.
    Text(TextTemplate),
    /// Bytes written in the scenario as base64.
    Base64(Vec<u8>),
    /// Bytes read from a file when the scenario was read.
    File(std::sync::Arc<[u8]>),
}

/// An operation called again and again.
#[derive(Debug, Clone)]
pub struct Poll {
    /// What is called.
    pub call: Call,
    /// The poll has succeeded when all of these hold of an answer.
    pub until: Vec<(Path, Matcher<Template>)>,
    /// The poll has failed as soon as any of these holds of an answer.
    pub fail_if: Vec<(Path, Matcher<Template>)>,
    /// How long to wait between calls.
    pub every: Backoff,
    /// How long to go on altogether.
    pub within: Duration,
}

/// How long a poll waits between two calls.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backoff {
    /// The first wait.
    pub initial: Duration,
    /// What each wait is multiplied by to give the next; 1 for a constant one.
    pub factor: f64,
    /// The longest wait.
    pub max: Duration,
}

/// A request that the contract does not describe: unknown addresses and malformed input.
#[derive(Debug, Clone)]
pub struct Raw {
    /// The method.
    pub method: TextTemplate,
    /// The path below the base URL of `api`, or of the first API.
    pub path: TextTemplate,
    /// Which API's base URL, where the contract has several.
    pub api: Option<Located<String>>,
    /// Headers; none is added but `Authorization` and `Korrelasjonsid`.
    pub headers: Vec<(Located<String>, Option<TextTemplate>)>,
    /// The bytes of the body, as text.
    pub body: Option<TextTemplate>,
    /// The bytes of the body, from base64.
    pub bytes: Option<Vec<u8>>,
}

/// An operation of a JSON Patch (RFC 6902), its value not evaluated yet.
#[derive(Debug, Clone)]
pub struct PatchOperation {
    /// `add`, `remove`, `replace`, `move`, `copy` or `test`.
    pub op: Located<String>,
    /// The target, an RFC 6901 pointer.
    pub path: Located<TextTemplate>,
    /// The source pointer of `move` and `copy`.
    pub from: Option<Located<TextTemplate>>,
    /// The value of `add`, `replace` and `test`.
    pub value: Option<Template>,
}

/// Something kept from an answer under a name.
#[derive(Debug, Clone)]
pub struct Capture {
    /// The variable's name.
    pub name: Located<String>,
    /// Where the value is found.
    pub from: CaptureSource,
}

/// Where a captured value is found.
#[derive(Debug, Clone)]
pub enum CaptureSource {
    /// In the body.
    Body(Path),
    /// In a header.
    Header(Located<String>),
    /// The status code.
    Status,
}

/// A compiled RFC 9535 `JSONPath` with its text.
#[derive(Debug, Clone)]
pub struct Path {
    /// As it was written.
    pub text: String,
    /// Compiled.
    pub compiled: serde_json_path::JsonPath,
    /// Where it was written.
    pub place: Place,
    /// Whether it is a singular query (RFC 9535 §2.3.5.1): it finds one value or none, never a list of nodes.
    pub singular: bool,
}
