//! Steps, what they leave, and that nothing is ever in two places.

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::super::edit::{NewTheme, print_of};
use super::*;

const TEXT: &str = "Robots first. Then energy, and 模型 after that.";

fn response(number: u128) -> ResponseId {
    ResponseId(Uuid::from_u128(number))
}

fn theme(number: u128) -> ThemeId {
    ThemeId(Uuid::from_u128(1000 + number))
}

fn span(of: u128, start: usize, end: usize) -> Span {
    Span { response: response(of), start, end }
}

/// Three themes and four answers: two passages in 0 and 1, one in 1, one in 2, one in none.
fn first(edit: Edit) -> Record {
    let label = |at: u128| NewTheme {
        id: theme(at),
        label: format!("Theme {at}"),
        was: String::new(),
        named: false,
    };
    let place = |of: u128, passages: Vec<(ThemeId, usize, usize)>| Place {
        response: response(of),
        print: print_of(response(of), TEXT),
        main: passages.first().map(|(theme, ..)| *theme),
        passages,
    };
    Record {
        themes: (0..3).map(label).collect(),
        places: vec![
            place(1, vec![(theme(0), 0, 13), (theme(1), 14, 26)]),
            place(2, vec![(theme(1), 14, 26)]),
            place(3, vec![(theme(2), 0, 13)]),
            place(4, vec![]),
        ],
        edit,
    }
}

fn then(edit: Edit) -> Record {
    Record { themes: vec![], places: vec![], edit }
}

fn layer(records: Vec<Record>) -> Layer {
    let at: DateTime<Utc> = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
    let by = OrganizerId(Uuid::from_u128(9));
    let rows: Vec<_> = (1..).zip(records).map(|(n, record)| (n, by, at, record)).collect();
    Layer::of(&rows)
}

fn rename(of: u128, label: &str) -> Edit {
    Edit::Rename { theme: theme(of), label: label.to_owned() }
}

fn moved(from: Option<u128>, what: Span, to: Option<u128>, whole: bool) -> Edit {
    Edit::Move { from: from.map(theme), spans: vec![what], to: to.map(theme), whole }
}

#[test]
fn a_merge_takes_passages_main_themes_and_pins_along() {
    let kept = layer(vec![
        first(Edit::Pin { theme: theme(1), span: span(2, 14, 26) }),
        then(Edit::Merge { into: theme(0), from: vec![theme(1), theme(0)] }),
    ]);
    assert_eq!(kept.themes.len(), 2);
    assert_eq!(kept.theme(theme(0)).unwrap().pinned, [span(2, 14, 26)]);
    assert_eq!(kept.places[&response(1)].passages, [(theme(0), 0, 13), (theme(0), 14, 26)]);
    assert_eq!(kept.places[&response(2)].main, Some(theme(0)));
}

#[test]
fn a_passage_moves_alone_and_an_answer_as_a_whole() {
    let one = layer(vec![first(moved(Some(1), span(1, 14, 26), Some(2), false))]);
    let place = &one.places[&response(1)];
    assert_eq!(place.passages, [(theme(0), 0, 13), (theme(2), 14, 26)]);
    assert_eq!(place.main, Some(theme(0)));
    let out = layer(vec![first(moved(Some(0), span(1, 0, 13), None, false))]);
    assert_eq!(out.places[&response(1)].main, Some(theme(1)), "it is about what is left");
    let whole = layer(vec![first(moved(Some(0), span(1, 0, 13), Some(2), true))]);
    let place = &whole.places[&response(1)];
    assert_eq!((&*place.passages, place.main), (&[(theme(2), 0, 13)][..], Some(theme(2))));
    let from_outside = layer(vec![first(moved(None, span(4, 0, 13), Some(1), true))]);
    assert_eq!(from_outside.places[&response(4)].main, Some(theme(1)));
    let nowhere = layer(vec![first(moved(None, span(1, 0, 26), None, false))]);
    assert_eq!((nowhere.places[&response(1)].main, nowhere.themes.len()), (None, 3));
}

#[test]
fn steps_are_taken_back_one_by_one_down_to_the_answers_themselves() {
    let steps = vec![
        first(rename(0, "A")),
        then(rename(0, "B")),
        then(Edit::Undo),
        then(Edit::Hide { theme: theme(0) }),
        then(Edit::StartOver),
        then(Edit::Undo),
        then(Edit::Undo),
        then(Edit::Undo),
    ];
    let label = |count: usize| {
        let layer = layer(steps[..count].to_vec());
        assert_eq!(usize::try_from(layer.number).unwrap(), count);
        layer.theme(theme(0)).map(|theme| (theme.label.clone(), theme.hidden))
    };
    let named = |label: &str, hidden: bool| Some((label.to_owned(), hidden));
    assert_eq!(label(1), named("A", false));
    assert_eq!(label(2), named("B", false));
    assert_eq!(label(3), named("A", false));
    assert_eq!(label(4), named("A", true));
    assert_eq!(label(5), None);
    assert_eq!(label(6), named("A", true));
    assert_eq!(label(7), named("A", false));
    assert_eq!(label(8), None);
    let empty = layer(steps.clone());
    assert!(!empty.keeps && empty.places.is_empty() && empty.to_undo().is_none());
    assert!(empty.history.iter().all(|step| !step.stands || step.edit == Edit::Undo));
    // One more is not one too many.
    assert!(!layer([steps, vec![then(Edit::Undo)]].concat()).keeps);
}

#[test]
fn history_tells_names_as_they_were() {
    let kept = layer(vec![first(rename(0, "A")), then(rename(0, "B"))]);
    assert_eq!(kept.history[0].labels[&theme(0)], "Theme 0");
    assert_eq!(kept.history[1].labels[&theme(0)], "A");
}

/// Any edit, sensible or not.
fn any_edit() -> impl Strategy<Value = Record> {
    let id = 0_u128..5;
    let maybe = prop::option::of(0_u128..5);
    let any_span = (1_u128..6, 0_usize..50, 0_usize..50).prop_map(|(of, a, b)| span(of, a, b));
    let edit = prop_oneof![
        (id.clone(), "[a-z]{0,5}").prop_map(|(of, label)| rename(of, &label)),
        (id.clone(), prop::collection::vec(0_u128..5, 0..3)).prop_map(|(into, from)| Edit::Merge {
            into: theme(into),
            from: from.into_iter().map(theme).collect()
        }),
        (maybe.clone(), prop::collection::vec(any_span.clone(), 0..3), maybe, any::<bool>())
            .prop_map(|(from, spans, to, whole)| Edit::Move {
                from: from.map(theme),
                spans,
                to: to.map(theme),
                whole
            }),
        (id.clone(), any_span.clone()).prop_map(|(of, span)| Edit::Pin { theme: theme(of), span }),
        (id.clone(), any_span).prop_map(|(of, span)| Edit::Unpin { theme: theme(of), span }),
        id.clone().prop_map(|of| Edit::Hide { theme: theme(of) }),
        id.prop_map(|of| Edit::Show { theme: theme(of) }),
        Just(Edit::Undo),
        Just(Edit::StartOver),
    ];
    (edit, any::<bool>()).prop_map(|(edit, anew)| if anew { first(edit) } else { then(edit) })
}

proptest! {
    #[test]
    fn no_sequence_of_edits_loses_an_answer_or_puts_it_into_two_places(
        edits in prop::collection::vec(any_edit(), 0..20)
    ) {
        let kept = layer(edits.clone());
        if kept.keeps && edits.first().is_some_and(|record| !record.places.is_empty()) {
            for place in kept.places.values() {
                let held: BTreeSet<ThemeId> = place.passages.iter().map(|(t, ..)| *t).collect();
                prop_assert_eq!(place.main.is_none(), held.is_empty());
                prop_assert!(place.main.is_none_or(|main| held.contains(&main)));
                prop_assert!(place.passages.iter().all(|(_, start, end)| start < end));
            }
        }
        prop_assert_eq!(layer(edits), kept);
    }
}
