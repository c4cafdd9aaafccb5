//! Articles: what an author wrote, read into title, date, source and running text, and searched
//! for the questions, options and claims that a questionnaire can be made of.
//!
//! All spans are bytes into [`Article::text`], the text as it was brought. For HTML they point
//! into the HTML source, from the first to the last letter of the words found: the scanner in
//! `html` keeps the place of every text run, which a tree of elements does not.
//!
//! Pure: no clock, no files, nothing of ours above. Time is linear in the text.

mod announce;
mod ask;
mod blocks;
mod bring;
mod candidates;
mod claims;
mod context;
mod decode;
mod difference;
mod docx;
mod entities;
mod format;
mod front_matter;
mod heads;
mod html;
mod images;
mod invert;
mod markdown;
mod marker;
mod options;
mod questions;
mod quoted;
mod read;
mod readable;
mod safe;
mod sentences;
mod shortcodes;
mod statement;
#[cfg(test)]
mod tests;
mod token;
mod view;

pub use bring::{Given, bring};
pub use candidates::{Candidate, CandidateKind, candidates};
pub use decode::decode;
pub use difference::{Change, Difference, difference};
pub use format::{Format, UnknownFormat};
pub use images::{Image, Picture, images};
pub use read::{Article, ArticleError, read};
pub use view::{illustrated, plain, to_html};
