//! Groups of near rows: k-means with seeded restarts (Lloyd 1982; Arthur, Vassilvitskii 2007), and
//! how many groups there are, by silhouette (Rousseeuw 1987) held near what is usual.
#![expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "rows and groups are numbered below their counts; counts become weights"
)]

use super::{
    matrix::{Matrix, add, dot},
    random::Random,
};

const ROUNDS: usize = 40;
/// How much a number of groups loses for each doubling away from the usual number.
const PULL: f32 = 0.12;
const MOST_GROUPS: usize = 12;

/// The group of each row, numbered from 0 in the order of the rows; best of `restarts`.
pub(super) fn kmeans(rows: &Matrix, groups: usize, restarts: u64, seed: u64) -> Vec<usize> {
    let mut best: Option<(f32, Vec<usize>)> = None;
    for restart in 0..restarts {
        let mut random = Random::new(seed ^ (restart + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let (cost, groups) = once(rows, groups, &mut random);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, groups));
        }
    }
    renumber(best.map(|(_, groups)| groups).unwrap_or_default())
}

/// As many groups as the rows fall into by themselves, from 2 to 12 and at most a quarter of them.
pub(super) fn by_itself(rows: &Matrix, seed: u64) -> Vec<usize> {
    let usual = (rows.rows as f32).powf(0.4);
    let most = (rows.rows / 4).clamp(2, MOST_GROUPS);
    let restarts = match rows.rows {
        0..=200 => 8,
        201..=600 => 4,
        _ => 2,
    };
    let mut best: Option<(f32, Vec<usize>)> = None;
    for count in 2..=most {
        let groups = kmeans(rows, count, restarts, seed);
        let away = (count as f32 / usual).log2().abs();
        let score = silhouette(rows, &groups) - PULL * away;
        if best.as_ref().is_none_or(|(highest, _)| score > *highest) {
            best = Some((score, groups));
        }
    }
    best.map(|(_, groups)| groups).unwrap_or_default()
}

/// The mean row of each group; `None` stands for no group.
pub(super) fn centres(rows: &Matrix, groups: &[Option<usize>], count: usize) -> Matrix {
    let mut centres = Matrix::zeros(count, rows.columns);
    let mut sizes = vec![0_usize; count];
    for (row, group) in groups.iter().enumerate() {
        if let Some(group) = *group {
            add(centres.row_mut(group), rows.row(row), 1.0);
            sizes[group] += 1;
        }
    }
    for (group, size) in sizes.into_iter().enumerate().filter(|(_, size)| *size > 0) {
        centres.row_mut(group).iter_mut().for_each(|value| *value /= size as f32);
    }
    centres
}

fn once(rows: &Matrix, count: usize, random: &mut Random) -> (f32, Vec<usize>) {
    let mut centres = seeds(rows, count, random);
    let mut groups = vec![usize::MAX; rows.rows];
    let mut cost = f32::MAX;
    for _ in 0..ROUNDS {
        let squares: Vec<f32> =
            (0..centres.rows).map(|at| dot(centres.row(at), centres.row(at))).collect();
        let mut changed = false;
        let mut total = 0.0;
        let mut farthest = (0.0, 0);
        for (row, group) in groups.iter_mut().enumerate() {
            let own = rows.row(row);
            let (mut near, mut least) = (0, f32::MAX);
            for (at, square) in squares.iter().enumerate() {
                let distance = square - 2.0 * dot(own, centres.row(at));
                if distance < least {
                    (near, least) = (at, distance);
                }
            }
            let distance = (dot(own, own) + least).max(0.0);
            total += distance;
            if distance > farthest.0 {
                farthest = (distance, row);
            }
            changed |= *group != near;
            *group = near;
        }
        cost = total;
        if !changed {
            break;
        }
        let named: Vec<Option<usize>> = groups.iter().map(|group| Some(*group)).collect();
        centres = self::centres(rows, &named, centres.rows);
        for at in 0..centres.rows {
            if !groups.contains(&at) && rows.rows > 0 {
                centres.row_mut(at).copy_from_slice(rows.row(farthest.1));
            }
        }
    }
    (cost, groups)
}

/// First centres: each new one drawn with a chance that grows with the squared distance, the best
/// of a few such draws.
fn seeds(rows: &Matrix, count: usize, random: &mut Random) -> Matrix {
    let count = count.clamp(1, rows.rows.max(1));
    let mut centres = Matrix::zeros(count, rows.columns);
    if rows.rows == 0 {
        return centres;
    }
    let draws = 2 + count.ilog2();
    let mut distances = vec![1.0_f32; rows.rows];
    for at in 0..count {
        let total: f32 = distances.iter().sum();
        let mut best: Option<(f32, usize, Vec<f32>)> = None;
        for _ in 0..if at == 0 { 1 } else { draws } {
            let mut left = random.unit() * total;
            let chosen = distances.iter().position(|distance| {
                left -= distance;
                left < 0.0 && *distance > 0.0
            });
            let chosen = chosen.unwrap_or(rows.rows - 1);
            let own: Vec<f32> = distances
                .iter()
                .enumerate()
                .map(|(row, distance)| {
                    let gap = gap(rows.row(row), rows.row(chosen));
                    if at == 0 { gap } else { distance.min(gap) }
                })
                .collect();
            let left: f32 = own.iter().sum();
            if best.as_ref().is_none_or(|(least, ..)| left < *least) {
                best = Some((left, chosen, own));
            }
        }
        if let Some((_, chosen, own)) = best {
            centres.row_mut(at).copy_from_slice(rows.row(chosen));
            distances = own;
        }
    }
    centres
}

fn gap(a: &[f32], b: &[f32]) -> f32 {
    (dot(a, a) + dot(b, b) - 2.0 * dot(a, b)).max(0.0)
}

fn renumber(groups: Vec<usize>) -> Vec<usize> {
    let mut order = Vec::new();
    groups
        .into_iter()
        .map(|group| {
            order.iter().position(|seen| *seen == group).unwrap_or_else(|| {
                order.push(group);
                order.len() - 1
            })
        })
        .collect()
}

/// The mean silhouette by cosine distance. Rows have length one, so the mean distance to a group
/// is one less the product with the group's mean: linear in the rows.
pub(super) fn silhouette(rows: &Matrix, groups: &[usize]) -> f32 {
    let count = groups.iter().max().map_or(0, |most| most + 1);
    let mut sizes = vec![0_usize; count];
    let mut sums = Matrix::zeros(count, rows.columns);
    for (row, group) in groups.iter().enumerate() {
        sizes[*group] += 1;
        add(sums.row_mut(*group), rows.row(row), 1.0);
    }
    let mut total = 0.0;
    for (row, own) in groups.iter().enumerate().filter(|(_, own)| sizes[**own] > 1) {
        let values = rows.row(row);
        let inside = (sizes[*own] as f32 - dot(values, sums.row(*own))) / (sizes[*own] - 1) as f32;
        let outside = (0..count)
            .filter(|group| group != own)
            .map(|group| 1.0 - dot(values, sums.row(group)) / sizes[group] as f32)
            .fold(f32::MAX, f32::min);
        let larger = inside.max(outside);
        if larger > 0.0 && outside < f32::MAX {
            total += (outside - inside) / larger;
        }
    }
    total / groups.len().max(1) as f32
}

#[cfg(test)]
mod tests;
