//! What an edit is made on: the themes as they stand, and which answers it makes fixed.

use std::collections::BTreeMap;

use crate::analysis::themes::Theme;
use crate::domain::{ResponseId, ThemeId};
use crate::insight::Material;
use crate::insight::themes::OpenThemes;
use crate::insight::themes::edit::{Edit, NewTheme, Place, Record, Span, print_of};
use crate::insight::themes::kept::span;
use crate::insight::themes::layer::{KeptTheme, Layer};
use crate::store::questionnaires::Asked;

/// The themes of a question.
pub(super) struct Base<'a> {
    pub material: &'a Material,
    pub asked: &'a Asked,
    pub open: &'a OpenThemes,
    pub layer: Option<&'a Layer>,
    /// By their names in addresses.
    themes: Vec<(String, NewTheme)>,
}

impl<'a> Base<'a> {
    /// Themes that nobody keeps yet get their ids here.
    pub fn of(
        material: &'a Material,
        asked: &'a Asked,
        open: &'a OpenThemes,
        layer: Option<&'a Layer>,
        name: &mut impl FnMut() -> ThemeId,
    ) -> Self {
        let kept = |theme: &KeptTheme| {
            let (id, label, was) = (theme.id, theme.label.clone(), theme.was.clone());
            (id.to_string(), NewTheme { id, label, was, named: theme.named })
        };
        let mut new = |(place, theme): (usize, &Theme)| {
            let (was, label) = (open.id(place), theme.label.clone());
            (was.clone(), NewTheme { id: name(), label, was, named: false })
        };
        let themes = if let Some(layer) = layer.filter(|layer| layer.keeps) {
            layer.themes.iter().map(kept).collect()
        } else {
            open.found.themes.iter().enumerate().map(&mut new).collect()
        };
        Self { material, asked, open, layer, themes }
    }

    pub fn keeps(&self) -> bool {
        self.layer.is_some_and(|layer| layer.keeps)
    }

    pub fn theme(&self, id: &str) -> Option<ThemeId> {
        let named = |(name, theme): &&(String, NewTheme)| name == id || theme.was == id;
        self.themes.iter().find(named).map(|(_, theme)| theme.id)
    }

    pub fn text(&self, response: ResponseId) -> Option<&str> {
        self.open.texts.iter().find(|(id, _)| *id == response).map(|(_, text)| text.as_str())
    }

    pub fn words(&self, span: &Span) -> Option<&str> {
        self.open.words(span)
    }

    /// An edit: the first one keeps everything as it stands, a later one what it touches.
    pub fn record(&self, edit: Edit, touched: Vec<Place>, new: Vec<NewTheme>) -> Record {
        if self.keeps() {
            return Record { themes: new, places: touched, edit };
        }
        let mut themes: Vec<NewTheme> =
            self.themes.iter().map(|(_, theme)| theme.clone()).collect();
        themes.extend(new);
        let silent = self.open.people(&self.open.found.uninformative);
        // What says nothing needs no place, unless it gets one now.
        let places = self.places(|place| {
            let touched = touched.iter().any(|other| other.response == place.response);
            touched || !place.passages.is_empty() || !silent.contains(&place.response)
        });
        Record { themes, places, edit }
    }

    /// Several edits, one after the other, that touch no answer's place.
    pub fn steps(&self, edits: Vec<Edit>) -> Vec<Record> {
        let mut steps: Vec<Record> = vec![];
        for edit in edits {
            let first = steps.is_empty();
            steps.push(if first {
                self.record(edit, vec![], vec![])
            } else {
                Record { themes: vec![], places: vec![], edit }
            });
        }
        steps
    }

    /// Where these answers stand now, of those that are not fixed yet; ordered by their random
    /// ids, so that the order of arrival is not told.
    pub fn places(&self, which: impl Fn(&Place) -> bool) -> Vec<Place> {
        let mut places: BTreeMap<ResponseId, Place> = BTreeMap::new();
        for (id, text) in &self.open.texts {
            let print = print_of(*id, text);
            let fixed = self.layer.filter(|layer| layer.keeps).is_some_and(|layer| {
                layer.places.get(id).is_some_and(|place| place.print == print)
            });
            if !fixed {
                let place = Place { response: *id, print, main: None, passages: vec![] };
                places.insert(*id, place);
            }
        }
        self.fill(&mut places);
        places
            .into_values()
            .map(|mut place| {
                place.settle();
                place
            })
            .filter(which)
            .collect()
    }

    fn fill(&self, places: &mut BTreeMap<ResponseId, Place>) {
        let open = self.open;
        for (place, theme) in open.found.themes.iter().enumerate() {
            let Some(id) = self.theme(&open.id(place)) else { continue };
            for span in theme.passages.iter().filter_map(|passage| span(&open.texts, passage)) {
                if let Some(place) = places.get_mut(&span.response) {
                    place.passages.push((id, span.start, span.end));
                }
            }
            for response in open.people(&theme.main) {
                if let Some(place) = places.get_mut(&response) {
                    place.main = Some(id);
                }
            }
        }
        for hidden in open.layer().iter().flat_map(|kept| &kept.hidden) {
            for span in &hidden.passages {
                if let Some(place) = places.get_mut(&span.response) {
                    place.passages.push((hidden.id, span.start, span.end));
                }
            }
            for response in &hidden.main {
                if let Some(place) = places.get_mut(response) {
                    place.main = Some(hidden.id);
                }
            }
        }
    }
}
