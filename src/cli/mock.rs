//! `utlegg mock`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::arguments::Mock;
use super::printing::print;
use super::problem::Problem;
use super::{signal, sources, threads};
use crate::mock::{Options, Server, curl_example, env_file};
use crate::report::ExitCode;

/// Serves until interrupted.
pub(super) fn main(arguments: &Mock) -> Result<ExitCode, Problem> {
    let contracts = sources::contracts(&arguments.contract.contract, &BTreeMap::new(), None)?;
    let mut options = Options::new(contracts);
    options.address.set_port(arguments.port);
    options.seed = arguments.seed;
    options.behaviour.check_submitter = !arguments.any_innsender;
    let runtime = threads::runtime()?;
    runtime.block_on(serve(arguments, options))
}

async fn serve(arguments: &Mock, options: Options) -> Result<ExitCode, Problem> {
    let server = Server::start(options).await.map_err(Problem::invalid)?;
    let credentials = server.client_credentials().await.map_err(Problem::invalid)?;
    let key_file = match &arguments.env_file {
        Some(env) => absolute(&env.with_extension("key.pem")),
        None => std::env::temp_dir().join(format!("utlegg-mock-{}.key.pem", std::process::id())),
    };
    write_secret(&key_file, &credentials.private_key_pem)?;
    let environment = env_file(&server, &credentials, &key_file);
    if let Some(path) = &arguments.env_file {
        write_secret(path, &environment)?;
    }
    print(&format!(
        "The mock serves on {} until Ctrl-C.\n\n{environment}\n# Try it:\n{}\n",
        server.address(),
        curl_example(&server)
    ))?;
    signal::received().await;
    server.shutdown().await;
    remove_unless_asked_for(arguments.env_file.as_deref(), &key_file);
    Ok(ExitCode::Conforms)
}

/// The key of an unnamed mock dies with it.
fn remove_unless_asked_for(env: Option<&Path>, key_file: &Path) {
    if env.is_none() {
        // It may be gone already.
        let _ = std::fs::remove_file(key_file);
    }
}

/// The path from the root, so that the variables work in any folder.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Writes a file that only its owner can read, also where it was there before and others could.
fn write_secret(path: &Path, text: &str) -> Result<(), Problem> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .and_then(|file| restrict(&file).map(|()| file))
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| Problem::invalid(format!("cannot write {}: {error}", path.display())))
}

#[cfg(unix)]
fn restrict(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o600))
}

/// Elsewhere the folder's own protection has to do.
#[cfg(not(unix))]
fn restrict(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}
