//! The text of a document, from its paragraphs and runs to HTML.

use std::fmt::Write as _;

use quick_xml::events::BytesStart;

use super::{Context, Step, Style, attribute, walk};
use crate::article::safe::escape;

/// Elements that are left behind with all that is in them: pictures, what was struck out, what
/// only repeats its neighbour for older programs.
const SILENT: [&str; 8] =
    ["drawing", "pict", "object", "Fallback", "del", "moveFrom", "sdtPr", "rt"];

/// The whole text.
pub(super) fn html(xml: &str, context: &mut Context) -> String {
    let mut body = Body::new(context);
    walk(xml, |step| body.take(step));
    body.close_lists();
    body.out
}

/// The footnotes with these names, in this order, each with the number that the text shows.
pub(super) fn notes(xml: &str, wanted: &[String], context: &mut Context) -> String {
    let mut found = vec![String::new(); wanted.len()];
    let mut body = Body::new(context);
    let mut now = None;
    walk(xml, |step| match step {
        Step::Open(tag) if tag.local_name().into_inner() == "footnote" => {
            let id = attribute(tag, "id").unwrap_or_default();
            now = wanted.iter().position(|wanted| *wanted == id);
            body.out.clear();
        }
        Step::Close("footnote") => {
            body.close_lists();
            if let Some(note) = now.take().and_then(|at: usize| found.get_mut(at)) {
                *note = std::mem::take(&mut body.out);
            }
        }
        step if now.is_some() => body.take(step),
        _ => {}
    });
    let mut html = String::from("<ol>\n");
    for (number, note) in (1..).zip(&found) {
        _ = writeln!(html, "<li id=\"fn-{number}\">{}</li>", note.trim());
    }
    html.push_str("</ol>\n");
    html
}

/// How a run of words looks, and where it leads.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct Look {
    bold: bool,
    slanted: bool,
    struck: bool,
    link: Option<String>,
}

#[derive(Default)]
struct Paragraph {
    /// Pieces of HTML, each with its look.
    runs: Vec<(Look, String)>,
    style: Style,
    level: Option<u8>,
    list: Option<String>,
    depth: usize,
}

struct Body<'a> {
    context: &'a mut Context,
    out: String,
    paragraph: Paragraph,
    look: Look,
    hidden: bool,
    /// Whether a paragraph's own properties are being read, which are no run's.
    properties: bool,
    /// Whether what comes is text to read, or the instruction of a field.
    text: bool,
    instruction: Option<String>,
    /// Lists that are open, from outside in: whether numbered.
    lists: Vec<bool>,
    /// Elements that are left behind and still open.
    silent: usize,
    /// Tables that are open; cells of inner ones run into one.
    tables: usize,
    link: Option<String>,
}

impl<'a> Body<'a> {
    fn new(context: &'a mut Context) -> Self {
        Self {
            context,
            out: String::new(),
            paragraph: Paragraph::default(),
            look: Look::default(),
            hidden: false,
            properties: false,
            text: false,
            instruction: None,
            lists: vec![],
            silent: 0,
            tables: 0,
            link: None,
        }
    }

    fn take(&mut self, step: Step<'_>) {
        match step {
            Step::Open(tag) => {
                let name = tag.local_name().into_inner();
                if SILENT.contains(&name) {
                    self.silent += 1;
                } else if self.silent == 0 {
                    self.open(name, tag);
                }
            }
            Step::Close(name) if SILENT.contains(&name) => {
                self.silent = self.silent.saturating_sub(1);
            }
            Step::Close(name) if self.silent == 0 => self.close(name),
            Step::Text(words) if self.text && self.silent == 0 => self.words(words),
            Step::Close(_) | Step::Text(_) => {}
        }
    }

    fn open(&mut self, name: &str, tag: &BytesStart<'_>) {
        let value = || attribute(tag, "val").unwrap_or_default();
        // Switches are on where they only stand there.
        let on = || !matches!(value().as_str(), "0" | "false" | "off" | "none");
        match name {
            "p" => self.paragraph = Paragraph::default(),
            "pPr" => self.properties = true,
            "pStyle" => {
                let style = self.context.style(&value());
                self.paragraph.level = self.paragraph.level.or(style.level);
                if self.paragraph.list.is_none() {
                    self.paragraph.list.clone_from(&style.list);
                }
                self.paragraph.style = style;
            }
            "numId" => self.paragraph.list = Some(value()),
            "ilvl" => self.paragraph.depth = value().parse().unwrap_or(0).min(6),
            "outlineLvl" => {
                self.paragraph.level = value().parse().ok().filter(|l: &u8| *l < 6).map(|l| l + 1);
            }
            "r" => {
                self.look = Look { link: self.link.clone(), ..Look::default() };
                self.hidden = false;
            }
            "b" if !self.properties => self.look.bold = on(),
            "i" if !self.properties => self.look.slanted = on(),
            "strike" | "dstrike" if !self.properties => self.look.struck = on(),
            "vanish" if !self.properties => self.hidden = on(),
            "rStyle" if !self.properties => match self.context.style(&value()).name.as_str() {
                "strong" | "intense emphasis" => self.look.bold = true,
                "emphasis" | "subtle emphasis" => self.look.slanted = true,
                _ => {}
            },
            "t" => self.text = true,
            "tab" if !self.properties => self.piece(" "),
            "br" | "cr" if attribute(tag, "type").as_deref() != Some("page") => self.piece("<br>"),
            "noBreakHyphen" => self.piece("-"),
            "footnoteReference" => {
                self.context.notes.push(attribute(tag, "id").unwrap_or_default());
                let number = self.context.notes.len();
                self.piece(&format!("<sup><a href=\"#fn-{number}\">{number}</a></sup>"));
            }
            "hyperlink" => {
                let id = attribute(tag, "id").unwrap_or_default();
                self.link = self.context.links.get(&id).cloned();
            }
            "fldSimple" => self.link = target(&attribute(tag, "instr").unwrap_or_default()),
            "instrText" => self.text = self.instruction.is_some(),
            "fldChar" => match attribute(tag, "fldCharType").as_deref() {
                Some("begin") => self.instruction = Some(String::new()),
                Some("separate") => {
                    self.link = self.instruction.take().as_deref().and_then(target);
                }
                _ => {
                    self.instruction = None;
                    self.link = None;
                }
            },
            "tbl" => self.begin("table"),
            "tr" if self.tables == 1 => self.out.push_str("<tr>"),
            "tc" if self.tables == 1 => self.out.push_str("<td>"),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "pPr" => self.properties = false,
            "t" | "instrText" => self.text = false,
            "hyperlink" | "fldSimple" => self.link = None,
            "tbl" if self.tables > 0 => {
                self.tables -= 1;
                if self.tables == 0 {
                    self.out.push_str("</table>\n");
                }
            }
            "tr" if self.tables == 1 => self.out.push_str("</tr>\n"),
            "tc" if self.tables == 1 => self.out.push_str("</td>"),
            _ => {}
        }
    }

    fn begin(&mut self, table: &str) {
        if self.tables == 0 {
            self.close_lists();
            _ = writeln!(self.out, "<{table}>");
        }
        self.tables += 1;
    }

    fn words(&mut self, words: &str) {
        if let Some(instruction) = &mut self.instruction {
            instruction.push_str(words);
            return;
        }
        let mut html = String::new();
        escape(&mut html, words);
        self.piece(&html);
    }

    fn piece(&mut self, html: &str) {
        if self.hidden {
            return;
        }
        match self.paragraph.runs.last_mut() {
            Some((look, before)) if *look == self.look => before.push_str(html),
            _ => self.paragraph.runs.push((self.look.clone(), html.to_owned())),
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        let inner = inner(&paragraph.runs);
        let is_heading = paragraph.level.is_some() || paragraph.style.name == "title";
        let list = paragraph.list.filter(|list| list != "0" && !is_heading);
        if inner.trim().is_empty() {
            return;
        }
        if self.tables > 0 {
            if !self.out.ends_with("<td>") {
                self.out.push_str("<br>");
            }
            self.out.push_str(&inner);
            return;
        }
        if let Some(list) = list {
            let numbered = self.context.numbered.get(&(list, paragraph.depth));
            self.item(paragraph.depth, numbered.copied().unwrap_or(false), &inner);
            return;
        }
        self.close_lists();
        let quoted = paragraph.style.name.contains("quote");
        match paragraph.level {
            Some(level) => _ = writeln!(self.out, "<h{level}>{inner}</h{level}>"),
            None if is_heading => _ = writeln!(self.out, "<h1>{inner}</h1>"),
            None if quoted => {
                _ = writeln!(self.out, "<blockquote><p>{inner}</p></blockquote>");
            }
            None => _ = writeln!(self.out, "<p>{inner}</p>"),
        }
    }

    /// An item of the list at this depth; it stays open for lists within it.
    fn item(&mut self, depth: usize, numbered: bool, inner: &str) {
        while self.lists.len() > depth + 1 {
            self.close_list();
        }
        if self.lists.len() == depth + 1 {
            if self.lists.last() == Some(&numbered) {
                self.out.push_str("</li>\n");
            } else {
                self.close_list();
            }
        }
        while self.lists.len() <= depth {
            self.out.push_str(if numbered { "<ol>\n" } else { "<ul>\n" });
            if self.lists.len() < depth {
                self.out.push_str("<li>");
            }
            self.lists.push(numbered);
        }
        self.out.push_str("<li>");
        self.out.push_str(inner);
    }

    fn close_list(&mut self) {
        if let Some(numbered) = self.lists.pop() {
            self.out.push_str(if numbered { "</li>\n</ol>\n" } else { "</li>\n</ul>\n" });
        }
    }

    fn close_lists(&mut self) {
        while !self.lists.is_empty() {
            self.close_list();
        }
    }
}

/// Runs as HTML.
fn inner(runs: &[(Look, String)]) -> String {
    let mut html = String::new();
    for (look, words) in runs {
        let elements = [(look.bold, "strong"), (look.slanted, "em"), (look.struck, "del")];
        let plain = words.trim().is_empty();
        if let Some(link) = &look.link {
            html.push_str("<a href=\"");
            escape(&mut html, link);
            html.push_str("\">");
        }
        for (on, name) in elements {
            if on && !plain {
                _ = write!(html, "<{name}>");
            }
        }
        html.push_str(words);
        for (on, name) in elements.iter().rev() {
            if *on && !plain {
                _ = write!(html, "</{name}>");
            }
        }
        if look.link.is_some() {
            html.push_str("</a>");
        }
    }
    html
}

/// Where the instruction of a field leads: `HYPERLINK "https://example.org"`.
fn target(instruction: &str) -> Option<String> {
    let rest = instruction.trim().strip_prefix("HYPERLINK")?.trim_start();
    let link = rest.strip_prefix('"').and_then(|rest| rest.split('"').next())?;
    Some(link.to_owned()).filter(|link| link.starts_with("http"))
}
