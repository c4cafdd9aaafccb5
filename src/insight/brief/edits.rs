//! What the organizer has changed in the brief: a layer of its own over what is made of the
//! answers. New answers never write over it; where they change what a sentence would say, that is
//! told.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::open::theme_key;
use super::{Brief, By, Section, Sentence, quotes};
use crate::domain::{QuestionId, ResponseId};
use crate::insight::themes::OpenThemes;
use crate::insight::{Insight, Material};

/// Everything that was changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = BriefEdits)]
#[serde(default)]
pub struct Edits {
    /// The keys of the sections in the order that was chosen; empty: as they come.
    pub order: Vec<String>,
    /// The keys of sections that were taken out.
    pub dropped: Vec<String>,
    /// Sentences that were changed, by key.
    pub sentences: BTreeMap<String, Edited>,
    /// Headings that were added.
    pub headings: Vec<Heading>,
    /// Sentences that were added.
    pub own: Vec<Own>,
    /// The last number that was given to something added: none is given twice.
    pub last: u32,
}

/// What was changed of one sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = BriefSentence)]
#[serde(default)]
pub struct Edited {
    /// The section it stood in.
    pub section: String,
    /// Other words for it.
    pub text: Option<String>,
    /// What it said when it was put in other words or taken out.
    pub over: String,
    /// Whether it was taken out.
    pub dropped: bool,
    /// The quotes that were chosen for it.
    pub quotes: Option<Vec<Chosen>>,
}

/// A quote that was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChosenQuote)]
pub struct Chosen {
    /// Whose answer.
    pub response: ResponseId,
    /// To which question.
    pub question: QuestionId,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

/// A heading that was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = BriefHeading)]
pub struct Heading {
    /// The key of its section: `own.3`.
    pub key: String,
    /// Its words.
    pub title: String,
}

/// A sentence that was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OwnSentence)]
pub struct Own {
    /// Its key: `own.4`.
    pub key: String,
    /// The key of the section it stands in.
    pub section: String,
    /// Its words.
    pub text: String,
}

/// A brief with its edits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The brief; what was taken out is still in it, marked so.
    pub brief: Brief,
    /// Edited sentences whose numbers may not be published: what may be stands in their place.
    pub set_aside: Vec<String>,
}

impl Edits {
    /// The text that was put in the place of a sentence's own.
    pub fn text(&self, key: &str) -> Option<&str> {
        let edited = self.sentences.get(key).and_then(|edited| edited.text.as_deref());
        edited.or_else(|| self.own.iter().find(|own| own.key == key).map(|own| own.text.as_str()))
    }

    /// Whether something was changed in the sentence on one of these themes.
    pub fn speaks_of(&self, question: &str, open: &OpenThemes) -> bool {
        self.on_themes(question).any(|(theme, _)| open.place(theme).is_some())
    }

    /// The keys of sentences that were left out and whose theme is not there any more: another
    /// theme may say the same, and is not left out.
    pub fn gone(&self, insight: &Insight) -> Vec<String> {
        let mut gone = vec![];
        for open in insight.themes.iter() {
            let asked = insight.material.questions.iter().find(|asked| asked.id == open.question);
            let Some(asked) = asked else { continue };
            // What was put in other words still stands in the brief.
            let lost = |(theme, edited): &(&str, &Edited)| {
                edited.dropped && edited.text.is_none() && !open.knows(theme)
            };
            let lost = self.on_themes(&asked.key).filter(lost);
            gone.extend(lost.map(|(theme, _)| theme_key(&asked.key, theme)));
        }
        gone
    }

    fn on_themes(&self, question: &str) -> impl Iterator<Item = (&str, &Edited)> {
        let prefix = theme_key(question, "");
        let sentences = self.sentences.iter();
        sentences.filter_map(move |(key, edited)| Some((key.strip_prefix(&prefix)?, edited)))
    }

    /// A key for something that is added.
    pub fn new_key(&mut self) -> String {
        self.last += 1;
        format!("own.{}", self.last)
    }

    /// Forgets what says nothing.
    pub fn tidy(&mut self) {
        self.sentences.retain(|_, e| e.text.is_some() || e.dropped || e.quotes.is_some());
        self.own.retain(|own| !own.text.is_empty());
        self.headings.retain(|heading| !heading.title.is_empty());
    }
}

/// Puts the edits over a brief. `desk`: the same brief with every number, if this is one to be
/// published: an edit over a sentence that says less there is set aside, as it may tell what must
/// not be told.
pub fn apply(brief: Brief, edits: &Edits, material: &Material, desk: Option<&Brief>) -> Draft {
    let mut draft = Draft { brief, set_aside: vec![] };
    for heading in &edits.headings {
        draft.brief.sections.push(Section {
            own: true,
            ..Section::new(&heading.key, heading.title.clone(), vec![], vec![])
        });
    }
    let at_the_desk: BTreeMap<&str, &str> = desk
        .into_iter()
        .flat_map(Brief::sentences)
        .map(|(_, sentence)| (sentence.key.as_str(), sentence.text.as_str()))
        .collect();
    let mut met = vec![];
    for section in &mut draft.brief.sections {
        section.dropped = edits.dropped.contains(&section.key);
        for sentence in &mut section.sentences {
            let Some(edited) = edits.sentences.get(&sentence.key) else { continue };
            met.push(sentence.key.clone());
            let same = at_the_desk.get(sentence.key.as_str()).is_none_or(|t| *t == sentence.text);
            if edited.text.is_some() && !same {
                draft.set_aside.push(sentence.key.clone());
            }
            change(sentence, edited, material, same);
        }
    }
    for (key, edited) in &edits.sentences {
        let Some(text) = edited.text.as_ref().filter(|_| !met.contains(key)) else { continue };
        if at_the_desk.contains_key(key.as_str()) {
            draft.set_aside.push(key.clone());
            continue;
        }
        // What it said is not said any more: the words stay.
        let sentence = Sentence {
            by: By::Edited,
            newer: true,
            dropped: edited.dropped,
            ..Sentence::written(key, text)
        };
        put(&mut draft.brief, &edited.section, sentence);
    }
    for own in &edits.own {
        let sentence = Sentence { by: By::Own, ..Sentence::written(&own.key, &own.text) };
        put(&mut draft.brief, &own.section, sentence);
    }
    order(&mut draft.brief.sections, &edits.order);
    draft
}

fn change(sentence: &mut Sentence, edited: &Edited, material: &Material, same: bool) {
    sentence.dropped = edited.dropped;
    if let Some(text) = edited.text.as_ref().filter(|_| same) {
        let made = std::mem::replace(&mut sentence.text, text.clone());
        sentence.newer = made != edited.over;
        sentence.made = Some(made);
        sentence.by = By::Edited;
    }
    // Where nothing may be quoted, nothing can be chosen.
    if let Some(chosen) = edited.quotes.as_ref().filter(|_| !sentence.choices.is_empty()) {
        let found = chosen.iter().filter_map(|chosen| quotes::chosen(material, chosen));
        sentence.quotes = found.collect();
        for quote in &sentence.quotes {
            if !sentence.choices.contains(quote) {
                sentence.choices.push(quote.clone());
            }
        }
    }
}

/// At the end of its section; of the last one, if that is gone.
fn put(brief: &mut Brief, section: &str, sentence: Sentence) {
    let place = brief.sections.iter().position(|s| s.key == section);
    let place = place.unwrap_or(brief.sections.len().saturating_sub(1));
    if let Some(section) = brief.sections.get_mut(place) {
        section.sentences.push(sentence);
    }
}

/// Sections that the chosen order does not know stay behind the one they came after.
fn order(sections: &mut [Section], chosen: &[String]) {
    if chosen.is_empty() {
        return;
    }
    let mut before = 0;
    let mut places = BTreeMap::new();
    for section in sections.iter() {
        if let Some(place) = chosen.iter().position(|key| *key == section.key) {
            before = place + 1;
            places.insert(section.key.clone(), (before, 0));
        } else {
            places.insert(section.key.clone(), (before, 1));
        }
    }
    sections.sort_by_key(|section| places.get(&section.key).copied());
}

impl Draft {
    /// The brief as it is read: without what was taken out.
    pub fn read(&self) -> Brief {
        let mut brief = self.brief.clone();
        brief.sections.retain(|section| !section.dropped);
        for section in &mut brief.sections {
            section.sentences.retain(|sentence| !sentence.dropped);
        }
        brief.sections.retain(|section| !section.sentences.is_empty());
        brief
    }

    /// How many sentences would say something else by now than when they were edited.
    pub fn newer(&self) -> usize {
        self.brief.sentences().filter(|(_, sentence)| sentence.newer && !sentence.dropped).count()
    }
}
