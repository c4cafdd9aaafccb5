//! A form in two languages: what is missing in the other one.

use std::collections::BTreeSet;

use super::{Found, Where};
use crate::domain::Wording;
use crate::store::questionnaires::{Asked, Questionnaire};

/// How many texts a wording has to be translated, and how many are.
pub fn count(wording: &Wording, tag: &str) -> (usize, usize) {
    let texts = wording.translations.get(tag).cloned().unwrap_or_default();
    let of = |key: &str| texts.lines.get(key).map(String::as_str).unwrap_or_default();
    let mut pairs = vec![
        (wording.prompt.clone(), texts.prompt.clone()),
        (wording.help.clone(), texts.help.clone()),
    ];
    let mut kind = wording.kind.clone();
    kind.texts(&mut |key, text| pairs.push((text.clone(), of(key).to_owned())));
    pairs.retain(|(own, _)| !own.trim().is_empty());
    (pairs.len(), pairs.iter().filter(|(_, other)| !other.trim().is_empty()).count())
}

pub(super) fn check(found: &mut Found, questionnaire: &Questionnaire, asked: &[Asked]) {
    let options = questionnaire.options();
    let heads = options.translations.keys().cloned();
    let spoken = asked.iter().flat_map(|asked| asked.wording.translations.keys().cloned());
    for tag in heads.chain(spoken).collect::<BTreeSet<String>>() {
        let language = match tag.as_str() {
            "en" => "English",
            "zh" => "Chinese",
            other => other,
        };
        let head = options.translations.get(&tag).cloned().unwrap_or_default();
        for (what, own, other) in [
            ("The title", &questionnaire.title, &head.title),
            ("The introduction", &questionnaire.introduction, &head.introduction),
        ] {
            if !own.trim().is_empty() && other.trim().is_empty() {
                found.hints(format!("{what} is missing in {language}."), Where::Head);
            }
        }
        if !options.thanks.trim().is_empty() && head.thanks.trim().is_empty() {
            found.hints(format!("The words of thanks are missing in {language}."), Where::Settings);
        }
        for (number, one) in (1..).zip(asked) {
            let (all, there) = count(&one.wording, &tag);
            let missing = all - there;
            if missing > 0 {
                let texts = if missing == 1 { "text is" } else { "texts are" };
                found.hints(
                    format!("Question {number}: {missing} {texts} missing in {language}; readers see the original there."),
                    Where::Question(one.key.clone()),
                );
            }
        }
    }
}
