//! `colloquy seats`, as it is started from a shell.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

#[path = "../../benches/seats/cases.rs"]
mod cases;

const EXAMPLE: &str = include_str!("../../examples/seats.json");

fn run(arguments: &[&str], input: &str) -> Output {
    let home = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_colloquy"))
        .arg("seats")
        .args(arguments)
        .current_dir(home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments reads nothing.
    drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    // Nothing is kept.
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn example() -> Value {
    serde_json::from_str(EXAMPLE).unwrap()
}

/// The plan of a request.
fn seats(request: &Value) -> Value {
    let output = run(&["-", "--json", "--steps", "20000"], &request.to_string());
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What is said of a request that is refused.
fn refused(request: &str) -> String {
    let output = run(&["-"], request);
    assert!(!output.status.success(), "{}", text(&output.stdout));
    text(&output.stderr)
}

fn keys(people: &Value) -> Vec<&str> {
    people.as_array().unwrap().iter().map(|person| person["key"].as_str().unwrap()).collect()
}

fn groups(plan: &Value) -> Vec<(&str, Vec<&str>)> {
    let groups = plan["groups"].as_array().unwrap().iter();
    groups.map(|group| (group["slot"].as_str().unwrap(), keys(&group["people"]))).collect()
}

#[test]
fn the_example_is_seated_by_its_rules() {
    let plan = seats(&example());
    let groups = groups(&plan);
    let placed: usize = groups.iter().map(|(_, people)| people.len()).sum();
    let unplaced = keys(&plan["unplaced"]).len();
    assert_eq!((placed + unplaced, &plan["score"]["placed"]), (24, &json!(placed)));
    assert!(placed >= 22, "{plan:#}");
    let of = |person: &str| groups.iter().find(|(_, people)| people.contains(&person));
    assert_eq!(of("ada"), of("bao"));
    assert_eq!(of("ada").unwrap().0, "tue-19");
    assert!(of("eva").is_none() || of("eva") != of("kofi"));
    for group in plan["groups"].as_array().unwrap() {
        assert!(group["host"].is_string());
        assert!((4..=6).contains(&keys(&group["people"]).len()));
        let mixes = group["by_question"].as_array().unwrap();
        assert_eq!(mixes.len(), 3);
        assert_eq!(mixes[0]["question"], "cars-out");
        for seat in group["people"].as_array().unwrap() {
            let why = &seat["reasons"][0]["why"];
            assert!(why == "only_slot" || why == "shared_slot", "{seat:#}");
        }
    }
}

#[test]
fn no_order_of_the_file_changes_a_byte() {
    let told = run(&["-", "--json", "--steps", "20000"], EXAMPLE).stdout;
    let mut turned = example();
    for list in ["people", "slots", "hosts", "together", "apart"] {
        turned[list].as_array_mut().unwrap().reverse();
    }
    let other = run(&["-", "--json", "--steps", "20000"], &turned.to_string()).stdout;
    assert_eq!(text(&other), text(&told));
    // Another seed is another request.
    let other = run(&["-", "--json", "--steps", "20000", "--seed", "8"], EXAMPLE).stdout;
    let (told, other): (Value, Value) =
        (serde_json::from_slice(&told).unwrap(), serde_json::from_slice(&other).unwrap());
    assert_ne!(told["input_hash"], other["input_hash"]);
    assert_eq!(other["seed"], 8);
}

#[test]
fn a_plan_reads_as_groups_with_what_would_help() {
    let mut request = example();
    request["hosts"].as_array_mut().unwrap().remove(1);
    let output = run(&["-", "--steps", "20000"], &request.to_string());
    let listed = text(&output.stdout);
    for said in ["people have a seat", "Group 1: ", "host ", "Without a seat", "What would help"] {
        assert!(listed.contains(said), "{said}: {listed}");
    }
    assert!(listed.contains("one more host at “") && listed.contains(": +"), "{listed}");
}

#[test]
fn after_a_drop_out_only_those_move_who_have_to() {
    let mut request = example();
    let plan = seats(&request);
    let told: Vec<Value> = plan["groups"]
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
        .map(|(number, group)| {
            json!({
                "key": format!("g{number}"),
                "slot": group["slot"],
                "language": group["language"],
                "host": group["host"],
                "people": keys(&group["people"]),
            })
        })
        .collect();
    request["previous"] = json!(told);
    request["seed"] = json!(99);
    // Nothing changed: everybody stays, with the same hosts.
    let again = seats(&request);
    assert_eq!(again["score"]["moved"], 0);
    assert_eq!(groups(&again), groups(&plan));
    // One of a group of five or six gives their seat back: nobody has to move.
    let spare = told.iter().find(|group| group["people"].as_array().unwrap().len() > 4).unwrap();
    let gone = spare["people"].as_array().unwrap().last().unwrap().clone();
    request["people"].as_array_mut().unwrap().retain(|person| person["key"] != gone);
    let after = seats(&request);
    assert_eq!(after["score"]["moved"], 0, "{after:#}");
    assert!(groups(&after).iter().all(|(_, people)| !people.contains(&gone.as_str().unwrap())));
}

#[test]
fn what_stands_in_the_way_is_named() {
    let mut request = example();
    request["together"] = json!([["ada", "bao"], ["bao", "kofi"]]);
    request["apart"] = json!([["kofi", "ada"]]);
    let said = refused(&request.to_string());
    assert!(said.contains("“ada” and “kofi” must sit apart, but together because of"), "{said}");
    let output = run(&["-", "--json"], &request.to_string());
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["conflict"][0]["kind"], "block_apart");
    assert!(!output.status.success());
    let few = json!({
        "people": (0..7).map(|n| json!({ "key": format!("p{n}") })).collect::<Vec<Value>>(),
        "slots": [{ "key": "s" }],
        "size": { "low": 4, "target": 5, "high": 6 },
    });
    assert!(refused(&few.to_string()).contains("7 people do not divide into groups of 4 to 6"));
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    for (file, said) in [
        ("", "line 1 column 0"),
        ("{\"people\": [],\n \"slot\": []}", "unknown field `slot`"),
        (r#"{"people": [{"key": "a"}]}"#, "missing field `slots`"),
        (r#"{"people": [{"key": "a", "free": {"s": "maybe"}}], "slots": []}"#, "unknown variant"),
        (
            r#"{"people": [{"key": "a", "free": {"x": "yes"}}], "slots": [{"key": "s"}]}"#,
            "person “a”: free names no slot “x”",
        ),
        (
            r#"{"people": [{"key": "a", "answers": {"q": 3}}], "slots": [{"key": "s"}]}"#,
            "person “a”: answers.q is 3, not between 0 and 1",
        ),
        (
            r#"{"people": [{"key": "a", "answers": {"q": [1, 0]}}, {"key": "b", "answers": {"q": 1}}], "slots": []}"#,
            "answers.q is one number where others give a list of 2",
        ),
        (
            r#"{"people": [{"key": "a", "answers": {"q": 1}}], "questions": [{"key": "r"}], "slots": []}"#,
            "questions does not list “q”",
        ),
        (r#"{"people": [], "slots": [], "rounds": 1000}"#, "rounds: 1000, which is more than 50"),
        (r#"{"people": [], "slots": []}"#, "nobody is listed"),
    ] {
        let error = refused(file);
        assert!(error.contains(said) && error.contains("standard input"), "{said}: {error}");
    }
    let gone = run(&["gone.json"], "");
    assert!(text(&gone.stderr).contains("gone.json could not be read"));
}

#[test]
fn as_many_have_a_seat_as_a_solver_of_another_kind_proved_possible() {
    use colloquy::analysis::seating::{check, seat, steps_for};
    for case in cases::CASES.iter().filter(|case| case.people <= 60) {
        assert!(case.proven);
        let mut request = cases::request(case);
        request.steps = steps_for(case.people);
        let plan = seat(&request).unwrap();
        assert_eq!(check(&request, &plan), Ok(()));
        assert_eq!(plan.score.placed, case.most, "{}", case.name);
    }
}
