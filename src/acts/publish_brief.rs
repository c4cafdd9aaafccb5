//! An organizer publishes the brief: a version that never changes again, but for words that their
//! authors take back; and takes a version back.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};
use tokio::task::spawn_blocking;

use crate::domain::webhook::Event;
use crate::domain::{BriefId, QuestionnaireId, ResponseId};
use crate::insight::brief::edits::{self, Edits};
use crate::insight::brief::frozen::{self, Behind, Frozen, Made, Rests, TooNear, behind, changes};
use crate::insight::brief::{Around, Brief, Limits, brief};
use crate::insight::material::asks_to_quote;
use crate::insight::{self, Insight};
use crate::service::Service;
use crate::store::briefs::{self, Draft, Version};
use crate::store::invitations;
use crate::store::questionnaires::{self, Questionnaire};
use crate::store::webhooks::{self, Happened};
use crate::words::Words;

/// What would be published, and what stands in its way.
#[derive(Clone, Debug)]
pub struct Prospect {
    /// The brief as everybody would read it.
    pub brief: Brief,
    /// The number it would have.
    pub number: i32,
    /// What changed against the version before.
    pub changes: Vec<frozen::Change>,
    /// Edited sentences that cannot be published in those words, by key: they may tell about a
    /// few people. What may be told stands in their place.
    pub set_aside: Vec<String>,
    /// Edited sentences that are older than the newest answers.
    pub newer: usize,
    /// Why it cannot be published; empty: nothing.
    pub obstacles: Vec<Obstacle>,
    made_of: Behind,
}

/// Why a brief cannot be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Fewer people answered than may be told of.
    TooFew {
        /// How many.
        people: usize,
    },
    /// Nothing is in it.
    Empty,
    /// Together with a version that was published, it would tell about a few people.
    TooNear {
        /// That version.
        number: i32,
        /// The question, or all responses, and how many answers differ.
        of: TooNear,
        /// What those numbers stand in.
        sections: Vec<String>,
    },
}

/// What a version is made of beside the answers.
#[derive(Debug)]
struct Ground {
    invited: u64,
    draft: Option<Draft>,
    before: Vec<Version>,
}

impl Ground {
    async fn read(
        db: &impl ConnectionTrait,
        questionnaire: QuestionnaireId,
    ) -> Result<Self, DbErr> {
        Ok(Self {
            invited: invitations::count(db, questionnaire).await?,
            draft: briefs::draft(db, questionnaire).await?,
            before: briefs::versions(db, questionnaire).await?,
        })
    }

    /// Whether nothing of it has changed; words that were taken out of a version since do not matter.
    async fn still_is(
        &self,
        db: &impl ConnectionTrait,
        questionnaire: QuestionnaireId,
    ) -> Result<bool, DbErr> {
        let listed = briefs::listed(db, questionnaire).await?;
        let same = self.before.len() == listed.len()
            && self.before.iter().rev().zip(&listed).all(|(version, listed)| {
                (version.id, version.unpublished_at) == (listed.id, listed.unpublished_at)
            });
        Ok(same
            && self.invited == invitations::count(db, questionnaire).await?
            && self.draft == briefs::draft(db, questionnaire).await?)
    }
}

/// What would be published now.
///
/// # Errors
/// A database that refuses.
pub async fn prospect(
    service: &Service,
    questionnaire: &Questionnaire,
) -> anyhow::Result<Prospect> {
    Ok(weighed(service, questionnaire).await?.0)
}

/// Reads and weighs, beside the threads that answer readers: it takes seconds of many answers.
async fn weighed(
    service: &Service,
    questionnaire: &Questionnaire,
) -> anyhow::Result<(Prospect, Ground)> {
    let insight = insight::of(service, questionnaire).await?;
    let ground = Ground::read(service.store.read(), questionnaire.id).await?;
    let of = questionnaire.clone();
    spawn_blocking(move || Ok((weigh(&insight, &of, &ground)?, ground))).await?
}

fn weigh(
    insight: &Insight,
    questionnaire: &Questionnaire,
    ground: &Ground,
) -> anyhow::Result<Prospect> {
    let Ground { invited, draft, before } = ground;
    let edits: Edits = match draft {
        Some(draft) => serde_json::from_str(&draft.edits)?,
        None => Edits::default(),
    };
    let around = |limits| Around {
        title: &questionnaire.title,
        words: Words::of(&questionnaire.language),
        invited: *invited,
        limits,
    };
    let material = &insight.material;
    let limits = Limits::PUBLISHED;
    let desk = brief(insight, &around(Limits::DESK));
    let draft = edits::apply(brief(insight, &around(limits)), &edits, material, Some(&desk));
    let brief = draft.read();
    let made_of = behind(material, &brief);
    let mut obstacles = vec![];
    let people = material.voices.len();
    if people < limits.people {
        obstacles.push(Obstacle::TooFew { people });
    } else if brief.sections.is_empty() {
        obstacles.push(Obstacle::Empty);
    }
    for version in before {
        let then: Behind = serde_json::from_str(&version.behind)?;
        for of in frozen::too_near(&then, &made_of, limits) {
            let within = brief.sections.iter().filter(|section| section.of.contains(&of.of));
            let sections = within.map(|section| section.title.clone()).collect();
            obstacles.push(Obstacle::TooNear { number: version.number, of, sections });
        }
    }
    let latest = before.iter().rev().find(|version| version.unpublished_at.is_none());
    let latest: Option<Frozen> =
        latest.map(|version| serde_json::from_str(&version.content)).transpose()?;
    Ok(Prospect {
        changes: latest.map(|latest| changes(&latest.brief, &brief)).unwrap_or_default(),
        number: before.last().map_or(1, |version| version.number + 1),
        set_aside: draft.set_aside.clone(),
        newer: draft.newer(),
        brief,
        obstacles,
        made_of,
    })
}

/// Publishes the brief as it stands; its number, or what stands in the way.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn publish_brief(
    service: &Service,
    questionnaire: &Questionnaire,
    note: &str,
) -> anyhow::Result<Result<i32, Prospect>> {
    for _try in 0..TRIES {
        let (prospect, ground) = weighed(service, questionnaire).await?;
        if !prospect.obstacles.is_empty() {
            return Ok(Err(prospect));
        }
        // Only now: whoever answers meanwhile does not wait.
        let tx = service.store.write().await?;
        questionnaires::hold(&tx, questionnaire.id).await?;
        if ground.still_is(&tx, questionnaire.id).await? {
            let number = prospect.number;
            keep(service, &tx, questionnaire, prospect, ground.draft, note).await?;
            tx.commit().await?;
            return Ok(Ok(number));
        }
    }
    anyhow::bail!("the brief was changed {TRIES} times while it was being published")
}

/// So often what was weighed may have changed by the time it is to be kept.
const TRIES: usize = 5;

async fn keep(
    service: &Service,
    tx: &DatabaseTransaction,
    questionnaire: &Questionnaire,
    prospect: Prospect,
    draft: Option<Draft>,
    note: &str,
) -> anyhow::Result<()> {
    let Prospect { mut brief, number, changes, made_of, .. } = prospect;
    // Who took words back while the brief was weighed is not in it.
    let quoted = brief.quotes().map(|quote| quote.response).collect();
    let standing = briefs::standing(tx, &quoted).await?;
    let asked = questionnaires::all_asked(tx, questionnaire.id).await?;
    frozen::check(&mut brief, &standing, asks_to_quote(&asked));
    let rests = Rests::of(&brief);
    let (signed, signed_on) = draft.map(|d| (d.signed, d.signed_on)).unwrap_or_default();
    let made = Made::now(Limits::PUBLISHED, &service.insights.model());
    let frozen = Frozen { brief, made };
    let version = Version {
        id: BriefId(service.clock.name()),
        questionnaire_id: questionnaire.id,
        number,
        content: serde_json::to_string(&frozen)?,
        rests: serde_json::to_string(&rests)?,
        behind: serde_json::to_string(&made_of)?,
        changes: serde_json::to_string(&changes)?,
        note: note.to_owned(),
        signed,
        signed_on,
        published_at: service.clock.now(),
        unpublished_at: None,
    };
    let published = Happened::to(questionnaire.id, Event::BriefPublished, number.to_string());
    let at = version.published_at;
    briefs::insert(tx, version).await?;
    webhooks::tell(tx, &[published.saying("number", number)], at).await?;
    Ok(())
}

/// Takes a version back: nobody reads it any more, and its number is not given again. Whether
/// there was one.
///
/// # Errors
/// A database that refuses.
pub async fn unpublish_brief(
    service: &Service,
    questionnaire: &Questionnaire,
    number: i32,
) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    let taken = briefs::unpublish(&tx, questionnaire.id, number, service.clock.now()).await?;
    tx.commit().await?;
    Ok(taken)
}

/// What is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TakenBack {
    /// The name under quotes.
    Name,
    /// The words.
    Words,
    /// The words, and that there was a response.
    Everything,
}

/// Takes what a respondent takes back out of every version; within the transaction of its cause.
///
/// # Errors
/// A database that refuses.
pub(super) async fn unquote_briefs(
    tx: &DatabaseTransaction,
    questionnaire: QuestionnaireId,
    id: ResponseId,
    what: TakenBack,
) -> anyhow::Result<()> {
    // As it stands in JSON.
    let name = id.0.to_string();
    let names_it =
        |version: &Version| version.content.contains(&name) || version.rests.contains(&name);
    for version in briefs::versions(tx, questionnaire).await?.into_iter().filter(names_it) {
        let mut content: Frozen = serde_json::from_str(&version.content)?;
        let mut rests: Rests = serde_json::from_str(&version.rests)?;
        let taken = if what == TakenBack::Name {
            frozen::unname(&mut content.brief, id)
        } else {
            frozen::unquote(&mut content.brief, id)
        };
        let known = what == TakenBack::Everything && rests.responses.contains(&id);
        if known {
            rests.forget(id);
        }
        if taken > 0 || known {
            let content = serde_json::to_string(&content)?;
            briefs::rewrite(tx, version.id, content, serde_json::to_string(&rests)?).await?;
        }
    }
    let draft = briefs::draft(tx, questionnaire).await?;
    let Some(mut draft) = draft.filter(|_| what != TakenBack::Name) else { return Ok(()) };
    let mut edits: Edits = serde_json::from_str(&draft.edits)?;
    let chosen = edits.sentences.values_mut().filter_map(|edited| edited.quotes.as_mut());
    let mut taken = false;
    for quotes in chosen {
        let before = quotes.len();
        quotes.retain(|quote| quote.response != id);
        taken |= quotes.len() < before;
    }
    if taken {
        draft.edits = serde_json::to_string(&edits)?;
        briefs::keep_draft(tx, draft).await?;
    }
    Ok(())
}
