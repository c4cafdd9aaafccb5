//! Which questions of a paragraph or of an item are put to the reader, and why it looks so.

use super::announce::{
    Lead, answers, asks_for_view, is_elsewhere, preface, prompts, sets_task, to_reader,
};
use super::ask::Reason;
use super::blocks::{Block, Role};
use super::candidates::{LONG, Search};
use super::context::Around;
use super::heads::Head;
use super::invert::capitalised;
use super::marker::{Marker, marker};
use super::quoted::{quoted, within};
use super::sentences::{asks, is_chinese, sentences};

/// Items that ask nothing are whole up to this many bytes; longer ones give their first sentence.
const POINT: usize = 300;
/// What may stand before the question of an item to belong to it, in bytes.
const LEADING: usize = 240;

impl<'a> Search<'a> {
    /// Finds the questions of a paragraph or of an item; other sentences may be claims.
    pub(super) fn questions(&mut self, number: usize, around: &Around) {
        let blocks = self.blocks;
        let Some(block) = blocks.get(number) else { return };
        let marked = if block.role == Role::Item { marker(&block.text, "") } else { None };
        let from = marked.map_or(0, |(_, length)| length);
        let words = block.text.get(from..).unwrap_or_default();
        if marked.is_some_and(|(marker, _)| marker == Marker::Letter) {
            return;
        }
        let reason = whole_for(block, words, marked.map(|(marker, _)| marker), around);
        if let Some(reason) = reason {
            let signs = prompts(words).unwrap_or_default();
            if self.whole(number, from + signs, &reason, around) {
                return;
            }
        }
        self.each(block, from, around);
    }

    /// Takes a block as one question: from its head to its last question, or, if it asks nothing,
    /// all of it. Whether it was one.
    fn whole(&mut self, number: usize, from: usize, reason: &Reason, around: &Around) -> bool {
        let blocks = self.blocks;
        let Some(block) = blocks.get(number) else { return false };
        let words = block.text.get(from..).unwrap_or_default();
        let marks = quoted(words);
        let parts = sentences(words);
        let is_asked = |(a, b): &&(usize, usize)| {
            words.get(*a..*b).is_some_and(|part| asks(part) && !is_quoted(&marks, *a, part))
        };
        let Some((head, end)) = parts.first().copied() else { return false };
        let (start, end) = match (parts.iter().find(is_asked), parts.iter().rfind(is_asked)) {
            (Some(first), Some((_, last))) => (leading(words, &parts, *first), *last),
            _ if is_settled(words) || parts.iter().all(|(a, _)| within(&marks, *a)) => {
                return false;
            }
            _ if words.len() <= POINT => (head, parts.last().map_or(end, |(_, end)| *end)),
            _ => (head, end),
        };
        if end - start > LONG || words.chars().filter(|c| c.is_alphanumeric()).count() < 3 {
            return false;
        }
        self.ask_with(block, (from + start, from + end), reason, around, self.items(number));
        true
    }

    /// Looks at the sentences of a block one by one.
    fn each(&mut self, block: &'a Block, from: usize, around: &Around) {
        let marks = if block.text.contains(['?', '？']) { quoted(&block.text) } else { vec![] };
        let ranges = sentences(block.text.get(from..).unwrap_or_default());
        let ranges: Vec<(usize, usize)> =
            ranges.iter().map(|(a, b)| (a + from, b + from)).collect();
        let last = ranges.len().saturating_sub(1);
        let part = |number: usize| {
            let (a, b) = ranges.get(number)?;
            block.text.get(*a..*b)
        };
        let mut before: Option<(usize, Reason, usize)> = None;
        for (number, &(start, end)) in ranges.iter().enumerate() {
            let Some(sentence) = part(number).filter(|sentence| sentence.len() <= LONG) else {
                continue;
            };
            let asked = asks(sentence);
            if asked && is_quoted(&marks, start, sentence) {
                continue;
            }
            let answered = part(number + 1).is_some_and(answers);
            let reason = if asked {
                self.each_for(block, sentence, answered, around)
            } else {
                task_for(sentence, around)
            };
            // What is asked in few words goes with the question before it.
            if let Some((first, reason, _)) =
                before.take_if(|(_, _, to)| asked && *to + 1 == number && is_short(sentence))
            {
                self.unask();
                self.ask_with(block, (first, end), &reason, around, vec![]);
                before = Some((first, reason, number));
            } else if let Some(reason) = reason {
                let from = start + preface(sentence);
                self.ask_with(block, (from, end), &reason, around, vec![]);
                before = Some((from, reason, number));
            } else if asked {
                self.ask_nobody(block, (start, end), sentence, around);
            } else if !around.spoken {
                let edge = number == 0 || number == last;
                self.claim(block, (start, end), sentence, edge, around);
            }
        }
    }

    /// Why a question of running text is the reader's; none: it is not.
    fn each_for(
        &self,
        block: &Block,
        words: &str,
        answered: bool,
        around: &Around,
    ) -> Option<Reason> {
        if around.spoken || around.head == Head::Answers || is_elsewhere(&block.text) {
            return None;
        }
        let intro = around.section == 0 && self.headings > 0;
        let item = block.role == Role::Item;
        let listed = item && block.depth > 1 && matches!(around.lead, Lead::Reader | Lead::Person);
        match around.head {
            Head::Questions => return Some(Reason::Listed(around.under)),
            Head::Invitation => return Some(Reason::Invited(around.under)),
            _ if listed => return Some(Reason::Announced),
            _ if item && intro && to_reader(words) => return Some(Reason::Introduced),
            _ if answered || (item && around.lead == Lead::Elsewhere) => return None,
            _ => {}
        }
        let prefaced = || {
            let parts = sentences(&block.text);
            parts.iter().any(|(a, b)| block.text.get(*a..*b).is_some_and(|part| preface(part) > 0))
        };
        if around.invited || (around.beside && !item && (to_reader(words) || prefaced())) {
            Some(Reason::Written)
        } else if around.farewell && to_reader(if is_short(words) { words } else { &block.text }) {
            Some(Reason::Farewell)
        } else if asks_for_view(words) && to_reader(words) {
            Some(Reason::View)
        } else {
            None
        }
    }

    /// Lists a question that is asked of nobody, if it can stand alone.
    fn ask_nobody(&mut self, block: &Block, range: (usize, usize), words: &str, around: &Around) {
        if around.spoken || !self.room() {
            return;
        }
        let cut = super::statement::joint(words);
        let text = capitalised(words.get(cut..).unwrap_or(words));
        // What is asked in few words, or of something said before, asks nothing alone.
        let few = if is_chinese(&text) { 8 } else { 30 };
        if text.chars().count() >= few {
            let place = self.place(block, around);
            let why = format!("{place}; the article asks it without asking anybody.");
            self.pass(block, (range.0 + cut, range.1), text, why);
        }
    }
}

/// Why all of the block is one question to the reader; none: it is not.
fn whole_for(
    block: &Block,
    words: &str,
    marker: Option<Marker>,
    around: &Around,
) -> Option<Reason> {
    if around.spoken || around.head == Head::Answers {
        return None;
    }
    let item = block.role == Role::Item && block.first && block.depth <= 1;
    if item && marker == Some(Marker::Question) {
        return Some(Reason::Numbered);
    }
    if item && around.head == Head::Questions {
        return Some(Reason::Listed(around.under));
    }
    if item && around.asking && around.head == Head::Invitation {
        return Some(Reason::Invited(around.under));
    }
    let announced = match around.lead {
        Lead::Reader => around.asking || (to_reader(words) && sentences(words).len() == 1),
        Lead::Person => around.asking,
        Lead::Elsewhere | Lead::List | Lead::None => false,
    };
    if item && announced {
        return Some(Reason::Announced);
    }
    let asked = || sentences(words).iter().any(|(a, b)| words.get(*a..*b).is_some_and(asks));
    let prompted = block.role == Role::Paragraph
        && words.contains(['?', '？'])
        && prompts(words).is_some()
        && asked();
    (prompted && !is_elsewhere(words)).then_some(Reason::Prompted)
}

/// Why a sentence that asks nothing is a task for the reader.
fn task_for(sentence: &str, around: &Around) -> Option<Reason> {
    if around.spoken || around.head == Head::Answers || !sets_task(sentence) {
        return None;
    }
    // `Tell us what you think` is no question of its own.
    let few = if is_chinese(sentence) { 10 } else { 30 };
    if sentence.chars().count() < few {
        return None;
    }
    match around.head {
        Head::Invitation | Head::Questions => Some(Reason::Invited(around.under)),
        _ if around.farewell => Some(Reason::Farewell),
        _ => None,
    }
}

/// Where a question begins with what belongs to it: one sentence before it that is short enough,
/// or the one before a question of few words.
fn leading(words: &str, parts: &[(usize, usize)], first: (usize, usize)) -> usize {
    let asked = words.get(first.0..first.1).unwrap_or_default();
    let at = parts.iter().position(|part| *part == first).unwrap_or_default();
    let before = at.checked_sub(1).and_then(|at| parts.get(at));
    before
        .filter(|before| (at == 1 || is_short(asked)) && first.0 - before.0 <= LEADING)
        .map_or(first.0, |b| b.0)
}

/// Whether the sign that makes it a question stands between quotation marks.
fn is_quoted(marks: &[(usize, usize)], start: usize, sentence: &str) -> bool {
    sentence.rfind(['?', '？']).is_some_and(|at| within(marks, start + at))
}

/// Whether a point says of itself that it is settled.
fn is_settled(words: &str) -> bool {
    ["[x]", "~~", "✅", "RESOLVED", "Resolved:", "Decided:", "已解决", "已确认", "N/A", "None."]
        .iter()
        .any(|sign| words.trim_start().starts_with(sign))
}

/// Whether a question asks further after the one before it: `Why?`, `From whom?`
fn is_short(question: &str) -> bool {
    question.chars().count() <= if is_chinese(question) { 7 } else { 20 }
        || ["If so", "If not", "And why", "And if"].iter().any(|begin| question.starts_with(begin))
}
