//! Plans as a user checks them.

use crate::command::Folder;

const PLAN: &str = "load: mine\nmix: [{ scenario: load-flow }]\nusers: 2\nfor: 5s\n";

#[test]
fn lint_checks_plans_beside_scenarios() {
    let folder = Folder::new().file("load/mine.yaml", PLAN);
    folder
        .utlegg("lint load")
        .run()
        .exits_with(0)
        .says(&["1 load plan: no errors"]);
    folder
        .utlegg("lint")
        .run()
        .exits_with(0)
        .says(&["1 load plan: no errors"]);
}

#[test]
fn lint_points_at_the_mistake() {
    let wrong = PLAN.replace("load-flow", "load-flwo").replace("users", "user");
    let folder = Folder::new().file("load/mine.yaml", wrong);
    folder.utlegg("lint load/mine.yaml").run().exits_with(3).says(&[
        "load/mine.yaml:3:1",
        "unknown key `user`",
        "did you mean `users`?",
    ]);
    let folder = Folder::new().file("load/mine.yaml", PLAN.replace("load-flow", "load-flwo"));
    folder
        .utlegg("lint load/mine.yaml")
        .run()
        .exits_with(3)
        .says(&["load/mine.yaml:2:19", "did you mean `load-flow`?"]);
}

#[test]
fn a_plan_whose_mark_is_misspelt_is_still_a_plan() {
    let folder = Folder::new().file("plan.yaml", PLAN.replace("load: ", "laod: "));
    folder
        .utlegg("lint plan.yaml")
        .run()
        .exits_with(3)
        .says(&["unknown key `laod`", "did you mean `load`?"]);
}

#[test]
fn a_mistake_in_a_scenario_is_told_once() {
    let folder = Folder::new()
        .file(
            "scenarios/a.yaml",
            "scenario: a\nsteps: [{ call: submitt, expect: {} }]\n",
        )
        .file(
            "load/a.yaml",
            "load: a\nscenarios: [scenarios/a.yaml]\nusers: 1\nfor: 1s\n",
        );
    folder
        .utlegg("lint")
        .run()
        .exits_with(3)
        .says(&["did you mean `submit`?", "1 error\n"]);
}

#[test]
fn bundled_plans_are_clean_wherever_they_are_linted() {
    let folder = Folder::new();
    folder
        .utlegg("lint --strict")
        .run()
        .exits_with(0)
        .says(&["3 load plans: no errors"]);
}

#[test]
fn the_schema_of_plans_can_be_printed() {
    let folder = Folder::new();
    folder
        .utlegg("schema load-plan")
        .run()
        .exits_with(0)
        .says(&["utlegg load plan", "\"warm_up\""]);
}
