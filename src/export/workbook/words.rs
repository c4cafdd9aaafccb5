//! The overview, and what was said in words: themes and quotes.

use rust_xlsxwriter::Workbook;

use super::{Given, LINES, Sheet, Style, count, fits};
use crate::domain::status::{Mode, Status};
use crate::export::cells::{Cell, moment};
use crate::insight::themes::OpenThemes;
use crate::insight::{Insight, timeline};

/// What the workbook is about, and what each sheet holds.
pub(super) fn overview(sheet: &mut Sheet<'_>, given: &Given<'_>) -> anyhow::Result<()> {
    let (of, insight) = (&given.form.questionnaire, given.insight);
    let examples = insight.material.voices.iter().filter(|v| v.response.example).count();
    sheet.heads(&["What", "Value"], &[34.0, 80.0])?;
    let mode = match of.mode {
        Mode::Identified => "identified",
        Mode::Confidential => {
            "confidential: names only where somebody agreed, days instead of times"
        }
        Mode::Anonymous => {
            "anonymous: no names but what people wrote themselves, days instead of times"
        }
    };
    let status = match of.status {
        Status::Draft => "draft",
        Status::Open => "open",
        Status::Closed => "closed",
    };
    let text = |text: &str| Cell::Text(text.to_owned().into());
    let number = |number: usize| Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX));
    let opened = usize::try_from(insight.reach.opened()).unwrap_or(usize::MAX);
    let late = usize::try_from(insight.late).unwrap_or(usize::MAX);
    let time = |at: Option<_>| at.map_or(Cell::Empty, |at| moment(Mode::Identified, at));
    for (what, value) in [
        ("Questionnaire", text(&of.title)),
        ("Language", text(&of.language)),
        ("Answers are", text(mode)),
        ("State", text(status)),
        ("Opened to readers (UTC)", time(of.published_at)),
        ("Closed (UTC)", time(of.closed_at)),
        ("Form opened, times", number(opened)),
        ("Responses that count", number(given.count)),
        ("of them made-up examples", number(examples)),
        ("Late, not counted", number(late)),
        ("Want to join the discussion", number(insight.material.joining().count())),
    ] {
        sheet.line([text(what), value])?;
    }
    if !fits(given.count) {
        let left_out = given.count.saturating_sub(usize::try_from(LINES - 1).unwrap_or(usize::MAX));
        let why =
            format!("{left_out} responses: Excel takes no more lines. responses.csv has them all.");
        sheet.line([text("Left out of the sheet “Responses”"), text(&why)])?;
    }
    sheet.next();
    for day in timeline::days(&insight.material) {
        let day_text = day.date.to_string();
        sheet.line([text(&format!("Responses on {day_text}")), number(day.count)])?;
    }
    Ok(())
}

fn prompt(insight: &Insight, open: &OpenThemes) -> String {
    let asked = insight.material.questions.iter().find(|asked| asked.id == open.question);
    asked.map(|asked| asked.wording.prompt.clone()).unwrap_or_default()
}

/// The themes of every open question.
pub(super) fn themes(book: &mut Workbook, style: &Style, insight: &Insight) -> anyhow::Result<()> {
    let mut sheet = Sheet::add(book, "Themes", style)?;
    let heads =
        ["Question", "Theme", "People", "Share of the answers", "Main theme of", "Telling words"];
    sheet.heads(&heads, &[40.0, 40.0, 10.0, 14.0, 14.0, 50.0])?;
    for open in insight.themes.iter() {
        let (prompt, all) = (prompt(insight, open), open.texts.len());
        let mut rest = |label: &str, people: usize| -> anyhow::Result<()> {
            sheet.text(0, &prompt)?;
            sheet.text(1, label)?;
            sheet.number(2, count(people))?;
            sheet.share(3, count(people) / count(all.max(1)))?;
            sheet.next();
            Ok(())
        };
        let mut mains = vec![];
        for theme in &open.found.themes {
            rest(&theme.label, theme.mentions.len())?;
            mains.push((theme.main.len(), theme.keywords.join(", ")));
        }
        rest("(not in any theme)", open.found.outside.len())?;
        rest("(says nothing: empty, “no idea”, “n/a”)", open.found.uninformative.len())?;
        let last = sheet.row;
        let first = last - u32::try_from(mains.len() + 2).unwrap_or(0);
        for (row, (main, words)) in (first..).zip(mains) {
            sheet.row = row;
            sheet.number(4, count(main))?;
            sheet.text(5, &words)?;
        }
        sheet.row = last;
    }
    Ok(())
}

/// The quotes of every theme, letter by letter.
pub(super) fn quotes(book: &mut Workbook, style: &Style, insight: &Insight) -> anyhow::Result<()> {
    let mut sheet = Sheet::add(book, "Quotes", style)?;
    let heads = ["Question", "Theme", "Quote", "May be quoted outside", "Response"];
    sheet.heads(&heads, &[40.0, 40.0, 80.0, 14.0, 36.0])?;
    for open in insight.themes.iter() {
        let prompt = prompt(insight, open);
        for theme in &open.found.themes {
            for passage in &theme.quotes {
                let Some((id, words)) = open.quote(passage) else { continue };
                sheet.text(0, &prompt)?;
                sheet.text(1, &theme.label)?;
                sheet.text(2, words)?;
                let may = if insight.material.is_quotable(id) { "yes" } else { "no" };
                sheet.text(3, may)?;
                sheet.text(4, &id.to_string())?;
                sheet.next();
            }
        }
    }
    Ok(())
}
