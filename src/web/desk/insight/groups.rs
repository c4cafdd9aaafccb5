//! The map and the opinion groups, or an honest "none", and what the statements' votes say.

use maud::{Markup, html};

use crate::analysis::opinions::{Group, Opinions, Verdict, letter};
use crate::href;
use crate::insight::Material;
use crate::insight::brief::{people, percent};
use crate::insight::opinion::Opinion;
use crate::store::questionnaires::Questionnaire;
use crate::web::ui::chart::drawing::{Frame, WIDE};
use crate::web::ui::map::{self, Plot};

pub mod files;
mod lists;
mod numbers;

/// What is shown, and for whom.
struct Shown<'a> {
    of: &'a Questionnaire,
    material: &'a Material,
    opinion: &'a Opinion,
    result: &'a Opinions,
    groups: &'a [Group],
}

/// Everything about groups; `query`: of the address, for the files.
pub(super) fn section(
    of: &Questionnaire,
    material: &Material,
    opinion: &Opinion,
    query: &str,
) -> Markup {
    let result = &opinion.result;
    let shown = Shown { of, material, opinion, result, groups: result.groups() };
    html! {
        section {
            h2 id="groups" { "Opinion groups" }
            @if opinion.votes.people.is_empty() {
                .empty { p { "Nobody has voted on a statement yet." } }
            } @else {
                (verdict(result))
                (picture(&shown, query))
                @for (at, group) in shown.groups.iter().enumerate() {
                    (lists::described(&shown, at, group))
                }
                (lists::all(&shown))
                (numbers::folded(&shown, query))
            }
        }
    }
}

/// `Group A`, …
fn name(at: usize) -> String {
    format!("Group {}", letter(at))
}

/// How many of the shuffles gave groups as clear: the share counts the real votes as one of them.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a share of a few hundred"
)]
fn as_clear(chance: f64, tried: usize) -> usize {
    let all = tried.saturating_add(1);
    ((chance * all as f64).round() as usize).saturating_sub(1).min(tried)
}

/// Whether there are groups, in words.
fn verdict(result: &Opinions) -> Markup {
    match &result.verdict {
        Verdict::TooFew { placed, needed } => html! {
            p {
                strong { "Too few to tell. " }
                (people(*placed)) " voted on enough statements to be placed; groups are looked for from " (needed) " on."
            }
        },
        Verdict::NoGroups { tried: 0, .. } => html! {
            p { strong { "No groups. " } "Those who voted stand so close together that they cannot be told apart." }
        },
        Verdict::NoGroups { chance, tried, .. } => html! {
            p {
                strong { "No groups: people differ, but not in camps. " }
                "The clearest groups one could draw here come about by accident as well: when every statement’s votes were dealt out anew, groups as clear as these appeared in "
                (as_clear(*chance, *tried)) " of " (tried) " tries."
            }
        },
        Verdict::Groups { groups, chance, tried, stability, .. } => {
            let as_clear = as_clear(*chance, *tried);
            html! {
                p {
                    strong { "There are " (groups.len()) " opinion groups. " }
                    "When every statement’s votes were dealt out anew, groups as clear as these appeared in "
                    @if as_clear == 0 { "none" } @else { (as_clear) }
                    " of " (tried) " tries: they are hardly an accident."
                }
                p { (steady(*stability)) }
            }
        }
    }
}

fn steady(stability: f64) -> String {
    let meaning = match stability {
        s if s >= 0.9 => "the groups are steady",
        s if s >= 0.75 => "some people stand between the groups",
        _ => "who is in which group is a rough guess",
    };
    let stay = percent(stability);
    format!(
        "With a tenth of the votes left out, {stay} of the people stay in their group: {meaning}."
    )
}

fn group_of(result: &Opinions, groups: &[Group]) -> Vec<Option<usize>> {
    let of = |row: &usize| groups.iter().position(|g| g.members.binary_search(row).is_ok());
    result.placed.iter().map(of).collect()
}

/// Who is on the map, and how to read it.
fn reading(shown: &Shown<'_>) -> Vec<String> {
    let (placed, voted) = (shown.result.placed.len(), shown.opinion.votes.people.len());
    let [first, second] = shown.result.explained;
    let mut lines = vec![format!(
        "Each mark is one person; near each other means voted alike. The lines cross at the \
         average view. Left and right, up and down have no names: they are the two directions in \
         which people differ most, and hold {} of all differences, so that who stands close may \
         still differ elsewhere.",
        percent(first + second)
    )];
    if placed < voted {
        let rest = voted - placed;
        let has = if rest == 1 { "has" } else { "have" };
        lines.push(format!(
            "{} of {voted} who voted are on it; {rest} {has} no place, mostly for too few votes. \
             Their votes count in the numbers of everybody.",
            people(placed)
        ));
    }
    lines
}

/// Whether a map shows anything: one person, or people who voted alike, are a single dot on it.
fn shows_apart(result: &Opinions) -> bool {
    result.placed.len() > 1 && result.explained.iter().sum::<f64>() > 0.0
}

fn picture(shown: &Shown<'_>, query: &str) -> Markup {
    if !shows_apart(shown.result) {
        return html! {};
    }
    let groups = shown.groups;
    let names: Vec<String> = (0..groups.len()).map(name).collect();
    let group_of = group_of(shown.result, groups);
    let plot = Plot { points: &shown.result.map, group_of: &group_of, names: &names };
    let file = href::with_query(&href::desk(&shown.of.slug, "insight/map.svg"), query);
    html! {
        .picture {
            figure {
                (plot.picture())
                @if !groups.is_empty() {
                    ul.legend {
                        @for (at, group) in groups.iter().enumerate() {
                            li { (map::shape(at)) " " (name(at)) ", " (people(group.members.len())) }
                        }
                    }
                }
                figcaption { @for line in reading(shown) { p { (line) } } }
            }
            p.files { a href=(file) download { "Picture (SVG)" span.vh { " of the opinion groups" } } }
        }
    }
}

/// The map as a file; nothing where it would show nothing.
fn drawn(shown: &Shown<'_>, which: &[String]) -> Option<String> {
    let groups = shown.groups;
    let names: Vec<String> = (0..groups.len()).map(name).collect();
    let group_of = group_of(shown.result, groups);
    let plot = Plot { points: &shown.result.map, group_of: &group_of, names: &names };
    let sizes = groups.iter().enumerate();
    let sizes: Vec<String> =
        sizes.map(|(at, group)| format!("{}: {}", name(at), people(group.members.len()))).collect();
    let said = match &shown.result.verdict {
        Verdict::Groups { .. } => sizes.join("; ") + ".",
        _ => "No groups were found.".to_owned(),
    };
    let notes: Vec<String> =
        std::iter::once(said).chain(reading(shown)).chain(which.iter().cloned()).collect();
    let frame = Frame { title: &shown.of.title, notes: &notes };
    shows_apart(shown.result).then(|| plot.drawing(WIDE).file(&frame))
}
