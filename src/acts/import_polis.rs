//! An organizer brings a conversation that was held with Polis: its statements become a
//! questionnaire of one question, its participants' votes become responses.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use futures_util::future::join_all;
use sha2::{Digest as _, Sha256};

use super::bring_article::bring_article;
use super::choose_options::{Chosen, choose_options};
use super::publish_questionnaire::{close_questionnaire, publish_questionnaire};
use super::save_questionnaire::{Edited, EditedQuestion, save_questionnaire};
use crate::analysis::language::language;
use crate::article::Format;
use crate::domain::kind::{Kind, Statements, Votes};
use crate::domain::question::Line;
use crate::domain::status::{Standing, Status};
use crate::domain::token::{self, Opens, hex};
use crate::domain::{Answer, OrganizerId, ResponseId, Wording};
use crate::export::polis::read::{Conversation, Voter};
use crate::service::Service;
use crate::store::articles;
use crate::store::intake::Submission;
use crate::store::questionnaires::{self, Asked, Questionnaire};

/// So many responses are handed over together.
const CHUNK: usize = 512;
/// The hidden field that says which participant of Polis a response is.
pub const PARTICIPANT: &str = "polis-participant";

/// What bringing did.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// Statements on it.
    pub statements: usize,
    /// Rejected statements that were left out.
    pub rejected: usize,
    /// Responses that are new or changed.
    pub added: usize,
    /// Responses that were there already, word for word.
    pub known: usize,
}

/// Keeps a conversation. The same statements brought by the same organizer are the same
/// conversation: votes that are there already stay, further and changed ones are added. What was
/// kept before a failure stays, and bringing it again adds the rest.
///
/// # Errors
/// A database that refuses.
pub async fn import_polis(
    service: &Service,
    organizer: OrganizerId,
    conversation: &Conversation,
) -> anyhow::Result<Imported> {
    let mark = mark(conversation);
    let known = find(service, organizer, &mark).await?;
    let draft = if let Some(known) = known {
        known
    } else {
        let article = article(conversation, &mark);
        bring_article(service, organizer, &article, Format::Markdown, false).await?
    };
    let questionnaire = opened(service, draft, conversation).await?;
    let asked = questionnaires::all_asked(service.store.read(), questionnaire.id).await?;
    let asked = asked.into_iter().find(|asked| matches!(asked.wording.kind, Kind::Statements(_)));
    let asked = asked.ok_or_else(|| anyhow::anyhow!("a conversation without its statements"))?;
    let keys: BTreeMap<u64, String> = keys(conversation);
    // Where the files tell no times, all came when the questionnaire was made: the same again.
    let at = questionnaire.created_at;
    let new = conversation.voters.iter();
    let new =
        new.map(|(id, voter)| submission(service, &questionnaire, &asked, &keys, *id, voter, at));
    let new: Vec<Submission> = new.collect();
    let (mut added, mut repeated) = (0, 0);
    for chunk in new.chunks(CHUNK) {
        for kept in join_all(chunk.iter().map(|new| service.intake.keep(new.clone()))).await {
            if kept?.repeated { repeated += 1 } else { added += 1 }
        }
    }
    Ok(Imported {
        questionnaire,
        statements: conversation.comments.len(),
        rejected: conversation.rejected,
        added,
        known: repeated,
    })
}

/// By which the same conversation is known again: its statements, with their numbers.
fn mark(conversation: &Conversation) -> String {
    let mut hash = Sha256::new();
    for (id, text) in &conversation.comments {
        hash.update(format!("{id} {text}\n").as_bytes());
    }
    let digest: [u8; 32] = hash.finalize().into();
    format!("Polis conversation {}", hex(digest.first_chunk::<8>().unwrap_or(&[0; 8])))
}

/// The organizer's questionnaire of this conversation.
async fn find(
    service: &Service,
    organizer: OrganizerId,
    mark: &str,
) -> anyhow::Result<Option<Questionnaire>> {
    let db = service.store.read();
    for questionnaire in questionnaires::all_of(db, organizer).await? {
        let article = articles::by_id(db, questionnaire.article_id).await?;
        if article.is_some_and(|article| article.source.as_deref() == Some(mark)) {
            return Ok(Some(questionnaire));
        }
    }
    Ok(None)
}

fn title(conversation: &Conversation) -> &str {
    if conversation.topic.is_empty() { "A Polis conversation" } else { &conversation.topic }
}

/// The page that stands where an article does: what the conversation was about.
fn article(conversation: &Conversation, mark: &str) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let words: Vec<&str> = conversation.comments.values().map(String::as_str).collect();
    let language = if language(&words.join("\n"), None).starts_with("zh") { "zh" } else { "en" };
    let title = quoted(title(conversation));
    let mut head = format!("title: {title}\nsource: {}\nlang: {language}\n", quoted(mark));
    if !conversation.link.is_empty() {
        // Writing to a string does not fail.
        _ = writeln!(head, "link: {}", quoted(&conversation.link));
    }
    let described = match conversation.description.as_str() {
        "" => String::new(),
        text => format!("{text}\n\n"),
    };
    format!(
        "---\n{head}---\n\n{described}People voted on {} statements in a conversation held with Polis.\n",
        conversation.comments.len()
    )
}

/// The questionnaire with its statements, closed: nobody asked readers to answer it here. It can
/// be opened like any other.
async fn opened(
    service: &Service,
    draft: Questionnaire,
    conversation: &Conversation,
) -> anyhow::Result<Questionnaire> {
    if draft.status != Status::Draft {
        return Ok(draft);
    }
    let asked = questionnaires::asked(service.store.read(), draft.id).await?;
    let mut questionnaire = draft;
    if asked.is_empty() {
        let keys = keys(conversation);
        let line = |(id, text): (&u64, &String)| Line {
            key: keys.get(id).cloned().unwrap_or_default(),
            text: text.clone(),
        };
        let statements = conversation.comments.iter().map(line).collect();
        let kind = Kind::Statements(Statements { statements, own: false, one_by_one: true });
        let prompt = match questionnaire.language.as_str() {
            "zh" => "您怎么看这些观点？",
            _ => "What do you think of these?",
        };
        let question = EditedQuestion {
            key: None,
            wording: Wording::new(prompt, kind),
            passage: None,
            shown: vec![],
        };
        let edited = Edited {
            title: title(conversation).to_owned(),
            introduction: conversation.description.clone(),
            questions: vec![question],
            ..Edited::default()
        };
        questionnaire = save_questionnaire(service, questionnaire, edited).await?;
        // A column of its own in what is exported, and nothing that a link could not carry.
        let hidden = vec![PARTICIPANT.to_owned()];
        let chosen = Chosen { hidden, ..Chosen::of(&questionnaire) };
        questionnaire = choose_options(service, questionnaire, chosen).await?;
    }
    let published = publish_questionnaire(service, questionnaire).await?;
    let published = published
        .map_err(|obstacles| anyhow::anyhow!("it stays a draft: {}", obstacles.join(" ")))?;
    close_questionnaire(service, published.clone()).await?;
    let closed = questionnaires::by_id(service.store.read(), published.id).await?;
    Ok(closed.unwrap_or(published))
}

/// The key of each statement: `s1`, `s2`, … in the order of their numbers.
fn keys(conversation: &Conversation) -> BTreeMap<u64, String> {
    let numbers = (1_usize..).map(|number| format!("s{number}"));
    conversation.comments.keys().copied().zip(numbers).collect()
}

fn submission(
    service: &Service,
    questionnaire: &Questionnaire,
    asked: &Asked,
    keys: &BTreeMap<u64, String>,
    number: u64,
    voter: &Voter,
    at: DateTime<Utc>,
) -> Submission {
    let response = response(service, questionnaire, number);
    let given = voter.votes.iter();
    let given = given.filter_map(|(id, vote)| Some((keys.get(id)?.clone(), *vote))).collect();
    let answer = Answer::Statements(Votes { votes: given, own: Box::default() });
    Submission {
        response,
        questionnaire: questionnaire.id,
        token_hash: token::hash(&service.secret.link(Opens::Response, response.0)),
        language: questionnaire.language.clone(),
        example: false,
        invitation: None,
        at: voter.at.unwrap_or(at),
        standing: Standing::Counted,
        extras: [(PARTICIPANT.to_owned(), number.to_string())].into(),
        answers: [(asked.id, (asked.wording_id, answer))].into(),
        seal: None,
    }
}

/// The id of a participant's response: the same every time, guessed by nobody.
fn response(service: &Service, questionnaire: &Questionnaire, number: u64) -> ResponseId {
    let secret = service.secret.link(Opens::Response, questionnaire.id.0);
    ResponseId(token::id_of(&format!("polis {number} {secret}")))
}
