//! Which deed a form of the list of contacts asks for.

use super::Chosen;
use crate::acts::edit_contacts::Deed;
use crate::domain::{Fields, ListId, audience};

/// The deed of the button that was pressed, or what is missing for it.
pub(super) fn deed(fields: &Fields) -> Chosen {
    let list = || fields.get("list").and_then(|id| id.parse::<ListId>().ok());
    let name = fields.filled("new_list");
    let words = audience::tags(fields.get("tags").unwrap_or_default());
    match fields.get("do").unwrap_or_default() {
        "put_on" => match (list(), name) {
            (_, Some(name)) => Ok(Deed::PutOnNew(name.to_owned())),
            (Some(list), None) => Ok(Deed::PutOn(list)),
            (None, None) => Err("Choose a list, or name a new one."),
        },
        "take_off" => list().map(Deed::TakeOff).ok_or("Choose the list that they leave."),
        "tag" if !words.is_empty() => Ok(Deed::Tag(words)),
        "untag" if !words.is_empty() => Ok(Deed::Untag(words)),
        "tag" | "untag" => Err("Write the tags, separated by commas."),
        "suppress" => Ok(Deed::Suppress),
        _ => Err("Press one of the buttons."),
    }
}
