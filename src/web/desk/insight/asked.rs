//! What the address of the results page asks for: whose responses, and which two questions
//! against each other.

use crate::domain::Fields;
use crate::domain::text::shortened;
use crate::insight::cross::{Crossed, crossed};
use crate::insight::filter::{Filter, Via};
use crate::insight::topics::{Topic, topic, topics};
use crate::insight::{Insight, Material};
use crate::web::ui::layout::language_name;

/// The query of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::web::desk) struct Asked {
    /// Whose responses.
    pub filter: Filter,
    /// The topic in the rows of the cross-table; empty: none.
    pub rows: String,
    /// The topic in its columns.
    pub columns: String,
}

impl Asked {
    /// Reads a query; what makes no sense is left out.
    pub(in crate::web::desk) fn read(query: &str) -> Self {
        let fields = Fields::parse(query.as_bytes());
        let of = |name: &str| fields.filled(name).unwrap_or_default().trim().to_owned();
        Self { filter: Filter::read(&fields), rows: of("rows"), columns: of("columns") }
    }

    /// As the query of an address.
    pub(super) fn query(&self) -> String {
        self.with(&self.filter)
    }

    /// The same of other responses.
    pub(super) fn with(&self, filter: &Filter) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(filter.pairs());
        for (name, value) in [("rows", &self.rows), ("columns", &self.columns)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }

    /// The two questions against each other, where both are there and are two.
    pub(super) fn crossed(&self, material: &Material) -> Option<Crossed> {
        if self.rows == self.columns {
            return None;
        }
        let (rows, columns) = (topic(material, &self.rows)?, topic(material, &self.columns)?);
        Some(crossed(material, rows, columns))
    }

    /// Each part of the filter in words, with the query of the page without it.
    pub(super) fn chips(&self, whole: &Insight) -> Vec<(String, String)> {
        let all = topics(&whole.material);
        let pairs = self.filter.pairs().into_iter();
        let chip = |pair: (&'static str, String)| {
            let rest = self.with(&self.filter.without(&pair));
            (self.said(whole, &all, pair.0, &pair.1), rest)
        };
        pairs.map(chip).collect()
    }

    /// In a file: whose responses it is of, unless it is everybody's.
    pub(in crate::web::desk) fn only(&self, whole: &Insight) -> Option<String> {
        let which: Vec<String> = self.chips(whole).into_iter().map(|(words, _)| words).collect();
        (!which.is_empty()).then(|| format!("Only: {}.", which.join("; ")))
    }

    fn said(&self, whole: &Insight, all: &[Topic], name: &str, value: &str) -> String {
        match name {
            "language" => format!("Language: {}", language_name(value)),
            "chosen" => {
                let found = all.iter().find_map(|topic| {
                    let rest = value.strip_prefix(topic.key.as_str())?.strip_prefix('.')?;
                    let choice = topic.choices.iter().find(|choice| choice.value == rest)?;
                    Some(format!("“{}”: {}", shortened(&topic.title, 60), choice.label))
                });
                found.unwrap_or_else(|| "An answer that is not there".to_owned())
            }
            "theme" => {
                let label = value.split_once('.').and_then(|(key, id)| theme(whole, key, id));
                label.map_or("A theme that is no longer there".to_owned(), |label| {
                    format!("Theme: {label}")
                })
            }
            "group" => format!("Opinion group {value}"),
            "via" if self.filter.via == Some(Via::Invited) => "Invited".to_owned(),
            "via" => "By the public address".to_owned(),
            "from" => format!("From {value}"),
            _ => format!("Until {value}"),
        }
    }
}

fn theme(whole: &Insight, key: &str, id: &str) -> Option<String> {
    let asked = whole.material.questions.iter().find(|asked| asked.key == key)?;
    let open = whole.themes.iter().find(|open| open.question == asked.id)?;
    open.found.themes.get(open.place(id)?).map(|theme| theme.label.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_as_it_is_read() {
        let query = "language=zh&chosen=q2.o1&group=A&rows=q2&columns=q5.s1";
        assert_eq!(Asked::read(query).query(), query);
        let nonsense = "language=&rows=&columns=+&chosen=&from=x&%00=%ff&theme=%e9%9b";
        assert_eq!(Asked::read(nonsense).query(), "");
    }
}
