//! `colloquy themes` and `colloquy model`, as they are started from a shell.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Requests to a bank that people labelled; see the README beside the file.
const SLICE: &str = include_str!("../data/banking77/slice.tsv");

fn run(home: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_colloquy"))
        .args(arguments)
        .current_dir(home)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments reads nothing.
    drop(child.stdin.take().unwrap().write_all(input));
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn rows() -> Vec<(String, &'static str)> {
    let rows = SLICE.lines().map(|line| line.split_once('\t').unwrap().1);
    rows.enumerate().map(|(at, text)| (format!("r{at}"), text)).collect()
}

fn table(rows: &[(String, &str)]) -> String {
    let mut out = csv::Writer::from_writer(vec![]);
    out.write_record(["id", "what they ask", "more"]).unwrap();
    for (id, text) in rows {
        out.write_record([id, *text, "…"]).unwrap();
    }
    text(&out.into_inner().unwrap())
}

const WANTED: [&str; 7] = ["themes", "-", "--column", "what they ask", "--id", "id", "--json"];

/// Every span that is shown, of every theme.
fn spans(found: &Value) -> Vec<&Value> {
    let themes = found["themes"].as_array().unwrap();
    let of = |theme: &'_ Value, name: &str| theme[name].as_array().unwrap().len();
    themes
        .iter()
        .inspect(|theme| assert!(of(theme, "quotes") >= 2 && of(theme, "passages") >= 2))
        .flat_map(|theme| theme["quotes"].as_array().unwrap().iter().chain([&theme["gist"]]))
        .collect()
}

#[test]
fn themes_of_a_table_are_told_with_slices_of_its_answers() {
    let home = tempfile::tempdir().unwrap();
    let rows = rows();
    let output = run(home.path(), &WANTED, table(&rows).as_bytes());
    assert!(output.status.success(), "{}", text(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["model"], "use-static64");
    assert_eq!(found["answers"], rows.len());
    for span in spans(&found) {
        let (_, answer) = rows.iter().find(|(id, _)| span["id"] == *id).unwrap();
        let place = |name: &str| usize::try_from(span[name].as_u64().unwrap()).unwrap();
        assert_eq!(answer.get(place("start")..place("end")), span["text"].as_str());
    }
    // Everybody is a main member once, outside, or said nothing.
    let count = |list: &Value| list.as_array().unwrap().len();
    let themes = found["themes"].as_array().unwrap();
    let main: usize = themes.iter().map(|theme| count(&theme["main"])).sum();
    assert_eq!(main + count(&found["outside"]) + count(&found["uninformative"]), rows.len());
    assert!(themes.len() >= 4, "{found:#}");
    // Nothing was kept.
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn the_order_of_the_rows_changes_no_byte() {
    let home = tempfile::tempdir().unwrap();
    let mut rows = rows();
    let told = run(home.path(), &WANTED, table(&rows).as_bytes()).stdout;
    rows.reverse();
    rows.rotate_left(31);
    rows.swap(3, 60);
    let other = run(home.path(), &WANTED, table(&rows).as_bytes()).stdout;
    assert_eq!(text(&other), text(&told));
    let other = run(
        home.path(),
        &[&WANTED[..], &["--seed", "9", "--k", "3"]].concat(),
        table(&rows).as_bytes(),
    );
    let found: Value = serde_json::from_slice(&other.stdout).unwrap();
    assert_eq!(found["themes"].as_array().unwrap().len(), 3);
}

#[test]
fn a_table_can_be_read_by_people_and_have_one_row() {
    let home = tempfile::tempdir().unwrap();
    let output = run(home.path(), &WANTED[..6], table(&rows()).as_bytes());
    let listed = text(&output.stdout);
    assert!(listed.contains("main theme of") && listed.contains('“'), "{listed}");
    let file = home.path().join("one.csv");
    std::fs::write(&file, "answer\nWorld models\n").unwrap();
    let one = run(home.path(), &["themes", "one.csv", "--column", "answer"], b"");
    assert!(one.status.success());
    assert!(text(&one.stdout).contains("1 in no theme: 1"), "{}", text(&one.stdout));
}

#[test]
fn what_is_wrong_with_a_table_is_said() {
    let home = tempfile::tempdir().unwrap();
    for (column, table, said) in [
        ("wish", "id,answer\n1,x\n", "names no column “wish”; it names “id”, “answer”"),
        ("answer", "", "the table is empty"),
        ("answer", "id,answer\n", "no rows"),
        ("answer", "id,answer\n1,x\n2\n", "line 3 has 1 columns, not 2"),
    ] {
        let output = run(home.path(), &["themes", "-", "--column", column], table.as_bytes());
        assert!(!output.status.success());
        let error = text(&output.stderr);
        assert!(error.contains(said) && error.contains("standard input"), "{error}");
    }
    let gone = run(home.path(), &["themes", "gone.csv", "--column", "x"], b"");
    assert!(text(&gone.stderr).contains("gone.csv could not be read"));
}

#[test]
fn the_model_is_told_and_another_file_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let told = run(home.path(), &["model"], b"");
    let told = text(&told.stdout);
    assert!(told.contains("use-static64") && told.contains("model add"), "{told}");
    std::fs::write(home.path().join("other.whl"), b"PK\x03\x04").unwrap();
    let refused = run(home.path(), &["model", "add", "other.whl"], b"");
    assert!(!refused.status.success());
    assert!(text(&refused.stderr).contains("SHA-256"), "{}", text(&refused.stderr));
    assert!(!home.path().join("data/model").exists());
    // A file that is named and damaged stops the start with its name.
    let folder = home.path().join("data/model");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("use-m3.bin"), b"colloquy use-m3\n\x01\0\0\0").unwrap();
    let damaged = run(home.path(), &["model"], b"");
    let error = text(&damaged.stderr);
    assert!(!damaged.status.success() && error.contains("use-m3.bin") && error.contains("damaged"));
}
