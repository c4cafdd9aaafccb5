//! People as they are listed: `Name <address>`, `address, name, language` in any order, or a table
//! whose columns say what they are.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::column::{self, Says, language};
use super::sheet::{Row, Sheet, cells};
use crate::domain::audience;
use crate::domain::email::Email;
use crate::domain::text::{at_the_door, one_line, shortened};
use crate::export::guard::unguarded;
use crate::mail::mailbox;

/// The longest name of a contact, and of the place an address comes from, in characters.
pub const LONGEST_NAME: usize = 120;
/// How many people are taken from one list.
pub const MOST: usize = 100_000;

/// One person of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The number of the line, from 1.
    pub number: usize,
    /// How they are called; empty: the list does not say.
    pub name: String,
    /// Their address.
    pub address: Email,
    /// Their language, if the list says one that we speak.
    pub language: Option<&'static str>,
    /// Their time zone, if the list says one.
    pub zone: Option<Tz>,
    /// Words by which the organizer finds them.
    pub tags: Vec<String>,
    /// When they agreed to be written to, if the list says it.
    pub consent_on: Option<NaiveDate>,
    /// Where the address comes from; empty: the list does not say.
    pub consent_from: String,
}

impl Line {
    fn new(address: Email) -> Self {
        Self {
            number: 0,
            name: String::new(),
            address,
            language: None,
            zone: None,
            tags: vec![],
            consent_on: None,
            consent_from: String::new(),
        }
    }

    /// Takes from a later line on the same address what this one does not say.
    pub fn merge(&mut self, later: Self) {
        if self.name.is_empty() {
            self.name = later.name;
        }
        if self.consent_from.is_empty() {
            self.consent_from = later.consent_from;
        }
        self.language = self.language.or(later.language);
        self.zone = self.zone.or(later.zone);
        self.consent_on = self.consent_on.or(later.consent_on);
        self.tags.extend(later.tags);
        self.tags.sort();
        self.tags.dedup();
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

/// A list as the editor of a table or a person left it, made fit to be read.
pub fn tidy(text: &str) -> String {
    at_the_door(text.trim_start_matches('\u{feff}'))
}

/// The people of a list, and the lines that name nobody. At most [`MOST`]; what follows them is
/// unusable.
pub fn people(sheet: &Sheet) -> (Vec<Line>, Vec<Unusable>) {
    let mut people = vec![];
    let mut unusable = vec![];
    for row in &sheet.rows {
        let read = if people.len() >= MOST {
            Err(TOO_MANY)
        } else if sheet.columns.is_empty() {
            free(&row.text)
        } else {
            in_columns(row, &sheet.columns, sheet.heads.is_empty())
        };
        match read {
            Ok(lines) => {
                people.extend(lines.into_iter().map(|line| Line { number: row.number, ..line }));
            }
            Err(why) => unusable.push(Unusable {
                number: row.number,
                text: shortened(&row.text, 1000),
                why,
            }),
        }
    }
    (people, unusable)
}

const NO_ADDRESS: &str = "There is no mail address in it.";
const BAD_ADDRESS: &str = "The mail address is not complete or has a mistake.";
const TOO_MANY: &str = "The list has more than 100,000 people; add the rest as a second list.";

fn email(typed: &str) -> Option<Email> {
    let typed = unguarded(typed.trim()).trim_start_matches("mailto:");
    // An address must also fit into the head of a mail.
    mailbox::address(typed).ok()?;
    typed.parse().ok()
}

fn name(typed: &str) -> String {
    one_line(unguarded(typed.trim()), LONGEST_NAME)
}

/// `Name <address>`.
fn named(field: &str) -> Option<Line> {
    let (before, rest) = field.rsplit_once('<')?;
    let address = email(rest.split('>').next()?)?;
    Some(Line { name: name(before.trim().trim_matches('"')), ..Line::new(address) })
}

/// A line of a table.
fn in_columns(row: &Row, columns: &[Says], headless: bool) -> Result<Vec<Line>, &'static str> {
    let cells = || columns.iter().zip(&row.cells);
    let of = |wanted: Says| {
        cells().find(|(column, _)| **column == wanted).map_or("", |(_, cell)| cell.as_str())
    };
    let typed = of(Says::Address);
    if headless && !typed.contains('@') && row.text.contains('@') {
        return free(&row.text);
    }
    if typed.is_empty() {
        return Err(NO_ADDRESS);
    }
    let mut person = named(typed).or_else(|| email(typed).map(Line::new)).ok_or(BAD_ADDRESS)?;
    let whole = match of(Says::Name) {
        "" => joined(of(Says::FirstName), of(Says::LastName)),
        whole => whole.to_owned(),
    };
    if !whole.is_empty() {
        person.name = name(&whole);
    }
    person.language = language(of(Says::Language));
    person.zone = column::zone(of(Says::Zone));
    person.consent_on = column::day(of(Says::ConsentOn));
    person.consent_from = name(of(Says::ConsentFrom));
    let tags = cells().filter(|(column, _)| **column == Says::Tags);
    person.tags = tags.flat_map(|(_, cell)| audience::tags(unguarded(cell))).collect();
    Ok(vec![person])
}

/// First and last name, in the order of the language they are written in.
fn joined(first: &str, last: &str) -> String {
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    if !first.is_empty() && !last.is_empty() && first.chars().chain(last.chars()).all(chinese) {
        return format!("{last}{first}");
    }
    format!("{first} {last}").trim().to_owned()
}

/// A line without columns: every address in it is a person; beside a single one, the first other
/// field is the name.
fn free(line: &str) -> Result<Vec<Line>, &'static str> {
    // The Chinese comma and semicolon come from Chinese keyboards.
    let line = line.replace('，', ",").replace('；', ";");
    let fields = cells(&line, separator(&line));
    let mut people = vec![];
    let mut rest = vec![];
    for field in fields.iter().filter(|field| !field.is_empty()) {
        if let Some(person) = named(field) {
            people.push(person);
        } else if let Some(address) = email(field) {
            people.push(Line::new(address));
        } else if field.contains('@') {
            return Err(BAD_ADDRESS);
        } else {
            rest.push(field);
        }
    }
    if let [person] = people.as_mut_slice() {
        for field in rest {
            if let Some(language) = language(field) {
                person.language = person.language.or(Some(language));
            } else if let Some(zone) = column::zone(field).filter(|_| field.contains('/')) {
                person.zone = person.zone.or(Some(zone));
            } else if person.name.is_empty() {
                person.name = name(field);
            }
        }
    }
    if people.is_empty() { Err(NO_ADDRESS) } else { Ok(people) }
}

/// The separator of one line: whatever it has outside of quotes and angle brackets.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<Line>, Vec<Unusable>) {
        people(&Sheet::read(&tidy(text), &[], None))
    }

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
            "ada@example.org|Ada Lovelace",
            "Notes,Mail,Name\n\"a\nb\",ada@example.org,Ada Lovelace",
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
        let formula = told("email,name\nada@example.org,\"=HYPERLINK(1)\"");
        assert_eq!(formula[0].0, "=HYPERLINK(1)");
        // A quotation mark that is never closed takes its own line with it, not the list.
        let open = format!("email,name\na@b.de,\"Ada\n{}", "c@d.ef,Bob\n".repeat(1000));
        assert_eq!(read(&open).0.len(), 1001);
        for address in ["\"a b\"@example.org", "a@[127.0.0.1", "a\u{202e}@example.org"] {
            let _ = read(&format!("{address}, Name"));
        }
        assert_eq!(told("a@bücher.example")[0].1, "a@bücher.example");
    }

    #[test]
    fn columns_are_found_without_a_head_and_can_be_said() {
        let text = "ada@example.org|Ada|Europe/Berlin|en|x\nbob@example.org|Bob|Asia/Shanghai|zh|y";
        let sheet = Sheet::read(text, &[], None);
        let guessed = [Says::Address, Says::Name, Says::Zone, Says::Language, Says::Nothing];
        assert_eq!((sheet.columns.as_slice(), sheet.heads.len()), (&guessed[..], 0));
        let mut said = guessed;
        said[4] = Says::Tags;
        let (people, _) = people(&Sheet::read(text, &said, Some(false)));
        let bob = &people[1];
        assert_eq!(
            (bob.zone, bob.tags.as_slice()),
            (Some(Tz::Asia__Shanghai), &["y".to_owned()][..])
        );
        // A head that we do not know is one, since no address is in it.
        let sheet = Sheet::read("Quién;Dónde\nAda;ada@example.org\nBob;bob@example.org", &[], None);
        assert_eq!(sheet.heads, ["Quién", "Dónde"]);
        assert_eq!(sheet.columns, [Says::Nothing, Says::Address]);
        let sheet = Sheet::read("Ada;ada@example.org\nBob;bob@example.org", &[], Some(true));
        assert_eq!((sheet.heads.len(), sheet.rows.len()), (2, 1));
    }

    #[test]
    fn cells_of_several_lines_keep_the_numbers_of_those_behind_them() {
        let text = "name,email\n\"Ada\nLovelace\",ada@example.org\n\nBob,bob@\n";
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let (people, unusable) = read(&text);
            assert_eq!((people[0].name.as_str(), people[0].number), ("Ada Lovelace", 2));
            assert_eq!((unusable[0].number, unusable[0].text.as_str()), (5, "Bob,bob@"));
        }
    }

    #[test]
    fn two_names_stand_in_the_order_of_their_language() {
        let read =
            told("last name,first name,email\nLovelace,Ada,a@b.de\n王,薇,w@b.de\n,Bob,b@b.de");
        let names: Vec<&str> = read.iter().map(|(name, ..)| name.as_str()).collect();
        assert_eq!(names, ["Ada Lovelace", "王薇", "Bob"]);
    }
}
