//! The passage of the article that a question comes from, to unfold beside it.

use maud::{Markup, html};

use super::view::Asking;

/// The passage with its paragraph around it; nothing where the span is not in the article.
pub(super) fn fold(asking: &Asking<'_>, article: &str, span: (usize, usize)) -> Markup {
    let Some((before, marked, after)) = around(article, span) else { return html! {} };
    html! {
        details.passage {
            summary lang=[asking.ours] { (asking.words.get("form-passage")) }
            blockquote dir="auto" {
                @let (earlier, beside) = before.rsplit_once("\n\n").unwrap_or(("", before));
                @for paragraph in paragraphs(earlier) { p { (paragraph) } }
                p {
                    (unmarked(beside).trim_start()) mark { (unmarked(marked)) }
                    (unmarked(after).trim_end())
                }
            }
        }
    }
}

/// What stands before the span, the span, and what stands after it: the blocks that it touches,
/// and the one before, since a question in a list says little alone.
fn around(article: &str, (start, end): (usize, usize)) -> Option<(&str, &str, &str)> {
    let marked = article.get(start..end).filter(|text| !text.trim().is_empty())?;
    let (head, tail) = (article.get(..start)?, article.get(end..)?);
    // A bullet before the span is no words of the article.
    let bare = head.trim_end_matches(is_bullet);
    let head = if bare.is_empty() || bare.ends_with('\n') { bare } else { head };
    let mut breaks = head.trim_end().rmatch_indices("\n\n");
    let begin = breaks.next().map_or(0, |(at, _)| at);
    let before = head.get(begin..)?;
    let after = tail.split("\n\n").next()?;
    Some((before, marked, after))
}

fn is_bullet(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '•' | '*' | '-')
}

/// Blocks of text; pictures, rules and the lines before an article's text are none.
fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    let plain = |text| {
        unmarked(text).trim_start_matches(|c: char| c.is_whitespace() || c == '•').to_owned()
    };
    let is_text = |text: &String| {
        text.chars().any(char::is_alphanumeric)
            && !["---", "!["].iter().any(|mark| text.starts_with(mark))
    };
    text.split("\n\n").map(plain).filter(is_text)
}

/// Without the marks of Markdown, which nobody reads.
fn unmarked(text: &str) -> String {
    text.replace("**", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_in_a_list_comes_with_what_leads_to_it() {
        let article = "One.\n\nTwo **leads**:\n\n• Why?\n\n• How?";
        let start = article.find("Why").unwrap();
        let (before, marked, after) = around(article, (start, start + 4)).unwrap();
        assert_eq!(paragraphs(before).collect::<Vec<_>>(), ["Two leads:"]);
        assert_eq!(marked, "Why?");
        assert_eq!(paragraphs(after).count(), 0);
    }

    #[test]
    fn a_span_within_a_sentence_keeps_its_place() {
        let article = "One.\n\nStrictly speaking, it did not. So what?";
        let start = article.find("it did").unwrap();
        let (before, marked, after) = around(article, (start, start + 10)).unwrap();
        assert_eq!(
            (before, marked, after),
            ("\n\nStrictly speaking, ", "it did not", ". So what?")
        );
    }

    #[test]
    fn a_span_that_is_not_in_the_article_shows_nothing() {
        for span in [(0, 99), (3, 2), (1, 2), (0, 0)] {
            assert_eq!(around("爱", span), None, "{span:?}");
        }
    }
}
