//! `utlegg mock`: a vendor's own client finds everything it needs in what is printed.

use std::collections::BTreeMap;
use std::net::TcpListener;

use crate::command::Folder;

const READY: &str = "/status/TEST_SAK_BESLUTTET";

/// `KEY=value` lines.
fn variables(text: &str) -> BTreeMap<&str, &str> {
    text.lines().filter_map(|line| line.split_once('=')).collect()
}

#[test]
fn it_prints_what_a_client_needs_and_ends_with_ctrl_c() {
    let folder = Folder::new();
    let mut mock = folder.utlegg("mock").start();
    let said = mock.until_it_says(READY);
    let values = variables(&said);
    for name in [
        "BASE_URL",
        "TOKEN_URL",
        "ISSUER",
        "SCOPE",
        "CLIENT_ID",
        "KEY_ID",
        "KEY_FILE",
    ] {
        assert!(
            values.contains_key(format!("UTLEGG_{name}").as_str()),
            "{name}: {said}"
        );
    }
    for url in ["UTLEGG_BASE_URL", "UTLEGG_TOKEN_URL"] {
        assert!(values[url].starts_with("http://127.0.0.1:"), "{said}");
    }
    let key = values["UTLEGG_KEY_FILE"].to_owned();
    assert!(std::fs::read_to_string(&key).unwrap().contains("PRIVATE KEY"));
    mock.signal("INT");
    mock.end().exits_with(0);
    assert!(
        !std::path::Path::new(&key).exists(),
        "the key of an unnamed mock dies with it"
    );
    assert!(folder.all_files().is_empty());
}

#[test]
fn the_printed_example_works_as_it_stands() {
    let folder = Folder::new();
    let has_curl = folder.shell("command -v curl").run().code == Some(0);
    let mut mock = folder.utlegg("mock").start();
    mock.until_it_says(READY);
    let said = mock.until_it_says("'Accept: application/json'");
    let example = said.split_once("# Try it:").unwrap().1;
    if has_curl {
        let answer = folder.shell(example).run().exits_with(0);
        let answer: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
        assert_eq!(answer["saksstatus"], "sakBesluttet");
    } else {
        assert!(example.contains("curl -s http://127.0.0.1:"));
    }
    mock.signal("TERM");
    mock.end().exits_with(0);
}

#[test]
fn its_file_of_variables_makes_it_an_environment_of_a_run() {
    let folder = Folder::new().file("mock.env", "open to all");
    let mut mock = folder.utlegg("mock --env-file mock.env").start();
    mock.until_it_says(READY);
    let text = folder.text("mock.env");
    let values = variables(&text);
    #[cfg(unix)]
    for file in ["mock.env", values["UTLEGG_KEY_FILE"]] {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(folder.path(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    assert!(std::path::Path::new(values["UTLEGG_KEY_FILE"]).is_absolute());
    let settings = format!(
        "environments:
  standing:
    base_url: {}
    maskinporten: {{ issuer: \"{}\", token_url: \"{}\", client_id: \"{}\", scope: \"{}\", key: \"{}\", kid: \"{}\" }}
    identities:
      vendor: {{ kind: own, organisation: \"{}\" }}
",
        values["UTLEGG_BASE_URL"],
        values["UTLEGG_ISSUER"],
        values["UTLEGG_TOKEN_URL"],
        values["UTLEGG_CLIENT_ID"],
        values["UTLEGG_SCOPE"],
        values["UTLEGG_KEY_FILE"],
        values["UTLEGG_KEY_ID"],
        values["UTLEGG_VENDOR"],
    );
    let folder = folder.file("utlegg.yaml", settings).file(
        "status.yaml",
        "scenario: status\ntitle: A fixed reference\nmodels: [v2]\nsteps:\n  - call: case-status\n    \
         with: { eksternSaksreferanse: TEST_SAK_BESLUTTET }\n    \
         expect: { status: success, body: { \"$.saksstatus\": sakBesluttet } }\n",
    );
    let run = folder.utlegg("run status.yaml --env standing").run();
    run.exits_with(0).says(&["against standing", "1 passed"]);
    mock.signal("INT");
    mock.end().exits_with(0);
}

#[test]
fn a_program_that_starts_it_as_its_child_gets_one_line_and_ends_it_with_its_input() {
    // Standard input is empty here, so it ends by itself once it has said where it is.
    let folder = Folder::new();
    let output = folder
        .utlegg("mock --json --while-stdin --persons 30")
        .run()
        .exits_with(0);
    assert_eq!(output.stdout.lines().count(), 1, "{}", output.stdout);
    let said: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    for name in ["issuer", "token_url", "register_url", "admin_url"] {
        assert!(
            said[name].as_str().unwrap().starts_with("http://127.0.0.1:"),
            "{said}"
        );
    }
    assert_eq!(said["base_urls"].as_object().unwrap().len(), 2);
    assert!(said["private_key_pem"].as_str().unwrap().contains("PRIVATE KEY"));
    assert!(folder.all_files().is_empty());
}

#[test]
fn sizes_that_are_none() {
    let folder = Folder::new();
    let output = folder.utlegg("mock --retain 0").run();
    output.exits_with(2).complains(&["--retain", "at least 1"]);
    let output = folder.utlegg("mock --retain many").run();
    output.exits_with(2).complains(&["not a whole number"]);
    let output = folder.utlegg("mock --latency fast").run();
    output
        .exits_with(2)
        .complains(&["`fast` is no time; write 500us, 20ms or 2s"]);
    let output = folder.utlegg("mock --stall 2s").run();
    output
        .exits_with(2)
        .complains(&["--stall", "is no stall; write 2s@5s"]);
    let output = folder.utlegg("mock --latency hest=2ms").run();
    output
        .exits_with(3)
        .complains(&["no contract has the operation `hest`"]);
}

#[test]
fn a_port_that_is_taken() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let output = Folder::new().utlegg(&format!("mock --port {port}")).run();
    output.exits_with(3).complains(&[
        "another program uses the port",
        "choose another port, or 0 for any",
    ]);
}

#[test]
fn a_named_port_is_taken_on_loopback_only() {
    let port = {
        let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        free.local_addr().unwrap().port()
    };
    let folder = Folder::new();
    let mut mock = folder.utlegg(&format!("mock --port {port}")).start();
    mock.until_it_says(&format!("serves on 127.0.0.1:{port}"));
    // Another address of the same machine is free on that port.
    if cfg!(target_os = "linux") {
        TcpListener::bind(("127.0.0.2", port)).unwrap();
    }
    mock.signal("INT");
    mock.end().exits_with(0);
}

#[test]
fn a_file_of_variables_that_cannot_be_written() {
    let output = Folder::new().utlegg("mock --env-file nowhere/mock.env").run();
    output.exits_with(3).complains(&["cannot write", "nowhere/mock"]);
}
