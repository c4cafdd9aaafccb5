//! Whether a document can be kept: lengths, names, numbers. What the desk would set right
//! without a word (spaces at the end of a line) is set right here too.

use std::collections::BTreeSet;

use chrono_tz::Tz;

use super::{Document, DocumentQuestion, Fault};
use crate::domain::colour::Colour;
use crate::domain::condition::CANNOT_SAY;
use crate::domain::kind::{Kind, OTHER, OWN, Slot};
use crate::domain::options::{Options, hidden_name, is_on_clocks, origin};
use crate::domain::text::{at_the_door, one_line};

/// The most questions of one questionnaire.
pub const MOST_QUESTIONS: usize = 500;
/// The most options or statements of one question.
pub const MOST_LINES: usize = 5_000;
/// The most hidden fields, and the most sites that may show the form.
const MOST_CHOICES: usize = 30;
/// The longest introduction, in characters.
const INTRODUCTION: usize = 20_000;

/// What was found so far.
struct Check(Vec<Fault>);

impl Document {
    /// The document with its lines in order; or everything that keeps it from being kept.
    ///
    /// # Errors
    /// What is wrong, in the order of the document.
    pub fn sound(mut self) -> Result<Self, Vec<Fault>> {
        let mut check = Check(vec![]);
        check.line(&mut self.title, 300, "/title");
        if self.title.is_empty() {
            check.fault("/title", "The questionnaire needs a title.");
        }
        check.text(&mut self.introduction, "/introduction");
        check.language(&self.language, "/language");
        check.options(&mut self);
        if let Some(article) = &mut self.article {
            article.text = at_the_door(&article.text);
            if article.text.trim().is_empty() {
                check.fault("/article/text", "There is no text in it.");
            }
        }
        if self.questions.len() > MOST_QUESTIONS {
            check.fault("/questions", format!("These are more than {MOST_QUESTIONS}."));
        }
        let mut before: BTreeSet<String> = BTreeSet::new();
        for (place, question) in self.questions.iter_mut().enumerate() {
            let pointer = format!("/questions/{place}");
            check.question(question, &before, &pointer);
            if let (Some((start, end)), Some(article)) = (question.passage, &self.article)
                && (start >= end || article.text.get(start..end).is_none())
            {
                let pointer = format!("{pointer}/passage");
                check.fault(&pointer, "The article has no passage from here to there.");
            }
            if let Some(key) = question.key.clone()
                && !before.insert(key)
            {
                check.fault(&format!("{pointer}/key"), "Another question has this key.");
            }
        }
        if check.0.is_empty() { Ok(self) } else { Err(check.0) }
    }
}

impl Check {
    fn fault(&mut self, pointer: &str, what: impl Into<String>) {
        self.0.push(Fault { pointer: pointer.to_owned(), what: what.into() });
    }

    /// One line of at most `most` characters.
    fn line(&mut self, text: &mut String, most: usize, pointer: &str) {
        let line = one_line(text, usize::MAX);
        if line.chars().count() > most {
            self.fault(pointer, format!("This is longer than {most} characters."));
        }
        *text = line;
    }

    /// Paragraphs.
    fn text(&mut self, text: &mut String, pointer: &str) {
        let kept = at_the_door(text).trim().to_owned();
        if kept.chars().count() > INTRODUCTION {
            self.fault(pointer, format!("This is longer than {INTRODUCTION} characters."));
        }
        *text = kept;
    }

    fn language(&mut self, tag: &str, pointer: &str) {
        let mut pieces = tag.split('-');
        let first = pieces.next().unwrap_or_default();
        let letters =
            (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
        let rest = pieces.all(|piece| {
            (1..=8).contains(&piece.len()) && piece.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        if !letters || !rest || tag.len() > 35 {
            self.fault(pointer, "This is not a language tag, such as en or zh.");
        }
    }

    fn options(&mut self, document: &mut Document) {
        for (tag, head) in &mut document.options.translations {
            let pointer = format!("/options/translations/{tag}");
            self.language(tag, &pointer);
            self.line(&mut head.title, 300, &format!("{pointer}/title"));
            self.text(&mut head.introduction, &format!("{pointer}/introduction"));
            self.text(&mut head.thanks, &format!("{pointer}/thanks"));
        }
        self.conduct(&mut document.options);
        let (hidden, embed) = (&document.options.hidden, &mut document.options.embed);
        for (place, name) in hidden.iter().enumerate() {
            if hidden_name(name).as_deref() != Some(name) {
                self.fault(
                    &format!("/options/hidden/{place}"),
                    "A hidden field is named with small letters, digits, - and _.",
                );
            }
        }
        for (place, site) in embed.iter_mut().enumerate() {
            match origin(site) {
                Some(origin) => *site = origin,
                None => self.fault(
                    &format!("/options/embed/{place}"),
                    "The address of a site is written as https://example.org, without a path.",
                ),
            }
        }
        for (all, name) in [(hidden, "hidden"), (&*embed, "embed")] {
            if all.len() > MOST_CHOICES {
                self.fault(
                    &format!("/options/{name}"),
                    format!("These are more than {MOST_CHOICES}."),
                );
            }
            if all.iter().collect::<BTreeSet<_>>().len() < all.len() {
                self.fault(&format!("/options/{name}"), "One of these stands here twice.");
            }
        }
    }

    /// When it is open and for how many, and how it looks.
    fn conduct(&mut self, options: &mut Options) {
        self.text(&mut options.thanks, "/options/thanks");
        if !options.zone.is_empty() && options.zone.parse::<Tz>().is_err() {
            self.fault("/options/zone", "This is not a time zone, such as Europe/Berlin.");
        }
        for (at, place) in [(options.opens_at, "opens_at"), (options.closes_at, "closes_at")] {
            if at.is_some_and(|at| !is_on_clocks(at)) {
                self.fault(&format!("/options/{place}"), "Moments lie in the years 1970 to 9999.");
            }
        }
        if options.opens_at.zip(options.closes_at).is_some_and(|(opens, closes)| closes <= opens) {
            self.fault("/options/closes_at", "It would close before it opens.");
        }
        if options.most == Some(0) {
            self.fault("/options/most", "This is a number of responses above 0.");
        }
        if options.accent.as_deref().is_some_and(|accent| accent.parse::<Colour>().is_err()) {
            self.fault("/options/accent", "A colour is written as #rrggbb.");
        }
    }

    fn question(
        &mut self,
        question: &mut DocumentQuestion,
        before: &BTreeSet<String>,
        pointer: &str,
    ) {
        if question.key.as_deref().is_some_and(|key| !is_name(key)) {
            self.fault(
                &format!("{pointer}/key"),
                "A key has 1 to 40 letters (a to z), digits, - and _.",
            );
        }
        let wording = &mut question.wording;
        self.line(&mut wording.prompt, 2000, &format!("{pointer}/prompt"));
        self.line(&mut wording.help, 1000, &format!("{pointer}/help"));
        if let Some(condition) = &wording.shown_if
            && !before.contains(&condition.question)
        {
            self.fault(
                &format!("{pointer}/shown_if/question"),
                "No question that stands before this one has this key.",
            );
        }
        for (tag, texts) in &mut wording.translations {
            let pointer = format!("{pointer}/translations/{tag}");
            self.language(tag, &pointer);
            self.line(&mut texts.prompt, 2000, &format!("{pointer}/prompt"));
            self.line(&mut texts.help, 1000, &format!("{pointer}/help"));
            for (key, text) in &mut texts.lines {
                self.line(text, 1000, &format!("{pointer}/lines/{key}"));
            }
        }
        self.lines(&mut wording.kind, pointer);
        self.kind(&mut wording.kind, pointer);
    }

    fn lines(&mut self, kind: &mut Kind, pointer: &str) {
        let Some((lines, letter)) = kind.lines_mut() else { return };
        let pointer = format!("{pointer}/{}", if letter == "s" { "statements" } else { "options" });
        if lines.len() > MOST_LINES {
            self.fault(&pointer, format!("These are more than {MOST_LINES}."));
        }
        let mut keys: BTreeSet<String> = BTreeSet::new();
        for (place, line) in lines.iter_mut().enumerate() {
            let pointer = format!("{pointer}/{place}");
            self.line(&mut line.text, 1000, &format!("{pointer}/text"));
            if line.text.is_empty() {
                self.fault(&format!("{pointer}/text"), "It has no text.");
            }
            let reserved = [OTHER, OWN, CANNOT_SAY].contains(&line.key.as_str());
            if !line.key.is_empty() && (!is_name(&line.key) || reserved) {
                self.fault(
                    &format!("{pointer}/key"),
                    "A key has 1 to 40 letters (a to z), digits, - and _, and is not other, own or cannot_say.",
                );
            } else if !line.key.is_empty() && !keys.insert(line.key.clone()) {
                self.fault(&format!("{pointer}/key"), "Another line has this key.");
            }
        }
    }

    fn kind(&mut self, kind: &mut Kind, pointer: &str) {
        let at = |part: &str| format!("{pointer}/{part}");
        match kind {
            Kind::Open(kind) => {
                if kind.most == Some(0) {
                    self.fault(&at("most"), "This is a number of characters above 0.");
                }
            }
            Kind::Scale(kind) => {
                if !(2..=11).contains(&kind.points) {
                    self.fault(&at("points"), "A scale has 2 to 11 points.");
                }
                self.line(&mut kind.low, 200, &at("low"));
                self.line(&mut kind.high, 200, &at("high"));
            }
            Kind::Number(kind) => {
                self.line(&mut kind.unit, 200, &at("unit"));
                if kind.least.zip(kind.most).is_some_and(|(least, most)| least > most) {
                    self.fault(&at("most"), "The largest number is smaller than the smallest.");
                }
            }
            Kind::Allocation(kind) => {
                if !(1..=1_000_000).contains(&kind.total) {
                    self.fault(&at("total"), "From 1 to 1000000 points can be shared.");
                }
            }
            Kind::Availability(kind) => {
                if kind.zone.parse::<Tz>().is_err() {
                    self.fault(&at("zone"), "This is not a time zone, such as Europe/Berlin.");
                }
                self.slots(&mut kind.slots, &at("slots"));
            }
            Kind::Contact(kind) => {
                if kind.consents.iter().collect::<BTreeSet<_>>().len() < kind.consents.len() {
                    self.fault(&at("consents"), "One of these stands here twice.");
                }
            }
            Kind::Single(_) | Kind::Multiple(_) | Kind::Statements(_) | Kind::Ranking(_) => {}
        }
    }

    fn slots(&mut self, slots: &mut [Slot], pointer: &str) {
        if slots.len() > MOST_LINES {
            self.fault(pointer, format!("These are more than {MOST_LINES}."));
        }
        let mut keys: BTreeSet<String> = BTreeSet::new();
        for (place, slot) in slots.iter_mut().enumerate() {
            if !(10..=24 * 60).contains(&slot.minutes) {
                self.fault(
                    &format!("{pointer}/{place}/minutes"),
                    "A meeting lasts from 10 minutes to a day.",
                );
            }
            if slot.key.is_empty() {
                slot.key = Slot::at(slot.start, slot.minutes).key;
            }
            if !is_name(&slot.key) || !keys.insert(slot.key.clone()) {
                self.fault(&format!("{pointer}/{place}"), "This time stands here twice.");
            }
        }
    }
}

/// Whether a text can name a question within a document, or a line within a question.
fn is_name(text: &str) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    (1..=40).contains(&text.len()) && text.bytes().all(fits)
}
