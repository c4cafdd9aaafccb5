//! What stands above the first question: who reads the answers, and what is known of whose they
//! are. Every sentence is true of its mode.

use maud::{Markup, html};

use super::published::{Door, Published};
use super::view::Sheet;
use crate::domain::kind::Kind;
use crate::domain::status::Mode;
use crate::store::questionnaires::Asked;

/// The promise.
pub(super) fn notice(of: &Published, door: &Door, sheet: &Sheet<'_>) -> Markup {
    let words = sheet.words;
    let asker = [("organizer", of.asker(words).into())];
    let is_invited = door.invitation.is_some();
    let asks_who = sheet.asked.iter().any(|asked| matches!(asked.wording.kind, Kind::Contact(_)));
    let mode = of.questionnaire.mode;
    html! {
        .notice.promise {
            h2 { (words.get(title(mode))) }
            @for key in sentences(mode, is_invited, asks_who, offers_times(sheet.asked)) {
                p { (words.with(key, &asker)) }
            }
        }
    }
}

/// What the mode is called above the form.
fn title(mode: Mode) -> &'static str {
    match mode {
        Mode::Identified => "form-mode-identified",
        Mode::Confidential => "form-mode-confidential",
        Mode::Anonymous => "form-mode-anonymous",
    }
}

/// The sentences that are true, in order.
fn sentences(
    mode: Mode,
    is_invited: bool,
    asks_who: bool,
    offers_times: bool,
) -> Vec<&'static str> {
    let mut said = vec!["form-mode-reads"];
    match mode {
        Mode::Identified => {
            said.push(if is_invited { "form-mode-link-seen" } else { "form-mode-name-seen" });
            said.push("form-what-then");
        }
        Mode::Confidential => {
            said.push(if is_invited { "form-mode-link-kept" } else { "form-mode-nothing-known" });
            if asks_who {
                said.push("form-mode-name-agreed");
            }
            said.push("form-what-then");
        }
        Mode::Anonymous => {
            said.push(if is_invited {
                "form-mode-link-only-lets-in"
            } else {
                "form-mode-not-asked"
            });
            said.push("form-mode-mixed");
            said.push("form-mode-your-words");
            if offers_times {
                said.push("form-mode-times");
            }
            said.push("form-mode-receipt");
        }
    }
    said
}

fn offers_times(asked: &[Asked]) -> bool {
    asked.iter().any(|asked| matches!(asked.wording.kind, Kind::Availability(_)))
}
