//! What is generated violates nothing, and its numbers add up when they are worked out again from the document alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;
use utlegg::begjaering::{
    Attachment, AttachmentState, Attachments, CaseBefore, PartyKind, PartyRegister, Phase, RegisteredParty,
    Ruleset, Submissions, Surroundings, check,
};
use utlegg::contract::Contract;
use utlegg::identity::{Guard, Part};
use utlegg::testdata::request::{GroundKind, Model, Order, Parties, complex, simple};
use utlegg::testdata::{Kind, LatePaymentRates, Register, Rules};

/// What a test wants made.
#[derive(Debug, Clone)]
struct Wish {
    model: &'static str,
    seed: u64,
    date: Date,
    /// None for a simple request.
    claims: Option<usize>,
    ground: Option<GroundKind>,
}

impl Wish {
    fn complex(model: &'static str, seed: u64, claims: usize) -> Self {
        Self {
            model,
            seed,
            date: date(2025, 11, 24),
            claims: Some(claims),
            ground: None,
        }
    }
}

fn register() -> Register {
    Register::generate(1, 30, 30)
}

fn made(wish: &Wish) -> Value {
    let order = Order {
        model: wish.model.parse::<Model>().unwrap(),
        seed: wish.seed,
        number: 0,
        date: wish.date,
        parties: &Parties::draw(&register(), wish.seed, 0).unwrap(),
        rates: &LatePaymentRates::builtin().unwrap(),
        ground: wish.ground,
        attachments: &BTreeMap::new(),
    };
    match wish.claims {
        None => simple(&order),
        Some(claims) => complex(&order, claims),
    }
    .unwrap()
}

/// Knows the register's parties, and every attachment of the request as uploaded for it and ready.
struct World {
    register: Register,
    attachments: BTreeMap<String, Attachment>,
}

impl World {
    fn around(request: &Value) -> Self {
        let reference = request["innsenderReferanse"].as_str().map(str::to_owned);
        let mut attachments = BTreeMap::new();
        objects(request, &mut |object| {
            if let (Some(uuid), Some(kind)) = (object["uuid"].as_str(), object["type"].as_str()) {
                let attachment = Attachment {
                    state: AttachmentState::Ready,
                    kind: Some(kind.to_owned()),
                    innsender_referanse: reference.clone(),
                };
                attachments.insert(uuid.to_owned(), attachment);
            }
        });
        Self {
            register: register(),
            attachments,
        }
    }

    fn surroundings<'a>(&'a self, request: &'a Value, today: Date) -> Surroundings<'a> {
        Surroundings {
            today,
            authenticated: request["innsender"]["innsender"]["virksomhet"]["identifikator"]["verdi"].as_str(),
            register: Some(self),
            attachments: Some(self),
            submissions: Some(self),
            case: Some(CaseBefore {
                request,
                reference: "sak-1",
                state: "sakUnderBehandling",
                unprocessed: false,
                changes_allowed: true,
            }),
        }
    }
}

impl PartyRegister for World {
    fn party(&self, identifier: &str) -> Option<RegisteredParty> {
        let party = self.register.get(identifier)?;
        Some(RegisteredParty {
            kind: match party.kind {
                Kind::Person => PartyKind::Person,
                Kind::MainUnit => PartyKind::MainUnit,
                Kind::SubUnit => PartyKind::SubUnit,
                Kind::SoleProprietorship => PartyKind::SoleProprietorship,
            },
            rules: match party.rules {
                Rules::Old => Ruleset::Old,
                Rules::New => Ruleset::New,
            },
        })
    }
}

impl Attachments for World {
    fn attachment(&self, uuid: &str) -> Option<Attachment> {
        self.attachments.get(uuid).cloned()
    }
}

impl Submissions for World {
    fn is_submitted(&self, _: &str, _: &str, _: &str) -> bool {
        false
    }
}

/// Visits every object in a document.
fn objects(value: &Value, visit: &mut impl FnMut(&Value)) {
    match value {
        Value::Object(members) => {
            visit(value);
            members.values().for_each(|member| objects(member, visit));
        }
        Value::Array(items) => items.iter().for_each(|item| objects(item, visit)),
        _ => {}
    }
}

/// Read once: a case takes a fraction of the time that reading takes.
fn contract(model: &str) -> &'static Contract {
    static BOTH: LazyLock<[Arc<Contract>; 2]> =
        LazyLock::new(|| ["v1", "v2"].map(|model| Contract::builtin(model).unwrap()));
    BOTH.iter().find(|contract| contract.model() == model).unwrap()
}

/// Everything wrong with a request: by the schema, unknown to it, by the conditions of both phases, for the guard.
fn complaints(wish: &Wish, request: &Value) -> Vec<String> {
    let contract = contract(wish.model);
    let codes: Vec<&str> = contract.codes().iter().map(|entry| entry.code.as_str()).collect();
    let submit = contract.operation("submit").unwrap();
    let mut said: Vec<String> = submit
        .check_request("application/json", request)
        .iter()
        .map(|violation| format!("{violation:?}"))
        .collect();
    said.extend(submit.unknown_request_fields("application/json", request));
    let world = World::around(request);
    for phase in [Phase::New, Phase::Change] {
        let found = check(&codes, phase, request, &world.surroundings(request, wish.date));
        said.extend(found.iter().map(|violation| format!("{phase:?} {violation:?}")));
    }
    let text = request.to_string();
    let found = Guard::new([], &[], []).check([Part {
        place: "body",
        text: &text,
    }]);
    said.extend(found.iter().map(|finding| format!("{finding:?}")));
    said
}

fn wishes() -> impl Strategy<Value = Wish> {
    let grounds = proptest::option::of(proptest::sample::select(GroundKind::ALL.to_vec()));
    (
        prop_oneof![Just("v1"), Just("v2")],
        any::<u64>(),
        0i32..3000,
        proptest::option::of(1usize..60),
        grounds,
    )
        .prop_map(|(model, seed, days, claims, ground)| Wish {
            model,
            seed,
            date: date(2022, 7, 12).checked_add(days.days()).unwrap(),
            claims,
            ground,
        })
}

/// The amount in a `BeloepValuta`.
fn amount(of: &Value) -> Decimal {
    of["beloep"].to_string().parse().unwrap()
}

fn day(of: &Value) -> Date {
    of.as_str().unwrap().parse().unwrap()
}

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of[name].as_array().map_or(&[], Vec::as_slice)
}

fn claims(request: &Value) -> &[Value] {
    list(request, "kravTilInnkreving")
}

/// Interest day by day, with the rates of the public table written down once more.
fn interest_by_day(claim: &Value) -> Decimal {
    let rates = [
        (date(2022, 1, 1), "8.5"),
        (date(2022, 7, 1), "9.25"),
        (date(2023, 1, 1), "10.75"),
        (date(2023, 7, 1), "11.75"),
        (date(2024, 1, 1), "12.5"),
        (date(2025, 7, 1), "12.25"),
        (date(2026, 1, 1), "0"),
    ];
    let element = &claim["rentekrav"];
    let agreed = element
        .get("beregnetMedAvtaltRentesats")
        .map(|rate| rate.to_string().parse::<Decimal>().unwrap());
    let late = |day: Date| {
        let (_, rate) = rates.iter().rev().find(|(from, _)| *from <= day).unwrap();
        rate.parse::<Decimal>().unwrap()
    };
    let (first, last) = (
        day(&element["rentePeriode"]["startdato"]),
        day(&element["rentePeriode"]["sluttdato"]),
    );
    let sum: Decimal = first
        .series(1.day())
        .take_while(|day| *day <= last)
        .map(|day| agreed.unwrap_or_else(|| late(day)) / Decimal::from(day.days_in_year()))
        .sum();
    amount(&element["renteGrunnlag"]) * sum / Decimal::ONE_HUNDRED
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_generated_violates_anything(wish in wishes()) {
        let request = made(&wish);
        prop_assert_eq!(complaints(&wish, &request), Vec::<String>::new());
        prop_assert_eq!(claims(&request).len(), wish.claims.unwrap_or_else(|| claims(&request).len()));
    }

    #[test]
    fn amounts_and_interest_are_right(wish in wishes()) {
        let request = made(&Wish { model: "v2", ..wish });
        for claim in claims(&request) {
            let booked = list(claim, "innbetaling").iter().chain(list(claim, "kravEndring"));
            let booked: Decimal = booked.map(|booked| amount(&booked["beloep"])).sum();
            let original = amount(&claim["opprinneligBeloep"]);
            prop_assert_eq!(amount(&claim["gjenstaaendeBeloep"]), original - booked);
            prop_assert!(original > booked);
            if claim["kravdetaljer"] == "Rentekrav" {
                let exact = interest_by_day(claim);
                let rounded = exact.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
                // Summing by days leaves a trace in the last of 28 digits; nothing else may differ.
                prop_assert!(rounded == original || (exact - original).abs() < "0.00500001".parse().unwrap());
            }
            for letter in list(claim, "betalingsoppfordring") {
                let sent = day(&letter["brevdato"]);
                prop_assert!(sent >= wish.date.checked_sub(6.months()).unwrap() && sent < wish.date);
            }
        }
    }
}

#[test]
fn a_complex_request_has_everything() {
    for seed in 0..20 {
        let request = made(&Wish::complex("v2", seed, 20));
        let text = request.to_string();
        for kind in GroundKind::ALL {
            assert!(
                text.contains(&format!("\"{}\":", kind.name())),
                "{seed} {}",
                kind.name()
            );
        }
        let kinds: BTreeSet<&str> = claims(&request)
            .iter()
            .filter_map(|claim| claim["kravdetaljer"].as_str())
            .collect();
        assert_eq!(kinds.len(), 5, "{kinds:?}");
        let main = &claims(&request)[0];
        assert_eq!(list(main, "innbetaling").len(), 1);
        assert_eq!(list(main, "kravEndring").len(), 1);
        // The rate changed while interest on it ran.
        let change = date(2025, 7, 1);
        let changes_within = |claim: &&Value| {
            let period = &claim["rentekrav"]["rentePeriode"];
            claim["rentekrav"]["beregnetMedForsinkelsesrente"] == true
                && day(&period["startdato"]) < change
                && change <= day(&period["sluttdato"])
        };
        assert!(
            claims(&request).iter().any(|claim| changes_within(&claim)),
            "{seed}"
        );
    }
}

#[test]
fn the_spans_of_interest_follow_each_other_and_the_balance() {
    let request = made(&Wish::complex("v2", 3, 6));
    let main = &claims(&request)[0];
    let spans: Vec<&Value> = claims(&request)
        .iter()
        .filter(|claim| claim["kravdetaljer"] == "Rentekrav")
        .map(|claim| &claim["rentekrav"])
        .collect();
    let (paid, struck) = (&main["innbetaling"][0], &main["kravEndring"][0]);
    let original = amount(&main["opprinneligBeloep"]);
    let bases: Vec<Decimal> = spans.iter().map(|span| amount(&span["renteGrunnlag"])).collect();
    let after_payment = original - amount(&paid["beloep"]);
    assert_eq!(
        bases,
        [original, after_payment, amount(&main["gjenstaaendeBeloep"])]
    );
    let first = |index: usize| day(&spans[index]["rentePeriode"]["startdato"]);
    let last = |index: usize| day(&spans[index]["rentePeriode"]["sluttdato"]);
    assert_eq!(
        first(0),
        day(&main["kravforfall"]["forfallsdato"]).tomorrow().unwrap()
    );
    assert_eq!(
        (last(0), last(1)),
        (day(&paid["bokfoertDato"]), day(&struck["dato"]))
    );
    assert_eq!(
        (first(1), first(2)),
        (last(0).tomorrow().unwrap(), last(1).tomorrow().unwrap())
    );
}

#[test]
fn both_models_tell_the_same_case() {
    let (one, two) = (
        made(&Wish::complex("v1", 5, 30)),
        made(&Wish::complex("v2", 5, 30)),
    );
    assert_eq!(one["saksoekt"], two["saksoekt"]);
    assert_eq!(claims(&one).len(), claims(&two).len());
    for (one, two) in claims(&one).iter().zip(claims(&two)) {
        assert_eq!(one["kravreferanse"], two["innsendersKravreferanse"]);
        assert_eq!(one["gjenstaaendeBeloep"], two["gjenstaaendeBeloep"]);
        let bookings = list(two, "innbetaling").len() + list(two, "kravEndring").len();
        assert_eq!(list(one, "innbetaling").len(), bookings);
    }
}

#[test]
fn one_kind_of_ground_can_be_had_alone() {
    for kind in GroundKind::ALL {
        for claims in [None, Some(12)] {
            let wish = Wish {
                claims,
                ground: Some(kind),
                ..Wish::complex("v2", 1, 1)
            };
            for ground in list(&made(&wish), "begjaeringensTvangsgrunnlag") {
                let own = ground
                    .get(kind.name())
                    .or_else(|| ground["saerligTvangsgrunnlag"].get(kind.name()));
                assert!(own.is_some(), "{ground}");
            }
        }
    }
}

#[test]
fn many_claims_are_as_clean() {
    let wish = Wish::complex("v1", 9, 2_000);
    let request = made(&wish);
    assert_eq!(claims(&request).len(), 2_000);
    assert_eq!(complaints(&wish, &request), Vec::<String>::new());
}
