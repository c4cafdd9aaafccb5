//! A plan as people at tables, whoever made it: its mix, its score, its cheapest changes.

#![expect(clippy::indexing_slicing, reason = "people and tables are indices of one plan")]

use super::crowd::Crowd;
use super::plan::Score;
use super::problem::{by_key, free, real};
use super::request::{Free, Given, Request};
use std::collections::{BTreeMap, BTreeSet};

/// One group.
pub(super) struct Table {
    /// The group's key; `None` for a new one.
    pub key: Option<String>,
    /// Place in the request, if it is there.
    pub slot: Option<usize>,
    pub language: String,
    /// Who sits: places in [`Sitting::seated`], by key.
    pub people: Vec<usize>,
    /// Sum of the distances of all pairs.
    pub inside: f64,
}

/// All groups with all who sit.
pub(super) struct Sitting<'a> {
    pub request: &'a Request,
    pub crowd: Crowd,
    /// Places in the request, by key.
    pub seated: Vec<usize>,
    /// The table of each of `seated`; the number of tables for somebody who has none yet.
    pub at: Vec<usize>,
    pub tables: Vec<Table>,
    pub fairness: f64,
}

impl<'a> Sitting<'a> {
    /// Sitting of a plan given by keys. Unknown people are left out, those named twice sit where
    /// they are named first. `guest` is counted among all who sit though he has no table.
    pub(super) fn given(request: &'a Request, plan: &[Given], guest: Option<&str>) -> Self {
        let mut table_of: BTreeMap<&str, usize> = BTreeMap::new();
        for (table, group) in plan.iter().enumerate() {
            for person in &group.people {
                table_of.entry(person).or_insert(table);
            }
        }
        if let Some(guest) = guest {
            table_of.entry(guest).or_insert(plan.len());
        }
        let at_table = |place: &usize| table_of.get(request.people[*place].key.as_str()).copied();
        let slots: BTreeMap<&str, usize> =
            request.slots.iter().enumerate().map(|(at, slot)| (slot.key.as_str(), at)).collect();
        let tables = plan
            .iter()
            .map(|group| Table {
                key: Some(group.key.clone()),
                slot: slots.get(group.slot.as_str()).copied(),
                language: group.language.clone(),
                people: vec![],
                inside: 0.0,
            })
            .collect();
        Self::new(request, tables, at_table)
    }

    /// Seats people at empty tables; `at_table` tells the table of a place in the request.
    pub(super) fn new(
        request: &'a Request,
        mut tables: Vec<Table>,
        at_table: impl Fn(&usize) -> Option<usize>,
    ) -> Self {
        let mut seated = by_key(request);
        seated.retain(|place| at_table(place).is_some());
        let at: Vec<usize> = seated.iter().filter_map(&at_table).collect();
        let crowd = Crowd::new(request, &seated);
        for (person, &table) in at.iter().enumerate() {
            if let Some(table) = tables.get_mut(table) {
                table.people.push(person);
            }
        }
        for table in &mut tables {
            table.inside = crowd.inside(&table.people);
        }
        let fairness = if request.fairness.is_finite() { request.fairness.max(0.0) } else { 0.0 };
        Self { request, crowd, seated, at, tables, fairness }
    }

    pub(super) fn score(&self) -> Score {
        let request = self.request;
        let count = real(self.crowd.len());
        let pair = if self.crowd.len() < 2 { 0.0 } else { self.crowd.mean * count / (count - 1.0) };
        let mut score = Score {
            placed: self.tables.iter().map(|table| table.people.len()).sum(),
            people: request.people.len(),
            ceiling: count * self.crowd.mean / 2.0,
            worst: 1.0,
            ..Score::default()
        };
        let mut worst = f64::INFINITY;
        for table in &self.tables {
            let size = real(table.people.len()).max(1.0);
            score.value += table.inside / size;
            score.random += (size - 1.0) / 2.0 * pair;
            score.off_target += table.people.len().abs_diff(request.size.target);
            score.alone += self.alone(&table.people);
            if !self.crowd.flat() {
                worst = worst.min(2.0 * table.inside / (size * size) / self.crowd.mean);
            }
        }
        if worst.is_finite() {
            score.worst = worst;
        }
        for (person, &table) in self.at.iter().enumerate() {
            score.if_need_be += usize::from(self.if_need_be(person, table));
        }
        score.moved = self.moved();
        // One group of everybody is both chance and ceiling.
        let gap = score.ceiling - score.random;
        score.gap_closed = if gap <= score.ceiling * 1e-9 {
            1.0
        } else {
            ((score.value - score.random) / gap).clamp(0.0, 1.0)
        };
        score
    }

    /// How many lone tags are carried by exactly one of these people.
    pub(super) fn alone(&self, people: &[usize]) -> usize {
        let lone: BTreeSet<&String> = self.request.lone.iter().collect();
        let carriers = |tag: &String| {
            let carry = |person: &&usize| self.person(**person).tags.contains(tag);
            people.iter().filter(carry).count()
        };
        lone.into_iter().filter(|tag| carriers(tag) == 1).count()
    }

    pub(super) fn if_need_be(&self, person: usize, table: usize) -> bool {
        let slot = self.tables.get(table).and_then(|table| table.slot);
        slot.is_some_and(|slot| free(self.person(person), slot) == Free::IfNeedBe)
    }

    /// People of the previous plan who are still there and sit in none of its groups with the
    /// key, slot and language of theirs.
    fn moved(&self) -> usize {
        let places: BTreeMap<&str, usize> =
            self.request.people.iter().enumerate().map(|(at, p)| (p.key.as_str(), at)).collect();
        let tables: BTreeMap<usize, usize> =
            self.seated.iter().copied().zip(self.at.iter().copied()).collect();
        let mut moved = 0;
        for group in self.request.previous.iter().flatten() {
            for place in group.people.iter().filter_map(|key| places.get(key.as_str())) {
                let table = tables.get(place).and_then(|&table| self.tables.get(table));
                let stays = table.is_some_and(|table| {
                    table.key.as_ref() == Some(&group.key)
                        && table.language == group.language
                        && table.slot.is_some_and(|s| self.request.slots[s].key == group.slot)
                });
                moved += usize::from(!stays);
            }
        }
        moved
    }

    pub(super) fn person(&self, person: usize) -> &'a super::Person {
        &self.request.people[self.seated[person]]
    }

    /// The value of all groups in units of the mean distance, fairness included.
    pub(super) fn value(&self) -> f64 {
        let tables = self.tables.iter();
        tables.map(|table| self.worth(table.inside, table.people.len())).sum()
    }

    fn worth(&self, inside: f64, size: usize) -> f64 {
        self.crowd.value(inside, size, self.fairness)
    }

    /// What the plan loses, in percent of its ceiling, if these people go to a table and those
    /// come back from there to where the first sits. Nothing is looked at but views.
    pub(super) fn cost(&self, go: &[usize], to: usize, back: &[usize]) -> f64 {
        let from = go.first().map_or(self.tables.len(), |&person| self.at[person]);
        let mut loss = self.change(to, back, go);
        if from < self.tables.len() {
            loss += self.change(from, go, back);
        } else {
            // Somebody new adds to the ceiling too.
            loss += real(go.len()) / 2.0;
        }
        100.0 * loss / (real(self.crowd.len()) / 2.0).max(1.0)
    }

    /// What a table loses if some leave and others come.
    fn change(&self, table: usize, leave: &[usize], come: &[usize]) -> f64 {
        let Some(table) = self.tables.get(table) else { return 0.0 };
        let mut people = table.people.clone();
        let mut inside = table.inside;
        for gone in leave {
            people.retain(|person| person != gone);
            inside -= self.crowd.to_all(*gone, &people);
        }
        for &new in come {
            inside += self.crowd.to_all(new, &people);
            people.push(new);
        }
        self.worth(table.inside, table.people.len()) - self.worth(inside, people.len())
    }
}
