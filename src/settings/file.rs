//! `utlegg.yaml`: found, read, checked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::EnvironmentSettings;
use super::fields::Fields;
use super::origin::{Origin, Setting};
use crate::source::{Diagnostic, Diagnostics, Node, SourceFile, parse_documents};

/// What the names of our environment variables begin with: `UTLEGG_JOBS` sets `jobs`.
pub const VARIABLE_PREFIX: &str = "UTLEGG_";

/// The file's name.
const FILE_NAME: &str = "utlegg.yaml";

/// All settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The file they come from, if there is one.
    pub file: Option<PathBuf>,
    /// How many tests run at once; nothing means four times the cores.
    pub jobs: Option<Setting<usize>>,
    /// Where run folders go.
    pub reports: Setting<PathBuf>,
    /// Where snapshots are.
    pub snapshots: Setting<PathBuf>,
    /// Organisation numbers of the vendor itself, which may be real.
    pub own_organisations: Vec<String>,
    /// Values the identity guard lets through, with the reason.
    pub guard_exceptions: Vec<GuardException>,
    /// The live environments.
    pub environments: BTreeMap<String, EnvironmentSettings>,
}

/// A value the identity guard lets through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardException {
    /// The value.
    pub value: String,
    /// Why; printed in every report.
    pub reason: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            file: None,
            jobs: None,
            reports: Setting::default_value(PathBuf::from("reports")),
            snapshots: Setting::default_value(PathBuf::from("snapshots")),
            own_organisations: Vec::new(),
            guard_exceptions: Vec::new(),
            environments: BTreeMap::new(),
        }
    }
}

/// The settings file of the current folder or the nearest one above it.
pub fn find() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let above = here.ancestors().position(|dir| dir.join(FILE_NAME).is_file())?;
    let mut path = PathBuf::new();
    for _ in 0..above {
        path.push("..");
    }
    Some(path.join(FILE_NAME))
}

/// Reads settings from `file` (nothing but defaults without one) and from the environment variables given.
///
/// # Errors
/// Everything that is wrong with the file or the variables.
pub fn load(file: Option<&Path>, variables: &BTreeMap<String, String>) -> Result<Settings, Diagnostics> {
    let mut problems = Diagnostics::default();
    let mut settings = match file {
        Some(path) => {
            let source = SourceFile::read(path)?;
            let mut settings = read(&source, &mut problems)?;
            settings.file = Some(path.to_owned());
            settings
        }
        None => Settings::default(),
    };
    apply_variables(&mut settings, variables, &mut problems);
    if problems.has_errors() {
        return Err(problems);
    }
    Ok(settings)
}

fn read(source: &Arc<SourceFile>, problems: &mut Diagnostics) -> Result<Settings, Diagnostics> {
    let documents = parse_documents(source)?;
    let mut settings = Settings::default();
    let Some(root) = documents.first() else {
        return Ok(settings);
    };
    let mut fields = Fields::of(root, "settings");
    let jobs = fields.count("jobs");
    settings.jobs = jobs.map(|value| from_file(value, root, "jobs"));
    if let Some(path) = fields.path("reports") {
        settings.reports = from_file(path, root, "reports");
    }
    if let Some(path) = fields.path("snapshots") {
        settings.snapshots = from_file(path, root, "snapshots");
    }
    if let Some(guard) = fields.get("guard") {
        read_guard(guard, &mut settings, problems);
    }
    for entry in fields.entries("environments") {
        if entry.key == "mock" {
            let message = "`mock` is the embedded stand-in and needs no settings";
            problems.push(
                Diagnostic::error(message)
                    .at(entry.value.place())
                    .help("choose another name"),
            );
        }
        let environment = EnvironmentSettings::read(&entry.key, &entry.value, problems);
        settings.environments.insert(entry.key.clone(), environment);
    }
    problems.extend(fields.finish());
    Ok(settings)
}

fn from_file<T>(value: T, root: &Node, key: &str) -> Setting<T> {
    let place = root.get(key).unwrap_or(root).place();
    Setting {
        value,
        origin: Origin::File(place.position()),
    }
}

fn read_guard(node: &Node, settings: &mut Settings, problems: &mut Diagnostics) {
    let mut fields = Fields::of(node, "guard");
    settings.own_organisations = fields.texts("own_organisations");
    let allowed = fields.get("allow");
    problems.extend(fields.finish());
    for item in allowed.map(Node::items).unwrap_or_default() {
        let mut fields = Fields::of(item, "allow");
        let value = fields.required_text("value");
        let reason = fields.required_text("reason");
        problems.extend(fields.finish());
        if let (Some(value), Some(reason)) = (value, reason) {
            settings.guard_exceptions.push(GuardException { value, reason });
        }
    }
}

fn apply_variables(
    settings: &mut Settings,
    variables: &BTreeMap<String, String>,
    problems: &mut Diagnostics,
) {
    for (name, value) in variables {
        let origin = Origin::Variable(name.clone());
        match name.strip_prefix(VARIABLE_PREFIX) {
            Some("JOBS") => {
                if let Some(value) = value.parse().ok().filter(|n| *n > 0) {
                    settings.jobs = Some(Setting { value, origin });
                } else {
                    let message = format!("{name} must be a whole number above 0, not `{value}`");
                    problems.push(Diagnostic::error(message));
                }
            }
            Some("REPORTS") => {
                settings.reports = Setting {
                    value: PathBuf::from(value),
                    origin,
                };
            }
            Some("SNAPSHOTS") => {
                settings.snapshots = Setting {
                    value: PathBuf::from(value),
                    origin,
                };
            }
            _ => {}
        }
    }
}
