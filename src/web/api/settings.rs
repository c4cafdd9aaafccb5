//! What stands around the questions: what is kept of who answers, when it opens and closes, how
//! many may answer, thanks, the colour, what links carry, which sites may show the form.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use super::answered::Shown;
use super::asked::{Choice, Json};
use super::questionnaires::{Questionnaire, seen};
use super::refusals;
use super::words::Mode;
use crate::acts::choose_mode::choose_mode;
use crate::acts::choose_options::{Chosen, choose_options};
use crate::domain::colour::Colour;
use crate::domain::options::{hidden_name, is_on_clocks, origin};
use crate::error::AppError;
use crate::web::desk::campaigns::LANGUAGES;
use crate::web::extract::{App, Organizer};

/// What is chosen for a questionnaire; what is left out stays.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChooseForQuestionnaire {
    /// What is kept of who answers. Once published, it can only become more private; once the
    /// first answer is in, it stays.
    pub mode: Option<Mode>,
    /// Names of the hidden fields: small letters, digits, `-` and `_`.
    pub hidden: Option<Vec<String>>,
    /// Origins such as `https://example.org` whose pages may show the form in a frame.
    pub embed: Option<Vec<String>>,
    /// When it begins to take answers; null: when it is published.
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>)]
    pub opens_at: Choice<DateTime<Utc>>,
    /// When it stops by itself; null: when it is closed.
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>)]
    pub closes_at: Choice<DateTime<Utc>>,
    /// The time zone on whose clock both are shown.
    #[schema(max_length = 60, example = "Europe/Berlin")]
    pub zone: Option<String>,
    /// How many responses are taken, whoever has begun may finish; null: as many as come.
    #[serde(default)]
    #[schema(value_type = Option<u32>, minimum = 1)]
    pub most: Choice<NonZeroU32>,
    /// What readers see once their answers have arrived; empty lines begin a paragraph.
    #[schema(max_length = 20000)]
    pub thanks: Option<String>,
    /// The same in further languages, by language tag: all of them.
    pub thanks_in: Option<BTreeMap<String, String>>,
    /// Its colour, for links and buttons, made readable on light and dark; null: ours.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^#[0-9a-fA-F]{6}$", example = "#0a5a57")]
    pub accent: Choice<String>,
}

/// `PATCH /api/v1/questionnaires/{slug}`
pub async fn choose(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<ChooseForQuestionnaire>,
) -> Result<Shown<Questionnaire>, AppError> {
    let mut of = me.questionnaire(&app, &slug).await?;
    let mode = wanted.mode;
    let chosen = wanted.over(Chosen::of(&of))?;
    if let Some(why) = chosen.wrong_closing(of.options().closes_at, app.clock.now()) {
        return Err(AppError::Refused(why.to_owned()));
    }
    if let Some(mode) = mode {
        of = choose_mode(&app, of, mode.into()).await?.map_err(refusals::all)?;
    }
    let of = choose_options(&app, of, chosen).await?;
    Ok(Shown(seen(&app, &me, of).await?))
}

/// The longest words of thanks, in characters.
const LONGEST: usize = 20_000;

impl ChooseForQuestionnaire {
    fn over(self, before: Chosen) -> Result<Chosen, AppError> {
        let hidden = |typed| each(typed, hidden_name, "is no name for a hidden field");
        let embed = |typed| each(typed, origin, "is no origin, such as https://example.org");
        let zone = match self.zone {
            Some(name) => refusals::zone(&name)?.name().to_owned(),
            None => before.zone,
        };
        let accent = match self.accent.over(before.accent) {
            Some(typed) if typed.parse::<Colour>().is_err() => {
                let why = format!("“{typed}” is no colour: write it as #0a5a57.");
                return Err(AppError::Refused(why));
            }
            accent => accent,
        };
        let thanks = self.thanks.unwrap_or(before.thanks);
        let mut spoken = self.thanks_in.iter().flat_map(BTreeMap::keys);
        if let Some(tag) = spoken.find(|tag| !LANGUAGES.contains(&tag.as_str())) {
            return Err(AppError::Refused(format!("Forms are not shown in “{tag}”.")));
        }
        let mut thanks_in = self.thanks_in.unwrap_or(before.thanks_in);
        thanks_in.retain(|_, thanks| !thanks.trim().is_empty());
        if thanks_in.values().chain([&thanks]).any(|text| text.chars().count() > LONGEST) {
            return Err(AppError::Refused(format!("Thanks have {LONGEST} characters at most.")));
        }
        let opens_at = moment(self.opens_at.over(before.opens_at))?;
        let closes_at = moment(self.closes_at.over(before.closes_at))?;
        Ok(Chosen {
            hidden: self.hidden.map_or(Ok(before.hidden), hidden)?,
            embed: self.embed.map_or(Ok(before.embed), embed)?,
            thanks: thanks.trim().to_owned(),
            thanks_in,
            opens_at,
            closes_at,
            zone,
            most: self.most.over(before.most.and_then(NonZeroU32::new)).map(NonZeroU32::get),
            accent,
        })
    }
}

/// A moment that clocks and databases know.
fn moment(at: Option<DateTime<Utc>>) -> Result<Option<DateTime<Utc>>, AppError> {
    match at {
        Some(at) if !is_on_clocks(at) => {
            let why = "Moments lie in the years 1970 to 9999.";
            Err(AppError::Refused(why.to_owned()))
        }
        at => Ok(at),
    }
}

fn each(
    typed: Vec<String>,
    read: fn(&str) -> Option<String>,
    problem: &str,
) -> Result<Vec<String>, AppError> {
    let read =
        |text: String| read(&text).ok_or_else(|| AppError::Refused(format!("“{text}” {problem}.")));
    let mut all = typed.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    all.dedup();
    Ok(all)
}
