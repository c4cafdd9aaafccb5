//! What is sent again, and times that have passed.

use super::*;

impl Scene {
    async fn unknown(&self, address: &str) {
        let text = "UPDATE message SET state = 'unknown' WHERE recipient = ";
        self.sql(&format!("{text}'{address}'")).await;
    }

    /// The page of a draft, its form filled with these.
    async fn typed(&self, path: &str, then: &str, fields: &[(&str, &str)]) -> Page {
        let mut form = self.app.page(path).await.form("main form.stack");
        for (name, value) in fields {
            form.set(name, value);
        }
        self.app.submit(form.set("then", then)).await
    }
}

#[tokio::test]
async fn what_is_sent_again_waits_with_the_others_while_its_campaign_is_stopped() {
    let scene = Scene::with("ada@example.org\nbob@example.net").await;
    scene.begin(Aim::Invite).await;
    scene.sent(2).await;
    let id = scene.latest().await;
    let why = "550 5.7.1 not you";
    scene.sql(&format!("UPDATE campaign SET state = 'paused', paused_why = '{why}'")).await;
    scene.sql("UPDATE message SET state = 'queued' WHERE recipient = 'bob@example.net'").await;
    scene.unknown("ada@example.org").await;
    let page = scene.app.page(&scene.page(id)).await;
    assert!(page.words().contains("they wait with the others until you let it go on"));
    let mut again = page.form_with_button("Let it wait to be sent again");
    let next = scene.app.submit(again.set("turn", "again")).await;
    let page = scene.app.page(&next.location()).await;
    assert!(page.words().contains("They wait with the others until you let it go on."));
    assert!(page.words().contains(why), "it still says why it stands");
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(scene.campaign(id).await.state, State::Paused);
    assert_eq!(scene.counts(id).await, Counts::from([(Delivery::Queued, 2)]));
    assert!(scene.turn(id, Turn::Resume).await);
    scene.sent(2).await;
}

#[tokio::test]
async fn nothing_is_sent_again_after_the_latest_time_of_its_campaign() {
    let scene = Scene::with("ada@example.org").await;
    let id = scene.draft(Aim::Invite, 1, 60).await;
    assert!(scene.turn(id, Turn::Go).await);
    let service = &scene.app.service;
    service.clock.advance(TimeDelta::minutes(2));
    begin_and_end(service).await.unwrap();
    scene.sent(1).await;
    scene.unknown("ada@example.org").await;
    service.clock.advance(TimeDelta::minutes(50));
    assert!(scene.turn(id, Turn::Again).await, "there is time");
    scene.sent(1).await;
    scene.unknown("ada@example.org").await;
    service.clock.advance(TimeDelta::minutes(10));
    let page = scene.app.page(&scene.page(id)).await;
    assert!(page.words().contains("The latest time of this campaign has passed"));
    assert!(!page.text.contains("value=\"again\""));
    assert!(!scene.turn(id, Turn::Again).await);
    assert_eq!(scene.counts(id).await, Counts::from([(Delivery::Unknown, 1)]));
}

#[tokio::test]
async fn times_are_compared_with_now_and_with_one_another_beside_their_fields() {
    // It is noon of the 23rd.
    let scene = Scene::with("ada@example.org").await;
    let service = &scene.app.service;
    let id = draft_campaign(service, &scene.by, &scene.of, Aim::Invite).await.unwrap();
    let path = scene.page(id);
    let past = "2026-11-22T12:00";
    for (fields, wrong) in [
        (vec![("closes", past)], "This time has passed, so nobody would be written to."),
        (vec![("not_after", past)], "This time has passed, so nothing would be sent."),
        (
            vec![("begin", "at"), ("starts_at", past)],
            "This time has passed. Choose a later one, or let it begin at once.",
        ),
        (
            vec![
                ("begin", "at"),
                ("starts_at", "2026-11-26T12:00"),
                ("closes", "2026-11-24T12:00"),
            ],
            "The closing date has to be after the beginning.",
        ),
    ] {
        let page = scene.typed(&path, "go", &fields).await;
        assert_eq!((page.status, page.texts(".problem")), (422, vec![wrong.to_owned()]));
        let form = page.form("main form.stack");
        let (name, value) = fields.last().unwrap();
        assert_eq!(form.get(name), Some(*value), "what was typed is kept");
    }
    assert!(scene.lines().await.is_empty());

    // The questionnaire's own closing time is looked at in the same way.
    let settings = format!("/desk/q/{}/settings", scene.of.slug);
    let close = async |at: &str| {
        let mut form = scene.app.page(&settings).await.form("form.settings");
        scene.app.submit(form.set("closes_at", at)).await
    };
    let page = close(past).await;
    let wrong = "This closing time has passed. Choose a later one, or close it by hand.";
    assert_eq!((page.status, page.texts(".problem")), (422, vec![wrong.to_owned()]));
    assert_eq!(page.form("form.settings").get("closes_at"), Some(past));
    assert_eq!(close("2026-11-25T12:00").await.status, 303);
    for (fields, wrong) in [
        (
            vec![("closes", "2026-11-26T12:00")],
            "The questionnaire closes by itself before that: tell no later date.",
        ),
        (
            vec![("begin", "at"), ("starts_at", "2026-11-25T12:00")],
            "The questionnaire closes by itself before that, so nobody could answer.",
        ),
    ] {
        let page = scene.typed(&path, "go", &fields).await;
        assert_eq!((page.status, page.texts(".problem")), (422, vec![wrong.to_owned()]));
    }
    let page = scene.app.page(&path).await;
    assert!(page.words().contains("stays open until 25 November 2026, 12:00 (UTC)."));
}

#[tokio::test]
async fn what_is_told_of_the_pace_is_the_pace_that_is_set() {
    let list: Vec<String> = (0..80).map(|n| format!("p{n}@example.org")).collect();
    let scene = Scene::with(&list.join("\n")).await;
    let service = &scene.app.service;
    let id = draft_campaign(service, &scene.by, &scene.of, Aim::Invite).await.unwrap();
    let page = scene.app.page(&scene.page(id)).await;
    let told = "As things stand now, that is everybody who is meant. The mails need about 4 minutes \
                to leave: at most 20 a minute go to example.org.";
    assert!(page.texts("#forecast").concat().contains(told), "{}", page.words());
    assert!(scene.turn(id, Turn::Go).await);
    let page = scene.app.page(&scene.page(id)).await;
    assert!(page.words().contains("About over at 23 Nov 2026, 12:0"), "{}", page.words());
}

#[tokio::test]
async fn pages_say_which_reminders_wait_for_the_morning_and_until_when() {
    let scene = Scene::with("ada@example.org\nbob@example.net").await;
    scene.begin(Aim::Invite).await;
    scene.sent(2).await;
    scene.sql("UPDATE contact SET zone = 'Asia/Tokyo' WHERE address = 'ada@example.org'").await;
    let service = &scene.app.service;
    // Half past twelve is half past nine in the evening in Tokyo.
    service.clock.advance(TimeDelta::days(6) + TimeDelta::minutes(30));
    let id = draft_campaign(service, &scene.by, &scene.of, Aim::Remind).await.unwrap();
    let waits = "1 waits until 08:00 on the reader’s own clock: until 29 Nov 2026, 23:00 UTC.";
    let page = scene.app.page(&scene.page(id)).await;
    assert!(page.texts("#forecast").concat().contains(waits), "{}", page.words());
    assert!(scene.turn(id, Turn::Go).await);
    scene.sent(3).await;
    let page = scene.app.page(&scene.page(id)).await;
    assert!(page.words().contains(waits), "{}", page.words());
    assert!(page.words().contains("About over at 29 Nov 2026, 23:00 UTC"), "{}", page.words());
    let mail = scene.person("ada@example.org").await.mails.pop().unwrap();
    let page = scene.app.page(&format!("/desk/outbox/{}", mail.id)).await;
    let told = "It waits until 08:00 on the reader’s own clock (Asia/Tokyo), which is 29 Nov 2026, \
                23:00 UTC";
    assert!(page.words().contains(told), "{}", page.words());
}

#[tokio::test]
async fn nobody_is_offered_mails_for_nobody_and_thanks_say_why_they_come() {
    let scene = Scene::with("ada@example.org").await;
    let service = &scene.app.service;
    let id = draft_campaign(service, &scene.by, &scene.of, Aim::Thank).await.unwrap();
    let page = scene.app.page(&scene.page(id)).await;
    assert!(page.words().contains("As things stand now, 1 person is meant, and left out."));
    assert!(!page.text.contains("value=\"go\""), "there is nobody to let it go for");
    let mail = page.texts("#mail pre").concat();
    assert!(mail.contains("because you answered the questions of"), "{mail}");
    let list = scene.app.page(&format!("/desk/q/{}/invitations", scene.of.slug)).await;
    let heads = list.attributes("td", "data-label");
    assert!(!heads.contains(&"Begun".to_owned()), "{heads:?}");
    // A contact whom the organizer knows from elsewhere reads the same reason.
    scene.sql("UPDATE contact SET basis = 'known', consent_from = 'the reading circle'").await;
    scene.begin(Aim::Invite).await;
    scene.sent(1).await;
    scene.answer("ada@example.org").await;
    let page = scene.app.page(&scene.page(id)).await;
    let mail = page.texts("#mail pre").concat();
    assert!(mail.contains("because you answered the questions of"), "{mail}");
    assert!(mail.contains("Where your address comes from: the reading circle"), "{mail}");
}
