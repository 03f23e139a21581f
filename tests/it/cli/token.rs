//! `utlegg token`: what a token says, and what a refusal means, against the mock's Maskinporten.

use crate::command::{Folder, Output};

/// Settings for the mock that printed `said`, the client's id taken from it or another.
fn settings(said: &str, client_id: Option<&str>, issuer_end: &str) -> String {
    let value = |name: &str| {
        let line = said
            .lines()
            .find_map(|line| line.strip_prefix(&format!("UTLEGG_{name}=")));
        line.unwrap_or_else(|| panic!("{name}: {said}")).to_owned()
    };
    format!(
        "environments:\n  local:\n    base_url: {}\n    identities:\n      vendor: {{ organisation: \"310844136\" }}\n      \
         customer: {{ organisation: \"311758489\", kind: system-user }}\n    maskinporten:\n      issuer: {}{issuer_end}\n      \
         token_url: {}\n      client_id: {}\n      scope: {}\n      key: {}\n      kid: {}\n",
        value("BASE_URL"),
        value("ISSUER"),
        value("TOKEN_URL"),
        client_id.map_or_else(|| value("CLIENT_ID"), str::to_owned),
        value("SCOPE"),
        value("KEY_FILE"),
        value("KEY_ID"),
    )
}

fn token(settings: &str, arguments: &str) -> Output {
    let folder = Folder::new().file("utlegg.yaml", settings);
    folder.utlegg(&format!("token --env local {arguments}")).run()
}

#[test]
fn a_token_is_explained_and_never_shown() {
    let folder = Folder::new();
    let mut mock = folder.utlegg("mock").start();
    let said = mock.until_it_says("/status/TEST_SAK_BESLUTTET");
    let good = settings(&said, None, "");
    let shown = token(&good, "").exits_with(0).stdout;
    for expected in [
        "for identity `vendor`",
        "scope",
        "skatteetaten:utleggsbegjaering",
        "the consumer",
        "RS256",
    ] {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
    let shown = token(&good, "--as customer").exits_with(0).stdout;
    assert!(
        shown.contains("311758489, the organisation of the system user"),
        "{shown}"
    );
    let json = token(&good, "--json").exits_with(0).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["claims"]["token_type"], "Bearer");
    // Three parts of base64url: a token. None may be in what is printed.
    let jwt = regex::Regex::new(r"eyJ[\w-]{20,}\.[\w-]{20,}\.[\w-]{20,}").unwrap();
    assert!(!jwt.is_match(&shown) && !jwt.is_match(&json.to_string()));
    for secret in ["--raw", "--curl"] {
        let refused = token(&good, secret).exits_with(2);
        assert!(refused.stderr.contains("terminal only"), "{}", refused.stderr);
        assert!(!jwt.is_match(&refused.stdout) && !jwt.is_match(&refused.stderr));
    }
}

#[test]
fn a_refusal_says_what_it_means_and_what_to_do() {
    let folder = Folder::new();
    let mut mock = folder.utlegg("mock").start();
    let said = mock.until_it_says("/status/TEST_SAK_BESLUTTET");
    let refused = token(
        &settings(&said, Some("00000000-0000-0000-0000-000000000000"), ""),
        "",
    )
    .exits_with(3);
    assert!(refused.stderr.contains("`client_id`"), "{}", refused.stderr);
    let refused = token(&settings(&said, None, "other/"), "").exits_with(3);
    assert!(refused.stderr.contains("trailing slash"), "{}", refused.stderr);
    let misspelt = token(&settings(&said, None, ""), "--as custommer").exits_with(3);
    assert!(
        misspelt.stderr.contains("did you mean `customer`"),
        "{}",
        misspelt.stderr
    );
    let gone = settings(&said, None, "");
    let gone = regex::Regex::new(r"127\.0\.0\.1:\d+")
        .unwrap()
        .replace_all(&gone, "127.0.0.1:1")
        .into_owned();
    let silent = token(&gone, "").exits_with(4);
    assert!(silent.stderr.contains("nothing listens"), "{}", silent.stderr);
}
