//! What became of an article's questions in a newer text: kept, moved, reworded, new, gone.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::candidates::{Candidate, CandidateKind};

/// How much of two questions must be the same for one to be the other in other words: the share
/// of common pairs of letters (Dice), of 1.
const ALIKE: f64 = 0.5;
/// More questions than these are not compared with each other; they are the first of the list.
const MOST: usize = 500;

/// What became of a question.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Change {
    /// The same words among the same questions.
    Kept,
    /// The same words before or behind other questions than before.
    Moved,
    /// Other words in its place.
    Reworded,
    /// It was not there.
    New,
    /// It is there no more.
    Gone,
}

/// What became of one question: where it is in the two lists that were compared.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Difference {
    /// What became of it.
    pub change: Change,
    /// Its place in the list of the earlier text; none: it is new.
    pub before: Option<usize>,
    /// Its place in the list of the newer text; none: it is gone.
    pub after: Option<usize>,
}

/// Compares what was found in an earlier text with what is found in a newer one. Statements are
/// the same only word for word: another word makes another claim. The order is that of the newer
/// text; what is gone stands where it stood.
pub fn difference(before: &[Candidate], after: &[Candidate]) -> Vec<Difference> {
    let (before, after) = (limited(before), limited(after));
    let earlier: Vec<Vec<char>> = before.iter().map(|c| letters(&c.text)).collect();
    let newer: Vec<Vec<char>> = after.iter().map(|c| letters(&c.text)).collect();
    let mut pairs = Pairs { of: vec![None; before.len()], taken: vec![false; after.len()] };
    pairs.same(before, after, &earlier, &newer);
    let kept: Vec<(usize, usize)> = pairs.all().collect();
    pairs.alike(before, after, &earlier, &newer);
    let steady = steady(before, after, &kept);
    let mut all: Vec<(usize, usize, Difference)> = vec![];
    for (number, candidate) in before.iter().enumerate() {
        let found = pairs.of.get(number).copied().flatten();
        let change = match found {
            None => Change::Gone,
            Some(_) if !kept.iter().any(|(at, _)| *at == number) => Change::Reworded,
            Some(_) if steady.contains(&number) => Change::Kept,
            Some(_) => Change::Moved,
        };
        let at = found.and_then(|at| after.get(at)).map(|c| (c.start, 1));
        // What is gone stands behind what stood before it and is still there.
        let (at, place) = at.unwrap_or_else(|| (place_of(before, after, &pairs, candidate), 2));
        let one = Difference { change, before: Some(number), after: found };
        all.push((at, place, one));
    }
    for (number, candidate) in after.iter().enumerate() {
        if !pairs.taken.get(number).copied().unwrap_or_default() {
            let one = Difference { change: Change::New, before: None, after: Some(number) };
            all.push((candidate.start, 1, one));
        }
    }
    all.sort_by_key(|(at, place, one)| (*at, *place, one.before, one.after));
    all.into_iter().map(|(_, _, one)| one).collect()
}

fn limited(all: &[Candidate]) -> &[Candidate] {
    all.get(..MOST).unwrap_or(all)
}

/// Small letters and digits: what two questions are compared by.
fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether one can be the other: questions in any form, statements among themselves.
fn comparable(one: CandidateKind, other: CandidateKind) -> bool {
    let group = |kind| match kind {
        CandidateKind::Open | CandidateKind::Further => 0,
        CandidateKind::Single => 1,
        CandidateKind::Allocation => 2,
        CandidateKind::Statement => 3,
    };
    group(one) == group(other)
}

struct Pairs {
    /// Of each question of the earlier text, which one of the newer text it is.
    of: Vec<Option<usize>>,
    /// Which of the newer ones are one of the earlier.
    taken: Vec<bool>,
}

impl Pairs {
    fn all(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.of.iter().enumerate().filter_map(|(before, after)| Some((before, (*after)?)))
    }

    fn pair(&mut self, before: usize, after: usize) {
        if let (Some(of), Some(taken)) = (self.of.get_mut(before), self.taken.get_mut(after)) {
            *of = Some(after);
            *taken = true;
        }
    }

    fn free(&self, before: usize, after: usize) -> bool {
        self.of.get(before) == Some(&None) && self.taken.get(after) == Some(&false)
    }

    /// Pairs what has the same words, in order.
    fn same(
        &mut self,
        before: &[Candidate],
        after: &[Candidate],
        earlier: &[Vec<char>],
        newer: &[Vec<char>],
    ) {
        for ((number, candidate), words) in before.iter().enumerate().zip(earlier) {
            let same = after.iter().zip(newer).enumerate().position(|(at, (other, said))| {
                self.free(number, at) && comparable(candidate.kind, other.kind) && said == words
            });
            if let Some(at) = same {
                self.pair(number, at);
            }
        }
    }

    /// Pairs what is alike, the most alike first.
    fn alike(
        &mut self,
        before: &[Candidate],
        after: &[Candidate],
        earlier: &[Vec<char>],
        newer: &[Vec<char>],
    ) {
        let mut close: Vec<(Reverse<u32>, usize, usize)> = vec![];
        for ((number, candidate), words) in before.iter().enumerate().zip(earlier) {
            for ((at, other), said) in after.iter().enumerate().zip(newer) {
                let question = candidate.kind != CandidateKind::Statement;
                if question && self.free(number, at) && comparable(candidate.kind, other.kind) {
                    let share = likeness(words, said);
                    if share >= ALIKE {
                        // Thousandths, so that equal shares are equal on every machine.
                        close.push((Reverse(thousandths(share)), number, at));
                    }
                }
            }
        }
        close.sort_unstable();
        for (_, number, at) in close {
            if self.free(number, at) {
                self.pair(number, at);
            }
        }
    }
}

/// The share of common pairs of letters (Dice), 0 to 1.
fn likeness(one: &[char], other: &[char]) -> f64 {
    if one.len() < 2 || other.len() < 2 {
        return if one == other { 1.0 } else { 0.0 };
    }
    let mut count: HashMap<&[char], usize> = HashMap::new();
    for pair in one.windows(2) {
        *count.entry(pair).or_default() += 1;
    }
    let mut common: u32 = 0;
    for pair in other.windows(2) {
        if let Some(left) = count.get_mut(pair).filter(|left| **left > 0) {
            *left -= 1;
            common += 1;
        }
    }
    let whole = u32::try_from(one.len() + other.len() - 2).unwrap_or(u32::MAX);
    2.0 * f64::from(common) / f64::from(whole)
}

fn thousandths(share: f64) -> u32 {
    (0..=1000).rev().find(|part| f64::from(*part) <= share * 1000.0).unwrap_or_default()
}

/// The earlier questions that stand in the same order as before: the longest run of them. The
/// others were moved past these.
fn steady(before: &[Candidate], after: &[Candidate], kept: &[(usize, usize)]) -> Vec<usize> {
    let place = |all: &[Candidate], at: usize| all.get(at).map_or((0, 0), |c| (c.start, c.end));
    let mut order: Vec<(usize, (usize, usize))> =
        kept.iter().map(|(from, to)| (*from, place(after, *to))).collect();
    order.sort_by_key(|(from, _)| (place(before, *from), *from));
    // The longest run that does not fall, by its length at each place.
    let mut best: Vec<(usize, Option<usize>)> = vec![];
    for (number, (_, to)) in order.iter().enumerate() {
        let (length, last) = order
            .iter()
            .zip(&best)
            .take(number)
            .enumerate()
            .filter(|(_, ((_, earlier), _))| earlier <= to)
            .map(|(at, (_, (length, _)))| (*length, Some(at)))
            .max_by_key(|(length, at)| (*length, Reverse(*at)))
            .unwrap_or((0, None));
        best.push((length + 1, last));
    }
    let longest = best.iter().enumerate().max_by_key(|(at, (length, _))| (*length, Reverse(*at)));
    let mut run = vec![];
    let mut at = longest.map(|(at, _)| at);
    while let Some(number) = at {
        run.extend(order.get(number).map(|(from, _)| *from));
        at = best.get(number).and_then(|(_, last)| *last);
    }
    run
}

/// Where in the newer text something that is gone would stand.
fn place_of(before: &[Candidate], after: &[Candidate], pairs: &Pairs, gone: &Candidate) -> usize {
    pairs
        .all()
        .filter(|(from, _)| before.get(*from).is_some_and(|c| c.start <= gone.start))
        .max_by_key(|(from, _)| before.get(*from).map(|c| (c.start, c.end)))
        .and_then(|(_, to)| after.get(to))
        .map_or(0, |c| c.start)
}

#[cfg(test)]
mod tests {
    use super::super::{Format, candidates, read};
    use super::*;

    fn found(text: &str) -> Vec<Candidate> {
        candidates(&read(text, Format::Markdown).unwrap())
    }

    fn said(before: &str, after: &str) -> Vec<String> {
        let (before, after) = (found(before), found(after));
        let words = |all: &[Candidate], at: Option<usize>| {
            at.map_or("-".to_owned(), |at| all[at].text.clone())
        };
        difference(&before, &after)
            .iter()
            .map(|one| {
                let from = words(&before, one.before);
                format!("{:?}: {from} > {}", one.change, words(&after, one.after))
            })
            .collect()
    }

    const BEFORE: &str = "# A\n\nSome words.\n\n## Open questions\n\n- Where should the line end?\n\
                          - Who pays for the new bridge, and when?\n- Is the old harbour kept?\n\
                          - How often do trains run?\n";

    #[test]
    fn the_same_text_changes_nothing() {
        assert!(said(BEFORE, BEFORE).iter().all(|line| line.starts_with("Kept: ")));
        assert_eq!(said(BEFORE, BEFORE).len(), 4);
    }

    #[test]
    fn each_question_is_kept_moved_reworded_new_or_gone() {
        let after = "# A\n\nMore words than before.\n\n## Open questions\n\n\
                     - How often do trains run?\n- Where should the line end?\n\
                     - Who pays for the new bridge, and until when?\n- What about ferries at night?\n";
        assert_eq!(
            said(BEFORE, after),
            [
                "Moved: How often do trains run? > How often do trains run?",
                "Kept: Where should the line end? > Where should the line end?",
                "Reworded: Who pays for the new bridge, and when? > Who pays for the new bridge, and until when?",
                "Gone: Is the old harbour kept? > -",
                "New: - > What about ferries at night?",
            ]
        );
    }

    #[test]
    fn a_chinese_question_is_known_again_in_other_words() {
        let before =
            "# 甲\n\n## 思考题\n\n1. 你认为充电价格应当由谁来定？\n2. 还有哪些空间可以利用？\n";
        let after = "# 甲\n\n## 思考题\n\n1. 你认为充电的价格最终应当由谁来定？\n2. 谁来监督？\n";
        let lines = said(before, after);
        assert!(lines[0].starts_with("Reworded: 你认为充电价格"), "{lines:?}");
        assert!(lines[1].starts_with("Gone: 还有"), "{lines:?}");
        assert!(lines[2].starts_with("New: - > 谁来监督"), "{lines:?}");
    }

    #[test]
    fn the_order_of_what_did_not_change_is_the_longest_run() {
        let of = |order: &[usize]| {
            let lines = [
                "Which way is best for you?",
                "Who else knows of it?",
                "When is it time?",
                "What is left to do?",
            ];
            let items: String = order.iter().flat_map(|at| ["- ", lines[*at], "\n"]).collect();
            format!("# A\n\nWords.\n\n## Open questions\n\n{items}")
        };
        let lines = said(&of(&[0, 1, 2, 3]), &of(&[1, 2, 3, 0]));
        let moved: Vec<&String> = lines.iter().filter(|line| line.starts_with("Moved")).collect();
        assert_eq!(moved.len(), 1, "{lines:?}");
        assert!(moved[0].contains("Which way"), "{lines:?}");
    }

    #[test]
    fn likeness_is_what_was_published_of_it() {
        // Dice 1945 over bigrams: night and nacht share one of eight.
        let chars = |word: &str| word.chars().collect::<Vec<_>>();
        assert!((likeness(&chars("night"), &chars("nacht")) - 0.25).abs() < 1e-12);
        assert!((likeness(&chars("同意"), &chars("同意")) - 1.0).abs() < 1e-12);
        assert!(likeness(&chars("a"), &chars("b")).abs() < 1e-12);
    }
}
