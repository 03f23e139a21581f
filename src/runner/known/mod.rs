//! Answers that need no second look: under load, an answer that differs from a fully checked one in nothing but texts
//! that may differ passes the same checks, and is not parsed.
//!
//! A template is made of an answer that passed every check: its bytes, with holes where a text stands that the snapshot
//! redacts as a whole and the contract judges by itself. An answer that has the same status and media type, the same
//! bytes around the holes, and in each hole a text of the same form that keeps the contract's rules, would pass too.
//! Whatever differs otherwise is checked in full, as ever.

mod learn;
mod template;

pub(super) use learn::Checked;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use serde_json::Value;

use self::template::AnswerTemplate;
use super::iteration::Depth;
use crate::assertion::Check;
use crate::http::Response;
use crate::outcome::TestId;
use crate::scenario::{CaptureSource, Step, StepAction, Test};
use crate::source::SourceFile;

/// How many shapes of an answer are remembered for a step; further ones are checked in full each time.
const MOST: usize = 8;

/// How many answers of a step are looked at to be remembered.
const MOST_ATTEMPTS: u64 = 16;

/// The answers that a run has checked in full, for every test and depth.
#[derive(Default)]
pub struct KnownAnswers {
    tests: Mutex<Vec<(Key, Arc<KnownTest>)>>,
    recognised: AtomicU64,
}

/// Which test, checked how. The file is held, so that no other test can have its address.
struct Key {
    file: Arc<SourceFile>,
    id: TestId,
    depth: Depth,
}

/// The known answers of one test's steps.
pub(super) struct KnownTest {
    steps: Vec<KnownStep>,
}

/// The known answers of one step.
pub(super) struct KnownStep {
    /// Whether an answer can be known at all.
    knowable: bool,
    templates: RwLock<Vec<Arc<AnswerTemplate>>>,
    /// How often an answer was looked at to be remembered, in vain too: that costs more than checking it.
    attempts: AtomicU64,
}

/// What is known of an answer.
pub(super) struct Known {
    /// The checks that it passes.
    pub(super) checks: Arc<[Check]>,
    /// The values that the step's captures keep, in their order.
    pub(super) captured: Vec<Value>,
}

impl KnownAnswers {
    /// How many answers were recognised so far, so that they were not checked in full.
    pub fn recognised(&self) -> u64 {
        self.recognised.load(Ordering::Relaxed)
    }

    /// Counts one.
    pub(super) fn count(&self) {
        self.recognised.fetch_add(1, Ordering::Relaxed);
    }

    /// What is known of a test's answers.
    pub(super) fn of(&self, test: &Test, id: &TestId, depth: Depth) -> Arc<KnownTest> {
        let mut tests = self.tests.lock().unwrap_or_else(PoisonError::into_inner);
        let file = &test.place.file;
        let is_it = |key: &Key| Arc::ptr_eq(&key.file, file) && key.depth == depth && key.id == *id;
        if let Some((_, known)) = tests.iter().find(|(key, _)| is_it(key)) {
            return Arc::clone(known);
        }
        let steps = test.preparation.iter().chain(&test.steps);
        let known = Arc::new(KnownTest {
            steps: steps.map(|step| KnownStep::of(step, depth)).collect(),
        });
        let key = Key {
            file: Arc::clone(file),
            id: id.clone(),
            depth,
        };
        tests.push((key, Arc::clone(&known)));
        known
    }
}

impl KnownTest {
    /// The step at `index`, where its answers can be known.
    pub(super) fn step(&self, index: usize) -> Option<&KnownStep> {
        self.steps.get(index).filter(|step| step.knowable)
    }
}

impl KnownStep {
    fn of(step: &Step, depth: Depth) -> Self {
        Self {
            knowable: is_knowable(step, depth),
            templates: RwLock::default(),
            attempts: AtomicU64::new(0),
        }
    }

    /// What is known of `response`.
    pub(super) fn recognise(&self, response: &Response) -> Option<Known> {
        let templates = self.templates.read().unwrap_or_else(PoisonError::into_inner);
        templates.iter().find_map(|template| template.recognise(response))
    }

    fn remember(&self, template: AnswerTemplate) {
        let mut templates = self.templates.write().unwrap_or_else(PoisonError::into_inner);
        if templates.len() < MOST {
            templates.push(Arc::new(template));
        }
    }

    /// Whether another answer may be looked at to be remembered.
    fn may_learn(&self) -> bool {
        self.attempts.fetch_add(1, Ordering::Relaxed) < MOST_ATTEMPTS
    }
}

/// Whether what is expected of the step hangs on nothing but status, media type and body, and on places in the body that
/// do not hang on its values.
fn is_knowable(step: &Step, depth: Depth) -> bool {
    let expect = &step.expect;
    let by_status = expect.code.is_none() && expect.conditions.is_none();
    let in_full = depth == Depth::Status
        || expect.headers.is_empty()
            && expect.within.is_none()
            && expect
                .body
                .iter()
                .all(|expected| expected.path.singular && expected.matcher.is_constant())
            // A filter chooses by values.
            && expect
                .snapshot
                .iter()
                .flat_map(|spec| &spec.redact)
                .all(|path| !path.text.contains('?'));
    let kept = |from: &CaptureSource| match from {
        CaptureSource::Body(path) => path.singular,
        CaptureSource::Status => true,
        CaptureSource::Header(_) => false,
    };
    matches!(step.action, StepAction::Call(_))
        && by_status
        && in_full
        && step.capture.iter().all(|capture| kept(&capture.from))
}
