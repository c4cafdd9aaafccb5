//! An organizer chooses what stands around the questions: what links may carry, which sites may
//! show the form, when it opens and closes, how many may answer, what they are thanked with, and
//! the look.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use crate::domain::colour::Colour;
use crate::domain::options::Head;
use crate::domain::picture::Format;
use crate::domain::{Options, token};
use crate::service::Service;
use crate::store::logos::{self, Logo};
use crate::store::questionnaires::{self, Questionnaire};

/// What can be chosen in one go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Names of hidden fields.
    pub hidden: Vec<String>,
    /// Origins of sites that may show the form in a frame.
    pub embed: Vec<String>,
    /// What readers see once their answers have arrived.
    pub thanks: String,
    /// The same in further languages, by language tag.
    pub thanks_in: BTreeMap<String, String>,
    /// When it begins to take answers.
    pub opens_at: Option<DateTime<Utc>>,
    /// When it stops by itself.
    pub closes_at: Option<DateTime<Utc>>,
    /// The time zone of both, an IANA name.
    pub zone: String,
    /// How many responses are taken.
    pub most: Option<u32>,
    /// The organizer's colour, `#rrggbb`.
    pub accent: Option<String>,
}

impl Chosen {
    /// What is chosen now.
    pub fn of(questionnaire: &Questionnaire) -> Self {
        let options = questionnaire.options();
        let thanked = options.translations.into_iter().map(|(tag, head)| (tag, head.thanks));
        Self {
            hidden: options.hidden,
            embed: options.embed,
            thanks: options.thanks,
            thanks_in: thanked.filter(|(_, thanks)| !thanks.is_empty()).collect(),
            opens_at: options.opens_at,
            closes_at: options.closes_at,
            zone: options.zone,
            most: options.most,
            accent: options.accent,
        }
    }

    /// What is wrong with its closing time; `before`: the one that is kept, which may have passed.
    pub fn wrong_closing(
        &self,
        before: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Option<&'static str> {
        let closes = self.closes_at?;
        if self.opens_at.is_some_and(|opens| closes <= opens) {
            return Some("It would close before it opens.");
        }
        let passed = closes <= now && self.closes_at != before;
        passed.then_some("This closing time has passed. Choose a later one, or close it by hand.")
    }
}

/// Keeps what was chosen; the questionnaire as it now is. A colour that is none is left out.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn choose_options(
    service: &Service,
    questionnaire: Questionnaire,
    chosen: Chosen,
) -> anyhow::Result<Questionnaire> {
    if Chosen::of(&questionnaire) == chosen {
        return Ok(questionnaire);
    }
    change(service, questionnaire, |options| {
        let Chosen { hidden, embed, thanks, thanks_in, opens_at, closes_at, zone, most, accent } =
            chosen;
        for head in options.translations.values_mut() {
            head.thanks.clear();
        }
        for (tag, thanks) in thanks_in {
            options.translations.entry(tag).or_default().thanks = thanks;
        }
        options.translations.retain(|_, head| *head != Head::default());
        (options.hidden, options.embed, options.thanks) = (hidden, embed, thanks);
        (options.opens_at, options.closes_at, options.zone) = (opens_at, closes_at, zone);
        options.most = most;
        options.accent = accent.filter(|typed| typed.parse::<Colour>().is_ok());
    })
    .await
}

/// Puts a picture at the head of the questionnaire's pages, or takes it away: its bytes, which
/// [`crate::domain::picture::read`] has let through, with its format.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn choose_logo(
    service: &Service,
    questionnaire: Questionnaire,
    picture: Option<(Vec<u8>, Format)>,
) -> anyhow::Result<Questionnaire> {
    let (tx, questionnaire, mut options) = hold(service, questionnaire).await?;
    options.logo = if let Some((bytes, format)) = picture {
        let print: String = token::print(&[&bytes]).chars().take(16).collect();
        let name = format!("logo-{print}.{}", format.ending());
        let logo = Logo { questionnaire_id: questionnaire.id, name: name.clone(), bytes };
        logos::put(&tx, logo).await?;
        Some(name)
    } else {
        logos::remove(&tx, questionnaire.id).await?;
        None
    };
    keep(service, tx, questionnaire, &options).await
}

async fn change(
    service: &Service,
    questionnaire: Questionnaire,
    change: impl FnOnce(&mut Options),
) -> anyhow::Result<Questionnaire> {
    let (tx, questionnaire, mut options) = hold(service, questionnaire).await?;
    change(&mut options);
    keep(service, tx, questionnaire, &options).await
}

/// The questionnaire as it stands now, held, with its options.
async fn hold(
    service: &Service,
    questionnaire: Questionnaire,
) -> anyhow::Result<(DatabaseTransaction, Questionnaire, Options)> {
    let tx = service.store.write().await?;
    let questionnaire = questionnaires::held(&tx, questionnaire).await?;
    let options = questionnaire.options();
    Ok((tx, questionnaire, options))
}

async fn keep(
    service: &Service,
    tx: DatabaseTransaction,
    mut questionnaire: Questionnaire,
    options: &Options,
) -> anyhow::Result<Questionnaire> {
    questionnaire.set_options(options);
    questionnaire.version += 1;
    questionnaires::update(&tx, questionnaire.clone()).await?;
    tx.commit().await?;
    service.forms.changed();
    Ok(questionnaire)
}
