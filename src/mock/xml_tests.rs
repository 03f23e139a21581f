//! XML by the hints of a contract: as OpenAPI's own examples have it, and there and back again.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use jiff::civil::date;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{xml, xml_reader};
use crate::contract::Contract;
use crate::source::SourceFile;
use crate::testdata::request::{GroundKind, Model, Order, Parties, complex, simple};
use crate::testdata::{LatePaymentRates, Register};

/// Every kind of hint: a renamed root with a namespace, attributes, renamed and prefixed elements, lists with and without
/// an element around them, behind references and `allOf`.
const CONTRACT: &str = "
openapi: 3.1.0
info: { title: Hints, version: '9' }
x-utlegg-model: v9
paths:
  /:
    post:
      x-utlegg-operation: submit
      x-utlegg-api: request
      requestBody:
        content: { application/xml: { schema: { $ref: '#/components/schemas/Sak' } } }
      responses: { '200': { description: Taken. } }
components:
  schemas:
    Sak:
      type: object
      xml: { name: sak, namespace: 'urn:sak', prefix: s }
      properties:
        id: { type: integer, xml: { attribute: true } }
        merke: { type: string, xml: { attribute: true, name: merkelapp } }
        navn: { type: string, xml: { name: fulltNavn, prefix: s } }
        plain: { type: array, items: { type: string } }
        renamed: { type: array, items: { type: string, xml: { name: en } }, xml: { name: ignored } }
        wrapped: { type: array, items: { type: boolean }, xml: { wrapped: true } }
        outer: { type: array, items: { type: string }, xml: { wrapped: true, name: ytre } }
        both:
          type: array
          items: { $ref: '#/components/schemas/Krav' }
          xml: { wrapped: true, name: kravene }
        del: { allOf: [{ $ref: '#/components/schemas/Krav' }] }
    Krav:
      type: object
      xml: { name: krav }
      properties:
        nr: { type: integer, xml: { attribute: true } }
        beloep: { type: number }
        tekst: { type: string }
";

static HINTS: LazyLock<Contract> = LazyLock::new(|| {
    let file = SourceFile::new("hints.yaml", CONTRACT);
    Contract::load(&[file], &BTreeMap::new()).unwrap()
});

fn there_and_back(contract: &Contract, document: &Value) -> (String, Value) {
    let submit = contract.operation("submit").unwrap();
    let shape = submit.request_shape("application/xml");
    let written = xml::write("dokument", shape.as_ref(), document);
    let read = xml_reader::read(written.as_bytes(), shape.as_ref()).unwrap();
    (written, read)
}

#[test]
fn names_attributes_and_wrappers_are_those_of_the_hints() {
    for (document, expected) in [
        (
            json!({"id": 7, "merke": "a<\"b\""}),
            "<s:sak xmlns:s=\"urn:sak\" id=\"7\" merkelapp=\"a&lt;&quot;b&quot;\"></s:sak>",
        ),
        (
            json!({"navn": "Å"}),
            "<s:sak xmlns:s=\"urn:sak\"><s:fulltNavn>Å</s:fulltNavn></s:sak>",
        ),
        (
            json!({"plain": ["a", "b"]}),
            "<s:sak xmlns:s=\"urn:sak\"><plain>a</plain><plain>b</plain></s:sak>",
        ),
        (
            json!({"renamed": ["a"]}),
            "<s:sak xmlns:s=\"urn:sak\"><en>a</en></s:sak>",
        ),
        (
            json!({"wrapped": [true]}),
            "<s:sak xmlns:s=\"urn:sak\"><wrapped><wrapped>true</wrapped></wrapped></s:sak>",
        ),
        (
            json!({"outer": ["a", "b"]}),
            "<s:sak xmlns:s=\"urn:sak\"><ytre><ytre>a</ytre><ytre>b</ytre></ytre></s:sak>",
        ),
        (
            json!({"outer": []}),
            "<s:sak xmlns:s=\"urn:sak\"><ytre></ytre></s:sak>",
        ),
        (
            json!({"both": [{"nr": 1, "beloep": 10.5}], "del": {"nr": 2, "tekst": "x"}}),
            "<s:sak xmlns:s=\"urn:sak\"><kravene><krav nr=\"1\"><beloep>10.5</beloep></krav></kravene>\
             <krav nr=\"2\"><tekst>x</tekst></krav></s:sak>",
        ),
    ] {
        let (written, read) = there_and_back(&HINTS, &document);
        assert!(written.ends_with(expected), "{written}");
        assert_eq!(read, document, "{written}");
    }
}

#[test]
fn what_no_hint_knows_is_read_as_it_is_called() {
    let submit = HINTS.operation("submit").unwrap();
    let shape = submit.request_shape("application/xml");
    let document = "<x ukjent='1' merkelapp='&#10;b'><nytt><felt>1</felt></nytt><plain>a</plain></x>";
    let read = xml_reader::read(document.as_bytes(), shape.as_ref()).unwrap();
    assert_eq!(
        read,
        json!({"merke": "\nb", "nytt": {"felt": "1"}, "plain": ["a"]})
    );
}

fn text() -> impl Strategy<Value = Value> {
    "[ -~æøåÆØÅ\t\r\n]{0,20}".prop_map(Value::from)
}

fn claim() -> impl Strategy<Value = Value> {
    let number = prop::option::of(any::<i32>().prop_map(Value::from));
    let amount = prop::option::of((-1_000_000i32..1_000_000).prop_map(|cents| json!(f64::from(cents) / 4.0)));
    let fields = (number, amount, prop::option::of(text()));
    fields.prop_map(|(nr, beloep, tekst)| object([("nr", nr), ("beloep", beloep), ("tekst", tekst)]))
}

fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let given = fields
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(given.collect::<Map<_, _>>())
}

/// A list that XML can tell: without an element around it, an empty one is no list at all.
fn list(item: impl Strategy<Value = Value>, least: usize) -> impl Strategy<Value = Option<Value>> {
    prop::option::of(prop::collection::vec(item, least..4).prop_map(Value::Array))
}

fn case() -> impl Strategy<Value = Value> {
    let single = (
        prop::option::of(any::<i64>().prop_map(Value::from)),
        prop::option::of(text()),
        prop::option::of(text()),
    );
    let lists = (
        list(text(), 1),
        list(text(), 1),
        list(any::<bool>().prop_map(Value::from), 0),
        list(text(), 0),
    );
    let claims = (list(claim(), 0), prop::option::of(claim()));
    (single, lists, claims).prop_map(
        |((id, merke, navn), (plain, renamed, wrapped, outer), (both, part))| {
            object([
                ("id", id),
                ("merke", merke),
                ("navn", navn),
                ("plain", plain),
                ("renamed", renamed),
                ("wrapped", wrapped),
                ("outer", outer),
                ("both", both),
                ("del", part),
            ])
        },
    )
}

static MADE_FROM: LazyLock<(Register, LatePaymentRates, [Arc<Contract>; 2])> = LazyLock::new(|| {
    let contracts = ["v1", "v2"].map(|model| Contract::builtin(model).unwrap());
    (
        Register::generate(1, 40, 40),
        LatePaymentRates::builtin().unwrap(),
        contracts,
    )
});

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn a_document_with_every_hint_comes_back_as_it_was(document in case()) {
        let (written, read) = there_and_back(&HINTS, &document);
        prop_assert_eq!(read, document, "{}", written);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn a_generated_request_comes_back_as_it_was(seed in any::<u64>(), claims in 0usize..8, kind in 0usize..8) {
        let (register, rates, contracts) = &*MADE_FROM;
        for (model, contract) in [Model::V1, Model::V2].into_iter().zip(contracts) {
            let order = Order {
                model,
                seed,
                number: 0,
                date: date(2025, 11, 24),
                parties: &Parties::draw(register, seed, 0).unwrap(),
                rates,
                ground: GroundKind::ALL.get(kind).copied(),
                attachments: &BTreeMap::new(),
            };
            let request = if claims == 0 { simple(&order) } else { complex(&order, claims) }.unwrap();
            let (written, read) = there_and_back(contract, &request);
            prop_assert_eq!(read, request, "{}", written);
        }
    }
}
