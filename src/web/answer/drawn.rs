//! The public form as most readers get it, drawn once for all: only the form's key and the
//! time of its drawing differ.

use super::page::{self, Trouble};
use super::published::{Door, Published};
use super::view::Sheet;
use crate::domain::Fields;
use crate::words::Words;

/// Stand in a drawn page where the form's key and the time of its drawing go. Nobody gains by
/// writing one into a question: a page in which one stands twice is not taken apart.
const KEY_HERE: &str = "\u{e000}key\u{e001}";
const STAMP_HERE: &str = "\u{e000}stamp\u{e001}";

/// Whether nothing is asked of the form but its language: then it is the same for everybody.
pub(super) fn is_plain(query: &str) -> bool {
    query.split('&').all(|part| part.is_empty() || part.starts_with("lang="))
}

/// The form, as [`page::form`] draws it.
pub(super) fn page(words: Words, of: &Published, door: &Door) -> String {
    let parts = of.drawn.get(words.language(), || {
        let (key, stamp) = (KEY_HERE.to_owned(), STAMP_HERE.to_owned());
        let whole = draw(words, of, &Door { key, stamp, ..door.clone() });
        let parts = whole.split(KEY_HERE).flat_map(|part| part.split(STAMP_HERE));
        parts.map(str::to_owned).collect()
    });
    match &*parts {
        [before, between, after] => {
            [before, door.key.as_str(), between, door.stamp.as_str(), after].concat()
        }
        _ => draw(words, of, door),
    }
}

fn draw(words: Words, of: &Published, door: &Door) -> String {
    let (article, questions) = (of.read(), of.questions());
    let sheet = Sheet {
        words,
        language: &of.questionnaire.language,
        asked: &questions,
        article: Some(&article),
        fields: &Fields::default(),
        problems: &[],
    };
    page::form(of, door, &sheet, &Trouble::None).into_string()
}
