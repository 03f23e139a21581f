//! `utlegg explain`.

use crate::command::Folder;
use utlegg::contract::{CodeKind, Contract};

fn explain(code: &str) -> crate::command::Output {
    Folder::new().utlegg("explain").argument(code).run()
}

#[test]
fn a_condition_is_explained_with_the_patch_that_provokes_it() {
    let output = explain("krav_duplikate_referanser").exits_with(0);
    let lines = regex::Regex::new(r"yaml:\d+:\d+").expect("a pattern");
    insta::assert_snapshot!(lines.replace_all(&output.stdout, "yaml:LINE:COLUMN"));
}

#[test]
fn codes_are_found_however_they_are_spelled() {
    for (typed, code) in [
        ("kb-006", "KB-006: "),
        ("DAS-008", "DAS-008: "),
        (
            "prioritet_mangler_paa_rettsgebyr",
            "PRIORITET_MANGLER_PÅ_RETTSGEBYR: ",
        ),
        (
            "ugyldig_vedlegg_transporterklaering",
            "UGYLDIG_VEDLEGG_TRANSPORTERKLÆRING: ",
        ),
        (
            "MANGLER_OPPLYSNINGER_PROSESSFULLMEKTIG",
            "MANGLER_OPPLYSNINGER_PROSESSFULLMEKTIG: ",
        ),
    ] {
        explain(typed)
            .exits_with(0)
            .says(&[code, "trigger  ", "certainty  ", "models  "]);
    }
}

#[test]
fn an_unknown_code_is_a_usage_error_with_a_suggestion() {
    explain("ER_IKKE_HOVEDENHT")
        .exits_with(2)
        .complains(&["did you mean `ER_IKKE_HOVEDENHET`?"]);
    explain("whatever")
        .exits_with(2)
        .complains(&["no contract lists the code `whatever`"]);
}

#[test]
fn every_code_has_a_trigger_of_its_own_words() {
    for model in Contract::builtin_models() {
        let contract = Contract::builtin(model).expect("a contract");
        for entry in contract.codes() {
            let trigger = entry.trigger.as_deref().unwrap_or_default();
            assert!(
                trigger.len() > 20 && trigger.ends_with('.'),
                "{model} {}: `{trigger}`",
                entry.code
            );
            assert_ne!(trigger.trim_end_matches('.'), entry.title, "{}", entry.code);
            let is_condition = entry.kind == CodeKind::Condition;
            assert!(is_condition || entry.needs.is_empty(), "{}", entry.code);
        }
    }
}
