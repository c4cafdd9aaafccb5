//! The pages of campaigns.

use super::*;

/// Begins a draft by its button.
async fn prepare(scene: &Scene, button: &str, aim: &str) -> (String, Page) {
    let page = scene.app.page(&format!("/desk/q/{}/invitations", scene.of.slug)).await;
    let mut form = page.form_with_button(button);
    let made = scene.app.submit(form.set("aim", aim)).await;
    let path = made.location();
    (path.clone(), scene.app.page(&path).await)
}

const CHOOSE: &str = "Choose whom, in your words, and when";

#[tokio::test]
async fn a_draft_is_worded_looked_at_and_let_go() {
    let scene = Scene::with("Ada Lovelace <ada@example.org>\n王薇 <wei@example.org>, zh").await;
    let (path, page) = prepare(&scene, CHOOSE, "invite").await;
    assert!(page.words().contains("2 people would get it"));
    assert!(page.text.contains("Give my answers"), "our own words are there to go on from");

    let mut form = page.form("main form.stack");
    form.set("subject.en", "A word, {first name}?").set("text.en", "Hi {colour}\n\n[Go]");
    let wrong = scene.app.submit(form.set("then", "keep")).await;
    assert_eq!(wrong.status, 422);
    let problem = wrong.texts(".problem").concat();
    assert!(problem.contains("nothing called {colour}") && problem.contains("{first name}"));
    let mut form = wrong.form("main form.stack");
    assert_eq!(form.get("text.en"), Some("Hi {colour}\n\n[Go]"), "nothing typed is lost");

    form.set("text.en", "Hi {first name},\n\n> {title}\n\n[Go]").set("to", "ada@example.org");
    form.action = format!("{path}/preview");
    let shown = scene.app.submit(&form).await;
    assert_eq!(shown.status, 200);
    let mail = shown.texts("#mail pre").concat();
    assert!(mail.contains("Hi Ada,\n\n> Open questions") || mail.contains("Hi Ada,"), "{mail}");
    assert!(shown.texts("#mail dd").contains(&"A word, Ada?".to_owned()));
    assert!(scene.campaign(scene.latest().await).await.template.len() < 5, "nothing is kept");
    form.set("to", "wei@example.org");
    let chinese = scene.app.submit(&form).await;
    assert!(chinese.texts("#mail pre").concat().contains("王薇"), "in our words, in Chinese");

    form.action.clone_from(&path);
    let gone = scene.app.submit(form.set("then", "go")).await;
    assert_eq!((gone.status, gone.location()), (303, path.clone()));
    scene.sent(2).await;
    let page = scene.app.page(&path).await;
    assert!(page.words().contains("2 of 2 mails are dealt with"), "{}", page.words());
    let mine = scene.lines().await.into_iter().find(|l| l.recipient == "ada@example.org");
    assert_eq!(mine.unwrap().subject, "A word, Ada?");
    assert!(page.texts("dl.figures dt").contains(&"written as a file".to_owned()));
    assert!(!page.texts("dl.figures dt").contains(&"sent".to_owned()));
    let table = scene.app.get(&format!("{path}/states.csv")).await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    let rows: Vec<&str> = table.text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(rows[1].starts_with("ada@example.org,Invitation,written as a file,1,"), "{rows:?}");
    let old = scene.app.submit(form.set("then", "keep")).await;
    assert_eq!(old.status, 409, "what has begun is not changed any more");
}

#[tokio::test]
async fn a_test_goes_to_the_organizer_and_nobody_can_answer_with_it() {
    let scene = Scene::with("Ada <ada@example.org>").await;
    let (path, page) = prepare(&scene, CHOOSE, "invite").await;
    let mut form = page.form("main form.stack");
    let refused = scene.app.submit(form.set("then", "test")).await;
    assert!(refused.location().ends_with("done=no-address"));
    let mut account = scene.app.page("/desk/account").await.form("main form");
    scene.app.submit(account.set("name", "Lin Wei").set("address", "lin@example.org")).await;
    let mut form = scene.app.page(&path).await.form("main form.stack");
    form.set("to", "ada@example.org");
    assert!(scene.app.submit(form.set("then", "test")).await.location().ends_with("done=tested"));
    scene.sent(1).await;
    let lines = scene.lines().await;
    assert_eq!((lines.len(), lines[0].recipient.as_str()), (1, "lin@example.org"));
    assert!(lines[0].subject.starts_with("Test: "));
    let raw = scene.app.get(&format!("/desk/outbox/{}?as=eml", lines[0].id)).await.text;
    assert!(!raw.contains("List-Unsubscribe") && !raw.contains("/i/"), "{raw}");
    assert!(raw.contains(&format!("/desk/q/{}/preview", scene.of.slug)));
    assert!(scene.person("ada@example.org").await.invitation.is_none());
}

#[tokio::test]
async fn lists_and_times_are_kept_and_a_draft_can_be_thrown_away() {
    let scene = Scene::with("ada@example.org").await;
    let (path, page) = prepare(&scene, CHOOSE, "invite").await;
    let mut form = page.form("main form.stack");
    form.set("tags", "Nobody, 读书会").set("begin", "at").set("starts_at", "2026-12-03T19:00");
    form.set("not_after", "2026-12-03T18:00").set("zone", "Asia/Shanghai");
    let wrong = scene.app.submit(form.set("then", "go")).await;
    assert_eq!(wrong.texts(".problem"), ["The latest time has to be after the beginning."]);
    let mut form = wrong.form("main form.stack");
    form.set("not_after", "2026-12-04 19:00").set("closes", "2026-12-24T12:00");
    assert_eq!(scene.app.submit(form.set("then", "keep")).await.status, 303);
    let kept = scene.app.page(&path).await;
    let form = kept.form("main form.stack");
    for (name, value) in [
        ("tags", "nobody, 读书会"),
        ("starts_at", "2026-12-03T19:00"),
        ("not_after", "2026-12-04T19:00"),
        ("closes", "2026-12-24T12:00"),
        ("zone", "Asia/Shanghai"),
    ] {
        assert_eq!(form.get(name), Some(value), "{name}");
    }
    assert!(kept.words().contains("Nobody would get it"));
    let campaign = scene.campaign(scene.latest().await).await;
    assert_eq!(campaign.starts_at.to_rfc3339(), "2026-12-03T11:00:00+00:00");
    let mut away = kept.form_with_button("Throw the draft away");
    assert!(
        scene.app.submit(away.set("turn", "delete")).await.location().ends_with("/invitations")
    );
    assert_eq!(scene.app.get(&path).await.status, 404);
}

#[tokio::test]
async fn an_open_page_hears_how_far_a_campaign_is_and_others_hear_nothing() {
    // More than can be written in the hundred seconds below, at the five a second of mails in files.
    let list: Vec<String> = (0..700).map(|n| format!("p{n}@example.org")).collect();
    let scene = Scene::slow(&list.join("\n")).await;
    scene.begin(Aim::Invite).await;
    let id = scene.latest().await;
    let path = scene.page(id);
    let other = scene.app.another_organizer("eve@example.org").await;
    for page in ["", "/live", "/states.csv"] {
        assert_eq!(other.get(&format!("{path}{page}")).await.status, 404, "{page}");
    }
    assert_eq!(other.post_form(&format!("{path}/turn"), &[("turn", "cancel")]).await.status, 404);
    let page = scene.app.page(&path).await;
    let live = page.attributes("#results", "data-live").concat();
    assert_eq!(live, format!("{path}/live"));
    let mut stream = scene.app.client.get(scene.app.url(&live)).send().await.unwrap();
    let mut heard = String::new();
    for _ in 0..100 {
        let part = tokio::time::timeout(Duration::from_secs(5), stream.chunk()).await;
        heard.push_str(std::str::from_utf8(&part.unwrap().unwrap().unwrap()).unwrap());
        if heard.matches("event: results").count() > 1 {
            break;
        }
        scene.app.service.clock.advance(TimeDelta::seconds(1));
    }
    assert!(heard.contains("\"version\""), "{heard}");
    assert!(scene.turn(id, Turn::Cancel).await);
    let page = scene.app.page(&path).await;
    assert_eq!(page.attributes("#results", "data-live"), [""; 0], "what is over stays as it is");
}
