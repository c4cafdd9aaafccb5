//! How the discussion looks at the desk.

use maud::{Markup, html};

use super::look::Look;
use super::setup::{self, joining};
use super::{cards, progress, score};
use crate::href;
use crate::insight::brief::people;
use crate::store::discussions::search::Search;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Questionnaire;
use crate::web::ui::layout::{self, Steps};

/// What the page shows.
pub(super) struct Content<'a> {
    pub questionnaire: &'a Questionnaire,
    /// The plan, if there is one.
    pub look: Option<&'a Look<'a>>,
    /// The form, where there is no plan.
    pub form: Option<setup::Form<'a>>,
    pub search: Option<&'a Search>,
    pub runs: bool,
    /// How many take part, or would.
    pub count: usize,
    /// How many could be asked when they can come.
    pub silent: usize,
    /// Whether a group is still to meet.
    pub ahead: bool,
}

/// The page: how the discussion is held, then the groups.
pub(super) fn page(organizer: &Organizer, steps: &Steps, content: &Content<'_>) -> Markup {
    let heading = match content.look.map(|look| look.whole.groups.len()) {
        None => "Groups".to_owned(),
        Some(1) => "One group".to_owned(),
        Some(count) => format!("{count} groups"),
    };
    layout::desk_for(
        // Without a script the page looks again by itself how far the search is.
        content.runs.then_some(3),
        organizer,
        "Discussion",
        Some(steps),
        html! {
            h1 { (heading) }
            (progress::failed(content.search, content.runs))
            @if content.runs { @if let Some(search) = content.search {
                (progress::bar(content.questionnaire, search))
            } }
            @if let Some(look) = content.look {
                (plan(content, look))
            } @else if let Some(form) = &content.form {
                (before(content, form))
            } @else if !content.runs {
                .empty { p { "No groups have been made yet." } }
            }
        },
    )
}

/// What there is before groups were made.
fn before(content: &Content<'_>, form: &setup::Form<'_>) -> Markup {
    let q = content.questionnaire;
    html! {
        @if content.count == 0 {
            .empty {
                p { "Nobody has ticked “I want to join the discussion” yet." }
                a.button.primary href=(href::desk(&q.slug, "invitations")) { "Invite readers" }
                @if form.whole.is_some() { " " a href=(href::desk(&q.slug, "discussion/people")) { "Add people by hand" } }
            }
        } @else {
            p {
                (joining(content.count)) " "
                "Groups are made so that everybody can come, and views are mixed; each seat says why. "
                @if form.whole.is_some() { a href=(href::desk(&q.slug, "discussion/people")) { "Participants" } "." }
            }
            @if content.silent > 0 {
                p.notice {
                    (people(content.silent)) @if content.silent == 1 { " has" } @else { " have" }
                    " not said when they can come. Add times below and save them, then ask by mail on the page of participants; or count them as able to come at any time."
                }
            }
        }
        (setup::form(form))
    }
}

fn plan(content: &Content<'_>, look: &Look<'_>) -> Markup {
    let q = content.questionnaire;
    let broken = look.broken();
    let seated = look.whole.seats.iter().filter(|seat| seat.round == 0 && seat.group_id.is_some());
    html! {
        (summary(q, look, seated.count()))
        @if !broken.is_empty() {
            .problems id="broken" {
                h2 { "This plan breaks " @if broken.len() == 1 { "a rule" } @else { (broken.len()) " rules" } }
                ul { @for line in &broken { li { (line) } } }
                p.small { "You may leave it so. Undo takes your last change back; “Mend” finds a plan that keeps all rules and your locked seats." }
            }
        }
        (last(q, look))
        (rounds(q, look))
        (score::table(look))
        @if content.ahead { (score::helps(look)) }
        (cards::groups(q, look))
        (then(content, look))
    }
}

fn summary(q: &Questionnaire, look: &Look<'_>, seated: usize) -> Markup {
    let told = look.whole.discussion.invited_at;
    html! {
        p {
            "Seats: " (look.judged.score.placed) " of " (people(look.judged.score.people)) ". "
            a href=(href::desk(&q.slug, "discussion/people")) { "Participants" } " · "
            a href=(href::desk(&q.slug, "discussion/setup")) { "How it is held" }
        }
        .actions {
            @if told.is_none() && seated > 0 {
                form method="post" action=(href::desk(&q.slug, "discussion/invite")) {
                    button.primary { "Send " (seated) @if seated == 1 { " appointment" } @else { " appointments" } }
                }
            }
            @if !look.whole.groups.is_empty() {
                a.button.quiet href={ (href::desk(&q.slug, "discussion")) "/all/guide" } { "All guides, to print" }
            }
        }
        @if told.is_some() {
            .notice { p { "Everybody with a seat and an address was written to. If you move somebody, they get a new appointment at once, and the old one is called off." } }
        }
    }
}

/// The last change, with what it cost and broke, and the ways back and forth.
fn last(q: &Questionnaire, look: &Look<'_>) -> Markup {
    let did = look.did();
    html! {
        @if did.is_some() || look.redo {
            section.last-change id="last" {
                @if let Some((what, broke)) = &did {
                    p role="status" { (what) }
                    @if !broke.is_empty() {
                        p.broke { strong { "It breaks: " } (broke.join(" ")) }
                    }
                }
                form.actions.near method="post" action=(href::desk(&q.slug, "discussion/change")) {
                    input type="hidden" name="round" value=(look.round);
                    @if did.is_some() { button.small name="what" value="undo" { "Undo" } }
                    @if look.redo { button.small.quiet name="what" value="redo" { "Redo" } }
                }
            }
        }
    }
}

fn rounds(q: &Questionnaire, look: &Look<'_>) -> Markup {
    let rounds = look.whole.discussion.rounds;
    let page = href::desk(&q.slug, "discussion");
    html! {
        @if rounds > 1 {
            nav.pages aria-label="Rounds" {
                @for round in 0..rounds {
                    @let address = if round == 0 { page.clone() } else { format!("{page}?round={}", round + 1) };
                    a href=(address) aria-current=[(round == look.round).then_some("page")] { "Round " (round + 1) }
                }
            }
        }
    }
}

/// What can be done with the plan as a whole.
fn then(content: &Content<'_>, look: &Look<'_>) -> Markup {
    let q = content.questionnaire;
    let told = look.whole.discussion.invited_at.is_some();
    let locked = look.whole.seats.iter().filter(|seat| seat.locked).count();
    let address = href::desk(&q.slug, "discussion/groups");
    html! {
        @if !content.runs {
            section.no-print {
                h2 { "Plan again" }
                p {
                    "Mend it: whoever has left goes, whoever is new gets a seat, and as few people as possible sit elsewhere. "
                    @match locked {
                        0 => "Lock seats that must stay.",
                        1 => "1 seat is locked, and stays.",
                        many => { (many) " seats are locked, and stay." }
                    }
                }
                form.actions method="post" action=(address) {
                    button name="manner" value="mend" { "Mend the plan" }
                    @if !told {
                        button.quiet name="manner" value="anew" { "Make the groups anew" }
                        button.quiet name="manner" value="again" { "Deal once more" }
                    }
                }
                @if told { p.small.quiet { "Whoever is moved is told by mail. Groups are not made anew once people were told." } }
            }
        }
    }
}

/// A page about one seat, or about how the discussion is held.
pub(super) fn inner(organizer: &Organizer, steps: &Steps, title: &str, body: Markup) -> Markup {
    layout::desk(organizer, title, Some(steps), body)
}

/// The page on which the discussion is set up, once there are groups.
pub(super) fn setting_up(organizer: &Organizer, steps: &Steps, form: &setup::Form<'_>) -> Markup {
    let body = html! {
        h1 { "How the discussion is held" }
        @if form.whole.is_some_and(|whole| !whole.groups.is_empty()) {
            p { "What you change here counts from the next plan on: the groups stay as they are until you mend them or make them anew." }
        }
        (setup::form(form))
    };
    layout::desk(organizer, "How the discussion is held", Some(steps), body)
}
