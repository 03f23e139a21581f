//! Where a run took place, as every page tells it.

use super::Fact;
use crate::outcome::Environment;

/// Its name with `more` behind it, its addresses, its contracts.
pub(in crate::report) fn environment_facts(environment: &Environment, more: &str) -> Vec<Fact> {
    let mock = if environment.mock {
        ", the embedded mock"
    } else {
        ""
    };
    let urls = environment
        .base_urls
        .iter()
        .map(|(api, url)| format!("{api} at {url}"));
    let contracts = environment
        .contracts
        .iter()
        .map(|(file, sum)| format!("{file}, SHA-256 {sum}"));
    vec![
        Fact::new("Environment", format!("{}{mock}{more}", environment.name)),
        Fact::list("Addresses", urls),
        Fact::list("Contracts", contracts),
    ]
}
