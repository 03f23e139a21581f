//! `utlegg data`, as it is typed and what it prints.

use serde_json::Value;

use crate::command::{Folder, Output};

fn data(arguments: &str) -> Output {
    Folder::new().utlegg(&format!("data {arguments}")).run()
}

fn printed(arguments: &str) -> String {
    data(arguments).exits_with(0).stdout
}

/// Kept for ever: whoever names a seed gets the same in every version.
#[test]
fn a_seed_gives_the_same_in_every_version() {
    insta::assert_snapshot!(printed("kid --count 3 --format csv"), @r"
    kidnummer
    7002938848
    6667166711
    7087913542
    ");
    insta::assert_snapshot!(printed("account --seed 4"), @r#"
    {
      "kontonummer": "98485630988"
    }
    "#);
    insta::assert_snapshot!(printed("person --count 2 --format csv"), @r"
    identifier,kind,rules,fornavn,etternavn,foedselsdato,address.adressetekst,address.postnummer,address.poststedsnavn,address.kommunenummer
    49869236895,person,nytt,KVIKK,DIALEKT,1992-06-09,Fiolinveien 31,2317,HAMAR,3403
    13868406954,person,nytt,LOVLYDIG,TREKKSPILL,1984-06-13,Nattergalveien 83,8006,BODØ,1804
    ");
    insta::assert_snapshot!(printed("organisation --kind sub --format yaml"), @r#"
    identifier: "320308364"
    kind: sub-unit
    rules: nytt
    navn: STILLE STILLE TREKKSPILL AS
    address:
      adressetekst: Ugleveien 57
      postnummer: "0580"
      poststedsnavn: OSLO
      kommunenummer: "0301"
    belongs_to: "348961004"
    "#);
    insta::assert_snapshot!("simple", printed("request --seed 1"));
    insta::assert_snapshot!(
        "complex_v1",
        printed("request --seed 1 --claims 6 --model v1 --format yaml")
    );
}

#[test]
fn a_count_makes_a_list_of_different_ones() {
    let one: Value = serde_json::from_str(&printed("request --seed 2")).unwrap();
    let list: Vec<Value> = serde_json::from_str(&printed("request --seed 2 --count 3")).unwrap();
    assert_eq!(list[0], one);
    let mut references: Vec<_> = list
        .iter()
        .map(|request| request["innsenderReferanse"].to_string())
        .collect();
    references.dedup();
    assert_eq!(references.len(), 3);
    let list: Vec<Value> = serde_json::from_str(&printed("kid --count 1")).unwrap();
    assert_eq!(list.len(), 1);
}

#[test]
fn persons_are_of_the_rules_that_were_asked_for() {
    for (rules, spelled) in [("old", "gammelt"), ("new", "nytt")] {
        let persons: Vec<Value> =
            serde_json::from_str(&printed(&format!("person --count 150 --rules {rules}"))).unwrap();
        assert_eq!(persons.len(), 150);
        assert!(
            persons
                .iter()
                .all(|person| person["rules"] == spelled && person["kind"] == "person")
        );
    }
    for (kind, spelled) in [
        ("main", "main-unit"),
        ("sub", "sub-unit"),
        ("sole-proprietorship", "sole-proprietorship"),
    ] {
        let organisation: Value =
            serde_json::from_str(&printed(&format!("organisation --kind {kind}"))).unwrap();
        assert_eq!(organisation["kind"], spelled);
    }
}

#[test]
fn uploaded_attachments_take_their_places_and_change_nothing_else() {
    let uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";
    let before: Value = serde_json::from_str(&printed("request --complex")).unwrap();
    let arguments = format!("request --complex --attachment tvangsgrunnlag={uuid}");
    let mut after: Value = serde_json::from_str(&printed(&arguments)).unwrap();
    let count = before["begjaeringensTvangsgrunnlag"].as_array().unwrap().len();
    for index in 0..count {
        let attachment = &mut after["begjaeringensTvangsgrunnlag"][index]["tvangsgrunnlag"]["uuid"];
        assert_eq!(*attachment, uuid);
        *attachment = before["begjaeringensTvangsgrunnlag"][index]["tvangsgrunnlag"]["uuid"].clone();
    }
    assert_eq!(before, after);
}

#[test]
fn parties_can_be_named() {
    let arguments = "request --innsender 312597772 --saksoeker 311758489 --saksoekt 30906197746";
    let request: Value = serde_json::from_str(&printed(arguments)).unwrap();
    let number = |actor: &Value, kind: &str| actor[kind]["identifikator"]["verdi"].clone();
    assert_eq!(
        number(&request["innsender"]["innsender"], "virksomhet"),
        "312597772"
    );
    assert_eq!(
        number(&request["saksoeker"][0]["saksoeker"], "virksomhet"),
        "311758489"
    );
    assert_eq!(
        number(&request["saksoekt"][0]["saksoekt"], "person"),
        "30906197746"
    );
    let special = &request["begjaeringensTvangsgrunnlag"][0]["saerligTvangsgrunnlag"];
    assert_eq!(special["skyldner"][0]["verdi"], "30906197746");
}

#[test]
fn what_cannot_be_made_is_a_usage_error_that_says_why() {
    for (arguments, said) in [
        ("request --format csv", "does not fit into CSV"),
        ("request --model v9", "v1 and v2, not for `v9`"),
        ("request --date 2022-07-11", "the earliest date is 2022-07-12"),
        ("request --date yesterday", "a date is written as 2025-11-24"),
        ("request --claims 0", "0 is not in 1..=100000"),
        ("request --ground dom", "alminneligTvangsgrunnlag"),
        ("request --attachment x", "its uuid"),
        (
            "request --attachment annet=0f8fad5b-d9cb-469f-a165-70867728950e",
            "the types in a request are",
        ),
        ("request --attachment fullmakt=1", "`1` is no uuid"),
        ("request --saksoekt 08907395937", "under the old rules"),
        ("request --saksoekt 02013299997", "must be synthetic"),
        ("request --saksoekt 1", "right check digits"),
        (
            "request --innsender 30906197746",
            "a submitter is an organisation",
        ),
        (
            "request --saksoeker 30906197746 --saksoekt 30906197746",
            "creditor and debtor",
        ),
        ("person --count 5000", "has 900 of these, not 5000"),
        ("kid --length 26", "26 is not in 2..=25"),
        ("person --count 0", "0 is not in 1.."),
    ] {
        let output = data(arguments).exits_with(2).complains(&[said]);
        assert_eq!(output.stdout, "", "{arguments}");
        assert!(
            !output.stderr.contains("02013299997"),
            "a number that may be somebody's is not repeated"
        );
    }
}

#[test]
fn help_says_that_attachments_must_be_uploaded() {
    data("request --help")
        .exits_with(0)
        .says(&["Upload a file for each `type`", "Examples:"]);
    data("--help")
        .exits_with(0)
        .says(&["Examples:", "utlegg data kid"]);
}
