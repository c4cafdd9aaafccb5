//! A line of a template in pieces: words, and places in braces.

use super::Place;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece<'a> {
    /// As it stands.
    Words(&'a str),
    /// `{name}`, or `{name|what stands there otherwise}`.
    Place(Place, Option<&'a str>),
    /// Braces around what has no place.
    Unknown(&'a str),
}

/// A line with everything filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled {
    /// It says something.
    Line(String),
    /// Something in it has nothing to say, so that the line means nothing.
    Nothing(String),
}

/// The pieces of a text. A brace after a backslash, or one that is not closed on its line, is a
/// brace.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = vec![];
    let (mut rest, mut words) = (text, text);
    // `words` begins where the words in hand do, `rest` where the search goes on.
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        let length = words.len() - rest.len() + open;
        let said = words.get(..length).unwrap_or_default();
        if before.ends_with('\\') {
            pieces.push(Piece::Words(said.strip_suffix('\\').unwrap_or(said)));
            words = after;
            rest = after.strip_prefix('{').unwrap_or_default();
            continue;
        }
        let (begin, end) = if after.starts_with("{{") { ("{{", "}}") } else { ("{", "}") };
        let inner = after.strip_prefix(begin).and_then(|inner| inner.split_once(end));
        let Some((inner, following)) = inner.filter(|(inner, _)| !inner.contains(['{', '\n']))
        else {
            rest = after.strip_prefix('{').unwrap_or_default();
            continue;
        };
        pieces.push(Piece::Words(said));
        let (name, otherwise) = match inner.split_once('|') {
            Some((name, otherwise)) => (name, Some(otherwise.trim())),
            None => (inner, None),
        };
        pieces.push(match Place::named(name.trim()) {
            Some(place) => Piece::Place(place, otherwise),
            None => Piece::Unknown(inner),
        });
        (rest, words) = (following, following);
    }
    pieces.push(Piece::Words(words));
    pieces
}

/// Fills a line in; `value` says what stands at a place.
pub fn fill(line: &str, value: &dyn Fn(Place) -> String) -> Filled {
    let (mut filled, mut nothing) = (String::new(), false);
    for piece in pieces(line) {
        match piece {
            Piece::Words(words) => filled.push_str(words),
            Piece::Unknown(inner) => filled.extend(["{", inner, "}"]),
            Piece::Place(place, otherwise) => {
                let said = value(place);
                match (said.is_empty(), otherwise) {
                    (false, _) => filled.push_str(&said),
                    (true, Some(otherwise)) => filled.push_str(otherwise),
                    (true, None) if place.may_be_empty() => {
                        // "Hello {name}," has no gap before its comma where there is no name.
                        filled.truncate(filled.trim_end().len());
                    }
                    (true, None) => nothing = true,
                }
            }
        }
    }
    if nothing { Filled::Nothing(filled) } else { Filled::Line(filled) }
}

/// What stands in braces and has no place.
pub fn problems_of(text: &str) -> Vec<String> {
    let mut unknown: Vec<String> = vec![];
    for piece in text.lines().flat_map(pieces) {
        if let Piece::Unknown(name) = piece
            && !unknown.iter().any(|known| known == name)
        {
            unknown.push(name.to_owned());
        }
    }
    unknown
}

/// The places that a text has.
pub fn places(text: &str) -> Vec<Place> {
    let place = |piece| match piece {
        Piece::Place(place, _) => Some(place),
        Piece::Words(_) | Piece::Unknown(_) => None,
    };
    text.lines().flat_map(pieces).filter_map(place).collect()
}

/// Whether a line is the link and nothing else.
pub fn is_only_link(line: &str) -> bool {
    let mut found = false;
    pieces(line).into_iter().all(|piece| match piece {
        Piece::Words(words) => words.trim().is_empty(),
        Piece::Place(place, _) => {
            found = place == Place::Link;
            found
        }
        Piece::Unknown(_) => false,
    }) && found
}
