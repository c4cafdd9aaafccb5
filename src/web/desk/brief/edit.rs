//! The editor: one form with every sentence in a field of its own. It needs no script.

use maud::{Markup, html};

use super::Desk;
use super::form::{Both, QUOTES, name_of};
use crate::href;
use crate::insight::brief::{By, Section, Sentence};
use crate::store::organizers::Organizer;
use crate::web::ui::layout;

/// The page; `both`: what somebody else has changed at the same time.
pub(super) fn page(organizer: &Organizer, desk: &Desk, both: &[Both]) -> Markup {
    let slug = &desk.questionnaire.slug;
    let brief = &desk.draft.brief;
    layout::desk(
        organizer,
        "Edit the brief",
        Some(&desk.steps),
        html! {
            h1 { "Edit the brief" }
            @if !both.is_empty() {
                .notice.warning role="alert" {
                    p {
                        "Nothing of what you typed is lost. Somebody else has meanwhile changed "
                        @if both.len() == 1 { "a sentence that you have changed too" } @else { (both.len()) " sentences that you have changed too" }
                        ": there, theirs is kept so far, and yours stands in the field. Keep the changes once more to put yours in its place. Everything else of yours is kept."
                    }
                }
            }
            p { "Every sentence is made of the answers. Change its words, take it out, choose other quotes, or add sentences of your own: they are marked as yours wherever the brief is read. New answers never write over your words. Once you change a sentence about a theme, the themes of its question stay as they are, and later answers join the nearest or none." }
            form.editor method="post" action=(href::desk(slug, "brief/edit")) {
                input type="hidden" name="version" value=(desk.version());
                (gone(desk))
                ol.order.panels {
                    @for (place, section) in (1..).zip(&brief.sections) { li { (section_of(section, place, both, &brief.language)) } }
                    li {
                        h2 { "A heading of your own" }
                        .field {
                            label for="heading" { "Heading" }
                            input id="heading" name="heading" maxlength="300" lang=(brief.language);
                        }
                        .field {
                            label for="add" { "What stands under it" }
                            textarea id="add" name="add." rows="3" lang=(brief.language) {}
                        }
                    }
                }
                .actions {
                    button.primary { "Keep the changes" }
                    a.button.quiet href=(href::desk(slug, "brief")) { "Back to the brief" }
                }
            }
        },
    )
}

/// What was left out about themes that are not there any more: told, until it is forgotten.
fn gone(desk: &Desk) -> Markup {
    let gone = desk.gone();
    html! {
        @if !gone.is_empty() {
            fieldset.newer id="gone" {
                legend { "Left out, and its theme is not there any more" }
                p { "Another theme may say the same, and is not left out: look through the sentences below. Then untick what you need not be told of any longer." }
                @for key in &gone {
                    @let said = desk.edits.sentences.get(key).map_or("", |edited| edited.over.as_str());
                    input type="hidden" name={ "d-was." (key) } value="1";
                    label.check {
                        input type="checkbox" name={ "d." (key) } value="1" checked;
                        @if said.is_empty() { "A sentence about a theme" } @else { q lang=(desk.draft.brief.language) { (said) } }
                    }
                }
            }
        }
    }
}

fn section_of(section: &Section, place: u32, both: &[Both], language: &str) -> Markup {
    let key = &section.key;
    let dropped = if section.dropped { "1" } else { "" };
    html! {
        .question-head {
            @if section.own {
                .field {
                    label for={ "h." (key) } { "Your heading" }
                    input type="hidden" name={ "h-was." (key) } value=(section.title);
                    input id={ "h." (key) } name={ "h." (key) } value=(section.title) maxlength="300" lang=(language);
                }
            } @else {
                h2 dir="auto" lang=(language) { (section.title) }
            }
            .field {
                label for={ "place." (key) } { "Place" }
                input type="hidden" name={ "place-was." (key) } value=(place);
                input.place id={ "place." (key) } name={ "place." (key) } value=(place) inputmode="numeric";
            }
        }
        @for each in &section.sentences { (sentence(each, both, language)) }
        details {
            summary { "Add a sentence" }
            .field {
                label for={ "add." (key) } { "A sentence of your own" }
                textarea id={ "add." (key) } name={ "add." (key) } rows="2" lang=(language) {}
            }
        }
        input type="hidden" name={ "ds-was." (key) } value=(dropped);
        label.check {
            input type="checkbox" name={ "ds." (key) } value="1" checked[section.dropped];
            "Leave this section out"
        }
    }
}

fn sentence(sentence: &Sentence, both: &[Both], language: &str) -> Markup {
    let key = &sentence.key;
    let made = sentence.made.as_deref().unwrap_or(&sentence.text);
    let dropped = if sentence.dropped { "1" } else { "" };
    let theirs = both.iter().find(|both| both.key == *key);
    let rows = sentence.text.chars().count() / 90 + 1;
    html! {
        .field.edited-sentence id={ "s." (key) } {
            label for={ "t." (key) } {
                @match sentence.by {
                    By::Made => "Sentence",
                    By::Edited => "Sentence, in your words",
                    By::Own => "Your sentence",
                }
                @if sentence.dropped { " (left out)" }
            }
            input type="hidden" name={ "t-was." (key) } value=(sentence.text);
            @if sentence.by != By::Own { input type="hidden" name={ "m." (key) } value=(made); }
            textarea id={ "t." (key) } name={ "t." (key) } rows=(rows.min(8)) lang=(language) { (theirs.map_or(sentence.text.as_str(), |both| both.mine.as_str())) }
            @if let Some(both) = theirs { p.help { "Kept meanwhile by somebody else: " q lang=(language) { (both.theirs) } } }
            @if let Some(made) = sentence.made.as_ref().filter(|_| sentence.newer) {
                fieldset.newer {
                    legend { "New answers have changed what this sentence would say" }
                    p { "Now: " q lang=(language) { (made) } }
                    label.check { input type="radio" name={ "n." (key) } value="later" checked; "Decide later; my words stand" }
                    label.check { input type="radio" name={ "n." (key) } value="mine"; "My words still hold" }
                    label.check { input type="radio" name={ "n." (key) } value="new"; "Take the new sentence" }
                }
            } @else if let Some(made) = &sentence.made {
                p.help { "By itself it says: " q lang=(language) { (made) } }
                label.check { input type="checkbox" name={ "n." (key) } value="new"; "Go back to that" }
            } @else if sentence.newer {
                p.help { "What this sentence stood for is no longer said by the answers. Your words stand as your own; see that no other sentence says the same." }
            }
            (choices(sentence))
            input type="hidden" name={ "d-was." (key) } value=(dropped);
            label.check {
                input type="checkbox" name={ "d." (key) } value="1" checked[sentence.dropped];
                @if sentence.by == By::Own { "Delete this sentence" } @else { "Leave this sentence out" }
            }
        }
    }
}

/// The quotes that could stand under a sentence.
fn choices(sentence: &Sentence) -> Markup {
    let chosen: Vec<String> = sentence.quotes.iter().map(name_of).collect();
    // Those that stand there first, in their order: so the form sends them.
    let others = sentence.choices.iter().filter(|quote| !sentence.quotes.contains(quote));
    html! {
        @if !sentence.choices.is_empty() {
            details {
                summary { "Quotes: " (chosen.len()) " of " (sentence.choices.len()) " chosen" }
                input type="hidden" name={ "q-was." (sentence.key) } value=(chosen.join(" "));
                fieldset {
                    legend { "At most " (QUOTES) ", each by somebody who allows it" }
                    @for quote in sentence.quotes.iter().chain(others) {
                        label.check dir="auto" {
                            input type="checkbox" name={ "q." (sentence.key) } value=(name_of(quote)) checked[chosen.contains(&name_of(quote))];
                            span lang=(quote.language) { (quote.text) }
                        }
                    }
                }
            }
        }
    }
}
