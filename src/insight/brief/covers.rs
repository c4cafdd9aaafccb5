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
    let mut sentences = vec![];
    let mut tell = |say: &Say, key: &str, who: BTreeSet<ResponseId>, of: usize, told: bool| {
        if !who.is_empty() {
            let count = who.len();
            let who_of = say.of_if(count, of, told);
            let text = say.with(
                &format!("brief-{key}"),
                &[("who", who_of.into()), ("authors", say.limits.authors.into())],
            );
            let sentence = Sentence::new(format!("covers.{key}"), text, who.into_iter().collect());
            sentences.push(sentence.counting(say.figure_if(key, count, of, told)));
        }
    };
    if !wrote.is_empty() {
        let parts = parts(say, insight, &wrote);
        let counts: Vec<usize> = parts.iter().map(|(_, who)| who.len()).collect();
        let asked = |open: &OpenThemes| material.questions.iter().find(|a| a.id == open.question);
        let mut asked = insight.themes.iter().filter_map(asked);
        let bare = asked.any(|asked| say.on(insight, asked).bare);
        let of = Say { bare, ..*say };
        let follows = few_follow(say, insight);
        // They are everybody who wrote: one that is kept back could follow from the others.
        for ((key, who), told) in parts.into_iter().zip(say.limits.parts(&counts)) {
            tell(&of, key, who, wrote.len(), told && !follows);
        }
        let answered = insight.themes.iter().flat_map(|open| material.answers(open.question));
        let answered: BTreeSet<_> = answered.map(|(id, _)| id).collect();
        let silent = everybody(material).into_iter().filter(|id| !answered.contains(id)).collect();
        let silent: BTreeSet<_> = silent;
        let told = say.limits.tells(silent.len(), all);
        tell(say, "only-closed", silent, all, told);
    }
    let unquotable: BTreeSet<_> =
        everybody(material).into_iter().filter(|id| !material.is_quotable(*id)).collect();
    let told = say.limits.tells(unquotable.len(), all);
    tell(say, "not-quoted", unquotable, all, told);
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

/// Those who wrote something, each in the first that holds: with something in a theme that stands
/// here, only in themes without a name, only in themes that were taken out, in none, and those who
/// say nothing.
fn parts(
    say: &Say,
    insight: &Insight,
    wrote: &BTreeSet<ResponseId>,
) -> Vec<(&'static str, BTreeSet<ResponseId>)> {
    let mut left = wrote.clone();
    let themes = |named: bool| in_themes(insight, |open, at| named == stands(say, open, at));
    let aside = insight.themes.iter().filter_map(OpenThemes::layer);
    let aside = aside.flat_map(|kept| &kept.hidden).flat_map(|theme| theme.people.clone());
    let silent = insight.themes.iter().flat_map(|open| open.people(&open.found.uninformative));
    let silent: BTreeSet<ResponseId> = silent.collect();
    let mut parts = vec![];
    for (key, who) in [
        ("in-a-theme", themes(true)),
        ("only-unnamed", themes(false)),
        ("only-aside", aside.collect()),
        ("fits-no-theme", &left.clone() - &silent),
        ("says-nothing", silent.clone()),
    ] {
        let who = &left & &who;
        left = &left - &who;
        if !who.is_empty() {
            parts.push((key, who));
        }
    }
    parts
}

/// Whether it follows from the number of people in any theme, and from those of each that may be
/// told, how few are in those that may not.
fn few_follow(say: &Say, insight: &Insight) -> bool {
    let told = |told: bool| {
        in_themes(insight, |open, at| {
            let people = open.found.themes.get(at).map_or(0, |theme| theme.mentions.len());
            stands(say, open, at) && told == say.limits.tells(people, open.texts.len())
        })
    };
    let only = &told(false) - &told(true);
    !only.is_empty() && only.len() < say.limits.people
}

/// Whether a theme has its sentence in the brief.
fn stands(say: &Say, open: &OpenThemes, at: usize) -> bool {
    let few = say.limits.authors;
    let people = open.found.themes.get(at).map_or(0, |theme| theme.mentions.len());
    people >= few && open.name(at, few).is_some()
}

/// Those who are in some of the themes.
fn in_themes(
    insight: &Insight,
    which: impl Fn(&OpenThemes, usize) -> bool,
) -> BTreeSet<ResponseId> {
    let of = insight
        .themes
        .iter()
        .flat_map(|open| (0..).zip(&open.found.themes).map(move |(at, theme)| (open, at, theme)));
    of.filter(|(open, at, _)| which(open, *at))
        .flat_map(|(open, _, theme)| open.people(&theme.mentions))
        .collect()
}
