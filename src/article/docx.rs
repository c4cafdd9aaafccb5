//! A document of a word processor (Office Open XML, ISO/IEC 29500), read into HTML: headings,
//! lists, bold and slanted words, links, footnotes and tables. Pictures, comments and what was
//! struck out while changes were tracked are left behind.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use chrono::NaiveDate;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::front_matter::as_date;

mod body;

/// Largest part that is read once it is unpacked, in bytes: an archive of some kilobytes can hold
/// gigabytes of nothing.
const LARGEST: u64 = 24 << 20;

/// What a document says.
#[derive(Debug, Default)]
pub(super) struct Docx {
    /// The text, as HTML.
    pub html: String,
    /// What its properties say of it.
    pub title: Option<String>,
    pub source: Option<String>,
    pub date: Option<NaiveDate>,
}

/// Whether bytes are a packed folder, as these documents are.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads a document; none where the archive is broken or is something else.
pub(super) fn read(bytes: &[u8]) -> Option<Docx> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut part = |name: &str| part(&mut archive, name);
    let document = part("word/document.xml")?;
    let mut context = Context {
        styles: styles(&part("word/styles.xml").unwrap_or_default()),
        numbered: numbered(&part("word/numbering.xml").unwrap_or_default()),
        links: links(&part("word/_rels/document.xml.rels").unwrap_or_default()),
        notes: vec![],
    };
    let mut html = body::html(&document, &mut context);
    let notes = std::mem::take(&mut context.notes);
    if !notes.is_empty() {
        context.links = links(&part("word/_rels/footnotes.xml.rels").unwrap_or_default());
        let footnotes = part("word/footnotes.xml").unwrap_or_default();
        html.push_str(&body::notes(&footnotes, &notes, &mut context));
    }
    let core = properties(&part("docProps/core.xml").unwrap_or_default());
    let said = |name: &str| core.get(name).filter(|said| !said.is_empty()).cloned();
    Some(Docx {
        html,
        title: said("title"),
        source: said("creator"),
        date: said("created").and_then(|date| as_date(&date)),
    })
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut bytes = vec![];
    archive.by_name(name).ok()?.take(LARGEST).read_to_end(&mut bytes).ok()?;
    Some(super::decode::decode(&bytes))
}

/// What the text refers to.
struct Context {
    styles: HashMap<String, Style>,
    /// Whether a list is numbered, by its number and its depth.
    numbered: HashMap<(String, usize), bool>,
    /// Addresses by their names in the text.
    links: HashMap<String, String>,
    /// The footnotes that were referred to, in order.
    notes: Vec<String>,
}

/// What a paragraph's style makes of it.
#[derive(Clone, Debug, Default)]
struct Style {
    /// Its name in small letters, whatever its language calls it.
    name: String,
    based_on: Option<String>,
    /// 1 to 6.
    level: Option<u8>,
    /// The list that its paragraphs belong to.
    list: Option<String>,
}

impl Context {
    /// A style with what it has from those that it is based on.
    fn style(&self, id: &str) -> Style {
        let mut found = self.styles.get(id).cloned().unwrap_or_default();
        let mut above = found.based_on.clone();
        for _step in 0..8 {
            let Some(style) = above.as_ref().and_then(|id| self.styles.get(id)) else { break };
            found.level = found.level.or(style.level);
            found.list = found.list.or_else(|| style.list.clone());
            above.clone_from(&style.based_on);
        }
        found
    }
}

/// One step through a part.
enum Step<'a> {
    Open(&'a BytesStart<'a>),
    Close(&'a str),
    Text(&'a str),
}

/// Walks through a part up to its end, or to where it is broken. References of entities that a
/// document defines itself stand for nothing.
fn walk(xml: &str, mut take: impl FnMut(Step<'_>)) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => take(Step::Open(&tag)),
            Ok(Event::Empty(tag)) => {
                take(Step::Open(&tag));
                take(Step::Close(tag.local_name().into_inner()));
            }
            Ok(Event::End(tag)) => take(Step::Close(tag.local_name().into_inner())),
            Ok(Event::Text(text)) => take(Step::Text(&text.xml10_content())),
            Ok(Event::CData(text)) => take(Step::Text(&text.xml10_content())),
            Ok(Event::GeneralRef(name)) => {
                let number = name.resolve_char_ref().ok().flatten().map(String::from);
                let known = match &*name.xml10_content() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => "",
                };
                take(Step::Text(number.as_deref().unwrap_or(known)));
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// An attribute, by its name without the namespace.
fn attribute(tag: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|of| of.key.local_name().into_inner() == wanted)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0);
    Some(value.map_or_else(|_odd| found.value.to_string(), Into::into))
}

fn styles(xml: &str) -> HashMap<String, Style> {
    let mut styles = HashMap::new();
    let mut now: Option<(String, Style)> = None;
    walk(xml, |step| match step {
        Step::Open(tag) => {
            let name = tag.local_name().into_inner();
            let value = || attribute(tag, "val").unwrap_or_default();
            if name == "style" {
                let id = attribute(tag, "styleId").unwrap_or_default();
                now = Some((id, Style::default()));
            } else if let Some((_, style)) = &mut now {
                match name {
                    "name" => {
                        style.name = value().to_lowercase();
                        let level = style.name.strip_prefix("heading ");
                        style.level = level.and_then(|level| level.parse().ok()).or(style.level);
                    }
                    "basedOn" => style.based_on = Some(value()),
                    "outlineLvl" => {
                        let level = value().parse().ok().filter(|level: &u8| *level < 6);
                        style.level = style.level.or(level.map(|level| level + 1));
                    }
                    "numId" => style.list = Some(value()),
                    _ => {}
                }
            }
        }
        Step::Close("style") => styles.extend(now.take()),
        _ => {}
    });
    styles
}

fn numbered(xml: &str) -> HashMap<(String, usize), bool> {
    let (mut forms, mut lists) = (HashMap::<String, Vec<bool>>::new(), vec![]);
    let (mut of, mut list) = (String::new(), String::new());
    walk(xml, |step| {
        let Step::Open(tag) = step else { return };
        let value = || attribute(tag, "val").unwrap_or_default();
        match tag.local_name().into_inner() {
            "abstractNum" => of = attribute(tag, "abstractNumId").unwrap_or_default(),
            "numFmt" => {
                let levels = forms.entry(of.clone()).or_default();
                if levels.len() < 16 {
                    levels.push(!matches!(value().as_str(), "bullet" | "none"));
                }
            }
            "num" => list = attribute(tag, "numId").unwrap_or_default(),
            "abstractNumId" => lists.push((list.clone(), value())),
            _ => {}
        }
    });
    let mut numbered = HashMap::new();
    for (list, form) in lists {
        let levels = forms.get(&form).into_iter().flatten();
        numbered.extend((0..).zip(levels).map(|(depth, is)| ((list.clone(), depth), *is)));
    }
    numbered
}

fn links(xml: &str) -> HashMap<String, String> {
    let mut links = HashMap::new();
    walk(xml, |step| {
        if let Step::Open(tag) = step
            && attribute(tag, "TargetMode").as_deref() == Some("External")
            && let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target"))
        {
            links.insert(id, target);
        }
    });
    links
}

fn properties(xml: &str) -> HashMap<String, String> {
    let mut said: HashMap<String, String> = HashMap::new();
    let mut now = String::new();
    walk(xml, |step| match step {
        Step::Open(tag) => tag.local_name().into_inner().clone_into(&mut now),
        Step::Close(_) => now.clear(),
        Step::Text(words) if !now.is_empty() => {
            let said = said.entry(now.clone()).or_default();
            said.push_str(words.trim());
        }
        Step::Text(_) => {}
    });
    said
}
