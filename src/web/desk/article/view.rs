//! How bringing an article and its findings look.

use maud::{Markup, PreEscaped, html};

use crate::acts::bring_article::NotBrought;
use crate::article::{Candidate, CandidateKind};
use crate::domain::Role;
use crate::href;
use crate::store::articles::Article;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Questionnaire;
use crate::web::extract::App;
use crate::web::ui::layout::{self, Steps, language_name};
use crate::web::ui::problem::save_button;
use crate::words::Words;

/// What was typed into the form; it is there again when something is wrong.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Typed<'a> {
    pub address: &'a str,
    pub text: &'a str,
    /// What was pasted, as HTML; `text` are its words.
    pub html: &'a str,
}

/// Where an article is brought.
pub(super) fn bring(
    organizer: &Organizer,
    app: &App,
    typed: &Typed<'_>,
    problem: Option<&NotBrought>,
) -> Markup {
    layout::desk(
        organizer,
        "Bring an article",
        None,
        html! {
            h1 { "Bring an article" }
            p.lede { "We look for the questions that its author asks the reader, for options, and for claims that one can agree or disagree with. You choose what becomes a question." }
            (bring_form(app, typed, problem, "Find the questions"))
            p { "Or bring a conversation that was held with Polis: " a href=(href::NEW_POLIS) { "its statements and votes" } "." }
            p { "Or bring a form that you have made elsewhere: " a href=(href::NEW_IMPORT) { "SurveyJS, LimeSurvey, XLSForm, Typeform, Google Forms" } "." }
        },
    )
}

/// The ways in which a text is given, and what was wrong with it.
pub(super) fn bring_form(
    app: &App,
    typed: &Typed<'_>,
    problem: Option<&NotBrought>,
    button: &str,
) -> Markup {
    let by_address = app.settings.fetch.articles;
    let is_at = problem.is_some() && !typed.address.is_empty();
    html! {
        @if let Some(problem) = problem {
            div.problem role="alert" {
                p { (problem) }
                p { (what_now(problem, typed)) }
            }
        }
        form.stack method="post" enctype="multipart/form-data" {
            .field {
                label for="file" { "A file" }
                p.help id="file-help" { "Markdown (with or without front matter), HTML, a Word document (.docx), or plain text." }
                input id="file" name="file" type="file" aria-describedby="file-help"
                    accept=".md,.markdown,.html,.htm,.docx,.txt,text/markdown,text/html,text/plain";
            }
            @if by_address {
                .field {
                    label for="address" { "Or its address" }
                    p.help id="address-help" { "We read the page there once, now, and leave out menus, adverts and comments." }
                    input id="address" name="address" type="url" value=(typed.address)
                        placeholder="https://" aria-describedby="address-help"
                        aria-invalid=[is_at.then_some("true")] maxlength="2000" autocomplete="off";
                }
            }
            .field {
                label for="text" { "Or the text itself" }
                p.help id="text-help" { "Written in Markdown or not at all. What you copy from a page or a document keeps its headings, lists and links." }
                textarea id="text" name="text" rows="14" aria-describedby="text-help" data-rich="#html" { "\n" (typed.text) }
                input id="html" name="html" type="hidden" value=(typed.html);
                p.help role="status" id="rich" hidden[typed.html.is_empty()] { "Pasted with its headings, lists and links. If you change the words here, the words alone are taken." }
            }
            .actions {
                button.primary { (button) }
                @if problem.is_some() { (save_button(Words::of("en"))) }
            }
        }
    }
}

/// What became of the text, and what can be done.
fn what_now(problem: &NotBrought, typed: &Typed<'_>) -> &'static str {
    match problem {
        NotBrought::Fetch(_) | NotBrought::Off => {
            "Nothing was kept. Copy the article in your browser and paste it below, or save the page and choose the file."
        }
        NotBrought::Article(_) if !typed.text.trim().is_empty() => {
            "Nothing was kept yet; what you pasted is still below."
        }
        NotBrought::Article(_) => {
            "Nothing was kept. Choose another file, or paste the article below."
        }
    }
}

/// A candidate as it is listed.
pub(super) struct Row<'a> {
    /// What was found.
    pub candidate: &'a Candidate,
    /// Whether it is on the form already.
    pub asked: bool,
}

/// An article with what was found in it.
pub(super) struct Shown<'a> {
    pub article: &'a Article,
    /// How many texts of it are kept, this one included.
    pub texts: usize,
    pub rows: &'a [Row<'a>],
    /// Its text, with marks.
    pub html: &'a str,
    /// Whether nothing was taken yet.
    pub fresh: bool,
    /// What becomes of its images.
    pub images: Markup,
}

/// The page of the article.
pub(super) fn found(
    organizer: &Organizer,
    steps: &Steps,
    questionnaire: &Questionnaire,
    role: Role,
    shown: &Shown<'_>,
) -> Markup {
    let Shown { article, texts, rows, html: html_text, fresh, ref images } = *shown;
    let numbered: Vec<(usize, &Row<'_>)> = (0..).zip(rows).collect();
    let of = |kinds: &[CandidateKind]| -> Vec<(usize, &Row<'_>)> {
        numbered.iter().copied().filter(|(_, row)| kinds.contains(&row.candidate.kind)).collect()
    };
    let sections = [
        (
            "Questions to the reader",
            of(&[CandidateKind::Open, CandidateKind::Allocation, CandidateKind::Single]),
        ),
        ("Claims to agree or disagree with", of(&[CandidateKind::Statement])),
        ("Questions the article treats itself", of(&[CandidateKind::Further])),
    ];
    layout::desk(
        organizer,
        "Article",
        Some(steps),
        html! {
            h1 { (article.title) }
            dl.facts {
                @if let Some(source) = &article.source { dt { "Source" } dd { (source) } }
                @if let Some(date) = &article.date { dt { "Date" } dd { (date) } }
                dt { "Language" } dd { (language_name(&article.language)) }
                @if texts > 1 { dt { "Texts" } dd { "This is the newest of " (texts) "; the earlier ones are kept." } }
            }
            @if role.may(Role::Editor) {
                p { a href=(href::desk(&questionnaire.slug, "article/newer")) { "Bring a newer text of this article" } }
            }
            form method="post" action=(href::desk(&questionnaire.slug, "article")) {
                .columns {
                    div {
                        @if rows.is_empty() {
                            .empty { p { "We found no questions in this article. You can write your own in the next step." } }
                        }
                        @for (title, rows) in &sections {
                            @if !rows.is_empty() {
                                h2 { (title) }
                                ul.candidates {
                                    @for (number, row) in rows { (candidate(*number, row, fresh)) }
                                }
                            }
                        }
                    }
                    div {
                        h2 id="text" { "The text" }
                        article.source lang=(article.language) aria-label="The article" { (PreEscaped(html_text)) }
                    }
                }
                .actions {
                    button.primary { @if fresh { "Make the questionnaire" } @else { "Add what is ticked" } }
                }
            }
            (images)
        },
    )
}

fn candidate(number: usize, row: &Row<'_>, fresh: bool) -> Markup {
    let found = row.candidate;
    let id = format!("take-{number}");
    html! {
        li.candidate {
            input type="checkbox" id=(id) name="take" value=(number)
                checked[row.asked || (fresh && found.suggested)] disabled[row.asked];
            label for=(id) { (found.text) }
            span.tag { (kind_name(found.kind)) }
            @if !found.options.is_empty() && found.kind != CandidateKind::Open {
                ul.options { @for option in &found.options { li { (option) } } }
            }
            p.why {
                (found.why) " "
                @if found.kind != CandidateKind::Allocation {
                    a href={ "#c" (number) } { "See it in the text" span.vh { ": " (found.text) } }
                }
                @if row.asked { " It is on the form already." }
            }
        }
    }
}

fn kind_name(kind: CandidateKind) -> &'static str {
    match kind {
        CandidateKind::Open | CandidateKind::Further => "open question",
        CandidateKind::Allocation => "100 points to share",
        CandidateKind::Single => "one option",
        CandidateKind::Statement => "statement",
    }
}
