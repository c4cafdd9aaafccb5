//! An organizer works on themes: every edit over HTTP, what survives, and what leaves.

use std::collections::{BTreeMap, BTreeSet};

use colloquy::acts::erase_response::erase_response;
use colloquy::domain::status::Mode;
use colloquy::domain::{QuestionId, ResponseId};
use colloquy::insight::{self, themes::OpenThemes};
use colloquy::store::questionnaires::{self, Questionnaire};
use colloquy::store::{responses, theme_edits};

use crate::support::{Page, TestApp, open};

mod property;
mod suggest;
mod written;

pub const LEARNING: [&str; 8] = [
    "Continual learning: models that keep learning after they are deployed.",
    "I would bet on online learning, so that a model learns from every conversation.",
    "Lifelong learning without forgetting what was learned before",
    "A model should keep learning on the job instead of being frozen after training.",
    "Learning continually from experience, not one huge training run",
    "Models which learn from their users every day and never stop learning.",
    "Continual learning without catastrophic forgetting",
    "The next step is a model that goes on learning after training ends.",
];
pub const ROBOTS: [&str; 8] = [
    "Robots that fold laundry in a house they have never seen",
    "Humanoid robots with a sense of touch",
    "A robot hand that can handle fragile things like a human hand",
    "Household robots: cooking, cleaning, folding clothes.",
    "Robots which learn manipulation from watching videos of humans",
    "Cheap robots in every home and hospital",
    "I bet on robot hands with touch sensors.",
    "Robots that walk and carry boxes in warehouses",
];
pub const ENERGY: [&str; 8] = [
    "Cheap clean energy to power the data centers",
    "Energy is the limit: fusion or solar power must get cheaper.",
    "Power plants and electricity; whoever has energy wins.",
    "Nuclear energy, because data centers need electricity day and night",
    "The energy bill. Chips that use far less electricity.",
    "Solar power and batteries, the price of electricity decides",
    "More efficient chips, since energy and electricity are too expensive",
    "Fusion energy would change the cost of power for everything",
];
const CHINESE: [&str; 12] = [
    "持续学习，模型部署之后还能不断学习。",
    "在线学习，让模型从每次对话中学习新知识",
    "终身学习而不遗忘以前学过的知识",
    "模型应该在工作中继续学习，而不是训练完就冻结",
    "从经验中持续学习，而不是一次性训练",
    "没有灾难性遗忘的持续学习",
    "会叠衣服的家用机器人",
    "有触觉的人形机器人",
    "能像人手一样拿东西的机器人手",
    "家务机器人：做饭、打扫、叠衣服",
    "便宜的机器人走进每个家庭和医院",
    "能走路、能在仓库搬箱子的机器人",
];

/// A questionnaire of one open question, answered.
pub struct Asked {
    pub of: Questionnaire,
    pub path: String,
}

/// Sends one answer as a reader does; the path of the receipt.
pub async fn answer(app: &TestApp, asked: &Asked, text: &str) -> String {
    let reader = app.stranger();
    let mut form = reader.page(&format!("/q/{}", asked.of.slug)).await.form("form#answers");
    let sent = reader.submit(form.set("a.q1", text)).await;
    assert_eq!(sent.status, 303, "{}", sent.words());
    sent.location()
}

/// With these answers; signed in.
pub async fn answered(app: &TestApp, texts: &[&str]) -> Asked {
    let of = app.published(&[open("What comes next?")]).await;
    let path = format!("/desk/q/{}/themes/q1", of.slug);
    let asked = Asked { of, path };
    for text in texts {
        answer(app, &asked, text).await;
    }
    app.sign_in().await;
    asked
}

pub fn three() -> Vec<&'static str> {
    [LEARNING, ROBOTS, ENERGY, ["no idea"; 8]].concat()[..25].to_vec()
}

/// The themes as every page gets them.
pub async fn themes(app: &TestApp, asked: &Asked) -> OpenThemes {
    let of = questionnaires::by_slug(app.service.store.read(), &asked.of.slug).await.unwrap();
    let insight = insight::of(&app.service, &of.unwrap()).await.unwrap();
    insight.themes[0].clone()
}

/// The id and label of the theme most of whose people wrote one of these.
pub fn theme_of(open: &OpenThemes, texts: &[&str]) -> (String, String) {
    let count = |place: &usize| {
        let main = &open.found.themes[*place].main;
        main.iter().filter(|at| texts.contains(&open.texts[**at].1.as_str())).count()
    };
    let place = (0..open.found.themes.len()).max_by_key(count).unwrap();
    assert!(count(&place) > texts.len() / 3, "{} of {}", count(&place), texts.len());
    (open.id(place), open.found.themes[place].label.clone())
}

/// Every answer is mainly in one theme, or in none, or says nothing; spans are slices.
pub fn check_whole(open: &OpenThemes) {
    let mut seen: BTreeMap<ResponseId, usize> = BTreeMap::new();
    let mut note = |id: ResponseId| *seen.entry(id).or_default() += 1;
    for theme in &open.found.themes {
        open.people(&theme.main).into_iter().for_each(&mut note);
        let mentions: BTreeSet<_> = theme.mentions.iter().collect();
        assert!(theme.main.iter().all(|at| mentions.contains(at)));
        assert!(!theme.quotes.is_empty(), "{} has no quote", theme.label);
        for passage in theme.passages.iter().chain(&theme.quotes).chain([&theme.gist]) {
            assert!(open.quote(passage).is_some(), "{passage:?} is no slice");
            assert!(mentions.contains(&passage.text));
        }
    }
    for hidden in open.layer().iter().flat_map(|kept| &kept.hidden) {
        hidden.main.iter().copied().for_each(&mut note);
    }
    open.people(&open.found.outside).into_iter().for_each(&mut note);
    open.people(&open.found.uninformative).into_iter().for_each(&mut note);
    let every: Vec<ResponseId> = open.texts.iter().map(|(id, _)| *id).collect();
    for id in every {
        assert_eq!(seen.remove(&id), Some(1), "{id}");
    }
    assert!(seen.is_empty());
}

/// Presses a button of a form on the page.
async fn press(app: &TestApp, page: &Page, button: &str, what: &str) -> Page {
    let mut form = page.form_with_button(button);
    form.set("do", what);
    let done = app.submit(&form).await;
    assert_eq!(done.status, 303, "{}", done.words());
    app.page(&done.location()).await
}

async fn rename(app: &TestApp, asked: &Asked, theme: &str, label: &str) -> Page {
    let page = app.page(&format!("{}?theme={theme}", asked.path)).await;
    let mut form = page.form_with_button("Rename");
    form.set("label", label).set("do", "rename");
    app.submit(&form).await
}

#[tokio::test]
async fn a_theme_gets_a_name_that_survives_fifty_answers_and_a_restart() {
    let app = TestApp::spawn().await;
    let asked = answered(&app, &three()).await;
    let open = themes(&app, &asked).await;
    check_whole(&open);
    let (id, label) = theme_of(&open, &ROBOTS);
    let done = rename(&app, &asked, &id, "  Robots at\nhome <b> ").await;
    assert_eq!(done.status, 303);
    let page = app.page(&done.location()).await;
    assert_eq!(page.texts("h1"), ["Robots at home <b>"]);
    assert!(
        page.texts(".told")[0].contains(&format!("“{label}” is now called “Robots at home <b>”"))
    );
    let kept = themes(&app, &asked).await;
    let (stable, now) = theme_of(&kept, &ROBOTS);
    assert_eq!((now.as_str(), kept.edits), ("Robots at home <b>", 1));
    assert_eq!(stable, id, "its name in addresses stays");
    assert_eq!(
        app.page(&format!("{}?theme={id}", asked.path)).await.texts("h1"),
        std::slice::from_ref(&now)
    );
    let mains = |open: &OpenThemes| -> BTreeMap<ResponseId, String> {
        let of = |at: usize| {
            let id = open.id(at);
            open.people(&open.found.themes[at].main).into_iter().map(move |r| (r, id.clone()))
        };
        (0..open.found.themes.len()).flat_map(of).collect()
    };
    let before = mains(&kept);
    for round in 0..2 {
        for text in [LEARNING, ROBOTS, ENERGY].concat() {
            answer(&app, &asked, &format!("{text} Yes, number {round}.")).await;
        }
    }
    answer(&app, &asked, "My grandmother's soup with dumplings and parsley, on Sundays").await;
    answer(&app, &asked, "不知道").await;
    let open = themes(&app, &asked).await;
    check_whole(&open);
    assert_eq!(open.texts.len(), 25 + 50);
    let after = mains(&open);
    for (response, theme) in &before {
        assert_eq!(after.get(response), Some(theme), "what stood somewhere stays there");
    }
    let kept = open.layer().unwrap();
    assert!(kept.joined >= 36, "{} joined", kept.joined);
    assert!(!kept.newer_outside.is_empty());
    let page = app.page(&asked.path).await;
    assert!(page.words().contains("none of your themes"), "{}", page.words());
    assert!(page.words().contains("later answers have joined the nearest theme"));
    // A second process on the same database.
    let again = TestApp::spawn_with(|settings| {
        settings.database.url = app.service.settings.database.url.clone();
    })
    .await;
    assert_eq!(themes(&again, &asked).await, open);
    // What the second one changes, the first one shows within a second.
    again.sign_in().await;
    rename(&again, &asked, &stable, "Renamed elsewhere").await;
    app.service.clock.advance(chrono::TimeDelta::seconds(2));
    assert_eq!(theme_of(&themes(&app, &asked).await, &ROBOTS).1, "Renamed elsewhere");
}

#[tokio::test]
async fn themes_are_merged_and_taken_apart_and_each_step_is_taken_back() {
    let app = TestApp::spawn().await;
    let asked = answered(&app, &three()).await;
    let first = themes(&app, &asked).await;
    let (robots, _) = theme_of(&first, &ROBOTS);
    let (energy, _) = theme_of(&first, &ENERGY);
    let page = app.page(&asked.path).await;
    let mut form = page.form_with_button("Merge the ticked themes");
    form.set("do", "merge");
    // One is not enough, and the tick stays.
    form.fields.push(("tick".to_owned(), robots.clone()));
    let refused = app.submit(&form).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("Tick two themes or more"));
    let mut form = refused.form_with_button("Merge the ticked themes");
    assert_eq!(form.get("tick"), Some(robots.as_str()));
    form.set("do", "merge").fields.push(("tick".to_owned(), energy.clone()));
    let done = app.submit(&form).await;
    let page = app.page(&done.location()).await;
    let merged = themes(&app, &asked).await;
    check_whole(&merged);
    assert_eq!(merged.found.themes.len(), first.found.themes.len() - 1);
    assert_eq!(theme_of(&merged, &ROBOTS), theme_of(&merged, &ENERGY));
    assert!(page.texts(".told")[0].contains("went into"));

    let (both, _) = theme_of(&merged, &ROBOTS);
    let view = app.page(&format!("{}?theme={both}", asked.path)).await;
    let page = press(&app, &view, "Split it in two", "split").await;
    let parted = themes(&app, &asked).await;
    check_whole(&parted);
    assert_eq!(parted.found.themes.len(), first.found.themes.len());
    let (one, two) = (theme_of(&parted, &ROBOTS), theme_of(&parted, &ENERGY));
    assert_ne!(one, two, "it falls where it was put together");

    let page = press(&app, &page, "Take it back", "undo").await;
    assert_eq!(themes(&app, &asked).await.found, merged.found);
    assert!(page.texts(".told")[0].contains("The last step was taken back"));
    let page = press(&app, &page, "Take it back", "undo").await;
    let back = themes(&app, &asked).await;
    assert_eq!((back.found, back.kept), (first.found.clone(), None));
    assert!(!page.texts("button").contains(&"Take it back".to_owned()));
    assert_eq!(page.texts(".steps-taken li").len(), 4);
}

#[tokio::test]
async fn passages_and_answers_move_to_other_themes_to_new_ones_and_out() {
    let app = TestApp::spawn().await;
    let asked = answered(&app, &three()).await;
    let open = themes(&app, &asked).await;
    let (robots, _) = theme_of(&open, &ROBOTS);
    let (energy, name) = theme_of(&open, &ENERGY);
    let view = app.page(&format!("{}?theme={robots}", asked.path)).await;
    let ticks = view.attributes("input[name=passage]", "value");
    let mut form = view.form_with_button("Move");
    // Nothing ticked: what was chosen and typed stays.
    form.set("to", "new").set("name", "Hands & feet").set("do", "move");
    let refused = app.submit(&form).await;
    assert_eq!(
        (refused.status, refused.form_with_button("Move").get("name")),
        (422, Some("Hands & feet"))
    );
    let mut form = refused.form_with_button("Move");
    form.set("do", "move");
    for tick in &ticks[..3] {
        form.fields.push(("passage".to_owned(), tick.clone()));
    }
    let done = app.submit(&form).await;
    assert_eq!(done.status, 303);
    let moved = themes(&app, &asked).await;
    check_whole(&moved);
    let place = moved.found.themes.iter().position(|theme| theme.label == "Hands & feet").unwrap();
    assert_eq!(moved.found.themes[place].mentions.len(), 3);
    let hands = moved.id(place);

    // A whole answer to another theme, out of its own.
    let view = app.page(&format!("{}?theme={hands}", asked.path)).await;
    let tick = view.attributes("input[name=passage]", "value")[0].clone();
    let response: ResponseId = tick.split('.').next().unwrap().parse().unwrap();
    let mut form = view.form_with_button("Move");
    let energy = moved.id(moved.place(&energy).unwrap());
    form.set("to", &energy).set("whole", "yes").set("do", "move").set("passage", &tick);
    assert_eq!(app.submit(&form).await.status, 303);
    let moved = themes(&app, &asked).await;
    check_whole(&moved);
    let into = &moved.found.themes[moved.place(&energy).unwrap()];
    assert_eq!(into.label, name);
    assert!(moved.people(&into.main).contains(&response));
    let others = moved.found.themes.iter().filter(|theme| theme.label != name);
    assert!(!others.flat_map(|t| moved.people(&t.mentions)).any(|id| id == response));

    // Out of all, and from there into a theme that is named by itself.
    let view = app.page(&format!("{}?theme={energy}", asked.path)).await;
    let mut form = view.form_with_button("Move");
    form.set("to", "none").set("whole", "yes").set("do", "move").set("passage", &tick);
    assert_eq!(app.submit(&form).await.status, 303);
    let out = themes(&app, &asked).await;
    check_whole(&out);
    assert!(out.people(&out.found.outside).contains(&response));
    let view = app.page(&format!("{}?show=outside", asked.path)).await;
    let ticks = view.attributes("input[name=passage]", "value");
    let own = ticks.iter().find(|tick| tick.starts_with(&response.to_string())).unwrap();
    let mut form = view.form_with_button("Move");
    form.set("to", "new").set("do", "move").set("passage", own);
    let done = app.submit(&form).await;
    assert_eq!(done.status, 303, "{}", done.words());
    let back = themes(&app, &asked).await;
    check_whole(&back);
    let main = back.found.themes.iter().find(|t| back.people(&t.main) == [response]).unwrap();
    assert!(!main.label.is_empty());
    // What says nothing can be put into a theme too.
    let view = app.page(&format!("{}?show=nothing", asked.path)).await;
    let tick = view.attributes("input[name=passage]", "value")[0].clone();
    let mut form = view.form_with_button("Move");
    form.set("to", &energy).set("do", "move").set("passage", &tick);
    assert_eq!(app.submit(&form).await.status, 303);
    let open = themes(&app, &asked).await;
    check_whole(&open);
    assert!(open.found.uninformative.is_empty());
}

#[tokio::test]
async fn a_quote_is_pinned_before_the_others_and_a_hidden_theme_leaves_results_and_brief() {
    let app = TestApp::spawn().await;
    let asked = answered(&app, &three()).await;
    let open = themes(&app, &asked).await;
    let (robots, label) = theme_of(&open, &ROBOTS);
    let view = app.page(&format!("{}?theme={robots}", asked.path)).await;
    let last = view.attributes("button[name=pin]", "value").pop().unwrap();
    let mut form = view.form("form#pins");
    form.set("pin", &last);
    let page = app.page(&app.submit(&form).await.location()).await;
    assert!(page.texts(".told")[0].contains("was pinned"));
    let open = themes(&app, &asked).await;
    check_whole(&open);
    let place = open.place(&robots).unwrap();
    let quote = open.found.themes[place].quotes[0];
    let (response, words) = open.quote(&quote).unwrap();
    let words = words.to_owned();
    assert!(last.starts_with(&response.to_string()));
    let insight = app.page(&format!("/desk/q/{}/insight", asked.of.slug)).await;
    assert!(insight.texts("blockquote.quote p").contains(&words));
    let mut form = page.form("form#pins");
    form.set("unpin", &last);
    assert_eq!(app.submit(&form).await.status, 303);
    assert!(themes(&app, &asked).await.layer().unwrap().pinned.is_empty());

    let view = app.page(&format!("{}?theme={robots}", asked.path)).await;
    let page = press(&app, &view, "Hide it", "hide").await;
    assert!(page.words().contains(&format!("“{label}” was hidden")));
    for part in ["insight", "brief"] {
        let page = app.page(&format!("/desk/q/{}/{part}", asked.of.slug)).await;
        assert!(!page.words().contains(&label), "{part}");
    }
    let insight = app.page(&format!("/desk/q/{}/insight", asked.of.slug)).await;
    assert!(insight.words().contains("Hidden by you: 1 theme."));
    check_whole(&themes(&app, &asked).await);
    // What was said in it can be read without showing it again.
    let listed = app.page(&asked.path).await;
    assert!(listed.texts("details blockquote.quote p").contains(&words));
    let form = listed.form("form.row");
    let mut form = form.clone();
    form.set("do", "show");
    assert_eq!(app.submit(&form).await.status, 303);
    assert_eq!(theme_of(&themes(&app, &asked).await, &ROBOTS).1, label);
}

#[tokio::test]
async fn of_two_editors_the_second_is_told_and_loses_nothing() {
    let app = TestApp::spawn().await;
    let asked = answered(&app, &three()).await;
    let open = themes(&app, &asked).await;
    let (robots, label) = theme_of(&open, &ROBOTS);
    let page = app.page(&format!("{}?theme={robots}", asked.path)).await;
    let mut slow = page.form_with_button("Rename");
    slow.set("label", "What I typed for a while").set("do", "rename");
    rename(&app, &asked, &theme_of(&open, &ENERGY).0, "Power").await;
    let told = app.submit(&slow).await;
    assert_eq!(told.status, 409);
    assert!(told.words().contains("Not done yet"), "{}", told.words());
    assert!(told.words().contains("is now called “Power”"));
    assert_eq!(told.texts(".typed"), ["What I typed for a while"]);
    assert_eq!(theme_of(&themes(&app, &asked).await, &ROBOTS).1, label);
    // Nevertheless.
    let again = told.form_with_button("Do it now, on these");
    let mut again = again.clone();
    again.set("on", "1");
    assert_eq!(app.submit(&again).await.status, 303);
    let open = themes(&app, &asked).await;
    assert_eq!(theme_of(&open, &ROBOTS).1, "What I typed for a while");
    assert_eq!(theme_of(&open, &ENERGY).1, "Power");
    // Of many at the same moment, one comes first.
    let sent = (0..6).map(|n| {
        let mut form = again.clone();
        form.set("on", "2").set("label", &format!("Racer {n}"));
        let app = &app;
        async move { app.submit(&form).await.status }
    });
    let mut statuses = futures_util::future::join_all(sent).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409, 409, 409, 409, 409]);
    assert_eq!(themes(&app, &asked).await.edits, 3);
}

#[tokio::test]
async fn an_answer_that_is_changed_or_erased_leaves_with_its_quotes() {
    let app = TestApp::spawn().await;
    let asked = answered(&app, &three()).await;
    let words = "Robots that dance with sensitive hands in every home";
    let receipt = answer(&app, &asked, words).await;
    let second = answer(&app, &asked, "Robots that sing and dance in hospitals").await;
    let open = themes(&app, &asked).await;
    let (robots, _) = theme_of(&open, &ROBOTS);
    let id = open.texts.iter().find(|(_, text)| text == words).unwrap().0;
    let view = app.page(&format!("{}?theme={robots}", asked.path)).await;
    let pins = view.attributes("button[name=pin]", "value");
    let own = pins.iter().find(|pin| pin.starts_with(&id.to_string())).unwrap();
    let mut form = view.form("form#pins");
    form.set("pin", own);
    assert_eq!(app.submit(&form).await.status, 303);
    let open = themes(&app, &asked).await;
    assert!(!open.layer().unwrap().pinned.is_empty());
    assert!(!open.layer().unwrap().hidden.iter().any(|h| h.people.contains(&id)));

    // Changed: other words at the same place are never taken for the quote.
    let mut change = app.page(&format!("{receipt}/change")).await.form("form#answers");
    let new = "Solar power and cheap electricity for every data center now";
    assert_eq!(app.submit(change.set("a.q1", new)).await.status, 303);
    let open = themes(&app, &asked).await;
    check_whole(&open);
    assert!(open.layer().unwrap().pinned.is_empty());
    assert_eq!(open.layer().unwrap().joined, 1);
    let energy = theme_of(&open, &ENERGY).0;
    assert!(open.people(&open.found.themes[open.place(&energy).unwrap()].main).contains(&id));
    let robots = open.place(&robots).unwrap();
    assert!(!open.people(&open.found.themes[robots].mentions).contains(&id));
    // Changed back: it stands where it stood.
    let mut change = app.page(&format!("{receipt}/change")).await.form("form#answers");
    assert_eq!(app.submit(change.set("a.q1", words)).await.status, 303);
    assert!(!themes(&app, &asked).await.layer().unwrap().pinned.is_empty());

    // Erased: gone from the pages at once, and from every edit.
    let db = app.service.store.read();
    let given = responses::all(db, asked.of.id).await.unwrap();
    let given = given.into_iter().find(|given| given.response.id == id).unwrap();
    erase_response(&app.service, asked.of.mode, &given).await.unwrap();
    let open = themes(&app, &asked).await;
    check_whole(&open);
    assert!(open.layer().unwrap().pinned.is_empty());
    assert!(!open.texts.iter().any(|(of, _)| *of == id));
    for row in theme_edits::all(db, asked.of.id).await.unwrap() {
        assert!(!row.edit.contains(&id.0.to_string()), "{}", row.edit);
        assert!(!row.edit.contains("dance"), "edits hold no words");
    }
    let page = app.page(&asked.path).await;
    assert!(!page.words().contains(words));
    drop(second);
}

#[tokio::test]
async fn newer_answers_that_fit_no_theme_can_make_further_ones() {
    let app = TestApp::spawn().await;
    let asked = answered(&app, &three()).await;
    let (robots, _) = theme_of(&themes(&app, &asked).await, &ROBOTS);
    rename(&app, &asked, &robots, "Robots").await;
    let soups = [
        "Grandmother's noodle soup with dumplings",
        "Noodle soup with parsley on Sundays",
        "More noodle soup and dumplings for lunch",
        "Soup: carrots, dumplings, parsley",
        "Dumplings in soup, as my grandmother cooks them",
        "A bowl of hot noodle soup with parsley",
        "Carrot soup and fresh dumplings every Sunday",
        "Hot soup with noodles and carrots",
        "Grandmother's dumplings with parsley",
        "Noodle soup, the hotter the better",
    ];
    for soup in soups {
        answer(&app, &asked, soup).await;
    }
    let before = themes(&app, &asked).await;
    check_whole(&before);
    let outside = before.layer().unwrap().newer_outside.len();
    assert!(outside >= 8, "{outside}");
    let page = app.page(&asked.path).await;
    assert!(page.words().contains(&format!("{outside} newer answers fit none of your themes.")));
    let page = press(&app, &page, "Look for further themes among them", "further").await;
    assert!(page.texts(".told")[0].contains("Further themes"));
    let after = themes(&app, &asked).await;
    check_whole(&after);
    assert!(after.found.themes.len() > before.found.themes.len());
    assert!(after.layer().unwrap().newer_outside.is_empty());
    theme_of(&after, &soups);
    assert_eq!(theme_of(&after, &ROBOTS).1, "Robots");

    // Starting over asks first, and can be taken back too.
    let page = app.page(&format!("{}?ask=start-over", asked.path)).await;
    assert!(page.texts(".danger")[0].contains("You lose every name, merge, move, pin"));
    let page = press(&app, &page, "Let go of my themes", "start-over").await;
    let anew = themes(&app, &asked).await;
    check_whole(&anew);
    assert!(anew.layer().is_none() && !anew.found.themes.iter().any(|t| t.label == "Robots"));
    press(&app, &page, "Take it back", "undo").await;
    assert_eq!(themes(&app, &asked).await.found, after.found);
}

#[tokio::test]
async fn chinese_themes_are_worked_on_like_others() {
    let app = TestApp::spawn().await;
    let asked = answered(&app, &CHINESE).await;
    let open = themes(&app, &asked).await;
    check_whole(&open);
    let (robots, _) = theme_of(&open, &CHINESE[6..]);
    let done = rename(&app, &asked, &robots, "家里的机器人").await;
    assert_eq!(app.page(&done.location()).await.texts("h1"), ["家里的机器人"]);
    answer(&app, &asked, "会做饭的机器人走进家庭，帮忙打扫").await;
    let open = themes(&app, &asked).await;
    check_whole(&open);
    let (_, label) = theme_of(&open, &CHINESE[6..]);
    assert_eq!((label.as_str(), open.layer().unwrap().joined), ("家里的机器人", 1));
    let long = "很".repeat(121);
    let refused = rename(&app, &asked, &robots, &long).await;
    assert_eq!(refused.status, 422);
    assert!(refused.attributes("#label", "value").contains(&long), "what was typed is there");
}

#[tokio::test]
async fn nobody_else_sees_or_changes_themes() {
    let app = TestApp::spawn().await;
    let asked = answered(&app, &LEARNING).await;
    let other = app.another_organizer("else@example.org").await;
    for path in [asked.path.clone(), format!("{}/suggest", asked.path)] {
        assert_eq!(other.get(&path).await.status, 404);
        assert_eq!(other.post_form(&path, &[("on", "0"), ("do", "undo")]).await.status, 404);
    }
    let stranger = app.stranger();
    assert_eq!(stranger.get(&asked.path).await.status, 303);
    assert_eq!(stranger.post_form(&asked.path, &[("on", "0"), ("do", "undo")]).await.status, 401);
    // Questions that are not open ones, or not there, have no themes; odd forms are no error.
    for key in ["q2", "q99", "x"] {
        let path = format!("/desk/q/{}/themes/{key}", asked.of.slug);
        assert_eq!(app.get(&path).await.status, 404);
    }
    for form in [&[("on", "x"), ("do", "undo")][..], &[("on", "0"), ("do", "drop")], &[]] {
        assert_eq!(app.post_form(&asked.path, form).await.status, 404);
    }
    let undo = app.post_form(&asked.path, &[("on", "0"), ("do", "undo")]).await;
    assert_eq!(undo.status, 422);
    for theme in ["", "nonsense", "00000000000000000000000000000000"] {
        let form = [("on", "0"), ("do", "hide"), ("theme", theme)];
        let status = app.post_form(&asked.path, &form).await.status;
        assert!(status == 422 || status == 404, "{theme}: {status}");
    }
    let ghost = "00000000000000000000000000000007.0.4";
    let form = [("on", "0"), ("do", "move"), ("to", "new"), ("passage", ghost)];
    assert_eq!(app.post_form(&asked.path, &form).await.status, 422);
    let empty = app.published(&[open("Nobody?")]).await;
    let page = app.page(&format!("/desk/q/{}/themes/q1", empty.slug)).await;
    assert!(page.words().contains("Nobody has answered this question yet."));
    let form = [("on", "0"), ("do", "further")];
    let path = format!("/desk/q/{}/themes/q1", empty.slug);
    assert_eq!(app.post_form(&path, &form).await.status, 422);
}

#[tokio::test]
async fn edits_on_anonymous_answers_tell_the_day_and_no_order() {
    let app = TestApp::spawn().await;
    let asked = answered(&app, &three()).await;
    // As if it had been anonymous from the start.
    let tx = app.service.store.write().await.unwrap();
    let mut of = questionnaires::hold(&tx, asked.of.id).await.unwrap().unwrap();
    of.mode = Mode::Anonymous;
    of.version += 1;
    questionnaires::update(&tx, of).await.unwrap();
    tx.commit().await.unwrap();
    app.service.clock.advance(chrono::TimeDelta::minutes(95));
    let (robots, _) = theme_of(&themes(&app, &asked).await, &ROBOTS);
    assert_eq!(rename(&app, &asked, &robots, "Robots").await.status, 303);
    let row = &theme_edits::all(app.service.store.read(), asked.of.id).await.unwrap()[0];
    assert_eq!(row.made_at.to_rfc3339(), "2026-11-23T00:00:00+00:00");
    let record: serde_json::Value = serde_json::from_str(&row.edit).unwrap();
    let ids: Vec<&str> = record["places"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["response"].as_str().unwrap())
        .collect();
    assert!(ids.is_sorted() && ids.len() >= 24, "by their random ids");
    let page = app.page(&asked.path).await;
    assert!(!page.texts(".steps-taken")[0].contains(':'), "no time of day");
}

/// Names what is not used elsewhere.
pub async fn question(app: &TestApp, asked: &Asked) -> QuestionId {
    questionnaires::asked(app.service.store.read(), asked.of.id).await.unwrap()[0].id
}
