//! The images of an article: links, until the organizer lets them be fetched once; then figures
//! that are served from here.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use colloquy::acts::bring_article::bring_article;
use colloquy::acts::bring_newer::{keep_newer, take_newer};
use colloquy::acts::delete_questionnaire::{delete_questionnaire, erase_due};
use colloquy::acts::publish_questionnaire::publish_questionnaire;
use colloquy::acts::sign_in;
use colloquy::article::{self, Format};
use colloquy::store::entity::{article_image, image};
use colloquy::store::questionnaires::{self, Questionnaire};
use sea_orm::EntityTrait as _;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::api::{Program, value};
use crate::support::{Page, TestApp, open, png};

/// A server of images on this machine, and how often each was asked for.
struct Site {
    address: String,
    asked: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Site {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(BTreeMap::new()));
        let counted = asked.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let counted = counted.clone();
                tokio::spawn(async move {
                    let mut sent = vec![0; 1 << 14];
                    let length = stream.read(&mut sent).await.unwrap();
                    let sent = String::from_utf8_lossy(&sent[..length]).into_owned();
                    let path = sent.split(' ').nth(1).unwrap().to_owned();
                    *counted.lock().unwrap().entry(path.clone()).or_insert(0) += 1;
                    let (head, body) = match path.as_str() {
                        "/cup.png" | "/same.png" => ("200 OK", png(640, 480)),
                        "/sign.gif" => ("200 OK", b"GIF89a\x10\0\x10\0".to_vec()),
                        "/page.png" => ("200 OK", b"<!doctype html><script>x()</script>".to_vec()),
                        "/drawn.svg" => {
                            ("200 OK", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec())
                        }
                        "/large.png" => ("200 OK", [png(640, 480), vec![0; 6 << 20]].concat()),
                        "/away.png" => {
                            ("302 Found\r\nlocation: http://169.254.169.254/x.png", vec![])
                        }
                        _ => ("404 Not Found", vec![]),
                    };
                    // What it says it is, nobody believes.
                    let head = format!("HTTP/1.1 {head}\r\ncontent-type: image/svg+xml\r\n\r\n");
                    let _ = stream.write_all(&[head.into_bytes(), body].concat()).await;
                    let _ = stream.shutdown().await;
                });
            }
        });
        Self { address, asked }
    }

    fn asked(&self, path: &str) -> usize {
        self.asked.lock().unwrap().get(path).copied().unwrap_or(0)
    }

    fn text(&self, images: &[(&str, &str)]) -> String {
        let images = images
            .iter()
            .map(|(words, path)| format!("![{words}]({}{path} \"Under it\")", self.address));
        format!(
            "# Tea\n\nWhere will you drink it?\n\n{}\n",
            images.collect::<Vec<_>>().join("\n\n")
        )
    }
}

async fn app() -> TestApp {
    let app = TestApp::spawn_with(|settings| {
        settings.fetch.networks = vec!["127.0.0.1".parse().unwrap()];
        settings.fetch.ports = vec![];
    })
    .await;
    app.sign_in().await;
    app
}

async fn published(app: &TestApp, text: &str) -> Questionnaire {
    let organizer = sign_in::first_organizer(&app.service).await.unwrap();
    let of = bring_article(&app.service, organizer, text, Format::Markdown, false).await.unwrap();
    let of = app.edit(of, &[open("Where?")]).await;
    publish_questionnaire(&app.service, of).await.unwrap().unwrap()
}

/// The desk's page of the article once this button of it was pressed.
async fn pressed(app: &TestApp, of: &Questionnaire, button: &str) -> Page {
    let path = format!("/desk/q/{}/article", of.slug);
    let done = app.submit(&app.page(&path).await.form_with_button(button)).await;
    assert_eq!((done.status, done.location()), (303, format!("{path}#images")), "{}", done.words());
    app.page(&path).await
}

/// How many images are kept, and how many articles show one.
async fn kept(app: &TestApp) -> (usize, usize) {
    let db = app.service.store.read();
    let images = image::Entity::find().all(db).await.unwrap().len();
    let shown = article_image::Entity::find().all(db).await.unwrap();
    (images, shown.iter().filter(|row| row.image.is_some()).count())
}

const SHOW: &str = "Show the images on the article page";

#[actix_web::test]
async fn images_are_links_until_the_organizer_lets_them_be_fetched_once() {
    let (app, site) = (app().await, Site::new().await);
    let of = published(&app, &site.text(&[("A cup 一杯茶", "/cup.png"), ("", "/same.png")])).await;
    let (article, reader) = (format!("/q/{}/article", of.slug), app.stranger());
    let page = reader.page(&article).await;
    assert!(page.attributes("main img", "src").is_empty());
    assert_eq!(
        page.attributes(".article a", "href"),
        ["/cup.png", "/same.png"].map(|path| format!("{}{path}", site.address))
    );
    let desk = app.page(&format!("/desk/q/{}/article", of.slug)).await;
    let said = desk.texts("#images").join(" ");
    assert!(said.contains("A cup 一杯茶") && said.contains("127.0.0.1"), "{said}");
    assert_eq!((site.asked("/cup.png"), kept(&app).await), (0, (0, 0)));

    let desk = pressed(&app, &of, SHOW).await;
    assert!(desk.texts("#images").join(" ").contains("Readers see all 2 images"));
    assert_eq!(desk.attributes("article.source img", "alt"), ["A cup 一杯茶", ""]);
    let own = desk.attributes("article.source img", "src").remove(0);
    assert_eq!(app.page(&own).await.header("content-type"), "image/png");
    // The same bytes are kept once.
    assert_eq!((site.asked("/cup.png"), kept(&app).await), (1, (1, 2)));

    let page = reader.page(&article).await;
    assert_eq!(page.texts(".article figure figcaption"), ["Under it", "Under it"]);
    for (name, value) in
        [("alt", "A cup 一杯茶"), ("width", "640"), ("height", "480"), ("loading", "lazy")]
    {
        assert_eq!(page.attributes(".article figure img", name)[0], value);
    }
    let source = page.attributes(".article figure img", "src").remove(0);
    assert!(source.starts_with(&format!("/q/{}/images/", of.slug)), "{source}");
    let answer = reader.client.get(reader.url(&source)).send().await.unwrap();
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!((answer.status().as_u16(), header("content-type")), (200, "image/png".to_owned()));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "public, max-age=31536000, immutable");
    assert!(header("content-security-policy").contains("img-src 'self'"));
    assert_eq!(answer.bytes().await.unwrap().to_vec(), png(640, 480));
    assert_eq!(site.asked("/cup.png"), 1, "readers ask nobody else");
    // An image of another questionnaire, or none, is not there.
    let other = published(&app, "# Other\n\nWhat now?\n").await;
    let elsewhere = source.replace(&*of.slug.to_string(), &other.slug.to_string());
    for path in
        [elsewhere, format!("/q/{}/images/none.png", of.slug), source.replace(".png", ".html")]
    {
        assert_eq!(reader.get(&path).await.status, 404, "{path}");
    }

    let desk = pressed(&app, &of, "Take the images off the page").await;
    assert!(desk.texts("#images").join(" ").contains(SHOW));
    assert_eq!(kept(&app).await, (0, 0));
    assert_eq!(reader.get(&source).await.status, 404);
    assert!(reader.page(&article).await.attributes("main img", "src").is_empty());
}

#[actix_web::test]
async fn what_is_no_image_or_too_large_or_leads_inside_stays_a_link_and_says_why() {
    let (app, site) = (app().await, Site::new().await);
    let images = [
        ("Sign", "/sign.gif"),
        ("Page", "/page.png"),
        ("Drawn", "/drawn.svg"),
        ("Large", "/large.png"),
        ("Away", "/away.png"),
        ("Gone", "/gone.png"),
    ];
    let text = format!("{}\n![Near](here.png)\n", site.text(&images));
    let of = published(&app, &text).await;
    let desk = pressed(&app, &of, SHOW).await;
    let lines = desk.texts("#images li");
    for (line, why) in lines.iter().zip([
        "shown, 16 × 16",
        "stays a link: what is there is no PNG, JPEG, GIF, WebP or AVIF image",
        "stays a link: it is an SVG drawing, which can carry programs",
        "stays a link: what is there is larger than 5 MB",
        "stays a link: 169.254.169.254 is not an address of the open internet",
        "stays a link: it answered with status 404",
        "stays a link: this is no address that begins with http:// or https://",
    ]) {
        assert!(line.contains(why), "{line}: {why}");
    }
    assert_eq!(lines.len(), 7);
    assert!(lines[4].starts_with("Away"), "{}", lines[4]);
    assert_eq!(kept(&app).await, (1, 1));
    let page = app.stranger().page(&format!("/q/{}/article", of.slug)).await;
    // A sign among words is no figure; the others are the links that they were.
    assert_eq!((page.texts("main img").len(), page.texts("main figure").len()), (1, 0));
    let links = page.attributes(".article a", "href");
    assert_eq!(links.iter().filter(|link| link.starts_with(&site.address)).count(), 5, "{links:?}");
    // What is kept is not asked for again.
    pressed(&app, &of, "Fetch those that are missing").await;
    assert_eq!((site.asked("/sign.gif"), site.asked("/gone.png")), (1, 2));
}

#[actix_web::test]
async fn a_newer_text_keeps_what_it_shows_and_fetches_nothing_by_itself() {
    let (app, site) = (app().await, Site::new().await);
    let of = published(&app, &site.text(&[("A cup", "/cup.png"), ("Sign", "/sign.gif")])).await;
    pressed(&app, &of, SHOW).await;
    let newer = site.text(&[("The cup", "/cup.png"), ("Other", "/same.png")]);
    let newer = article::read(&newer, Format::Markdown).unwrap();
    let id = keep_newer(&app.service, &of, newer).await.unwrap().unwrap();
    take_newer(&app.service, &of, id, &[].into()).await.unwrap().unwrap();
    let page = app.stranger().page(&format!("/q/{}/article", of.slug)).await;
    assert_eq!(page.attributes("main img", "alt"), ["The cup"]);
    assert_eq!((site.asked("/cup.png"), site.asked("/same.png")), (1, 0));
    let desk = app.page(&format!("/desk/q/{}/article", of.slug)).await;
    assert!(desk.texts("#images").join(" ").contains("Readers see 1 of 2 images"));

    // With the questionnaire its images are erased, but not those that another article shows.
    let other = published(&app, &site.text(&[("A cup", "/cup.png")])).await;
    pressed(&app, &other, SHOW).await;
    assert_eq!(kept(&app).await, (2, 4));
    delete_questionnaire(&app.service, of.id).await.unwrap();
    app.service.clock.advance(TimeDelta::days(15));
    assert_eq!(erase_due(&app.service).await.unwrap(), 1);
    assert_eq!(kept(&app).await, (1, 1));
    let page = app.stranger().page(&format!("/q/{}/article", other.slug)).await;
    assert_eq!(page.texts("main figure").len(), 1);
}

#[actix_web::test]
async fn a_program_shows_images_and_takes_them_away() {
    let (app, site) = (app().await, Site::new().await);
    let of = published(&app, &site.text(&[("A cup", "/cup.png"), ("Page", "/page.png")])).await;
    let program = Program::of(&app).await;
    let path = format!("/questionnaires/{}/article/images", of.slug);
    let shown = value(&program.ask("put", &path).await);
    let images = &shown["images"];
    assert_eq!(
        images[0],
        json!({
            "address": format!("{}/cup.png", site.address), "words": "A cup", "host": "127.0.0.1",
            "shown": true, "why": null, "width": 640, "height": 480,
        })
    );
    assert!(images[1]["why"].as_str().unwrap().contains("no PNG"), "{images}");
    assert_eq!(program.get(&path).await, shown);
    assert_eq!(program.ask("delete", &path).await.status, 204);
    assert_eq!(
        (program.get(&path).await["images"][0]["shown"].clone(), kept(&app).await),
        (json!(false), (0, 0))
    );
}

#[actix_web::test]
async fn images_are_not_fetched_where_the_settings_say_so() {
    let site = Site::new().await;
    let app = TestApp::spawn_with(|settings| settings.fetch.articles = false).await;
    app.sign_in().await;
    let of = published(&app, &site.text(&[("A cup", "/cup.png")])).await;
    let desk = format!("/desk/q/{}/article", of.slug);
    let said = app.page(&desk).await.texts("#images").join(" ");
    assert!(said.contains("asks no other") && !said.contains(SHOW), "{said}");
    assert_eq!(app.post_form(&format!("{desk}/images"), &[]).await.status, 422);
    let of = questionnaires::by_slug(app.service.store.read(), &of.slug).await.unwrap().unwrap();
    assert_eq!((site.asked("/cup.png"), of.version > 0, kept(&app).await), (0, true, (0, 0)));
}
