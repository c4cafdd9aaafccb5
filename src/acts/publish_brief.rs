//! An organizer publishes the brief: a version that never changes again, but for words that their
//! authors take back; and takes a version back.

use crate::domain::{BriefId, ResponseId};
use crate::insight::brief::edits::{self, Edits};
use crate::insight::brief::frozen::{self, Behind, Frozen, Made, Rests, TooNear, behind, changes};
use crate::insight::brief::{Around, Brief, Limits, brief};
use crate::insight::{self, Insight};
use crate::service::Service;
use crate::store::briefs::{self, Version};
use crate::store::invitations;
use crate::store::questionnaires::{self, Questionnaire};
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

/// What would be published now.
///
/// # Errors
/// A database that refuses.
pub async fn prospect(
    service: &Service,
    questionnaire: &Questionnaire,
) -> anyhow::Result<Prospect> {
    let insight = insight::of(service, questionnaire).await?;
    let db = service.store.read();
    let invited = invitations::count(db, questionnaire.id).await?;
    let edits: Edits = match briefs::draft(db, questionnaire.id).await? {
        Some(draft) => serde_json::from_str(&draft.edits)?,
        None => Edits::default(),
    };
    let before = briefs::versions(db, questionnaire.id).await?;
    weigh(&insight, questionnaire, invited, &edits, &before)
}

fn weigh(
    insight: &Insight,
    questionnaire: &Questionnaire,
    invited: u64,
    edits: &Edits,
    before: &[Version],
) -> anyhow::Result<Prospect> {
    let around = |limits| Around {
        title: &questionnaire.title,
        words: Words::of(&questionnaire.language),
        invited,
        limits,
    };
    let material = &insight.material;
    let limits = Limits::PUBLISHED;
    let desk = brief(insight, &around(Limits::DESK));
    let draft = edits::apply(brief(insight, &around(limits)), edits, material, Some(&desk));
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
    let insight = insight::of(service, questionnaire).await?;
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, questionnaire.id).await?;
    let invited = invitations::count(&tx, questionnaire.id).await?;
    let draft = briefs::draft(&tx, questionnaire.id).await?;
    let edits: Edits = match &draft {
        Some(draft) => serde_json::from_str(&draft.edits)?,
        None => Edits::default(),
    };
    let before = briefs::versions(&tx, questionnaire.id).await?;
    let prospect = weigh(&insight, questionnaire, invited, &edits, &before)?;
    if !prospect.obstacles.is_empty() {
        return Ok(Err(prospect));
    }
    let Prospect { brief, number, changes, made_of, .. } = prospect;
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
    briefs::insert(&tx, version).await?;
    tx.commit().await?;
    Ok(Ok(number))
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
    tx: &sea_orm::DatabaseTransaction,
    questionnaire: crate::domain::QuestionnaireId,
    id: ResponseId,
    what: TakenBack,
) -> anyhow::Result<()> {
    for version in briefs::versions(tx, questionnaire).await? {
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
