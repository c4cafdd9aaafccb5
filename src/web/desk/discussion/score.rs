//! How good a plan is, beside what chance would give and what is possible at all.

use maud::{Markup, html};

use super::look::Look;
use crate::insight::seats::PlanSummary;

/// The table of scores, and what would help.
pub(super) fn table(look: &Look<'_>) -> Markup {
    let score = &look.judged.score;
    let share = |value: f64| {
        if score.ceiling > 0.0 {
            format!("{:.0} %", 100.0 * value / score.ceiling)
        } else {
            "–".to_owned()
        }
    };
    let rounds = look.whole.discussion.rounds;
    html! {
        details.score {
            summary { "How good is this plan? Compared with chance" }
            table.data.plain {
                thead { tr { th scope="col" { "What" } th.num scope="col" { "By chance" } th.num scope="col" { "This plan" } th.num scope="col" { "At best" } } }
                tbody {
                    tr {
                        th scope="row" { "People with a seat" }
                        td.num { "–" } td.num { (score.placed) } td.num { (score.people) }
                    }
                    tr {
                        th scope="row" { "Mix of views" }
                        td.num { (share(score.random)) } td.num { (share(score.value)) } td.num { "100 %" }
                    }
                    tr {
                        th scope="row" { "Way from chance to the best thinkable mix" }
                        td.num { "0 %" } td.num { (format!("{:.0} %", 100.0 * score.gap_closed)) } td.num { "100 %" }
                    }
                    tr {
                        th scope="row" { "Disagreement in the group that has least of it" }
                        td.num { "–" } td.num { (format!("{:.0} %", 100.0 * score.worst)) } td.num { "100 %" }
                    }
                    tr {
                        th scope="row" { "People who come only if need be" }
                        td.num { "–" } td.num { (score.if_need_be) } td.num { "0" }
                    }
                    tr {
                        th scope="row" { "Seats above or below the best size" }
                        td.num { "–" } td.num { (score.off_target) } td.num { "0" }
                    }
                    @if !look.seatable.request.lone.is_empty() {
                        tr {
                            th scope="row" { "People alone with a tag or a choice" }
                            td.num { "–" } td.num { (score.alone) } td.num { "0" }
                        }
                    }
                    @if rounds > 1 {
                        tr {
                            th scope="row" { "Pairs who meet more than once" }
                            td.num { "–" } td.num { (look.again) } td.num { "0" }
                        }
                    }
                }
            }
            p.small.quiet {
                "The best thinkable mix would make every group a miniature of everybody; with few people and many questions no plan reaches it. Chance is what groups of these sizes give when people are dealt like cards."
            }
        }
    }
}

/// What would give more people a seat, as it was when the plan was made.
pub(super) fn helps(look: &Look<'_>) -> Markup {
    let summary: PlanSummary =
        serde_json::from_str(&look.whole.discussion.summary).unwrap_or_default();
    html! {
        @if !summary.helps.is_empty() {
            section.helps {
                h3 { "What would help" }
                ul { @for help in &summary.helps { li { (help) } } }
            }
        }
    }
}
