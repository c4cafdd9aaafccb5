//! Running text to sentences, in English and Chinese.

/// Abbreviations whose point ends no sentence.
const SHORT: [&str; 14] = [
    "e.g.", "i.e.", "vs.", "etc.", "Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "No.", "St.", "U.S.",
    "cf.", "approx.",
];

/// The byte ranges of the sentences of a text, without the spaces around them.
pub(super) fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut found = vec![];
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        let ends = match c {
            '。' | '？' | '！' | '；' => true,
            '.' | '?' | '!' => {
                let spaced = chars.peek().is_none_or(|(_, next)| {
                    next.is_whitespace() || "\"'”’)".contains(*next) || *next > '\u{2e80}'
                });
                spaced && (c != '.' || !is_short(text.get(start..end).unwrap_or_default()))
            }
            _ => false,
        };
        if !ends {
            continue;
        }
        // Closing quotes and repeated signs belong to the sentence.
        while let Some((at, c)) = chars.next_if(|(_, c)| "\"'”’」』)）!?！？".contains(*c))
        {
            end = at + c.len_utf8();
        }
        push(text, start, end, &mut found);
        start = end;
    }
    push(text, start, text.len(), &mut found);
    found
}

fn is_short(sentence: &str) -> bool {
    let last = sentence.rsplit(char::is_whitespace).next().unwrap_or_default();
    SHORT.iter().any(|short| last.trim_start_matches(['(', '（']).eq_ignore_ascii_case(short))
}

fn push(text: &str, start: usize, end: usize, found: &mut Vec<(usize, usize)>) {
    let Some(sentence) = text.get(start..end) else { return };
    let lead = sentence.len() - sentence.trim_start().len();
    let kept = sentence.trim().len();
    if sentence.chars().any(char::is_alphanumeric) {
        found.push((start + lead, start + lead + kept));
    }
}

/// Whether a sentence asks.
pub(super) fn asks(sentence: &str) -> bool {
    let end =
        sentence.trim_end_matches(['"', '\'', '”', '’', ')', '）', '」', '』', ' ', '!', '！']);
    end.ends_with(['?', '？'])
}

/// Whether most of the text is written in Chinese characters.
pub(super) fn is_chinese(text: &str) -> bool {
    let han = text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    han * 3 > text.chars().filter(|c| c.is_alphanumeric()).count()
}
