//! An Aktoer: a person, an organisation (virksomhet) or an association (sammenslutning), with addresses.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::fields::{at, field, items, says, text};

/// An Aktoer and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Actor<'a> {
    /// The element that holds it: `/saksoeker/0`.
    pub(super) holder: String,
    /// Its own place: `/saksoeker/0/saksoeker`.
    pub(super) pointer: String,
    /// `null` when it is missing.
    pub(super) value: &'a Value,
    /// Its number among its like, from 1, for messages about a nameless one.
    pub(super) number: usize,
}

impl<'a> Actor<'a> {
    pub(super) fn virksomhet(&self) -> Option<&'a Value> {
        field(self.value, &["virksomhet"])
    }

    pub(super) fn person(&self) -> Option<&'a Value> {
        field(self.value, &["person"])
    }

    /// The national identity or organisation number.
    pub(super) fn identifier(&self) -> Option<&'a str> {
        let holder = field(self.value, &["virksomhet", "person", "sammenslutning"])?;
        says(at(holder, &["identifikator", "verdi"])?)
    }

    /// The identifier of an organisation.
    pub(super) fn organisation_number(&self) -> Option<&'a str> {
        self.virksomhet().and_then(|_| self.identifier())
    }

    /// Name of an organisation or association, or full name of a person.
    pub(super) fn name(&self) -> Option<String> {
        if let Some((first, last)) = self.first_and_last_name() {
            return Some(format!("{first} {last}"));
        }
        let holder = field(self.value, &["virksomhet", "sammenslutning"])?;
        text(holder, "navn").map(str::to_owned)
    }

    /// Both names of a person; nothing when one is missing.
    pub(super) fn first_and_last_name(&self) -> Option<(&'a str, &'a str)> {
        let name = field(self.person()?, &["personnavn"])?;
        Some((text(name, "fornavn")?, text(name, "etternavn")?))
    }

    pub(super) fn birth_date(&self) -> Option<&'a str> {
        text(self.person()?, "foedselsdato")
    }

    pub(super) fn addresses(&self) -> &'a [Value] {
        items(self.value, "adresse")
    }

    /// Whether it can be found somewhere: an address in Norway or abroad that says something.
    pub(super) fn has_address(&self) -> bool {
        self.addresses()
            .iter()
            .any(|address| address_text(address).is_some())
    }

    /// How a message names it.
    pub(super) fn label(&self) -> String {
        self.name()
            .or_else(|| self.identifier().map(str::to_owned))
            .unwrap_or_else(|| format!("nr. {}", self.number))
    }

    /// Texts of which two actors share one exactly when they are the same party: the identifier; for one without
    /// identifier the name together with birth date or address.
    pub(super) fn identity_keys(&self) -> Vec<String> {
        if let Some(identifier) = self.identifier() {
            return vec![format!("id {identifier}")];
        }
        let Some(name) = self.name().map(|name| folded(&name)) else {
            return Vec::new();
        };
        let born = self.birth_date().map(|born| format!("born {born} {name}"));
        let lives = self.addresses().iter().filter_map(address_text);
        born.into_iter()
            .chain(lives.map(|address| format!("at {address} {name}")))
            .collect()
    }

    /// Who it is, for telling whether a change alters it: kind, identifier and name, but not the address.
    pub(super) fn who(&self) -> (Option<&'a str>, Option<String>, bool) {
        let name = self.name().map(|name| folded(&name));
        (self.identifier(), name, self.person().is_some())
    }
}

/// What an address says, folded for comparison; nothing for an unknown or empty one.
fn address_text(address: &Value) -> Option<String> {
    let free = at(address, &["adresseInnland", "adresseFrittFormatInnland"])
        .or_else(|| at(address, &["adresseUtland", "adresseFrittFormatUtland"]))?;
    let parts: Vec<&str> = ["adressetekst", "postnummer", "poststedUtland", "landkode"]
        .iter()
        .filter_map(|name| text(free, name))
        .collect();
    (!parts.is_empty()).then(|| folded(&parts.join(" ")))
}

/// Upper case, single spaces, composed characters.
fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").nfc().collect::<String>().to_uppercase()
}
