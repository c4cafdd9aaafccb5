//! What can be read out of many answers without anybody reading them first: themes, quotes, passages.
//!
//! This room knows nothing of ours: it takes texts and numbers and gives back indices, spans and
//! numbers. No clock, no chance, no files: the same input gives the same output for ever, in
//! whatever order it comes.

pub mod language;
pub mod passages;
pub mod search;
pub mod themes;
