//! What the method finds when an organizer asks it about a part of the answers.

use std::collections::BTreeMap;

use super::base::Base;
use crate::analysis::themes::{Text, Themes, themes};
use crate::domain::{ResponseId, ThemeId};
use crate::insight::themes::edit::{NewTheme, Place, Span, print_of};
use crate::insight::themes::{given, kept, settings};

/// The smaller of two parts of a theme, and its name; none where it does not fall apart.
pub(super) fn split(base: &Base<'_>, theme: ThemeId) -> Option<(String, Vec<Span>)> {
    let spans = spans_of(base, theme);
    let found = among(base, &spans, Some(2));
    let [large, small] = found.themes.as_slice() else { return None };
    let small = if small.main.len() <= large.main.len() { small } else { large };
    let parts: Vec<Span> = small.main.iter().filter_map(|at| spans.get(*at).copied()).collect();
    (!parts.is_empty() && parts.len() < spans.len()).then(|| (small.label.clone(), parts))
}

/// A name for passages that become a theme.
pub(super) fn name_of(base: &Base<'_>, spans: &[Span]) -> String {
    let found = among(base, spans, Some(1));
    let label = found.themes.first().map(|theme| theme.label.clone());
    label.filter(|label| !label.is_empty()).unwrap_or_else(|| {
        let words = spans.first().and_then(|span| base.words(span)).unwrap_or_default();
        crate::domain::text::shortened(words.trim(), 40)
    })
}

/// Themes among the answers that came later and fit none, and where each of these stands then.
pub(super) fn further(
    base: &Base<'_>,
    name: &mut impl FnMut() -> ThemeId,
) -> Option<(Vec<NewTheme>, Vec<Place>)> {
    let newer = &base.open.layer()?.newer_outside;
    let texts: Vec<(ResponseId, String)> =
        newer.iter().filter_map(|id| Some((*id, base.text(*id)?.to_owned()))).collect();
    let found =
        themes(&given(base.material, &texts), &settings(base.asked, None, &base.open.model));
    if found.themes.is_empty() {
        return None;
    }
    let new: Vec<NewTheme> = found
        .themes
        .iter()
        .map(|theme| {
            let (label, was) = (theme.label.clone(), String::new());
            NewTheme { id: name(), label, was, named: false }
        })
        .collect();
    let mut places: BTreeMap<ResponseId, Place> = texts
        .iter()
        .map(|(id, text)| {
            let print = print_of(*id, text);
            (*id, Place { response: *id, print, main: None, passages: vec![] })
        })
        .collect();
    for (new, theme) in new.iter().zip(&found.themes) {
        for span in theme.passages.iter().filter_map(|passage| kept::span(&texts, passage)) {
            if let Some(place) = places.get_mut(&span.response) {
                place.passages.push((new.id, span.start, span.end));
            }
        }
        for (id, _) in theme.main.iter().filter_map(|at| texts.get(*at)) {
            if let Some(place) = places.get_mut(id) {
                place.main = Some(new.id);
            }
        }
    }
    let mut places: Vec<Place> = places.into_values().collect();
    places.iter_mut().for_each(Place::settle);
    Some((new, places))
}

fn spans_of(base: &Base<'_>, theme: ThemeId) -> Vec<Span> {
    let open = base.open;
    let shown = open.found.themes.iter().enumerate();
    let mut shown = shown.filter(|(place, _)| base.theme(&open.id(*place)) == Some(theme));
    let mut spans: Vec<Span> = if let Some((_, found)) = shown.next() {
        found.passages.iter().filter_map(|passage| kept::span(&open.texts, passage)).collect()
    } else {
        let hidden = open.layer().into_iter().flat_map(|kept| &kept.hidden);
        let own = hidden.filter(|hidden| hidden.id == theme);
        own.flat_map(|hidden| hidden.passages.iter().copied()).collect()
    };
    spans.sort_unstable();
    spans
}

/// The method on passages, each as if it were an answer.
fn among(base: &Base<'_>, spans: &[Span], count: Option<usize>) -> Themes {
    let text = |span: &Span| Text {
        key: format!("{} {:09}", span.response, span.start),
        text: base.words(span).unwrap_or_default().to_owned(),
        language: base.material.voice(span.response).map(|v| v.response.language.to_string()),
    };
    let texts: Vec<Text> = spans.iter().map(text).collect();
    themes(&texts, &settings(base.asked, count, &base.open.model))
}
