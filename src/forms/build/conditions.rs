//! When a question is asked, as far as it can be said here: on one earlier question.

use super::Builder;
use crate::domain::Condition;
use crate::domain::kind::Amount;
use crate::domain::text::shortened;
use crate::forms::expression::{Expression, parse};

/// An earlier question by its place, and our values of which its answer must be one (`None`: any
/// answer will do).
type Hanging = (usize, Option<Vec<String>>);

/// It cannot be said here.
struct Unsaid;

impl Builder {
    pub(super) fn condition(&mut self, place: usize) -> Option<Condition> {
        let known = self.known.get(place)?;
        let (name, when) = (known.name.clone(), known.when.clone());
        let mut holds: Option<Hanging> =
            known.instead.clone().map(|(earlier, values)| (earlier, Some(values)));
        for text in when {
            let read = parse(&text).map(|read| self.holds(&read, place));
            match read {
                Some(Ok(None)) => {}
                Some(Ok(Some(condition))) if holds.is_none() => holds = Some(condition),
                Some(Ok(Some(same))) if holds.as_ref() == Some(&same) => {}
                Some(Ok(Some(_))) => self.note(
                    &name,
                    format!("A question hangs on one other here: the condition “{}” was left out, so that more people are asked.", shortened(&text, 200)),
                ),
                None | Some(Err(Unsaid)) => self.note(
                    &name,
                    format!("Its condition “{}” cannot be said here: it was left out, so that more people are asked.", shortened(&text, 200)),
                ),
            }
        }
        let (earlier, values) = holds?;
        let key = self.document.questions.get(earlier)?.key.clone()?;
        Some(Condition { question: key, any_of: values.unwrap_or_default() })
    }

    /// The question that it hangs on with the values that it must have (`None`: any), or nothing
    /// where it always holds; an error where it cannot be said.
    fn holds(&self, of: &Expression, place: usize) -> Result<Option<Hanging>, Unsaid> {
        let find = |name: &str| {
            let found = self.names.get(name).filter(|(earlier, _)| *earlier < place);
            let found = found.ok_or(Unsaid)?;
            let values = self.known.get(found.0).map(|known| known.values.as_slice());
            Ok((found.0, found.1.clone(), values.unwrap_or_default()))
        };
        match of {
            Expression::True => Ok(None),
            Expression::Filled(name, true) => Ok(Some((find(name)?.0, None))),
            Expression::Filled(_, false) => Err(Unsaid),
            Expression::Is(name, said, yes) => {
                let (earlier, line, values) = find(name)?;
                if let Some(line) = line {
                    // A box of its own, as LimeSurvey has them: ticked or not.
                    let ticked = said.iter().all(|value| value == "Y") && *yes;
                    return if ticked {
                        Ok(Some((earlier, Some(vec![line]))))
                    } else {
                        Err(Unsaid)
                    };
                }
                if values.is_empty() {
                    let numbers: Option<Vec<String>> = said
                        .iter()
                        .map(|value| Some(value.parse::<Amount>().ok()?.to_string()))
                        .collect();
                    return match numbers.filter(|_| *yes && self.is(earlier, "number")) {
                        Some(numbers) => Ok(Some((earlier, Some(numbers)))),
                        None => Err(Unsaid),
                    };
                }
                // Whoever chose another option of several may have chosen this one too.
                if self.is(earlier, "statements") || !*yes && self.is(earlier, "multiple") {
                    return Err(Unsaid);
                }
                let wanted = |(there, _): &&(String, String)| said.contains(there) == *yes;
                let ours: Vec<String> =
                    values.iter().filter(wanted).map(|(_, ours)| ours.clone()).collect();
                let unknown = said.iter().any(|one| !values.iter().any(|(there, _)| there == one));
                if unknown || ours.is_empty() {
                    Err(Unsaid)
                } else {
                    Ok(Some((earlier, Some(ours))))
                }
            }
            Expression::Within(name, least, most) => {
                let (earlier, line, values) = find(name)?;
                let within = |(there, _): &&(String, String)| {
                    there.parse::<f64>().is_ok_and(|number| (*least..=*most).contains(&number))
                };
                let ours: Vec<String> =
                    values.iter().filter(within).map(|(_, ours)| ours.clone()).collect();
                if ours.is_empty() || line.is_some() {
                    Err(Unsaid)
                } else {
                    Ok(Some((earlier, Some(ours))))
                }
            }
            Expression::Any(parts) => self.any(parts, place),
            Expression::All(parts) => self.all(parts, place),
        }
    }

    fn any(&self, parts: &[Expression], place: usize) -> Result<Option<Hanging>, Unsaid> {
        let mut all: Option<Hanging> = None;
        for part in parts {
            let Some((earlier, values)) = self.holds(part, place)? else { return Ok(None) };
            all = Some(match all {
                None => (earlier, values),
                Some((same, before)) if same == earlier => {
                    let both = before.zip(values).map(|(mut before, values)| {
                        before.extend(values);
                        before.dedup();
                        before
                    });
                    (same, both)
                }
                Some(_) => return Err(Unsaid),
            });
        }
        Ok(all)
    }

    fn all(&self, parts: &[Expression], place: usize) -> Result<Option<Hanging>, Unsaid> {
        let mut all: Option<Hanging> = None;
        for part in parts {
            let Some((earlier, values)) = self.holds(part, place)? else { continue };
            all = Some(match all {
                None => (earlier, values),
                Some((same, before)) if same == earlier => match (before, values) {
                    (Some(mut before), Some(values)) => {
                        before.retain(|value| values.contains(value));
                        (same, Some(before))
                    }
                    (before, values) => (same, before.or(values)),
                },
                Some(_) => return Err(Unsaid),
            });
        }
        match all {
            // Nothing satisfies it; to leave it away would ask everybody.
            Some((_, Some(values))) if values.is_empty() => Err(Unsaid),
            all => Ok(all),
        }
    }

    fn is(&self, place: usize, kind: &str) -> bool {
        let question = self.document.questions.get(place);
        question.is_some_and(|question| question.wording.kind.word() == kind)
    }
}
