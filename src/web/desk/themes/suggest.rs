//! What a language model proposes, if one is set: first it is said which words go where, then how
//! far it is, then what was proposed and what failed the check.

use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::{Markup, html};

use super::{Shown, find};
use crate::acts::edit_themes::{Change, Outcome, edit_themes};
use crate::acts::suggest_themes::{Suggestion, drop_suggestion, sendable, suggest_themes};
use crate::domain::QuestionId;
use crate::error::AppError;
use crate::href;
use crate::insight::themes::OpenThemes;
use crate::insight::themes::summary::check;
use crate::narrator::Progress;
use crate::store::theme_suggestions::{self, ThemeSuggestion};
use crate::web::desk::home::steps;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout::{self, Step};

/// Answers that are listed in full before they are sent, for each theme.
const LISTED: usize = 40;

/// What is proposed, and where it comes from.
#[derive(Debug, Default)]
pub(super) struct Proposed {
    /// The host and the model, if one is set.
    goes_to: Option<(String, String)>,
    progress: Option<Progress>,
    /// By the theme's place.
    suggestions: Vec<(usize, Suggestion)>,
}

impl Proposed {
    pub(super) fn of(
        app: &App,
        question: QuestionId,
        open: &OpenThemes,
        rows: &[ThemeSuggestion],
    ) -> Self {
        let read = |row: &ThemeSuggestion| {
            let place = open.place(&row.theme)?;
            let mut suggestion: Suggestion = serde_json::from_str(&row.content).ok()?;
            // The answers may have changed since.
            suggestion.sentences.retain(|sentence| check(open, place, sentence).is_ok());
            Some((place, suggestion))
        };
        let goes_to = app.narrator.goes_to();
        Self {
            goes_to: goes_to.map(|(host, model)| (host.to_owned(), model.to_owned())),
            progress: app.narrator.progress(question),
            suggestions: rows.iter().filter_map(read).collect(),
        }
    }
}

/// `GET /desk/q/{slug}/themes/{key}/suggest`: what would go where.
pub async fn ask(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
) -> Result<Markup, AppError> {
    let (questionnaire, insight, asked) = find(&app, &organizer, &path).await?;
    let open = insight.themes.iter().find(|open| open.question == asked.id);
    let (Some(open), Some((host, model))) = (open, app.narrator.goes_to()) else {
        return Err(AppError::NotFound);
    };
    let material = &insight.material;
    let all: Vec<_> =
        (0..open.found.themes.len()).map(|place| sendable(material, open, place)).collect();
    let people: std::collections::BTreeSet<_> = all.iter().flatten().map(|(id, _)| *id).collect();
    let address = href::themes(&questionnaire.slug, &asked.key);
    let body = html! {
        p { a href=(address) { "All themes of this question" } }
        p.kicker { (asked.wording.prompt) }
        h1 { "Suggest names and summaries" }
        p.lede {
            "The answers of " (people.len()) @if people.len() == 1 { " person" } @else { " people" }
            " would go to " strong { (host) } @if !model.is_empty() { ", to the model " strong { (model) } } "."
        }
        ul {
            li { "Their answers to this question go as they were written: no names, addresses or times, and no other answers. What people wrote may still tell who they are." }
            li { "Only answers of people who allow to be quoted are sent." }
            li { "The question, the names of the themes and the numbers of people go with them." }
            li { "What comes back is checked: a sentence that rests on no answer of the theme, counts what cannot be counted, or quotes what nobody wrote is not taken." }
            li { "Nothing changes until you take a suggestion." }
        }
        @for (theme, answers) in open.found.themes.iter().zip(&all) {
            details {
                summary { (theme.label) ": " (super::list::answers(answers.len())) @if answers.len() < theme.mentions.len() { " of " (theme.mentions.len()) } }
                ul { @for (_, text) in answers.iter().take(LISTED) { li dir="auto" { (text) } } }
                @if answers.len() > LISTED { p.small.quiet { "and " (answers.len() - LISTED) " more" } }
            }
        }
        form.actions method="post" action={ (address) "/suggest" } {
            button.primary { "Send them to " (host) }
            a.button.quiet href=(address) { "Send nothing" }
        }
    };
    let steps = steps(&app, &questionnaire, Some(Step::Insight)).await?;
    Ok(layout::desk(&organizer.0, "Suggest names and summaries", Some(&steps), body))
}

/// `POST /desk/q/{slug}/themes/{key}/suggest`: asks, or calls it off.
pub async fn suggest(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let (questionnaire, _, asked) = find(&app, &organizer, &path).await?;
    if app.narrator.goes_to().is_none() {
        return Err(AppError::NotFound);
    }
    if fields.has("do", "stop") {
        app.narrator.stop(asked.id);
    } else {
        suggest_themes(&app, &questionnaire, &asked).await?;
    }
    Ok(reply::see(format!("{}#suggestions", href::themes(&questionnaire.slug, &asked.key))))
}

/// `POST /desk/q/{slug}/themes/{key}/suggestions`: takes what is proposed for a theme, or
/// leaves it.
pub async fn take(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let (questionnaire, insight, asked) = find(&app, &organizer, &path).await?;
    let theme = fields.filled("theme").ok_or(AppError::NotFound)?;
    let on = fields.get("on").and_then(|on| on.parse().ok()).ok_or(AppError::NotFound)?;
    let rows = theme_suggestions::all(app.store.read(), asked.id).await?;
    let open = insight.themes.iter().find(|open| open.question == asked.id);
    let open = open.ok_or(AppError::NotFound)?;
    let proposed = Proposed::of(&app, asked.id, open, &rows);
    let place = open.place(theme);
    let found = proposed.suggestions.into_iter().find(|(at, _)| Some(*at) == place);
    let address = href::themes(&questionnaire.slug, &asked.key);
    let Some((_, suggestion)) = found else {
        return Ok(reply::see(format!("{address}#suggestions")));
    };
    let kept = rows.iter().find(|row| open.place(&row.theme) == place).map(|row| &row.theme);
    let (name, sentences) = match fields.get("do") {
        Some("name") => (suggestion.title, None),
        Some("sentences") => (None, Some(suggestion.sentences)),
        Some("both") => (suggestion.title, Some(suggestion.sentences)),
        Some("leave") => (None, None),
        _ => return Err(AppError::NotFound),
    };
    let mut next = format!("{address}#suggestions");
    if name.is_some() || sentences.is_some() {
        let change = Change::Take { theme: theme.to_owned(), label: name, sentences };
        match edit_themes(&app, &questionnaire, organizer.0.id, &asked, on, change).await? {
            Outcome::Done(number) => next = format!("{address}?done={number}"),
            // The suggestion stays: nothing was typed that could be lost.
            Outcome::Stale | Outcome::Cannot(_) => return Err(AppError::Conflict),
        }
    }
    if let Some(theme) = kept {
        drop_suggestion(&app, asked.id, theme).await?;
    }
    Ok(reply::see(next))
}

/// The part of the page about all themes.
pub(super) fn section(shown: &Shown<'_>) -> Markup {
    let proposed = &shown.proposed;
    let Some((host, _)) = &proposed.goes_to else { return html! {} };
    let running = proposed.progress.as_ref().filter(|progress| !progress.over);
    html! {
        @if !shown.open.found.themes.is_empty() || running.is_some() {
            section id="suggestions" {
                h2 { "Names and summaries from a language model" }
                @if let Some(progress) = running {
                    (under_way(shown, host, progress))
                } @else {
                    @if let Some(progress) = &proposed.progress { (over(host, progress)) }
                    @for (place, suggestion) in &proposed.suggestions { (one(shown, *place, suggestion)) }
                    .actions { a.button href={ (shown.address()) "/suggest" } { "Suggest names and summaries" } }
                    p.small.quiet { "You see which words go to " (host) " before anything is sent." }
                }
            }
        }
    }
}

/// What is proposed for one theme.
pub(super) fn of_theme(shown: &Shown<'_>, place: usize) -> Markup {
    let found = shown.proposed.suggestions.iter().find(|(at, _)| *at == place);
    html! { @if let Some((_, suggestion)) = found { (one(shown, place, suggestion)) } }
}

fn under_way(shown: &Shown<'_>, host: &str, progress: &Progress) -> Markup {
    html! {
        .notice role="status" {
            p { "Asking " (host) ": " (progress.done) " of " (progress.of) " themes are through." }
            progress value=(progress.done) max=(progress.of.max(1)) aria-label="Themes asked about" {}
            form.actions method="post" action={ (shown.address()) "/suggest" } {
                a.button href={ (shown.address()) "#suggestions" } { "See how far it is" }
                button.quiet name="do" value="stop" { "Stop" }
            }
        }
    }
}

fn over(host: &str, progress: &Progress) -> Markup {
    html! {
        @if progress.stopped && progress.done < progress.of {
            p.small.quiet { "Stopped after " (progress.done) " of " (progress.of) " themes." }
        }
        @if !progress.problems.is_empty() {
            .warning role="status" {
                p { "From " (host) " nothing came for these themes. They keep their names." }
                ul { @for (label, why) in &progress.problems { li { "“" (label) "”: " (why) } } }
            }
        }
    }
}

fn one(shown: &Shown<'_>, place: usize, suggestion: &Suggestion) -> Markup {
    let theme = shown.open.found.themes.get(place);
    html! {
        article.panel.suggestion {
            h3 { "Suggested for “" (theme.map_or("", |theme| &theme.label)) "”" }
            p.small.quiet { "By " (suggestion.from) }
            @if let Some(title) = &suggestion.title { p { strong dir="auto" { (title) } } }
            @for sentence in &suggestion.sentences {
                p dir="auto" {
                    (sentence.text) " "
                    @for (number, id) in (1..).zip(sentence.answers.iter().take(5)) {
                        a.small href=(href::response(&shown.questionnaire.slug, *id)) { "[" span.vh { "answer " } (number) "]" } " "
                    }
                }
            }
            @if !suggestion.rejected.is_empty() {
                details {
                    summary { "Rejected: " (suggestion.rejected.len()) }
                    ul { @for (text, why) in &suggestion.rejected { li { s dir="auto" { (text) } " " span.small.quiet { (why) } } } }
                }
            }
            form.actions method="post" action={ (shown.address()) "/suggestions" } {
                input type="hidden" name="on" value=(shown.open.edits);
                input type="hidden" name="theme" value=(shown.open.id(place));
                @let (name, said) = (suggestion.title.is_some(), !suggestion.sentences.is_empty());
                @if name && said { button name="do" value="both" { "Take both" } }
                @if name { button.quiet name="do" value="name" { "Take the name" } }
                @if said { button.quiet name="do" value="sentences" { "Take the summary" } }
                button.quiet name="do" value="leave" { "Leave it" }
            }
        }
    }
}
