//! Fields as mail heads and reports write them: `Name: value`, continued on lines that begin with
//! a space, in groups with an empty line between them.

/// So many groups, and so many fields of each, are read.
const MOST: usize = 1000;

/// The groups of a text, at most `most`; names in small letters, values on one line.
pub fn groups(text: &str, most: usize) -> Vec<Vec<(String, String)>> {
    let mut groups: Vec<Vec<(String, String)>> = vec![];
    let mut open = false;
    for line in text.lines().map(|line| line.trim_end_matches('\r')) {
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        let continued = line.starts_with([' ', '\t']);
        if !open {
            if continued {
                continue;
            }
            if groups.len() == most.min(MOST) {
                break;
            }
            groups.push(vec![]);
            open = true;
        }
        let Some(group) = groups.last_mut() else { continue };
        if continued {
            if let Some((_, value)) = group.last_mut()
                && value.len() < 10_000
            {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':')
            && group.len() < MOST
        {
            group.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// The value of the first field with this name.
pub fn get<'a>(group: &'a [(String, String)], name: &str) -> Option<&'a str> {
    group.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
}

/// What follows the type in `rfc822;ada@example.org`.
pub fn typed(value: &str) -> &str {
    let value = value.split_once(';').map_or(value, |(_, value)| value).trim();
    value.trim_start_matches('<').trim_end_matches('>').trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_in_groups() {
        let text = "Reporting-MTA: dns; a\r\n\r\nfinal-recipient:rfc822;<a@b.c>\n Status: x\n\
            STATUS: 5.1.1\r\n (no such\r\n\tuser)\n\n\n : y\nno field\n\n";
        let read = groups(text, 10);
        assert_eq!(read.len(), 2, "{read:?}");
        let one = read.get(1).unwrap();
        assert_eq!(typed(get(one, "final-recipient").unwrap()), "a@b.c> Status: x");
        assert_eq!(get(one, "status"), Some("5.1.1 (no such user)"));
        assert_eq!(groups(text, 1).len(), 1);
        assert_eq!(typed("rfc822; <a@b.c>"), "a@b.c");
    }
}
