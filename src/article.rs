//! STUB until the article room lands.
use std::fmt;
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Markdown,
    Html,
    Text,
}
impl Format {
    pub fn guess(_n: Option<&str>, _t: &str) -> Self {
        Self::Markdown
    }
}
impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("markdown")
    }
}
impl std::str::FromStr for Format {
    type Err = String;
    fn from_str(_: &str) -> Result<Self, String> {
        Ok(Self::Markdown)
    }
}
pub struct Article {
    pub title: String,
    pub date: Option<chrono::NaiveDate>,
    pub source: Option<String>,
    pub summary: Option<String>,
    pub link: Option<String>,
    pub language: String,
    pub format: Format,
    pub text: String,
    pub body_start: usize,
}
#[derive(Debug, thiserror::Error)]
#[error("empty")]
pub struct ArticleError;
pub fn read(_t: &str, _f: Format) -> Result<Article, ArticleError> {
    Err(ArticleError)
}
pub fn decode(b: &[u8]) -> String {
    String::from_utf8_lossy(b).into_owned()
}
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CandidateKind {
    Open,
    Allocation,
    Single,
    Statement,
    Further,
}
#[derive(Clone, Debug)]
pub struct Candidate {
    pub kind: CandidateKind,
    pub text: String,
    pub options: Vec<String>,
    pub start: usize,
    pub end: usize,
    pub rank: usize,
    pub why: String,
    pub suggested: bool,
}
pub fn candidates(_a: &Article) -> Vec<Candidate> {
    vec![]
}
pub fn to_html(_a: &Article, _m: &[(usize, usize, String)]) -> String {
    String::new()
}
