//! PDFs as Poppler sees them: nothing that somebody wrote leaves the paper or lies on other words.

use std::process::Command;

use colloquy::pdf::{Paper, Template, set};
use serde_json::{Value, json};

/// Longer than any line.
const LONG: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
/// Twenty millimetres in points, about the smallest margin of both templates.
const MARGIN: f64 = 50.0;

/// A word with its box: left, top, right, bottom, in points.
type Word = ([f64; 4], String);

/// How wide a page is, and the words of each.
fn pages(pdf: &[u8]) -> (f64, Vec<Vec<Word>>) {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("a.pdf"), folder.path().join("a.html"));
    std::fs::write(&file, pdf).unwrap();
    let read = Command::new("pdftotext").arg("-bbox").args([&file, &out]).output();
    assert!(read.expect("pdftotext is there: tests/run installs it").status.success());
    let text = std::fs::read_to_string(&out).unwrap();
    let number = |line: &str, name: &str| -> f64 {
        let value = line.split(&format!("{name}=\"")).nth(1).unwrap();
        value.split('"').next().unwrap().parse().unwrap()
    };
    let (mut wide, mut pages) = (0.0, vec![]);
    for line in text.lines().map(str::trim) {
        if line.starts_with("<page") {
            wide = number(line, "width");
            pages.push(vec![]);
        } else if line.starts_with("<word") {
            let sides = ["xMin", "yMin", "xMax", "yMax"].map(|name| number(line, name));
            let words = line.split_once('>').unwrap().1.trim_end_matches("</word>");
            pages.last_mut().unwrap().push((sides, words.to_owned()));
        }
    }
    (wide, pages)
}

async fn stays_on_paper(template: Template, sheet: &Value, times: usize) {
    for paper in [Paper::A4, Paper::Letter] {
        let (wide, pages) = pages(&set(template, sheet, paper).await.unwrap());
        // The rest of a word in a cell may be read after the cell beside it.
        let all: String = pages.iter().flatten().map(|(_, words)| words.as_str()).collect();
        let many = |text: &str, letter| text.chars().filter(|c| *c == letter).count();
        assert_eq!(all.matches(LONG.trim_end_matches('x')).count(), times, "{all}");
        assert_eq!(many(&all, 'x'), times * many(LONG, 'x'), "no letter is lost: {all}");
        for words in &pages {
            for (sides, word) in words {
                assert!(sides[0] > MARGIN - 1.0 && sides[2] < wide - MARGIN + 1.0, "{word}");
            }
            for (at, (a, one)) in words.iter().enumerate() {
                for (b, other) in words.iter().skip(at + 1) {
                    let across = a[2].min(b[2]) - a[0].max(b[0]);
                    let down = a[3].min(b[3]) - a[1].max(b[1]);
                    assert!(across < 1.0 || down < 5.0, "{one:?} and {other:?} lie on each other");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_long_word_in_a_brief_stays_in_its_place() {
    let quote = json!({"text": LONG, "by": "Ada", "gone": false});
    let none: [Value; 0] = [];
    let table = json!({"head": ["Option", "People", "Share"], "rows": [[LONG, "12", "8 % (5 to 12)"], ["Short", "3", "1 %"]]});
    let said = format!("Somebody wrote {LONG} and nothing else.");
    let items = json!([
        {"text": said, "mark": "", "table": table, "quotes": [quote]},
        {"text": "Then.", "mark": "", "table": null, "quotes": none},
    ]);
    for language in ["en", "zh"] {
        let sheet = json!({
            "language": language, "kicker": "Brief", "title": "A title", "changes_title": "Changes",
            "sections": [{"title": "What they said", "items": items}],
            "signed": "", "notes": none, "changes": none, "address": "",
        });
        stays_on_paper(Template::Brief, &sheet, 3).await;
    }
}

#[tokio::test]
async fn a_long_word_in_a_guide_stays_in_its_place() {
    let part = json!({
        "title": "Here you differ", "time": "minute 0 to 5", "lead": LONG, "counted": "", "blank": false,
        "list": true, "lines": [format!("Somebody wrote {LONG}.")], "quotes": [{"text": LONG, "by": ""}],
    });
    let sheet = json!({
        "language": "en", "kicker": "Talk", "title": "Guide for Group 1", "foot": "Made of answers.",
        "facts": [["Where", LONG]], "parts": [part],
    });
    stays_on_paper(Template::Guide, &sheet, 4).await;
}
