//! What several targets have in common.

use colloquy::article::{
    Given, Picture, bring, candidates, illustrated, images, plain, to_html,
};
use colloquy::domain::Document;
use colloquy::forms;

/// Where images that are kept are served from.
const KEPT: &str = "/q/a/images/a.png";

/// Brings an article, finds its questions and shows it: spans are whole, and what is shown is safe.
pub fn article(name: &str, address: Option<&str>, bytes: &[u8]) {
    let given = Given { bytes, name: Some(name), address, ..Given::default() };
    let Ok(article) = bring(&given) else { return };
    let found = candidates(&article);
    for one in &found {
        assert!(one.start < one.end && article.text.get(one.start..one.end).is_some(), "{one:?}");
    }
    let marks: Vec<_> = found.iter().map(|one| (one.start, one.end, "m".to_owned())).collect();
    let html = to_html(&article, &marks);
    let page = scraper::Html::parse_fragment(&html);
    for element in page.root_element().descendent_elements() {
        let element = element.value();
        assert!(!matches!(element.name(), "script" | "style" | "svg" | "math" | "iframe" | "img"));
        for (name, value) in element.attrs() {
            assert!(["href", "rel", "id"].contains(&name), "{name} in {html}");
            let small = value.to_ascii_lowercase();
            let sound =
                ["http:", "https:", "mailto:", "#"].iter().any(|begin| small.starts_with(begin));
            assert!(name != "href" || sound, "{value} in {html}");
        }
    }
    let picture = || Picture { source: KEPT.to_owned(), width: 640, height: 480 };
    let kept = images(&article).into_iter().step_by(2).map(|image| (image.address, picture()));
    let html = illustrated(&article, &marks, &kept.collect());
    let page = scraper::Html::parse_fragment(&html);
    for element in page.root_element().descendent_elements() {
        let element = element.value();
        assert!(!matches!(element.name(), "script" | "style" | "svg" | "math" | "iframe"));
        assert!(element.attr("src").is_none_or(|source| source == KEPT), "{html}");
        assert!(element.attrs().all(|(name, _)| !name.starts_with("on") && name != "style"));
    }
    drop(plain(&article));
}

/// Reads a form of another program: what is made of it is a document like any other.
pub fn form(bytes: &[u8]) {
    let Ok(brought) = forms::read(Some("form"), bytes) else { return };
    let again = Document::read(brought.document.to_value()).expect("what is made can be read");
    assert_eq!(again.print(), brought.document.print());
    drop(forms::to_survey_js(&brought.document));
}
