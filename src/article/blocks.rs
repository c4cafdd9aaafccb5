//! Tokens to blocks: headings, paragraphs and list items as running text that knows its places.

use super::marker::marker;
use super::token::{Token, is_block};

/// What a block is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Role {
    Heading,
    Paragraph,
    Item,
    /// Code, tables: nothing is looked for there.
    Other,
}

/// A stretch of a block's text with its place in the source.
#[derive(Clone, Copy, Debug)]
struct Piece {
    at: usize,
    start: usize,
    end: usize,
    /// Whether it is written as it reads, byte for byte.
    same: bool,
}

/// A block.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub role: Role,
    /// Of a heading: 1 to 6 as written, [`BOLD`] if it is a bold line; else 0.
    pub level: u8,
    /// How many lists it stands in.
    pub depth: usize,
    /// Whether it opens its item: what follows it there belongs to it.
    pub first: bool,
    /// The number of the quotation that it stands in, from 1; 0: in none.
    pub quote: usize,
    /// Words with single spaces between them.
    pub text: String,
    pieces: Vec<Piece>,
    /// Which bytes of `text` are bold.
    pub bold: Vec<(usize, usize)>,
    /// The address when the block is nothing but one link.
    pub link: Option<String>,
}

impl Block {
    fn new(role: Role) -> Self {
        Self {
            role,
            level: 0,
            depth: 0,
            first: false,
            quote: 0,
            text: String::new(),
            pieces: vec![],
            bold: vec![],
            link: None,
        }
    }

    /// The place in the source of some bytes of the text.
    pub fn span(&self, from: usize, to: usize) -> (usize, usize) {
        let piece = |at: usize| {
            let index = self.pieces.partition_point(|piece| piece.at <= at).saturating_sub(1);
            self.pieces.get(index).copied()
        };
        // A character reference is longer in the source than on the page: it goes whole.
        let into = |p: Piece, at: usize| (at - p.at).min(p.end - p.start);
        let start = piece(from).map_or(0, |p| p.start + if p.same { into(p, from) } else { 0 });
        let last = piece(to.saturating_sub(1));
        let end = last.map_or(0, |p| if p.same { p.start + into(p, to) } else { p.end });
        (start, end.max(start))
    }

    /// Whether all of it is bold.
    pub fn is_bold(&self) -> bool {
        let bold: usize = self.bold.iter().map(|(from, to)| to - from).sum();
        bold > 0 && bold + 2 >= self.text.len()
    }

    fn push(&mut self, words: &str, start: usize, end: usize, bold: bool) {
        let same = words.len() == end - start;
        let from = self.text.len();
        let bare = self.text.is_empty() || self.text.ends_with(' ');
        let even =
            !words.contains("  ") && !words.contains(|c: char| c != ' ' && c.is_whitespace());
        if same && even && !(bare && words.starts_with(' ')) && !words.is_empty() {
            // Most runs have single spaces already: they go as they are.
            self.pieces.push(Piece { at: from, start, end, same });
            self.text.push_str(words);
            if bold {
                self.bold.push((from, self.text.len()));
            }
            return;
        }
        let mut at = 0;
        for word in words.split_inclusive(char::is_whitespace) {
            let trimmed = word.trim_end();
            if !trimmed.is_empty() {
                let piece = if same {
                    Piece {
                        at: self.text.len(),
                        start: start + at,
                        end: start + at + trimmed.len(),
                        same,
                    }
                } else {
                    Piece { at: self.text.len(), start, end, same }
                };
                self.pieces.push(piece);
                self.text.push_str(trimmed);
            }
            if trimmed.len() < word.len() && !self.text.is_empty() && !self.text.ends_with(' ') {
                let place = if same { start + at + trimmed.len() } else { start };
                self.pieces.push(Piece { at: self.text.len(), start: place, end: place, same });
                self.text.push(' ');
            }
            at += word.len();
        }
        if bold && self.text.len() > from {
            self.bold.push((from, self.text.len()));
        }
    }
}

/// Signs that writers put before the lines of a list.
pub(super) const BULLETS: [char; 9] = ['•', '●', '·', '◦', '▪', '■', '◆', '‣', '○'];
/// The level of a bold line that stands like a heading.
pub(super) const BOLD: u8 = 7;

/// The blocks of an article.
pub(super) fn blocks(tokens: &[Token]) -> Vec<Block> {
    let mut builder = Builder {
        done: vec![],
        now: Block::new(Role::Paragraph),
        bold: 0,
        other: 0,
        item: 0,
        links: 0,
        fresh: false,
        split: false,
        quotes: 0,
        quoted: 0,
        outside: false,
        image: false,
    };
    for token in tokens {
        builder.take(token);
    }
    builder.finish(Role::Paragraph);
    builder.done
}

#[expect(clippy::struct_excessive_bools, reason = "each comes and goes for itself")]
struct Builder {
    done: Vec<Block>,
    now: Block,
    bold: usize,
    other: usize,
    item: usize,
    links: usize,
    /// Whether nothing was said yet in the item that is open.
    fresh: bool,
    /// Whether the block began as a line within an item.
    split: bool,
    /// How many quotations were opened, and how many of them are open.
    quotes: usize,
    quoted: usize,
    /// Whether the block has words outside of links.
    outside: bool,
    image: bool,
}

impl Builder {
    fn take(&mut self, token: &Token) {
        match token {
            Token::Open("strong", _) => self.bold += 1,
            Token::Close("strong") => self.bold = self.bold.saturating_sub(1),
            // What stands for an image is not said by the author's text.
            Token::Open("img", _) => self.image = true,
            Token::Close("img") => self.image = false,
            Token::Text(..) if self.image => {}
            Token::Open("a", link) => {
                self.links += 1;
                self.now.link.clone_from(link);
            }
            Token::Close("a") => self.links = self.links.saturating_sub(1),
            Token::Open(name, _) if is_block(name) => self.open(name),
            Token::Close(name) if is_block(name) => {
                self.finish(self.role());
                match *name {
                    "li" => self.item = self.item.saturating_sub(1),
                    "pre" | "table" => self.other = self.other.saturating_sub(1),
                    "blockquote" => self.quoted = self.quoted.saturating_sub(1),
                    _ => {}
                }
                self.now.role = self.role();
            }
            Token::Open(..) | Token::Close(_) => {}
            Token::Edge | Token::Void("hr") => self.finish(self.role()),
            Token::Void(_) => self.now.push("\n", 0, 1, false),
            Token::Text(words, start, end) => self.text(words, *start, *end),
        }
    }

    fn text(&mut self, words: &str, start: usize, end: usize) {
        // A line that begins with a bullet or a number begins a block of its own.
        let line = self.now.text.ends_with(' ') && self.now.role != Role::Heading;
        if line && marker(words, &self.now.text).is_some() {
            self.finish(self.role());
            self.fresh = true;
            self.split = self.item > 0;
        }
        self.now.quote = if self.quoted > 0 { self.quotes } else { 0 };
        self.outside |= self.links == 0 && !words.trim().is_empty();
        self.now.push(words, start, end, self.bold > 0);
    }

    fn open(&mut self, name: &str) {
        self.finish(self.role());
        match name {
            "li" => {
                self.item += 1;
                self.fresh = true;
            }
            "pre" | "table" => self.other += 1,
            "blockquote" => {
                // A quotation in a quotation belongs to it.
                self.quotes += usize::from(self.quoted == 0);
                self.quoted += 1;
            }
            _ => {}
        }
        self.now.level = match name.as_bytes() {
            [b'h', digit @ b'1'..=b'6'] => digit - b'0',
            _ => 0,
        };
        self.now.role = match name.as_bytes() {
            [b'h', b'1'..=b'6'] => Role::Heading,
            _ => self.role(),
        };
        self.bold = 0;
    }

    fn role(&self) -> Role {
        match (self.other, self.item) {
            (1.., _) => Role::Other,
            (0, 1..) => Role::Item,
            _ => Role::Paragraph,
        }
    }

    fn finish(&mut self, next: Role) {
        let mut block = std::mem::replace(&mut self.now, Block::new(next));
        if self.outside {
            block.link = None;
        }
        self.outside = false;
        let kept = block.text.trim_end().len();
        block.text.truncate(kept);
        if kept == 0 {
            return;
        }
        // A numbered line within an item is an item of that item.
        block.depth = self.item + usize::from(std::mem::take(&mut self.split));
        block.first = std::mem::take(&mut self.fresh);
        if block.role == Role::Paragraph && marker(&block.text, "").is_some() {
            block.role = Role::Item;
            block.first = true;
        }
        self.done.push(block);
    }
}
