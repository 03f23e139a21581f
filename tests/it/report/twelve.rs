//! The run that most tests look at: twelve tests of every verdict.

use utlegg::outcome::{Check, NoteKind, StepKind, StepOutcome, StepRecord, Subject, Verdict};

use super::sample::{Run, Test, check, note, step};

/// Seven tests pass, two fail, one could not be judged, one warns, one is not applicable.
pub fn twelve() -> Run {
    let virus = Test::new("attachments/virus")
        .title("A virus is found in an attachment")
        .took(0)
        .verdict(Verdict::NotApplicable)
        .reason("the environment lacks the capability `virus-scan`");
    Run::new()
        .test(corrected())
        .test(wrong_conditions())
        .test(
            Test::new("conditions-claims/missing-claims")
                .took(11_000)
                .call("validate-new")
                .call("submit"),
        )
        .test(
            Test::new("conditions-parties/same-debtor-and-creditor")
                .took(9_400)
                .call("submit"),
        )
        .test(
            Test::new("codes/kb-003")
                .title("An address the service does not have")
                .took(700)
                .call("submit"),
        )
        .test(wrong_code())
        .test(unanswered())
        .test(virus)
        .test(missing_header())
        .test(
            Test::new("status/fixed-references")
                .title("The documented references")
                .took(4_000)
                .call("case-status"),
        )
        .test(
            Test::new("auth/expired-token")
                .title("An expired token")
                .took(3_000)
                .call("submit"),
        )
        .test(noted())
}

fn polled(name: &str, us: u64) -> StepRecord {
    let mut it = step(name, "case-status", 200);
    it.kind = StepKind::Poll;
    it.attempts = 3;
    it.measure = Some(("submit-to-decision".to_owned(), us));
    it.elapsed_us = us;
    it.notes
        .push(note(NoteKind::UnknownField, "$.meldinger[*].nyttFelt"));
    it
}

fn corrected() -> Test {
    Test::new("submit-poll-correct")
        .title("Submission, a request for correction, the correction, a decision")
        .took(812_000)
        .call("submit")
        .step(polled("decided", 3_604_000_000), |_| {})
}

/// The answer names one condition too many, and its snapshot differs.
fn wrong_conditions() -> Test {
    let diff = concat!(
        "--- snapshot\n+++ answer\n@@ -1,4 +1,4 @@\n {\n-  \"saksstatus\": \"sakMottatt\",\n",
        "+  \"saksstatus\": \"sakBesluttet\",\n   \"antall\": 1\n }\nnothing is written in CI",
    );
    let snapshot = "the same as its snapshot";
    let (expected, actual) = (
        "exactly KRAV_DUPLIKATE_REFERANSER",
        "KRAV_DUPLIKATE_REFERANSER, MANGLER_KRAV",
    );
    let wrong = |it: &mut StepRecord| {
        let response = it.exchange.as_mut().unwrap().response.as_mut().unwrap();
        response.code = Some("KB-006".to_owned());
        response.conditions = vec!["KRAV_DUPLIKATE_REFERANSER".to_owned(), "MANGLER_KRAV".to_owned()];
        let conditions = check(Subject::Conditions, expected, actual);
        it.checks.push(Check {
            path: Some("$.kontrollutslag[*].kode".to_owned()),
            ..conditions
        });
        it.checks.push(Check {
            detail: Some(diff.to_owned()),
            reconstructed: true,
            ..check(Subject::Snapshot, snapshot, "differs")
        });
    };
    Test::new("conditions-claims/duplicate-references")
        .took(23_000)
        .call("validate-new")
        .step(step("submit", "submit", 422), wrong)
        .verdict(Verdict::Failed)
}

fn wrong_code() -> Test {
    Test::new("codes/kb-008")
        .title("An answer in a form the service does not offer")
        .took(1_900)
        .step(step("status", "case-status", 200), |it| {
            let code = check(Subject::Code, "KB-008", "none: the answer is a success");
            it.checks = vec![check(Subject::Status, "406", "200"), code];
        })
        .verdict(Verdict::Failed)
}

fn unanswered() -> Test {
    let unanswered = |it: &mut StepRecord| {
        it.preparation = true;
        it.outcome = StepOutcome::Error;
        it.error = Some("no complete answer within 30 s; is the service up?".to_owned());
        it.checks.clear();
        let exchange = it.exchange.as_mut().unwrap();
        exchange.response = None;
        exchange.failure = Some("no complete answer within 30 s".to_owned());
    };
    Test::new("attachments/upload")
        .title("An attachment is uploaded and submitted")
        .took(30_004_000)
        .step(step("upload", "upload-attachment", 200), unanswered)
        .verdict(Verdict::Error)
        .reason("preparation step `upload` could not be judged: no complete answer within 30 s; is the service up?")
}

fn missing_header() -> Test {
    Test::new("status/headers")
        .title("The answer names its correlation id")
        .should()
        .took(2_000)
        .step(step("status", "case-status", 200), |it| {
            let header = check(Subject::Header, "present", "absent");
            it.checks.push(Check {
                path: Some("korrelasjonsid".to_owned()),
                ..header
            });
        })
        .verdict(Verdict::Warning)
}

fn noted() -> Test {
    Test::new("auth/wrong-scope")
        .title("A token for another scope")
        .took(3_100)
        .step(polled("decided", 1_240_000), |it| {
            it.notes
                .push(note(NoteKind::ErrorShape, "the code stood in plain text"));
            it.checks[0].reconstructed = true;
        })
}
