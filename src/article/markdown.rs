//! Markdown to tokens.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::html;
use super::shortcodes;
use super::token::Token;

/// Deeper containers than this are read as text: nobody writes them, and parsers suffer.
const DEEP: usize = 24;

/// The tokens of the text from a byte on.
pub(super) fn tokens(text: &str, from: usize) -> Vec<Token> {
    let body = shallow(&shortcodes::without(text.get(from..).unwrap_or_default()));
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut in_head = false;
    let mut note: Option<String> = None;
    let mut tokens = vec![];
    // The range of an HTML block, whose lines come one by one.
    let mut raw: Option<(usize, usize)> = None;
    for (event, range) in Parser::new_ext(&body, options).into_offset_iter() {
        let (start, end) = (range.start + from, range.end + from);
        // The number of a footnote stands before its words, in their paragraph.
        if let Some(name) = note.take() {
            let begins = matches!(event, Event::Start(Tag::Paragraph));
            tokens.extend(begins.then_some(Token::Open("p", None)));
            tokens.push(Token::Open("anchor", Some(format!("fn-{name}"))));
            tokens.push(Token::Open("note", Some(format!("-{name}"))));
            if begins {
                continue;
            }
        }
        match event {
            Event::Start(Tag::HtmlBlock) => raw = Some((start, end)),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some((start, end)) = raw.take() {
                    tokens.extend(html::tokens(text, start, end));
                }
            }
            Event::Html(_) if raw.is_some() => {}
            Event::Html(_) | Event::InlineHtml(_) => {
                tokens.extend(html::tokens(text, start, end));
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                tokens.push(Token::Open("a", Some(dest_url.into_string())));
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                tokens.push(Token::Open("img", Some(dest_url.into_string())));
                let title = Some(title.into_string()).filter(|title| !title.is_empty());
                tokens.extend(title.map(|title| Token::Open("title", Some(title))));
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                tokens.push(Token::Edge);
                note = Some(name.into_string());
            }
            Event::Start(Tag::TableCell) if in_head => tokens.push(Token::Open("th", None)),
            Event::End(TagEnd::TableCell) if in_head => tokens.push(Token::Close("th")),
            Event::Start(tag) => {
                in_head |= matches!(tag, Tag::TableHead);
                if let Tag::Heading { id: Some(id), .. } = &tag {
                    tokens.push(Token::Edge);
                    tokens.push(Token::Open("anchor", Some(id.to_string())));
                }
                if matches!(tag, Tag::Strong) && decorated(text, start) {
                    tokens.push(Token::Text(" ".to_owned(), start, start));
                }
                tokens.push(opening(&tag));
            }
            Event::End(tag) => {
                in_head &= !matches!(tag, TagEnd::TableHead);
                tokens.push(closing(tag));
                if matches!(tag, TagEnd::Strong) && decorated(text, end) {
                    tokens.push(Token::Text(" ".to_owned(), end, end));
                }
            }
            Event::Text(words) | Event::InlineMath(words) | Event::DisplayMath(words) => {
                merge(text, &words, (start, end), &mut tokens);
            }
            Event::Code(words) => {
                tokens.push(Token::Open("code", None));
                let code = text.get(start..end).unwrap_or_default();
                let (from, to) = code
                    .find(&*words)
                    .map_or((start, end), |at| (start + at, start + at + words.len()));
                tokens.push(Token::Text(words.into_string(), from, to));
                tokens.push(Token::Close("code"));
            }
            Event::SoftBreak => tokens.push(Token::Text("\n".to_owned(), start, end)),
            Event::HardBreak => tokens.push(Token::Void("br")),
            Event::Rule => tokens.push(Token::Void("hr")),
            Event::FootnoteReference(name) => {
                tokens.push(Token::Open("note", Some(name.into_string())));
            }
            Event::TaskListMarker(done) => {
                tokens.push(Token::Open("task", done.then(|| "x".to_owned())));
            }
        }
    }
    let mut clean = Vec::with_capacity(tokens.len());
    for token in tokens {
        match token {
            Token::Text(words, start, end) => push_words(text, &words, (start, end), &mut clean),
            token => clean.push(token),
        }
    }
    clean
}

/// `**one****two**` is two words, however the notation reads the four stars.
fn decorated(text: &str, at: usize) -> bool {
    let stars = |from: usize, to: usize| text.get(from..to) == Some("****");
    stars(at.saturating_sub(2), at + 2) || stars(at, at + 4) || stars(at.saturating_sub(4), at)
}

/// Joins the pieces that one run of words comes in, as far as they are written as they read.
fn merge(text: &str, words: &str, (start, end): (usize, usize), tokens: &mut Vec<Token>) {
    let plain = text.get(start..end) == Some(words);
    if let Some(Token::Text(before, from, to)) = tokens.last_mut()
        && plain
        && *to == start
        && before.len() == *to - *from
        && before != "\n"
    {
        before.push_str(words);
        *to = end;
    } else {
        tokens.push(Token::Text(words.to_owned(), start, end));
    }
}

/// Bold marks that the rules left standing (`**Insight****01**`) are decoration, not words.
fn push_words(text: &str, words: &str, (start, end): (usize, usize), tokens: &mut Vec<Token>) {
    if !words.contains("**") || text.get(start..end) != Some(words) {
        tokens.push(Token::Text(words.to_owned(), start, end));
        return;
    }
    let mut at = start;
    for part in words.split("**") {
        let plain = part.trim_matches('*');
        let from = at + (part.len() - part.trim_start_matches('*').len());
        if !plain.is_empty() {
            tokens.push(Token::Text(plain.to_owned(), from, from + plain.len()));
        }
        at += part.len() + 2;
        if at < end {
            tokens.push(Token::Text(" ".to_owned(), at - 2, at));
        }
    }
    if words.ends_with("**") {
        tokens.push(Token::Text(" ".to_owned(), end - 2, end));
    }
}

fn opening(tag: &Tag<'_>) -> Token {
    match tag {
        Tag::Heading { level, .. } => Token::Open(heading(*level), None),
        tag => name(tag.to_end()).map_or(Token::Edge, |name| Token::Open(name, None)),
    }
}

fn closing(tag: TagEnd) -> Token {
    match tag {
        TagEnd::Heading(level) => Token::Close(heading(level)),
        tag => name(tag).map_or(Token::Edge, Token::Close),
    }
}

fn name(tag: TagEnd) -> Option<&'static str> {
    Some(match tag {
        TagEnd::Paragraph => "p",
        TagEnd::BlockQuote(_) => "blockquote",
        TagEnd::CodeBlock => "pre",
        TagEnd::List(true) => "ol",
        TagEnd::List(false) => "ul",
        TagEnd::Item => "li",
        TagEnd::Table => "table",
        TagEnd::TableRow | TagEnd::TableHead => "tr",
        TagEnd::TableCell => "td",
        TagEnd::Emphasis => "em",
        TagEnd::Strong => "strong",
        TagEnd::Strikethrough => "del",
        TagEnd::Link => "a",
        TagEnd::Image => "img",
        _ => return None,
    })
}

fn heading(level: HeadingLevel) -> &'static str {
    match level {
        HeadingLevel::H1 => "h1",
        HeadingLevel::H2 => "h2",
        HeadingLevel::H3 => "h3",
        HeadingLevel::H4 => "h4",
        HeadingLevel::H5 => "h5",
        HeadingLevel::H6 => "h6",
    }
}

/// The text with the markers of too deep containers blanked, byte for byte. (Depth by indentation
/// costs its square in bytes, so that it stays shallow by itself.)
fn shallow(body: &str) -> String {
    let mut shallow = String::with_capacity(body.len());
    for line in body.split_inclusive('\n') {
        let mut markers = 0;
        let mut leading = !is_drawn(line);
        for c in line.chars() {
            leading &= matches!(c, ' ' | '\t' | '>' | '-' | '+' | '*' | '.' | ')' | '0'..='9');
            let marker = leading && matches!(c, '>' | '-' | '+' | '*' | ')' | '.');
            markers += usize::from(marker);
            shallow.push(if marker && markers > DEEP { ' ' } else { c });
        }
    }
    shallow
}

/// A line of dashes underlines a heading or draws a rule.
fn is_drawn(line: &str) -> bool {
    let line = line.trim();
    let mut chars = line.chars();
    chars.next().is_some_and(|first| "-*".contains(first) && chars.all(|c| c == first))
}
