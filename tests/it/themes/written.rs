//! What is written in the brief about a theme stays with it, whoever answers later.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Asked, ENERGY, LEARNING, ROBOTS, answer, answered, theme_of, themes, three};
use crate::support::TestApp;

/// By which the same three themes are found under other names.
const LATER: [&str; 21] = [
    "Drones and robots that deliver parcels, drones over every town",
    "Delivery drones, robots on wheels that bring parcels to the door",
    "Drones: robots of the air that deliver medicine",
    "A drone that delivers parcels, together with robots in the home",
    "Robots such as drones will deliver what we buy",
    "Drones and household robots deliver and tidy",
    "Parcels by drone, and robots that carry them upstairs",
    "Batteries: whoever stores solar power in batteries wins",
    "Batteries and the grid, energy storage for data centers",
    "Storage in batteries, so that solar energy lasts through the night",
    "Grid storage with cheap batteries, electricity at night",
    "Battery storage decides the price of electricity",
    "A better grid, more batteries, cheap solar energy",
    "Energy storage: batteries, batteries, batteries",
    "Memory: a model that remembers and learns from what it was told",
    "Long memory, so that a model keeps learning from its users",
    "Models with memory that learn from each conversation they remember",
    "A memory of its own lets a model go on learning",
    "Learning needs memory: models that remember last week",
    "Remembering is learning; give models a lasting memory",
    "Lasting memory and continual learning in one model",
];

async fn brief(app: &TestApp, asked: &Asked) -> Value {
    let path = format!("/desk/q/{}/brief/brief.json", asked.of.slug);
    serde_json::from_str(&app.page(&path).await.text).unwrap()
}

/// Every sentence on a theme: its key, its words, on how many people it rests.
fn on_themes(brief: &Value) -> Vec<(String, String, usize)> {
    let sections = brief["sections"].as_array().unwrap().iter();
    let all = sections.flat_map(|section| section["sentences"].as_array().unwrap());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    all.map(|one| {
        let people = one["rests_on"].as_array().map_or(0, Vec::len);
        (text(&one["key"]), text(&one["text"]), people)
    })
    .filter(|(key, ..)| key.contains(".theme."))
    .collect()
}

fn keys(brief: &Value) -> BTreeSet<String> {
    on_themes(brief).into_iter().map(|(key, ..)| key).collect()
}

async fn later(app: &TestApp, asked: &Asked) {
    for text in LATER {
        answer(app, asked, text).await;
    }
}

#[tokio::test]
async fn what_is_changed_in_the_brief_about_a_theme_stays_with_it_whoever_answers_later() {
    let app = TestApp::spawn().await;
    let (asked, twin) = (answered(&app, &three()).await, answered(&app, &three()).await);
    let desk = format!("/desk/q/{}", asked.of.slug);
    let open = themes(&app, &asked).await;
    let key = |texts: &[&str]| format!("q1.theme.{}", theme_of(&open, texts).0);
    let (robots, energy) = (key(&ROBOTS), key(&ENERGY));
    let before = brief(&app, &asked).await;
    let edit = app.page(&format!("{desk}/brief/edit")).await;
    let said = edit.form("form.editor").get(&format!("t.{energy}")).unwrap().to_owned();
    let mut form = edit.form("form.editor");
    form.set("add.q1", "I thank them.");
    assert_eq!(app.submit(&form).await.status, 303);
    assert!(themes(&app, &asked).await.layer().is_none(), "nothing is said about a theme yet");
    let mut form = app.page(&format!("{desk}/brief/edit")).await.form("form.editor");
    form.set(&format!("t.{robots}"), "Robots that help at home.").set(&format!("d.{energy}"), "1");
    assert_eq!(app.submit(&form).await.status, 303);
    let page = app.page(&format!("{desk}/brief")).await.words();
    assert!(page.contains("Robots that help at home."), "{page}");
    assert!(!page.contains("newer than your edit") && !page.contains("not there any more"));
    // Nothing else of it was changed by that.
    let after = brief(&app, &asked).await;
    let rest = |all: &Value| -> Vec<_> {
        let others = on_themes(all).into_iter();
        others.filter(|(key, ..)| ![&robots, &energy].contains(&key)).collect()
    };
    assert_eq!(rest(&before), rest(&after));
    let history = app.page(&asked.path).await.texts(".steps-taken li");
    assert_eq!(history.len(), 1);
    assert!(history[0].contains("The themes are kept, so that what you wrote"), "{history:?}");

    later(&app, &asked).await;
    later(&app, &twin).await;
    let (now, anew) = (brief(&app, &asked).await, brief(&app, &twin).await);
    for lost in [&robots, &energy] {
        assert!(keys(&before).contains(lost) && !keys(&anew).contains(lost), "{lost}: {anew:#}");
    }
    let own: Vec<_> = on_themes(&now).into_iter().filter(|(key, ..)| *key == robots).collect();
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].1, "Robots that help at home.");
    assert!(own[0].2 > ROBOTS.len(), "later answers join: {}", own[0].2);
    let mut expected = keys(&before);
    expected.remove(&energy);
    assert_eq!(keys(&now), expected, "what was left out does not come back");
    // So does a link to what they said.
    let theme = robots.replace(".theme.", ".");
    let results = app.page(&format!("{desk}/insight?theme={theme}")).await.words();
    let label = theme_of(&themes(&app, &asked).await, &ROBOTS).1;
    assert!(results.contains(&format!("Theme: {label}")), "{results}");

    // Themes that are let go are found under other names: that is told, until it is forgotten.
    let start = [("on", "1"), ("do", "start-over")];
    assert_eq!(app.post_form(&asked.path, &start).await.status, 303);
    let told = "1 sentence that you left out was about a theme that is not there any more.";
    for page in ["brief", "brief/publish"] {
        let page = app.page(&format!("{desk}/{page}")).await.words();
        assert!(page.contains(told), "{page}");
    }
    let edit = app.page(&format!("{desk}/brief/edit")).await;
    assert_eq!(edit.texts("#gone q"), [said]);
    assert!(edit.words().contains("no longer said by the answers"), "{}", edit.words());
    let mut form = edit.form("form.editor");
    assert_eq!(app.submit(&form).await.status, 303);
    assert!(app.page(&format!("{desk}/brief")).await.words().contains(told));
    assert_eq!(app.submit(form.set(&format!("d.{energy}"), "")).await.status, 303);
    let page = app.page(&format!("{desk}/brief")).await.words();
    assert!(!page.contains("that you left out"), "{page}");
    assert!(page.contains("Robots that help at home."), "{page}");
}

#[tokio::test]
async fn a_theme_that_goes_while_somebody_writes_about_it_takes_no_word_along() {
    let app = TestApp::spawn().await;
    let asked = answered(&app, &three()).await;
    let desk = format!("/desk/q/{}", asked.of.slug);
    let open = themes(&app, &asked).await;
    let key = |texts: &[&str]| format!("q1.theme.{}", theme_of(&open, texts).0);
    let (robots, learning) = (key(&ROBOTS), key(&LEARNING));
    let mut form = app.page(&format!("{desk}/brief/edit")).await.form("form.editor");
    form.set(&format!("t.{robots}"), "Robots that help at home.");
    form.set(&format!("d.{learning}"), "1");
    later(&app, &asked).await;
    let there = keys(&brief(&app, &asked).await);
    assert!(![&robots, &learning].iter().any(|key| there.contains(*key)), "{there:?}");
    assert_eq!(app.submit(&form).await.status, 303);
    let page = app.page(&format!("{desk}/brief")).await.words();
    assert!(page.contains("Robots that help at home."), "{page}");
    assert!(page.contains("1 sentence that you left out was about a theme"), "{page}");
    assert!(page.contains("1 sentence is newer than your edit of it."), "{page}");
    assert!(
        themes(&app, &asked).await.layer().is_none(),
        "nothing is said about one that is there"
    );
}

#[tokio::test]
async fn themes_that_are_merged_or_hidden_are_told_apart_in_the_brief() {
    let app = TestApp::spawn().await;
    let asked = answered(&app, &three()).await;
    let desk = format!("/desk/q/{}", asked.of.slug);
    let open = themes(&app, &asked).await;
    let (robots, energy) = (theme_of(&open, &ROBOTS).0, theme_of(&open, &ENERGY).0);
    let mut form = app.page(&format!("{desk}/brief/edit")).await.form("form.editor");
    form.set(&format!("d.q1.theme.{robots}"), "1").set(&format!("d.q1.theme.{energy}"), "1");
    assert_eq!(app.submit(&form).await.status, 303);
    // Hidden, it is still the theme that was left out.
    let hide = [("on", "1"), ("do", "hide"), ("theme", &*robots)];
    assert_eq!(app.post_form(&asked.path, &hide).await.status, 303);
    let told = "that you left out";
    assert!(!app.page(&format!("{desk}/brief")).await.words().contains(told));
    let learning = theme_of(&themes(&app, &asked).await, &LEARNING).0;
    let merge = [("on", "2"), ("do", "merge"), ("tick", &*learning), ("tick", &*energy)];
    assert_eq!(app.post_form(&asked.path, &merge).await.status, 303);
    let page = app.page(&format!("{desk}/brief")).await.words();
    assert!(page.contains("1 sentence that you left out was about a theme"), "{page}");
    // The page of an editor who has seen none of this still finds them.
    let rename = [("on", "3"), ("do", "rename"), ("theme", &*learning), ("label", "Both")];
    assert_eq!(app.post_form(&asked.path, &rename).await.status, 303);
    assert_eq!(theme_of(&themes(&app, &asked).await, &ENERGY), (learning, "Both".to_owned()));
}
