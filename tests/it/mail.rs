//! Contacts, invitations and the outbox, as an organizer uses them; stopping, as a mail program
//! and as a reader do it.

use std::time::Duration;

use colloquy::acts::bring_example::bring_example;
use colloquy::acts::sign_in;

use reqwest::multipart;

use super::support::{Page, TestApp};

/// A signed-in organizer with an open questionnaire; the page of its invitations.
async fn desk() -> (TestApp, String) {
    let app = TestApp::signed_in().await;
    let organizer = sign_in::first_organizer(&app.service).await.unwrap();
    let questionnaire = bring_example(&app.service, organizer).await.unwrap();
    let page = format!("/desk/q/{}/invitations", questionnaire.slug);
    (app, page)
}

/// Adds these lines to the contacts; the page of the invitations after that.
async fn add(app: &TestApp, page: &str, lines: &str) -> Page {
    app.import(page, lines).await;
    app.page(page).await
}

/// The outbox once `count` mails have become files.
async fn outbox_with(app: &TestApp, count: usize) -> Page {
    for _ in 0..100 {
        let page = app.get("/desk/outbox").await;
        if page.texts(".tag").iter().filter(|tag| *tag == "written as a file").count() == count {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the mails did not leave: {}", app.get("/desk/outbox").await.text)
}

#[tokio::test]
async fn an_organizer_invites_and_sees_each_mail_as_it_is() {
    let (app, page) = desk().await;
    let added = add(&app, &page, "Ada <ada@example.org>\n王薇, wei@example.org, zh").await;
    let invite = added.form_with_button("Invite 2 people");
    for expected in ["2 invitations are on their way", "nobody was left"] {
        let back = app.submit(&invite).await.location();
        assert!(app.get(&back).await.text.contains(expected), "{expected}");
    }
    let outbox = outbox_with(&app, 2).await;
    let mail = outbox.attributes("tbody a", "href").remove(0);
    let shown = app.get(&mail).await;
    assert!(shown.texts(".tag").contains(&"written as a file".to_owned()));
    let files = app.page("/desk/outbox?show=files").await;
    assert_eq!(files.texts("tbody tr").len(), 2, "they are not among those that were sent");
    assert_eq!(app.page("/desk/outbox?show=sent").await.texts("tbody tr").len(), 0);
    let figures = app.page(&page).await.texts("dl.figures dt");
    assert!(figures.contains(&"written as a file".to_owned()), "{figures:?}");
    assert_eq!(shown.attributes(".mail-html a", "href"), [""; 0], "no link can be followed");
    let raw = app.get(&format!("{mail}?as=eml")).await;
    assert!(raw.text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    let files = std::fs::read_dir(app.home.path().join("outbox")).unwrap();
    assert_eq!(files.count(), 2);
    let other = app.another_organizer("eve@example.org").await;
    assert_eq!(other.get(&mail).await.status, 404, "nobody reads another's mails");
    assert_eq!(other.get(&page).await.status, 404);
}

/// Invites one person; the path by which mail programs stop mails, and what follows it in the header.
async fn invited(app: &TestApp, page: &str) -> (String, String) {
    let added = add(app, page, "ada@example.org").await;
    app.submit(&added.form_with_button("Invite 1 person")).await;
    let outbox = outbox_with(app, 1).await;
    let mail = outbox.attributes("tbody a", "href").remove(0);
    let raw = app.get(&format!("{mail}?as=eml")).await.text;
    let (_, after) = raw.split_once("List-Unsubscribe: <").unwrap();
    let (link, rest) = after.split_once('>').unwrap();
    let path = link.split_once("/i/").map(|(_, rest)| format!("/i/{rest}")).unwrap();
    (path, rest.lines().next().unwrap().to_owned())
}

#[tokio::test]
async fn one_click_stops_mails_without_a_cookie_and_looking_does_not() {
    let (app, page) = desk().await;
    let (path, _) = invited(&app, &page).await;
    let stopped = async || app.get(&page).await.text.contains("asked us to stop</span>");

    let reader = app.stranger();
    let looked = reader.get_in("zh", &path).await;
    assert_eq!((looked.status, looked.texts("h1")), (200, vec!["停止来信".to_owned()]));
    assert!(!looked.text.contains("ada@example.org"), "the page does not tell whose mail it was");
    assert!(!stopped().await, "mail scanners look");

    for _ in 0..2 {
        let click = reader
            .client
            .post(reader.url(&path))
            .header("origin", "https://mail.example.com")
            .header("sec-fetch-site", "cross-site")
            .form(&[("List-Unsubscribe", "One-Click")]);
        let clicked = reader.send(click).await;
        assert_eq!((clicked.status, clicked.header("set-cookie")), (200, ""));
    }
    assert!(stopped().await);
    assert_eq!(reader.post_form("/i/none/stop", &[]).await.status, 404);
}

#[tokio::test]
async fn a_post_stops_mails_whatever_is_in_it() {
    let (app, page) = desk().await;
    let (path, rest) = invited(&app, &page).await;
    assert!(!rest.contains("mailto"), "no mail comes in here: {rest}");
    let stopped = async || app.get(&page).await.text.contains("asked us to stop</span>");

    let reader = app.stranger();
    let post = || reader.client.post(reader.url(&path));
    let one_click = || multipart::Form::new().text("List-Unsubscribe", "One-Click");
    for sent in [
        post().multipart(one_click()),
        post().multipart(one_click().text("again", "yes")),
        post().multipart(multipart::Form::new().text("again", "yes")),
        post(),
        post().header("content-type", "text/plain").body("List-Unsubscribe=One-Click"),
        post().header("content-type", "application/json").body("{}"),
        post().header("content-type", "multipart/form-data").body("no boundary"),
    ] {
        let clicked = reader.send(sent).await;
        assert_eq!((clicked.status, clicked.header("set-cookie")), (200, ""), "{}", clicked.text);
        assert!(stopped().await);
        assert_eq!(reader.post_form(&path, &[("again", "yes")]).await.status, 200);
        assert!(!stopped().await, "the page itself takes it back");
    }
    for method in [reqwest::Method::GET, reqwest::Method::HEAD, reqwest::Method::OPTIONS] {
        reader.send(reader.client.request(method, reader.url(&path))).await;
        assert!(!stopped().await);
    }
}

#[tokio::test]
async fn an_address_is_shown_as_it_was_written() {
    let (app, page) = desk().await;
    let added = add(&app, &page, "张三 <zhang@例子.中国>").await;
    app.submit(&added.form_with_button("Invite 1 person")).await;
    let outbox = outbox_with(&app, 1).await;
    assert_eq!(outbox.texts("tbody th"), ["zhang@例子.中国"]);
    let mail = outbox.attributes("tbody a", "href").remove(0);
    let shown = app.page(&mail).await;
    assert!(shown.texts("h1")[0].contains("zhang@例子.中国"), "{:?}", shown.texts("h1"));
    assert!(
        shown.texts(".mail dd").contains(&"张三 <zhang@例子.中国>".to_owned()),
        "{}",
        shown.text
    );
    // On the wire it is the other one.
    let raw = app.get(&format!("{mail}?as=eml")).await.text;
    assert!(raw.contains("zhang@xn--fsqu00a.xn--fiqs8s"), "{raw}");
}
