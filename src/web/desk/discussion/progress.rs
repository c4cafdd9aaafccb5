//! A search that runs, looked at: how far it is, and the way to stop it with the best plan so far.

use chrono::{DateTime, TimeDelta, Utc};
use maud::{Markup, html};

use crate::domain::status::Searching;
use crate::href;
use crate::store::discussions::search::Search;
use crate::store::questionnaires::Questionnaire;

/// After so long without a word, nobody is at it any more.
const SILENCE: TimeDelta = TimeDelta::seconds(90);

/// Whether a search is at work.
pub(super) fn runs(search: Option<&Search>, now: DateTime<Utc>) -> bool {
    search
        .is_some_and(|search| search.state == Searching::Running && now - search.beat_at < SILENCE)
}

/// What there is to see of it. The page comes again by itself; with a script only the bar moves.
pub(super) fn bar(q: &Questionnaire, search: &Search) -> Markup {
    let doing = match search.steps_done {
        0..250 => "Finding out who can meet when",
        250..900 => "Mixing views",
        _ => "Setting the tables of each round",
    };
    let percent = search.steps_done * 100 / search.steps.max(1);
    html! {
        section.searching data-searching {
            p role="status" { span data-doing { (doing) } ": " span data-percent { (percent) " %" } }
            progress aria-label="How far the search is" value=(search.steps_done) max=(search.steps) {}
            form.actions method="post" action=(href::desk(&q.slug, "discussion/stop")) {
                @if search.stop {
                    p.quiet { "Stopping with the best plan so far." }
                } @else {
                    button { "Stop, and take the best plan so far" }
                }
            }
        }
    }
}

/// What went wrong, if the last search found no plan.
pub(super) fn failed(search: Option<&Search>, runs: bool) -> Markup {
    let sentences: Vec<&str> = match search {
        Some(search) if search.state == Searching::Failed => search.said.lines().collect(),
        Some(search) if search.state == Searching::Running && !runs => {
            vec!["The last search ended before it had found a plan. Start it again."]
        }
        _ => vec![],
    };
    html! {
        @if !sentences.is_empty() {
            .warning role="alert" {
                h2 { "No groups were made" }
                @for sentence in sentences { p { (sentence) } }
            }
        }
    }
}
