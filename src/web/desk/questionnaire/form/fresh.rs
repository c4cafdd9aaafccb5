//! Questions that begin empty, and questions that become of another kind.

use crate::acts::save_questionnaire::EditedQuestion;
use crate::domain::Wording;
use crate::domain::consent::Consent;
use crate::domain::kind::{
    Allocation, Availability, Contact, Kind, Multiple, Number, Open, Ranking, Scale, Single,
    Statements,
};

/// A new question of a kind, to be filled in.
pub(super) fn question(word: &str, language: &str) -> Option<EditedQuestion> {
    let zone = if language == "zh" { "Asia/Shanghai" } else { "UTC" }.to_owned();
    let kind = match word {
        "open" => Kind::Open(Open { long: true, most: None }),
        "single" => Kind::Single(Single { options: vec![], other: false }),
        "multiple" => Kind::Multiple(Multiple { options: vec![], other: false }),
        "scale" => Kind::Scale(Scale {
            points: 5,
            low: String::new(),
            high: String::new(),
            cannot_say: false,
        }),
        "statements" => {
            Kind::Statements(Statements { statements: vec![], ..Statements::default() })
        }
        "allocation" => Kind::Allocation(Allocation { options: vec![], other: true, total: 100 }),
        "ranking" => Kind::Ranking(Ranking::default()),
        "number" => Kind::Number(Number::default()),
        "availability" => Kind::Availability(Availability { slots: vec![], zone }),
        "contact" => Kind::Contact(Contact { consents: Consent::ALL.to_vec() }),
        _ => return None,
    };
    let prompt = match (word, language) {
        ("availability", "zh") => "您什么时候方便？",
        ("availability", _) => "When could you come?",
        ("contact", "zh") => "要不要一起聊聊？",
        ("contact", _) => "Shall we talk about it?",
        _ => "",
    };
    let wording = Wording::new(prompt, kind);
    Some(EditedQuestion { key: None, wording, passage: None, shown: vec![] })
}

/// The same question answered in another way: what both ways know of is kept.
pub(super) fn changed(kind: Kind, word: &str, language: &str) -> Kind {
    let Some(new) = question(word, language) else { return kind };
    let mut new = new.wording.kind;
    let mut old = kind;
    if let (Some((lines, letter)), Some((place, other))) = (old.lines_mut(), new.lines_mut()) {
        place.append(lines);
        if letter != other {
            // Their keys are those of another sort of lines: they get new ones when kept.
            for (number, line) in place.iter_mut().enumerate() {
                line.key = format!("+{number}");
            }
        }
    }
    let offered = match &old {
        Kind::Single(kind) => Some(kind.other),
        Kind::Multiple(kind) => Some(kind.other),
        Kind::Allocation(kind) => Some(kind.other),
        _ => None,
    };
    match (&mut new, offered) {
        (Kind::Single(kind), Some(other)) => kind.other = other,
        (Kind::Multiple(kind), Some(other)) => kind.other = other,
        (Kind::Allocation(kind), Some(other)) => kind.other = other,
        _ => {}
    }
    new
}
