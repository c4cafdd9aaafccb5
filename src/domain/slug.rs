//! The part of a questionnaire's address that a reader sees.

use std::{fmt, str::FromStr};

use sea_orm::entity::prelude::DeriveValueType;

/// `second-half-of-ai` in `/q/second-half-of-ai`: 1 to 80 characters of a-z, 0-9 and '-'.
#[derive(Clone, Debug, PartialEq, Eq, Hash, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub struct Slug(String);

/// Why a text is no slug.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("an address has 1 to 80 characters of a-z, 0-9 and '-'")]
pub struct InvalidSlug;

impl Slug {
    /// A slug made of a title's first words; `fallback` where the title has no Latin letters.
    pub fn of_title(title: &str, fallback: &str) -> Self {
        let mut slug = String::new();
        for word in title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
            if slug.len() + word.len() > 60 {
                break;
            }
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        }
        slug.parse().or_else(|_| fallback.parse()).unwrap_or_else(|_| Self("article".to_owned()))
    }

    /// The same slug with a number behind it, for when the first is taken.
    #[must_use]
    pub fn numbered(&self, number: usize) -> Self {
        Self(format!("{}-{number}", self.0))
    }

    /// The slug's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = InvalidSlug;

    fn from_str(s: &str) -> Result<Self, InvalidSlug> {
        let fits = (1..=80).contains(&s.len())
            && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if fits { Ok(Self(s.to_owned())) } else { Err(InvalidSlug) }
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_an_address() {
        let slug = Slug::of_title("Several judgments on DeepSeek & the 2nd half", "article");
        assert_eq!(slug.as_str(), "several-judgments-on-deepseek-the-2nd-half");
        assert_eq!(Slug::of_title("下半场", "article-7").as_str(), "article-7");
        assert_eq!("Not A Slug".parse::<Slug>(), Err(InvalidSlug));
        assert_eq!("".parse::<Slug>(), Err(InvalidSlug));
    }
}
