//! `utlegg token`: fetches a token and says what it says.

mod arguments;
mod explain;

use std::io::IsTerminal;
use std::sync::Arc;

use super::problem::Problem;
use super::{environment, printing, threads};
use crate::auth::{AccessToken, AuthError, Broker, Client, Identity};
use crate::http::{ReqwestTransport, TransportOptions};
use crate::report::ExitCode;
use crate::settings::EnvironmentSettings;
use crate::source::closest;

pub(super) use arguments::Token;

/// Fetches a token for an identity of the settings and explains it.
pub(super) fn main(arguments: &Token) -> Result<ExitCode, Problem> {
    if (arguments.raw || arguments.curl) && !std::io::stdout().is_terminal() {
        let message = "`--raw` and `--curl` print what gives access, so they print to a terminal only: nothing ends up in a file or a log";
        return Err(Problem::new(ExitCode::Usage, message));
    }
    let settings = environment::settings_in(arguments.settings.as_deref())?;
    let Some(environment) = environment::by_name(&arguments.env, &settings)? else {
        return Err(Problem::invalid(
            "the embedded mock keeps its tokens to itself; start `utlegg mock` and describe it in utlegg.yaml to see one",
        ));
    };
    let (name, identity) = identity(environment, arguments.identity.as_deref())?;
    let settings = environment
        .client
        .as_ref()
        .ok_or_else(|| Problem::invalid(AuthError::NoClient))?;
    let client = environment::client::of(settings)?;
    if arguments.curl {
        return print(&curl(&client, &identity)?);
    }
    let token = fetch(environment, client, &identity)?;
    print(&match (arguments.raw, arguments.json) {
        (true, _) => format!("{}\n", token.text()),
        (false, true) => format!("{:#}\n", explain::json(&token)),
        (false, false) => explain::text(&name, &environment.name, &token),
    })
}

fn print(text: &str) -> Result<ExitCode, Problem> {
    printing::print(text)?;
    Ok(ExitCode::Conforms)
}

/// The identity that was named, or the one that scenarios act as unless they say otherwise.
fn identity(environment: &EnvironmentSettings, named: Option<&str>) -> Result<(String, Identity), Problem> {
    let known = || environment.identities.keys().map(String::as_str);
    let Some(name) = named
        .or_else(|| known().find(|name| *name == "vendor"))
        .or_else(|| known().next())
    else {
        // Without identities there is the client's own organisation.
        return Ok(("the client itself".to_owned(), Identity::Own));
    };
    if let Some(settings) = environment.identities.get(name) {
        return Ok((name.to_owned(), environment::identity(settings)));
    }
    let near = closest(name, known()).map(|near| format!("; did you mean `{near}`?"));
    Err(Problem::invalid(format!(
        "environment `{}` has no identity `{name}`{}",
        environment.name,
        near.unwrap_or_default()
    )))
}

fn fetch(
    environment: &EnvironmentSettings,
    client: Client,
    identity: &Identity,
) -> Result<AccessToken, Problem> {
    let transport = ReqwestTransport::new(TransportOptions {
        timeout: environment.timeout,
        ..TransportOptions::default()
    });
    let broker = Broker::new(Arc::new(transport.map_err(Problem::invalid)?), Some(client), None);
    let runtime = threads::runtime()?;
    let token = runtime
        .block_on(broker.token(identity))
        .map_err(|error| match error {
            AuthError::Unreachable { .. } => Problem::new(ExitCode::NotJudged, error),
            error => Problem::invalid(error),
        });
    runtime.shutdown_background();
    token
}

fn curl(client: &Client, identity: &Identity) -> Result<String, Problem> {
    let grant = client.grant(identity).map_err(Problem::invalid)?;
    Ok(format!(
        "curl {} \\\n  -d grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer \\\n  -d assertion={grant}\n",
        super::quoting::quoted(&client.token_url),
    ))
}
