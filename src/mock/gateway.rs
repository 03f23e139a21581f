//! The way of one request through the checks, in the order in which a gateway and the service behind it make them:
//! address, method, Accept, authentication, authorisation, Content-Type, body, schema, then the operation, which looks
//! for unknown identifiers before it judges conditions.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::time::Instant;

use axum::extract::{Query, Request};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use futures_util::FutureExt as _;
use jiff::Timestamp;
use uuid::Uuid;

use super::access;
use super::answer::{Answer, Context, Rendered};
use super::call::Call;
use super::journal::{JournalEntry, Stage};
use super::model::ServedModel;
use super::negotiation::{Format, accepted};
use super::operations;
use super::payload;
use super::refusal::{Meaning, Refusal};
use super::schema;
use super::state::MockState;
use crate::contract::{Operation, Route};
use crate::masking::mask;

const KORRELASJONSID: &str = "korrelasjonsid";
const KLIENTID: &str = "klientid";
/// Longest Korrelasjonsid that is echoed; a longer one is answered with one of the mock's own.
const LONGEST_KORRELASJONSID: usize = 200;

/// What has become known of a request, for the journal, even when it is refused or the mock fails.
#[derive(Debug, Default)]
struct Known {
    organisation: Option<String>,
    innsender_referanse: Option<String>,
}

/// Answers one request to the API, whatever it is, and notes it in the journal. Names the operation, if it is one.
pub async fn handle(state: &MockState, request: Request) -> (Response, Option<&str>) {
    let started = Instant::now();
    let method = request.method().to_string();
    let path = request.uri().path().to_owned();
    let korrelasjonsid = korrelasjonsid(request.headers());
    let model = state.model_for(&path);
    let mut known = Known::default();
    let accepted = accepted(request.headers());
    let (operation, values) = match find(model, &request) {
        Ok((operation, values)) => (Some(operation), Ok(values)),
        Err(refusal) => (None, Err(refusal)),
    };
    let context = Context {
        model,
        operation,
        format: accepted.unwrap_or(Format::Json),
        korrelasjonsid: &korrelasjonsid,
    };
    let work = async {
        let values = values?;
        let Some(operation) = operation else {
            return Err(unknown_address());
        };
        carry_out(
            state,
            Way {
                model,
                operation,
                values,
                accepted,
            },
            request,
            &mut known,
        )
        .await
    };
    let outcome = AssertUnwindSafe(work)
        .catch_unwind()
        .await
        .unwrap_or_else(|_| Err(panicked()));
    let rendered = context.render(outcome);
    record(state, &context, &rendered, known, (method, path, started));
    (rendered.into_response(), operation.map(Operation::name))
}

struct Way<'a> {
    model: &'a ServedModel,
    operation: &'a Operation,
    values: BTreeMap<String, String>,
    accepted: Option<Format>,
}

/// The operation meant. The API documents no answer for a wrong method, so it is an unknown address too.
fn find<'a>(
    model: &'a ServedModel,
    request: &Request,
) -> Result<(&'a Operation, BTreeMap<String, String>), Refusal> {
    let relative = model.relative(request.uri().path()).ok_or_else(unknown_address)?;
    match model.contract.route(request.method(), relative) {
        Route::Found {
            operation,
            parameters,
        } => Ok((operation, parameters)),
        Route::WrongMethod => {
            let reason = format!("the address exists, but not for {}", request.method());
            Err(Refusal::new(Stage::Method, Meaning::UnknownAddress, reason))
        }
        Route::NotFound => Err(unknown_address()),
    }
}

fn unknown_address() -> Refusal {
    Refusal::new(
        Stage::Address,
        Meaning::UnknownAddress,
        "the contract has no such address",
    )
}

async fn carry_out(
    state: &MockState,
    way: Way<'_>,
    request: Request,
    known: &mut Known,
) -> Result<Answer, Refusal> {
    let Way {
        model,
        operation,
        values,
        accepted,
    } = way;
    if accepted.is_none() {
        let reason = "Accept names neither JSON nor XML";
        return Err(Refusal::new(Stage::Accept, Meaning::Format, reason));
    }
    let now = Timestamp::now();
    let token = access::authenticate(&state.maskinporten, request.headers(), now.as_second()).await?;
    let organisation = access::authorise(&state.maskinporten, &token)?;
    known.organisation = Some(organisation.clone());
    let media_type = payload::check_content_type(operation, request.headers())?;
    let query = query(request.uri());
    let headers = request.headers().clone();
    let payload = payload::read(request, operation, media_type.as_deref(), &state.options.limits).await?;
    known.innsender_referanse = operations::innsender_referanse(&payload);
    schema::check(
        operation,
        (&values, &query, &headers),
        media_type.as_deref(),
        &payload,
    )?;
    let call = Call {
        model,
        operation,
        path: values,
        query,
        organisation,
        client: text_of(&headers, KLIENTID),
        payload,
        now,
    };
    operations::carry_out(state, &call).await
}

fn query(uri: &Uri) -> BTreeMap<String, String> {
    Query::<BTreeMap<String, String>>::try_from_uri(uri)
        .map(|Query(values)| values)
        .unwrap_or_default()
}

fn korrelasjonsid(headers: &HeaderMap) -> String {
    text_of(headers, KORRELASJONSID)
        .filter(|sent| !sent.is_empty() && sent.len() <= LONGEST_KORRELASJONSID)
        .unwrap_or_else(|| Uuid::new_v4().to_string())
}

fn text_of(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

fn panicked() -> Refusal {
    Refusal::new(
        Stage::Internal,
        Meaning::Unexpected,
        "the mock itself failed; this is a fault in utlegg",
    )
}

fn record(
    state: &MockState,
    context: &Context<'_>,
    rendered: &Rendered,
    known: Known,
    (method, path, started): (String, String, Instant),
) {
    // What the client sent can stand in the path and the reason of a refusal, and in nothing of a carried-out request.
    let refused = rendered.stage != Stage::Operation;
    let masked = |text: String| if refused { mask(&text).into_owned() } else { text };
    state.journal.record(JournalEntry {
        sequence: 0,
        time: Timestamp::now(),
        method,
        path: masked(path),
        operation: context.operation.map(|operation| operation.name().to_owned()),
        model: Some(context.model.name().to_owned()),
        organisation: known.organisation,
        innsender_referanse: known.innsender_referanse,
        status: rendered.status,
        codes: rendered.codes.clone(),
        stage: rendered.stage,
        reason: masked(rendered.reason.clone()),
        korrelasjonsid: context.korrelasjonsid.to_owned(),
        microseconds: u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
    });
}
