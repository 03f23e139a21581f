//! Goose prints in most of its modes; in ours it must not, since stdout belongs to whoever reads our reports.

use std::process::Command;

#[test]
fn goose_prints_nothing() {
    // This program again, with one test that runs the engine, and nothing captured.
    let test = "load::engine::a_closed_run_makes_as_many_iterations_as_the_plan_says";
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture", "--test-threads", "1"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let stdout = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = stdout.lines().filter(|line| !line.is_empty()).collect();
    let [running, passed, result] = lines.as_slice() else {
        panic!("more than the test program itself says:\n{stdout}");
    };
    assert_eq!(*running, "running 1 test");
    assert_eq!(*passed, format!("test {test} ... ok"));
    assert!(result.starts_with("test result: ok. 1 passed"), "{result}");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
