//! The rules of the house, so that they stay true: who may import whom, who may ask what of the
//! system, and how long a file may be. ARCHITECTURE.md tells the reasons.

use std::fs;
use std::path::{Path, PathBuf};

/// What each room of `src` may use of the others. A room that is not named here fails the test:
/// who adds one says what it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("main", &["cli"]),
    ("lib", &[]),
    (
        "cli",
        &[
            "acts",
            "analysis",
            "app",
            "article",
            "clock",
            "config",
            "domain",
            "export",
            "forms",
            "href",
            "mail",
            "polis",
            "service",
            "store",
            "telemetry",
        ],
    ),
    (
        "app",
        &[
            "analysis",
            "clock",
            "config",
            "fetch",
            "insight",
            "jobs",
            "narrator",
            "service",
            "store",
            "telemetry",
            "web",
        ],
    ),
    (
        "web",
        &[
            "acts", "analysis", "article", "domain", "error", "export", "fetch", "forms", "href",
            "insight", "mail", "narrator", "pdf", "service", "store", "words",
        ],
    ),
    ("jobs", &["acts", "clock", "domain", "fetch", "mail", "service", "store"]),
    (
        "acts",
        &[
            "analysis",
            "article",
            "clock",
            "config",
            "credentials",
            "demo",
            "domain",
            "export",
            "fetch",
            "forms",
            "href",
            "insight",
            "mail",
            "narrator",
            "service",
            "store",
            "words",
        ],
    ),
    ("export", &["analysis", "domain", "insight", "polis", "service", "store"]),
    // The brief is written in the language of its questionnaire.
    ("insight", &["analysis", "article", "clock", "domain", "service", "store", "words"]),
    ("pdf", &[]),
    ("fetch", &["config", "domain"]),
    ("narrator", &["config", "domain"]),
    ("credentials", &[]),
    ("service", &["clock", "config", "domain", "fetch", "insight", "mail", "narrator", "store"]),
    ("store", &["domain"]),
    ("mail", &["domain", "words"]),
    ("demo", &["domain"]),
    ("article", &[]),
    ("analysis", &[]),
    ("polis", &["analysis"]),
    ("forms", &["domain"]),
    ("domain", &[]),
    ("href", &["domain"]),
    // An act has a small error of its own; here it becomes one that a visitor can tell apart.
    ("error", &["acts", "domain", "store"]),
    ("telemetry", &["config"]),
    ("config", &["domain", "mail"]),
    ("clock", &[]),
    ("words", &[]),
];

/// Crates that only these rooms may name.
const ONLY: &[(&str, &[&str])] = &[
    ("actix_web", &["app", "cli", "error", "telemetry", "web"]),
    ("actix_multipart", &["web"]),
    ("maud", &["web", "mail"]),
    ("async_imap", &["mail"]),
    ("lettre", &["acts", "config", "domain", "jobs", "mail"]),
    ("sea_orm", &["acts", "domain", "error", "export", "insight", "jobs", "store"]),
    ("pulldown_cmark", &["article"]),
    ("jieba_rs", &["analysis"]),
    ("hickory_resolver", &["cli"]),
    ("argon2", &["credentials"]),
    ("openidconnect", &["credentials"]),
    ("reqwest", &["cli", "credentials", "fetch", "narrator"]),
    ("webauthn_rs", &["credentials"]),
    ("typst", &["pdf"]),
    ("typst_kit", &["pdf"]),
    ("typst_pdf", &["pdf"]),
];

/// A source file: its path under `src`, its room, its lines without the tests at the end.
struct Source {
    path: PathBuf,
    room: String,
    lines: Vec<String>,
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources: Vec<Source> = files(&root)
        .into_iter()
        .filter(|file| file.extension().is_some_and(|e| e == "rs"))
        .filter(|file| file.file_stem().is_some_and(|stem| stem != "tests"))
        .filter_map(|file| {
            let path = file.strip_prefix(&root).unwrap().to_owned();
            if path.components().any(|part| part.as_os_str() == "tests") {
                return None;
            }
            let first = path.with_extension("").iter().next().unwrap().to_str().unwrap().to_owned();
            let whole = fs::read_to_string(&file).unwrap();
            let code = whole.split("#[cfg(test)]\nmod tests {").next().unwrap();
            Some(Source { path, room: first, lines: code.lines().map(ToOwned::to_owned).collect() })
        })
        .collect();
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(sources.len() > 50, "the sources are not where this test looks");
    sources
}

/// Where a line of code satisfies `astray`.
fn found(astray: impl Fn(&Source, &str) -> Option<String>) -> Vec<String> {
    let mut found = vec![];
    for source in sources() {
        for (number, line) in (1..).zip(&source.lines) {
            let code = line.split("//").next().unwrap_or_default();
            if let Some(what) = astray(&source, code) {
                found.push(format!("src/{}:{number} {what}", source.path.display()));
            }
        }
    }
    found
}

#[test]
fn imports_point_inwards() {
    let astray = found(|source, line| {
        let may = MAY_USE.iter().find(|(room, _)| *room == source.room);
        let Some((_, may)) = may else { return Some(format!("is in no known room: {line}")) };
        let used = line.split("crate::").skip(1).map(|after| {
            after.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
        });
        let astray: Vec<_> = used.filter(|u| *u != source.room && !may.contains(u)).collect();
        (!astray.is_empty()).then(|| format!("uses {}", astray.join(", ")))
    });
    assert!(astray.is_empty(), "{astray:#?}");
}

#[test]
fn crates_stay_in_their_rooms() {
    let astray = found(|source, line| {
        let named = |name: &str| {
            line.split(name).zip(line.split(name).skip(1)).any(|(before, after)| {
                after.starts_with("::")
                    && !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
            })
        };
        let (name, _) =
            ONLY.iter().find(|(name, rooms)| named(name) && !rooms.contains(&&*source.room))?;
        Some(format!("names {name}"))
    });
    assert!(astray.is_empty(), "{astray:#?}");
}

#[test]
fn only_the_store_names_columns_and_asks_the_database() {
    let astray = found(|source, line| {
        let asks = ["Column::", "Entity::", "QueryFilter", "EntityTrait", "store::entity"];
        let what = asks.iter().find(|what| line.contains(**what))?;
        (source.room != "store").then(|| format!("says {what}"))
    });
    assert!(astray.is_empty(), "{astray:#?}");
}

#[test]
fn pages_change_nothing_themselves() {
    let astray = found(|source, line| {
        let writes = ["store.write()", ".intake.keep(", "clock.name()", "clock.random_name()"];
        let what = writes.iter().find(|what| line.contains(**what))?;
        // A form is given its key when it is drawn: that is a name, not a change.
        let key =
            source.path.to_str().unwrap().starts_with("web/answer") && what.contains("random_name");
        (source.room == "web" && !key).then(|| format!("says {what}"))
    });
    assert!(astray.is_empty(), "{astray:#?}");
}

#[test]
fn no_file_is_too_long_to_read() {
    let long: Vec<_> = sources()
        .into_iter()
        .filter(|source| source.lines.len() > 400)
        .map(|source| format!("{}: {} lines", source.path.display(), source.lines.len()))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn every_module_says_what_lives_there() {
    let mute: Vec<_> = sources()
        .into_iter()
        .filter(|source| !source.lines.first().is_some_and(|line| line.starts_with("//! ")))
        .map(|source| source.path)
        .collect();
    assert!(mute.is_empty(), "{mute:#?}");
}

#[test]
fn modules_stand_beside_their_folders() {
    let old: Vec<_> = sources().into_iter().filter(|s| s.path.ends_with("mod.rs")).collect();
    assert!(old.is_empty(), "name.rs beside name/, never mod.rs");
}
