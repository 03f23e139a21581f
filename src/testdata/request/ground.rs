//! Grounds for enforcement (tvangsgrunnlag): which kinds there are, and what a request says of each.
//!
//! Elements whose content is published nowhere (`domsslutningInformasjon`'s parties and such) are left out where the
//! model does not demand them.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::draw::Draw;
use crate::testdata::Party;

/// Kinds of ground: the general one, and the four special ones (saerligTvangsgrunnlag), as the model spells them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroundKind {
    /// A written communication to the debtor, such as an invoice with a demand.
    SkriftligMeddelelse,
    /// A judgment or what has its effect.
    AlminneligTvangsgrunnlag,
    /// A debt instrument on paper.
    Gjeldsbrev,
    /// An electronic declaration of debt.
    ElektroniskGjeldserklaering,
    /// A coercive fine, or a claim that an act makes enforceable.
    TvangsmulktEllerLovbestemmelse,
}

/// Judgments and their like; `alminneligTvangsgrunnlag.type`, the same in v1 and v2.
const JUDGMENTS: [&str; 8] = [
    "domEllerKjennelse",
    "avgjørelseSomHarVirkningSomDom",
    "forelegg",
    "voldgiftsdom",
    "avgjørelseAvUtenlandskDomstolKonvensjon",
    "avgjørelseAvUtenlandskDomstol",
    "avgjørelseAvInternasjonalDomstol",
    "rettsforlik",
];

/// Ways to send that both models know.
const SENT_BY: [&str; 4] = ["altinn", "digipost", "alminneligPostMedIRetur", "alminneligPost"];

impl GroundKind {
    /// Every kind, in the order in which a complex request takes them.
    pub const ALL: [Self; 5] = [
        Self::SkriftligMeddelelse,
        Self::AlminneligTvangsgrunnlag,
        Self::Gjeldsbrev,
        Self::ElektroniskGjeldserklaering,
        Self::TvangsmulktEllerLovbestemmelse,
    ];

    /// The name of its element.
    pub fn name(self) -> &'static str {
        match self {
            Self::SkriftligMeddelelse => "skriftligMeddelelse",
            Self::AlminneligTvangsgrunnlag => "alminneligTvangsgrunnlag",
            Self::Gjeldsbrev => "gjeldsbrev",
            Self::ElektroniskGjeldserklaering => "elektroniskGjeldserklaering",
            Self::TvangsmulktEllerLovbestemmelse => "tvangsmulktEllerLovbestemmelse",
        }
    }

    /// The kind whose element has this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    fn is_general(self) -> bool {
        self == Self::AlminneligTvangsgrunnlag
    }

    /// `betegnelseAvTvangsgrunnlag`.
    fn designation(self) -> &'static str {
        match self {
            Self::SkriftligMeddelelse => "Faktura",
            Self::AlminneligTvangsgrunnlag => "Rettslig avgjørelse",
            Self::Gjeldsbrev => "Gjeldsbrev",
            Self::ElektroniskGjeldserklaering => "Elektronisk gjeldserklæring",
            Self::TvangsmulktEllerLovbestemmelse => "Vedtak",
        }
    }
}

/// The `BegjaeringensTvangsgrunnlag` of this kind for claims with these references.
pub(super) fn to_value(
    draw: &mut Draw<'_>,
    kind: GroundKind,
    dated: Date,
    number: usize,
    references: &[&str],
) -> Value {
    let notice = if kind.is_general() {
        "varselTvfbl419"
    } else {
        "varselTvfbl418"
    };
    let sent = draw.calendar.draw_notice(&mut draw.rng);
    let mut ground = json!({
        "innsendersKravreferanse": references,
        "eksternSaksreferanse": format!("SAK-{number}"),
        "tvangsgrunnlagsdato": dated,
        "tvangsgrunnlag": draw.attachment("tvangsgrunnlag"),
        "betegnelseAvTvangsgrunnlag": kind.designation(),
        "varsel": [{
            "type": notice,
            "dato": sent,
            "tvangskraftgrunnlag": draw.attachment("tvangskraftgrunnlag"),
            "forsendelsesmaateType": draw.one_of(&SENT_BY),
        }],
    });
    let content = content(draw, kind);
    if kind.is_general() {
        ground[kind.name()] = content;
    } else {
        let parties = draw.order.parties;
        ground["saerligTvangsgrunnlag"] = json!({
            "kreditor": [identifier(&parties.saksoeker)],
            "skyldner": [identifier(&parties.saksoekt)],
            kind.name(): content,
        });
    }
    ground
}

/// What is inside the element of the kind's own name.
fn content(draw: &mut Draw<'_>, kind: GroundKind) -> Value {
    match kind {
        GroundKind::SkriftligMeddelelse => json!({
            "kravetsGrunnlag": "Levert vare",
            "paastand": "Beløpet kreves betalt med renter og kostnader.",
            "krevesFravaersdom": draw.one_of(&[true, false]),
            "kanBehandlesIForliksraadet": draw.one_of(&[true, false]),
            "faktiskeForholdForKravet": "Varen er levert, og fakturaen er ikke betalt ved forfall.",
            "forsendelsesmaate": { "forsendelsesmaate": draw.one_of(&SENT_BY) },
        }),
        GroundKind::AlminneligTvangsgrunnlag => json!({ "type": draw.one_of(&JUDGMENTS) }),
        GroundKind::Gjeldsbrev | GroundKind::ElektroniskGjeldserklaering => json!({
            "skyldnererklaering": "Undertegnede skylder det angitte beløpet.",
            "inndrivelsesklausul": "Gjelden kan inndrives uten søksmål.",
        }),
        GroundKind::TvangsmulktEllerLovbestemmelse => json!({
            "juridiskGrunnlag": "Vedtak i sak om manglende oppfyllelse",
            "vedtakendeMyndighet": "Prøvemyndigheten",
            "type": draw.one_of(&["tvangsmulkt", "lovbestemmelse"]),
        }),
    }
}

/// The `Identifikator` of a party.
fn identifier(party: &Party) -> Value {
    json!({
        "identifikatortype": "taxIdentificationNumber",
        "verdi": party.identifier,
        "landkode": "NO",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_by_the_names_of_their_elements() {
        for kind in GroundKind::ALL {
            assert_eq!(GroundKind::named(kind.name()), Some(kind));
        }
        assert_eq!(GroundKind::named("Gjeldsbrev"), None);
    }
}
