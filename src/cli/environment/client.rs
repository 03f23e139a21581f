//! From settings to a Maskinporten client: the key file read, its password fetched.

use std::io::IsTerminal;
use std::path::Path;

use crate::auth::{Client, KeyError, KeyMaterial, Shown, SigningAlgorithm};
use crate::cli::problem::Problem;
use crate::settings::{ClientSettings, PasswordSource};

/// The client of the settings.
pub(in crate::cli) fn of(settings: &ClientSettings) -> Result<Client, Problem> {
    let material = key_material(settings)?;
    let name = settings.key.display();
    let invalid = |error: &dyn std::fmt::Display| Problem::invalid(format!("{name}: {error}"));
    let algorithm = match &settings.algorithm {
        Some(text) => text
            .parse::<SigningAlgorithm>()
            .map_err(|error| invalid(&error))?,
        None => SigningAlgorithm::default(),
    };
    let key = if settings.certificate_chain {
        material.signing_key_with_chain(algorithm)
    } else {
        let kid = settings.kid.clone().or_else(|| material.kid.clone()).ok_or_else(|| {
            invalid(&"the key has no id: write `kid` as it is registered on the client, or `certificate_chain: true`")
        })?;
        material.signing_key(Shown::Kid(kid), algorithm)
    };
    Ok(Client {
        client_id: settings.client_id.clone(),
        issuer: settings.issuer.clone(),
        token_url: settings.token_url.clone(),
        scope: settings.scope.clone(),
        key: key.map_err(|error| invalid(&error))?,
    })
}

/// What the key file of the settings holds.
pub(in crate::cli) fn key_material(settings: &ClientSettings) -> Result<KeyMaterial, Problem> {
    let path = &settings.key;
    let bytes = std::fs::read(path)
        .map_err(|error| Problem::invalid(format!("cannot read the key {}: {error}", path.display())))?;
    let named = |error: KeyError| Problem::invalid(format!("{}: {error}", path.display()));
    let password = settings.password.as_ref().map(password).transpose()?;
    match KeyMaterial::read(&bytes, password.as_deref()) {
        Err(KeyError::NoPassword) if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() => {
            let typed = ask(path).map_err(Problem::invalid)?;
            KeyMaterial::read(&bytes, Some(&typed)).map_err(named)
        }
        read => read.map_err(named),
    }
}

fn password(source: &PasswordSource) -> Result<String, Problem> {
    match source {
        PasswordSource::Variable(name) => std::env::var(name).map_err(|_| {
            Problem::invalid(format!(
                "the variable {name}, which `password_env` names, is not set, or is no text"
            ))
        }),
        PasswordSource::File(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|error| Problem::invalid(format!("cannot read {}: {error}", path.display())))?;
            Ok(text.lines().next().unwrap_or_default().to_owned())
        }
    }
}

fn ask(path: &Path) -> Result<String, String> {
    let terminal = console::Term::stderr();
    let failed = |error: std::io::Error| format!("the password cannot be asked for: {error}");
    terminal
        .write_str(&format!("Password of {}: ", path.display()))
        .map_err(failed)?;
    terminal.read_secure_line().map_err(failed)
}
