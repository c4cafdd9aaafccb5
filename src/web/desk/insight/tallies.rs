//! Counts of closed questions, as tables with bars.

use maud::{Markup, html};

use super::themes::share;
use crate::domain::ResponseId;
use crate::href;
use crate::insight::Material;
use crate::insight::brief::{people, percent};
use crate::insight::tally::{Counts, Share, SlotCount, Tally};
use crate::store::questionnaires::Questionnaire;
use crate::web::ui::chart::{self, width};
use crate::words::Words;

/// One closed question.
pub(super) fn section(
    questionnaire: &Questionnaire,
    material: &Material,
    prompt: &str,
    tally: &Tally,
) -> Markup {
    html! {
        section {
            h2 { (prompt) }
            @if tally.answered == 0 {
                .empty { p { "Nobody has answered this question yet." } }
            } @else {
                (counts(questionnaire, material, prompt, tally))
            }
        }
    }
}

fn counts(q: &Questionnaire, material: &Material, prompt: &str, tally: &Tally) -> Markup {
    let answered = tally.answered;
    match &tally.counts {
        Counts::Options { rows, others } => html! {
            table.tally {
                caption { (people(answered)) " answered" }
                tbody {
                    @for row in rows {
                        @let part = share(row.count, answered);
                        (bar(row.label.as_deref(), part, &format!("{} · {}", row.count, percent(part))))
                    }
                }
            }
            (written(q, others))
        },
        Counts::Scale { points, low, high, median, cannot_say } => {
            let cannot = cannot_say.map(|n| format!(" {} can’t say.", people(n)));
            let bars: Vec<(String, usize)> = (1..)
                .zip(points)
                .map(|(point, count): (usize, _)| (point.to_string(), *count))
                .collect();
            let median = median.map(|m| format!(" The middle answer is {m}.")).unwrap_or_default();
            let caption = format!(
                "1: {low}. {}: {high}. {} answered.{median}{}",
                points.len(),
                people(answered),
                cannot.unwrap_or_default()
            );
            chart::columns(prompt, &caption, "People", &bars)
        }
        Counts::Shares { rows, others, total } => html! {
            table.tally {
                caption { (people(answered)) " shared " (total) " points; the mean of each" }
                tbody {
                    @for row in sorted(rows) {
                        @let part = row.mean / f64::from((*total).max(1));
                        (bar(row.label.as_deref(), part, &format!("{:.1} · {}", row.mean, people(row.given))))
                    }
                }
            }
            (written(q, others))
        },
        Counts::Slots(slots) => times(material, answered, slots),
        Counts::Ranking(rows) => {
            let most = rows.first().map_or(1.0, |row| row.points.max(f64::MIN_POSITIVE));
            html! {
                table.tally {
                    caption {
                        (people(answered)) " answered; mean points (Borda), and how many put it first"
                    }
                    tbody {
                        @for row in rows {
                            @let said = format!("{:.1} · {} first", row.points, row.first);
                            (bar(Some(&row.label), row.points / most, &said))
                        }
                    }
                }
            }
        }
        Counts::Numbers { bins, median, unit, .. } => {
            let bars: Vec<(String, usize)> =
                bins.iter().map(|bin| (format!("{}–{}", bin.from, bin.to), bin.count)).collect();
            let median = median.map(|m| format!(" The middle answer is {m} {unit}."));
            let median = median.unwrap_or_default();
            let caption = format!("{} answered.{}", people(answered), median.trim_end());
            chart::columns(prompt, &caption, "People", &bars)
        }
    }
}

fn sorted(rows: &[Share]) -> Vec<&Share> {
    let mut rows: Vec<&Share> = rows.iter().collect();
    rows.sort_by(|a, b| b.mean.total_cmp(&a.mean));
    rows
}

fn bar(label: Option<&str>, part: f64, number: &str) -> Markup {
    html! {
        tr {
            th scope="row" { (label.unwrap_or("Something else")) }
            td.bar { span class={ "fill " (width(part)) } {} }
            td.num { (number) }
        }
    }
}

fn written(questionnaire: &Questionnaire, others: &[(ResponseId, String)]) -> Markup {
    html! {
        @if !others.is_empty() {
            details {
                summary { "Something else, in their words: " (others.len()) }
                ul {
                    @for (response, text) in others {
                        li dir="auto" { (text) " " a href=(href::response(&questionnaire.slug, *response)) { "the whole answer" } }
                    }
                }
            }
        }
    }
}

fn times(material: &Material, answered: usize, slots: &[SlotCount]) -> Markup {
    let words = Words::of("en");
    html! {
        table.tally {
            caption { (people(answered)) " answered; in each bar those who can come, with those who can if need be" }
            tbody {
                @for slot in slots {
                    @let part = share(slot.yes + slot.if_need_be, answered);
                    (bar(
                        Some(&words.date_time(slot.start, material.zone())),
                        part,
                        &format!("{} + {}", slot.yes, slot.if_need_be),
                    ))
                }
            }
        }
    }
}
