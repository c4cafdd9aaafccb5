//! How a receipt looks: that it arrived, how to come back to it, what was written.

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use maud::{Markup, html};

use super::own::{self, Said};
use super::results::{self, Place, Results};
use crate::domain::consent::Consent;
use crate::domain::kind::{ContactAnswer, Kind};
use crate::href;
use crate::store::questionnaires::Asked;
use crate::store::responses::Given;
use crate::web::answer::page::other_language;
use crate::web::answer::published::Published;
use crate::web::ui::answers;
use crate::web::ui::layout::{ReaderFrame, reader_with};
use crate::words::Words;

/// What a receipt is drawn from.
#[derive(Clone, Debug)]
pub(super) struct Receipt<'a> {
    pub words: Words,
    pub of: &'a Published,
    pub given: &'a Given,
    /// Every question, those taken off the form last.
    pub asked: &'a [Asked],
    /// Each state that was sent, oldest first.
    pub revisions: &'a [(i32, DateTime<Utc>)],
    pub path: String,
    /// The whole private link.
    pub link: String,
    pub code: String,
    /// Whether it waits for the database.
    pub waits: bool,
    /// Where their seat is, once they were invited to it.
    pub seat: Option<Place>,
    /// What there is to say of what was just done.
    pub said: Option<Said>,
    /// What came of it, once the questionnaire is closed.
    pub results: Option<Results>,
}

/// The receipt.
pub(super) fn page(receipt: &Receipt<'_>) -> Markup {
    let Receipt { words, of, given, .. } = receipt;
    let words = *words;
    let language = other_language(words, &of.questionnaire.language);
    let frame = ReaderFrame {
        clears_draft: Some(of.questionnaire.slug.to_string()),
        path: receipt.path.clone(),
        asks: of.brand(),
        look: of.look(),
        ..ReaderFrame::default()
    };
    let kept = if of.is_anonymous() {
        html! { (words.date(given.response.updated_at, Tz::UTC)) }
    } else {
        time(words, given.response.updated_at, zone(receipt.asked))
    };
    let lede = if of.is_open() { "receipt-lede" } else { "receipt-lede-closed" };
    let body = html! {
        .receipt data-words-own=(words.get("form-draft-own")) {
            p.kicker lang=[language] dir="auto" { (of.questionnaire.title) }
            @if let Some(said) = &receipt.said { (said.notice(receipt)) }
            h1 { (words.get("receipt-title")) }
            p.lede { (words.get(lede)) }
            (thanks(of, words))
            @if receipt.waits { p.notice { (words.get("receipt-waits")) } }
            p.quiet { (words.get("receipt-kept")) " " (kept) }
            p.code id="code" { (receipt.code) }
            p.help { (words.get("receipt-code-help")) }
            h2 { (words.get("receipt-link")) }
            p { a id="private" href=(receipt.link) { (receipt.link) } }
            p.help { (words.get("receipt-link-help")) }
            .actions {
                @if of.is_open() {
                    a.button.primary href={ (receipt.path) "/change" } {
                        (words.get("receipt-change"))
                    }
                }
                (copying(words, "#private", "receipt-copy-link"))
                (copying(words, "#code", "receipt-copy-code"))
                button.quiet type="button" data-js hidden data-print { (words.get("receipt-print")) }
            }
            @if of.is_anonymous() && given.is_waiting() && !receipt.waits {
                p { (words.with("receipt-sealed", &[("organizer", of.asker(words).into())])) }
            }
            h2 { (words.get("receipt-next")) }
            (next(receipt))
            @if let Some(results) = &receipt.results { (results::section(words, of, results)) }
            section.copy {
                h2 { (words.get("receipt-yours")) }
                (copy(words, of, given, receipt.asked, true))
            }
            @if receipt.revisions.len() > 1 { (versions(receipt)) }
            @if !receipt.waits {
                (own::consents(receipt))
                (own::end(receipt, receipt.said.as_ref()))
            }
            .actions {
                @if of.article.has_text() {
                    a.quiet href=(href::article(&of.questionnaire.slug)) { (words.get("form-read-article")) }
                }
            }
        }
    };
    reader_with(words, &words.get("receipt-title"), frame, body)
}

/// What the organizer says to those who have answered.
fn thanks(of: &Published, words: Words) -> Markup {
    let (texts, _) = of.head(words);
    let own = of
        .questionnaire
        .options()
        .translations
        .get(words.language())
        .is_none_or(|head| head.thanks.is_empty());
    let language = if own { other_language(words, &of.questionnaire.language) } else { None };
    html! {
        @for paragraph in texts.thanks.split("\n\n").filter(|text| !text.trim().is_empty()) {
            p lang=[language] dir="auto" { (paragraph.trim()) }
        }
    }
}

/// A button that copies; the script shows it where browsers can.
fn copying(words: Words, what: &str, label: &str) -> Markup {
    html! {
        button type="button" data-js hidden data-copy=(what)
            data-words-copied=(words.get("receipt-copied")) { (words.get(label)) }
    }
}

/// What happens now, as far as this respondent agreed to it.
fn next(Receipt { words, of, given, asked, seat, .. }: &Receipt<'_>) -> Markup {
    let asker = [("organizer", of.asker(*words).into())];
    let was_asked = asked.iter().any(|asked| match &asked.wording.kind {
        Kind::Contact(kind) => kind.consents.contains(&Consent::Quote),
        _ => false,
    });
    let nobody = ContactAnswer::default();
    let contact = given.contact.as_ref().unwrap_or(&nobody);
    let address = [("address", (&contact.address).into())];
    html! {
        ul {
            li { (words.with("receipt-next-read", &asker)) }
            @if let Some(seat) = seat {
                li { (seat.line(*words, zone(asked))) }
            } @else if contact.allows(Consent::Join) { li { (words.with("receipt-next-join", &address)) } }
            @else if contact.allows(Consent::Contact) {
                li { (words.with("receipt-next-contact", &address)) }
            }
            @if contact.allows(Consent::QuoteNamed) {
                li { (words.get("receipt-next-quote-named")) }
            } @else if contact.allows(Consent::Quote) {
                li { (words.get("receipt-next-quote")) }
            } @else if was_asked {
                li { (words.with("receipt-next-no-quote", &asker)) }
            }
        }
    }
}

/// Every answer under the words that it was given to; `with_none`: also what is not answered.
fn copy(words: Words, of: &Published, given: &Given, all: &[Asked], with_none: bool) -> Markup {
    let language = other_language(words, &of.questionnaire.language);
    html! {
        dl.answers {
            @for asked in all {
                @if let Some((wording, answer)) = given.answers.get(&asked.id) {
                    @let wording = of.wordings.get(wording).map_or(&asked.wording, |(_, w, _)| w);
                    @let (wording, translated) = wording.in_language(words.language());
                    dt lang=[language.filter(|_| !translated)] dir="auto" { (wording.prompt) }
                    @for line in answers::lines(words, &wording, answer) {
                        dd dir="auto" { (line) }
                    }
                } @else if with_none && asked.position.is_some() {
                    @let (wording, translated) = asked.wording.in_language(words.language());
                    dt lang=[language.filter(|_| !translated)] dir="auto" { (wording.prompt) }
                    dd.none { (words.get("receipt-none")) }
                }
            }
        }
    }
}

/// An earlier state, as it read then. Its place among all, from 1, and whether it counts.
pub(super) fn version(
    words: Words,
    of: &Published,
    then: &Given,
    link: &str,
    (place, counts): (usize, bool),
) -> Markup {
    let path = href::receipt(link);
    let at = then.response.updated_at;
    let time = if of.is_anonymous() {
        words.date(at, Tz::UTC)
    } else {
        words.date_time(at, zone(&of.asked))
    };
    let title = words.with("mine-version", &[("number", place.into()), ("time", time.into())]);
    let frame = ReaderFrame {
        path: href::version(link, then.response.revision),
        asks: of.brand(),
        look: of.look(),
        ..ReaderFrame::default()
    };
    let language = other_language(words, &of.questionnaire.language);
    let body = html! {
        .receipt {
            p.kicker lang=[language] dir="auto" { (of.questionnaire.title) }
            h1 { (title) }
            p.lede { (words.get(if counts { "mine-version-counts" } else { "mine-version-kept" })) }
            section.copy { (copy(words, of, then, &of.asked, false)) }
            .actions { a.button href=(path) { (words.get("mine-back")) } }
        }
    };
    reader_with(words, &title, frame, body)
}

/// When each state was sent; the last one counts.
fn versions(Receipt { words, of, given, asked, revisions, path, .. }: &Receipt<'_>) -> Markup {
    let zone = zone(asked);
    html! {
        section.versions {
            h2 { (words.get("receipt-versions")) }
            p { (words.with("receipt-versions-help", &[("count", (revisions.len() - 1).into())])) }
            ol {
                @for (number, at) in *revisions {
                    li {
                        a href={ (path) "/versions/" (number) } {
                            @if of.is_anonymous() { (words.date(*at, Tz::UTC)) } @else { (time(*words, *at, zone)) }
                        }
                        @if *number == given.response.revision {
                            " · " strong { (words.get("receipt-version-counts")) }
                        }
                    }
                }
            }
        }
    }
}

/// The organizer's clock, where a question of the form says which it is.
fn zone(asked: &[Asked]) -> Tz {
    let said = asked.iter().find_map(|asked| match &asked.wording.kind {
        Kind::Availability(kind) => kind.zone.parse().ok(),
        _ => None,
    });
    said.unwrap_or(Tz::UTC)
}

fn time(words: Words, moment: DateTime<Utc>, zone: Tz) -> Markup {
    let machine = moment.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false);
    html! { time datetime=(machine) { (words.date_time(moment, zone)) } }
}

/// The page of a link that opens nothing.
pub(super) fn unknown(words: Words) -> Markup {
    let frame = ReaderFrame { asks: "Colloquy".to_owned(), ..Default::default() };
    let body = html! {
        h1 { (words.get("receipt-unknown")) }
        p.lede { (words.get("receipt-unknown-next")) }
        p { a href="/" { (words.get("go-home")) } }
    };
    reader_with(words, &words.get("receipt-unknown"), frame, body)
}
