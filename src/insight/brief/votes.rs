//! Where people agree, where they differ, and what a discussion could take up.

use super::say::{Say, share};
use super::{Figure, Section, Sentence, most_divided};
use crate::analysis::opinions::{Group, Representative, StatementCount, Verdict};
use crate::insight::Insight;
use crate::insight::opinion::Opinion;
use crate::store::questionnaires::Asked;

/// Statements in each list.
const STATEMENTS: usize = 4;

fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn voters(counts: &StatementCount) -> usize {
    count(counts.agree) + count(counts.disagree) + count(counts.pass)
}

/// Whether it may be told how many agree, disagree and pass: the same wherever a statement stands.
pub(super) fn told_of(say: &Say, counts: &StatementCount) -> [bool; 3] {
    let told = say.limits.parts(&[counts.agree, counts.disagree, counts.pass].map(count));
    told.try_into().unwrap_or_default()
}

/// The question that asks for the votes on a statement.
fn asked<'a>(insight: &'a Insight, opinion: &Opinion, at: usize) -> Option<&'a Asked> {
    let statement = opinion.statements.get(at)?;
    insight.material.questions.iter().find(|asked| asked.id == statement.question)
}

/// The name of a statement's sentence.
fn key(insight: &Insight, opinion: &Opinion, at: usize, what: &str) -> Option<String> {
    let asked = asked(insight, opinion, at)?;
    Some(format!("{}.{what}.{}", asked.key, opinion.statements.get(at)?.key))
}

/// The keys of the questions that ask for votes.
fn of(insight: &Insight, opinion: &Opinion) -> Vec<String> {
    let asks = |id| opinion.statements.iter().any(|statement| statement.question == id);
    let asked = insight.material.questions.iter().filter(|asked| asks(asked.id));
    asked.map(|asked| asked.key.clone()).collect()
}

/// The votes that may be told of.
fn told<'a>(say: &Say, insight: &'a Insight) -> Option<&'a Opinion> {
    let opinion = insight.opinion.as_deref()?;
    (opinion.votes.people.len() >= say.limits.people.max(1)).then_some(opinion)
}

/// `kept_back`: whether there is common ground that is not in `insight`, since it may not be told.
pub(super) fn agree(say: &Say, insight: &Insight, kept_back: bool) -> Option<Section> {
    let opinion = told(say, insight)?;
    let mut sentences = vec![];
    for at in opinion.result.common_ground.iter().take(STATEMENTS) {
        let (Some(statement), Some(counts), Some(asked), Some(key)) = (
            opinion.statements.get(*at),
            opinion.result.statements.get(*at),
            asked(insight, opinion, *at),
            key(insight, opinion, *at, "agree"),
        ) else {
            continue;
        };
        let say = &say.on(insight, asked);
        let voters = voters(counts);
        if voters < say.limits.people {
            continue;
        }
        let against = counts.disagree > counts.agree;
        let [agree, disagree, _] = told_of(say, counts);
        let told = if against { disagree } else { agree };
        let side = count(if against { counts.disagree } else { counts.agree });
        let words = if against { "brief-disagree-with" } else { "brief-agree-with" };
        let values = [
            ("who", say.of_likely(side, voters, told).into()),
            ("statement", statement.text.as_str().into()),
        ];
        let what = if against { "disagree" } else { "agree" };
        let sentence = Sentence::new(key, say.with(words, &values), opinion.voted(*at));
        sentences.push(sentence.counting(say.figure_if(what, side, voters, told)));
    }
    if sentences.is_empty() {
        let text = say.get(if kept_back { "brief-agree-untold" } else { "brief-agree-nowhere" });
        sentences.push(Sentence::new("agree.nowhere", text, opinion.placed()));
    }
    let title = say.get("brief-agree");
    Some(Section::new("agree", title, of(insight, opinion), sentences))
}

pub(super) fn differ(say: &Say, insight: &Insight) -> Option<Section> {
    let opinion = told(say, insight)?;
    let mut sentences = vec![];
    for (at, counts) in most_divided(&opinion.result.statements).into_iter().take(STATEMENTS) {
        let (Some(statement), Some(asked), Some(key)) = (
            opinion.statements.get(at),
            asked(insight, opinion, at),
            key(insight, opinion, at, "differ"),
        ) else {
            continue;
        };
        let say = &say.on(insight, asked);
        let (voters, small) = (voters(counts), count(counts.agree.min(counts.disagree)));
        if opinion.result.common_ground.iter().take(STATEMENTS).any(|common| *common == at) {
            continue;
        }
        // A view that hardly anybody shares is no division.
        if voters < say.limits.people || share(small, voters) < 0.15 {
            continue;
        }
        let [agree, disagree, _] = told_of(say, counts);
        let mut values = vec![("statement", statement.text.as_str().into())];
        let mut sentence = Sentence::new(key, String::new(), opinion.voted(at));
        for (name, side, told) in
            [("agree", counts.agree, agree), ("disagree", counts.disagree, disagree)]
        {
            let words = match (told, say.bare) {
                (false, _) => say.get("brief-some"),
                (true, false) => side.to_string(),
                (true, true) => say.of_if(count(side), voters, told),
            };
            values.push((name, words.into()));
            let number = (told && !say.bare).then_some(f64::from(side));
            sentence =
                sentence.counting(Figure { what: name.to_owned(), number, of: None, likely: None });
        }
        sentence.text = say.with("brief-differ-on", &values);
        sentences.push(sentence);
    }
    let mut asking = opinion.statements.iter().map(|statement| statement.question);
    let bare = asking.any(|id| {
        let asked = insight.material.questions.iter().find(|asked| asked.id == id);
        asked.is_some_and(|asked| say.on(insight, asked).bare)
    });
    sentences.extend(groups(&Say { bare, ..*say }, opinion));
    let title = say.get("brief-differ");
    Some(Section::new("differ", title, of(insight, opinion), sentences))
}

/// Whether there are opinion groups, and what sets each apart.
fn groups(say: &Say, opinion: &Opinion) -> Vec<Sentence> {
    let placed = opinion.placed();
    let verdict = |text| Sentence::new("groups", text, placed.clone());
    match &opinion.result.verdict {
        Verdict::TooFew { needed, .. } => {
            vec![verdict(say.with("brief-groups-too-few", &[("needed", (*needed).into())]))]
        }
        Verdict::NoGroups { .. } => vec![verdict(say.get("brief-no-groups"))],
        Verdict::Groups { groups, .. } => {
            let mut sizes: Vec<usize> = groups.iter().map(|group| group.members.len()).collect();
            sizes.push(opinion.votes.people.len() - placed.len());
            let told = say.limits.parts(&sizes);
            let text = say.with("brief-groups", &[("groups", groups.len().into())]);
            let mut sentences = vec![verdict(text)];
            let lettered = ('A'..='Z').zip(groups).zip(told);
            sentences.extend(lettered.map(|((l, g), told)| group(say, opinion, l, g, told)));
            sentences
        }
    }
}

fn group(say: &Say, opinion: &Opinion, letter: char, group: &Group, told: bool) -> Sentence {
    let size = group.members.len();
    let people = group.members.iter().filter_map(|row| opinion.votes.people.get(*row).copied());
    let (key, people) = (format!("groups.{letter}"), people.collect());
    let letter = ("letter", letter.to_string().into());
    if size < say.limits.people {
        let values = [letter, ("least", say.limits.people.into())];
        return Sentence::new(key, say.with("brief-group-small", &values), people);
    }
    let who = if told && !say.bare { say.people(size) } else { say.get("brief-some-people") };
    let stands = group.representative.iter().take(2).filter_map(|r| stand(say, opinion, r));
    let stands: Vec<String> = stands.collect();
    let text = if stands.is_empty() {
        say.with("brief-group", &[letter, ("who", who.into())])
    } else {
        let stands = stands.join(&say.get("brief-and"));
        say.with("brief-group-stands", &[letter, ("who", who.into()), ("stands", stands.into())])
    };
    Sentence::new(key, text, people).counting(say.figure_if(
        "people",
        size,
        opinion.votes.people.len(),
        told,
    ))
}

/// A statement as it is quoted inside a sentence, which has a full stop of its own.
fn within(statement: &str) -> &str {
    statement.trim_end_matches(['.', '。'])
}

/// Shares within a group, beside those of the others and of all, tell of the few in no group:
/// they are for the desk only.
fn stand(say: &Say, opinion: &Opinion, of: &Representative) -> Option<String> {
    let statement = ("statement", within(&opinion.statements.get(of.statement)?.text).into());
    let percent =
        |share: f64| say.with("brief-percent", &[("percent", super::say::whole(share).into())]);
    Some(if say.limits.people == 0 {
        let key = if of.agree { "brief-stands-agree-share" } else { "brief-stands-disagree-share" };
        let values = [
            statement,
            ("inside", percent(of.inside.share).into()),
            ("outside", percent(of.outside.share).into()),
        ];
        say.with(key, &values)
    } else {
        say.with(
            if of.agree { "brief-stands-agree" } else { "brief-stands-disagree" },
            &[statement],
        )
    })
}

pub(super) fn discuss(say: &Say, insight: &Insight) -> Option<Section> {
    let (mut sentences, mut about) = (vec![], vec![]);
    if let Some(opinion) = told(say, insight) {
        for (at, _) in most_divided(&opinion.result.statements).into_iter().take(2) {
            if let (Some(statement), Some(key)) =
                (opinion.statements.get(at), key(insight, opinion, at, "discuss"))
            {
                let values = [("statement", within(&statement.text).into())];
                let text = say.with("brief-discuss-behind", &values);
                sentences.push(Sentence::new(key, text, opinion.voted(at)));
            }
        }
        about.extend(of(insight, opinion));
    }
    for open in insight.themes.iter() {
        let asked = insight.material.questions.iter().find(|asked| asked.id == open.question);
        let (Some(asked), [first, second, ..]) = (asked, open.found.themes.as_slice()) else {
            continue;
        };
        let least = say.limits.authors;
        let few = open.texts.len() < say.limits.people
            || first.mentions.len().min(second.mentions.len()) < least;
        if few {
            continue;
        }
        let mut on = open.people(&first.mentions);
        on.extend(open.people(&second.mentions));
        on.sort_unstable();
        on.dedup();
        let name = |place| open.name(place, say.limits.authors);
        let (Some(first_name), Some(second_name)) = (name(0), name(1)) else { continue };
        let values = [("first", first_name.into()), ("second", second_name.into())];
        let text = say.with("brief-discuss-together", &values);
        sentences.push(Sentence::new(format!("{}.discuss", asked.key), text, on));
        about.push(asked.key.clone());
    }
    let title = say.get("brief-discuss");
    (!sentences.is_empty()).then(|| Section::new("discuss", title, about, sentences))
}
