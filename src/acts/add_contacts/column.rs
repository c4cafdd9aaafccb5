//! What the columns of a list say about each person.

use chrono::NaiveDate;
use chrono_tz::{TZ_VARIANTS, Tz};
use serde::{Deserialize, Serialize};

/// What one column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// Nothing that is kept.
    Nothing,
    /// The mail address.
    Address,
    /// How they are called.
    Name,
    /// Their first name, where it has a column of its own.
    FirstName,
    /// Their last name, where it has a column of its own.
    LastName,
    /// Their language.
    Language,
    /// Their time zone.
    Zone,
    /// Words by which the organizer finds them.
    Tags,
    /// When they agreed to be written to.
    ConsentOn,
    /// Where the address comes from.
    ConsentFrom,
}

impl Says {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::Nothing,
        Self::Address,
        Self::Name,
        Self::FirstName,
        Self::LastName,
        Self::Language,
        Self::Zone,
        Self::Tags,
        Self::ConsentOn,
        Self::ConsentFrom,
    ];

    /// Its name in forms, and at the desk.
    pub fn key_and_words(self) -> (&'static str, &'static str) {
        match self {
            Self::Nothing => ("nothing", "leave out"),
            Self::Address => ("address", "mail address"),
            Self::Name => ("name", "name"),
            Self::FirstName => ("first_name", "first name"),
            Self::LastName => ("last_name", "last name"),
            Self::Language => ("language", "language"),
            Self::Zone => ("zone", "time zone"),
            Self::Tags => ("tags", "tags"),
            Self::ConsentOn => ("consent_on", "agreed on (date)"),
            Self::ConsentFrom => ("consent_from", "where it comes from"),
        }
    }

    /// The column of this name in a form.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.key_and_words().0 == key)
    }

    /// What a column of this head says, as programs in several languages write it.
    pub fn of_head(head: &str) -> Self {
        let folded: String =
            head.to_lowercase().chars().filter(|c| c.is_alphanumeric()).take(40).collect();
        match folded.as_str() {
            "email" | "mail" | "address" | "emailaddress" | "mailaddress" | "eaddress"
            | "emailadresse" | "mailadresse" | "correo" | "correoelectronico" | "courriel"
            | "adressemail" | "邮箱" | "电子邮箱" | "电子邮件" | "邮件" | "邮箱地址"
            | "邮件地址" | "电子邮件地址" | "地址" => Self::Address,
            "name" | "fullname" | "displayname" | "contact" | "contactname" | "姓名" | "名字"
            | "称呼" | "nombre" | "nom" => Self::Name,
            "firstname" | "givenname" | "forename" | "first" | "vorname" | "prénom" | "prenom"
            | "fname" | "名" => Self::FirstName,
            "lastname" | "familyname" | "surname" | "last" | "nachname" | "apellido"
            | "apellidos" | "lname" | "姓" => Self::LastName,
            "language" | "lang" | "locale" | "sprache" | "idioma" | "langue" | "语言" => {
                Self::Language
            }
            "timezone" | "zone" | "tz" | "zeitzone" | "时区" => Self::Zone,
            "tags" | "tag" | "labels" | "label" | "groups" | "group" | "标签" | "分组" => {
                Self::Tags
            }
            "consentdate" | "consenton" | "consentedon" | "agreedon" | "agreedondate"
            | "optindate" | "optintime" | "confirmtime" | "subscribedat" | "subscribedon"
            | "dateadded" | "同意日期" | "订阅日期" => Self::ConsentOn,
            "source" | "consentsource" | "consentfrom" | "whereitcomesfrom" | "origin" | "来源" => {
                Self::ConsentFrom
            }
            _ => Self::Nothing,
        }
    }
}

/// The language that a field names, if we speak it.
pub fn language(field: &str) -> Option<&'static str> {
    let folded = field.trim().to_lowercase();
    let primary = folded.split(['-', '_']).next().unwrap_or_default();
    match primary {
        "en" | "eng" | "english" | "englisch" | "英语" | "英文" => Some("en"),
        "zh" | "chi" | "zho" | "chinese" | "chinesisch" | "中文" | "汉语" | "简体中文"
        | "普通话" => Some("zh"),
        _ => None,
    }
}

/// The time zone that a field names, by its IANA name in any case.
pub fn zone(field: &str) -> Option<Tz> {
    let typed = field.trim().replace(' ', "_");
    if typed.is_empty() || typed.len() > 60 {
        return None;
    }
    let same = |zone: &Tz| zone.name().eq_ignore_ascii_case(&typed);
    typed.parse().ok().or_else(|| TZ_VARIANTS.into_iter().find(same))
}

/// The day that a field names, in one of the ways in which programs write days. What can be read
/// in two ways (3/4/2026) is none.
pub fn day(field: &str) -> Option<NaiveDate> {
    let typed = field.trim();
    let day: String = typed
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | '/' | '年' | '月' | '日'))
        .take(12)
        .collect();
    let parts: Vec<&str> = day.split(|c: char| !c.is_ascii_digit()).collect();
    let number = |at: usize| parts.get(at).and_then(|part| part.parse::<u32>().ok());
    let (first, second, third) = (number(0)?, number(1)?, number(2)?);
    let of = |year: u32, month, day| {
        let year = i32::try_from(year).ok().filter(|year| (1900..2200).contains(year))?;
        NaiveDate::from_ymd_opt(year, month, day)
    };
    if parts.first().is_some_and(|part| part.len() == 4) {
        return of(first, second, third);
    }
    if parts.get(2).is_none_or(|part| part.len() != 4) {
        return None;
    }
    match day.contains('/') {
        false => of(third, second, first),
        true if first > 12 => of(third, second, first),
        true if second > 12 || first == second => of(third, first, second),
        true => None,
    }
}

/// Whether a day lies ahead wherever on earth one is, where it is `today` in Greenwich.
pub fn is_to_come(day: NaiveDate, today: NaiveDate) -> bool {
    today.succ_opt().is_some_and(|tomorrow| day > tomorrow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_several_programs_are_known() {
        for (head, column) in [
            ("E-Mail", Says::Address),
            (" Email Address ", Says::Address),
            ("First Name", Says::FirstName),
            ("LAST_NAME", Says::LastName),
            ("电子邮件地址", Says::Address),
            ("Time Zone", Says::Zone),
            ("OPTIN_TIME", Says::ConsentOn),
            ("Phone", Says::Nothing),
            ("", Says::Nothing),
        ] {
            assert_eq!(Says::of_head(head), column, "{head}");
        }
        for column in Says::ALL {
            let (key, words) = column.key_and_words();
            assert_eq!(Says::of_key(key), Some(column));
            // What we write ourselves is understood again.
            if column != Says::Nothing {
                assert_eq!(Says::of_head(words), column, "{words}");
            }
        }
    }

    #[test]
    fn days_are_read_where_there_is_one_reading() {
        let told = |typed: &str| day(typed).map(|day| day.to_string());
        for typed in [
            "2026-08-12",
            "2026-08-12T10:00:00Z",
            "2026/8/12",
            "12.08.2026",
            "12.8.2026 10:00",
            "2026年8月12日",
        ] {
            assert_eq!(told(typed).as_deref(), Some("2026-08-12"), "{typed}");
        }
        assert_eq!(told("25/12/2025").as_deref(), Some("2025-12-25"));
        assert_eq!(told("12/25/2025").as_deref(), Some("2025-12-25"));
        for typed in ["3/4/2026", "", "yesterday", "2026-13-01", "31.02.2026", "99999999999", "-"] {
            assert_eq!(told(typed), None, "{typed}");
        }
    }

    #[test]
    fn zones_and_languages_are_known_by_the_names_people_use() {
        assert_eq!(zone("europe/berlin"), Some(Tz::Europe__Berlin));
        assert_eq!(zone("America/New York"), Some(Tz::America__New_York));
        assert_eq!((zone(""), zone("CEST+1"), zone(&"a".repeat(1000))), (None, None, None));
        assert_eq!(
            (language("zh-CN"), language("EN_us"), language("de")),
            (Some("zh"), Some("en"), None)
        );
    }
}
