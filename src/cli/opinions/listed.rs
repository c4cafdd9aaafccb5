//! The same for reading on a terminal.

use std::fmt::Write as _;

use super::Found;
use crate::analysis::opinions::{Group, Interval, StatementCount, Verdict, letter};
use crate::polis::shown;

/// Lines of a list that are printed; `--json` has all.
const LINES: usize = 8;
/// Characters of a statement that are printed.
const WIDTH: usize = 100;

/// Everything that was found, in words. Writing to a string does not fail.
pub(super) fn listed(found: &Found) -> String {
    let (result, matrix) = (&found.result, &found.matrix);
    let cast = |s: &StatementCount| u64::from(s.agree) + u64::from(s.disagree) + u64::from(s.pass);
    let votes: u64 = result.statements.iter().map(cast).sum();
    let mut text = String::new();
    _ = writeln!(
        text,
        "{}, {}, {}.",
        counted(matrix.people.len(), "person", "people"),
        counted(matrix.statements.len(), "statement", "statements"),
        counted(usize::try_from(votes).unwrap_or(usize::MAX), "vote", "votes"),
    );
    if !found.rejected.is_empty() {
        let out = counted(found.rejected.len(), "statement", "statements");
        _ = writeln!(text, "{out} moderated out and not counted.");
    }
    _ = writeln!(
        text,
        "{} voted on enough to be placed.",
        counted(result.placed.len(), "person", "people")
    );
    text.push('\n');
    verdict(&mut text, found);

    if let Verdict::Groups { groups, .. } = &result.verdict {
        for (at, group) in groups.iter().enumerate() {
            camp(&mut text, found, at, group);
        }
    }
    let count = |at: usize| result.statements.get(at);
    let agreement = |at: usize| {
        let Some(count) = count(at) else { return String::new() };
        format!("{} agree, {} disagree", share(count.agreed), share(count.disagreed))
    };
    let everybody = if matches!(result.verdict, Verdict::Groups { .. }) {
        "every group says"
    } else {
        "a majority says"
    };
    list(
        &mut text,
        found,
        &format!("Common ground: what {everybody}"),
        &result.common_ground,
        agreement,
    );
    let consensus: Vec<usize> = result.consensus.iter().map(|(at, _)| *at).collect();
    list(&mut text, found, "Consensus: what everybody together says", &consensus, agreement);
    list(&mut text, found, "Divisive: where people are furthest apart", &result.divisive, |at| {
        match &result.verdict {
            Verdict::Groups { groups, .. } => by_group(groups, at),
            _ => agreement(at),
        }
    });
    list(&mut text, found, "Unsure: where many pass", &result.unsure, |at| {
        let passed = count(at).and_then(|count| count.passed);
        format!("{} pass", share(passed))
    });
    text
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// `62 % (49 to 73) of 45`
fn share(interval: Option<Interval>) -> String {
    let Some(i) = interval else { return "nobody voted".to_owned() };
    let (low, high) = (i.low * 100.0, i.high * 100.0);
    format!("{} ({low:.0} to {high:.0}) of {}", percent(i.share), i.n)
}

fn verdict(text: &mut String, found: &Found) {
    _ = match &found.result.verdict {
        Verdict::TooFew { needed, .. } => {
            writeln!(text, "Too few to look for groups: that begins with {needed} people.")
        }
        Verdict::NoGroups { tried: 0, .. } => {
            writeln!(text, "No groups: the votes cannot be split.")
        }
        Verdict::NoGroups { chance, tried, .. } => {
            let judged = found.settings.groups.map_or_else(
                || "No groups: people differ, but not in camps.".to_owned(),
                |k| format!("Not {k} groups: people do not fall into so many."),
            );
            let often = percent(*chance);
            writeln!(
                text,
                "{judged} Shuffled votes split as clearly in {often} of {tried} shuffles."
            )
        }
        Verdict::Groups { groups, chance, tried, stability, silhouette } => writeln!(
            text,
            "{} groups. Shuffled votes split as clearly in {} of {tried} shuffles (p = {chance:.3}); \
             {} of the people stay in their group when a tenth of the votes is left out; \
             silhouette {silhouette:.2}.",
            groups.len(),
            if *chance < 0.01 { "less than 1 %".to_owned() } else { percent(*chance) },
            percent(*stability),
        ),
    };
    if let Some((index, people)) = found.agreement() {
        _ = writeln!(
            text,
            "Agreement with the groups in the file, over {people} people: adjusted Rand index {index:.3}."
        );
    }
}

fn camp(text: &mut String, found: &Found, at: usize, group: &Group) {
    _ = writeln!(
        text,
        "\nGroup {}: {}",
        letter(at),
        counted(group.members.len(), "person", "people")
    );
    if group.representative.is_empty() {
        text.push_str("  No statement sets it apart clearly.\n");
    }
    for view in group.representative.iter().take(LINES) {
        let side = if view.agree { "agree" } else { "disagree" };
        _ = writeln!(text, "  {}", shown(found.text(view.statement), WIDTH));
        _ = writeln!(
            text,
            "      {} {side}; elsewhere {}",
            share(Some(view.inside)),
            share(Some(view.outside).filter(|i| i.n > 0))
        );
    }
    more(text, group.representative.len());
}

fn by_group(groups: &[Group], statement: usize) -> String {
    let agreed = groups.iter().enumerate().map(|(at, group)| {
        let share = group.agreed.get(statement).copied().flatten();
        let share = share.map_or_else(|| "–".to_owned(), |i| percent(i.share));
        format!("{} {share}", letter(at))
    });
    format!("agree: {}", agreed.collect::<Vec<_>>().join(", "))
}

fn list(
    text: &mut String,
    found: &Found,
    title: &str,
    statements: &[usize],
    said: impl Fn(usize) -> String,
) {
    if statements.is_empty() {
        return;
    }
    _ = writeln!(text, "\n{title}");
    for &at in statements.iter().take(LINES) {
        _ = writeln!(text, "  {}\n      {}", shown(found.text(at), WIDTH), said(at));
    }
    more(text, statements.len());
}

fn more(text: &mut String, all: usize) {
    if all > LINES {
        _ = writeln!(text, "  … and {} more", all - LINES);
    }
}
