//! Notes, the poll before and after, and the echo that everybody reads.

use chrono::TimeDelta;
use colloquy::acts::erase_response::erase_response;
use colloquy::domain::Role;
use colloquy::domain::token::Opens;
use colloquy::store::{discussions, members, organizers, responses};

use super::scene::Scene;

/// Answers the poll as the page asks it: each statement the same.
pub(super) async fn vote(scene: &Scene, at: usize, vote: &str) {
    let link = scene.link(&scene.participant(at));
    let reader = scene.app.stranger();
    let page = reader.page(&format!("{link}/poll")).await;
    let mut form = page.form("main form");
    let names: std::collections::BTreeSet<String> =
        page.attributes(".votes input", "name").into_iter().collect();
    assert!(!names.is_empty());
    form.fields.retain(|(name, _)| !name.starts_with("p."));
    form.fields.extend(names.into_iter().map(|name| (name, vote.to_owned())));
    let sent = reader.submit(&form).await;
    assert_eq!(sent.status, 303);
    assert!(reader.page(&sent.location()).await.words().contains("What you said is kept."));
}

fn meet(scene: &Scene) {
    scene.service().clock.advance(TimeDelta::days(7) + TimeDelta::hours(3));
}

#[tokio::test]
async fn notes_are_kept_and_what_two_write_at_once_is_not_lost() {
    let scene = Scene::of(&[3, 3], 0).await;
    scene.invite().await;
    meet(&scene);
    let (host, reader) = (scene.host_link(1).await, scene.app.stranger());
    let page = reader.page(&host).await;
    assert_eq!(page.texts(".led h2").first().map(String::as_str), Some("Group 1"));
    let mut first = page.form(".notes form");
    let mut second = page.form(".notes form");
    first.set("n.alike", "We all want it to be slow.").set("n.next", "Meet again.");
    assert_eq!(reader.submit(&first).await.status, 303);
    // Another tab, drawn before: a field that only it has filled is kept, the other comes back.
    second.set("n.alike", "We agree on little.").set("n.ask", "Why now?");
    let both = reader.submit(&second).await;
    assert_eq!(both.status, 409);
    assert!(both.words().contains("We all want it to be slow."));
    assert!(both.texts_as_typed().contains(&"We agree on little.".to_owned()));
    let kept = reader.page(&host).await.texts_as_typed();
    assert!(kept.contains(&"Why now?".to_owned()) && kept.contains(&"Meet again.".to_owned()));
    let mut merged = both.form(".notes form");
    merged.set("n.alike", "We want it to be slow, and agree on little else.");
    assert_eq!(reader.submit(&merged).await.status, 303);
    let kept = reader.page(&host).await.texts_as_typed();
    assert!(kept.contains(&"We want it to be slow, and agree on little else.".to_owned()));
    // Afterwards the organizer types what stands on paper, and writes over nothing either.
    let group = scene.whole().await.groups[0].id;
    let guide = format!("{}/discussion/{group}/guide", scene.desk);
    let page = scene.app.page(&guide).await;
    let (mut typed, mut late) = (page.form(".notes form"), page.form(".notes form"));
    typed.set("n.differ", "On the price.");
    let kept = scene.app.submit(&typed).await.location();
    assert!(scene.app.page(&kept).await.words().contains("The notes are kept."));
    assert!(reader.page(&host).await.texts_as_typed().contains(&"On the price.".to_owned()));
    let both = scene.app.submit(late.set("n.differ", "On the time.")).await;
    assert_eq!(both.status, 409);
    assert!(both.words().contains("On the price."));
    assert!(both.texts_as_typed().contains(&"On the time.".to_owned()));
    // Whoever only looks at the questionnaire reads the guide, and no notes.
    let viewer = scene.app.another_organizer("vera@example.org").await;
    let db = scene.service().store.read();
    let vera = organizers::by_address(db, &"vera@example.org".parse().unwrap()).await.unwrap();
    let tx = scene.service().store.write().await.unwrap();
    let (of, now) = (scene.whole().await.discussion.questionnaire_id, scene.service().clock.now());
    members::insert(&tx, of, vera.unwrap().id, Role::Viewer, now).await.unwrap();
    tx.commit().await.unwrap();
    let page = viewer.page(&guide).await;
    assert!(page.words().contains("Group 1") && !page.text.contains("On the price."));
    // The second group has no host: each of its people can write.
    let own = scene.link(&scene.participant(3));
    let mut form = reader.page(&own).await.form(".notes form");
    assert_eq!(reader.submit(form.set("n.differ", "On money.")).await.status, 303);
    let other = scene.link(&scene.participant(4));
    assert!(reader.page(&other).await.texts_as_typed().contains(&"On money.".to_owned()));
    let in_first = scene.link(&scene.participant(0));
    let refused = reader.post_form(&format!("{in_first}/notes"), &[("n.alike", "No.")]).await;
    assert_eq!(refused.status, 404, "its host writes there");
    assert_eq!(reader.get("/h/none").await.status, 404);
}

#[tokio::test]
async fn what_changed_is_told_of_five_and_more_and_never_by_subtraction() {
    let scene = Scene::of(&[7], 0).await;
    scene.invite().await;
    let votes = [
        ("agree", "agree"),
        ("agree", "pass"),
        ("agree", "disagree"),
        ("disagree", "agree"),
        ("pass", "agree"),
        ("disagree", "disagree"),
    ];
    let before = votes.into_iter().zip(0..).map(|((before, _), at)| (at, before));
    for (at, said) in before.collect::<Vec<_>>() {
        vote(&scene, at, said).await;
    }
    meet(&scene);
    let publish = format!("{}/echo/publish", scene.desk);
    for (at, (_, after)) in (0..).zip(&votes[..4]) {
        vote(&scene, at, after).await;
    }
    let words = scene.app.page(&publish).await.words();
    assert!(words.contains("nothing in it yet"), "four are too few: {words}");
    vote(&scene, 4, votes[4].1).await;
    let page = scene.app.page(&publish).await;
    // Of the first five: before 3, 1, 1; after 3, 1, 1.
    let cells = page.texts(".change-of:first-of-type td");
    assert_eq!(cells, ["3", "1", "1", "3", "1", "1"], "{}", page.words());
    assert!(page.words().contains("Of 5, 2 moved toward agreement and 2 away from it."));
    assert_eq!(scene.app.submit(&page.form_with_button("Publish it")).await.status, 303);
    let public = format!("/q/{}/echo", scene.of.slug);
    let read = scene.app.stranger().page(&public).await;
    assert_eq!(read.texts(".change-of:first-of-type td"), ["3", "1", "1", "3", "1", "1"]);
    // A sixth: beside what is published, the numbers would tell how this one voted.
    vote(&scene, 5, votes[5].1).await;
    let page = scene.app.page(&publish).await;
    assert_eq!(page.texts(".change-of:first-of-type td"), ["3", "1", "1", "3", "1", "1"]);
    assert_eq!(scene.app.submit(&page.form_with_button("Publish it")).await.status, 303);
    let read = scene.app.stranger().page(&public).await;
    assert!(read.words().contains("5 answered both times"));
    // Answering decides which statements there are.
    let path = format!("{}/echo/poll", scene.desk);
    assert_eq!(scene.app.post_form(&path, &[("statements", "Mine.")]).await.status, 409);
}

#[tokio::test]
async fn the_organizer_looks_notes_through_and_everybody_reads_what_is_left() {
    let scene = Scene::of(&[3, 3], 0).await;
    scene.invite().await;
    meet(&scene);
    let reader = scene.app.stranger();
    let host = scene.host_link(1).await;
    let mut form = reader.page(&host).await.form(".notes form");
    form.set("n.alike", "Ada and Bo want it slow.").set("n.next", "<b>Meet</b> again.");
    assert_eq!(reader.submit(&form).await.status, 303);
    let own = scene.participant(3);
    let mut form = reader.page(&scene.link(&own)).await.form(".notes form");
    assert_eq!(
        reader.submit(form.set("n.differ", "On money, said by one of us.")).await.status,
        303
    );
    let public = format!("/q/{}/echo", scene.of.slug);
    assert_eq!(reader.get(&public).await.status, 404);

    let desk = format!("{}/echo", scene.desk);
    let page = scene.app.page(&desk).await;
    let mut form = page.form("form.editor");
    let field = |text: &str| {
        let found =
            form.fields.iter().find(|(name, value)| name.starts_with("n.") && value == text);
        found.unwrap_or_else(|| panic!("{text}")).0.clone()
    };
    let (alike, differ) =
        (field("Ada and Bo want it slow."), field("On money, said by one of us."));
    form.set(&alike, "Two want it slow.").set("intro", "Thank you, all of you.");
    form.set("then", "publish");
    let preview = scene.app.submit(&form).await.location();
    let page = scene.app.page(&preview).await;
    assert_eq!(reader.get(&public).await.status, 404, "looking publishes nothing");
    assert_eq!(scene.app.submit(&page.form_with_button("Publish it")).await.status, 303);
    let read = reader.page(&public).await;
    for piece in ["Two want it slow.", "in the organizer’s words", "<b>Meet</b> again.", "On money"]
    {
        assert!(read.words().contains(piece), "{piece}: {}", read.words());
    }
    assert!(!read.words().contains("Ada and Bo"));
    assert!(reader.page(&scene.link(&own)).await.words().contains("The echo"));

    // Everything of it is in what its author takes along.
    let db = scene.service().store.read();
    let response = responses::by_id(db, own.response_id.unwrap()).await.unwrap().unwrap();
    let receipt = scene.service().secret.link(Opens::Response, response.id.0);
    let file = reader.page(&format!("/r/{receipt}/download.json")).await;
    if file.status == 200 {
        assert!(file.text.contains("On money, said by one of us."), "{}", file.text);
    }
    // And it is gone with them: from what everybody reads, and from the tables.
    let given = responses::given(db, response).await.unwrap();
    erase_response(scene.service(), scene.of.mode, &given).await.unwrap();
    let read = reader.page(&public).await;
    assert!(!read.words().contains("On money") && read.words().contains("Two want it slow."));
    let versions = colloquy::store::echoes::versions(db, scene.of.id).await.unwrap();
    assert!(versions.iter().all(|version| !version.content.contains("On money")));
    let whole = discussions::latest(db, scene.of.id).await.unwrap().unwrap();
    let notes = colloquy::store::notes::of_discussion(db, whole.discussion.id).await.unwrap();
    assert!(notes.values().flat_map(|fields| fields.values()).all(|n| !n.text.contains("money")));
    let _ = differ;

    // Taken back, nobody reads it.
    let page = scene.app.page(&desk).await;
    assert_eq!(scene.app.submit(&page.form_with_button("Take the echo back")).await.status, 303);
    assert_eq!(reader.get(&public).await.status, 404);
}

#[tokio::test]
async fn the_poll_is_proposed_from_what_groups_differ_on_and_the_organizer_may_change_it() {
    let scene = Scene::of(&[5], 0).await;
    let reader = scene.app.stranger();
    let link = scene.link(&scene.participant(0));
    assert_eq!(reader.get(&format!("{link}/poll")).await.status, 404, "nobody was invited yet");
    scene.invite().await;
    let desk = format!("{}/echo", scene.desk);
    let mut form = scene.app.page(&desk).await.form("form[action$='echo/poll']");
    let proposed = form.get("statements").unwrap().to_owned();
    let lines: Vec<&str> = proposed.lines().collect();
    assert!((1..=5).contains(&lines.len()), "{proposed}");
    form.set("statements", &format!("{}\nSlow is better.\n\nSlow is better.", lines[0]));
    assert_eq!(scene.app.submit(&form).await.status, 303);
    let asked = reader.page(&format!("{link}/poll")).await.texts("legend");
    assert_eq!(asked, [lines[0], "Slow is better."]);
    vote(&scene, 0, "agree").await;
    let page = reader.page(&format!("{link}/poll")).await;
    assert_eq!(page.attributes(".votes input[checked]", "value"), ["agree", "agree"]);
    assert_eq!(
        reader.post_form(&format!("{link}/poll"), &[("p.q9.s9", "agree")]).await.status,
        303
    );
    let page = reader.page(&format!("{link}/poll")).await;
    assert_eq!(page.attributes(".votes input[checked]", "value"), [""; 0], "only what is asked");
}
