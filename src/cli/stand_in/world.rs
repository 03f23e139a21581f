//! From what the mock hands out to an environment ready to be tested, whichever process the mock is in.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{NotReady, principals};
use crate::auth::{Broker, Client, ForgedTokens, SigningKey};
use crate::contract::Contract;
use crate::http::Transport;
use crate::identity::Guard;
use crate::mock::{Handout, RegisterSize};
use crate::runner::{StandIn, Target, World};
use crate::snapshot::Store;
use crate::testdata::{Party, Pool};

/// What the mock can do beyond answering.
const CAPABILITIES: [&str; 4] = ["processing", "attachments", "scripts", "forged-tokens"];

/// What a world against the mock needs besides the mock.
#[derive(Debug)]
pub struct Surroundings {
    /// The contracts that it serves.
    pub contracts: Vec<Arc<Contract>>,
    /// Where the register, references and random values are drawn from.
    pub seed: u64,
    /// How many parties its register has.
    pub register: RegisterSize,
    /// The stored answers.
    pub snapshots: Store,
    /// Looks at every request before it is sent.
    pub guard: Guard,
}

/// The world.
///
/// # Errors
/// [`NotReady`] when the client's key cannot be read or the register lacks who is to act.
pub(super) fn of<T: Transport>(
    handout: Handout,
    parties: Vec<Party>,
    transport: Arc<T>,
    surroundings: Surroundings,
) -> Result<World<T>, NotReady> {
    let (principals, parties) = principals::of(&handout.vendor, parties)?;
    let forged = ForgedTokens {
        url: format!("{}/tokens", handout.admin_url),
    };
    let broker = Broker::new(Arc::clone(&transport), Some(client(&handout)?), Some(forged));
    Ok(World {
        name: "mock".to_owned(),
        targets: targets(&handout, surroundings.contracts),
        capabilities: CAPABILITIES.map(str::to_owned).into(),
        principals,
        default_principal: "vendor".to_owned(),
        broker,
        parties: Pool::new(surroundings.seed, parties),
        snapshots: surroundings.snapshots,
        stand_in: Some(StandIn::new(Arc::clone(&transport), handout.admin_url)),
        guard: surroundings.guard,
        seed: surroundings.seed,
        known: crate::runner::KnownAnswers::default(),
        reference_suffix: String::new(),
        transport,
    })
}

fn targets(handout: &Handout, contracts: Vec<Arc<Contract>>) -> BTreeMap<String, Target> {
    contracts
        .into_iter()
        .filter_map(|contract| {
            let url = handout.base_urls.get(contract.model())?.clone();
            let model = contract.model().to_owned();
            let base_urls = BTreeMap::from([(String::new(), url)]);
            Some((model, Target { contract, base_urls }))
        })
        .collect()
}

fn client(handout: &Handout) -> Result<Client, NotReady> {
    let credentials = &handout.client;
    let key = SigningKey::from_pem(credentials.private_key_pem.as_bytes(), credentials.kid.clone());
    Ok(Client {
        client_id: credentials.client_id.clone(),
        issuer: handout.issuer.clone(),
        token_url: handout.token_url.clone(),
        scope: handout.scope.clone(),
        key: key.map_err(NotReady::new)?,
    })
}
