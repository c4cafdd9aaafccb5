//! Commands that site generators read in an article (Hugo `{{< >}}` and `{{% %}}`, Jekyll `{% %}`,
//! Zola `{% %}` and `{{ }}`, kramdown `{: }`): blanked byte for byte, so that every word keeps its
//! place. What they enclose stays; in code they are code.

/// Longer ones are none: a brace was left open.
const LONG: usize = 2000;

/// The commands that enclose code.
const CODE: [&str; 4] = ["highlight", "mermaid", "raw-code", "codeblock"];

/// The text without commands, as long as before.
pub(super) fn without(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<(char, usize)> = None;
    let mut at = 0;
    while let Some(line) = text.get(at..).and_then(|rest| rest.split_inclusive('\n').next()) {
        let lead = line.trim_start().chars().next().filter(|c| matches!(c, '`' | '~'));
        let run = lead.map_or(0, |c| line.trim_start().chars().take_while(|of| *of == c).count());
        match (fence, lead) {
            (Some((mark, length)), Some(c)) if c == mark && run >= length => fence = None,
            (None, Some(c)) if run >= 3 => fence = Some((c, run)),
            _ => {}
        }
        if fence.is_some() || run >= 3 {
            out.push_str(line);
            at += line.len();
        } else {
            at += blanked(text, at, line.len(), &mut out);
        }
    }
    out
}

/// Writes a line without commands, or more lines where one goes on into the next; how many bytes
/// were read.
fn blanked(text: &str, from: usize, length: usize, out: &mut String) -> usize {
    let mut at = from;
    while at < from + length {
        let line = text.get(at..from + length).unwrap_or_default();
        let Some(next) = line.find(['{', '`']) else {
            out.push_str(line);
            return length;
        };
        out.push_str(line.get(..next).unwrap_or_default());
        at += next;
        let rest = text.get(at..).unwrap_or_default();
        let taken = if rest.starts_with('`') {
            let code = code(rest, from + length - at);
            out.push_str(rest.get(..code).unwrap_or_default());
            code
        } else if let Some(length) = command(rest) {
            blank(rest.get(..length).unwrap_or_default(), out);
            length
        } else {
            out.push('{');
            1
        };
        at += taken;
    }
    at - from
}

/// The length of the code that begins here, or of its ticks where it has no end in the line.
fn code(rest: &str, line: usize) -> usize {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let mark = rest.get(..ticks).unwrap_or_default();
    let inner = rest.get(ticks..line.max(ticks)).unwrap_or_default();
    inner.find(mark).map_or(ticks, |end| ticks + end + ticks)
}

/// The length of the command that begins here.
fn command(rest: &str) -> Option<usize> {
    let pairs = [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}"), ("{:", "}")];
    let (open, close) = pairs.into_iter().find(|(open, _)| rest.starts_with(open))?;
    let inner = rest.get(open.len()..rest.floor_char_boundary(LONG))?;
    let end = inner.find(close)?;
    let inner = inner.get(..end)?;
    // `{:` stands for attributes in one line, `{{ }}` for a value: prose in braces is prose.
    let fits = match open {
        "{:" => !inner.contains('\n') && inner.trim_start().starts_with(['.', '#', ':', 't']),
        "{{" => !inner.contains("\n\n") && !inner.trim().is_empty(),
        _ => !inner.contains("\n\n"),
    };
    fits.then_some(open.len() + end + close.len())
}

/// Spaces and line ends in its place; a fence where it opens or closes code.
fn blank(command: &str, out: &mut String) {
    let word = command.trim_matches(['{', '}', '<', '>', '%', ' ', '-', '/']);
    let word = word.split(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let name = word.strip_prefix("end").unwrap_or(word);
    let alone = out.is_empty() || out.ends_with('\n');
    let fenced = alone && CODE.contains(&name) && command.len() > 3 && command.is_ascii();
    let mut rest = command;
    if fenced {
        out.push_str("```");
        rest = command.get(3..).unwrap_or_default();
    }
    for c in rest.chars() {
        if c == '\n' {
            out.push('\n');
        } else {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_go_and_every_word_keeps_its_place() {
        for (text, words) in [
            ("a {{< figure src=\"x.png\" >}} b", "a b"),
            ("{{% note %}}Words{{% /note %}}", "Words"),
            ("{{ page.title }}!", "!"),
            ("{% include x.html %}\n# Head {: .big}", "# Head"),
            ("{% quote(author=\"爱\") %}\nWords\n{% end %}", "Words"),
            ("`{{ code }}` and {{ not }}", "`{{ code }}` and"),
            ("```\n{{< in code >}}\n```\n{{< x >}}", "``` {{< in code >}} ```"),
            ("{% highlight ruby %}\nputs '?'\n{% endhighlight %}", "``` puts '?' ```"),
            ("{{<\n  two\n>}} end", "end"),
            ("a {set} of {{", "a {set} of {{"),
            ("{{ open\n\nand }} words", "{{ open and }} words"),
            ("``", "``"),
            ("``a ` {{b}}`` {{c}}", "``a ` {{b}}``"),
            ("", ""),
        ] {
            let read = without(text);
            assert_eq!(read.split_whitespace().collect::<Vec<_>>().join(" "), words, "{text}");
            assert_eq!(read.len(), text.len(), "{text}");
            let moved = read.bytes().zip(text.bytes()).filter(|(a, b)| a != b && *a != b' ');
            assert!(moved.map(|(a, _)| a).all(|a| a == b'`'), "{text}");
        }
    }
}
