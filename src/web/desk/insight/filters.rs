//! The form that says whose responses are looked at and which questions are compared. A plain
//! form: it works without a script, and its address can be kept.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::asked::Asked;
use crate::analysis::opinions::letter;
use crate::domain::status::Mode;
use crate::domain::text::shortened;
use crate::href;
use crate::insight::Insight;
use crate::insight::brief::people;
use crate::insight::filter::Via;
use crate::insight::topics::{Topic, topics};
use crate::store::questionnaires::Questionnaire;
use crate::web::ui::layout::language_name;

/// The form.
pub(super) fn form(of: &Questionnaire, whole: &Insight, asked: &Asked) -> Markup {
    let all = topics(&whole.material);
    let filter = &asked.filter;
    html! {
        form.filters method="get" action={ (href::desk(&of.slug, "insight")) "#results" } {
            details open[!filter.is_empty()] {
                summary { "Look at some of the responses only" }
                .columns.fields {
                    (languages(whole, asked))
                    @if whole.material.mode != Mode::Anonymous && whole.material.voices.iter().any(|voice| voice.response.invited) {
                        (select("via", "Came by", &[
                            ("invited", "an invitation".to_owned(), filter.via == Some(Via::Invited)),
                            ("public", "the public address".to_owned(), filter.via == Some(Via::Public)),
                        ]))
                    }
                    (themes(whole, asked))
                    (opinion_groups(whole, asked))
                    .field {
                        label for="from" { "From this day on" }
                        input id="from" type="date" name="from" value=[filter.from];
                    }
                    .field {
                        label for="until" { "Until this day" }
                        input id="until" type="date" name="until" value=[filter.until];
                    }
                }
                @if !all.is_empty() {
                    p.small.quiet { "What they answered: of one question any of the ticked answers will do; of different questions all must be true." }
                    @for topic in &all { (choices(topic, asked)) }
                }
                button { "Show these" }
            }
            @if all.len() > 1 {
                details open[!asked.rows.is_empty() || !asked.columns.is_empty()] {
                    summary { "Compare two questions" }
                    .columns.fields {
                        (crossing("rows", "In the rows", &all, &asked.rows))
                        (crossing("columns", "In the columns", &all, &asked.columns))
                    }
                    button { "Compare" }
                }
            }
        }
    }
}

type Option3<'a> = (&'a str, String, bool);

fn select(name: &str, label: &str, options: &[Option3<'_>]) -> Markup {
    html! {
        .field {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                option value="" { "All" }
                @for (value, words, chosen) in options {
                    option value=(value) selected[*chosen] { (words) }
                }
            }
        }
    }
}

fn languages(whole: &Insight, asked: &Asked) -> Markup {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for voice in &whole.material.voices {
        *counts.entry(&voice.response.language).or_default() += 1;
    }
    let chosen = asked.filter.language.as_deref();
    let options: Vec<Option3<'_>> = counts
        .iter()
        .map(|(tag, count)| {
            let words = format!("{} ({count})", language_name(tag));
            (*tag, words, chosen == Some(*tag))
        })
        .collect();
    html! {
        @if counts.len() > 1 || chosen.is_some() { (select("language", "Language", &options)) }
    }
}

fn themes(whole: &Insight, asked: &Asked) -> Markup {
    let chosen = asked.filter.theme.as_ref();
    html! {
        @if whole.themes.iter().any(|open| !open.found.themes.is_empty()) {
            .field {
                label for="theme" { "Said something in this theme" }
                select id="theme" name="theme" {
                    option value="" { "All" }
                    @for open in whole.themes.iter().filter(|open| !open.found.themes.is_empty()) {
                        @if let Some(question) = whole.material.questions.iter().find(|q| q.id == open.question) {
                            @let at_filter = chosen.filter(|(key, _)| *key == question.key).and_then(|(_, id)| open.place(id));
                            optgroup label=(shortened(&question.wording.prompt, 60)) {
                                @for (at, theme) in open.found.themes.iter().enumerate() {
                                    @let id = open.id(at);
                                    option value={ (question.key) "." (id) } selected[at_filter == Some(at)] {
                                        (shortened(&theme.label, 60)) " (" (theme.mentions.len()) ")"
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn opinion_groups(whole: &Insight, asked: &Asked) -> Markup {
    let groups = whole.opinion.as_deref().map_or(&[][..], |opinion| opinion.result.groups());
    html! {
        @if !groups.is_empty() {
            .field {
                label for="group" { "Opinion group" }
                select id="group" name="group" {
                    option value="" { "All" }
                    @for (place, group) in groups.iter().enumerate() {
                        option value=(letter(place)) selected[asked.filter.group == Some(place)] {
                            "Group " (letter(place)) " (" (people(group.members.len())) ")"
                        }
                    }
                }
            }
        }
    }
}

/// What can be said of one topic, to tick.
fn choices(topic: &Topic, asked: &Asked) -> Markup {
    let is = |value: &str| {
        asked.filter.chosen.iter().any(|(key, said)| *key == topic.key && said == value)
    };
    let ticked = topic.choices.iter().filter(|choice| is(&choice.value)).count();
    html! {
        details.topic open[ticked > 0] {
            summary {
                (topic.title)
                @if !topic.note.is_empty() { span.quiet { " (" (topic.note) ")" } }
                @if ticked > 0 { span.quiet { " · " (ticked) " ticked" } }
            }
            fieldset {
                legend.vh { (topic.title) }
                .ticks {
                    @for choice in &topic.choices {
                        label.check {
                            input type="checkbox" name="chosen" value={ (topic.key) "." (choice.value) } checked[is(&choice.value)];
                            span dir="auto" { (choice.label) }
                        }
                    }
                }
            }
        }
    }
}

fn crossing(name: &str, label: &str, all: &[Topic], chosen: &str) -> Markup {
    html! {
        .field {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                option value="" { "None" }
                @for topic in all {
                    option value=(topic.name) selected[topic.name == chosen] {
                        (shortened(&topic.title, 80))
                        @if !topic.note.is_empty() { " (" (topic.note) ")" }
                    }
                }
            }
        }
    }
}

/// What is looked at, each part with a way to take it away.
pub(super) fn chips(of: &Questionnaire, whole: &Insight, shown: usize, asked: &Asked) -> Markup {
    let page = href::desk(&of.slug, "insight");
    let address = |query: &str| format!("{}#results", href::with_query(&page, query));
    let chips = asked.chips(whole);
    html! {
        @if !chips.is_empty() {
            .chosen {
                p role="status" { strong { (shown) " of " (whole.material.voices.len()) " responses" } }
                ul.chips {
                    @for (words, rest) in &chips {
                        li { a href=(address(rest)) { span.vh { "Take away: " } (words) " " span aria-hidden="true" { "×" } } }
                    }
                    @if chips.len() > 1 {
                        li { a.all href=(address(&asked.with(&crate::insight::filter::Filter::default()))) { "Everybody again" } }
                    }
                }
            }
        }
    }
}
