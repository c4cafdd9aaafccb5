//! What stands around the questions: what is kept of who answers, when it opens and closes, how
//! many may answer, thanks, the look, links and other sites.

use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::{Markup, html};

use super::kinds::ZONES;
use super::view::{problems as told, tabs};
use super::{look, mode, options, times, translation};
use crate::acts::choose_mode::{self, choose_mode};
use crate::acts::choose_options::{Chosen, choose_options};
use crate::domain::colour::Colour;
use crate::domain::kind::Kind;
use crate::domain::{Fields, Role};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::questionnaires::{self, Questionnaire};
use crate::web::desk::home::steps;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout::{self, Step};

/// What is offered to a form without a colour of its own: ours.
const OURS: &str = "#0a5a57";

/// `GET /desk/q/{slug}/settings`
pub async fn page(app: App, organizer: Organizer, slug: Path<String>) -> Result<Markup, AppError> {
    let (questionnaire, role) = organizer.with_role(&app, &slug).await?;
    let looks = !role.may(Role::Editor);
    show(&app, &organizer, &questionnaire, &Told { looks, ..Told::default() }).await
}

/// `POST /desk/q/{slug}/settings`
pub async fn save(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let mut problems = vec![];
    let mut chosen = read(&fields, &questionnaire, &mut problems);
    let before = Chosen::of(&questionnaire);
    let closing = chosen.wrong_closing(before.closes_at, app.clock.now());
    if let Some(why) = closing {
        problems.push(why.to_owned());
        (chosen.opens_at, chosen.closes_at) = (before.opens_at, before.closes_at);
    }
    let mut questionnaire = choose_options(&app, questionnaire, chosen).await?;
    let wanted = fields.get("mode").and_then(mode::read).unwrap_or(questionnaire.mode);
    match choose_mode(&app, questionnaire.clone(), wanted).await? {
        Ok(changed) => questionnaire = changed,
        Err(obstacles) => problems.extend(obstacles),
    }
    if !problems.is_empty() {
        let told = Told { problems: &problems, closing, typed: Some(&fields), looks: false };
        let page = show(&app, &organizer, &questionnaire, &told).await?;
        return Ok(reply::refused(page));
    }
    let next = href::desk(&questionnaire.slug, "settings");
    Ok(reply::see(next))
}

/// What was typed; what cannot be read is said in `problems`, and stays as it was.
fn read(fields: &Fields, questionnaire: &Questionnaire, problems: &mut Vec<String>) -> Chosen {
    let before = Chosen::of(questionnaire);
    let (hidden, embed) = options::read(fields, problems).unwrap_or((before.hidden, before.embed));
    let text = |name: &str| fields.get(name).unwrap_or_default().trim().to_owned();
    let zone = text("zone");
    let zone = if zone.parse::<chrono_tz::Tz>().is_ok() {
        zone
    } else {
        if !zone.is_empty() {
            problems.push(format!("“{zone}” is no time zone that we know, such as Europe/Berlin."));
        }
        before.zone.clone()
    };
    let mut moment = |name: &str, what: &str, before| {
        let typed = text(name);
        let read = times::read(&typed, &zone);
        if read.is_none() && !typed.is_empty() {
            problems.push(format!(
                "The {what} “{typed}” cannot be read. Write it as 2026-12-03 19:00."
            ));
            return before;
        }
        read
    };
    let opens_at = moment("opens_at", "opening time", before.opens_at);
    let closes_at = moment("closes_at", "closing time", before.closes_at);
    let most = match text("most") {
        typed if typed.is_empty() => None,
        typed => match typed.parse::<u32>() {
            Ok(most) if most > 0 => Some(most),
            _ => {
                problems.push(format!("“{typed}” is no number of responses."));
                before.most
            }
        },
    };
    let accent = match text("accent") {
        _ if !fields.has("own_accent", "yes") => None,
        typed if typed.parse::<Colour>().is_ok() => Some(typed),
        typed => {
            problems.push(format!("“{typed}” is no colour: write it as #0a5a57."));
            before.accent
        }
    };
    let (tag, _) = translation::other(&questionnaire.language);
    let thanks_in = [(tag.to_owned(), text("tr.thanks"))];
    let thanks_in = thanks_in.into_iter().filter(|(_, thanks)| !thanks.is_empty()).collect();
    let thanks = text("thanks");
    Chosen { hidden, embed, thanks, thanks_in, opens_at, closes_at, zone, most, accent }
}

/// What the settings show beside what is kept.
#[derive(Default)]
pub(super) struct Told<'a> {
    /// What could not be kept.
    pub problems: &'a [String],
    /// What is wrong with the closing time.
    pub closing: Option<&'static str>,
    /// What was typed, where something could not be kept.
    pub typed: Option<&'a Fields>,
    /// Whether they may only look.
    pub looks: bool,
}

pub(super) async fn show(
    app: &Service,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    &Told { problems, closing, typed, looks }: &Told<'_>,
) -> Result<Markup, AppError> {
    let steps = steps(app, questionnaire, Some(Step::Questionnaire)).await?;
    let asked = questionnaires::asked(app.store.read(), questionnaire.id).await?;
    let asks_times = asked.iter().any(|one| matches!(one.wording.kind, Kind::Availability(_)));
    let choice = choose_mode::choice(app.store.read(), questionnaire).await?;
    let public = app.link(&href::questionnaire(&questionnaire.slug));
    let chosen = Chosen::of(questionnaire);
    Ok(layout::desk(
        &organizer.0,
        "Settings",
        Some(&steps),
        html! {
            (tabs(questionnaire, "settings"))
            h1 { "Settings" }
            @if !problems.is_empty() { (told(problems)) }
            form.settings method="post" action=(href::desk(&questionnaire.slug, "settings")) {
                fieldset.stack disabled[looks] {
                    (mode::choice(questionnaire.mode, choice, asks_times))
                    (around(questionnaire, &chosen, closing, typed))
                    (colour(&chosen, typed))
                    (options::fields(questionnaire, &public, typed))
                    @if !looks { .actions { button.primary { "Save the settings" } } }
                }
            }
            @if !looks { (look::picture(questionnaire)) }
        },
    ))
}

/// Times, number, thanks.
fn around(
    questionnaire: &Questionnaire,
    chosen: &Chosen,
    closing: Option<&str>,
    typed: Option<&Fields>,
) -> Markup {
    let value = |name: &str, kept: String| match typed.and_then(|typed| typed.get(name)) {
        Some(typed) => typed.to_owned(),
        None => kept,
    };
    let (tag, name) = translation::other(&questionnaire.language);
    let thanks_in = chosen.thanks_in.get(tag).cloned().unwrap_or_default();
    let zone = if chosen.zone.is_empty() { "UTC" } else { &chosen.zone };
    html! {
        fieldset.field {
            legend { "When it takes answers" }
            p.help id="times-help" { "Leave them empty to publish and close by hand. Whoever opened the form before it closed has a day to finish." }
            .trio {
                .field {
                    label for="opens_at" { "Opens" }
                    input type="datetime-local" id="opens_at" name="opens_at" aria-describedby="times-help"
                        value=(value("opens_at", times::local(chosen.opens_at, zone)));
                }
                .field {
                    label for="closes_at" { "Closes" }
                    @if let Some(why) = closing { p.problem { (why) } }
                    input type="datetime-local" id="closes_at" name="closes_at" aria-describedby="times-help" aria-invalid=[closing.map(|_| "true")]
                        value=(value("closes_at", times::local(chosen.closes_at, zone)));
                }
                .field {
                    label for="zone" { "On the clock of" }
                    input.zone id="zone" name="zone" list="zones" value=(value("zone", zone.to_owned()));
                    datalist id="zones" { @for zone in ZONES { option value=(zone) {} } }
                }
            }
        }
        .field {
            label for="most" { "At most this many responses" }
            p.help id="most-help" { "Readers are told before they write; whoever has begun may finish. Empty: as many as come." }
            input.short id="most" name="most" inputmode="numeric" aria-describedby="most-help"
                value=(value("most", chosen.most.map(|most| most.to_string()).unwrap_or_default()));
        }
        .field {
            label for="thanks" { "What readers see once their answers have arrived" }
            p.help id="thanks-help" { "Above the receipt, in your words. Empty lines begin a paragraph." }
            textarea id="thanks" name="thanks" rows="3" lang=(questionnaire.language) aria-describedby="thanks-help" {
                "\n" (value("thanks", chosen.thanks.clone()))
            }
        }
        .field {
            label for="tr-thanks" { "The same in " (name) }
            textarea id="tr-thanks" name="tr.thanks" rows="3" lang=(tag) { "\n" (value("tr.thanks", thanks_in)) }
        }
    }
}

fn colour(chosen: &Chosen, typed: Option<&Fields>) -> Markup {
    let kept = chosen.accent.clone();
    let own = typed.map_or(kept.is_some(), |typed| typed.has("own_accent", "yes"));
    let value = kept.unwrap_or_else(|| OURS.to_owned());
    let made = value
        .parse::<Colour>()
        .ok()
        .map(|colour| (colour.on_light().accent, colour.on_dark().accent));
    html! {
        fieldset.field {
            legend { "Colour" }
            p.help id="accent-help" {
                "For links and buttons of your form. We darken or lighten it until everybody can read it."
                @if let Some((light, dark)) = made.filter(|_| own) {
                    " Now: " code { (light) } " on light paper, " code { (dark) } " on dark paper."
                }
            }
            .trio {
                label.check for="own_accent" {
                    input type="checkbox" id="own_accent" name="own_accent" value="yes" checked[own];
                    " " span { "A colour of our own" }
                }
                input.colour type="color" id="accent" name="accent" aria-label="The colour" aria-describedby="accent-help" value=(value);
            }
        }
    }
}
