//! The example article and its questionnaire, made where it is missing.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::Set;

use super::publish_questionnaire::publish_questionnaire;
use super::save_questionnaire::{Edited, EditedQuestion, save_questionnaire};
use crate::domain::consent::Consent;
use crate::domain::kind::{Allocation, Availability, Contact, Kind, Open, Slot, Statements};
use crate::domain::question::Line;
use crate::domain::status::Status;
use crate::domain::{ArticleId, OrganizerId, QuestionnaireId, Slug, Wording};
use crate::service::Service;
use crate::store::articles::{self, NewArticle};
use crate::store::questionnaires::{self, NewQuestionnaire, Questionnaire};

const EXAMPLE: &str = include_str!("../../examples/article.md");

/// The organizer's example, open to readers or closed; brought and opened if there is none.
/// A draft of it is opened as it is, and gets the example's questions if it has none yet.
///
/// # Errors
/// A draft that cannot be opened, a database that refuses.
pub async fn bring_example(
    service: &Service,
    organizer: OrganizerId,
) -> anyhow::Result<Questionnaire> {
    let mut examples = questionnaires::all_of(service.store.read(), organizer).await?;
    examples.retain(|questionnaire| questionnaire.example);
    // The one that readers can answer before any other; else the newest.
    examples.sort_by_key(|questionnaire| questionnaire.status != Status::Open);
    let questionnaire = match examples.into_iter().next() {
        Some(opened) if opened.status != Status::Draft => return Ok(opened),
        Some(draft) => draft,
        None => bring(service, organizer).await?,
    };
    let asked = questionnaires::asked(service.store.read(), questionnaire.id).await?;
    let questionnaire = if asked.is_empty() {
        let edited = Edited {
            title: questionnaire.title.clone(),
            introduction: questionnaire.introduction.clone(),
            questions: questions(service.clock.now()),
        };
        save_questionnaire(service, questionnaire, edited).await?
    } else {
        questionnaire
    };
    let published = publish_questionnaire(service, questionnaire).await?;
    published
        .map_err(|obstacles| anyhow::anyhow!("the example is a draft: {}", obstacles.join(" ")))
}

// Stands in until the article room reads EXAMPLE: then this is
// `bring_article(service, organizer, EXAMPLE, Format::Markdown, true)`, and `questions` are
// those of `questions_of(&candidates, "en")` with the times of `possible_times`.
async fn bring(service: &Service, organizer: OrganizerId) -> anyhow::Result<Questionnaire> {
    let now = service.clock.now();
    let (head, _) = EXAMPLE.split_once("\n---\n").unwrap_or_default();
    let of_head = |name: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix(name));
        line.map(|text| text.trim().trim_matches('"').to_owned())
    };
    let title = of_head("title:").unwrap_or_else(|| "The example".to_owned());
    let tx = service.store.write().await?;
    // Somebody else may have brought it while this one waited for its turn to write.
    let all = questionnaires::all_of(&tx, organizer).await?;
    if let Some(present) = all.into_iter().find(|questionnaire| questionnaire.example) {
        return Ok(present);
    }
    let article = ArticleId(service.clock.name());
    let new = NewArticle {
        id: Set(article),
        title: Set(title.clone()),
        date: Set(of_head("date:")),
        source: Set(Some("Overseas Unicorns".to_owned())),
        link: Set(None),
        summary: Set(None),
        language: Set("en".to_owned()),
        format: Set("markdown".to_owned()),
        body: Set(EXAMPLE.to_owned()),
        body_start: Set(i64::try_from(head.len() + "\n---\n".len())?),
        created_at: Set(now),
    };
    articles::insert(&tx, new).await?;
    let wished = Slug::of_title(&title, "example");
    let mut slug = wished.clone();
    let mut number = 2;
    while questionnaires::by_slug(&tx, &slug).await?.is_some() {
        slug = wished.numbered(number);
        number += 1;
    }
    let introduction = "Thank you for reading. None of these questions has a right answer: answer \
                        as many as you like, a few sentences are plenty.";
    let new = NewQuestionnaire {
        id: Set(QuestionnaireId(service.clock.name())),
        organizer_id: Set(organizer),
        article_id: Set(article),
        slug: Set(slug),
        title: Set(title),
        introduction: Set(introduction.to_owned()),
        language: Set("en".to_owned()),
        status: Set(Status::Draft),
        version: Set(1),
        example: Set(true),
        created_at: Set(now),
        published_at: Set(None),
        closed_at: Set(None),
    };
    let questionnaire = questionnaires::insert(&tx, new).await?;
    tx.commit().await?;
    Ok(questionnaire)
}

fn questions(now: DateTime<Utc>) -> Vec<EditedQuestion> {
    let open = Kind::Open(Open { long: true });
    let bets = [
        "next generation Transformer architecture",
        "breakthroughs in synthetic data",
        "more efficient learning methods of Online Learning",
    ];
    let statements = [
        "DeepSeek is still far away from the first-tier players such as OpenAI, Anthropic and Google.",
        "DeepSeek did not invent a new paradigm.",
        "Under the Transformer architecture it is difficult to surpass the first-tier model manufacturers.",
        "If the sensation is scored 100 points, the contribution of open source is 70 points.",
        "In the end, it may still return to the competition of compute.",
        "It is unlikely that distillation can surpass SOTA in base model.",
        "Today, it is difficult to build a moat at both the model layer and the application layer.",
        "The model is the application.",
        "A great business company and a great research lab can coexist in one organization.",
        "The landing of Agent is more critical than the next generation model.",
        "Under technological uncertainty, the most valuable are talented AI researchers.",
    ];
    let zone = "Europe/Berlin".to_owned();
    let slots = possible_times(now);
    [
        ("Where will the next Aha moment of intelligent breakthrough appear?", "", open.clone()),
        (
            "If you have sufficient exploration resources, in what direction will you invest your \
             exploration resources?",
            "",
            open.clone(),
        ),
        (
            "For example, the next generation Transformer architecture, breakthroughs in synthetic \
             data, and more efficient learning methods of Online Learning, what bets would you make?",
            "",
            open,
        ),
        (
            "How would you place your bets?",
            "Share 100 points among what you believe in.",
            Kind::Allocation(Allocation {
                options: Line::numbered("o", bets),
                other: true,
                total: 100,
            }),
        ),
        (
            "Where do you stand?",
            "Pass where you would rather not say.",
            Kind::Statements(Statements { statements: Line::numbered("s", statements) }),
        ),
        (
            "When could you join a discussion?",
            "",
            Kind::Availability(Availability { slots, zone }),
        ),
        (
            "Shall we talk about it?",
            "All of this is optional. Your name and address are kept apart from your answers.",
            Kind::Contact(Contact { consents: Consent::ALL.to_vec() }),
        ),
    ]
    .into_iter()
    .map(|(prompt, help, kind)| {
        let (prompt, help) = (prompt.to_owned(), help.to_owned());
        let wording = Wording { prompt, help, required: false, kind };
        EditedQuestion { key: None, wording, passage: None }
    })
    .collect()
}

/// Times of the example's discussion, from a week after `now`: on six days at noon or in the
/// evening in Europe, so that somebody in Asia or in America can come to some of them.
pub fn possible_times(now: DateTime<Utc>) -> Vec<Slot> {
    let midnight = now.date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
    (1..)
        .zip([(7, 12), (8, 18), (9, 12), (10, 18), (12, 9), (13, 15)])
        .map(|(number, (days, hour))| Slot {
            key: format!("t{number}"),
            start: midnight + TimeDelta::days(days) + TimeDelta::hours(hour),
            minutes: 90,
        })
        .collect()
}
