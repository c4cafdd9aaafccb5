//! Numbers as people type them.

/// The text with what people put around a number taken away: white space, full-width forms
/// (`１２％`) and a unit at the end (`30 %`, `30 points`, `30分`).
pub(super) fn bare(typed: &str) -> String {
    let narrow = typed.chars().map(|c| match u32::from(c) {
        // U+FF01 to U+FF5E are the full-width forms of U+0021 to U+007E.
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(c),
        0x2212 => '-',
        0x3000 | 0xa0 | 0x202f | 0x2009 => ' ',
        _ => c,
    });
    let narrow: String = narrow.collect();
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\'' | '-' | '+');
    let end = narrow.trim_start().find(|c| !number(c));
    let text = narrow.trim_start();
    let (head, tail) = end.and_then(|end| text.split_at_checked(end)).unwrap_or((text, ""));
    // A unit is one short word; anything more was not meant as a number.
    let tail = tail.trim();
    let is_unit = tail.chars().count() <= 12
        && tail
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '%' | '‰' | '°' | '€' | '$' | '.'));
    let head = if is_unit { head } else { text };
    head.trim().to_owned()
}

/// A number with what groups its digits taken away and a point before its fraction: `1 000`,
/// `1,000`, `1.000.000`, `1,5`, `1.234,5`, `1,234.5`. Of one separator with three digits after it
/// nobody can tell which it is: it is read as grouping if it is a comma, as a fraction if a point.
pub(super) fn plain(typed: &str) -> Option<String> {
    let bare = bare(typed);
    let ungrouped: String = bare.chars().filter(|c| !matches!(c, ' ' | '\'')).collect();
    let (commas, points) = (ungrouped.matches(',').count(), ungrouped.matches('.').count());
    let last = ungrouped.rfind([',', '.']);
    let after = last.map_or(0, |at| ungrouped.len() - at - 1);
    let fraction = match (commas, points) {
        (1, 0) => (after != 3).then_some(','),
        (0, 1) => Some('.'),
        // None at all, or the same one several times: it groups.
        (0, _) | (_, 0) => None,
        _ => last.and_then(|at| ungrouped.get(at..)?.chars().next()),
    };
    let mut text = String::new();
    for c in ungrouped.chars() {
        match c {
            ',' | '.' if Some(c) == fraction => text.push('.'),
            ',' | '.' => {}
            _ => text.push(c),
        }
    }
    let digits = text.trim_start_matches(['-', '+']);
    let well_formed = text.len() - digits.len() <= 1
        && digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && digits.chars().any(|c| c.is_ascii_digit());
    (well_formed && digits.len() <= 30).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (typed, number) in [
            ("30", "30"),
            (" 30 % ", "30"),
            ("30%", "30"),
            ("30 points", "30"),
            ("３０％", "30"),
            ("30分", "30"),
            ("1 000", "1000"),
            ("1\u{202f}000", "1000"),
            ("1,000", "1000"),
            ("1.000.000", "1000000"),
            ("1,000,000.5", "1000000.5"),
            ("1.234,5", "1234.5"),
            ("1,5", "1.5"),
            ("1.5", "1.5"),
            ("-3", "-3"),
            ("−3 °C", "-3"),
            ("+4", "+4"),
        ] {
            assert_eq!(plain(typed).as_deref(), Some(number), "{typed}");
        }
        for typed in ["", "many", "3 or 4", "--3", "1e5", "3-4", ".", "a30", "30 of my own points"]
        {
            assert_eq!(plain(typed), None, "{typed}");
        }
    }
}
