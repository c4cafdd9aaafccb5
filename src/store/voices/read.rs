//! Reading them: first which responses there are, which is little, then the answers of those
//! that are wanted.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt as _;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, StreamTrait,
};

use super::answers::{Answers, Given, Lists, To};
use super::{Spoken, Voice};
use crate::domain::kind::{ContactAnswer, Shared};
use crate::domain::status::Mode;
use crate::domain::{Answer, QuestionId, QuestionnaireId, ResponseId, WordingId};
use crate::store::entity::{answer, identity, invitation, response};
use crate::store::responses::counts;

/// The responses of a questionnaire that count, or those of them that have changed at this time
/// or since, without their answers; oldest first, equal times by id: an order that does not
/// depend on the database. Whether they came through an invitation is not known yet.
///
/// # Errors
/// A database that refuses.
pub async fn spoken<C: ConnectionTrait + StreamTrait>(
    db: &C,
    questionnaire: QuestionnaireId,
    since: Option<DateTime<Utc>>,
) -> Result<Vec<Spoken>, DbErr> {
    type Row = (ResponseId, i32, String, bool, DateTime<Utc>);
    let mut query = response::Entity::find()
        .select_only()
        .columns([
            response::Column::Id,
            response::Column::Revision,
            response::Column::Language,
            response::Column::Example,
            response::Column::CreatedAt,
        ])
        .filter(response::Column::QuestionnaireId.eq(questionnaire))
        .filter(counts())
        .order_by_asc(response::Column::CreatedAt)
        .order_by_asc(response::Column::Id);
    if let Some(since) = since {
        query = query.filter(response::Column::UpdatedAt.gte(since));
    }
    let mut rows = query.into_tuple::<Row>().stream(db).await?;
    let mut languages: HashMap<String, Arc<str>> = HashMap::new();
    let mut spoken = vec![];
    while let Some((id, revision, language, example, created_at)) = rows.try_next().await? {
        let known = languages.entry(language).or_insert_with_key(|name| name.as_str().into());
        let language = known.clone();
        spoken.push(Spoken { id, revision, language, example, created_at, invited: false });
    }
    Ok(spoken)
}

/// Up to so many responses are asked for by their ids; of more, everything is read.
const BY_ID: usize = 500;

/// These responses, in this order, with their answers, as their organizer may see them in this
/// mode.
///
/// # Errors
/// A database that refuses.
pub async fn whole<C: ConnectionTrait + StreamTrait>(
    db: &C,
    questionnaire: QuestionnaireId,
    mode: Mode,
    spoken: Vec<Spoken>,
) -> Result<Vec<Arc<Voice>>, DbErr> {
    if spoken.is_empty() {
        return Ok(vec![]);
    }
    let ids = (spoken.len() <= BY_ID).then(|| spoken.iter().map(|s| s.id).collect::<Vec<_>>());
    let places: Places = (0..).zip(&spoken).map(|(at, s)| (s.id, (at, s.revision))).collect();
    let voices = spoken.into_iter();
    let mut voices: Vec<Voice> =
        voices.map(|response| Voice { response, answers: Answers::default() }).collect();
    let ids = ids.as_deref();
    let mut lists = Lists::new();
    read_answers(db, questionnaire, ids, &places, &mut voices, &mut lists).await?;
    read_contacts(db, questionnaire, mode, ids, &places, &mut voices, &mut lists).await?;
    if mode != Mode::Anonymous {
        mark_invited(db, questionnaire, ids, &places, &mut voices).await?;
    }
    Ok(voices.into_iter().map(Arc::new).collect())
}

/// Where each response stands, and which of its states is wanted.
type Places = HashMap<ResponseId, (usize, i32)>;

/// Longer answers are hardly ever equal.
const SHARED: usize = 100;

/// An answer belongs to the present state of its response if their revisions agree. That is seen
/// here and not by the database: it reads the answers in the order in which they lie.
async fn read_answers<C: ConnectionTrait + StreamTrait>(
    db: &C,
    questionnaire: QuestionnaireId,
    ids: Option<&[ResponseId]>,
    places: &Places,
    voices: &mut [Voice],
    lists: &mut Lists,
) -> Result<(), DbErr> {
    type Row = (ResponseId, i32, QuestionId, WordingId, String);
    let query = answer::Entity::find().select_only().columns([
        answer::Column::ResponseId,
        answer::Column::Revision,
        answer::Column::QuestionId,
        answer::Column::WordingId,
        answer::Column::Value,
    ]);
    let query = match ids {
        Some(ids) => query.filter(answer::Column::ResponseId.is_in(ids.iter().copied())),
        None => query.filter(answer::Column::QuestionnaireId.eq(questionnaire)),
    };
    let mut rows = query.into_tuple::<Row>().stream(db).await?;
    let mut known: HashMap<String, Arc<Answer>> = HashMap::new();
    let mut ballots = Shared::new();
    // The answers of a response mostly lie together: one list of the right length for each.
    let mut of: Option<usize> = None;
    let mut together: Vec<(To, Given)> = vec![];
    while let Some((response, revision, question, wording, value)) = rows.try_next().await? {
        let Some((place, wanted)) = places.get(&response).copied() else { continue };
        if revision != wanted {
            continue;
        }
        let answer = if let Some(answer) = known.get(&value) {
            Given::Shared(answer.clone())
        } else {
            let answer = read(&value, &mut ballots)?;
            if value.len() <= SHARED && !matches!(answer, Answer::Open(_)) {
                let answer = Arc::new(answer);
                known.insert(value, answer.clone());
                Given::Shared(answer)
            } else {
                Given::Own(answer)
            }
        };
        if of != Some(place) {
            give(voices, of, &mut together, lists);
            of = Some(place);
        }
        together.push(((question, wording), answer));
    }
    give(voices, of, &mut together, lists);
    Ok(())
}

fn give(voices: &mut [Voice], of: Option<usize>, given: &mut Vec<(To, Given)>, lists: &mut Lists) {
    let Some(voice) = of.and_then(|place| voices.get_mut(place)) else { return };
    let known = std::mem::take(&mut voice.answers);
    voice.answers = if known.is_empty() {
        Answers::of(given, lists)
    } else {
        known.with(std::mem::take(given), lists)
    };
}

/// As it was written, without room to grow, and without a list of statements for each ballot.
fn read(value: &str, ballots: &mut Shared) -> Result<Answer, DbErr> {
    let mut answer: Answer = serde_json::from_str(value).map_err(json)?;
    match &mut answer {
        Answer::Open(text) => text.shrink_to_fit(),
        Answer::Statements(votes) => votes.votes.share(ballots),
        _ => {}
    }
    Ok(answer)
}

async fn read_contacts<C: ConnectionTrait>(
    db: &C,
    questionnaire: QuestionnaireId,
    mode: Mode,
    ids: Option<&[ResponseId]>,
    places: &Places,
    voices: &mut [Voice],
    lists: &mut Lists,
) -> Result<(), DbErr> {
    let query = identity::Entity::find();
    let query = match ids {
        Some(ids) => query.filter(identity::Column::ResponseId.is_in(ids.iter().copied())),
        None => query.filter(identity::Column::QuestionnaireId.eq(questionnaire)),
    };
    for row in query.all(db).await? {
        let Some((place, wanted)) = places.get(&row.response_id).copied() else { continue };
        let Some(voice) = voices.get_mut(place).filter(|_| row.revision == wanted) else {
            continue;
        };
        let consents = serde_json::from_str(&row.consents).map_err(json)?;
        let mut contact = ContactAnswer { name: row.name, address: row.address, consents };
        if mode != Mode::Identified {
            contact = contact.as_agreed();
        }
        let answer = Given::Own(Answer::Contact(Box::new(contact)));
        let further = vec![((row.question_id, row.wording_id), answer)];
        voice.answers = std::mem::take(&mut voice.answers).with(further, lists);
    }
    Ok(())
}

async fn mark_invited<C: ConnectionTrait>(
    db: &C,
    questionnaire: QuestionnaireId,
    ids: Option<&[ResponseId]>,
    places: &Places,
    voices: &mut [Voice],
) -> Result<(), DbErr> {
    let query = invitation::Entity::find()
        .select_only()
        .column(invitation::Column::ResponseId)
        .filter(invitation::Column::ResponseId.is_not_null());
    let query = match ids {
        Some(ids) => query.filter(invitation::Column::ResponseId.is_in(ids.iter().copied())),
        None => query.filter(invitation::Column::QuestionnaireId.eq(questionnaire)),
    };
    let used: Vec<Option<ResponseId>> = query.into_tuple().all(db).await?;
    for (place, _) in used.iter().flatten().filter_map(|id| places.get(id)) {
        if let Some(voice) = voices.get_mut(*place) {
            voice.response.invited = true;
        }
    }
    Ok(())
}

fn json(error: serde_json::Error) -> DbErr {
    DbErr::Json(error.to_string())
}
