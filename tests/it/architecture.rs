//! Who may import whom, as ARCHITECTURE.md says.

use std::path::{Path, PathBuf};

/// A room and the rooms it must not know.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "domain",
        &[
            "acts", "analysis", "app", "article", "config", "insight", "jobs", "mail", "service",
            "store", "web", "words", "clock",
        ],
    ),
    (
        "article",
        &[
            "acts", "analysis", "app", "clock", "config", "domain", "insight", "jobs", "mail",
            "service", "store", "web", "words",
        ],
    ),
    (
        "analysis",
        &[
            "acts", "app", "article", "clock", "config", "domain", "insight", "jobs", "mail",
            "service", "store", "web", "words",
        ],
    ),
    ("mail", &["acts", "analysis", "app", "article", "insight", "jobs", "service", "store", "web"]),
    (
        "store",
        &[
            "acts", "analysis", "app", "article", "insight", "jobs", "mail", "service", "web",
            "words",
        ],
    ),
    ("insight", &["acts", "app", "article", "jobs", "mail", "web", "words"]),
    ("acts", &["app", "jobs", "web"]),
    ("jobs", &["app", "web"]),
    ("web", &["app", "jobs"]),
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<(String, String)> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let mut found = vec![];
    files(root, &mut found);
    found.sort();
    let named = found.into_iter().map(|path| {
        let name = path.strip_prefix(root).unwrap().display().to_string();
        (name, std::fs::read_to_string(path).unwrap())
    });
    named.collect()
}

/// The code without its tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap()
}

#[test]
fn nobody_imports_a_room_above_theirs() {
    let mut wrong = vec![];
    for (file, text) in sources() {
        let room = file.split(['/', '.']).next().unwrap();
        let Some((_, forbidden)) = FORBIDDEN.iter().find(|(name, _)| *name == room) else {
            continue;
        };
        for other in *forbidden {
            if code(&text).contains(&format!("crate::{other}::")) {
                wrong.push(format!("{file} imports {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_store_names_columns() {
    let outside = sources().into_iter().filter(|(file, _)| !file.starts_with("store"));
    for (file, text) in outside {
        assert!(!code(&text).contains("::Column::"), "{file} names a column");
        assert!(!code(&text).contains("store::entity"), "{file} knows an entity");
    }
}

#[test]
fn only_the_clock_asks_the_time() {
    for (file, text) in sources() {
        if file != "clock.rs" {
            for call in ["Utc::now", "Local::now", "SystemTime::now"] {
                assert!(!code(&text).contains(call), "{file} asks {call}");
            }
        }
    }
}

#[test]
fn files_stay_small_enough_to_hold_in_ones_head() {
    for (file, text) in sources() {
        let lines = code(&text).lines().filter(|line| !line.trim().is_empty()).count();
        assert!(lines <= 400, "{file} has {lines} lines");
    }
}
