//! Opinion groups from the command line: real conversations, and files that are none.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

fn data(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/polis");
    folder.join(name).to_str().unwrap().to_owned()
}

/// Runs `colloquy opinions` in a folder that must stay as it is.
fn opinions(arguments: &[&str]) -> (bool, String, String) {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_colloquy"))
        .arg("opinions")
        .args(arguments)
        .current_dir(home.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0, "it keeps something");
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

fn json(arguments: &[&str]) -> Value {
    let (well, said, error) = opinions(&[arguments, &["--json"]].concat());
    assert!(well, "{error}");
    serde_json::from_str(&said).unwrap()
}

fn golden(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(data(name)).unwrap()).unwrap()
}

/// A file with these bytes; it goes with the folder.
fn file(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("votes.csv");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn of_bytes(bytes: &[u8]) -> (bool, String, String) {
    let (_folder, path) = file(bytes);
    opinions(&[path.to_str().unwrap()])
}

fn json_of_bytes(bytes: &[u8]) -> Value {
    let (_folder, path) = file(bytes);
    json(&[path.to_str().unwrap()])
}

#[test]
fn a_conversation_as_polis_exports_it_is_read_and_its_groups_are_found() {
    let votes = data("15-per-hour-seattle.participants-votes.csv");
    let comments = data("15-per-hour-seattle.comments.csv");
    let said = json(&[&votes, "--comments", &comments]);
    let golden = golden("15-per-hour-seattle.golden.json");

    assert_eq!(said["people"], golden["participants"]);
    let (rejected, out) = (said["rejected"].as_array().unwrap(), &golden["moderated_out"]);
    assert_eq!(rejected.len(), out.as_array().unwrap().len());
    assert_eq!(said["statements_counted"], 54 - rejected.len());
    assert_eq!(said["verdict"]["found"], "groups");
    assert_eq!(said["verdict"]["placed"], golden["participants_with_enough_votes"]);
    assert_eq!(said["groups"].as_array().unwrap().len(), 2);
    assert!(said["agreement_with_given_groups"]["adjusted_rand"].as_f64().unwrap() > 0.8);

    // The means are those that were computed independently, statement by statement.
    for statement in said["statements"].as_array().unwrap() {
        let id: usize = statement["id"].as_str().unwrap().parse().unwrap();
        let mean = golden["pca"]["center"][id].as_f64().unwrap();
        assert!((statement["mean"].as_f64().unwrap() - mean).abs() < 1e-12, "{id}");
        assert!(!statement["text"].as_str().unwrap().is_empty());
        let loading = golden["pca"]["components"][0][id].as_f64().unwrap();
        assert!((statement["loadings"][0].as_f64().unwrap() - loading).abs() < 1e-9, "{id}");
    }
    // Everybody who is placed is in one group, and what sets a group apart is counted in it.
    let groups = said["groups"].as_array().unwrap();
    let members: usize = groups.iter().map(|g| g["members"].as_array().unwrap().len()).sum();
    assert_eq!(said["map"].as_array().unwrap().len(), members);
    for shown in groups.iter().flat_map(|g| g["representative"].as_array().unwrap()) {
        let part =
            |of: &str| shown[of]["part"].as_f64().unwrap() / shown[of]["n"].as_f64().unwrap();
        assert!(part("inside") > 0.5 && part("inside") > part("elsewhere"), "{shown}");
    }
}

#[test]
fn it_says_the_same_in_words() {
    let votes = data("15-per-hour-seattle.participants-votes.csv");
    let comments = data("15-per-hour-seattle.comments.csv");
    let (well, said, _) = opinions(&[&votes, "--comments", &comments]);
    assert!(well);
    for words in [
        "339 people, 31 statements",
        "23 statements moderated out",
        "138 people voted on enough",
        "2 groups.",
        "Group A: 93 people",
        "Group B: 45 people",
        "adjusted Rand index 0.829",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let (well, said, _) = opinions(&[&data("london.youth.policing.participants-votes.csv")]);
    assert!(well && said.contains("No groups: people differ, but not in camps."), "{said}");
    assert!(!said.contains("Group A"), "{said}");
}

#[test]
fn the_number_of_groups_can_be_asked_for() {
    let votes = data("15-per-hour-seattle.participants-votes.csv");
    let said = json(&[&votes, "--k", "2"]);
    assert_eq!(said["settings"]["k"], 2);
    assert_eq!(said["groups"].as_array().unwrap().len(), 2);
    // Asked for or not, groups are shown only where chance would hardly draw them.
    let said = json(&[&votes, "--k", "5"]);
    assert_eq!(
        (&said["verdict"]["found"], &said["groups"]),
        (&"no-groups".into(), &Value::Array(vec![]))
    );
    let (_, said, _) = opinions(&[&votes, "--k", "5"]);
    assert!(said.contains("Not 5 groups:"), "{said}");
    for k in ["0", "1", "27", "many"] {
        let (well, _, error) = opinions(&[&votes, "--k", k]);
        assert!(!well && error.contains("--k"), "{error}");
    }
}

#[test]
fn a_plain_matrix_is_read_too_in_whatever_order() {
    // Two camps of nine over ten statements, as a spreadsheet saves them.
    let mut lines: Vec<String> = (0..18)
        .map(|person| {
            let vote = |at: usize| if (person < 9) == (at < 5) { ";1" } else { ";-1" };
            [format!("p{person}"), (0..10).map(vote).collect()].concat()
        })
        .collect();
    let header = "who;s0;s1;s2;s3;s4;s5;s6;s7;s8;s9";
    let table = |lines: &[String]| format!("\u{feff}{header}\r\n{}\r\n", lines.join("\r\n"));
    let said = json_of_bytes(table(&lines).as_bytes());
    let members = |said: &Value| -> Vec<Vec<String>> {
        let groups = said["groups"].as_array().unwrap().iter();
        let names = |group: &Value| -> Vec<String> {
            let mut names: Vec<String> = serde_json::from_value(group["members"].clone()).unwrap();
            names.sort();
            names
        };
        groups.map(names).collect()
    };
    let camp = |from: usize| -> Vec<String> { (from..from + 9).map(|p| format!("p{p}")).collect() };
    let mut camps = [camp(0), camp(9)];
    for camp in &mut camps {
        camp.sort();
    }
    let mut found = members(&said);
    found.sort();
    assert_eq!(found, camps);
    lines.reverse();
    let again = json_of_bytes(table(&lines).as_bytes());
    assert_eq!(members(&again), members(&said));
    assert_eq!(again["verdict"], said["verdict"]);
    assert_eq!(again["statements"], said["statements"]);
}

#[test]
fn few_people_or_statements_are_no_error() {
    for (bytes, people, statements) in [
        ("id,a,b\nx,1,0\n", 1, 2),
        ("id,a\nx,1\ny,-1\nz,0\n", 3, 1),
        ("id,a,b\n", 0, 2),
        ("id\nx\ny\n", 2, 0),
        ("id,a,b\nx,,\ny,,\n", 2, 2),
    ] {
        let said = json_of_bytes(bytes.as_bytes());
        assert_eq!(said["people"], people, "{bytes}");
        assert_eq!(said["statements_counted"], statements, "{bytes}");
        assert_eq!(said["verdict"]["found"], "too-few", "{bytes}");
        let (well, said, _) = of_bytes(bytes.as_bytes());
        assert!(well && said.contains("Too few to look for groups"), "{said}");
    }
}

#[test]
fn what_is_no_table_of_votes_is_refused_with_line_and_column() {
    for (bytes, expected) in [
        (&b""[..], "line 1: the file is empty"),
        (b"id,a\nx,1\ny,3\n", "line 3, column “a”: “3” is no vote"),
        (b"id,a\nx,yes\n", "line 2, column “a”: “yes” is no vote"),
        (b"id,a,b\nx,1,1\ny,1\n", "line 3: it has 2 cells; the first line has 3"),
        (b"id,a\nx,1\nx,1\n", "line 3, column “id”: “x” stands in line 2 already"),
        (b"id,a\nx,\xff\n", "line 2, column “a”: it is not UTF-8"),
        (b"id,a\xff\nx,1\n", "line 1: the name of column 2 is not UTF-8"),
        (b"\xff\xfei\0d\0", "line 1: the file is UTF-16"),
        (b"id,a\nx,\0\n", "line 2: the file holds zero bytes"),
    ] {
        let (well, said, error) = of_bytes(bytes);
        let start = error.starts_with("colloquy: ") && error.lines().count() == 1;
        assert!(!well && said.is_empty() && start, "{error}");
        assert!(error.contains("votes.csv could not be read: "), "{error}");
        assert!(error.contains(expected), "{expected}: {error}");
    }
    let (well, _, error) = opinions(&["/nowhere/votes.csv"]);
    assert!(!well && error.contains("/nowhere/votes.csv could not be read"), "{error}");
    let votes = data("15-per-hour-seattle.participants-votes.csv");
    let (well, _, error) = opinions(&[&votes, "--comments", &votes]);
    assert!(!well && error.contains("line 1: there is no column “comment-id”"), "{error}");
}
