//! Golden values: the cuts and vectors that the reference implementation of unigram models makes
//! of the same pieces and scores.

#![expect(clippy::string_slice, reason = "a test may fail loudly")]

use super::{Embedder, pieces::words, static64::vocabulary};

fn pieces(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for word in words(text) {
        let mut from = 0;
        for (to, _) in vocabulary().unwrap().cut(&word) {
            out.push(word[from..to].to_owned());
            from = to;
        }
    }
    out
}

#[test]
fn words_are_cut_as_the_reference_cuts_them() {
    let golden: [(&str, &[&str]); 6] = [
        (
            "The next Aha moment will come from online learning",
            &[
                "▁The",
                "▁next",
                "▁A",
                "ha",
                "▁moment",
                "▁will",
                "▁come",
                "▁from",
                "▁online",
                "▁learning",
            ],
        ),
        (
            "I think better data synthesis matters",
            &["▁I", "▁think", "▁better", "▁data", "▁", "synthesis", "▁matters"],
        ),
        (
            "下一个顿悟时刻将来自在线学习",
            &["▁", "下", "一个", "顿", "悟", "时刻", "将来", "自", "在", "线", "学习"],
        ),
        ("合成数据更重要", &["▁", "合成", "数据", "更", "重要"]),
        (
            "我觉得 world model 才是关键！",
            &["▁我", "觉", "得", "▁world", "▁model", "▁", "才", "是", "关", "键", "!"],
        ),
        (
            "ＬＬＭｓ can't\tré-think  É≠ 🙂 naïve ﬁne-tuning 3.5%",
            &[
                "▁L", "LM", "s", "▁can", "'", "t", "▁ré", "-", "think", "▁É", "≠", "▁", "🙂",
                "▁na", "ï", "ve", "▁fine", "-", "tun", "ing", "▁", "3.5%",
            ],
        ),
    ];
    for (text, expected) in golden {
        assert_eq!(pieces(text), expected, "{text}");
    }
}

#[test]
fn vectors_are_those_of_the_reference() {
    let mut embedder = Embedder::default();
    let english = embedder.embed("The next Aha moment will come from online learning");
    let chinese = embedder.embed("下一个顿悟时刻将来自在线学习");
    let other = embedder.embed("合成数据更重要");
    for (value, expected) in english.iter().zip([0.50506, 0.15905, 0.48366, -0.24851]) {
        assert!((value - expected).abs() < 2e-5, "{value} {expected}");
    }
    for (value, expected) in chinese.iter().zip([0.27645, 0.07944, 0.48836, -0.24013]) {
        assert!((value - expected).abs() < 2e-5, "{value} {expected}");
    }
    let cosine = |a: &[f32], b: &[f32]| -> f32 { a.iter().zip(b).map(|(x, y)| x * y).sum() };
    assert!((cosine(&english, &chinese) - 0.75657).abs() < 2e-5);
    assert!((cosine(&english, &other) - 0.05725).abs() < 2e-5);
}

#[test]
fn texts_without_a_known_piece_have_no_direction() {
    let mut embedder = Embedder::default();
    assert!(embedder.embed("").iter().all(|value| *value == 0.0));
    assert!(embedder.embed("\u{0}\u{7}\u{200b}").iter().all(|value| *value == 0.0));
    assert!(embedder.embed(&"𓀀".repeat(3_000)).iter().all(|value| *value == 0.0));
}
