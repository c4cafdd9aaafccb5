//! How the editor looks: the form as readers will see it, changed in place and saved as a whole.

use maud::{Markup, html};

use super::kinds::ZONES;
use super::question::{self, Whole};
use super::{add, translation};
use crate::acts::check_questionnaire::translations::count;
use crate::acts::edit_questionnaire::{Conflict, Present};
use crate::domain::options::Head;
use crate::domain::status::Status;
use crate::href;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Questionnaire;
use crate::web::ui::layout::{self, Steps};

/// What the editor is drawn from.
pub(super) struct Editor<'a> {
    pub organizer: &'a Organizer,
    pub steps: &'a Steps,
    pub questionnaire: &'a Questionnaire,
    pub present: &'a Present,
    /// What could not be read or kept; everything else is.
    pub problems: &'a [String],
    /// What somebody else changed at the same time, for the organizer to choose.
    pub conflicts: &'a [Conflict],
    /// What others changed meanwhile, one sentence each.
    pub news: &'a [String],
    /// The question that was just made.
    pub fresh: Option<&'a str>,
    /// Whether they may only look.
    pub looks: bool,
}

/// The pages about the questionnaire itself.
pub(super) fn tabs(questionnaire: &Questionnaire, here: &str) -> Markup {
    let pages = [
        ("questionnaire", "Questions"),
        ("settings", "Settings"),
        ("preview", "Preview and check"),
        ("history", "History"),
    ];
    html! {
        nav.tabs aria-label="Questionnaire" {
            @for (page, name) in pages {
                a href=(href::desk(&questionnaire.slug, page)) aria-current=[(page == here).then_some("page")] { (name) }
            }
        }
    }
}

/// The editor.
pub(super) fn editor(of: &Editor<'_>) -> Markup {
    let questionnaire = of.questionnaire;
    let state = &of.present.state;
    let (tag, name) = translation::other(&questionnaire.language);
    let head = state.translations.get(tag).cloned().unwrap_or_default();
    let language = questionnaire.language.as_str();
    let whole = Whole { language, questions: &state.questions, fresh: of.fresh };
    let spoken = head != Head::default()
        || state.questions.iter().any(|placed| placed.wording.translations.contains_key(tag));
    layout::desk(
        of.organizer,
        "Questions",
        Some(of.steps),
        html! {
            (tabs(questionnaire, "questionnaire"))
            h1.vh { "Questions" }
            div id="told" { (said(of)) }
            form.editor method="post" action=(href::desk(&questionnaire.slug, "questionnaire"))
                data-editor[!of.looks] data-words-saving="Saving …" data-words-saved="Saved"
                data-words-away="Not saved yet: there is no connection. Your words are still here."
                data-words-crossed="Not saved: see what was changed meanwhile, above." {
                input type="hidden" name="based_on" value=(of.present.number);
                @if of.looks {
                    p.notice { "You may look at this questionnaire, and not change it." }
                } @else {
                    (bar(of, spoken))
                }
                @if !of.conflicts.is_empty() { (conflicts(of.conflicts)) }
                fieldset.sheet disabled[of.looks] {
                    .head {
                        .pair {
                            textarea.title name="title" rows="1" lang=(language) dir="auto" maxlength="300"
                                aria-label="Title" placeholder="Title" required { "\n" (state.title) }
                            (translation::field((tag, name), "tr.title", "Title", "title", &state.title, &head.title))
                        }
                        .pair {
                            textarea.lede name="introduction" rows="2" lang=(language) dir="auto"
                                aria-label="What readers see before the first question"
                                placeholder="What readers see before the first question" { "\n" (state.introduction) }
                            (translation::field((tag, name), "tr.introduction", "What readers see before the first question", "lede", &state.introduction, &head.introduction))
                        }
                    }
                    @if state.questions.is_empty() {
                        .empty {
                            p { "No questions yet. Add the first, or take some from the article." }
                            p { a href=(href::desk(&questionnaire.slug, "article")) { "To the article" } }
                        }
                    }
                    (add::first(state.questions.is_empty()))
                    ol.questions {
                        @for (place, placed) in state.questions.iter().enumerate() {
                            (question::edited(&whole, place, placed))
                        }
                    }
                }
                datalist id="zones" { @for zone in ZONES { option value=(zone) {} } }
            }
            @if questionnaire.status == Status::Open && !of.looks { (close(questionnaire)) }
        },
    )
}

/// The line that stays in sight: what is saved, what can be undone, what comes next.
fn bar(of: &Editor<'_>, spoken: bool) -> Markup {
    let (undo, redo) = of.present.steps;
    let draft = of.questionnaire.status == Status::Draft;
    let (_, name) = translation::other(&of.questionnaire.language);
    let missing = if spoken { missing(of) } else { 0 };
    html! {
        .strip {
            .steps-of {
                button.small name="then" value="save" { "Save" }
                button.small.quiet name="then" value="undo" title="Ctrl + Z" aria-disabled=[(!undo).then_some("true")] { "Undo" }
                button.small.quiet name="then" value="redo" title="Ctrl + Shift + Z" aria-disabled=[(!redo).then_some("true")] { "Redo" }
            }
            label.check.small for="beside" {
                input type="checkbox" id="beside" name="beside" value="yes" checked[spoken];
                " " span { (name) " beside" @if missing > 0 { " (" (missing) " missing)" } }
            }
            span.saved data-saved {}
            .next-of {
                @if draft {
                    button.primary name="then" value="preview" { "Preview and check" }
                } @else if of.present.pending {
                    button.primary name="then" value="changes" { "Look at the changes" }
                } @else {
                    button name="then" value="preview" { "Preview and check" }
                }
            }
        }
    }
}

/// How many texts are missing in the other language.
fn missing(of: &Editor<'_>) -> usize {
    let state = &of.present.state;
    let (tag, _) = translation::other(&of.questionnaire.language);
    let head = state.translations.get(tag).cloned().unwrap_or_default();
    let pairs = [(&state.title, &head.title), (&state.introduction, &head.introduction)];
    let heads = pairs.iter().filter(|(own, other)| !own.is_empty() && other.is_empty()).count();
    let of_question = |all: (usize, usize)| all.0 - all.1;
    let questions = state.questions.iter().map(|placed| of_question(count(&placed.wording, tag)));
    heads + questions.sum::<usize>()
}

/// What there is to say above the form.
fn said(of: &Editor<'_>) -> Markup {
    let slug = &of.questionnaire.slug;
    html! {
        @if !of.problems.is_empty() { (problems(of.problems)) }
        @if !of.news.is_empty() {
            .notice role="status" data-news {
                p { "Meanwhile somebody else worked here too; both are kept:" }
                ul { @for line in of.news { li { (line) } } }
            }
        }
        @match of.questionnaire.status {
            Status::Draft => {},
            Status::Open | Status::Closed if of.present.pending => {
                p.notice {
                    strong { "Readers still see the form as it was." } " Your changes are kept here until you "
                    a href=(href::desk(slug, "changes")) { "look at them and put them on the form" } "."
                }
            },
            Status::Open => p.notice { "It is published. What you change here, readers see once you put it on the form." },
            Status::Closed => p.notice { "It is closed. What you change here, readers see once you put it on the form." },
        }
    }
}

/// What could not be kept.
pub(super) fn problems(problems: &[String]) -> Markup {
    html! {
        .problems role="alert" tabindex="-1" {
            h2 { "Everything else is saved. Not yet:" }
            ul { @for problem in problems { li { (problem) } } }
        }
    }
}

/// What two changed at once, for this one to choose.
fn conflicts(conflicts: &[Conflict]) -> Markup {
    let shown =
        |text: &str| if text.is_empty() { "nothing".to_owned() } else { format!("“{text}”") };
    html! {
        .problems role="alert" tabindex="-1" data-crossed {
            h2 { "Not saved yet: somebody else changed the same meanwhile" }
            p { "Your words are in the form below. Tick what you would rather take from the other, then save." }
            ul {
                @for conflict in conflicts {
                    li {
                        label.check for={ "theirs-" (conflict.part) } {
                            input type="checkbox" id={ "theirs-" (conflict.part) } name="theirs" value=(conflict.part);
                            " " span {
                                strong { (conflict.label) ". " }
                                "Theirs: " (shown(&conflict.theirs)) ". Yours: " (shown(&conflict.ours)) "."
                            }
                        }
                    }
                }
            }
        }
    }
}

fn close(questionnaire: &Questionnaire) -> Markup {
    html! {
        section.danger {
            h2 { "Close the questionnaire" }
            p { "Readers can no longer answer. Everything that was answered is kept, and you can publish it again." }
            form method="post" action=(href::desk(&questionnaire.slug, "close")) {
                button.danger { "Close it" }
            }
        }
    }
}
