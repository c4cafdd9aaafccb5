//! How the files look that can be had.

use maud::{Markup, html};

use crate::domain::status::Mode;
use crate::export::Export;
use crate::export::polis::Part;
use crate::href;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Questionnaire;
use crate::web::ui::layout::{self, Steps};

/// What decides which files are offered.
pub(super) struct Facts {
    /// Responses that count.
    pub responses: u64,
    /// How many of them are made up.
    pub examples: usize,
    /// Anonymous answers that wait to be mixed.
    pub waiting: u64,
    /// Whether statements are or were asked.
    pub statements: bool,
}

/// Every file with what is in it.
pub(super) fn page(
    organizer: &Organizer,
    steps: &Steps,
    questionnaire: &Questionnaire,
    facts: &Facts,
) -> Markup {
    layout::desk(
        organizer,
        "Take it along",
        Some(steps),
        html! {
            h1 { "Take it along" }
            p.lede {
                @match facts.responses {
                    0 => "Nobody has answered yet: the files have column heads but no rows.",
                    1 => "1 response, as files for people and for programs.",
                    n => { (n) " responses, as files for people and for programs." }
                }
            }
            (left_out(questionnaire, facts))
            form method="get" action=(href::desk(&questionnaire.slug, "exports")) {
                fieldset.field {
                    legend { "How" }
                    label.check {
                        input type="checkbox" name="bom" value="yes" checked;
                        span { "Mark CSV as Unicode, so that Excel shows every letter. Programs may not want the mark." }
                    }
                    @if facts.examples > 0 {
                        label.check {
                            input type="checkbox" name="examples" value="no";
                            span { "Leave out the " (facts.examples) " made-up examples" }
                        }
                    }
                }
                h2 { "For a table program" }
                dl.exports {
                    (entry(questionnaire, Export::Workbook, "Excel, LibreOffice or Numbers: a sheet for each view. The overview, the responses, each closed question with its counts and a chart, themes, quotes, statements and groups. Numbers and times are real ones. A text of more than 32,767 characters is cut where Excel takes no more, and says so."))
                    (entry(questionnaire, Export::Responses, "CSV, one line a response. One column for each question; where one question asks several things, one column for each option, statement or time. The columns do not change with the answers."))
                }
                h2 { "For a program" }
                dl.exports {
                    (entry(questionnaire, Export::Answers, "CSV, one line for each thing that was said: response, question, version of its wording, item, value. Options, statements and times by their keys, which stay when words are corrected."))
                    (entry(questionnaire, Export::Everything, "JSON with every wording, every response, and the themes, groups and seeds made of them, so that anybody can check the computation. Described in docs/exports.md."))
                }
                @if facts.statements {
                    h2 { "For what reads Polis’s files" }
                    p { "The votes on statements as Polis writes them: 1 agrees, -1 disagrees, 0 passes, empty has not seen it. What is not known here, such as who wrote a statement and when, stays empty." }
                    dl.exports {
                        (entry(questionnaire, Export::Polis, "The five files in one archive."))
                        @for part in Part::ALL {
                            (entry(questionnaire, Export::PolisFile(part), about(part)))
                        }
                    }
                }
            }
            h2 { "The questionnaire itself" }
            ul.notes {
                li { a href=(href::desk(&questionnaire.slug, "questionnaire.json")) { "The questionnaire as a document" } ": JSON with its article, its questions and what you chose, to keep, to change in an editor, to bring in elsewhere." }
                li { a href=(href::desk(&questionnaire.slug, "surveyjs.json")) { "The questionnaire for SurveyJS" } ": what SurveyJS can say of it. Times, points to share, and name and address are not in it." }
            }
            h2 { "Good to know" }
            ul.notes {
                li { "CSV is UTF-8 with commas. A text that begins like a formula (= + - @) has an apostrophe before it, in the heads too, so that no table program computes it; programs take that one apostrophe away again." }
                li { "A file is made whole before it is sent: it holds every response that counted when it was begun, or you see an error." }
            }
        },
    )
}

/// What no file holds, in words.
fn left_out(questionnaire: &Questionnaire, facts: &Facts) -> Markup {
    html! {
        .notice {
            p {
                @match questionnaire.mode {
                    Mode::Identified => "Names and addresses are in these files as readers gave them: keep them as you would keep letters.",
                    Mode::Confidential => "Names and addresses are there only where a reader agreed to it, and the day of an answer without the time.",
                    Mode::Anonymous => "Nothing in them says who answered, except what readers wrote themselves. Of each time only the day is told, and the responses of a day stand in no order.",
                }
            }
            p { "Not in them: late and held responses that you have not let count, earlier states of a response, drafts, and what was erased." }
            @if facts.waiting > 0 {
                p { "Nor the " (facts.waiting) @if facts.waiting == 1 { " answer that waits" } @else { " answers that wait" } " to be mixed with others." }
            }
        }
    }
}

fn entry(questionnaire: &Questionnaire, export: Export, what: &str) -> Markup {
    let action = href::export(&questionnaire.slug, export.name());
    html! {
        dt { button.primary[export == Export::Workbook] formaction=(action) { (export.name()) } }
        dd { (what) }
    }
}

fn about(part: Part) -> &'static str {
    match part {
        Part::Summary => "What it is about, how many took part, how many groups there are.",
        Part::Comments => {
            "The statements, with how many agree and disagree. “moderated” is 1 on the form, 0 where a statement was taken off it."
        }
        Part::Votes => "One line a vote.",
        Part::ParticipantsVotes => {
            "One line a participant, one column a statement, and the group of each."
        }
        Part::StatsHistory => "How the numbers grew, one line a day.",
    }
}
