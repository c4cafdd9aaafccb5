//! Answers in their own words: dealt from the texts, begun and ended in different ways, and
//! typed as people type.

use std::collections::BTreeMap;

use super::chance::Chance;
use super::script::Script;
use super::{Manner, Traits};

/// Texts as decks of cards: none comes twice before all have come once. By a deck's name: what
/// is left of it, in order, and how often it was shuffled.
#[derive(Debug)]
pub(super) struct Decks {
    seed: u64,
    orders: BTreeMap<String, (Vec<usize>, usize)>,
    last: BTreeMap<String, String>,
}

impl Decks {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, orders: BTreeMap::new(), last: BTreeMap::new() }
    }

    /// The next of `of`, and how often the deck `name` has been through.
    pub(super) fn deal<'a, T>(&mut self, name: &str, of: &'a [T]) -> Option<(&'a T, usize)> {
        let (order, round) = self.orders.entry(name.to_owned()).or_default();
        if order.is_empty() {
            *round += 1;
            *order = (0..of.len()).collect();
            Chance::named(self.seed, &format!("deck/{name}/{round}")).shuffle(order);
        }
        Some((of.get(order.pop()?)?, *round))
    }

    fn text<'a>(&mut self, name: &str, language: &str, of: &'a [String]) -> &'a str {
        let dealt = self.deal(&format!("{name}/{language}"), of);
        dealt.map_or("", |(text, _)| text.as_str())
    }

    /// An answer to an open question.
    pub(super) fn open_answer(
        &mut self,
        script: &Script,
        chance: &mut Chance,
        traits: Traits,
        prompt: &str,
    ) -> Option<String> {
        let Traits { camp, language, manner, .. } = traits;
        let topic = script.topic(prompt);
        let roll = chance.below(100);
        let text = match manner {
            Manner::Careless if roll < 60 => {
                self.text("careless", language, script.careless.of(language)).to_owned()
            }
            Manner::Careless | Manner::Brief if roll < 85 => {
                let texts = script.short.get(topic)?.of(language);
                self.text(&format!("short/{topic}"), language, texts).to_owned()
            }
            _ => {
                let name = format!("core/{topic}/{camp:?}");
                let before = self.last.get(&format!("{name}/{language}"));
                if let Some(before) = before
                    && chance.percent(9)
                {
                    // Two people who read the same post, or one who sent it from two devices.
                    slip(before, language, chance)
                } else {
                    let texts = script.core.get(topic)?.of(camp).of(language);
                    let core = self.text(&name, language, texts);
                    self.last.insert(format!("{name}/{language}"), core.to_owned());
                    self.framed(script, chance, traits, core)
                }
            }
        };
        Some(if language == "en" && chance.percent(14) {
            slip(&text, language, chance)
        } else {
            text
        })
    }

    /// A text with what people say before and after the thing itself.
    fn framed(
        &mut self,
        script: &Script,
        chance: &mut Chance,
        traits: Traits,
        core: &str,
    ) -> String {
        let Traits { camp, language, .. } = traits;
        let space = if language == "zh" { "" } else { " " };
        let mut text = core.trim().to_owned();
        if chance.percent(25) {
            let opener = self.text("opener", language, script.opener.of(language));
            text = format!("{opener}{space}{text}");
        }
        let name = format!("closer/{camp:?}");
        let end = match chance.below(100) {
            0..24 => self.text(&name, language, script.closer.of(camp).of(language)),
            24..38 => self.text("aside", language, script.aside.of(language)),
            _ => return text,
        };
        let space = if text.contains('\n') { "\n\n" } else { space };
        format!("{text}{space}{end}")
    }
}

/// The same text, typed less carefully.
fn slip(text: &str, language: &str, chance: &mut Chance) -> String {
    if language == "zh" {
        let end = chance.pick(&["", "！", "…", " 👍"]).unwrap_or_default();
        return format!("{}{end}", text.trim_end_matches('。'));
    }
    match chance.below(4) {
        0 => text.to_lowercase(),
        1 => text.replace(['\'', '’'], ""),
        2 => text.trim_end_matches('.').to_owned(),
        _ => swapped(text, chance),
    }
}

/// Two neighbouring letters of one longer word in the wrong order.
fn swapped(text: &str, chance: &mut Chance) -> String {
    let long = |word: &str| word.len() > 5 && word.bytes().all(|b| b.is_ascii_lowercase());
    let words: Vec<&str> = text.split(' ').collect();
    let places: Vec<usize> =
        words.iter().enumerate().filter(|(_, word)| long(word)).map(|(place, _)| place).collect();
    let Some(chosen) = chance.pick(&places) else { return text.to_owned() };
    let typed = words.iter().enumerate().map(|(place, word)| {
        let mut letters: Vec<char> = word.chars().collect();
        if place == chosen {
            let at = 1 + chance.below(letters.len().saturating_sub(3));
            letters.swap(at, at + 1);
        }
        letters.into_iter().collect::<String>()
    });
    typed.collect::<Vec<_>>().join(" ")
}
