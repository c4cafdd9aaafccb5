//! Where a text lies among the others: what it means beside what it says.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{
    lexical::{Key, Lexical},
    matrix::{Matrix, add, dot, unit},
    model::{Embedder, Model, words_beside},
    terms,
};
use crate::analysis::language::language;

/// What shared words count between a phrase and a theme: the phrase is made of the theme's words.
const OF_PHRASES: f32 = 0.3;
/// A language of few texts has its mean drawn towards that of all, as if by this many texts.
const SHRINK: f32 = 3.0;
/// From this share on (one in ten) a second language counts as really mixed in.
const MIXED: usize = 10;

/// A text made ready.
pub(super) struct Prepared {
    pub language: String,
    /// What its telling words are counted as; not in a vector, which would keep the room of all
    /// words.
    pub keys: Box<[Key]>,
    embedding: Vec<f32>,
}

/// Makes texts ready.
#[derive(Default)]
pub(super) struct Reader {
    embedder: Embedder,
    keys: HashSet<Key>,
}

impl Reader {
    pub fn new(model: &Model) -> Self {
        Self { embedder: Embedder::new(model), keys: HashSet::new() }
    }

    /// Tells which texts will be read, so that they can be read together.
    pub fn expect(&mut self, texts: &[&str]) {
        self.embedder.prime(texts);
        terms::chinese::expect(texts);
    }

    pub fn read(&mut self, text: &str, prior: Option<&str>) -> Prepared {
        let language = language(text, prior);
        self.read_in(text, language)
    }

    /// The same key for the same word.
    fn one(&mut self, key: String) -> Key {
        if let Some(known) = self.keys.get(&*key) {
            return known.clone();
        }
        let key: Key = key.into();
        self.keys.insert(key.clone());
        key
    }

    /// How near each phrase lies to a centre of a space.
    pub fn near(
        &mut self,
        centre: &[f32],
        space: &Space,
        phrases: &[String],
        language: &str,
    ) -> Vec<f32> {
        self.expect(&phrases.iter().map(String::as_str).collect::<Vec<_>>());
        let (meaning, words) = centre.split_at(space.all.len().min(centre.len()));
        let mut near = |phrase: &String| {
            let vector = space.vector(&self.read_in(phrase, language.to_owned()));
            let (its_meaning, its_words) = vector.split_at(meaning.len().min(vector.len()));
            dot(meaning, its_meaning) + OF_PHRASES * dot(words, its_words)
        };
        phrases.iter().map(&mut near).collect()
    }

    /// For a part of a text whose language is known.
    pub fn read_in(&mut self, text: &str, language: String) -> Prepared {
        let telling = terms::words(text, &language).into_iter().filter(terms::Word::tells);
        let keys = telling.map(|word| self.one(word.key)).collect();
        Prepared { keys, embedding: self.embedder.embed(text), language }
    }
}

/// The space that a set of texts spans.
pub(super) struct Space {
    lexical: Option<Lexical>,
    /// What shared words count beside shared meaning.
    words: f32,
    means: BTreeMap<String, Vec<f32>>,
    all: Vec<f32>,
}

impl Space {
    /// Learns from texts; `question` holds the stems of the question's words.
    ///
    /// Meaning is centred for each language by itself, or texts would gather by language. Words
    /// are left out where two languages are really mixed, for they would do the same.
    pub fn fit(texts: &[&Prepared], question: &BTreeSet<String>, seed: u64) -> Self {
        let dimensions = texts.first().map_or(0, |text| text.embedding.len());
        let mut sums: BTreeMap<String, (f32, Vec<f32>)> = BTreeMap::new();
        let mut all = (0.0_f32, vec![0.0; dimensions]);
        for text in texts {
            let own = sums.entry(text.language.clone()).or_insert((0.0, vec![0.0; dimensions]));
            for (count, sum) in [own, &mut all] {
                *count += 1.0;
                add(sum, &text.embedding, 1.0);
            }
        }
        let over = |sum: Vec<f32>, by: f32| sum.into_iter().map(|value| value / by).collect();
        let all: Vec<f32> = over(all.1, all.0.max(1.0));
        let means = sums
            .into_iter()
            .map(|(language, (count, mut sum))| {
                add(&mut sum, &all, SHRINK);
                (language, over(sum, count + SHRINK))
            })
            .collect();
        let keys: Vec<&[Key]> = texts.iter().map(|text| &*text.keys).collect();
        let lexical = (!mixed(texts)).then(|| Lexical::fit(&keys, question, seed));
        Self { lexical, words: words_beside(dimensions), means, all }
    }

    /// The same space in which shared words count otherwise beside shared meaning.
    pub fn with_words(self, words: f32) -> Self {
        Self { words, ..self }
    }

    /// Where a text lies; of length one, or zeros when nothing is known of it.
    pub fn vector(&self, text: &Prepared) -> Vec<f32> {
        let mut out = text.embedding.clone();
        if out.iter().any(|value| *value != 0.0) {
            add(&mut out, self.means.get(&text.language).unwrap_or(&self.all), -1.0);
            unit(&mut out);
        }
        if let Some(lexical) = &self.lexical {
            out.extend(lexical.vector(&text.keys).into_iter().map(|value| value * self.words));
        }
        unit(&mut out);
        out
    }

    /// How many numbers a vector has.
    pub fn columns(&self) -> usize {
        self.all.len() + self.lexical.as_ref().map_or(0, Lexical::dimensions)
    }

    pub fn vectors(&self, texts: &[&Prepared]) -> Matrix {
        let meaning = texts.first().map_or(self.all.len(), |text| text.embedding.len());
        let columns = meaning + self.lexical.as_ref().map_or(0, Lexical::dimensions);
        let mut rows = Matrix::zeros(texts.len(), columns);
        for (row, text) in texts.iter().enumerate() {
            rows.row_mut(row).copy_from_slice(&self.vector(text));
        }
        rows
    }
}

/// Whether a second language has a tenth of the texts, and three at least.
fn mixed(texts: &[&Prepared]) -> bool {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for text in texts {
        *counts.entry(&text.language).or_default() += 1;
    }
    let mut counts: Vec<usize> = counts.into_values().collect();
    counts.sort_unstable_by_key(|count| std::cmp::Reverse(*count));
    counts.get(1).is_some_and(|second| *second >= 3 && second * MIXED >= texts.len())
}
