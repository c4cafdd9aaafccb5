//! The brief as CommonMark. Whatever somebody wrote stands there as text: nothing of it becomes a
//! heading, a link, a picture or HTML.

use std::fmt::Write as _;

use super::sheet::{Item, Sheet};

/// The brief as CommonMark 0.31.
pub fn markdown(sheet: &Sheet) -> String {
    let mut out = format!("*{}*\n\n# {}\n", text(&sheet.kicker), text(&sheet.title));
    for part in &sheet.sections {
        let _ = write!(out, "\n## {}\n", text(&part.title));
        for each in &part.items {
            item(&mut out, each);
        }
    }
    let lines = [&sheet.signed].into_iter().chain(&sheet.notes).filter(|line| !line.is_empty());
    let lines: Vec<String> = lines.map(|line| format!("\n{}\n", text(line))).collect();
    if !lines.is_empty() {
        out.push_str("\n---\n");
        out.extend(lines);
    }
    if !sheet.changes.is_empty() {
        let _ = write!(out, "\n## {}\n\n", text(&sheet.changes_title));
        for change in &sheet.changes {
            let _ = writeln!(out, "- {}", text(change));
        }
    }
    if !sheet.address.is_empty() {
        let _ = write!(out, "\n<{}>\n", sheet.address);
    }
    out
}

fn item(out: &mut String, item: &Item) {
    let mark =
        if item.mark.is_empty() { String::new() } else { format!(" *({})*", text(&item.mark)) };
    let _ = write!(out, "\n{}{mark}\n", text(&item.text));
    if let Some(table) = &item.table {
        // Tables are not CommonMark: a list says the same everywhere.
        out.push('\n');
        for row in &table.rows {
            let (label, numbers) =
                row.split_first().map_or(("", &[][..]), |(l, n)| (l.as_str(), n));
            let numbers: Vec<String> =
                numbers.iter().filter(|cell| !cell.is_empty()).map(|cell| text(cell)).collect();
            let _ = writeln!(out, "- {}: {}", text(label), numbers.join(" · "));
        }
    }
    for quote in &item.quotes {
        let mut lines: Vec<String> =
            quote.text.split('\n').map(|line| format!("> {}", text(line))).collect();
        if !quote.by.is_empty() {
            lines.extend([">".to_owned(), format!("> — {}", text(&quote.by))]);
        }
        let _ = write!(out, "\n{}\n", lines.join("\n"));
    }
}

/// Text that means nothing but itself: every sign that CommonMark could read is escaped, white
/// space is single, and no line begins with a sign of a list or a number.
pub(in crate::insight) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = true;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            if !blank {
                out.push(' ');
            }
            blank = true;
            continue;
        }
        // "1." or "1)" at the front of a line would begin a list.
        let counts =
            matches!(c, '.' | ')') && !out.is_empty() && out.bytes().all(|b| b.is_ascii_digit());
        // Any ASCII punctuation may be escaped (CommonMark 0.31, 2.4); these mean something.
        if counts
            || matches!(
                c,
                '\\' | '`'
                    | '*'
                    | '_'
                    | '{'
                    | '}'
                    | '['
                    | ']'
                    | '<'
                    | '>'
                    | '#'
                    | '|'
                    | '~'
                    | '&'
                    | '!'
                    | '$'
                    | '^'
            )
            || (out.is_empty() && matches!(c, '-' | '+' | '='))
        {
            out.push('\\');
        }
        // A bare address would become a link in many programs.
        if c == ':'
            && (out.ends_with("http")
                || out.ends_with("https")
                || out.ends_with("ftp")
                || out.ends_with("mailto"))
        {
            out.push('\\');
        }
        out.push(c);
        blank = false;
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    /// What a reader of Markdown makes of it: its text, and whether it is one plain paragraph.
    fn read(markdown: &str) -> (String, bool) {
        let (mut words, mut plain) = (String::new(), true);
        for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Text(text) => words.push_str(&text),
                Event::Start(Tag::Paragraph) | Event::End(_) => {}
                other => {
                    plain = false;
                    let _ = write!(words, "[{other:?}]");
                }
            }
        }
        (words, plain)
    }

    #[test]
    fn what_could_be_markup_is_text() {
        for hostile in [
            "<script>alert(1)</script>",
            "![x](http://evil.example/p.png)",
            "[x](javascript:alert(1))",
            "# Heading",
            "1. one",
            "- item",
            "+ item",
            "=====",
            "---",
            "```\ncode",
            "    code",
            "> quote",
            "a\n\n# b",
            "&lt;b&gt; &amp; &copy;",
            "*a* _b_ **c** ~~d~~ $e$ ^f^",
            "http://evil.example and www.evil.example",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "[^1] [ref]: x",
            "a\\",
            "!",
            ": def",
        ] {
            let escaped = text(hostile);
            let (words, plain) = read(&escaped);
            let folded: Vec<&str> = hostile.split_whitespace().collect();
            assert!(plain, "{hostile:?} became {escaped:?}: {words}");
            assert_eq!(words, folded.join(" "), "{escaped:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_it_was_written(typed in "[-#*_`<>!\\[\\](){}&;:|~$^=+.0-9a-z\\\\ \n]{0,40}|\\PC{0,30}") {
            let (words, plain) = read(&text(&typed));
            prop_assert!(plain, "{typed:?} became {:?}: {words}", text(&typed));
            let fold = |t: &str| t.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
            prop_assert_eq!(fold(&words), fold(&typed));
        }
    }
}
