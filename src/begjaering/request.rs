//! A request read once, so that every condition looks things up instead of searching: time linear in its size.

use std::collections::HashMap;

use serde_json::Value;

use super::actor::Actor;
use super::fields::{
    CLAIM_REFERENCE, CREDITORS_REPRESENTATIVE, DEBTORS_REPRESENTATIVE, SUBMITTERS_REPRESENTATIVE, field,
    items, named, references, says, text,
};
use super::walk::{Located, Occurrences};

static NOTHING: Value = Value::Null;

/// The parts of a request that conditions speak of.
pub(super) struct Request<'a> {
    pub(super) root: &'a Value,
    pub(super) claims: Vec<Claim<'a>>,
    pub(super) grounds: Vec<Ground<'a>>,
    pub(super) saksoekere: Vec<Actor<'a>>,
    pub(super) saksoekte: Vec<Actor<'a>>,
    pub(super) innsender: Option<Actor<'a>>,
    pub(super) representatives: Vec<Representative<'a>>,
    pub(super) amounts: Vec<Located<'a>>,
    pub(super) rates: Vec<Located<'a>>,
    pub(super) attachments: Vec<Located<'a>>,
    claims_by_reference: HashMap<&'a str, usize>,
    grounds_by_reference: HashMap<&'a str, Vec<usize>>,
}

/// A claim (krav).
pub(super) struct Claim<'a> {
    pub(super) index: usize,
    pub(super) value: &'a Value,
    pub(super) reference: Option<&'a str>,
    pub(super) kind: ClaimKind<'a>,
    /// The references in `relatertKrav`, without its own.
    pub(super) related: Vec<&'a str>,
    /// Whether `relatertKrav` names the claim itself.
    pub(super) names_itself: bool,
}

/// What a claim is for, from `kravdetaljer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClaimKind<'a> {
    /// The main claim.
    Hovedkrav,
    /// Interest.
    Rentekrav,
    /// Out-of-court costs: the fee (gebyr) of debt collection.
    UtenrettsligeKostnader,
    /// The costs of writing the request.
    SakskostnaderForSkriving,
    /// Costs awarded in an earlier case.
    TidligereRettsligeSakskostnader,
    /// A word that is none of these.
    Other(&'a str),
    /// Not given.
    Unknown,
}

/// A ground for enforcement (begjaeringensTvangsgrunnlag).
pub(super) struct Ground<'a> {
    pub(super) pointer: String,
    pub(super) value: &'a Value,
    pub(super) references: Vec<&'a str>,
}

/// A representative (prosessfullmektig) of any party.
pub(super) struct Representative<'a> {
    pub(super) pointer: String,
    pub(super) value: &'a Value,
    pub(super) actor: Actor<'a>,
}

impl<'a> Request<'a> {
    pub(super) fn read(root: &'a Value) -> Self {
        let claims: Vec<_> = items(root, "kravTilInnkreving")
            .iter()
            .enumerate()
            .map(|(index, value)| Claim::read(index, value))
            .collect();
        let grounds: Vec<_> = items(root, "begjaeringensTvangsgrunnlag")
            .iter()
            .enumerate()
            .map(|(index, value)| Ground {
                pointer: format!("/begjaeringensTvangsgrunnlag/{index}"),
                value,
                references: references(field(value, CLAIM_REFERENCE)),
            })
            .collect();
        let mut claims_by_reference = HashMap::with_capacity(claims.len());
        for claim in &claims {
            if let Some(reference) = claim.reference {
                claims_by_reference.entry(reference).or_insert(claim.index);
            }
        }
        let Occurrences {
            amounts,
            rates,
            attachments,
        } = Occurrences::find(root);
        Self {
            root,
            saksoekere: actors(root, "saksoeker"),
            saksoekte: actors(root, "saksoekt"),
            innsender: innsender(root),
            representatives: representatives(root),
            amounts,
            rates,
            attachments,
            claims_by_reference,
            grounds_by_reference: by_reference(&grounds),
            claims,
            grounds,
        }
    }

    /// The first claim with this reference.
    pub(super) fn claim(&self, reference: &str) -> Option<&Claim<'a>> {
        self.claims_by_reference
            .get(reference)
            .map(|index| &self.claims[*index])
    }

    /// The indices of the grounds that cover this reference, ascending, each once.
    pub(super) fn grounds_of(&self, reference: &str) -> &[usize] {
        self.grounds_by_reference
            .get(reference)
            .map_or(&[], Vec::as_slice)
    }

    /// A text on the root.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        text(self.root, name)
    }
}

impl<'a> Claim<'a> {
    fn read(index: usize, value: &'a Value) -> Self {
        let reference = field(value, CLAIM_REFERENCE).and_then(says);
        let mut related = references(field(value, &["relatertKrav"]));
        let named = related.len();
        related.retain(|other| Some(*other) != reference);
        Self {
            index,
            value,
            reference,
            kind: ClaimKind::read(text(value, "kravdetaljer")),
            names_itself: related.len() < named,
            related,
        }
    }

    /// The pointer of one of its fields.
    pub(super) fn pointer(&self, field: &str) -> String {
        format!("/kravTilInnkreving/{}/{field}", self.index)
    }

    /// Its reference, or its number among the claims.
    pub(super) fn label(&self) -> String {
        self.reference
            .map_or_else(|| format!("nr. {}", self.index + 1), str::to_owned)
    }
}

impl<'a> ClaimKind<'a> {
    fn read(word: Option<&'a str>) -> Self {
        match word {
            Some("Hovedkrav") => Self::Hovedkrav,
            Some("Rentekrav") => Self::Rentekrav,
            Some("UtenrettsligeKostnader") => Self::UtenrettsligeKostnader,
            Some("SakskostnaderForSkriving") => Self::SakskostnaderForSkriving,
            Some("TidligereRettsligeSakskostnader") => Self::TidligereRettsligeSakskostnader,
            Some(other) => Self::Other(other),
            None => Self::Unknown,
        }
    }

    /// Whether it is a fee or a cost of the case.
    pub(super) fn is_cost(self) -> bool {
        matches!(
            self,
            Self::UtenrettsligeKostnader
                | Self::SakskostnaderForSkriving
                | Self::TidligereRettsligeSakskostnader
        )
    }
}

fn by_reference<'a>(grounds: &[Ground<'a>]) -> HashMap<&'a str, Vec<usize>> {
    let mut found: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, ground) in grounds.iter().enumerate() {
        for reference in &ground.references {
            let indices = found.entry(reference).or_default();
            if indices.last() != Some(&index) {
                indices.push(index);
            }
        }
    }
    found
}

/// The parties of a list, whose elements hold their Aktoer under the list's own name.
fn actors<'a>(root: &'a Value, name: &str) -> Vec<Actor<'a>> {
    items(root, name)
        .iter()
        .enumerate()
        .map(|(index, element)| actor(format!("/{name}/{index}"), element, name, index + 1))
        .collect()
}

fn actor<'a>(holder: String, element: &'a Value, name: &str, number: usize) -> Actor<'a> {
    Actor {
        pointer: format!("{holder}/{name}"),
        holder,
        value: field(element, &[name]).unwrap_or(&NOTHING),
        number,
    }
}

fn innsender(root: &Value) -> Option<Actor<'_>> {
    let element = field(root, &["innsender"])?;
    Some(actor("/innsender".to_owned(), element, "innsender", 1))
}

fn representatives(root: &Value) -> Vec<Representative<'_>> {
    let creditors = listed(root, "saksoeker", CREDITORS_REPRESENTATIVE);
    let debtors = listed(root, "saksoekt", DEBTORS_REPRESENTATIVE);
    let submitter = field(root, &["innsender"])
        .and_then(|element| representative("/innsender", element, SUBMITTERS_REPRESENTATIVE));
    creditors.chain(submitter).chain(debtors).collect()
}

fn listed<'a>(
    root: &'a Value,
    list: &'static str,
    names: &'static [&'static str],
) -> impl Iterator<Item = Representative<'a>> {
    items(root, list)
        .iter()
        .enumerate()
        .filter_map(move |(index, element)| representative(&format!("/{list}/{index}"), element, names))
}

fn representative<'a>(holder: &str, element: &'a Value, names: &[&str]) -> Option<Representative<'a>> {
    let (name, value) = named(element, names)?;
    let pointer = format!("{holder}/{name}");
    Some(Representative {
        actor: actor(pointer.clone(), value, "prosessfullmektig", 1),
        pointer,
        value,
    })
}
