//! What a link may bring along: texts to begin with, hidden fields, and a frame to stand in.

use colloquy::acts::choose_options::{Chosen, choose_options};
use colloquy::store::responses;

use crate::support::{TestApp, open, statements};

#[tokio::test]
async fn a_link_fills_in_what_is_asked_and_nothing_else() {
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why?"), statements(&["It grows."])]).await;
    let path = format!("/q/{}", of.slug);
    let query = "a.q1=%E6%88%91%20think&a.q2.s1=agree&a.q9=no&form_key=1&h.issue=4&a.q1x=no";
    let page = app.page(&format!("{path}?{query}")).await;
    let mut form = page.form("form#answers");
    assert_eq!(form.get("a.q1"), Some("我 think"));
    assert_eq!(form.get("a.q2.s1"), Some("agree"));
    assert_ne!(form.get("form_key"), Some("1"));
    for name in ["a.q9", "a.q1x", "h.issue"] {
        assert_eq!(form.get(name), None, "{name}");
    }
    // Nothing is answered before its reader sends it, and they may change it.
    let db = app.service.store.read();
    assert_eq!(responses::count(db, of.id).await.unwrap(), 0);
    form.fields.retain(|(name, _)| name != "a.q2.s1");
    assert_eq!(app.submit(form.set("a.q1", "Mine.")).await.status, 303);
    assert_eq!(responses::all(db, of.id).await.unwrap()[0].answers.len(), 1);
    // The next reader's form is empty.
    assert_eq!(app.page(&path).await.texts_as_typed(), [""]);

    let long = "x".repeat(30_000);
    let page = app.page(&format!("{path}?a.q1={long}")).await;
    assert_eq!(page.texts_as_typed()[0].len(), 4000);
}

#[tokio::test]
async fn hidden_fields_that_were_declared_are_kept_and_shown_at_the_desk() {
    let app = TestApp::spawn().await;
    let mut needed = open("Why?");
    needed.required = true;
    let of = app.published(&[needed, open("What else?")]).await;
    let of = choose_options(
        &app.service,
        of,
        Chosen { hidden: vec!["issue".to_owned()], ..Chosen::default() },
    )
    .await
    .unwrap();
    let query = "h.issue=%3Cb%3E42&h.other=7";
    let page = app.page(&format!("/q/{}?{query}", of.slug)).await;
    let mut form = page.form("form#answers");
    assert_eq!((form.get("h.issue"), form.get("h.other")), (Some("<b>42"), None));
    // It survives a form that has to be corrected.
    let page = app.submit(form.set("a.q2", "More.")).await;
    assert_eq!(page.status, 422);
    let mut form = page.form("form#answers");
    form.set("a.q1", "So.").set("h.forged", "x");
    let receipt = app.submit(&form).await.location();
    // And a change of the answers.
    let mut change = app.page(&format!("{receipt}/change")).await.form("form#answers");
    assert_eq!(app.submit(change.set("a.q1", "So so.")).await.status, 303);

    let all = responses::all(app.service.store.read(), of.id).await.unwrap();
    let response = &all[0].response;
    assert_eq!(
        response.extras().into_iter().collect::<Vec<_>>(),
        [("issue".to_owned(), "<b>42".to_owned())]
    );
    app.sign_in().await;
    let page = app.page(&format!("/desk/q/{}/responses/{}", of.slug, response.id)).await;
    assert!(page.words().contains("issue") && page.words().contains("<b>42"), "{}", page.words());
}

#[tokio::test]
async fn the_editor_takes_names_and_sites_and_says_what_it_cannot_take() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("Why?")]).await;
    let path = format!("/desk/q/{}/settings", of.slug);
    let mut form = app.page(&path).await.form("form.settings");
    form.set("hidden", "issue\r\nutm_source").set("embed", "https://News.example/\nhttp://[x]");
    let page = app.submit(&form).await;
    assert_eq!(page.status, 422);
    assert!(page.words().contains("http://[x]"));
    // What cannot be taken is still there to be corrected; the rest is kept.
    let mut form = page.form("form.settings");
    assert_eq!(form.get("hidden"), Some("issue\nutm_source"));
    assert_eq!(form.get("embed"), Some("https://News.example/\nhttp://[x]"));
    let kept = app.page(&path).await.form("form.settings");
    assert_eq!(kept.get("embed"), Some("https://news.example"));
    form.set("embed", "https://news.example");
    assert_eq!(app.submit(&form).await.status, 303);
}

#[tokio::test]
async fn only_listed_sites_may_show_the_form_in_a_frame() {
    let app = TestApp::spawn().await;
    let mut needed = open("Why?");
    needed.required = true;
    let of = app.published(&[needed]).await;
    let path = format!("/q/{}", of.slug);
    let ancestors = |page: &crate::support::Page| {
        let policy = page.header("content-security-policy").to_owned();
        policy.split_once("frame-ancestors ").unwrap().1.to_owned()
    };
    assert_eq!(ancestors(&app.get(&format!("{path}?embed=1")).await), "'none'");
    let sites = ["https://news.example", "https://blog.example:8443"].map(str::to_owned);
    choose_options(&app.service, of, Chosen { embed: sites.to_vec(), ..Chosen::default() })
        .await
        .unwrap();
    let listed = "https://news.example https://blog.example:8443";

    let page = app.get(&format!("{path}?embed=1&lang=zh")).await;
    assert_eq!((page.status, ancestors(&page).as_str()), (200, listed));
    assert_eq!(page.header("set-cookie"), "");
    assert_eq!(page.header("cross-origin-resource-policy"), "cross-origin");
    assert_eq!(page.header("cross-origin-opener-policy"), "");
    // Not without being asked for, nor anywhere else.
    for other in [path.clone(), "/?embed=1".to_owned(), "/sign-in?embed=1".to_owned()] {
        assert_eq!(ancestors(&app.get(&other).await), "'none'", "{other}");
    }

    // What follows stays in the frame: the form to correct, every problem, and the receipt.
    let mut form = page.form("form#answers");
    let again = app.submit(&form).await;
    assert_eq!((again.status, ancestors(&again).as_str()), (422, listed));
    let text = ("content-type", "text/plain");
    let odd = app.client.post(app.url(&form.action)).header(text.0, text.1).body("A text.");
    let odd = app.send(odd).await;
    assert_eq!((odd.status, ancestors(&odd).as_str()), (415, listed));
    let receipt = app.submit(form.set("a.q1", "So.")).await.location();
    assert!(receipt.ends_with("?embed=1"), "{receipt}");
    let page = app.page(&receipt).await;
    assert_eq!(ancestors(&page), listed);
    let bare = receipt.trim_end_matches("?embed=1");
    assert_eq!(ancestors(&app.page(bare).await), "'none'");
    let inside = app.client.get(app.url(&format!("{bare}/change")));
    let inside = inside.header("sec-fetch-dest", "iframe").header("sec-fetch-site", "same-origin");
    assert_eq!(ancestors(&app.send(inside).await), listed);
    let foreign = app.client.get(app.url(bare)).header("sec-fetch-dest", "iframe");
    let foreign = foreign.header("sec-fetch-site", "cross-site");
    assert_eq!(ancestors(&app.send(foreign).await), "'none'");
}
