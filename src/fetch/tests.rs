//! With servers on this machine, which stand for the open internet where a test says so.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;

fn fetcher(networks: &[&str]) -> Fetcher {
    drop(rustls::crypto::ring::default_provider().install_default());
    let networks = networks.iter().map(|network| network.parse().unwrap()).collect();
    Fetcher::of(&config::Fetch { articles: true, networks, ports: vec![], seconds: 2 })
}

/// A server that answers everything with what `answer` makes of the path; its port.
async fn server(ip: &str, answer: fn(&str, u16) -> String) -> u16 {
    let listener = TcpListener::bind((ip, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut asked = vec![0; 1 << 16];
                let length = stream.read(&mut asked).await.unwrap();
                let asked = String::from_utf8_lossy(&asked[..length]).into_owned();
                let path = asked.split(' ').nth(1).unwrap().to_owned();
                if path == "/never" {
                    tokio::time::sleep(Duration::from_secs(9)).await;
                }
                let head = format!("HTTP/1.1 {}", answer(&path, port));
                let _ = stream.write_all(head.as_bytes()).await;
                if path == "/endless" {
                    let much = vec![b'x'; 1 << 20];
                    while stream.write_all(&much).await.is_ok() {}
                }
                if path == "/drip" {
                    while stream.write_all(b"x").await.is_ok() {
                        tokio::time::sleep(Duration::from_millis(100)).await;
                    }
                }
                let _ = stream.shutdown().await;
            });
        }
    });
    port
}

fn answer(path: &str, port: u16) -> String {
    let to = |there: &str| format!("302 Found\r\nlocation: {there}\r\n\r\n");
    match path {
        "/there" => "200 OK\r\ncontent-type: text/html\r\n\r\n<p>An article".to_owned(),
        "/on" => to("/there"),
        "/round" => to("/round"),
        "/file" => to("file:///etc/passwd"),
        "/name" => to(&format!("http://localhost:{port}/there")),
        "/number" => to(&format!("http://127.0.0.1:{port}/there")),
        "/metadata" => to("http://169.254.169.254/latest/meta-data/"),
        "/mapped" => to(&format!("http://[::ffff:127.0.0.1]:{port}/there")),
        "/packed" => "200 OK\r\ncontent-encoding: gzip\r\n\r\nx".to_owned(),
        "/endless" | "/drip" => "200 OK\r\n\r\n".to_owned(),
        "/later" => "429 Too Many\r\nretry-after: 120\r\n\r\nlater".to_owned(),
        _ => "404 Not Found\r\n\r\n".to_owned(),
    }
}

#[tokio::test]
async fn what_is_there_comes_whole_and_from_where_it_was_found() {
    let port = server("127.0.0.2", answer).await;
    let fetcher = fetcher(&["127.0.0.2"]);
    let found = fetcher.get(&format!("http://127.0.0.2:{port}/on"), "text/html").await.unwrap();
    assert_eq!(found.address, format!("http://127.0.0.2:{port}/there"));
    assert_eq!(found.content_type, "text/html");
    assert_eq!(found.bytes, b"<p>An article");
}

#[tokio::test]
async fn no_way_leads_to_what_is_not_of_the_open_internet() {
    let port = server("127.0.0.2", answer).await;
    let fetcher = fetcher(&["127.0.0.2"]);
    for path in ["name", "number", "metadata", "mapped"] {
        let found = fetcher.get(&format!("http://127.0.0.2:{port}/{path}"), "*/*").await;
        assert!(matches!(found, Err(NoFetch::NotPublic(_))), "{path}: {found:?}");
    }
    for address in [
        format!("http://localhost:{port}/there"),
        format!("http://127.1:{port}/there"),
        format!("http://0x7f000001:{port}/there"),
        format!("http://2130706433:{port}/there"),
        format!("http://017700000001:{port}/there"),
        format!("http://127.0.0.1.:{port}/there"),
        format!("http://１２７.0.0.1:{port}/there"),
        format!("http://0:{port}/there"),
        format!("http://[::1]:{port}/there"),
        format!("http://[::ffff:7f00:1]:{port}/there"),
        format!("http://[64:ff9b::7f00:1]:{port}/there"),
    ] {
        let found = fetcher.get(&address, "*/*").await;
        assert!(matches!(found, Err(NoFetch::NotPublic(_))), "{address}: {found:?}");
        let found = fetcher.post(&address, &[], vec![]).await;
        assert!(matches!(found, Err(NoFetch::NotPublic(_))), "{address}: {found:?}");
    }
}

#[tokio::test]
async fn what_is_no_address_of_the_web_is_not_asked() {
    let settings =
        config::Fetch { articles: true, networks: vec![], ports: vec![80, 443], seconds: 2 };
    let fetcher = Fetcher::of(&settings);
    for (address, why) in [
        ("", NoFetch::Address),
        ("example.org", NoFetch::Address),
        ("file:///etc/passwd", NoFetch::Address),
        ("ftp://example.org/", NoFetch::Address),
        ("gopher://example.org:80/", NoFetch::Address),
        ("data:text/html,x", NoFetch::Address),
        ("http://", NoFetch::Address),
        ("http://user:secret@example.org/", NoFetch::Credentials),
        ("http://user@example.org/", NoFetch::Credentials),
        ("https://example.org:22/", NoFetch::Port(22)),
        ("http://example.org:8080/", NoFetch::Port(8080)),
    ] {
        assert_eq!(fetcher.check(address), Err(why), "{address}");
    }
    assert_eq!(fetcher.check(" https://example.org/an-article "), Ok(()));
    assert_eq!(fetcher.check("http://example.org:443/"), Ok(()));
}

#[tokio::test]
async fn an_answer_has_an_end() {
    let port = server("127.0.0.2", answer).await;
    let fetcher = fetcher(&["127.0.0.2"]);
    for (path, why) in [
        ("round", NoFetch::Redirects),
        ("file", NoFetch::Address),
        ("packed", NoFetch::Packed("gzip".to_owned())),
        ("nothing", NoFetch::Status(404)),
        ("endless", NoFetch::Large(LARGEST)),
        ("never", NoFetch::Slow(2)),
        ("drip", NoFetch::Slow(2)),
    ] {
        let found = fetcher.get(&format!("http://127.0.0.2:{port}/{path}"), "*/*").await;
        assert_eq!(found, Err(why), "{path}");
    }
    let gone = fetcher.get("http://127.0.0.2:1/", "*/*").await;
    assert!(matches!(gone, Err(NoFetch::Unreachable(_))), "{gone:?}");
    let unknown = fetcher.get("http://nobody.invalid/", "*/*").await;
    assert_eq!(unknown, Err(NoFetch::Unknown("nobody.invalid".to_owned())));
}

#[tokio::test]
async fn who_hands_something_over_hears_what_was_said_and_is_not_sent_on() {
    let port = server("127.0.0.2", answer).await;
    let fetcher = fetcher(&["127.0.0.2"]);
    let at = |path: &str| format!("http://127.0.0.2:{port}{path}");
    let said = fetcher.post(&at("/on"), &[("webhook-id", "1")], b"{}".to_vec()).await.unwrap();
    assert_eq!(said.status, 302);
    let said = fetcher.post(&at("/later"), &[], b"{}".to_vec()).await.unwrap();
    let later = Answer { status: 429, retry_after: Some(120), text: "later".to_owned() };
    assert_eq!(said, later);
    let said = fetcher.post(&at("/endless"), &[], vec![]).await.unwrap();
    assert_eq!((said.status, said.text.len()), (200, KEPT));
}
