//! How responses look at the desk.

use chrono::{DateTime, Utc};
use maud::{Markup, PreEscaped, html};

use super::found::{Found, Hit, pieces};
use super::held;
use crate::domain::status::Mode;
use crate::domain::{Answer, QuestionId, ResponseId};
use crate::href;
use crate::insight::filter::Filter;
use crate::insight::{Insight, Material};
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Questionnaire;
use crate::store::responses::Given;
use crate::store::voices::Voice;
use crate::web::desk::home::example_answers;
use crate::web::desk::insight::over_time;
use crate::web::ui::answers::lines;
use crate::web::ui::layout::{self, Steps};
use crate::words::Words;

/// Answers on one page.
const PAGE: usize = 50;

/// The answers that are listed.
pub(super) struct List<'a> {
    /// What was searched for.
    pub wanted: &'a str,
    /// Whose answers.
    pub filter: &'a Filter,
    /// The same in words; none: everybody's.
    pub only: Option<&'a str>,
    /// What was found.
    pub found: &'a Found,
    /// Which page of it, from 1.
    pub number: usize,
    /// What stands above it: [`overview`].
    pub overview: &'a str,
}

/// All responses.
pub(super) fn page(
    organizer: &Organizer,
    steps: &Steps,
    questionnaire: &Questionnaire,
    insight: &Insight,
    list: &List<'_>,
    apart: &Markup,
) -> Markup {
    let material = &insight.material;
    let count = material.voices.len();
    layout::desk(
        organizer,
        "Responses",
        Some(steps),
        html! {
            h1 { @match count { 0 => "No responses yet", 1 => "1 response", n => { (n) " responses" } } }
            (apart)
            @if count == 0 {
                .empty {
                    p { "Once readers have answered, you read every word of theirs here." }
                    a.button.primary href=(href::desk(&questionnaire.slug, "invitations")) { "Invite readers" }
                    (example_answers(questionnaire))
                }
            } @else {
                (PreEscaped(list.overview))
                p { a href=(href::desk(&questionnaire.slug, "exports")) { "Take the responses along as files" } }
                h2 id="answers" { "The open answers" }
                form.search role="search" method="get" action={ (href::desk(&questionnaire.slug, "responses")) "#answers" } {
                    label.vh for="q" { "Search the answers" }
                    input id="q" type="search" name="q" value=(list.wanted) placeholder="Words or a “phrase”";
                    @for (name, value) in list.filter.pairs() { input type="hidden" name=(name) value=(value); }
                    button { "Search" }
                }
                @if let Some(only) = list.only {
                    p { (only) " " a href=(everybodys(questionnaire, list.wanted)) { "Search everybody’s answers" } }
                }
                (answers(questionnaire, material, list))
            }
        },
    )
}

/// The main numbers, and when the responses came: drawn once for all who look.
pub(super) fn overview(questionnaire: &Questionnaire, insight: &Insight) -> Markup {
    let material = &insight.material;
    let examples = material.voices.iter().filter(|voice| voice.response.example).count();
    html! {
        @if examples > 0 {
            .notice { p { (examples) " of these responses are made-up examples. They are marked wherever they appear." } }
        }
        dl.facts.figures {
            div { dt { "responses" } dd { (material.voices.len()) } }
            div { dt { "want to join" } dd { (material.joining().count()) } }
            div { dt { "open answers" } dd { (open_answers(material)) } }
        }
        (over_time(questionnaire, insight))
    }
}

fn open_answers(material: &Material) -> usize {
    let answers = material.voices.iter().flat_map(|voice| voice.all());
    answers.filter(|(_, answer)| matches!(answer, Answer::Open(_))).count()
}

fn answers(questionnaire: &Questionnaire, material: &Material, list: &List<'_>) -> Markup {
    let pages = list.found.len().div_ceil(PAGE).max(1);
    let number = list.number.clamp(1, pages);
    let shown = list.found.some((number - 1) * PAGE, PAGE);
    let address = |page: usize| {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("q", list.wanted)
            .extend_pairs(list.filter.pairs())
            .append_pair("page", &page.to_string())
            .finish();
        format!("{}?{query}#answers", href::desk(&questionnaire.slug, "responses"))
    };
    html! {
        @if list.found.len() == 0 {
            .empty { p {
                @if list.wanted.is_empty() && list.only.is_some() { "None of them has written anything." }
                @else if list.wanted.is_empty() { "Nobody has written anything yet." }
                @else { "No answer holds “" (list.wanted) "”." }
            } }
        } @else if !list.wanted.is_empty() {
            p.quiet role="status" { (list.found.len()) @if list.found.len() == 1 { " answer holds " } @else { " answers hold " } "“" (list.wanted) "”." }
        }
        @for hit in shown {
            (entry(questionnaire, material, hit, &list.found.spans(hit.text)))
        }
        @if pages > 1 {
            nav.pages aria-label="Pages" {
                @if number > 1 { a rel="prev" href=(address(number - 1)) { "Later answers" } }
                span aria-current="page" { "Page " (number) " of " (pages) }
                @if number < pages { a rel="next" href=(address(number + 1)) { "Earlier answers" } }
            }
        }
    }
}

/// The same search without a filter.
fn everybodys(questionnaire: &Questionnaire, wanted: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("q", wanted).finish();
    format!("{}?{query}#answers", href::desk(&questionnaire.slug, "responses"))
}

fn entry(
    questionnaire: &Questionnaire,
    material: &Material,
    found: Hit<'_>,
    spans: &[(usize, usize)],
) -> Markup {
    let voice = material.voice(found.response);
    html! {
        article.entry {
            p.small.quiet { (prompt(material, found.question)) }
            p.answer dir="auto" {
                @for (piece, wanted) in pieces(found.text, spans) {
                    @if wanted { mark { (piece) } } @else { (piece) }
                }
            }
            p.small.quiet {
                a href=(href::response(&questionnaire.slug, found.response)) { (who(material, found.response)) }
                @if let Some(voice) = voice {
                    " · " (Words::of("en").date(voice.response.created_at, material.day_zone()))
                    @if voice.response.example { " · example" }
                }
            }
        }
    }
}

/// The name a respondent gave, or that they gave none.
pub(in crate::web::desk) fn who(material: &Material, id: ResponseId) -> String {
    let contact = material.voice(id).and_then(Voice::contact);
    match contact {
        Some(contact) if !contact.name.is_empty() => contact.name.clone(),
        Some(contact) if !contact.address.is_empty() => contact.address.clone(),
        _ => "A respondent".to_owned(),
    }
}

fn prompt(material: &Material, question: QuestionId) -> &str {
    let asked = material.questions.iter().find(|asked| asked.id == question);
    asked.map(|asked| asked.wording.prompt.as_str()).unwrap_or_default()
}

/// When something came: to the minute only where the organizer may know whose it is, since
/// minutes can be compared with those of an invitation.
fn moment(words: Words, material: &Material, at: DateTime<Utc>) -> String {
    match material.mode {
        Mode::Identified => words.date_time(at, material.zone()),
        Mode::Confidential | Mode::Anonymous => words.date(at, material.day_zone()),
    }
}

/// One response, whole.
pub(super) fn one(
    organizer: &Organizer,
    steps: &Steps,
    questionnaire: &Questionnaire,
    material: &Material,
    given: &Given,
    revisions: &[(i32, DateTime<Utc>)],
) -> Markup {
    let words = Words::of("en");
    let id = given.response.id;
    layout::desk(
        organizer,
        "A response",
        Some(steps),
        html! {
            p { a href=(href::desk(&questionnaire.slug, "responses")) { "All responses" } }
            h1 { (who(material, id)) }
            @if given.response.example { .notice { p { "This response is a made-up example." } } }
            (held::about(questionnaire, given))
            dl.facts {
                dt { "Answered" } dd { (moment(words, material, given.response.created_at)) }
                @if revisions.len() > 1 {
                    dt { "Changed" }
                    dd {
                        @for (place, (_, at)) in revisions.iter().skip(1).enumerate() {
                            @if place > 0 { br; }
                            (moment(words, material, *at))
                        }
                    }
                }
            }
            dl.answers {
                @for asked in &material.questions {
                    @if let Some((bound, answer)) = given.answers.get(&asked.id) {
                        @let wording = material.wording(*bound).unwrap_or(&asked.wording);
                        dt { (wording.prompt) }
                        @for line in lines(words, wording, answer) { dd dir="auto" { (line) } }
                    }
                }
            }
        },
    )
}
