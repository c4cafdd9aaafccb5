//! What in an article can become a question: what the author asks the reader, what can be agreed
//! or disagreed with, and what the article asks itself.

use serde::{Deserialize, Serialize};

use super::announce::{announces, asks_for_view, heads_questions, to_reader};
use super::blocks::{BULLETS, Block, Role, blocks};
use super::claims::worth;
use super::invert::{capitalised, declared};
use super::options::named;
use super::read::{Article, source_of};
use super::sentences::{asks, is_chinese, sentences};
use super::statement::{as_sentence, claims, joint, label, topic};
use super::token::tokens;

/// Longer sentences are nobody's question, in bytes.
const LONG: usize = 700;
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
    /// Its place in the list, from 1.
    pub rank: usize,
    /// Where it stands and what makes it a question, in one sentence.
    pub why: String,
    /// Whether it is ticked by default.
    pub suggested: bool,
}

/// All candidates, best first.
pub fn candidates(article: &Article) -> Vec<Candidate> {
    let blocks = headed(blocks(&tokens(article)));
    let mut search = Search {
        headings: blocks.iter().filter(|block| block.role == Role::Heading).count(),
        found: vec![],
        judged: vec![],
        section: 0,
        closing: false,
        lead: false,
    };
    let title = article.title.as_str();
    for block in &blocks {
        // The title is no claim of its own, and who is named as the source makes none.
        if block.text != title && source_of(&block.text).is_none() && block.link.is_none() {
            search.block(block);
        }
    }
    search.best()
}

/// Bold lines that stand like headings are headings.
fn headed(mut blocks: Vec<Block>) -> Vec<Block> {
    for block in &mut blocks {
        let plain = !block.text.ends_with(['.', ':', '。', '：', ',', '，', ';', '；']);
        let short = block.text.chars().count() <= 120;
        if block.role == Role::Paragraph && short && plain && block.is_bold() {
            block.role = Role::Heading;
        }
    }
    blocks
}

struct Judged {
    worth: i32,
    section: usize,
    candidate: Candidate,
}

struct Search {
    headings: usize,
    found: Vec<Candidate>,
    judged: Vec<Judged>,
    /// How many headings were passed.
    section: usize,
    /// Whether the section is one of questions to the reader.
    closing: bool,
    /// Whether what stands before the list announced questions.
    lead: bool,
}

impl Search {
    fn block(&mut self, block: &Block) {
        match block.role {
            Role::Heading => {
                self.section += 1;
                self.lead = false;
                self.closing = heads_questions(&block.text) && !asks(&block.text);
                if !self.closing && block.text.len() <= LONG {
                    self.heading(block);
                }
            }
            Role::Paragraph => {
                self.sentences(block, false);
                self.lead = announces(&block.text);
            }
            Role::Item => self.sentences(block, true),
            Role::Other => {}
        }
    }

    fn heading(&mut self, block: &Block) {
        let cut = label(&block.text);
        let rest = block.text.get(cut..).unwrap_or_default();
        let from = cut + topic(rest);
        let words = block.text.get(from..).unwrap_or_default().trim();
        let from = block.text.len() - block.text.get(from..).unwrap_or_default().trim_start().len();
        let place = format!("Heading {} of {}", self.section, self.headings);
        let asked = sentences(words);
        if asks(words) {
            let to = from + words.len();
            if let Some(said) = declared(words) {
                let why = format!("{place}; it asks yes or no, and this is the yes.");
                self.push(block, (from, to), CandidateKind::Statement, said, why, true);
            } else {
                let why = format!("{place}; the article treats this question itself.");
                let kind = CandidateKind::Further;
                self.push(block, (from, to), kind, words.to_owned(), why, false);
            }
        } else if let Some((_, to)) = asked.first()
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
            let kind = CandidateKind::Statement;
            self.push(block, (from, from + to), kind, said, why, !double);
        }
    }

    fn sentences(&mut self, block: &Block, item: bool) {
        let ranges = sentences(&block.text);
        let last = ranges.len().saturating_sub(1);
        for (number, &(start, end)) in ranges.iter().enumerate() {
            let Some(sentence) = block.text.get(start..end) else { continue };
            if sentence.len() > LONG {
                continue;
            }
            let lead = sentence.len() - sentence.trim_start_matches(bullet).len();
            let words = sentence.get(lead..).unwrap_or_default();
            let from = start + lead;
            let asked = asks(words);
            let listed = item && (self.lead || self.closing);
            if asked || (listed && ranges.len() == 1 && to_reader(words)) {
                self.question(block, (from, end), words, item);
            } else {
                self.claim(block, (from, end), words, number == 0 || number == last);
            }
        }
    }

    fn question(&mut self, block: &Block, range: (usize, usize), words: &str, item: bool) {
        let intro = self.section == 0 && self.headings > 0;
        let listed = item && (self.lead || self.closing);
        let spoken = to_reader(words);
        let open = listed
            || (spoken && (self.closing || asks_for_view(words)))
            || (spoken && intro && item)
            || (spoken && self.section == self.headings && self.section > 0);
        let place = match (item, intro, self.closing) {
            (true, _, true) => "A line of the questions to the reader".to_owned(),
            (true, true, _) => "A bullet of the introduction".to_owned(),
            (true, ..) if self.section > 0 => {
                format!("A line of a list in section {}", self.section)
            }
            (true, ..) => "A line of a list".to_owned(),
            (_, true, _) => "A sentence of the introduction".to_owned(),
            _ if self.section > 0 => format!("A sentence of section {}", self.section),
            _ => "A sentence of the text".to_owned(),
        };
        if !open {
            let cut = joint(words);
            let text = capitalised(words.get(cut..).unwrap_or(words));
            // What is asked in few words, or of something said before, asks nothing alone.
            let few = if is_chinese(&text) { 8 } else { 30 };
            if text.chars().count() >= few {
                let why = format!("{place}; the article asks it without asking anybody.");
                let range = (range.0 + cut, range.1);
                self.push(block, range, CandidateKind::Further, text, why, false);
            }
            return;
        }
        let options = named(words);
        let count = options.as_ref().map_or(0, |named| named.options.len());
        let who = if spoken || listed { " that asks the reader" } else { "" };
        let examples = options.as_ref().is_some_and(|named| named.examples);
        let what = if examples { "examples" } else { "options" };
        let why = match count {
            0 => format!("{place}{who}."),
            count => format!("{place}{who}; it names {} {what}.", number(count)),
        };
        self.push(block, range, CandidateKind::Open, words.to_owned(), why, true);
        let Some(named) = options else { return };
        if let Some(open) = self.found.last_mut() {
            open.options.clone_from(&named.options);
        }
        let kind = if bets(words) { CandidateKind::Allocation } else { CandidateKind::Single };
        let text = named.asking.and_then(|at| words.get(at..)).unwrap_or(words);
        let why = match kind {
            CandidateKind::Allocation => {
                format!("The {} {what} of the same question, to share points among.", number(count))
            }
            _ => format!("The {} {what} of the same question, to choose from.", number(count)),
        };
        self.push(block, range, kind, capitalised(text), why, true);
        if let Some(added) = self.found.last_mut() {
            added.options = named.options;
        }
    }

    fn claim(&mut self, block: &Block, range: (usize, usize), words: &str, edge: bool) {
        // Before the first heading the author says what the text is about.
        if words.len() > 400 || (self.section == 0 && self.headings > 0) || self.lead {
            return;
        }
        let cut = joint(words);
        let from = range.0 + cut;
        let said = words.get(cut..).unwrap_or_default();
        let inside = |(a, b): &(usize, usize)| *a <= from && range.1 <= *b + 2;
        let bold = block.bold.iter().any(inside);
        let Some(worth) = worth(said, bold, edge) else { return };
        let (start, end) = block.span(from, range.1);
        let place = match (bold, self.section) {
            (true, 0) => "A sentence in bold".to_owned(),
            (true, section) => format!("A sentence in bold in section {section}"),
            (false, 0) => "A sentence of the text".to_owned(),
            (false, section) => format!("A sentence of section {section}"),
        };
        let candidate = Candidate {
            kind: CandidateKind::Statement,
            text: as_sentence(said),
            options: vec![],
            start,
            end,
            rank: 0,
            why: format!("{place} that passes a judgement."),
            suggested: false,
        };
        self.judged.push(Judged { worth, section: self.section, candidate });
    }

    fn push(
        &mut self,
        block: &Block,
        (from, to): (usize, usize),
        kind: CandidateKind,
        text: String,
        why: String,
        suggested: bool,
    ) {
        let (start, end) = block.span(from, to);
        let options = vec![];
        self.found.push(Candidate { kind, text, options, start, end, rank: 0, why, suggested });
    }

    /// Questions to the reader, statements, further questions, each in a good order.
    fn best(mut self) -> Vec<Candidate> {
        self.judged.sort_by_key(|judged| (std::cmp::Reverse(judged.worth), judged.candidate.start));
        let mut suggested = 0;
        let (mut asked, mut said, mut further) = (vec![], vec![], vec![]);
        for mut candidate in self.found {
            match candidate.kind {
                CandidateKind::Statement => {
                    candidate.suggested &= suggested < SUGGESTED;
                    suggested += usize::from(candidate.suggested);
                    said.push(candidate);
                }
                CandidateKind::Further => further.push(candidate),
                _ => asked.push(candidate),
            }
        }
        let mut per_section: Vec<usize> = vec![];
        let mut listed = 0;
        for judged in self.judged {
            let taken = per_section.iter().filter(|section| **section == judged.section).count();
            // Without headings the whole text is one section.
            let room = if self.headings == 0 { SENTENCES } else { 2 };
            let known = said.iter().any(|c| c.text == judged.candidate.text);
            if listed == SENTENCES || taken == room || known {
                continue;
            }
            let mut candidate = judged.candidate;
            let good = judged.worth >= 6 && (taken == 0 || self.headings == 0);
            candidate.suggested = good && suggested < SUGGESTED;
            suggested += usize::from(candidate.suggested);
            per_section.push(judged.section);
            listed += 1;
            said.push(candidate);
        }
        said.sort_by_key(|candidate| !candidate.suggested);
        further.truncate(FURTHER);
        let all = asked.into_iter().chain(said).chain(further);
        (1..).zip(all).map(|(rank, candidate)| Candidate { rank, ..candidate }).collect()
    }
}

fn bullet(c: char) -> bool {
    c == ' ' || BULLETS.contains(&c)
}

/// Whether it asks how something is shared out.
fn bets(question: &str) -> bool {
    let lower = question.to_lowercase();
    [
        "bet",
        "invest",
        "resources",
        "allocate",
        "budget",
        "spend",
        "下注",
        "押注",
        "投入",
        "资源",
        "分配",
        "预算",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

fn number(count: usize) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    words.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}
