//! What stands before an article about it: YAML between `---`, TOML between `+++`, or JSON.

use chrono::NaiveDate;
use serde_json::{Map, Value};

/// Longer heads than this are text that begins with a line of dashes.
const LONG: usize = 64 << 10;

/// What a head says. Unknown keys are passed over.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct FrontMatter {
    pub title: Option<String>,
    pub date: Option<NaiveDate>,
    pub source: Option<String>,
    pub summary: Option<String>,
    pub link: Option<String>,
    pub language: Option<String>,
}

/// Reads the head and where the body begins. Without a head, or with one that nothing can be read
/// from, all of it is body, so that nothing gets lost.
pub(super) fn read(text: &str) -> (FrontMatter, usize) {
    find(text).unwrap_or_default()
}

fn find(text: &str) -> Option<(FrontMatter, usize)> {
    let lead = text.len() - text.trim_start_matches(['\u{feff}', '\n']).len();
    if text.get(lead..)?.starts_with("{\n") {
        return json(text, lead);
    }
    let fence = text.get(lead..lead + 3).filter(|fence| ["---", "+++"].contains(fence))?;
    let mut at = lead;
    let mut inner = None;
    for line in text.get(lead..)?.split_inclusive('\n') {
        let begin = at;
        at += line.len();
        if begin - lead > LONG {
            return None;
        }
        let is_fence = line.trim_end() == fence;
        match inner {
            None if is_fence => inner = Some(at),
            None => return None,
            Some(from) if is_fence => {
                let head = text.get(from..begin)?;
                return Some((parse(head, fence == "+++")?, at));
            }
            Some(_) => {}
        }
    }
    None
}

/// A head in JSON stands alone in its lines, from `{` to `}`.
fn json(text: &str, lead: usize) -> Option<(FrontMatter, usize)> {
    let begin = text.get(lead..text.floor_char_boundary(lead + LONG))?;
    let length = begin.find("\n}")? + 2;
    let values: Map<String, Value> = serde_json::from_str(begin.get(..length)?).ok()?;
    let rest = text.get(lead + length..)?;
    let end = rest.find('\n').map_or(text.len(), |at| lead + length + at + 1);
    rest.lines().next().is_none_or(|line| line.trim().is_empty()).then(|| (of(&values), end))
}

fn parse(head: &str, toml: bool) -> Option<FrontMatter> {
    let values: Option<Map<String, Value>> = if toml {
        toml::from_str::<toml::Table>(head).ok().map(|table| {
            table.into_iter().filter_map(|(key, value)| Some((key, of_toml(value)?))).collect()
        })
    } else {
        serde_saphyr::from_str(head).ok()
    };
    // A head that is broken in one value still says much in the others; prose between two lines
    // of dashes is no head.
    Some(of(&values.or_else(|| line_by_line(head))?))
}

/// What the values of a head say.
fn of(values: &Map<String, Value>) -> FrontMatter {
    let say = |keys: &[&str]| {
        keys.iter().find_map(|key| {
            // Zola keeps what it does not know itself under `extra`.
            let extra = values.get("extra").and_then(Value::as_object).into_iter().flatten();
            let mut all = values.iter().chain(extra);
            all.find(|(name, _)| name.eq_ignore_ascii_case(key)).and_then(|(_, v)| words(v))
        })
    };
    let source = say(&["source", "author", "authors", "publication", "publisher"]);
    FrontMatter {
        title: say(&["title"]),
        date: say(&["date", "published", "pubdate", "created"]).and_then(|date| as_date(&date)),
        source,
        summary: say(&["summary", "description", "abstract", "excerpt"]),
        link: say(&["link", "url", "canonical", "canonicalurl", "source_url"])
            .filter(|link| link.starts_with("https://") || link.starts_with("http://")),
        language: say(&["lang", "language", "locale"]).and_then(|language| primary(&language)),
    }
}

/// Dates of TOML are no texts; whatever else is not plain is passed over.
fn of_toml(value: toml::Value) -> Option<Value> {
    Some(match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(values) => values.into_iter().filter_map(of_toml).collect(),
        toml::Value::Table(table) => Value::Object(
            table.into_iter().filter_map(|(key, value)| Some((key, of_toml(value)?))).collect(),
        ),
        _ => return None,
    })
}

fn line_by_line(head: &str) -> Option<Map<String, Value>> {
    let named = |line: &str| {
        let key = line.split([':', '=']).next().filter(|key| key.len() < line.len());
        key.is_some_and(|key| !key.trim().is_empty() && !key.trim().contains(char::is_whitespace))
    };
    let of_head = |line: &str| {
        line.trim().is_empty() || line.starts_with([' ', '\t', '-', '#', ']', '}']) || named(line)
    };
    if !head.lines().all(of_head) {
        return None;
    }
    let read: Map<String, Value> = head
        .lines()
        .filter_map(|line| {
            let (key, value) = line.split_once([':', '='])?;
            let key = key.trim();
            let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_');
            let value = value.trim().trim_matches(['"', '\'']).trim();
            (plain && !value.is_empty()).then(|| (key.to_owned(), value.into()))
        })
        .collect();
    (!read.is_empty()).then_some(read)
}

/// The text of a value; of a list the first, of a person the name.
fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => words(values.first()?)?,
        Value::Object(values) => words(values.get("name")?)?,
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The date that a text begins with: `2025-02-08 13:49:41`, `2025/2/8`, `2025年2月8日`.
pub(super) fn as_date(text: &str) -> Option<NaiveDate> {
    let day: String = text.trim().chars().take_while(|c| !c.is_whitespace() && *c != 'T').collect();
    ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]
        .iter()
        .find_map(|form| NaiveDate::parse_from_str(&day, form).ok())
        .or_else(|| NaiveDate::parse_from_str(text.trim(), "%B %d, %Y").ok())
        .or_else(|| NaiveDate::parse_from_str(text.trim(), "%d %B %Y").ok())
}

/// The primary part of a language tag: `zh` of `zh-Hans`.
pub(super) fn primary(tag: &str) -> Option<String> {
    let first = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    ((2..=3).contains(&first.len()) && first.chars().all(|c| c.is_ascii_lowercase()))
        .then_some(first)
}
