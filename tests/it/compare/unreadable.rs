//! Damaged and missing files: what is wrong, in which file, what to do.

use std::fs;
use std::path::Path;

use utlegg::compare::Run;
use utlegg::outcome::load::LoadResult;

use super::stored::store;

/// The error on reading a run that `harm` was done to.
fn error(change: impl FnOnce(&mut LoadResult), harm: impl FnOnce(&Path)) -> String {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("run");
    store(&folder, 1.0, 1, change);
    assert!(folder.join("load.json").is_file());
    harm(&folder);
    let error = Run::read(&folder).unwrap_err().to_string();
    error
        .replace(&format!("{}/", folder.display()), "")
        .replace(&folder.display().to_string(), "FOLDER")
}

const LOG: &str = "hdr/0.response.hlog";

fn rewritten(folder: &Path, name: &str, change: impl FnOnce(String) -> String) {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, change(text)).unwrap();
}

#[test]
fn a_run_as_it_was_written_is_read() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("run");
    store(&folder, 1.0, 1, |_| {});
    assert_eq!(Run::read(&folder).unwrap().result.run.run_id, "run");
}

#[test]
fn load_json() {
    let missing = error(
        |_| {},
        |folder| fs::remove_file(folder.join("load.json")).unwrap(),
    );
    assert_eq!(
        missing,
        "FOLDER is not the folder of a load run: there is no load.json in it"
    );
    let cut = error(
        |_| {},
        |folder| rewritten(folder, "load.json", |text| text[..500].to_owned()),
    );
    assert!(
        cut.starts_with("load.json is damaged: EOF while parsing"),
        "{cut}"
    );
    let form = error(|run| run.schema_version = 9, |_| {});
    assert!(
        form.starts_with("load.json has form 9, this version of utlegg reads form 1"),
        "{form}"
    );
    let nameless = error(|run| run.rows[0].response_log = None, |_| {});
    assert_eq!(
        nameless,
        "load.json is damaged: it names no interval log for sample/step-0 (v2); repeat the run, or compare with another one"
    );
}

#[test]
fn interval_logs() {
    let missing = error(|_| {}, |folder| fs::remove_file(folder.join(LOG)).unwrap());
    assert!(
        missing.starts_with("cannot read hdr/0.response.hlog: No such file"),
        "{missing}"
    );
    let cut = error(
        |_| {},
        |folder| rewritten(folder, LOG, |text| text[..text.len() - 9].to_owned()),
    );
    assert_eq!(
        cut,
        "hdr/0.response.hlog is damaged: line 42 is no line of an interval log, or has no end; repeat the run, or compare with another one"
    );
    let lines = |text: String| text.lines().take(30).flat_map(|line| [line, "\n"]).collect();
    let fewer = error(|_| {}, |folder| rewritten(folder, LOG, lines));
    assert!(
        fewer.starts_with(
            "hdr/0.response.hlog is damaged: it holds 2800 samples of sample/step-0 (v2), load.json says 4000"
        ),
        "{fewer}"
    );
    let letters = |text: String| text.replacen("HISTFA", "HIST??", 1);
    let base64 = error(|_| {}, |folder| rewritten(folder, LOG, letters));
    assert!(base64.contains("the interval at 0 s is not base64"), "{base64}");
    let cookie = error(
        |_| {},
        |folder| rewritten(folder, LOG, |text| text.replacen("HISTFA", "AAAAAA", 1)),
    );
    assert!(
        cookie.contains("the histogram of the interval at 0 s cannot be read: The cookie"),
        "{cookie}"
    );
    let late = error(
        |_| {},
        |folder| {
            rewritten(folder, LOG, |text| {
                text.replacen("\n39.000", "\n999999999.000", 1)
            });
        },
    );
    assert!(
        late.contains("an interval at second 999999999 of the run"),
        "{late}"
    );
}
