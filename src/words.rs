//! What the product says, in the language of the person it speaks to: English or Chinese.
//!
//! One Fluent file for each language, compiled in. [`Words`] is a name for one of them, as cheap
//! to pass around as a number.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, Offset, Timelike, Utc};
use chrono_tz::Tz;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::{LanguageIdentifier, langid};

type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> =
    LazyLock::new(|| bundle(langid!("en"), include_str!("../locales/en.ftl")));
static CHINESE: LazyLock<Bundle> =
    LazyLock::new(|| bundle(langid!("zh"), include_str!("../locales/zh.ftl")));

#[expect(clippy::expect_used, reason = "the locale files are compiled in and tested")]
fn bundle(language: LanguageIdentifier, source: &str) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language]);
    // The invisible marks around arguments would end in mails, titles and tests.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(source.to_owned()).expect("a locale file that parses");
    bundle.add_resource(resource).expect("message names that are unique");
    bundle
}

/// An argument of a message: a text, or a number that may choose a plural.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Put in as it is.
    Text(String),
    /// Put in as digits, and able to select a variant.
    Number(i64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<&Value> for FluentValue<'static> {
    fn from(value: &Value) -> Self {
        match value {
            Value::Text(text) => FluentValue::from(text.clone()),
            Value::Number(number) => FluentValue::from(*number),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    English,
    Chinese,
}

/// The product's words in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(Language);

impl Words {
    /// The words for a language tag: Chinese for `zh`, `zh-CN`, `zh_Hans`, …, else English.
    pub fn of(language: &str) -> Self {
        Self::speaking(language).unwrap_or(Self(Language::English))
    }

    /// The words for a visitor: an explicit choice wins if we speak it, then the header
    /// `Accept-Language` with its q-values (RFC 9110, 12.5.4), then English.
    pub fn negotiate(explicit: Option<&str>, accept_language: Option<&str>) -> Self {
        if let Some(words) = explicit.and_then(Self::speaking) {
            return words;
        }
        let mut best: Option<(u16, Self)> = None;
        // A header has no business being longer than this; the rest could only cost time.
        for wish in accept_language.unwrap_or_default().split(',').take(50) {
            let mut parts = wish.split(';').map(str::trim);
            let words = match parts.next().unwrap_or_default() {
                "*" => Some(Self(Language::English)),
                tag => Self::speaking(tag),
            };
            let weight = parts.find_map(|p| p.strip_prefix("q=").or(p.strip_prefix("Q=")));
            let weight = weight.map_or(1000, thousandths);
            if let Some(words) = words
                && weight > best.map_or(0, |(w, _)| w)
            {
                best = Some((weight, words));
            }
        }
        best.map_or(Self(Language::English), |(_, words)| words)
    }

    fn speaking(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "en" => Some(Self(Language::English)),
            "zh" => Some(Self(Language::Chinese)),
            _ => None,
        }
    }

    fn bundle(self) -> &'static Bundle {
        match self.0 {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }

    /// The language tag, for `lang` in HTML.
    pub fn language(self) -> &'static str {
        match self.0 {
            Language::English => "en",
            Language::Chinese => "zh",
        }
    }

    /// The writing direction, for `dir` in HTML.
    pub fn direction(self) -> &'static str {
        match self.0 {
            Language::English | Language::Chinese => "ltr",
        }
    }

    /// The message named `key`; the key itself if there is none (and a failed debug assertion).
    pub fn get(self, key: &str) -> String {
        self.format(key, None)
    }

    /// The message named `key` with its arguments filled in.
    pub fn with(self, key: &str, values: &[(&str, Value)]) -> String {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set((*name).to_owned(), FluentValue::from(value));
        }
        self.format(key, Some(&args))
    }

    fn format(self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle().get_message(key).and_then(|m| m.value()) else {
            debug_assert!(false, "no words for {key}");
            return key.to_owned();
        };
        let mut errors = vec![];
        let text = self.bundle().format_pattern(pattern, args, &mut errors).into_owned();
        debug_assert!(errors.is_empty(), "{key}: {errors:?}");
        text
    }

    /// A moment as people of the language write it, on the clock of `zone`, with the zone named:
    /// "Wednesday 7 October 2026, 19:00 (Europe/Berlin, UTC+2)".
    pub fn date_time(self, moment: DateTime<Utc>, zone: Tz) -> String {
        let (moment, zone) = (self.day_time(moment, zone), self.zone(moment, zone));
        match self.0 {
            Language::English => format!("{moment} ({zone})"),
            Language::Chinese => format!("{moment}（{zone}）"),
        }
    }

    /// A moment on the clock of `zone`, where the zone is named elsewhere on the page:
    /// "Wednesday 7 October 2026, 19:00".
    pub fn day_time(self, moment: DateTime<Utc>, zone: Tz) -> String {
        let local = moment.with_timezone(&zone);
        let (hour, minute) = (local.hour(), local.minute());
        let date = self.date(moment, local.timezone());
        match self.0 {
            Language::English => {
                let weekday = english_weekday(local.weekday());
                format!("{weekday} {date}, {hour:02}:{minute:02}")
            }
            Language::Chinese => {
                let weekday = chinese_weekday(local.weekday());
                format!("{date}星期{weekday} {hour:02}:{minute:02}")
            }
        }
    }

    /// The name of a zone and its distance from UTC at a moment: "Europe/Berlin, UTC+2".
    pub fn zone(self, moment: DateTime<Utc>, zone: Tz) -> String {
        let offset = moment.with_timezone(&zone).offset().fix().local_minus_utc();
        let offset = distance(offset);
        let comma = match self.0 {
            Language::English => ", ",
            Language::Chinese => "，",
        };
        match zone.name() {
            "UTC" | "Etc/UTC" => offset,
            name => format!("{}{comma}{offset}", name.replace('_', " ")),
        }
    }

    /// The day of a moment in `zone`: "7 October 2026", "2026年10月7日".
    pub fn date(self, moment: DateTime<Utc>, zone: Tz) -> String {
        let local = moment.with_timezone(&zone);
        let (year, month, day) = (local.year(), local.month(), local.day());
        match self.0 {
            Language::English => format!("{day} {} {year}", english_month(month)),
            Language::Chinese => format!("{year}年{month}月{day}日"),
        }
    }
}

fn distance(offset_seconds: i32) -> String {
    let sign = if offset_seconds < 0 { '-' } else { '+' };
    let minutes = offset_seconds.unsigned_abs() / 60;
    match (minutes / 60, minutes % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

fn english_weekday(day: chrono::Weekday) -> &'static str {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    match day {
        Mon => "Monday",
        Tue => "Tuesday",
        Wed => "Wednesday",
        Thu => "Thursday",
        Fri => "Friday",
        Sat => "Saturday",
        Sun => "Sunday",
    }
}

fn chinese_weekday(day: chrono::Weekday) -> char {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    match day {
        Mon => '一',
        Tue => '二',
        Wed => '三',
        Thu => '四',
        Fri => '五',
        Sat => '六',
        Sun => '日',
    }
}

fn english_month(month: u32) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let index = usize::try_from(month.saturating_sub(1)).unwrap_or(0);
    NAMES.get(index).copied().unwrap_or_default()
}

/// A q-value in thousandths: "0.8" is 800. What is no q-value counts as 0: not wanted.
fn thousandths(q: &str) -> u16 {
    let (whole, fraction) = q.trim().split_once('.').unwrap_or((q.trim(), ""));
    let all_digits = fraction.bytes().all(|b| b.is_ascii_digit());
    if fraction.len() > 3 || !all_digits {
        return 0;
    }
    match whole {
        "1" => 1000,
        "0" => format!("{fraction:0<3}").parse().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn language_tags_lead_to_words() {
        for (tag, language) in [
            ("zh", "zh"),
            ("zh-CN", "zh"),
            ("ZH_Hant", "zh"),
            ("en-GB", "en"),
            ("de", "en"),
            ("", "en"),
        ] {
            assert_eq!(Words::of(tag).language(), language, "{tag}");
        }
    }

    #[test]
    fn the_visitor_is_heard() {
        for (explicit, header, language) in [
            (None, None, "en"),
            (None, Some("zh-CN,zh;q=0.9,en;q=0.8"), "zh"),
            (None, Some("en;q=0.8, zh;q=0.9"), "zh"),
            (None, Some("de, zh;q=0.3, en;q=0.2"), "zh"),
            (None, Some("zh;q=0, de"), "en"),
            (None, Some("zh;q=0.1, *;q=0.5"), "en"),
            (None, Some("en, zh"), "en"),
            (None, Some("zh;q=maybe, ;;;, ,en;q=0.001"), "en"),
            (Some("zh"), Some("en"), "zh"),
            (Some("de"), Some("zh"), "zh"),
        ] {
            assert_eq!(Words::negotiate(explicit, header).language(), language, "{header:?}");
        }
    }

    #[test]
    fn a_moment_is_written_in_the_manner_of_the_language() {
        let moment = Utc.with_ymd_and_hms(2026, 10, 7, 17, 0, 0).unwrap();
        let (en, zh) = (Words::of("en"), Words::of("zh"));
        assert_eq!(
            en.date_time(moment, Tz::Europe__Berlin),
            "Wednesday 7 October 2026, 19:00 (Europe/Berlin, UTC+2)"
        );
        assert_eq!(
            zh.date_time(moment, Tz::Asia__Shanghai),
            "2026年10月8日星期四 01:00（Asia/Shanghai，UTC+8）"
        );
        assert_eq!(
            en.date_time(moment, Tz::America__St_Johns),
            "Wednesday 7 October 2026, 14:30 (America/St Johns, UTC-2:30)"
        );
        assert_eq!(en.date(moment, Tz::Asia__Shanghai), "8 October 2026");
        assert_eq!(zh.date(moment, Tz::UTC), "2026年10月7日");
        assert_eq!(en.date_time(moment, Tz::UTC), "Wednesday 7 October 2026, 17:00 (UTC)");
    }

    #[test]
    fn arguments_are_put_in_as_they_are() {
        let minutes = [("minutes", Value::from(1_usize))];
        assert_eq!(Words::of("en").with("mail-minutes", &minutes), "1 minute");
        let minutes = [("minutes", Value::from(90_i64))];
        assert_eq!(Words::of("en").with("mail-minutes", &minutes), "90 minutes");
        assert_eq!(Words::of("zh").with("mail-minutes", &minutes), "90 分钟");
    }
}
