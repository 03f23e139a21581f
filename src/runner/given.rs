//! What a test needs before its first step: parties on lease, values, what the mock is to do, the request.

use std::borrow::Cow;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::failure::StepError;
use super::patch;
use super::session::Session;
use crate::http::Transport;
use crate::scenario::{PartyKind, PartySpec, RuleSet};
use crate::testdata::{Choice, Kind, Lease, Rules, Wanted};

/// How long a test waits for the very parties that the seed gives it; then any others that fit will do.
const OWN_PATIENCE: Duration = Duration::from_secs(20);

/// How long a test waits for a party that other tests hold.
const LEASE_PATIENCE: Duration = Duration::from_mins(1);

/// Sets every variable but `request`. The leases last as long as what is returned.
pub(super) async fn provide<T: Transport>(session: &mut Session<'_, T>) -> Result<Vec<Lease>, StepError> {
    let test = session.test;
    let reference = session.reference.clone();
    session.variables.set("reference", reference.into());
    session.variables.set("model", test.model.clone().into());
    match session.test_principal()? {
        Cow::Borrowed(principal) => {
            if let Some(organisation) = &principal.organisation {
                session.variables.set_party("innsender", organisation);
            }
        }
        Cow::Owned(principal) => {
            if let Some(organisation) = principal.organisation {
                session.variables.set("innsender", organisation.to_json());
            }
        }
    }
    if let Some(row) = &test.row {
        let row = row.evaluate(&session.variables)?;
        session.variables.set("case", row);
    }
    let leases = parties(session).await?;
    for (name, template) in &test.given.values {
        let value = template.evaluate(&session.variables)?;
        session.variables.set(&name.value, value);
    }
    script(session).await?;
    Ok(leases)
}

/// Evaluates the request and sets `request`; after the preparation steps, since it may name what they captured.
pub(super) fn request<T: Transport>(session: &mut Session<'_, T>) -> Result<(), StepError> {
    let Some(spec) = &session.test.given.request else {
        return Ok(());
    };
    let mut body = spec.body.evaluate(&session.variables)?;
    for (path, template) in &spec.set {
        let value = template.evaluate(&session.variables)?;
        patch::set(&mut body, path, &value)?;
    }
    if let Some(operations) = &spec.patch {
        patch::apply(&mut body, operations, &session.variables)?;
    }
    session.variables.set("request", body);
    Ok(())
}

/// Sets a variable for each party: leased, or under load drawn by the seed, whoever else has drawn the same.
async fn parties<T: Transport>(session: &mut Session<'_, T>) -> Result<Vec<Lease>, StepError> {
    let specs = &session.test.given.parties;
    if session.load.is_some() {
        let wishes = specs
            .iter()
            .map(|spec| fitting(session, spec))
            .collect::<Result<Vec<_>, _>>()?;
        let world = session.world;
        let drawn = world.parties.draw(&wishes, session.seed);
        for (spec, party) in specs.iter().zip(drawn) {
            session.variables.set_party(&spec.name.value, party);
        }
        return Ok(Vec::new());
    }
    let leases = lease(session).await?;
    for (spec, lease) in specs.iter().zip(&leases) {
        session.variables.set(&spec.name.value, lease.party().to_json());
    }
    Ok(leases)
}

/// The parties of the test, in order. It waits a while for those that the seed gives it, so that a run can be repeated
/// whatever else runs at the same time.
async fn lease<T: Transport>(session: &Session<'_, T>) -> Result<Vec<Lease>, StepError> {
    let specs = &session.test.given.parties;
    let wishes = specs
        .iter()
        .map(|spec| wish(session, spec))
        .collect::<Result<Vec<_>, _>>()?;
    let began = Instant::now();
    loop {
        let choice = if began.elapsed() > OWN_PATIENCE {
            Choice::Any
        } else {
            Choice::Own
        };
        if let Some(leases) = session.world.parties.lease_all(&wishes, choice) {
            return Ok(leases);
        }
        if session.cancel.is_cancelled() || began.elapsed() > LEASE_PATIENCE {
            return Err(none_free(specs));
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn none_free(specs: &[PartySpec]) -> StepError {
    let names: Vec<&str> = specs.iter().map(|spec| spec.name.value.as_str()).collect();
    let message = format!(
        "no party is free for `{}`: all that fit are in use",
        names.join("`, `")
    );
    let error = match specs.first() {
        Some(spec) => StepError::at(&spec.name.place, message),
        None => StepError::new(message),
    };
    error.help("run fewer tests at once with --jobs")
}

/// What is wanted for a party, and the key its borrower is known by.
fn wish<T: Transport>(session: &Session<'_, T>, spec: &PartySpec) -> Result<(Wanted, String), StepError> {
    let wanted = fitting(session, spec)?;
    let test = session.test;
    let case = test.case.as_ref().map_or("", |case| case.value.as_str());
    let key = format!(
        "{}/{case}/{}/{}",
        test.scenario.id.value, test.model, spec.name.value
    );
    Ok((wanted, key))
}

/// What is wanted for a party, where the environment has any of it.
fn fitting<T: Transport>(session: &Session<'_, T>, spec: &PartySpec) -> Result<Wanted, StepError> {
    let wanted = wanted(spec)?;
    if session.world.parties.count(wanted) == 0 {
        let message = format!(
            "environment `{}` has no party that fits `{}`",
            session.world.name, spec.name.value
        );
        return Err(StepError::at(&spec.name.place, message));
    }
    Ok(wanted)
}

fn wanted(spec: &PartySpec) -> Result<Wanted, StepError> {
    let kind = match (spec.kind, spec.unit.as_ref().map(|unit| unit.value.as_str())) {
        (PartyKind::Person, _) => Kind::Person,
        (PartyKind::Organisation, None | Some("main")) => Kind::MainUnit,
        (PartyKind::Organisation, Some("sub")) => Kind::SubUnit,
        (PartyKind::Organisation, Some("sole-proprietorship")) => Kind::SoleProprietorship,
        (PartyKind::Organisation, Some(other)) => {
            let message = format!("`{other}` is no kind of unit");
            return Err(StepError::at(&spec.name.place, message).help("main, sub or sole-proprietorship"));
        }
    };
    let rules = match spec.rules {
        Some(RuleSet::Old) => Rules::Old,
        Some(RuleSet::New) | None => Rules::New,
    };
    Ok(Wanted { kind, rules })
}

/// Tells the mock what to do with the submission; on any other environment the script is not looked at.
async fn script<T: Transport>(session: &Session<'_, T>) -> Result<(), StepError> {
    let (Some(script), Some(stand_in)) = (&session.test.given.mock, &session.world.stand_in) else {
        return Ok(());
    };
    let value = script.evaluate(&session.variables)?;
    let value = if value == Value::Null { json!({}) } else { value };
    stand_in
        .script(&session.reference, &value)
        .await
        .map_err(|reason| StepError::at(script.place(), reason))
}
