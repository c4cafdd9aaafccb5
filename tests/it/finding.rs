//! Questions are found in articles that people marked, and articles that are brought again say
//! what became of their questions.

mod judge;
mod newer;

use std::collections::BTreeSet;

use judge::Score;

/// What of the marked questions is found, and what of the ticked ones is marked, at least.
const BARS: (f64, f64) = (0.90, 0.80);

fn score(wanted: impl Fn(&judge::Marked) -> bool) -> Score {
    let mut all = Score::default();
    for article in judge::articles().iter().filter(|article| wanted(article)) {
        all.add(&article.score());
    }
    all
}

#[test]
fn every_mark_stands_in_its_article() {
    let articles = judge::articles();
    assert!(articles.len() >= 36, "{} marked articles", articles.len());
    for article in &articles {
        assert!(article.misplaced().is_empty(), "{}: {:#?}", article.name, article.misplaced());
    }
    let count = |wanted: fn(&judge::Marked) -> bool| articles.iter().filter(|a| wanted(a)).count();
    assert!(count(|article| !article.written_by_us()) >= 20, "real ones");
    assert!(count(|article| article.language() == "zh") >= 16, "Chinese ones");
    assert!(count(judge::Marked::held_out) >= 18, "held out");
    let kinds: BTreeSet<&str> = articles.iter().map(judge::Marked::kind).collect();
    assert!(kinds.len() >= 10, "{kinds:?}");
}

#[test]
fn questions_to_the_reader_are_found_in_articles_that_the_finder_was_not_tuned_on() {
    for language in ["en", "zh"] {
        let found = score(|article| article.held_out() && article.language() == language);
        assert!(found.asked > 10, "{language}");
        assert!(found.recall() >= BARS.0, "{language}: {:.2} {:#?}", found.recall(), found.faults);
        let precision = found.precision();
        assert!(precision >= BARS.1, "{language}: {precision:.2} {:#?}", found.faults);
    }
    let real = score(|article| article.held_out() && !article.written_by_us());
    assert!(real.recall() >= BARS.0 && real.precision() >= BARS.1, "{:#?}", real.faults);
}
