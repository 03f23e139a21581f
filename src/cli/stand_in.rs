//! The embedded mock with everything a run needs of it: addresses, client, identities, parties.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method};

use crate::auth::{Broker, Client, ForgedTokens, Identity, SigningKey};
use crate::http::{Request, ReqwestTransport, Transport, TransportOptions};
use crate::identity::Guard;
use crate::mock::{Options, Server};
use crate::runner::{Principal, StandIn, Target, World};
use crate::snapshot::Store;
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

/// Why the embedded mock cannot be run against.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotReady(String);

impl NotReady {
    fn new(message: impl Display) -> Self {
        Self(message.to_string())
    }
}

/// Starts the mock with these options and makes it a world; its seed is the options'. Tests use it as well as `run`.
///
/// # Errors
/// [`NotReady`] when the mock does not start, or does not answer what the world is made from.
pub async fn start(
    options: Options,
    snapshots: Store,
    guard: Guard,
) -> Result<(Server, World<ReqwestTransport>), NotReady> {
    let (contracts, seed) = (options.contracts.clone(), options.seed);
    let server = Server::start(options).await.map_err(NotReady::new)?;
    let transport = ReqwestTransport::new(TransportOptions {
        timeout: Duration::from_secs(30),
        ..TransportOptions::default()
    });
    let transport = Arc::new(transport.map_err(NotReady::new)?);
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
        snapshots,
        stand_in: Some(StandIn::new(Arc::clone(&transport), server.admin_url())),
        guard,
        seed,
        reference_suffix: String::new(),
        transport,
    };
    Ok((server, world))
}

async fn client(server: &Server) -> Result<Client, NotReady> {
    let credentials = server.client_credentials().await.map_err(NotReady::new)?;
    let key = SigningKey::from_pem(credentials.private_key_pem.as_bytes(), credentials.kid);
    Ok(Client {
        client_id: credentials.client_id,
        issuer: server.issuer().to_owned(),
        token_url: server.token_url(),
        scope: server.scope().to_owned(),
        key: key.map_err(NotReady::new)?,
    })
}

/// The vendor itself, and a customer that has given it a system user; neither may turn up as somebody's debtor, so both
/// are taken out of the parties.
fn principals(
    server: &Server,
    parties: Vec<Party>,
) -> Result<(BTreeMap<String, Principal>, Vec<Party>), NotReady> {
    let (vendor, mut others): (Vec<Party>, Vec<Party>) = parties
        .into_iter()
        .partition(|party| party.identifier == server.vendor());
    let is_customer = |party: &Party| party.kind == Kind::MainUnit && party.rules == Rules::New;
    let (Some(vendor), Some(customer)) = (vendor.into_iter().next(), others.iter().position(is_customer))
    else {
        return Err(NotReady::new(
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
async fn register(transport: &ReqwestTransport, server: &Server) -> Result<Vec<Party>, NotReady> {
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
) -> Result<V, NotReady> {
    let request = Request {
        method: Method::GET,
        url: url.to_owned(),
        headers: HeaderMap::new(),
        body: Bytes::new(),
    };
    let failed = |reason: String| NotReady::new(format!("the mock's register at {url}: {reason}"));
    let response = transport
        .send(request)
        .await
        .result
        .map_err(|error| failed(error.to_string()))?;
    serde_json::from_slice(&response.body).map_err(|error| failed(error.to_string()))
}
