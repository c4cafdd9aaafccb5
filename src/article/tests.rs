//! The room as a whole: articles in, candidates and pages out.

#![expect(clippy::string_slice, reason = "a test may fail loudly")]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

const SEED: &str = include_str!("../../examples/article.md");

fn found(text: &str, format: Format) -> (Article, Vec<Candidate>) {
    let article = read(text, format).expect("there is text in it");
    let found = candidates(&article);
    (article, found)
}

fn of(found: &[Candidate], kind: CandidateKind) -> Vec<&str> {
    found.iter().filter(|c| c.kind == kind).map(|c| c.text.as_str()).collect()
}

#[test]
fn the_example_says_its_title_date_source_and_language() {
    let article = read(SEED, Format::Markdown).unwrap();
    assert_eq!(article.title, "Several judgments on DeepSeek and the second half of intelligence");
    assert_eq!(article.date, chrono::NaiveDate::from_ymd_opt(2025, 2, 8));
    assert_eq!(article.source.as_deref(), Some("Overseas Unicorns"));
    assert_eq!(article.language, "en");
    assert!(article.text[article.body_start..].starts_with("\nSource: Overseas Unicorns"));
}

#[test]
fn the_example_asks_the_reader_three_questions() {
    let (article, found) = found(SEED, Format::Markdown);
    let third = "For example, the next generation Transformer architecture, breakthroughs in \
                 synthetic data, and more efficient learning methods of Online Learning, what bets \
                 would you make?";
    let asked = [
        "Where will the next Aha moment of intelligent breakthrough appear?",
        "If you have sufficient exploration resources, in what direction will you invest your \
         exploration resources?",
        third,
    ];
    assert_eq!(of(&found, CandidateKind::Open), asked);
    for (candidate, words) in found.iter().zip(asked) {
        assert_eq!(&article.text[candidate.start..candidate.end], words);
    }
    let bets = found.iter().find(|c| c.kind == CandidateKind::Allocation).unwrap();
    let options = [
        "next generation Transformer architecture",
        "breakthroughs in synthetic data",
        "more efficient learning methods of Online Learning",
    ];
    assert_eq!(bets.options, options);
    assert_eq!(&article.text[bets.start..bets.end], third);
    let why = "A bullet of the introduction that asks the reader; it names three examples.";
    assert_eq!(found[2].why, why);
}

#[test]
fn every_heading_of_the_example_becomes_a_statement_or_a_further_question() {
    let (_, found) = found(SEED, Format::Markdown);
    let said = of(&found, CandidateKind::Statement);
    for statement in [
        "DeepSeek has surpassed OpenAI.",
        "DeepSeek has opened a new paradigm.",
        "DeepSeek's sensation is inevitable and accidental.",
        "Distillation can surpass SOTA.",
        "No Moat!",
        "DeepSeek should take on this wave of Chatbot traffic and expand it.",
        "This wave of developments has made me more confident in China’s AI talent.",
    ] {
        assert!(said.contains(&statement), "{statement} in {said:#?}");
    }
    let further = of(&found, CandidateKind::Further);
    for question in [
        "What is the difference between Anthropic's technical route and R1?",
        "Who is hurt? Who benefits?",
        "Where will the next Aha moment of intelligent breakthrough come from?",
    ] {
        assert!(further.contains(&question), "{question} in {further:#?}");
    }
    let suggested =
        found.iter().filter(|c| c.kind == CandidateKind::Statement && c.suggested).count();
    assert!((7..=9).contains(&suggested), "{suggested}");
    assert!(found.iter().all(|c| !c.text.contains('*')), "{found:#?}");
}

#[test]
fn a_chinese_article_is_read_as_well() {
    let text = "+++\ntitle = \"智能的下半场\"\ndate = 2025-02-08\nlang = \"zh-CN\"\n+++\n\n\
        我们一直在讨论下半场。下面是几个最让人好奇的问题：\n\n\
        - 下一个突破会出现在哪里？\n\
        - 例如下一代架构、合成数据和在线学习，你会怎么下注？\n\n\
        ## 一、开源超越闭源了吗？\n\n开源模型会改变整个行业的格局。\n\n\
        ## 二、谁会受益？\n\n算力的需求在长期一定会增长。\n";
    let (article, found) = found(text, Format::Markdown);
    assert_eq!((article.title.as_str(), article.language.as_str()), ("智能的下半场", "zh"));
    assert_eq!(article.date, chrono::NaiveDate::from_ymd_opt(2025, 2, 8));
    let asked = ["下一个突破会出现在哪里？", "例如下一代架构、合成数据和在线学习，你会怎么下注？"];
    assert_eq!(of(&found, CandidateKind::Open), asked);
    let bets = found.iter().find(|c| c.kind == CandidateKind::Allocation).unwrap();
    assert_eq!(bets.options, ["下一代架构", "合成数据", "在线学习"]);
    assert_eq!(&text[bets.start..bets.end], asked[1]);
    let said = of(&found, CandidateKind::Statement);
    assert_eq!(
        said,
        ["开源超越闭源了。", "算力的需求在长期一定会增长。", "开源模型会改变整个行业的格局。"]
    );
    assert_eq!(of(&found, CandidateKind::Further), ["谁会受益？"]);
}

#[test]
fn a_page_is_read_with_places_in_its_source() {
    let text = "<html lang=en><head><title>Judgments &amp; more</title><meta \
        property='article:published_time' content='2025-02-08T13:49:41Z'></head><body>\
        <p>I have listed a few questions:</p><ul><li>Where will <b>you</b> invest &amp; why?</li>\
        </ul><h2>Has DeepSeek surpassed OpenAI?</h2><p>No.</p><script>x('?')</script></body>";
    let (article, found) = found(text, Format::Html);
    assert_eq!(article.title, "Judgments & more");
    assert_eq!(article.date, chrono::NaiveDate::from_ymd_opt(2025, 2, 8));
    assert_eq!(of(&found, CandidateKind::Open), ["Where will you invest & why?"]);
    assert_eq!(&text[found[0].start..found[0].end], "Where will <b>you</b> invest &amp; why?");
    assert_eq!(of(&found, CandidateKind::Statement), ["DeepSeek has surpassed OpenAI."]);
}

#[test]
fn a_broken_head_loses_nothing() {
    let article = read("---\ntitle: \"Half\nlang: en\n---\nWords.", Format::Markdown).unwrap();
    assert_eq!(article.title, "Half");
    let article = read("---\nno head at all", Format::Markdown).unwrap();
    assert_eq!(article.body_start, 0);
    assert_eq!(read(" \n", Format::Text), Err(ArticleError::Empty));
}

#[test]
fn prose_between_two_rules_is_body() {
    let text = "---\nNote: these are my words.\nThey go on without a key\n---\nMore.";
    let article = read(text, Format::Markdown).unwrap();
    assert_eq!(article.body_start, 0);
    assert!(plain(&article).contains("They go on without a key"));
}

#[test]
fn a_head_names_its_publication_and_abstract() {
    let text = "---\npublication: The Paper\nabstract: In short.\n---\nWords.";
    let article = read(text, Format::Markdown).unwrap();
    assert_eq!(article.source.as_deref(), Some("The Paper"));
    assert_eq!(article.summary.as_deref(), Some("In short."));
}

#[test]
fn many_character_references_leave_no_trace_of_how_they_are_kept_quick() {
    let text = "&<\">".repeat(500);
    let html = to_html(&read(&text, Format::Text).unwrap(), &[]);
    assert!(!html.contains("<!--"), "{html}");
    let page = scraper::Html::parse_fragment(&html);
    assert_eq!(page.root_element().text().collect::<String>().trim(), text);
}

#[test]
fn marks_headings_images_and_links_are_safe_and_in_order() {
    let text = "# One\n\nSee **bold words** now.\n\n### Deep\n\n![A cat](https://a.b/c.png) \
                <script>alert(1)</script> [x](javascript:alert(1))";
    let mut article = read(text, Format::Markdown).unwrap();
    article.title = "Other".to_owned();
    let start = text.find("See").unwrap();
    let html = to_html(&article, &[(start, start + 18, "c0".to_owned())]);
    assert!(html.contains("<mark id=\"c0\">See </mark><strong><mark>bold words</mark></strong>"));
    assert!(html.contains("<h2>One</h2>") && html.contains("<h3>Deep</h3>"), "{html}");
    assert!(html.contains("<a href=\"https://a.b/c.png\" rel=\"noopener nofollow\">A cat</a>"));
    assert!(!html.contains("<script") && !html.contains("javascript:"), "{html}");
    assert!(html.contains("<p>x</p>"), "a link that leads nowhere is none: {html}");
}

fn kept(address: &str, width: u32, height: u32) -> BTreeMap<String, Picture> {
    let picture = Picture { source: "/q/tea/images/1.png".to_owned(), width, height };
    BTreeMap::from([(address.to_owned(), picture)])
}

#[test]
fn images_that_are_kept_here_are_figures_and_the_others_stay_links() {
    let text = "---\ntitle: T\nlink: https://a.b/posts/1\n---\nTea ![A *green* cup](../c.png \"Tea & cake\") is here.\n\n\
                [![Big](https://a.b/c.png)](https://a.b/big.png)\n\n![Other](https://o.b/o.png)";
    let mut article = read(text, Format::Markdown).unwrap();
    article.link = Some("https://a.b/posts/1".to_owned());
    let named: Vec<_> = images(&article).into_iter().map(|i| (i.address, i.words)).collect();
    let expected = [("https://a.b/c.png", "A green cup"), ("https://o.b/o.png", "Other")];
    assert_eq!(named, expected.map(|(address, words)| (address.to_owned(), words.to_owned())));
    let image = "<img src=\"/q/tea/images/1.png\" alt=\"A green cup\" width=\"640\" height=\"480\" \
                 loading=\"lazy\">";
    let html = illustrated(&article, &[], &kept("https://a.b/c.png", 640, 480));
    let figure = format!("<figure>{image}<figcaption>Tea &amp; cake</figcaption></figure>");
    assert!(html.contains(&format!("<p>Tea </p>\n{figure}")), "{html}");
    assert!(html.contains("<p> is here.</p>"), "{html}");
    let linked = image.replace("A green cup", "Big");
    let rel = "rel=\"noopener nofollow\"";
    let linked = format!("<figure><a href=\"https://a.b/big.png\" {rel}>{linked}</a></figure>");
    assert!(html.contains(&linked) && !html.contains("<p></p>"), "{html}");
    assert!(html.contains(&format!("<a href=\"https://o.b/o.png\" {rel}>Other</a> (o.b)")));
    // A sign among words stands in its line.
    let html = illustrated(&article, &[], &kept("https://a.b/c.png", 24, 24));
    assert!(html.contains("<p>Tea <img ") && !html.contains("<figure"), "{html}");
    assert!(!to_html(&article, &[]).contains("<img"));
}

#[test]
fn what_a_page_writes_under_an_image_stands_under_it() {
    let text = "<article><figure><a href='https://a.b/c.png'><img src='https://a.b/c.png'></a>\
                <figcaption>Where we <b>sat</b></figcaption></figure><p>More.</p>\
                <figure><img src='https://o.b/o.png' alt='Other'><figcaption>Why</figcaption></figure>\
                <img src='/q/tea/images/1.png' onerror='x()'><p>End.</p></article>";
    let article = read(text, Format::Html).unwrap();
    let html = illustrated(&article, &[], &kept("https://a.b/c.png", 640, 480));
    let page = scraper::Html::parse_fragment(&html);
    let texts = |selector: &str| -> Vec<String> {
        let selector = scraper::Selector::parse(selector).unwrap();
        page.select(&selector).map(|found| found.text().collect()).collect()
    };
    // Without words of its own, a link needs the file's name.
    assert!(html.contains("alt=\"c.png\""), "{html}");
    assert_eq!(texts("figure > figcaption"), ["Where we sat"]);
    assert_eq!(texts("figcaption strong"), ["sat"]);
    assert_eq!((texts("figure").len(), texts("img").len()), (1, 1), "{html}");
    let paragraphs = texts("p");
    let said = paragraphs.iter().map(|text| text.trim()).collect::<Vec<_>>();
    assert_eq!(said[0], "More.", "{html}");
    assert!(said.contains(&"Why") && said.contains(&"End."), "{html}");
}

#[test]
fn hostile_texts_come_back_soon() {
    let size = if cfg!(debug_assertions) { 1 << 17 } else { 1 << 20 };
    let pieces = [
        "*",
        "[",
        "<",
        ">",
        "- ",
        "> - ",
        "**a",
        "![",
        "<div>",
        "<b>",
        "<a \"'>",
        "&",
        "a: ",
        "`a",
        "? ",
        "<!--",
        "(",
        "_a",
        "\n>",
        "1) ",
        "<p><table><td>",
    ];
    for piece in pieces {
        let text = piece.repeat(size / piece.len());
        for format in [Format::Markdown, Format::Html, Format::Text] {
            let begun = std::time::Instant::now();
            if let Ok(article) = read(&text, format) {
                let _ = candidates(&article);
                let _ = to_html(&article, &[(0, text.len(), "m".to_owned())]);
            }
            // Ten times what is wanted of a release build, for slow machines and debug builds.
            let took = begun.elapsed();
            assert!(took.as_secs() < 10, "{piece:?} as {format} took {took:?}");
        }
    }
}

proptest! {
    #[test]
    fn whatever_comes_spans_hold_and_pages_are_safe(
        parts in prop::collection::vec(prop::sample::select(vec![
            "# ", "\n", "\n\n", "**", "*", "- ", "• ", "> ", "?", "？", "Has DeepSeek won", "你会",
            "例如甲、乙和丙，", "for example A, B and C, ", "what would you bet", "<script>", "</script>",
            "<a href='javascript:x' onclick=y style=z>", "&amp;", "&", "Questions:", "<li>", "---\n",
            "![a<b](https://a.b/c.png \"t&\")", "[", "](/x)", "<figure>", "</figure>", "<figcaption>", "</a>", "</p>",
            "<a href=https://a.b/><img src=https://a.b/c.png alt='x\"y'>", "+++\n", "title: x\n", "🙂", "\u{202e}", "It is hard. ", "<img src=x onerror=y>", "`", "|",
        ]), 0..40),
        noise in "\\PC{0,20}",
    ) {
        let text = format!("{}{noise}", parts.concat());
        for format in [Format::Markdown, Format::Html, Format::Text] {
            let Ok(article) = read(&text, format) else { continue };
            let found = candidates(&article);
            for c in &found {
                prop_assert!(c.start < c.end && text.get(c.start..c.end).is_some(), "{c:?} in {text:?}");
            }
            let marks: Vec<_> = found.iter().map(|c| (c.start, c.end, "m".to_owned())).collect();
            let shown = illustrated(&article, &marks, &kept("https://a.b/c.png", 640, 480));
            let page = scraper::Html::parse_fragment(&shown);
            for element in page.root_element().descendent_elements() {
                let value = element.value();
                let own = value.attr("src").is_none_or(|from| from == "/q/tea/images/1.png");
                prop_assert!(own && value.name() != "script", "{shown}");
                for (name, said) in value.attrs() {
                    let known = ["href", "rel", "id", "src", "alt", "width", "height", "loading"];
                    prop_assert!(known.contains(&name), "{name} in {shown}");
                    prop_assert!(name != "href" || !said.trim().to_lowercase().starts_with("javascript"), "{shown}");
                }
            }
            let html = to_html(&article, &marks);
            let page = scraper::Html::parse_fragment(&html);
            for element in page.root_element().descendent_elements() {
                let value = element.value();
                prop_assert!(value.name() != "script", "{html}");
                for (name, said) in value.attrs() {
                    prop_assert!(["href", "rel", "id"].contains(&name), "{name} in {html}");
                    prop_assert!(!said.starts_with("javascript:"), "{html}");
                }
            }
        }
    }
}
