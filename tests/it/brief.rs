//! The brief.

use crate::support::TestApp;

#[tokio::test]
async fn dump() {
    let app = TestApp::spawn().await;
    let desk = app.example().await;
    let md = app.page(&format!("{desk}/brief/brief.md")).await;
    println!("{}", md.text);
    let start = std::time::Instant::now();
    let pdf = app.client.get(app.url(&format!("{desk}/brief/brief.pdf"))).send().await.unwrap();
    println!("{} {:?}", pdf.status(), start.elapsed());
    std::fs::write("/tmp/brief.pdf", pdf.bytes().await.unwrap()).unwrap();
    let publish = app.page(&format!("{desk}/brief/publish")).await;
    println!("{:#?}", publish.texts("article.brief p, article.brief h2, article.brief tr"));
}
