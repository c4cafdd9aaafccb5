//! One respondent's answers, small in memory.

use std::collections::HashSet;
use std::sync::Arc;

use crate::domain::{Answer, QuestionId, WordingId};

/// Answers by question. Those that hardly anybody else gives lie in one piece, those that many
/// give are one in memory, and so is the list of what was answered.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    list: Arc<[Bound]>,
    own: Box<[Answer]>,
    shared: Box<[Arc<Answer>]>,
}

/// To which question in which wording an answer was given, and where it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Bound {
    to: To,
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    Own(usize),
    Shared(usize),
}

pub(super) type To = (QuestionId, WordingId);

/// Lists that are known.
pub(super) type Lists = HashSet<Arc<[Bound]>>;

/// An answer as it was read.
#[derive(Debug)]
pub(super) enum Given {
    /// Hardly anybody else gives it.
    Own(Answer),
    /// Others give it, too.
    Shared(Arc<Answer>),
}

impl Answers {
    /// Takes answers out of `given`, in any order, one for each question.
    pub(super) fn of(given: &mut Vec<(To, Given)>, lists: &mut Lists) -> Self {
        given.sort_unstable_by_key(|((question, _), _)| *question);
        let (mut list, mut own, mut shared) = (vec![], vec![], vec![]);
        for (to, answer) in given.drain(..) {
            let place = match answer {
                Given::Own(answer) => {
                    own.push(answer);
                    Place::Own(own.len() - 1)
                }
                Given::Shared(answer) => {
                    shared.push(answer);
                    Place::Shared(shared.len() - 1)
                }
            };
            list.push(Bound { to, place });
        }
        let list = if let Some(known) = lists.get(list.as_slice()) {
            known.clone()
        } else {
            let new: Arc<[Bound]> = list.into();
            lists.insert(new.clone());
            new
        };
        Self { list, own: own.into(), shared: shared.into() }
    }

    /// The same with further ones.
    pub(super) fn with(self, mut further: Vec<(To, Given)>, lists: &mut Lists) -> Self {
        // Both lie in the order of the list.
        let (mut own, mut shared) = (self.own.into_iter(), self.shared.into_iter());
        further.extend(self.list.iter().filter_map(|bound| {
            let answer = match bound.place {
                Place::Own(_) => own.next().map(Given::Own),
                Place::Shared(_) => shared.next().map(Given::Shared),
            };
            Some((bound.to, answer?))
        }));
        Self::of(&mut further, lists)
    }

    /// The answer to a question and the wording it was given to.
    pub fn get(&self, question: QuestionId) -> Option<(WordingId, &Answer)> {
        let at = self.list.binary_search_by_key(&question, |bound| bound.to.0).ok()?;
        let bound = self.list.get(at)?;
        Some((bound.to.1, self.at(bound.place)?))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All of them, by question.
    pub fn iter(&self) -> impl Iterator<Item = (QuestionId, &Answer)> {
        self.list.iter().filter_map(move |bound| Some((bound.to.0, self.at(bound.place)?)))
    }

    fn at(&self, place: Place) -> Option<&Answer> {
        match place {
            Place::Own(at) => self.own.get(at),
            Place::Shared(at) => self.shared.get(at).map(|answer| &**answer),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn to(question: u128) -> To {
        (QuestionId(Uuid::from_u128(question)), WordingId(Uuid::from_u128(100 + question)))
    }

    fn own(text: &str) -> Given {
        Given::Own(Answer::Open(text.to_owned()))
    }

    fn told(answers: &Answers) -> Vec<(u128, String)> {
        let all = answers.iter().map(|(question, answer)| {
            assert_eq!(answers.get(question).unwrap().1, answer);
            (question.0.as_u128(), format!("{answer:?}"))
        });
        all.collect()
    }

    #[test]
    fn whatever_order_answers_come_in_they_stand_by_question_with_their_wording() {
        let mut lists = Lists::new();
        let scale = Arc::new(Answer::Scale(3));
        let shared = || Given::Shared(scale.clone());
        let mut given = vec![(to(5), own("b")), (to(2), shared()), (to(1), own("a"))];
        let first = Answers::of(&mut given, &mut lists);
        assert!(given.is_empty());
        let later = vec![(to(4), own("d")), (to(3), shared())];
        let all = first.clone().with(later, &mut lists);
        let a = |text: &str| format!("Open({text:?})");
        let three = || "Scale(3)".to_owned();
        assert_eq!(told(&first), [(1, a("a")), (2, three()), (5, a("b"))]);
        let five = [(1, a("a")), (2, three()), (3, three()), (4, a("d")), (5, a("b"))];
        assert_eq!(told(&all), five);
        assert_eq!(all.get(to(4).0).unwrap().0, to(4).1);
        assert!(first.get(to(4).0).is_none() && told(&Answers::default()).is_empty());
    }

    #[test]
    fn those_who_answered_the_same_questions_share_one_list() {
        let mut lists = Lists::new();
        let mut of = |questions: [u128; 2]| {
            let mut given = questions.map(|at| (to(at), own("words"))).into_iter().collect();
            Answers::of(&mut given, &mut lists)
        };
        let (one, same, other) = (of([1, 2]), of([2, 1]), of([1, 3]));
        assert!(Arc::ptr_eq(&one.list, &same.list) && !Arc::ptr_eq(&one.list, &other.list));
    }
}
