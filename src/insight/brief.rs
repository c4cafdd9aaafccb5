//! The brief: the summary that prepares the discussion. Every sentence carries the responses it
//! rests on, every quote is a slice of an answer, and what is left out is said.

use super::tally::{Counts, Tally};
use super::themes::OpenThemes;
use super::{Insight, Material};
use crate::analysis::opinions::{Interval, StatementCount, Verdict};
use crate::domain::ResponseId;

/// The brief.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    /// Who answered.
    pub opening: Vec<Sentence>,
    /// One section for each question that has answers, then one for the statements.
    pub sections: Vec<Section>,
    /// What a discussion could take up.
    pub to_discuss: Vec<Sentence>,
    /// What this brief leaves out.
    pub left_out: Vec<Sentence>,
}

/// One section.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The question, or what the section is about.
    pub title: String,
    /// What was said.
    pub sentences: Vec<Sentence>,
    /// In their words.
    pub quotes: Vec<Quote>,
}

/// A sentence with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence.
    pub text: String,
    /// The responses it rests on.
    pub rests_on: Vec<ResponseId>,
}

/// Words of an answer that may be quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The words.
    pub text: String,
    /// Whose.
    pub response: ResponseId,
    /// The name under them, where it is allowed.
    pub name: Option<String>,
}

/// Most themes of a question that the brief names.
const THEMES: usize = 4;

/// The brief of what was said.
pub fn brief(insight: &Insight) -> Brief {
    let material = &insight.material;
    let mut sections = vec![];
    let mut left_out = vec![];
    for asked in &material.questions {
        let title = asked.wording.prompt.clone();
        if let Some(open) = insight.themes.iter().find(|open| open.question == asked.id) {
            if !open.texts.is_empty() {
                sections.push(open_section(material, title, open));
                left_out.extend(open_left_out(open, &asked.wording.prompt));
            }
        } else if let Some(tally) = insight.tallies.iter().find(|t| t.question == asked.id) {
            sections.extend(tally_section(material, title, tally));
        }
    }
    sections.extend(statements_section(insight));
    let unquotable: Vec<ResponseId> = material
        .voices
        .iter()
        .map(|voice| voice.response.id)
        .filter(|id| !material.is_quotable(*id))
        .collect();
    if !unquotable.is_empty() {
        left_out.push(Sentence {
            text: format!(
                "{} did not allow to be quoted; they are counted, and nothing of theirs stands here word for word.",
                people(unquotable.len())
            ),
            rests_on: unquotable,
        });
    }
    Brief { opening: opening(insight), sections, to_discuss: to_discuss(insight), left_out }
}

fn opening(insight: &Insight) -> Vec<Sentence> {
    let material = &insight.material;
    let all: Vec<ResponseId> = material.voices.iter().map(|v| v.response.id).collect();
    let (Some(first), Some(last)) = (insight.days.first(), insight.days.last()) else {
        return vec![];
    };
    let when = if first.date == last.date {
        format!("on {}", first.date.format("%-d %B %Y"))
    } else {
        format!("between {} and {}", first.date.format("%-d %B %Y"), last.date.format("%-d %B %Y"))
    };
    let mut sentences =
        vec![Sentence { text: format!("{} answered {when}.", people(all.len())), rests_on: all }];
    let example: Vec<ResponseId> =
        material.voices.iter().filter(|v| v.response.example).map(|v| v.response.id).collect();
    if !example.is_empty() {
        sentences.push(Sentence {
            text: format!("{} of these responses are made-up examples.", example.len()),
            rests_on: example,
        });
    }
    let joining: Vec<ResponseId> = material.joining().map(|voice| voice.response.id).collect();
    if !joining.is_empty() {
        let verb = if joining.len() == 1 { "wants" } else { "want" };
        sentences.push(Sentence {
            text: format!("{} {verb} to join the discussion.", people(joining.len())),
            rests_on: joining,
        });
    }
    sentences
}

fn open_section(material: &Material, title: String, open: &OpenThemes) -> Section {
    let answered = open.texts.len();
    let all = open.people(&(0..answered).collect::<Vec<_>>());
    let mut sentences =
        vec![Sentence { text: format!("{} answered.", people(answered)), rests_on: all }];
    let mut quotes: Vec<Quote> = vec![];
    for theme in open.found.themes.iter().take(THEMES) {
        let speak = if theme.mentions.len() == 1 { "speaks" } else { "speak" };
        sentences.push(Sentence {
            text: format!("{} {speak} of “{}”.", people(theme.mentions.len()), theme.label),
            rests_on: open.people(&theme.mentions),
        });
        let words = theme.quotes.iter().filter_map(|passage| open.quote(passage));
        let mut quotable = words.filter(|(response, _)| {
            material.is_quotable(*response) && !quotes.iter().any(|q| q.response == *response)
        });
        if let Some((response, text)) = quotable.next() {
            let name = material.name_for_quotes(response).map(str::to_owned);
            quotes.push(Quote { text: text.to_owned(), response, name });
        }
    }
    Section { title, sentences, quotes }
}

fn open_left_out(open: &OpenThemes, prompt: &str) -> Vec<Sentence> {
    let mut sentences = vec![];
    let mut say = |places: &[usize], one: &str, many: &str| {
        if !places.is_empty() {
            let said = if places.len() == 1 { one } else { many };
            sentences.push(Sentence {
                text: format!("“{prompt}”: {} {said}", answers(places.len())),
                rests_on: open.people(places),
            });
        }
    };
    say(&open.found.outside, "fits no theme.", "fit no theme.");
    say(&open.found.uninformative, "says nothing on it.", "say nothing on it.");
    let rest: Vec<usize> =
        open.found.themes.iter().skip(THEMES).flat_map(|t| t.mentions.clone()).collect();
    say(&rest, "belongs to a smaller theme.", "belong to smaller themes.");
    sentences
}

fn tally_section(material: &Material, title: String, tally: &Tally) -> Option<Section> {
    let all: Vec<ResponseId> = material.answers(tally.question).map(|(id, _)| id).collect();
    if all.is_empty() {
        return None;
    }
    let text = match &tally.counts {
        Counts::Options { rows, .. } => {
            let named = rows.iter().filter(|row| row.count > 0).map(|row| {
                format!("“{}” {}", row.label.as_deref().unwrap_or("something else"), row.count)
            });
            format!("{} chose: {}.", people(tally.answered), named.collect::<Vec<_>>().join(", "))
        }
        Counts::Scale { low, high, median, points, .. } => format!(
            "{} placed themselves between “{low}” (1) and “{high}” ({}); the middle answer is {}.",
            people(tally.answered),
            points.len(),
            median.unwrap_or_default()
        ),
        Counts::Shares { rows, total, .. } => {
            let mut sorted: Vec<_> = rows.iter().collect();
            sorted.sort_by(|a, b| b.mean.total_cmp(&a.mean));
            let named = sorted.into_iter().map(|row| {
                format!("{:.0} to “{}”", row.mean, row.label.as_deref().unwrap_or("something else"))
            });
            format!(
                "{} shared {total} points; on average they give {}.",
                people(tally.answered),
                named.collect::<Vec<_>>().join(", ")
            )
        }
        Counts::Ranking(rows) => {
            let named = rows.iter().take(3).map(|row| format!("“{}”", row.label));
            format!(
                "{} put the options in an order; highest stand {}.",
                people(tally.answered),
                named.collect::<Vec<_>>().join(", ")
            )
        }
        Counts::Numbers { least: Some(least), most: Some(most), median, unit, .. } => {
            let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
            format!(
                "{} named a number, from {least} to {most}{unit}; the middle one is {}.",
                people(tally.answered),
                median.unwrap_or_default()
            )
        }
        Counts::Numbers { .. } | Counts::Slots(_) => return None,
    };
    Some(Section { title, sentences: vec![Sentence { text, rests_on: all }], quotes: vec![] })
}

fn statements_section(insight: &Insight) -> Option<Section> {
    let opinion = insight.opinion.as_ref().filter(|opinion| !opinion.people.is_empty())?;
    let mut sentences = vec![];
    for at in opinion.result.common_ground.iter().take(3) {
        let (Some(statement), Some(count)) =
            (opinion.statements.get(*at), opinion.result.statements.get(*at))
        else {
            continue;
        };
        let (verb, share) = match (count.agreed.as_ref(), count.disagreed.as_ref()) {
            (Some(agreed), Some(disagreed)) if disagreed.share > agreed.share => {
                ("disagree", disagreed)
            }
            (Some(agreed), _) => ("agree", agreed),
            _ => continue,
        };
        sentences.push(Sentence {
            text: format!("Most {verb}: “{}” ({}).", statement.text, with_interval(share)),
            rests_on: opinion.voted(*at),
        });
    }
    for (at, count) in most_divided(&opinion.result.statements).into_iter().take(3) {
        let (Some(statement), Some(agreed), Some(disagreed)) =
            (opinion.statements.get(at), &count.agreed, &count.disagreed)
        else {
            continue;
        };
        sentences.push(Sentence {
            text: format!(
                "Divided: “{}” ({} agree, {} disagree).",
                statement.text,
                percent(agreed.share),
                percent(disagreed.share)
            ),
            rests_on: opinion.voted(at),
        });
    }
    sentences.push(verdict(insight)?);
    Some(Section { title: "Statements".to_owned(), sentences, quotes: vec![] })
}

fn verdict(insight: &Insight) -> Option<Sentence> {
    let opinion = insight.opinion.as_ref()?;
    let text = match &opinion.result.verdict {
        Verdict::TooFew { placed, needed } => format!(
            "{} voted on enough statements to be placed; opinion groups need {needed}.",
            people(*placed)
        ),
        Verdict::NoGroups { .. } => {
            "There are no opinion groups: chance alone would draw groups as clear as these."
                .to_owned()
        }
        Verdict::Groups { groups, .. } => {
            let sizes: Vec<String> = ('A'..)
                .zip(groups)
                .map(|(name, group)| format!("{name} with {}", group.members.len()))
                .collect();
            format!("Those who voted form {} opinion groups: {}.", groups.len(), sizes.join(", "))
        }
    };
    Some(Sentence { text, rests_on: opinion.placed() })
}

fn to_discuss(insight: &Insight) -> Vec<Sentence> {
    let mut sentences = vec![];
    if let Some(opinion) = &insight.opinion {
        for (at, _) in most_divided(&opinion.result.statements).into_iter().take(2) {
            if let Some(statement) = opinion.statements.get(at) {
                sentences.push(Sentence {
                    text: format!("What lies behind “{}”?", statement.text),
                    rests_on: opinion.voted(at),
                });
            }
        }
    }
    for open in insight.themes.iter() {
        if let [first, second, ..] = open.found.themes.as_slice() {
            let mut on = open.people(&first.mentions);
            on.extend(open.people(&second.mentions));
            on.sort_unstable();
            on.dedup();
            sentences.push(Sentence {
                text: format!("How do “{}” and “{}” go together?", first.label, second.label),
                rests_on: on,
            });
        }
    }
    sentences
}

/// Statements with votes on both sides, the most divided first.
pub fn most_divided(counts: &[StatementCount]) -> Vec<(usize, &StatementCount)> {
    let mut divided: Vec<(usize, &StatementCount)> = (0..)
        .zip(counts)
        .filter(|(_, count)| count.agree.min(count.disagree) >= 2 && count.divisive > 0.0)
        .collect();
    divided.sort_by(|a, b| b.1.divisive.total_cmp(&a.1.divisive).then(a.0.cmp(&b.0)));
    divided
}

/// `62 %`
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// `62 %, likely 49 to 73`
pub fn with_interval(interval: &Interval) -> String {
    format!(
        "{}, likely {:.0} to {:.0}",
        percent(interval.share),
        interval.low * 100.0,
        interval.high * 100.0
    )
}

/// `1 person`, `64 people`
pub fn people(count: usize) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}

fn answers(count: usize) -> String {
    if count == 1 { "1 answer".to_owned() } else { format!("{count} answers") }
}
