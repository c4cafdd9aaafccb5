//! The page on which a discussion is set up: one form, and nothing needed but the button.

use maud::{Markup, html};

use super::directory::Directory;
use super::form::{choices, countable, rows};
use crate::domain::Fields;
use crate::href;
use crate::insight::Material;
use crate::insight::brief::people;
use crate::store::discussions::Whole;
use crate::store::questionnaires::Questionnaire;
use crate::web::ui::layout::language_name;

/// What the form is drawn from.
pub(super) struct Form<'a> {
    pub questionnaire: &'a Questionnaire,
    pub material: &'a Material,
    pub whole: Option<&'a Whole>,
    pub directory: &'a Directory,
    /// What stands in it.
    pub fields: &'a Fields,
    /// A further row of this kind: `s`, `h` or `r`.
    pub further: Option<&'a str>,
    pub problems: &'a [String],
}

impl Form<'_> {
    fn get(&self, name: &str) -> &str {
        self.fields.get(name).unwrap_or_default()
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.fields.has(name, value)
    }

    /// Rows that stand there, and one to fill in where it was asked for or none is there.
    fn rows(&self, kind: &str, part: &str) -> usize {
        let there = rows(self.fields, kind, part);
        there + usize::from(there == 0 || self.further == Some(kind))
    }

    /// Whether a fold has something in it.
    fn has(&self, kind: &str, part: &str) -> bool {
        let name = |row: usize| format!("{kind}{row}.{part}");
        self.further == Some(kind)
            || (0..rows(self.fields, kind, part))
                .any(|row| self.fields.filled(&name(row)).is_some())
    }
}

/// The form; it posts to the discussion itself.
pub(super) fn form(form: &Form<'_>) -> Markup {
    let again = form.whole.is_some_and(|whole| !whole.groups.is_empty());
    html! {
        @if !form.problems.is_empty() {
            .problems role="alert" id="problems" tabindex="-1" {
                h2 { "Nothing was changed; what you typed is below" }
                ul { @for problem in form.problems { li { (problem) } } }
            }
        }
        form.stack.setup method="post" action=(href::desk(&form.questionnaire.slug, "discussion")) {
            // The button that Enter presses is the first: the one that most people want.
            button.vh type="submit" name="then" value=(if again { "save" } else { "make" }) tabindex="-1" aria-hidden="true" { "Go on" }
            input type="hidden" name="seed" value=(form.get("seed"));
            (basics(form))
            (times(form))
            (hosts(form))
            (pairs(form))
            (mixing(form))
            datalist id="everybody" { @for label in form.directory.labels() { option value=(label) {} } }
            .actions {
                @if again {
                    button.primary name="then" value="save" { "Save" }
                    a.button.quiet href=(href::desk(&form.questionnaire.slug, "discussion")) { "Back to the groups" }
                } @else {
                    button.primary name="then" value="make" { "Make the groups" }
                    button.quiet name="then" value="save" { "Save for later" }
                }
            }
        }
    }
}

fn basics(form: &Form<'_>) -> Markup {
    let number = |name: &str, label: &str, least: i32, most: i32| {
        html! {
            .field {
                label for=(name) { (label) }
                input.short id=(name) name=(name) type="number" min=(least) max=(most) value=(form.get(name));
            }
        }
    };
    let formats = [
        ("one", "One round", "everybody meets once, in one group"),
        (
            "rounds",
            "Several rounds",
            "new tables each time; nobody meets the same people again if it can be",
        ),
        ("plenary", "All together, then tables", "everybody meets at one time, then in groups"),
    ];
    html! {
        .field {
            label for="title" { "What the appointment is called" }
            input id="title" name="title" value=(form.get("title")) maxlength="300";
        }
        fieldset.field {
            legend { "How it is held" }
            @for (key, name, means) in formats {
                label.check {
                    input type="radio" name="format" value=(key) checked[form.get("format") == key];
                    span { (name) ": " (means) }
                }
            }
        }
        .trio {
            (number("rounds", "Rounds, if several", 2, 12))
            (number("minutes", "Minutes", 10, 1440))
        }
        fieldset.field {
            legend { "People in a group" }
            .trio {
                (number("low", "At least", 1, 60))
                (number("target", "Best", 2, 60))
                (number("high", "At most", 2, 60))
            }
        }
        .field {
            label for="place" { "Where, if a time has no room or link of its own" }
            input id="place" name="place" value=(form.get("place")) maxlength="500";
        }
    }
}

fn times(form: &Form<'_>) -> Markup {
    let languages = languages(form);
    let asked = super::form::offered(form.material).is_some();
    html! {
        fieldset.field.rows {
            legend { "Times" }
            p.help {
                @if asked { "From your question when people can come; add others, or empty one to leave it out. " }
                "Written as 2026-12-03 19:00 on the clock of "
                @if asked { (form.get("zone")) "." } @else { "the zone below." }
            }
            @if asked {
                input type="hidden" name="zone" value=(form.get("zone"));
            } @else {
                .field {
                    label for="zone" { "Time zone" }
                    input.short.zone id="zone" name="zone" value=(form.get("zone")) maxlength="60";
                }
            }
            @for row in 0..form.rows("s", "when") {
                @let name = |part: &str| format!("s{row}.{part}");
                @let at = row + 1;
                fieldset.times-row {
                    legend.vh { "Time " (at) }
                    input type="hidden" name=(name("key")) value=(form.get(&name("key")));
                    input type="hidden" name=(name("minutes")) value=(form.get(&name("minutes")));
                    .field {
                        label for=(name("when")) { "Time " (at) }
                        input id=(name("when")) name=(name("when")) value=(form.get(&name("when"))) placeholder="2026-12-03 19:00" autocomplete="off";
                    }
                    .field {
                        label for=(name("rooms")) { "Groups at once" }
                        input id=(name("rooms")) name=(name("rooms")) type="number" min="0" max="1000" value=(if form.fields.get(&name("rooms")).is_some() { form.get(&name("rooms")) } else { "3" });
                    }
                    .field {
                        label for=(name("language")) { "Language" }
                        select id=(name("language")) name=(name("language")) {
                            option value="" { "Any" }
                            @for tag in &languages {
                                option value=(tag) selected[form.get(&name("language")) == tag] { (language_name(tag)) }
                            }
                        }
                    }
                    .field.wide {
                        label for=(name("place")) { "Rooms or video links, one a line" }
                        textarea id=(name("place")) name=(name("place")) rows="1" { "\n" (form.get(&name("place"))) }
                    }
                }
            }
            button.quiet.small name="then" value="add-time" { "Add a time" }
            label.check {
                input type="checkbox" name="silent" value="yes" checked[form.is("silent", "yes")];
                span { "Who has not said when they can come counts as able to come at any time" }
            }
        }
    }
}

/// The languages that somebody here speaks.
fn languages(form: &Form<'_>) -> Vec<String> {
    let mut tags: Vec<String> = vec!["en".to_owned(), "zh".to_owned()];
    let spoken = form.material.joining().map(|voice| voice.response.language.to_string());
    let hand = form.whole.into_iter().flat_map(|whole| &whole.participants);
    let hand = hand.flat_map(|one| one.language.split(',').map(|tag| tag.trim().to_owned()));
    tags.extend(spoken.chain(hand).filter(|tag| !tag.is_empty()));
    tags.sort();
    tags.dedup();
    tags
}

fn hosts(form: &Form<'_>) -> Markup {
    html! {
        details open[form.has("h", "who")] {
            summary { "Hosts: who leads the groups" }
            p.help { "Without hosts, groups lead themselves. Name a participant from the list, who then sits in the group, too; or anybody else with an address." }
            @let shown = keys(form);
            @for row in 0..form.rows("h", "who") {
                @let name = |part: &str| format!("h{row}.{part}");
                @let at = row + 1;
                @let fresh = form.fields.filled(&name("who")).is_none();
                fieldset.times-row {
                    legend.vh { "Host " (at) }
                    input type="hidden" name=(name("id")) value=(form.get(&name("id")));
                    .field {
                        label for=(name("who")) { "Host " (at) }
                        input id=(name("who")) name=(name("who")) value=(form.get(&name("who"))) list="everybody" maxlength="300" autocomplete="off";
                    }
                    .field {
                        label for=(name("most")) { "Groups at most" }
                        input id=(name("most")) name=(name("most")) type="number" min="1" max="100" value=(if fresh { "1" } else { form.get(&name("most")) });
                    }
                    .field {
                        label for=(name("languages")) { "Languages" }
                        input id=(name("languages")) name=(name("languages")) value=(form.get(&name("languages"))) placeholder=(form.questionnaire.language) maxlength="100";
                    }
                    .field.wide {
                        label for=(name("address")) { "Address, if not a participant" }
                        input id=(name("address")) name=(name("address")) type="email" value=(form.get(&name("address"))) maxlength="300" autocomplete="off";
                    }
                    @if shown.len() > 1 {
                        fieldset.wide {
                            legend.small { "Can lead at" }
                            input type="hidden" name=(name("shown")) value=(shown.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>().join(" "));
                            .ticks {
                                @for (key, when) in &shown {
                                    label.check.small {
                                        input type="checkbox" name=(name("can")) value=(key) checked[fresh || form.is(&name("can"), key)];
                                        span { (when) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            button.quiet.small name="then" value="add-host" { "Add a host" }
        }
    }
}

/// The times that have a key already, by which hosts can say when they can.
fn keys(form: &Form<'_>) -> Vec<(String, String)> {
    let of = |row: usize| {
        let key = form.fields.filled(&format!("s{row}.key"))?;
        let when = form.fields.filled(&format!("s{row}.when"))?;
        Some((key.to_owned(), when.to_owned()))
    };
    (0..rows(form.fields, "s", "when")).filter_map(of).collect()
}

fn pairs(form: &Form<'_>) -> Markup {
    html! {
        details open[form.has("r", "a")] {
            summary { "Who must sit together, and who must not" }
            p.help { "Only you see this; participants never do." }
            @for row in 0..form.rows("r", "a") {
                @let name = |part: &str| format!("r{row}.{part}");
                fieldset.pair-row {
                    legend.vh { "Pair " (row + 1) }
                    input name=(name("a")) value=(form.get(&name("a"))) list="everybody" aria-label="One" maxlength="300" autocomplete="off";
                    select name=(name("kind")) aria-label="How" {
                        option value="apart" { "never with" }
                        option value="together" selected[form.get(&name("kind")) == "together"] { "always with" }
                    }
                    input name=(name("b")) value=(form.get(&name("b"))) list="everybody" aria-label="The other" maxlength="300" autocomplete="off";
                }
            }
            button.quiet.small name="then" value="add-rule" { "Add a pair" }
        }
    }
}

fn mixing(form: &Form<'_>) -> Markup {
    let choices: Vec<_> = choices(form.material).collect();
    html! {
        details {
            summary { "What is mixed, and who should not be alone" }
            input type="hidden" name="views-shown" value="yes";
            fieldset.field {
                legend { "Answers that count as views" }
                @for (id, prompt) in countable(form.material) {
                    label.check {
                        input type="checkbox" name="view" value=(id) checked[form.is("view", &id.to_string())];
                        span dir="auto" { (prompt) }
                    }
                }
            }
            @if !choices.is_empty() {
                fieldset.field {
                    legend { "Nobody should be the only one of a group with their answer to" }
                    @for (id, prompt) in &choices {
                        label.check {
                            input type="checkbox" name="alone-by" value=(id) checked[form.is("alone-by", &id.to_string())];
                            span dir="auto" { (prompt) }
                        }
                    }
                }
            }
            .field {
                label for="alone" { "Tags that nobody should carry alone" }
                p.help id="alone-help" { "Parted by commas; you give tags to people on the page of participants." }
                input id="alone" name="alone" value=(form.get("alone")) aria-describedby="alone-help" maxlength="1000";
            }
            label.check {
                input type="checkbox" name="fair" value="yes" checked[form.is("fair", "yes")];
                span { "Make groups disagree to about the same degree, at a small cost to the mix" }
            }
            label.check {
                input type="checkbox" name="long" value="yes" checked[form.is("long", "yes")];
                span { "Search twenty times as long for the last bit of the mix" }
            }
        }
    }
}

/// Who is there, in a sentence.
pub(super) fn joining(count: usize) -> String {
    let want = if count == 1 { "wants" } else { "want" };
    format!("{} {want} to join.", people(count))
}
