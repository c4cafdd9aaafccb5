mod chinese;
mod given;
mod quality;
mod several;
mod spans;

use std::{collections::BTreeSet, fmt::Write as _};

use proptest::prelude::*;

use super::{Passage, Settings, Text, Themes, themes};

fn texts(all: &[&str], language: &str) -> Vec<Text> {
    all.iter()
        .enumerate()
        .map(|(at, text)| Text {
            key: format!("{at:04}"),
            text: (*text).to_owned(),
            language: Some(language.to_owned()),
        })
        .collect()
}

fn settings(question: &str) -> Settings {
    Settings { question: question.to_owned(), themes: None, seed: 1, ..Settings::default() }
}

/// The sets of keys that belong together as main theme, in no order.
fn groups(found: &Themes, texts: &[Text]) -> BTreeSet<BTreeSet<String>> {
    found
        .themes
        .iter()
        .map(|theme| theme.main.iter().map(|at| texts[*at].key.clone()).collect())
        .collect()
}

fn three_ideas(all: &[&str], language: &str, question: &str, words: [&str; 3]) -> Themes {
    let texts = texts(all, language);
    let found = themes(&texts, &settings(question));
    let expected: BTreeSet<BTreeSet<String>> =
        (0..3).map(|idea| (0..8).map(|at| format!("{:04}", idea * 8 + at)).collect()).collect();
    assert_eq!(groups(&found, &texts), expected, "{found:#?}");
    assert_eq!(found.uninformative, (24..30).collect::<Vec<_>>());
    assert!(found.outside.is_empty());
    for (idea, word) in words.into_iter().enumerate() {
        let theme = found.themes.iter().find(|theme| theme.main.contains(&(idea * 8))).unwrap();
        assert!(theme.label.to_lowercase().contains(word), "{word}: {}", theme.label);
        assert!(
            theme.keywords.iter().any(|k| k.to_lowercase().contains(word)),
            "{:?}",
            theme.keywords
        );
        assert!((2..=4).contains(&theme.quotes.len()));
    }
    found
}

#[test]
fn three_english_ideas_separate_and_careless_answers_stay_out() {
    let found =
        three_ideas(&given::ENGLISH, "en", given::QUESTION, ["learning", "robot", "energy"]);
    for theme in &found.themes {
        assert!(!theme.label.to_lowercase().contains("bet"), "{}", theme.label);
    }
}

#[test]
fn three_chinese_ideas_separate_and_careless_answers_stay_out() {
    let found = three_ideas(&given::CHINESE, "zh", "你押注什么？", ["学习", "机器人", "能"]);
    assert!(found.themes.iter().all(|theme| !theme.label.contains(';')));
}

#[test]
fn an_answer_of_two_ideas_is_mentioned_in_both_themes() {
    let mut all = given::ENGLISH.to_vec();
    all[0] = "Continual learning: models that keep learning after they are deployed. \
              Also cheap energy, because power plants limit how many chips can run.";
    let texts = texts(&all, "en");
    let found = themes(&texts, &settings(given::QUESTION));
    let mentioned: Vec<bool> = [1, 16]
        .map(|other| {
            let theme = found.themes.iter().find(|theme| theme.main.contains(&other)).unwrap();
            theme.mentions.contains(&0)
        })
        .to_vec();
    assert_eq!(mentioned, [true, true]);
}

#[test]
fn the_order_of_the_answers_changes_nothing() {
    let mut mixed = given::ENGLISH.to_vec();
    mixed.extend(given::CHINESE);
    mixed.push(given::ENGLISH[3]);
    let all = texts(&mixed, "en");
    let told = by_key(&all, &themes(&all, &settings(given::QUESTION)));
    assert!(told.contains("learning"));
    let mut shuffled = all.clone();
    for round in 0..5_usize {
        shuffled.rotate_left(7 + round);
        shuffled.swap(round, 20 - round);
        shuffled.reverse();
        let found = themes(&shuffled, &settings(given::QUESTION));
        assert_eq!(by_key(&shuffled, &found), told);
    }
    assert_eq!(themes(&all, &settings(given::QUESTION)), themes(&all, &settings(given::QUESTION)));
}

/// All that was found, with keys instead of places.
fn by_key(texts: &[Text], found: &Themes) -> String {
    let keys = |all: &[usize]| {
        let mut keys: Vec<&str> = all.iter().map(|at| texts[*at].key.as_str()).collect();
        keys.sort_unstable();
        keys.join(" ")
    };
    let spans = |all: &[Passage]| {
        let mut spans: Vec<_> = all.iter().map(|p| (&texts[p.text].key, p.start, p.end)).collect();
        spans.sort_unstable();
        format!("{spans:?}")
    };
    let mut out = String::new();
    for theme in &found.themes {
        let _ = writeln!(
            out,
            "{} | {} | {} | {} | {} | {} | {:?}",
            theme.label,
            spans(&[theme.gist]),
            keys(&theme.main),
            keys(&theme.mentions),
            spans(&theme.passages),
            spans(&theme.quotes),
            theme.keywords,
        );
    }
    let mut repeats: Vec<String> = found.repeats.iter().map(|group| keys(group)).collect();
    repeats.sort();
    out + &keys(&found.outside) + "\n" + &keys(&found.uninformative) + &format!("{repeats:?}")
}

#[test]
fn few_answers_have_themes_only_where_they_repeat_each_other() {
    let all = texts(
        &["World models", "world models.", "Robots that cook", "Cheap energy", "n/a", "good idea"],
        "en",
    );
    let found = themes(&all, &settings(""));
    assert_eq!(found.repeats, [[0, 1]]);
    assert_eq!(found.themes.len(), 1);
    assert_eq!(found.themes[0].main, [0, 1]);
    assert_eq!(found.themes[0].label, "World models");
    // Who only agrees says something, and nothing that is a theme.
    assert_eq!(found.outside, [2, 3, 5]);
    assert_eq!(found.uninformative, [4]);
    let different = texts(&["World models", "Robots that cook", "Cheap energy"], "en");
    assert!(themes(&different, &settings("")).themes.is_empty());
}

#[test]
fn the_organizer_may_set_the_number_of_themes() {
    let all = texts(&given::ENGLISH[..24], "en");
    for count in [1, 2, 3, 5] {
        let wanted = Settings { themes: Some(count), ..settings(given::QUESTION) };
        assert_eq!(themes(&all, &wanted).themes.len(), count);
    }
    for strange in [0, 1_000_000] {
        let wanted = Settings { themes: Some(strange), ..settings("") };
        assert!(sound(&all, &themes(&all, &wanted)).is_ok());
    }
}

#[test]
fn copies_count_as_answers_but_are_quoted_once() {
    let mut all = given::ENGLISH[..24].to_vec();
    all.extend([given::ENGLISH[1]; 5]);
    let found = themes(&texts(&all, "en"), &settings(given::QUESTION));
    assert_eq!(found.repeats, [[1, 24, 25, 26, 27, 28]]);
    let theme = found.themes.iter().find(|theme| theme.main.contains(&1)).unwrap();
    assert_eq!(theme.main.len(), 13);
    let copies = theme.quotes.iter().filter(|quote| found.repeats[0].contains(&quote.text));
    assert!(copies.count() <= 1);
}

/// What holds for every result, whatever was given.
fn sound(texts: &[Text], found: &Themes) -> Result<(), TestCaseError> {
    let ascending = |all: &[usize]| all.windows(2).all(|pair| pair[0] < pair[1]);
    let mut seen = vec![0; texts.len()];
    for theme in &found.themes {
        prop_assert!(!theme.label.is_empty());
        prop_assert!(ascending(&theme.main) && ascending(&theme.mentions));
        prop_assert!(theme.main.iter().all(|at| theme.mentions.contains(at)));
        prop_assert!(theme.passages.iter().all(|passage| theme.mentions.contains(&passage.text)));
        let quoted: BTreeSet<usize> = theme.quotes.iter().map(|quote| quote.text).collect();
        prop_assert_eq!(quoted.len(), theme.quotes.len());
        for passage in theme.passages.iter().chain(&theme.quotes).chain([&theme.gist]) {
            let slice = texts[passage.text].text.get(passage.start..passage.end);
            prop_assert!(slice.is_some_and(|slice| !slice.is_empty() && slice.trim() == slice));
        }
        theme.main.iter().for_each(|at| seen[*at] += 1);
    }
    found.outside.iter().for_each(|at| prop_seen(&mut seen, *at));
    for at in &found.uninformative {
        prop_assert_eq!(seen[*at], 0);
        seen[*at] = 1;
    }
    prop_assert!(seen.iter().all(|count| *count <= 1));
    prop_assert!(found.repeats.iter().all(|group| group.len() > 1 && ascending(group)));
    Ok(())
}

fn prop_seen(seen: &mut [usize], at: usize) {
    seen[at] += 1;
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_is_given_the_spans_are_slices_and_nobody_counts_twice(
        strange in prop::collection::vec(any::<String>(), 0..12),
        marked in prop::collection::vec("[a-c\u{0}\u{7}\u{200f}שלום😀世界模型。，. \n]{0,60}", 0..12),
        wanted in prop::option::of(0_usize..6),
    ) {
        let all: Vec<&str> = strange.iter().chain(&marked).map(String::as_str).collect();
        let all = texts(&all, "en");
        let found = themes(&all, &Settings { themes: wanted, ..settings("what?") });
        sound(&all, &found)?;
    }
}

#[test]
fn long_and_empty_input_is_no_trouble() {
    assert_eq!(themes(&[], &settings("")), Themes::default());
    let long = [
        "word. ".repeat(16_000),
        "一".repeat(100_000),
        "x".repeat(100_000),
        "\u{301}".repeat(50_000),
    ];
    let mut all: Vec<&str> = long.iter().map(String::as_str).collect();
    all.extend(&given::ENGLISH[..10]);
    let all = texts(&all, "en");
    let found = themes(&all, &settings(""));
    assert!(sound(&all, &found).is_ok());
}
