//! One environment of the settings file: where an API is, what it can do, and who we are there.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use super::agreement::LoadAgreement;
use super::fields::Fields;
use super::host::{host_of, is_loopback};
use crate::source::{Diagnostic, Diagnostics, Node, Place};

/// The hosts of production. They are refused in code, whatever the settings say.
const PRODUCTION_SUFFIXES: [&str; 4] = [
    ".api.skatteetaten.no",
    "api.sits.no",
    "platform.altinn.no",
    "//maskinporten.no",
];

/// The administration's general rule of use: five calls at a time for each API and organisation.
const MOST_SIMULTANEOUS_CALLS: NonZeroUsize = NonZeroUsize::new(5).unwrap();

/// An environment as the settings describe it.
#[derive(Debug, Clone)]
pub struct EnvironmentSettings {
    /// Its name.
    pub name: String,
    /// The information model it speaks.
    pub model: String,
    /// The base URL of each API of the contract; the key `""` serves those that are not named.
    pub base_urls: BTreeMap<String, String>,
    /// Contract files that replace the built-in one.
    pub contracts: Vec<PathBuf>,
    /// `operationId` or `METHOD /path` of those files → our logical name.
    pub operation_names: BTreeMap<String, String>,
    /// What the environment can do beyond answering (`processing`, `attachments`, …).
    pub capabilities: Vec<String>,
    /// How to get tokens; none for an API without authentication.
    pub client: Option<ClientSettings>,
    /// Identities that scenarios name with `as:`.
    pub identities: BTreeMap<String, IdentitySettings>,
    /// Files of synthetic parties (JSON, as `utlegg data` writes them) that tests lease.
    pub parties: Vec<PathBuf>,
    /// The longest time one exchange may take.
    pub timeout: Duration,
    /// How many calls may be under way at once: the administration allows five. `None` only on this machine.
    pub simultaneous_calls: Option<NonZeroUsize>,
    /// The owner's consent to load; not needed on this machine.
    pub load_agreement: Option<LoadAgreement>,
}

/// A Maskinporten client.
#[derive(Debug, Clone)]
pub struct ClientSettings {
    /// The issuer, which is the grant's `aud` (with its trailing slash).
    pub issuer: String,
    /// Where grants are exchanged for tokens.
    pub token_url: String,
    /// The client's id, the grant's `iss`.
    pub client_id: String,
    /// The scope asked for.
    pub scope: String,
    /// The private key: PEM, JWK or PKCS#12.
    pub key: PathBuf,
    /// The key's id as registered on the client; a JWK may carry its own.
    pub kid: Option<String>,
    /// Whether the key is shown by its certificate chain (`x5c`) instead of by its id.
    pub certificate_chain: bool,
    /// `RS256`, `RS384` or `RS512`.
    pub algorithm: Option<String>,
    /// What opens the key.
    pub password: Option<PasswordSource>,
}

/// Where a password comes from; never the settings themselves, never a flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasswordSource {
    /// An environment variable of this name.
    Variable(String),
    /// A file's first line.
    File(PathBuf),
}

/// Who a step acts as.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdentitySettings {
    /// The organisation that the API will take as the submitter.
    pub organisation: String,
    /// Its name, for requests that it is put into.
    pub name: Option<String>,
    /// Whether it is reached as a system user (`authorization_details`).
    pub system_user: bool,
    /// The system user's `externalRef`, when it was created with one.
    pub external_ref: Option<String>,
    /// Whether it is reached by Altinn delegation (`consumer_org`).
    pub delegated: bool,
}

impl EnvironmentSettings {
    /// Reads one entry of `environments:`.
    pub(super) fn read(name: &str, node: &Node, problems: &mut Diagnostics) -> Self {
        let mut fields = Fields::of(node, name);
        let mut base_urls = BTreeMap::new();
        if let Some(url) = fields.text("base_url") {
            base_urls.insert(String::new(), url);
        }
        for entry in fields.entries("base_urls") {
            if let Some(url) = entry.value.as_str() {
                base_urls.insert(entry.key.clone(), url.to_owned());
            }
        }
        if base_urls.is_empty() {
            let message = format!("environment `{name}` has no `base_url`");
            fields.problems.push(Diagnostic::error(message).at(node.place()));
        }
        refuse_production(&base_urls, node, &mut fields.problems);
        let operation_names = fields
            .entries("operations")
            .iter()
            .filter_map(|e| Some((e.key.clone(), e.value.as_str()?.to_owned())))
            .collect();
        let simultaneous_calls = simultaneous_calls(&mut fields, &base_urls);
        let load_agreement = fields
            .get("load_agreement")
            .and_then(|agreement| LoadAgreement::read(agreement, &mut fields.problems));
        let client = fields
            .get("maskinporten")
            .and_then(|client| ClientSettings::read(client, &mut fields.problems));
        let identities = fields
            .entries("identities")
            .iter()
            .map(|e| {
                (
                    e.key.clone(),
                    IdentitySettings::read(&e.value, &mut fields.problems),
                )
            })
            .collect();
        let read = Self {
            name: name.to_owned(),
            model: fields.text("model").unwrap_or_else(|| "v2".to_owned()),
            base_urls,
            contracts: fields.paths("contract"),
            operation_names,
            capabilities: fields.texts("capabilities"),
            client,
            identities,
            parties: fields.paths("parties"),
            timeout: fields.duration("timeout").unwrap_or(Duration::from_secs(30)),
            simultaneous_calls,
            load_agreement,
        };
        problems.extend(fields.finish());
        read
    }
}

impl ClientSettings {
    fn read(node: &Node, problems: &mut Diagnostics) -> Option<Self> {
        let mut fields = Fields::of(node, "maskinporten");
        let issuer = fields.required_text("issuer");
        let token_url = fields.text("token_url");
        let client_id = fields.required_text("client_id");
        let scope = fields.text("scope");
        let key = fields.path("key");
        let kid = fields.text("kid");
        let certificate_chain = fields.flag("certificate_chain").unwrap_or(false);
        let algorithm = fields.text("algorithm");
        let password = password(&mut fields);
        if let (Some(_), true) = (&kid, certificate_chain) {
            let message = "`kid` and `certificate_chain` exclude each other: Maskinporten wants exactly one";
            fields.problems.push(Diagnostic::error(message).at(node.place()));
        }
        if key.is_none() {
            fields.problems.push(
                Diagnostic::error("`maskinporten` needs `key`, a file with the private key").at(node.place()),
            );
        }
        problems.extend(fields.finish());
        let issuer = issuer?;
        Some(Self {
            token_url: token_url.unwrap_or_else(|| format!("{}/token", issuer.trim_end_matches('/'))),
            issuer,
            client_id: client_id?,
            scope: scope.unwrap_or_else(|| "skatteetaten:utleggsbegjaering".to_owned()),
            key: key?,
            kid,
            certificate_chain,
            algorithm,
            password,
        })
    }
}

/// A password by variable or by file.
fn password(fields: &mut Fields<'_>) -> Option<PasswordSource> {
    let file = fields.path("password_file").map(PasswordSource::File);
    fields.text("password_env").map(PasswordSource::Variable).or(file)
}

impl IdentitySettings {
    fn read(node: &Node, problems: &mut Diagnostics) -> Self {
        let mut fields = Fields::of(node, "identities");
        let kind = fields.text("kind");
        if let Some(kind) = &kind
            && !["own", "system-user", "delegated"].contains(&kind.as_str())
        {
            let message = format!("`kind` must be own, system-user or delegated, not `{kind}`");
            fields.problems.push(Diagnostic::error(message).at(node.place()));
        }
        let read = Self {
            organisation: fields.required_text("organisation").unwrap_or_default(),
            name: fields.text("name"),
            system_user: kind.as_deref() == Some("system-user"),
            delegated: kind.as_deref() == Some("delegated"),
            external_ref: fields.text("external_ref"),
        };
        problems.extend(fields.finish());
        read
    }
}

/// What the settings ask for, at most the administration's limit; on this machine there is none.
fn simultaneous_calls(fields: &mut Fields<'_>, base_urls: &BTreeMap<String, String>) -> Option<NonZeroUsize> {
    let asked = fields.count("simultaneous_calls").and_then(NonZeroUsize::new);
    if base_urls.values().all(|url| is_loopback(&host_of(url))) {
        return asked;
    }
    Some(asked.map_or(MOST_SIMULTANEOUS_CALLS, |asked| {
        asked.min(MOST_SIMULTANEOUS_CALLS)
    }))
}

fn refuse_production(base_urls: &BTreeMap<String, String>, node: &Node, problems: &mut Diagnostics) {
    for url in base_urls.values() {
        let host = host_of(url);
        let production = PRODUCTION_SUFFIXES
            .iter()
            .any(|suffix| format!("//{host}").ends_with(suffix));
        if production {
            problems.push(
                Diagnostic::error(format!("`{host}` is production"))
                    .at(Place::new(&node.file, node.span))
                    .help("utlegg only ever talks to test environments; no setting changes that"),
            );
        }
    }
}
