//! What a respondent can do with what is kept of them, under the receipt: take back what they
//! allowed, take everything with them, have the link sent, erase it all.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::view::Receipt;
use crate::domain::consent::Consent;
use crate::domain::kind::Kind;

/// What stands at the head of the page after something was done.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// The key of its words; its next step is under `{key}-next`.
    pub key: &'static str,
    /// Whether something has to change.
    pub wrong: bool,
    /// The address that was typed.
    pub address: String,
}

impl Said {
    /// As a notice.
    pub(super) fn notice(&self, receipt: &Receipt<'_>) -> Markup {
        let words = receipt.words;
        let role = if self.wrong { "alert" } else { "status" };
        html! {
            div class=(if self.wrong { "problems" } else { "notice" }) role=(role) tabindex="-1" autofocus {
                h2 { (words.get(self.key)) }
                p { (words.get(&format!("{}-next", self.key))) }
            }
        }
    }
}

/// Each consent that was asked for, whether it was given, and the way to take it back.
pub(super) fn consents(Receipt { words, of, given, path, .. }: &Receipt<'_>) -> Markup {
    let mut asked = BTreeSet::new();
    for question in &of.asked {
        if let Kind::Contact(kind) = &question.wording.kind {
            asked.extend(kind.consents.iter().copied());
        }
    }
    let allowed = |consent: &Consent| given.allows(*consent);
    asked.extend(Consent::ALL.into_iter().filter(allowed));
    if asked.is_empty() {
        return html! {};
    }
    html! {
        section id="consents" {
            h2 { (words.get("mine-consents")) }
            p { (words.get(if of.is_open() { "mine-consents-how" } else { "mine-consents-closed" })) }
            @for consent in Consent::ALL.into_iter().filter(|consent| asked.contains(consent)) {
                @let what = words.get(&format!("form-consent-{}", consent.key()));
                .allowed {
                    p {
                        strong { (what) } (words.get("receipt-colon"))
                        (words.get(if allowed(&consent) { "mine-allowed" } else { "mine-not-allowed" }))
                    }
                    @if allowed(&consent) {
                        p.help id={ "w-" (consent.key()) } {
                            (words.get(&format!("mine-withdraw-{}", consent.key())))
                        }
                        form.no-print method="post" action={ (path) "/consents" } {
                            button name="withdraw" value=(consent.key())
                                aria-label=(words.with("mine-withdraw", &[("consent", what.into())]))
                                aria-describedby={ "w-" (consent.key()) } {
                                (words.get("mine-take-back"))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The way to have the link sent, to take everything along, and to erase it.
pub(super) fn end(receipt: &Receipt<'_>, said: Option<&Said>) -> Markup {
    let Receipt { words, of, path, .. } = receipt;
    let wrong = said.is_some_and(|said| said.wrong && said.key == "mine-no-address");
    html! {
        section.no-print {
            h2 { (words.get("mine-take")) }
            p { (words.get("mine-take-how")) }
            .actions {
                a.button href={ (path) "/download.txt" } download { (words.get("mine-text")) }
                a.button href={ (path) "/download.json" } download { (words.get("mine-json")) }
            }
        }
        @if !of.is_anonymous() {
            details.elsewhere open[wrong] {
                summary { (words.get("mine-mail")) }
                form method="post" action={ (path) "/mail" } novalidate {
                    p.help id="i-address" { (words.get("mine-mail-how")) }
                    label for="address" { (words.get("later-address")) }
                    @if wrong { p.problem id="p-address" { (words.get("later-no-address-next")) } }
                    input id="address" name="address" type="email" autocomplete="email"
                        value=[said.map(|said| said.address.as_str())]
                        aria-describedby=(if wrong { "i-address p-address" } else { "i-address" })
                        aria-invalid=[wrong.then_some("true")];
                    button { (words.get("later-send")) }
                }
            }
        }
        section.no-print {
            h2 { (words.get("mine-erase")) }
            p { (words.get("mine-erase-how")) }
            .actions { a.button href={ (path) "/erase" } { (words.get("mine-erase-next")) } }
        }
    }
}
