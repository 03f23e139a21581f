//! What an operation answers when nothing was refused, and how answers become HTTP.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use super::journal::Stage;
use super::model::ServedModel;
use super::negotiation::Format;
use super::refusal::{Meaning, Refusal, Told};
use super::xml;
use crate::begjaering::Violation;
use crate::contract::{Operation, Shape};

/// The carried-out request's answer.
#[derive(Debug)]
pub struct Answer {
    /// The body; none where the contract has none.
    pub body: Option<Value>,
    /// What happened, for the journal.
    pub reason: String,
}

impl Answer {
    /// With a body.
    pub fn with(body: Value, reason: impl Into<String>) -> Self {
        Self {
            body: Some(body),
            reason: reason.into(),
        }
    }

    /// Without a body.
    pub fn empty(reason: impl Into<String>) -> Self {
        Self {
            body: None,
            reason: reason.into(),
        }
    }
}

/// An answer in its final form, with what the journal needs of it.
#[derive(Debug)]
pub struct Rendered {
    /// The status.
    pub status: u16,
    /// The codes it carries.
    pub codes: Vec<String>,
    /// The stage that decided.
    pub stage: Stage,
    /// Why.
    pub reason: String,
    media_type: Option<String>,
    body: Vec<u8>,
}

/// What rendering depends on besides the answer itself.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The model, once the address told it.
    pub model: &'a ServedModel,
    /// The operation, once the address and method told it.
    pub operation: Option<&'a Operation>,
    /// The format to answer in.
    pub format: Format,
    /// The exchange's Korrelasjonsid.
    pub korrelasjonsid: &'a str,
}

impl Context<'_> {
    /// Renders either outcome.
    pub fn render(&self, outcome: Result<Answer, Refusal>) -> Rendered {
        match outcome {
            Ok(answer) => self.success(answer),
            Err(refusal) => match refusal.told {
                Told::Meaning(meaning, _) if self.model.lets_pass(meaning) => self.let_pass(&refusal),
                _ => self.refusal(refusal),
            },
        }
    }

    fn success(&self, answer: Answer) -> Rendered {
        let Some(status) = self
            .operation
            .and_then(|operation| operation.success_statuses().next())
        else {
            let reason = "the contract declares no successful answer for this operation";
            return self.refusal(Refusal::new(Stage::Internal, Meaning::Unexpected, reason));
        };
        let root = self.operation.map_or("svar", Operation::name);
        let (media_type, body) = match &answer.body {
            Some(body) => self.document(status, root, body),
            None => (None, Vec::new()),
        };
        Rendered {
            status,
            codes: Vec::new(),
            stage: Stage::Operation,
            reason: answer.reason,
            media_type,
            body,
        }
    }

    /// What a mutant answers instead of a refusal.
    fn let_pass(&self, refusal: &Refusal) -> Rendered {
        let declared = self
            .operation
            .and_then(|operation| operation.success_statuses().next());
        Rendered {
            status: declared.unwrap_or(200),
            codes: Vec::new(),
            stage: refusal.stage,
            reason: format!("let through by a mutant: {}", refusal.reason),
            media_type: None,
            body: Vec::new(),
        }
    }

    fn refusal(&self, refusal: Refusal) -> Rendered {
        let Refusal { stage, reason, told } = refusal;
        let (status, codes, (media_type, body)) = match told {
            Told::Meaning(meaning, detail) => {
                let (code, status) = self.model.code(meaning).unwrap_or(("", 500));
                let melding = match detail {
                    Some(detail) => format!("{} {detail}", meaning.melding()),
                    None => meaning.melding().to_owned(),
                };
                let (status, code) = (self.model.status(code, status), self.model.spelling(code));
                let error = self.error(status, &code, &melding);
                (status, vec![code.into_owned()], error)
            }
            Told::Scripted { code, status } => {
                let listed = self
                    .model
                    .contract
                    .code(&code)
                    .and_then(|entry| entry.statuses.first().copied());
                let status = status.or(listed).unwrap_or(500);
                let error = self.error(status, &code, "Feilen er bestilt av et skript.");
                (status, vec![code], error)
            }
            Told::Conditions(violations) => {
                let status = self.condition_status(&violations);
                let codes = violations
                    .iter()
                    .map(|violation| self.model.spelling(violation.code).into_owned())
                    .collect();
                let problem = self.problem(status, &violations);
                (status, codes, self.document(status, "problem", &problem))
            }
        };
        Rendered {
            status,
            codes,
            stage,
            reason,
            media_type,
            body,
        }
    }

    /// The status the contract gives the first violated condition.
    fn condition_status(&self, violations: &[Violation]) -> u16 {
        let entry = violations
            .first()
            .and_then(|violation| self.model.contract.code(violation.code));
        let status = entry
            .and_then(|entry| entry.statuses.first().copied())
            .unwrap_or(500);
        let codes = violations.iter().map(|violation| violation.code);
        codes.fold(status, |status, code| self.model.status(code, status))
    }

    /// `{kode, melding, korrelasjonsid}`.
    fn error(&self, status: u16, code: &str, melding: &str) -> (Option<String>, Vec<u8>) {
        let error = json!({"kode": code, "melding": melding, "korrelasjonsid": self.korrelasjonsid});
        self.document(status, "feil", &error)
    }

    /// Problem details with every violated condition, in the order in which the rules found them.
    fn problem(&self, status: u16, violations: &[Violation]) -> Value {
        let slips: Vec<Value> = violations
            .iter()
            .map(|violation| {
                json!({"kode": self.model.spelling(violation.code), "melding": violation.message, "beskrivelse": describe(violation)})
            })
            .collect();
        json!({
            "type": "about:blank",
            "title": "Begjæringen bryter ett eller flere vilkår.",
            "status": status,
            "feilid": self.korrelasjonsid,
            "kontrollutslag": slips,
        })
    }

    /// A body in the wanted format, in the media type the contract declares for it.
    fn document(&self, status: u16, root: &str, body: &Value) -> (Option<String>, Vec<u8>) {
        let declared = self.operation.and_then(|operation| {
            let mut types = operation.response_media_types(status).peekable();
            let first = types.peek().map(|first| (*first).to_owned());
            types
                .find(|media_type| Format::of(media_type) == Some(self.format))
                .map(str::to_owned)
                .or(first)
        });
        let media_type = declared.unwrap_or_else(|| match self.format {
            Format::Json => "application/json".to_owned(),
            Format::Xml => "application/xml".to_owned(),
        });
        let bytes = match Format::of(&media_type) {
            Some(Format::Xml) => {
                let shape = self.shape(status, &media_type);
                xml::write(root, shape.as_ref(), body).into_bytes()
            }
            _ => body.to_string().into_bytes(),
        };
        (Some(media_type), bytes)
    }
}

impl<'a> Context<'a> {
    /// The structure of the answer; where the operation is not known, as after an unknown address, that of any with
    /// such an answer.
    fn shape(&self, status: u16, media_type: &str) -> Option<Shape<'a>> {
        if let Some(operation) = self.operation {
            return operation.response_shape(status, media_type);
        }
        let mut operations = self.model.contract.operations();
        operations.find_map(|operation| operation.response_shape(status, media_type))
    }
}

fn describe(violation: &Violation) -> String {
    match violation.pointer.as_str() {
        "" => "Gjelder hele begjæringen.".to_owned(),
        pointer => format!("Gjelder {pointer}."),
    }
}

impl Rendered {
    /// The HTTP answer.
    pub fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if let Some(value) = self
            .media_type
            .and_then(|media_type| HeaderValue::try_from(media_type).ok())
        {
            response.headers_mut().insert(CONTENT_TYPE, value);
        }
        response
    }
}
