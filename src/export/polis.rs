//! The five files that Polis writes of a conversation, with what is known here and nothing made
//! up: what is not known stays empty. Their columns are those of Polis's open data.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Seek, Write};

use chrono::{DateTime, NaiveDate, Utc};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::table::Table;
use crate::domain::{Answer, ResponseId};
use crate::insight::Insight;
use crate::insight::opinion::Opinion;
use crate::store::copying::told;
use crate::store::questionnaires::Questionnaire;
use crate::store::voices::Voice;

pub mod read;

/// One of the five files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `summary.csv`: what it is about, and how many took part.
    Summary,
    /// `comments.csv`: the statements.
    Comments,
    /// `votes.csv`: every vote.
    Votes,
    /// `participants-votes.csv`: a line a participant, a column a statement.
    ParticipantsVotes,
    /// `stats-history.csv`: how the numbers grew.
    StatsHistory,
}

impl Part {
    /// All five.
    pub const ALL: [Self; 5] =
        [Self::Summary, Self::Comments, Self::Votes, Self::ParticipantsVotes, Self::StatsHistory];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Summary => "summary.csv",
            Self::Comments => "comments.csv",
            Self::Votes => "votes.csv",
            Self::ParticipantsVotes => "participants-votes.csv",
            Self::StatsHistory => "stats-history.csv",
        }
    }
}

/// The votes on a questionnaire's statements, as Polis speaks of them.
pub struct Conversation<'a> {
    questionnaire: &'a Questionnaire,
    insight: &'a Insight,
    link: &'a str,
    /// In the order of their numbers.
    participants: Vec<Participant<'a>>,
}

struct Participant<'a> {
    votes: &'a [Option<i8>],
    at: DateTime<Utc>,
    /// Statements of their own that they sent in.
    own: usize,
    group: Option<usize>,
}

impl<'a> Conversation<'a> {
    /// What was voted; `link`: where readers find the form.
    pub fn of(questionnaire: &'a Questionnaire, insight: &'a Insight, link: &'a str) -> Self {
        let mut participants = vec![];
        if let Some(opinion) = insight.opinion.as_deref() {
            let groups = groups(opinion);
            let mut rows: Vec<(DateTime<Utc>, ResponseId, usize)> = opinion
                .votes
                .people
                .iter()
                .enumerate()
                .map(|(row, id)| {
                    let voice = insight.material.voice(*id);
                    let at = voice.map(|voice| voice.response.created_at).unwrap_or_default();
                    (told(insight.material.mode, at), *id, row)
                })
                .collect();
            rows.sort_unstable();
            for (at, id, row) in rows {
                let votes = opinion.votes.cells.get(row).map_or(&[][..], Vec::as_slice);
                let own = own_statements(insight, id);
                participants.push(Participant { votes, at, own, group: groups.get(&row).copied() });
            }
        }
        Self { questionnaire, insight, link, participants }
    }

    fn opinion(&self) -> Option<&Opinion> {
        self.insight.opinion.as_deref()
    }

    /// Writes one of the files.
    ///
    /// # Errors
    /// A file that takes no more.
    pub fn write(&self, part: Part, file: impl Write, mark: bool) -> io::Result<()> {
        let mut table = Table::begin(file, mark)?;
        match part {
            Part::Summary => self.summary(&mut table),
            Part::Comments => self.comments(&mut table),
            Part::Votes => self.votes(&mut table),
            Part::ParticipantsVotes => self.matrix(&mut table),
            Part::StatsHistory => self.history(&mut table),
        }?;
        table.finish()?.flush()
    }

    /// Writes all of them as an archive.
    ///
    /// # Errors
    /// A file that takes no more.
    pub fn archive(&self, file: impl Write + Seek) -> io::Result<()> {
        let mut archive = ZipWriter::new(file);
        // Without a time: the same votes are the same bytes.
        let options = SimpleFileOptions::DEFAULT.compression_method(CompressionMethod::Deflated);
        for part in Part::ALL {
            archive.start_file(part.name(), options)?;
            self.write(part, &mut archive, false)?;
        }
        archive.finish()?.flush()
    }

    fn summary(&self, table: &mut Table<impl Write>) -> io::Result<()> {
        let groups = self.opinion().map_or(0, |opinion| opinion.result.groups().len());
        let placed = self.opinion().map_or(0, |opinion| opinion.result.placed.len());
        let statements = self.opinion().map_or(0, |opinion| opinion.statements.len());
        let commenters = self.participants.iter().filter(|p| p.own > 0).count();
        let opened = self.insight.reach.opened().to_string();
        for (name, value) in [
            ("topic", self.questionnaire.title.clone()),
            ("url", self.link.to_owned()),
            ("views", opened),
            ("voters", self.participants.len().to_string()),
            ("voters-in-conv", placed.to_string()),
            ("commenters", commenters.to_string()),
            ("comments", statements.to_string()),
            ("groups", groups.to_string()),
            ("conversation-description", self.questionnaire.introduction.clone()),
        ] {
            table.plain(name)?;
            table.text(&value)?;
            table.end_line()?;
        }
        Ok(())
    }

    fn comments(&self, table: &mut Table<impl Write>) -> io::Result<()> {
        heads(
            table,
            &[
                "timestamp",
                "datetime",
                "comment-id",
                "author-id",
                "agrees",
                "disagrees",
                "moderated",
                "comment-body",
            ],
        )?;
        table.end_line()?;
        let Some(opinion) = self.opinion() else { return Ok(()) };
        for (at, (voted, count)) in
            opinion.statements.iter().zip(&opinion.result.statements).enumerate()
        {
            let asked = self.insight.material.questions.iter().find(|q| q.id == voted.question);
            let on_form = asked.is_some_and(|asked| {
                asked.position.is_some()
                    && asked.wording.kind.lines().iter().any(|line| line.key == voted.key)
            });
            // When it was written and by whom is not kept.
            table.plain("")?;
            table.plain("")?;
            table.plain(&at.to_string())?;
            table.plain("")?;
            table.plain(&count.agree.to_string())?;
            table.plain(&count.disagree.to_string())?;
            table.plain(if on_form { "1" } else { "0" })?;
            table.text(&voted.text)?;
            table.end_line()?;
        }
        Ok(())
    }

    fn votes(&self, table: &mut Table<impl Write>) -> io::Result<()> {
        heads(table, &["timestamp", "datetime", "comment-id", "voter-id", "vote"])?;
        table.end_line()?;
        for (number, participant) in self.participants.iter().enumerate() {
            let stamp = participant.at.timestamp_millis().to_string();
            let moment = participant.at.format("%a %b %d %H:%M:%S UTC %Y").to_string();
            for (at, vote) in participant.votes.iter().enumerate() {
                let Some(vote) = vote else { continue };
                table.plain(&stamp)?;
                table.plain(&moment)?;
                table.plain(&at.to_string())?;
                table.plain(&number.to_string())?;
                table.plain(sign(*vote))?;
                table.end_line()?;
            }
        }
        Ok(())
    }

    fn matrix(&self, table: &mut Table<impl Write>) -> io::Result<()> {
        heads(
            table,
            &["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"],
        )?;
        let statements = self.opinion().map_or(0, |opinion| opinion.statements.len());
        for at in 0..statements {
            table.plain(&at.to_string())?;
        }
        table.end_line()?;
        for (number, participant) in self.participants.iter().enumerate() {
            let count = |wanted: Option<i8>| {
                let votes = participant.votes.iter().flatten();
                votes
                    .filter(|vote| wanted.is_none_or(|wanted| **vote == wanted))
                    .count()
                    .to_string()
            };
            table.plain(&number.to_string())?;
            table.plain(&participant.group.map(|at| at.to_string()).unwrap_or_default())?;
            table.plain(&participant.own.to_string())?;
            table.plain(&count(None))?;
            table.plain(&count(Some(1)))?;
            table.plain(&count(Some(-1)))?;
            for vote in participant.votes {
                table.plain(vote.map_or("", sign))?;
            }
            table.end_line()?;
        }
        Ok(())
    }

    /// A line for each day, since finer times are not told of everybody.
    fn history(&self, table: &mut Table<impl Write>) -> io::Result<()> {
        heads(table, &["n-votes", "n-comments", "n-visitors", "n-voters", "n-commenters"])?;
        table.end_line()?;
        let statements = self.opinion().map_or(0, |opinion| opinion.statements.len());
        let mut days: BTreeMap<NaiveDate, [u64; 4]> = BTreeMap::new();
        for participant in &self.participants {
            let [given, _, people, commenters] =
                days.entry(participant.at.date_naive()).or_default();
            *given += u64::try_from(participant.votes.iter().flatten().count()).unwrap_or(0);
            *people += 1;
            *commenters += u64::from(participant.own > 0);
        }
        for (day, opened, _) in &self.insight.reach.days {
            let [_, visitors, ..] = days.entry(*day).or_default();
            *visitors += opened;
        }
        let mut sum = [0; 4];
        for (_, day) in days {
            for (sum, more) in sum.iter_mut().zip(day) {
                *sum += more;
            }
            let [given, visitors, people, commenters] = sum.map(|number| number.to_string());
            for number in [given, statements.to_string(), visitors, people, commenters] {
                table.plain(&number)?;
            }
            table.end_line()?;
        }
        Ok(())
    }
}

fn heads(table: &mut Table<impl Write>, names: &[&str]) -> io::Result<()> {
    names.iter().try_for_each(|name| table.plain(name))
}

fn sign(vote: i8) -> &'static str {
    match vote {
        1 => "1",
        -1 => "-1",
        _ => "0",
    }
}

/// The group of each placed row, from 0, the largest first.
fn groups(opinion: &Opinion) -> BTreeMap<usize, usize> {
    let members = opinion.result.groups().iter().enumerate();
    members.flat_map(|(at, group)| group.members.iter().map(move |row| (*row, at))).collect()
}

fn own_statements(insight: &Insight, id: ResponseId) -> usize {
    let answers = insight.material.voice(id).into_iter().flat_map(Voice::all);
    let texts: BTreeSet<String> = answers
        .filter_map(|(_, answer)| match answer {
            Answer::Statements(given) => Some(given.proposed()),
            _ => None,
        })
        .flatten()
        .collect();
    texts.len()
}
