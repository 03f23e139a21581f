//! case-status: where a case stands, its parties, its claims, and what was decided.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::fixed_cases::FixedCase;
use super::request::{REFERENCE, actors};
use crate::contract::Contract;
use crate::mock::answer::Answer;
use crate::mock::call::Call;
use crate::mock::case::{Case, CaseState};
use crate::mock::derived;
use crate::mock::refusal::Refusal;
use crate::mock::script::Outcome;
use crate::mock::state::MockState;

/// Answers from the case's own clock, or with the documented test case of this name.
///
/// # Errors
/// The refusal for a case that this organisation does not have.
pub fn handle(state: &MockState, call: &Call<'_>) -> Result<Answer, Refusal> {
    let reference = call.path(REFERENCE);
    let seed = state.options.seed;
    if let Some(fixed) = FixedCase::named(reference) {
        let facts = fixed.facts(&state.register, reference);
        return Ok(Answer::with(
            facts.body(&call.model.contract, seed),
            "a fixed test case of the documentation",
        ));
    }
    let found = state.cases.with(&call.organisation, reference, call.now, |case| {
        ((Facts::without_request(case), case.request.clone()), None)
    });
    let Some((mut facts, request)) = found else {
        return Err(Refusal::unknown("case"));
    };
    facts.add_request(&request.document());
    Ok(Answer::with(
        facts.body(&call.model.contract, seed),
        "the case's state on its own clock",
    ))
}

/// What the answer is made of.
#[derive(Debug)]
pub struct Facts {
    /// eksternSaksreferanse.
    pub reference: String,
    /// saksnummer.
    pub number: String,
    /// saksstatus.
    pub state: CaseState,
    /// innsenderReferanse.
    pub innsender_referanse: Option<String>,
    /// meldingsdato.
    pub received: Timestamp,
    /// saksoeker.
    pub creditors: Vec<Value>,
    /// saksoekt.
    pub debtors: Vec<Value>,
    /// The claims as the request has them.
    pub claims: Vec<Value>,
    /// Decisions with their times.
    pub decisions: Vec<(Timestamp, Outcome)>,
}

impl Facts {
    fn without_request(case: &Case) -> Self {
        let decision = case.decision.filter(|_| case.state.is_decided());
        Self {
            reference: case.reference.clone(),
            number: case.number.clone(),
            state: case.state,
            innsender_referanse: case.innsender_referanse.clone(),
            received: case.submitted,
            creditors: Vec::new(),
            debtors: Vec::new(),
            claims: Vec::new(),
            decisions: decision
                .map(|decision| (decision.time, decision.outcome))
                .into_iter()
                .collect(),
        }
    }

    fn add_request(&mut self, request: &Value) {
        let owned = |role| actors(request, role).into_iter().cloned().collect();
        let claims = request.get("kravTilInnkreving").and_then(Value::as_array);
        self.creditors = owned("saksoeker");
        self.debtors = owned("saksoekt");
        self.claims = claims.cloned().unwrap_or_default();
    }

    /// The body of the answer.
    pub fn body(&self, contract: &Contract, seed: u64) -> Value {
        let mut body = json!({
            REFERENCE: self.reference,
            "saksnummer": self.number,
            "saksstatus": self.state.spelled(contract),
            "meldingsdato": self.received,
            "saksoeker": self.creditors,
            "saksoekt": self.debtors,
            "kravISak": self.claims.iter().enumerate().map(|(i, claim)| self.claim(seed, i, claim)).collect::<Vec<_>>(),
        });
        if let Some(own) = &self.innsender_referanse {
            body["innsenderReferanse"] = json!(own);
        }
        if !self.decisions.is_empty() {
            body["beslutningsinformasjon"] = self.decided(seed);
        }
        body
    }

    fn claim(&self, seed: u64, index: usize, claim: &Value) -> Value {
        let mut told = Map::new();
        told.insert(
            "kravgrunnlagsidentifikator".into(),
            json!(self.claim_identifier(seed, index)),
        );
        let reference = claim
            .get("innsendersKravreferanse")
            .or_else(|| claim.get("kravreferanse"));
        if let Some(reference) = reference {
            told.insert("innsendersKravreferanse".into(), reference.clone());
        }
        let described = claim.get("kravbeskrivelse").or_else(|| claim.get("kravdetaljer"));
        told.insert(
            "kravbeskrivelse".into(),
            described.cloned().unwrap_or_else(|| json!("")),
        );
        for field in ["gjenstaaendeBeloep", "prioritetDekningsloven"] {
            told.extend(claim.get(field).map(|value| (field.to_owned(), value.clone())));
        }
        Value::Object(told)
    }

    /// The request's own identifier where it gives one.
    fn claim_identifier(&self, seed: u64, index: usize) -> String {
        let given = self
            .claims
            .get(index)
            .and_then(|claim| claim.get("kravgrunnlagsidentifikator")?.as_str());
        match given {
            Some(given) => given.to_owned(),
            None => derived::uuid(seed, &["krav", &self.reference, &index.to_string()]).to_string(),
        }
    }

    /// Every decision applies to every debtor.
    fn decided(&self, seed: u64) -> Value {
        let claims: Vec<String> = (0..self.claims.len())
            .map(|index| self.claim_identifier(seed, index))
            .collect();
        let mut decided = Vec::new();
        for (number, (time, outcome)) in self.decisions.iter().enumerate() {
            let measure = derived::uuid(seed, &["tiltak", &self.reference, &number.to_string()]);
            let decision = json!({"tiltaksidentifikator": measure, "kravgrunnlagsidentifikator": claims});
            for debtor in &self.debtors {
                let mut line = json!({"beslutningstidspunkt": time, "saksoekt": debtor});
                match outcome {
                    Outcome::Utleggstrekk => line["besluttetUtleggstrekk"] = decision.clone(),
                    Outcome::Utleggspant => line["besluttetUtleggspant"] = json!([decision]),
                    Outcome::IntetTilUtlegg => line["besluttetIntetTilUtlegg"] = decision.clone(),
                }
                decided.push(line);
            }
        }
        Value::Array(decided)
    }
}
