//! The information models that requests can be spelled in, and everything in which they differ.
//!
//! A request is composed in the spelling of v2. A new model is a variant, its name, and a function that respells.

use std::collections::HashMap;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::claim::number;

/// An information model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Model {
    /// Model 0.9.
    V1,
    /// Model 2.0.
    V2,
}

/// A model for which no requests can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("requests can be made for the models v1 and v2, not for `{0}`")]
pub struct UnknownModel(pub String);

impl FromStr for Model {
    type Err = UnknownModel;

    fn from_str(text: &str) -> Result<Self, UnknownModel> {
        match text {
            "v1" => Ok(Self::V1),
            "v2" => Ok(Self::V2),
            other => Err(UnknownModel(other.to_owned())),
        }
    }
}

impl Model {
    /// The request in this model's spelling.
    pub(super) fn spell(self, mut request: Value) -> Value {
        if self == Self::V1 {
            to_v1(&mut request);
        }
        request
    }
}

/// What v1 has and later models do not, and the other way round.
fn to_v1(request: &mut Value) {
    request["kreverRettsgebyrErstattet"] =
        request["kreverRettsgebyrErstattet"]["kreverRettsgebyrErstattet"].take();
    if let Some(innsender) = request["innsender"].as_object_mut() {
        rename(innsender, "innsendersProsessfullmektig", "prosessfullmektig");
        if let Some(holder) = innsender
            .get_mut("prosessfullmektig")
            .and_then(|representative| representative.get_mut("bevillingshaver"))
        {
            holder["inkassobevillingshaverNummer"] = json!("000000001");
        }
    }
    let requested = request["begjaeringsdato"].clone();
    for claim in objects(&mut request["kravTilInnkreving"]) {
        claim_to_v1(claim, &requested);
    }
    let mut remaining = remaining_by_reference(request);
    for ground in objects(&mut request["begjaeringensTvangsgrunnlag"]) {
        ground_to_v1(ground, &mut remaining);
    }
}

fn claim_to_v1(claim: &mut Map<String, Value>, requested: &Value) {
    rename(claim, "innsendersKravreferanse", "kravreferanse");
    // What interest was computed on and by cannot be told.
    if let Some(mut interest) = claim.shift_remove("rentekrav") {
        let period = interest["rentePeriode"].take();
        claim.insert("erRentekrav".to_owned(), json!({ "rentePeriode": period }));
    }
    if let Some(mut bearing) = claim.shift_remove("rentebaerendeKrav") {
        let mut terms = bearing["renteopplysninger"].take();
        if let Some(terms) = terms.as_object_mut() {
            terms.shift_remove("prioritetISakFremtidigRentekrav");
        }
        claim.insert("renteOpplysning".to_owned(), terms);
    }
    // Every claim has a due date: interest on the last day of its period, other costs when they are asked for.
    if !claim.contains_key("kravforfall") {
        let ended = claim
            .get("erRentekrav")
            .map(|interest| interest["rentePeriode"]["sluttdato"].clone());
        let due = ended.unwrap_or_else(|| requested.clone());
        claim.insert("kravforfall".to_owned(), json!({ "forfallsdato": due }));
    }
    // There are no downward adjustments: they are booked as payments, so that the amounts still add up.
    if let Some(Value::Array(adjustments)) = claim.shift_remove("kravEndring") {
        let booked = adjustments.into_iter().map(|mut adjustment| {
            json!({ "bokfoertDato": adjustment["dato"].take(), "beloep": adjustment["beloep"].take() })
        });
        let payments = claim.entry("innbetaling").or_insert_with(|| json!([]));
        if let Some(payments) = payments.as_array_mut() {
            payments.extend(booked);
        }
    }
}

fn ground_to_v1(ground: &mut Map<String, Value>, remaining: &mut HashMap<String, Decimal>) {
    if let Some(notices) = ground.get_mut("varsel") {
        for notice in objects(notices) {
            notice.shift_remove("forsendelsesmaateType");
        }
    }
    let references = ground["innsendersKravreferanse"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let sum: Decimal = references
        .iter()
        .filter_map(|reference| remaining.remove(reference.as_str()?))
        .sum();
    if let Some(special) = ground
        .get_mut("saerligTvangsgrunnlag")
        .and_then(Value::as_object_mut)
    {
        special.insert("paalydendeBeloep".to_owned(), number(sum).into());
        // Each of the two misspells the declaration in its own way.
        for (kind, spelled) in [
            ("gjeldsbrev", "skylderklaering"),
            ("elektroniskGjeldserklaering", "skyldererklaering"),
        ] {
            if let Some(instrument) = special.get_mut(kind).and_then(Value::as_object_mut) {
                rename(instrument, "skyldnererklaering", spelled);
            }
        }
    }
}

/// What remains of each claim.
fn remaining_by_reference(request: &Value) -> HashMap<String, Decimal> {
    let claims = request["kravTilInnkreving"].as_array().into_iter().flatten();
    claims
        .filter_map(|claim| {
            let remaining = claim["gjenstaaendeBeloep"]["beloep"].to_string().parse().ok()?;
            Some((claim["kravreferanse"].as_str()?.to_owned(), remaining))
        })
        .collect()
}

fn objects(list: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
    list.as_array_mut()
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut)
}

/// Renames a member and keeps its place.
fn rename(object: &mut Map<String, Value>, from: &str, to: &str) {
    *object = std::mem::take(object)
        .into_iter()
        .map(|(name, value)| (if name == from { to.to_owned() } else { name }, value))
        .collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_are_read_by_their_names() {
        assert_eq!("v1".parse(), Ok(Model::V1));
        let error = "v9".parse::<Model>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "requests can be made for the models v1 and v2, not for `v9`"
        );
    }

    #[test]
    fn an_adjustment_becomes_a_payment_in_v1() {
        let mut request = json!({
            "begjaeringsdato": "2025-11-24",
            "kreverRettsgebyrErstattet": { "kreverRettsgebyrErstattet": true },
            "kravTilInnkreving": [{
                "innsendersKravreferanse": "krav-1",
                "gjenstaaendeBeloep": { "beloep": 0.5 },
                "kravEndring": [{ "dato": "2025-05-01", "beloep": { "beloep": 1, "valuta": "NOK" } }],
            }],
            "begjaeringensTvangsgrunnlag": [{
                "innsendersKravreferanse": ["krav-1"],
                "saerligTvangsgrunnlag": { "gjeldsbrev": { "skyldnererklaering": "Ja" } },
            }],
            "innsender": {},
        });
        to_v1(&mut request);
        let claim = &request["kravTilInnkreving"][0];
        assert_eq!(claim["innbetaling"][0]["bokfoertDato"], "2025-05-01");
        assert!(claim.get("kravEndring").is_none());
        assert_eq!(claim["kravforfall"]["forfallsdato"], "2025-11-24");
        let special = &request["begjaeringensTvangsgrunnlag"][0]["saerligTvangsgrunnlag"];
        assert_eq!(special["paalydendeBeloep"], json!(0.5));
        assert_eq!(special["gjeldsbrev"]["skylderklaering"], "Ja");
    }
}
