//! What an organizer chose for a whole questionnaire, beyond its questions. Kept as JSON: a
//! questionnaire of before has the defaults.

use std::collections::BTreeMap;

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
}

/// What stands above the questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Head {
    /// The questionnaire's title.
    pub title: String,
    /// The words before the first question; may be empty.
    pub introduction: String,
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
