//! The guide of one group, for its members and for the desk, in the group's language.

use maud::{Markup, html};

use crate::insight::guide::{Guide, Quote, Topic, Votes, Why};
use crate::web::ui::chart::width;
use crate::words::Words;

/// What stands around the guide's topics.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The words it is written in.
    pub words: Words,
    /// "Group 2".
    pub group: String,
    /// The discussion's title.
    pub title: String,
    /// When, with the zone.
    pub when: String,
    /// Where.
    pub place: String,
    /// The members, by the names they gave; others are counted.
    pub members: Vec<String>,
    /// Members without a name.
    pub unnamed: usize,
    /// The heading is a page's (1) or stands below one (2).
    pub level: u8,
}

/// One guide.
pub fn guide(frame: &Frame, guide: &Guide) -> Markup {
    let words = frame.words;
    let plan = plan(guide, frame.members.len() + frame.unnamed);
    html! {
        article.guide lang=(words.language()) {
            p.kicker { (frame.title) }
            (heading(frame.level, &words.with("guide-title", &[("group", frame.group.as_str().into())])))
            dl.facts {
                dt { (words.get("guide-when")) } dd { (frame.when) }
                @if !frame.place.is_empty() { dt { (words.get("guide-where")) } dd { (frame.place) } }
                dt { (words.get("guide-who")) }
                dd { (company(words, &frame.members, frame.unnamed)) }
            }
            (heading(frame.level + 1, &words.get("guide-agreements")))
            ul {
                li { (words.get("guide-agreement-listen")) }
                li { (words.get("guide-agreement-own")) }
                li { (words.get("guide-agreement-pass")) }
                li { (words.get("guide-agreement-private")) }
            }
            (part(frame, &words.get("guide-opening"), plan.opening))
            p { (words.get("guide-opening-question")) }
            p.quiet { (words.get("guide-opening-how")) }
            @if !guide.agreed.is_empty() {
                (heading(frame.level + 1, &words.get("guide-agreed")))
                p { (words.get("guide-agreed-how")) }
                ul { @for votes in &guide.agreed { li { (votes.text) " " span.quiet { "(" (counted(words, votes)) ")" } } } }
            }
            @for topic in &guide.topics { (one(frame, topic, plan.topic)) }
            (part(frame, &words.get("guide-closing"), plan.closing))
            p { (words.get("guide-closing-how")) }
            ol {
                li { (words.get("guide-closing-meaning")) }
                li { (words.get("guide-closing-ground")) }
                li { (words.get("guide-closing-author")) }
            }
            p.signed { (words.get("guide-signed")) }
        }
    }
}

/// Minutes of the parts.
struct Plan {
    opening: u32,
    topic: u32,
    closing: u32,
}

/// Two minutes each for the opening, a tenth of the time for the end, the rest in equal parts.
fn plan(guide: &Guide, people: usize) -> Plan {
    let people = u32::try_from(people).unwrap_or(u32::MAX);
    let opening = people.saturating_mul(2).saturating_add(4).min(guide.minutes / 4);
    let closing = (guide.minutes / 9).max(5);
    let left = guide.minutes.saturating_sub(opening + closing);
    let topics = u32::try_from(guide.topics.len()).unwrap_or(u32::MAX).max(1);
    // Nobody keeps time by the single minute: round down to five.
    let topic = left / topics;
    Plan { opening, topic: if topic > 5 { topic - topic % 5 } else { topic }, closing }
}

fn heading(level: u8, text: &str) -> Markup {
    html! {
        @match level { 1 => { h1 { (text) } } 2 => { h2 { (text) } } _ => { h3 { (text) } } }
    }
}

fn part(frame: &Frame, title: &str, minutes: u32) -> Markup {
    let minutes = usize::try_from(minutes).unwrap_or(usize::MAX);
    let time = frame.words.with("mail-minutes", &[("minutes", minutes.into())]);
    heading(frame.level + 1, &format!("{title} · {time}"))
}

fn one(frame: &Frame, topic: &Topic, minutes: u32) -> Markup {
    let words = frame.words;
    let (title, how) = match topic.why {
        Why::Shared => ("guide-shared", "guide-shared-how"),
        Why::Differs => ("guide-differs", "guide-differs-how"),
        Why::Unanswered => ("guide-unanswered", "guide-unanswered-how"),
        Why::Further => ("guide-further", "guide-further-how"),
    };
    html! {
        (part(frame, &words.get(title), minutes))
        p dir="auto" { strong { (topic.text) } }
        @if let Some(votes) = &topic.votes { (stacked(words, votes)) }
        p.quiet { (words.get(how)) }
        @for quote in &topic.quotes { (quoted(words, quote)) }
    }
}

fn stacked(words: Words, votes: &Votes) -> Markup {
    let all = f64::from((votes.agree + votes.disagree + votes.pass).max(1));
    let parts = [
        ("agree", "form-agree", votes.agree),
        ("pass", "form-pass", votes.pass),
        ("disagree", "form-disagree", votes.disagree),
    ];
    html! {
        .stacked {
            @for (class, word, count) in parts {
                @if count > 0 {
                    span class={ (class) " " (width(f64::from(count) / all)) } { (words.get(word)) " " (count) }
                }
            }
        }
        p.small.quiet { (counted(words, votes)) }
    }
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

fn quoted(words: Words, quote: &Quote) -> Markup {
    let from = match (&quote.name, quote.inside) {
        (Some(name), true) => words.with("guide-from-member", &[("name", name.into())]),
        (None, true) => words.get("guide-from-unnamed-member"),
        (Some(name), false) => words.with("guide-from-outside", &[("name", name.into())]),
        (None, false) => words.get("guide-from-unnamed-outside"),
    };
    html! {
        blockquote.quote dir="auto" {
            p { (quote.text) }
            footer { (from) }
        }
    }
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
