//! Mutants: a mock with one rule changed must make a bundled scenario that names the rule's code fail.
//!
//! By default every rule is switched off once, and of the other changes those of the KB codes, of the conditions whose
//! name has a letter beyond ASCII, and of a handful of others are tried. `UTLEGG_ALL_MUTANTS=1` tries the full table,
//! `UTLEGG_ALL_MUTANTS=whole` runs all bundled scenarios for each mutant and tells which fail (in release, a few minutes).

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use unicode_normalization::UnicodeNormalization;
use utlegg::cli::stand_in;
use utlegg::contract::{CodeKind, Contract};
use utlegg::identity::Guard;
use utlegg::mock::{Keys, Mutant, Options};
use utlegg::outcome::{Check, CheckResult, Event, NoteKind, Subject, TestId, Verdict};
use utlegg::runner::{self, Listener, Selection};
use utlegg::scenario::{Disk, Language, Test, discover};
use utlegg::snapshot::{Mode, Store};

/// The KB codes that the mock answers by rule; the others are answered by script only.
const BY_RULE: [&str; 7] = [
    "KB-003", "KB-004", "KB-005", "KB-006", "KB-007", "KB-008", "KB-009",
];

/// Of the conditions in ASCII, every so many takes part in all changes by default.
const HANDFUL: usize = 16;

/// Mocks at a time, and tests at a time against each.
const AT_ONCE: (usize, usize) = (4, 4);

/// What all mutants share.
struct Suite {
    contracts: Vec<Arc<Contract>>,
    tests: Vec<Test>,
    keys: Keys,
}

impl Suite {
    fn load() -> Self {
        let keys = Keys::start();
        let models = Contract::builtin_models().iter();
        let contracts: Vec<_> = models.map(|model| Contract::builtin(model).unwrap()).collect();
        let language = Language {
            contracts: &contracts,
            files: &Disk,
        };
        let loaded = language.load(&discover(&[PathBuf::from("scenarios")]).unwrap());
        assert!(!loaded.diagnostics.has_errors(), "{}", loaded.diagnostics);
        Self {
            tests: loaded.tests,
            contracts,
            keys,
        }
    }

    fn conditions(&self) -> BTreeSet<String> {
        let codes = self.contracts.iter().flat_map(|contract| contract.codes());
        codes
            .filter(|entry| entry.kind == CodeKind::Condition)
            .map(|entry| entry.code.clone())
            .collect()
    }

    /// Whether the mutant is caught, and by which test; otherwise what happened instead.
    async fn try_out(&self, mutant: Mutant) -> Result<String, String> {
        let selection = Selection {
            names: vec![code(&mutant).to_owned()],
            ..Selection::default()
        };
        let tests = selection
            .select(self.tests.clone())
            .map_err(|error| error.to_string())?;
        let seen = self.run(tests, Some(mutant)).await;
        seen.caught
            .ok_or_else(|| format!("no test fails for it; {:?}", seen.others))
    }

    /// Runs every test for a mutant, to its end: how many fail, of which scenarios.
    async fn try_all(&self, mutant: Mutant) -> Seen {
        let watch = Watch {
            to_the_end: true,
            ..Watch::new(Some(mutant))
        };
        self.watched(self.tests.clone(), watch).await
    }

    /// Runs the tests against a mock of their own until one of them notices the mutant.
    async fn run(&self, tests: Vec<Test>, mutant: Option<Mutant>) -> Seen {
        self.watched(tests, Watch::new(mutant)).await
    }

    async fn watched(&self, tests: Vec<Test>, watch: Watch) -> Seen {
        let mut options = Options::new(self.contracts.clone());
        options.keys = Some(self.keys.clone());
        options.behaviour.mutant.clone_from(&watch.mutant);
        let exempt = ["kontonummer", "kidnummer", "iban", "norskKontonummer"].map(str::to_owned);
        let guard = Guard::new([], &[], exempt);
        let snapshots = Store::new(PathBuf::from("snapshots"), Mode::Check);
        let (server, world) = stand_in::start(options, snapshots, guard).await.unwrap();
        let watch = Arc::new(watch);
        let cancel = watch.cancel.clone();
        let listener = Arc::clone(&watch);
        runner::run(Arc::new(world), tests, AT_ONCE.1, listener, cancel, |_| {
            String::new()
        })
        .await;
        // A connection that is kept open must not hold up the next mutant.
        let _ = tokio::time::timeout(Duration::from_millis(200), server.shutdown()).await;
        std::mem::take(&mut *watch.seen.lock().unwrap())
    }
}

/// Looks for the first test that fails because of the mutant, and ends the run there.
struct Watch {
    mutant: Option<Mutant>,
    cancel: CancellationToken,
    seen: Mutex<Seen>,
    /// Whether the run goes on when a test has noticed.
    to_the_end: bool,
}

#[derive(Default)]
struct Seen {
    noticing: Vec<TestId>,
    caught: Option<String>,
    others: BTreeSet<String>,
    /// Every test that failed, whether or not it named the code.
    failed: usize,
    /// The scenarios of those.
    failing: BTreeSet<String>,
    /// The codes that notes say came in another Unicode form.
    decomposed: BTreeSet<String>,
}

impl Watch {
    fn new(mutant: Option<Mutant>) -> Self {
        Self {
            mutant,
            cancel: CancellationToken::new(),
            seen: Mutex::default(),
            to_the_end: false,
        }
    }

    /// Whether the check fails and says why: it names the code or, of a wrong status, it is the status that is wrong.
    fn notices(&self, check: &Check) -> bool {
        let texts = [&check.expected, &check.actual].into_iter().chain(&check.detail);
        let because = match &self.mutant {
            None => true,
            Some(Mutant::WrongStatus(_)) => check.subject == Subject::Status,
            Some(mutant) => texts.into_iter().any(|text| text.contains(code(mutant))),
        };
        because && check.result == CheckResult::Failed
    }
}

impl Listener for Watch {
    async fn on_event(&self, event: Event) {
        let mut seen = self.seen.lock().unwrap();
        if let Event::StepFinished(step) = &event {
            let noted = step.notes.iter().filter(|note| note.kind == NoteKind::ErrorShape);
            let codes = noted.filter_map(|note| note.text.split_once(" came in a decomposed"));
            seen.decomposed.extend(codes.map(|(code, _)| code.to_owned()));
        }
        if let Event::TestFinished(test) = &event
            && test.verdict == Verdict::Failed
        {
            seen.failed += 1;
            seen.failing.insert(test.test.scenario.clone());
        }
        match event {
            Event::StepFinished(step) if step.checks.iter().any(|check| self.notices(check)) => {
                seen.noticing.push(step.test);
            }
            Event::TestFinished(test) => {
                if test.verdict == Verdict::Failed && seen.noticing.contains(&test.test) {
                    seen.caught.get_or_insert(format!("{:?}", test.test));
                    if !self.to_the_end {
                        self.cancel.cancel();
                    }
                } else if !matches!(test.verdict, Verdict::Passed | Verdict::NotApplicable) {
                    seen.others
                        .insert(format!("{:?}: {:?}", test.verdict, test.reason));
                }
            }
            _ => {}
        }
    }
}

fn code(mutant: &Mutant) -> &str {
    let (Mutant::Off(code)
    | Mutant::Inverted(code)
    | Mutant::Misspelled(code)
    | Mutant::Decomposed(code)
    | Mutant::WrongStatus(code)) = mutant;
    code
}

/// The mutants to try, in a stable order.
fn mutants(conditions: &BTreeSet<String>, all: bool) -> Vec<Mutant> {
    let mut found = Vec::new();
    for code in BY_RULE.map(str::to_owned) {
        found.extend(
            [Mutant::Off, Mutant::Misspelled, Mutant::WrongStatus].map(|change| change(code.clone())),
        );
    }
    for (index, code) in conditions.iter().enumerate() {
        found.push(Mutant::Off(code.clone()));
        if all || !code.is_ascii() || index % HANDFUL == 0 {
            let changes = [Mutant::Inverted, Mutant::Misspelled, Mutant::WrongStatus];
            found.extend(changes.map(|change| change(code.clone())));
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_mutant_nothing_fails() {
    let suite = Suite::load();
    let seen = suite.run(suite.tests.clone(), None).await;
    assert!(
        seen.caught.is_none() && seen.others.is_empty(),
        "{:?} {:?}",
        seen.caught,
        seen.others
    );
}

/// Whether the environment asks for this much.
fn asked_for(what: &str) -> bool {
    std::env::var_os("UTLEGG_ALL_MUTANTS").is_some_and(|value| value == what)
}

/// Readers of answers must compare codes in NFC (so the documentation wants it), so that this mutant makes nothing fail;
/// what vendors should know of such a service stands in a note.
#[tokio::test(flavor = "multi_thread")]
async fn a_code_in_another_unicode_form_fails_nothing_on_purpose_and_is_noted() {
    let suite = Suite::load();
    let changed: Vec<String> = suite
        .conditions()
        .into_iter()
        .filter(|code| code.nfd().collect::<String>() != *code)
        .collect();
    assert!(changed.len() > 3, "{changed:?}");
    for code in changed {
        let mutant = Mutant::Decomposed(code.clone());
        let names = vec![code.clone()];
        let selection = Selection {
            names,
            ..Selection::default()
        };
        let tests = selection.select(suite.tests.clone()).unwrap();
        let seen = suite.run(tests, Some(mutant)).await;
        assert_eq!(seen.failed, 0, "{code}: {:?}", seen.failing);
        assert_eq!(seen.decomposed, BTreeSet::from([code]));
    }
}

/// Once, outside CI: which scenarios of the whole suite notice each mutant.
async fn with_the_whole_suite(suite: &Suite) -> (String, Vec<String>) {
    let started = Instant::now();
    let (mut lines, mut missed) = (String::new(), Vec::new());
    let mutants = mutants(&suite.conditions(), true);
    let tried = mutants.len();
    for mutant in mutants {
        let name = format!("{mutant:?}");
        let seen = suite.try_all(mutant).await;
        let scenarios: Vec<&str> = seen.failing.iter().map(String::as_str).collect();
        writeln!(
            lines,
            "{name}: {} tests fail, of {}",
            seen.failed,
            scenarios.join(", ")
        )
        .unwrap();
        if seen.failed == 0 {
            missed.push(name);
        }
    }
    let caught = tried - missed.len();
    let took = started.elapsed();
    writeln!(lines, "caught by the whole suite: {caught}/{tried} in {took:?}").unwrap();
    (lines, missed)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_changed_rule_makes_a_scenario_that_names_it_fail() {
    let started = Instant::now();
    let suite = Arc::new(Suite::load());
    if asked_for("whole") {
        let (lines, missed) = with_the_whole_suite(&suite).await;
        println!("{lines}");
        assert!(missed.is_empty(), "{missed:?}");
        return;
    }
    let all = asked_for("1");
    let mutants = mutants(&suite.conditions(), all);
    let (tried, slots) = (mutants.len(), Arc::new(Semaphore::new(AT_ONCE.0)));
    let mut running = JoinSet::new();
    for mutant in mutants {
        let (suite, slots) = (Arc::clone(&suite), Arc::clone(&slots));
        running.spawn(async move {
            let _slot = slots.acquire().await.unwrap();
            (format!("{mutant:?}"), suite.try_out(mutant).await)
        });
    }
    let mut table: Vec<_> = running.join_all().await;
    table.sort();
    let (mut lines, mut missed) = (String::new(), Vec::new());
    for (mutant, result) in &table {
        match result {
            Ok(test) => writeln!(lines, "caught {mutant} by {test}").unwrap(),
            Err(reason) => missed.push(format!("missed {mutant}: {reason}")),
        }
    }
    // Shown with --nocapture, and when the test fails: which of them were tried.
    println!(
        "{lines}{tried} mutants, {} missed, {:?}",
        missed.len(),
        started.elapsed()
    );
    assert!(
        missed.is_empty(),
        "{} of {tried}\n{}",
        missed.len(),
        missed.join("\n")
    );
}
