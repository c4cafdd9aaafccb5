//! The passage of the article that a question comes from, to unfold beside it.

use maud::{Markup, PreEscaped, html};

use super::view::Asking;
use crate::article::{Article, Format, to_html};

/// The passage with what stands around it; nothing where the span is not in the article.
pub(super) fn fold(asking: &Asking<'_>, article: &Article, span: (usize, usize)) -> Markup {
    let Some(passage) = passage(article, span, asking.key) else { return html! {} };
    html! {
        details.passage {
            summary lang=[asking.ours] { (asking.words.get("form-passage")) }
            blockquote dir="auto" { (PreEscaped(passage)) }
        }
    }
}

/// The blocks that the span touches and the one before, since a question in a list says little
/// alone: as safe HTML with the span marked.
fn passage(article: &Article, (start, end): (usize, usize), key: &str) -> Option<String> {
    let (from, to) = match article.format {
        // Between the tags of a page, only the words themselves are sure to be whole.
        Format::Html => (start, end),
        Format::Markdown | Format::Text => around(&article.text, article.body_start, (start, end))?,
    };
    let text = article.text.get(from..to).filter(|text| !text.trim().is_empty())?.to_owned();
    let part = Article { title: String::new(), text, body_start: 0, ..article.clone() };
    let mark = (start - from, end - from, format!("m-{key}"));
    Some(to_html(&part, &[mark])).filter(|html| !html.is_empty())
}

/// From the beginning of the block before the span to the end of the span's last block.
fn around(text: &str, body: usize, (start, end): (usize, usize)) -> Option<(usize, usize)> {
    let marked = text.get(start..end).filter(|marked| !marked.trim().is_empty())?;
    let head = text.get(body..start)?;
    // The line that the span begins in may hold nothing before it but a bullet.
    let own = head.rfind("\n\n").map_or(0, |at| at + 2);
    let alone = !head.get(own..)?.chars().any(char::is_alphanumeric);
    let before = head.get(..own)?.trim_end();
    let from = match before.rfind("\n\n") {
        _ if !alone => own,
        Some(at) => at + 2,
        None => 0,
    };
    let tail = text.get(end..)?;
    let to = if marked.ends_with('\n') { 0 } else { tail.find("\n\n").unwrap_or(tail.len()) };
    Some((body + from, end + to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article;

    fn shown(text: &str, format: Format, words: &str) -> Option<String> {
        let article = article::read(text, format).unwrap();
        let start = text.find(words).unwrap();
        passage(&article, (start, start + words.len()), "q1")
    }

    #[test]
    fn a_question_in_a_list_comes_with_what_leads_to_it() {
        let text = "---\ntitle: T\n---\n\nOne.\n\nTwo **leads**:\n\n•Why so?\n\n•How?";
        let html = shown(text, Format::Markdown, "Why so?").unwrap();
        assert!(html.contains("Two <strong>leads</strong>:"), "{html}");
        assert!(html.contains("<mark id=\"m-q1\">Why so?</mark>"), "{html}");
        assert!(!html.contains("One") && !html.contains("How"), "{html}");
    }

    #[test]
    fn the_first_block_comes_without_the_head() {
        let html = shown("---\ntitle: Tea\n---\n\nWhy?", Format::Markdown, "Why?").unwrap();
        assert!(!html.contains("Tea"), "{html}");
    }

    #[test]
    fn a_span_within_a_sentence_keeps_its_place() {
        let text = "One.\n\nStrictly speaking, it did not. So what?";
        let html = shown(text, Format::Text, "it did not").unwrap();
        assert!(html.contains("speaking, <mark id=\"m-q1\">it did not</mark>. So"), "{html}");
        assert!(!html.contains("One"), "{html}");
    }

    #[test]
    fn a_page_shows_the_words_and_nothing_that_runs() {
        let text = "<p>One</p><p>Is <b>this</b> it?<script>alert(1)</script></p>";
        let html = shown(text, Format::Html, "Is <b>this</b> it?").unwrap();
        assert!(html.contains("it?") && !html.contains("script"), "{html}");
    }

    #[test]
    fn a_span_that_is_not_in_the_article_shows_nothing() {
        let article = article::read("爱 and 爱", Format::Text).unwrap();
        for span in [(0, 99), (3, 2), (1, 2), (0, 0), (usize::MAX, usize::MAX)] {
            assert_eq!(passage(&article, span, "q1"), None, "{span:?}");
        }
    }
}
