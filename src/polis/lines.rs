//! On which line of a file a row of its table begins.

use csv::Position;

/// Counts the lines of a file while its rows are read.
///
/// The positions of the `csv` crate stand right behind the row before: where lines end with
/// CR LF between the two, and before lines that are empty, so its own count comes too early.
pub struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    /// Of these bytes, which the reader of rows has from their beginning.
    pub fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, line: 1 }
    }

    /// The line, from 1, on which the row at this place begins; rows are asked for in their order.
    pub fn of_row(&mut self, place: Option<&Position>) -> u64 {
        let to = place.and_then(|place| usize::try_from(place.byte()).ok()).unwrap_or(self.at);
        while let Some(byte) = self.bytes.get(self.at) {
            let ends = matches!(byte, b'\r' | b'\n');
            if self.at >= to && !ends {
                break;
            }
            self.at += 1;
            // A CR with its LF is one end.
            self.line +=
                u64::from(ends && !(*byte == b'\r' && self.bytes.get(self.at) == Some(&b'\n')));
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn rows_begin_where_an_editor_shows_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!(
                "id,t{end}1,a{end}{end}2,\"b{end}{end}c\"{end}3,d{end}{end}{end}4,{end},e{end}6,f"
            );
            let mut lines = Lines::of(text.as_bytes());
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
            let told: Vec<(u64, String)> = reader
                .records()
                .map(|row| row.unwrap())
                .map(|row| (lines.of_row(row.position()), row[0].to_owned()))
                .collect();
            let told: Vec<(u64, &str)> = told.iter().map(|(line, id)| (*line, &**id)).collect();
            assert_eq!(
                told,
                [(2, "1"), (4, "2"), (7, "3"), (10, "4"), (11, ""), (12, "6")],
                "{end:?}"
            );
            assert_eq!(lines.of_row(None), 12);
        }
    }
}
