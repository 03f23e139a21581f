//! A synthetic person or organisation, as a register knows it and as a request names it.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Address, names};
use crate::identity::{NationalId, NationalIdKind, OrganisationNumber};

/// Adults whom any of the generated cases can concern.
const BORN: RangeInclusive<Date> = Date::constant(1930, 1, 1)..=Date::constant(2006, 12, 31);

/// What a party is to the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A natural person.
    Person,
    /// An organisation as a legal entity (hovedenhet).
    MainUnit,
    /// A place of business of one (underenhet).
    SubUnit,
    /// A sole proprietorship (enkeltpersonforetak).
    SoleProprietorship,
}

/// The rules a debtor is handled under, spelled as Betjeningskartet answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Rules {
    /// The old rules and the old system.
    #[serde(rename = "gammelt")]
    Old,
    /// The rules the API serves.
    #[serde(rename = "nytt")]
    New,
}

/// A party's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Name {
    /// Of a person.
    Person {
        /// First name.
        fornavn: String,
        /// Last name.
        etternavn: String,
    },
    /// Of an organisation.
    Organisation {
        /// The registered name.
        navn: String,
    },
}

/// A synthetic party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// National identity or organisation number.
    pub identifier: String,
    /// What it is.
    pub kind: Kind,
    /// The rules its debts are handled under.
    pub rules: Rules,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// Of a person whose number tells it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub foedselsdato: Option<Date>,
    /// Where it lives or does business.
    pub address: Address,
    /// The owner of a sole proprietorship, the main unit of a sub-unit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub belongs_to: Option<String>,
}

impl Party {
    /// Draws a resident adult.
    pub fn generate_person<R: Rng + ?Sized>(rng: &mut R, rules: Rules) -> Option<Self> {
        // One in eight has a D-nummer, as programs forget those.
        let kind = if rng.random_ratio(1, 8) {
            NationalIdKind::DNummer
        } else {
            NationalIdKind::Foedselsnummer
        };
        let id = NationalId::generate(rng, kind, BORN)?;
        Some(Self::person(rng, id, rules))
    }

    /// Gives a person with this number a name and an address.
    pub fn person<R: Rng + ?Sized>(rng: &mut R, id: NationalId, rules: Rules) -> Self {
        let (fornavn, etternavn) = names::person(rng);
        Self {
            identifier: id.to_string(),
            kind: Kind::Person,
            rules,
            name: Name::Person { fornavn, etternavn },
            foedselsdato: id.birth_date(),
            address: Address::generate(rng),
            belongs_to: None,
        }
    }

    /// Draws an organisation that is a legal entity of its own.
    pub fn generate_organisation<R: Rng + ?Sized>(rng: &mut R, rules: Rules) -> Self {
        let number = OrganisationNumber::generate(rng);
        Self::organisation(rng, number, rules)
    }

    /// Gives a main unit with this number a name and an address.
    pub fn organisation<R: Rng + ?Sized>(rng: &mut R, number: OrganisationNumber, rules: Rules) -> Self {
        Self {
            identifier: number.to_string(),
            kind: Kind::MainUnit,
            rules,
            name: Name::Organisation {
                navn: names::organisation(rng),
            },
            foedselsdato: None,
            address: Address::generate(rng),
            belongs_to: None,
        }
    }

    /// The name in one piece.
    pub fn display_name(&self) -> String {
        match &self.name {
            Name::Person { fornavn, etternavn } => format!("{fornavn} {etternavn}"),
            Name::Organisation { navn } => navn.clone(),
        }
    }

    /// What a scenario may put into a request: beside the party's own fields `person` or `virksomhet`, `adresse`, and
    /// both together as `aktoer`.
    pub fn to_json(&self) -> Value {
        let identifikator = json!({
            "identifikatortype": "taxIdentificationNumber",
            "verdi": self.identifier,
            "landkode": "NO",
        });
        let (name, element, adressetype) = match &self.name {
            Name::Person { fornavn, etternavn } => {
                let mut person = json!({ "personnavn": { "fornavn": fornavn, "etternavn": etternavn } });
                if let Some(date) = self.foedselsdato {
                    person["foedselsdato"] = json!(date.to_string());
                }
                person["identifikator"] = identifikator;
                ("person", person, "bopelsadresse")
            }
            Name::Organisation { navn } => {
                let virksomhet =
                    json!({ "navn": navn, "identifikator": identifikator, "virksomhetstype": "annet" });
                ("virksomhet", virksomhet, "forretningsadresse")
            }
        };
        let adresse = json!([self.address.to_adresse(adressetype)]);
        json!({
            "identifier": self.identifier,
            "kind": self.kind,
            "rules": self.rules,
            "name": self.display_name(),
            "adresse": adresse,
            "aktoer": { "adresse": adresse, name: element },
            name: element,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testdata::draw_for;

    #[test]
    fn a_party_survives_being_sent() {
        let mut rng = draw_for(1, "party");
        for party in [
            Party::generate_person(&mut rng, Rules::New).unwrap(),
            Party::generate_organisation(&mut rng, Rules::Old),
        ] {
            let sent = serde_json::to_string(&party).unwrap();
            assert_eq!(serde_json::from_str::<Party>(&sent).unwrap(), party, "{sent}");
        }
    }

    #[test]
    fn a_request_can_name_it_as_person_or_virksomhet() {
        let mut rng = draw_for(1, "party");
        let person = Party::generate_person(&mut rng, Rules::New).unwrap();
        let json = person.to_json();
        assert_eq!(
            json["person"]["identifikator"]["verdi"],
            person.identifier.as_str()
        );
        assert_eq!(json["aktoer"]["person"], json["person"]);
        assert!(json.get("virksomhet").is_none());
        let organisation = Party::generate_organisation(&mut rng, Rules::Old).to_json();
        assert_eq!(organisation["aktoer"]["virksomhet"]["navn"], organisation["name"]);
        assert_eq!(organisation["rules"], "gammelt");
    }
}
