//! `utlegg mock`.

mod arguments;
mod secret;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::pin::pin;

pub(super) use arguments::Mock;

use super::printing::print;
use super::problem::Problem;
use super::{signal, sources, threads};
use crate::mock::{Handout, Options, RegisterSize, Server};
use crate::report::ExitCode;

/// Serves until interrupted.
pub(super) fn main(arguments: &Mock) -> Result<ExitCode, Problem> {
    let contracts = sources::contracts(&arguments.contract.contract, &BTreeMap::new(), None)?;
    let mut options = Options::new(contracts);
    options.address.set_port(arguments.port);
    options.seed = arguments.seed;
    options.behaviour.check_submitter = !arguments.any_innsender;
    options.register = RegisterSize {
        persons: arguments.size.persons,
        organisations: arguments.size.organisations,
    };
    options.limits.cases = arguments.size.retain;
    options.limits.served = arguments.slowness.record_served;
    let injection = arguments.slowness.injection(arguments.seed);
    options.injection = injection.map_err(|error| Problem::new(ExitCode::Usage, error))?;
    let runtime = threads::runtime()?;
    runtime.block_on(serve(arguments, options))
}

async fn serve(arguments: &Mock, options: Options) -> Result<ExitCode, Problem> {
    let server = Server::start(options).await.map_err(Problem::invalid)?;
    let handout = Handout::of(&server).await.map_err(Problem::invalid)?;
    let mut ended = pin!(end(arguments.while_stdin));
    // Looked at once before anything is said, so that whoever reads it can end the mock at once.
    let at_once = tokio::select! {
        biased;
        () = &mut ended => true,
        () = std::future::ready(()) => false,
    };
    let key_file = announce(arguments, &server, &handout)?;
    if !at_once {
        ended.await;
    }
    server.shutdown().await;
    if let Some(key_file) = key_file.filter(|_| arguments.env_file.is_none()) {
        // The key of an unnamed mock dies with it; it may be gone already.
        let _ = std::fs::remove_file(key_file);
    }
    Ok(ExitCode::Conforms)
}

/// Waits until the mock is to end.
async fn end(while_stdin: bool) {
    if while_stdin {
        signal::received_or_input_ended().await;
    } else {
        signal::received().await;
    }
}

/// Says where it is, and gives the file that the private key went to, if one was written.
fn announce(arguments: &Mock, server: &Server, handout: &Handout) -> Result<Option<PathBuf>, Problem> {
    let key_file = match &arguments.env_file {
        Some(env) => Some(absolute(&env.with_extension("key.pem"))),
        None if arguments.json => None,
        None => Some(std::env::temp_dir().join(format!("utlegg-mock-{}.key.pem", std::process::id()))),
    };
    let mut environment = String::new();
    if let Some(key_file) = &key_file {
        secret::write(key_file, &handout.client.private_key_pem)?;
        environment = handout.env_file(key_file);
    }
    if let Some(path) = &arguments.env_file {
        secret::write(path, &environment)?;
    }
    if arguments.json {
        let line = serde_json::to_string(handout).map_err(Problem::invalid)?;
        print(&format!("{line}\n"))?;
    } else {
        print(&format!(
            "The mock serves on {} until Ctrl-C.\n\n{environment}\n# Try it:\n{}\n",
            server.address(),
            handout.curl_example()
        ))?;
    }
    Ok(key_file)
}

/// The path from the root, so that the variables work in any folder.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
