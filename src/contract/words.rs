//! Reads `x-utlegg-words`: how answers spell what is told in words, such as the states of a case, by what they mean.
//!
//! What a word means is known here and in the mock; how a model spells it is the contract's to say.

use std::collections::BTreeMap;

use super::Contract;
use crate::source::{Diagnostic, Diagnostics, Node};

/// What is told in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vocabulary {
    /// How far a case has come (`saksstatus`).
    CaseState,
    /// How far an attachment has come.
    AttachmentState,
    /// What a message wants.
    MessageType,
    /// The rules a debtor is under.
    Rules,
}

impl Vocabulary {
    const ALL: [Self; 4] = [
        Self::CaseState,
        Self::AttachmentState,
        Self::MessageType,
        Self::Rules,
    ];

    /// Its key under `x-utlegg-words`.
    pub fn key(self) -> &'static str {
        match self {
            Self::CaseState => "case-state",
            Self::AttachmentState => "attachment-state",
            Self::MessageType => "message-type",
            Self::Rules => "rules",
        }
    }

    /// What its words can mean.
    pub fn meanings(self) -> &'static [&'static str] {
        match self {
            Self::CaseState => &[
                "received",
                "processed",
                "presented",
                "decided",
                "closed",
                "annulled",
                "refused",
            ],
            Self::AttachmentState => &[
                "received",
                "virus-checked",
                "validated",
                "converted",
                "infected",
                "failed",
                "deleted",
                "discarded",
            ],
            Self::MessageType => &["correction"],
            Self::Rules => &["new", "old"],
        }
    }
}

/// The words of one contract.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Words(BTreeMap<(Vocabulary, &'static str), String>);

impl Words {
    /// Whether every meaning has its word.
    pub fn is_complete(&self) -> bool {
        let meanings = Vocabulary::ALL.iter().map(|one| one.meanings().len());
        self.0.len() == meanings.sum::<usize>()
    }

    /// Takes over what only the other has.
    pub fn fill(&mut self, other: &Self) {
        for (meaning, word) in &other.0 {
            self.0.entry(*meaning).or_insert_with(|| word.clone());
        }
    }
}

impl Contract {
    /// How answers spell a meaning; the meaning itself where nobody says.
    pub fn word<'a>(&'a self, vocabulary: Vocabulary, meaning: &'a str) -> &'a str {
        self.words
            .0
            .get(&(vocabulary, meaning))
            .map_or(meaning, String::as_str)
    }
}

/// Reads the words of a document.
///
/// # Errors
/// Diagnostics for a vocabulary or a meaning that nobody knows, and for words that are no text.
pub(super) fn read(root: &Node) -> Result<Words, Diagnostics> {
    let (mut words, mut found) = (Words::default(), Diagnostics::default());
    for entry in root.get("x-utlegg-words").map(Node::entries).unwrap_or_default() {
        let Some(vocabulary) = Vocabulary::ALL.into_iter().find(|one| one.key() == entry.key) else {
            found.push(unknown(
                &entry.key,
                &entry.value,
                Vocabulary::ALL.map(Vocabulary::key),
            ));
            continue;
        };
        let told = |key: &str| !matches!(key, "x-provenance" | "description");
        for word in entry.value.entries().iter().filter(|word| told(&word.key)) {
            let known = vocabulary.meanings();
            match (
                known.iter().find(|known| **known == word.key),
                word.value.as_str(),
            ) {
                (Some(meaning), Some(text)) => {
                    words.0.insert((vocabulary, *meaning), text.to_owned());
                }
                (Some(_), None) => found.push(
                    Diagnostic::error(format!("the word for `{}` is no text", word.key))
                        .at(word.value.place())
                        .help("quote it"),
                ),
                (None, _) => found.push(unknown(&word.key, &word.value, known.iter().copied())),
            }
        }
    }
    if found.has_errors() { Err(found) } else { Ok(words) }
}

fn unknown(key: &str, at: &Node, known: impl IntoIterator<Item = &'static str>) -> Diagnostic {
    let known: Vec<&str> = known.into_iter().collect();
    Diagnostic::error(format!("`x-utlegg-words` names the unknown `{key}`"))
        .at(at.place())
        .help(format!("known here: {}", known.join(", ")))
        .suggest(key, known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, parse_documents};

    fn words(text: &str) -> Result<Words, Diagnostics> {
        let file = SourceFile::new("c.yaml", text);
        read(&parse_documents(&file).unwrap()[0])
    }

    #[test]
    fn the_built_in_contracts_have_a_word_for_every_meaning() {
        for model in Contract::builtin_models() {
            assert!(Contract::builtin(model).unwrap().words.is_complete(), "{model}");
        }
    }

    #[test]
    fn a_document_renames_what_it_names_and_the_rest_is_filled_in() {
        let mut own = words("x-utlegg-words: { case-state: { received: mottattSak } }").unwrap();
        assert!(!own.is_complete());
        own.fill(&Contract::builtin("v2").unwrap().words);
        assert_eq!(own.0[&(Vocabulary::CaseState, "received")], "mottattSak");
        assert_eq!(own.0[&(Vocabulary::CaseState, "decided")], "sakBesluttet");
    }

    #[test]
    fn words_for_nothing_are_refused() {
        for wrong in [
            "{ case-stat: {} }",
            "{ rules: { never: aldri } }",
            "{ rules: { new: [] } }",
        ] {
            let found = words(&format!("x-utlegg-words: {wrong}")).unwrap_err();
            assert!(found.has_errors(), "{wrong}");
        }
    }
}
