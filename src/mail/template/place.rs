//! What can be filled in, and the names by which people know it.

/// What can be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// "Hello Ada,", or "Hello," where no name is known.
    Greeting,
    /// The whole name.
    Name,
    /// The first name.
    FirstName,
    /// The questionnaire's title.
    Title,
    /// The address behind the button.
    Link,
    /// Until when answers are welcome.
    ClosingDate,
    /// How long it takes: "about 10 minutes".
    Minutes,
    /// How many questions.
    Questions,
    /// A sentence on how many questions there are and how long they take.
    Effort,
    /// The organizer's name.
    Organizer,
    /// The questionnaire's introduction.
    Introduction,
    /// Says, in the last reminder, that it is the last.
    LastReminder,
}

impl Place {
    /// All of them with their name, and what stands there in words for the organizer.
    pub const ALL: [(Self, &'static str, &'static str); 12] = [
        (Self::Greeting, "greeting", "“Hello Ada,”, or “Hello,” where we know no name"),
        (Self::Name, "name", "the whole name"),
        (Self::FirstName, "first name", "the first name"),
        (Self::Title, "title", "the questionnaire’s title"),
        (Self::Organizer, "organizer", "your name"),
        (Self::Introduction, "introduction", "the questionnaire’s introduction"),
        (Self::Questions, "questions", "how many questions there are"),
        (Self::Minutes, "minutes", "how long they take, such as “10 minutes”"),
        (Self::Effort, "effort", "both of these in a sentence"),
        (Self::ClosingDate, "closing date", "until when answers are welcome"),
        (Self::LastReminder, "last reminder", "in the last reminder: that it is the last"),
        (Self::Link, "link", "the address behind the button"),
    ];

    /// Whether a line stays although there is nothing to say here.
    pub fn may_be_empty(self) -> bool {
        matches!(self, Self::Name | Self::FirstName)
    }

    /// The place of this name, however it is written: other tools' names are known as well.
    pub fn named(typed: &str) -> Option<Self> {
        let name: String =
            typed.to_lowercase().chars().filter(|c| !matches!(c, ' ' | '_' | '-' | '.')).collect();
        Some(match name.as_str() {
            "greeting" | "salutation" | "问候" | "称呼" => Self::Greeting,
            "name" | "fullname" | "姓名" | "名字" => Self::Name,
            "firstname" | "fname" | "givenname" | "名" => Self::FirstName,
            "title" | "surveyname" | "surveytitle" | "questionnaire" | "标题" => Self::Title,
            "link" | "url" | "surveyurl" | "surveylink" | "链接" => Self::Link,
            "closingdate" | "closes" | "deadline" | "expiry" | "截止时间" | "截止日期" => {
                Self::ClosingDate
            }
            "minutes" | "time" | "时长" => Self::Minutes,
            "questions" | "问题数" => Self::Questions,
            "effort" | "用时" => Self::Effort,
            "organizer" | "organiser" | "adminname" | "sender" | "组织者" => Self::Organizer,
            "introduction" | "intro" | "surveydescription" | "简介" | "介绍" => {
                Self::Introduction
            }
            "lastreminder" | "最后提醒" => Self::LastReminder,
            _ => return None,
        })
    }
}

/// How somebody is called among friends: what stands before the last name. A name written
/// "Lovelace, Ada" has it after the comma; one without a space, as in Chinese, stays whole.
pub fn first_name(name: &str) -> String {
    let name = name.split_once(',').map_or(name, |(_, first)| first).trim();
    let mut words = name.split_whitespace();
    let titles = ["dr", "dr.", "prof", "prof.", "mr", "mr.", "mrs", "mrs.", "ms", "ms."];
    let word = words.find(|word| !titles.contains(&word.to_lowercase().as_str()));
    word.unwrap_or(name).to_owned()
}
