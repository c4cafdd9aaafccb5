//! The answers in a CSV file.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail, ensure};

use crate::polis::{self, Lines};

/// Ids and answers in the order of the rows; the spans of what is found are spans of these texts.
/// Rows without an answer keep their place, so that it can be told how many there are.
pub(super) fn read(
    bytes: &[u8],
    column: &str,
    id: Option<&str>,
) -> anyhow::Result<Vec<(String, String)>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Err(error) = std::str::from_utf8(bytes) {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        bail!("line {line} is not UTF-8; save the table as UTF-8");
    }
    ensure!(!bytes.trim_ascii().is_empty(), "the table is empty");
    let mut reader =
        csv::ReaderBuilder::new().delimiter(polis::delimiter(bytes)).from_reader(bytes);
    let names = reader.headers().context("line 1, the names of the columns")?.clone();
    let place = |wanted: &str| {
        let found: Vec<usize> =
            (0..names.len()).filter(|at| names.get(*at).map(str::trim) == Some(wanted)).collect();
        match *found.as_slice() {
            [at] => Ok(at),
            [] => {
                let all: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
                bail!("line 1 names no column “{wanted}”; it names {}", all.join(", "))
            }
            [..] => bail!("line 1 names “{wanted}” {} times", found.len()),
        }
    };
    let answer = place(column)?;
    let id = id.map(place).transpose()?;
    let (mut rows, mut at) = (Vec::new(), Lines::of(bytes));
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    for (number, record) in (1_u64..).zip(reader.records()) {
        let record = record.map_err(|error| {
            let line = at.of_row(error.position());
            match error.kind() {
                csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                    anyhow::anyhow!("line {line} has {len} columns, not {expected_len}")
                }
                _ => anyhow::anyhow!("line {line}: {error}"),
            }
        })?;
        let line = at.of_row(record.position());
        let key = match id {
            None => number.to_string(),
            Some(at) => record.get(at).unwrap_or_default().trim().to_owned(),
        };
        ensure!(!key.is_empty(), "line {line} has no id");
        if let Some(other) = lines.insert(key.clone(), line) {
            bail!("line {line} has the id “{key}” of line {other}");
        }
        rows.push((key, record.get(answer).unwrap_or_default().to_owned()));
    }
    ensure!(!rows.is_empty(), "the table has names but no rows");
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::read;

    fn texts(table: &str, id: Option<&str>) -> Vec<(String, String)> {
        read(table.as_bytes(), "answer", id).unwrap()
    }

    fn error(table: &[u8], id: Option<&str>) -> String {
        format!("{:#}", read(table, "answer", id).unwrap_err())
    }

    #[test]
    fn columns_are_parted_by_comma_semicolon_or_tab() {
        for mark in [",", ";", "\t"] {
            let table =
                format!("\u{feff}id{mark}answer\r\nx{mark}\"two\nlines, \"\"said\"\"; so\"");
            let expected = ("x".to_owned(), "two\nlines, \"said\"; so".to_owned());
            assert_eq!(texts(&table, Some("id")), [expected], "{mark:?}");
        }
        assert_eq!(texts("answer\none\n\"\"\n", None).len(), 2);
        assert_eq!(texts("\"a;b;c\",answer\n1,2\n", None)[0], ("1".to_owned(), "2".to_owned()));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        assert!(error(b"", None).contains("empty"));
        assert!(error(b"answer\n", None).contains("no rows"));
        assert!(error(b"a,b\n1,2\n", None).contains("“a”, “b”"));
        assert!(error(b"answer,answer\n1,2\n", None).contains("2 times"));
        assert!(error(b"id,answer\n1,x\n2\n", None).contains("line 3 has 1 columns"));
        assert!(error(b"id,answer\n1,\"x\ny\"\n1,z\n", Some("id")).contains("line 4"));
        assert!(error(b"id,answer\n,x\n", Some("id")).contains("line 2 has no id"));
        for end in ["\n", "\r\n"] {
            let table = ["id,answer", "1,aa bb", "2,cc dd", "1,ee", ""].join(end);
            let told = error(table.as_bytes(), Some("id"));
            assert_eq!(told, "line 4 has the id “1” of line 2", "{end:?}");
            let short = error(table.replace(",cc dd", "").as_bytes(), None);
            assert!(short.contains("line 3 has 1 columns"), "{end:?}: {short}");
        }
        assert!(error(b"answer\nok\n\xff\n", None).contains("line 3 is not UTF-8"));
    }
}
