//! Campaigns, as an organizer uses them: prepared, looked at, let go, watched, stopped.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use colloquy::acts::add_contacts::add_contacts;
use colloquy::acts::campaign::walk::{Forecast, forecast};
use colloquy::acts::campaign::{LeftOut, Plan, token_of};
use colloquy::acts::edit_campaign::{Wanted, draft_campaign, edit_campaign};
use colloquy::acts::plan_campaign::{Queued, begin_campaign};
use colloquy::acts::stop_mails::stop_mails;
use colloquy::acts::turn_campaign::{Turn, turn_campaign};
use colloquy::domain::campaign::{Aim, State};
use colloquy::domain::status::Delivery;
use colloquy::domain::{Audience, CampaignId};
use colloquy::jobs::campaigns::begin_and_end;
use colloquy::mail::template::Templates;
use colloquy::store::campaigns::mails::{self, Counts};
use colloquy::store::invitations::{self, Person};
use colloquy::store::organizers::{self, Organizer};
use colloquy::store::outbox::Line;
use colloquy::store::questionnaires::Questionnaire;
use colloquy::store::suppressions::{self, Reason};
use colloquy::store::{campaigns, outbox};
use sea_orm::{ConnectionTrait as _, Statement};

use crate::support::{Page, TestApp, open};

mod colleagues;
mod desk;
mod rules;
mod times;

/// A signed-in organizer with an open questionnaire and these contacts, a line each.
struct Scene {
    app: TestApp,
    of: Questionnaire,
    by: Organizer,
}

impl Scene {
    async fn with(lines: &str) -> Self {
        Self::of(TestApp::signed_in().await, lines).await
    }

    /// A scene in which one mail a second leaves.
    async fn slow(lines: &str) -> Self {
        let app = TestApp::spawn_with(|settings| settings.mail.per_second = 1).await;
        app.sign_in().await;
        Self::of(app, lines).await
    }

    async fn of(app: TestApp, lines: &str) -> Self {
        let of = app.published(&[open("What comes next?")]).await;
        let by = organizers::by_id(app.service.store.read(), of.organizer_id).await;
        let by = by.unwrap().unwrap();
        let added = add_contacts(&app.service, by.id, lines, "en", "pasted").await.unwrap();
        assert!(added.unusable.is_empty());
        Self { app, of, by }
    }

    async fn begin(&self, aim: Aim) -> Queued {
        begin_campaign(&self.app.service, &self.by, &self.of, aim).await.unwrap().unwrap()
    }

    async fn forecast(&self, aim: Aim) -> Forecast {
        let (service, db) = (&self.app.service, self.app.service.store.read());
        let plan = Plan::usual(db, service, &self.by, &self.of, aim).await.unwrap();
        forecast(db, service, &plan).await.unwrap()
    }

    /// A draft that begins in so many minutes, and whose latest time comes in so many.
    async fn draft(&self, aim: Aim, starts: i64, latest: i64) -> CampaignId {
        let service = &self.app.service;
        let id = draft_campaign(service, &self.by, &self.of, aim).await.unwrap();
        let seen = self.campaign(id).await.updated_at;
        let now = service.clock.now();
        let in_minutes = |minutes| Some(now + TimeDelta::minutes(minutes));
        let wanted = Wanted {
            audience: Audience::default(),
            templates: Templates::default(),
            terms: serde_json::from_str("{}").unwrap(),
            starts_at: in_minutes(starts),
            not_after: in_minutes(latest),
        };
        assert!(edit_campaign(service, id, seen, &wanted).await.unwrap());
        id
    }

    async fn turn(&self, id: CampaignId, turn: Turn) -> bool {
        turn_campaign(&self.app.service, id, turn).await.unwrap()
    }

    async fn campaign(&self, id: CampaignId) -> campaigns::Campaign {
        campaigns::by_id(self.app.service.store.read(), id).await.unwrap().unwrap()
    }

    /// The campaign that was begun last.
    async fn latest(&self) -> CampaignId {
        let db = self.app.service.store.read();
        campaigns::of_questionnaire(db, self.of.id).await.unwrap()[0].id
    }

    async fn counts(&self, id: CampaignId) -> Counts {
        let db = self.app.service.store.read();
        mails::counts(db, &[id]).await.unwrap().remove(&id).unwrap_or_default()
    }

    async fn lines(&self) -> Vec<Line> {
        outbox::of_questionnaire(self.app.service.store.read(), self.of.id).await.unwrap()
    }

    async fn person(&self, address: &str) -> Person {
        let (db, secret) = (self.app.service.store.read(), &self.app.service.secret);
        let people = invitations::people(db, secret, self.of.id, self.by.id).await.unwrap();
        people.into_iter().find(|person| person.contact.address_folded == address).unwrap()
    }

    /// The personal link of somebody who is invited.
    async fn link(&self, address: &str) -> String {
        let invitation = self.person(address).await.invitation.unwrap();
        token_of(&self.app.service.secret, invitation.id)
    }

    async fn answer(&self, address: &str) {
        let path = format!("/i/{}", self.link(address).await);
        let reader = self.app.stranger();
        let mut form = reader.page(&path).await.form("form#answers");
        assert_eq!(reader.submit(form.set("a.q1", "Memory.")).await.status, 303);
    }

    /// Waits until so many mails have left.
    async fn sent(&self, count: usize) {
        for _ in 0..200 {
            let left = |line: &&Line| matches!(line.state, Delivery::Sent | Delivery::Written);
            if self.lines().await.iter().filter(left).count() >= count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{count} mails did not leave: {:?}", self.lines().await);
    }

    async fn sql(&self, text: &str) {
        let tx = self.app.service.store.write().await.unwrap();
        let backend = tx.get_database_backend();
        tx.execute_raw(Statement::from_string(backend, text)).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn suppress(&self, address: &str, reason: Reason) {
        let tx = self.app.service.store.write().await.unwrap();
        let hash = self.app.service.secret.address_hash(address);
        suppressions::insert(&tx, hash, reason, Utc::now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    fn page(&self, id: CampaignId) -> String {
        format!("/desk/q/{}/campaigns/{id}", self.of.slug)
    }
}

/// What a forecast says, as what is then queued.
fn as_queued(forecast: &Forecast) -> Queued {
    let left_out: BTreeMap<LeftOut, usize> =
        forecast.left_out.iter().map(|(reason, (count, _))| (*reason, *count)).collect();
    Queued { mails: forecast.mails, left_out }
}
