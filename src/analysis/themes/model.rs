//! What a text means, as numbers: the small model that comes with the program, or the larger one
//! that was put into the data folder (`colloquy model add`).

mod encoder;
mod pieces;
mod static64;
mod wheel;

use std::{collections::HashMap, fmt, sync::Arc};

use super::simple::simplified;
use encoder::Encoder;
pub use wheel::{Unfit, from_wheel};

/// Turns texts into vectors. Cheap to clone; [`Model::default`] is the one that comes with the
/// program.
#[derive(Clone, Default)]
pub struct Model(Option<Arc<Encoder>>);

/// There is one of each name.
impl PartialEq for Model {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Model {}

impl Model {
    /// The larger model, from the bytes that [`from_wheel`] makes.
    ///
    /// # Errors
    /// Bytes that are cut short or of another kind.
    pub fn read(bytes: Vec<u8>) -> Result<Self, Unfit> {
        Encoder::read(bytes).map(|encoder| Self(Some(Arc::new(encoder)))).ok_or(Unfit::Damaged)
    }

    /// The name that stands beside results: the same answers and the same name give the same
    /// themes.
    pub fn name(&self) -> &'static str {
        if self.0.is_some() { "use-m3" } else { "use-static64" }
    }

    /// The vectors of texts, each of length one; zeros for a text without a word it knows.
    pub fn vectors(&self, texts: &[String]) -> Vec<Vec<f32>> {
        let mut embedder = Embedder::new(self);
        embedder.prime(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        texts.iter().map(|text| embedder.embed(text)).collect()
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What shared words count beside shared meaning: more where meaning is known less well. Chosen by
/// the tuning half of `benches/themes.rs`.
pub(super) fn words_beside(dimensions: usize) -> f32 {
    if dimensions > static64::DIMENSIONS { 0.6 } else { 0.9 }
}

/// Turns texts into vectors and remembers what it has seen.
#[derive(Default)]
pub(super) struct Embedder {
    model: Model,
    words: static64::Words,
    texts: HashMap<String, Vec<f32>>,
}

impl Embedder {
    pub fn new(model: &Model) -> Self {
        Self { model: model.clone(), ..Self::default() }
    }

    /// Reads many texts at once, which the larger model does several times faster.
    pub fn prime(&mut self, texts: &[&str]) {
        let Some(encoder) = &self.model.0 else { return };
        let mut new: Vec<String> = texts.iter().map(|text| simplified(text)).collect();
        new.retain(|text| !self.texts.contains_key(text));
        new.sort_unstable();
        new.dedup();
        let vectors = encoder.encode(&new.iter().map(String::as_str).collect::<Vec<_>>());
        self.texts.extend(new.into_iter().zip(vectors));
    }

    /// The vector of a text, of length one; zeros for a text without a known piece.
    pub fn embed(&mut self, text: &str) -> Vec<f32> {
        let simple = simplified(text);
        if self.model.0.is_none() {
            return self.words.embed(&simple).to_vec();
        }
        self.prime(&[text]);
        self.texts.get(&simple).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
