//! Responses copied out whole, some hundreds at a time: little is held, whatever their number, and
//! no statement lasts long. What is erased between two reads is not copied.
//!
//! They are read in the order of their ids, in which SQLite's tables and PostgreSQL's index lie: in
//! the order of time, every one would be a walk through the whole tree of answers.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt as _;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbBackend, DbErr, EntityTrait as _, QueryFilter as _,
    QuerySelect as _, StreamTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::entity::{identity, invitation, response};
use super::mixing::day;
use super::responses::counts;
use crate::domain::kind::ContactAnswer;
use crate::domain::status::Mode;
use crate::domain::{Answer, QuestionnaireId, ResponseId, WordingId};

/// So many responses are read at once.
pub const AT_ONCE: usize = 250;

/// Between two answers of one response as the database hands them over. JSON escapes it, so it
/// stands in no answer.
const BETWEEN: char = '\u{1e}';
/// Hexadecimal digits of a wording's id, before its answer.
const ID: usize = 32;

/// A response on its way into a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Copied {
    /// Its id.
    pub id: ResponseId,
    /// Which of its states these answers are.
    pub revision: i32,
    /// The language of the page it was written on.
    pub language: String,
    /// Whether it is made up, to show what the pages look like.
    pub example: bool,
    /// When it arrived; the day alone where the organizer is not to know more.
    pub at: DateTime<Utc>,
    /// Whether it came through an invitation; nothing where nobody knows.
    pub invited: Option<bool>,
    /// The hidden fields that its link carried, by name.
    pub extras: BTreeMap<String, String>,
    /// Its answers, by the wording they were given to.
    pub answers: Vec<(WordingId, Answer)>,
}

/// A response as it was read, its answers not yet understood: that is work for another thread.
/// It can wait as bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Raw {
    /// Its id.
    pub id: ResponseId,
    /// When it arrived, as [`Copied::at`].
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub at: DateTime<Utc>,
    revision: i32,
    language: String,
    example: bool,
    invited: Option<bool>,
    extras: String,
    answers: String,
}

/// Which responses there are to copy, and what is known of all of them together.
#[derive(Debug)]
pub struct Copying {
    mode: Mode,
    ids: Vec<ResponseId>,
    invited: HashSet<ResponseId>,
}

impl Copying {
    /// Looks up the responses that count.
    ///
    /// # Errors
    /// A database that refuses.
    pub async fn begin<C: ConnectionTrait + StreamTrait>(
        db: &C,
        questionnaire: QuestionnaireId,
        mode: Mode,
        examples: bool,
    ) -> Result<Self, DbErr> {
        let mut query = response::Entity::find()
            .select_only()
            .column(response::Column::Id)
            .filter(response::Column::QuestionnaireId.eq(questionnaire))
            .filter(counts());
        if !examples {
            query = query.filter(response::Column::Example.eq(false));
        }
        // Row by row: all at once, each would take as much memory as a response.
        let mut ids: Vec<ResponseId> = vec![];
        {
            let mut rows = query.into_tuple::<ResponseId>().stream(db).await?;
            while let Some(id) = rows.try_next().await? {
                ids.push(id);
            }
        }
        ids.sort_unstable();
        let mut invited = HashSet::new();
        if mode != Mode::Anonymous {
            let mut used = invitation::Entity::find()
                .select_only()
                .column(invitation::Column::ResponseId)
                .filter(invitation::Column::QuestionnaireId.eq(questionnaire))
                .filter(invitation::Column::ResponseId.is_not_null())
                .into_tuple::<Option<ResponseId>>()
                .stream(db)
                .await?;
            while let Some(id) = used.try_next().await? {
                invited.extend(id);
            }
        }
        Ok(Self { mode, ids, invited })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.ids.len()
    }

    /// The parts in which [`Self::read`] takes them.
    pub fn parts(&self) -> impl Iterator<Item = &[ResponseId]> {
        self.ids.chunks(AT_ONCE)
    }

    /// Reads one part.
    ///
    /// # Errors
    /// A database that refuses.
    pub async fn read(
        &self,
        db: &impl ConnectionTrait,
        part: &[ResponseId],
    ) -> Result<Vec<Raw>, DbErr> {
        type Row = (ResponseId, i32, String, bool, DateTime<Utc>, String, Option<String>);
        let answers = match db.get_database_backend() {
            DbBackend::Postgres => {
                "(SELECT string_agg(replace(answer.wording_id::text, '-', '') || answer.value, chr(30)) \
                 FROM answer WHERE answer.response_id = response.id AND answer.revision = response.revision)"
            }
            _ => {
                "(SELECT group_concat(hex(answer.wording_id) || answer.value, char(30)) \
                 FROM answer WHERE answer.response_id = response.id AND answer.revision = response.revision)"
            }
        };
        let rows: Vec<Row> = response::Entity::find()
            .select_only()
            .columns([
                response::Column::Id,
                response::Column::Revision,
                response::Column::Language,
                response::Column::Example,
                response::Column::CreatedAt,
                response::Column::Extras,
            ])
            .expr_as(Expr::cust(answers), "answers")
            .filter(response::Column::Id.is_in(part.iter().copied()))
            .filter(counts())
            .into_tuple()
            .all(db)
            .await?;
        let identities = identity::Entity::find()
            .filter(identity::Column::ResponseId.is_in(part.iter().copied()))
            .all(db)
            .await?;
        let mut read: HashMap<ResponseId, Raw> = HashMap::with_capacity(rows.len());
        for (id, revision, language, example, at, extras, answers) in rows {
            let invited = (self.mode != Mode::Anonymous).then(|| self.invited.contains(&id));
            let at = told(self.mode, at);
            let answers = answers.unwrap_or_default();
            read.insert(id, Raw { id, at, revision, language, example, invited, extras, answers });
        }
        for row in identities {
            let Some(raw) = read.get_mut(&row.response_id) else { continue };
            if raw.revision != row.revision {
                continue;
            }
            let consents = serde_json::from_str(&row.consents).map_err(json)?;
            let contact = ContactAnswer { name: row.name, address: row.address, consents };
            let shown = if self.mode == Mode::Identified { contact } else { contact.as_agreed() };
            let shown = serde_json::to_string(&Answer::Contact(Box::new(shown))).map_err(json)?;
            let bound = format!("{BETWEEN}{}{shown}", row.wording_id.0.simple());
            raw.answers.push_str(&bound);
        }
        Ok(read.into_values().collect())
    }
}

impl Raw {
    /// Understands the answers.
    ///
    /// # Errors
    /// A stored answer that this version does not know.
    pub fn understood(self) -> Result<Copied, DbErr> {
        let Self { id, at, revision, language, example, invited, extras, answers } = self;
        let extras = match &*extras {
            "{}" => BTreeMap::new(),
            extras => serde_json::from_str(extras).map_err(json)?,
        };
        let bound = answers.split(BETWEEN).filter(|bound| !bound.is_empty()).map(|bound| {
            let (id, value) = bound.split_at_checked(ID).unwrap_or_default();
            let id = Uuid::try_parse(id).map_err(|error| DbErr::Type(error.to_string()))?;
            Ok((WordingId(id), serde_json::from_str(value).map_err(json)?))
        });
        let answers = bound.collect::<Result<_, DbErr>>()?;
        Ok(Copied { id, revision, language, example, at, invited, extras, answers })
    }
}

/// What an organizer is told of a time: minutes could be compared with those of an invitation.
pub fn told(mode: Mode, at: DateTime<Utc>) -> DateTime<Utc> {
    if mode == Mode::Identified { at } else { day(at) }
}

fn json(error: serde_json::Error) -> DbErr {
    DbErr::Json(error.to_string())
}
