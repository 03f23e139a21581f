//! Trials of conditions on grounds, attachments, numbers and accounts.

use serde_json::json;

use super::{Do, Trial, set, trial};
use crate::begjaering::surroundings::{A_DEMAND, FAILED, GONE, IN_PROGRESS, NEVER_UPLOADED, OF_ANOTHER};

pub fn grounds() -> Vec<Trial> {
    let communication = "/begjaeringensTvangsgrunnlag/0/saerligTvangsgrunnlag/skriftligMeddelelse";
    let forum =
        "/begjaeringensTvangsgrunnlag/0/saerligTvangsgrunnlag/skriftligMeddelelse/kanBehandlesIForliksraadet";
    let claim = "/begjaeringensTvangsgrunnlag/0/saerligTvangsgrunnlag/skriftligMeddelelse/paastand";
    let combined = |word: &str| vec![(claim, Do::Remove), ("/tvangsfullbyrdelsestype", set(word))];
    let (special, general) = (
        "/begjaeringensTvangsgrunnlag/0/varsel",
        "/begjaeringensTvangsgrunnlag/1/varsel",
    );
    vec![
        trial(
            "KAN_BEHANDLES_I_FORLIKSRAADET_PAAKREVET",
            communication,
            vec![(forum, Do::Remove)],
        ),
        trial(
            "PAASTAND_PAAKREVET",
            claim,
            combined("utleggOgForliksklageKombinert"),
        ),
        trial(
            "PAASTAND_PAAKREVET",
            claim,
            combined("utleggOgForlliksklageKombinert"),
        )
        .v1(),
        trial(
            "PARAGRAF_4_18_VARSEL_PAAKREVET",
            special,
            vec![(special, Do::Remove)],
        ),
        trial(
            "PARAGRAF_4_18_VARSEL_PAAKREVET",
            special,
            vec![(
                "/begjaeringensTvangsgrunnlag/0/varsel/0/type",
                set("varselTvfbl419"),
            )],
        ),
        trial(
            "PARAGRAF_4_19_VARSEL_PAAKREVET",
            general,
            vec![(
                "/begjaeringensTvangsgrunnlag/1/begrunnelseUnnlatVarsel",
                Do::Remove,
            )],
        ),
    ]
}

pub fn attachment_types() -> Vec<Trial> {
    let demand = "/kravTilInnkreving/2/betalingsoppfordring/0/betalingsoppfordring";
    let transfer = "/kravTilInnkreving/0/transporterklaering/0/transporterklaering";
    let attorney = "/innsender/innsendersProsessfullmektig/fullmakt/fullmakt";
    let ground = "/begjaeringensTvangsgrunnlag/1/tvangsgrunnlag";
    let notice = "/begjaeringensTvangsgrunnlag/0/varsel/0/tvangskraftgrunnlag";
    vec![
        trial(
            "UGYLDIG_VEDLEGG_BETALINGSOPPFORDRING",
            demand,
            vec![(
                "/kravTilInnkreving/2/betalingsoppfordring/0/betalingsoppfordring/type",
                set("annet"),
            )],
        ),
        trial(
            "UGYLDIG_VEDLEGG_TRANSPORTERKLÆRING",
            transfer,
            vec![(
                "/kravTilInnkreving/0/transporterklaering/0/transporterklaering/type",
                set("fullmakt"),
            )],
        ),
        trial(
            "UGYLDIG_VEDLEGG_FULLMAKT",
            attorney,
            vec![(
                "/innsender/innsendersProsessfullmektig/fullmakt/fullmakt/type",
                set("annet"),
            )],
        ),
        trial(
            "UGYLDIG_VEDLEGG_TVANGSGRUNNLAG",
            ground,
            vec![("/begjaeringensTvangsgrunnlag/1/tvangsgrunnlag/type", set("annet"))],
        ),
        trial(
            "UGYLDIG_VEDLEGG_TVANGSGRUNNLAG",
            ground,
            vec![(
                "/begjaeringensTvangsgrunnlag/1/tvangsgrunnlag/uuid",
                set(A_DEMAND),
            )],
        )
        .asks(),
        trial(
            "UGYLDIG_VEDLEGG_TVANGSKRAFTGRUNNLAG",
            notice,
            vec![(
                "/begjaeringensTvangsgrunnlag/0/varsel/0/tvangskraftgrunnlag/type",
                set("annet"),
            )],
        ),
    ]
}

pub fn attachment_states() -> Vec<Trial> {
    let with = |code, uuid| trial(code, "/vedlegg/0", vec![("/vedlegg/0/uuid", set(uuid))]).asks();
    vec![
        trial(
            "VEDLEGG_SKAL_HA_UUID",
            "/vedlegg/0",
            vec![("/vedlegg/0/uuid", Do::Remove)],
        ),
        with("VEDLEGG_SKAL_VAERE_TILGJENGELIG", NEVER_UPLOADED),
        with("VEDLEGG_SKAL_VAERE_TILGJENGELIG", GONE),
        with("VEDLEGG_SKAL_IKKE_HA_FEILET", FAILED),
        with(
            "VEDLEGG_SKAL_VAERE_VIRUSSJEKKET_VALIDERT_OG_KONVERTERT",
            IN_PROGRESS,
        ),
        with("VEDLEGG_SKAL_HA_REFERANSE_TIL_BEGJAERINGEN", OF_ANOTHER),
    ]
}

pub fn numbers() -> Vec<Trial> {
    let amount = "/kravTilInnkreving/3/opprinneligBeloep/beloep";
    let of_v1 = "/begjaeringensTvangsgrunnlag/0/saerligTvangsgrunnlag/paalydendeBeloep";
    let agreed = "/kravTilInnkreving/0/rentebaerendeKrav/renteopplysninger/avtaltRentesats";
    let computed = "/kravTilInnkreving/1/rentekrav/beregnetMedAvtaltRentesats";
    let amounts = [
        json!(1000.505),
        json!(-1),
        json!(-0.01),
        json!(1e-9),
        json!(1e-40),
        json!(-1e300),
    ];
    let mut trials =
        Vec::from(amounts.map(|number| trial("UGYLDIG_BELOEP", amount, vec![(amount, set(number))])));
    trials.push(trial("UGYLDIG_BELOEP", of_v1, vec![(of_v1, set(0.001))]).v1());
    trials.push(trial("UGYLDIG_RENTE", agreed, vec![(agreed, set(21.999))]));
    trials.push(trial("UGYLDIG_RENTE", computed, vec![(computed, set(-2))]));
    trials
}

pub fn accounts() -> Vec<Trial> {
    let place = "/betalingsinformasjon";
    let (number, kid) = (
        "/betalingsinformasjon/norskKonto/kontonummer",
        "/betalingsinformasjon/norskKonto/kidnummer",
    );
    let foreign = json!({ "utenlandskKonto": { "iban": "SE00", "kontonummer": "1", "kidnummer": "11" } });
    vec![
        trial(
            "MANGELFULLE_KONTOOPPLYSNINGER",
            place,
            vec![(place, set(json!({ "norskKonto": { "kontonummer": " " } })))],
        ),
        trial(
            "MANGELFULLE_KONTOOPPLYSNINGER",
            place,
            vec![(place, set(json!({})))],
        ),
        trial("UGYLDIG_KONTONR", place, vec![(number, set("69930570045"))]),
        trial("UGYLDIG_KONTONR", place, vec![(number, set("6993.05.70044"))]).v1(),
        trial("UGYLDIG_KID", place, vec![(kid, set("2509937606"))]),
        trial("UGYLDIG_KID", place, vec![(kid, set("1"))]).v1(),
        trial("UGYLDIG_KID", place, vec![(place, set(foreign))]),
    ]
}
