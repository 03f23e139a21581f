//! The documentation is true: its examples are valid and do what is said, its links lead somewhere, its tables are
//! what the code says.

mod console;
mod page;
mod provenance;
mod reference;
mod structure;

use std::collections::BTreeMap;
use std::path::Path;

use page::{Page, page, pages, root};
use utlegg::contract::Contract;
use utlegg::scenario::{Disk, Language, json_schema, plan_json_schema};
use utlegg::source::{SourceFile, render_all};

/// The text of a generated region.
fn generate(region: &str) -> String {
    match region.split_once(' ') {
        Some(("keys", mapping)) => reference::keys(&json_schema(), mapping),
        Some(("plan-keys", mapping)) => reference::keys(&plan_json_schema(), mapping),
        Some(("reconstructed", model)) => provenance::reconstructed(model),
        _ => match region {
            "forms" => reference::forms(),
            "functions" => reference::function_table(),
            "operations" => provenance::operations(),
            "inferred" => provenance::inferred(),
            "counts" => provenance::counts(),
            "exit-codes" => structure::exit_codes(),
            "modules" => structure::modules(),
            "later-modules" => structure::later_modules(),
            "mock-limits" => structure::limits(),
            other => panic!("nothing generates `{other}`"),
        },
    }
}

#[test]
fn generated_tables_are_what_the_code_says() {
    for page in pages() {
        let fresh = page.regenerated(generate);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(root().join(&page.name), &fresh).unwrap();
        } else {
            assert!(
                fresh == page.text,
                "{} is not what the code says; write it again with: UPDATE_DOCS=1 cargo test --test it readme",
                page.name
            );
        }
    }
}

#[test]
fn the_reference_has_every_mapping_of_the_language() {
    let reference = page("docs/scenario-reference.md");
    let regions = reference.regions();
    for mapping in reference::mappings() {
        let region = format!("keys {mapping}");
        assert!(
            regions.contains(&region.as_str()),
            "the reference lacks `{mapping}`"
        );
        assert!(
            reference.anchors().contains(&mapping),
            "the reference has no heading `{mapping}`"
        );
    }
    for region in ["forms", "functions"] {
        assert!(regions.contains(&region), "the reference lacks its {region}");
    }
}

#[test]
fn the_page_of_load_has_every_mapping_of_a_plan() {
    let load = page("docs/load.md");
    let regions = load.regions();
    for mapping in reference::mappings_of(&plan_json_schema()) {
        let region = format!("plan-keys {mapping}");
        assert!(regions.contains(&region.as_str()), "the page lacks `{mapping}`");
        assert!(
            load.anchors().contains(&mapping),
            "the page has no heading `{mapping}`"
        );
    }
}

#[test]
fn what_is_reconstructed_is_told_for_every_model() {
    let told = page("docs/reconstructed.md");
    for model in Contract::builtin_models() {
        let region = format!("reconstructed {model}");
        assert!(
            told.regions().contains(&region.as_str()),
            "model {model} is missing"
        );
    }
    assert!(told.regions().contains(&"inferred"));
}

#[test]
fn every_link_leads_to_a_file_or_a_heading() {
    let pages = pages();
    let anchors: BTreeMap<_, _> = pages
        .iter()
        .map(|page| (page.name.clone(), page.anchors()))
        .collect();
    let mut dead = Vec::new();
    for page in &pages {
        for link in page.links().iter().filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() {
                page.name.clone()
            } else {
                resolve(&page.name, file)
            };
            let exists = root().join(&target).exists();
            let known = anchors
                .get(&target)
                .is_some_and(|all| all.iter().any(|known| known == anchor));
            if !exists || !(anchor.is_empty() || known) {
                dead.push(format!("{}: {link}", page.name));
            }
        }
    }
    assert!(dead.is_empty(), "dead links:\n{}", dead.join("\n"));
}

/// A relative link of a page as a path from the root.
fn resolve(page: &str, link: &str) -> String {
    let folder = Path::new(page).parent().unwrap_or(Path::new(""));
    let mut parts: Vec<&str> = folder
        .to_str()
        .unwrap()
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    for part in link.trim_end_matches('/').split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_scenario_shown_is_valid() {
    let contracts: Vec<_> = Contract::builtin_models()
        .iter()
        .map(|model| Contract::builtin(model).unwrap())
        .collect();
    let mut shown = 0;
    for page in pages() {
        let documents = page
            .fences()
            .into_iter()
            .filter(|fence| fence.language == "yaml" && is_language(&fence.text));
        for fence in documents.filter(|fence| !fence.notes.contains(&"with mistakes")) {
            // The name makes request files be found from the root, as those of a bundled scenario.
            let name = root().join(format!(
                "scenarios/{}-{}.yaml",
                page.name.replace('/', "-"),
                fence.line
            ));
            let mut sources = vec![SourceFile::new(name.to_str().unwrap(), fence.text)];
            sources.push(SourceFile::read(&root().join("scenarios/groups/attachment.yaml")).unwrap());
            let loaded = Language {
                contracts: &contracts,
                files: &Disk,
            }
            .load(&sources);
            assert!(
                loaded.diagnostics.0.is_empty(),
                "{}:{}:\n{}",
                page.name,
                fence.line,
                render_all(&loaded.diagnostics, false)
            );
            shown += 1;
        }
    }
    assert!(shown >= 3, "the documentation shows scenarios");
}

/// Whether YAML is a document of the language and not, say, settings or a workflow.
fn is_language(text: &str) -> bool {
    text.lines().any(|line| {
        ["scenario: ", "group: ", "request: "]
            .iter()
            .any(|key| line.starts_with(key))
    })
}

#[test]
fn every_command_shown_does_what_is_shown() {
    let mut problems = Vec::new();
    for page in pages() {
        problems.extend(
            try_out(&page)
                .into_iter()
                .map(|problem| format!("{}, {problem}", page.name)),
        );
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

/// Writes the files a page shows and runs its commands, in the order of the page, in one folder.
fn try_out(page: &Page) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let mut problems = Vec::new();
    for fence in page.fences() {
        if let Some(name) = fence.note("file") {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &fence.text).unwrap();
        }
        if fence.language == "console" {
            problems.extend(console::run(folder.path(), &fence));
        }
    }
    problems
}

#[test]
fn no_page_shows_an_identifier_that_could_be_somebodys() {
    for page in pages() {
        let found = utlegg::identity::find_real(&page.text);
        assert!(found.is_empty(), "{}: {found:?}", page.name);
    }
}

#[test]
fn settings_shown_are_read() {
    let mut shown = 0;
    for page in pages() {
        for fence in page
            .fences()
            .iter()
            .filter(|fence| fence.text.contains("\nenvironments:"))
        {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("utlegg.yaml");
            std::fs::write(&path, &fence.text).unwrap();
            let read = utlegg::settings::load(Some(&path), &BTreeMap::new());
            if let Err(problems) = read {
                panic!("{}:{}:\n{}", page.name, fence.line, render_all(&problems, false));
            }
            shown += 1;
        }
    }
    assert!(shown > 0, "the documentation shows settings");
}

#[test]
fn the_readme_names_every_command() {
    let help = std::process::Command::new(env!("CARGO_BIN_EXE_utlegg"))
        .arg("--help")
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| {
            line.strip_prefix("  ")?
                .split_whitespace()
                .next()
                .filter(|_| !line.starts_with("   "))
        })
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.len() > 5, "{help}");
    let readme = page("README.md").text;
    for command in commands {
        assert!(
            readme.contains(&format!("utlegg {command}")),
            "the README does not name `utlegg {command}`"
        );
    }
}
