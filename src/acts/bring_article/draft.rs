//! The first draft of a questionnaire: what the candidates of an article make.

use chrono::{DateTime, Datelike as _, Days, Utc};
use chrono_tz::Tz;

use crate::acts::save_questionnaire::{Edited, EditedQuestion};
use crate::article::{Candidate, CandidateKind};
use crate::domain::Wording;
use crate::domain::consent::Consent;
use crate::domain::kind::{
    Allocation, Availability, Contact, Kind, Open, Single, Slot, Statements,
};
use crate::domain::question::Line;
use crate::domain::text::shortened;
use crate::store::questionnaires::Questionnaire;

/// The form that these candidates make: the questions in the article's order, one question
/// with all statements, and at the end who they are and what they allow.
pub fn questions_of(
    candidates: &[Candidate],
    language: &str,
    now: DateTime<Utc>,
) -> Vec<EditedQuestion> {
    let zh = language == "zh";
    let mut ordered: Vec<&Candidate> = candidates.iter().collect();
    ordered.sort_by_key(|c| (c.kind == CandidateKind::Further, c.start, c.end, kind_order(c.kind)));
    let mut questions: Vec<EditedQuestion> = vec![];
    let ask = |prompt: String, help: &str, kind: Kind, passage| EditedQuestion {
        key: None,
        wording: Wording { help: help.to_owned(), ..Wording::new(prompt, kind) },
        passage,
        shown: vec![],
    };
    for candidate in &ordered {
        let passage = Some((candidate.start, candidate.end));
        match candidate.kind {
            CandidateKind::Open | CandidateKind::Further => questions.push(ask(
                candidate.text.clone(),
                "",
                Kind::Open(Open { long: true, most: None }),
                passage,
            )),
            CandidateKind::Allocation => questions.push(ask(
                if zh {
                    "您会怎样下注？".to_owned()
                } else {
                    "How would you place your bets?".to_owned()
                },
                if zh {
                    "把 100 点分给您看好的方向。"
                } else {
                    "Share 100 points among what you believe in."
                },
                Kind::Allocation(Allocation {
                    options: Line::numbered("o", candidate.options.clone()),
                    other: true,
                    total: 100,
                }),
                passage,
            )),
            CandidateKind::Single => questions.push(ask(
                candidate.text.clone(),
                "",
                Kind::Single(Single {
                    options: Line::numbered("o", candidate.options.clone()),
                    other: true,
                }),
                passage,
            )),
            CandidateKind::Statement => {}
        }
    }
    let mut statements: Vec<&&Candidate> =
        ordered.iter().filter(|c| c.kind == CandidateKind::Statement).collect();
    statements.sort_by_key(|candidate| candidate.start);
    if !statements.is_empty() {
        let lines = statements.iter().map(|candidate| candidate.text.clone());
        questions.push(ask(
            if zh {
                "您同意这些说法吗？".to_owned()
            } else {
                "Where do you stand?".to_owned()
            },
            if zh { "不确定的可以跳过。" } else { "Pass where you would rather not say." },
            Kind::Statements(Statements {
                statements: Line::numbered("s", lines),
                ..Statements::default()
            }),
            None,
        ));
    }
    questions.push(ask(
        if zh { "您什么时候方便聊？" } else { "When could you talk?" }.to_owned(),
        if zh {
            "想参加小组讨论的话，请告诉我们您能来的时间。"
        } else {
            "If you would like to join a small group: when could you come?"
        },
        Kind::Availability(proposed_times(language, now)),
        None,
    ));
    questions.push(ask(
        if zh {
            "要不要一起聊聊？".to_owned()
        } else {
            "Shall we talk about it?".to_owned()
        },
        if zh {
            "都可以不填。您的姓名和邮箱与回答分开保存。"
        } else {
            "All of this is optional. Your name and address are kept apart from your answers."
        },
        Kind::Contact(Contact { consents: Consent::ALL.to_vec() }),
        None,
    ));
    questions
}

fn kind_order(kind: CandidateKind) -> u8 {
    match kind {
        CandidateKind::Open => 0,
        CandidateKind::Allocation => 1,
        CandidateKind::Single => 2,
        CandidateKind::Further => 3,
        CandidateKind::Statement => 4,
    }
}

/// A whole draft as it is saved for a questionnaire that has no questions yet.
pub fn draft_of(
    questionnaire: &Questionnaire,
    candidates: &[Candidate],
    now: DateTime<Utc>,
) -> Edited {
    Edited {
        title: shortened(&questionnaire.title, 300),
        introduction: questionnaire.introduction.clone(),
        translations: questionnaire.options().translations,
        questions: questions_of(candidates, &questionnaire.language, now),
        ..Edited::default()
    }
}

/// Six times to begin with, which the organizer changes in the editor: three evenings, a late
/// morning at the weekend, and two times in the week after, from two weeks ahead.
fn proposed_times(language: &str, now: DateTime<Utc>) -> Availability {
    let zone = if language == "zh" { Tz::Asia__Shanghai } else { Tz::UTC };
    let today = now.with_timezone(&zone).date_naive();
    let to_monday = 7 - u64::from(today.weekday().num_days_from_monday());
    let monday = today.checked_add_days(Days::new(to_monday + 7));
    let slots = [(1, 19, 0), (2, 19, 0), (3, 19, 0), (5, 11, 0), (8, 19, 0), (10, 12, 30)]
        .into_iter()
        .filter_map(|(day, hour, minute)| {
            let local = monday?.checked_add_days(Days::new(day))?.and_hms_opt(hour, minute, 0)?;
            let start = local.and_local_timezone(zone).earliest()?.with_timezone(&Utc);
            Some(Slot::at(start, 90))
        })
        .collect();
    Availability { slots, zone: zone.name().to_owned() }
}
