//! What a form of the theme page asks for.

use crate::acts::edit_themes::{Change, Target};
use crate::domain::{Fields, ResponseId};
use crate::insight::themes::edit::Span;

/// No form moves more passages at once: there are fifty on a page, and folds.
const MOST: usize = 2_000;

/// A span as it stands in a form.
pub(super) fn written(span: &Span) -> String {
    format!("{}.{}.{}", span.response, span.start, span.end)
}

fn read(text: &str) -> Option<Span> {
    let mut parts = text.split('.');
    let response: ResponseId = parts.next()?.parse().ok()?;
    let (start, end) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    parts.next().is_none().then_some(Span { response, start, end })
}

/// The change that was asked for; none if no form of ours asks so.
pub(super) fn change(fields: &Fields) -> Option<Change> {
    let theme = || fields.filled("theme").map(str::to_owned);
    for (name, first) in [("pin", true), ("unpin", false)] {
        if let Some(span) = fields.get(name).and_then(read) {
            return Some(Change::Pin { theme: theme()?, span, first });
        }
    }
    Some(match fields.get("do")? {
        "rename" => Change::Rename {
            theme: theme()?,
            label: fields.get("label").unwrap_or_default().to_owned(),
        },
        "merge" => {
            Change::Merge { themes: fields.all("tick").map(str::to_owned).take(MOST).collect() }
        }
        "split" => Change::Split { theme: theme()? },
        "hide" => Change::Hide { theme: theme()?, hidden: true },
        "show" => Change::Hide { theme: theme()?, hidden: false },
        "further" => Change::Further,
        "undo" => Change::Undo,
        "start-over" => Change::StartOver,
        "move" => Change::Move {
            from: theme(),
            spans: fields.all("passage").filter_map(read).take(MOST).collect(),
            to: match fields.get("to")? {
                "" => return None,
                "new" => Target::New(fields.filled("name").map(str::to_owned)),
                "none" => Target::Nowhere,
                theme => Target::Theme(theme.to_owned()),
            },
            whole: fields.has("whole", "yes"),
        },
        _ => return None,
    })
}

/// The part of the page that a form was sent from, as its address says it.
pub(super) fn place(fields: &Fields) -> Fields {
    let kept = ["theme", "show", "page"];
    fields
        .pairs()
        .filter(|(name, _)| kept.contains(name) && !fields.has("view", "all"))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_read_as_it_was_written() {
        let span = Span { response: ResponseId(uuid::Uuid::from_u128(7)), start: 3, end: 40 };
        assert_eq!(read(&written(&span)), Some(span));
        for odd in ["", "a.1.2", "1.2", "00000000000000000000000000000007.1.2.3", "x.-1.5"] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }

    #[test]
    fn what_no_form_of_ours_asks_for_is_nothing() {
        for odd in ["", "do=", "do=drop", "do=rename", "do=move&passage=1", "pin=1.2.3&do=pin"] {
            assert_eq!(change(&Fields::parse(odd.as_bytes())), None, "{odd}");
        }
    }
}
