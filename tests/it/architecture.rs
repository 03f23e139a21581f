//! The architecture: which module may name which, and what every source file must be like.

mod paths;
mod planted;
mod rules;
pub mod table;
mod token;

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use rules::SourceFile;

/// Every source file of the crate.
fn source_files() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path
                    .strip_prefix(&root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                files.push(SourceFile::new(&name, &fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let tests: HashSet<String> = files.iter().flat_map(SourceFile::test_files).collect();
    for file in &mut files {
        let module = file.module();
        file.is_test = (1..=module.len()).any(|end| tests.contains(&module[..end].join("::")));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

#[test]
fn every_source_file_keeps_the_rules() {
    let files = source_files();
    assert!(files.len() > 20, "the sources were found");
    let violations: Vec<String> = files.iter().flat_map(SourceFile::violations).collect();
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

#[test]
fn every_top_module_has_a_row_in_the_table() {
    for file in source_files() {
        if let Some(top) = file.module().first() {
            assert!(
                table::is_module(top),
                "src/{}: `{top}` has no row in tests/it/architecture/table.rs",
                file.path
            );
        }
    }
}
