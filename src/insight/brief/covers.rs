//! What the brief covers, and what it leaves out.

use std::collections::BTreeSet;

use super::say::Say;
use super::{Section, Sentence, everybody};
use crate::domain::ResponseId;
use crate::insight::Insight;
use crate::insight::themes::OpenThemes;

pub(super) fn section(say: &Say, insight: &Insight) -> Section {
    let material = &insight.material;
    let all = material.voices.len();
    let people = |places: &dyn Fn(&OpenThemes) -> Vec<usize>| -> BTreeSet<ResponseId> {
        insight.themes.iter().flat_map(|open| open.people(&places(open))).collect()
    };
    let wrote = people(&|open| (0..open.texts.len()).collect());
    let named = |open: &OpenThemes| -> Vec<usize> {
        let themes = open.found.themes.iter();
        let named = themes.filter(|theme| theme.mentions.len() >= say.limits.authors);
        named.flat_map(|theme| theme.mentions.clone()).collect()
    };
    let within = people(&named);
    let mut sentences = vec![];
    let mut tell = |key: &str, who: BTreeSet<ResponseId>, of: usize| {
        if !who.is_empty() {
            let count = who.len();
            let text = say.with(&format!("brief-{key}"), &[("who", say.of(count, of).into())]);
            let sentence = Sentence::new(format!("covers.{key}"), text, who.into_iter().collect());
            sentences.push(sentence.counting(say.figure(key, count, of)));
        }
    };
    if !wrote.is_empty() {
        tell("in-a-theme", within.clone(), wrote.len());
        let outside: BTreeSet<_> = wrote.difference(&within).copied().collect();
        let nothing = people(&|open| open.found.uninformative.clone());
        let empty: BTreeSet<_> = outside.intersection(&nothing).copied().collect();
        tell("fits-no-theme", outside.difference(&empty).copied().collect(), wrote.len());
        tell("says-nothing", empty, wrote.len());
        let answered = insight.themes.iter().flat_map(|open| material.answers(open.question));
        let answered: BTreeSet<_> = answered.map(|(id, _)| id).collect();
        let silent = everybody(material).into_iter().filter(|id| !answered.contains(id)).collect();
        tell("only-closed", silent, all);
    }
    let unquotable =
        everybody(material).into_iter().filter(|id| !material.is_quotable(*id)).collect();
    tell("not-quoted", unquotable, all);
    if let Some(read) = insight.themes.iter().find(|open| open.of > open.texts.len()) {
        let values = [("read", read.texts.len().into()), ("of", read.of.into())];
        sentences.push(Sentence::new(
            "covers.read",
            say.with("brief-read", &values),
            everybody(material),
        ));
    }
    sentences.push(Sentence::new("covers.how", say.get("brief-how"), everybody(material)));
    let title = say.get("brief-covers");
    Section::new("covers", title, vec!["*".to_owned()], sentences)
}
