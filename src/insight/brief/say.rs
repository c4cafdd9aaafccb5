//! Counts in words, and what of them may be told.
#![expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts fit an f64")]

use super::{Figure, Table};
use crate::analysis::stats::wilson;
use crate::words::{Value, Words};

/// What may be told about few people.
///
/// The numbers are those of tools for asking employees: nothing is told of fewer than five
/// answers, and no words of fewer than ten (documentation of Viva Glint, Lattice and `BetterWorks`,
/// 2026). A number is also kept back where subtracting it would tell about fewer than five.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Fewer people than this are not counted, and neither are all but fewer than this.
    pub people: usize,
    /// Of fewer answers to a question than this, none is quoted.
    pub comments: usize,
    /// Themes of fewer people than this are not named: a label is made of their words.
    pub authors: usize,
}

impl Limits {
    /// For the organizer, who can read every answer anyhow.
    pub const DESK: Self = Self { people: 0, comments: 0, authors: 0 };
    /// For everybody.
    pub const PUBLISHED: Self = Self { people: 5, comments: 10, authors: 3 };

    /// Whether this part of so many may be told as a number.
    pub fn tells(self, count: usize, of: usize) -> bool {
        self.people == 0 || (count >= self.people && of.saturating_sub(count) >= self.people)
    }

    /// Which of these counts, that together are a whole, may be told: what is kept back is never
    /// so little that it could be found by subtracting.
    pub fn parts(self, counts: &[usize]) -> Vec<bool> {
        let mut told: Vec<bool> = counts.iter().map(|count| *count >= self.people).collect();
        if self.people == 0 {
            return told;
        }
        loop {
            let kept = || told.iter().zip(counts).filter(|(told, _)| !**told);
            let back: usize = kept().map(|(_, count)| count).sum();
            if kept().next().is_none() && counts.len() > 1 || back >= self.people {
                return told;
            }
            // Of equal ones the first: it depends on the counts only.
            let visible = (0..).zip(counts).filter(|(at, _)| told.get(*at) == Some(&true));
            let Some((smallest, _)) = visible.min_by_key(|(at, count)| (**count, *at)) else {
                return told;
            };
            if let Some(told) = told.get_mut::<usize>(smallest) {
                *told = false;
            }
        }
    }
}

/// How the brief speaks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Say {
    /// In which language.
    pub words: Words,
    /// What may be told.
    pub limits: Limits,
    /// Whether shares are told and no numbers of people: see [`super::asked`].
    pub bare: bool,
}

impl Say {
    /// `31 people`, `fewer than 5 people`
    pub fn people(&self, count: usize) -> String {
        if self.bare {
            self.words.get("brief-those-asked")
        } else if count >= self.limits.people {
            self.words.with("brief-people", &[("count", count.into())])
        } else {
            self.words.with("brief-few", &[("least", self.limits.people.into())])
        }
    }

    /// `31 of 60 people (52 %)`
    pub fn of(&self, count: usize, of: usize) -> String {
        self.part(count, of, self.limits.tells(count, of), false)
    }

    /// The same where something else decides whether it may be told.
    pub fn of_if(&self, count: usize, of: usize, told: bool) -> String {
        self.part(count, of, told, false)
    }

    /// `31 of 60 people (52 %, likely 39 to 64 %)`
    pub fn of_likely(&self, count: usize, of: usize, told: bool) -> String {
        self.part(count, of, told, true)
    }

    fn part(&self, count: usize, of: usize, told: bool, likely: bool) -> String {
        let few = count < self.limits.people;
        let percent = whole(share(count, of));
        if self.bare {
            return match (told, few) {
                (true, _) => self.words.with("brief-percent", &[("percent", percent.into())]),
                (false, true) => {
                    self.words.with("brief-few", &[("least", self.limits.people.into())])
                }
                (false, false) => self.words.get("brief-some-people"),
            };
        }
        if !told {
            let values = [("least", self.limits.people.into()), ("of", of.into())];
            return if few {
                self.words.with("brief-few-of", &values)
            } else if of.saturating_sub(count) < self.limits.people {
                self.words.with("brief-nearly-all", &values[1..])
            } else {
                self.words.with("brief-some-of", &values[1..])
            };
        }
        let mut values =
            vec![("count", count.into()), ("of", of.into()), ("percent", percent.into())];
        if likely {
            let (low, high) = interval(count, of);
            values.extend([("low", whole(low).into()), ("high", whole(high).into())]);
            return self.words.with("brief-of-likely", &values);
        }
        self.words.with("brief-of", &values)
    }

    /// A share in a table, and its likely range; `told`: whether it may be.
    pub fn cells(&self, count: usize, of: usize, told: bool) -> [String; 2] {
        if !told {
            return [self.words.get("brief-untold"), String::new()];
        }
        if self.bare {
            return [self.part(count, of, told, false), String::new()];
        }
        let (low, high) = interval(count, of);
        let number = [("count", count.into()), ("percent", whole(share(count, of)).into())];
        let range = [("low", whole(low).into()), ("high", whole(high).into())];
        [
            self.words.with("brief-cell", &number),
            if of == 0 { String::new() } else { self.words.with("brief-cell-likely", &range) },
        ]
    }

    /// The table's columns for counts of people.
    pub fn table(&self, rows: Vec<Vec<String>>) -> Table {
        let keys = ["brief-head-answer", "brief-head-people", "brief-head-likely"];
        Table { head: keys.map(|key| self.words.get(key)).to_vec(), rows }
    }

    /// The figure behind [`Self::of`].
    pub fn figure(&self, what: impl Into<String>, count: usize, of: usize) -> Figure {
        self.figure_if(what, count, of, self.limits.tells(count, of))
    }

    /// The figure of a count that may be told, or not.
    pub fn figure_if(
        &self,
        what: impl Into<String>,
        count: usize,
        of: usize,
        told: bool,
    ) -> Figure {
        let told = told && !self.bare;
        Figure {
            what: what.into(),
            number: told.then_some(count as f64),
            of: (!self.bare).then_some(of),
            likely: (told && of > 0).then(|| interval(count, of)),
        }
    }

    /// A figure that counts people of no whole.
    pub fn number(&self, what: impl Into<String>, count: usize) -> Figure {
        let told = count >= self.limits.people && !self.bare;
        let number = told.then_some(count as f64);
        Figure { what: what.into(), number, of: None, likely: None }
    }

    /// The words named `key`.
    pub fn get(&self, key: &str) -> String {
        self.words.get(key)
    }

    /// The words named `key` with values.
    pub fn with(&self, key: &str, values: &[(&str, Value)]) -> String {
        self.words.with(key, values)
    }

    /// Words in a row.
    pub fn list(&self, parts: &[String]) -> String {
        parts.join(&self.words.get("brief-list"))
    }
}

pub(super) fn share(count: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { count as f64 / of as f64 }
}

fn interval(count: usize, of: usize) -> (f64, f64) {
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    wilson(small(count), small(of))
}

/// A share in per cent, rounded.
pub(super) fn whole(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn few_people_are_not_told_and_neither_are_all_but_few() {
        let limits = Limits::PUBLISHED;
        assert!(limits.tells(5, 10) && limits.tells(30, 60));
        assert!(!limits.tells(4, 60) && !limits.tells(56, 60) && !limits.tells(60, 60));
        assert!(Limits::DESK.tells(1, 1));
    }

    #[test]
    fn the_parts_of_a_whole_hide_each_other() {
        let parts = |counts: &[usize]| Limits::PUBLISHED.parts(counts);
        assert_eq!(parts(&[20, 30]), [true, true]);
        // Two would follow from the whole: the next smallest keeps them company.
        assert_eq!(parts(&[20, 30, 2]), [false, true, false]);
        assert_eq!(parts(&[20, 3, 2]), [true, false, false]);
        // Everybody said the same: that is something about each of them.
        assert_eq!(parts(&[50, 0]), [false, false]);
        assert_eq!(parts(&[]), Vec::<bool>::new());
        assert_eq!(Limits::DESK.parts(&[50, 0, 1]), [true, true, true]);
    }

    proptest! {
        #[test]
        fn nobody_can_subtract_their_way_to_a_few(counts in prop::collection::vec(0_usize..40, 1..8)) {
            let told = Limits::PUBLISHED.parts(&counts);
            let kept: usize = told.iter().zip(&counts).filter(|(t, _)| !**t).map(|(_, c)| c).sum();
            let all: usize = counts.iter().sum();
            for (told, count) in told.iter().zip(&counts) {
                prop_assert!(!told || (*count >= 5 && all - count >= 5));
            }
            let hidden = told.iter().any(|told| !told);
            prop_assert!(!hidden || kept >= 5 || told.iter().all(|told| !told));
        }
    }
}
