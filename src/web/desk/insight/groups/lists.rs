//! What sets each group apart, where everybody meets, where people part, what they pass on.

use maud::{Markup, html};

use super::{Shown, name};
use crate::analysis::opinions::{Group, Interval, Representative, StatementCount, letter};
use crate::href;
use crate::insight::brief::{people, percent};
use crate::web::ui::chart::width;
use crate::web::ui::map;

/// So many of a list are shown; the others are folded.
const OPEN: usize = 5;

/// `62 % of 45 agree (47 to 75)`
fn share(interval: Option<Interval>, verb: &str) -> String {
    let Some(i) = interval else { return format!("nobody voted, so nobody can {verb}") };
    format!(
        "{} of {} {verb} ({:.0} to {:.0})",
        percent(i.share),
        i.n,
        i.low * 100.0,
        i.high * 100.0
    )
}

/// `Of 45: 62 % agree (47 to 75), 20 % disagree (11 to 34)`
fn both(agreed: Option<Interval>, disagreed: Option<Interval>) -> String {
    let (Some(agreed), Some(disagreed)) = (agreed, disagreed) else { return String::new() };
    let of = |i: Interval, verb: &str| {
        format!("{} {verb} ({:.0} to {:.0})", percent(i.share), i.low * 100.0, i.high * 100.0)
    };
    format!("Of {}: {}, {}", agreed.n, of(agreed, "agree"), of(disagreed, "disagree"))
}

fn side(agree: bool) -> &'static str {
    if agree { "agree" } else { "disagree" }
}

fn text<'a>(shown: &Shown<'a>, statement: usize) -> &'a str {
    shown.opinion.statements.get(statement).map_or("", |statement| &statement.text)
}

/// The first of a list open, the others folded.
fn list(items: &[Markup]) -> Markup {
    let (open, folded) = items.split_at(items.len().min(OPEN));
    html! {
        ul.held { @for item in open { li { (item) } } }
        @if !folded.is_empty() {
            details {
                summary { (folded.len()) " more" }
                ul.held { @for item in folded { li { (item) } } }
            }
        }
    }
}

/// One group: what it says and others do not, and who is in it.
pub(super) fn described(shown: &Shown<'_>, at: usize, group: &Group) -> Markup {
    let items: Vec<Markup> = group.representative.iter().map(|view| held(shown, view)).collect();
    html! {
        h3.camp { (map::shape(at)) (name(at)) ", " (people(group.members.len())) }
        @if items.is_empty() {
            p { "No statement sets this group apart clearly." }
        } @else {
            p.small.quiet { "What it says, and says more than the others:" }
            (list(&items))
        }
        details {
            summary { "Who" }
            ul.names {
                @for id in group.members.iter().filter_map(|row| shown.opinion.votes.people.get(*row)) {
                    li { a href=(href::response(&shown.of.slug, *id)) { (crate::web::desk::responses::who(shown.material, *id)) } }
                }
            }
        }
    }
}

fn held(shown: &Shown<'_>, view: &Representative) -> Markup {
    let verb = side(view.agree);
    html! {
        p dir="auto" { (text(shown, view.statement)) }
        p.small.quiet {
            strong { (share(Some(view.inside), verb)) }
            @if view.outside.n > 0 { "; elsewhere " (percent(view.outside.share)) " of " (view.outside.n) "." }
            @else { "; nobody else voted." }
        }
    }
}

/// The lists over everybody.
pub(super) fn all(shown: &Shown<'_>) -> Markup {
    let result = shown.result;
    let grouped = !shown.groups.is_empty();
    let count = |at: usize| result.statements.get(at);
    let agreed: Vec<Markup> = result
        .consensus
        .iter()
        .filter_map(|(at, agree)| Some(said(shown, *at, *agree, count(*at)?)))
        .collect();
    let common: Vec<Markup> = result
        .common_ground
        .iter()
        .filter_map(|at| Some(shared(shown, *at, count(*at)?)))
        .collect();
    let apart: Vec<Markup> =
        result.divisive.iter().filter_map(|at| Some(parted(shown, *at, count(*at)?))).collect();
    let unsure: Vec<Markup> =
        result.unsure.iter().filter_map(|at| Some(passed(shown, *at, count(*at)?))).collect();
    html! {
        @if grouped {
            h3 { "Common ground" }
            @if common.is_empty() {
                p { "There is no statement on which every group has a majority on the same side." }
            } @else {
                p.small.quiet {
                    "Every group has a majority on the same side. They are in the order of the geometric mean of the groups’ shares, each counted with one vote more on either side: it is high only where no group stands aside, and a small group counts as much as a large one."
                }
                (list(&common))
            }
        }
        h3 { "What everybody together says" }
        @if agreed.is_empty() {
            p { "There is no statement that probably more than half agree or disagree with." }
        } @else {
            p.small.quiet {
                "Probably more than half" @if grouped { ", whatever the groups" } "; the clearest come first."
            }
            (list(&agreed))
        }
        h3 { "Where people part" }
        @if apart.is_empty() {
            p {
                @if grouped { "On no statement are two groups surely apart." }
                @else { "There is no statement with surely a fifth on either side." }
            }
        } @else {
            p.small.quiet {
                @if grouped { "The intervals of at least two groups do not touch; the widest gap comes first." }
                @else { "Surely a fifth stand on either side; the most even come first." }
            }
            ul.key { li.agree { "Agree" } li.pass { "Pass" } li.disagree { "Disagree" } }
            (list(&apart))
        }
        @if !unsure.is_empty() {
            h3 { "Where many pass" }
            p.small.quiet { "At least a fifth have seen the statement and taken no side. It may be unclear, or need facts." }
            (list(&unsure))
        }
        p.small.quiet { "The numbers in brackets are 95 % intervals (Wilson): with other readers like these, the share would most likely lie there. Shares are of those who voted, passes included." }
    }
}

fn said(shown: &Shown<'_>, at: usize, agree: bool, count: &StatementCount) -> Markup {
    let of = if agree { count.agreed } else { count.disagreed };
    html! {
        p dir="auto" { (text(shown, at)) }
        p.small.quiet { strong { (share(of, side(agree))) } "." }
    }
}

fn shared(shown: &Shown<'_>, at: usize, count: &StatementCount) -> Markup {
    let across = count.across;
    let agree = across.is_none_or(|across| across.agree_mean >= across.disagree_mean);
    let mean = across.map(|a| if agree { a.agree_mean } else { a.disagree_mean });
    html! {
        p dir="auto" { (text(shown, at)) }
        p.small.quiet {
            strong { "All groups " (side(agree)) }
            ": "
            @for (g, group) in shown.groups.iter().enumerate() {
                @let shares = if agree { &group.agreed } else { &group.disagreed };
                @if let Some(of) = shares.get(at).copied().flatten() {
                    (letter(g)) " " (percent(of.share)) " of " (of.n) ", "
                }
            }
            @if let Some(mean) = mean { "mean over the groups " (percent(mean)) "." }
        }
    }
}

fn parted(shown: &Shown<'_>, at: usize, count: &StatementCount) -> Markup {
    html! {
        p dir="auto" { (text(shown, at)) }
        @if shown.groups.is_empty() {
            (bar(count.agreed, count.disagreed))
            p.small.quiet { (both(count.agreed, count.disagreed)) "." }
        } @else {
            .camps {
                @for (g, group) in shown.groups.iter().enumerate() {
                    @let of = |shares: &[Option<Interval>]| shares.get(at).copied().flatten();
                    @let (agreed, disagreed) = (of(&group.agreed), of(&group.disagreed));
                    span.camp { (map::shape(g)) span.vh { "Group " } (letter(g)) }
                    div {
                        @if agreed.is_some() { (bar(agreed, disagreed)) }
                        span.small.quiet {
                            @if agreed.is_some() { (both(agreed, disagreed)) }
                            @else { "Nobody of it voted." }
                        }
                    }
                }
            }
        }
    }
}

fn passed(shown: &Shown<'_>, at: usize, count: &StatementCount) -> Markup {
    html! {
        p dir="auto" { (text(shown, at)) }
        p.small.quiet { strong { (share(count.passed, "pass")) } "." }
    }
}

/// Agree, pass and disagree side by side; the numbers stand beside it.
fn bar(agreed: Option<Interval>, disagreed: Option<Interval>) -> Markup {
    let (Some(agreed), Some(disagreed)) = (agreed, disagreed) else { return html! {} };
    let passed = (1.0 - agreed.share - disagreed.share).max(0.0);
    html! {
        .stacked.thin aria-hidden="true" {
            @for (class, part) in [("agree", agreed.share), ("pass", passed), ("disagree", disagreed.share)] {
                @if part > 0.0 { span class={ (class) " " (width(part)) } {} }
            }
        }
    }
}
