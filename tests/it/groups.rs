//! Opinion groups at the desk: the map, the lists, the numbers. What is expected is counted from
//! what was sent.

use colloquy::analysis::rng::Rng;
use colloquy::store::questionnaires::Questionnaire;

use crate::support::{Page, TestApp, open, statements};

const STATEMENTS: [&str; 9] = [
    "=1+1 is a formula.",
    "Models will need less data.",
    "工具比模型更重要。",
    "Chips decide.",
    "Open wins.",
    "Closed wins.",
    "Nobody knows.",
    "Everybody agrees here.",
    "Nobody takes a side here.",
];

/// What one person votes on each statement.
type Votes = [&'static str; 9];

/// Two camps apart on seven statements; all agree with the eighth and pass on the ninth. One of
/// each camp strays on one statement.
fn two_camps(person: usize) -> Votes {
    let (own, other) =
        if person.is_multiple_of(2) { ("agree", "disagree") } else { ("disagree", "agree") };
    let mut votes = [own; 9];
    votes[3..7].fill(other);
    votes[7] = "agree";
    votes[8] = "pass";
    if person < 2 {
        votes[person] = votes[3];
    }
    votes
}

async fn asked(app: &TestApp, people: usize, votes: fn(usize) -> Votes) -> Questionnaire {
    let of = app.published(&[open("Why?"), statements(&STATEMENTS)]).await;
    for person in 0..people {
        let reader = app.stranger();
        let mut form = reader.page(&format!("/q/{}", of.slug)).await.form("form#answers");
        form.fields.retain(|(name, _)| !name.starts_with("a."));
        let sent = votes(person).into_iter().enumerate();
        form.fields.extend(
            sent.filter(|(_, vote)| !vote.is_empty())
                .map(|(at, vote)| (format!("a.q2.s{}", at + 1), vote.to_owned())),
        );
        assert_eq!(reader.submit(&form).await.status, 303);
    }
    of
}

async fn insight(app: &TestApp, of: &Questionnaire, rest: &str) -> Page {
    app.page(&format!("/desk/q/{}/insight{rest}", of.slug)).await
}

/// The rows of the file of numbers by the names of its columns.
fn rows(file: &Page) -> Vec<Vec<(String, String)>> {
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    let text = file.text.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| head.iter().cloned().zip(row.iter().map(str::to_owned)).collect()).collect()
}

fn cell<'a>(row: &'a [(String, String)], name: &str) -> &'a str {
    let found = row.iter().find(|(of, _)| of == name);
    &found.unwrap_or_else(|| panic!("no column {name}")).1
}

#[tokio::test]
async fn two_camps_are_shown_with_what_parts_and_joins_them() {
    let app = TestApp::signed_in().await;
    let of = asked(&app, 24, two_camps).await;
    let page = insight(&app, &of, "").await;
    assert!(page.words().contains("There are 2 opinion groups."), "{}", page.words());
    assert_eq!(page.texts("ul.legend li"), ["Group A, 12 people", "Group B, 12 people"]);
    assert_eq!(page.attributes("svg.map", "aria-label").len(), 1);
    let drawn = page.texts("svg.map text");
    assert_eq!(drawn, ["Group A", "Group B"]);
    // What everybody says and what everybody passes on are where they belong, and nowhere else.
    let text = page.words();
    let part = |from: &str, to: &str| {
        let rest = text.split_once(from).unwrap_or_else(|| panic!("no {from}: {text}")).1;
        rest.split_once(to).map_or(rest, |(part, _)| part).to_owned()
    };
    let common = part("Common ground", "What everybody together says");
    assert!(common.contains("Everybody agrees here."), "{common}");
    assert!(common.contains("A 100 % of 12, B 100 % of 12"), "{common}");
    let apart = part("Where people part", "Where many pass");
    assert!(apart.contains("Chips decide.") && !apart.contains("Everybody agrees here."));
    assert!(
        part("Where many pass", "As a table, or to take along")
            .contains("Nobody takes a side here.")
    );
    assert!(
        part("Where many pass", "As a table, or to take along")
            .contains("100 % of 24 pass (86 to 100)")
    );
    // Twelve of twelve on one side, none on the other: Wilson 1927 gives 76 to 100.
    assert!(text.contains("100 % of 12 agree (76 to 100); elsewhere 0 % of 12."), "{text}");
}

#[tokio::test]
async fn the_map_and_the_numbers_are_files_of_their_own() {
    let app = TestApp::signed_in().await;
    let of = asked(&app, 24, two_camps).await;
    let map = insight(&app, &of, "/map.svg").await;
    assert_eq!(map.header("content-type"), "image/svg+xml");
    assert!(map.header("content-disposition").contains(&format!("{}-map.svg", of.slug)));
    for piece in ["<?xml", "<style>", "Group A: 12 people", "class=\"dot g2\"", "Group B</text>"] {
        assert!(map.text.contains(piece), "{piece}: {}", map.text);
    }
    let file = insight(&app, &of, "/statements.csv").await;
    let rows = rows(&file);
    assert_eq!(rows.len(), 9);
    let first = &rows[0];
    assert_eq!(cell(first, "Statement"), "'=1+1 is a formula.");
    assert_eq!((cell(first, "Question"), cell(first, "Key")), ("q2", "s1"));
    for (at, row) in rows.iter().enumerate() {
        let all: Vec<&str> = (0..24).map(|person| two_camps(person)[at]).collect();
        for (vote, name) in [("agree", "agree"), ("disagree", "disagree"), ("pass", "pass")] {
            let count = all.iter().filter(|v| **v == vote).count();
            assert_eq!(cell(row, &format!("All: {name}")), count.to_string(), "{at} {vote}");
            let of_group = |g: char| cell(row, &format!("Group {g}: {name}")).parse::<usize>();
            assert_eq!(of_group('A').unwrap() + of_group('B').unwrap(), count, "{at} {vote}");
        }
    }
    assert_eq!(cell(&rows[7], "Common ground"), "yes");
    assert_eq!(cell(&rows[7], "Consensus"), "agree");
    assert_eq!(cell(&rows[8], "Unsure"), "yes");
    assert_eq!(cell(&rows[4], "Divisive"), "yes");
    // The names of questions lead to their own files still.
    assert_eq!(insight(&app, &of, "/q2.csv").await.status, 200);
    assert_ne!(insight(&app, &of, "/q2.csv").await.text, file.text);
}

#[tokio::test]
async fn a_filter_counts_those_inside_and_leaves_the_groups() {
    let app = TestApp::signed_in().await;
    let of = asked(&app, 24, two_camps).await;
    let query = "?chosen=q2.s5.agree";
    let rows = rows(&insight(&app, &of, &format!("/statements.csv{query}")).await);
    // Those who agree with the fifth are the odd ones.
    for (at, row) in rows.iter().enumerate() {
        let inside = (0..24).filter(|person| two_camps(*person)[4] == "agree");
        let agree = inside.filter(|person| two_camps(*person)[at] == "agree").count();
        assert_eq!(cell(row, "All: agree"), agree.to_string(), "{at}");
        assert_eq!(cell(row, "All: voted"), "12", "{at}");
    }
    let page = insight(&app, &of, query).await;
    let mut legend = page.texts("ul.legend li");
    legend.sort();
    assert!(legend.iter().any(|line| line.ends_with("12 people")), "{legend:?}");
    let map = page.attributes(".files a", "href").into_iter().find(|h| h.contains("map.svg"));
    assert!(map.unwrap().contains("chosen=q2.s5.agree"));
}

/// Drawn by lot, each vote for itself.
fn scattered(person: usize) -> Votes {
    let mut rng = Rng::new(u64::try_from(person).unwrap());
    [(); 9].map(|()| ["agree", "disagree", "pass"][rng.below(3)])
}

#[tokio::test]
async fn where_there_are_no_camps_it_says_so() {
    let app = TestApp::signed_in().await;
    let of = asked(&app, 21, scattered).await;
    let page = insight(&app, &of, "").await;
    let text = page.words();
    assert!(text.contains("No groups: people differ, but not in camps."), "{text}");
    assert!(!text.contains("Group A") && page.texts("svg.map").len() == 1);
    let map = insight(&app, &of, "/map.svg").await;
    assert!(map.text.contains("No groups were found.") && !map.text.contains("hull g"));
}

/// One saw one statement, another all.
fn few(person: usize) -> Votes {
    if person == 0 { ["agree", "", "", "", "", "", "", "", ""] } else { ["disagree"; 9] }
}

#[tokio::test]
async fn few_votes_are_no_map_and_no_error() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("Why?")]).await;
    for file in ["/map.svg", "/statements.csv"] {
        let path = format!("/desk/q/{}/insight{file}", of.slug);
        assert_eq!(app.get(&path).await.status, 404, "no statements are asked");
        assert_eq!(app.stranger().get(&path).await.status, 303, "{file}");
    }
    let app = TestApp::signed_in().await;
    let of = asked(&app, 2, few).await;
    let page = insight(&app, &of, "").await;
    assert!(page.words().contains("Too few to tell."), "{}", page.words());
    assert_eq!(rows(&insight(&app, &of, "/statements.csv").await).len(), 9);
}
