//! Who answered, and who is missing.

use std::collections::BTreeMap;

use super::say::Say;
use super::{Section, Sentence, everybody};
use crate::domain::ResponseId;
use crate::domain::status::Mode;
use crate::insight::{Insight, timeline};
use crate::store::voices::Voice;

pub(super) fn section(say: &Say, insight: &Insight, invited: u64) -> Section {
    let material = &insight.material;
    let all = everybody(material);
    let that = |which: &dyn Fn(&Voice) -> bool| -> Vec<ResponseId> {
        let voices = material.voices.iter().filter(|voice| which(voice));
        voices.map(|voice| voice.response.id).collect()
    };
    let mut sentences = vec![answered(say, insight, &all)];
    let by_invitation = that(&|voice| voice.response.invited);
    let invited = usize::try_from(invited).unwrap_or(usize::MAX);
    if material.mode != Mode::Anonymous && invited > 0 {
        let came = by_invitation.len();
        let text = say.with("brief-invited", &[("who", say.of(came, invited).into())]);
        let sentence = Sentence::new("who.invited", text, by_invitation);
        sentences.push(sentence.counting(say.figure("invited", came, invited)));
    }
    sentences.extend(reach(say, insight, all.len()));
    sentences.extend(languages(say, insight));
    let joining = that(&|voice| voice.allows(crate::domain::consent::Consent::Join));
    if !joining.is_empty() {
        let count = joining.len();
        let text = say.with("brief-joining", &[("who", say.of(count, all.len()).into())]);
        let sentence = Sentence::new("who.joining", text, joining);
        sentences.push(sentence.counting(say.figure("joining", count, all.len())));
    }
    let examples = that(&|voice| voice.response.example);
    if !examples.is_empty() {
        let text = if examples.len() == all.len() {
            say.get("brief-all-examples")
        } else {
            say.with("brief-examples", &[("count", examples.len().into())])
        };
        sentences.push(Sentence::new("who.examples", text, examples));
    }
    if insight.late > 0 {
        let late = usize::try_from(insight.late).unwrap_or(usize::MAX);
        let text = say.with("brief-late", &[("who", say.people(late).into())]);
        sentences.push(Sentence::new("who.late", text, vec![]));
    }
    let title = say.get("brief-who");
    Section::new("who", title, vec!["*".to_owned()], sentences)
}

fn answered(say: &Say, insight: &Insight, all: &[ResponseId]) -> Sentence {
    let who = say.people(all.len());
    let noon = |day: chrono::NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc();
    let date = |day| say.words.date(noon(day), chrono_tz::UTC);
    let text = match timeline::span(&insight.material) {
        Some((first, last)) if first == last => {
            say.with("brief-answered-on", &[("who", who.into()), ("day", date(first).into())])
        }
        Some((first, last)) => say.with(
            "brief-answered-between",
            &[("who", who.into()), ("first", date(first).into()), ("last", date(last).into())],
        ),
        None => say.with("brief-answered", &[("who", who.into())]),
    };
    Sentence::new("who.answered", text, all.to_vec()).counting(say.number("people", all.len()))
}

fn reach(say: &Say, insight: &Insight, finished: usize) -> Option<Sentence> {
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let (opened, begun) = (number(insight.reach.opened()), number(insight.reach.begun()));
    // Scripts that are off, and answers that came in before it was counted, begin nothing.
    if opened < finished.max(1) {
        return None;
    }
    let key = if begun < finished { "brief-opened" } else { "brief-reach" };
    let values =
        [("opened", opened.into()), ("begun", begun.into()), ("finished", finished.into())];
    let text = if begun < finished { say.with(key, &values[..1]) } else { say.with(key, &values) };
    Some(Sentence::new("who.reach", text, everybody(&insight.material)))
}

/// Where more than one language was written.
fn languages(say: &Say, insight: &Insight) -> Option<Sentence> {
    let mut spoken: BTreeMap<&str, Vec<ResponseId>> = BTreeMap::new();
    for voice in &insight.material.voices {
        spoken.entry(&voice.response.language).or_default().push(voice.response.id);
    }
    if spoken.len() < 2 {
        return None;
    }
    let mut spoken: Vec<_> = spoken.into_iter().collect();
    spoken.sort_by_key(|(tag, people)| (std::cmp::Reverse(people.len()), *tag));
    let counts: Vec<usize> = spoken.iter().map(|(_, people)| people.len()).collect();
    let told = say.limits.parts(&counts);
    let parts = spoken.iter().zip(told).map(|((tag, people), told)| {
        let number = if told { people.len().to_string() } else { say.get("brief-some") };
        let name = match *tag {
            "en" | "zh" => say.get(&format!("brief-language-{tag}")),
            other => other.to_owned(),
        };
        say.with("brief-language", &[("language", name.into()), ("number", number.into())])
    });
    let parts: Vec<String> = parts.collect();
    let text = say.with("brief-languages", &[("languages", say.list(&parts).into())]);
    Some(Sentence::new("who.languages", text, everybody(&insight.material)))
}
