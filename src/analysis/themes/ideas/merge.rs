//! Ideas that are one: spoken of in the same passages, or in two languages.
#![expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "numbers of passages, tokens and ideas are below their counts; counts become weights"
)]

use super::{
    Idea,
    gather::Crowd,
    tokens::{Spoken, Token},
};
use crate::analysis::themes::matrix::{Matrix, add, dot};

/// Ideas whose passages lie this near are one.
const SAME: f32 = 0.66;
/// Words of two languages that lie this near, and nearer than any others, mean one thing.
const TRANSLATION: f32 = 0.48;

/// All passages with what is known of them.
pub(super) struct Passages<'a> {
    pub spoken: &'a [Spoken<'a>],
    pub tokens: &'a [Vec<Token>],
    pub vectors: &'a [Vec<f32>],
}

impl Passages<'_> {
    pub fn holds(&self, idea: &Idea, at: usize) -> bool {
        self.tokens[at].iter().any(|token| idea.keys.contains(&token.key))
    }

    /// The sum of the passages that hold a word of an idea, and how many they are.
    fn sum(&self, idea: &Idea) -> (Vec<f32>, usize) {
        let mut sum = vec![0.0; self.vectors.first().map_or(0, Vec::len)];
        let mut count = 0;
        for at in (0..self.spoken.len()).filter(|at| self.holds(idea, *at)) {
            add(&mut sum, &self.vectors[at], 1.0);
            count += 1;
        }
        (sum, count)
    }

    pub fn centres(&self, ideas: &[Idea]) -> Matrix {
        let mut centres = Matrix::zeros(ideas.len(), self.vectors.first().map_or(0, Vec::len));
        for (number, idea) in ideas.iter().enumerate() {
            centres.row_mut(number).copy_from_slice(&self.sum(idea).0);
        }
        centres.normalize();
        centres
    }

    /// How near the passages of an idea lie to each other, on average.
    pub fn cohesion(&self, idea: &Idea) -> f32 {
        let (sum, count) = self.sum(idea);
        if count < 2 {
            return 0.0;
        }
        // The square of a sum of vectors of length one holds each pair twice.
        (dot(&sum, &sum) - count as f32) / (count * (count - 1)) as f32
    }
}

/// Joins ideas that are spoken of in the same passages, or are one in two languages.
pub(super) fn merge(ideas: &mut Vec<Idea>, passages: &Passages<'_>, crowd: &Crowd<'_>) {
    loop {
        let centres = passages.centres(ideas);
        let mut best = (SAME, None);
        for a in 0..ideas.len() {
            for b in a + 1..ideas.len() {
                let near = dot(centres.row(a), centres.row(b)).max(translation(ideas, a, b));
                let texts = ideas[a].texts.union(&ideas[b].texts).copied().collect();
                let fits = crowd.people(&texts) <= crowd.most(ideas[a].wide || ideas[b].wide);
                if near > best.0 && fits {
                    best = (near, Some((a, b)));
                }
            }
        }
        let Some((a, b)) = best.1 else { break };
        let other = ideas.remove(b);
        let idea = &mut ideas[a];
        idea.keys.extend(other.keys);
        idea.texts.extend(other.texts);
        idea.terms.extend(other.terms);
        idea.wide |= other.wide;
        idea.people = crowd.people(&idea.texts);
    }
}

/// One where an idea of Chinese words only and one without are each other's nearest.
fn translation(ideas: &[Idea], a: usize, b: usize) -> f32 {
    let script = |at: usize, han: bool| ideas[at].terms.iter().all(|term| term.0 == han);
    let like = |a: usize, b: usize| {
        let pairs = ideas[a].terms.iter().flat_map(|x| ideas[b].terms.iter().map(move |y| (x, y)));
        pairs.map(|(x, y)| dot(&x.1, &y.1)).fold(0.0_f32, f32::max)
    };
    let own = like(a, b);
    let nearest = |to: usize, han: bool| {
        (0..ideas.len()).filter(|at| script(*at, han)).all(|at| like(at, to) <= own)
    };
    let one = |a: usize, b: usize| {
        script(a, true) && script(b, false) && nearest(a, false) && nearest(b, true)
    };
    if own >= TRANSLATION && (one(a, b) || one(b, a)) { 1.0 } else { 0.0 }
}
