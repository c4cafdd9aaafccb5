//! Statements, the map and the opinion groups, or an honest "none".

use maud::{Markup, html};

use crate::analysis::opinions::{Group, Opinions, Representative, StatementCount, Verdict};
use crate::href;
use crate::insight::Material;
use crate::insight::brief::{people, percent, with_interval};
use crate::insight::opinion::{Opinion, Voted};
use crate::store::questionnaires::Questionnaire;
use crate::web::ui::chart::{opinion_map, width};

/// Everything about statements.
pub(super) fn section(
    questionnaire: &Questionnaire,
    material: &Material,
    opinion: &Opinion,
) -> Markup {
    let mut ordered: Vec<(&Voted, &StatementCount)> =
        opinion.statements.iter().zip(&opinion.result.statements).collect();
    ordered.sort_by(|a, b| b.1.divisive.total_cmp(&a.1.divisive));
    html! {
        section {
            h2 id="statements" { "Statements" }
            @if opinion.people.is_empty() {
                .empty { p { "Nobody has voted on a statement yet." } }
            } @else {
                p { (people(opinion.people.len())) " voted. The most divided statements come first." }
                ul.key { li.agree { "Agree" } li.pass { "Pass" } li.disagree { "Disagree" } }
                @for (statement, count) in ordered { (votes(statement, count)) }
            }
        }
        @if !opinion.people.is_empty() {
            section {
                h2 id="groups" { "Opinion groups" }
                (verdict(questionnaire, material, opinion))
            }
        }
    }
}

fn votes(statement: &Voted, count: &StatementCount) -> Markup {
    let voted = count.agree + count.disagree + count.pass;
    let part = |votes: u32| if voted == 0 { 0.0 } else { f64::from(votes) / f64::from(voted) };
    html! {
        h3 { (statement.text) }
        (stacked(part(count.agree), part(count.pass), part(count.disagree)))
        p.small.quiet {
            "Of " (people(usize::try_from(voted).unwrap_or(usize::MAX))) ", "
            (count.agree) " agree, " (count.pass) " pass, " (count.disagree) " disagree."
            @if let Some(agreed) = &count.agreed { " Agreement: " (with_interval(agreed)) "." }
        }
    }
}

/// The three shares side by side; a share of nothing is not drawn.
fn stacked(agree: f64, pass: f64, disagree: f64) -> Markup {
    html! {
        .stacked {
            @for (class, word, part) in [("agree", "Agree", agree), ("pass", "Pass", pass), ("disagree", "Disagree", disagree)] {
                @if part > 0.0 { span class={ (class) " " (width(part)) } { (word) " " (percent(part)) } }
            }
        }
    }
}

fn verdict(questionnaire: &Questionnaire, material: &Material, opinion: &Opinion) -> Markup {
    let result = &opinion.result;
    match &result.verdict {
        Verdict::TooFew { placed, needed } => html! {
            .empty { p { (people(*placed)) " voted on enough statements to be placed. Groups are looked for from " (needed) " on." } }
        },
        Verdict::NoGroups { chance, .. } => html! {
            p { "There are no opinion groups to see. Groups as clear as the clearest that can be drawn here come about by chance alone in " (percent(*chance)) " of shuffles: people differ, but not in camps." }
            (map(result, &[], &[]))
        },
        Verdict::Groups { groups, chance, stability, .. } => {
            let names = names(groups);
            html! {
                p {
                    "Those who voted form " (groups.len()) " groups. Chance alone would draw groups this clear in "
                    @if *chance < 0.01 { "less than 1 %" } @else { (percent(*chance)) }
                    " of shuffles; with some people left out, " (percent(*stability)) " stay in the same group."
                }
                (map(result, groups, &names))
                @for (name, group) in names.iter().zip(groups) {
                    (described(questionnaire, material, opinion, name, group))
                }
                @if !result.common_ground.is_empty() {
                    h3 { "Common ground" }
                    p { "What every group says by majority:" }
                    ul {
                        @for at in &result.common_ground {
                            @if let (Some(statement), Some(count)) = (opinion.statements.get(*at), result.statements.get(*at)) {
                                li { (statement.text) " " span.quiet { "(" (side(count)) ")" } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn side(count: &StatementCount) -> String {
    match (&count.agreed, &count.disagreed) {
        (Some(agreed), Some(disagreed)) if disagreed.share > agreed.share => {
            format!("{} disagree", percent(disagreed.share))
        }
        (Some(agreed), _) => format!("{} agree", percent(agreed.share)),
        _ => String::new(),
    }
}

/// `Group A, 24`, …
fn names(groups: &[Group]) -> Vec<String> {
    ('A'..).zip(groups).map(|(name, g)| format!("Group {name}, {}", g.members.len())).collect()
}

fn map(result: &Opinions, groups: &[Group], names: &[String]) -> Markup {
    let group_of: Vec<Option<usize>> = result
        .placed
        .iter()
        .map(|row| groups.iter().position(|group| group.members.contains(row)))
        .collect();
    html! {
        figure.chart {
            figcaption {
                "Near each other means voted alike. The two directions hold "
                (percent(result.explained[0] + result.explained[1])) " of the differences."
            }
            (opinion_map(result, &group_of, names))
            @if !groups.is_empty() {
                details {
                    summary { "As a table" }
                    table.data.plain {
                        tbody {
                            @for (name, group) in ('A'..).zip(groups) {
                                tr { th scope="row" { "Group " (name) } td.num { (group.members.len()) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn described(
    questionnaire: &Questionnaire,
    material: &Material,
    opinion: &Opinion,
    name: &str,
    group: &Group,
) -> Markup {
    html! {
        h3 { (name) }
        @if group.representative.is_empty() {
            p { "No statement sets this group apart clearly." }
        } @else {
            ul {
                @for view in &group.representative { (held(opinion, view)) }
            }
        }
        details {
            summary { "Who" }
            ul {
                @for id in group.members.iter().filter_map(|row| opinion.people.get(*row)) {
                    li { a href=(href::response(&questionnaire.slug, *id)) { (crate::web::desk::responses::who(material, *id)) } }
                }
            }
        }
    }
}

fn held(opinion: &Opinion, view: &Representative) -> Markup {
    let Some(statement) = opinion.statements.get(view.statement) else { return html! {} };
    let verb = if view.agree { "agrees" } else { "disagrees" };
    html! {
        li {
            (percent(view.inside.share)) " " (verb) ": “" (statement.text) "” "
            span.quiet { "(elsewhere " (percent(view.outside.share)) ")" }
        }
    }
}
