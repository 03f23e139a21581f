//! Markdown as far as the tests need it: fenced blocks with the note before them, headings, links, generated regions.

use std::path::{Path, PathBuf};

/// What opens a generated region, up to its name.
const REGION: &str = "<!-- generated: ";
/// What closes one.
const END: &str = "<!-- end of generated -->";

/// A Markdown file of the repository.
pub struct Page {
    /// From the root of the repository.
    pub name: String,
    pub text: String,
}

/// A fenced block.
#[derive(Debug)]
pub struct Fence<'a> {
    pub language: &'a str,
    pub text: String,
    /// The insides of the HTML comments on the lines before it.
    pub notes: Vec<&'a str>,
    /// Its first line, from 1.
    pub line: usize,
}

impl<'a> Fence<'a> {
    /// What the note `key: …` says.
    pub fn note(&self, key: &str) -> Option<&'a str> {
        self.notes
            .iter()
            .find_map(|note| note.strip_prefix(key)?.strip_prefix(": "))
    }
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All pages: those at the root, those of `docs/`, those that explain a folder.
pub fn pages() -> Vec<Page> {
    let mut paths: Vec<PathBuf> = ["", "docs", "reports", "snapshots", "scenarios"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root().join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| Page {
            name: path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned(),
            text: std::fs::read_to_string(path).unwrap(),
        })
        .collect()
}

pub fn page(name: &str) -> Page {
    pages()
        .into_iter()
        .find(|page| page.name == name)
        .unwrap_or_else(|| panic!("{name} is missing"))
}

impl Page {
    pub fn fences(&self) -> Vec<Fence<'_>> {
        let mut fences: Vec<Fence<'_>> = Vec::new();
        let mut open: Option<Fence<'_>> = None;
        let mut notes = Vec::new();
        for (index, line) in self.text.lines().enumerate() {
            match (&mut open, line.trim_start().strip_prefix("```")) {
                (None, Some(language)) => {
                    open = Some(Fence {
                        language: language.trim(),
                        text: String::new(),
                        notes: std::mem::take(&mut notes),
                        line: index + 2,
                    });
                }
                (Some(_), Some("")) => fences.extend(open.take()),
                (Some(fence), _) => {
                    fence.text.push_str(line);
                    fence.text.push('\n');
                }
                (None, None) => match line
                    .strip_prefix("<!-- ")
                    .and_then(|note| note.strip_suffix(" -->"))
                {
                    Some(note) => notes.push(note),
                    None => notes.clear(),
                },
            }
        }
        assert!(open.is_none(), "{}: a fence is not closed", self.name);
        fences
    }

    /// Lines outside fenced blocks.
    fn prose(&self) -> impl Iterator<Item = &str> {
        let mut inside = false;
        self.text.lines().filter(move |line| {
            let fence = line.trim_start().starts_with("```");
            inside ^= fence;
            !inside && !fence
        })
    }

    /// The anchors of its headings, as the usual viewers make them.
    pub fn anchors(&self) -> Vec<String> {
        self.prose()
            .filter_map(|line| {
                line.trim_start_matches('#')
                    .strip_prefix(' ')
                    .filter(|_| line.starts_with('#'))
            })
            .map(|heading| {
                let kept = heading
                    .trim()
                    .chars()
                    .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
                kept.collect::<String>().to_lowercase().replace(' ', "-")
            })
            .collect()
    }

    /// The targets of its links.
    pub fn links(&self) -> Vec<String> {
        let pattern = regex::Regex::new(r"\]\(([^)\s]+)\)").unwrap();
        let quoted = regex::Regex::new(r"`[^`]*`").unwrap();
        self.prose()
            .flat_map(|line| {
                let line = quoted.replace_all(line, "code").into_owned();
                let targets = pattern.captures_iter(&line).map(|found| found[1].to_owned());
                targets.collect::<Vec<_>>()
            })
            .collect()
    }

    /// The names of its generated regions.
    pub fn regions(&self) -> Vec<&str> {
        self.text
            .lines()
            .filter_map(|line| line.strip_prefix(REGION)?.strip_suffix(" -->"))
            .collect()
    }

    /// Its text with every generated region written anew.
    pub fn regenerated(&self, generate: impl Fn(&str) -> String) -> String {
        let mut text = String::new();
        let mut inside = false;
        for line in self.text.lines() {
            if line == END {
                inside = false;
            }
            if inside {
                continue;
            }
            text.push_str(line);
            text.push('\n');
            if let Some(name) = line
                .strip_prefix(REGION)
                .and_then(|rest| rest.strip_suffix(" -->"))
            {
                text.push_str(&format!("\n{}\n\n", generate(name).trim()));
                inside = true;
            }
        }
        assert!(
            !inside,
            "{}: a generated region is not closed by {END}",
            self.name
        );
        text
    }
}
