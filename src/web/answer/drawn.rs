//! The public form as most readers get it, drawn once for all: only the form's key differs.

use super::page::{self, Trouble};
use super::published::{Door, Published};
use super::view::Sheet;
use crate::domain::Fields;
use crate::words::Words;

/// Stands in a drawn page where the form's key goes. Nobody can write it into an answer or a
/// question and gain by it: a page in which it stands more than once is not taken apart.
const KEY_HERE: &str = "\u{e000}key\u{e001}";

/// Whether nothing is asked of the form but its language: then it is the same for everybody.
pub(super) fn is_plain(query: &str) -> bool {
    query.split('&').all(|part| part.is_empty() || part.starts_with("lang="))
}

/// The form, as [`page::form`] draws it.
pub(super) fn page(words: Words, of: &Published, door: &Door) -> String {
    let parts = of.drawn.get(words.language(), || {
        let door = Door { key: KEY_HERE.to_owned(), ..door.clone() };
        let whole = draw(words, of, &door);
        whole.split(KEY_HERE).map(str::to_owned).collect()
    });
    match &*parts {
        [before, after] => [before, door.key.as_str(), after].concat(),
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
