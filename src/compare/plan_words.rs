//! Parts of a plan in words, so that two of them can be held side by side.

use crate::outcome::comparison::Micros;
use crate::outcome::load::{Arrivals, CheckPolicy, PlanRecord, Stage, StageKind, UserModel};

/// What makes a plan another measurement: what it is, and how this plan has it.
pub(super) fn parts(plan: &PlanRecord) -> [(&'static str, String); 7] {
    [
        ("users or rate", model(&plan.model)),
        ("their stages", stages(&plan.stages)),
        ("the think time", think(plan.think_us)),
        (
            "the duration",
            plan.duration_us.map_or_else(|| "none".to_owned(), time),
        ),
        (
            "the number of iterations",
            plan.iterations
                .map_or_else(|| "none".to_owned(), |number| number.to_string()),
        ),
        ("the warm-up", time(plan.warm_up_us)),
        ("how much is checked", check(plan.check)),
    ]
}

fn model(model: &UserModel) -> String {
    match *model {
        UserModel::Users { users } => format!("{users} users"),
        UserModel::Rate {
            per_second,
            arrivals,
            max_users,
        } => {
            let spread = match arrivals {
                Arrivals::Constant => "constant",
                Arrivals::Poisson => "Poisson",
            };
            format!("{per_second} arrivals per second ({spread}, at most {max_users} users)")
        }
    }
}

fn stages(stages: &[Stage]) -> String {
    let words = |stage: &Stage| {
        let kind = match stage.kind {
            StageKind::Ramp => "ramp",
            StageKind::Hold => "hold",
            StageKind::Spike => "spike",
        };
        format!("{kind} to {} over {}", stage.to, time(stage.over_us))
    };
    if stages.is_empty() {
        return "none".to_owned();
    }
    stages.iter().map(words).collect::<Vec<_>>().join(", ")
}

fn think((least, most): (u64, u64)) -> String {
    if least == most {
        time(least)
    } else {
        format!("{} to {}", time(least), time(most))
    }
}

fn check(check: CheckPolicy) -> String {
    match check {
        CheckPolicy::All => "all".to_owned(),
        CheckPolicy::Sample { every } => format!("everything on every {every}th iteration"),
        CheckPolicy::Status => "the status only".to_owned(),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a planned time, shown with three digits"
)]
fn time(us: u64) -> String {
    Micros(us as f64).to_string()
}
