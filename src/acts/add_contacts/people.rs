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
    /// What else the line says and was not understood, and what becomes of that, as a sentence.
    unclear: Vec<(String, &'static str)>,
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
            unclear: vec![],
        }
    }

    /// Notes what was not understood.
    fn doubt(&mut self, said: &str, why: &'static str) {
        self.unclear.push((shortened(said, 200), why));
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

/// A line that cannot be used, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// The number of the line, from 1.
    pub number: usize,
    /// Its text, or that of the part.
    pub text: String,
    /// Why, as a sentence.
    pub why: &'static str,
}

/// Who is on a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// The people, each line by itself.
    pub lines: Vec<Line>,
    /// The lines that name nobody.
    pub unusable: Vec<Unusable>,
    /// What was not understood in lines of people.
    pub unclear: Vec<Unusable>,
}

/// A list as the editor of a table or a person left it, made fit to be read.
pub fn tidy(text: &str) -> String {
    at_the_door(text.trim_start_matches('\u{feff}'))
}

/// The people of a list as it is read on `today`. At most [`MOST`]; what follows them is unusable.
pub fn people(sheet: &Sheet, today: NaiveDate) -> People {
    let mut found = People::default();
    for row in &sheet.rows {
        let read = if found.lines.len() >= MOST {
            Err(TOO_MANY)
        } else if row.broken {
            Err(OPEN)
        } else if sheet.columns.is_empty() {
            free(&row.text)
        } else {
            in_columns(row, &sheet.columns, sheet.heads.is_empty(), today)
        };
        let number = row.number;
        match read {
            Ok(lines) => {
                for mut line in lines {
                    line.number = number;
                    let unclear = line.unclear.drain(..);
                    found.unclear.extend(unclear.map(|(text, why)| Unusable { number, text, why }));
                    found.lines.push(line);
                }
            }
            Err(why) => {
                found.unusable.push(Unusable { number, text: row.text.clone(), why });
            }
        }
    }
    found
}

const NO_ADDRESS: &str = "There is no mail address in it.";
const BAD_ADDRESS: &str = "The mail address is not complete or has a mistake.";
const TOO_MANY: &str = "The list has more than 100,000 people; add the rest as a second list.";
const OPEN: &str =
    "A quotation mark in it is not closed, or its cell goes on over other people’s lines.";
const NO_DAY: &str =
    "The day on which they agreed cannot be read, or in two ways. Write it as 2026-08-12.";
const LATER: &str = "The day on which they agreed is still to come.";
const NO_LANGUAGE: &str =
    "This is no language that mails are written in, so they get the one for all.";
const NO_ZONE: &str = "This time zone is not known, so they get the one for all.";
const NO_MEANING: &str = "This was not understood, and is not kept.";

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
fn in_columns(
    row: &Row,
    columns: &[Says],
    headless: bool,
    today: NaiveDate,
) -> Result<Vec<Line>, &'static str> {
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
    if person.language.is_none() && !of(Says::Language).is_empty() {
        person.doubt(of(Says::Language), NO_LANGUAGE);
    }
    person.zone = column::zone(of(Says::Zone));
    if person.zone.is_none() && !of(Says::Zone).is_empty() {
        person.doubt(of(Says::Zone), NO_ZONE);
    }
    // By another day, or none, their consent would be one that they never gave.
    person.consent_on = match of(Says::ConsentOn) {
        "" => None,
        typed => Some(column::day(typed).ok_or(NO_DAY)?),
    };
    if person.consent_on.is_some_and(|day| column::is_to_come(day, today)) {
        return Err(LATER);
    }
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
            } else {
                person.doubt(field, NO_MEANING);
            }
        }
    } else if let Some(first) = people.first_mut() {
        for field in rest {
            first.doubt(field, NO_MEANING);
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

    fn today() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    fn all(text: &str) -> People {
        people(&Sheet::read(&tidy(text), &[], None), today())
    }

    fn read(text: &str) -> (Vec<Line>, Vec<Unusable>) {
        let found = all(text);
        (found.lines, found.unusable)
    }

    /// The numbers and texts of lines.
    fn lines(told: &[Unusable]) -> Vec<(usize, &str)> {
        told.iter().map(|line| (line.number, line.text.as_str())).collect()
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
        assert_eq!(lines(&unusable), [(4, "nobody"), (5, "bob@")]);
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
        let (people, unusable) = read(&open);
        assert_eq!((people.len(), lines(&unusable)), (1000, vec![(2, "a@b.de,\"Ada")]));
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
        let found = people(&Sheet::read(text, &said, Some(false)), today());
        let bob = &found.lines[1];
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
    fn a_quotation_mark_takes_nobody_elses_line_with_it() {
        for mark in [',', ';', '\t', '|'] {
            let table = |text: &str| text.replace(',', &mark.to_string());
            // Never closed; closed by somebody else's mark; twice.
            for (text, broken, kept) in [
                (
                    "email,name\nz@u.de,\"Zed\ny@u.de,Yan\nx@u.de,Xi",
                    vec![(2, "z@u.de,\"Zed")],
                    vec![(3, "y@u.de", "Yan"), (4, "x@u.de", "Xi")],
                ),
                (
                    "name,email\n\"Zed,z@u.de\n\"Yan\",y@u.de\n\nXi,x@u.de",
                    vec![(2, "\"Zed,z@u.de")],
                    vec![(3, "y@u.de", "Yan"), (5, "x@u.de", "Xi")],
                ),
                (
                    "email,name\nz@u.de,\"Zed\nx@u.de,Xi\ny@u.de,\"Yan\nw@u.de,\"Wu\"",
                    vec![(2, "z@u.de,\"Zed"), (4, "y@u.de,\"Yan")],
                    vec![(3, "x@u.de", "Xi"), (5, "w@u.de", "Wu")],
                ),
            ] {
                let found = all(&table(text));
                let broken: Vec<_> = broken.iter().map(|(at, text)| (*at, table(text))).collect();
                let told = lines(&found.unusable);
                let told: Vec<_> =
                    told.iter().map(|(at, text)| (*at, (*text).to_owned())).collect();
                assert_eq!(told, broken, "{text}");
                let read = found.lines.iter();
                let read: Vec<_> =
                    read.map(|p| (p.number, p.address.as_str(), p.name.as_str())).collect();
                assert_eq!(read, kept, "{text}");
            }
        }
    }

    /// Whatever quotation marks stand in a table, nobody's line is a part of somebody else.
    #[test]
    fn of_any_lines_each_is_a_person_or_is_told() {
        let names =
            ["Ada", "\"Ada", "Ada\"", "\"Ada\"", "\"A\"\"da\"", "\"A\"\"da", "\"\"", "A \"d\" a"];
        for code in 0..names.len().pow(4) {
            let pick = |at: u32| names[code / names.len().pow(at) % names.len()];
            let lines: Vec<String> =
                (0..4).map(|at| format!("p{at}@u.de,{},{at}", pick(at))).collect();
            let text = format!("email,name,note\n{}\n", lines.join("\n"));
            let found = all(&text);
            let mut numbers: Vec<usize> = found.lines.iter().map(|line| line.number).collect();
            numbers.extend(found.unusable.iter().map(|line| line.number));
            numbers.sort_unstable();
            assert_eq!(numbers, [2, 3, 4, 5], "{text}");
            for line in &found.lines {
                assert!(line.address.as_str().starts_with(&format!("p{}@", line.number - 2)));
                assert!(!line.name.contains('@'), "{text}: {}", line.name);
            }
        }
    }

    #[test]
    fn many_open_quotation_marks_are_read_in_time() {
        let text = format!("name,email\n{}", "y\"z,\"a@b.de\n".repeat(5_000));
        assert_eq!(read(&text).1.len(), 5_000);
    }

    #[test]
    fn what_is_not_understood_is_told_and_a_day_is_never_made_up() {
        let found = all("email,agreed on,time zone,language\n\
             a@b.de,08/12/2026,Asia/Shanghai,en\n\
             b@b.de,yesterday,,\n\
             c@b.de,2099-01-01,,\n\
             d@b.de,2026-11-24,Mars/X,fr\n\
             e@b.de,,,zh");
        let kept: Vec<&str> = found.lines.iter().map(|line| line.address.as_str()).collect();
        // Where it is tomorrow already, one can have agreed on that day.
        assert_eq!(kept, ["d@b.de", "e@b.de"]);
        let why: Vec<_> = found.unusable.iter().map(|line| (line.number, line.why)).collect();
        assert_eq!(why, [(2, NO_DAY), (3, NO_DAY), (4, LATER)]);
        assert_eq!(lines(&found.unclear), [(5, "fr"), (5, "Mars/X")]);
        let found = all("Ada <ada@example.org>, fr, Asia/Shanghai, de\nbob@example.org, Bob, fr");
        assert_eq!(lines(&found.unclear), [(1, "fr"), (1, "de"), (2, "fr")]);
        assert_eq!(found.lines.len(), 2);
    }

    #[test]
    fn two_names_stand_in_the_order_of_their_language() {
        let read =
            told("last name,first name,email\nLovelace,Ada,a@b.de\n王,薇,w@b.de\n,Bob,b@b.de");
        let names: Vec<&str> = read.iter().map(|(name, ..)| name.as_str()).collect();
        assert_eq!(names, ["Ada Lovelace", "王薇", "Bob"]);
    }
}
