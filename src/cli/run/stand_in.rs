//! The embedded mock as the environment of a run.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method};

use super::environment::{self, Prepared};
use crate::auth::{Broker, Client, ForgedTokens, Identity, SigningKey};
use crate::cli::arguments::Run;
use crate::cli::problem::Problem;
use crate::cli::sources;
use crate::http::{Request, ReqwestTransport, Transport, TransportOptions};
use crate::mock::{Keys, Options, Server};
use crate::runner::{Principal, StandIn, Target, World};
use crate::settings::Settings;
use crate::testdata::{Kind, Party, Pool, Rules};

/// What the mock can do beyond answering.
const CAPABILITIES: [&str; 4] = ["processing", "attachments", "scripts", "forged-tokens"];

/// Which parties are fetched for the pool: their kind, their rules, how many at most.
const POOL: [(&str, &str, usize); 6] = [
    ("person", "new", 600),
    ("person", "old", 100),
    ("organisation", "new", 1000),
    ("organisation", "old", 100),
    ("sub-unit", "new", 50),
    ("sole-proprietorship", "new", 50),
];

/// Starts the mock and makes it the environment.
pub(super) async fn prepare(arguments: &Run, settings: &Settings, seed: u64) -> Result<Prepared, Problem> {
    // Making the keys takes longest, so it begins first and goes on beside everything else.
    let keys = Keys::start();
    let contracts = sources::contracts(&arguments.contract.contract, &BTreeMap::new(), None)?;
    let mut options = Options::new(contracts.clone());
    options.keys = Some(keys);
    options.seed = seed;
    let server = Server::start(options).await.map_err(Problem::invalid)?;
    let transport = ReqwestTransport::new(TransportOptions {
        timeout: Duration::from_secs(30),
        ..TransportOptions::default()
    });
    let transport = Arc::new(transport.map_err(Problem::invalid)?);
    let targets = contracts
        .into_iter()
        .filter_map(|contract| {
            let url = server.base_url(contract.model())?;
            let model = contract.model().to_owned();
            let base_urls = BTreeMap::from([(String::new(), url)]);
            Some((model, Target { contract, base_urls }))
        })
        .collect();
    let (parties, client) = tokio::join!(register(&transport, &server), client(&server));
    let (principals, parties) = principals(&server, parties?)?;
    let parties = Pool::new(seed, parties);
    let world = World {
        name: "mock".to_owned(),
        targets,
        capabilities: CAPABILITIES.map(str::to_owned).into(),
        principals,
        default_principal: "vendor".to_owned(),
        broker: Broker::new(
            Arc::clone(&transport),
            Some(client?),
            Some(ForgedTokens {
                url: format!("{}/tokens", server.admin_url()),
            }),
        ),
        parties,
        snapshots: environment::snapshots(arguments, settings),
        stand_in: Some(StandIn::new(Arc::clone(&transport), server.admin_url())),
        guard: environment::guard(settings),
        seed,
        reference_suffix: String::new(),
        transport,
    };
    Ok(Prepared {
        world: Arc::new(world),
        server: Some(server),
    })
}

async fn client(server: &Server) -> Result<Client, Problem> {
    let credentials = server.client_credentials().await.map_err(Problem::invalid)?;
    let key = SigningKey::from_pem(credentials.private_key_pem.as_bytes(), credentials.kid);
    Ok(Client {
        client_id: credentials.client_id,
        issuer: server.issuer().to_owned(),
        token_url: server.token_url(),
        scope: server.scope().to_owned(),
        key: key.map_err(Problem::invalid)?,
    })
}

/// The vendor itself, and a customer that has given it a system user; neither may turn up as somebody's debtor, so both
/// are taken out of the parties.
fn principals(
    server: &Server,
    parties: Vec<Party>,
) -> Result<(BTreeMap<String, Principal>, Vec<Party>), Problem> {
    let (vendor, mut others): (Vec<Party>, Vec<Party>) = parties
        .into_iter()
        .partition(|party| party.identifier == server.vendor());
    let is_customer = |party: &Party| party.kind == Kind::MainUnit && party.rules == Rules::New;
    let (Some(vendor), Some(customer)) = (vendor.into_iter().next(), others.iter().position(is_customer))
    else {
        return Err(Problem::invalid(
            "the mock's register lacks its own vendor, or a customer for the system user",
        ));
    };
    let customer = others.swap_remove(customer);
    let system_user = Identity::SystemUser {
        organisation: customer.identifier.clone(),
        external_ref: None,
    };
    let principal = |identity, organisation| Principal {
        identity,
        organisation: Some(organisation),
    };
    let principals = BTreeMap::from([
        ("vendor".to_owned(), principal(Identity::Own, vendor)),
        ("systemuser".to_owned(), principal(system_user, customer)),
    ]);
    Ok((principals, others))
}

/// The parties of the mock's register, over HTTP as they will come from Tenor.
async fn register(transport: &ReqwestTransport, server: &Server) -> Result<Vec<Party>, Problem> {
    let base = server.register_url();
    let mut parties = Vec::new();
    for (kind, rules, count) in POOL {
        let url = format!("{base}?kind={kind}&rules={rules}&count={count}");
        let found: Vec<Party> = fetch(transport, &url).await?;
        parties.extend(found);
    }
    Ok(parties)
}

async fn fetch<V: serde::de::DeserializeOwned>(
    transport: &ReqwestTransport,
    url: &str,
) -> Result<V, Problem> {
    let request = Request {
        method: Method::GET,
        url: url.to_owned(),
        headers: HeaderMap::new(),
        body: Bytes::new(),
    };
    let failed = |reason: String| Problem::invalid(format!("the mock's register at {url}: {reason}"));
    let response = transport
        .send(request)
        .await
        .result
        .map_err(|error| failed(error.to_string()))?;
    serde_json::from_slice(&response.body).map_err(|error| failed(error.to_string()))
}
