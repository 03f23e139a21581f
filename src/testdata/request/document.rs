//! The whole document around claims and grounds, spelled as in model v2.

use serde_json::{Value, json};

use super::claim::Priorities;
use super::draw::Draw;
use super::ground;
use super::group::Group;
use crate::identity::KidRule;
use crate::testdata::payment::{account_number, kid};
use crate::testdata::{Name, Party, unique_reference};

/// The document. `prioritised` gives every claim, the interest to come and the court fee a priority in the case.
pub(super) fn write(draw: &mut Draw<'_>, groups: &[Group], prioritised: bool) -> Value {
    let parties = draw.order.parties;
    let reference = unique_reference(&mut draw.rng);
    let (account, kid) = (
        account_number(&mut draw.rng),
        kid(&mut draw.rng, 10, KidRule::Mod10),
    );
    let claims = claims(groups, prioritised);
    let mut court_fee = json!({ "kreverRettsgebyrErstattet": true });
    if prioritised {
        court_fee["prioritetISak"] = json!(claims.len() + groups.len() + 1);
    }
    json!({
        "underskrift": parties.prosessfullmektig.display_name(),
        "innsenderReferanse": reference,
        "tvangsfullbyrdelsestype": "utlegg",
        "begjaeringsdato": draw.calendar.requested,
        "kreverRettsgebyrErstattet": court_fee,
        "saksoeker": [{ "saksoeker": actor(&parties.saksoeker, "annet") }],
        "innsender": {
            "innsender": actor(&parties.innsender, "inkassovirksomhet"),
            "innsendersProsessfullmektig": representative(draw, &parties.prosessfullmektig),
        },
        "saksoekt": [{ "saksoekt": actor(&parties.saksoekt, "annet") }],
        "betalingsinformasjon": {
            "norskKonto": { "kontonummer": account.to_string(), "kidnummer": kid.as_str() },
        },
        "kravTilInnkreving": claims,
        "begjaeringensTvangsgrunnlag": grounds(draw, groups),
    })
}

fn claims(groups: &[Group], prioritised: bool) -> Vec<Value> {
    let count: usize = groups.iter().map(|group| group.claims.len()).sum();
    let mut claims = Vec::with_capacity(count);
    for (index, group) in groups.iter().enumerate() {
        for claim in &group.claims {
            let priorities = prioritised.then(|| Priorities {
                own: claims.len() + 1,
                future_interest: count + index + 1,
            });
            claims.push(claim.to_value(priorities));
        }
    }
    claims
}

fn grounds(draw: &mut Draw<'_>, groups: &[Group]) -> Vec<Value> {
    let written = groups.iter().enumerate();
    written
        .map(|(index, group)| ground::to_value(draw, group.kind, group.dated, index + 1, &group.references()))
        .collect()
}

/// The `Aktoer` of a party.
fn actor(party: &Party, virksomhetstype: &str) -> Value {
    let mut actor = party.to_json()["aktoer"].take();
    if let Some(virksomhet) = actor.get_mut("virksomhet") {
        virksomhet["virksomhetstype"] = json!(virksomhetstype);
    }
    actor
}

/// A person who holds the licence for debt collection and has a power of attorney as well.
fn representative(draw: &mut Draw<'_>, person: &Party) -> Value {
    let mut representative = json!({
        "prosessfullmektig": actor(person, "annet"),
        "fullmakt": {
            "fraDato": super::calendar::days_after(draw.calendar.requested, -365),
            "fullmakt": draw.attachment("fullmakt"),
        },
    });
    if let Name::Person { .. } = &person.name {
        representative["bevillingshaver"] = json!({ "navn": person.name });
    }
    representative
}
