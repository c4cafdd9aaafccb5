//! The form and the receipt, as readers use them without scripts.

use colloquy::acts::add_contacts::add_contacts;
use colloquy::acts::bring_example::bring_example;
use colloquy::acts::plan_campaign::begin_campaign;
use colloquy::acts::publish_questionnaire::close_questionnaire;
use colloquy::acts::sign_in;
use colloquy::domain::campaign::Aim;
use colloquy::domain::token::Opens;
use colloquy::store::questionnaires::Questionnaire;
use colloquy::store::{invitations, organizers, responses};

use super::support::{Form, TestApp};

/// The example, open to readers.
async fn example(app: &TestApp) -> Questionnaire {
    let organizer = sign_in::first_organizer(&app.service).await.unwrap();
    bring_example(&app.service, organizer).await.unwrap()
}

/// The form of a page, and the name of its first text area.
async fn form(app: &TestApp, path: &str) -> (Form, String) {
    let page = app.get(path).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let area = page.attributes("textarea", "name").remove(0);
    (page.form("form.questionnaire"), area)
}

const TEXT: &str = "\n\nTwo empty lines, 意见 😀 \u{202e}abc\u{202c}\n  <b>&amp; \"end\" \n";

#[tokio::test]
async fn a_form_sent_twice_is_one_response_and_every_letter_of_it_is_kept() {
    let app = TestApp::spawn().await;
    let of = example(&app).await;
    let (mut form, area) = form(&app, &format!("/q/{}", of.slug)).await;
    form.set(&area, &TEXT.replace('\n', "\r\n"));
    let first = app.submit(&form).await;
    assert_eq!(first.status, 303, "{}", first.text);
    assert_eq!(app.submit(&form).await.location(), first.location());
    assert_eq!(responses::count(app.service.store.read(), of.id).await.unwrap(), 1);
    let receipt = app.get(&first.location()).await;
    assert_eq!(receipt.status, 200);
    assert_eq!(receipt.header("x-robots-tag"), "noindex");
    let again = app.get(&format!("{}/change", first.location())).await;
    assert_eq!(again.form("form.questionnaire").get(&area), Some(TEXT));
}

#[tokio::test]
async fn a_changed_answer_is_a_further_version_at_the_same_address() {
    let app = TestApp::spawn().await;
    let of = example(&app).await;
    let (mut form, area) = form(&app, &format!("/q/{}", of.slug)).await;
    form.set(&area, "First thought");
    let receipt = app.submit(&form).await.location();
    let mut change = app.get(&format!("{receipt}/change")).await.form("form.questionnaire");
    change.set(&area, "Second thought");
    assert_eq!(app.submit(&change).await.location(), receipt);
    let page = app.get(&receipt).await;
    assert!(page.texts("dl.answers dd").contains(&"Second thought".to_owned()));
    assert_eq!(page.texts("section.versions li").len(), 2);
    assert_eq!(responses::count(app.service.store.read(), of.id).await.unwrap(), 1);
}

#[tokio::test]
async fn a_form_that_cannot_be_kept_comes_back_with_every_word() {
    let app = TestApp::spawn().await;
    let of = example(&app).await;
    let path = format!("/q/{}", of.slug);
    let (mut form, area) = form(&app, &path).await;
    let page = app.get(&path).await;
    let empty = app.submit(&page.form("form.questionnaire")).await;
    assert_eq!((empty.status, empty.texts(".problems").len()), (422, 1));
    let address = page.attributes("input[type=email]", "name").remove(0);
    form.set(&area, TEXT).set(&address, "ada@");
    let back = app.submit(&form).await;
    assert_eq!(back.status, 422);
    assert!(back.texts("title")[0].starts_with("Error: "));
    let drawn = back.form("form.questionnaire");
    assert_eq!(drawn.get(&area), Some(TEXT));
    assert_eq!(drawn.get(&address), Some("ada@"));
    assert_eq!(drawn.get("form_key"), form.get("form_key"));
    assert_eq!(back.attributes("[aria-invalid=true]", "name"), [address]);
    for link in back.attributes(".problems a", "href") {
        assert_eq!(back.texts(&link).len(), 1, "{link}");
    }
    assert_eq!(responses::count(app.service.store.read(), of.id).await.unwrap(), 0);
}

#[tokio::test]
async fn a_change_after_the_close_is_kept_beside_what_counts() {
    let app = TestApp::spawn().await;
    let of = example(&app).await;
    let path = format!("/q/{}", of.slug);
    let (mut form, area) = form(&app, &path).await;
    form.set(&area, "A thought that came in time");
    let receipt = app.submit(&form).await.location();
    close_questionnaire(&app.service, of.clone()).await.unwrap();
    app.service.clock.advance(chrono::TimeDelta::hours(25));
    assert_eq!(app.get(&path).await.status, 410);
    form.set(&area, "A thought that came too late");
    let late = app.submit(&form).await;
    assert_eq!(late.location(), receipt);
    let revisions = responses::all(app.service.store.read(), of.id).await.unwrap();
    let kept = responses::revisions(app.service.store.read(), revisions[0].response.id).await;
    assert_eq!((revisions.len(), kept.unwrap().len()), (1, 2));
    let page = app.get(&receipt).await;
    assert!(page.texts("dd").contains(&"A thought that came in time".to_owned()));
    assert!(page.attributes("a", "href").iter().all(|link| !link.ends_with("/change")));
    assert_eq!(app.get(&format!("{receipt}/change")).await.location(), receipt);
}

#[tokio::test]
async fn whoever_knows_the_id_of_a_response_cannot_speak_for_it() {
    let app = TestApp::spawn().await;
    let of = example(&app).await;
    let (mut form, area) = form(&app, &format!("/q/{}", of.slug)).await;
    form.set(&area, "Mine");
    let receipt = app.submit(&form).await.location();
    let given = responses::all(app.service.store.read(), of.id).await.unwrap();
    form.set("form_key", &given[0].response.id.to_string()).set(&area, "Not mine");
    let other = app.submit(&form).await.location();
    assert_ne!(other, receipt);
    assert!(app.get(&receipt).await.texts("dd").contains(&"Mine".to_owned()));
}

#[tokio::test]
async fn an_invitation_gives_one_response_and_then_leads_to_its_receipt() {
    let app = TestApp::spawn().await;
    let of = example(&app).await;
    let (service, db) = (&app.service, app.service.store.read());
    let by = organizers::by_id(db, of.organizer_id).await.unwrap().unwrap();
    add_contacts(service, by.id, "王小明 <ming@example.org>", "zh", "a list").await.unwrap();
    begin_campaign(service, &by, &of, Aim::Invite).await.unwrap();
    let people = invitations::people(db, &service.secret, of.id, of.organizer_id).await.unwrap();
    let invitation = people[0].invitation.clone().unwrap();
    let path = format!("/i/{}", service.secret.link(Opens::Invitation, invitation.id.0));
    // Whoever looks first, a mail scanner for instance, uses nothing up.
    for _ in 0..2 {
        let page = app.get_in("en", &path).await;
        assert_eq!((page.status, page.attributes("html", "lang")), (200, vec!["zh".to_owned()]));
        assert!(page.text.contains("王小明，您好"));
    }
    let (mut form, area) = form(&app, &path).await;
    form.set(&area, "First");
    let receipt = app.submit(&form).await.location();
    form.set(&area, "Second, from the same mail on another device");
    assert_eq!(app.submit(&form).await.location(), receipt);
    assert_eq!(app.get(&path).await.location(), receipt);
    assert_eq!(responses::count(db, of.id).await.unwrap(), 1);
}

#[tokio::test]
async fn answers_can_be_checked_and_changed_before_they_are_sent_and_nothing_is_lost() {
    let app = TestApp::spawn().await;
    let of = example(&app).await;
    let path = format!("/q/{}?view=one", of.slug);
    let (mut form, area) = form(&app, &path).await;
    assert_eq!(form.get("form_view"), Some("one"));
    form.set(&area, TEXT).set("go", "check");
    let check = app.submit(&form).await;
    assert_eq!((check.status, check.texts("section.review").len()), (200, 1));
    let shown: Vec<&str> = TEXT.split_whitespace().collect();
    assert_eq!(check.texts(".review dd")[0], shown.join(" "));
    let questions = check.texts("section.question").len();
    assert_eq!(check.texts(".review dt").len(), questions);
    let changes = check.attributes(".review .change a", "href");
    assert_eq!(changes.len(), questions);
    for link in &changes {
        assert_eq!(check.texts(link).len(), 1, "{link}");
    }
    assert_eq!(responses::count(app.service.store.read(), of.id).await.unwrap(), 0);
    // The page is the form itself: with every field, the same key, and the reader's way.
    let mut drawn = check.form("form.questionnaire");
    assert_eq!(drawn.get(&area), Some(TEXT));
    for carried in ["form_key", "form_drawn", "form_view"] {
        assert_eq!(drawn.get(carried), form.get(carried), "{carried}");
    }
    drawn.set(&area, "Changed while checking");
    let receipt = app.submit(&drawn).await.location();
    // The page before, reached with Back, still makes the same response.
    form.fields.retain(|(name, _)| name != "go");
    assert_eq!(app.submit(&form).await.location(), receipt);
    assert_eq!(responses::count(app.service.store.read(), of.id).await.unwrap(), 1);
}

#[tokio::test]
async fn what_has_to_change_is_said_before_sending_too() {
    let app = TestApp::spawn().await;
    let of = example(&app).await;
    let (mut form, area) = form(&app, &format!("/q/{}", of.slug)).await;
    let page = app.get(&format!("/q/{}", of.slug)).await;
    let address = page.attributes("input[type=email]", "name").remove(0);
    let consents = page.attributes("input[type=checkbox][value=yes]", "name");
    let join = consents.iter().find(|name| name.split('.').next_back() == Some("join")).unwrap();
    form.set(&area, TEXT).set(&address, "ada@").set(join, "yes").set("go", "check");
    let check = app.submit(&form).await;
    assert_eq!(check.status, 200);
    assert!(check.texts("title")[0].starts_with("Error: "));
    assert_eq!(check.texts(".problems li").len(), 1);
    // What cannot be kept is listed as it was typed.
    let told = check.texts(".review dd");
    assert!(told.contains(&"ada@".to_owned()) && !told.contains(&"yes".to_owned()));
    assert!(told.contains(&"I want to join the discussion".to_owned()), "{told:?}");
    assert_eq!(check.form("form.questionnaire").get(&address), Some("ada@"));
}

#[tokio::test]
async fn every_question_leads_to_the_next_without_a_script() {
    let app = TestApp::spawn().await;
    let of = example(&app).await;
    let page = app.get(&format!("/q/{}", of.slug)).await;
    let ids = page.attributes("section.question", "id");
    let on = page.attributes(".turn .on", "href");
    let back = page.attributes(".turn .back", "href");
    let next = ids.iter().skip(1).map(|id| format!("#{id}")).chain(["#send".to_owned()]);
    assert_eq!(on, next.collect::<Vec<_>>());
    assert_eq!(back, ids.iter().map(|id| format!("#{id}")).collect::<Vec<_>>());
    assert_eq!(page.texts("#send button.send").len(), 1);
    assert_eq!(page.attributes("section.question.start", "id"), ids[..1]);
}

#[tokio::test]
async fn every_page_for_readers_ends_with_the_same_way_to_help() {
    let app = TestApp::spawn().await;
    let of = example(&app).await;
    let (mut form, area) = form(&app, &format!("/q/{}", of.slug)).await;
    form.set(&area, "Something");
    let receipt = app.submit(&form).await.location();
    let form = format!("/q/{}", of.slug);
    for path in [&form, &format!("{form}/article"), &receipt, "/", "/help", "/sign-in", "/nowhere"]
    {
        let page = app.get(path).await;
        assert_eq!(page.attributes("footer.site p:last-child a", "href"), ["/help"], "{path}");
        assert_eq!(page.attributes("a.skip", "href"), ["#main"], "{path}");
    }
    assert!(app.get_in("zh", "/help").await.texts("h2").len() > 4);
}
