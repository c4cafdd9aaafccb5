//! The "relaxed" forms of headers and bodies (RFC 6376, 3.4.2 and 3.4.4): what may change on the
//! way without a signature failing.

/// The headers of a mail, each with its folded lines and without its last line end, and the body.
pub(super) fn parts(raw: &[u8]) -> (Vec<&[u8]>, &[u8]) {
    let mut headers = vec![];
    let mut rest = raw;
    while !rest.is_empty() {
        if let Some(body) = rest.strip_prefix(b"\r\n") {
            return (headers, body);
        }
        let (header, after) = one(rest);
        headers.push(header);
        rest = after;
    }
    (headers, b"")
}

/// The first header, folded lines and all, and what comes after it.
fn one(text: &[u8]) -> (&[u8], &[u8]) {
    let mut from = 0;
    while let Some(end) = text.get(from..).and_then(|rest| find(rest, b"\r\n")) {
        let after = from + end + 2;
        if !matches!(text.get(after), Some(b' ' | b'\t')) {
            return (text.get(..from + end).unwrap_or(text), text.get(after..).unwrap_or(b""));
        }
        from = after;
    }
    (text, b"")
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

/// Whether a header has this name, in whatever case.
pub(super) fn is_named(header: &[u8], name: &str) -> bool {
    let mut parts = header.splitn(2, |byte| *byte == b':');
    parts.next().is_some_and(|own| own.trim_ascii_end().eq_ignore_ascii_case(name.as_bytes()))
}

/// A header in its relaxed form, without a line end: the name in lower case, the value on one
/// line, spaces only where there are some and one at a time.
pub(super) fn header(header: &[u8]) -> Vec<u8> {
    let colon = header.iter().position(|byte| *byte == b':').unwrap_or(header.len());
    let (name, value) = header.split_at_checked(colon).unwrap_or((header, b""));
    let mut out = name.trim_ascii_end().to_ascii_lowercase();
    out.push(b':');
    let unfolded: Vec<u8> =
        value.iter().skip(1).copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    squeeze(&mut out, unfolded.trim_ascii());
    out
}

/// A body in its relaxed form: no spaces at the ends of lines, one at a time elsewhere, no empty
/// lines at the end.
pub(super) fn body(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while !rest.is_empty() {
        let end = find(rest, b"\r\n");
        let (line, after) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, b""));
        let ended = line.iter().rposition(|byte| !is_space(*byte)).map_or(0, |last| last + 1);
        squeeze(&mut out, line.get(..ended).unwrap_or(line));
        out.extend_from_slice(b"\r\n");
        rest = after.strip_prefix(b"\r\n").unwrap_or(after);
    }
    while out.ends_with(b"\r\n\r\n") {
        out.truncate(out.len() - 2);
    }
    if out == b"\r\n" {
        out.clear();
    }
    out
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

fn squeeze(out: &mut Vec<u8>, text: &[u8]) {
    let mut spaced = false;
    for byte in text {
        if is_space(*byte) {
            spaced = true;
            continue;
        }
        if std::mem::take(&mut spaced) {
            out.push(b' ');
        }
        out.push(*byte);
    }
    if spaced {
        out.push(b' ');
    }
}
