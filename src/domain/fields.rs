//! What a form sent: pairs of names and texts, in order. The form that is drawn again after a
//! problem is filled from here, so that nothing typed is lost.

use super::text;

/// The fields of one form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded`. Never fails: bytes that are no UTF-8 become
    /// the replacement character.
    pub fn parse(body: &[u8]) -> Self {
        form_urlencoded::parse(body)
            .map(|(name, value)| (name.into_owned(), text::at_the_door(&value)))
            .collect()
    }

    /// The first text under `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The first text under `name` if it has more than white space.
    pub fn filled(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.trim().is_empty())
    }

    /// Every text under `name`.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Whether `name` was sent with the text `value`: a ticked box, a chosen radio button.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|v| v == value)
    }

    /// Every pair, as sent.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl From<Fields> for Vec<(String, String)> {
    fn from(fields: Fields) -> Self {
        fields.0
    }
}

impl FromIterator<(String, String)> for Fields {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}
