//! A guide as it is read, whatever it is read on: words in order, nothing to compute.

use serde::Serialize;

use super::edits::{Edits, apply};
use super::plan::{self, Kind};
use super::{Guide, Quote, Side, Topic, Votes, Why};
use crate::words::Words;

/// The fields of the note form, whose words are under `note-…`: they feed the echo.
pub const NOTES: [&str; 5] = ["alike", "differ", "changed", "ask", "next"];

/// What stands around a guide's parts.
#[derive(Clone, Debug)]
pub struct Around {
    /// The words it is written in: the group's language.
    pub words: Words,
    /// "Group 2".
    pub group: String,
    /// The discussion's title.
    pub title: String,
    /// When, with the zone.
    pub when: String,
    /// Where.
    pub place: String,
    /// Who leads the group, if the name may be told.
    pub host: Option<String>,
    /// The members whose names may be told to whom this is for; others are counted.
    pub members: Vec<String>,
    /// Members without a name here.
    pub unnamed: usize,
    /// Whether it is for somebody who leads the group.
    pub for_host: bool,
    /// Whether there is a poll before and after.
    pub poll: bool,
}

/// The guide in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// The language: `en` or `zh`.
    pub language: String,
    /// The discussion's title.
    pub kicker: String,
    /// "Guide for Group 2".
    pub title: String,
    /// When, how long, where, with whom.
    pub facts: Vec<(String, String)>,
    /// The parts, in order.
    pub parts: Vec<Part>,
    /// What it is made of.
    pub foot: String,
}

/// One part.
#[expect(clippy::struct_excessive_bools, reason = "what is true of a part, each by itself")]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its name, the same for as long as it is about the same.
    pub key: String,
    /// Its heading.
    pub title: String,
    /// "Minute 10 to 25", or nothing.
    pub time: String,
    /// The question or statement, if it is about one.
    pub lead: String,
    /// What to do, or a list.
    pub lines: Vec<String>,
    /// Whether the lines are a list.
    pub list: bool,
    /// How members voted.
    #[serde(skip)]
    pub votes: Option<Votes>,
    /// The same in words.
    pub counted: String,
    /// What was written.
    pub quotes: Vec<Said>,
    /// Whether there is room to write under each line.
    pub blank: bool,
    /// How many minutes it takes.
    #[serde(skip)]
    pub minutes: u32,
    /// Whether its first line is the question.
    #[serde(skip)]
    pub has_lead: bool,
    /// Whether the organizer has added it.
    #[serde(skip)]
    pub own: bool,
    /// Whether the organizer has hidden it.
    #[serde(skip)]
    pub hidden: bool,
    /// What it says by itself, where the organizer has put it in other words.
    #[serde(skip)]
    pub made: Option<String>,
    /// Whether that has changed since.
    #[serde(skip)]
    pub newer: bool,
    /// Its place before anybody moved it.
    #[serde(skip)]
    pub rank: usize,
}

/// A quote in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The words.
    pub text: String,
    /// Who wrote them, as far as that may be told.
    pub by: String,
    /// Its name, by which it can be hidden.
    #[serde(skip)]
    pub key: String,
    /// Whether the organizer has hidden it.
    #[serde(skip)]
    pub hidden: bool,
}

impl Part {
    /// A part with these lines.
    pub fn new(key: &str, title: String, lines: Vec<String>) -> Self {
        Self { key: key.to_owned(), title, lines, ..Self::default() }
    }

    /// Its words, line by line: what the organizer may change.
    pub fn text(&self) -> String {
        let lead = Some(&self.lead).filter(|_| self.has_lead);
        lead.into_iter().chain(&self.lines).cloned().collect::<Vec<_>>().join("\n")
    }

    /// Puts other words in their place.
    pub fn set_text(&mut self, text: &str) {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        if self.has_lead {
            lines.next().unwrap_or_default().clone_into(&mut self.lead);
        }
        self.lines = lines.map(str::to_owned).collect();
    }

    fn kind(&self) -> Kind {
        match self.key.as_str() {
            "agreements" => Kind::Welcome,
            "opening" => Kind::Opening,
            "break" => Kind::Break,
            "closing" => Kind::Closing,
            "notes" => Kind::Notes,
            "who" | "host" | "agreed" | "facts" => Kind::None,
            _ => Kind::Topic,
        }
    }
}

/// The guide in words, as it is read: without what is hidden, with the minutes of what is left.
pub fn sheet(guide: &Guide, around: &Around, layers: &[&Edits]) -> Sheet {
    let mut parts = parts(guide, around, layers);
    parts.retain(|part| !part.hidden);
    for part in &mut parts {
        part.quotes.retain(|quote| !quote.hidden);
    }
    timed(guide, around, &mut parts);
    let words = around.words;
    let minutes = usize::try_from(guide.minutes).unwrap_or(usize::MAX);
    let mut facts = vec![
        (words.get("guide-when"), around.when.clone()),
        (words.get("guide-length"), words.with("mail-minutes", &[("minutes", minutes.into())])),
        (words.get("guide-where"), around.place.clone()),
        (words.get("guide-host-name"), around.host.clone().unwrap_or_default()),
        (words.get("guide-who"), company(words, &around.members, around.unnamed)),
    ];
    facts.retain(|(_, value)| !value.is_empty());
    Sheet {
        language: words.language().to_owned(),
        kicker: around.title.clone(),
        title: words.with("guide-title", &[("group", around.group.as_str().into())]),
        facts,
        parts,
        foot: words.get("guide-signed"),
    }
}

/// Every part with the edits over it, also what is hidden: for the editor.
pub fn parts(guide: &Guide, around: &Around, layers: &[&Edits]) -> Vec<Part> {
    let mut parts = made(guide, around);
    (0..).zip(&mut parts).for_each(|(rank, part)| part.rank = rank);
    for edits in layers {
        apply(&mut parts, edits);
    }
    parts
}

fn timed(guide: &Guide, around: &Around, parts: &mut [Part]) {
    let people = around.members.len() + around.unnamed;
    let kinds: Vec<Kind> = parts.iter().map(Part::kind).collect();
    let mut from: usize = 0;
    for (part, minutes) in parts.iter_mut().zip(plan::minutes(guide.minutes, people, &kinds)) {
        part.minutes = minutes;
        let to = from + usize::try_from(minutes).unwrap_or(0);
        if minutes > 0 {
            let values = [("from", from.into()), ("to", to.into())];
            part.time = around.words.with("guide-time", &values);
        }
        from = to;
    }
}

fn made(guide: &Guide, around: &Around) -> Vec<Part> {
    let words = around.words;
    let people = around.members.len() + around.unnamed;
    let get = |keys: &[&str]| keys.iter().map(|key| words.get(key)).collect::<Vec<_>>();
    let list = |key: &str, lines: &[&str]| Part {
        list: true,
        ..Part::new(key, words.get(&format!("guide-{key}")), get(lines))
    };
    let mut parts = vec![Part::new("who", words.get("guide-why"), why(words, guide, people))];
    if around.for_host {
        parts.push(list(
            "host",
            &["guide-host-neutral", "guide-host-turns", "guide-host-ask", "guide-host-roles"],
        ));
    }
    parts.push(list(
        "agreements",
        &[
            "guide-agreement-listen",
            "guide-agreement-own",
            "guide-agreement-ground",
            "guide-agreement-true",
            "guide-agreement-pass",
            "guide-agreement-private",
        ],
    ));
    let each = usize::try_from(plan::each(guide.minutes, people)).unwrap_or(1);
    let mut opening = Part::new(
        "opening",
        words.get("guide-opening"),
        vec![words.with("guide-opening-how", &[("minutes", each.into())])],
    );
    (opening.has_lead, opening.lead) = (true, words.get("guide-opening-question"));
    parts.push(opening);
    if !guide.agreed.is_empty() {
        let said = |v: &Votes| {
            let values = [("text", v.text.as_str().into()), ("votes", counted(words, v).into())];
            let side = if v.agree > 0 { "guide-agreed-with" } else { "guide-agreed-against" };
            words.with(side, &values)
        };
        let lines = guide.agreed.iter().map(said).collect();
        let title = words.get("guide-agreed");
        let how = words.get("guide-agreed-how");
        let part = Part { list: true, counted: how, ..Part::new("agreed", title, lines) };
        parts.push(part);
    }
    for (place, of) in (1_u32..).zip(&guide.topics) {
        parts.push(about(words, of, place));
        if place == 2 && guide.minutes >= plan::LONG {
            parts.push(Part::new("break", words.get("guide-break"), vec![]));
        }
    }
    if !guide.facts.is_empty() {
        let mut facts = Part::new("facts", words.get("guide-facts"), get(&["guide-facts-how"]));
        facts.quotes = guide.facts.iter().map(|quote| quoted(words, quote)).collect();
        parts.push(facts);
    }
    let mut closing = get(&["guide-closing-meaning", "guide-closing-ground", "guide-closing-next"]);
    closing.extend(around.poll.then(|| words.get("guide-closing-poll")));
    let how = words.get("guide-closing-how");
    let closing = Part::new("closing", words.get("guide-closing"), closing);
    parts.push(Part { list: true, counted: how, ..closing });
    let fields = NOTES.iter().map(|field| words.get(&format!("note-{field}"))).collect();
    let notes = Part::new("notes", words.get("guide-notes"), fields);
    let how = words.get("guide-notes-how");
    parts.push(Part { list: true, blank: true, counted: how, ..notes });
    parts
}

/// Who is in the group and why, in neutral words: nobody's view stands beside a name.
fn why(words: Words, guide: &Guide, people: usize) -> Vec<String> {
    let number = |number: u32| i64::from(number).into();
    let views = [("voted", number(guide.voted)), ("divided", number(guide.divided))];
    vec![
        words.with("guide-why-people", &[("count", people.into())]),
        match (guide.voted, guide.divided) {
            (0, _) => words.get("guide-why-mixed"),
            (_, 0) => words.with("guide-why-alike", &views),
            _ => words.with("guide-why-views", &views),
        },
    ]
}

fn about(words: Words, topic: &Topic, place: u32) -> Part {
    let (title, how) = match topic.why {
        Why::Shared => ("guide-shared", "guide-shared-how"),
        Why::Differs => ("guide-differs", "guide-differs-how"),
        Why::Divides => ("guide-divides", "guide-divides-how"),
        Why::Unanswered => ("guide-unanswered", "guide-unanswered-how"),
        Why::Further => ("guide-further", "guide-further-how"),
    };
    let mut lines = vec![words.get(how)];
    if let [first, second] = topic.between.as_slice() {
        let values = [("first", first.into()), ("second", second.into())];
        lines.insert(0, words.with("guide-differs-between", &values));
    }
    let key = if topic.key.is_empty() { format!("topic.{place}") } else { topic.key.clone() };
    let mut part = Part::new(&key, words.get(title), lines);
    (part.has_lead, part.lead) = (true, topic.text.clone());
    part.quotes = topic.quotes.iter().map(|quote| quoted(words, quote)).collect();
    if let Some(votes) = &topic.votes {
        part.counted = words.with("guide-counted", &[("votes", counted(words, votes).into())]);
        part.votes = Some(votes.clone());
    }
    part
}

fn counted(words: Words, votes: &Votes) -> String {
    let number = |votes: u32| i64::from(votes).into();
    words.with(
        "guide-votes",
        &[
            ("agree", number(votes.agree)),
            ("disagree", number(votes.disagree)),
            ("pass", number(votes.pass)),
        ],
    )
}

fn quoted(words: Words, quote: &Quote) -> Said {
    let by = match (&quote.name, quote.inside, quote.side) {
        (_, true, Some(Side::Agree)) => words.get("guide-from-member-agrees"),
        (_, true, Some(Side::Disagree)) => words.get("guide-from-member-disagrees"),
        (_, false, Some(Side::Agree)) => words.get("guide-from-outside-agrees"),
        (_, false, Some(Side::Disagree)) => words.get("guide-from-outside-disagrees"),
        (Some(name), true, None) => words.with("guide-from-member", &[("name", name.into())]),
        (None, true, None) => words.get("guide-from-unnamed-member"),
        (Some(name), false, None) => words.with("guide-from-outside", &[("name", name.into())]),
        (None, false, None) => words.get("guide-from-unnamed-outside"),
    };
    Said { text: quote.text.clone(), by, key: quote.key(), hidden: false }
}

/// "Ada, Bo and 2 more".
pub fn company(words: Words, names: &[String], unnamed: usize) -> String {
    let joined = names.join(if words.language() == "zh" { "、" } else { ", " });
    match (joined.is_empty(), unnamed) {
        (_, 0) => joined,
        (true, unnamed) => words.with("mail-others", &[("count", unnamed.into())]),
        (false, unnamed) => words
            .with("mail-names-and-others", &[("names", joined.into()), ("count", unnamed.into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_disagree_with_is_not_read_as_agreed() {
        let votes =
            |text: &str, agree, disagree| Votes { text: text.to_owned(), agree, disagree, pass: 1 };
        let agreed = vec![votes("Size is over.", 4, 0), votes("Tools matter more.", 0, 3)];
        let guide = Guide { agreed, minutes: 60, ..Guide::default() };
        let of = |tag: &str| {
            let around = Around {
                words: Words::of(tag),
                group: String::new(),
                title: "A title".to_owned(),
                when: String::new(),
                place: String::new(),
                host: None,
                members: vec![],
                unnamed: 4,
                for_host: false,
                poll: false,
            };
            let parts = parts(&guide, &around, &[]);
            assert!(parts.iter().all(|part| !part.text().contains("A title")));
            parts.into_iter().find(|part| part.key == "agreed").map(|part| part.lines).unwrap()
        };
        assert_eq!(
            of("en"),
            [
                "All who took a side agree: “Size is over.” (4 agree, 0 disagree, 1 pass)",
                "All who took a side disagree: “Tools matter more.” (0 agree, 3 disagree, 1 pass)",
            ]
        );
        assert!(of("zh")[1].starts_with("表态的人都不同意：“Tools matter more.”"));
    }
}
