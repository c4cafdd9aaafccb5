//! Undoing and doing again in a history that is only ever added to: an entry made by undoing says
//! whose state it has.

use std::collections::BTreeMap;

/// The steps that can be taken from the last entry.
#[derive(Debug, Default)]
pub(super) struct Steps {
    /// By number, whose state each entry has.
    bases: BTreeMap<i64, i64>,
}

impl Steps {
    /// From the number of each entry, and whose state it has.
    pub(super) fn of(bases: Vec<(i64, i64)>) -> Self {
        Self { bases: bases.into_iter().collect() }
    }

    /// Whose state the present one is.
    fn here(&self) -> Option<i64> {
        self.bases.last_key_value().map(|(_, base)| *base)
    }

    /// Whose state stood before `number` was made.
    fn before(&self, number: i64) -> Option<i64> {
        self.bases.get(&(number - 1)).copied()
    }

    /// The entry whose state the next undoing brings back.
    pub(super) fn undo(&self) -> Option<i64> {
        self.before(self.here()?)
    }

    /// The entry whose state was undone last.
    pub(super) fn redo(&self) -> Option<i64> {
        let here = self.here()?;
        let made = self.bases.iter().rev().find(|(number, base)| number == base);
        let mut later = *made?.0;
        while later != here {
            let before = self.before(later)?;
            if before == here {
                return Some(later);
            }
            later = before;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Follows a walk: `+` edits, `u` undoes, `r` does again; whose state is there at the end.
    fn walk(steps: &str) -> (i64, Option<i64>, Option<i64>) {
        let mut all = Steps::default();
        for step in steps.chars() {
            let number = 1 + i64::try_from(all.bases.len()).unwrap();
            let base = match step {
                'u' => all.undo().unwrap(),
                'r' => all.redo().unwrap(),
                _ => number,
            };
            all.bases.insert(number, base);
        }
        (all.here().unwrap(), all.undo(), all.redo())
    }

    #[test]
    fn undoing_goes_back_and_forth_as_people_expect() {
        assert_eq!(walk("+"), (1, None, None));
        assert_eq!(walk("+++"), (3, Some(2), None));
        assert_eq!(walk("+++u"), (2, Some(1), Some(3)));
        assert_eq!(walk("+++uu"), (1, None, Some(2)));
        assert_eq!(walk("+++uur"), (2, Some(1), Some(3)));
        assert_eq!(walk("+++uurr"), (3, Some(2), None));
        // What is edited after undoing: the undone is no longer ahead, and undoing passes it by.
        assert_eq!(walk("+++uu+"), (6, Some(1), None));
        assert_eq!(walk("+++uu+u"), (1, None, Some(6)));
        assert_eq!(walk("+++u+u"), (2, Some(1), Some(5)));
    }
}
