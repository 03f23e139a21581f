//! Made-up Norwegian names in the manner of the Tenor test population: an adjective and a noun, in upper case.

use rand::{Rng, RngExt};

const ADJECTIVES: &[&str] = &[
    "ALLSIDIG",
    "BESKJEDEN",
    "BLID",
    "BUSTETE",
    "DJERV",
    "EIENDOMMELIG",
    "ETTERTENKSOM",
    "FJERN",
    "FLITTIG",
    "FRISK",
    "FRODIG",
    "GJESTFRI",
    "GLOBAL",
    "HALVFERDIG",
    "HUMORISTISK",
    "INDUSTRIELL",
    "JEVN",
    "KLØNETE",
    "KONSTANT",
    "KRY",
    "KVIKK",
    "LEVENDE",
    "LITEN",
    "LOVLYDIG",
    "LYSEGUL",
    "MATT",
    "MYSTISK",
    "NASJONAL",
    "NYSGJERRIG",
    "OPTIMISTISK",
    "ORDKNAPP",
    "PRAKTISK",
    "RETTFERDIG",
    "RUND",
    "SKEPTISK",
    "SNILL",
    "SPONTAN",
    "STILLE",
    "SØVNIG",
    "TAKKNEMLIG",
    "TRIVELIG",
    "TYDELIG",
    "UTADVENDT",
    "VARM",
    "VENNLIG",
    "VITEBEGJÆRLIG",
    "ÆRLIG",
    "ØDSEL",
    "ÅPEN",
];

const NOUNS: &[&str] = &[
    "APPELSIN",
    "BADEBALL",
    "BIRK",
    "BLOMKÅL",
    "BRYGGE",
    "DIALEKT",
    "EKORN",
    "ELV",
    "FIOLIN",
    "FJELLREV",
    "FLASKEPOST",
    "GRAN",
    "GRØNNSAK",
    "HARE",
    "HENSIKT",
    "HUMLE",
    "ISBRE",
    "JERV",
    "KAFFEKOPP",
    "KLATREMUS",
    "KOMPASS",
    "LANTERNE",
    "LINERLE",
    "MANDARIN",
    "MARIHØNE",
    "NATTERGAL",
    "ORKESTER",
    "PAPIRBÅT",
    "PINNSVIN",
    "REGNBUE",
    "ROGN",
    "SEILSKUTE",
    "SKIGARD",
    "SKOGSTI",
    "SNØFNUGG",
    "SOMMERFUGL",
    "STEINBIT",
    "SVALE",
    "TAVLE",
    "TIGER",
    "TOMAT",
    "TREKKSPILL",
    "UGLE",
    "VADEFUGL",
    "VINDMØLLE",
    "VÅRDAG",
    "ØRNEREIR",
    "ÅKERBÆR",
];

const LEGAL_FORMS: &[&str] = &["AS", "AS", "AS", "ASA", "SA"];

fn pick<'a, R: Rng + ?Sized>(rng: &mut R, words: &[&'a str]) -> &'a str {
    words[rng.random_range(0..words.len())]
}

/// First and last name of a person.
pub(super) fn person<R: Rng + ?Sized>(rng: &mut R) -> (String, String) {
    (pick(rng, ADJECTIVES).to_owned(), pick(rng, NOUNS).to_owned())
}

/// Name of an organisation with its legal form.
pub(super) fn organisation<R: Rng + ?Sized>(rng: &mut R) -> String {
    let (first, second) = (pick(rng, ADJECTIVES), pick(rng, ADJECTIVES));
    format!("{first} {second} {} {}", pick(rng, NOUNS), pick(rng, LEGAL_FORMS))
}

/// Name of a street.
pub(super) fn street<R: Rng + ?Sized>(rng: &mut R) -> String {
    let (noun, number) = (pick(rng, NOUNS), rng.random_range(1..120));
    let mut letters = noun.chars();
    let first = letters.next().into_iter().collect::<String>();
    format!("{first}{}veien {number}", letters.as_str().to_lowercase())
}
