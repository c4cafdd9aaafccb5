//! A questionnaire of every kind of question, in English with Chinese.

use colloquy::domain::consent::Consent;
use colloquy::domain::kind::{
    Allocation, Availability, Contact, Kind, Multiple, Number, Open, Ranking, Scale, Single, Slot,
    Statements,
};
use colloquy::domain::question::{Line, Translation};
use colloquy::domain::{Condition, Wording};

use super::open;

/// Twelve questions, `q1` to `q12`: an open one with a counter, one option (with Chinese),
/// several options, a scale with "can't say", statements with readers' own, a ranking, points, a
/// number, an open one asked only of who chose `o1` in `q2`, one that hangs on it in turn, times
/// and the contact.
pub fn every_kind() -> Vec<Wording> {
    let options = |texts: [&str; 3]| Line::numbered("o", texts);
    let mut single = Wording::new(
        "Which surface matters most?",
        Kind::Single(Single { options: options(["Chat", "Canvas", "Voice"]), other: true }),
    );
    let lines = [("o1", "聊天"), ("o2", "画布")];
    single.translations.insert(
        "zh".to_owned(),
        Translation {
            prompt: "哪种界面最重要？".to_owned(),
            help: String::new(),
            lines: lines.map(|(key, text)| (key.to_owned(), text.to_owned())).into(),
        },
    );
    let mut why = open("Why chat?");
    why.required = true;
    why.shown_if = Some(Condition { question: "q2".to_owned(), any_of: vec!["o1".to_owned()] });
    let mut further = open("Tell us more about it.");
    further.shown_if = Some(Condition { question: "q9".to_owned(), any_of: vec![] });
    let slots = ["2026-12-03T18:00:00Z", "2026-12-04T18:00:00Z"];
    vec![
        Wording::new("What comes next?", Kind::Open(Open { long: true, most: Some(20) })),
        single,
        Wording::new(
            "What do you use?",
            Kind::Multiple(Multiple { options: options(["Phone", "Desk", "Watch"]), other: true }),
        ),
        Wording::new(
            "How sure are you?",
            Kind::Scale(Scale {
                points: 5,
                low: "Not at all".to_owned(),
                high: "Entirely".to_owned(),
                cannot_say: true,
            }),
        ),
        Wording::new(
            "What do you think of these?",
            Kind::Statements(Statements {
                statements: Line::numbered("s", ["Chat stays.", "Forms go."]),
                own: true,
                one_by_one: false,
            }),
        ),
        Wording::new(
            "In which order?",
            Kind::Ranking(Ranking { options: options(["First", "Second", "Third"]) }),
        ),
        Wording::new(
            "Where would you bet?",
            Kind::Allocation(Allocation {
                options: options(["Red", "Green", "Blue"]),
                other: true,
                total: 100,
            }),
        ),
        Wording::new(
            "How many years?",
            Kind::Number(Number {
                least: Some(0.into()),
                most: Some(5000.into()),
                whole: false,
                unit: "years".to_owned(),
            }),
        ),
        why,
        further,
        Wording::new(
            "When could you come?",
            Kind::Availability(Availability {
                slots: slots.map(|start| Slot::at(start.parse().unwrap(), 90)).to_vec(),
                zone: "Europe/Berlin".to_owned(),
            }),
        ),
        Wording::new("Shall we talk?", Kind::Contact(Contact { consents: Consent::ALL.to_vec() })),
    ]
}
