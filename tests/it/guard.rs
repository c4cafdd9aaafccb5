//! Every address, walked: headers on every answer, no write from another site, no desk without
//! an organizer.

use colloquy::web::routes::ADDRESSES;

use super::support::TestApp;

fn filled(pattern: &str) -> String {
    let mut path = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        path.push_str(before);
        let (name, after) = after.split_once('}').unwrap();
        path.push_str(match name {
            "id" | "group" => "00000000000040008000000000000001",
            _ => "nothing",
        });
        rest = after;
    }
    path + rest
}

#[actix_web::test]
async fn every_answer_has_the_security_headers() {
    let app = TestApp::start().await;
    for (method, pattern) in ADDRESSES {
        let url = format!("{}{}", app.base, filled(pattern));
        let request = match *method {
            "get" => app.client.get(url),
            _ => app.client.post(url).header("sec-fetch-site", "same-origin"),
        };
        let answer = request.send().await.unwrap();
        let headers = answer.headers();
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{pattern}: {policy}");
        assert!(!policy.contains("unsafe"), "{pattern}: {policy}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{pattern}");
        assert_eq!(headers["referrer-policy"], "same-origin", "{pattern}");
        assert!(headers.contains_key("cache-control"), "{pattern}");
        assert!(answer.status().as_u16() < 500, "{method} {pattern}: {}", answer.status());
    }
}

#[actix_web::test]
async fn no_address_takes_a_write_from_another_site() {
    let app = TestApp::start().await;
    app.sign_in().await;
    for (_, pattern) in ADDRESSES.iter().filter(|(method, _)| *method == "post") {
        let url = format!("{}{}", app.base, filled(pattern));
        for site in ["cross-site", "same-site"] {
            let request = app.client.post(&url).header("sec-fetch-site", site);
            assert_eq!(request.send().await.unwrap().status(), 403, "{pattern} from {site}");
        }
        let request = app.client.post(&url).header("origin", "https://elsewhere.example");
        assert_eq!(request.send().await.unwrap().status(), 403, "{pattern} by origin");
    }
}

#[actix_web::test]
async fn the_desk_is_closed_to_those_who_are_not_signed_in() {
    let app = TestApp::start().await;
    for (method, pattern) in ADDRESSES.iter().filter(|(_, path)| path.starts_with("/desk")) {
        let path = filled(pattern);
        if *method == "get" {
            let answer = app.get(&path).await;
            assert_eq!(answer.status(), 303, "{pattern}");
            let to = answer.headers()["location"].to_str().unwrap();
            assert!(to.starts_with("/sign-in?next="), "{pattern} leads to {to}");
        } else {
            let answer = app.post(&path, &[("text", "typed")]).await;
            assert_eq!(answer.status(), 401, "{pattern}");
        }
    }
}
