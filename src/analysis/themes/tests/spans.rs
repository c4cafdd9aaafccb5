//! Whatever is shown of an answer is a slice of it: ten thousand answers, real and made up.

use super::{super::random::Random, settings, sound, texts};
use crate::analysis::{
    passages::passages,
    themes::{Settings, themes},
};

const SLICE: &str = include_str!("../../../../tests/data/banking77/slice.tsv");
const ANSWERS: usize = 10_000;
const TOGETHER: usize = 200;
/// Pieces of many scripts: emoji that are joined, marks that combine, letters from right to left,
/// letters of four bytes, marks that end sentences, what has no width.
const PIECES: [&str; 40] = [
    "世界模型",
    "持續學習",
    "很重要。",
    "，而且",
    "数据",
    "机器人！",
    "👩‍👩‍👧‍👦",
    "🏳️‍🌈",
    "🙂",
    "e\u{301}",
    "n\u{303}o",
    "שלום ",
    "עולם. ",
    "مرحبا ",
    "بالعالم؟ ",
    "𠮷野家",
    "𝒞ode ",
    "ﬁne-tuning ",
    "Ｗｏｒｌｄ ",
    "\u{200b}",
    "\u{feff}",
    "\u{202e}",
    "\u{7}",
    "\u{ad}",
    "energy ",
    "robots ",
    "and ",
    "because ",
    "learning; ",
    "e.g. ",
    "3.5 % ",
    "\r\n",
    "\n- ",
    "1) ",
    "? ",
    "… ",
    "“so” ",
    "Dr. Li ",
    "naïve ",
    "Z̸̧ͅa͠lgo ",
];

fn answer(random: &mut Random, real: &[&str]) -> String {
    let mut draw = |from: usize| usize::try_from(random.next() % 1_000_000).unwrap() % from;
    match draw(4) {
        0 => real[draw(real.len())].to_owned(),
        1 => format!("{}. {}", real[draw(real.len())], PIECES[draw(PIECES.len())]),
        2 => (0..draw(30)).map(|_| PIECES[draw(PIECES.len())]).collect(),
        _ => (0..draw(40))
            .filter_map(|_| char::from_u32(u32::try_from(draw(0x2_ffff)).unwrap()))
            .collect(),
    }
}

#[test]
fn of_ten_thousand_answers_every_span_is_a_slice() {
    let real: Vec<&str> = SLICE.lines().map(|line| line.split_once('\t').unwrap().1).collect();
    let mut random = Random::new(1);
    let all: Vec<String> = (0..ANSWERS).map(|_| answer(&mut random, &real)).collect();
    let mut quotes = 0;
    for some in all.chunks(TOGETHER) {
        for text in some {
            for (start, end) in passages(text) {
                assert!(text.get(start..end).is_some(), "{start}..{end} of {text:?}");
            }
        }
        let slices: Vec<&str> = some.iter().map(String::as_str).collect();
        let given = texts(&slices, "en");
        let found = themes(&given, &Settings { themes: Some(4), ..settings("What next?") });
        sound(&given, &found).unwrap();
        quotes += found.themes.iter().map(|theme| theme.quotes.len()).sum::<usize>();
    }
    assert!(quotes > ANSWERS / TOGETHER * 4, "{quotes}");
}

#[test]
fn a_span_that_is_one_byte_off_is_found_out() {
    let given = texts(&super::given::CHINESE, "zh");
    let found = themes(&given, &settings("你押注什么？"));
    assert!(sound(&given, &found).is_ok());
    for theme in 0..found.themes.len() {
        for quote in 0..found.themes[theme].quotes.len() {
            for by in [1, 2] {
                let mut broken = found.clone();
                broken.themes[theme].quotes[quote].start += by;
                assert!(sound(&given, &broken).is_err());
                let mut broken = found.clone();
                broken.themes[theme].quotes[quote].end -= by;
                assert!(sound(&given, &broken).is_err());
            }
        }
    }
}
