//! A question to the reader becomes a candidate: its words, its options, and why it looks so.

use super::announce::preface;
use super::blocks::{Block, Role};
use super::candidates::{Candidate, CandidateKind, Search};
use super::context::{Around, is_answer};
use super::invert::capitalised;
use super::marker::marker;
use super::options::named;
use super::sentences::{asks, sentences};

/// Options that stand as items are this long at most, in characters.
const OPTION: usize = 80;

/// Why a question is the reader's.
#[derive(Clone, Debug)]
pub(super) enum Reason {
    /// It stands in a list under this heading over questions.
    Listed(Option<usize>),
    /// It stands in a list that was announced.
    Announced,
    /// It is numbered as a question.
    Numbered,
    /// Its paragraph sets the reader to think.
    Prompted,
    /// It stands under this heading that asks the reader to take part.
    Invited(Option<usize>),
    /// Readers are asked to write where it stands.
    Written,
    /// It is asked of the reader at the end.
    Farewell,
    /// It asks for the reader's own view.
    View,
    /// It speaks to the reader from a list of the introduction.
    Introduced,
}

impl Reason {
    /// The more, the surer.
    fn worth(&self) -> i32 {
        match self {
            Self::Listed(_) | Self::Numbered | Self::Announced | Self::Introduced => 3,
            Self::Invited(_) | Self::Prompted | Self::Written | Self::Farewell => 2,
            Self::View => 1,
        }
    }
}

impl Search<'_> {
    /// The options that stand as items below an item or behind a paragraph.
    pub(super) fn items(&self, number: usize) -> Vec<String> {
        let Some(block) = self.blocks.get(number) else { return vec![] };
        let below = |other: &&Block| {
            other.role == Role::Item && (other.depth > block.depth || is_answer(other))
        };
        let behind = self.blocks.iter().skip(number + 1);
        let options: Vec<String> = behind
            .take_while(below)
            .map(|other| {
                let from = marker(&other.text, "").map_or(0, |(_, length)| length);
                let words = other.text.get(from..).unwrap_or_default();
                words.trim_end_matches(['.', '。', ';', '；', ',', '，']).to_owned()
            })
            .collect();
        let fits = |option: &String| !asks(option) && option.chars().count() <= OPTION;
        let opens = block.text.ends_with(['?', '？', ':', '：']);
        let good = (2..=12).contains(&options.len()) && options.iter().all(fits) && opens;
        if good { options } else { vec![] }
    }

    /// Keeps a question that stands as a heading.
    pub(super) fn ask(
        &mut self,
        block: &Block,
        range: (usize, usize),
        reason: &Reason,
        around: &Around,
    ) {
        self.ask_with(block, range, reason, around, vec![]);
    }

    /// Keeps a question to the reader; with options that stand below it, it is a choice, with
    /// options in its words it is both.
    pub(super) fn ask_with(
        &mut self,
        block: &Block,
        range: (usize, usize),
        reason: &Reason,
        around: &Around,
        items: Vec<String>,
    ) {
        let range = (range.0 + prefaced(block, range), range.1);
        let Some(words) = block.text.get(range.0..range.1) else { return };
        let worth = reason.worth();
        let why = self.why(block, reason, around);
        if !items.is_empty() {
            let why = format!("{why}; {} options stand below it.", count(items.len()));
            let text = words.trim_end_matches([':', '：']).to_owned();
            let candidate = self.made(block, range, CandidateKind::Single, capitalised(&text), why);
            self.keep(worth, Candidate { options: items, ..candidate });
            return;
        }
        let Some(named) = named(words) else {
            let why = format!("{why}.");
            let candidate = self.made(block, range, CandidateKind::Open, words.to_owned(), why);
            return self.keep(worth, candidate);
        };
        let number = count(named.options.len());
        let what = if named.examples { "examples" } else { "options" };
        let why = format!("{why}; it names {number} {what}.");
        let candidate = self.made(block, range, CandidateKind::Open, words.to_owned(), why);
        self.keep(worth, Candidate { options: named.options.clone(), ..candidate });
        let kind = if bets(words) { CandidateKind::Allocation } else { CandidateKind::Single };
        let purpose = match kind {
            CandidateKind::Allocation => "to share points among",
            _ => "to choose from",
        };
        let why = format!("The {number} {what} of the same question, {purpose}.");
        let text = named.asking.and_then(|at| words.get(at..)).unwrap_or(words);
        let candidate = self.made(block, range, kind, capitalised(text), why);
        self.keep(worth, Candidate { options: named.options, ..candidate });
    }

    /// Where a question stands, in words.
    pub(super) fn place(&self, block: &Block, around: &Around) -> String {
        let item = block.role == Role::Item;
        let intro = around.section == 0 && self.headings > 0;
        match (item, intro, around.section) {
            (true, true, _) => "A bullet of the introduction".to_owned(),
            (true, _, 0) => "A line of a list".to_owned(),
            (true, _, section) => format!("A line of a list in section {section}"),
            (false, true, _) => "A sentence of the introduction".to_owned(),
            (false, _, 0) => "A sentence of the text".to_owned(),
            (false, _, section) => format!("A sentence of section {section}"),
        }
    }

    /// Where it stands and what makes it the reader's, without a point.
    fn why(&self, block: &Block, reason: &Reason, around: &Around) -> String {
        let heading = |under: &Option<usize>| {
            let text = under.and_then(|at| self.blocks.get(at)).map(|block| block.text.as_str());
            text.map_or_else(String::new, |text| format!(" under “{text}”"))
        };
        let place = self.place(block, around);
        match reason {
            Reason::Listed(under) => format!("A line of the questions{}", heading(under)),
            Reason::Announced if around.section == 0 && self.headings > 0 => {
                format!("{place} that asks the reader")
            }
            Reason::Announced => format!("{place} that was announced as questions to readers"),
            Reason::Numbered => format!("{place} that is numbered as a question"),
            Reason::Prompted => format!("{place} that sets the reader to think"),
            Reason::Invited(under) => format!("Asked{}, where readers are invited", heading(under)),
            Reason::Written => format!("{place}, where readers are asked to write"),
            Reason::Farewell => format!("{place} that asks the reader at the end"),
            Reason::View => format!("{place} that asks for the reader's view"),
            Reason::Introduced => format!("{place} that asks the reader"),
        }
    }
}

/// How many bytes at the head of a question only say that it comes.
fn prefaced(block: &Block, (from, to): (usize, usize)) -> usize {
    let words = block.text.get(from..to).unwrap_or_default();
    sentences(words).first().map_or(0, |(_, end)| preface(words.get(..*end).unwrap_or_default()))
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
        "spread",
        "chips",
        "money",
        "下注",
        "押注",
        "投入",
        "资源",
        "分配",
        "预算",
        "筹码",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

fn count(count: usize) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    words.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}
