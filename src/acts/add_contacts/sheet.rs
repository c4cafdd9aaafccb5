//! A list as a table: where its columns are, and what each says.

use super::column::{self, Says};

/// So many lines are looked at to find out how a list is made.
const SAMPLE: usize = 200;
/// A quoted cell with more bytes on later lines is a quotation mark that was never closed.
const LONGEST_FIELD: usize = 4000;
/// Columns behind this one are not read.
pub const MOST_COLUMNS: usize = 60;
const SEPARATORS: [u8; 4] = [b'\t', b';', b',', b'|'];

/// One line of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its number, from 1.
    pub number: usize,
    /// Its cells; none where the list has no columns.
    pub cells: Vec<String>,
    /// The line as it stands there.
    pub text: String,
    /// Whether a quotation mark in it is not closed.
    pub broken: bool,
}

/// A list as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What each column says; empty: it is a list of people in lines, without columns.
    pub columns: Vec<Says>,
    /// The cells of its head; empty: it has none.
    pub heads: Vec<String>,
    /// The head as it stands there.
    pub head: Option<String>,
    /// Its lines, without the head and without empty ones.
    pub rows: Vec<Row>,
}

impl Sheet {
    /// Reads a list. `columns` and `head` are what the organizer says about it, where they do.
    pub fn read(text: &str, columns: &[Says], head: Option<bool>) -> Self {
        let sample: Vec<&str> =
            text.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE).collect();
        let separator = separator(&sample);
        let first: Vec<Vec<String>> = sample.iter().map(|line| cells(line, separator)).collect();
        let named = first.first().is_some_and(|cells| names_addresses(cells));
        let place = address_column(&first);
        let told = !columns.is_empty() && first.first().is_some_and(|cells| cells.len() > 1);
        if !named && place.is_none() && !told {
            let rows = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
            let row = |(line, number): (&str, usize)| Row {
                number,
                text: line.trim().to_owned(),
                ..Row::default()
            };
            return Self { rows: rows.map(row).collect(), ..Self::default() };
        }
        let mut rows = records(text, separator);
        let nameless = first.first().is_some_and(|cells| !cells.iter().any(|c| c.contains('@')));
        let mut sheet = Self::default();
        if head.unwrap_or(named || (nameless && first.len() > 1)) && !rows.is_empty() {
            let head = rows.remove(0);
            sheet.heads = head.cells;
            sheet.head = Some(head.text);
        }
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let width = width.max(sheet.heads.len()).clamp(1, MOST_COLUMNS);
        sheet.rows = rows;
        sheet.columns = if columns.is_empty() {
            sheet.guess(width, place)
        } else {
            (0..width).map(|at| columns.get(at).copied().unwrap_or(Says::Nothing)).collect()
        };
        sheet
    }

    /// What each column says, by its head or by what stands in it.
    fn guess(&self, width: usize, place: Option<usize>) -> Vec<Says> {
        let mut columns: Vec<Says> = self.heads.iter().map(|head| Says::of_head(head)).collect();
        columns.resize(width, Says::Nothing);
        if !columns.contains(&Says::Address)
            && let Some(column) = place.and_then(|place| columns.get_mut(place))
        {
            *column = Says::Address;
        }
        for known in Says::ALL.into_iter().filter(|known| *known != Says::Nothing) {
            let doubles = columns.iter_mut().filter(|column| **column == known).skip(1);
            doubles.for_each(|column| *column = Says::Nothing);
        }
        if columns.contains(&Says::Name) {
            for column in &mut columns {
                if matches!(column, Says::FirstName | Says::LastName) {
                    *column = Says::Nothing;
                }
            }
        }
        if self.heads.is_empty() {
            for at in 0..width {
                let free = columns.get(at) == Some(&Says::Nothing);
                if free && let Some(column) = self.says(at, &columns) {
                    columns.splice(at..=at, [column]);
                }
            }
        }
        columns
    }

    /// What a column without a head seems to say, if nothing before it says that.
    fn says(&self, at: usize, columns: &[Says]) -> Option<Says> {
        let cells = self.rows.iter().take(SAMPLE).filter_map(|row| row.cells.get(at));
        let filled: Vec<&str> =
            cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        let most = |is: fn(&str) -> bool| {
            let count = filled.iter().filter(|cell| is(cell)).count();
            count > 0 && count * 5 >= filled.len() * 4
        };
        let column = if most(|cell| column::language(cell).is_some()) {
            Says::Language
        } else if most(|cell| cell.contains('/') && column::zone(cell).is_some()) {
            Says::Zone
        } else if most(|cell| cell.chars().any(char::is_alphabetic) && !cell.contains('@')) {
            Says::Name
        } else {
            return None;
        };
        (!columns.contains(&column)).then_some(column)
    }
}

/// The separator that most lines have outside of quotes and angle brackets.
fn separator(sample: &[&str]) -> u8 {
    let has = |line: &str, mark: u8| {
        let (mut quoted, mut bracketed) = (false, false);
        line.bytes().any(|byte| {
            match byte {
                b'"' => quoted = !quoted,
                b'<' => bracketed = true,
                b'>' => bracketed = false,
                _ => {}
            }
            !quoted && !bracketed && byte == mark
        })
    };
    let mut best = (0, b',');
    for mark in SEPARATORS {
        let count = sample.iter().filter(|line| has(line, mark)).count();
        if count > best.0 {
            best = (count, mark);
        }
    }
    best.1
}

/// The cells of one line.
pub(super) fn cells(line: &str, separator: u8) -> Vec<String> {
    let mut record = csv::StringRecord::new();
    // A text cannot fail to be read: it is UTF-8, and rows may have any length.
    let _ = reader(line, separator).read_record(&mut record);
    trimmed(&record)
}

fn trimmed(record: &csv::StringRecord) -> Vec<String> {
    record.iter().take(MOST_COLUMNS).map(|cell| cell.trim().to_owned()).collect()
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes())
}

/// The lines of a table, in which a quoted cell may have several. Where a quotation mark is never
/// closed, or what it holds of later lines names an address, its line is broken and those behind it
/// are read anew: they are other people's.
fn records(text: &str, separator: u8) -> Vec<Row> {
    let mut rows = vec![];
    let mut lines = text.split_inclusive('\n').zip(1..);
    let mut from = 0;
    while let Some((line, number)) = lines.next() {
        let mut until = from + line.len();
        let after = until;
        let mut open = leaves_open(line, separator, false);
        let mut behind = lines.clone();
        while open && until - after <= LONGEST_FIELD {
            let Some((line, _)) = behind.next() else { break };
            until += line.len();
            open = leaves_open(line, separator, true);
        }
        // Not trimmed: a tab at the start is an empty cell.
        let bare = |piece: &str| piece.trim_matches('\n').to_owned();
        let whole = text.get(from..until).filter(|_| !open).unwrap_or_default();
        let whole = bare(whole);
        let read = cells(&whole, separator);
        let broken = open || read.iter().any(|cell| cell.contains('\n') && holds_address(cell));
        let (piece, cells) = if broken {
            (bare(line), cells(&bare(line), separator))
        } else {
            lines = behind;
            (whole, read)
        };
        from = if broken { after } else { until };
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { number, cells, text: piece, broken });
        }
    }
    rows
}

/// Whether a quoted cell is open at the end of a line; `open`: whether one was at its start.
fn leaves_open(line: &str, separator: u8, mut open: bool) -> bool {
    let mut starts = !open;
    let mut bytes = line.trim_end().bytes().peekable();
    while let Some(byte) = bytes.next() {
        if open {
            // Two of them are one that belongs to the text.
            open = byte != b'"' || bytes.next_if_eq(&b'"').is_some();
        } else {
            open = starts && byte == b'"';
            // What stands behind a quoted cell belongs to it as it is.
            starts = byte == separator;
        }
    }
    open
}

/// Whether a text has a mail address in it, or what looks like one.
fn holds_address(text: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | ',' | ';' | '|' | '<' | '>');
    let around = |word: &str| word.split_once('@').map(|(user, domain)| (user.len(), domain.len()));
    text.split(ends).filter_map(around).any(|(user, domain)| user > 0 && domain > 0)
}

/// Whether a line is a head that says where the addresses are.
fn names_addresses(cells: &[String]) -> bool {
    let plain = cells.iter().all(|cell| !cell.contains('@'));
    plain && cells.iter().any(|cell| Says::of_head(cell) == Says::Address)
}

/// The column that has the address in nine of ten lines, where they have more than one cell.
fn address_column(lines: &[Vec<String>]) -> Option<usize> {
    let mut counts: Vec<usize> = vec![];
    let mut with_address = 0;
    for cells in lines {
        let mut places = (0..).zip(cells).filter(|(_, cell)| cell.contains('@'));
        with_address += 1;
        let (Some((place, cell)), None) = (places.next(), places.next()) else { continue };
        if cells.len() < 2 || cell.contains('<') {
            continue;
        }
        if counts.len() <= place {
            counts.resize(place + 1, 0);
        }
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
    }
    // A first line without an address may be a head.
    let first = lines.first().is_some_and(|cells| !cells.iter().any(|cell| cell.contains('@')));
    let lines = with_address - usize::from(first);
    let (place, count) =
        (0..).zip(counts).max_by_key(|(place, count)| (*count, usize::MAX - place))?;
    (count * 10 >= lines * 9).then_some(place)
}
