//! The page around the questions: what this is, who asks, and what happens with the answers.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use maud::{Markup, html};

use super::published::{Door, LANGUAGE, Published};
use super::view::{Sheet, questions_with};
use super::{check, conduct, later, pace, problems, promise};
use crate::acts::submit_response::{KEY, WORDINGS, wordings_field};
use crate::domain::kind::Problem;
use crate::href;
use crate::store::articles::Article;
use crate::web::brief;
use crate::web::ui::layout::{ReaderFrame, reader_with};
use crate::web::ui::problem::save_button;
use crate::words::Words;

/// Why the form is drawn again.
#[derive(Clone, Debug)]
pub(in crate::web) enum Trouble {
    /// It is drawn for the first time.
    None,
    /// Some answers have to change.
    Problems(Vec<(String, Problem)>),
    /// Nothing was written.
    Empty,
    /// The database refused.
    Refused,
    /// The invitation was used, and the questionnaire is anonymous.
    Used,
    /// Nothing is wrong with the answers: the reader goes on with another device.
    Later(later::Told),
    /// Nothing is wrong but perhaps these: the reader looks at it before sending it.
    Check(Vec<(String, Problem)>),
}

impl Trouble {
    /// The answers that have to change.
    pub(super) fn problems(&self) -> &[(String, Problem)] {
        match self {
            Self::Problems(problems) | Self::Check(problems) => problems,
            Self::None | Self::Empty | Self::Refused | Self::Used | Self::Later(_) => &[],
        }
    }
}

/// The form.
pub(super) fn form(of: &Published, door: &Door, sheet: &Sheet<'_>, trouble: &Trouble) -> Markup {
    let words = sheet.words;
    let questionnaire = &of.questionnaire;
    let (texts, language) = of.head(words);
    let again = !matches!(trouble, Trouble::None);
    let checking = matches!(trouble, Trouble::Check(_));
    // Once for each form that is opened, not again with each page on the way.
    let begun = (!again && !door.changes).then(|| href::begun(&questionnaire.slug));
    let calm = match trouble {
        Trouble::Check(problems) => problems.is_empty(),
        Trouble::Later(told) => !later::is_error(told),
        _ => false,
    };
    let frame = ReaderFrame {
        // On a form to correct, a change of language would lose what was typed; in a frame, the
        // frame.
        path: if again || door.carried.embed { String::new() } else { door.path.clone() },
        asks: of.brand(),
        look: of.look(),
        error: again && !calm,
        ..ReaderFrame::default()
    };
    let body = html! {
        (head(of, words, &texts.title, &language))
        @if !again { (opening(of, door, sheet)) }
        // A browser forgets the page at the address that it posts to, and Back would then fetch
        // another form with another key: with the query it keeps this one, and what is sent
        // again from it is a revision.
        form.questionnaire.checking[checking] id="answers" method="post"
            action={ (door.path) (door.carried.send()) } novalidate
            data-begun=[begun]
            data-draft=(questionnaire.slug) data-draft-session[of.is_anonymous()]
            data-words-kept=(words.get("form-draft-kept"))
            data-words-use=(words.get("form-draft-use"))
            data-words-discard=(words.get("form-draft-discard"))
            data-words-saved=(words.get("form-draft-saved"))
            data-words-offline=(words.get("form-draft-offline"))
            data-words-left=(words.get("form-draft-left"))
            data-words-over=(words.get("form-draft-over"))
            data-words-own=(words.get("form-draft-own"))
            data-words-tab=(words.get("form-draft-tab"))
            data-words-delete=(words.get("form-draft-delete"))
            data-words-deleted=(words.get("form-draft-deleted"))
            data-words-unsent=(words.get("form-draft-unsent"))
            data-words-now=(words.get("form-draft-now"))
            data-words-busy=(words.get("form-draft-busy"))
            data-words-slow=(words.get("form-draft-slow"))
            data-words-away=(words.get("form-draft-away"))
            data-words-place=(words.get("form-draft-place"))
            data-words-number=(words.get("form-draft-number"))
            data-words-continue=(words.get("form-continue"))
            data-words-back=(words.get("form-back")) {
            input type="hidden" name=(KEY) value=(door.key);
            (conduct::inputs(words, &door.stamp))
            (door.carried.inputs())
            input type="hidden" name=(WORDINGS) value=(wordings_field(sheet.asked));
            input type="hidden" name=(LANGUAGE) value=(words.language());
            @match trouble {
                Trouble::None => {},
                Trouble::Check(problems) if problems.is_empty() => {},
                Trouble::Problems(problems) | Trouble::Check(problems) => {
                    (problems::summary(words, sheet.asked, problems))
                },
                Trouble::Empty => (problems::other(words, "form-empty")),
                Trouble::Refused => (problems::other(words, "form-refused")),
                Trouble::Used => (problems::other(words, "form-used")),
                Trouble::Later(told) => (later::told(words, told)),
            }
            @if checking {
                (pace::carried(sheet.fields))
                (check::summary(sheet))
                (questions_with(sheet, &|_| check::done(words)))
            } @else {
                (pace::choice(words, sheet.fields, sheet.asked))
                (questions_with(sheet, &|place| pace::turn(words, sheet.asked, place)))
            }
            section.end id="send" {
                @if !checking { (pace::end(words, sheet.asked)) }
                (actions(door, words, again, checking))
            }
            // After it, since it is seen wherever the form is sent from.
            p.status role="status" {}
            (later::offer(words, of, door, sheet.fields, trouble))
        }
    };
    let title = if checking { words.get("check-title") } else { texts.title.clone() };
    reader_with(words, &title, frame, body)
}

/// The buttons at the end.
fn actions(door: &Door, words: Words, again: bool, checking: bool) -> Markup {
    let send = if door.changes { "form-send-changed" } else { "form-send" };
    let check = |class: &str| {
        html! {
            button class=(class) name=(check::GO) value=(check::CHECK) { (words.get("form-check")) }
        }
    };
    html! {
            .actions {
                // The browser presses a form's first button where a reader presses Enter in a
                // short field: that one must not send what is not finished.
                @if !checking { (check("primary first")) }
                button.primary.send { (words.get(send)) }
                @if !checking { (check("later")) }
                @if again && !checking { (save_button(words)) }
                @if door.changes {
                    a.button.quiet href=(door.path.trim_end_matches("/change")) {
                        (words.get("form-leave"))
                    }
                }
            }
    }
}

/// What the page is about: the article's source and date, and a title in its language.
pub(super) fn head(of: &Published, words: Words, title: &str, language: &str) -> Markup {
    let Article { source, date, .. } = &of.article;
    html! {
        @if source.is_some() || date.is_some() {
            p.kicker {
                @if let Some(source) = source {
                    span.source lang=[other_language(words, &of.article.language)] { (source) }
                }
                @if source.is_some() && date.is_some() { " · " }
                @if let Some(date) = date { (day(words, date)) }
            }
        }
        h1 lang=[other_language(words, language)] dir="auto" { (title) }
    }
}

/// What a reader should know before the first question.
fn opening(of: &Published, door: &Door, sheet: &Sheet<'_>) -> Markup {
    let words = sheet.words;
    let (texts, language) = of.head(words);
    let language = other_language(words, &language);
    let needed = sheet.asked.iter().any(|asked| asked.wording.required);
    html! {
      .opening {
        @if let Some((_, name)) = &door.invitation && !name.is_empty() {
            p { (words.with("form-hello", &[("name", name.into())])) }
        }
        @if door.changes {
            p.lede { (words.get("form-change-lede")) }
        } @else {
            @for paragraph in texts.introduction.split("\n\n") {
                @if !paragraph.trim().is_empty() {
                    p.lede lang=[language] dir="auto" { (paragraph.trim()) }
                }
            }
            p {
                (words.with("form-questions", &[("count", sheet.asked.len().into())]))
                (words.get(if needed { "form-skip-some" } else { "form-skip-any" })) " "
                (article_link(of, words))
            }
            (limits(of, words))
            (promise::notice(of, door, sheet))
        }
      }
    }
}

/// Until when, and how many responses are taken: said before anybody writes.
fn limits(of: &Published, words: Words) -> Markup {
    let options = of.questionnaire.options();
    html! {
        @if let Some(closes) = options.closes_at {
            p.quiet { (words.with("form-closes", &[("time", moment(of, words, closes).into())])) }
        }
        @if let Some(most) = options.most {
            p.quiet { (words.with("form-at-most-responses", &[("most", i64::from(most).into())])) }
        }
    }
}

/// A moment on the organizer's clock, with the zone.
fn moment(of: &Published, words: Words, moment: DateTime<Utc>) -> String {
    let zone: Tz = of.questionnaire.options().zone.parse().unwrap_or(Tz::UTC);
    words.date_time(moment, zone)
}

/// The page of a questionnaire that waits for its time.
pub(super) fn waits(of: &Published, path: String, words: Words, opens: DateTime<Utc>) -> Markup {
    let when = words.with("form-waits", &[("time", moment(of, words, opens).into())]);
    let asker = [("organizer", of.asker(words).into())];
    instead(of, path, words, &when, &words.with("form-waits-next", &asker))
}

/// The page of a questionnaire that has as many responses as it takes.
pub(super) fn full(of: &Published, path: String, words: Words) -> Markup {
    let most = i64::from(of.questionnaire.options().most.unwrap_or(0));
    let asker = [("organizer", of.asker(words).into())];
    let full = words.with("form-full", &[("most", most.into())]);
    instead(of, path, words, &full, &words.with("form-full-next", &asker))
}

/// What stands where the form would.
fn instead(of: &Published, path: String, words: Words, what: &str, next: &str) -> Markup {
    let frame = ReaderFrame { path, asks: of.brand(), look: of.look(), ..Default::default() };
    let (texts, language) = of.head(words);
    let body = html! {
        (head(of, words, &texts.title, &language))
        p.lede { (what) }
        p { (next) }
        p { (article_link(of, words)) }
    };
    reader_with(words, &texts.title, frame, body)
}

/// The page of a questionnaire that takes no more answers.
pub(super) fn closed(of: &Published, path: String, words: Words, brief: bool) -> Markup {
    let asker = [("organizer", of.asker(words).into())];
    let frame = ReaderFrame { path, asks: of.brand(), look: of.look(), ..Default::default() };
    let (texts, language) = of.head(words);
    let body = html! {
        (head(of, words, &texts.title, &language))
        p.lede { (words.get("form-closed")) }
        p { (words.with("form-closed-next", &asker)) }
        @if brief { (brief::link(words, of)) }
        p { (article_link(of, words)) }
    };
    reader_with(words, &texts.title, frame, body)
}

/// The way to the article, if the questionnaire has one.
pub(super) fn article_link(of: &Published, words: Words) -> Markup {
    html! {
        @if of.article.has_text() {
            a href=(href::article(&of.questionnaire.slug)) { (words.get("form-read-article")) }
        }
    }
}

/// Marks text in the questionnaire's language where the page speaks another.
pub(in crate::web) fn other_language(words: Words, language: &str) -> Option<&str> {
    (Words::of(language).language() != words.language()).then_some(language)
}

/// The article's date in the page's manner, or as it was brought.
fn day(words: Words, date: &str) -> Markup {
    let iso: String = date.chars().take(10).collect();
    let noon = iso.parse::<NaiveDate>().ok().and_then(|day| day.and_hms_opt(12, 0, 0));
    let Some(noon) = noon else { return html! { span { (date) } } };
    html! { time datetime=(iso) { (words.date(noon.and_utc(), chrono_tz::UTC)) } }
}
