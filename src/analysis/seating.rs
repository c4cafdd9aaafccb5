//! STUB until the seating room lands.

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
