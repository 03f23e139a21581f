//! What a caller may decide about the mock.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use super::injection::Injection;
use super::maskinporten::Keys;
use super::mutant::Mutant;
use super::parties::{ORGANISATIONS, PERSONS};
use crate::contract::Contract;

const MINUTE: u64 = 60;

/// Settings of one server. The defaults are those of an in-process run.
#[derive(Debug)]
pub struct Options {
    /// A listener the caller has bound already; it wins over `address`.
    pub listener: Option<TcpListener>,
    /// Where to listen: by default an ephemeral port of 127.0.0.1.
    pub address: SocketAddr,
    /// Whether another address than a loopback one is allowed. Off: the mock gives tokens to whoever asks.
    pub allow_public: bool,
    /// How others reach it (`http://host:port`), where that differs from the listener's address.
    pub public_url: Option<String>,
    /// The contracts served, each under its own base address.
    pub contracts: Vec<Arc<Contract>>,
    /// Seed of the party register and of every reference given out.
    pub seed: u64,
    /// How many parties the register has.
    pub register: RegisterSize,
    /// Keys made beforehand; without them the server has its own made at start.
    pub keys: Option<Keys>,
    /// Behaviour that a test may want otherwise.
    pub behaviour: Behaviour,
    /// Slowness ordered from the start; its stalls count from there.
    pub injection: Injection,
    /// Bounds.
    pub limits: Limits,
}

/// How many parties a register is generated with; those that are locked to the old rules come on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegisterSize {
    /// Persons, a tenth of them under the old rules.
    pub persons: usize,
    /// Organisations of all kinds.
    pub organisations: usize,
}

impl Default for RegisterSize {
    fn default() -> Self {
        Self {
            persons: PERSONS,
            organisations: ORGANISATIONS,
        }
    }
}

/// Rules that can be switched.
#[derive(Debug, Clone)]
pub struct Behaviour {
    /// The scope that tokens need.
    pub scope: String,
    /// How long tokens live.
    pub token_lifetime: Duration,
    /// Whether `INNSENDER_SAMSVARER_IKKE_MED_AUTENTISERING` is checked. The real test environment cannot, for classic
    /// tokens, since they carry the vendor's real organisation number.
    pub check_submitter: bool,
    /// Whether a request may name attachments that were never uploaded, as if they were ready. Uploaded ones are always
    /// judged by their state. Off, as the service documents it; on, a test of something else need not upload first.
    pub trust_unknown_attachments: bool,
    /// Whether Maskinporten's missing-delegation errors come as 403, as before 2025, instead of 400.
    pub old_forbidden: bool,
    /// One rule changed on purpose, for tests of the scenarios; nothing outside this process can set it.
    pub mutant: Option<Mutant>,
}

/// Bounds; every one of them is what keeps a careless or hostile client from using up the machine.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Cases remembered; the oldest are forgotten first.
    pub cases: usize,
    /// Bytes of their requests remembered.
    pub case_bytes: usize,
    /// Attachments remembered.
    pub attachments: usize,
    /// Scripts remembered.
    pub scripts: usize,
    /// Requests remembered in the journal.
    pub journal: usize,
    /// Requests remembered in the log of what was served; 0 keeps none.
    pub served: usize,
    /// Largest body taken, in bytes.
    pub body: usize,
    /// Open connections at a time.
    pub connections: usize,
    /// How long a connection may be silent. It counts while an answer is being made too, so it must be longer than any
    /// delay that a script orders.
    pub idle: Duration,
    /// How long a body may take to arrive.
    pub body_arrival: Duration,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            scope: "skatteetaten:utleggsbegjaering".into(),
            token_lifetime: Duration::from_secs(2 * MINUTE),
            check_submitter: true,
            trust_unknown_attachments: false,
            old_forbidden: false,
            mutant: None,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            cases: 100_000,
            case_bytes: 512 * 1024 * 1024,
            attachments: 20_000,
            scripts: 100_000,
            journal: 10_000,
            served: 0,
            body: 10 * 1024 * 1024,
            connections: 4096,
            idle: Duration::from_secs(2 * MINUTE),
            body_arrival: Duration::from_secs(30),
        }
    }
}

impl Options {
    /// The defaults, serving these contracts.
    pub fn new(contracts: Vec<Arc<Contract>>) -> Self {
        Self {
            listener: None,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            allow_public: false,
            public_url: None,
            contracts,
            seed: 0,
            register: RegisterSize::default(),
            keys: None,
            behaviour: Behaviour::default(),
            injection: Injection::default(),
            limits: Limits::default(),
        }
    }
}
