//! The editor: the form changed in place, with a history; what two change at once; what is changed
//! of a published form; the check; times, limits, thanks and the look.

use chrono::TimeDelta;
use colloquy::acts::publish_questionnaire::close_due;
use colloquy::domain::kind::{Kind, Single};
use colloquy::domain::question::{Line, Translation};
use colloquy::domain::status::{Standing, Status};
use colloquy::domain::{Condition, Wording};
use colloquy::store::questionnaires::{self, Questionnaire};
use colloquy::store::responses;
use reqwest::multipart;

use crate::support::{Form, Page, TestApp, Visitor, open, png};

fn single(prompt: &str, options: &[&str]) -> Wording {
    let options = Line::numbered("o", options.iter().copied());
    Wording::new(prompt, Kind::Single(Single { options, other: false }))
}

fn desk(of: &Questionnaire, page: &str) -> String {
    format!("/desk/q/{}/{page}", of.slug)
}

/// The editor's form, as it is shown to somebody.
async fn editor(who: &Visitor, of: &Questionnaire) -> Form {
    who.page(&desk(of, "questionnaire")).await.form("form.editor")
}

/// Presses one of the editor's buttons; the page after it.
async fn press(who: &Visitor, form: &mut Form, then: &str) -> Page {
    let pressed = who.submit(form.set("then", then)).await;
    assert_eq!(pressed.status, 303, "{then}: {}", pressed.words());
    let next = pressed.location();
    let page = who.page(next.split('#').next().unwrap()).await;
    *form = page.form("form.editor");
    page
}

fn prompts(page: &Page) -> Vec<String> {
    page.texts("textarea.ask:not(.beside)").iter().map(|text| text.trim().to_owned()).collect()
}

fn options(page: &Page, question: &str) -> Vec<String> {
    let lines = page.texts(&format!("#q-{question} textarea[name$='.line']"));
    lines.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

#[tokio::test]
async fn the_form_is_shaped_without_a_script_and_every_step_can_be_undone() {
    let app = TestApp::signed_in().await;
    let of = app.draft(&[open("Why?"), single("Which?", &["Red", "Green"])]).await;
    let mut form = editor(&app, &of).await;

    // What is typed and not saved yet is kept with every button.
    form.set("q0.prompt", "Why not?").set("then", "add:1:scale");
    let page = press(&app, &mut form, "add:1:scale").await;
    assert_eq!(prompts(&page), ["Why not?", "", "Which?"]);
    assert_eq!(page.attributes("textarea[autofocus]", "name"), ["q1.prompt"]);
    form.set("q1.prompt", "How much?").set("q1.low", "little");
    let page = press(&app, &mut form, "up:q3").await;
    assert_eq!(prompts(&page), ["How much?", "Why not?", "Which?"]);
    let page = press(&app, &mut form, "copy:q2").await;
    assert_eq!(prompts(&page), ["How much?", "Why not?", "Which?", "Which?"]);
    assert_eq!(options(&page, "q4"), ["Red", "Green"]);
    let page = press(&app, &mut form, "move:q4:0").await;
    assert_eq!(prompts(&page), ["Which?", "How much?", "Why not?", "Which?"]);
    press(&app, &mut form, "off:q4").await;

    // Options are moved, added and taken off; they keep their keys, and what is pasted is split.
    form.set_all("q2.line", &["Red", "Green", "Blue\nBlack"]);
    let page = press(&app, &mut form, "line-up:q2:3").await;
    assert_eq!(options(&page, "q2"), ["Red", "Green", "Black", "Blue"]);
    let page = press(&app, &mut form, "line-off:q2:1").await;
    assert_eq!(options(&page, "q2"), ["Red", "Black", "Blue"]);
    let keys = page.attributes("#q-q2 input[name$='.line-key']", "value");
    assert_eq!(keys, ["o1", "o3", "o4", ""]);

    // Another kind keeps what both know of.
    form.set("q2.to", "statements");
    let page = press(&app, &mut form, "save").await;
    assert_eq!(options(&page, "q2"), ["Red", "Black", "Blue"]);
    assert_eq!(page.attributes("#q-q2 input[name$='.line-key']", "value"), ["s1", "s2", "s3", ""]);

    // Back to the beginning, and forward again.
    let mut steps = 0;
    let first = loop {
        let page = press(&app, &mut form, "undo").await;
        steps += 1;
        if page.texts("button[value=undo][aria-disabled]").len() == 1 {
            break page;
        }
    };
    assert_eq!((prompts(&first), steps), (vec!["Why?".to_owned(), "Which?".to_owned()], 8));
    for _ in 0..7 {
        press(&app, &mut form, "redo").await;
    }
    let last = press(&app, &mut form, "redo").await;
    assert_eq!(prompts(&last), ["How much?", "Why not?", "Which?"]);
    assert_eq!(options(&last, "q2"), ["Red", "Black", "Blue"]);
    assert_eq!(last.texts("button[value=redo][aria-disabled]").len(), 1);

    // The history has every step with who made it, and any of them can be restored.
    let history = app.page(&desk(&of, "history")).await;
    assert!(history.texts(".saved-states li").len() >= 19);
    assert!(history.words().contains("question 2 added"), "{}", history.words());
    let one = app.page(&desk(&of, "history/2")).await;
    assert_eq!(one.texts("ins").concat(), "Why not");
    assert_eq!(app.submit(&one.form("main form")).await.status, 303);
    let page = app.page(&desk(&of, "questionnaire")).await;
    assert_eq!(prompts(&page), ["Why not?", "", "Which?"]);
}

#[tokio::test]
async fn what_two_change_at_once_is_joined_and_the_same_words_are_offered_twice() {
    let app = TestApp::signed_in().await;
    let of = app.draft(&[open("Why?"), open("How?")]).await;
    // A first save, so that both begin from an entry of the history.
    let mut first = editor(&app, &of).await;
    press(&app, &mut first, "save").await;
    let mut mine = editor(&app, &of).await;
    let mut theirs = editor(&app, &of).await;
    theirs.set("q0.prompt", "Why then?").set("q1.help", "In short.");
    assert_eq!(app.submit(&theirs).await.status, 303);

    // Other parts: both are kept.
    mine.set("q1.prompt", "How so?");
    assert_eq!(app.submit(&mine).await.status, 303);
    let page = app.page(&desk(&of, "questionnaire")).await;
    assert_eq!(prompts(&page), ["Why then?", "How so?"]);
    assert_eq!(page.form("form.editor").get("q1.help"), Some("In short."));

    // The same part: nothing is overwritten silently, nothing that was typed is lost.
    mine.set("q0.prompt", "Why me?").set("q1.help", "");
    let crossed = app.submit(&mine).await;
    assert_eq!(crossed.status, 409);
    let told = crossed.texts("[data-crossed] li").join(" ");
    assert!(told.contains("Why then?") && told.contains("Why me?"), "{told}");
    assert_eq!(prompts(&crossed), ["Why me?", "How so?"]);
    let page = app.page(&desk(&of, "questionnaire")).await;
    assert_eq!(prompts(&page), ["Why then?", "How so?"]);
    let mut again = crossed.form("form.editor");
    assert_eq!(app.submit(again.set("theirs", "q/q1/prompt")).await.status, 303);
    assert_eq!(prompts(&app.page(&desk(&of, "questionnaire")).await), ["Why then?", "How so?"]);
    let saved_again = app.submit(&crossed.form("form.editor")).await;
    assert_eq!(saved_again.status, 303);
    assert_eq!(prompts(&app.page(&desk(&of, "questionnaire")).await), ["Why me?", "How so?"]);
}

#[tokio::test]
async fn a_published_question_is_corrected_or_replaced_as_its_organizer_says() {
    let app = TestApp::signed_in().await;
    let mut second = single("Which one?", &["Red", "Green"]);
    second.shown_if = Some(Condition { question: "q1".to_owned(), any_of: vec![] });
    let of = app.published(&[open("What do you exspect?"), second]).await;
    let form = |path: &str| format!("/q/{}{path}", of.slug);
    let mut answer = app.stranger().page(&form("")).await.form("form#answers");
    answer.set("a.q1", "Nothing much").set("a.q2", "o1");
    assert_eq!(app.submit(&answer).await.status, 303);

    let mut edited = editor(&app, &of).await;
    edited.set("q0.prompt", "What do you expect?").set("q1.prompt", "Whom would you never ask?");
    press(&app, &mut edited, "save").await;
    // Readers see nothing of it yet; the organizer is told what each change is.
    let shown = app.stranger().page(&form("")).await;
    assert!(shown.words().contains("exspect"));
    let changes = app.page(&desk(&of, "changes")).await;
    assert_eq!(changes.texts("section.versions del").len(), 2);
    let ticked = changes.attributes("input[type=radio][checked]", "value");
    assert_eq!(ticked, ["corrected", "replaced"]);
    assert_eq!(app.submit(&changes.form("main form")).await.status, 303);

    let asked = questionnaires::asked(app.service.store.read(), of.id).await.unwrap();
    let keys: Vec<_> = asked.iter().map(|asked| (asked.key.as_str(), asked.version)).collect();
    assert_eq!(keys, [("q1", 2), ("q3", 1)]);
    assert_eq!(asked[1].wording.shown_if.as_ref().unwrap().question, "q1");
    // Answers to the corrected question count on; those to the replaced one stay with its words.
    let insight = app.page(&desk(&of, "insight")).await.words();
    for said in ["What do you expect?", "Whom would you never ask?", "Which one?", "Nothing much"] {
        assert!(insight.contains(said), "{said}: {insight}");
    }
    let history = app.page(&desk(&of, "history")).await.words();
    assert!(history.contains("Corrected.") && history.contains("Replaced."), "{history}");
    assert!(app.page(&desk(&of, "changes")).await.words().contains("There are none"));

    // What is dropped leaves the form as it is, and the history as long as it was.
    let mut edited = editor(&app, &of).await;
    press(&app, edited.set("q0.prompt", "Entirely else"), "save").await;
    let changes = app.page(&desk(&of, "changes")).await;
    assert_eq!(app.submit(&changes.form_with_button("Drop the changes")).await.status, 303);
    assert!(app.page(&desk(&of, "changes")).await.words().contains("There are none"));
    assert!(app.page(&desk(&of, "history")).await.words().contains("Restored"));
}

#[tokio::test]
async fn the_check_says_what_stands_in_the_way_and_leads_there() {
    let app = TestApp::signed_in().await;
    let mut hidden = open("And why?");
    let wanted =
        |key: &str, any: &str| Condition { question: key.into(), any_of: vec![any.into()] };
    hidden.shown_if = Some(wanted("q1", "o9"));
    let mut twice = single("Which?", &["Red", "red "]);
    twice.shown_if = Some(wanted("q4", "o1"));
    let chinese = Translation { prompt: "哪个？".to_owned(), ..Translation::default() };
    twice.translations.insert("zh".to_owned(), chinese);
    let of = app.draft(&[single("One?", &["A", "B"]), hidden, twice, open("")]).await;
    let page = app.page(&desk(&of, "preview")).await;
    let blocked = page.texts(".problems li > span").join("\n");
    for said in [
        "Nobody will ever see question 2",
        "Question 3 offers “red” twice",
        "Question 3 is asked only after an answer to a question that does not stand before it",
        "Question 4 has no text yet",
    ] {
        assert!(blocked.contains(said), "{said}: {blocked}");
    }
    let hints = page.texts(".notice li > span").join("\n");
    for said in ["no closing time", "are missing in Chinese"] {
        assert!(hints.contains(said), "{said}: {hints}");
    }
    let links = page.attributes(".problems li a", "href");
    assert!(links.contains(&format!("{}#q-q2", desk(&of, "questionnaire"))), "{links:?}");
    assert!(!page.texts("button").contains(&"Publish it".to_owned()));
    let refused = app.post_form(&desk(&of, "publish"), &[]).await;
    assert_eq!(refused.status, 422);
    let frames = page.attributes("iframe", "src");
    assert_eq!(frames.len(), 4, "two widths, two languages: {frames:?}");
    assert!(page.header("content-security-policy").contains("frame-src 'self'"));
    let inner = app.page(&frames[0]).await;
    assert!(inner.header("content-security-policy").contains("frame-ancestors 'self'"));
    assert_eq!(inner.texts(".question").len(), 4);
}

#[tokio::test]
async fn a_form_opens_and_closes_by_the_clock_and_takes_so_many() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("Why?")]).await;
    let path = format!("/q/{}", of.slug);
    let reader = app.stranger();
    let mut settings = app.page(&desk(&of, "settings")).await.form("form.settings");
    // Noon of the test's clock is one o'clock in Berlin.
    let day = app.service.clock.now().format("%Y-%m-%d").to_string();
    settings
        .set("zone", "Europe/Berlin")
        .set("opens_at", &format!("{day}T14:00"))
        .set("closes_at", &format!("{day}T16:00"))
        .set("most", "1");
    assert_eq!(app.submit(&settings).await.status, 303);
    let waits = reader.get(&path).await;
    assert_eq!(waits.status, 200);
    assert!(waits.words().contains("opens on"), "{}", waits.words());
    assert_eq!(waits.texts("form#answers").len(), 0);

    app.service.clock.advance(TimeDelta::minutes(61));
    let (one, other) = (reader.page(&path).await, reader.page(&path).await);
    assert!(one.words().contains("At most one response is taken"), "{}", one.words());
    assert!(one.words().contains("Answers are taken until"));
    let send = async |page: &Page| {
        app.service.clock.advance(TimeDelta::seconds(30));
        let mut form = page.form("form#answers");
        app.submit(form.set("a.q1", "So")).await.status
    };
    assert_eq!(send(&one).await, 303);
    // Who comes now is told before writing; who had begun may finish.
    app.service.clock.advance(TimeDelta::seconds(2));
    let full = reader.get(&path).await;
    assert!(full.words().contains("has the one response that it takes"), "{}", full.words());
    assert_eq!(send(&other).await, 303);
    let all = responses::all(app.service.store.read(), of.id).await.unwrap();
    assert!(all.iter().all(|given| given.response.standing == Standing::Counted));

    app.service.clock.advance(TimeDelta::hours(3));
    assert_eq!(reader.get(&path).await.status, 410);
    assert_eq!(close_due(&app.service).await.unwrap(), 1);
    assert_eq!(close_due(&app.service).await.unwrap(), 0);
    let closed = questionnaires::by_id(app.service.store.read(), of.id).await.unwrap().unwrap();
    assert_eq!(closed.status, Status::Closed);
    assert_eq!(closed.closed_at, closed.options().closes_at);
    // It does not open again at a time that has passed.
    let refused = app.post_form(&desk(&of, "publish"), &[]).await;
    assert!(refused.words().contains("Its closing time has passed"), "{}", refused.words());
}

#[tokio::test]
async fn thanks_and_the_look_are_the_organizers_own() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("Why?")]).await;
    let path = format!("/q/{}", of.slug);
    let mut settings = app.page(&desk(&of, "settings")).await.form("form.settings");
    settings
        .set("thanks", "See you in <b>May</b>.")
        .set("tr.thanks", "五月见。")
        .set("own_accent", "yes")
        .set("accent", "#ffd400");
    assert_eq!(app.submit(&settings).await.status, 303);
    let png = png(9, 9);
    for (bytes, status) in [(png.clone(), 303), (b"<svg onload='x()'/>".to_vec(), 422)] {
        let file = multipart::Part::bytes(bytes).file_name("logo.png");
        let form = multipart::Form::new().part("file", file);
        let sent = app.client.post(app.url(&desk(&of, "logo"))).multipart(form);
        let sent = app.send(sent.header("sec-fetch-site", "same-origin")).await;
        assert_eq!(sent.status, status, "{}", sent.words());
    }

    let page = app.stranger().page(&path).await;
    let style = page.attributes("link[rel=stylesheet]", "href").pop().unwrap();
    let sheet = app.stranger().page(&style).await;
    assert_eq!(sheet.header("content-type"), "text/css; charset=utf-8");
    assert!(sheet.header("cache-control").contains("immutable"));
    // A bright yellow is no colour for words on white: it was darkened.
    assert!(sheet.text.contains("--accent:#") && !sheet.text.starts_with(":root{--accent:#ffd400"));
    let logo = page.attributes(".brand img", "src").pop().unwrap();
    let picture = app.stranger().page(&logo).await;
    assert_eq!(picture.header("content-type"), "image/png");
    assert_eq!(app.stranger().get(&format!("{path}/look/logo-0.png")).await.status, 404);

    let mut form = page.form("form#answers");
    let receipt = app.submit(form.set("a.q1", "So")).await.location();
    let thanked = app.stranger().page(&receipt).await;
    assert!(thanked.words().contains("See you in <b>May</b>."), "{}", thanked.words());
    assert!(app.stranger().page(&format!("{receipt}?lang=zh")).await.words().contains("五月见。"));
    // The editor leaves the thanks alone.
    let mut edited = editor(&app, &of).await;
    press(&app, edited.set("title", "Another"), "save").await;
    let changes = app.page(&desk(&of, "changes")).await;
    assert_eq!(app.submit(&changes.form("main form")).await.status, 303);
    assert!(app.stranger().page(&format!("{receipt}?lang=zh")).await.words().contains("五月见。"));
}
