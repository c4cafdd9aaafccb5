//! Files, pages and documents as people bring them.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::article::{plain, to_html};

fn brought(name: &str, bytes: &[u8]) -> Article {
    bring(&Given { bytes, name: Some(name), ..Given::default() }).unwrap()
}

fn shown(article: &Article) -> String {
    to_html(article, &[])
}

/// A document of a word processor with these parts.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(vec![]));
    for (name, xml) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(xml.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const PAGE: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Several judgments | The Paper</title><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2025-02-08T13:49:41Z"></head><body>
<div id="cookie-banner" class="cookie-consent">We use cookies. Accept all?</div>
<nav class="menu"><a href="/">Home</a> <a href="/about">Who are we?</a></nav>
<div class="content"><article class="post"><h1>Several judgments</h1>
<p>For years we have been talking about the second half, and this week it has begun. Everybody who
works on models has had to read the paper twice, and so did we, with some friends, over tea.</p>
<p>What they found is that learning by trial needs far less than was thought, as long as the first
model is good, and that the rest follows from <a href="/notes#part">patience</a>, luck and data.</p>
<p>Where will <b>you</b> invest your resources? That is what we would like to know from our readers,
and we shall meet in small groups to talk about the answers as soon as they are in.</p>
<p>It was said that compute is all there is, and then that it is not; both were said by people who
had much of it to sell, which is why we have asked those who have to buy it, one by one.</p>
</article></div>
<aside class="ad advertisement">Want to lose weight?</aside>
<div class="comments" id="comments"><h3>Comments</h3><p>First! Who else came here from the forum?</p></div>
<footer class="footer">© The Paper. Do you like what you read?</footer></body></html>"#;

#[test]
fn a_page_is_its_article_without_what_stands_around_it() {
    let given = Given {
        bytes: PAGE.as_bytes(),
        content_type: Some("text/html; charset=utf-8"),
        address: Some("https://paper.example/2025/judgments"),
        ..Given::default()
    };
    let article = bring(&given).unwrap();
    assert!(article.title.starts_with("Several judgments"), "{}", article.title);
    assert_eq!(article.source.as_deref(), Some("The Paper"));
    assert_eq!(article.date, chrono::NaiveDate::from_ymd_opt(2025, 2, 8));
    assert_eq!(article.link.as_deref(), Some("https://paper.example/2025/judgments"));
    assert_eq!((article.format, article.language.as_str()), (Format::Html, "en"));
    let words = plain(&article);
    assert!(words.contains("Where will you invest your resources?"), "{words}");
    for around in ["cookies", "Who are we", "lose weight", "First!", "like what you read"] {
        assert!(!words.contains(around), "{around} in {words}");
    }
    let html = shown(&article);
    assert!(html.contains("<a href=\"https://paper.example/notes#part\""), "{html}");
    let asked = crate::article::candidates(&article);
    let place = &asked.iter().find(|c| c.text.contains("you invest")).unwrap();
    let marked = article.text.get(place.start..place.end).unwrap();
    assert!(marked.contains("Where will <b>you</b> invest"), "{marked}");
}

#[test]
fn a_page_in_which_nothing_looks_like_an_article_is_read_as_it_is() {
    let article = brought("x.html", b"<html><title>T</title><body><p>Why?<p>So.</body></html>");
    assert_eq!((article.title.as_str(), plain(&article).as_str()), ("T", "Why?\n\nSo."));
    let pasted = "<p style='x'>Wörds &amp; <b>more</b></p>";
    let given =
        Given { bytes: pasted.as_bytes(), content_type: Some("text/html"), ..Given::default() };
    let piece = bring(&given).unwrap();
    assert_eq!(piece.text, "<p>Wörds &amp; <b>more</b></p>");
}

#[test]
fn a_page_in_its_own_encoding_is_read() {
    let page = "<html><head><meta charset=gb2312><title>智能</title></head><body><p>谁会受益？</p>";
    let article = brought("x.html", &encoding_rs::GB18030.encode(page).0);
    assert_eq!((article.title.as_str(), plain(&article).as_str()), ("智能", "谁会受益？"));
}

const DOCUMENT: &str = r#"<?xml version="1.0"?><w:document xmlns:w="w" xmlns:r="r"><w:body>
<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>The second half</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Plain &amp; </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>bo</w:t></w:r><w:r><w:rPr><w:b w:val="1"/></w:rPr><w:t>ld</w:t></w:r><w:r><w:rPr><w:b w:val="0"/><w:i/></w:rPr><w:t xml:space="preserve"> slanted</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del><w:hyperlink r:id="rId9"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>Where?</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>Inner</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>How &lt;b&gt;?</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>B</w:t></w:r></w:p><w:p><w:r><w:t>C</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://b.example/"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>there</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
</w:body></w:document>"#;

#[test]
fn a_document_of_a_word_processor_keeps_what_it_is_made_of() {
    let bytes = packed(&[
        ("word/document.xml", DOCUMENT),
        (
            "word/styles.xml",
            r#"<w:styles><w:style w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>"#,
        ),
        (
            "word/numbering.xml",
            r#"<w:numbering><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#,
        ),
        (
            "word/_rels/document.xml.rels",
            r#"<R><Relationship Id="rId9" Target="https://a.example/?x=1&amp;y" TargetMode="External"/></R>"#,
        ),
        (
            "word/footnotes.xml",
            r#"<w:footnotes><w:footnote w:id="0"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>"#,
        ),
        (
            "docProps/core.xml",
            "<c><dc:title>Other</dc:title><dc:creator>Ada</dc:creator><dcterms:created>2025-02-08T01:02:03Z</dcterms:created></c>",
        ),
    ]);
    let article = brought("judgments.docx", &bytes);
    assert_eq!(article.title, "The second half");
    assert_eq!(article.source.as_deref(), Some("Ada"));
    assert_eq!(article.date, chrono::NaiveDate::from_ymd_opt(2025, 2, 8));
    assert_eq!(
        article.text,
        "<h1>The second half</h1>\n\
         <p>Plain &amp; <strong>bold</strong><em> slanted</em><sup><a href=\"#fn-1\">1</a></sup>\
         <a href=\"https://a.example/?x=1&amp;y\">here</a></p>\n\
         <ol>\n<li>Where?<ul>\n<li>Inner</li>\n</ul>\n</li>\n<li>How &lt;b&gt;?</li>\n</ol>\n\
         <table>\n<tr><td>A</td><td>B<br>C</td></tr>\n</table>\n\
         <p><a href=\"https://b.example/\">there</a></p>\n\
         <ol>\n<li id=\"fn-1\"><p>A note.</p></li>\n</ol>\n"
    );
    let html = shown(&article);
    assert!(
        html.contains("<a href=\"#a-fn-1\"") && html.contains("<span id=\"a-fn-1\">"),
        "{html}"
    );
}

#[test]
fn what_is_no_article_is_named_for_what_it_is() {
    let of = |bytes: &[u8]| bring(&Given { bytes, ..Given::default() });
    assert_eq!(of(b"%PDF-1.7\n%\xE2\xE3"), Err(ArticleError::Pdf));
    assert_eq!(of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0"), Err(ArticleError::NotText));
    assert_eq!(of(b"PK\x03\x04 and no more"), Err(ArticleError::Archive));
    assert_eq!(of(&packed(&[("other.xml", "<x/>")])), Err(ArticleError::Archive));
    assert_eq!(of(&packed(&[("word/document.xml", "<w:document/>")])), Err(ArticleError::Empty));
    assert_eq!(of(b" \n"), Err(ArticleError::Empty));
}

#[test]
fn an_archive_of_nothing_does_not_fill_the_memory() {
    let body = "<w:p/>".repeat(1 << 22);
    let xml = format!("<w:document><w:p><w:r><w:t>Words</w:t></w:r></w:p>{body}</w:document>");
    let bytes = packed(&[("word/document.xml", &xml)]);
    assert!(bytes.len() < 1 << 17, "{}", bytes.len());
    assert_eq!(plain(&brought("x.docx", &bytes)), "Words");
}

#[test]
fn heads_of_every_site_generator_are_read() {
    for text in [
        "---\ntitle: Tea\nauthor:\n  name: Ada\ndate: 2025-02-08 13:00:00 +0800\nlang: en-GB\n---\nWhy?",
        "+++\ntitle = \"Tea\"\ndate = 2025-02-08T13:00:00Z\n[extra]\nauthor = \"Ada\"\nlang = \"en\"\n+++\nWhy?",
        "{\n  \"title\": \"Tea\",\n  \"author\": [{\"name\": \"Ada\"}],\n  \"date\": \"2025-02-08\", \"lang\": \"en\"\n}\n\nWhy?",
        "\u{feff}---\r\ntitle: 'Tea'\r\nauthors: [Ada, Bob]\r\ndate: 2025-02-08\r\nlang: en\r\n---\r\nWhy?",
    ] {
        let article = brought("tea.md", text.as_bytes());
        assert_eq!(
            (article.title.as_str(), article.source.as_deref()),
            ("Tea", Some("Ada")),
            "{text}"
        );
        assert_eq!(article.date, chrono::NaiveDate::from_ymd_opt(2025, 2, 8), "{text}");
        assert_eq!((article.language.as_str(), plain(&article).as_str()), ("en", "Why?"), "{text}");
    }
    let code = brought("x.md", b"{\n  \"title\": \"x\"\n} is a piece of JSON.");
    assert_eq!(code.body_start, 0);
}

#[test]
fn tables_notes_boxes_and_commands_of_markdown_are_what_they_mean() {
    let text = "# T\n\nOne[^a] and two[^b].\n\n- [x] done\n- [ ] open\n\n| A | B |\n|---|--:|\n| 1 | 2 |\n\n\
        ~~old~~ {{< figure src=\"x.png\" >}}\n\n[^b]: Second.\n[^a]: First.\n\n## Part {#part}\n\n[up](#part) [rel](other.md)";
    let article = brought("x.md", text.as_bytes());
    let html = shown(&article);
    for expected in [
        "One<sup><span id=\"r-1\"></span><a href=\"#a-fn-a\" rel=\"noopener nofollow\">1</a></sup>",
        "<span id=\"a-fn-a\"></span><a href=\"#r-1\" rel=\"noopener nofollow\">1.</a> First.",
        "<a href=\"#r-2\" rel=\"noopener nofollow\">2.</a> Second.",
        "<li>☑ done</li>",
        "<li>☐ open</li>",
        "<th>A</th><th>B</th>",
        "<td>1</td><td>2</td>",
        "<del>old</del>",
        "<a href=\"#a-part\"",
        "up</a> rel</p>",
    ] {
        assert!(html.replace('\n', "").contains(expected), "{expected} in {html}");
    }
    assert!(!html.contains("figure"), "{html}");
}

#[test]
fn hostile_pages_come_back_soon() {
    let size = if cfg!(debug_assertions) { 1 << 17 } else { 1 << 20 };
    for piece in [
        "<div>",
        "<p>",
        "<table><tr><td>",
        "<b>",
        "<ul><li>",
        "<a href=x>",
        "<p>words, words, ",
        "<span><div>",
        "<div class=article><p>words, ",
        "<br>",
        "<x-y>",
        "<svg><p>",
        "<select><option>",
        "<template>",
    ] {
        let text = format!("<html><body>{}", piece.repeat(size / piece.len()));
        let begun = std::time::Instant::now();
        let _ = bring(&Given { bytes: text.as_bytes(), ..Given::default() });
        let took = begun.elapsed();
        assert!(took.as_secs() < 10, "{piece:?} took {took:?}");
    }
}
