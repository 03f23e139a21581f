//! Planted violations: each must be found, and what only looks like one must not.

use super::paths::named;
use super::rules::SourceFile;
use super::token::tokens;

/// The violations of a file with these contents.
fn violations(path: &str, text: &str) -> String {
    SourceFile::new(path, text).violations().join("\n")
}

/// The names that paths in `text` start from, for a file of the module `a::b`.
fn heads(text: &str) -> String {
    let names: Vec<String> = named(&tokens(text), &["a", "b"])
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    names.join(" ")
}

#[test]
fn a_foreign_module_is_found_with_its_line() {
    let found = violations(
        "report/x.rs",
        "//! Doc.\n\nuse crate::outcome::Event;\nuse crate::runner::Run;\n",
    );
    assert_eq!(
        found,
        "src/report/x.rs:4: `report` may not name `runner` (see the table in tests/it/architecture/table.rs)"
    );
    assert_eq!(
        violations("runner/mod.rs", "//! Doc.\nuse crate::{source, outcome::Event};"),
        ""
    );
    assert!(
        violations("runner/mod.rs", "//! Doc.\nuse crate::begjaering;").contains("may not name `begjaering`")
    );
    assert!(violations("assertion/x.rs", "//! Doc.\nfn f() { crate::mock::start() }").contains("`mock`"));
    assert!(
        violations("lib.rs", "//! Doc.\npub use crate::report::Fold;")
            .contains("`lib` may not name `report`")
    );
    assert!(
        violations("unknown/x.rs", "//! Doc.\nuse crate::source;")
            .contains("`unknown` may not name `source`")
    );
}

#[test]
fn every_spelling_of_a_path_is_understood() {
    for (text, expected) in [
        ("use crate::x::y;", "x"),
        ("use crate :: x;", "x"),
        ("use crate::{x, y::{z, w}, v as u,};", "x y v"),
        ("use crate::{\n    x::{self, Deep},\n    y,\n};", "x y"),
        ("use {crate::x, crate::y};", "x y"),
        ("use crate::{{x}, y};", "x y"),
        (
            "fn f() -> crate::x::T { <crate::y::U as crate::z::V>::new() }",
            "x y z",
        ),
        ("macro_rules! m { () => { $crate::x::f() } }", "x"),
        ("#[serde(with = \"crate::x\")] struct S;", ""),
        ("use super::super::x;", "x"),
        ("use super::super::{x, y::z};", "x y"),
        ("use super::x; use self::y; use super::{z, w};", ""),
        ("use self::super::super::x;", "x"),
        ("use super::{super::x, y, super::{z, w}};", "x z w"),
        (
            "mod inline { use super::super::x; use super::super::super::y; }",
            "y",
        ),
        (
            "mod inline { fn f() {} mod deeper { use super::super::super::super::y; } } use super::super::z;",
            "y z",
        ),
        ("pub(crate) fn f() {} pub(in crate::a) fn g() {}", "a"),
        ("use crate::*;", "*"),
        ("use crate::{self as root, x};", "* x"),
        ("use crate as root;", "*"),
        ("let r#crate2 = 1; use r#super2::x;", ""),
    ] {
        assert_eq!(heads(text), expected, "{text}");
    }
}

#[test]
fn comments_and_literals_are_not_code() {
    for text in [
        "// use crate::x;",
        "/* use crate::x; /* nested */ use crate::y; */",
        "/// [`crate::x`]\nstruct S;",
        "const S: &str = \"crate::x\";",
        "const S: &str = \"a \\\" crate::x\";",
        "const S: &str = r\"\\\" ; const T: &str = r#\"crate::x \" crate::y\"#;",
        "const S: &[u8] = b\"crate::x\"; const T: &[u8] = br#\"crate::y\"#;",
        "const C: char = '\"'; const D: char = '\\''; const E: char = '\\\"'; // crate::x",
        "const C: [char; 2] = ['{', '}'];",
    ] {
        assert_eq!(heads(text), "", "{text}");
    }
    // After each of them, code is code again.
    assert_eq!(
        heads("const C: char = '\"'; use crate::x; const D: char = '\"';"),
        "x"
    );
    assert_eq!(
        heads("fn f<'a>(s: &'a str) -> &'a crate::x::T { 'b: loop {} }"),
        "x"
    );
    assert_eq!(heads("const S: &str = r##\"a\"#b\"##; use crate::x;"), "x");
}

#[test]
fn a_file_without_heading_a_long_one_and_an_empty_name_are_found() {
    assert!(violations("http/x.rs", "use std::fs;\n").contains("does not start with a `//!` sentence"));
    assert!(violations("http/x.rs", "//!\nuse std::fs;\n").contains("does not start with a `//!` sentence"));
    assert!(
        violations("http/x.rs", "/// Doc.\nfn f() {}\n").contains("does not start with a `//!` sentence")
    );
    let code = |lines: usize| format!("//! Doc.\n{}", "const _: () = ();\n".repeat(lines - 1));
    assert_eq!(violations("http/x.rs", &code(400)), "");
    assert!(violations("http/x.rs", &code(401)).contains("401 lines besides its tests, more than 400"));
    let tests = format!(
        "#[cfg(test)]\nmod tests {{\n{}}}\n",
        "    const _: () = ();\n".repeat(300)
    );
    assert_eq!(violations("http/x.rs", &(code(400) + &tests)), "");
    assert!(violations("http/x.rs", &(code(400) + &tests + "fn after() {}\n")).contains("401 lines"));
    for path in [
        "http/utils.rs",
        "http/helpers.rs",
        "common/mod.rs",
        "http/util/x.rs",
    ] {
        assert!(
            violations(path, "//! Doc.\n").contains("says nothing about what is in it"),
            "{path}"
        );
    }
    assert_eq!(violations("http/utilisation.rs", "//! Doc.\n"), "");
}

#[test]
fn printing_and_unwrapping_are_found_where_they_must_not_be() {
    let code = "//! Doc.\nfn f() { println!(\"x\"); }\n";
    assert_eq!(
        violations("http/x.rs", code),
        "src/http/x.rs:2: `println`: only `cli` prints"
    );
    assert!(
        violations("http/x.rs", "//! Doc.\nfn f() { std::io::stderr().lock(); }")
            .contains("only `cli` prints")
    );
    assert!(violations("http/x.rs", "//! Doc.\nfn f() { dbg!(1); }").contains("only `cli` prints"));
    assert_eq!(
        violations(
            "http/x.rs",
            "//! Doc.\nfn f(c: &mut Command) { c.stdout(Stdio::null()); }"
        ),
        ""
    );
    assert_eq!(violations("cli/run.rs", code), "");
    assert_eq!(violations("main.rs", code), "");
    let unwraps = "//! Doc.\nfn f() {\n    x.unwrap();\n}\n";
    assert_eq!(
        violations("http/x.rs", unwraps),
        "src/http/x.rs:3: `.unwrap()` outside tests"
    );
    assert_eq!(
        violations(
            "http/x.rs",
            "//! Doc.\nfn f() { x.unwrap_or(1); s(\".unwrap()\") }"
        ),
        ""
    );
    let constant = "//! Doc.\npub const N: NonZero<u8> = NonZero::new(5).unwrap();\n";
    assert_eq!(violations("http/x.rs", constant), "");
    let function = "//! Doc.\nconst fn f() -> u8 { NonZero::new(5).unwrap().get() }\n";
    assert!(violations("http/x.rs", function).contains("`.unwrap()` outside tests"));
    assert!(violations("http/x.rs", "//! Doc.\n#[path = \"y.rs\"]\nmod z;").contains("`#[path]`"));
}

#[test]
fn tests_may_unwrap_and_print_and_code_after_them_may_not() {
    let tests = "#[cfg(test)]\nmod tests {\n    #[test]\n    fn t() { x.unwrap(); println!(\"}\"); }\n}\n";
    assert_eq!(violations("http/x.rs", &format!("//! Doc.\n{tests}")), "");
    let after = format!("//! Doc.\n{tests}fn f() {{ x.unwrap(); }}\n");
    assert_eq!(
        violations("http/x.rs", &after),
        "src/http/x.rs:7: `.unwrap()` outside tests"
    );
    let item = "//! Doc.\n#[cfg(test)]\nuse std::fs;\nfn f() { x.unwrap(); }\n";
    assert_eq!(
        violations("http/x.rs", item),
        "src/http/x.rs:4: `.unwrap()` outside tests"
    );
    let or = "//! Doc.\n#[cfg(any(test, feature = \"x\"))]\nmod m { fn f() { x.unwrap(); } }\n";
    assert!(violations("http/x.rs", or).contains("`.unwrap()` outside tests"));
}

#[test]
fn test_modules_in_files_of_their_own_are_known() {
    let parent = SourceFile::new(
        "http/mod.rs",
        "//! Doc.\n#[cfg(test)]\nmod tests;\nmod message;\n",
    );
    assert_eq!(parent.test_files().collect::<Vec<_>>(), ["http::tests"]);
    let mut tests = SourceFile::new("http/tests.rs", "//! Doc.\nfn f() { x.unwrap(); }\n");
    assert!(!tests.violations().is_empty());
    tests.is_test = true;
    assert!(tests.violations().is_empty());
}

#[test]
fn tests_may_not_name_foreign_modules_either() {
    let text = "//! Doc.\n#[cfg(test)]\nmod tests {\n    use crate::runner;\n}\n";
    assert!(violations("http/x.rs", text).starts_with("src/http/x.rs:4: `http` may not name `runner`"));
}
