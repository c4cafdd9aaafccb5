//! Mails of campaigns in the organizer's own words: one source for text and HTML. Lines make
//! paragraphs; `>` begins a quote, a line in square brackets is the button, and what stands in
//! braces is filled in for each person. Nothing that is filled in can become any of these.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use self::pieces::{Filled, fill, problems_of};
use super::clean;
use super::footer::{self, Footer, Why, greeting};
use super::message::{Block, Content};
use crate::domain::campaign::Aim;
use crate::words::{Value, Words};

mod pieces;
pub mod place;

pub use place::Place;

/// The longest subject that may be typed, in characters, before it is filled in.
pub const LONGEST_SUBJECT: usize = 200;
/// The longest text that may be typed, in characters.
pub const LONGEST_TEXT: usize = 20_000;

/// The words of a campaign in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// The subject: one line.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// The words that an organizer has written, by language tag; where there are none, ours are used.
pub type Templates = BTreeMap<String, Template>;

/// What is filled in for one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// How they are called; empty: unknown.
    pub name: String,
    /// The questionnaire's title.
    pub title: String,
    /// The questionnaire's introduction; may be empty.
    pub introduction: String,
    /// How many questions there are.
    pub questions: usize,
    /// How many minutes answering takes.
    pub minutes: usize,
    /// Until when answers are welcome, if that is said.
    pub closes: Option<DateTime<Utc>>,
    /// The clock on which times are told.
    pub zone: Tz,
    /// Where the button leads.
    pub link: String,
    /// Whether no other reminder will follow.
    pub last: bool,
    /// The small print, with the organizer's name.
    pub footer: Footer,
}

/// What must be put right in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The subject has nothing in it.
    NoSubject,
    /// The subject or the text is too long.
    TooLong,
    /// Nothing is called so: what stood in braces, in the subject (`true`) or in the text.
    Unknown(String, bool),
    /// There is no button and no link, so nobody could follow it.
    NoLink,
    /// There is more than one button.
    Buttons,
}

impl Problem {
    /// Whether it is about the subject.
    pub fn in_subject(&self) -> bool {
        matches!(self, Self::NoSubject | Self::Unknown(_, true))
    }
}

impl Template {
    /// Our own words for a purpose, as a source that an organizer can go on from.
    pub fn builtin(aim: Aim, words: Words) -> Self {
        let say = |key: &str| {
            let organizer = ("organizer", Value::from("{organizer}"));
            words.with(key, &[("title", "{title}".into()), organizer])
        };
        let until = words.with("mail-open-until", &[("when", "{closing date}".into())]);
        let personal = words.get("mail-invitation-personal");
        let answer = format!("[{}]", words.get("mail-answer-action"));
        let (subject, parts) = match aim {
            Aim::Invite => (
                "mail-invitation-subject",
                vec![
                    say("mail-invitation-opening"),
                    "> {introduction}".to_owned(),
                    "{effort}".to_owned(),
                    format!("{until}\n{personal}"),
                    answer,
                ],
            ),
            Aim::Remind => (
                "mail-reminder-subject",
                vec![
                    say("mail-reminder-opening"),
                    format!("{until}\n{personal}"),
                    answer,
                    "{last reminder}".to_owned(),
                ],
            ),
            Aim::Thank => (
                "mail-thanks-subject",
                vec![say("mail-thanks-opening"), words.get("mail-thanks-next")],
            ),
            Aim::Brief => (
                "mail-brief-subject",
                vec![say("mail-brief-opening"), format!("[{}]", words.get("mail-brief-action"))],
            ),
        };
        let text = format!("{{greeting}}\n\n{}\n", parts.join("\n\n"));
        Self { subject: say(subject), text }
    }

    /// The template for a language: the organizer's, else ours.
    pub fn of(templates: &Templates, aim: Aim, words: Words) -> Self {
        let written = templates.get(words.language()).cloned();
        written.unwrap_or_else(|| Self::builtin(aim, words))
    }

    /// What has to be put right before it can be used.
    pub fn problems(&self, aim: Aim) -> Vec<Problem> {
        let mut problems = vec![];
        if self.subject.trim().is_empty() {
            problems.push(Problem::NoSubject);
        }
        let long = |text: &str, most: usize| text.chars().nth(most).is_some();
        if long(&self.subject, LONGEST_SUBJECT) || long(&self.text, LONGEST_TEXT) {
            problems.push(Problem::TooLong);
        }
        let unknown = |text, subject| {
            let names = problems_of(text).into_iter();
            names.map(move |name| Problem::Unknown(name, subject))
        };
        problems.extend(unknown(&self.subject, true));
        problems.extend(unknown(&self.text, false));
        let buttons = self.text.lines().filter(|line| button(line).is_some()).count();
        if buttons > 1 {
            problems.push(Problem::Buttons);
        }
        if buttons == 0 && aim != Aim::Thank && !pieces::places(&self.text).contains(&Place::Link) {
            problems.push(Problem::NoLink);
        }
        problems
    }

    /// The mail for one person.
    pub fn content(&self, words: Words, facts: &Facts) -> Content {
        let subject = clean::line(&self.subject, LONGEST_SUBJECT);
        let subject = match fill(&subject, &|place| facts.value(place, words, true)) {
            Filled::Line(line) | Filled::Nothing(line) => line,
        };
        let mut blocks = Blocks::default();
        for line in clean::lines(&self.text).lines() {
            blocks.line(line, words, facts);
        }
        blocks.flush();
        let mut paragraphs = blocks.done;
        paragraphs.extend(facts.footer.blocks(words));
        Content {
            language: words.language(),
            direction: words.direction(),
            subject,
            preheader: None,
            paragraphs,
            calendar: None,
        }
    }
}

/// A mail marked as a test: for an organizer who looks at it first.
pub fn as_test(content: Content, words: Words) -> Content {
    let Content { subject, mut paragraphs, .. } = content;
    let subject = words.with("mail-test-subject", &[("subject", subject.into())]);
    paragraphs.insert(0, Block::Quote(words.get("mail-test-note")));
    Content { subject, paragraphs, ..content }
}

/// A mail of this purpose as it may be, in our own words, for tests.
pub fn sample(aim: Aim, words: Words) -> Content {
    Template::builtin(aim, words).content(words, &Facts::sample())
}

impl Facts {
    /// What may be filled in, for previews and tests.
    pub fn sample() -> Self {
        let at = |month, day, hour| Utc.with_ymd_and_hms(2026, month, day, hour, 0, 0).single();
        let why = Why::Asked { at: at(8, 12, 9).unwrap_or_default(), zone: Tz::Europe__Berlin };
        Self {
            name: "Ada".to_owned(),
            title: "Several judgments on DeepSeek and the second half of intelligence".to_owned(),
            introduction: "What would be your next Aha moment?".to_owned(),
            questions: 7,
            minutes: 10,
            closes: at(10, 1, 21),
            zone: Tz::Europe__Berlin,
            link: "https://colloquy.example.org/i/4f9c1d".to_owned(),
            last: true,
            footer: footer::sample(why),
        }
    }

    /// What stands at a place; empty: there is nothing to say.
    fn value(&self, place: Place, words: Words, in_subject: bool) -> String {
        let name = || clean::line(&self.name, 70);
        match place {
            Place::Greeting => match greeting(words, Some(&self.name)) {
                Block::Paragraph(text) => text,
                _ => String::new(),
            },
            Place::Name => name(),
            Place::FirstName => place::first_name(&name()),
            Place::Title => clean::line(&self.title, if in_subject { 50 } else { 200 }),
            Place::Link => self.link.clone(),
            Place::ClosingDate => {
                self.closes.map(|at| words.date_time(at, self.zone)).unwrap_or_default()
            }
            Place::Minutes => words.with("mail-minutes", &[("minutes", self.minutes.into())]),
            Place::Questions => self.questions.to_string(),
            Place::Effort => {
                let time = words.with("mail-minutes", &[("minutes", self.minutes.into())]);
                let facts = [("count", self.questions.into()), ("time", time.into())];
                words.with("mail-invitation-effort", &facts)
            }
            Place::Organizer => clean::line(&self.footer.organizer, 70),
            Place::Introduction => clean::lines(&self.introduction),
            Place::LastReminder if self.last => words.get("mail-reminder-last"),
            Place::LastReminder => String::new(),
        }
    }
}

/// The label of a button: a line of its own in square brackets, with or without `({link})` after.
fn button(line: &str) -> Option<&str> {
    let line = line.trim();
    let line = line.strip_suffix("({link})").unwrap_or(line);
    let label = line.strip_prefix('[')?.strip_suffix(']')?.trim();
    (!label.is_empty() && !label.contains(['[', ']'])).then_some(label)
}

/// The paragraphs of a mail, as far as they are read.
#[derive(Default)]
struct Blocks {
    done: Vec<Block>,
    lines: Vec<String>,
    quoted: bool,
}

impl Blocks {
    fn line(&mut self, line: &str, words: Words, facts: &Facts) {
        let value = |place| facts.value(place, words, false);
        let action = |label: String| Block::Action { label, href: facts.link.clone() };
        let trimmed = line.trim();
        if trimmed.is_empty() {
            return self.flush();
        }
        if let Some(label) = button(trimmed) {
            self.flush();
            let (Filled::Line(label) | Filled::Nothing(label)) = fill(label, &value);
            return self.done.push(action(label));
        }
        if pieces::is_only_link(trimmed) {
            self.flush();
            return self.done.push(action(words.get("mail-answer-action")));
        }
        let quoted = trimmed.strip_prefix('>');
        if quoted.is_some() != self.quoted {
            self.flush();
            self.quoted = quoted.is_some();
        }
        // What has nothing to say goes with its whole line.
        if let Filled::Line(line) = fill(quoted.unwrap_or(trimmed).trim(), &value) {
            self.lines.push(line);
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.lines).join("\n");
        if !text.trim().is_empty() {
            self.done.push(if self.quoted { Block::Quote(text) } else { Block::Paragraph(text) });
        }
        self.quoted = false;
    }
}

#[cfg(test)]
mod tests;
