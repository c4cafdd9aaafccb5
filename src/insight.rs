//! What was said: tallies, themes, opinion groups and the brief, made of answers as they are
//! kept. This room reads and computes; it changes nothing. Same answers, same result, byte for
//! byte.

use std::sync::Arc;

use crate::analysis::themes::Model;
use crate::domain::{ResponseId, token};
use crate::store::reach::Reach;

pub mod brief;
pub mod changes;
pub mod cross;
pub mod echo;
pub mod filter;
pub mod guide;
pub mod live;
pub mod material;
pub mod opinion;
pub mod participants;
pub mod poll;
pub mod seats;
pub mod tally;
pub mod themes;
pub mod timeline;
pub mod topics;
pub mod values;

pub use live::{Cache, now, of};
pub use material::Material;

/// Everything that is shown of one questionnaire's responses. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Insight {
    /// Another one whenever anything that is shown has changed; the same on every node.
    pub version: String,
    /// The questions and the answers.
    pub material: Arc<Material>,
    /// Counts of the closed questions, in their order.
    pub tallies: Vec<tally::Tally>,
    /// Themes of the open questions, in their order.
    pub themes: Arc<Vec<themes::OpenThemes>>,
    /// Votes on statements and opinion groups; none where no statements are asked.
    pub opinion: Option<Arc<opinion::Opinion>>,
    /// How often the form was opened and begun.
    pub reach: Reach,
    /// How many responses came too late and do not count.
    pub late: u64,
    /// How many of the responses are newer than the themes and groups.
    pub newer: usize,
    made_of: Option<Basis>,
    counted_at: String,
}

/// What takes long to find.
#[derive(Clone, Debug)]
pub struct Deep {
    themes: Arc<Vec<themes::OpenThemes>>,
    opinion: Option<Arc<opinion::Opinion>>,
    made_of: Basis,
}

/// Which responses, in which revision; by id.
#[derive(Clone, Debug)]
struct Basis(Arc<Vec<(ResponseId, i32)>>);

impl Basis {
    fn of(material: &Material) -> Self {
        let mut of: Vec<_> =
            material.voices.iter().map(|v| (v.response.id, v.response.revision)).collect();
        of.sort_unstable();
        Self(Arc::new(of))
    }

    fn revision(&self, id: ResponseId) -> Option<i32> {
        let at = self.0.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.0.get(at).map(|(_, revision)| *revision)
    }

    /// How many of these responses are not in it, in another revision, or in it and gone.
    fn newer(&self, material: &Material) -> usize {
        let (mut known, mut changed) = (0, 0);
        for spoken in material.voices.iter().map(|voice| &voice.response) {
            let revision = self.revision(spoken.id);
            known += usize::from(revision.is_some());
            changed += usize::from(revision.is_some_and(|known| known != spoken.revision));
        }
        let (new, gone) = (material.voices.len() - known, self.0.len() - known);
        new + changed + gone
    }

    /// The same for the same responses, else hardly ever.
    fn tag(&self) -> String {
        let mix = |sum: u128, (id, revision): &(ResponseId, i32)| {
            sum.rotate_left(1) ^ id.0.as_u128().wrapping_add(revision.unsigned_abs().into())
        };
        format!("{:x}", self.0.iter().fold(0, mix))
    }
}

impl Deep {
    /// Finds themes and groups in what was answered.
    pub fn of(material: &Material, model: &Model) -> Self {
        let opinion = opinion::of(material).map(Arc::new);
        Self {
            themes: Arc::new(themes::all(material, model, opinion.as_deref())),
            opinion,
            made_of: Basis::of(material),
        }
    }

    /// With the organizer's latest edits to themes: only what they change is made anew.
    #[must_use]
    pub fn edited(mut self, material: &Material, model: &Model) -> Self {
        let last = |open: &themes::OpenThemes| material.layers.number(open.question) == open.edits;
        if !self.themes.iter().all(last) {
            let mut all = (*self.themes).clone();
            for open in all.iter_mut().filter(|open| !last(open)) {
                let asked = material.questions.iter().find(|asked| asked.id == open.question);
                if let Some(asked) = asked {
                    *open = themes::one(material, asked, model, self.opinion.as_deref());
                }
            }
            self.themes = Arc::new(all);
        }
        self
    }

    /// Whether it was found in exactly these responses.
    pub fn is_of(&self, material: &Material) -> bool {
        self.made_of.newer(material) == 0
    }

    /// Whether it was found in a response, too, that is not among these.
    pub fn is_of_more_than(&self, material: &Material) -> bool {
        self.made_of.0.iter().any(|(id, _)| material.voice(*id).is_none())
    }
}

impl Insight {
    /// Counts everything in the answers; `deep`: what was found in them, or in most of them.
    fn of(material: Arc<Material>, deep: Option<Deep>, reach: Reach, late: u64) -> Self {
        let whole = Self {
            version: String::new(),
            tallies: tally::tallies(&material),
            newer: material.voices.len(),
            material,
            themes: Arc::default(),
            opinion: None,
            reach,
            late,
            made_of: None,
            counted_at: String::new(),
        };
        match deep {
            Some(deep) => whole.with(deep),
            None => whole,
        }
    }

    /// Whether themes and groups are still being made for the first time.
    pub fn is_early(&self) -> bool {
        self.made_of.is_none()
    }

    fn deep(&self) -> Option<Deep> {
        let (themes, opinion) = (self.themes.clone(), self.opinion.clone());
        self.made_of.clone().map(|made_of| Deep { themes, opinion, made_of })
    }

    fn with(&self, deep: Deep) -> Self {
        let newer = deep.made_of.newer(&self.material);
        let Deep { themes, opinion, made_of } = deep;
        let counted_at = self.counted_at.clone();
        let made = Self { themes, opinion, newer, made_of: Some(made_of), ..self.clone() };
        made.versioned(counted_at)
    }

    /// `counted_at`: the state of everything that was counted.
    fn versioned(mut self, counted_at: String) -> Self {
        let made_of = self.made_of.as_ref().map(Basis::tag);
        let whole = token::hash(&format!("{counted_at} {:?} {made_of:?}", self.reach));
        self.version = whole.chars().take(16).collect();
        self.counted_at = counted_at;
        self
    }
}

/// Computes everything from the answers.
pub fn compute(material: Material, model: &Model) -> Insight {
    let deep = Deep::of(&material, model);
    Insight::of(Arc::new(material), Some(deep), Reach::default(), 0)
}

#[cfg(test)]
mod tests {
    use super::material::tests::{material, voice};
    use super::*;

    fn newer(made_of: &[(u128, i32)], now: &[(u128, i32)]) -> usize {
        let of = |all: &[(u128, i32)]| {
            material(all.iter().map(|(id, revision)| voice(*id, *revision, 0)).collect())
        };
        Basis::of(&of(made_of)).newer(&of(now))
    }

    #[test]
    fn new_changed_and_gone_responses_are_newer() {
        let known = [(3, 1), (1, 1), (2, 4)];
        assert_eq!(newer(&known, &[(1, 1), (2, 4), (3, 1)]), 0);
        assert_eq!(newer(&known, &[(1, 1), (2, 4), (3, 1), (9, 1)]), 1);
        assert_eq!(newer(&known, &[(1, 1), (2, 5), (3, 1)]), 1);
        assert_eq!(newer(&known, &[(2, 4), (3, 1)]), 1);
        assert_eq!(newer(&known, &[(2, 5), (3, 1), (8, 1), (9, 1)]), 4);
        assert_eq!((newer(&[], &known), newer(&known, &[])), (3, 3));
    }

    #[test]
    fn what_was_found_in_a_response_that_is_gone_is_known_as_such() {
        let of = |ids: &[u128]| material(ids.iter().map(|id| voice(*id, 1, 0)).collect());
        let deep = Deep::of(&of(&[1, 2]), &Model::default());
        assert!(deep.is_of(&of(&[2, 1])) && !deep.is_of(&of(&[1, 2, 3])));
        assert!(deep.is_of_more_than(&of(&[1, 3])) && !deep.is_of_more_than(&of(&[1, 2, 3])));
    }

    #[test]
    fn a_version_is_of_what_was_counted_and_found_and_of_nothing_else() {
        let made = |ids: &[u128], at: &str| {
            let material = material(ids.iter().map(|id| voice(*id, 1, 0)).collect());
            let deep = Deep::of(&material, &Model::default());
            let insight = Insight::of(Arc::new(material), Some(deep), Reach::default(), 0);
            insight.versioned(at.to_owned()).version
        };
        assert_eq!(made(&[1, 2], "state"), made(&[2, 1], "state"));
        assert_ne!(made(&[1, 2], "state"), made(&[1, 3], "state"));
        assert_ne!(made(&[1, 2], "state"), made(&[1, 2], "another"));
    }
}
