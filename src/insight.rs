//! What was said: tallies, themes, opinion groups and the brief, made of answers as they are
//! kept. This room reads and computes; it changes nothing. Same answers, same result, byte for
//! byte.

use std::sync::Arc;

use crate::domain::ResponseId;
use crate::store::reach::Reach;

pub mod brief;
pub mod filter;
pub mod guide;
pub mod live;
pub mod material;
pub mod opinion;
pub mod seats;
pub mod tally;
pub mod themes;
pub mod timeline;
pub mod values;

pub use live::{Cache, now, of};
pub use material::Material;

/// Everything that is shown of one questionnaire's responses. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Insight {
    /// The questions and the answers.
    pub material: Arc<Material>,
    /// Counts of the closed questions, in their order.
    pub tallies: Vec<tally::Tally>,
    /// Themes of the open questions, in their order.
    pub themes: Arc<Vec<themes::OpenThemes>>,
    /// Votes on statements and opinion groups; none where no statements are asked.
    pub opinion: Option<Arc<opinion::Opinion>>,
    /// Responses a day.
    pub days: Vec<timeline::Day>,
    /// How often the form was opened and begun.
    pub reach: Reach,
    /// How many responses came too late and do not count.
    pub late: u64,
    /// How many of the responses are newer than the themes and groups.
    pub newer: usize,
    made_of: Option<Basis>,
}

/// What takes long to find.
#[derive(Clone, Debug)]
pub struct Deep {
    themes: Arc<Vec<themes::OpenThemes>>,
    opinion: Option<Arc<opinion::Opinion>>,
    made_of: Basis,
}

/// Which responses, in which revision; ordered.
type Basis = Arc<Vec<(ResponseId, i32)>>;

fn basis(material: &Material) -> Basis {
    Arc::new(material.voices.iter().map(|v| (v.response.id, v.response.revision)).collect())
}

impl Deep {
    /// Finds themes and groups in what was answered.
    pub fn of(material: &Material) -> Self {
        let opinion = opinion::of(material).map(Arc::new);
        Self {
            themes: Arc::new(themes::all(material, opinion.as_deref())),
            opinion,
            made_of: basis(material),
        }
    }

    /// Whether every theme is made with the organizer's last edit.
    fn is_edited(&self, material: &Material) -> bool {
        let last = |open: &themes::OpenThemes| open.edits == material.layers.number(open.question);
        self.themes.iter().all(last)
    }

    /// With the organizer's latest edits: only what they change is made anew.
    #[must_use]
    pub fn edited(mut self, material: &Material) -> Self {
        if !self.is_edited(material) {
            let mut all = (*self.themes).clone();
            for open in &mut all {
                let asked = material.questions.iter().find(|asked| asked.id == open.question);
                if let Some(asked) = asked
                    && open.edits != material.layers.number(asked.id)
                {
                    *open = themes::one(material, asked, self.opinion.as_deref());
                }
            }
            self.themes = Arc::new(all);
        }
        self
    }

    /// Whether it was found in exactly these responses.
    pub fn is_of(&self, material: &Material) -> bool {
        self.newer(material) == 0 && self.made_of.len() == material.voices.len()
    }

    fn newer(&self, material: &Material) -> usize {
        newer(&self.made_of, material)
    }
}

/// Both are in the order of arrival, so one walk over both tells them apart.
fn newer(made_of: &Basis, material: &Material) -> usize {
    let mut known = made_of.iter().peekable();
    let mut newer = 0;
    for voice in &material.voices {
        let this = (voice.response.id, voice.response.revision);
        if known.next_if(|next| **next == this).is_none() {
            newer += 1;
            // A further state of the same response stands in the same place.
            known.next_if(|(id, _)| *id == this.0);
        }
    }
    newer.max(known.count())
}

impl Insight {
    /// Counts everything in the answers; `deep`: what was found in them, or in most of them.
    fn of(material: Arc<Material>, deep: Option<Deep>, reach: Reach, late: u64) -> Self {
        let newer = deep.as_ref().map_or(material.voices.len(), |deep| deep.newer(&material));
        let (themes, opinion, made_of) = match deep {
            Some(deep) => (deep.themes, deep.opinion, Some(deep.made_of)),
            None => (Arc::default(), None, None),
        };
        Self {
            tallies: tally::tallies(&material),
            days: timeline::days(&material),
            material,
            themes,
            opinion,
            reach,
            late,
            newer,
            made_of,
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
        let newer = deep.newer(&self.material);
        let Deep { themes, opinion, made_of } = deep;
        Self { themes, opinion, newer, made_of: Some(made_of), ..self.clone() }
    }
}

/// Computes everything from the answers.
pub fn compute(material: Material) -> Insight {
    let deep = Deep::of(&material);
    Insight::of(Arc::new(material), Some(deep), Reach::default(), 0)
}
