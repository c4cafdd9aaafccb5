//! Which passages of a text belong to which theme: an answer may hold several ideas.

use super::{
    careless::adds_nothing,
    group::nearest,
    matrix::{Matrix, add, dot, unit},
    space::{Reader, Space},
};
use crate::analysis::passages::passages;

/// A passage this near to a theme mentions it, even if the text is mainly about another.
const MENTIONS: f32 = 0.25;
/// A passage of the main theme may lie this much farther away.
const OF_MAIN: f32 = 0.10;
/// By how much the nearest theme must be nearer than the main one.
const MARGIN: f32 = 0.06;

/// How much of the whole text each passage takes on, for what "it" and "they" stand for.
const CONTEXT: f32 = 0.3;

/// A passage that belongs to a theme.
#[derive(Clone, Copy)]
pub(super) struct Placed {
    pub theme: usize,
    pub start: usize,
    pub end: usize,
    /// Nearness to the centre of the theme.
    pub near: f32,
}

/// The passages of a text that belong to themes, in order; at least one of its main theme.
pub(super) fn spread(
    text: &str,
    language: &str,
    main: Option<usize>,
    space: &Space,
    centres: &Matrix,
    reader: &mut Reader,
) -> Vec<Placed> {
    let mut placed = Vec::new();
    let mut fallback: Option<Placed> = None;
    let spans = passages(text);
    let whole = space.vector(&reader.read_in(text, language.to_owned()));
    for (start, end) in spans {
        let slice = text.get(start..end).unwrap_or_default();
        if adds_nothing(slice) {
            continue;
        }
        let mut vector = space.vector(&reader.read_in(slice, language.to_owned()));
        add(&mut vector, &whole, CONTEXT);
        unit(&mut vector);
        let Some((theme, near)) = nearest(centres, &vector) else { continue };
        let to_main = main.map(|main| (main, dot(centres.row(main), &vector)));
        if let Some((main, near)) = to_main
            && fallback.is_none_or(|best| near > best.near)
        {
            fallback = Some(Placed { theme: main, start, end, near });
        }
        let place = match to_main {
            Some((main, own)) if near < own + MARGIN || near < MENTIONS => {
                (own >= OF_MAIN).then_some((main, own))
            }
            _ => (near >= MENTIONS).then_some((theme, near)),
        };
        if let Some((theme, near)) = place {
            placed.push(Placed { theme, start, end, near });
        }
    }
    if let Some(fallback) = fallback
        && !placed.iter().any(|passage| passage.theme == fallback.theme)
    {
        placed.retain(|passage| passage.start != fallback.start);
        placed.push(fallback);
        placed.sort_by_key(|passage| passage.start);
    }
    placed
}
