//! Further answers against what people said of them, and the rules of the result.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::analysis::themes::{Passage, farthest};

/// Questions to a bank, labelled with intents; see the README beside the file.
const SLICE: &str = include_str!("../../../../tests/data/banking77/slice.tsv");

fn text(key: String, text: &str) -> Text {
    Text { key, text: text.to_owned(), language: None }
}

fn asking(question: &str) -> Settings {
    Settings { question: question.to_owned(), seed: 1, ..Settings::default() }
}

fn whole(theme: usize, text: &str) -> Standing {
    Standing::Fixed { main: Some(theme), passages: vec![(theme, 0, text.len())] }
}

/// Two of three questions of six intents stand in themes by their labels; the rest of these, and
/// all of two further intents, are free. The texts, where they stand, and the label of each.
fn labelled() -> (Vec<Text>, Vec<Standing>, Vec<Option<usize>>) {
    let lines: Vec<(&str, &str)> =
        SLICE.lines().map(|line| line.split_once('\t').unwrap()).collect();
    let names: BTreeSet<&str> = lines.iter().map(|(label, _)| *label).collect();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut texts, mut standings, mut gold) = (vec![], vec![], vec![]);
    for (at, (label, words)) in lines.into_iter().enumerate() {
        let place = names.iter().position(|name| *name == label).filter(|place| *place < 6);
        let number = seen.entry(label).or_default();
        *number += 1;
        texts.push(text(format!("{at:03}"), words));
        gold.push(place);
        standings.push(match place {
            Some(place) if !number.is_multiple_of(3) => whole(place, words),
            _ => Standing::Free,
        });
    }
    (texts, standings, gold)
}

/// The theme that each text is mainly about.
fn main_of(found: &Themes, texts: usize) -> Vec<Option<usize>> {
    let mut main = vec![None; texts];
    for (number, theme) in found.themes.iter().enumerate() {
        for at in &theme.main {
            assert_eq!(main[*at].replace(number), None, "mainly about two themes");
        }
    }
    main
}

#[test]
fn further_answers_join_the_theme_that_people_would_put_them_into() {
    let (texts, standings, gold) = labelled();
    let found = assign(&texts, &standings, 6, &asking(""));
    let main = main_of(&found, texts.len());
    let (mut right, mut wrong, mut known, mut alien, mut strayed) = (0, 0, 0, 0, 0);
    for at in (0..texts.len()).filter(|at| standings[*at] == Standing::Free) {
        match (gold[at], main[at]) {
            (Some(label), own) => {
                known += 1;
                right += usize::from(own == Some(label));
                wrong += usize::from(own.is_some_and(|own| own != label));
            }
            (None, own) => {
                alien += 1;
                strayed += usize::from(own.is_some());
            }
        }
    }
    // Of what is like nothing that was kept, most stays outside.
    assert!(right * 10 >= known * 7 && wrong * 10 <= known, "{right} {wrong} of {known}");
    assert!(strayed * 2 < alien, "{strayed} of {alien}");
}

#[test]
fn what_is_fixed_stays_and_what_is_free_depends_on_nothing_but_itself() {
    let (texts, standings, _) = labelled();
    let found = assign(&texts, &standings, 7, &asking(""));
    assert_eq!(found.themes.len(), 7);
    let nobody = &found.themes[6];
    assert!(nobody.mentions.is_empty() && nobody.passages.is_empty() && nobody.quotes.is_empty());
    let main = main_of(&found, texts.len());
    for (at, standing) in standings.iter().enumerate() {
        if let Standing::Fixed { main: given, .. } = standing {
            assert_eq!(main[at], *given);
        }
    }
    // Without half of the free ones, the others are where they were.
    let some: Vec<usize> =
        (0..texts.len()).filter(|at| standings[*at] != Standing::Free || at % 2 == 0).collect();
    let fewer: Vec<Text> = some.iter().map(|at| texts[*at].clone()).collect();
    let less: Vec<Standing> = some.iter().map(|at| standings[*at].clone()).collect();
    let again = main_of(&assign(&fewer, &less, 7, &asking("")), fewer.len());
    assert_eq!(again, some.iter().map(|at| main[*at]).collect::<Vec<_>>());
}

#[test]
fn another_order_of_rows_is_the_same_to_the_byte() {
    let (texts, standings, _) = labelled();
    let found = assign(&texts, &standings, 6, &asking(""));
    let order: Vec<usize> = (0..texts.len()).map(|at| at * 77 % texts.len()).collect();
    assert_eq!(order.iter().collect::<BTreeSet<_>>().len(), texts.len());
    let mixed: Vec<Text> = order.iter().map(|at| texts[*at].clone()).collect();
    let places: Vec<Standing> = order.iter().map(|at| standings[*at].clone()).collect();
    let mut again = assign(&mixed, &places, 6, &asking(""));
    let back = |all: &mut Vec<usize>| {
        for at in all.iter_mut() {
            *at = order[*at];
        }
        all.sort_unstable();
    };
    for theme in &mut again.themes {
        back(&mut theme.main);
        back(&mut theme.mentions);
        for passage in theme.passages.iter_mut().chain(&mut theme.quotes).chain([&mut theme.gist]) {
            passage.text = order[passage.text];
        }
        theme.passages.sort_unstable();
    }
    back(&mut again.outside);
    back(&mut again.uninformative);
    again.repeats.iter_mut().for_each(back);
    again.repeats.sort();
    assert_eq!(again, found);
}

#[test]
fn chinese_answers_join_and_empty_ones_say_nothing() {
    let kept = [
        (0, "持续学习，模型部署之后还能不断学习"),
        (0, "在线学习，让模型从每次对话中学习新知识"),
        (0, "终身学习而不遗忘以前学过的知识"),
        (1, "会叠衣服的家用机器人"),
        (1, "有触觉的人形机器人"),
        (1, "便宜的机器人走进每个家庭和医院"),
    ];
    let free =
        ["能走路、能在仓库搬箱子的机器人", "训练结束以后还能继续学习新知识的模型", "不知道", ""];
    let all = kept.iter().map(|(_, words)| *words).chain(free);
    let texts: Vec<Text> = all.enumerate().map(|(at, w)| text(at.to_string(), w)).collect();
    let mut standings: Vec<Standing> = kept.iter().map(|(theme, w)| whole(*theme, w)).collect();
    standings.resize(texts.len(), Standing::Free);
    let found = assign(&texts, &standings, 2, &asking("下一步是什么？"));
    assert_eq!(main_of(&found, texts.len())[6..], [Some(1), Some(0), None, None]);
    assert_eq!((found.uninformative, found.outside), (vec![8, 9], vec![]));
    // What says nothing may still be put into a theme by hand.
    standings[8] = whole(1, free[2]);
    let found = assign(&texts, &standings, 2, &asking(""));
    assert_eq!((main_of(&found, texts.len())[8], found.uninformative), (Some(1), vec![9]));
}

#[test]
fn nothing_given_is_nothing_found() {
    let texts = [text("1".to_owned(), "Robots in every home."), text("2".to_owned(), "")];
    let found = assign(&texts, &[Standing::Free, Standing::Free], 0, &asking(""));
    assert_eq!((found.themes.len(), found.outside, found.uninformative), (0, vec![0], vec![1]));
    assert_eq!(assign(&[], &[], 3, &asking("")).themes.len(), 3);
    assert!(farthest(&[], &[], &asking("")).is_empty());
}

#[test]
fn the_passage_that_lies_farthest_is_the_odd_one() {
    let said = [
        "Cheap solar energy will power every data center soon",
        "Solar energy and batteries decide the price of power",
        "Clean energy from solar power gets cheaper each year",
        "Power from solar panels is the cheapest energy now",
        "My grandmother refuses to let any robot cook her dinner",
    ];
    let texts: Vec<Text> =
        said.iter().enumerate().map(|(at, words)| text(at.to_string(), words)).collect();
    let standings: Vec<Standing> = said.iter().map(|words| whole(0, words)).collect();
    let mut found = assign(&texts, &standings, 1, &asking(""));
    found.themes[0].quotes.retain(|quote| quote.text < 2);
    let far = farthest(&texts, &found.themes, &asking(""));
    assert_eq!(far[0].map(|passage| passage.text), Some(4));
    // Never a quote, and never from a theme of few.
    found.themes[0].quotes = vec![Passage { text: 4, start: 0, end: said[4].len() }];
    assert_ne!(farthest(&texts, &found.themes, &asking(""))[0].unwrap().text, 4);
    found.themes[0].mentions.truncate(3);
    assert_eq!(farthest(&texts, &found.themes, &asking("")), [None]);
}
