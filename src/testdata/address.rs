//! Norwegian addresses: real postal places, made-up streets.

use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::names;

/// Municipality number, postal code and place that belong together.
const PLACES: &[(&str, &str, &str)] = &[
    ("0301", "0351", "OSLO"),
    ("0301", "0580", "OSLO"),
    ("1103", "4008", "STAVANGER"),
    ("1505", "6509", "KRISTIANSUND N"),
    ("1804", "8006", "BODØ"),
    ("3107", "1606", "FREDRIKSTAD"),
    ("3201", "1337", "SANDVIKA"),
    ("3301", "3015", "DRAMMEN"),
    ("3403", "2317", "HAMAR"),
    ("4204", "4612", "KRISTIANSAND S"),
    ("4601", "5231", "PARADIS"),
    ("5001", "7030", "TRONDHEIM"),
    ("5501", "9008", "TROMSØ"),
];

/// An address in Norway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street and number.
    pub adressetekst: String,
    /// Four digits.
    pub postnummer: String,
    /// In upper case.
    pub poststedsnavn: String,
    /// Four digits.
    pub kommunenummer: String,
}

impl Address {
    /// Draws one.
    pub fn generate<R: Rng + ?Sized>(rng: &mut R) -> Self {
        let (kommunenummer, postnummer, poststedsnavn) = PLACES[rng.random_range(0..PLACES.len())];
        Self {
            adressetekst: names::street(rng),
            postnummer: postnummer.to_owned(),
            poststedsnavn: poststedsnavn.to_owned(),
            kommunenummer: kommunenummer.to_owned(),
        }
    }

    /// An `Adresse` of a request, with the given `adressetype`.
    pub fn to_adresse(&self, adressetype: &str) -> Value {
        json!({
            "adressetype": adressetype,
            "adresseInnland": { "adresseFrittFormatInnland": self },
        })
    }
}
