//! Where the names of groups stand on a map: outside every outline, inside the picture, none over
//! another.

use crate::web::ui::chart::text::width;

/// The size of the letters, at the largest that the style sheet sets, and a line of them.
const LETTERS: f64 = 18.0;
/// Units down that a line of letters takes.
pub(super) const HEIGHT: f64 = 22.0;
/// Between a name and an outline.
const GAP: f64 = 3.0;
/// Directions in which room is looked for.
const DIRECTIONS: u32 = 48;

/// A name's place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    /// The middle of the line the letters stand on.
    pub at: [f64; 2],
    /// Where it could not stand beside its group: a line from it to the outline.
    pub leader: Option<[[f64; 2]; 2]>,
}

/// A box around letters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Box {
    pub middle: [f64; 2],
    pub half: [f64; 2],
}

impl Box {
    pub(super) fn of(name: &str, at: [f64; 2]) -> Self {
        Self {
            middle: [at[0], at[1] - LETTERS * 0.35],
            half: [width(name, LETTERS) / 2.0 + 1.0, HEIGHT / 2.0],
        }
    }

    fn meets(self, other: Self) -> bool {
        (0..2).all(|axis| {
            let apart = |of: [f64; 2]| of.get(axis).copied().unwrap_or(0.0);
            (apart(self.middle) - apart(other.middle)).abs() < apart(self.half) + apart(other.half)
        })
    }

    /// Whether it touches a convex outline: no line parallel to a side of either parts them.
    pub(super) fn touches(self, outline: &[[f64; 2]]) -> bool {
        if outline.is_empty() {
            return false;
        }
        let edges = outline.iter().zip(outline.iter().cycle().skip(1));
        let across = edges.map(|(a, b)| [a[1] - b[1], b[0] - a[0]]);
        across.chain([[1.0, 0.0], [0.0, 1.0]]).all(|[x, y]| {
            let along = |p: &[f64; 2]| p[0] * x + p[1] * y;
            let low = outline.iter().map(along).fold(f64::INFINITY, f64::min);
            let high = outline.iter().map(along).fold(f64::NEG_INFINITY, f64::max);
            let (middle, reach) =
                (along(&self.middle), self.half[0] * x.abs() + self.half[1] * y.abs());
            middle - reach < high && middle + reach > low
        })
    }

    fn is_inside(self, [wide, high]: [f64; 2]) -> bool {
        let [x, y] = self.middle;
        let [w, h] = self.half;
        x >= w && y >= h && x + w <= wide && y + h <= high
    }
}

/// A place for each name; `size`: of the picture. Names that find no room stand under the
/// picture, with a line to their group.
pub(super) fn placed(names: &[String], outlines: &[Vec<[f64; 2]>], size: [f64; 2]) -> Vec<Label> {
    let mut taken: Vec<Box> = vec![];
    let mut labels = vec![];
    let mut under = vec![];
    for (group, (name, outline)) in names.iter().zip(outlines).enumerate() {
        let free = |at: [f64; 2]| {
            let own = Box::of(name, at);
            own.is_inside(size)
                && !taken.iter().any(|other| own.meets(*other))
                && !outlines.iter().any(|outline| own.touches(outline))
        };
        let at = beside(name, outline).into_iter().find(|at| free(*at));
        if let Some(at) = at {
            taken.push(Box::of(name, at));
        } else {
            under.push(group);
        }
        labels.push(Label { at: at.unwrap_or_default(), leader: None });
    }
    for (at, leader, group) in below(names, outlines, &mut under, size) {
        if let Some(label) = labels.get_mut(group) {
            *label = Label { at, leader };
        }
    }
    labels
}

fn middle(outline: &[[f64; 2]]) -> [f64; 2] {
    let count = outline.iter().map(|_| 1.0).sum::<f64>().max(1.0);
    [0, 1].map(|axis| outline.iter().filter_map(|p| p.get(axis)).sum::<f64>() / count)
}

/// Places just outside an outline: above and below it first, then all around.
fn beside(name: &str, outline: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let [x, y] = middle(outline);
    let half = Box::of(name, [0.0, 0.0]).half;
    let turn = std::f64::consts::TAU / f64::from(DIRECTIONS);
    let mut turns: Vec<u32> = (0..DIRECTIONS).collect();
    // From straight up and straight down outwards.
    let aside = |turns: &u32| {
        let from_up = (turns + DIRECTIONS / 4) % (DIRECTIONS / 2);
        from_up.min(DIRECTIONS / 2 - from_up)
    };
    turns.sort_by_key(aside);
    let mut places = vec![];
    for turns in turns {
        let (down, right) = (turn * f64::from(turns)).sin_cos();
        // As far that way as the outline and half the box reach.
        let along = |p: &[f64; 2]| (p[0] - x) * right + (p[1] - y) * down;
        let reach = outline.iter().map(along).fold(0.0, f64::max)
            + half[0] * right.abs()
            + half[1] * down.abs()
            + GAP;
        places.push([x + right * reach, y + down * reach + LETTERS * 0.35]);
    }
    places
}

type Place = ([f64; 2], Option<[[f64; 2]; 2]>, usize);

/// Names in rows under the picture, from left to right as their groups are.
fn below(
    names: &[String],
    outlines: &[Vec<[f64; 2]>],
    groups: &mut [usize],
    [wide, high]: [f64; 2],
) -> Vec<Place> {
    let outline = |group: usize| outlines.get(group).map_or(&[][..], Vec::as_slice);
    let across = |group: usize| middle(outline(group))[0];
    groups.sort_by(|a, b| across(*a).total_cmp(&across(*b)).then(a.cmp(b)));
    let of = |group: usize| names.get(group).map_or("", String::as_str);
    let mut places = vec![];
    let (mut left, mut base) = (0.0, high + HEIGHT * 0.75);
    for &group in groups.iter() {
        let half = Box::of(of(group), [0.0, 0.0]).half[0];
        if left > 0.0 && left + 2.0 * half > wide {
            (left, base) = (0.0, base + HEIGHT);
        }
        let x = across(group).clamp(left + half, (wide - half).max(left + half));
        left = x + half + 10.0;
        let top = [x, base - LETTERS * 0.8];
        let lowest = outline(group).iter().copied().max_by(|a, b| a[1].total_cmp(&b[1]));
        places.push(([x, base], lowest.map(|to| [top, to]), group));
    }
    places
}
