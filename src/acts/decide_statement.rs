//! An organizer decides about a statement that a reader added: it goes on the form, as a further
//! wording, or it is left off. No other reader sees it before.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::kind::Kind;
use crate::domain::question::Line;
use crate::domain::status::Decision;
use crate::domain::{Answer, QuestionId, ResponseId, WordingId, token};
use crate::insight::{self, Material};
use crate::service::Service;
use crate::store::questionnaires::{self, Asked, Questionnaire};
use crate::store::{proposals, responses};

/// By which a proposed statement is named on pages and in the table of decisions.
pub fn name_of(text: &str) -> String {
    token::hash(text)
}

/// A statement that readers added.
#[derive(Clone, Debug)]
pub struct Proposed<'a> {
    /// To which question.
    pub asked: &'a Asked,
    /// Its words.
    pub text: String,
    /// By which it is named; see [`name_of`].
    pub name: String,
    /// How many wrote it.
    pub count: usize,
    /// What was decided, if anything was.
    pub decision: Option<Decision>,
}

/// What was decided about statements, by question and name.
pub type Decisions = BTreeMap<(QuestionId, String), Decision>;

/// What readers added, question by question, in the order of the alphabet: who wrote it and when
/// is not told here, and does not show.
pub fn proposals<'a>(material: &'a Material, decided: &Decisions) -> Vec<Proposed<'a>> {
    let mut all = vec![];
    for asked in &material.questions {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (_, answer) in material.answers(asked.id) {
            let Answer::Statements(votes) = answer else { continue };
            // Who writes it twice says it once.
            for text in votes.proposed().collect::<BTreeSet<_>>() {
                *counts.entry(text).or_default() += 1;
            }
        }
        for (text, count) in counts {
            let name = name_of(&text);
            let decision = decided.get(&(asked.id, name.clone())).copied();
            all.push(Proposed { asked, text, name, count, decision });
        }
    }
    all
}

/// Decides about the statement with this name that somebody added to the question `key`. Whether
/// there was such a statement; what is on the form already is not put there twice.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn decide_statement(
    service: &Service,
    questionnaire: &Questionnaire,
    key: &str,
    name: &str,
    decision: Decision,
) -> anyhow::Result<bool> {
    let now = service.clock.now();
    // Who proposed it is looked up before the write begins, among all; only theirs is read again.
    let insight = insight::now(service, questionnaire).await?;
    let Some(proposer) = proposed_by(&insight.material, key, name) else { return Ok(false) };
    let tx = service.store.write().await?;
    let Some(mut questionnaire) = questionnaires::hold(&tx, questionnaire.id).await? else {
        return Ok(false);
    };
    let asked = questionnaires::all_asked(&tx, questionnaire.id).await?;
    let Some(mut asked) = asked.into_iter().find(|asked| asked.key == key) else {
        return Ok(false);
    };
    let Some(response) = responses::by_id(&tx, proposer).await? else { return Ok(false) };
    let given = responses::given(&tx, response).await?;
    let text = given.answer(asked.id).and_then(|answer| proposal(answer, name));
    let Some(text) = text else { return Ok(false) };
    let id = questionnaire.id;
    let news = proposals::decide(&tx, id, asked.id, name, decision, now).await?;
    if news && decision == Decision::Taken {
        let all = questionnaires::wordings(&tx, id).await?;
        let question = asked.id;
        if add(&mut asked, text, questionnaires::lines_ever(&all, question)) {
            asked.wording_id = WordingId(service.clock.name());
            questionnaires::insert_wording(&tx, id, &asked, now).await?;
            questionnaires::update_question(&tx, &asked).await?;
            questionnaire.version += 1;
            questionnaires::update(&tx, questionnaire).await?;
        }
    }
    tx.commit().await?;
    service.forms.changed();
    Ok(true)
}

/// The first respondent who proposes it.
fn proposed_by(material: &Material, key: &str, name: &str) -> Option<ResponseId> {
    let asked = material.questions.iter().find(|asked| asked.key == key)?;
    let mut answers = material.answers(asked.id);
    answers.find_map(|(id, answer)| proposal(answer, name).map(|_| id))
}

fn proposal(answer: &Answer, name: &str) -> Option<String> {
    match answer {
        Answer::Statements(votes) => votes.proposed().find(|text| name_of(text) == name),
        _ => None,
    }
}

/// Puts the statement at the end of the question's, under a key that no line of it has `ever`
/// had; whether it was not there already.
fn add<'a>(asked: &mut Asked, text: String, ever: impl Iterator<Item = &'a Line>) -> bool {
    let Kind::Statements(kind) = &mut asked.wording.kind else { return false };
    if kind.statements.iter().any(|line| line.text == text) {
        return false;
    }
    kind.statements.push(Line { key: String::new(), text });
    asked.wording.kind.name_lines(ever);
    asked.version += 1;
    true
}
