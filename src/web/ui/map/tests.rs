//! Maps of whatever people may vote.

use super::labels::{Box, placed};
use super::*;
use crate::analysis::rng::Rng;
use crate::web::ui::chart::drawing::Frame as Around;

/// Clouds of people, some over each other, some of one person.
fn clouds(groups: usize, seed: u64) -> (Vec<[f64; 2]>, Vec<Option<usize>>) {
    let mut rng = Rng::new(seed);
    let mut points = vec![];
    let mut group_of = vec![];
    for group in 0..groups {
        let middle = [rng.unit() * 1.6 - 0.8, rng.unit() * 1.6 - 0.8];
        let spread = rng.unit() * 0.5;
        for _ in 0..=rng.below(30) {
            points.push(middle.map(|x| (x + (rng.unit() - 0.5) * spread).clamp(-1.0, 1.0)));
            group_of.push(Some(group));
        }
    }
    points.push([0.1, 0.0]);
    group_of.push(None);
    (points, group_of)
}

fn names(groups: usize) -> Vec<String> {
    ('A'..).take(groups).map(|name| format!("Group {name}")).collect()
}

#[test]
fn names_are_outside_all_outlines_inside_the_picture_and_none_over_another() {
    let mut beside = 0;
    for seed in 0..400 {
        let groups = 2 + usize::try_from(seed % 4).unwrap();
        let (points, group_of) = clouds(groups, seed);
        let frame = Frame::around(&points);
        let outlines: Vec<_> = (0..groups)
            .map(|group| {
                let own = points.iter().zip(&group_of).filter(|(_, of)| **of == Some(group));
                outline(&own.map(|(point, _)| frame.spot(*point)).collect::<Vec<_>>())
            })
            .collect();
        let names = names(groups);
        let labels = placed(&names, &outlines, [WIDTH, frame.height]);
        let boxes: Vec<Box> =
            labels.iter().zip(&names).map(|(label, name)| Box::of(name, label.at)).collect();
        for (at, own) in boxes.iter().enumerate() {
            assert!(own.middle[0] - own.half[0] >= -0.01, "{seed}: {own:?}");
            assert!(own.middle[0] + own.half[0] <= WIDTH + 0.01, "{seed}: {own:?}");
            assert!(own.middle[1] - own.half[1] >= -0.01, "{seed}: {own:?}");
            for other in boxes.iter().skip(at + 1) {
                let apart = |axis: usize| {
                    (own.middle[axis] - other.middle[axis]).abs()
                        >= own.half[axis] + other.half[axis] - 0.01
                };
                assert!(apart(0) || apart(1), "{seed}: {boxes:?}");
            }
            if labels[at].leader.is_none() {
                beside += 1;
                assert!(!outlines.iter().any(|outline| own.touches(outline)), "{seed}");
            }
        }
    }
    // Most stand at their group.
    assert!(beside > 1200, "{beside}");
}

#[test]
fn a_box_touches_an_outline_or_not() {
    let square = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]];
    let at = |x: f64, y: f64| Box { middle: [x, y], half: [2.0, 1.0] };
    assert!(at(5.0, 5.0).touches(&square) && at(11.0, 5.0).touches(&square));
    assert!(!at(13.0, 5.0).touches(&square) && !at(5.0, 12.0).touches(&square));
    // Beside the slope of a triangle, though within its bounds.
    let triangle = [[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]];
    assert!(!at(9.0, 9.0).touches(&triangle) && at(4.0, 4.0).touches(&triangle));
    assert!(!at(0.0, 0.0).touches(&[]));
}

#[test]
fn any_votes_make_a_picture_of_finite_numbers() {
    let same = vec![[0.5, 0.5]; 12];
    let line: Vec<[f64; 2]> = (0..9).map(|x| [f64::from(x) / 8.0, 0.0]).collect();
    for points in [vec![], vec![[0.0, 0.0]], same, line, clouds(5, 3).0] {
        let group_of: Vec<Option<usize>> = (0..points.len()).map(|at| Some(at % 5)).collect();
        let names = names(5);
        let plot = Plot { points: &points, group_of: &group_of, names: &names };
        let drawn = plot.picture().into_string();
        assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{drawn}");
        let frame = Around { title: "What <b> & 你好\u{0}?", notes: &[] };
        let file = plot.drawing(672.0).file(&frame);
        assert!(file.contains("What &lt;b&gt; &amp; 你好?</title>"), "{file}");
    }
}
