//! Random edits and new answers, over HTTP as an organizer makes them: nothing is ever lost, and
//! the order of rows changes no byte.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use colloquy::acts::edit_themes::{Change, Outcome, Target, edit_themes};
use colloquy::analysis::themes::Model;
use colloquy::domain::ThemeId;
use colloquy::insight;
use colloquy::insight::themes::edit::Span;
use colloquy::insight::themes::one;
use colloquy::store::questionnaires;

use super::{ENERGY, LEARNING, ROBOTS, answer, answered, check_whole, question, themes, three};
use crate::support::TestApp;

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most.max(1)
    }
}

#[tokio::test]
async fn random_edits_and_new_answers_lose_nobody_and_depend_on_no_order() {
    let app = TestApp::spawn().await;
    let asked = answered(&app, &three()).await;
    let id = question(&app, &asked).await;
    let mut dice = Dice(20_261_126);
    let (mut done, mut kinds) = (0, BTreeSet::new());
    for round in 0..60 {
        if dice.below(4) == 0 {
            let all = [LEARNING, ROBOTS, ENERGY].concat();
            let (one, two) = (all[dice.below(24)], all[dice.below(24)]);
            let odd =
                ["🤖 机器人 e\u{301}té", "no idea", "\u{202e}abc def ghi jkl", ""][dice.below(4)];
            answer(&app, &asked, &format!("{one}. {two}. {odd}")).await;
        }
        let open = themes(&app, &asked).await;
        let theme = |dice: &mut Dice| match dice.below(9) {
            0 => ThemeId(uuid::Uuid::from_u128(7)).to_string(),
            n => open.id(n % open.found.themes.len().max(1)),
        };
        let some = |dice: &mut Dice| {
            let at = dice.below(open.texts.len());
            let (response, text) = &open.texts[at];
            let bounds: Vec<usize> =
                text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (a, b) = (bounds[dice.below(bounds.len())], bounds[dice.below(bounds.len())]);
            Span { response: *response, start: a.min(b), end: a.max(b) }
        };
        let passage = |dice: &mut Dice| {
            let all: Vec<_> = open.found.themes.iter().flat_map(|t| &t.passages).collect();
            let Some(passage) = all.get(dice.below(all.len())) else { return some(dice) };
            Span { response: open.texts[passage.text].0, start: passage.start, end: passage.end }
        };
        let kind = dice.below(10);
        let change = match kind {
            0 => Change::Rename { theme: theme(&mut dice), label: format!("Name {round} 名") },
            1 => Change::Merge { themes: vec![theme(&mut dice), theme(&mut dice)] },
            2 => Change::Split { theme: theme(&mut dice) },
            3 | 4 => Change::Move {
                from: (dice.below(3) > 0).then(|| theme(&mut dice)),
                spans: (0..=dice.below(4))
                    .map(|n| if n % 2 == 0 { passage(&mut dice) } else { some(&mut dice) })
                    .collect(),
                to: match dice.below(3) {
                    0 => Target::New(None),
                    1 => Target::Nowhere,
                    _ => Target::Theme(theme(&mut dice)),
                },
                whole: dice.below(2) == 0,
            },
            5 => Change::Pin { theme: theme(&mut dice), span: passage(&mut dice), first: true },
            6 => Change::Hide { theme: theme(&mut dice), hidden: dice.below(2) == 0 },
            7 => Change::Further,
            8 => Change::Undo,
            _ if round % 20 == 19 => Change::StartOver,
            _ => Change::Pin { theme: theme(&mut dice), span: some(&mut dice), first: false },
        };
        let db = app.service.store.read();
        let of = questionnaires::by_slug(db, &asked.of.slug).await.unwrap().unwrap();
        let row = questionnaires::asked(db, of.id).await.unwrap().remove(0);
        let outcome =
            edit_themes(&app.service, &of, of.organizer_id, &row, open.edits, change).await;
        if let Outcome::Done(_) = outcome.unwrap() {
            done += 1;
            kinds.insert(kind);
        }
        let open = themes(&app, &asked).await;
        check_whole(&open);
        if round % 10 == 9 {
            let of = questionnaires::by_slug(db, &asked.of.slug).await.unwrap().unwrap();
            let insight = insight::of(&app.service, &of).await.unwrap();
            let material = &insight.material;
            let mut voices = insight.material.voices.clone();
            voices.reverse();
            voices.rotate_left(7);
            let other = one(&material.with(voices), &row, &Model::default(), None);
            // Places differ with the order; whose words they are does not.
            assert_eq!(by_people(&other), by_people(&one(material, &row, &Model::default(), None)));
        }
    }
    assert!(done >= 25 && kinds.len() >= 7, "{done} edits of the kinds {kinds:?}");
    assert_eq!(id, themes(&app, &asked).await.question);
    // The page draws whatever came of it.
    app.page(&asked.path).await;
    app.page(&format!("/desk/q/{}/insight", asked.of.slug)).await;
}

/// Everything in words that do not depend on places.
fn by_people(open: &insight::themes::OpenThemes) -> String {
    let mut out = String::new();
    for (place, theme) in open.found.themes.iter().enumerate() {
        let mut main = open.people(&theme.main);
        let mut mentions = open.people(&theme.mentions);
        main.sort_unstable();
        mentions.sort_unstable();
        let quote = |p| open.quote(p);
        let mut passages: Vec<_> = theme.passages.iter().map(quote).collect();
        passages.sort_unstable();
        let quotes: Vec<_> = theme.quotes.iter().map(quote).collect();
        writeln!(
            out,
            "{} {} {main:?} {mentions:?} {passages:?} {quotes:?} {:?} {:?} {:?}",
            open.id(place),
            theme.label,
            quote(&theme.gist),
            theme.keywords,
            open.dissent[place],
        )
        .unwrap();
    }
    for places in [&open.found.outside, &open.found.uninformative] {
        let mut people = open.people(places);
        people.sort_unstable();
        writeln!(out, "{people:?}").unwrap();
    }
    out + &format!("{:?}", open.layer())
}
