//! What a test is made of, as one number: two runs of different scenarios are not compared.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::scenario::Test;
use crate::source::Place;

/// SHA-256 of the text of every document that the test is made of: its scenario, the groups its steps come from, its
/// request; in hexadecimal.
pub(super) fn of(test: &Test) -> String {
    let request = test.given.request.as_ref();
    let steps = test.preparation.iter().chain(&test.steps);
    let places = [Some(&test.scenario.id.place), Some(&test.place)]
        .into_iter()
        .flatten()
        .chain(request.map(|request| request.body.place()))
        .chain(steps.map(|step| &step.place));
    let mut documents: Vec<&str> = Vec::new();
    for document in places.map(document) {
        if !documents.contains(&document) {
            documents.push(document);
        }
    }
    let mut hash = Sha256::new();
    for text in [
        test.model.as_str(),
        test.case.as_ref().map_or("", |case| &case.value),
    ] {
        hash.update(text);
        hash.update([0]);
    }
    for document in documents {
        hash.update(document);
        hash.update([0]);
    }
    let mut hexadecimal = String::with_capacity(64);
    for byte in hash.finalize() {
        // Writing to a string does not fail.
        let _ = write!(hexadecimal, "{byte:02x}");
    }
    hexadecimal
}

/// The document that a place lies in: from the mark before it to the one behind it.
fn document(place: &Place) -> &str {
    let text = place.file.text();
    let at = text.floor_char_boundary(place.span.start);
    let start = text[..at].rfind("\n---").map_or(0, |mark| mark + 4);
    let end = text[at..].find("\n---").map_or(text.len(), |mark| at + mark);
    text[start..end].trim()
}
