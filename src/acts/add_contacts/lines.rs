//! Lists of people as they are pasted or exported: `Name <address>`, `address, name, language`
//! in any order, or a table with a head; separated by comma, semicolon or tab.

use self::head::Head;
use crate::domain::email::Email;
use crate::domain::text::{at_the_door, one_line, shortened};
use crate::mail::mailbox;

mod head;

/// The longest name of a contact, in characters.
const LONGEST_NAME: usize = 120;

/// One person of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How they are called; empty: the list does not say.
    pub name: String,
    /// Their address.
    pub address: Email,
    /// Their language, if the list says one that we speak.
    pub language: Option<&'static str>,
}

impl Line {
    /// Takes from a later line on the same address what this one does not say.
    pub fn merge(&mut self, later: Self) {
        if self.name.is_empty() {
            self.name = later.name;
        }
        self.language = self.language.or(later.language);
    }
}

/// A line that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// Its number, from 1.
    pub number: usize,
    /// Its text.
    pub text: String,
    /// Why, as a sentence.
    pub why: &'static str,
}

/// The people of a list, and the lines that name nobody. Empty lines are passed over.
pub fn read(text: &str) -> (Vec<Line>, Vec<Unusable>) {
    let text = at_the_door(text.trim_start_matches('\u{feff}'));
    let mut people = vec![];
    let mut unusable = vec![];
    let mut head: Option<Head> = None;
    let mut first = true;
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        if std::mem::take(&mut first) {
            head = Head::of(line);
            if head.is_some() {
                continue;
            }
        }
        let read = match &head {
            Some(head) => head.read(line).map(|line| vec![line]),
            None => free(line),
        };
        match read {
            Ok(lines) => people.extend(lines),
            Err(why) => unusable.push(Unusable { number, text: shortened(line.trim(), 1000), why }),
        }
    }
    (people, unusable)
}

const NO_ADDRESS: &str = "There is no mail address in it.";
const BAD_ADDRESS: &str = "The mail address is not complete or has a mistake.";

fn email(typed: &str) -> Option<Email> {
    let typed = typed.trim().trim_start_matches("mailto:");
    // An address must also fit into the head of a mail.
    mailbox::address(typed).ok()?;
    typed.parse().ok()
}

/// `Name <address>`.
fn named(field: &str) -> Option<Line> {
    let (name, rest) = field.rsplit_once('<')?;
    let address = email(rest.split('>').next()?)?;
    let name = one_line(name.trim().trim_matches('"'), LONGEST_NAME);
    Some(Line { name, address, language: None })
}

/// The language that a field names, if we speak it.
fn language(field: &str) -> Option<&'static str> {
    let folded = field.trim().to_lowercase();
    let primary = folded.split(['-', '_']).next().unwrap_or_default();
    match primary {
        "en" | "eng" | "english" | "英语" | "英文" => Some("en"),
        "zh" | "chi" | "zho" | "chinese" | "中文" | "汉语" | "简体中文" | "普通话" => {
            Some("zh")
        }
        _ => None,
    }
}

/// The separator of a line: whatever it has outside of quotes and angle brackets.
fn separator(line: &str) -> u8 {
    let (mut quoted, mut bracketed) = (false, false);
    let mut found = [(b'\t', 0_usize), (b';', 0), (b',', 0)];
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            '<' => bracketed = true,
            '>' => bracketed = false,
            _ if quoted || bracketed => {}
            _ => {
                let mark = found.iter_mut().find(|(mark, _)| char::from(*mark) == character);
                if let Some((_, count)) = mark {
                    *count += 1;
                }
            }
        }
    }
    found.iter().find(|(_, count)| *count > 0).map_or(b',', |(mark, _)| *mark)
}

fn fields(line: &str, separator: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .trim(csv::Trim::All)
        .from_reader(line.as_bytes());
    let mut record = csv::StringRecord::new();
    // A text cannot fail to be read: it is UTF-8, and rows may have any length.
    let _ = reader.read_record(&mut record);
    record.iter().map(|field| field.trim().to_owned()).collect()
}

/// A line without a head: every address in it is a person; beside a single one, the first other
/// field is the name.
fn free(line: &str) -> Result<Vec<Line>, &'static str> {
    // The Chinese comma and semicolon come from Chinese keyboards.
    let line = line.replace('，', ",").replace('；', ";");
    let fields = fields(&line, separator(&line));
    let mut people = vec![];
    let mut rest = vec![];
    for field in fields.iter().filter(|field| !field.is_empty()) {
        if let Some(person) = named(field) {
            people.push(person);
        } else if let Some(address) = email(field) {
            people.push(Line { name: String::new(), address, language: None });
        } else if field.contains('@') {
            return Err(BAD_ADDRESS);
        } else {
            rest.push(field);
        }
    }
    if let [person] = people.as_mut_slice() {
        for field in rest {
            match language(field) {
                Some(language) => person.language = person.language.or(Some(language)),
                None if person.name.is_empty() => person.name = one_line(field, LONGEST_NAME),
                None => {}
            }
        }
    }
    if people.is_empty() { Err(NO_ADDRESS) } else { Ok(people) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(String, String, Option<&'static str>)> {
        let (people, unusable) = read(text);
        assert_eq!(unusable, [], "{text}");
        people.into_iter().map(|p| (p.name, p.address.to_string(), p.language)).collect()
    }

    fn one(
        name: &str,
        address: &str,
        language: Option<&'static str>,
    ) -> (String, String, Option<&'static str>) {
        (name.to_owned(), address.to_owned(), language)
    }

    #[test]
    fn the_ways_in_which_people_are_listed_are_understood() {
        for line in [
            "Ada Lovelace <ada@example.org>",
            "\"Ada Lovelace\" <ada@example.org>",
            "ada@example.org, Ada Lovelace",
            "Ada Lovelace;ada@example.org",
            "ada@example.org\tAda Lovelace",
            "Ada Lovelace，ada@example.org",
            "\u{feff}E-mail,Name\r\nada@example.org,Ada Lovelace\r\n",
            "Last name;First name;E-Mail\nLovelace;Ada;ada@example.org",
        ] {
            let people = told(line);
            assert_eq!(people.len(), 1, "{line}");
            assert_eq!(people[0].1, "ada@example.org", "{line}");
            assert!(people[0].0.contains("Ada") && people[0].0.contains("Lovelace"), "{line}");
        }
        assert_eq!(told("ada@example.org"), [one("", "ada@example.org", None)]);
        assert_eq!(
            told("王薇 <wei@example.org>, zh-CN\nbob@example.org, Bob, English\n"),
            [one("王薇", "wei@example.org", Some("zh")), one("Bob", "bob@example.org", Some("en"))]
        );
        assert_eq!(
            told("姓名\t语言\t邮箱\n王薇\t中文\twei@example.org"),
            [one("王薇", "wei@example.org", Some("zh"))]
        );
        assert_eq!(
            told("\"Doe, Jane\" <jane@example.org>, Bob <bob@example.org>"),
            [one("Doe, Jane", "jane@example.org", None), one("Bob", "bob@example.org", None)]
        );
        assert_eq!(
            told("name,language,address\n\"Doe, Jane\",de,jane@example.org"),
            [one("Doe, Jane", "jane@example.org", None)]
        );
    }

    #[test]
    fn lines_that_cannot_be_used_are_told_with_their_number() {
        let (people, unusable) = read("\n\nada@example.org\nnobody\nbob@\n\nc@example.org");
        assert_eq!(people.len(), 2);
        let told: Vec<(usize, &str)> =
            unusable.iter().map(|line| (line.number, line.text.as_str())).collect();
        assert_eq!(told, [(4, "nobody"), (5, "bob@")]);
        let (people, unusable) = read("email,name\n,Ada\nada@example.org,Ada\nx@,Bob");
        assert_eq!((people.len(), unusable.len()), (1, 2));
        assert_eq!(read("").0, []);
    }

    #[test]
    fn hostile_lists_break_nothing() {
        let long = format!("{} <a@example.org>", "王".repeat(50_000));
        assert_eq!(told(&long)[0].0.chars().count(), 120);
        for text in ["\"", "\"\"\"<", "<>", ",,,@,", "a\0b@c\rBcc: x", ";;;;\n\t\t", "<a@b.de"] {
            let (people, _) = read(text);
            assert!(people.len() <= 1, "{text}");
        }
        assert_eq!(told("A\u{7}da\t<ada@example.org>")[0].1, "ada@example.org");
    }
}
