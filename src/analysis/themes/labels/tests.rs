use std::collections::BTreeSet;

use super::{Sample, labels, log_odds};

#[test]
fn log_odds_are_those_of_the_formula() {
    // Prior 2.5: ln(10.5 / 9.5) - ln(4.5 / 35.5) = 2.165538, over sqrt(1 / 10.5 + 1 / 4.5).
    assert!((log_odds(8.0, 10.0, 10.0, 40.0) - 3.843_45).abs() < 1e-3);
    assert!(log_odds(5.0, 20.0, 10.0, 40.0).abs() < 1e-6);
}

fn named(themes: [&[&str]; 2], question: &[&str]) -> Vec<String> {
    let themes: Vec<Vec<Sample<'_>>> = themes
        .iter()
        .map(|texts| texts.iter().map(|text| Sample { text, language: "en" }).collect())
        .collect();
    let question: BTreeSet<String> = question.iter().map(|stem| (*stem).to_owned()).collect();
    labels(&themes, &question, |_, phrases, _| vec![0.0; phrases.len()])
        .into_iter()
        .map(|label| label.label)
        .collect()
}

const ROBOTS: [&str; 3] =
    ["Robots in every home", "A robot for the home, or robots at work", "Home robots help"];
const MODELS: [&str; 3] =
    ["World models of every home", "Learned world models", "I like world models best"];

#[test]
fn a_label_says_what_is_common_here_and_rare_elsewhere() {
    let names = named([&ROBOTS, &MODELS], &[]);
    assert!(names[0].to_lowercase().contains("robots"), "{names:?}");
    assert!(names[1].starts_with("World models"), "{names:?}");
}

#[test]
fn a_label_does_not_repeat_the_question() {
    let names = named([&ROBOTS, &MODELS], &["robot"]);
    assert!(names[0].starts_with("Home"), "{names:?}");
}
