//! HTML to tokens: a scanner that keeps the place of every word and never looks back.
//!
//! It builds no tree, so that depth costs nothing; what comes out is made safe by `view`.

use super::entities::character;
use super::token::Token;

/// Elements whose whole content is no part of an article.
const SILENT: [&str; 16] = [
    "script", "style", "head", "title", "template", "noscript", "svg", "math", "iframe", "nav",
    "aside", "form", "button", "select", "textarea", "object",
];

/// The first place of a word in lower-case ASCII letters, wherever it is written in capitals.
fn find(text: &str, from: usize, wanted: &str) -> Option<usize> {
    let bytes = text.as_bytes().get(from..)?;
    bytes
        .windows(wanted.len())
        .position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
        .map(|at| at + from)
}

/// Where the article begins: in `article`, else `main`, else `body`, else at the first byte.
pub(super) fn body_start(text: &str) -> usize {
    ["<article", "<main", "<body"].iter().find_map(|tag| find(text, 0, tag)).unwrap_or(0)
}

/// Where the article that begins there ends.
pub(super) fn body_end(text: &str, from: usize) -> usize {
    let begin = text.get(from..).unwrap_or_default();
    let closing = [("<article", "</article"), ("<main", "</main"), ("<body", "</body")];
    closing
        .iter()
        .find(|(open, _)| find(begin.get(..open.len()).unwrap_or_default(), 0, open).is_some())
        .and_then(|(_, close)| find(text, from, close))
        .unwrap_or(text.len())
}

/// The tokens between two bytes.
pub(super) fn tokens(text: &str, from: usize, to: usize) -> Vec<Token> {
    let mut tokens = vec![];
    let mut scan = Scan { text: text.get(..to).unwrap_or(text), at: from, quotes: true };
    while let Some(piece) = scan.next_piece() {
        match piece {
            Piece::Words(start, end) => words(text, start, end, &mut tokens),
            Piece::Tag(tag) => {
                let (name, closes) = name_of(tag);
                if !closes && SILENT.contains(&name.as_str()) && !tag.ends_with('/') {
                    scan.skip_past(&format!("</{name}"));
                    tokens.push(Token::Edge);
                } else {
                    tokens.extend(anchor(&name, closes, tag));
                    tokens.extend(token(&name, closes, tag));
                    if name == "img" && !closes {
                        tokens.extend(attribute(tag, "alt").map(|alt| Token::Text(alt, 0, 0)));
                        tokens.push(Token::Close("img"));
                    }
                }
            }
        }
    }
    tokens
}

enum Piece<'a> {
    Words(usize, usize),
    /// What stands between `<` and `>`.
    Tag(&'a str),
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    /// Whether `>` in quotes is looked over: no longer once a quote was found open.
    quotes: bool,
}

/// Whether a tag or a comment begins with the `<` that stands here.
fn begins_tag(rest: &str) -> bool {
    let rest = rest.get(1..).unwrap_or_default();
    let name = rest.strip_prefix('/').unwrap_or(rest);
    name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?'))
}

impl<'a> Scan<'a> {
    fn next_piece(&mut self) -> Option<Piece<'a>> {
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            let begins = rest.starts_with('<');
            if rest.starts_with("<!--") {
                self.skip_past("-->");
                continue;
            }
            if begins && begins_tag(rest) {
                if let Some(end) = self.tag_end(rest) {
                    let tag = rest.get(1..end)?;
                    self.at += end + 1;
                    return Some(Piece::Tag(tag));
                }
                // No tag closes any more: the rest is text.
                let piece = Piece::Words(self.at, self.text.len());
                self.at = self.text.len();
                return Some(piece);
            }
            // Words go on up to the next tag: a lone `<` is one of them.
            let mut next = rest.match_indices('<').map(|(at, _)| at).skip(usize::from(begins));
            let is_tag = |at: &usize| rest.get(*at..).is_some_and(begins_tag);
            let length = next.find(is_tag).unwrap_or(rest.len());
            let piece = Piece::Words(self.at, self.at + length);
            self.at += length;
            return Some(piece);
        }
    }

    fn tag_end(&mut self, rest: &str) -> Option<usize> {
        if self.quotes {
            let mut open: Option<u8> = None;
            for (at, byte) in rest.bytes().enumerate() {
                match (open, byte) {
                    (None, b'>') => return Some(at),
                    (None, b'"' | b'\'') => open = Some(byte),
                    (Some(quote), byte) if quote == byte => open = None,
                    _ => {}
                }
            }
            self.quotes = false;
        }
        rest.find('>')
    }

    fn skip_past(&mut self, wanted: &str) {
        let found = find(self.text, self.at, wanted);
        self.at = found.map_or(self.text.len(), |at| at + wanted.len());
        if let Some(rest) = self.text.get(self.at..).filter(|_| wanted.starts_with("</")) {
            self.at += rest.find('>').map_or(rest.len(), |at| at + 1);
        }
    }
}

/// The element's name in small letters, and whether the tag closes it.
pub(super) fn name_of(tag: &str) -> (String, bool) {
    let (name, closes) = tag.strip_prefix('/').map_or((tag, false), |name| (name, true));
    let name = name.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
    (name.chars().take(20).collect::<String>().to_ascii_lowercase(), closes)
}

/// The value of an attribute, character references read.
pub(super) fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut at = 0;
    while let Some(found) = find(tag, at, wanted) {
        at = found + wanted.len();
        let before = tag.get(..found)?.chars().next_back()?;
        let after = tag.get(at..)?.trim_start();
        let Some(value) = after.strip_prefix('=').filter(|_| before.is_whitespace()) else {
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => value.get(1..)?.split(quote).next()?,
            None => value.split_whitespace().next()?,
        };
        let mut tokens = vec![];
        words(value, 0, value.len(), &mut tokens);
        let read: String = tokens
            .iter()
            .filter_map(
                |token| if let Token::Text(text, ..) = token { Some(&**text) } else { None },
            )
            .collect();
        return Some(read);
    }
    None
}

/// The place that links lead to, where an element has a name.
fn anchor(name: &str, closes: bool, tag: &str) -> Option<Token> {
    if closes || !tag.contains(['i', 'I', 'n', 'N']) || tag.len() > 2000 {
        return None;
    }
    let id = attribute(tag, "id").or_else(|| attribute(tag, "name").filter(|_| name == "a"))?;
    Some(Token::Open("anchor", Some(id)))
}

/// How deep the deepest element stands, and how many elements there are.
pub(super) fn depth(text: &str) -> (usize, usize) {
    let (mut now, mut deepest, mut count) = (0_usize, 0, 0);
    let mut scan = Scan { text, at: 0, quotes: true };
    while let Some(piece) = scan.next_piece() {
        let Piece::Tag(tag) = piece else { continue };
        let (name, closes) = name_of(tag);
        let alone = [
            "br", "hr", "img", "meta", "link", "input", "source", "wbr", "col", "p", "li", "tr",
            "td", "th", "option", "dt", "dd",
        ];
        count += 1;
        if closes {
            now = now.saturating_sub(usize::from(!alone.contains(&name.as_str())));
        } else if !alone.contains(&name.as_str()) && !tag.starts_with('!') && !tag.ends_with('/') {
            now += 1;
            deepest = deepest.max(now);
        }
    }
    (deepest, count)
}

fn token(name: &str, closes: bool, tag: &str) -> Option<Token> {
    const KNOWN: [&str; 29] = [
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "table",
        "tr",
        "td",
        "th",
        "strong",
        "em",
        "del",
        "code",
        "sub",
        "sup",
        "a",
        "img",
        "br",
        "q",
        "kbd",
        "figure",
        "figcaption",
    ];
    let name = match name {
        "b" => "strong",
        "i" | "cite" => "em",
        "s" | "strike" => "del",
        "hr" => return Some(Token::Void("hr")),
        "span" | "u" | "font" | "small" | "mark" | "time" | "label" | "abbr" | "ins" | "var"
        | "samp" | "wbr" | "ruby" | "rb" | "rp" | "rt" | "bdi" | "bdo" | "dfn" | "big" | "tt" => {
            return None;
        }
        // What Word marks in its own way within a line.
        name if name.contains(':') => return None,
        name => name,
    };
    let Some(known) = KNOWN.into_iter().find(|known| *known == name) else {
        return Some(Token::Edge);
    };
    match (known, closes) {
        ("br", _) => Some(Token::Void("br")),
        // An image has its words in an attribute and no closing tag.
        ("img", true) => None,
        ("img", false) => Some(Token::Open("img", attribute(tag, "src"))),
        ("a", false) => Some(Token::Open("a", attribute(tag, "href"))),
        (known, false) => Some(Token::Open(known, None)),
        (known, true) => Some(Token::Close(known)),
    }
}

/// The text between two bytes, character references read, each piece with its place.
fn words(text: &str, start: usize, end: usize, tokens: &mut Vec<Token>) {
    let mut plain = start;
    let mut at = start;
    while let Some(found) = text.get(at..end).and_then(|rest| rest.find('&')) {
        let ampersand = at + found;
        at = ampersand + 1;
        let name: String = text
            .get(at..end)
            .unwrap_or_default()
            .chars()
            .take(10)
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '#')
            .collect();
        let after = at + name.len();
        let closed = text.get(after..end).is_some_and(|rest| rest.starts_with(';'));
        if let Some(c) = character(&name).filter(|_| closed) {
            push(text, plain, ampersand, tokens);
            tokens.push(Token::Text(c.to_string(), ampersand, after + 1));
            plain = after + 1;
            at = plain;
        }
    }
    push(text, plain, end, tokens);
}

fn push(text: &str, start: usize, end: usize, tokens: &mut Vec<Token>) {
    if let Some(words) = text.get(start..end).filter(|words| !words.is_empty()) {
        tokens.push(Token::Text(words.to_owned(), start, end));
    }
}
