//! Votes and points of a scale: the camp's, with noise.

use super::chance::Chance;
use super::script::Script;
use super::{Camp, Manner, Traits};
use crate::domain::kind::{Ballot, Scale, Statements, Vote};

/// Votes on statements, line by line until somebody has had enough: what comes after is unseen.
pub(super) fn votes(
    script: &Script,
    chance: &mut Chance,
    traits: Traits,
    kind: &Statements,
) -> Option<Ballot> {
    let lines = kind.statements.len();
    let tired = match traits.manner {
        Manner::Plain => 8,
        Manner::Brief => 15,
        Manner::Careless => 60,
    };
    let seen = if chance.percent(tired) { 1 + chance.below(lines) } else { lines };
    // One in seven does not fit into any camp.
    let torn = chance.percent(14);
    let mut votes = vec![];
    for line in kind.statements.iter().take(seen) {
        let camp = if torn && chance.percent(50) { another(traits.camp) } else { traits.camp };
        let stand = stand(script, &line.text, camp);
        let unsure = 6 + usize::try_from(100 - stand.abs()).unwrap_or(0) / 6;
        let vote = if chance.percent(4) {
            continue;
        } else if chance.percent(unsure) {
            Vote::Pass
        } else if chance.below(200) < usize::try_from(100 + stand).unwrap_or(0) {
            Vote::Agree
        } else {
            Vote::Disagree
        };
        votes.push((line.key.clone(), vote));
    }
    (!votes.is_empty()).then(|| votes.into_iter().collect())
}

fn another(camp: Camp) -> Camp {
    match camp {
        Camp::Scale => Camp::Open,
        Camp::Open => Camp::Society,
        Camp::Society => Camp::Scale,
    }
}

/// How a camp stands to a statement, -100 to 100. Where nobody wrote it down it depends on the
/// text alone: the camps are of one mind or not, but each of them is.
fn stand(script: &Script, statement: &str, camp: Camp) -> i32 {
    script.stand(statement, camp).unwrap_or_else(|| {
        let stand = Chance::named(0, &format!("stand/{camp:?}/{statement}")).below(181);
        i32::try_from(stand).unwrap_or(90) - 90
    })
}

/// A point near the camp's.
pub(super) fn scale(chance: &mut Chance, traits: Traits, prompt: &str, kind: &Scale) -> Option<u8> {
    let points = usize::from(kind.points.max(1));
    let centre = Chance::named(0, &format!("scale/{:?}/{prompt}", traits.camp)).below(points);
    let near = (centre + chance.below(3)).saturating_sub(1).min(points - 1);
    u8::try_from(1 + near).ok()
}
