//! Starts the mock on a socket and ends it in order.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::injection::{InjectionError, Wire};
use super::listener::BoundedListener;
use super::maskinporten::{self, KeyError};
use super::options::Options;
use super::state::MockState;
use super::{admin, injection};

/// How long requests in progress have when the server ends.
const LAST_CALL: Duration = Duration::from_secs(5);

/// Why the mock did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No contract was given.
    #[error("there is no contract to serve; name at least one model")]
    NoContract,
    /// What is to be injected cannot be.
    #[error(transparent)]
    Injection(#[from] InjectionError),
    /// The address could not be bound.
    #[error("the mock cannot listen on {address}: {}", reason(source))]
    Bind {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The address is not a loopback one.
    #[error(
        "the mock gives a token to whoever asks, so it only listens on loopback addresses; {0} is not one \
         (allow it explicitly if the network is yours)"
    )]
    Public(IpAddr),
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            "another program uses the port; choose another port, or 0 for any".into()
        }
        std::io::ErrorKind::PermissionDenied => "permission denied; choose a port above 1023".into(),
        std::io::ErrorKind::AddrNotAvailable => "this machine has no such address".into(),
        _ => error.to_string(),
    }
}

/// What a client needs to fetch a token.
#[derive(Clone, Serialize, Deserialize)]
pub struct ClientCredentials {
    /// The client's identifier, `iss` of its grants.
    pub client_id: String,
    /// The name of its key, `kid` of its grants.
    pub kid: String,
    /// Its private key, PKCS#8 in PEM.
    pub private_key_pem: String,
}

impl std::fmt::Debug for ClientCredentials {
    /// Never prints the private half.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("client_id", &self.client_id)
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

/// A running mock.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    origin: String,
    state: Arc<MockState>,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Binds, starts serving in the background, and returns at once; keys may still be in the making.
    ///
    /// # Errors
    /// [`StartError`], each with what to do.
    pub async fn start(mut options: Options) -> Result<Self, StartError> {
        let listener = match options.listener.take() {
            Some(listener) => listener,
            None => bind(&options).await?,
        };
        let failed = |source| StartError::Bind {
            address: options.address,
            source,
        };
        let address = listener.local_addr().map_err(failed)?;
        if !options.allow_public && !address.ip().is_loopback() {
            return Err(StartError::Public(address.ip()));
        }
        let origin = options
            .public_url
            .clone()
            .unwrap_or_else(|| format!("http://{address}"));
        let origin = origin.trim_end_matches('/').to_owned();
        let state = Arc::new(MockState::new(&options, &origin)?);
        let listener = BoundedListener::new(listener, options.limits.connections, options.limits.idle);
        let (stop, stopped) = oneshot::channel::<()>();
        let router = app(Arc::clone(&state)).into_make_service_with_connect_info::<Wire>();
        let task = tokio::spawn(async move {
            let ended = async {
                // A dropped sender means the same: nobody wants the server any more.
                let _ = stopped.await;
            };
            // `axum::serve` handles errors of connections itself and never returns one.
            let _ = axum::serve(listener, router).with_graceful_shutdown(ended).await;
        });
        Ok(Self {
            address,
            origin,
            state,
            stop: Some(stop),
            task,
        })
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The models it serves, in the order given.
    pub fn models(&self) -> impl Iterator<Item = &str> {
        self.state.models.iter().map(super::model::ServedModel::name)
    }

    /// The base URL of a model, without a trailing slash; none where the model is not served.
    pub fn base_url(&self, model: &str) -> Option<String> {
        let served = self.state.models.iter().find(|served| served.name() == model)?;
        Some(format!("{}{}", self.origin, served.base_path))
    }

    /// Maskinporten's issuer, which is the `aud` of grants.
    pub fn issuer(&self) -> &str {
        &self.state.maskinporten.issuer
    }

    /// Maskinporten's token endpoint.
    pub fn token_url(&self) -> String {
        format!("{}token", self.issuer())
    }

    /// The party register, `GET …?kind=&rules=&count=&seed=`.
    pub fn register_url(&self) -> String {
        format!("{}/parties", self.admin_url())
    }

    /// The admin interface, without a trailing slash.
    pub fn admin_url(&self) -> String {
        format!("{}/_utlegg", self.origin)
    }

    /// The scope tokens need.
    pub fn scope(&self) -> &str {
        &self.state.maskinporten.scope
    }

    /// The organisation that owns the client.
    pub fn vendor(&self) -> &str {
        &self.state.maskinporten.vendor
    }

    /// The credentials of the one client, once its key is made.
    ///
    /// # Errors
    /// [`KeyError`] when the key could not be made.
    pub async fn client_credentials(&self) -> Result<ClientCredentials, KeyError> {
        let (kid, private_key_pem) = self.state.maskinporten.client_key().await?;
        Ok(ClientCredentials {
            client_id: self.state.maskinporten.client_id.clone(),
            kid: kid.to_owned(),
            private_key_pem: private_key_pem.to_owned(),
        })
    }

    /// Stops taking requests and waits until those that are being answered are done.
    pub async fn shutdown(mut self) {
        if let Some(stop) = self.stop.take() {
            // Fails only when the server has ended already.
            let _ = stop.send(());
        }
        // A client that never ends its request does not keep the server alive.
        if tokio::time::timeout(LAST_CALL, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}

async fn bind(options: &Options) -> Result<TcpListener, StartError> {
    let address = options.address;
    if !options.allow_public && !address.ip().is_loopback() {
        return Err(StartError::Public(address.ip()));
    }
    TcpListener::bind(address)
        .await
        .map_err(|source| StartError::Bind { address, source })
}

/// The whole mock as a router, to be tested without a socket.
pub fn app(state: Arc<MockState>) -> Router {
    let body = state.options.limits.body;
    Router::new()
        .nest("/_utlegg", admin::routes())
        .nest("/maskinporten", maskinporten::routes())
        .fallback(injection::around)
        .layer(DefaultBodyLimit::max(body))
        .with_state(state)
}
