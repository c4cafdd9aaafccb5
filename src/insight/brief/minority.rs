//! Views of few: each theme keeps a place, however small.

use std::collections::BTreeSet;

use super::open::{about, is_large};
use super::say::Say;
use super::{Section, Sentence};
use crate::analysis::themes::bare_words;
use crate::domain::ResponseId;
use crate::domain::text::shortened;
use crate::insight::Insight;

/// Of longer questions only the beginning is repeated here.
const PROMPT: usize = 80;

/// The smaller themes of every open question, each with a quote.
pub(super) fn section(say: &Say, insight: &Insight, above: &[Section]) -> Option<Section> {
    let material = &insight.material;
    let (mut sentences, mut of) = (vec![], vec![]);
    for open in insight.themes.iter() {
        let asked = material.questions.iter().find(|asked| asked.id == open.question);
        let Some(asked) = asked.filter(|_| open.texts.len() >= say.limits.people.max(1)) else {
            continue;
        };
        let say = &say.on(insight, asked);
        let small = (0..).zip(&open.found.themes).filter(|(place, t)| !is_large(open, *place, t));
        let above = above.iter().filter(|section| section.key == asked.key);
        let above = above.flat_map(|section| &section.sentences).flat_map(|s| &s.quotes);
        // The same words do not stand twice; somebody with two views may.
        let mut quoted: Vec<_> =
            above.map(|q| (ResponseId(uuid::Uuid::nil()), bare_words(&q.text))).collect();
        let mut named = vec![];
        let (mut unnamed, mut silent) = (0_usize, vec![]);
        let before = sentences.len();
        for (place, theme) in small {
            let enough = theme.mentions.len() >= say.limits.authors;
            let place = (place, theme);
            let sentence =
                enough.then(|| about(say, material, asked, open, place, 1, &mut quoted)).flatten();
            if sentence.is_none() {
                unnamed += 1;
                silent.extend(open.people(&theme.mentions));
            }
            named.extend(sentence);
        }
        let prompt = shortened(&asked.wording.prompt, PROMPT);
        if !named.is_empty() {
            let text = say.with("brief-minority-on", &[("prompt", prompt.as_str().into())]);
            let of: Vec<_> = named.iter().flat_map(|sentence| sentence.rests_on.clone()).collect();
            let of: BTreeSet<_> = of.into_iter().collect();
            let lead = Sentence::new(format!("{}.few", asked.key), text, of.into_iter().collect());
            sentences.push(lead);
            sentences.append(&mut named);
        }
        if unnamed > 0 {
            let values = [
                ("prompt", prompt.as_str().into()),
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
