//! Load plans: the keys of `load/*.yaml`.

use super::{Form, Key, Mapping, Shape, Variants};

/// The most users, and the most iterations of a user-made number.
const USERS: Shape = Shape::Integer(1, 10_000);

/// A level of a stage: users, or arrivals.
const LEVEL: Shape = Shape::Either(&[Shape::Integer(0, 10_000), Shape::Formed(Form::Rate)]);

/// A load plan.
pub(in crate::scenario) static PLAN: Mapping = Mapping::new(
    "plan",
    "What is run under load, by how many users or at what rate, for how long, and what must come of it.",
    &[
        Key::required("load", Shape::Formed(Form::Slug), "Its id.", r#""steady""#),
        Key::optional(
            "title",
            Shape::Text,
            "One line for people.",
            r#""Fifty submissions a second""#,
        ),
        Key::optional(
            "scenarios",
            Shape::List(&Shape::Text),
            "Files with the scenarios, looked for in the plan's folder and in those above it; all bundled ones, or those of the folder `scenarios`, when left out.",
            r#"["scenarios/load/flow.yaml"]"#,
        ),
        Key::optional(
            "mix",
            Shape::List(&Shape::Mapping(&MIX)),
            "What is run, and how often in relation; every test of the files under `scenarios` alike when left out.",
            r#"[{"scenario": "load-submit", "weight": 3}]"#,
        ),
        Key::optional(
            "users",
            USERS,
            "Closed model: so many users, each beginning again when it has ended. Either this or `rate`.",
            "20",
        ),
        Key::optional(
            "rate",
            Shape::Formed(Form::Rate),
            "Open model: so many iterations begin per second, whether or not earlier ones have ended.",
            r#""50/s""#,
        ),
        Key::optional(
            "arrivals",
            Shape::Choice(ARRIVALS),
            "How arrivals are spread; `constant` when left out. With `rate` only.",
            r#""poisson""#,
        ),
        Key::optional(
            "max_users",
            USERS,
            "Users that may be at work at once; an arrival that finds none free waits, and its waiting counts. When left out, ten seconds' arrivals at the highest rate, from 50 to 2000. With `rate` only.",
            "200",
        ),
        Key::optional(
            "stages",
            Shape::List(&Shape::Variants(&STAGE)),
            "Levels one after the other, in place of one for the whole time.",
            r#"[{"ramp": "50/s", "over": "10s"}, {"hold": "30s"}]"#,
        ),
        Key::optional(
            "think",
            Shape::Either(&[Shape::Formed(Form::Duration), Shape::Mapping(&THINK)]),
            "How long a user waits before it begins again; nothing when left out. With `users` only.",
            r#""500ms""#,
        ),
        Key::optional(
            "for",
            Shape::Formed(Form::Duration),
            "How long the load lasts, warm-up included; as long as the stages when left out. A last level is kept until then.",
            r#""30s""#,
        ),
        Key::optional(
            "iterations",
            Shape::Integer(1, 1_000_000_000),
            "After how many iterations the load ends; with `for` or stages whichever comes first.",
            "1000",
        ),
        Key::optional(
            "warm_up",
            Shape::Formed(Form::Duration),
            "Time at the start that is in no number.",
            r#""5s""#,
        ),
        Key::optional(
            "check",
            Shape::Formed(Form::CheckPolicy),
            "How much of the answers is checked: everything that `run` checks; everything on every nth iteration and the status on the others; or the status only. `all` when left out.",
            r#""sample=10""#,
        ),
        Key::optional(
            "thresholds",
            Shape::List(&Shape::Either(&[Shape::Text, Shape::Mapping(&THRESHOLD)])),
            "What must hold of the numbers; where none is of `errors`, `errors == 0` is added.",
            r#"["p95 < 300ms", {"that": "errors < 1%", "abort": true}]"#,
        ),
    ],
);

const ARRIVALS: &[(&str, &str)] = &[
    ("constant", "Evenly, one every so often."),
    ("poisson", "As independent events, drawn by the run's seed."),
];

static MIX: Mapping = Mapping::new(
    "mix",
    "A part of the mix.",
    &[
        Key::required(
            "scenario",
            Shape::Formed(Form::Word),
            "The scenario's id, or `SCENARIO/CASE`; all cases alike share the weight of a scenario.",
            r#""load-flow""#,
        ),
        Key::optional(
            "model",
            Shape::Formed(Form::Word),
            "The information model; all that the scenario applies to when left out.",
            r#""v2""#,
        ),
        Key::optional(
            "weight",
            Shape::Integer(1, 1000),
            "How often in relation to the others; 1 when left out.",
            "3",
        ),
    ],
);

static STAGE: Variants = Variants {
    noun: "a stage",
    hint: None,
    kinds: &[("ramp", &RAMP), ("hold", &HOLD), ("spike", &SPIKE)],
};

static RAMP: Mapping = Mapping::new(
    "ramp",
    "From the level before evenly to a new one; a first stage begins at 0.",
    &[
        Key::required("ramp", LEVEL, "The new level: users, or a rate.", r#""50/s""#),
        Key::required(
            "over",
            Shape::Formed(Form::Duration),
            "How long it takes.",
            r#""10s""#,
        ),
    ],
);

static HOLD: Mapping = Mapping::new(
    "hold",
    "The level before, kept; a first stage keeps `users` or `rate`.",
    &[Key::required(
        "hold",
        Shape::Formed(Form::Duration),
        "How long.",
        r#""30s""#,
    )],
);

static SPIKE: Mapping = Mapping::new(
    "spike",
    "At once to a level, and back to the one before at its end; never the first stage.",
    &[
        Key::required("spike", LEVEL, "The level: users, or a rate.", r#""200/s""#),
        Key::required("for", Shape::Formed(Form::Duration), "How long.", r#""5s""#),
    ],
);

static THINK: Mapping = Mapping::new(
    "think",
    "A wait drawn evenly from a range.",
    &[
        Key::required(
            "min",
            Shape::Formed(Form::Duration),
            "The shortest.",
            r#""200ms""#,
        ),
        Key::required("max", Shape::Formed(Form::Duration), "The longest.", r#""1s""#),
    ],
);

static THRESHOLD: Mapping = Mapping::new(
    "threshold",
    "A threshold that may end the run.",
    &[
        Key::required("that", Shape::Text, "The threshold.", r#""errors < 1%""#),
        Key::optional(
            "abort",
            Shape::Boolean,
            "Whether the run ends as soon as it does not hold.",
            "true",
        ),
        Key::optional(
            "after",
            Shape::Formed(Form::Duration),
            "How much must have been measured before it can end the run; 5s when left out. With `abort` only.",
            r#""10s""#,
        ),
    ],
);
