//! Typeform: the JSON of its Create API. Its logic says where to jump; here it becomes which
//! questions are asked after which answers, followed along the way through the form.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::build::{Asking, Builder, How, Lines, Said, are_votes, tag};
use super::sheet::{language, plain};
use super::{Brought, Source, Unreadable};
use crate::domain::kind::Amount;

/// Groups within groups are read so deep.
const DEEPEST: usize = 10;

struct Reader {
    builder: Builder,
    /// The place of each question by its `ref` and `id`, in order.
    refs: BTreeMap<String, usize>,
    zh: bool,
}

pub(super) fn read(value: &Value) -> Result<Brought, Unreadable> {
    let fields = value.get("fields");
    let settings = value.get("settings").and_then(|settings| settings.get("language"));
    let own = settings.and_then(Value::as_str).and_then(tag);
    let own = own
        .unwrap_or_else(|| language(&fields.map(Value::to_string).unwrap_or_default()).to_owned());
    let title = text(value, "title");
    let builder = Builder::new(Source::Typeform, &title, &own);
    let mut reader = Reader { builder, refs: BTreeMap::new(), zh: own == "zh" };
    let welcome = value.get("welcome_screens").and_then(|screens| screens.get(0));
    let introduction = welcome.map(|screen| {
        let description = screen.get("properties").map(|p| text(p, "description"));
        [plain(&text(screen, "title")), plain(&description.unwrap_or_default())]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("\n\n")
    });
    let introduction = Said { own: introduction.unwrap_or_default(), ..Said::default() };
    let title = if title.is_empty() { "Untitled" } else { &title };
    reader.builder.head(&title.into(), &introduction);
    reader.fields(fields, None, 0);
    if value.get("thankyou_screens").and_then(Value::as_array).is_some_and(|all| !all.is_empty()) {
        reader.builder.note("", "What stands at its end was left out: readers see their receipt.");
    }
    if value.get("hidden").and_then(Value::as_array).is_some_and(|all| !all.is_empty()) {
        reader.builder.note("", "Its hidden fields were left out: name them in the editor.");
    }
    reader.logic(value.get("logic"));
    reader.builder.finish()
}

fn text(of: &Value, name: &str) -> String {
    of.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

impl Reader {
    fn fields(&mut self, of: Option<&Value>, within: Option<&str>, deep: usize) {
        for field in of.and_then(Value::as_array).into_iter().flatten() {
            let none = Value::Null;
            let properties = field.get("properties").unwrap_or(&none);
            let kind = text(field, "type");
            let title = text(field, "title");
            let (name, id) = (text(field, "ref"), text(field, "id"));
            let name = if name.is_empty() { id.clone() } else { name };
            let prompt = match within.filter(|within| !within.is_empty()) {
                Some(within) => format!("{within} — {title}"),
                None => title.clone(),
            };
            if kind == "group" || kind == "inline_group" {
                self.builder.note(&title, "A group: its questions stand one after the other here.");
                let first = self.builder.document.questions.len();
                if deep < DEEPEST {
                    self.fields(properties.get("fields"), None, deep + 1);
                }
                self.refs.insert(name, first);
                continue;
            }
            if kind == "matrix" {
                self.matrix(properties, &name, &prompt);
                continue;
            }
            let validations = field.get("validations").unwrap_or(&none);
            let Some(how) = self.how(&kind, properties, validations, &title) else { continue };
            let required = validations.get("required").and_then(Value::as_bool).unwrap_or(false);
            let help = Said::from(text(properties, "description").as_str());
            let asking = Asking { help, required, ..Asking::new(&title, prompt.as_str(), how) };
            let asked = self.builder.ask(Asking { name: name.clone(), ..asking });
            if let Some(place) = asked {
                self.refs.insert(name, place);
                self.refs.insert(id, place);
            }
        }
    }

    fn matrix(&mut self, properties: &Value, name: &str, prompt: &str) {
        let rows = properties.get("fields").and_then(Value::as_array);
        let rows: Vec<&Value> = rows.into_iter().flatten().collect();
        let columns = rows.first().and_then(|row| row.get("properties"));
        let columns = Self::choices(columns.unwrap_or(&Value::Null));
        let place = self.builder.document.questions.len();
        if are_votes(columns.iter().map(|(_, said)| said.own.as_str())) {
            let lines =
                rows.iter().map(|row| (text(row, "ref"), text(row, "title").as_str().into()));
            let how = How::Statements { lines: lines.collect() };
            self.builder.ask(Asking::new(name, prompt, how));
        } else {
            self.builder.note(
                prompt,
                "A table of rows and columns: each row became a question of its own.",
            );
            for row in rows {
                let how = How::Single { lines: columns.clone(), other: false };
                let said = format!("{prompt} — {}", text(row, "title"));
                self.builder.ask(Asking::new(&text(row, "ref"), said.as_str(), how));
            }
        }
        self.refs.insert(name.to_owned(), place);
    }

    fn choices(properties: &Value) -> Lines {
        let all = properties.get("choices").and_then(Value::as_array).into_iter().flatten();
        all.map(|choice| {
            let name = text(choice, "ref");
            let name = if name.is_empty() { text(choice, "id") } else { name };
            (name, Said::from(text(choice, "label").as_str()))
        })
        .collect()
    }

    fn how(
        &mut self,
        kind: &str,
        properties: &Value,
        validations: &Value,
        title: &str,
    ) -> Option<How> {
        let flag = |name: &str| properties.get(name).and_then(Value::as_bool).unwrap_or(false);
        let amount = |name: &str| validations.get(name)?.to_string().parse::<Amount>().ok();
        let most = validations.get("max_length").and_then(Value::as_u64);
        let most = most.and_then(|most| u32::try_from(most).ok()).filter(|most| *most > 0);
        let (lines, other) = (Self::choices(properties), flag("allow_other_choice"));
        Some(match kind {
            "short_text" => How::Open { long: false, most },
            "long_text" => How::Open { long: true, most },
            "multiple_choice" | "picture_choice" if flag("allow_multiple_selection") => {
                How::Multiple { lines, other }
            }
            "multiple_choice" | "picture_choice" | "dropdown" => How::Single { lines, other },
            "ranking" => How::Ranking { lines },
            "yes_no" | "legal" => {
                let words = match (kind, self.zh) {
                    ("legal", false) => ["I accept", "I don’t accept"],
                    ("legal", true) => ["我同意", "我不同意"],
                    (_, true) => ["是", "否"],
                    _ => ["Yes", "No"],
                };
                let lines = ["true", "false"].into_iter().zip(words);
                let lines = lines.map(|(value, word)| (value.to_owned(), Said::from(word)));
                How::Single { lines: lines.collect(), other: false }
            }
            "opinion_scale" | "rating" | "nps" => {
                let steps = properties.get("steps").and_then(Value::as_i64);
                let steps = steps.unwrap_or(if kind == "rating" { 5 } else { 11 }).clamp(2, 11);
                let from = i64::from(kind == "rating" || flag("start_at_one"));
                if from == 0 {
                    self.builder.note(
                        title,
                        "Its points are counted from 1 here; there they began with 0.",
                    );
                }
                let labels = properties.get("labels").unwrap_or(&Value::Null);
                if labels.get("center").is_some() {
                    self.builder
                        .note(title, "What stands at the middle of its scale was left out.");
                }
                How::Scale {
                    points: (from..from + steps).map(|point| point.to_string()).collect(),
                    low: Said::from(text(labels, "left").as_str()),
                    high: Said::from(text(labels, "right").as_str()),
                }
            }
            "number" => {
                let (least, most) = (amount("min_value"), amount("max_value"));
                let most = most.filter(|most| least.is_none_or(|least| least <= *most));
                How::Number { least, most, whole: false, unit: String::new() }
            }
            "email" | "phone_number" | "website" | "date" => {
                self.builder.note(
                    title,
                    format!("A field for “{}” became a short text.", kind.replace('_', " ")),
                );
                How::Open { long: false, most: None }
            }
            "statement" => {
                self.builder.note(title, "A text between the questions was left out.");
                return None;
            }
            _ => {
                self.builder.note(
                    title,
                    format!(
                        "A question of the kind “{}” cannot be asked here: it was left out.",
                        kind.replace('_', " ")
                    ),
                );
                return None;
            }
        })
    }

    /// Jumps become conditions: a question hangs on the nearest earlier choice after some of
    /// whose options the way through the form leaves it out.
    fn logic(&mut self, logic: Option<&Value>) {
        let count = self.builder.document.questions.len();
        // Where the way can go on from each question: always, or after one option.
        let mut onward: BTreeMap<usize, Vec<(Option<String>, usize)>> = BTreeMap::new();
        let mut unread = false;
        for rule in logic.and_then(Value::as_array).into_iter().flatten() {
            let Some(from) = self.refs.get(&text(rule, "ref")).copied() else { continue };
            for action in rule.get("actions").and_then(Value::as_array).into_iter().flatten() {
                let to = action.get("details").and_then(|details| details.get("to"));
                let to = to.filter(|_| text(action, "action") == "jump");
                let Some(to) = to else {
                    unread = true;
                    continue;
                };
                let target = match text(to, "type").as_str() {
                    "thankyou" => Some(count),
                    _ => self.refs.get(&text(to, "value")).copied(),
                };
                let condition = action.get("condition").unwrap_or(&Value::Null);
                let Some(target) = target.filter(|target| *target > from) else {
                    unread = true;
                    continue;
                };
                match options_of(condition, &text(rule, "ref")) {
                    Some(None) => onward.entry(from).or_default().push((None, target)),
                    Some(Some(options)) => {
                        let onward = onward.entry(from).or_default();
                        onward.extend(options.into_iter().map(|option| (Some(option), target)));
                    }
                    None => {
                        unread = true;
                        // Perhaps it goes there: nothing that it would leave out is left out.
                        onward.entry(from).or_default().push((Some(String::new()), target));
                    }
                }
            }
        }
        if unread {
            self.builder.note("", "Some of its logic cannot be said here: questions that it would have left out are asked.");
        }
        self.conditions(&onward, count);
    }

    fn conditions(&mut self, onward: &BTreeMap<usize, Vec<(Option<String>, usize)>>, count: usize) {
        let questions = self.builder.document.questions.clone();
        for from in onward.keys().copied() {
            let Some(kind) = questions.get(from).map(|question| &question.wording.kind) else {
                continue;
            };
            if kind.word() != "single" {
                continue;
            }
            let ways = onward.get(&from).map(Vec::as_slice).unwrap_or_default();
            let always = ways.iter().find(|(option, _)| option.is_none()).map(|(_, to)| *to);
            let mut reached: Vec<(String, BTreeSet<usize>)> = vec![];
            for line in kind.lines() {
                // Options keep their names there as keys, where those can be keys here.
                let named = |(option, _): &&(Option<String>, usize)| {
                    option.as_deref() == Some(line.key.as_str())
                };
                let first =
                    ways.iter().find(named).map(|(_, to)| *to).or(always).unwrap_or(from + 1);
                reached.push((line.key.clone(), reach(first, onward, count)));
            }
            let unclear = ways.iter().any(|(option, _)| option.as_deref() == Some(""));
            for place in from + 1..count {
                let asked = reached.iter().filter(|(_, of)| of.contains(&place));
                let asked: Vec<String> = asked.map(|(key, _)| key.clone()).collect();
                if !unclear && !asked.is_empty() && asked.len() < reached.len() {
                    // The nearest choice comes last and wins.
                    self.builder.after(place, from, asked);
                }
            }
        }
    }
}

/// Every question that the way can come to from `first` on.
fn reach(
    first: usize,
    onward: &BTreeMap<usize, Vec<(Option<String>, usize)>>,
    count: usize,
) -> BTreeSet<usize> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![first]);
    while let Some(place) = open.pop() {
        if place >= count || !seen.insert(place) {
            continue;
        }
        let ways = onward.get(&place).map(Vec::as_slice).unwrap_or_default();
        open.extend(ways.iter().map(|(_, to)| *to));
        if !ways.iter().any(|(option, _)| option.is_none()) {
            open.push(place + 1);
        }
    }
    seen
}

/// The options of a question after which a rule holds: `Some(None)` always, `None` where it says
/// something else.
#[expect(clippy::option_option, reason = "three answers: always, some options, not known")]
fn options_of(condition: &Value, of: &str) -> Option<Option<Vec<String>>> {
    let vars = condition.get("vars").and_then(Value::as_array);
    match text(condition, "op").as_str() {
        "always" => Some(None),
        "or" => {
            let mut all = vec![];
            for part in vars? {
                all.extend(options_of(part, of)??);
            }
            Some(Some(all))
        }
        "is" | "equal" => {
            let vars = vars?;
            let about = vars.iter().find(|var| text(var, "type") == "field")?;
            if text(about, "value") != of {
                return None;
            }
            let value = vars.iter().find(|var| text(var, "type") != "field")?.get("value")?;
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            Some(Some(vec![value]))
        }
        _ => None,
    }
}
