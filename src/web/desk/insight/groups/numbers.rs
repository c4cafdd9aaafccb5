//! Every statement with everybody's and each group's votes: as a table under the map, and as a
//! file.

use maud::{Markup, html};

use super::Shown;
use crate::analysis::opinions::{Group, Interval, letter};
use crate::href;
use crate::insight::brief::with_interval;
use crate::web::desk::insight::table::{Cell, Table};

/// The table on the page, folded.
pub(super) fn folded(shown: &Shown<'_>, query: &str) -> Markup {
    let file = href::with_query(&href::desk(&shown.of.slug, "insight/statements.csv"), query);
    let files = html! {
        p.files { a href=(file) download { "Numbers (CSV)" span.vh { " of the statements and groups" } } }
    };
    html! { .picture { (table(shown).folded("Statements and opinion groups", files)) } }
}

fn words(interval: Option<Interval>) -> Cell {
    interval.map_or(Cell::Empty, |i| Cell::Words(format!("{} of {}", with_interval(&i), i.n)))
}

fn of(shares: &[Option<Interval>], statement: usize) -> Option<Interval> {
    shares.get(statement).copied().flatten()
}

/// Shares with their intervals, for reading; the first row has the groups' sizes.
fn table(shown: &Shown<'_>) -> Table {
    let mut head = vec!["Statement".to_owned(), "All agree".to_owned(), "All disagree".to_owned()];
    for group in 0..shown.groups.len() {
        head.extend([format!("{} agrees", letter(group)), format!("{} disagrees", letter(group))]);
    }
    let mut rows = vec![];
    if !shown.groups.is_empty() {
        let mut sizes = vec![
            Cell::Words("People".to_owned()),
            Cell::Count(shown.opinion.votes.people.len()),
            Cell::Empty,
        ];
        for group in shown.groups {
            sizes.extend([Cell::Count(group.members.len()), Cell::Empty]);
        }
        rows.push(sizes);
    }
    for (at, (statement, count)) in
        shown.opinion.statements.iter().zip(&shown.result.statements).enumerate()
    {
        let mut row =
            vec![Cell::Words(statement.text.clone()), words(count.agreed), words(count.disagreed)];
        for group in shown.groups {
            row.extend([words(of(&group.agreed, at)), words(of(&group.disagreed, at))]);
        }
        rows.push(row);
    }
    Table { head, rows }
}

/// Counts, shares and intervals in cells of their own.
pub(super) fn whole(shown: &Shown<'_>) -> Table {
    let mut head: Vec<String> = ["Statement", "Question", "Key"].map(str::to_owned).into();
    let numbers = |who: &str| {
        ["agree", "disagree", "pass", "voted", "agree share", "agree from", "agree to"]
            .into_iter()
            .chain(["disagree share", "disagree from", "disagree to"])
            .map(move |what| format!("{who}: {what}"))
            .collect::<Vec<_>>()
    };
    head.extend(numbers("All"));
    for group in 0..shown.groups.len() {
        head.extend(numbers(&format!("Group {}", letter(group))));
    }
    for name in [
        "Gap",
        "Mean of groups: agree",
        "Mean of groups: disagree",
        "Common ground",
        "Consensus",
        "Divisive",
        "Unsure",
    ] {
        head.push(name.to_owned());
    }
    let rows = (0..shown.opinion.statements.len()).map(|at| row(shown, at)).collect();
    Table { head, rows }
}

fn row(shown: &Shown<'_>, at: usize) -> Vec<Cell> {
    let (Some(statement), Some(count)) =
        (shown.opinion.statements.get(at), shown.result.statements.get(at))
    else {
        return vec![];
    };
    let asked = shown.material.questions.iter().find(|asked| asked.id == statement.question);
    let word = |text: &str| Cell::Words(text.to_owned());
    let yes = |is: bool| if is { word("yes") } else { Cell::Empty };
    let mut row = vec![
        word(&statement.text),
        asked.map_or(Cell::Empty, |asked| word(&asked.key)),
        word(&statement.key),
    ];
    row.extend(counts(count.agreed, count.disagreed));
    for group in shown.groups {
        row.extend(cells(group, at));
    }
    let across = |of: fn(crate::analysis::opinions::GroupConsensus) -> f64| {
        count.across.map_or(Cell::Empty, |across| Cell::Share(of(across)))
    };
    let consensus = shown.result.consensus.iter().find(|(of, _)| *of == at);
    row.extend([
        Cell::Share(count.divisive),
        across(|a| a.agree_mean),
        across(|a| a.disagree_mean),
        yes(shown.result.common_ground.contains(&at)),
        consensus.map_or(Cell::Empty, |(_, agree)| word(if *agree { "agree" } else { "disagree" })),
        yes(shown.result.divisive.contains(&at)),
        yes(count.unsure),
    ]);
    row
}

fn cells(group: &Group, at: usize) -> [Cell; 10] {
    counts(of(&group.agreed, at), of(&group.disagreed, at))
}

fn counts(agreed: Option<Interval>, disagreed: Option<Interval>) -> [Cell; 10] {
    let (Some(yes), Some(no)) = (agreed, disagreed) else {
        let mut none = [const { Cell::Empty }; 10];
        for cell in none.iter_mut().take(4) {
            *cell = Cell::Count(0);
        }
        return none;
    };
    let people = |n: u32| Cell::Count(usize::try_from(n).unwrap_or(usize::MAX));
    let passed = yes.n.saturating_sub(yes.part).saturating_sub(no.part);
    [
        people(yes.part),
        people(no.part),
        people(passed),
        people(yes.n),
        Cell::Share(yes.share),
        Cell::Share(yes.low),
        Cell::Share(yes.high),
        Cell::Share(no.share),
        Cell::Share(no.low),
        Cell::Share(no.high),
    ]
}
