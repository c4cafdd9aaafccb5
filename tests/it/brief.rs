//! The brief: made, edited, signed, published; and what a published one may never tell.

use std::collections::{BTreeMap, BTreeSet};

use colloquy::domain::consent::Consent;
use colloquy::domain::kind::{Contact, Kind, Single};
use colloquy::domain::question::Line;
use colloquy::domain::{Answer, ResponseId, Slug, Wording};
use colloquy::store::questionnaires::{self, Questionnaire};
use colloquy::store::responses;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use sea_orm::ConnectionTrait as _;
use serde_json::Value;

use crate::support::{Page, TestApp, Visitor, open, statements};

mod few;

async fn of(app: &TestApp, desk: &str) -> Questionnaire {
    let slug: Slug = desk.rsplit('/').next().unwrap().parse().unwrap();
    questionnaires::by_slug(app.service.store.read(), &slug).await.unwrap().unwrap()
}

/// The example's brief, published; the paths of its desk and of its public pages.
async fn published_example(app: &TestApp) -> (String, String) {
    let desk = app.example().await;
    let sent = app.post_form(&format!("{desk}/brief/publish"), &[("note", "")]).await;
    assert_eq!(sent.location(), format!("{desk}/brief?done=published"), "{}", sent.words());
    let public = desk.replace("/desk", "");
    (desk, public)
}

async fn json(visitor: &Visitor, path: &str) -> Value {
    serde_json::from_str(&visitor.page(path).await.text).unwrap()
}

/// Each quote of a desk's JSON: its words, whose, to which question, from where to where.
fn quotes(brief: &Value) -> Vec<(String, ResponseId, String, usize, usize)> {
    let sections = brief["sections"].as_array().unwrap();
    let sentences = sections.iter().flat_map(|s| s["sentences"].as_array().unwrap());
    let quotes = sentences.flat_map(|s| s["quotes"].as_array().unwrap());
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    quotes
        .filter(|quote| quote.get("withdrawn").is_none())
        .map(|quote| {
            (
                quote["text"].as_str().unwrap().to_owned(),
                quote["response"].as_str().unwrap().parse().unwrap(),
                quote["question"].as_str().unwrap().replace('-', ""),
                number(&quote["start"]),
                number(&quote["end"]),
            )
        })
        .collect()
}

/// Every stored answer to an open question of somebody who may be quoted, by response and question.
async fn quotable(app: &TestApp, of: &Questionnaire) -> BTreeMap<(ResponseId, String), String> {
    let mut all = BTreeMap::new();
    for given in responses::all(app.service.store.read(), of.id).await.unwrap() {
        let allowed = given.allows(Consent::Quote) || given.allows(Consent::QuoteNamed);
        for (question, (_, answer)) in &given.answers {
            if let (Answer::Open(text), true) = (answer, allowed) {
                all.insert((given.response.id, question.to_string()), text.clone());
            }
        }
    }
    all
}

/// Holds a brief to it: each quote is a span of an answer of somebody who allows it.
async fn astray(app: &TestApp, of: &Questionnaire, brief: &Value) -> Vec<String> {
    let allowed = quotable(app, of).await;
    let slice = |response, question: &String, start, end| {
        allowed.get(&(response, question.clone())).and_then(|text| text.get(start..end))
    };
    let quotes = quotes(brief).into_iter();
    quotes.filter(|(words, r, q, a, b)| slice(*r, q, *a, *b) != Some(words)).map(|q| q.0).collect()
}

/// The questions with which most tests here ask: an open one, a choice, statements, consents.
fn questions() -> Vec<Wording> {
    vec![
        open("What comes next?"),
        Wording::new(
            "Which one?",
            Kind::Single(Single { options: Line::numbered("o", ["Red", "Blue"]), other: false }),
        ),
        statements(&["Chat stays.", "Forms go.", "Paper is back."]),
        Wording::new("Shall we talk?", Kind::Contact(Contact { consents: Consent::ALL.to_vec() })),
    ]
}

const SAID: [&str; 4] = [
    "Small robots will tidy our kitchens.",
    "Schools will teach with patient tutors.",
    "Nothing at all will change for us.",
    "Energy decides who can compute.",
];

/// Person `n` answers, through the public form; the path of the receipt.
async fn answers(app: &TestApp, of: &Questionnaire, n: usize, more: &[(&str, &str)]) -> String {
    let reader = app.stranger();
    let mut form = reader.page(&format!("/q/{}", of.slug)).await.form("form[method=post]");
    let text = format!("{} Say I, number {n}.", SAID[n % 4]);
    form.set("a.q1", &text).set("a.q2", if n.is_multiple_of(2) { "o1" } else { "o2" });
    for key in ["s1", "s2", "s3"] {
        let vote = if n.is_multiple_of(3) { "disagree" } else { "agree" };
        form.set(&format!("a.q3.{key}"), vote);
    }
    form.set("a.q4.quote", "yes");
    for (name, value) in more {
        form.set(name, value);
    }
    let sent = reader.submit(&form).await;
    assert_eq!(sent.status, 303, "{}", sent.words());
    sent.location()
}

/// A questionnaire that so many people have answered; its desk and its public path.
async fn answered(app: &TestApp, people: usize) -> (Questionnaire, String, String) {
    let of = app.published(&questions()).await;
    for n in 0..people {
        answers(app, &of, n, &[]).await;
    }
    let (desk, public) = (format!("/desk/q/{}", of.slug), format!("/q/{}", of.slug));
    (of, desk, public)
}

/// A respondent erases everything.
async fn erase(visitor: &Visitor, receipt: &str) {
    let erased = visitor.post_form(&format!("{receipt}/erase"), &[("sure", "yes")]).await;
    assert_eq!(erased.status, 200, "{}", erased.words());
}

/// Publishes; what came of it.
async fn publish(app: &TestApp, desk: &str, note: &str) -> Page {
    app.post_form(&format!("{desk}/brief/publish"), &[("note", note)]).await
}

#[tokio::test]
async fn every_quote_is_a_span_of_an_answer_of_somebody_who_allows_it() {
    let app = TestApp::spawn().await;
    let (desk, public) = published_example(&app).await;
    let of = of(&app, &desk).await;
    let draft = json(&app, &format!("{desk}/brief/brief.json")).await;
    let version = json(&app, &format!("{desk}/brief/1.json")).await;
    for brief in [&draft, &version] {
        assert!(quotes(brief).len() >= 10, "{} quotes", quotes(brief).len());
        assert_eq!(astray(&app, &of, brief).await, Vec::<String>::new());
    }
    // What is shown is what the data says, on every page and in every file.
    let words = |brief: &Value| quotes(brief).into_iter().map(|q| q.0).collect::<Vec<_>>();
    let one_line = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = app.page(&format!("{desk}/brief")).await.texts("article.brief blockquote p");
    assert_eq!(shown, words(&draft).iter().map(one_line).collect::<Vec<_>>());
    let stranger = app.stranger();
    let page = stranger.page(&format!("{public}/brief")).await;
    let expected: Vec<String> = words(&version).iter().map(one_line).collect();
    assert_eq!(page.texts("article.brief blockquote p"), expected);
    let file = stranger.page(&format!("{public}/brief/1/brief.html")).await;
    assert_eq!(file.texts("article.brief blockquote p"), expected);

    // One byte, in the brief or in the answer, and it is noticed.
    let mut broken = version.clone();
    let place = broken.pointer_mut("/sections").unwrap().as_array_mut().unwrap().iter_mut();
    let sentence = place.flat_map(|s| s["sentences"].as_array_mut().unwrap());
    let quote = sentence.flat_map(|s| s["quotes"].as_array_mut().unwrap()).next().unwrap();
    let text = quote["text"].as_str().unwrap().to_owned();
    quote["text"] = Value::String(text.replacen(' ', "_", 1));
    assert_eq!(astray(&app, &of, &broken).await, [text.replacen(' ', "_", 1)]);
    let (words, response, question, ..) = quotes(&version).into_iter().next().unwrap();
    let tx = app.service.store.write().await.unwrap();
    let escaped = words.replace('\'', "''");
    let sql = format!(
        "UPDATE answer SET value = replace(value, '{escaped}', '{}')",
        escaped.replacen(' ', "_", 1)
    );
    assert!(tx.execute_unprepared(&sql).await.unwrap().rows_affected() > 0);
    tx.commit().await.unwrap();
    assert!(!quotable(&app, &of).await[&(response, question)].contains(&words));
    let broken = quotes(&version).iter().filter(|quote| quote.0 == words).count();
    assert_eq!(astray(&app, &of, &version).await, vec![words.clone(); broken]);
    let page = stranger.page(&format!("{public}/brief")).await;
    assert!(!page.words().contains(&one_line(&words)));
    assert_eq!(page.texts("article.brief .gone").len(), broken);
}

#[tokio::test]
async fn quotes_of_any_letters_are_spans_too() {
    let app = TestApp::signed_in().await;
    let of = app.published(&questions()).await;
    let mut chance = TestRunner::deterministic();
    let strange = "[a-zé中文🙂👩‍👩‍👧\u{301}\u{202e}<>&\"'`*_#\\[\\]!\\\\ .,;?。！\n]{30,160}";
    for n in 0..40 {
        let text = strange_text(strange, &mut chance);
        let text = format!("{text} {} {text}", SAID[n % 4]);
        let consent = if n % 5 == 0 { ("a.q4.quote", "") } else { ("a.q4.quote", "yes") };
        answers(&app, &of, n, &[("a.q1", &text), consent]).await;
    }
    let desk = format!("/desk/q/{}", of.slug);
    assert_eq!(publish(&app, &desk, "").await.status, 303);
    for name in ["brief.json", "1.json"] {
        let brief = json(&app, &format!("{desk}/brief/{name}")).await;
        assert!(quotes(&brief).len() > 3, "{} quotes", quotes(&brief).len());
        assert_eq!(astray(&app, &of, &brief).await, Vec::<String>::new(), "{name}");
    }
    for name in ["brief.md", "brief.html", "brief.pdf", "brief.json"] {
        let file = app.client.get(app.url(&format!("/q/{}/brief/1/{name}", of.slug)));
        assert_eq!(file.send().await.unwrap().status(), 200, "{name}");
    }
}

fn strange_text(pattern: &str, chance: &mut TestRunner) -> String {
    proptest::string::string_regex(pattern).unwrap().new_tree(chance).unwrap().current()
}

#[tokio::test]
async fn an_edited_brief_keeps_the_organizers_words_and_tells_when_answers_are_newer() {
    let app = TestApp::signed_in().await;
    let (of, desk, _) = answered(&app, 12).await;
    let edit = format!("{desk}/brief/edit");
    let mut form = app.page(&edit).await.form("form.editor");
    assert_eq!(form.get("t.who.answered"), Some("12 people answered on 23 November 2026."));
    form.set("t.who.answered", "Twelve people took an evening.");
    form.set("t.q2.answered", "").set("ds.covers", "1").set("place.q2", "1");
    form.set("add.who", "I thank <b>all</b> of them.");
    form.set("heading", "What I make of it").set("add.", "iPads for everybody.");
    assert_eq!(app.submit(&form).await.location(), format!("{desk}/brief?done=saved"));

    let page = app.page(&format!("{desk}/brief")).await;
    let headings = page.texts("article.brief h2");
    assert_eq!(headings.last().map(String::as_str), Some("What I make of it"));
    assert!(!headings.iter().any(|h| h.contains("leaves out") || h == "Which one?"));
    let words = page.texts("article.brief .sentence > p");
    for (text, own) in [
        ("Twelve people took an evening.", true),
        ("I thank <b>all</b> of them.", true),
        ("iPads for everybody.", true),
        ("12 people answered.", false),
    ] {
        let mark = if own { " organizer’s words" } else { "" };
        assert!(words.contains(&format!("{text}{mark}")), "{text}: {words:#?}");
    }
    assert!(page.words().contains("Sentences marked “organizer’s words” were written"));
    // Saving what was not touched changes nothing.
    let before = app.page(&format!("{desk}/brief/brief.md")).await.text;
    assert_eq!(app.submit(&app.page(&edit).await.form("form.editor")).await.status, 303);
    assert_eq!(app.page(&format!("{desk}/brief/brief.md")).await.text, before);

    answers(&app, &of, 12, &[]).await;
    let page = app.page(&format!("{desk}/brief")).await;
    assert!(page.words().contains("1 sentence is newer than your edit of it."), "{}", page.words());
    assert!(page.words().contains("Twelve people took an evening."));
    let mut form = app.page(&edit).await.form("form.editor");
    assert_eq!(form.get("n.who.answered"), Some("later"));
    assert_eq!(app.submit(&form).await.status, 303);
    assert!(app.page(&format!("{desk}/brief")).await.words().contains("newer than your edit"));
    assert_eq!(app.submit(form.set("n.who.answered", "mine")).await.status, 303);
    let page = app.page(&format!("{desk}/brief")).await.words();
    assert!(!page.contains("newer than your edit") && page.contains("Twelve people took"));

    // Back to what it says by itself; the left out section back; one's own sentence gone.
    let mut form = app.page(&edit).await.form("form.editor");
    form.set("n.who.answered", "new").set("ds.covers", "").set("d.q2.answered", "");
    form.set("t.own.1", "");
    assert_eq!(app.submit(&form).await.status, 303);
    let page = app.page(&format!("{desk}/brief")).await;
    let words = page.texts("article.brief .sentence > p");
    assert!(words.contains(&"13 people answered on 23 November 2026.".to_owned()), "{words:#?}");
    assert!(!page.words().contains("I thank") && page.words().contains("leaves out"));
    assert_eq!(page.texts("article.brief h2")[0], "Which one?");
}

#[tokio::test]
async fn other_quotes_can_be_chosen_and_none_that_may_not_stand_there() {
    let app = TestApp::spawn().await;
    let desk = app.example().await;
    let edit = format!("{desk}/brief/edit");
    let page = app.page(&edit).await;
    let choices = page.attributes("input[name^='q.q'][type=checkbox]", "name");
    let name = choices.iter().find(|n| choices.iter().filter(|o| o == n).count() > 3).unwrap();
    let values = page.attributes(&format!("input[name='{name}']"), "value");
    let mut form = page.form("form.editor");
    form.fields.retain(|(field, _)| field != name);
    form.fields.push((name.clone(), values[3].clone()));
    // Somebody else's whole answer, which nobody offered.
    let of = of(&app, &desk).await;
    let given = responses::all(app.service.store.read(), of.id).await.unwrap();
    let silent = given.iter().find(|given| {
        !given.allows(Consent::Quote)
            && !given.allows(Consent::QuoteNamed)
            && given.answers.values().any(|(_, a)| matches!(a, Answer::Open(t) if t.is_ascii()))
    });
    let silent = silent.unwrap();
    let open = silent.answers.iter().find(|(_, (_, a))| matches!(a, Answer::Open(_))).unwrap();
    let Answer::Open(secret) = &open.1.1 else { unreachable!() };
    let forged = format!("{}:{}:0:{}", silent.response.id, open.0, secret.len());
    form.fields.push((name.clone(), forged));
    assert_eq!(app.submit(&form).await.status, 303);
    let brief = json(&app, &format!("{desk}/brief/brief.json")).await;
    let sentences = brief["sections"].as_array().unwrap().iter();
    let mut sentences = sentences.flat_map(|s| s["sentences"].as_array().unwrap());
    let sentence = sentences.find(|s| format!("q.{}", s["key"].as_str().unwrap()) == *name);
    let chosen = sentence.unwrap()["quotes"].as_array().unwrap();
    assert_eq!(chosen.len(), 1);
    assert!(values[3].starts_with(&chosen[0]["response"].as_str().unwrap().replace('-', "")));
    assert_eq!(astray(&app, &of, &brief).await, Vec::<String>::new());
}

#[tokio::test]
async fn of_two_who_edit_at_once_nobody_loses_a_word() {
    let app = TestApp::signed_in().await;
    let (_, desk, _) = answered(&app, 6).await;
    let edit = format!("{desk}/brief/edit");
    let mut mine = app.page(&edit).await.form("form.editor");
    let mut theirs = mine.clone();
    theirs.set("t.who.answered", "Theirs.").set("add.q2", "Their own sentence.");
    mine.set("t.who.answered", "Mine.").set("t.q2.answered", "Also mine.");
    mine.set("add.who", "My own sentence.");
    assert_eq!(app.submit(&theirs).await.status, 303);
    let page = app.submit(&mine).await;
    assert_eq!(page.status, 409);
    assert!(page.words().contains("Nothing of what you typed is lost."));
    assert!(page.texts("p.help q").contains(&"Theirs.".to_owned()));
    assert!(page.texts_as_typed().contains(&"Mine.".to_owned()));
    let brief = app.page(&format!("{desk}/brief")).await.words();
    for kept in ["Theirs.", "Their own sentence.", "Also mine.", "My own sentence."] {
        assert!(brief.contains(kept), "{kept}");
    }
    assert_eq!(app.submit(&page.form("form.editor")).await.status, 303);
    let brief = app.page(&format!("{desk}/brief")).await.words();
    for kept in ["Mine.", "Their own sentence.", "Also mine.", "My own sentence."] {
        assert!(brief.contains(kept), "{kept}");
    }
    assert!(!brief.contains("Theirs."));

    // Where they do not touch, both are kept at once, and that is said.
    let mut mine = app.page(&edit).await.form("form.editor");
    let mut theirs = mine.clone();
    app.submit(theirs.set("t.who.answered", "Theirs again.")).await;
    let sent = app.submit(mine.set("t.q1.answered", "Mine again.")).await;
    assert_eq!(sent.location(), format!("{desk}/brief?done=merged"));
    let brief = app.page(&sent.location()).await.words();
    assert!(brief.contains("Theirs again.") && brief.contains("Mine again."));
    assert!(brief.contains("Somebody else kept changes"));
}

#[tokio::test]
async fn a_published_version_stays_and_the_next_one_says_what_changed() {
    let app = TestApp::signed_in().await;
    let (of, desk, public) = answered(&app, 20).await;
    let stranger = app.stranger();
    assert_eq!(stranger.get(&format!("{public}/brief")).await.status, 404);
    let signed = [("name", "Ada Example"), ("day", "Berlin, 23 November")];
    app.post_form(&format!("{desk}/brief/sign"), &signed).await;
    let sent = publish(&app, &desk, "").await;
    assert_eq!(sent.location(), format!("{desk}/brief?done=published"));
    let first = stranger.page(&format!("{public}/brief/1")).await;
    assert!(first.words().contains("Signed: Ada Example, Berlin, 23 November"));
    assert!(first.words().contains("Brief, version 1, 23 November 2026"));
    let article = first.texts("article.brief");

    // Nothing new: a version with other words may follow at once.
    let mut form = app.page(&format!("{desk}/brief/edit")).await.form("form.editor");
    app.submit(form.set("t.who.answered", "Many people answered.")).await;
    assert_eq!(publish(&app, &desk, "A word was wrong.").await.status, 303);
    let second = stranger.page(&format!("{public}/brief")).await;
    assert!(second.words().contains("A word was wrong."));
    // How often the form was opened may have been counted meanwhile.
    let log = second.texts(".changes li");
    assert_eq!((log.len(), log[0].as_str()), (2, "A word was wrong."), "{log:?}");
    assert!(log[1].starts_with("Who answered: ") && log[1].contains("1 sentence changed"));
    assert!(second.words().contains("Many people answered. organizer’s words"));
    let versions = second.attributes(
        "nav.take a[href*='/brief/'][aria-current], nav.take ul:last-of-type a",
        "href",
    );
    assert!(versions.contains(&format!("{public}/brief/1")), "{versions:?}");

    // Answers arrive: what was published stays, letter by letter.
    for n in 20..26 {
        answers(&app, &of, n, &[]).await;
    }
    assert_eq!(stranger.page(&format!("{public}/brief/1")).await.texts("article.brief"), article);
    let old = stranger.page(&format!("{public}/brief/1")).await;
    assert!(old.words().contains("There is a newer version."));
    assert_eq!(publish(&app, &desk, "").await.status, 303);
    assert_eq!(stranger.page(&format!("{public}/brief/1")).await.texts("article.brief"), article);
    let third = stranger.page(&format!("{public}/brief")).await.words();
    assert!(third.contains("version 3") && third.contains("26 people answered."), "{third}");

    // Taken back, it is gone, and the one before it is the latest.
    app.post_form(&format!("{desk}/brief/unpublish"), &[("number", "3")]).await;
    assert_eq!(stranger.get(&format!("{public}/brief/3")).await.status, 404);
    assert_eq!(stranger.get(&format!("{public}/brief/3/brief.pdf")).await.status, 404);
    assert!(stranger.page(&format!("{public}/brief")).await.words().contains("version 2"));
    assert!(
        app.page(&format!("{desk}/brief/publish")).await.words().contains("Version 3, taken back")
    );
}

#[tokio::test]
async fn few_answers_are_not_published_and_fewer_than_ten_are_not_quoted() {
    let app = TestApp::signed_in().await;
    let (of, desk, public) = answered(&app, 4).await;
    let refused = publish(&app, &desk, "My note stays.").await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("Only 4 people have answered."));
    assert!(refused.texts_as_typed().contains(&"My note stays.".to_owned()));
    for n in 4..9 {
        answers(&app, &of, n, &[]).await;
    }
    // The organizer reads quotes and small numbers; everybody else does not.
    let draft = app.page(&format!("{desk}/brief")).await;
    assert!(!draft.texts("article.brief blockquote").is_empty());
    assert_eq!(publish(&app, &desk, "").await.status, 303);
    let page = app.stranger().page(&format!("{public}/brief")).await;
    assert_eq!(page.texts("article.brief blockquote"), Vec::<String>::new());
    // 5 red and 4 blue: the 4 would follow from the 5.
    let choice = page.texts(".numbers td");
    assert!(choice.iter().all(|cell| cell == "not told" || cell.is_empty()), "{choice:?}");
    assert!(!page.words().contains("5 (56 %)"));
    let one = TestApp::signed_in().await;
    let (_, desk, public) = answered(&one, 10).await;
    assert_eq!(publish(&one, &desk, "").await.status, 303);
    let page = one.page(&format!("{public}/brief")).await;
    assert!(!page.texts("article.brief blockquote").is_empty());
    assert_eq!(page.texts(".numbers td"), ["5 (50 %)", "24 to 76 %", "5 (50 %)", "24 to 76 %"]);
}

/// The numbers of people that a public brief tells, by what they count.
fn told(brief: &Value) -> BTreeMap<String, f64> {
    let mut told = BTreeMap::new();
    for section in brief["sections"].as_array().unwrap() {
        for sentence in section["sentences"].as_array().unwrap() {
            for figure in sentence["figures"].as_array().unwrap() {
                if let Some(number) = figure["number"].as_f64() {
                    let (key, what) = (&sentence["key"], &figure["what"]);
                    let name = format!("{}/{}", key.as_str().unwrap(), what.as_str().unwrap());
                    told.insert(name, number);
                }
            }
        }
    }
    told
}

#[tokio::test]
async fn whoever_subtracts_two_versions_learns_nothing_about_a_few() {
    let app = TestApp::signed_in().await;
    let (of, desk, public) = answered(&app, 24).await;
    let mut receipts = vec![];
    let mut seen: Vec<(BTreeSet<String>, BTreeMap<String, f64>)> = vec![];
    let mut refused = 0;
    // What each of them says at the time, by who they are.
    let mut people: BTreeSet<String> = (0..24).map(|n| n.to_string()).collect();
    // The attacker reads every version the organizer gets published while answers come, change
    // and go.
    for step in 0..14 {
        if publish(&app, &desk, "").await.status == 303 {
            let number = seen.len() + 1;
            let path = format!("{public}/brief/{number}/brief.json");
            let told = told(&json(&app.stranger(), &path).await);
            seen.push((people.clone(), told));
        } else {
            refused += 1;
        }
        match step {
            4 => {
                let receipt: &String = &receipts[0];
                let mut form = app.page(&format!("{receipt}/change")).await.form("form#answers");
                assert_eq!(app.submit(form.set("a.q2", "o1")).await.status, 303);
                assert!(people.remove("step 0") && people.insert("step 0, changed".to_owned()));
            }
            9 => {
                let receipt: &String = &receipts[1];
                erase(&app, receipt).await;
                assert!(people.remove("step 1"));
            }
            n => {
                receipts.push(answers(&app, &of, 40 + n * 2 + 1, &[]).await);
                people.insert(format!("step {n}"));
            }
        }
    }
    assert!(seen.len() >= 3, "{} versions", seen.len());
    assert!(refused >= 6, "{refused} refused");
    for (at, (now, later)) in seen.iter().enumerate() {
        for (then, _) in seen.iter().take(at) {
            // Whatever is subtracted is what at least five people said together.
            let (gone, came) = (then.difference(now).count(), now.difference(then).count());
            assert!(gone.max(came) == 0 || gone.max(came) >= 5, "{gone} gone, {came} came");
        }
        let counted = f64::from(u32::try_from(now.len()).unwrap());
        assert!((later["who.answered/people"] - counted).abs() < 1e-9);
        // No number is of fewer than five, nor of all but fewer than five.
        for (name, number) in later.iter().filter(|(name, _)| !name.contains("covers")) {
            assert!(*number >= 5.0, "{name} tells of {number}");
        }
        if let (Some(red), Some(blue)) =
            (later.get("q2.answered/option.o1"), later.get("q2.answered/option.o2"))
        {
            assert!(*red >= 5.0 && *blue >= 5.0);
        }
    }
    let page = app.page(&format!("{desk}/brief/publish")).await.words();
    assert!(page.contains("whoever subtracts the two would learn"), "{page}");
    assert!(page.contains("differ from those behind version"));
}

#[tokio::test]
async fn erased_and_withdrawn_words_leave_what_was_published() {
    let app = TestApp::signed_in().await;
    let of = app.published(&questions()).await;
    let (desk, public) = (format!("/desk/q/{}", of.slug), format!("/q/{}", of.slug));
    let mut receipts = BTreeMap::new();
    for n in 0..16 {
        let named =
            [("a.q4.name", "Grace Hopper"), ("a.q4.quote_named", "yes"), ("a.q4.quote", "")];
        let receipt = answers(&app, &of, n, if n % 2 == 0 { &named } else { &[] }).await;
        receipts.insert(format!("number {n}."), receipt);
    }
    assert_eq!(publish(&app, &desk, "").await.status, 303);
    let stranger = app.stranger();
    let quoted = || async {
        stranger.page(&format!("{public}/brief/1")).await.texts("article.brief blockquote p")
    };
    let receipt = |quote: &str| {
        let of = receipts.iter().find(|(mark, _)| quote.ends_with(*mark));
        of.map(|(_, receipt)| receipt.clone())
    };
    // "Say I, number 7." stands in a sentence of its own: find somebody whose words say who it is.
    let all = quoted().await;
    let whose = json(&app, &format!("{desk}/brief/1.json")).await;
    let given = responses::all(app.service.store.read(), of.id).await.unwrap();
    let mut links = vec![];
    for (words, response, ..) in quotes(&whose) {
        let given = given.iter().find(|given| given.response.id == response).unwrap();
        let text = given.answers.values().find_map(|(_, answer)| match answer {
            Answer::Open(text) => Some(text.clone()),
            _ => None,
        });
        links.push((words, receipt(&text.unwrap()).unwrap(), given.allows(Consent::QuoteNamed)));
    }
    assert!(links.len() >= 4 && all.len() == links.len(), "{links:#?}");
    let named = links.iter().find(|(.., named)| *named).unwrap().clone();
    let quiet: Vec<_> = links.iter().filter(|(_, link, n)| !n && *link != named.1).collect();
    let (erased, withdrawn) = (quiet[0].clone(), quiet[1].clone());
    assert_ne!(erased.1, withdrawn.1);

    // A name is taken back, and with it the only consent there was.
    let page = stranger.page(&format!("{public}/brief/1")).await;
    assert!(page.texts("blockquote footer").contains(&"Grace Hopper".to_owned()));
    for (link, consent) in [(&withdrawn.1, "quote"), (&named.1, "quote_named")] {
        let sent = stranger.post_form(&format!("{link}/consents"), &[("withdraw", consent)]).await;
        assert_eq!(sent.status, 303);
    }
    erase(&stranger, &erased.1).await;

    let page = stranger.page(&format!("{public}/brief/1")).await;
    let gone = page.texts("article.brief .gone").len();
    assert!(gone >= 3, "{gone}");
    assert!(page.words().contains(&format!("{gone} quotes were withdrawn by their authors.")));
    let left = page.texts("article.brief blockquote p");
    assert_eq!(left.len() + gone, all.len());
    let theirs = links.iter().filter(|(_, l, _)| [&named.1, &erased.1, &withdrawn.1].contains(&l));
    assert_eq!(theirs.count(), gone);
    let kept: Vec<_> =
        json(&app, &format!("{desk}/brief/1.json")).await["sections"].to_string().chars().collect();
    let kept: String = kept.into_iter().collect();
    let ids = given.iter().filter(|given| {
        given
            .answers
            .values()
            .any(|(_, a)| matches!(a, Answer::Open(t) if receipt(t).as_ref() == Some(&erased.1)))
    });
    let id = ids.map(|given| given.response.id).next().unwrap();
    // Of what was erased nothing is left in the database, not even the id.
    assert!(!kept.contains(&id.0.to_string()) && !kept.contains(&id.to_string()));
    let versions =
        colloquy::store::briefs::versions(app.service.store.read(), of.id).await.unwrap();
    for version in versions {
        for text in [version.content, version.rests, version.behind, version.changes] {
            assert!(!text.contains(&id.0.to_string()) && !text.contains(&id.to_string()));
        }
    }
    for name in ["brief.md", "brief.html", "brief.json"] {
        let file = stranger.page(&format!("{public}/brief/1/{name}")).await.text;
        assert!(!file.contains(&named.0) || left.contains(&named.0), "{name}");
    }
}

#[tokio::test]
async fn a_consent_that_a_changed_form_leaves_out_counts_too() {
    let app = TestApp::signed_in().await;
    let of = app.published(&questions()).await;
    let (desk, public) = (format!("/desk/q/{}", of.slug), format!("/q/{}", of.slug));
    let mut receipts = vec![];
    for n in 0..12 {
        receipts.push(answers(&app, &of, n, &[]).await);
    }
    publish(&app, &desk, "").await;
    for receipt in &receipts {
        let mut form = app.page(&format!("{receipt}/change")).await.form("form#answers");
        form.fields.retain(|(name, _)| name != "a.q4.quote");
        assert_eq!(app.submit(&form).await.status, 303);
    }
    let page = app.stranger().page(&format!("{public}/brief")).await;
    assert_eq!(page.texts("article.brief blockquote"), Vec::<String>::new());
    assert!(!page.texts("article.brief .gone").is_empty());
    let files = app.stranger().page(&format!("{public}/brief/1/brief.json")).await.text;
    assert!(SAID.iter().all(|said| !files.contains(said)));
}

#[tokio::test]
async fn a_brief_is_for_its_organizer_until_it_is_published() {
    let app = TestApp::signed_in().await;
    let (_, desk, public) = answered(&app, 6).await;
    let other = app.another_organizer("eve@example.org").await;
    for page in ["", "/edit", "/publish", "/brief.md", "/brief.pdf", "/brief.json", "/1.json"] {
        assert_eq!(other.get(&format!("{desk}/brief{page}")).await.status, 404, "{page}");
        assert_eq!(app.stranger().get(&format!("{desk}/brief{page}")).await.status, 303, "{page}");
    }
    for act in ["edit", "sign", "publish", "unpublish"] {
        let fields = [("number", "1"), ("note", ""), ("name", "Eve")];
        assert_eq!(other.post_form(&format!("{desk}/brief/{act}"), &fields).await.status, 404);
    }
    for page in ["", "/1", "/1/brief.json", "/0", "/99", "/1/other.txt", "/x"] {
        assert_eq!(
            app.stranger().get(&format!("{public}/brief{page}")).await.status,
            404,
            "{page}"
        );
    }
    publish(&app, &desk, "").await;
    let data = json(&app.stranger(), &format!("{public}/brief/1/brief.json")).await.to_string();
    let given = responses::all(app.service.store.read(), of(&app, &desk).await.id).await.unwrap();
    for given in &given {
        let id = given.response.id;
        assert!(!data.contains(&id.to_string()) && !data.contains(&id.0.to_string()));
    }
    assert!(!data.contains("rests_on"));
    let own = app.page(&format!("{desk}/brief/1.json")).await.text;
    assert!(own.contains("rests_on") && own.contains(&given[0].response.id.0.to_string()));
}

#[tokio::test]
async fn the_way_to_a_published_brief_is_where_people_look_for_it() {
    let app = TestApp::signed_in().await;
    let (of, desk, public) = answered(&app, 6).await;
    let receipt = answers(&app, &of, 7, &[]).await;
    let link = format!("{public}/brief");
    let links = |page: &Page| page.attributes("main a", "href").contains(&link);
    assert!(!links(&app.page(&receipt).await));
    publish(&app, &desk, "").await;
    assert!(links(&app.page(&receipt).await));
    assert!(links(&app.page(&format!("{desk}/echo")).await));
    app.post_form(&format!("{desk}/close"), &[]).await;
    assert!(links(&app.get(&public).await));
    assert!(links(&app.page(&receipt).await));
    app.post_form(&format!("{desk}/brief/unpublish"), &[("number", "1")]).await;
    assert!(!links(&app.get(&public).await));
    assert!(!links(&app.page(&receipt).await));
}

#[tokio::test]
async fn a_page_that_has_not_changed_is_not_sent_again() {
    let app = TestApp::signed_in().await;
    let (_, desk, public) = answered(&app, 6).await;
    publish(&app, &desk, "").await;
    for path in ["brief", "brief/1/brief.md", "brief/1/brief.pdf"] {
        let url = app.url(&format!("{public}/{path}"));
        let first = app.client.get(&url).send().await.unwrap();
        let mark = first.headers()["etag"].to_str().unwrap().to_owned();
        let again = app.client.get(&url).header("if-none-match", &mark).send().await.unwrap();
        assert_eq!(again.status(), 304, "{path}");
        assert_eq!(again.text().await.unwrap(), "", "{path}");
    }
}

#[tokio::test]
async fn a_chinese_brief_has_no_english_sentence_in_it() {
    let app = TestApp::signed_in().await;
    let mut asked = questions();
    for (wording, prompt) in
        asked.iter_mut().zip(["接下来是什么？", "选哪一个？", "您怎么看？", "聊聊吗？"])
    {
        wording.prompt = prompt.to_owned();
    }
    if let Kind::Single(kind) = &mut asked[1].kind {
        kind.options = Line::numbered("o", ["红", "蓝"]);
    }
    asked[2] = {
        let mut s = statements(&["聊天会留下。", "表格会消失。", "纸会回来。"]);
        s.prompt = "您怎么看？".to_owned();
        s
    };
    let of = app.published(&asked).await;
    let mut of = questionnaires::by_id(app.service.store.read(), of.id).await.unwrap().unwrap();
    (of.language, of.title) = ("zh".to_owned(), "一篇文章".to_owned());
    let tx = app.service.store.write().await.unwrap();
    questionnaires::update(&tx, of.clone()).await.unwrap();
    tx.commit().await.unwrap();
    app.service.forms.changed();
    let said = [
        "小机器人会收拾我们的厨房。",
        "学校会用有耐心的老师上课？",
        "对我们来说什么都不会改变。",
        "不知道。",
    ];
    for n in 0..24 {
        let text = format!("{}我是第{n}号。", said[n % 4]);
        answers(
            &app,
            &of,
            n,
            &[
                ("a.q1", &text),
                ("a.q4.join", if n % 2 == 0 { "yes" } else { "" }),
                ("a.q4.address", "a@example.org"),
            ],
        )
        .await;
    }
    let (desk, public) = (format!("/desk/q/{}", of.slug), format!("/q/{}", of.slug));
    let mut form = app.page(&format!("{desk}/brief/edit")).await.form("form.editor");
    app.submit(form.set("add.who", "谢谢大家。")).await;
    app.post_form(&format!("{desk}/brief/sign"), &[("name", "林"), ("day", "北京")]).await;
    publish(&app, &desk, "").await;
    publish(&app, &desk, "改了一个字。").await;
    let page = app.get_in("zh", &format!("{public}/brief")).await;
    assert_eq!(page.attributes("article.brief", "lang"), ["zh"]);
    let article = page.texts("article.brief").join(" ");
    assert!(article.contains("24 人回答了问卷") && article.contains("第 2 版"), "{article}");
    let words = article.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() > 1);
    assert_eq!(words.collect::<Vec<_>>(), Vec::<&str>::new(), "{article}");
    let draft = app.page(&format!("{desk}/brief/brief.md")).await.text;
    let words = draft.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() > 1);
    assert_eq!(words.collect::<Vec<_>>(), Vec::<&str>::new(), "{draft}");
    let text = pdf_text(&app, &format!("{public}/brief/2/brief.pdf")).await;
    let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(flat.contains("24人回答了问卷"), "{text}");
}

/// The text of a PDF as Poppler's `pdftotext` reads it.
pub async fn pdf_text(visitor: &Visitor, path: &str) -> String {
    let answer = visitor.client.get(visitor.url(path)).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    assert_eq!(answer.headers()["content-type"], "application/pdf");
    let bytes = answer.bytes().await.unwrap();
    assert!(bytes.starts_with(b"%PDF-"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("brief.pdf");
    std::fs::write(&file, &bytes).unwrap();
    let read = std::process::Command::new("pdftotext").arg(&file).arg("-").output();
    String::from_utf8(read.expect("pdftotext is there: tests/run installs it").stdout).unwrap()
}

/// What people write who want to see whether it does something.
const HOSTILE: &str = "Look #read(\"/etc/passwd\") $x^2$ *bold* @ref <label> \\ // no /* none */      <script>alert(1)</script> ![p](http://evil.example/p.png) [link](http://evil.example)      <img src=http://evil.example/x> \n\n# A heading of mine?";

#[tokio::test]
async fn nothing_that_was_written_does_anything_in_any_file() {
    let app = TestApp::signed_in().await;
    let of = app.published(&questions()).await;
    for n in 0..14 {
        let text = format!("{} {HOSTILE}", SAID[n % 4]);
        answers(&app, &of, n, &[("a.q1", &text)]).await;
    }
    let (desk, public) = (format!("/desk/q/{}", of.slug), format!("/q/{}", of.slug));
    let mut form = app.page(&format!("{desk}/brief/edit")).await.form("form.editor");
    form.set("t.who.answered", HOSTILE).set("heading", HOSTILE).set("add.", HOSTILE);
    app.submit(&form).await;
    app.post_form(&format!("{desk}/brief/sign"), &[("name", HOSTILE), ("day", HOSTILE)]).await;
    assert_eq!(publish(&app, &desk, HOSTILE).await.status, 303);

    let html = app.page(&format!("{public}/brief/1/brief.html")).await;
    assert!(html.header("content-disposition").starts_with("attachment"));
    for (tag, name) in [
        ("script", "src"),
        ("img", "src"),
        ("link", "href"),
        ("iframe", "src"),
        ("svg", "id"),
        ("form", "action"),
    ] {
        assert_eq!(html.attributes(tag, name), Vec::<String>::new());
        assert_eq!(html.texts(tag), Vec::<String>::new(), "{tag}");
    }
    assert!(
        html.attributes("a", "href").iter().all(|href| href.starts_with(&*app.service.public_url))
    );
    assert!(!html.texts("style").join("").contains("url("));
    let policy = html.attributes("meta[http-equiv]", "content");
    assert_eq!(policy, ["default-src 'none'; style-src 'unsafe-inline'"]);

    let markdown = app.page(&format!("{public}/brief/1/brief.md")).await.text;
    // Escaped signs mean nothing; what is left would.
    let left = markdown.replace("\\<", "").replace("\\[", "").replace("\\]", "").replace("\\!", "");
    for sign in ["<script", "[p]", "](", "<img", "\n# A heading of mine", "\n## A heading of mine"]
    {
        assert!(!left.contains(sign), "{sign}: {markdown}");
    }
    let text = pdf_text(&app, &format!("{public}/brief/1/brief.pdf")).await;
    let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(flat.contains("#read(\"/etc/passwd\")$x^2$*bold*@ref<label>"), "{text}");
    assert!(!flat.contains("root:"));
    let letter = pdf_text(&app, &format!("{desk}/brief/brief-letter.pdf")).await;
    assert!(letter.contains("Who answered"), "{letter}");
}

#[tokio::test]
async fn the_same_brief_is_the_same_file_byte_by_byte() {
    let app = TestApp::spawn().await;
    let (_, public) = published_example(&app).await;
    for name in ["brief.pdf", "brief-letter.pdf", "brief.md", "brief.html", "brief.json"] {
        let url = app.url(&format!("{public}/brief/1/{name}"));
        let get = || async { app.client.get(&url).send().await.unwrap().bytes().await.unwrap() };
        let first = get().await;
        assert!(!first.is_empty());
        assert_eq!(first, get().await, "{name}");
    }
    let text = pdf_text(&app, &format!("{public}/brief/1/brief.pdf")).await;
    assert!(text.contains("60 people answered between"));
    assert!(text.matches('\u{c}').count() <= 3, "{} pages", text.matches('\u{c}').count());
}

#[tokio::test]
async fn the_numbers_can_be_computed_again_from_the_answers() {
    let app = TestApp::spawn().await;
    let desk = app.example().await;
    let of = of(&app, &desk).await;
    let brief = json(&app, &format!("{desk}/brief/brief.json")).await;
    assert_eq!(brief["format"], "colloquy-brief");
    assert_eq!(brief["made"]["model"], "use-static64");
    assert_eq!(brief["made"]["themes_seed"], 1);
    let given = responses::all(app.service.store.read(), of.id).await.unwrap();
    let asked = questionnaires::all_asked(app.service.store.read(), of.id).await.unwrap();
    let mut checked = 0;
    for section in brief["sections"].as_array().unwrap() {
        for sentence in section["sentences"].as_array().unwrap() {
            let key = sentence["key"].as_str().unwrap();
            let rests = sentence["rests_on"].as_array().unwrap();
            for figure in sentence["figures"].as_array().unwrap() {
                let what = figure["what"].as_str().unwrap();
                let Some(number) = figure["number"].as_f64() else { continue };
                let question = key.split('.').next().unwrap();
                let question = asked.iter().find(|asked| asked.key == question).map(|a| a.id);
                let answers = || given.iter().filter_map(|given| given.answer(question?));
                let again = match (what, question) {
                    // Whoever is counted is among those the sentence rests on.
                    ("people" | "joining" | "in-a-theme" | "answered", _) => rests.len(),
                    ("agree" | "disagree", Some(_)) => {
                        let statement = key.rsplit('.').next().unwrap();
                        let voted = |a: &Answer| {
                            matches!(a, Answer::Statements(v)
                            if v.votes.get(statement).is_some_and(|vote| vote.key() == what))
                        };
                        answers().filter(|a| voted(a)).count()
                    }
                    (mean, Some(_)) if mean.starts_with("mean.") => {
                        let option = mean.trim_start_matches("mean.");
                        let points = answers().filter_map(|a| match a {
                            Answer::Allocation(shares) => {
                                Some(shares.points.get(option).copied().unwrap_or(0))
                            }
                            _ => None,
                        });
                        let points: Vec<f64> = points.map(f64::from).collect();
                        let mean = points.iter().sum::<f64>()
                            / f64::from(u32::try_from(points.len()).unwrap());
                        assert!((mean - number).abs() < 1e-9, "{key} {what}");
                        checked += 1;
                        continue;
                    }
                    _ => continue,
                };
                assert!(
                    (f64::from(u32::try_from(again).unwrap()) - number).abs() < 1e-9,
                    "{key} {what}: {again}"
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 25, "{checked} numbers");
}
