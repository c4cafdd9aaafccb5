//! Views of few: each theme keeps a place, however small.

use super::open::{about, is_large};
use super::say::Say;
use super::{Section, Sentence};
use crate::insight::Insight;

/// The smaller themes of every open question, each with a quote.
pub(super) fn section(say: &Say, insight: &Insight) -> Option<Section> {
    let material = &insight.material;
    let (mut sentences, mut of) = (vec![], vec![]);
    for open in insight.themes.iter() {
        let asked = material.questions.iter().find(|asked| asked.id == open.question);
        let Some(asked) = asked.filter(|_| open.texts.len() >= say.limits.people.max(1)) else {
            continue;
        };
        let small = (0..).zip(&open.found.themes).filter(|(place, t)| !is_large(open, *place, t));
        let mut quoted = vec![];
        let (mut unnamed, mut silent) = (0_usize, vec![]);
        let before = sentences.len();
        for (place, theme) in small {
            if theme.mentions.len() < say.limits.authors {
                unnamed += 1;
                silent.extend(open.people(&theme.mentions));
                continue;
            }
            let mut sentence = about(say, material, asked, open, (place, theme), 1, &mut quoted);
            let values =
                [("prompt", asked.wording.prompt.as_str().into()), ("theme", sentence.text.into())];
            sentence.text = say.with("brief-minority-theme", &values);
            sentences.push(sentence);
        }
        if unnamed > 0 {
            let values = [
                ("prompt", asked.wording.prompt.as_str().into()),
                ("themes", unnamed.into()),
                ("authors", say.limits.authors.into()),
            ];
            let text = say.with("brief-unnamed-themes", &values);
            sentences.push(Sentence::new(format!("{}.unnamed", asked.key), text, silent));
        }
        if sentences.len() > before {
            of.push(asked.key.clone());
        }
    }
    let title = say.get("brief-minority");
    (!sentences.is_empty()).then(|| Section::new("minority", title, of, sentences))
}
