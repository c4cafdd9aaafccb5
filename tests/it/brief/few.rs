//! What a published brief may not tell of a few people, be it read alone.

use colloquy::domain::condition::Condition;
use colloquy::domain::kind::{Number, Ranking, Scale};

use super::*;

/// Answers of one person: fields of the form, by question.
type Given = Vec<(String, String)>;

fn given<const N: usize>(fields: [(&str, String); N]) -> Given {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// What everybody reads, and the organizer's draft, after all of them have answered.
async fn published(questions: &[Wording], people: &[Given]) -> (Value, Value) {
    let app = TestApp::signed_in().await;
    let of = app.published(questions).await;
    for fields in people {
        let reader = app.stranger();
        let mut form = reader.page(&format!("/q/{}", of.slug)).await.form("form[method=post]");
        for (name, value) in fields {
            form.set(name, value);
        }
        let sent = reader.submit(&form).await;
        assert_eq!(sent.status, 303, "{}", sent.words());
    }
    let desk = format!("/desk/q/{}", of.slug);
    assert_eq!(publish(&app, &desk, "").await.status, 303);
    let public = json(&app.stranger(), &format!("/q/{}/brief/1/brief.json", of.slug)).await;
    (public, json(&app, &format!("{desk}/brief/brief.json")).await)
}

/// Every sentence of a brief, by its name.
fn sentences(brief: &Value) -> BTreeMap<String, String> {
    let sections = brief["sections"].as_array().unwrap().iter();
    let sentences = sections.flat_map(|section| section["sentences"].as_array().unwrap());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    sentences.map(|sentence| (text(&sentence["key"]), text(&sentence["text"]))).collect()
}

fn yes_or_no() -> Wording {
    let options = Line::numbered("o", ["Yes", "No"]);
    Wording::new("Did you try it?", Kind::Single(Single { options, other: false }))
}

fn number(unit: &str) -> Kind {
    Kind::Number(Number { least: None, most: None, whole: true, unit: unit.to_owned() })
}

#[tokio::test]
async fn how_many_were_asked_does_not_tell_how_few_were_not() {
    let mut hours = Wording::new("For how many hours?", number("hours"));
    hours.shown_if = Some(Condition { question: "q1".to_owned(), any_of: vec!["o1".to_owned()] });
    let questions = [yes_or_no(), hours];
    let people = |no: usize| -> Vec<Given> {
        (0..30)
            .map(|n| {
                if n < no {
                    given([("a.q1", "o2".to_owned())])
                } else {
                    given([("a.q1", "o1".to_owned()), ("a.q2", n.to_string())])
                }
            })
            .collect()
    };
    let (public, desk) = published(&questions, &people(3)).await;
    assert!(sentences(&desk)["q2.answered"].starts_with("27 people"));
    assert!(!public.to_string().contains("27"), "{public}");
    let text = &sentences(&public)["q2.answered"];
    assert!(text.starts_with("Those who were asked (how many, would tell"), "{text}");
    // Where neither side is of a few, it is told.
    let (public, _) = published(&questions, &people(10)).await;
    assert!(sentences(&public)["q2.answered"].starts_with("20 people"));
}

#[tokio::test]
async fn a_number_that_one_person_named_is_not_told() {
    let questions = [Wording::new("What did you pay?", number("EUR"))];
    let people = ["1203", "2981", "4217", "5630", "9874"];
    let people = people.map(|sum| given([("a.q1", sum.to_owned())]));
    let (public, desk) = published(&questions, &people).await;
    assert!(sentences(&desk)["q1.answered"].contains("The middle one is 4217 EUR"));
    assert!(!public.to_string().contains("4217"), "{public}");
    assert!(sentences(&public)["q1.answered"].contains("The middle one is about 5000 EUR"));
}

#[tokio::test]
async fn the_few_who_cannot_say_do_not_follow_from_the_others() {
    let scale = Scale { points: 3, low: "no".into(), high: "yes".into(), cannot_say: true };
    let questions = [Wording::new("Is it clear?", Kind::Scale(scale))];
    let people: Vec<Given> = (0..24)
        .map(|n| if n < 2 { "cannot_say".to_owned() } else { (n % 3 + 1).to_string() })
        .map(|point| given([("a.q1", point)]))
        .collect();
    let (public, _) = published(&questions, &people).await;
    let told = told(&public);
    // Elsewhere it stands that 24 people answered, and all had to answer this: one of the points
    // keeps those who cannot say company.
    assert!((told["q1.answered/answered"] - 24.0).abs() < 1e-9, "{told:?}");
    assert!(!told.contains_key("q1.answered/cannot_say"));
    let points = (1..=3).filter(|point| told.contains_key(&format!("q1.answered/point.{point}")));
    assert_eq!(points.count(), 2, "{told:?}");
}

#[tokio::test]
async fn how_many_were_asked_is_not_told_by_what_they_wrote_or_voted() {
    let only = || Some(Condition { question: "q1".to_owned(), any_of: vec!["o1".to_owned()] });
    let mut why = open("Why?");
    let mut votes = statements(&["Chat stays.", "Forms go."]);
    (why.shown_if, votes.shown_if) = (only(), only());
    let people: Vec<Given> = (0..30)
        .map(|n| {
            if n < 3 {
                return given([("a.q1", "o2".to_owned())]);
            }
            let vote = ["agree", "disagree", "pass"][usize::from(n >= 12) + usize::from(n >= 22)];
            given([
                ("a.q1", "o1".to_owned()),
                ("a.q2", "Night trains should replace short flights.".to_owned()),
                ("a.q3.s1", vote.to_owned()),
                ("a.q3.s2", "agree".to_owned()),
            ])
        })
        .collect();
    let (public, desk) = published(&[yes_or_no(), why, votes], &people).await;
    let all = sentences(&desk);
    let differ =
        |all: &BTreeMap<String, String>| all.get("q3.differ.s1").cloned().unwrap_or_default();
    assert!(differ(&all).contains("9 agree, 10 disagree"), "{all:?}");
    assert!(all.values().any(|text| text.contains("27")), "{all:?}");
    let seen = sentences(&public);
    assert!(differ(&seen).contains("33 % agree, 37 % disagree"), "{seen:?}");
    let digits = |text: &String| text.split(|c: char| !c.is_ascii_digit()).any(|n| n == "27");
    assert!(!seen.values().any(digits), "{seen:?}");
    assert!(!public.to_string().contains("\"of\":27"), "{public}");
}

#[tokio::test]
async fn a_vote_that_others_depend_on_is_not_told_by_them() {
    let mut hours = Wording::new("For how many hours?", number("hours"));
    hours.shown_if =
        Some(Condition { question: "q1".to_owned(), any_of: vec!["s1=disagree".into()] });
    let people: Vec<Given> = (0..30)
        .map(|n| {
            let vote = ["agree", "disagree", "pass"][usize::from(n >= 20) + usize::from(n >= 27)];
            let mut fields = given([("a.q1.s1", vote.to_owned())]);
            if vote == "disagree" {
                fields.extend(given([("a.q2", n.to_string())]));
            }
            fields
        })
        .collect();
    let (public, desk) = published(&[statements(&["Chat stays."]), hours], &people).await;
    assert!(sentences(&desk)["q2.answered"].starts_with("7 people"));
    // Of 20, 7 and 3 two would tell the third.
    let text = &sentences(&public)["q2.answered"];
    assert!(text.starts_with("Those who were asked"), "{text}");
}

#[tokio::test]
async fn the_points_of_two_options_do_not_tell_who_put_one_first() {
    let options = Line::numbered("o", ["Alpha", "Beta"]);
    let questions = [Wording::new("In which order?", Kind::Ranking(Ranking { options }))];
    let people = |few: usize| -> Vec<Given> {
        let order = |n| if n < few { ["2", "1"] } else { ["1", "2"] };
        let fields =
            |[a, b]: [&str; 2]| given([("a.q1.o1", a.to_owned()), ("a.q1.o2", b.to_owned())]);
        (0..12).map(|n| fields(order(n))).collect()
    };
    let head = |brief: &Value| brief["sections"][1]["sentences"][0]["table"]["head"].to_string();
    let (public, desk) = published(&questions, &people(2)).await;
    assert!(head(&desk).contains("Points") && !head(&public).contains("Points"), "{public}");
    let (public, _) = published(&questions, &people(6)).await;
    assert!(head(&public).contains("Points"), "{public}");
}

#[tokio::test]
async fn what_is_told_of_a_statement_is_the_same_everywhere() {
    let questions = [statements(&["Chat stays.", "Forms go."])];
    let people: Vec<Given> = (0..20)
        .map(|n| {
            if n < 10 {
                "agree"
            } else if n < 14 {
                "disagree"
            } else {
                "pass"
            }
        })
        .map(|vote| given([("a.q1.s1", vote.to_owned()), ("a.q1.s2", "agree".to_owned())]))
        .collect();
    let (public, desk) = published(&questions, &people).await;
    let (all, seen) = (sentences(&desk), sentences(&public));
    assert_eq!(all["q1.differ.s1"], "“Chat stays.”: 10 agree, 4 disagree.");
    assert!(all["q1.unsure.s1"].starts_with("6 of 20 people (30 %) passed"));
    // Of 10, 4 and 6 two would tell the third.
    assert_eq!(seen["q1.differ.s1"], "“Chat stays.”: 10 agree, some disagree.");
    assert!(seen["q1.unsure.s1"].starts_with("Some of 20 people passed"), "{seen:?}");
}

#[tokio::test]
async fn a_ranking_says_what_its_order_follows() {
    let options = Line::numbered("o", ["Alpha", "Beta", "Gamma"]);
    let questions = [Wording::new("In which order?", Kind::Ranking(Ranking { options }))];
    let mut people: Vec<Given> = (0..10).map(|_| given([("a.q1.o1", "1".to_owned())])).collect();
    people
        .extend((0..20).map(|_| given([("a.q1.o2", "1".to_owned()), ("a.q1.o3", "2".to_owned())])));
    let (public, _) = published(&questions, &people).await;
    let table = public["sections"][1]["sentences"][0]["table"].clone();
    let rows = table["rows"].as_array().unwrap().iter();
    let rows: Vec<String> = rows.map(|row| format!("{} {}", row[0], row[1])).collect();
    // 20 times 2 points of 30 people; 20 times 1; 10 times 1.
    assert_eq!(rows, ["\"Beta\" \"1.3\"", "\"Gamma\" \"0.7\"", "\"Alpha\" \"0.3\""]);
    assert!(sentences(&public)["q1.answered"].contains("Those with the most points come first"));
}

/// Words that one person each uses.
const OWN: [&str; 12] = [
    "my late uncle in Trieste",
    "the harbour pilots",
    "a retired beekeeper",
    "the chess club",
    "our village choir",
    "two night nurses",
    "the tram drivers",
    "a lighthouse keeper",
    "my physics teacher",
    "the allotment holders",
    "a puppet maker",
    "the ferry crew",
];

/// Moves whole answers to a theme, wherever they stand: of those who wrote one of these texts.
async fn move_to(app: &TestApp, of: &Questionnaire, texts: &[&str], to: &str, name: &str) {
    let all = responses::all(app.service.store.read(), of.id).await.unwrap();
    let is = |answer: &Answer| matches!(answer, Answer::Open(text) if texts.contains(&&**text));
    let ids = all.iter().filter(|given| given.answers.values().any(|(_, answer)| is(answer)));
    let ids: Vec<String> = ids.map(|given| given.response.id.to_string()).collect();
    let path = format!("/desk/q/{}/themes/q1", of.slug);
    let mut paths = app.page(&path).await.attributes("a[href*='?theme=']", "href");
    paths.push(format!("{path}?show=outside"));
    let mut form = app.page(&paths[0]).await.form_with_button("Move");
    for path in paths {
        let ticks = app.page(&path).await.attributes("input[name=passage]", "value");
        let ticks = ticks.into_iter().filter(|tick| ids.iter().any(|id| tick.starts_with(id)));
        form.fields.extend(ticks.map(|tick| ("passage".to_owned(), tick)));
    }
    form.set("to", to).set("name", name).set("whole", "yes").set("do", "move");
    let moved = app.submit(&form).await;
    assert_eq!(moved.status, 303, "{}", moved.words());
}

/// One person each writes these texts.
async fn written(texts: impl IntoIterator<Item = &str>) -> (TestApp, Questionnaire) {
    let (app, of, _) = received(texts).await;
    (app, of)
}

/// The same, with the path of each one's receipt.
async fn received(texts: impl IntoIterator<Item = &str>) -> (TestApp, Questionnaire, Vec<String>) {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("What has to change?")]).await;
    let mut receipts = vec![];
    for text in texts {
        let reader = app.stranger();
        let mut form = reader.page(&format!("/q/{}", of.slug)).await.form("form[method=post]");
        let sent = reader.submit(form.set("a.q1", text)).await;
        assert_eq!(sent.status, 303);
        receipts.push(sent.location());
    }
    (app, of, receipts)
}

/// The draft at the desk, and what everybody reads of it.
async fn both(app: &TestApp, of: &Questionnaire) -> (Value, Value) {
    let desk = format!("/desk/q/{}", of.slug);
    assert_eq!(publish(app, &desk, "").await.status, 303);
    let draft = json(app, &format!("{desk}/brief/brief.json")).await;
    (draft, json(&app.stranger(), &format!("/q/{}/brief/1/brief.json", of.slug)).await)
}

#[tokio::test]
async fn a_theme_is_not_named_in_the_words_of_one_person() {
    // All that they have in common is one word, and a name may have three phrases.
    let texts = OWN.map(|who| format!("Trains for {who}."));
    let (app, of) = written(texts.iter().map(String::as_str)).await;
    let (draft, public) = both(&app, &of).await;
    let phrases = |brief: &Value| -> Vec<String> {
        let themes = sentences(brief);
        let themes = themes.iter().filter(|(key, _)| key.starts_with("q1.theme."));
        let names = themes.filter_map(|(_, text)| text.split(['“', '”']).nth(1).map(str::to_owned));
        names.flat_map(|name| name.split("; ").map(str::to_lowercase).collect::<Vec<_>>()).collect()
    };
    let by = |phrase: &String| texts.iter().filter(|t| t.to_lowercase().contains(phrase)).count();
    let (seen, all) = (phrases(&public), phrases(&draft));
    assert!(!seen.is_empty() && seen.iter().all(|phrase| by(phrase) >= 3), "{seen:?}");
    // Else this test would show nothing.
    assert!(all.iter().any(|phrase| by(phrase) < 3), "{all:?}");
}

#[tokio::test]
async fn a_new_theme_without_a_name_is_not_named_in_the_words_of_one_person() {
    let trains = OWN.map(|who| format!("Night trains should replace short flights, says {who}."));
    let odd = ["Beekeeping.", "Chess lessons.", "Puppets."];
    let (app, of) = written(trains.iter().map(String::as_str).chain(odd)).await;
    move_to(&app, &of, &odd, "new", "").await;
    let own = |text: &String| {
        let words = ["beekeeping", "chess", "puppets"];
        words.iter().any(|word| text.to_lowercase().contains(word))
    };
    let names = |brief: &Value| -> Vec<String> {
        let all = sentences(brief).into_iter();
        all.filter(|(key, _)| key.starts_with("q1.theme.")).map(|(_, text)| text).collect()
    };
    let (draft, public) = both(&app, &of).await;
    let (all, seen) = (names(&draft), names(&public));
    assert!(all.iter().any(own), "{all:?}");
    assert!(!seen.is_empty() && !seen.iter().any(own), "{seen:?}");
}

#[tokio::test]
async fn no_receipt_names_a_theme_in_the_words_of_another_one_person() {
    let trains = OWN.map(|who| format!("Night trains should replace short flights, says {who}."));
    let odd = ["Beekeeping.", "Chess lessons.", "Puppets.", "Kites and wells.", "Gardens."];
    let texts = trains.iter().map(String::as_str).chain(odd);
    let (app, of, receipts) = received(texts).await;
    move_to(&app, &of, &odd, "new", "").await;
    app.post_form(&format!("/desk/q/{}/close", of.slug), &[]).await;
    let of_odd = |line: &String| {
        let words = ["beekeeping", "chess", "puppets", "kites", "wells", "gardens"];
        words.iter().any(|word| line.to_lowercase().contains(word))
    };
    // The organizer sees it by that name, else this test would show nothing.
    let names = app.page(&format!("/desk/q/{}/themes/q1", of.slug)).await;
    let names = names.texts("a[href*='?theme=']");
    assert!(names.iter().any(of_odd), "{names:?}");
    let mut told = 0;
    for receipt in receipts {
        let lines = app.stranger().page(&receipt).await.texts(".results li");
        assert!(!lines.iter().any(of_odd), "{lines:?}");
        told += lines.len();
    }
    assert!(told >= 10, "the others are told: {told}");
}

#[tokio::test]
async fn how_few_are_in_a_theme_does_not_follow_from_those_in_any() {
    let trains = OWN.map(|who| format!("Night trains should replace short flights, says {who}."));
    let trains: Vec<&str> = trains.iter().map(String::as_str).collect();
    let classes = ["Smaller classes.", "Small classes.", "Classes of ten.", "Classes of twelve."];
    let others = ["Bees.", "Chess.", "Puppets.", "Ferries.", "Gardens.", "Wells.", "Kites."];
    let (app, of) = written(trains.iter().copied().chain(classes).chain(others)).await;
    move_to(&app, &of, &trains, "new", "Trains").await;
    move_to(&app, &of, &classes, "new", "Classes").await;
    move_to(&app, &of, &others, "none", "").await;
    let (draft, public) = both(&app, &of).await;
    let (all, seen) = (sentences(&draft), sentences(&public));
    assert!(all["covers.in-a-theme"].contains("16 of 23 people"), "{all:?}");
    let trains = seen.values().filter(|text| text.starts_with("“Trains”: 12 of 23 people"));
    assert_eq!(trains.count(), 1, "{seen:?}");
    assert!(!seen["covers.in-a-theme"].contains("16"), "{seen:?}");
    assert!(!seen["covers.fits-no-theme"].contains('7'), "{seen:?}");
}

#[tokio::test]
async fn a_theme_that_was_taken_out_is_not_said_to_be_none() {
    let app = TestApp::signed_in().await;
    let desk = app.example().await;
    let covers = |brief: &Value, key: &str| sentences(brief).get(&format!("covers.{key}")).cloned();
    let before = json(&app, &format!("{desk}/brief/brief.json")).await;
    let keys = sentences(&before);
    let theme = keys.keys().find_map(|key| key.split_once(".theme."));
    let (question, theme) = theme.unwrap();
    let view = app.page(&format!("{desk}/themes/{question}?theme={theme}")).await;
    let mut form = view.form_with_button("Hide it");
    assert_eq!(app.submit(form.set("do", "hide")).await.status, 303);
    let after = json(&app, &format!("{desk}/brief/brief.json")).await;
    assert_eq!(covers(&after, "fits-no-theme"), covers(&before, "fits-no-theme"));
    assert_eq!(covers(&before, "only-aside"), None);
    let aside = covers(&after, "only-aside").unwrap();
    assert!(aside.contains("themes that the organizers have left out"), "{aside}");
}
