//! What links may carry, and which sites may show the form: a part of the settings.

use maud::{Markup, html};

use crate::domain::Fields;
use crate::domain::options::{hidden_name, origin};
use crate::store::questionnaires::Questionnaire;

/// More than these are no organizer's.
const MOST: usize = 30;

/// The fields.
pub(super) fn fields(
    questionnaire: &Questionnaire,
    public: &str,
    typed: Option<&Fields>,
) -> Markup {
    let options = questionnaire.options();
    let value = |name: &str, kept: &[String]| match typed.and_then(|typed| typed.get(name)) {
        Some(typed) => typed.to_owned(),
        None => kept.join("\n"),
    };
    html! {
        details.panel open[!(options.hidden.is_empty() && options.embed.is_empty())] {
            summary { "Links and other sites" }
            .field {
                label for="hidden" { "Hidden fields" }
                p.help id="hidden-help" {
                    "Names, one a line, of what a link may say of where its reader comes from. With the name “issue”, the link "
                    code { (public) "?h.issue=42" } " keeps 42 with the response. Anonymous answers keep nothing of it."
                }
                textarea id="hidden" name="hidden" rows="2" spellcheck="false" aria-describedby="hidden-help" {
                    "\n" (value("hidden", &options.hidden))
                }
            }
            .field {
                label for="embed" { "Sites that may show the form in a frame" }
                p.help id="embed-help" {
                    "One a line, such as https://example.org. There, the address of the frame is "
                    code { (public) "?embed=1" } ". No other site can show it."
                }
                textarea id="embed" name="embed" rows="2" spellcheck="false" aria-describedby="embed-help" {
                    "\n" (value("embed", &options.embed))
                }
            }
        }
    }
}

/// The names and the sites that were typed; what cannot be read is said in `problems`. `None`: the
/// fields were not on the form.
pub(super) fn read(
    fields: &Fields,
    problems: &mut Vec<String>,
) -> Option<(Vec<String>, Vec<String>)> {
    let (hidden, embed) = (fields.get("hidden")?, fields.get("embed")?);
    let hidden = each_line(hidden, hidden_name, |line| {
        problems.push(format!(
            "“{line}” cannot be the name of a hidden field: take small letters, digits, - and _."
        ));
    });
    let embed = each_line(embed, origin, |line| {
        problems.push(format!(
            "“{line}” is not the address of a site: write it as https://example.org, without a path."
        ));
    });
    Some((hidden, embed))
}

fn each_line(
    typed: &str,
    each: impl Fn(&str) -> Option<String>,
    mut wrong: impl FnMut(&str),
) -> Vec<String> {
    let mut read = vec![];
    for line in typed.split_whitespace().take(MOST) {
        match each(line) {
            Some(name) if !read.contains(&name) => read.push(name),
            Some(_) => {}
            None => wrong(line),
        }
    }
    read
}
