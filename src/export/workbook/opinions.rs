//! Votes on statements, and the groups of those who voted alike.

use rust_xlsxwriter::{Chart, ChartType, Workbook};

use super::{Sheet, Style, count, failed};
use crate::analysis::opinions::{Interval, Verdict, letter};
use crate::insight::Insight;
use crate::insight::opinion::Opinion;

/// How everybody voted, and each group.
pub(super) fn statements(
    book: &mut Workbook,
    style: &Style,
    insight: &Insight,
    opinion: &Opinion,
) -> anyhow::Result<()> {
    let mut sheet = Sheet::add(book, "Statements", style)?;
    let groups = opinion.result.groups();
    let mut heads: Vec<String> = [
        "Statement",
        "Agree",
        "Disagree",
        "Pass",
        "Not seen",
        "Share that agrees",
        "at least (95 %)",
        "at most (95 %)",
        "Key",
    ]
    .map(str::to_owned)
    .to_vec();
    for at in 0..groups.len() {
        heads.push(format!("Group {}: share that agrees", letter(at)));
        heads.push(format!("Group {}: voted", letter(at)));
    }
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    sheet.heads(&heads, &[60.0, 9.0, 9.0, 9.0, 9.0, 12.0, 12.0, 12.0, 10.0])?;
    for (at, (voted, counted)) in
        opinion.statements.iter().zip(&opinion.result.statements).enumerate()
    {
        sheet.text(0, &voted.text)?;
        for (column, number) in
            (1..).zip([counted.agree, counted.disagree, counted.pass, counted.unseen])
        {
            sheet.number(column, f64::from(number))?;
        }
        if let Some(Interval { share, low, high, .. }) = counted.agreed {
            for (column, share) in (5..).zip([share, low, high]) {
                sheet.share(column, share)?;
            }
        }
        let key = insight.material.questions.iter().find(|asked| asked.id == voted.question);
        let key = key.map(|asked| asked.key.as_str()).unwrap_or_default();
        sheet.text(8, &format!("{key}.{}", voted.key))?;
        for (column, group) in (9..).step_by(2).zip(groups) {
            if let Some(agreed) = group.agreed.get(at).copied().flatten() {
                sheet.share(column, agreed.share)?;
                sheet.number(column + 1, f64::from(agreed.n))?;
            }
        }
        sheet.next();
    }
    let last = sheet.row - 1;
    if last > 0 {
        let mut chart = Chart::new(ChartType::BarPercentStacked);
        for (column, name) in [(1, "Agree"), (2, "Disagree"), (3, "Pass")] {
            chart
                .add_series()
                .set_name(name)
                .set_categories(("Statements", 1, 0, last, 0))
                .set_values(("Statements", 1, column, last, column));
        }
        chart.title().set_hidden();
        chart.x_axis().set_reverse();
        chart.set_width(900).set_height(160 + 28 * last.min(60));
        sheet.page.insert_chart(last + 2, 0, &chart).map_err(failed)?;
    }
    Ok(())
}

/// The verdict, and what sets each group apart.
pub(super) fn groups(book: &mut Workbook, style: &Style, opinion: &Opinion) -> anyhow::Result<()> {
    let mut sheet = Sheet::add(book, "Groups", style)?;
    let heads = [
        "Group",
        "People",
        "Statement that sets it apart",
        "They",
        "Share in the group",
        "Share elsewhere",
    ];
    sheet.heads(&heads, &[12.0, 10.0, 60.0, 12.0, 14.0, 14.0])?;
    let groups = match &opinion.result.verdict {
        Verdict::Groups { groups, .. } => groups,
        Verdict::NoGroups { .. } => {
            sheet.text(2, "No groups: people differ, but not in camps.")?;
            return Ok(());
        }
        Verdict::TooFew { placed, needed } => {
            let why = format!(
                "Too few: {placed} people voted on enough statements; {needed} are needed."
            );
            sheet.text(2, &why)?;
            return Ok(());
        }
    };
    for (at, group) in groups.iter().enumerate() {
        sheet.text(0, &letter(at))?;
        sheet.number(1, count(group.members.len()))?;
        if group.representative.is_empty() {
            sheet.text(2, "(no statement sets it apart beyond chance)")?;
            sheet.next();
        }
        for one in &group.representative {
            let text =
                opinion.statements.get(one.statement).map_or("", |voted| voted.text.as_str());
            sheet.text(0, &letter(at))?;
            sheet.number(1, count(group.members.len()))?;
            sheet.text(2, text)?;
            sheet.text(3, if one.agree { "agree" } else { "disagree" })?;
            sheet.share(4, one.inside.share)?;
            sheet.share(5, one.outside.share)?;
            sheet.next();
        }
    }
    Ok(())
}
