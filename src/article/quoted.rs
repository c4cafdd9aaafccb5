//! Which places of a text stand between quotation marks.

/// The stretches between quotation marks, in order, as bytes. Straight marks count if they come in
/// pairs; a curly or cornered one that is never closed opens nothing.
pub(super) fn quoted(text: &str) -> Vec<(usize, usize)> {
    let mut found = vec![];
    let straight = text.matches('"').count().is_multiple_of(2);
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (open, c) {
            (None, '“') => open = Some((at, '”')),
            (None, '「') => open = Some((at, '」')),
            (None, '『') => open = Some((at, '』')),
            (None, '"') if straight => open = Some((at, '"')),
            (Some((from, close)), c) if c == close => {
                found.push((from, at));
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// Whether a place lies in one of the stretches.
pub(super) fn within(stretches: &[(usize, usize)], at: usize) -> bool {
    let next = stretches.partition_point(|(from, _)| *from <= at);
    next.checked_sub(1).and_then(|last| stretches.get(last)).is_some_and(|(_, to)| at < *to)
}
