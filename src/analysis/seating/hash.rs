//! A fingerprint of a request that no order of its lists changes.

use super::problem::by_key;
use super::request::{Free, Given, Request};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Every part with its length before it, so that no two requests write the same bytes.
struct Ink(Sha256);

impl Ink {
    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.update(text);
    }

    fn number(&mut self, number: usize) {
        self.0.update(u64::try_from(number).unwrap_or(u64::MAX).to_le_bytes());
    }

    fn real(&mut self, value: Option<f64>) {
        self.0.update([u8::from(value.is_some())]);
        self.0.update(value.unwrap_or(0.0).to_bits().to_le_bytes());
    }

    fn texts<'a>(&mut self, texts: impl IntoIterator<Item = &'a String>, sorted: bool) {
        let mut texts: Vec<&String> = texts.into_iter().collect();
        if sorted {
            texts.sort_unstable();
        }
        self.number(texts.len());
        for text in texts {
            self.text(text);
        }
    }

    /// Times by key of the slot; what is not said is a no.
    fn free(&mut self, free: &[Free], slots: &[usize]) {
        for &slot in slots {
            let free = free.get(slot).copied().unwrap_or(Free::No);
            self.0.update([match free {
                Free::Yes => 2,
                Free::IfNeedBe => 1,
                Free::No => 0,
            }]);
        }
    }
}

/// SHA-256 of the request in hexadecimal.
pub(super) fn hash(request: &Request) -> String {
    let mut ink = Ink(Sha256::new());
    ink.text("colloquy seats 1");
    let mut slots: Vec<usize> = (0..request.slots.len()).collect();
    slots.sort_by_key(|&slot| request.slots.get(slot).map(|slot| &slot.key));
    ink.number(slots.len());
    for slot in slots.iter().filter_map(|&slot| request.slots.get(slot)) {
        ink.text(&slot.key);
        ink.number(slot.groups);
        ink.number(usize::from(slot.languages.is_some()));
        ink.texts(slot.languages.iter().flatten(), true);
    }
    ink.number(request.people.len());
    for person in by_key(request).into_iter().filter_map(|place| request.people.get(place)) {
        ink.text(&person.key);
        ink.number(person.views.len());
        person.views.iter().for_each(|view| ink.real(*view));
        ink.free(&person.free, &slots);
        ink.texts(&person.languages, false);
        ink.texts(&person.tags, true);
        ink.number(person.hosts);
    }
    let mut hosts: Vec<_> = request.hosts.iter().collect();
    hosts.sort_by_key(|host| &host.key);
    ink.number(hosts.len());
    for host in hosts {
        ink.text(&host.key);
        ink.free(&host.free, &slots);
        ink.texts(&host.languages, false);
        ink.number(host.most);
    }
    ink.number(request.dimensions.len());
    for dimension in &request.dimensions {
        ink.real(Some(dimension.weight));
        ink.number(dimension.question);
    }
    rules(&mut ink, request);
    for number in [request.size.low, request.size.target, request.size.high, request.rounds.max(1)]
    {
        ink.number(number);
    }
    ink.0.update(request.seed.to_le_bytes());
    ink.0.update(request.steps.to_le_bytes());
    ink.real(Some(request.fairness));
    ink.0.finalize().iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        _ = write!(text, "{byte:02x}");
        text
    })
}

fn rules(ink: &mut Ink, request: &Request) {
    let mut together: Vec<Vec<&String>> =
        request.together.iter().map(|block| block.iter().collect()).collect();
    for block in &mut together {
        block.sort_unstable();
    }
    together.sort_unstable();
    ink.number(together.len());
    for block in together {
        ink.texts(block, true);
    }
    let mut apart: Vec<(&String, &String)> =
        request.apart.iter().map(|(a, b)| (a.min(b), a.max(b))).collect();
    apart.sort_unstable();
    ink.number(apart.len());
    for (a, b) in apart {
        ink.texts([a, b], true);
    }
    ink.texts(&request.lone, true);
    let mut pins: Vec<_> = request.pins.iter().collect();
    pins.sort_unstable();
    ink.number(pins.len());
    for pin in pins {
        ink.text(&pin.person);
        ink.text(&pin.slot);
        ink.texts(&pin.group, true);
    }
    ink.number(usize::from(request.previous.is_some()));
    let mut previous: Vec<&Given> = request.previous.iter().flatten().collect();
    previous.sort_by_key(|group| &group.key);
    ink.number(previous.len());
    for group in previous {
        ink.text(&group.key);
        ink.text(&group.slot);
        ink.text(&group.language);
        ink.texts(&group.host, true);
        ink.texts(&group.people, true);
    }
}
