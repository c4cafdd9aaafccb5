//! An article is brought: as a file, from its address, as it was copied; and read by everybody.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::support::{Page, TestApp};

const WORDS: &str = "For years we have been talking about the second half, and this week it has \
    begun. Everybody who works on models had to read the paper twice, and so did we, over tea.";

/// A site on this machine: an article with what stands around such, and a way that leads away.
async fn site() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut asked = vec![0; 1 << 14];
            let length = stream.read(&mut asked).await.unwrap();
            let asked = String::from_utf8_lossy(&asked[..length]).into_owned();
            let answer = match asked.split(' ').nth(1).unwrap() {
                "/judgments" => format!(
                    "200 OK\r\ncontent-type: text/html; charset=gb18030\r\n\r\n<html lang=en>\
                     <head><title>Several judgments</title></head><body><nav>Who are we?</nav>\
                     <article><h1>Several judgments</h1><p>{WORDS}</p><p>{WORDS}</p>\
                     <p>Where will you invest your resources? <a href=\"/more\">More</a></p>\
                     <img src=\"/tea.png\" alt=\"Tea\"><p>{WORDS}</p></article>\
                     <div class=comments><p>First! Who else is here?</p></div></body></html>"
                ),
                "/away" => "302 Found\r\nlocation: http://169.254.169.254/\r\n\r\n".to_owned(),
                "/picture" => {
                    "200 OK\r\ncontent-type: image/png\r\n\r\n\u{89}PNG\0\0\0\0\0\0".to_owned()
                }
                _ => "404 Not Found\r\n\r\n".to_owned(),
            };
            let _ = stream.write_all(format!("HTTP/1.1 {answer}").as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    format!("http://{address}")
}

async fn open_to_this_machine() -> TestApp {
    let app = TestApp::spawn_with(|settings| {
        settings.fetch.networks = vec!["127.0.0.1".parse().unwrap()];
        settings.fetch.ports = vec![];
    })
    .await;
    app.sign_in().await;
    app
}

/// What the page says once this was filled in.
async fn bring(app: &TestApp, fields: &[(&str, &str)]) -> Page {
    let mut form = app.page("/desk/new").await.form("main form");
    "/desk/new".clone_into(&mut form.action);
    for (name, value) in fields {
        form.set(name, value);
    }
    app.submit(&form).await
}

#[actix_web::test]
async fn an_article_is_brought_by_its_address_without_what_stands_around_it() {
    let (app, site) = (open_to_this_machine().await, site().await);
    let brought = bring(&app, &[("address", &format!("{site}/judgments"))]).await;
    assert_eq!(brought.status, 303, "{}", brought.text);
    let page = app.page(&brought.location()).await;
    assert_eq!(page.texts("h1"), ["Several judgments"]);
    let text = page.texts("article.source").join(" ");
    assert!(text.contains("Where will you invest your resources?"), "{text}");
    assert!(!text.contains("First!") && !text.contains("Who are we"), "{text}");
    let links = page.attributes("article.source a", "href");
    assert!(links.contains(&format!("{site}/more")), "{links:?}");
    // Nobody who reads the article asks its site for anything.
    assert!(
        links.contains(&format!("{site}/tea.png")) && page.texts("article.source img").is_empty()
    );
    assert!(text.contains("Tea (127.0.0.1)"), "{text}");
}

#[actix_web::test]
async fn what_cannot_be_read_at_an_address_is_said_and_nothing_typed_is_lost() {
    let (app, site) = (open_to_this_machine().await, site().await);
    let shut = TestApp::signed_in().await;
    for (app, path, why) in [
        (&app, format!("{site}/away"), "169.254.169.254 is not an address of the open internet"),
        (&app, format!("{site}/nothing"), "it answered with status 404"),
        (&app, format!("{site}/picture"), "This is no text that we can read"),
        (&app, "file:///etc/passwd".to_owned(), "no address that begins with http:// or https://"),
        (&shut, "http://127.0.0.1/".to_owned(), "127.0.0.1 is not an address of the open internet"),
        (&shut, format!("{site}/judgments"), "is not asked from here"),
    ] {
        let page = bring(app, &[("address", &path), ("text", "My own words")]).await;
        assert_eq!(page.status, 422, "{path}");
        let said = page.texts("[role=alert]").join(" ");
        assert!(said.contains(why) && said.contains("Nothing was kept"), "{said}");
        let form = page.form("main form");
        assert_eq!((form.get("address"), form.get("text")), (Some(&*path), Some("My own words")));
    }
    assert!(app.page("/desk").await.texts("main").join(" ").contains("Nothing here yet"));
}

#[actix_web::test]
async fn articles_are_not_fetched_where_the_settings_say_so() {
    let app = TestApp::spawn_with(|settings| settings.fetch.articles = false).await;
    app.sign_in().await;
    let page = app.page("/desk/new").await;
    assert!(page.attributes("main input", "name").iter().all(|name| name != "address"));
    let mut form = page.form("main form");
    "/desk/new".clone_into(&mut form.action);
    form.set("address", "https://example.org/");
    let refused = app.submit(&form).await;
    assert_eq!(refused.status, 422);
    assert!(refused.texts("[role=alert]").join(" ").contains("not fetched from here"));
}

#[actix_web::test]
async fn what_is_copied_from_a_page_keeps_what_it_is_made_of() {
    let app = TestApp::signed_in().await;
    let html = "<meta charset='utf-8'><h2 style='color:red'>Tea</h2><ul><li onclick=x()>Where will \
                you <b>drink</b> it?</li></ul><script>alert(1)</script>";
    let words = "Tea\n\nWhere will you drink it?";
    let brought = bring(&app, &[("html", html), ("text", words)]).await;
    let page = app.page(&brought.location()).await;
    assert_eq!(page.texts("article.source li"), ["Where will you drink it?"]);
    assert_eq!(page.texts("article.source li strong"), ["drink"]);
    assert!(!page.text.contains("alert(1)") && !page.text.contains("onclick"));
}
