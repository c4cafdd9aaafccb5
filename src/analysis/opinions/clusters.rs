//! People on the map into groups: k-means++ with restarts, the number of groups by silhouette.
#![expect(clippy::indexing_slicing, reason = "labels are positions in the lists built here")]
#![expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts fit an f64")]

use super::map::sum_at;
use crate::analysis::rng::Rng;

/// Starts from which the tightest clustering is kept.
const RESTARTS: u64 = 10;
/// A chosen number of groups makes none smaller than this: one or two people are no camp.
const SMALLEST: usize = 3;
/// The numbers of groups that are tried.
const TRIED: std::ops::RangeInclusive<usize> = 2..=5;
/// Beyond this many people the silhouette is taken over this many of them, evenly spread.
const SAMPLE: usize = 1000;

/// A way to split people, labels counted from the largest group.
#[derive(Clone, Debug)]
pub(super) struct Clustering {
    pub groups: usize,
    pub labels: Vec<usize>,
    pub silhouette: f64,
}

/// The tightest split into each number of groups asked for (2 to 5 if none is), fewest groups
/// first; without those that the points do not allow.
pub(super) fn splits(points: &[[f64; 2]], asked: Option<usize>) -> Vec<Clustering> {
    let tried: Vec<usize> = asked.map_or_else(|| TRIED.collect(), |groups| vec![groups]);
    let smallest = if asked.is_some() { 1 } else { SMALLEST };
    let mut found = vec![];
    for groups in tried {
        let labels = means(points, groups);
        let fits = |labels: &Vec<usize>| sizes(labels, groups).iter().all(|&n| n >= smallest);
        if let Some(labels) = labels.filter(fits) {
            found.push(Clustering { groups, labels, silhouette: 0.0 });
        }
    }
    silhouettes(points, &mut found);
    found
}

/// The split with the highest silhouette, of equal ones that into fewer groups; its labels count
/// from the largest group.
pub(super) fn best(splits: Vec<Clustering>) -> Option<Clustering> {
    let mut best: Option<Clustering> = None;
    for split in splits {
        if best.as_ref().is_none_or(|best| split.silhouette > best.silhouette + 1e-12) {
            best = Some(split);
        }
    }
    best.map(largest_first)
}

fn sizes(labels: &[usize], groups: usize) -> Vec<usize> {
    let mut sizes = vec![0; groups];
    for &label in labels {
        sizes[label] += 1;
    }
    sizes
}

/// Who is in each group.
fn members(clustering: &Clustering) -> Vec<Vec<u32>> {
    let mut members = vec![vec![]; clustering.groups];
    for (at, &label) in (0..).zip(&clustering.labels) {
        members[label].push(at);
    }
    members
}

/// Numbers the groups by size, those of equal size by their first member.
fn largest_first(mut clustering: Clustering) -> Clustering {
    let sizes = sizes(&clustering.labels, clustering.groups);
    let first = |label: usize| clustering.labels.iter().position(|&l| l == label);
    let mut order: Vec<usize> = (0..clustering.groups).collect();
    order.sort_by_key(|&label| (std::cmp::Reverse(sizes[label]), first(label)));
    let mut rank = vec![0; clustering.groups];
    for (position, &label) in order.iter().enumerate() {
        rank[label] = position;
    }
    for label in &mut clustering.labels {
        *label = rank[*label];
    }
    clustering
}

fn squared(a: [f64; 2], b: [f64; 2]) -> f64 {
    let (x, y) = (a[0] - b[0], a[1] - b[1]);
    x * x + y * y
}

/// Nearest centre (the first of equals) and the squared distance to it.
fn nearest(point: [f64; 2], centres: &[[f64; 2]]) -> (usize, f64) {
    let mut best = (0, f64::INFINITY);
    for (at, &centre) in centres.iter().enumerate() {
        let distance = squared(point, centre);
        if distance < best.1 {
            best = (at, distance);
        }
    }
    best
}

/// k-means++ (Arthur and Vassilvitskii 2007), the tightest of several deterministic starts.
/// `None` when there are fewer different points than groups.
fn means(points: &[[f64; 2]], groups: usize) -> Option<Vec<usize>> {
    if groups == 0 || points.len() < groups {
        return None;
    }
    let mut best: Option<(f64, Vec<usize>)> = None;
    for start in 0..RESTARTS {
        let mut rng = Rng::new(start);
        let centres = spread(points, groups, &mut rng)?;
        let (spread, labels) = settle(points, centres);
        if best.as_ref().is_none_or(|(least, _)| spread < least * (1.0 - 1e-12)) {
            best = Some((spread, labels));
        }
    }
    best.map(|(_, labels)| labels)
}

/// First centres far apart: each drawn by its squared distance from those already there.
fn spread(points: &[[f64; 2]], groups: usize, rng: &mut Rng) -> Option<Vec<[f64; 2]>> {
    let mut centres = vec![points[rng.below(points.len())]];
    let mut distances = vec![f64::INFINITY; points.len()];
    while centres.len() < groups {
        let newest = centres[centres.len() - 1];
        let mut total = 0.0;
        for (distance, &point) in distances.iter_mut().zip(points) {
            *distance = distance.min(squared(point, newest));
            total += *distance;
        }
        if total <= 1e-18 {
            return None;
        }
        let mut target = rng.unit() * total;
        let chosen = distances.iter().position(|distance| {
            target -= distance;
            target < 0.0
        });
        let fallback = || distances.iter().rposition(|distance| *distance > 0.0);
        centres.push(points[chosen.or_else(fallback)?]);
    }
    Some(centres)
}

/// Lloyd's rounds until nobody moves: the sum of squared distances, and the labels.
fn settle(points: &[[f64; 2]], mut centres: Vec<[f64; 2]>) -> (f64, Vec<usize>) {
    let mut labels = vec![usize::MAX; points.len()];
    let mut total = f64::INFINITY;
    for _ in 0..100 {
        let mut moved = false;
        let mut sums = vec![([0.0; 2], 0.0); centres.len()];
        total = 0.0;
        for (label, &point) in labels.iter_mut().zip(points) {
            let (at, distance) = nearest(point, &centres);
            moved |= *label != at;
            *label = at;
            total += distance;
            let (sum, count) = &mut sums[at];
            sum[0] += point[0];
            sum[1] += point[1];
            *count += 1.0;
        }
        if !moved {
            break;
        }
        for (centre, (sum, count)) in centres.iter_mut().zip(sums) {
            if count > 0.0 {
                *centre = sum.map(|x| x / count);
            }
        }
    }
    (total, labels)
}

/// The mean silhouette (Rousseeuw 1987) of several splits of the same points; people alone in
/// their group count 0.
fn silhouettes(points: &[[f64; 2]], splits: &mut [Clustering]) {
    let stride = points.len().div_ceil(SAMPLE).max(1);
    let members: Vec<Vec<Vec<u32>>> = splits.iter().map(members).collect();
    let mut distances = vec![0.0; points.len()];
    for (at, &point) in points.iter().enumerate().step_by(stride) {
        for (distance, &other) in distances.iter_mut().zip(points) {
            *distance = squared(point, other).sqrt();
        }
        for (split, members) in splits.iter_mut().zip(&members) {
            let own = split.labels[at];
            if members[own].len() < 2 {
                continue;
            }
            let inside = sum_at(&distances, &members[own]) / (members[own].len() - 1) as f64;
            let outside = (0..split.groups)
                .filter(|&label| label != own && !members[label].is_empty())
                .map(|label| sum_at(&distances, &members[label]) / members[label].len() as f64)
                .fold(f64::INFINITY, f64::min);
            let larger = inside.max(outside);
            if larger > 0.0 && larger.is_finite() {
                split.silhouette += (outside - inside) / larger;
            }
        }
    }
    let counted = points.len().div_ceil(stride).max(1) as f64;
    for split in splits {
        split.silhouette /= counted;
    }
}
