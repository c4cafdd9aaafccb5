//! Guides: what stands in them, for whom, as which file; what the organizer changes; and whose words
//! leave them.

use std::collections::BTreeSet;

use colloquy::acts::erase_response::erase_response;
use colloquy::acts::withdraw_consent::withdraw_consent;
use colloquy::domain::consent::Consent;
use colloquy::insight;
use colloquy::insight::guide::Guide;
use colloquy::store::responses;

use super::scene::Scene;
use crate::brief::pdf_text;
use crate::support::Page;

/// Every quote in the guide of the first group, as it is kept.
async fn kept(scene: &Scene) -> Guide {
    serde_json::from_str(&scene.whole().await.groups[0].guide).unwrap()
}

async fn shown(scene: &Scene) -> Page {
    let group = scene.whole().await.groups[0].id;
    scene.app.page(&format!("{}/discussion/{group}/guide", scene.desk)).await
}

#[tokio::test]
async fn a_guide_has_what_practice_asks_for_and_its_minutes_add_up() {
    let scene = Scene::of(&[5, 5], 0).await;
    let page = shown(&scene).await;
    let titles = page.texts(".guide h3");
    let expected = ["Who is here", "For the host", "agree on", "opening", "all groups", "differ"];
    for piece in expected {
        assert!(titles.iter().any(|title| title.contains(piece)), "{piece}: {titles:?}");
    }
    assert!(titles.last().unwrap().starts_with("Notes"), "{titles:?}");
    // The question of experience fits whatever the discussion is called.
    let question = page.texts(".guide .part").join(" ");
    assert!(question.contains("What have you lived through yourself"), "{question}");
    assert!(!question.contains(&scene.of.title), "{question}");
    let minutes: Vec<(u32, u32)> = page
        .texts(".guide .time")
        .iter()
        .map(|time| {
            let numbers: Vec<u32> = time.split(' ').filter_map(|word| word.parse().ok()).collect();
            (numbers[0], numbers[1])
        })
        .collect();
    assert!(minutes.len() >= 5);
    assert_eq!((minutes[0].0, minutes.last().unwrap().1), (0, 90));
    assert!(minutes.windows(2).all(|pair| pair[0].1 == pair[1].0), "{minutes:?}");
    // The shared question is the same in both groups, the one on which a group differs its own.
    let guides: Vec<Guide> = (scene.whole().await.groups.iter())
        .map(|group| serde_json::from_str(&group.guide).unwrap())
        .collect();
    assert_eq!(guides[0].topics[0].text, guides[1].topics[0].text);
    assert!(guides.iter().all(|guide| guide.topics.len() == 3), "{guides:#?}");
}

#[tokio::test]
async fn quotes_are_slices_of_answers_by_those_who_allowed_it_and_no_side_has_a_name() {
    let scene = Scene::of(&[5, 5, 5], 0).await;
    let insight = insight::of(scene.service(), &scene.of).await.unwrap();
    let whole = scene.whole().await;
    let mut both = BTreeSet::new();
    for group in &whole.groups {
        let guide: Guide = serde_json::from_str(&group.guide).unwrap();
        let members: Vec<_> =
            whole.members(group.id).iter().filter_map(|(_, one)| one.response_id).collect();
        let (mut named, mut sided) = (BTreeSet::new(), BTreeSet::new());
        for quote in guide.topics.iter().flat_map(|topic| &topic.quotes).chain(&guide.facts) {
            let voice = insight.material.voice(quote.response).unwrap();
            let Some(colloquy::domain::Answer::Open(text)) = voice.answer(quote.question) else {
                panic!("no open answer");
            };
            assert_eq!(text.get(quote.start..quote.end), Some(quote.text.as_str()));
            assert_eq!(quote.inside, members.contains(&quote.response));
            if quote.inside {
                assert!(voice.allows(Consent::Group));
            } else {
                assert!(insight.material.is_quotable(quote.response));
                assert!(quote.name.is_none() || voice.allows(Consent::QuoteNamed));
            }
            both.insert(quote.inside);
            assert!(quote.side.is_none() || quote.name.is_none(), "a side beside a name");
            if quote.name.is_some() {
                named.insert(quote.response);
            }
            if quote.side.is_some() {
                sided.insert(quote.response);
            }
        }
        assert!(named.is_disjoint(&sided), "a side can be put together with a name");
    }
    assert_eq!(both, [false, true].into(), "quotes from inside and from outside");
}

#[tokio::test]
async fn who_erases_or_takes_back_leaves_guides_that_were_made() {
    let scene = Scene::of(&[5], 0).await;
    let guide = kept(&scene).await;
    let quotes = || guide.topics.iter().flat_map(|topic| &topic.quotes).chain(&guide.facts);
    let inside = quotes().find(|quote| quote.inside).unwrap();
    let outside = quotes().find(|quote| !quote.inside).unwrap();
    let page = shown(&scene).await;
    for quote in [inside, outside] {
        assert!(page.text.contains(maud::html! { (quote.text) }.0.as_str()), "{}", quote.text);
    }
    let db = scene.service().store.read();
    // A member no longer lets the group see their answers; their words may still be quoted, if at
    // all, as those of somebody else.
    let response = responses::by_id(db, inside.response).await.unwrap().unwrap();
    for consent in [Consent::Group, Consent::Quote, Consent::QuoteNamed] {
        withdraw_consent(scene.service(), &scene.of, &response, consent).await.unwrap();
    }
    let page = shown(&scene).await;
    assert!(!page.texts(".guide .quote p").contains(&inside.text), "{}", inside.text);
    let response = responses::by_id(db, outside.response).await.unwrap().unwrap();
    let given = responses::given(db, response).await.unwrap();
    erase_response(scene.service(), scene.of.mode, &given).await.unwrap();
    let after = kept(&scene).await;
    let left = after.topics.iter().flat_map(|topic| &topic.quotes).chain(&after.facts);
    assert!(left.into_iter().all(|quote| quote.response != outside.response));
    assert!(!shown(&scene).await.texts(".guide .quote p").contains(&outside.text));
}

#[tokio::test]
async fn a_participant_reads_names_only_of_those_who_let_their_group_see_their_answers() {
    let scene = Scene::of(&[5], 0).await;
    let insight = insight::of(scene.service(), &scene.of).await.unwrap();
    let whole = scene.whole().await;
    let members = whole.members(whole.groups[0].id);
    let (mut shy, mut open) = (vec![], vec![]);
    for (_, one) in &members {
        let voice = insight.material.voice(one.response_id.unwrap()).unwrap();
        let name = voice.contact().unwrap().name.clone();
        if voice.allows(Consent::Group) {
            open.push(name);
        } else {
            shy.push((name, (*one).clone()));
        }
    }
    assert!(!shy.is_empty() && !open.is_empty(), "the example has both among its first five");
    let with = |page: &Page| {
        let labels = page.texts(".guide .facts dt");
        let at = labels.iter().position(|label| label == "With").unwrap();
        page.texts(".guide .facts dd")[at].clone()
    };
    let other = members.iter().find(|(_, one)| shy.iter().all(|(_, s)| s.id != one.id)).unwrap();
    let read = with(&scene.seat(other.1).await);
    for (name, own) in &shy {
        assert!(!read.contains(name.as_str()), "{read}");
        assert!(with(&scene.seat(own).await).contains(name.as_str()), "their own they read");
    }
    for name in &open {
        assert!(read.contains(name.as_str()), "{read}");
    }
    // The host knows whom to expect.
    scene.invite().await;
    let host = scene.app.stranger().page(&scene.host_link(1).await).await;
    for (name, _) in &shy {
        assert!(host.texts(".there bdi").contains(name));
    }
    assert!(!host.text.contains("@example"), "no addresses");
}

#[tokio::test]
async fn the_guide_is_a_file_in_each_form() {
    let scene = Scene::of(&[5], 0).await;
    let link = scene.link(&scene.participant(0));
    let reader = scene.app.stranger();
    let markdown = reader.page(&format!("{link}/guide/guide.md")).await;
    assert_eq!(markdown.header("content-type"), "text/markdown; charset=utf-8");
    assert!(markdown.text.contains("\n# Guide for Group 1\n"), "{}", markdown.text);
    assert!(!markdown.text.contains("For the host"), "that is for the host");
    let html = reader.page(&format!("{link}/guide/guide.html")).await;
    assert_eq!(html.texts("h1"), ["Guide for Group 1"]);
    assert!(html.text.contains("default-src 'none'"));
    for name in ["guide.pdf", "guide-letter.pdf"] {
        let text = pdf_text(&reader, &format!("{link}/guide/{name}")).await;
        // Each page ends with a form feed.
        assert_eq!(text.matches('\u{c}').count(), 2, "{name} has two sides: {text}");
        assert!(text.contains("Guide for Group 1") && text.contains("The next step"), "{text}");
    }
    assert_eq!(reader.get(&format!("{link}/guide/guide.exe")).await.status, 404);
    let host = scene.host_link(1).await;
    let markdown = reader.page(&format!("{host}/1/guide/guide.md")).await;
    assert!(markdown.text.contains("For the host"));
    assert_eq!(reader.get(&format!("{host}/2/guide/guide.md")).await.status, 404);
}

#[tokio::test]
async fn an_organizers_changes_stand_over_a_guide_that_is_made_again() {
    let scene = Scene::of(&[5, 5], 0).await;
    let whole = scene.whole().await;
    let path = |at: usize| format!("{}/discussion/{}/guide", scene.desk, whole.groups[at].id);
    // For all groups: other agreements. For the first one: another opening, the facts hidden.
    let mut all = scene.app.page(&format!("{}/edit?for=all", path(0))).await.form("form.editor");
    all.set("t.agreements", "Phones stay in pockets.\nSpeak from the heart.");
    assert_eq!(scene.app.submit(&all).await.status, 303);
    let mut own = scene.app.page(&format!("{}/edit", path(0))).await.form("form.editor");
    own.set("t.opening", "What did you have for breakfast?\nOne minute each.");
    own.set("own-title", "Money").set("own-text", "Who pays for it?");
    own.fields.push(("d.who".to_owned(), "1".to_owned()));
    own.set("place.closing", "1");
    assert_eq!(scene.app.submit(&own).await.status, 303);
    for _ in 0..2 {
        let (first, second) = (scene.app.page(&path(0)).await, scene.app.page(&path(1)).await);
        for page in [&first, &second] {
            assert!(page.texts(".guide li").contains(&"Phones stay in pockets.".to_owned()));
            assert!(!page.words().contains("Anybody may pass"));
        }
        assert!(first.words().contains("What did you have for breakfast?"));
        assert!(first.texts(".guide h3")[0].starts_with("Closing round"));
        assert!(first.texts(".guide h3").iter().any(|title| title.starts_with("Money minute")));
        assert!(!first.words().contains("Who is here, and why"));
        assert!(!second.words().contains("breakfast") && !second.words().contains("Money"));
        let minutes = first.texts(".guide .time");
        assert!(minutes.last().unwrap().ends_with("90"), "{minutes:?}");
        let again = first.form_with_button("Make all guides again");
        assert_eq!(scene.app.submit(&again).await.status, 303);
    }
    // Two editors at once: the second one's words come back.
    let mut one = scene.app.page(&format!("{}/edit", path(0))).await.form("form.editor");
    let mut other = scene.app.page(&format!("{}/edit", path(0))).await.form("form.editor");
    assert_eq!(scene.app.submit(one.set("t.opening", "First?")).await.status, 303);
    let late = scene.app.submit(other.set("t.opening", "An hour of thought?")).await;
    assert_eq!(late.status, 409);
    assert!(late.text.contains("An hour of thought?"));
    assert!(scene.app.page(&path(0)).await.words().contains("First?"));
}
