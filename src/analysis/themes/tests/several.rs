//! Answers of two or three ideas each, written by hand: five themes, with asides around them.

use std::collections::BTreeSet;

use super::{settings, sound, texts};
use crate::analysis::themes::{Theme, Themes, themes};

const QUESTION: &str = "What should our town do in the next ten years?";

/// The letters say which themes the answer speaks of: buses, trees, housing, library, schools.
const ENGLISH: [(&str, &str); 26] = [
    (
        "bt",
        "Hello everybody. Buses should come every ten minutes. And plant trees along the main road.",
    ),
    (
        "bh",
        "The buses are always late. We also need housing that a nurse can afford. Thanks for asking!",
    ),
    (
        "th",
        "More trees, please, the summers are unbearable. Build affordable housing near the station.",
    ),
    ("ls", "Keep the library open on Sundays. Our schools need smaller classes and more teachers."),
    ("bl", "Night buses for those who work late! The library could lend tools as well as books."),
    (
        "ts",
        "Children should plant trees themselves. Schools could have a garden where they learn it.",
    ),
    (
        "hs",
        "Housing first: young families leave because of the rents. The schools are half empty already.",
    ),
    (
        "bs",
        "A free school bus. Then buses for the villages around us. I wrote this on my phone, sorry.",
    ),
    ("tl", "Trees give shade where old people sit. The library is the only cool place in July."),
    (
        "hl",
        "Public housing, owned by the town. A library in every district with books in all languages.",
    ),
    ("b", "Electric buses. They are quiet and the air gets better. Slow is fine by me."),
    ("t", "Trees, trees, trees. Every parking space that we give up could hold two of them."),
    (
        "h",
        "Housing is the whole story. Whoever earns little pays half of it for a damp flat. Thanks for asking!",
    ),
    ("l", "The library taught me to read. It deserves a new roof and a reading room."),
    ("s", "Schools with teachers who stay longer than a year. Everything else follows from that."),
    (
        "bt",
        "Buses with their own lane. Between the lanes there is room for trees. Slow is fine by me.",
    ),
    ("hs", "Social housing and good schools. A town without children has no future."),
    ("tl", "Protect the old trees in the park. Give the library longer opening hours."),
    (
        "bl",
        "The last bus leaves at eight, so nobody stays for the evening at the library. More buses then!",
    ),
    ("bh", "If housing is far from work, buses must be cheap. I'd start there."),
    (
        "th",
        "New housing, but not where the trees are now. Build higher instead. Thanks for asking!",
    ),
    (
        "ls",
        "Schools and the library should share a building. It saves heating, and pupils find books.",
    ),
    ("", "Long live the town! 🎉 Greetings from a happy reader."),
    ("", "Funny that you ask. Ask my neighbour, he knows everything."),
    ("bts", "Three things: buses on time, trees for shade. And schools that teach cooking."),
    ("hl", "Cheap housing for students. They would use the library too."),
];

/// Every third answer of them in Chinese.
const CHINESE: [(usize, &str); 8] = [
    (1, "公交车总是晚点。我们还需要普通护士买得起的住房。谢谢提问！"),
    (4, "上夜班的人需要夜间公交车！图书馆除了书也可以出借工具。"),
    (7, "免费的校车。还要有去周围村庄的公交车。学校也需要更多老师。"),
    (10, "电动公交车。又安静，空气也会变好。"),
    (13, "图书馆教会了我读书。它应该有新的屋顶和阅览室。"),
    (16, "要有公共住房和好的学校。没有孩子的城镇没有前途。"),
    (19, "如果住房离工作很远，公交车就必须便宜。我会从那里开始。"),
    (21, "学校和图书馆应该共用一栋楼。这样节省暖气，学生也能找到书。"),
];

/// For each theme its letter and the words one of which its label must have.
const THEMES: [(char, [&str; 2]); 5] = [
    ('b', ["bus", "公交"]),
    ('t', ["tree", "树"]),
    ('h', ["housing", "住房"]),
    ('l', ["library", "图书馆"]),
    ('s', ["school", "学校"]),
];

fn named<'a>(found: &'a Themes, words: &[&str; 2]) -> Option<&'a Theme> {
    found.themes.iter().find(|theme| {
        let first = theme.label.to_lowercase();
        words.iter().any(|word| first.contains(word))
    })
}

/// Every theme is there, holds those who speak of it (nearly all) and nobody else (nearly).
fn five(answers: &[(&str, &str)], missed: usize, strange: usize) -> Themes {
    let written: Vec<&str> = answers.iter().map(|(_, text)| *text).collect();
    let given = texts(&written, "en");
    let found = themes(&given, &settings(QUESTION));
    assert!(sound(&given, &found).is_ok());
    for (letter, words) in &THEMES {
        let theme = named(&found, words);
        assert!(theme.is_some(), "{words:?} in {:?}", labels(&found));
        let theme = theme.unwrap();
        let meant: BTreeSet<usize> =
            (0..answers.len()).filter(|at| answers[*at].0.contains(*letter)).collect();
        let mentions: BTreeSet<usize> = theme.mentions.iter().copied().collect();
        assert!(
            meant.difference(&mentions).count() <= missed
                && mentions.difference(&meant).count() <= strange,
            "{words:?}: meant {meant:?}, found {mentions:?}"
        );
        for quote in &theme.quotes {
            let text = given[quote.text].text.get(quote.start..quote.end).unwrap().to_lowercase();
            assert!(!["thanks", "hello", "slow is", "long live"].iter().any(|a| text == *a));
        }
        let quoted = |quote: &super::Passage| {
            let text = given[quote.text].text.get(quote.start..quote.end).unwrap().to_lowercase();
            words.iter().any(|word| text.contains(word))
        };
        assert!(theme.quotes.iter().any(quoted), "{words:?} is not in its quotes");
    }
    // Greetings and jokes are no theme.
    for aside in [22, 23] {
        assert!(found.outside.contains(&aside), "{aside} in {:?}", labels(&found));
    }
    found
}

fn labels(found: &Themes) -> Vec<(&str, usize)> {
    found.themes.iter().map(|theme| (theme.label.as_str(), theme.mentions.len())).collect()
}

#[test]
fn answers_of_several_ideas_are_told_apart_by_idea() {
    let found = five(&ENGLISH, 1, 2);
    for word in ["thanks", "slow", "fine", "hello", "ten", "ask"] {
        let labels = labels(&found);
        let says = |label: &str| label.to_lowercase().split([' ', ';']).any(|own| own == word);
        assert!(!labels.iter().any(|(label, _)| says(label)), "{word} in {labels:?}");
    }
}

#[test]
fn answers_of_several_ideas_in_two_languages_meet_in_the_same_themes() {
    let mut mixed = ENGLISH;
    for (at, text) in CHINESE {
        mixed[at].1 = text;
    }
    mixed[7].0 = "bs";
    let found = five(&mixed, 4, 3);
    let both = THEMES.iter().filter_map(|(_, words)| named(&found, words)).filter(|theme| {
        let chinese = theme.mentions.iter().filter(|at| CHINESE.iter().any(|c| c.0 == **at));
        (1..theme.mentions.len()).contains(&chinese.count())
    });
    assert!(both.count() >= 3, "{:?}", labels(&found));
}

#[test]
fn the_order_of_answers_of_several_ideas_changes_nothing() {
    let written: Vec<&str> = ENGLISH.iter().map(|(_, text)| *text).collect();
    let given = texts(&written, "en");
    let told = super::by_key(&given, &themes(&given, &settings(QUESTION)));
    let mut shuffled = given.clone();
    for round in 0..4_usize {
        shuffled.rotate_left(5 + round);
        shuffled.swap(round, 19 - round);
        assert_eq!(super::by_key(&shuffled, &themes(&shuffled, &settings(QUESTION))), told);
    }
}
