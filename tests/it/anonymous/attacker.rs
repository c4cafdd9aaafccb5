//! Ways to find out which response came through which invitation. Each gives its best guess for
//! each response, or none where it sees nothing at all.

use std::collections::{BTreeMap, BTreeSet};

use colloquy::domain::token::{Opens, hash};
use colloquy::domain::{InvitationId, ResponseId};

use super::evidence::{Dump, Evidence};

pub type Guesses = BTreeMap<ResponseId, InvitationId>;

/// A way, and what it is called.
pub type Way = (&'static str, fn(&Evidence) -> Guesses);

/// All of them. The first three are certain where they say anything.
pub const WAYS: [Way; 11] = [
    ("a column says it", column),
    ("an id is derived from another", derived),
    ("the same transaction (xmin)", transaction),
    ("neighbouring transactions (xmin)", neighbours),
    ("equal or nearest times", times),
    ("the order of the rows (ctid)", row_order),
    ("the order in the file", file_order),
    ("the order in the journal", journal_order),
    ("what is new between two copies", differences),
    ("that, and lengths", lengths),
    ("languages", languages),
];

pub const CERTAIN: usize = 3;

fn last(evidence: &Evidence) -> &Dump {
    evidence.dumps.last().unwrap()
}

/// The invitations in the order in which they were used, as far as the copies tell.
fn used_in_order(evidence: &Evidence) -> Vec<InvitationId> {
    let (mut seen, mut order) = (BTreeSet::new(), vec![]);
    for dump in &evidence.dumps {
        let mut new: Vec<_> = dump.used().into_iter().filter(|id| seen.insert(*id)).collect();
        let written = |id: &InvitationId| dump.beneath.get(&id.0).map(|(written, _)| *written);
        let at = |id: &InvitationId| dump.invitations[id].answered_at;
        new.sort_by_key(|id| (at(id), written(id)));
        order.extend(new);
    }
    order
}

/// Two orders laid side by side.
fn side_by_side(mut responses: Vec<ResponseId>, invitations: &[InvitationId]) -> Guesses {
    // Whoever came by the public link is somewhere among them: the rest shifts by one at most.
    responses.truncate(invitations.len());
    responses.into_iter().zip(invitations.iter().copied()).collect()
}

fn column(evidence: &Evidence) -> Guesses {
    let rows = evidence.dumps.iter().flat_map(|dump| dump.invitations.values());
    rows.filter_map(|row| Some((row.response_id?, row.id))).collect()
}

fn derived(evidence: &Evidence) -> Guesses {
    let (dump, secret) = (last(evidence), &evidence.secret);
    let mut guesses = Guesses::new();
    for invitation in dump.invitations.values() {
        let names = [invitation.id.0, invitation.contact_id.0];
        let ids: BTreeSet<ResponseId> = names
            .into_iter()
            .map(|name| secret.response_of_form(name))
            .chain([secret.response_of(invitation.id), ResponseId(invitation.id.0)])
            .collect();
        let hashes: BTreeSet<String> = [Opens::Invitation, Opens::Response, Opens::Seat]
            .into_iter()
            .flat_map(|opens| names.map(|name| hash(&secret.link(opens, name))))
            .chain([invitation.token_hash.clone()])
            .chain(ids.iter().map(|id| hash(&secret.link(Opens::Response, id.0))))
            .collect();
        for response in dump.responses.values() {
            // What waited under a name that can be computed would be found, too.
            let name =
                evidence.dumps.iter().any(|dump| dump.sealed.contains_key(&response.token_hash));
            if ids.contains(&response.id) || hashes.contains(&response.token_hash) || name {
                guesses.insert(response.id, invitation.id);
            }
        }
    }
    guesses
}

/// Which invitations each transaction wrote, of those that were used.
fn written_by(dump: &Dump) -> BTreeMap<i64, Vec<InvitationId>> {
    let mut by: BTreeMap<i64, Vec<InvitationId>> = BTreeMap::new();
    for id in dump.used() {
        if let Some((written, _)) = dump.beneath.get(&id.0) {
            by.entry(*written).or_default().push(id);
        }
    }
    by
}

fn transaction(evidence: &Evidence) -> Guesses {
    let mut guesses = Guesses::new();
    for dump in &evidence.dumps {
        let by = written_by(dump);
        for id in dump.responses.keys() {
            let written = dump.beneath.get(&id.0).and_then(|(written, _)| by.get(written));
            if let Some([one]) = written.map(Vec::as_slice) {
                guesses.entry(*id).or_insert(*one);
            }
        }
    }
    guesses
}

/// A savepoint writes under a number of its own, near its transaction's.
fn neighbours(evidence: &Evidence) -> Guesses {
    let mut far = vec![];
    for dump in &evidence.dumps {
        let by = written_by(dump);
        for id in dump.responses.keys() {
            let Some((written, _)) = dump.beneath.get(&id.0) else { continue };
            let pairs = by.iter().flat_map(|(at, all)| all.iter().map(move |one| (at, one)));
            far.extend(pairs.map(|(at, one)| ((at - written).abs(), *id, *one)));
        }
    }
    nearest_first(far)
}

fn times(evidence: &Evidence) -> Guesses {
    let dump = last(evidence);
    let mut far = vec![];
    for response in dump.responses.values() {
        let first = dump.revisions.iter().filter(|row| row.response_id == response.id);
        let at = first.map(|row| row.submitted_at).min().unwrap_or(response.created_at);
        for invitation in dump.invitations.values() {
            if let Some(answered) = invitation.answered_at {
                far.push(((answered - at).abs(), response.id, invitation.id));
            }
        }
    }
    nearest_first(far)
}

/// Pairs those that are nearest to each other, each once.
fn nearest_first<T: Ord>(mut far: Vec<(T, ResponseId, InvitationId)>) -> Guesses {
    far.sort();
    let (mut guesses, mut taken) = (Guesses::new(), BTreeSet::new());
    for (_, response, invitation) in far {
        if !guesses.contains_key(&response) && taken.insert(invitation) {
            guesses.insert(response, invitation);
        }
    }
    guesses
}

fn row_order(evidence: &Evidence) -> Guesses {
    let dump = last(evidence);
    let mut placed: Vec<(&String, ResponseId)> =
        dump.responses.keys().filter_map(|id| Some((&dump.beneath.get(&id.0)?.1, *id))).collect();
    placed.sort();
    let responses = placed.into_iter().map(|(_, id)| id).collect();
    side_by_side(responses, &used_in_order(evidence))
}

fn file_order(evidence: &Evidence) -> Guesses {
    // A page fills from its end.
    let mut placed: Vec<_> = evidence
        .database
        .iter()
        .map(|(id, place)| ((place / 4096, std::cmp::Reverse(*place)), *id))
        .collect();
    placed.sort();
    let responses = placed.into_iter().map(|(_, id)| id).collect();
    side_by_side(responses, &used_in_order(evidence))
}

fn journal_order(evidence: &Evidence) -> Guesses {
    let mut placed: Vec<_> = evidence.journal.iter().map(|(id, place)| (*place, *id)).collect();
    placed.sort_unstable();
    let responses = placed.into_iter().map(|(_, id)| id).collect();
    side_by_side(responses, &used_in_order(evidence))
}

/// What happened between two copies.
struct Step<'a> {
    after: &'a Dump,
    /// Invitations that were used.
    used: Vec<InvitationId>,
    /// Sealed rows that vanished, with the invitations that were used when they appeared.
    vanished: Vec<(&'a String, Option<InvitationId>)>,
    /// Responses that appeared.
    appeared: Vec<ResponseId>,
}

fn steps(evidence: &Evidence) -> Vec<Step<'_>> {
    let mut sealed_by: BTreeMap<&String, InvitationId> = BTreeMap::new();
    let mut steps = vec![];
    for (before, after) in evidence.dumps.iter().zip(evidence.dumps.iter().skip(1)) {
        let used: Vec<InvitationId> = after.used().difference(&before.used()).copied().collect();
        let new = after.sealed.keys().filter(|name| !before.sealed.contains_key(*name));
        sealed_by.extend(new.zip(used.iter().copied()));
        let gone = before.sealed.keys().filter(|name| !after.sealed.contains_key(*name));
        let vanished = gone.map(|name| (name, sealed_by.get(name).copied())).collect();
        let appeared = after.responses.keys().filter(|id| !before.responses.contains_key(id));
        steps.push(Step { after, used, vanished, appeared: appeared.copied().collect() });
    }
    steps
}

/// Between two copies an invitation was used, and a response appeared, or a sealed row; later
/// sealed rows vanish, and responses appear: those who were sealed are among them. Both sides of
/// such a batch are laid side by side in the order that the caller thinks they share.
fn batches<R: Ord, S: Ord>(
    evidence: &Evidence,
    of_a_row: impl Fn(&String) -> R,
    of_a_response: impl Fn(&Dump, ResponseId) -> S,
) -> Guesses {
    let mut guesses = Guesses::new();
    for Step { after, used, mut vanished, mut appeared } in steps(evidence) {
        if vanished.is_empty() {
            guesses.extend(appeared.into_iter().zip(used));
            continue;
        }
        vanished.sort_by_key(|(name, _)| of_a_row(name));
        appeared.sort_by_key(|id| of_a_response(after, *id));
        let pairs = appeared.into_iter().zip(vanished);
        guesses.extend(pairs.filter_map(|(id, (_, invitation))| Some((id, invitation?))));
    }
    guesses
}

/// Who has changed what was sealed may be the one whose response has more revisions.
fn differences(evidence: &Evidence) -> Guesses {
    let changes = |name: &String| {
        let contents = evidence.dumps.iter().filter_map(|dump| dump.sealed.get(name));
        contents.map(|row| &row.content).collect::<BTreeSet<_>>().len()
    };
    batches(evidence, changes, |dump, id| dump.responses[&id].revision)
}

/// The longest text may have been in the longest row.
fn lengths(evidence: &Evidence) -> Guesses {
    let length = |name: &String| {
        let contents = evidence.dumps.iter().filter_map(|dump| dump.sealed.get(name));
        contents.map(|row| row.content.len()).next_back()
    };
    batches(evidence, length, |dump, id| dump.lengths[&id])
}

/// A response in the one language that only one contact reads is theirs.
fn languages(evidence: &Evidence) -> Guesses {
    let dump = last(evidence);
    let mut readers: BTreeMap<&str, Vec<InvitationId>> = BTreeMap::new();
    for id in dump.used() {
        let contact = &evidence.contacts[&dump.invitations[&id].contact_id];
        readers.entry(contact.language.as_str()).or_default().push(id);
    }
    let only = |language: &str| match readers.get(language).map(Vec::as_slice) {
        Some([one]) => Some(*one),
        _ => None,
    };
    dump.responses.values().filter_map(|row| Some((row.id, only(&row.language)?))).collect()
}
