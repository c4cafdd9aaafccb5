//! Looking at some of the responses only. Themes, the map and the opinion groups stay as they
//! were found among all; what is counted is those inside.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::themes::OpenThemes;
use super::values::says;
use super::{Insight, Material, tally};
use crate::analysis::opinions::Verdict;
use crate::analysis::themes::{Passage, Themes};
use crate::domain::kind::Kind;
use crate::domain::status::Mode;
use crate::domain::{Fields, QuestionId, ResponseId};
use crate::store::voices::Voice;

/// How somebody came to the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// Through an invitation.
    Invited,
    /// Through the address that everybody knows.
    Public,
}

/// Which responses are looked at: those of which everything here is true.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Written on the form in this language.
    pub language: Option<String>,
    /// Said this: the key of a question, and one of its values (see [`super::values`]). Of one
    /// question (or one statement) any of the values will do; of different ones all must hold.
    pub chosen: Vec<(String, String)>,
    /// With something in this theme: the key of a question, and the id of the theme.
    pub theme: Option<(String, String)>,
    /// In this opinion group, from 0.
    pub group: Option<usize>,
    /// Came this way.
    pub via: Option<Via>,
    /// Arrived on this day or later, on the clock of [`Material::day_zone`].
    pub from: Option<NaiveDate>,
    /// Arrived on this day or earlier.
    pub until: Option<NaiveDate>,
}

/// At most so many values are looked for: more than a form offers in earnest.
const MOST_CHOSEN: usize = 100;

impl Filter {
    /// Reads the query of an address: `language=en`, `chosen=q2.o1` (several times), `theme=q1.ID`,
    /// `group=A`, `via=invited|public`, `from=2026-11-01`, `until=…`. What makes no sense is left
    /// out.
    pub fn read(query: &Fields) -> Self {
        let pair = |text: &str| {
            let (question, value) = text.split_once('.')?;
            let whole = !question.is_empty() && !value.is_empty();
            whole.then(|| (question.to_owned(), value.to_owned()))
        };
        let mut chosen: Vec<_> = query.all("chosen").filter_map(pair).take(MOST_CHOSEN).collect();
        chosen.sort();
        chosen.dedup();
        Self {
            language: query.filled("language").map(str::to_owned),
            chosen,
            theme: query.filled("theme").and_then(pair),
            group: query
                .filled("group")
                .and_then(|name| ('A'..='Z').position(|c| *name == *c.to_string())),
            via: match query.get("via") {
                Some("invited") => Some(Via::Invited),
                Some("public") => Some(Via::Public),
                _ => None,
            },
            from: query.filled("from").and_then(|day| day.parse().ok()),
            until: query.filled("until").and_then(|day| day.parse().ok()),
        }
    }

    /// The pairs that [`Self::read`] reads.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![];
        pairs.extend(self.language.iter().map(|language| ("language", language.clone())));
        pairs.extend(self.chosen.iter().map(|(key, value)| ("chosen", format!("{key}.{value}"))));
        pairs.extend(self.theme.iter().map(|(key, id)| ("theme", format!("{key}.{id}"))));
        pairs.extend(
            self.group.and_then(|at| ('A'..='Z').nth(at)).map(|c| ("group", c.to_string())),
        );
        pairs.extend(
            self.via.map(|via| {
                ("via", if via == Via::Invited { "invited" } else { "public" }.to_owned())
            }),
        );
        pairs.extend(self.from.map(|day| ("from", day.to_string())));
        pairs.extend(self.until.map(|day| ("until", day.to_string())));
        pairs
    }

    /// As the query of an address, without a question mark; nothing for everybody.
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.pairs());
        query.finish()
    }

    /// The same without one of its [`Self::pairs`].
    #[must_use]
    pub fn without(&self, pair: &(&'static str, String)) -> Self {
        let rest = self.pairs().into_iter().filter(|other| other != pair);
        Self::read(&rest.map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Whether everybody is looked at.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Insight {
    /// The same with those responses only that are inside. Themes and opinion groups are not
    /// found anew: their numbers are those of the people inside.
    #[must_use]
    pub fn narrowed(&self, filter: &Filter) -> Self {
        let material = &self.material;
        let in_theme = self.themed(filter);
        let in_group = self.grouped(filter);
        let chosen = topical(material, filter);
        // Nothing that is kept tells how somebody came to an anonymous form.
        let via = filter.via.filter(|_| material.mode != Mode::Anonymous);
        let zone = material.day_zone();
        let inside = |voice: &&Arc<Voice>| {
            let spoken = &voice.response;
            let said = |(id, values): &(Option<QuestionId>, Vec<&str>)| {
                let answer = id.and_then(|id| voice.answer(id));
                answer.is_some_and(|answer| values.iter().any(|value| says(answer, value)))
            };
            let day = || spoken.created_at.with_timezone(&zone).date_naive();
            filter.language.as_deref().is_none_or(|language| *spoken.language == *language)
                && via.is_none_or(|via| spoken.invited == (via == Via::Invited))
                && filter.from.is_none_or(|from| day() >= from)
                && filter.until.is_none_or(|until| day() <= until)
                && in_theme.as_ref().is_none_or(|inside| inside.contains(&spoken.id))
                && in_group.as_ref().is_none_or(|inside| inside.contains(&spoken.id))
                && chosen.iter().all(said)
        };
        let voices: Vec<_> = material.voices.iter().filter(inside).cloned().collect();
        let material = Arc::new(material.with(voices));
        let themes = self.themes.iter().map(|open| among(open, &material)).collect();
        let opinion = self.opinion.as_ref().map(|opinion| Arc::new(opinion.among(&material)));
        Self {
            tallies: tally::tallies(&material),
            themes: Arc::new(themes),
            opinion,
            material,
            ..self.clone()
        }
    }

    fn themed(&self, filter: &Filter) -> Option<HashSet<ResponseId>> {
        let (key, id) = filter.theme.as_ref()?;
        let asked = self.material.questions.iter().find(|asked| asked.key == *key);
        let open = asked.and_then(|asked| self.themes.iter().find(|t| t.question == asked.id));
        let theme = open.and_then(|open| {
            let place = open.place(id)?;
            Some(open.people(&open.found.themes.get(place)?.mentions))
        });
        Some(theme.into_iter().flatten().collect())
    }

    fn grouped(&self, filter: &Filter) -> Option<HashSet<ResponseId>> {
        let at = filter.group?;
        let opinion = self.opinion.as_deref();
        let group = opinion.and_then(|opinion| match &opinion.result.verdict {
            Verdict::Groups { groups, .. } => groups.get(at).map(|group| (opinion, group)),
            _ => None,
        });
        let people = group.into_iter().flat_map(|(opinion, group)| {
            group.members.iter().filter_map(|row| opinion.votes.people.get(*row).copied())
        });
        Some(people.collect())
    }
}

/// The values that are looked for, by what they are about: a question, or one statement of it.
fn topical<'a>(material: &Material, filter: &'a Filter) -> Vec<(Option<QuestionId>, Vec<&'a str>)> {
    let mut topics: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for (key, value) in &filter.chosen {
        let asked = material.questions.iter().find(|asked| asked.key == *key);
        let votes = asked.is_some_and(|a| matches!(a.wording.kind, Kind::Statements(_)));
        let statement = value.rsplit_once('.').filter(|_| votes).map_or("", |(line, _)| line);
        topics.entry((key, statement)).or_default().push(value);
    }
    let id = |key: &str| material.questions.iter().find(|asked| asked.key == key).map(|a| a.id);
    topics.into_iter().map(|((key, _), values)| (id(key), values)).collect()
}

/// The themes with those people only whose responses are in `material`.
fn among(open: &OpenThemes, material: &Material) -> OpenThemes {
    let mut moved = vec![None; open.texts.len()];
    let mut texts = vec![];
    for (place, (id, text)) in moved.iter_mut().zip(&open.texts) {
        if material.voice(*id).is_some() {
            *place = Some(texts.len());
            texts.push((*id, text.clone()));
        }
    }
    let to = |place: usize| moved.get(place).copied().flatten();
    let all = |places: &[usize]| -> Vec<usize> { places.iter().filter_map(|at| to(*at)).collect() };
    let spans = |passages: &[Passage]| -> Vec<Passage> {
        let of = |passage: &Passage| Some(Passage { text: to(passage.text)?, ..*passage });
        passages.iter().filter_map(of).collect()
    };
    let themes = open.found.themes.iter().map(|theme| {
        let mut theme = theme.clone();
        theme.main = all(&theme.main);
        theme.mentions = all(&theme.mentions);
        theme.passages = spans(&theme.passages);
        theme.quotes = spans(&theme.quotes);
        theme.gist = spans(&[theme.gist])
            .first()
            .copied()
            .or(theme.passages.first().copied())
            .unwrap_or(Passage { text: texts.len(), start: 0, end: 0 });
        theme
    });
    let repeats = open.found.repeats.iter().map(|group| all(group)).filter(|g| g.len() > 1);
    let found = Themes {
        themes: themes.collect(),
        outside: all(&open.found.outside),
        uninformative: all(&open.found.uninformative),
        repeats: repeats.collect(),
    };
    open.narrowed(texts, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_what_was_written() {
        let query = "language=zh&chosen=q2.o1&chosen=q3.s1.agree&theme=q1.ab12&group=B&via=public&from=2026-11-01&until=2026-11-30";
        let filter = Filter::read(&Fields::parse(query.as_bytes()));
        assert_eq!(filter.query(), query);
        assert_eq!(filter.chosen[1], ("q3".to_owned(), "s1.agree".to_owned()));
        assert_eq!(filter.group, Some(1));
        for pair in filter.pairs() {
            let rest = filter.without(&pair);
            assert_eq!(rest.pairs().len(), filter.pairs().len() - 1, "{pair:?}");
            assert!(!rest.pairs().contains(&pair));
        }
    }

    #[test]
    fn nonsense_is_everybody() {
        let query = "language=&chosen=q2&chosen=.x&theme=&group=AA&via=me&from=yesterday";
        assert!(Filter::read(&Fields::parse(query.as_bytes())).is_empty());
    }
}
