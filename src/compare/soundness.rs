//! Whether runs are fit to conclude from at all.

use super::run::Run;
use crate::outcome::load::Ending;

/// Why nothing can be concluded from these runs, a sentence each; empty where all are sound.
pub(super) fn reasons(side: &str, runs: &[Run]) -> Vec<String> {
    runs.iter().flat_map(|run| of_run(side, run)).collect()
}

fn of_run(side: &str, run: &Run) -> Vec<String> {
    let (result, mut reasons) = (&run.result, Vec::new());
    let id = &result.run.run_id;
    let why = result.stopped_because.as_deref();
    match result.ending {
        Ending::Finished => {}
        Ending::Interrupted => reasons.push(format!("{side} {id} was interrupted before its end")),
        Ending::Aborted => reasons.push(format!(
            "{side} {id} ended early: {}",
            why.unwrap_or("it does not say why")
        )),
    }
    let health = &result.health;
    if !health.healthy {
        let broken: Vec<String> = health
            .limits
            .iter()
            .filter(|limit| !limit.kept)
            .map(|limit| format!("{} was {} (limit: {})", limit.name, limit.found, limit.limit))
            .collect();
        reasons.push(format!(
            "in {side} {id} the injector could not hold the load, so its times are not the service's: {}",
            broken.join(", ")
        ));
    }
    reasons
}
