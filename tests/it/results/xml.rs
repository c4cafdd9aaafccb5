//! Whether a text is well-formed XML, as far as our pictures use it: elements, attributes, the five
//! entities, no doctype, no comment.

/// What is wrong, if anything is.
pub fn well_formed(text: &str) -> Result<(), String> {
    let body = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let mut rest = body.ok_or("no declaration")?.trim_end();
    if let Some(c) = rest.chars().find(|c| !allowed(*c)) {
        return Err(format!("{c:?} cannot stand in XML"));
    }
    let mut open: Vec<&str> = vec![];
    let mut roots = 0;
    while !rest.is_empty() {
        let Some((text, after)) = rest.split_once('<') else {
            return Err(format!("text after the root: {rest}"));
        };
        entities(text)?;
        if open.is_empty() && !text.trim().is_empty() {
            return Err(format!("text outside the root: {text}"));
        }
        let (tag, after) = after.split_once('>').ok_or("a tag without an end")?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name.trim()) {
                return Err(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let inner = tag.strip_suffix('/').unwrap_or(tag);
        let (name, of_it) = inner.split_once(' ').unwrap_or((inner, ""));
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(format!("<{tag}>"));
        }
        roots += usize::from(open.is_empty());
        attributes(of_it.trim())?;
        if inner == tag {
            open.push(name);
        }
    }
    if roots != 1 || !open.is_empty() {
        return Err(format!("{roots} roots, {open:?} still open"));
    }
    Ok(())
}

fn attributes(mut text: &str) -> Result<(), String> {
    let mut names = vec![];
    while !text.is_empty() {
        let (name, after) = text.split_once("=\"").ok_or(format!("{text} has no value"))?;
        let (value, after) = after.split_once('"').ok_or(format!("{name} does not end"))?;
        if names.contains(&name) {
            return Err(format!("{name} stands twice"));
        }
        if value.contains('<') || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            return Err(format!("{name}={value}"));
        }
        entities(value)?;
        names.push(name);
        text = after.trim_start();
    }
    Ok(())
}

fn entities(text: &str) -> Result<(), String> {
    for after in text.split('&').skip(1) {
        let known = ["amp;", "lt;", "gt;", "quot;", "apos;"];
        if !known.iter().any(|entity| after.starts_with(entity)) {
            return Err(format!("&{after} is no entity"));
        }
    }
    Ok(())
}

/// The characters of XML 1.0.
fn allowed(c: char) -> bool {
    matches!(u32::from(c), 0x9 | 0xa | 0xd | 0x20..=0xd7ff | 0xe000..=0xfffd | 0x10000..)
}

#[test]
fn what_is_not_well_formed_is_told() {
    let with = |body: &str| format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}\n");
    assert_eq!(well_formed(&with("<a b=\"1\"><c>x &amp; y</c><d/></a>")), Ok(()));
    for wrong in [
        "<a>",
        "<a></b>",
        "<a b=1></a>",
        "<a>&nbsp;</a>",
        "<a/><b/>",
        "x<a/>",
        "<a b=\"1\" b=\"2\"/>",
        "<a>\u{1}</a>",
    ] {
        assert!(well_formed(&with(wrong)).is_err(), "{wrong}");
    }
}
