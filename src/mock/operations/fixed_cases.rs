//! The fixed references with which the test environment lets every status be tried.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::case_status::Facts;
use crate::mock::case::CaseState;
use crate::mock::parties;
use crate::mock::script::Outcome;
use crate::testdata::Register;

/// One of them.
#[derive(Debug, Clone, Copy)]
pub struct FixedCase {
    state: CaseState,
}

/// When all of them were received: their content never changes.
const RECEIVED: Timestamp = Timestamp::constant(1_767_254_400, 0);

impl FixedCase {
    /// The case behind a fixed reference. `TEST_UGYLDIG` is none: it is unknown, as documented.
    pub fn named(reference: &str) -> Option<Self> {
        let state = match reference {
            "TEST_SAK_OPPRETTET" => CaseState::Opprettet,
            "TEST_SAK_UNDER_BEHANDLING" => CaseState::UnderBehandling,
            "TEST_SAK_NEKTET_FREMMET" => CaseState::NektetFremmet,
            "TEST_SAK_FORELAGT" => CaseState::Forelagt,
            "TEST_SAK_BESLUTTET" => CaseState::Besluttet,
            "TEST_SAK_AVSLUTTET" => CaseState::Avsluttet,
            "TEST_SAK_HEVET" => CaseState::Hevet,
            _ => return None,
        };
        Some(Self { state })
    }

    /// Its content: parties of the register, one claim, and the three kinds of decision where it is decided.
    pub fn facts(self, register: &Register, reference: &str) -> Facts {
        let (creditor, debtor) = parties::fixed_pair(register);
        let outcomes = [
            Outcome::Utleggstrekk,
            Outcome::IntetTilUtlegg,
            Outcome::Utleggspant,
        ];
        let decided = outcomes.into_iter().filter(|_| self.state.is_decided());
        Facts {
            reference: reference.to_owned(),
            number: "UTLBGJ/2026/1".into(),
            state: self.state,
            innsender_referanse: Some(format!("INNSENDER_{reference}")),
            received: RECEIVED,
            creditors: vec![creditor],
            debtors: vec![debtor],
            claims: vec![claim()],
            decisions: decided.map(|outcome| (RECEIVED, outcome)).collect(),
        }
    }
}

fn claim() -> Value {
    json!({
        "innsendersKravreferanse": "KRAV-1",
        "kravbeskrivelse": "Faktura",
        "gjenstaaendeBeloep": {"beloep": 1000.5, "valuta": "NOK"},
        "prioritetDekningsloven": "e",
    })
}
