//! The program as it is started from a shell.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use colloquy::domain::status::Way;
use colloquy::store::Store;
use colloquy::store::entity::audit;
use sea_orm::EntityTrait as _;

/// Runs the program to its end; kills it after a minute.
fn run(home: &Path, arguments: &[&str]) -> Output {
    let child = program(home, arguments).spawn().unwrap();
    let guard = Killer::of(&child);
    let output = child.wait_with_output().unwrap();
    drop(guard);
    output
}

fn program(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_colloquy"));
    command
        .args(arguments)
        .args(["--data", home.to_str().unwrap()])
        .current_dir(home)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Ends a program that hangs, so that the test fails and does not wait.
struct Killer {
    _until_dropped: std::sync::mpsc::Sender<()>,
}

impl Killer {
    fn of(child: &Child) -> Self {
        let (done, waiting) = std::sync::mpsc::channel::<()>();
        let id = child.id();
        std::thread::spawn(move || {
            let over = waiting.recv_timeout(Duration::from_mins(1));
            if over == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
                signal("-KILL", id);
            }
        });
        Self { _until_dropped: done }
    }
}

fn signal(name: &str, id: u32) {
    Command::new("kill").args([name, &id.to_string()]).status().unwrap();
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn it_tells_its_version_and_its_commands() {
    let home = tempfile::tempdir().unwrap();
    let version = run(home.path(), &["--version"]);
    assert_eq!(text(&version.stdout), format!("colloquy {}\n", env!("CARGO_PKG_VERSION")));
    let help = text(&run(home.path(), &["--help"]).stdout);
    for command in ["serve", "sign-in", "health", "demo"] {
        assert!(help.contains(command), "{command} in {help}");
    }
}

#[test]
fn a_setting_that_does_not_exist_stops_the_start() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("c.toml"), "[server]\nprot = 1\n").unwrap();
    let output = run(home.path(), &["--config", "c.toml", "--port", "0"]);
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("prot"), "{}", text(&output.stderr));
}

#[test]
fn the_environment_overrides_the_defaults() {
    let home = tempfile::tempdir().unwrap();
    let child = program(home.path(), &["sign-in"])
        .env("COLLOQUY_SERVER__PUBLIC_URL", "https://talk.example.org/")
        .spawn()
        .unwrap();
    let _guard = Killer::of(&child);
    let output = child.wait_with_output().unwrap();
    let link = text(&output.stdout);
    assert!(link.starts_with("https://talk.example.org/sign-in/"), "{link}");
}

#[test]
fn a_service_starts_says_where_and_stops_when_told() {
    let home = tempfile::tempdir().unwrap();
    let mut child = program(home.path(), &["--port", "0"]).spawn().unwrap();
    let _guard = Killer::of(&child);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let address = first.strip_prefix("Colloquy answers at http://127.0.0.1:").unwrap();
    let port = address.trim_end_matches('/').to_owned();
    let hint = lines.next().unwrap().unwrap();
    assert!(hint.starts_with("Sign in as the first organizer"), "{hint}");
    let link = lines.next().unwrap().unwrap();
    assert!(link.starts_with(&format!("http://127.0.0.1:{port}/sign-in/")), "{link}");

    let health = run(home.path(), &["health", "--port", &port]);
    assert!(health.status.success(), "{}", text(&health.stderr));
    assert_eq!(text(&health.stdout), "ok\n");

    signal("-TERM", child.id());
    let status = child.wait().unwrap();
    let mut errors = String::new();
    child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
    assert!(status.success(), "{status}: {errors}");
    assert!(!errors.contains("ERROR"), "{errors}");
    assert!(!run(home.path(), &["health", "--port", &port]).status.success());
}

#[test]
fn a_questionnaire_is_published_from_a_file_once_and_changed_only_if_that_is_wished() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("form.json");
    let write = |prompt: &str| {
        let document = serde_json::json!({
            "colloquy": 1, "title": "What next?", "questions": [
                { "key": "which", "kind": "single", "prompt": prompt, "options": ["Work", "School"] },
                { "kind": "open", "prompt": "Why?", "shown_if": { "question": "which" } },
            ]
        });
        std::fs::write(&file, document.to_string()).unwrap();
    };
    let publish = |more: &[&str]| {
        let mut arguments = vec!["publish", "form.json", "--slug", "next", "--json"];
        arguments.extend(more);
        let output = run(home.path(), &arguments);
        let said = String::from_utf8(output.stdout).unwrap();
        let why = String::from_utf8(output.stderr).unwrap();
        let what = serde_json::from_str::<serde_json::Value>(&said)
            .map(|said| said["what"].as_str().unwrap().to_owned());
        (output.status.success(), what.unwrap_or(why))
    };
    let done = |what: &str| (true, what.to_owned());
    write("Which first?");
    assert_eq!(publish(&[]), done("published"));
    assert_eq!(publish(&[]), done("unchanged"));
    write("Which is first?");
    let (ok, why) = publish(&[]);
    assert!(!ok && why.contains("--update makes it a new version"), "{why}");
    assert_eq!(publish(&["--update"]), done("updated"));
    assert_eq!(publish(&["--update"]), done("unchanged"));
    std::fs::write(&file, "{\"colloquy\": 1, \"title\": \"T\", \"surprise\": 1}").unwrap();
    let (ok, why) = publish(&["--update"]);
    assert!(!ok && why.contains("/surprise: Nothing is known by this name."), "{why}");
    let link = text(&run(home.path(), &["sign-in"]).stdout);
    assert!(link.contains("/sign-in/"), "{link}");
    assert_eq!(
        written_down(home.path()),
        [
            ("published the questionnaire", true),
            ("changed the questionnaire", true),
            ("made a link to sign in", false),
        ]
        .map(|(deed, of)| (deed.to_owned(), of))
    );
}

/// What the commands have written down, oldest first, and whether it is about a questionnaire: each
/// by the command line, and nobody's deed but that which opens an account.
fn written_down(home: &Path) -> Vec<(String, bool)> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let url = format!("sqlite:{}", home.join("colloquy.db").display());
        let store = Store::open(&url, 2).await.unwrap();
        let mut lines = audit::Entity::find().all(store.read()).await.unwrap();
        lines.sort_by_key(|line| (line.at, line.id));
        let said = lines.into_iter().map(|line| {
            assert_eq!(line.way, Way::CommandLine);
            assert_eq!(line.organizer_id.is_some(), line.questionnaire_id.is_none());
            (line.deed, line.questionnaire_id.is_some())
        });
        let said = said.collect();
        store.close().await.unwrap();
        said
    })
}
