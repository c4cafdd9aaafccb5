//! Search as people expect it: case, accents and width do not matter, and what was found is
//! pointed at in the text as it was written.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Finds every place where `needle` stands in `haystack`, as byte spans of `haystack`.
///
/// Compared after compatibility decomposition (Unicode NFKD, which equals NFKC once marks are
/// gone), in lower case, without marks; a run of white space equals one space. The spans lie on
/// character boundaries, in order, without overlap. A needle of nothing but marks and space finds
/// nothing. Linear in both.
pub fn find(needle: &str, haystack: &str) -> Vec<(usize, usize)> {
    let needle: Vec<char> = fold(needle.trim()).into_iter().map(|folded| folded.value).collect();
    if needle.iter().all(|c| *c == ' ') {
        return Vec::new();
    }
    let hay = fold(haystack);
    let fallback = failure(&needle);
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut matched = 0;
    for (at, folded) in hay.iter().enumerate() {
        while matched > 0 && needle.get(matched) != Some(&folded.value) {
            matched = fallback.get(matched - 1).copied().unwrap_or(0);
        }
        if needle.get(matched) == Some(&folded.value) {
            matched += 1;
        }
        if matched == needle.len() {
            matched = 0;
            let start = (at + 1).checked_sub(needle.len()).and_then(|first| hay.get(first));
            if let Some(start) = start
                && found.last().is_none_or(|(_, end)| *end <= start.start)
            {
                found.push((start.start, folded.end));
            }
        }
    }
    found
}

/// One character after folding, and the span in the original that it stands for.
struct Folded {
    value: char,
    start: usize,
    end: usize,
}

fn fold(text: &str) -> Vec<Folded> {
    let mut out: Vec<Folded> = Vec::with_capacity(text.len());
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if c.is_whitespace() {
            match out.last_mut() {
                Some(last) if last.value == ' ' => last.end = end,
                _ => out.push(Folded { value: ' ', start, end }),
            }
            continue;
        }
        let before = out.len();
        for part in std::iter::once(c).nfkd().flat_map(char::to_lowercase).nfkd() {
            match part {
                'ß' => out.extend(['s', 's'].map(|value| Folded { value, start, end })),
                'ς' => out.push(Folded { value: 'σ', start, end }),
                '’' | '‘' => out.push(Folded { value: '\'', start, end }),
                _ if is_combining_mark(part) || invisible(part) => {}
                _ if part.is_whitespace() => out.push(Folded { value: ' ', start, end }),
                value => out.push(Folded { value, start, end }),
            }
        }
        // A mark of its own belongs to the letter before it.
        if out.len() == before
            && let Some(last) = out.last_mut()
        {
            last.end = end;
        }
    }
    out
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The failure function of Knuth, Morris and Pratt (1977).
fn failure(needle: &[char]) -> Vec<usize> {
    let mut table = vec![0; needle.len()];
    let mut length = 0;
    for at in 1..needle.len() {
        while length > 0 && needle.get(at) != needle.get(length) {
            length = table.get(length - 1).copied().unwrap_or(0);
        }
        if needle.get(at) == needle.get(length) {
            length += 1;
        }
        if let Some(cell) = table.get_mut(at) {
            *cell = length;
        }
    }
    table
}

#[cfg(test)]
mod tests {
    #![expect(clippy::string_slice, reason = "a test may fail loudly")]

    use super::find;
    use proptest::prelude::*;

    fn words(needle: &str, haystack: &str) -> Vec<String> {
        find(needle, haystack).into_iter().map(|(a, b)| haystack[a..b].to_owned()).collect()
    }

    #[test]
    fn case_accents_and_width_do_not_matter() {
        assert_eq!(
            words("cafe", "Café, CAFE\u{301}! ｃａｆｅ"),
            ["Café", "CAFE\u{301}", "ｃａｆｅ"]
        );
        assert_eq!(words("ÉLAN", "un elan, un élan"), ["elan", "élan"]);
        assert_eq!(words("strasse", "Hauptstraße"), ["straße"]);
        assert_eq!(words("ｌｌｍ", "An LLM"), ["LLM"]);
        assert_eq!(words("istanbul", "İstanbul"), ["İstanbul"]);
    }

    #[test]
    fn chinese_is_found_inside_a_sentence() {
        assert_eq!(words("模型", "世界模型与大模型"), ["模型", "模型"]);
        assert_eq!(find("模型", "世界模型"), [(6, 12)]);
    }

    #[test]
    fn runs_of_space_equal_one_space() {
        assert_eq!(words("world  models", "World\n\tmodels"), ["World\n\tmodels"]);
    }

    #[test]
    fn finds_do_not_overlap_and_nothing_finds_nothing() {
        assert_eq!(find("aa", "aaaaa"), [(0, 2), (2, 4)]);
        assert_eq!(find("aab", "aaaab"), [(2, 5)]);
        assert!(find("", "abc").is_empty());
        assert!(find(" \u{301}", "a b").is_empty());
        assert!(find("abc", "").is_empty());
    }

    proptest! {
        #[test]
        fn spans_are_slices_in_order(needle in "\\PC{0,3}", haystack in any::<String>()) {
            let mut last = 0;
            for (start, end) in find(&needle, &haystack) {
                prop_assert!(start >= last && end > start && haystack.get(start..end).is_some());
                last = end;
            }
        }

        #[test]
        fn plain_letters_are_found_as_the_standard_library_finds_them(
            needle in "[ab]{1,4}", haystack in "[abc]{0,40}",
        ) {
            let expected: Vec<_> =
                haystack.match_indices(&needle).map(|(at, m)| (at, at + m.len())).collect();
            prop_assert_eq!(find(&needle, &haystack), expected);
        }
    }
}
