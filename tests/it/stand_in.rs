//! The mock in a process of its own: it becomes a world, its costs are told apart, and it is never left behind.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use utlegg::auth::Identity;
use utlegg::cli::stand_in::{MockProcess, NotReady, Spawn, Surroundings, spawn};
use utlegg::contract::Contract;
use utlegg::http::{ReqwestTransport, TransportOptions};
use utlegg::identity::Guard;
use utlegg::mock::RegisterSize;
use utlegg::runner::World;
use utlegg::snapshot::{Mode, Store};
use utlegg::testdata::{Kind, Rules, Wanted};

fn surroundings(persons: usize) -> Surroundings {
    Surroundings {
        contracts: ["v1", "v2"].map(|model| Contract::builtin(model).unwrap()).into(),
        seed: 3,
        register: RegisterSize {
            persons,
            organisations: 100,
        },
        snapshots: Store::new(PathBuf::from("snapshots"), Mode::Check),
        guard: Guard::new([], &[], []),
    }
}

async fn start(change: impl FnOnce(&mut Spawn)) -> Result<(MockProcess, World<ReqwestTransport>), NotReady> {
    let mut options = Spawn {
        program: Some(env!("CARGO_BIN_EXE_utlegg").into()),
        ..Spawn::default()
    };
    change(&mut options);
    let transport = Arc::new(ReqwestTransport::new(TransportOptions::default()).unwrap());
    spawn(&options, surroundings(3000), transport).await
}

async fn answers(process: &MockProcess) -> bool {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let health = format!("{}/health", process.handout().admin_url);
    client.get(health).send().await.is_ok()
}

#[tokio::test]
async fn it_becomes_a_world_with_as_many_parties_as_asked_for_and_ends_when_asked() {
    let (mut process, world) = start(|_| {}).await.unwrap();
    let models: Vec<&str> = world.targets.keys().map(String::as_str).collect();
    assert_eq!(models, ["v1", "v2"]);
    let persons = Wanted {
        kind: Kind::Person,
        rules: Rules::New,
    };
    assert_eq!(world.parties.count(persons), 2700);
    for name in ["vendor", "systemuser"] {
        let identity = &world.principals[name].identity;
        let token = world.broker.authorization(identity).await.unwrap();
        assert!(token.unwrap().starts_with("Bearer "), "{name}");
    }
    assert_eq!(
        world.broker.authorization(&Identity::Anonymous).await.unwrap(),
        None
    );
    if cfg!(target_os = "linux") {
        let usage = process.usage().unwrap();
        assert!(usage.cpu > Duration::ZERO && usage.memory > 1 << 20);
    }
    assert!(process.ended().is_none());
    let status = process.end().await.expect("it need not be killed");
    assert!(status.success());
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_in_the_terminal_they_share_does_not_end_it_and_dropping_it_does() {
    let (process, _world) = start(|_| {}).await.unwrap();
    let id = process.id();
    for _ in 0..2 {
        let killed = Command::new("sh")
            .args(["-c", &format!("kill -INT {id}")])
            .status();
        assert!(killed.unwrap().success());
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(answers(&process).await);
    }
    let health = format!("{}/health", process.handout().admin_url);
    drop(process);
    assert!(reqwest::get(health).await.unwrap_err().is_connect());
}

#[tokio::test]
async fn a_child_that_does_not_serve_says_why() {
    let error = start(|options| options.program = Some("/nowhere/utlegg".into())).await;
    let error = error.err().unwrap().to_string();
    assert!(error.contains("cannot be started"), "{error}");
    let error = start(|options| options.contract_files = vec!["nowhere.yaml".into()]).await;
    let error = error.err().unwrap().to_string();
    assert!(
        error.contains("the mock's process ended") && error.contains("nowhere.yaml"),
        "{error}"
    );
    let error = start(|options| options.arguments = vec!["--help".to_owned()]).await;
    let error = error.err().unwrap().to_string();
    assert!(error.contains("does not say where it serves"), "{error}");
}
