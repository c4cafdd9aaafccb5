//! The frame around every page: one for readers, one for the desk.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use maud::{DOCTYPE, Markup, html};

use crate::domain::{OrganizerId, Role, Slug};
use crate::href;
use crate::store::organizers::Organizer;
use crate::web::assets::url;
use crate::web::routes::role_for;
use crate::words::Words;

/// A page for readers, in their language.
pub fn reader(words: Words, title: &str, body: Markup) -> Markup {
    reader_with(words, title, ReaderFrame::default(), body)
}

/// What a reader's page may need around it.
#[derive(Clone, Debug, Default)]
pub struct ReaderFrame {
    /// The draft that this page proves to be kept, so that the browser can let go of it.
    pub clears_draft: Option<String>,
    /// The path of this page, for the choice of language; empty: no choice is offered.
    pub path: String,
    /// Who asks, at the head of the page; empty: no head.
    pub asks: String,
    /// Whether it shows an article whole, which may be made of more than other pages.
    pub article: bool,
    /// What follows "Error:" in the title bar is a page to correct.
    pub error: bool,
    /// The organizer's colour and picture.
    pub look: Look,
}

/// Where the files are that make a questionnaire's pages look like its organizer's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// A style sheet.
    pub style: Option<String>,
    /// A picture for the head of the page.
    pub logo: Option<String>,
}

/// A page for readers with more around it.
pub fn reader_with(words: Words, title: &str, frame: ReaderFrame, body: Markup) -> Markup {
    let title = if frame.error {
        words.with("title-of-error", &[("title", title.into())])
    } else {
        title.to_owned()
    };
    document(
        words,
        &title,
        html! {
            @if frame.article { link rel="stylesheet" href=(url("article.css")); }
            @if let Some(style) = &frame.look.style { link rel="stylesheet" href=(style); }
        },
        html! {
            body.reader data-clears-draft=[frame.clears_draft] {
                a.skip href="#main" { (words.get("skip-to-content")) }
                @if !frame.asks.is_empty() {
                    header.site {
                        a.brand href="/" {
                            @match &frame.look.logo {
                                Some(logo) => img src=(logo) alt="";,
                                None => (mark()),
                            }
                            bdi { (frame.asks) }
                        }
                        @if !frame.path.is_empty() { (languages(words, &frame.path)) }
                    }
                }
                main id="main" { (body) }
                footer.site {
                    @if frame.asks.is_empty() && !frame.path.is_empty() {
                        (languages(words, &frame.path))
                    }
                    (foot(words))
                }
            }
        },
    )
}

/// What ends every page for readers, in the same order on each (WCAG 3.2.6).
fn foot(words: Words) -> Markup {
    html! {
        p { (words.get("footer-made")) }
        p { a href=(href::HELP) { (words.get("help-link")) } }
    }
}

/// The choice of language.
fn languages(words: Words, path: &str) -> Markup {
    html! {
        nav aria-label=(words.get("languages")) {
            @for (tag, name) in [("en", "English"), ("zh", "中文")] {
                a href={ (path) "?lang=" (tag) } lang=(tag) hreflang=(tag)
                    aria-current=[(words.language() == tag).then_some("true")] { (name) }
            }
        }
    }
}

/// The seven steps of a questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The article.
    Article,
    /// The questionnaire.
    Questionnaire,
    /// Invitations.
    Invitation,
    /// Responses.
    Response,
    /// Insight.
    Insight,
    /// The discussion.
    Discussion,
    /// The echo.
    Echo,
}

impl Step {
    /// In the order of the way.
    pub const ALL: [Self; 7] = [
        Self::Article,
        Self::Questionnaire,
        Self::Invitation,
        Self::Response,
        Self::Insight,
        Self::Discussion,
        Self::Echo,
    ];

    /// Its name and its page under the questionnaire's desk.
    pub fn name_and_page(self) -> (&'static str, &'static str) {
        match self {
            Self::Article => ("Article", "article"),
            Self::Questionnaire => ("Questionnaire", "questionnaire"),
            Self::Invitation => ("Invitations", "invitations"),
            Self::Response => ("Responses", "responses"),
            Self::Insight => ("Insight", "insight"),
            Self::Discussion => ("Discussion", "discussion"),
            Self::Echo => ("Echo", "echo"),
        }
    }
}

/// The steps of one questionnaire with their states, as the desk's navigation.
#[derive(Clone, Debug)]
pub struct Steps {
    /// Whose steps.
    pub slug: Slug,
    /// The questionnaire's title.
    pub title: String,
    /// The step that is open; none on the overview.
    pub current: Option<Step>,
    /// Each step's state in words, and whether something is done there.
    pub states: Vec<(Step, String, bool)>,
    /// Who works with it, and what they may do.
    pub roles: Vec<(OrganizerId, Role)>,
    /// When all of it will be erased, if it was deleted.
    pub erase_at: Option<DateTime<Utc>>,
}

impl Steps {
    /// What an organizer may do here.
    pub fn role(&self, organizer: &Organizer) -> Role {
        let found = self.roles.iter().find(|(who, _)| *who == organizer.id);
        found.map_or(Role::Viewer, |(_, role)| *role)
    }
}

/// A page of the desk. The desk speaks English.
pub fn desk(organizer: &Organizer, title: &str, steps: Option<&Steps>, body: Markup) -> Markup {
    desk_for(None, organizer, title, steps, body)
}

/// A page of the desk that comes anew after so many `seconds` where no script renews it.
pub fn desk_for(
    seconds: Option<u32>,
    organizer: &Organizer,
    title: &str,
    steps: Option<&Steps>,
    body: Markup,
) -> Markup {
    let words = Words::of("en");
    let role = steps.map_or(Role::Owner, |steps| steps.role(organizer));
    document(
        words,
        title,
        html! {
            @if let Some(seconds) = seconds {
                noscript { meta http-equiv="refresh" content=(seconds); }
            }
            link rel="stylesheet" href=(url("desk.css"));
            script src=(url("desk.js")) defer {}
        },
        html! {
            body.desk.viewer[role == Role::Viewer] {
                a.skip href="#main" { (words.get("skip-to-content")) }
                header.site {
                    a.brand href=(href::DESK) { (mark()) "Colloquy" }
                    nav aria-label="Desk" {
                        a href=(href::DESK) { "Questionnaires" }
                        a href=(href::CONTACTS) { "Contacts" }
                        a href=(href::OUTBOX) { "Outbox" }
                        a href=(href::INBOX) { "Inbox" }
                        a href="/desk/account" {
                            @if organizer.name.is_empty() { "Your account" } @else { (organizer.name) }
                        }
                    }
                }
                @if let Some(steps) = steps { (steps_nav(steps, role)) }
                main id="main" {
                    @if let Some(steps) = steps { (standing(steps, role)) }
                    (body)
                }
            }
        },
    )
}

/// What whoever looks has to know of the questionnaire on each of its pages.
fn standing(steps: &Steps, role: Role) -> Markup {
    html! {
        @if let Some(at) = steps.erase_at {
            .danger {
                p { "This questionnaire is deleted. It is closed to readers, nothing is sent, and on " (Words::of("en").date(at, Tz::UTC)) " it will be erased for good." }
                @if role == Role::Owner {
                    form method="post" action=(href::desk(&steps.slug, "restore")) { button { "Restore it" } }
                }
            }
        } @else if role == Role::Viewer {
            p.small.quiet { "You are a viewer here: you read everything and change nothing." }
        }
    }
}

fn steps_nav(steps: &Steps, role: Role) -> Markup {
    let may = |page: &str| role_for(page).is_none_or(|needed| role.may(needed));
    html! {
        nav.steps aria-label={ "Steps of “" (steps.title) "”" } {
            ol {
                @for (step, state, done) in &steps.states {
                    @let (name, page) = step.name_and_page();
                    @let page = if *step == Step::Questionnaire && !may(page) { "preview" } else { page };
                    @let current = steps.current == Some(*step);
                    li.current[current].done[*done && !current].ahead[!*done && !current] {
                        // A link without an address: a step that this role does not open.
                        a href=[may(page).then(|| href::desk(&steps.slug, page))]
                            aria-current=[current.then_some("step")] {
                            span.step { (name) }
                            span.state { (state) }
                        }
                    }
                }
                li.beside { a href=(href::desk(&steps.slug, "people")) { span.step { "People" } } }
            }
        }
    }
}

/// The mark of Colloquy: two speech marks facing each other.
fn mark() -> Markup {
    let half = "M1 10a6.5 6.5 0 1 1 7.8 6.4c.9 3.6 2.9 6.3 5.7 8.2l-2 2.4C5 23 1 17 1 10z";
    html! {
        svg viewBox="0 0 32 32" aria-hidden="true" focusable="false" {
            g fill="currentColor" {
                path d=(half) {}
                path transform="matrix(-1 0 0 1 32 0)" d=(half) {}
            }
        }
    }
}

/// A page to look things up in, for whoever works with tables and programs.
pub fn reference(title: &str, body: Markup) -> Markup {
    let words = Words::of("en");
    document(
        words,
        title,
        html! { link rel="stylesheet" href=(url("desk.css")); },
        html! {
            body.desk {
                a.skip href="#main" { (words.get("skip-to-content")) }
                header.site { a.brand href="/" { (mark()) "Colloquy" } }
                main id="main" { (body) }
            }
        },
    )
}

/// A page with neither: the front page, signing in.
pub fn plain(words: Words, title: &str, body: Markup) -> Markup {
    document(
        words,
        title,
        html! {},
        html! {
            body.reader {
                a.skip href="#main" { (words.get("skip-to-content")) }
                main id="main" { (body) }
                footer.site { (foot(words)) }
            }
        },
    )
}

/// A whole page; `more` are style sheets and scripts that only this kind of page has.
fn document(words: Words, title: &str, more: Markup, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(words.language()) dir=(words.direction()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Colloquy" }
                link rel="stylesheet" href=(url("main.css"));
                link rel="icon" type="image/svg+xml" href=(url("favicon.svg"));
                script src=(url("main.js")) defer {}
                (more)
            }
            (body)
        }
    }
}

/// A language's name at the desk, by its tag.
pub fn language_name(tag: &str) -> &str {
    match tag {
        "en" => "English",
        "zh" => "Chinese",
        other => other,
    }
}
