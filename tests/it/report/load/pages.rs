//! `report.html` of a load run. What only a browser can tell is left to `tests/peers/browser`, which opens these pages.

use std::fs;
use std::path::PathBuf;

use utlegg::outcome::load::LoadResult;
use utlegg::report::load::LoadFormat;

use super::sample;

fn page(result: &LoadResult) -> String {
    let mut out = Vec::new();
    LoadFormat::Html.write(result, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Keeps `page` where the browser's check finds it.
fn keep(name: &str, page: &str) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), page).unwrap();
}

/// Every path drawn as a series: its class and how it is drawn.
fn drawn(page: &str) -> Vec<(String, String)> {
    let path = regex::Regex::new(r#"<path class="series ([a-z0-9]+)" d="([^"]*)"/>"#).unwrap();
    path.captures_iter(page)
        .map(|found| (found[1].to_owned(), found[2].to_owned()))
        .collect()
}

#[test]
fn a_page_has_every_section_and_chart() {
    let page = page(&sample::missed());
    keep("missed.html", &page);
    for id in [
        "thresholds",
        "time",
        "steps",
        "curves",
        "failures",
        "injector",
        "run",
    ] {
        assert!(page.contains(&format!("<h2 id=\"{id}\">")), "{id}");
        assert!(page.contains(&format!("<a href=\"#{id}\">")), "{id}");
    }
    let charts: Vec<&str> = page.matches("<svg class=\"chart").collect();
    assert_eq!(
        charts.len(),
        4 * 2 + 8,
        "four over time in two sizes, a curve for all calls and for each row"
    );
    assert_eq!(
        page.matches("role=\"img\" aria-labelledby=").count(),
        charts.len()
    );
    assert_eq!(page.matches("<desc id=").count(), charts.len());
    for class in [
        "p50", "p95", "p99", "max", "due", "begun", "errors", "dropped", "response", "service",
    ] {
        let points = drawn(&page)
            .into_iter()
            .filter(|(name, d)| name == class && d.len() > 20);
        assert!(points.count() >= 1, "{class}");
    }
    for said in [
        "Threshold missed",
        "p99 of submit &lt; 20ms",
        "47.2ms",
        "load&#x2f;pilot.yaml:14:5",
        "utlegg load load&#x2f;pilot.yaml --seed 42",
        "SHA-256",
        "no complete answer within 30 s",
        "KB-001: 14",
    ] {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn ids_are_unique_and_every_link_leads_somewhere() {
    let id = regex::Regex::new(r#" id="([^"]+)""#).unwrap();
    let link = regex::Regex::new(r##"href="#([^"]+)""##).unwrap();
    let label = regex::Regex::new(r#"aria-labelledby="([^"]+)""#).unwrap();
    for result in [sample::missed(), sample::empty()] {
        let page = page(&result);
        let mut ids: Vec<&str> = id
            .captures_iter(&page)
            .map(|it| it.get(1).unwrap().as_str())
            .collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
        for link in link.captures_iter(&page) {
            assert!(ids.contains(&link.get(1).unwrap().as_str()), "{}", &link[1]);
        }
        for labels in label.captures_iter(&page) {
            for label in labels[1].split(' ') {
                assert!(ids.contains(&label), "{label}");
            }
        }
    }
}

#[test]
fn text_from_outside_stays_text() {
    let page = page(&sample::hostile());
    keep("hostile.html", &page);
    for evil in ["<script", "<img", "\u{1b}", "]]>&<", "</title></style>", "\"]]"] {
        assert!(!page.contains(evil), "{evil}");
    }
    assert_eq!(page.matches("</style>").count(), 1);
    assert_eq!(
        page.matches("</title>").count(),
        1 + page.matches("<title id=").count()
    );
    assert!(page.contains("&lt;script&gt;alert(&#x27;x&#x27;)&lt;&#x2f;script&gt;"));
    assert!(
        page.contains("{{ 7*7 }}"),
        "a template in a name is not carried out"
    );
}

#[test]
fn a_page_needs_nothing_from_anywhere() {
    let page = page(&sample::missed());
    let outside = regex::Regex::new(r#"(?i)(src|href|xlink:href|action|srcset)="([^"]*)""#).unwrap();
    for found in outside.captures_iter(&page) {
        assert!(
            found[2].starts_with('#') || &found[2] == "data:,",
            "{}",
            &found[0]
        );
    }
    assert!(!page.contains("@import") && !page.contains("url("));
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn what_was_not_measured_is_said_and_not_drawn() {
    let page = page(&sample::empty());
    keep("empty.html", &page);
    assert!(!page.contains("<svg class=\"chart"));
    assert!(page.contains("There is nothing to draw: no second was measured."));
    assert!(page.contains("There were 50 failures during the warm-up"));
    assert!(!page.contains("href=\"#curves\""));
}

#[test]
fn hours_of_run_stay_a_small_file() {
    let mut result = sample::missed();
    result.series = sample::series(8 * 3_600);
    let rows = result.rows.clone();
    for i in 0..60 {
        result.rows.extend(rows.iter().cloned().map(|mut row| {
            row.name = format!("{} {i}", row.name);
            row
        }));
    }
    let page = page(&result);
    keep("hours.html", &page);
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
    assert!(page.contains("Each point stands for 120 seconds"));
    // The stall of two seconds in the middle is still the highest point.
    assert!(page.contains("came at second 9600."), "{}", &page[..200]);
}

#[test]
fn other_verdicts_have_their_own_mark() {
    let passed = page(&sample::passed());
    keep("passed.html", &passed);
    assert!(passed.contains("<p class=\"verdict good\"><strong>✓ Passed</strong>"));
    let open = page(&sample::inconclusive());
    keep("inconclusive.html", &open);
    assert!(open.contains("<p class=\"verdict open\"><strong>? Inconclusive</strong>"));
    assert!(open.contains("✗ not kept"));
}
