//! What stands around each block: under which heading, behind which announcement, in whose mouth.

use std::collections::HashMap;

use super::announce::{Lead, announces, invites, prompts};
use super::blocks::{BOLD, Block, Role};
use super::heads::{Head, ends_article, heads};
use super::marker::{Marker, marker};
use super::sentences::{asks, sentences};

/// How many paragraphs at the end of an article speak to the reader as a farewell.
const FAREWELL: usize = 3;
/// How many blocks behind a question readers may be asked to write about it.
const BESIDE: usize = 5;
/// Labels of speakers are this long at most, in characters.
const LABEL: usize = 24;

/// What stands around one block.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is seen for itself")]
pub(super) struct Around {
    /// What the heading above stands over.
    pub head: Head,
    /// Where among the blocks that heading is.
    pub under: Option<usize>,
    /// How many headings were passed, this one included.
    pub section: usize,
    /// What the paragraph before the list said.
    pub lead: Lead,
    /// Whether at least half of the list's items ask.
    pub asking: bool,
    /// Whether it is one of the last paragraphs.
    pub farewell: bool,
    /// Whether readers are asked to write, here.
    pub invited: bool,
    /// Whether they are asked to write in the paragraph before or behind.
    pub beside: bool,
    /// Whether somebody in an interview says it, or it is quoted from elsewhere.
    pub spoken: bool,
}

/// What stands around each of the blocks. `title`: what the article is called.
pub(super) fn around(blocks: &[Block], title: &str) -> Vec<Around> {
    let speakers = speakers(blocks);
    let framed = boxes(blocks);
    let asking = asking(blocks);
    let asks_near = asks_near(blocks);
    let farewell = farewell(blocks);
    let top = if heads(title) == Head::Answers { Head::Answers } else { Head::Text };
    let mut outer = Sections { head: top, level: 0, at: None };
    let mut inner = outer;
    let (mut section, mut quote, mut lead) = (0, 0, Lead::None);
    let mut all: Vec<Around> = Vec::with_capacity(blocks.len());
    for (number, block) in blocks.iter().enumerate() {
        if block.quote != quote {
            quote = block.quote;
            inner = outer;
        }
        let sections = if block.quote > 0 { &mut inner } else { &mut outer };
        match block.role {
            Role::Heading => {
                section += 1;
                sections.pass(block, number);
                if block.level != BOLD {
                    lead = Lead::None;
                }
            }
            Role::Paragraph => lead = announces(&block.text),
            Role::Item | Role::Other => {}
        }
        let in_box = framed.get(block.quote).copied().unwrap_or_default();
        let said = label(block).is_some_and(|label| speakers.contains_key(label));
        all.push(Around {
            head: sections.head,
            under: sections.at,
            section,
            lead,
            asking: asking.get(number).copied().unwrap_or_default(),
            farewell: farewell.is_some_and(|from| number >= from) && block.role != Role::Heading,
            invited: block.role == Role::Paragraph
                && asks_near.get(number).copied().unwrap_or_default()
                && invites(&block.text),
            beside: false,
            spoken: said || (block.quote > 0 && !in_box && prompts(&block.text).is_none()),
        });
    }
    // Who asks to write and then lists questions means these.
    let alone = |one: &Around| one.invited && matches!(one.lead, Lead::None);
    let invited: Vec<(bool, usize)> = all.iter().map(|one| (alone(one), one.section)).collect();
    for (number, one) in all.iter_mut().enumerate() {
        let near = number.saturating_sub(1)..(number + BESIDE).min(invited.len());
        one.beside = invited.get(near).is_some_and(|near| {
            near.iter().any(|(invited, section)| *invited && *section == one.section)
        });
    }
    all
}

/// Under which heading one stands.
#[derive(Clone, Copy)]
struct Sections {
    head: Head,
    level: u8,
    at: Option<usize>,
}

impl Sections {
    /// Headings below one over questions or answers leave its rule in force.
    fn pass(&mut self, block: &Block, number: usize) {
        let head = if asks(&block.text) && heads(&block.text) != Head::Invitation {
            Head::Text
        } else {
            heads(&block.text)
        };
        let below = self.head != Head::Text && block.level > self.level;
        if head != Head::Text || !below {
            *self = Self { head, level: block.level, at: Some(number) };
        }
    }
}

/// Whether a block or one of its neighbours asks something: elsewhere nobody need look closer.
fn asks_near(blocks: &[Block]) -> Vec<bool> {
    let mut near = vec![false; blocks.len()];
    for (number, _) in
        blocks.iter().enumerate().filter(|(_, block)| block.text.contains(['?', '？']))
    {
        let until = (number + BESIDE + 1).min(near.len());
        near.iter_mut()
            .take(until)
            .skip(number.saturating_sub(BESIDE))
            .for_each(|near| *near = true);
    }
    near
}

/// Which quotations are boxes rather than quotations: those that have a heading. By number.
fn boxes(blocks: &[Block]) -> Vec<bool> {
    let last = blocks.iter().map(|block| block.quote).max().unwrap_or_default();
    let mut boxes = vec![false; last + 1];
    for block in blocks.iter().filter(|block| block.role == Role::Heading && block.quote > 0) {
        if let Some(boxed) = boxes.get_mut(block.quote) {
            *boxed = true;
        }
    }
    boxes
}

/// Of each block, whether at least half of the items of its list ask; a list is what stands
/// between two blocks that are none of its items nor bold lines among them.
fn asking(blocks: &[Block]) -> Vec<bool> {
    let mut asking = vec![false; blocks.len()];
    let mut at = 0;
    while at < blocks.len() {
        let listed = |block: &Block| block.role == Role::Item || block.level == BOLD;
        let length = blocks.iter().skip(at).take_while(|block| listed(block)).count();
        let items: Vec<&Block> = blocks
            .iter()
            .skip(at)
            .take(length)
            .filter(|block| block.first && block.depth <= 1 && !is_answer(block))
            .collect();
        let ask = |block: &&&Block| {
            let asks_somewhere = block.text.contains(['?', '？']);
            asks_somewhere
                && sentences(&block.text)
                    .iter()
                    .any(|(from, to)| block.text.get(*from..*to).is_some_and(asks))
        };
        let many = items.iter().filter(ask).count();
        if many * 2 >= items.len() && many > 0 {
            asking.iter_mut().skip(at).take(length).for_each(|asking| *asking = true);
        }
        at += length.max(1);
    }
    asking
}

/// Whether a block is one of several answers: `(a) Yes`.
pub(super) fn is_answer(block: &Block) -> bool {
    matches!(marker(&block.text, ""), Some((Marker::Letter, _)))
}

/// From where on the article says farewell: the last paragraphs or items of its last section,
/// those not counted that only name sources.
fn farewell(blocks: &[Block]) -> Option<usize> {
    let says = |block: &Block| {
        matches!(block.role, Role::Paragraph | Role::Item)
            && block.link.is_none()
            && block.text.chars().count() >= 8
    };
    let (mut from, mut count) = (None, 0);
    for (number, block) in blocks.iter().enumerate().rev() {
        if block.role == Role::Heading && block.level != BOLD {
            if ends_article(&block.text) {
                (from, count) = (None, 0);
            } else if from.is_some() {
                break;
            }
        } else if says(block) {
            from = Some(number);
            count += 1;
            if count == FAREWELL {
                // What follows under a heading that only names sources was passed over already.
                break;
            }
        }
    }
    from
}

/// What stands before the first colon, if it can be somebody's name.
fn label(block: &Block) -> Option<&str> {
    if block.role != Role::Paragraph {
        return None;
    }
    let end = block.text.char_indices().take(LABEL).find(|(_, c)| matches!(c, ':' | '：' | '>'))?.0;
    let label = block.text.get(..end)?;
    let name = !label.is_empty()
        && label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '·' | '-'))
        && label.split(' ').count() <= 3;
    name.then_some(label)
}

/// Who speaks in an interview: at least two labels that come again.
fn speakers(blocks: &[Block]) -> HashMap<&str, usize> {
    let mut count: HashMap<&str, usize> = HashMap::new();
    for label in blocks.iter().filter_map(label) {
        *count.entry(label).or_default() += 1;
    }
    count.retain(|_, times| *times > 1);
    if count.len() < 2 {
        count.clear();
    }
    count
}
