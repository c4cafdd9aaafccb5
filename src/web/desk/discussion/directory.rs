//! Who can be named on the page, and by which words: everybody who takes part or wants to.

use std::collections::HashMap;

use crate::acts::set_up_discussion::Whom;
use crate::domain::ParticipantId;
use crate::insight::Material;
use crate::insight::participants::who;
use crate::insight::seats::people::takes_part;
use crate::insight::seats::said::NAMELESS;
use crate::store::discussions::Whole;

/// Everybody by a label of their own.
pub(super) struct Directory {
    entries: Vec<(Whom, String)>,
}

impl Directory {
    /// Participants, and those who want to join and are none yet; by label.
    pub fn of(material: &Material, whole: Option<&Whole>) -> Self {
        let mut found: Vec<(Whom, String, String, String)> = vec![];
        let known = whole.map_or(&[][..], |whole| &whole.participants);
        for one in known.iter().filter(|one| takes_part(material, one)) {
            let known = who(material, one);
            let id = one.id.to_string();
            let (name, address) = (known.name, known.address.unwrap_or_default());
            found.push((Whom::Participant(one.id), name.unwrap_or_default(), address, id));
        }
        for voice in material.joining() {
            let id = voice.response.id;
            if known.iter().any(|one| one.response_id == Some(id)) {
                continue;
            }
            let contact = voice.contact();
            let name = contact.map(|contact| contact.name.clone()).unwrap_or_default();
            let address = contact.map(|contact| contact.address.clone()).unwrap_or_default();
            found.push((Whom::Response(id), name, address, id.to_string()));
        }
        let mut times: HashMap<String, usize> = HashMap::new();
        for (_, name, ..) in &found {
            *times.entry(name.clone()).or_default() += 1;
        }
        let mut entries: Vec<(Whom, String)> = found
            .into_iter()
            .map(|(whom, name, address, id)| {
                let short: String = id.chars().take(4).collect();
                let label = match (name.as_str(), address.as_str()) {
                    ("", "") => format!("{NAMELESS} ({short})"),
                    ("", address) => address.to_owned(),
                    (name, _) if times.get(name) == Some(&1) => name.to_owned(),
                    (name, "") => format!("{name} ({short})"),
                    (name, address) => format!("{name}, {address}"),
                };
                (whom, label)
            })
            .collect();
        entries.sort_by(|a, b| a.1.cmp(&b.1));
        Self { entries }
    }

    /// The labels, in order.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(_, label)| label.as_str())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Who is meant, if exactly one is: by the label, or by the beginning of it.
    pub fn find(&self, typed: &str) -> Option<Whom> {
        let typed = typed.trim().to_lowercase();
        if typed.is_empty() {
            return None;
        }
        let exact = self.entries.iter().filter(|(_, label)| label.to_lowercase() == typed);
        let begins = self.entries.iter().filter(|(_, label)| {
            label
                .to_lowercase()
                .strip_prefix(&typed)
                .is_some_and(|rest| rest.starts_with([',', ' ']))
        });
        let exact: Vec<_> = exact.collect();
        let found: Vec<_> = if exact.is_empty() { begins.collect() } else { exact };
        match found.as_slice() {
            [(whom, _)] => Some(*whom),
            _ => None,
        }
    }

    /// The label of a participant.
    pub fn label(&self, id: ParticipantId) -> Option<&str> {
        let found = self.entries.iter().find(|(whom, _)| *whom == Whom::Participant(id));
        found.map(|(_, label)| label.as_str())
    }
}
