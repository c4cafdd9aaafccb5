//! What an organizer chose for a whole questionnaire, beyond its questions. Kept as JSON: a
//! questionnaire of before has the defaults.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, Utc};
use serde::{Deserialize, Serialize};

/// Choices for one questionnaire.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Title and introduction in further languages, by language tag.
    pub translations: BTreeMap<String, Head>,
    /// Names of the hidden fields that a link may carry as `?h.{name}=`.
    pub hidden: Vec<String>,
    /// Origins (`https://example.org`) whose pages may show the form in a frame.
    pub embed: Vec<String>,
    /// What readers see once their answers have arrived; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub thanks: String,
    /// When it begins to take answers, if not at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<DateTime<Utc>>,
    /// When it stops by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<DateTime<Utc>>,
    /// The organizer's time zone, an IANA name: both moments are shown on its clock. Empty: UTC.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub zone: String,
    /// How many responses are taken; whoever has begun may finish.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
    /// The organizer's colour, `#rrggbb`: see [`super::colour`] for what pages make of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent: Option<String>,
    /// The name of the picture at the head of its pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
}

impl Options {
    /// Whether it waits at this moment for its time to open.
    pub fn waits(&self, now: DateTime<Utc>) -> bool {
        self.opens_at.is_some_and(|opens| now < opens)
    }

    /// When it closed by its own time, if it has by this moment.
    pub fn closed_by(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.closes_at.filter(|closes| *closes <= now)
    }
}

/// What stands around the questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Head {
    /// The questionnaire's title.
    pub title: String,
    /// The words before the first question; may be empty.
    pub introduction: String,
    /// What readers see once their answers have arrived; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub thanks: String,
}

/// Whether a moment lies in the years 1970 to 9999, which every clock and database knows.
pub fn is_on_clocks(at: DateTime<Utc>) -> bool {
    (1970..=9999).contains(&at.year())
}

/// The longest name of a hidden field, and the longest address of a site, in characters.
const LONGEST: usize = 100;

/// A name for a hidden field, as it stands in a link: small letters, digits, `-` and `_`.
pub fn hidden_name(typed: &str) -> Option<String> {
    let name = typed.trim();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    (!name.is_empty() && name.len() <= LONGEST && name.chars().all(fits)).then(|| name.to_owned())
}

/// The origin of a site, as browsers write it (RFC 6454): scheme, host and a port that is not
/// the usual one. It goes into a header, so nothing else may be in it.
pub fn origin(typed: &str) -> Option<String> {
    let typed = typed.trim().trim_end_matches('/').to_ascii_lowercase();
    let (scheme, rest) = typed.split_once("://")?;
    let (host, port) = rest.split_once(':').map_or((rest, None), |(h, p)| (h, Some(p)));
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
    let host_fits = !host.is_empty() && host.chars().all(letters) && !host.starts_with(['.', '-']);
    let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    let fits = matches!(scheme, "http" | "https") && host_fits && port_fits;
    let usual = if scheme == "https" { ":443" } else { ":80" };
    let origin = typed.strip_suffix(usual).unwrap_or(&typed);
    (fits && origin.len() <= LONGEST).then(|| origin.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_origins_go_into_the_header() {
        for (typed, read) in [
            ("https://example.org", Some("https://example.org")),
            (" HTTPS://Example.org:443/ ", Some("https://example.org")),
            ("http://localhost:8080", Some("http://localhost:8080")),
            ("https://example.org/path", None),
            ("https://example.org; script-src *", None),
            ("https://*", None),
            ("https://a b", None),
            ("example.org", None),
            ("javascript://x", None),
            ("https://", None),
            ("https://x:99999", None),
            ("https://u@x", None),
            ("'self'", None),
        ] {
            assert_eq!(origin(typed).as_deref(), read, "{typed}");
        }
        for (typed, fits) in [("issue", true), ("utm_source-2", true), ("A", false), ("a.b", false)]
        {
            assert_eq!(hidden_name(typed).is_some(), fits, "{typed}");
        }
    }
}
