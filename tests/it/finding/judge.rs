//! How well questions are found: the marked articles of `tests/articles`, and what of them the
//! finder ticks. The rules stand in `tests/articles/SOURCES.md`. Used by the test and by the bench.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use colloquy::article::{self, Candidate, CandidateKind, Format};
use serde::Deserialize;

/// How many letters must lie where they should.
const ENOUGH: f64 = 0.8;

/// What a person marked in an article.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Marks {
    kind: String,
    #[serde(default)]
    written_by_us: bool,
    asked: Vec<String>,
    #[serde(default)]
    either: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
    #[serde(default)]
    options: Vec<Named>,
    #[serde(default)]
    statements: Vec<String>,
}

/// A question and the options that it names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    question: String,
    options: Vec<String>,
}

/// One article with its marks.
#[derive(Debug)]
pub struct Marked {
    /// The file's name without its ending.
    pub name: String,
    text: String,
    format: Format,
    marks: Marks,
    letters: Letters,
}

/// What was found in one or more articles.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Marked questions.
    pub asked: usize,
    /// Marked questions that were ticked.
    pub found: usize,
    /// Ticked questions.
    pub ticked: usize,
    /// Ticked questions that are marked.
    pub right: usize,
    /// Lists of options that are marked.
    pub lists: usize,
    /// Lists of options that were found word for word.
    pub listed: usize,
    /// Ticked statements.
    pub statements: usize,
    /// Ticked statements that are marked.
    pub stated: usize,
    /// What was missed and what was wrongly ticked, for reading.
    pub faults: Vec<String>,
}

impl Score {
    /// The share of the marked questions that was ticked; 1 if none is marked.
    pub fn recall(&self) -> f64 {
        share(self.found, self.asked)
    }

    /// The share of the ticked questions that is marked; 1 if none is ticked.
    pub fn precision(&self) -> f64 {
        share(self.right, self.ticked)
    }

    /// Adds what was found in another article.
    pub fn add(&mut self, other: &Self) {
        self.asked += other.asked;
        self.found += other.found;
        self.ticked += other.ticked;
        self.right += other.right;
        self.lists += other.lists;
        self.listed += other.listed;
        self.statements += other.statements;
        self.stated += other.stated;
        self.faults.extend(other.faults.iter().cloned());
    }
}

fn share(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap());
    if whole == 0 { 1.0 } else { number(part) / number(whole) }
}

/// The letters and digits of a text in small letters, each with its place in bytes; of HTML
/// without tags and references, of Markdown without the addresses of links.
#[derive(Debug)]
struct Letters {
    chars: Vec<char>,
    places: Vec<usize>,
}

impl Letters {
    fn of(text: &str, format: Format) -> Self {
        let (mut chars, mut places) = (vec![], vec![]);
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let rest = text.get(at..).unwrap();
            let skipped = match format {
                Format::Html if rest.starts_with('<') => rest.find('>').map(|end| end + 1),
                Format::Html if rest.starts_with('&') => {
                    rest.find(';').filter(|end| *end < 9).map(|end| end + 1)
                }
                Format::Markdown if rest.starts_with("](") => rest.find(')').map(|end| end + 1),
                _ => None,
            };
            if skipped.is_none() && c.is_alphanumeric() {
                for small in c.to_lowercase() {
                    chars.push(small);
                    places.push(at);
                }
            }
            at += skipped.unwrap_or(c.len_utf8());
        }
        Self { chars, places }
    }

    /// The places where words stand, as ranges of letters.
    fn find(&self, words: &[char]) -> Vec<(usize, usize)> {
        if words.is_empty() {
            return vec![];
        }
        let starts = self.chars.windows(words.len()).enumerate();
        starts
            .filter(|(_, window)| *window == words)
            .map(|(at, _)| (at, at + words.len()))
            .collect()
    }

    /// The letters between two bytes.
    fn between(&self, start: usize, end: usize) -> (usize, usize) {
        let index = |byte: usize| self.places.partition_point(|place| *place < byte);
        (index(start), index(end))
    }
}

/// All marked articles, by name.
pub fn articles() -> Vec<Marked> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let mut all: Vec<Marked> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| marked(&path))
        .collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

fn marked(path: &Path) -> Marked {
    let marks: Marks = toml::from_str(&fs::read_to_string(path).unwrap())
        .unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
    let ending = ["md", "html", "txt"].into_iter().find(|e| path.with_extension(e).exists());
    let file = path.with_extension(ending.expect("a marked article"));
    let text = article::decode(&fs::read(&file).unwrap());
    let name = file.file_name().unwrap().to_str().unwrap();
    let format = Format::guess(Some(name), &text);
    let letters = Letters::of(&text, format);
    let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
    Marked { name, text, format, marks, letters }
}

impl Marked {
    /// Whether it is one of those that the finder was not tuned on.
    pub fn held_out(&self) -> bool {
        let hash = self.name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        (hash >> 32) % 2 == 1
    }

    /// `en` or `zh`.
    pub fn language(&self) -> &str {
        self.name.get(..2).unwrap()
    }

    /// What kind of text it is.
    pub fn kind(&self) -> &str {
        &self.marks.kind
    }

    /// Whether it was written for this project.
    pub fn written_by_us(&self) -> bool {
        self.marks.written_by_us
    }

    /// The marks that do not stand in the article: mistakes of the marking.
    pub fn misplaced(&self) -> Vec<&str> {
        let marks = &self.marks;
        let all = marks.asked.iter().chain(&marks.either).chain(&marks.not);
        let all = all.chain(&marks.statements).chain(marks.options.iter().map(|o| &o.question));
        all.filter(|words| self.places(words).is_empty()).map(String::as_str).collect()
    }

    /// Where marked words stand, as ranges of letters.
    fn places(&self, words: &str) -> Vec<(usize, usize)> {
        self.letters.find(&Letters::of(words, self.format).chars)
    }

    fn letters_of(&self, candidate: &Candidate) -> (usize, usize) {
        self.letters.between(candidate.start, candidate.end)
    }

    /// Reads the article, finds its questions, and compares them with the marks.
    pub fn score(&self) -> Score {
        let article = article::read(&self.text, self.format).unwrap();
        let found = article::candidates(&article);
        let mut score = Score::default();
        let (mut asked, mut either) = (vec![false; self.letters.chars.len()], vec![]);
        for (from, to) in self.marks.asked.iter().flat_map(|words| self.places(words)) {
            asked[from..to].fill(true);
        }
        either.clone_from(&asked);
        for (from, to) in self.marks.either.iter().flat_map(|words| self.places(words)) {
            either[from..to].fill(true);
        }
        // An open question and its options stand in the same place: that is one question.
        let mut ticked: BTreeMap<(usize, usize), &Candidate> = BTreeMap::new();
        for candidate in found.iter().filter(|c| c.suggested && is_question(c.kind)) {
            ticked.entry(self.letters_of(candidate)).or_insert(candidate);
        }
        for ((from, to), candidate) in &ticked {
            let within = either[*from..*to].iter().filter(|marked| **marked).count();
            let marked = share(within, to - from) >= ENOUGH;
            let right = marked && asked[*from..*to].contains(&true);
            if marked && !right {
                // Taking it is no mistake, leaving it is none.
                continue;
            }
            score.ticked += 1;
            score.right += usize::from(right);
            if !right {
                score.faults.push(format!(
                    "{}: ticked {:?} ({})",
                    self.name, candidate.text, candidate.why
                ));
            }
        }
        for words in &self.marks.asked {
            let covered = self.places(words).into_iter().any(|(from, to)| {
                ticked.keys().any(|(start, end)| {
                    let common = to.min(*end).saturating_sub(from.max(*start));
                    share(common, to - from) >= ENOUGH
                })
            });
            score.asked += 1;
            score.found += usize::from(covered);
            if !covered {
                score.faults.push(format!("{}: missed {words:?}", self.name));
            }
        }
        self.options(&found, &mut score);
        self.statements(&found, &mut score);
        score
    }

    fn options(&self, found: &[Candidate], score: &mut Score) {
        let plain =
            |words: &str| -> String { Letters::of(words, Format::Text).chars.iter().collect() };
        for list in &self.marks.options {
            let wanted: Vec<String> = list.options.iter().map(|option| plain(option)).collect();
            let listed = self.places(&list.question).into_iter().any(|(from, to)| {
                found.iter().any(|candidate| {
                    let (start, end) = self.letters_of(candidate);
                    start < to
                        && from < end
                        && candidate.options.iter().map(|o| plain(o)).eq(wanted.iter().cloned())
                })
            });
            score.lists += 1;
            score.listed += usize::from(listed);
            if !listed {
                score.faults.push(format!("{}: options of {:?}", self.name, list.question));
            }
        }
    }

    fn statements(&self, found: &[Candidate], score: &mut Score) {
        let good: Vec<(usize, usize)> =
            self.marks.statements.iter().flat_map(|words| self.places(words)).collect();
        for candidate in found.iter().filter(|c| c.suggested && !is_question(c.kind)) {
            let (start, end) = self.letters_of(candidate);
            let right = good.iter().any(|(from, to)| {
                share(end.min(*to).saturating_sub(start.max(*from)), end - start) >= ENOUGH
            });
            score.statements += 1;
            score.stated += usize::from(right);
            if !right {
                score.faults.push(format!("{}: stated {:?}", self.name, candidate.text));
            }
        }
    }
}

fn is_question(kind: CandidateKind) -> bool {
    !matches!(kind, CandidateKind::Statement | CandidateKind::Further)
}
