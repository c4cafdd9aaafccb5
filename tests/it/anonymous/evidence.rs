//! What somebody has who copies the whole database again and again: its rows as they are read, and
//! what is beneath them.

use std::collections::{BTreeMap, BTreeSet};

use colloquy::domain::token::Secret;
use colloquy::domain::{ContactId, InvitationId, ResponseId};
use colloquy::store::entity::{answer, contact, invitation, response, revision, sealed};
use colloquy::store::questionnaires::Questionnaire;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DbBackend, EntityTrait as _, QueryFilter as _,
    Statement,
};
use uuid::Uuid;

use crate::support::TestApp;

pub type Places = BTreeMap<ResponseId, usize>;

/// One copy of the tables.
#[derive(Clone, Debug, Default)]
pub struct Dump {
    pub invitations: BTreeMap<InvitationId, invitation::Model>,
    pub responses: BTreeMap<ResponseId, response::Model>,
    pub revisions: Vec<revision::Model>,
    /// The length of what was written.
    pub lengths: BTreeMap<ResponseId, usize>,
    pub sealed: BTreeMap<String, sealed::Model>,
    /// PostgreSQL: which transaction wrote a row, and where it lies.
    pub beneath: BTreeMap<Uuid, (i64, String)>,
}

/// Everything that was found.
pub struct Evidence {
    /// Copies, one after each thing that happened.
    pub dumps: Vec<Dump>,
    /// The installation's secret, from its table.
    pub secret: Secret,
    pub contacts: BTreeMap<ContactId, contact::Model>,
    /// Where each response's words lie in the file of the database.
    pub database: Places,
    /// And in its journal.
    pub journal: Places,
}

impl Dump {
    pub async fn of(app: &TestApp, of: &Questionnaire) -> Self {
        let db = app.service.store.read();
        let invitations = invitation::Entity::find()
            .filter(invitation::Column::QuestionnaireId.eq(of.id))
            .all(db)
            .await
            .unwrap();
        let responses = response::Entity::find()
            .filter(response::Column::QuestionnaireId.eq(of.id))
            .all(db)
            .await
            .unwrap();
        let revisions = revision::Entity::find()
            .filter(revision::Column::QuestionnaireId.eq(of.id))
            .all(db)
            .await
            .unwrap();
        let answers = answer::Entity::find()
            .filter(answer::Column::QuestionnaireId.eq(of.id))
            .all(db)
            .await
            .unwrap();
        let sealed = sealed::Entity::find()
            .filter(sealed::Column::QuestionnaireId.eq(of.id))
            .all(db)
            .await
            .unwrap();
        Self {
            invitations: invitations.into_iter().map(|row| (row.id, row)).collect(),
            responses: responses.into_iter().map(|row| (row.id, row)).collect(),
            revisions,
            lengths: answers.iter().map(|row| (row.response_id, row.value.len())).collect(),
            sealed: sealed.into_iter().map(|row| (row.name.clone(), row)).collect(),
            beneath: beneath(app).await,
        }
    }

    /// The invitations that were used.
    pub fn used(&self) -> BTreeSet<InvitationId> {
        let used = self.invitations.values().filter(|row| row.answered_at.is_some());
        used.map(|row| row.id).collect()
    }
}

async fn beneath(app: &TestApp) -> BTreeMap<Uuid, (i64, String)> {
    let db = app.service.store.read();
    let mut found = BTreeMap::new();
    if db.get_database_backend() != DbBackend::Postgres {
        return found;
    }
    for table in ["invitation", "response"] {
        // The place as page and line, so that it sorts as it lies.
        let ask = format!(
            "SELECT id, xmin::text::bigint AS written, \
             lpad((ctid::text::point)[0]::int::text, 9, '0') || '.' || \
             lpad((ctid::text::point)[1]::int::text, 9, '0') AS place FROM {table}"
        );
        let rows = db.query_all_raw(Statement::from_string(DbBackend::Postgres, ask)).await;
        for row in rows.unwrap() {
            let id: Uuid = row.try_get("", "id").unwrap();
            let written = row.try_get("", "written").unwrap();
            found.insert(id, (written, row.try_get("", "place").unwrap()));
        }
    }
    found
}

/// Where each response's words lie in the files of SQLite, the database and the journal; nowhere
/// on PostgreSQL.
pub fn places(app: &TestApp, words: &BTreeMap<ResponseId, String>) -> (Places, Places) {
    let find = |name: &str| {
        let bytes = std::fs::read(app.home.path().join(name)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        words.iter().filter_map(|(id, words)| Some((*id, text.find(words)?))).collect()
    };
    (find("colloquy.db"), find("colloquy.db-wal"))
}
