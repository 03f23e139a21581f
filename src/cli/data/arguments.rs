//! What can be typed after `utlegg data`.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::testdata::request::{ATTACHMENT_TYPES, GroundKind, Model};

const EXAMPLES: &str =
    "The same arguments give the same output, in every version. Persons and organisations are those \
of the register of `utlegg mock` with the same seed.

Examples:
  utlegg data person --rules old --count 5 --format csv
  utlegg data organisation --kind sub
  utlegg data kid --length 12 --rule mod11
  utlegg data request --complex --model v1 > request.json

Exit codes:
  0    printed
  2    usage
  3    it cannot be printed, as on a full disk";

const REQUEST_EXAMPLES: &str = "A request violates no condition of its model once its attachments are uploaded: it \
names a uuid for each, drawn from the seed. Upload a file for each `type` in it, with its `innsenderReferanse`, wait \
until it is converted, and give the uuids of the receipts with --attachment; nothing else in the request changes. The \
submitter is the organisation that the mock's client belongs to, unless --innsender names yours.

Examples:
  utlegg data request --seed 7
  utlegg data request --seed 7 --complex --date 2025-12-01 --format yaml
  utlegg data request --claims 1000 --ground gjeldsbrev | utlegg validate -
  utlegg data request --attachment tvangsgrunnlag=0f8fad5b-d9cb-469f-a165-70867728950e

Exit codes:
  0    printed
  2    usage
  3    it cannot be printed, as on a full disk";

/// `utlegg data`
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Data {
    #[command(subcommand)]
    pub(super) what: DataCommand,
}

/// What is drawn.
#[derive(Debug, Subcommand)]
pub(super) enum DataCommand {
    /// Persons with name, birth date and address
    Person(Person),
    /// Organisations with name and address
    Organisation(Organisation),
    /// Payment references with a right check character
    Kid(Kid),
    /// Bank account numbers with a right check digit
    Account(Account),
    /// Whole requests that violate no condition
    Request(Request),
}

/// How many of what.
#[derive(Debug, Args)]
pub(super) struct Drawn {
    /// What everything is drawn from
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) seed: u64,
    /// A list of so many; without it a single one
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) count: Option<u32>,
    /// How it is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: Format,
}

impl Drawn {
    /// How many are wanted.
    pub(super) fn wanted(&self) -> usize {
        self.count.map_or(1, |count| count as usize)
    }
}

/// The formats.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One value, or a list.
    #[default]
    Json,
    /// The same in YAML.
    Yaml,
    /// A heading and a line for each; not for requests.
    Csv,
}

/// The rules a party's debts are handled under.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum RulesWord {
    /// The old rules, among them the published identifiers that are locked to those.
    Old,
    /// The rules of the API.
    #[default]
    New,
}

/// `utlegg data person`
#[derive(Debug, Args)]
pub(super) struct Person {
    #[command(flatten)]
    pub(super) drawn: Drawn,
    /// The rules they are handled under
    #[arg(long, value_enum, default_value_t, value_name = "RULES")]
    pub(super) rules: RulesWord,
}

/// `utlegg data organisation`
#[derive(Debug, Args)]
pub(super) struct Organisation {
    #[command(flatten)]
    pub(super) drawn: Drawn,
    /// The rules they are handled under
    #[arg(long, value_enum, default_value_t, value_name = "RULES")]
    pub(super) rules: RulesWord,
    /// What they are to the register
    #[arg(long, value_enum, default_value_t, value_name = "KIND")]
    pub(super) kind: OrganisationKind,
}

/// Kinds of organisation.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum OrganisationKind {
    /// A legal entity (hovedenhet).
    #[default]
    Main,
    /// A place of business of one (underenhet).
    Sub,
    /// A sole proprietorship (enkeltpersonforetak).
    SoleProprietorship,
}

/// `utlegg data kid`
#[derive(Debug, Args)]
pub(super) struct Kid {
    #[command(flatten)]
    pub(super) drawn: Drawn,
    /// How many characters, the check character included
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u8).range(2..=25))]
    pub(super) length: u8,
    /// The rule of the check character
    #[arg(long, value_enum, default_value_t, value_name = "RULE")]
    pub(super) rule: RuleWord,
}

/// Rules of check characters.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum RuleWord {
    /// Luhn's modulo 10.
    #[default]
    Mod10,
    /// Modulo 11, where the check character may be `-`.
    Mod11,
}

/// `utlegg data account`
#[derive(Debug, Args)]
pub(super) struct Account {
    #[command(flatten)]
    pub(super) drawn: Drawn,
}

/// `utlegg data request`
#[derive(Debug, Args)]
#[command(after_help = REQUEST_EXAMPLES)]
pub(super) struct Request {
    #[command(flatten)]
    pub(super) drawn: Drawn,
    /// The information model: v1 or v2
    #[arg(long, value_name = "MODEL", default_value = "v2")]
    pub(super) model: Model,
    /// Several claims on every kind of ground, with payments, adjustments, changing interest rates and costs
    #[arg(long)]
    pub(super) complex: bool,
    /// So many claims in a complex request [default: 20]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(super) claims: Option<u32>,
    /// The kind of every ground for enforcement
    #[arg(long, value_name = "KIND", value_parser = ground_kind())]
    pub(super) ground: Option<GroundKind>,
    /// begjaeringsdato; nothing in the request is later
    #[arg(long, value_name = "DATE", default_value = "2025-11-24", value_parser = date)]
    pub(super) date: Date,
    /// The uuid of an uploaded attachment, for every attachment of its type (repeatable)
    #[arg(long, value_name = "TYPE=UUID", value_parser = attachment)]
    pub(super) attachment: Vec<(String, String)>,
    /// The organisation number of the submitter
    #[arg(long, value_name = "NUMBER")]
    pub(super) innsender: Option<String>,
    /// The identifier of the creditor
    #[arg(long, value_name = "NUMBER")]
    pub(super) saksoeker: Option<String>,
    /// The identifier of the debtor
    #[arg(long, value_name = "NUMBER")]
    pub(super) saksoekt: Option<String>,
}

fn ground_kind() -> impl TypedValueParser<Value = GroundKind> {
    PossibleValuesParser::new(GroundKind::ALL.map(GroundKind::name))
        .try_map(|name| GroundKind::named(&name).ok_or("no kind of ground"))
}

fn date(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| "a date is written as 2025-11-24".to_owned())
}

fn attachment(text: &str) -> Result<(String, String), String> {
    let (kind, uuid) = text
        .split_once('=')
        .ok_or("write the type of the attachment, `=` and its uuid")?;
    if !ATTACHMENT_TYPES.contains(&kind) {
        return Err(format!(
            "the types in a request are {}",
            ATTACHMENT_TYPES.join(", ")
        ));
    }
    if uuid::Uuid::try_parse(uuid).is_err() {
        return Err(format!("`{uuid}` is no uuid"));
    }
    Ok((kind.to_owned(), uuid.to_owned()))
}
