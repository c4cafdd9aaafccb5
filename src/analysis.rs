//! STUB until the analysis rooms land.
#![expect(missing_debug_implementations)]
pub mod language {
    pub fn language(_t: &str, _p: Option<&str>) -> String {
        "en".into()
    }
}
pub mod passages {
    pub fn passages(_t: &str) -> Vec<(usize, usize)> {
        vec![]
    }
}
pub mod search {
    pub fn find(_n: &str, _h: &str) -> Vec<(usize, usize)> {
        vec![]
    }
}
pub mod themes {
    pub struct Text {
        pub key: String,
        pub text: String,
        pub language: Option<String>,
    }
    pub struct Settings {
        pub question: String,
        pub themes: Option<usize>,
        pub seed: u64,
    }
    #[derive(Debug, Clone)]
    pub struct Passage {
        pub text: usize,
        pub start: usize,
        pub end: usize,
    }
    #[derive(Debug, Clone)]
    pub struct Theme {
        pub label: String,
        pub gist: Passage,
        pub main: Vec<usize>,
        pub mentions: Vec<usize>,
        pub passages: Vec<Passage>,
        pub quotes: Vec<Passage>,
        pub keywords: Vec<String>,
    }
    #[derive(Debug, Clone)]
    pub struct Themes {
        pub themes: Vec<Theme>,
        pub outside: Vec<usize>,
        pub uninformative: Vec<usize>,
        pub repeats: Vec<Vec<usize>>,
    }
    pub fn themes(_t: &[Text], _s: &Settings) -> Themes {
        Themes { themes: vec![], outside: vec![], uninformative: vec![], repeats: vec![] }
    }
}
pub mod opinions {
    #[derive(Debug, Clone)]
    pub struct Votes {
        pub people: Vec<String>,
        pub statements: usize,
        pub cells: Vec<Vec<Option<i8>>>,
    }
    pub struct Settings {
        pub groups: Option<usize>,
        pub permutations: u32,
        pub removals: u32,
        pub seed: u64,
    }
    #[derive(Debug, Clone)]
    pub struct Interval {
        pub share: f64,
        pub low: f64,
        pub high: f64,
    }
    #[derive(Debug, Clone)]
    pub struct StatementCount {
        pub agree: u32,
        pub disagree: u32,
        pub pass: u32,
        pub unseen: u32,
        pub agreed: Option<Interval>,
        pub disagreed: Option<Interval>,
        pub divisive: f64,
        pub consensus: bool,
    }
    #[derive(Debug, Clone)]
    pub struct Representative {
        pub statement: usize,
        pub agree: bool,
        pub inside: Interval,
        pub outside: Interval,
        pub strength: f64,
    }
    #[derive(Debug, Clone)]
    pub struct Group {
        pub members: Vec<usize>,
        pub representative: Vec<Representative>,
        pub agreed: Vec<Option<Interval>>,
        pub disagreed: Vec<Option<Interval>>,
    }
    #[derive(Debug, Clone)]
    pub enum Verdict {
        TooFew { placed: usize, needed: usize },
        NoGroups { silhouette: f64, chance: f64, tried: usize },
        Groups { groups: Vec<Group>, silhouette: f64, chance: f64, stability: f64 },
    }
    #[derive(Debug, Clone)]
    pub struct Opinions {
        pub placed: Vec<usize>,
        pub map: Vec<[f64; 2]>,
        pub explained: [f64; 2],
        pub verdict: Verdict,
        pub statements: Vec<StatementCount>,
        pub common_ground: Vec<usize>,
    }
    pub fn opinions(_v: &Votes, _s: &Settings) -> Opinions {
        Opinions {
            placed: vec![],
            map: vec![],
            explained: [0.0, 0.0],
            verdict: Verdict::TooFew { placed: 0, needed: 5 },
            statements: vec![],
            common_ground: vec![],
        }
    }
}
pub mod seating {
    pub const STEPS: u64 = 1;
    #[derive(Debug)]
    pub enum Free {
        Yes,
        IfNeedBe,
        No,
    }
    #[derive(Debug)]
    pub struct Person {
        pub key: String,
        pub views: Vec<Option<f64>>,
        pub free: Vec<Free>,
        pub languages: Vec<String>,
    }
    #[derive(Debug)]
    pub struct Slot {
        pub key: String,
        pub groups: usize,
    }
    #[derive(Debug)]
    pub struct Size {
        pub low: usize,
        pub target: usize,
        pub high: usize,
    }
    #[derive(Debug)]
    pub struct Request {
        pub people: Vec<Person>,
        pub dimensions: Vec<Dimension>,
        pub slots: Vec<Slot>,
        pub size: Size,
        pub seed: u64,
        pub steps: u64,
        pub fairness: f64,
    }
    #[derive(Debug)]
    pub struct Dimension {
        pub weight: f64,
        pub question: usize,
    }
    pub enum Reason {
        OnlySlot { slot: usize },
        SharedSlot { slot: usize, could: usize, if_need_be: bool },
        Adds { dimension: usize, value: f64, group_mean: f64 },
    }
    pub struct Seat {
        pub person: usize,
        pub reasons: Vec<Reason>,
        pub elsewhere: Option<Elsewhere>,
    }
    pub struct Elsewhere {
        pub group: usize,
        pub cost: f64,
    }
    pub struct Group {
        pub slot: usize,
        pub language: String,
        pub seats: Vec<Seat>,
        pub mix: f64,
        pub by_question: Vec<(usize, f64)>,
    }
    pub enum Unplaced {
        NoSlot,
        NoSharedSlot { shared: usize, needed: usize },
        NoLanguage,
        NoRoom,
    }
    pub struct Plan {
        pub groups: Vec<Group>,
        pub unplaced: Vec<(usize, Unplaced)>,
        pub diversity: f64,
        pub score: f64,
        pub seed: u64,
    }
    #[derive(Debug)]
    pub enum Conflict {
        NoPeople,
        TooFewPeople { people: usize, low: usize },
        NoSlots,
        NobodyFree,
        NoSharedSlot { best_slot: usize, free: usize, low: usize },
        Size { people: usize, low: usize, high: usize },
        BadSize,
    }
    pub fn seat(_r: &Request) -> Result<Plan, Conflict> {
        Err(Conflict::NoPeople)
    }
    pub fn check(_r: &Request, _p: &Plan) -> Vec<String> {
        vec![]
    }
}
//! Pure algorithms over slices and matrices: nothing of ours is imported here, no clock is asked,
//! every seed is a parameter.

pub mod opinions;
pub mod rng;
pub mod stats;
//! What can be read out of many answers without anybody reading them first: themes, quotes, passages.
//!
//! This room knows nothing of ours: it takes texts and numbers and gives back indices, spans and
//! numbers. No clock, no chance, no files: the same input gives the same output for ever, in
//! whatever order it comes.

pub mod language;
pub mod passages;
pub mod search;
pub mod themes;
