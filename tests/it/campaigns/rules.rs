//! Who gets a mail and who does not, when campaigns begin, and what stops them.

use super::*;

#[tokio::test]
async fn a_dry_run_tells_every_reason_and_is_what_then_happens() {
    let list = "Ada <ada@example.org>\nbob@example.org\ncal@example.org\ndan@example.org\n\
                eve@example.org\nfay@example.org\ngus@example.org\nhal@example.org\n\
                王薇 <wei@example.org>, zh";
    let scene = Scene::with(list).await;
    // As it may have been kept before addresses were compared as they are now.
    scene
        .sql("UPDATE contact SET address = 'Gus@example.org' WHERE address = 'hal@example.org'")
        .await;
    for (address, reason) in [
        ("bob@example.org", Reason::Stopped),
        ("cal@example.org", Reason::Complaint),
        ("dan@example.org", Reason::Manual),
        ("eve@example.org", Reason::NoMailbox),
        ("fay@example.org", Reason::Soft),
    ] {
        scene.suppress(address, reason).await;
    }
    let told = scene.forecast(Aim::Invite).await;
    assert_eq!((told.meant, told.mails), (9, 3));
    assert_eq!(told.languages["zh"], (1, "王薇".to_owned()));
    let names: Vec<(LeftOut, &str)> =
        told.left_out.iter().map(|(reason, (_, names))| (*reason, names[0].as_str())).collect();
    assert_eq!(
        names,
        [
            (LeftOut::Stopped, "bob@example.org"),
            (LeftOut::Complained, "cal@example.org"),
            (LeftOut::Barred, "dan@example.org"),
            (LeftOut::NoMailbox, "eve@example.org"),
            (LeftOut::Unreachable, "fay@example.org"),
            (LeftOut::Duplicate, "Gus@example.org"),
        ]
    );
    assert_eq!(scene.begin(Aim::Invite).await, as_queued(&told));
    let campaign = scene.campaign(scene.latest().await).await;
    let kept: BTreeMap<String, usize> = serde_json::from_str(&campaign.left_out.unwrap()).unwrap();
    assert_eq!(kept.values().sum::<usize>(), 6);
    scene.sent(3).await;
    // The other contact of that mailbox is still told apart from those who were invited.
    let again = scene.forecast(Aim::Invite).await;
    assert_eq!(again.left_out[&LeftOut::Invited].0, 3);
    assert_eq!((again.mails, again.left_out[&LeftOut::Duplicate].0), (0, 1));
    for aim in [Aim::Remind, Aim::Thank, Aim::Brief] {
        assert_eq!(scene.forecast(aim).await.mails, 0, "{aim:?}");
    }
    assert_eq!(scene.forecast(Aim::Remind).await.left_out[&LeftOut::TooSoon].0, 3);
    assert_eq!(scene.forecast(Aim::Brief).await.left_out[&LeftOut::NoBrief].0, 4);
}

#[tokio::test]
async fn thanks_go_once_to_those_who_have_answered() {
    let scene = Scene::with("ada@example.org\nbob@example.org").await;
    scene.begin(Aim::Invite).await;
    scene.sent(2).await;
    scene.answer("ada@example.org").await;
    let told = scene.forecast(Aim::Thank).await;
    assert_eq!(
        (told.first, told.left_out[&LeftOut::NotAnswered].0),
        (vec!["ada@example.org".to_owned()], 1)
    );
    assert_eq!(scene.begin(Aim::Thank).await.mails, 1);
    scene.sent(3).await;
    assert_eq!(scene.begin(Aim::Thank).await.left_out[&LeftOut::HadIt], 1);
    assert_eq!(scene.forecast(Aim::Remind).await.left_out[&LeftOut::Answered].0, 1);
    stop_mails(&scene.app.service, &scene.link("ada@example.org").await).await.unwrap().unwrap();
    assert_eq!(scene.forecast(Aim::Thank).await.left_out[&LeftOut::Stopped].0, 1);
}

#[tokio::test]
async fn a_campaign_begins_by_itself_once_however_many_nodes_look_and_never_too_late() {
    let scene = Scene::with("ada@example.org\nbob@example.org\ncal@example.org").await;
    let service = &scene.app.service;
    let timely = scene.draft(Aim::Invite, 60, 120).await;
    let late = scene.draft(Aim::Remind, 60, 90).await;
    for id in [timely, late] {
        assert!(scene.turn(id, Turn::Go).await);
        assert!(!scene.turn(id, Turn::Go).await, "once");
    }
    begin_and_end(service).await.unwrap();
    assert_eq!(scene.campaign(timely).await.state, State::Scheduled);
    assert!(scene.lines().await.is_empty(), "nothing early");
    // A time at which the one is due and the other too late.
    assert!(scene.turn(late, Turn::Pause).await);
    service.clock.advance(TimeDelta::minutes(91));
    let looks = (0..4).map(|_| begin_and_end(service));
    for looked in futures_util::future::join_all(looks).await {
        looked.unwrap();
    }
    assert!(scene.turn(late, Turn::Resume).await);
    assert_eq!(scene.lines().await.len(), 3, "each once");
    let late = scene.campaign(late).await;
    assert_eq!(late.state, State::Cancelled);
    assert!(late.paused_why.unwrap().contains("latest time"));
    scene.sent(3).await;
    begin_and_end(service).await.unwrap();
    assert_eq!(scene.campaign(timely).await.state, State::Done);
}

#[tokio::test]
async fn nothing_leaves_while_a_campaign_is_paused_and_nothing_ever_once_it_is_called_off() {
    let list: Vec<String> = (0..200).map(|n| format!("p{n}@example.org")).collect();
    let scene = Scene::slow(&list.join("\n")).await;
    scene.begin(Aim::Invite).await;
    let id = scene.latest().await;
    assert!(scene.turn(id, Turn::Pause).await);
    tokio::time::sleep(Duration::from_secs(1)).await;
    let before = scene.counts(id).await;
    assert!(before[&Delivery::Queued] > 5, "{before:?}");
    scene.app.service.clock.advance(TimeDelta::seconds(10));
    tokio::time::sleep(Duration::from_millis(2500)).await;
    assert_eq!(scene.counts(id).await, before, "a second later everything stands still");
    let page = scene.app.page(&scene.page(id)).await;
    assert!(page.words().contains("Nothing of it leaves until you let it go on"));
    assert!(scene.turn(id, Turn::Resume).await);
    let gone = before.get(&Delivery::Written).copied().unwrap_or(0);
    scene.app.service.clock.advance(TimeDelta::seconds(2));
    scene.sent(usize::try_from(gone).unwrap() + 1).await;
    assert!(scene.turn(id, Turn::Cancel).await);
    // What a worker had in its hands at that moment is put right when it looks for strays.
    let mut ended = scene.counts(id).await;
    for _ in 0..100 {
        if !ended.contains_key(&Delivery::Queued) && !ended.contains_key(&Delivery::Claimed) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        ended = scene.counts(id).await;
    }
    assert!(ended[&Delivery::Cancelled] > 3 && !ended.contains_key(&Delivery::Queued), "{ended:?}");
    assert!(!scene.turn(id, Turn::Resume).await);
    let called_off = scene.lines().await.into_iter().find(|l| l.state == Delivery::Cancelled);
    let events = outbox::events(scene.app.service.store.read(), called_off.unwrap().id).await;
    assert_eq!(events.unwrap().last().unwrap().detail, "the campaign was called off");
    // Whoever got nothing can be invited again.
    let again = scene.forecast(Aim::Invite).await;
    assert_eq!(u64::try_from(again.mails).unwrap(), ended[&Delivery::Cancelled]);
}

#[tokio::test]
async fn mails_of_which_nobody_knows_are_sent_again_only_when_the_organizer_says_so() {
    let scene = Scene::with("ada@example.org\nbob@example.org").await;
    scene.begin(Aim::Invite).await;
    scene.sent(2).await;
    let id = scene.latest().await;
    assert!(!scene.turn(id, Turn::Again).await, "there is nothing to send again");
    scene.sql("UPDATE message SET state = 'unknown' WHERE recipient = 'ada@example.org'").await;
    begin_and_end(&scene.app.service).await.unwrap();
    let path = scene.page(id);
    let page = scene.app.page(&path).await;
    assert!(page.words().contains("Perhaps delivered: 1"), "{}", page.words());
    let mut again = page.form_with_button("Send it again");
    let mail = scene.lines().await.into_iter().find(|l| l.recipient == "ada@example.org").unwrap();
    assert_eq!(scene.app.submit(again.set("turn", "again")).await.status, 303);
    scene.sent(2).await;
    let after = scene.lines().await.into_iter().find(|l| l.id == mail.id).unwrap();
    assert_eq!((after.state, after.attempts), (Delivery::Written, mail.attempts + 1));
    assert_eq!(scene.lines().await.len(), 2, "the same mail with the same link");
}

#[tokio::test]
async fn reminders_are_decided_again_when_they_leave_and_wait_for_the_readers_morning() {
    let list = "ada@example.org\nbob@example.org\ncal@example.org\ndan@example.org";
    let scene = Scene::with(list).await;
    scene.begin(Aim::Invite).await;
    scene.sent(4).await;
    let service = &scene.app.service;
    // Noon, six days later: nine in the evening in Tokyo.
    service.clock.advance(TimeDelta::days(6));
    scene.sql("UPDATE contact SET zone = 'Asia/Tokyo' WHERE address = 'ada@example.org'").await;
    let id = scene.draft(Aim::Remind, 1, 3 * 24 * 60).await;
    assert!(scene.turn(id, Turn::Go).await);
    service.clock.advance(TimeDelta::minutes(2));
    begin_and_end(service).await.unwrap();
    scene.sent(7).await;
    let state = async |address: &str| {
        let person = scene.person(address).await;
        person.mails.last().map(|mail| (mail.state, mail.attempts))
    };
    assert_eq!(state("ada@example.org").await, Some((Delivery::Queued, 0)), "it is night there");
    service.clock.advance(TimeDelta::hours(10));
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(state("ada@example.org").await, Some((Delivery::Queued, 0)));
    service.clock.advance(TimeDelta::hours(1));
    scene.sent(8).await;

    // Three are queued again; until they leave, each hears otherwise.
    service.clock.advance(TimeDelta::days(7));
    let id = scene.draft(Aim::Remind, 1, 3 * 24 * 60).await;
    assert!(scene.turn(id, Turn::Go).await && scene.turn(id, Turn::Pause).await);
    service.clock.advance(TimeDelta::minutes(2));
    let other = scene.draft(Aim::Remind, -1, 3 * 24 * 60).await;
    scene.sql("UPDATE contact SET zone = 'Asia/Tokyo'").await;
    service.clock.advance(TimeDelta::hours(14));
    assert!(scene.turn(other, Turn::Go).await, "four are queued, and wait for the morning");
    scene.answer("bob@example.org").await;
    stop_mails(service, &scene.link("cal@example.org").await).await.unwrap().unwrap();
    let lately = "UPDATE message SET updated_at = (SELECT MAX(updated_at) FROM campaign) \
         WHERE recipient = 'dan@example.org' AND state = 'written'";
    scene.sql(lately).await;
    service.clock.advance(TimeDelta::hours(11));
    // One that was being looked at meanwhile is looked at again a little later.
    tokio::time::sleep(Duration::from_millis(500)).await;
    service.clock.advance(TimeDelta::minutes(16));
    scene.sent(9).await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let states = [
        ("ada@example.org", Delivery::Written),
        ("bob@example.org", Delivery::Cancelled),
        ("cal@example.org", Delivery::Suppressed),
        ("dan@example.org", Delivery::Cancelled),
    ];
    for (address, expected) in states {
        assert_eq!(state(address).await.unwrap().0, expected, "{address}");
    }
}
