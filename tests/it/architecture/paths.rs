//! Which top-level modules a file names, however it writes the path.

use super::token::{Token, follows};

/// Every top-level name that a path of this file starts from, with its line; `module` is the file's own module path.
///
/// Follows `crate::x`, `crate::{a, b::c}`, the binary's `utlegg::x`, and as many `super::` as lead to the root, also from
/// inline modules. A path that takes the root itself (`crate::*`, `use crate as x`) yields `*`.
pub fn named(tokens: &[Token], module: &[&str]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    // The brace depth at which each inline module was opened.
    let mut inline: Vec<usize> = Vec::new();
    let mut depth = 0;
    for (i, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "{" => {
                depth += 1;
                if i >= 2 && tokens[i - 2].text == "mod" {
                    inline.push(depth);
                }
            }
            "}" => {
                inline.pop_if(|opened| *opened == depth);
                depth -= 1;
            }
            "crate" | "utlegg" if follows(tokens, i + 1, &[":", ":"]) => heads(tokens, i + 3, &mut found),
            "crate" if follows(tokens, i + 1, &["as"]) => found.push((token.line, "*".to_owned())),
            "super" if i < 3 || tokens[i - 3].text != "super" => {
                climb(tokens, i, module.len() + inline.len(), &mut found);
            }
            _ => {}
        }
    }
    found
}

/// Follows the `super::` from `at` on; `levels` is how many of them lead to the root.
fn climb(tokens: &[Token], at: usize, levels: usize, found: &mut Vec<(usize, String)>) {
    let supers = (0..tokens.len())
        .take_while(|n| follows(tokens, at + 3 * n, &["super", ":", ":"]))
        .count();
    let rest = at + 3 * supers;
    if supers == 0 {
        return;
    }
    if supers == levels {
        heads(tokens, rest, found);
    } else if supers < levels && follows(tokens, rest, &["{"]) {
        for branch in branches(tokens, rest) {
            climb(tokens, branch, levels - supers, found);
        }
    }
}

/// Where each branch of the group that opens at `at` begins.
fn branches(tokens: &[Token], at: usize) -> Vec<usize> {
    let mut depth = 0;
    let mut begins = Vec::new();
    for (i, token) in tokens.iter().enumerate().skip(at) {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if (i == at || (token.text == "," && depth == 1)) && !follows(tokens, i + 1, &["}"]) {
            begins.push(i + 1);
        }
    }
    begins
}

/// The names that the rest of a path, from `at` on, can start with: one, or those of a group.
fn heads(tokens: &[Token], at: usize, found: &mut Vec<(usize, String)>) {
    let Some(token) = tokens.get(at) else { return };
    match token.text.as_str() {
        "{" => branches(tokens, at)
            .into_iter()
            .for_each(|branch| heads(tokens, branch, found)),
        "self" | "*" => found.push((token.line, "*".to_owned())),
        name => found.push((token.line, name.to_owned())),
    }
}
