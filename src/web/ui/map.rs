//! The map of opinions: near each other means voted alike. A shape for each group, never colour
//! alone; the groups' names stand outside their outlines.

use std::fmt::Write as _;

use maud::{Markup, html};

use crate::analysis::opinions::hull::hull;
use crate::web::ui::chart::drawing::Drawing;

mod labels;

/// Units across. On a phone one is a little less than a pixel, on a desk a little more.
const WIDTH: f64 = 480.0;
/// Units down, at the least and at the most.
const HEIGHTS: (f64, f64) = (200.0, 440.0);
/// Around the dots: half a dot and the outline.
const EDGE: f64 = 22.0;
/// From a dot to the outline of its group.
const MARGIN: f64 = 11.0;
/// More dots than this are drawn smaller and without a rim: rims would hide the dots under them.
const MANY: usize = 400;

/// Where people stand, and in which group.
#[derive(Clone, Copy, Debug)]
pub struct Plot<'a> {
    /// Places, both axes on one scale, 0 being the average view.
    pub points: &'a [[f64; 2]],
    /// The number of each one's group, from 0; `None` for those in none.
    pub group_of: &'a [Option<usize>],
    /// The names of the groups, short.
    pub names: &'a [String],
}

/// The map with its measures, before it is put somewhere.
struct Drawn {
    height: f64,
    inside: Markup,
}

impl Plot<'_> {
    /// As a part of a page.
    pub fn picture(&self) -> Markup {
        let Drawn { height, inside } = self.drawn();
        let view = format!("0 0 {WIDTH:.0} {height:.0}");
        html! {
            svg.map viewBox=(view) role="img" aria-label=(self.spoken()) { (inside) }
        }
    }

    /// To be put into a file, in so much room.
    pub fn drawing(&self, room: f64) -> Drawing {
        let Drawn { height, inside } = self.drawn();
        let view = format!("0 0 {WIDTH:.0} {height:.0}");
        let height = height * room / WIDTH;
        let body = html! { svg.map width="100%" height=(px(height)) viewBox=(view) { (inside) } };
        Drawing { height, body }
    }

    /// What is read out in place of the picture.
    fn spoken(&self) -> String {
        let mut text = format!("Map of {} people by their votes", self.points.len());
        for (group, name) in self.names.iter().enumerate() {
            let people = self.group_of.iter().filter(|of| **of == Some(group)).count();
            _ = write!(text, "; {name}: {people}");
        }
        text
    }

    fn drawn(&self) -> Drawn {
        let frame = Frame::around(self.points);
        let spots: Vec<[f64; 2]> = self.points.iter().map(|point| frame.spot(*point)).collect();
        let of_group = |group: Option<usize>| -> Vec<[f64; 2]> {
            let own = spots.iter().zip(self.group_of).filter(|(_, of)| **of == group);
            own.map(|(spot, _)| *spot).collect()
        };
        let many = spots.len() > MANY;
        let size = if many { 3.0 } else { 5.5 };
        let outlines: Vec<Vec<[f64; 2]>> =
            (0..self.names.len()).map(|group| outline(&of_group(Some(group)))).collect();
        let labels = labels::placed(self.names, &outlines, [WIDTH, frame.height]);
        let [x, y] = frame.spot([0.0, 0.0]);
        let inside = html! {
            path.cross d={ "M0 " (px(y)) "H" (WIDTH) "M" (px(x)) " 0V" (px(frame.height)) } {}
            @for (group, outline) in outlines.iter().enumerate() {
                path class={ "hull g" (group + 1) } d=(closed(outline)) {}
            }
            g.many[many] {
                (dots(&of_group(None), None, size))
                @for group in 0..self.names.len() {
                    (dots(&of_group(Some(group)), Some(group), size))
                }
            }
            @for (label, name) in labels.iter().zip(self.names) {
                @if let Some([[x, y], [to, down]]) = label.leader {
                    path.leader d={ "M" (px(x)) " " (px(y)) "L" (px(to)) " " (px(down)) } {}
                }
                text x=(px(label.at[0])) y=(px(label.at[1])) text-anchor="middle" { (name) }
            }
        };
        let bottom = labels.iter().map(|label| label.at[1] + 8.0).fold(frame.height, f64::max);
        Drawn { height: bottom.ceil(), inside }
    }
}

/// How places become units: both axes on one scale, as large as there is room.
struct Frame {
    left: f64,
    top: f64,
    scale: f64,
    height: f64,
}

impl Frame {
    fn around(points: &[[f64; 2]]) -> Self {
        let range = |axis: fn(&[f64; 2]) -> f64| {
            let least = points.iter().map(axis).fold(0.0, f64::min);
            (least, points.iter().map(axis).fold(0.0, f64::max) - least)
        };
        let ((x, wide), (y, high)) = (range(|p| p[0]), range(|p| -p[1]));
        // Labels stand above and below the outlines more often than beside them.
        let room = [WIDTH - 2.0 * EDGE, HEIGHTS.1 - 2.0 * (EDGE + labels::HEIGHT)];
        let fits = |room: f64, range: f64| if range > 1e-9 { room / range } else { f64::INFINITY };
        let scale = fits(room[0], wide).min(fits(room[1], high));
        let scale = if scale.is_finite() { scale } else { 0.0 };
        let drawn = high * scale + 2.0 * (EDGE + labels::HEIGHT);
        let height = drawn.max(HEIGHTS.0);
        Self {
            left: (WIDTH - wide * scale) / 2.0 - x * scale,
            top: (height - high * scale) / 2.0 - y * scale,
            scale,
            height,
        }
    }

    fn spot(&self, point: [f64; 2]) -> [f64; 2] {
        [self.left + point[0] * self.scale, self.top - point[1] * self.scale]
    }
}

/// All dots of a group in one path, which is a third of the bytes of as many elements.
fn dots(spots: &[[f64; 2]], group: Option<usize>, size: f64) -> Markup {
    let class = group.map_or("dot".to_owned(), |group| format!("dot g{}", group + 1));
    let mut path = String::new();
    for [x, y] in spots {
        let r = size;
        _ = match group {
            None | Some(0) => write!(
                path,
                "M{} {}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0",
                px(x - r),
                px(*y),
                d = 2.0 * r
            ),
            Some(1) => {
                let edge = r * 1.8;
                write!(
                    path,
                    "M{} {}h{edge:.1}v{edge:.1}h-{edge:.1}z",
                    px(x - r * 0.9),
                    px(y - r * 0.9)
                )
            }
            Some(2) => {
                let (half, high) = (r * 1.2, r * 2.1);
                write!(
                    path,
                    "M{} {}l{half:.1} {high:.1}h-{:.1}z",
                    px(*x),
                    px(y - r * 1.2),
                    2.0 * half
                )
            }
            Some(3) => {
                let half = r * 1.3;
                write!(
                    path,
                    "M{} {}l{half:.1} {half:.1}-{half:.1} {half:.1}-{half:.1}-{half:.1}z",
                    px(*x),
                    px(y - half)
                )
            }
            Some(_) => {
                let (arm, third) = (r * 0.75, px(r * 0.75));
                write!(
                    path,
                    "M{} {}h{third}v-{third}h{third}v{third}h{third}v{third}h-{third}v{third}h-{third}v-{third}h-{third}z",
                    px(x - arm * 1.5),
                    px(y - arm * 0.5)
                )
            }
        };
    }
    html! { @if !path.is_empty() { path class=(class) d=(path) {} } }
}

/// The shape of a group by itself, for lists.
pub fn shape(group: usize) -> Markup {
    html! {
        svg.shape viewBox="0 0 16 16" aria-hidden="true" { (dots(&[[8.0, 8.0]], Some(group), 5.5)) }
    }
}

/// The convex outline around spots, with a margin.
fn outline(spots: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let (m, n) = (MARGIN, MARGIN * 0.41);
    let round = [[m, n], [n, m], [-n, m], [-m, n], [-m, -n], [-n, -m], [n, -m], [m, -n]];
    let around: Vec<[f64; 2]> =
        spots.iter().flat_map(|[x, y]| round.map(|[dx, dy]| [x + dx, y + dy])).collect();
    hull(&around)
}

fn closed(outline: &[[f64; 2]]) -> String {
    let mut path = String::new();
    for [x, y] in outline {
        path.push(if path.is_empty() { 'M' } else { 'L' });
        path.push_str(&[px(*x), px(*y)].join(" "));
    }
    if !path.is_empty() {
        path.push('z');
    }
    path
}

/// A coordinate with one decimal.
fn px(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests;
