//! A guide made ready for somebody: its quotes looked up, the organizer's layers over it, and only
//! those names that this reader may know.

use actix_web::HttpResponse;
use actix_web::http::header::{self, ContentDisposition};
use chrono_tz::Tz;

use crate::acts::invite_participants::{group_name, name_of};
use crate::domain::ParticipantId;
use crate::error::AppError;
use crate::insight::Material;
use crate::insight::guide::edits::Edits;
use crate::insight::guide::markdown::markdown;
use crate::insight::guide::sheet::{Around, Part, Sheet, parts, sheet};
use crate::insight::guide::{Guide, standing};
use crate::insight::material::asks_to_quote;
use crate::insight::participants::{told_host, told_name, who_hosts, zone};
use crate::pdf::{self, Paper, Template};
use crate::service::Service;
use crate::store::discussions::{Group, Whole};
use crate::store::{briefs, guides, poll};
use crate::web::ui;
use crate::words::Words;

/// For whom a guide is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// The organizer.
    Desk,
    /// Whoever leads the group.
    Host,
    /// One participant: with their own name, and others' where these agreed.
    Participant(ParticipantId),
}

/// A guide with everything around it.
#[derive(Clone, Debug)]
pub struct Drawn {
    guide: Guide,
    around: Around,
    layers: Vec<Edits>,
}

/// The names of the layers over a group's guide, the lower first.
pub fn layers_of(group: &Group) -> [String; 2] {
    let language = Words::of(&group.language).language();
    [format!("all.{language}"), format!("group.{}", group.number)]
}

/// Makes a group's guide ready.
pub async fn drawn(
    app: &Service,
    material: &Material,
    whole: &Whole,
    group: &Group,
    reader: For,
) -> Result<Drawn, AppError> {
    let db = app.store.read();
    let mut guide: Guide = serde_json::from_str(&group.guide).map_err(anyhow::Error::from)?;
    let there = briefs::standing(db, &standing::quoted(&guide)).await?;
    let members = whole.members(group.id);
    let ids = members.iter().filter_map(|(_, one)| one.response_id).collect();
    standing::check(&mut guide, &there, asks_to_quote(&material.questions), &ids);
    let kept = guides::layers(db, whole.discussion.questionnaire_id).await?;
    let mut layers = vec![];
    for name in layers_of(group) {
        if let Some(layer) = kept.iter().find(|layer| layer.layer == name) {
            layers.push(serde_json::from_str(&layer.edits).map_err(anyhow::Error::from)?);
        }
    }
    let named: Vec<Option<String>> = members
        .iter()
        .map(|(_, one)| match reader {
            For::Participant(own) if own != one.id => told_name(material, one),
            _ => name_of(material, one),
        })
        .collect();
    let unnamed = named.iter().filter(|name| name.is_none()).count();
    let host = whole.host_of(group);
    let host = host.and_then(|host| match reader {
        For::Participant(_) => told_host(material, host, &whole.participants),
        _ => who_hosts(material, host, &whole.participants).name,
    });
    let poll = poll::of(db, whole.discussion.id).await?;
    let words = Words::of(&group.language);
    let around = Around {
        words,
        group: group_name(words, group),
        title: whole.discussion.title.clone(),
        when: when(words, group, zone(material, whole)),
        place: whole.place_of(group).to_owned(),
        host,
        members: named.into_iter().flatten().collect(),
        unnamed,
        for_host: !matches!(reader, For::Participant(_)),
        poll: poll.is_some_and(|poll| poll.statements != "[]"),
    };
    Ok(Drawn { guide, around, layers })
}

impl Drawn {
    /// As it is read.
    pub fn sheet(&self) -> Sheet {
        let layers: Vec<&Edits> = self.layers.iter().collect();
        sheet(&self.guide, &self.around, &layers)
    }

    /// Every part with these layers over it, for the editor.
    pub fn parts(&self, layers: &[&Edits]) -> Vec<Part> {
        parts(&self.guide, &self.around, layers)
    }

    /// The language it is written in.
    pub fn language(&self) -> &'static str {
        self.around.words.language()
    }
}

/// When a group meets, with the zone.
pub fn when(words: Words, group: &Group, zone: Tz) -> String {
    group.starts_at.map(|starts| words.date_time(starts, zone)).unwrap_or_default()
}

/// The forms of the file, by their names in addresses, with the words for each.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = [
        ("guide.pdf", "brief-file-pdf-a4"),
        ("guide-letter.pdf", "brief-file-pdf-letter"),
        ("guide.html", "brief-file-html"),
        ("guide.md", "brief-file-md"),
    ];
    all.into_iter()
        .filter(|(name, _)| pdf::IS_THERE || !matches!(*name, "guide.pdf" | "guide-letter.pdf"))
}

/// A guide as a file, to be saved under a name that begins with `called`.
pub async fn file(sheet: &Sheet, name: &str, called: &str) -> Result<HttpResponse, AppError> {
    let (kind, ending, body) = match name {
        "guide.md" => ("text/markdown; charset=utf-8", "md", markdown(sheet).into_bytes()),
        "guide.html" => {
            let page = ui::guide::file(sheet).into_string();
            ("text/html; charset=utf-8", "html", page.into_bytes())
        }
        "guide.pdf" | "guide-letter.pdf" if pdf::IS_THERE => {
            let paper = if name == "guide.pdf" { Paper::A4 } else { Paper::Letter };
            let sheet = serde_json::to_value(sheet).map_err(anyhow::Error::from)?;
            let set = pdf::set(Template::Guide, &sheet, paper).await;
            ("application/pdf", "pdf", set.map_err(anyhow::Error::from)?.to_vec())
        }
        _ => return Err(AppError::NotFound),
    };
    // Slugs are letters, digits and hyphens: the plain form of RFC 6266 is enough.
    let to_save = ContentDisposition::attachment(format!("{called}.{ending}")).to_string();
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header(("x-robots-tag", "noindex"))
        .insert_header((header::CONTENT_DISPOSITION, to_save))
        .body(body))
}
