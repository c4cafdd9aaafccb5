//! What the mails of one campaign have in common: who is meant, what is said, by which rules.

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;

use super::letter;
use crate::domain::Audience;
use crate::domain::InvitationId;
use crate::domain::campaign::{Aim, Terms};
use crate::domain::kind::Kind;
use crate::domain::text::shortened;
use crate::domain::token::{Opens, Secret};
use crate::href;
use crate::mail::footer::{Footer, Why};
use crate::mail::message::Content;
use crate::mail::template::{Facts, Template, Templates};
use crate::service::Service;
use crate::store::briefs;
use crate::store::campaigns::Campaign;
use crate::store::contacts::Contact;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::{self, Asked, Questionnaire};
use crate::words::Words;

mod left_out;
pub mod walk;

pub use left_out::{LeftOut, MOST_REMINDERS, left_out, no_reminder, only_files};

/// The longest introduction that a mail quotes, in characters.
const LONGEST_INTRODUCTION: usize = 600;

/// Stands in previews for the personal part of a link.
pub const TOKEN: &str = "…";

/// Whom a mail speaks to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct To {
    /// How they are called; empty: unknown.
    pub name: String,
    /// Why they get it.
    pub why: Why,
    /// Where its button leads.
    pub link: String,
    /// The page that stops mails, where there is one.
    pub unsubscribe: Option<String>,
}

/// Everything that the mails of one campaign are made from, apart from the people.
#[derive(Clone, Debug)]
pub struct Plan {
    /// In whose name they are written.
    pub organizer: Organizer,
    /// What they are about.
    pub questionnaire: Questionnaire,
    /// What they are for.
    pub aim: Aim,
    /// Whom they are meant for.
    pub audience: Audience,
    /// The organizer's own words, by language.
    pub templates: Templates,
    /// The rules.
    pub terms: Terms,
    /// How many questions there are.
    pub questions: usize,
    /// How many minutes they take.
    pub minutes: usize,
    /// When the brief was published that everybody reads, if one is.
    pub brief: Option<DateTime<Utc>>,
    /// Whether mails leave through a server. Without one they become files, which count as mails
    /// until there is one.
    pub has_server: bool,
}

impl Plan {
    /// The usual campaign: everybody, our words, the rules of the settings.
    ///
    /// # Errors
    /// A database that refuses.
    pub async fn usual(
        db: &impl ConnectionTrait,
        service: &Service,
        organizer: &Organizer,
        questionnaire: &Questionnaire,
        aim: Aim,
    ) -> anyhow::Result<Self> {
        let asked = questionnaires::asked(db, questionnaire.id).await?;
        let versions = briefs::listed(db, questionnaire.id).await?;
        let read = versions.iter().find(|version| version.unpublished_at.is_none());
        Ok(Self {
            organizer: organizer.clone(),
            questionnaire: questionnaire.clone(),
            aim,
            audience: Audience::default(),
            templates: Templates::default(),
            terms: Terms { days: service.settings.mail.reminder_days, ..Terms::default() },
            questions: asked.len(),
            minutes: minutes(&asked),
            brief: read.map(|version| version.published_at),
            has_server: service.settings.mail.has_server(),
        })
    }

    /// A campaign as it is kept.
    ///
    /// # Errors
    /// A database that refuses.
    pub async fn of(
        db: &impl ConnectionTrait,
        service: &Service,
        organizer: &Organizer,
        questionnaire: &Questionnaire,
        campaign: &Campaign,
    ) -> anyhow::Result<Self> {
        let usual = Self::usual(db, service, organizer, questionnaire, campaign.aim).await?;
        Ok(Self {
            audience: serde_json::from_str(&campaign.audience)?,
            templates: serde_json::from_str(&campaign.template)?,
            terms: serde_json::from_str(&campaign.terms)?,
            ..usual
        })
    }

    /// Where the mail of somebody leads whose invitation has this token.
    pub fn link(&self, service: &Service, token: &str) -> String {
        match self.aim {
            Aim::Brief => service.link(&href::brief(&self.questionnaire.slug, None)),
            Aim::Invite | Aim::Remind | Aim::Thank => service.link(&href::invitation(token)),
        }
    }

    /// A contact whose invitation has this token, as the mail speaks to them.
    pub fn one(&self, service: &Service, contact: &Contact, token: &str) -> To {
        let why = self.why(letter::why(contact));
        let name = contact.name.clone();
        let unsubscribe = Some(service.link(&href::stop(token)));
        To { name, why, link: self.link(service, token), unsubscribe }
    }

    /// Why a mail of this plan reaches somebody whom the organizer may write to for that reason: what
    /// follows an answer says so.
    fn why(&self, known: Why) -> Why {
        let from = match known {
            Why::Known { from } => from,
            Why::Listed => String::new(),
            known => return known,
        };
        match self.aim {
            Aim::Invite | Aim::Remind if from.is_empty() => Why::Listed,
            Aim::Invite | Aim::Remind => Why::Known { from },
            Aim::Brief if self.terms.everybody => Why::Invited { from },
            Aim::Thank | Aim::Brief => Why::Answered { from },
        }
    }

    /// Somebody of this name of whom nothing else is known, for previews.
    pub fn anybody(&self, service: &Service, name: &str) -> To {
        To {
            name: name.to_owned(),
            why: self.why(Why::Listed),
            link: self.link(service, TOKEN),
            unsubscribe: Some(service.link(&href::stop(TOKEN))),
        }
    }

    /// The mail in these words; `last`: no reminder follows.
    pub fn content(&self, service: &Service, words: Words, to: To, last: bool) -> Content {
        let options = self.questionnaire.options();
        let head = options.translations.get(words.language());
        let said = |translated: Option<&String>, own: &str| {
            let translated = translated.filter(|text| !text.trim().is_empty());
            translated.map_or(own, String::as_str).trim().to_owned()
        };
        let introduction =
            said(head.map(|head| &head.introduction), &self.questionnaire.introduction);
        let facts = Facts {
            name: to.name,
            title: said(head.map(|head| &head.title), &self.questionnaire.title),
            introduction: shortened(&introduction, LONGEST_INTRODUCTION),
            questions: self.questions,
            minutes: self.minutes,
            closes: self.terms.closes,
            zone: self.terms.zone,
            link: to.link,
            last,
            footer: Footer {
                why: to.why,
                organizer: letter::organizer_name(service, &self.organizer),
                unsubscribe: to.unsubscribe,
                imprint: None,
            },
        };
        Template::of(&self.templates, self.aim, words).content(words, &facts)
    }
}

/// Roughly how long the questions take, in minutes, at least one: a sentence or two for each
/// open question, a glance for each option.
pub fn minutes(asked: &[Asked]) -> usize {
    let seconds: usize = asked
        .iter()
        .map(|asked| match &asked.wording.kind {
            Kind::Open(_) => 90,
            Kind::Statements(kind) => 8 * kind.statements.len(),
            Kind::Allocation(_) => 60,
            Kind::Ranking(kind) => 8 * kind.options.len(),
            Kind::Number(_) => 10,
            Kind::Availability(kind) => 5 * kind.slots.len(),
            Kind::Contact(_) => 30,
            Kind::Single(_) | Kind::Multiple(_) | Kind::Scale(_) => 20,
        })
        .sum();
    seconds.div_ceil(60).max(1)
}

/// The token of an invitation's link.
pub fn token_of(secret: &Secret, id: InvitationId) -> String {
    secret.link(Opens::Invitation, id.0)
}
