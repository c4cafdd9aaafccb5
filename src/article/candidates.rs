//! What in an article can become a question: what the author asks the reader, what can be agreed
//! or disagreed with, and what the article asks itself.

use serde::{Deserialize, Serialize};

use super::announce::Lead;
use super::ask::Reason;
use super::blocks::{BOLD, Block, Role, blocks};
use super::claims::worth;
use super::context::{Around, around};
use super::format::Format;
use super::heads::Head;
use super::invert::{capitalised, declared};
use super::read::{Article, source_of};
use super::sentences::{asks, is_chinese, sentences};
use super::statement::{as_sentence, claims, joint, label, topic};
use super::token::tokens;

/// Longer sentences are nobody's question, in bytes.
pub(super) const LONG: usize = 700;
/// Sentences of the body that are listed as statements.
const SENTENCES: usize = 8;
/// Statements that are ticked by default, at most.
const SUGGESTED: usize = 9;
/// Questions of the body that are listed to choose from.
const FURTHER: usize = 30;

/// What a candidate becomes.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CandidateKind {
    /// A question to the reader.
    Open,
    /// Points to share among options.
    Allocation,
    /// One option of several.
    Single,
    /// A claim to agree or disagree with.
    Statement,
    /// A question that the article asks itself.
    Further,
}

impl CandidateKind {
    /// Its name for programs, and where it is taken.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Allocation => "allocation",
            Self::Single => "single",
            Self::Statement => "statement",
            Self::Further => "further",
        }
    }
}

/// Something in the article that can become a question.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Candidate {
    /// What it becomes.
    pub kind: CandidateKind,
    /// Its words, cleaned of bullets and labels.
    pub text: String,
    /// The options that the author names.
    pub options: Vec<String>,
    /// Where it begins, in bytes of the article's text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The primary tag of the language that it is written in: `en`, `zh`.
    pub language: String,
    /// Its place in the list, from 1.
    pub rank: usize,
    /// Where it stands and what makes it a question, in one sentence.
    pub why: String,
    /// Whether it is ticked by default.
    pub suggested: bool,
}

/// All candidates, best first.
pub fn candidates(article: &Article) -> Vec<Candidate> {
    let mut blocks = headed(blocks(&tokens(article)), article.format == Format::Text);
    let title = article.title.as_str();
    // The title is no claim of its own, and who is named as the source makes none.
    blocks.retain(|block| {
        block.text != title && source_of(&block.text).is_none() && block.link.is_none()
    });
    let around = around(&blocks, title);
    let mut search = Search {
        language: &article.language,
        headings: blocks.iter().filter(|block| block.role == Role::Heading).count(),
        blocks: &blocks,
        found: vec![],
        judged: vec![],
        passed: 0,
        claimed: vec![],
    };
    for (number, (block, around)) in blocks.iter().zip(&around).enumerate() {
        match block.role {
            Role::Heading if around.under == Some(number) && around.head != Head::Text => {}
            Role::Heading if block.text.len() > LONG => {}
            Role::Heading => search.heading(block, around),
            Role::Paragraph | Role::Item => search.questions(number, around),
            Role::Other => {}
        }
    }
    search.best()
}

/// Bold lines that stand like headings are headings; of a plain text also short lines that stand
/// alone above others and end in no point.
fn headed(mut blocks: Vec<Block>, text: bool) -> Vec<Block> {
    let last = blocks.len().saturating_sub(1);
    for (number, block) in blocks.iter_mut().enumerate() {
        let ends = ['.', ':', '。', '：', ',', '，', ';', '；', '…'];
        let called = text && block.text.ends_with(['!', '！']);
        let plain = !block.text.ends_with(ends) && !called;
        let most = match (text, is_chinese(&block.text)) {
            (false, _) => 120,
            (true, true) => 24,
            (true, false) => 60,
        };
        let short = block.text.chars().count() <= most;
        let alone = if text { number < last } else { block.is_bold() };
        if block.role == Role::Paragraph && short && plain && alone {
            block.role = Role::Heading;
            block.level = BOLD;
        }
    }
    blocks
}

/// A sentence that passes a judgement, before it is known whether there is room for it.
struct Judged<'a> {
    worth: i32,
    section: usize,
    block: &'a Block,
    range: (usize, usize),
    bold: bool,
}

/// The search through the blocks of one article.
pub(super) struct Search<'a> {
    pub(super) blocks: &'a [Block],
    /// How many headings there are.
    pub(super) headings: usize,
    language: &'a str,
    found: Vec<(i32, Candidate)>,
    judged: Vec<Judged<'a>>,
    /// How many questions that nobody is asked were found.
    passed: usize,
    /// The sections whose heading is a suggested statement.
    claimed: Vec<usize>,
}

impl<'a> Search<'a> {
    fn heading(&mut self, block: &Block, around: &Around) {
        let cut = label(&block.text);
        let rest = block.text.get(cut..).unwrap_or_default();
        let from = cut + topic(rest);
        let words = block.text.get(from..).unwrap_or_default().trim();
        let from = block.text.len() - block.text.get(from..).unwrap_or_default().trim_start().len();
        let place = format!("Heading {} of {}", around.section, self.headings);
        let asked = sentences(words);
        if asks(words) {
            let to = from + words.len();
            if around.head == Head::Questions {
                self.ask(block, (from, to), &Reason::Listed(around.under), around);
            } else if let Some(said) = declared(words).filter(|_| around.head != Head::Answers) {
                let why = format!("{place}; it asks yes or no, and this is the yes.");
                self.state(block, (from, to), said, (why, true), around);
            } else {
                let why = format!("{place}; the article treats this question itself.");
                self.pass(block, (from, to), words.to_owned(), why);
            }
        } else if around.head == Head::Text
            && let Some((_, to)) = asked.first()
            && let Some(first) = words.get(..*to)
            && claims(first)
        {
            let called = first.ends_with(['!', '！']);
            let said = if called { capitalised(first) } else { as_sentence(first) };
            let (why, double) = match (called, said.contains(" and ") || said.contains('、')) {
                (true, _) => (format!("{place}; a claim, though a short one."), true),
                (_, true) => (format!("{place}; it claims two things at once."), true),
                _ => (format!("{place}; it makes a claim."), false),
            };
            self.state(block, (from, from + to), said, (why, !double), around);
        }
    }

    /// Keeps a statement that stands as a heading.
    fn state(
        &mut self,
        block: &Block,
        range: (usize, usize),
        said: String,
        (why, suggested): (String, bool),
        around: &Around,
    ) {
        if suggested {
            self.claimed.push(around.section);
        }
        let candidate = self.made(block, range, CandidateKind::Statement, said, why);
        self.found.push((0, Candidate { suggested, ..candidate }));
    }

    /// Keeps a question that the article asks itself.
    pub(super) fn pass(&mut self, block: &Block, range: (usize, usize), text: String, why: String) {
        let candidate = self.made(block, range, CandidateKind::Further, text, why);
        self.found.push((0, candidate));
        self.passed += 1;
    }

    /// Whether one more question that nobody is asked is listed.
    pub(super) fn room(&self) -> bool {
        self.passed < FURTHER
    }

    /// Keeps a question to the reader, or what it is asked about.
    pub(super) fn keep(&mut self, worth: i32, candidate: Candidate) {
        self.found.push((worth, Candidate { suggested: true, ..candidate }));
    }

    /// Takes back the question that was kept last, with what it is asked about.
    pub(super) fn unask(&mut self) {
        let Some((_, last)) = self.found.pop() else { return };
        let place = (last.start, last.end);
        self.found.retain(|(_, other)| (other.start, other.end) != place);
    }

    /// A candidate that is not ticked yet and has no options.
    pub(super) fn made(
        &self,
        block: &Block,
        (from, to): (usize, usize),
        kind: CandidateKind,
        text: String,
        why: String,
    ) -> Candidate {
        let (start, end) = block.span(from, to);
        let language = if is_chinese(&text) {
            "zh".to_owned()
        } else if self.language == "zh" {
            "en".to_owned()
        } else {
            self.language.to_owned()
        };
        let (options, rank, suggested) = (vec![], 0, false);
        Candidate { kind, text, options, start, end, language, rank, why, suggested }
    }

    /// Lists a sentence that passes a judgement.
    pub(super) fn claim(
        &mut self,
        block: &'a Block,
        range: (usize, usize),
        words: &str,
        edge: bool,
        around: &Around,
    ) {
        // Before the first heading the author says what the text is about.
        let intro = around.section == 0 && self.headings > 0;
        let whole = words.ends_with(['.', '。', '”', '"']);
        let fragment = block.role == Role::Item && !whole;
        let elsewhere = block.role == Role::Item && around.lead == Lead::Elsewhere;
        let trails = words.ends_with('…') || words.ends_with("...");
        let aside = around.head != Head::Text || elsewhere;
        if words.len() > 400 || intro || fragment || trails || aside {
            return;
        }
        let from = range.0 + joint(words);
        let said = block.text.get(from..range.1).unwrap_or_default();
        let inside = |(a, b): &(usize, usize)| *a <= from && range.1 <= *b + 2;
        let bold = block.bold.iter().any(inside);
        if let Some(worth) = worth(said, bold, edge) {
            let range = (from, range.1);
            self.judged.push(Judged { worth, section: around.section, block, range, bold });
        }
    }

    /// The candidate that such a sentence makes.
    fn stated(&self, judged: &Judged<'a>) -> Candidate {
        let place = match (judged.bold, judged.section) {
            (true, 0) => "A sentence in bold".to_owned(),
            (true, section) => format!("A sentence in bold in section {section}"),
            (false, 0) => "A sentence of the text".to_owned(),
            (false, section) => format!("A sentence of section {section}"),
        };
        let (from, to) = judged.range;
        let said = as_sentence(judged.block.text.get(from..to).unwrap_or_default());
        let why = format!("{place} that passes a judgement.");
        self.made(judged.block, judged.range, CandidateKind::Statement, said, why)
    }

    /// Questions to the reader, statements, further questions, each in a good order.
    fn best(mut self) -> Vec<Candidate> {
        let mut judged = std::mem::take(&mut self.judged);
        judged.sort_by_key(|judged| std::cmp::Reverse(judged.worth));
        let mut suggested = 0;
        let (mut asked, mut said, mut further) = (vec![], vec![], vec![]);
        for (worth, mut candidate) in std::mem::take(&mut self.found) {
            match candidate.kind {
                CandidateKind::Statement => {
                    candidate.suggested &= suggested < SUGGESTED;
                    suggested += usize::from(candidate.suggested);
                    said.push(candidate);
                }
                CandidateKind::Further => further.push(candidate),
                _ => asked.push((worth, candidate)),
            }
        }
        asked.sort_by_key(|(worth, candidate)| (std::cmp::Reverse(*worth), candidate.start));
        let mut per_section: Vec<usize> = vec![];
        let mut listed = 0;
        for judged in judged {
            if listed == SENTENCES {
                break;
            }
            let taken = per_section.iter().filter(|section| **section == judged.section).count();
            // Without headings the whole text is one section.
            let room = if self.headings == 0 { SENTENCES } else { 2 };
            if taken == room {
                continue;
            }
            let mut candidate = self.stated(&judged);
            if said.iter().any(|c| c.text == candidate.text) {
                continue;
            }
            let first = taken == 0 && !self.claimed.contains(&judged.section);
            let good = judged.worth >= 6 && (first || self.headings == 0);
            candidate.suggested = good && suggested < SUGGESTED;
            suggested += usize::from(candidate.suggested);
            per_section.push(judged.section);
            listed += 1;
            said.push(candidate);
        }
        said.sort_by_key(|candidate| !candidate.suggested);
        further.truncate(FURTHER);
        let asked = asked.into_iter().map(|(_, candidate)| candidate);
        let all = asked.chain(said).chain(further);
        (1..).zip(all).map(|(rank, candidate)| Candidate { rank, ..candidate }).collect()
    }
}
