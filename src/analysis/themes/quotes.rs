//! Which passages speak for a theme: near its centre, and different from one another.

use super::matrix::dot;

/// How much likeness to a quote already chosen counts against a candidate (maximal marginal
/// relevance; Carbonell, Goldstein 1998).
const UNLIKE: f32 = 0.6;

/// What can be quoted.
pub(super) struct Candidate<T> {
    pub what: T,
    /// Never two quotes from one source: a text, or several that repeat each other.
    pub source: usize,
    /// Its words without their signs: never two quotes with the same.
    pub words: String,
    pub vector: Vec<f32>,
    /// Nearness to the centre of the theme.
    pub near: f32,
}

/// Chooses up to `most`, in the order of choice; ties go to the earlier candidate.
pub(super) fn choose<T: Copy>(candidates: &[Candidate<T>], most: usize) -> Vec<T> {
    let mut chosen: Vec<&Candidate<T>> = Vec::new();
    while chosen.len() < most {
        let mut best: Option<(f32, &Candidate<T>)> = None;
        for candidate in candidates {
            let known = |other: &&Candidate<T>| {
                other.source == candidate.source || other.words == candidate.words
            };
            if chosen.iter().any(known) {
                continue;
            }
            let like = chosen
                .iter()
                .map(|other| dot(&other.vector, &candidate.vector))
                .fold(0.0_f32, f32::max);
            let score = candidate.near - UNLIKE * like;
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, candidate));
            }
        }
        let Some((_, candidate)) = best else { break };
        chosen.push(candidate);
    }
    chosen.into_iter().map(|candidate| candidate.what).collect()
}

#[cfg(test)]
mod tests {
    use super::{Candidate, choose};

    fn candidate(what: u8, source: usize, vector: [f32; 2], near: f32) -> Candidate<u8> {
        Candidate { what, source, words: format!("words {what}"), vector: vector.to_vec(), near }
    }

    #[test]
    fn quotes_are_central_different_and_from_different_sources() {
        let all = [
            candidate(1, 1, [1.0, 0.0], 0.90),
            candidate(2, 1, [0.0, 1.0], 0.89),
            candidate(3, 2, [1.0, 0.0], 0.88),
            candidate(4, 3, [0.0, 1.0], 0.50),
        ];
        // The second comes from the first one's source, the third says what the first says.
        assert_eq!(choose(&all, 2), [1, 4]);
        assert_eq!(choose(&all, 4), [1, 4, 3]);
        assert!(choose::<u8>(&[], 3).is_empty());
    }

    #[test]
    fn the_same_words_are_quoted_once_whatever_else_their_authors_said() {
        let mut all = [
            candidate(1, 1, [1.0, 0.0], 0.90),
            candidate(2, 2, [0.0, 1.0], 0.89),
            candidate(3, 3, [0.0, 1.0], 0.50),
        ];
        all[1].words = all[0].words.clone();
        assert_eq!(choose(&all, 3), [1, 3]);
    }
}
