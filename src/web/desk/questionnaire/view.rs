//! How the editor looks: each question a card, saved together by one button.

use maud::{Markup, html};

use super::options;
use crate::domain::Wording;
use crate::domain::consent::Consent;
use crate::domain::kind::Kind;
use crate::domain::question::Line;
use crate::domain::status::Status;
use crate::href;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::{Asked, Questionnaire};
use crate::web::ui::layout::{self, Steps};

/// What can be added, with its name.
const KINDS: [(&str, &str); 8] = [
    ("open", "Open question"),
    ("single", "One option"),
    ("multiple", "Several options"),
    ("scale", "Scale"),
    ("statements", "Statements to agree or disagree with"),
    ("allocation", "100 points to share"),
    ("availability", "When could you come?"),
    ("contact", "Name, address and consents"),
];

/// Time zones that are offered first; any other IANA name can be typed.
const ZONES: [&str; 12] = [
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
];

/// The editor.
pub(super) fn editor(
    organizer: &Organizer,
    steps: &Steps,
    questionnaire: &Questionnaire,
    asked: &[Asked],
    public: &str,
    problems: &[String],
) -> Markup {
    let open = questionnaire.status == Status::Open;
    layout::desk(
        organizer,
        "Questionnaire",
        Some(steps),
        html! {
            h1 { "Questionnaire" }
            @if !problems.is_empty() { (obstacles_list(problems)) }
            @if open {
                p.notice { "It is published at " a href=(public) { (public) } ". Changed words become a new version: answers stay with the words they were given to." }
            }
            form.stack.editor method="post" action=(href::desk(&questionnaire.slug, "questionnaire")) {
                .field {
                    label for="title" { "Title" }
                    input id="title" name="title" value=(questionnaire.title) maxlength="300" required;
                }
                .field {
                    label for="introduction" { "What readers see before the first question" }
                    textarea id="introduction" name="introduction" rows="3" { "\n" (questionnaire.introduction) }
                }
                @if asked.is_empty() {
                    .empty { p { "No questions yet. Add one below, or take some from the article." } }
                }
                ol.order.panels {
                    @for (number, one) in asked.iter().enumerate() {
                        li.panel id=[(number + 1 == asked.len()).then_some("last")] data-question {
                            (question(number, one))
                        }
                    }
                }
                (options::fields(questionnaire, public))
                .panel {
                    .field {
                        label for="add" { "Add a question" }
                        select id="add" name="add" {
                            @for (word, name) in KINDS { option value=(word) { (name) } }
                        }
                    }
                    button.quiet name="then" value="add" { "Save and add it" }
                }
                .actions {
                    button.primary name="then" value="preview" { "Save and preview" }
                    button.quiet name="then" value="save" { "Save" }
                    @if !open { button.quiet name="then" value="publish" { "Save and publish" } }
                }
            }
            @if open {
                section.danger {
                    h2 { "Close the questionnaire" }
                    p { "Readers can no longer answer. Everything that was answered is kept, and you can publish it again." }
                    form method="post" action=(href::desk(&questionnaire.slug, "close")) {
                        button.danger { "Close it" }
                    }
                }
            }
        },
    )
}

fn obstacles_list(problems: &[String]) -> Markup {
    html! {
        .problems role="alert" tabindex="-1" {
            h2 { "Everything else is saved. Not yet:" }
            ul { @for problem in problems { li { (problem) } } }
        }
    }
}

/// Whether something has to be written before the question can be asked.
fn is_unfinished(wording: &Wording) -> bool {
    let nothing = match &wording.kind {
        Kind::Single(kind) => kind.options.is_empty(),
        Kind::Multiple(kind) => kind.options.is_empty(),
        Kind::Statements(kind) => kind.statements.is_empty(),
        Kind::Allocation(kind) => kind.options.is_empty(),
        Kind::Availability(kind) => kind.slots.is_empty(),
        Kind::Open(_) | Kind::Scale(_) | Kind::Contact(_) => false,
    };
    nothing || wording.prompt.is_empty()
}

fn question(number: usize, asked: &Asked) -> Markup {
    let wording = &asked.wording;
    let name = |part: &str| format!("q{number}.{part}");
    let field = |part: &str| format!("q{number}-{part}");
    let title = KINDS.iter().find(|(word, _)| *word == wording.kind.word()).map(|(_, name)| *name);
    html! {
        input type="hidden" name=(name("key")) value=(asked.key);
        input type="hidden" name=(name("kind")) value=(wording.kind.word());
        @if let Some((start, end)) = asked.passage {
            input type="hidden" name=(name("passage")) value={ (start) "-" (end) };
        }
        .question-head {
            h2 {
                (number + 1) ". "
                @if wording.prompt.is_empty() { "A new question" } @else { (wording.prompt) }
                " " span.tag { (title.unwrap_or_default()) }
            }
            .field.place {
                label for=(field("position")) { "Place" }
                input id=(field("position")) name=(name("position")) inputmode="decimal"
                    value=(number + 1) data-position;
            }
        }
        details open[is_unfinished(&asked.wording)] {
            summary { "Edit" span.vh { " question " (number + 1) } }
            .field {
                label for=(field("prompt")) { "Question" }
                textarea id=(field("prompt")) name=(name("prompt")) rows="2" { "\n" (wording.prompt) }
            }
            .field {
                label for=(field("help")) { "One sentence of help, if it needs any" }
                input id=(field("help")) name=(name("help")) value=(wording.help);
            }
            (kind(&wording.kind, &name, &field))
            .checks {
                @if !matches!(wording.kind, Kind::Contact(_)) {
                    (tick(&name("required"), &field("required"), wording.required, "The form cannot be sent without it"))
                }
                (tick(&name("remove"), &field("remove"), false, "Take this question off the form"))
            }
        }
    }
}

fn kind(kind: &Kind, name: &dyn Fn(&str) -> String, field: &dyn Fn(&str) -> String) -> Markup {
    let lines = |label: &str, lines: &[Line]| {
        let keys: Vec<String> =
            lines.iter().map(|line| format!("{}={}", line.key, line.text)).collect();
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        html! {
            input type="hidden" name=(name("keys")) value=(keys.join("\n"));
            .field {
                label for=(field("lines")) { (label) }
                textarea id=(field("lines")) name=(name("lines")) rows=(texts.len().clamp(3, 14)) {
                    "\n" (texts.join("\n"))
                }
            }
        }
    };
    let other = |ticked: bool| {
        tick(
            &name("other"),
            &field("other"),
            ticked,
            "Offer “something else” with a field to write",
        )
    };
    let text = |part: &str, label: &str, value: &str| {
        html! {
            .field {
                label for=(field(part)) { (label) }
                input id=(field(part)) name=(name(part)) value=(value);
            }
        }
    };
    match kind {
        Kind::Open(kind) => {
            tick(&name("long"), &field("long"), kind.long, "A longer text is welcome")
        }
        Kind::Single(kind) => {
            html! { (lines("Options, one a line", &kind.options)) (other(kind.other)) }
        }
        Kind::Multiple(kind) => {
            html! { (lines("Options, one a line", &kind.options)) (other(kind.other)) }
        }
        Kind::Allocation(kind) => {
            html! { (lines("Options, one a line", &kind.options)) (other(kind.other)) }
        }
        Kind::Statements(kind) => lines("Statements, one a line", &kind.statements),
        Kind::Scale(kind) => html! {
            (text("points", "How many points (2 to 11)", &kind.points.to_string()))
            (text("low", "What the first point means", &kind.low))
            (text("high", "What the last point means", &kind.high))
        },
        Kind::Availability(kind) => {
            let zone: chrono_tz::Tz = kind.zone.parse().unwrap_or(chrono_tz::Tz::UTC);
            let local = |slot: &crate::domain::kind::Slot| {
                slot.start.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()
            };
            let slots: Vec<String> = kind.slots.iter().map(local).collect();
            let minutes = kind.slots.first().map_or(90, |slot| slot.minutes);
            html! {
                .field {
                    label for=(field("slots")) { "Possible times, one a line" }
                    p.help { "Such as 2026-12-03 19:00, on the clock of the time zone below." }
                    textarea id=(field("slots")) name=(name("slots")) rows=(slots.len().clamp(3, 14)) {
                        "\n" (slots.join("\n"))
                    }
                }
                .field {
                    label for=(field("zone")) { "Time zone" }
                    input id=(field("zone")) name=(name("zone")) value=(kind.zone) list=(field("zones"));
                    datalist id=(field("zones")) { @for zone in ZONES { option value=(zone) {} } }
                }
                (text("minutes", "How long, in minutes", &minutes.to_string()))
            }
        }
        Kind::Contact(kind) => html! {
            fieldset.field {
                legend { "What readers may allow" }
                @for consent in Consent::ALL {
                    (tick(&name(consent.key()), &field(consent.key()), kind.consents.contains(&consent), consent_name(consent)))
                }
            }
        },
    }
}

fn tick(name: &str, id: &str, ticked: bool, label: &str) -> Markup {
    html! {
        label.check for=(id) {
            input type="checkbox" id=(id) name=(name) value="yes" checked[ticked];
            " " span { (label) }
        }
    }
}

fn consent_name(consent: Consent) -> &'static str {
    match consent {
        Consent::Join => "I want to join the discussion",
        Consent::Contact => "You may write to me about it",
        Consent::Quote => "You may quote me without my name",
        Consent::QuoteNamed => "You may quote me with my name",
        Consent::Group => "My group may see my answers",
    }
}

/// The form as readers will see it, with what stands in the way of publishing.
pub(super) fn preview(
    organizer: &Organizer,
    steps: &Steps,
    questionnaire: &Questionnaire,
    form: Markup,
    obstacles: &[String],
) -> Markup {
    layout::desk(
        organizer,
        "Preview",
        Some(steps),
        html! {
            h1 { "Preview" }
            @if obstacles.is_empty() {
                p { "This is what readers will see. Nothing that you type here is kept." }
            } @else {
                (obstacles_list(obstacles))
            }
            .actions {
                @if questionnaire.status != Status::Open && obstacles.is_empty() {
                    form method="post" action=(href::desk(&questionnaire.slug, "publish")) {
                        button.primary { "Publish it" }
                    }
                }
                a.quiet.button href=(href::desk(&questionnaire.slug, "questionnaire")) { "Back to the questions" }
            }
            .preview lang=(questionnaire.language) { (form) }
        },
    )
}
