//! Reads the editor's form. Each field comes with what stood in it when it was drawn: only what
//! was changed counts, so that two who edit different sentences do not undo each other.

use std::collections::BTreeSet;

use crate::domain::Fields;
use crate::domain::text::one_line;
use crate::insight::brief::edits::{Chosen, Edits, Heading, Own};
use crate::insight::brief::{Brief, By, Quote, Section, Sentence};

/// Characters of a sentence at the most.
const LONGEST: usize = 4000;
/// Quotes under a sentence at the most.
pub(super) const QUOTES: usize = 4;

/// What was sent.
pub(super) struct Read {
    /// The edits with what was changed, but for what two have changed.
    pub edits: Edits,
    /// What somebody else has changed since the form was drawn, and this editor too: it is theirs
    /// until this editor has seen it.
    pub both: Vec<Both>,
}

/// A text that two have changed at once.
pub(super) struct Both {
    /// The sentence's key.
    pub key: String,
    /// What the other one kept.
    pub theirs: String,
    /// What this one typed.
    pub mine: String,
}

/// The name by which a quote is chosen.
pub(super) fn name_of(quote: &Quote) -> String {
    format!("{}:{}:{}:{}", quote.response, quote.question, quote.start, quote.end)
}

fn chosen(name: &str) -> Option<Chosen> {
    let mut parts = name.split(':');
    Some(Chosen {
        response: parts.next()?.parse().ok()?,
        question: parts.next()?.parse().ok()?,
        start: parts.next()?.parse().ok()?,
        end: parts.next()?.parse().ok()?,
    })
}

/// What the organizer wants; `now`: what is kept, `brief`: as it is with it.
pub(super) fn read(fields: &Fields, now: &Edits, brief: &Brief) -> Read {
    let mut read = Read { edits: now.clone(), both: vec![] };
    for section in &brief.sections {
        for sentence in &section.sentences {
            text(fields, section, sentence, &mut read);
            drop_or_put_back(fields, section, sentence, &mut read.edits);
            quotes(fields, section, sentence, &mut read.edits);
        }
        let (was, is) = pair(fields, "ds", &section.key);
        if was != is {
            read.edits.dropped.retain(|key| *key != section.key);
            if is == "1" {
                read.edits.dropped.push(section.key.clone());
            }
        }
        added(fields, &section.key, &section.key, &mut read.edits);
    }
    for key in strays(fields, brief) {
        // As it was drawn, as far as nobody has changed it since.
        let was = fields.get(&format!("t-was.{key}")).unwrap_or_default();
        let words = now.text(&key).map_or_else(|| one_line(was, LONGEST), str::to_owned);
        let within = key.split('.').next().unwrap_or_default().to_owned();
        let section = Section { key: within, ..Section::default() };
        let by = if key.starts_with("own.") { By::Own } else { By::Made };
        let sentence = Sentence { key, text: words, by, ..Sentence::default() };
        text(fields, &section, &sentence, &mut read);
        drop_or_put_back(fields, &section, &sentence, &mut read.edits);
    }
    for heading in &mut read.edits.headings {
        let (was, is) = pair(fields, "h", &heading.key);
        if was != is {
            heading.title = one_line(is, 300);
        }
    }
    let title = one_line(fields.get("heading").unwrap_or_default(), 300);
    if !title.is_empty() {
        let key = read.edits.new_key();
        read.edits.headings.push(Heading { key: key.clone(), title });
        added(fields, "", &key, &mut read.edits);
    }
    order(fields, brief, &mut read.edits);
    read.edits.tidy();
    read
}

/// The keys of sentences that the form has and the brief has no more: what answers say may have
/// changed while somebody was writing.
fn strays(fields: &Fields, brief: &Brief) -> BTreeSet<String> {
    let there: BTreeSet<&str> = brief.sentences().map(|(_, one)| one.key.as_str()).collect();
    let drawn = |(name, _): (&str, &str)| {
        let key = name.strip_prefix("t-was.").or_else(|| name.strip_prefix("d-was."))?;
        (!there.contains(key)).then(|| key.to_owned())
    };
    fields.pairs().filter_map(drawn).collect()
}

/// What stood in a field when it was drawn, and what stands in it now.
fn pair<'a>(fields: &'a Fields, what: &str, key: &str) -> (&'a str, &'a str) {
    let get = |name: String| fields.get(&name).unwrap_or_default();
    (get(format!("{what}-was.{key}")), get(format!("{what}.{key}")))
}

fn text(fields: &Fields, section: &Section, sentence: &Sentence, read: &mut Read) {
    let key = &sentence.key;
    if fields.get(&format!("t.{key}")).is_none() {
        return;
    }
    let (was, is) = pair(fields, "t", key);
    let (was, is) = (one_line(was, LONGEST), one_line(is, LONGEST));
    let decision = fields.get(&format!("n.{key}")).unwrap_or_default();
    let made = sentence.made.as_deref().unwrap_or(&sentence.text);
    if was != is {
        let theirs = &sentence.text;
        if *theirs != was && *theirs != is {
            let (key, theirs) = (key.clone(), theirs.clone());
            read.both.push(Both { key, theirs, mine: is });
            return;
        }
        if let Some(own) = read.edits.own.iter_mut().find(|own| own.key == *key) {
            own.text = is;
            return;
        }
        // What the editor saw is what the words were written over.
        let over = one_line(fields.get(&format!("m.{key}")).unwrap_or_default(), LONGEST);
        let edited = read.edits.sentences.entry(key.clone()).or_default();
        edited.section.clone_from(&section.key);
        edited.dropped |= is.is_empty();
        edited.text = (!is.is_empty() && is != one_line(made, LONGEST)).then_some(is);
        edited.over = over;
    }
    match decision {
        "mine" => {
            if let Some(edited) = read.edits.sentences.get_mut(key) {
                made.clone_into(&mut edited.over);
            }
        }
        "new" => {
            if let Some(edited) = read.edits.sentences.get_mut(key) {
                edited.text = None;
            }
        }
        _ => {}
    }
}

fn drop_or_put_back(fields: &Fields, section: &Section, sentence: &Sentence, edits: &mut Edits) {
    let (was, is) = pair(fields, "d", &sentence.key);
    if was == is {
        return;
    }
    if sentence.by == By::Own {
        edits.own.retain(|own| own.key != sentence.key);
        return;
    }
    let edited = edits.sentences.entry(sentence.key.clone()).or_default();
    edited.section.clone_from(&section.key);
    edited.dropped = is == "1";
    if edited.dropped && edited.text.is_none() {
        edited.over.clone_from(&sentence.text);
    }
}

fn quotes(fields: &Fields, section: &Section, sentence: &Sentence, edits: &mut Edits) {
    let field = format!("q.{}", sentence.key);
    let Some(was) = fields.get(&format!("q-was.{}", sentence.key)) else { return };
    let is: Vec<&str> = fields.all(&field).filter(|name| chosen(name).is_some()).collect();
    if is.join(" ") != was {
        let edited = edits.sentences.entry(sentence.key.clone()).or_default();
        edited.section.clone_from(&section.key);
        edited.quotes = Some(is.into_iter().filter_map(chosen).take(QUOTES).collect());
    }
}

/// A sentence that was typed under a section.
fn added(fields: &Fields, field: &str, section: &str, edits: &mut Edits) {
    let text = one_line(fields.get(&format!("add.{field}")).unwrap_or_default(), LONGEST);
    if !text.is_empty() {
        let key = edits.new_key();
        edits.own.push(Own { key, section: section.to_owned(), text });
    }
}

fn order(fields: &Fields, brief: &Brief, edits: &mut Edits) {
    let mut changed = false;
    let mut places: Vec<(f64, &str)> = vec![];
    for (place, section) in (1_u32..).zip(&brief.sections) {
        let (was, is) = pair(fields, "place", &section.key);
        changed |= was != is;
        let typed = is.trim().replace(',', ".").parse::<f64>().ok().filter(|p| p.is_finite());
        // "3" for what stood at 7 means: before what stands at 3.
        let moved = if was == is { 0.0 } else { -0.5 };
        let typed = typed.unwrap_or(f64::from(place));
        let down = if was != is && typed > f64::from(place) { 1.0 } else { 0.0 };
        places.push((typed + moved + down, &section.key));
    }
    if changed {
        places.sort_by(|a, b| a.0.total_cmp(&b.0));
        edits.order = places.into_iter().map(|(_, key)| key.to_owned()).collect();
    }
}
