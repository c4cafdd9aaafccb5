//! Which language a text is written in: by script first, by statistics only where they can be
//! trusted, by what the questionnaire is written in otherwise.

/// Fewer words than this say too little for statistics of letters.
const WORDS_FOR_STATISTICS: usize = 6;

/// The language of a text as a short code such as `en` or `zh`.
///
/// `prior` is the language of the questionnaire (`zh-Hans` counts as `zh`). It decides where the
/// text itself is too short to tell; a text of a script that the prior is not written in is never
/// given to it.
pub fn language(text: &str, prior: Option<&str>) -> String {
    let prior = prior
        .and_then(|code| code.split(['-', '_']).next())
        .map(str::to_lowercase)
        .filter(|code| !code.is_empty());
    let script = script(text);
    match script {
        Script::Han => return "zh".to_owned(),
        Script::Kana => return "ja".to_owned(),
        Script::Hangul => return "ko".to_owned(),
        Script::None => return prior.unwrap_or_else(|| "en".to_owned()),
        Script::Letters => {}
    }
    if text.split_whitespace().take(WORDS_FOR_STATISTICS).count() >= WORDS_FOR_STATISTICS
        && let Some(found) = whatlang::detect(head(text))
        && found.is_reliable()
    {
        return short(found.lang()).to_owned();
    }
    match prior.as_deref() {
        None | Some("zh" | "ja" | "ko") => "en".to_owned(),
        Some(code) => code.to_owned(),
    }
}

/// Whether a character is a Chinese one.
pub(crate) fn han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' | '々' | '〇')
}

enum Script {
    Han,
    Kana,
    Hangul,
    Letters,
    None,
}

/// At least a fifth of what is not space decides for a script of East Asia: names and terms in
/// Latin letters are common inside such texts, the opposite is rare.
fn script(text: &str) -> Script {
    let (mut all, mut hans, mut kana, mut hangul, mut letters) = (0_usize, 0, 0, 0, 0);
    for c in text.chars().filter(|c| !c.is_whitespace()).take(20_000) {
        all += 1;
        if han(c) {
            hans += 1;
        } else if matches!(c, '\u{3041}'..='\u{30ff}') {
            kana += 1;
        } else if matches!(c, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}') {
            hangul += 1;
        } else if c.is_alphabetic() {
            letters += 1;
        }
    }
    let fifth = |count: usize| count > 0 && count * 5 >= all;
    if fifth(kana) || (kana > 0 && fifth(kana + hans) && kana * 4 >= hans) {
        Script::Kana
    } else if fifth(hangul) {
        Script::Hangul
    } else if fifth(hans) {
        Script::Han
    } else if letters > 0 {
        Script::Letters
    } else if hans > 0 {
        Script::Han
    } else {
        Script::None
    }
}

/// Enough of a long text to know its language.
fn head(text: &str) -> &str {
    let end = text.char_indices().nth(2_000).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// Two letters where the world writes two letters.
fn short(lang: whatlang::Lang) -> &'static str {
    use whatlang::Lang;
    match lang {
        Lang::Eng => "en",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Fin => "fi",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Ell => "el",
        Lang::Tur => "tr",
        Lang::Ara => "ar",
        Lang::Heb => "he",
        Lang::Pes => "fa",
        Lang::Hin => "hi",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn a_script_says_more_than_the_questionnaire() {
        assert_eq!(language("我觉得下一个突破是世界模型", Some("en")), "zh");
        assert_eq!(language("用 LLM 做 agent", Some("en")), "zh");
        assert_eq!(language("次の突破口は何ですか", None), "ja");
        assert_eq!(language("다음 돌파구는 무엇일까요", None), "ko");
        assert_eq!(language("scaling laws", Some("zh")), "en");
    }

    #[test]
    fn letters_are_judged_when_there_are_enough_words() {
        let german = "Ich glaube, dass die nächste große Entdeckung aus der Biologie kommen wird.";
        assert_eq!(language(german, Some("en")), "de");
        let french = "Je pense que la prochaine découverte viendra de la robotique et des données.";
        assert_eq!(language(french, None), "fr");
        assert_eq!(language("World models", Some("de")), "de");
    }

    #[test]
    fn nothing_to_read_is_in_the_language_of_the_questionnaire() {
        assert_eq!(language("", Some("zh-Hans")), "zh");
        assert_eq!(language(" 42 … 🙂", Some("zh")), "zh");
        assert_eq!(language("", None), "en");
        assert_eq!(language("?", Some("")), "en");
    }
}
