//! Records are kept. Also those that keep a question's themes as they stand, since something is
//! written about one of them elsewhere: found anew, it could be another theme tomorrow.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use super::base::Base;
use crate::clock::Clock;
use crate::domain::{OrganizerId, QuestionId, ThemeId};
use crate::insight::Insight;
use crate::insight::themes::OpenThemes;
use crate::insight::themes::edit::{Edit, Record};
use crate::store::mixing;
use crate::store::questionnaires::Questionnaire;
use crate::store::theme_edits::{self, ThemeEdit};

/// Themes of a question that nobody keeps yet, as they can be kept.
pub(in crate::acts) struct Unkept {
    question: QuestionId,
    /// The number of the question's last edit when they were looked at.
    on: i32,
    record: Record,
}

/// Those of questions, named by their keys, about which something is written.
pub(in crate::acts) fn unkept(
    insight: &Insight,
    clock: &Clock,
    written: impl Fn(&str, &OpenThemes) -> bool,
) -> Vec<Unkept> {
    let mut unkept = vec![];
    for open in insight.themes.iter().filter(|open| open.kept.is_none()) {
        let mut questions = insight.material.questions.iter();
        let asked = questions.find(|asked| asked.id == open.question);
        if let Some(asked) = asked.filter(|asked| written(&asked.key, open)) {
            let layer = insight.material.layers.of(asked.id);
            let mut name = || ThemeId(clock.random_name());
            let base = Base::of(&insight.material, asked, open, layer, &mut name);
            let record = base.record(Edit::Keep, vec![], vec![]);
            unkept.push(Unkept { question: asked.id, on: open.edits, record });
        }
    }
    unkept
}

/// Keeps them, within the transaction of what is written about them. Whoever has edited the themes
/// meanwhile has kept or let go of them: that stands.
///
/// # Errors
/// A database that refuses.
pub(in crate::acts) async fn keep(
    tx: &DatabaseTransaction,
    questionnaire: &Questionnaire,
    by: OrganizerId,
    now: DateTime<Utc>,
    unkept: Vec<Unkept>,
) -> anyhow::Result<()> {
    for Unkept { question, on, record } in unkept {
        if theme_edits::last(tx, question).await? == on {
            add(tx, questionnaire, by, now, (question, on), vec![record]).await?;
        }
    }
    Ok(())
}

/// Adds records behind the last one of a question; the number of the last one then.
pub(super) async fn add(
    tx: &DatabaseTransaction,
    questionnaire: &Questionnaire,
    by: OrganizerId,
    now: DateTime<Utc>,
    (question, mut last): (QuestionId, i32),
    records: Vec<Record>,
) -> anyhow::Result<i32> {
    // An edit tells which responses were there: of anonymous ones nothing is told but the day.
    let made_at = mixing::noted(questionnaire.mode, now);
    for record in records {
        last += 1;
        let row = ThemeEdit {
            question_id: question,
            number: last,
            questionnaire_id: questionnaire.id,
            organizer_id: by,
            made_at,
            edit: serde_json::to_string(&record)?,
        };
        theme_edits::insert(tx, row).await?;
    }
    Ok(last)
}
