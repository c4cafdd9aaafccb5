//! SurveyJS: the JSON that its Creator saves and its form library shows.

use serde_json::Value;

use super::build::{Asking, Builder, How, Lines, Said, are_votes, joined, tag};
use super::sheet::{language, plain};
use super::{Brought, Source, Unreadable};
use crate::domain::kind::Amount;

/// Panels within panels are read so deep.
const DEEPEST: usize = 20;

/// What has a meaning only there, and is not missed.
const QUIET: &[&str] = &[
    "type",
    "name",
    "title",
    "description",
    "isRequired",
    "visibleIf",
    "choices",
    "hasOther",
    "showOtherItem",
    "otherText",
    "hasNone",
    "showNoneItem",
    "noneText",
    "inputType",
    "min",
    "max",
    "minValue",
    "maxValue",
    "maxLength",
    "rateMin",
    "rateMax",
    "rateStep",
    "rateCount",
    "rateValues",
    "rateType",
    "autoGenerate",
    "minRateDescription",
    "maxRateDescription",
    "labelTrue",
    "labelFalse",
    "rows",
    "columns",
    "items",
    "elements",
    "questions",
    "colCount",
    "startWithNewLine",
    "titleLocation",
    "descriptionLocation",
    "hideNumber",
    "width",
    "minWidth",
    "maxWidth",
    "placeholder",
    "placeHolder",
    "rowsHeight",
    "autoGrow",
    "allowResize",
    "state",
    "cellType",
    "choicesOrder",
    "correctAnswer",
    "valueTrue",
    "valueFalse",
    "requiredErrorText",
    "mininumRateDescription",
    "maximumRateDescription",
    "displayMode",
    "itemSize",
    "showLabel",
    "imageLink",
    "selectToRankEnabled",
    "page",
    "indent",
    "isAllRowRequired",
    "eachRowRequired",
    "displayRateDescriptionsAsExtremeItems",
    "html",
    "visible",
    "readOnly",
    "otherPlaceholder",
    "step",
];

struct Reader {
    builder: Builder,
    language: String,
}

pub(super) fn read(value: &Value) -> Result<Brought, Unreadable> {
    let said = |name: &str| value.get(name).map(Value::to_string).unwrap_or_default();
    let own = value.get("locale").and_then(Value::as_str).and_then(tag);
    let own = own.unwrap_or_else(|| language(&(said("title") + &said("pages"))).to_owned());
    let builder = Builder::new(Source::SurveyJs, "Untitled", &own);
    let mut reader = Reader { builder, language: own };
    let (title, introduction) =
        (reader.text(value.get("title")), reader.text(value.get("description")));
    reader.builder.head(&title, &introduction);
    let pages = value.get("pages").and_then(Value::as_array);
    let pages: Vec<&Value> = pages.map_or_else(|| vec![value], |pages| pages.iter().collect());
    for page in &pages {
        if pages.len() > 1 && page.get("title").is_some() {
            let title = reader.text(page.get("title")).own;
            reader.builder.note(
                &title,
                "The title of a page was left out: all questions stand on one page here.",
            );
        }
        reader.elements(page, &[], 0);
    }
    for name in ["triggers", "calculatedValues", "completedHtml", "validators"] {
        if value.get(name).is_some_and(|value| !value.is_null()) {
            reader.builder.note(name, "This was left out.");
        }
    }
    reader.builder.finish()
}

impl Reader {
    fn text(&self, value: Option<&Value>) -> Said {
        let mut said = Said::default();
        match value {
            Some(Value::String(text)) => said.own = plain(text),
            Some(Value::Object(all)) => {
                for (name, text) in all {
                    let Some(text) = text.as_str() else { continue };
                    if name == "default" || tag(name).as_deref() == Some(&self.language) {
                        said.own = plain(text);
                    } else if let Some(language) = tag(name) {
                        said.others.insert(language, plain(text));
                    }
                }
            }
            Some(Value::Number(number)) => said.own = number.to_string(),
            _ => {}
        }
        said
    }

    fn elements(&mut self, of: &Value, outer: &[String], deep: usize) {
        let mut when = outer.to_vec();
        when.extend(of.get("visibleIf").and_then(Value::as_str).map(str::to_owned));
        for name in ["elements", "questions"] {
            for element in of.get(name).and_then(Value::as_array).into_iter().flatten() {
                if element.get("type").and_then(Value::as_str) == Some("panel") && deep < DEEPEST {
                    if element.get("title").is_some() {
                        let title = self.text(element.get("title")).own;
                        self.builder.note(&title, "The title of a panel was left out: its questions stand one after the other here.");
                    }
                    self.elements(element, &when, deep + 1);
                } else {
                    self.question(element, &when);
                }
            }
        }
    }

    fn question(&mut self, of: &Value, outer: &[String]) {
        let word = |name: &str| of.get(name).and_then(Value::as_str).unwrap_or_default();
        let (name, kind) = (word("name").to_owned(), word("type").to_owned());
        let title = self.text(of.get("title")).or(&name);
        let help = self.text(of.get("description"));
        let required = of.get("isRequired").and_then(Value::as_bool).unwrap_or(false);
        let before = self.builder.document.questions.len();
        let add = |reader: &mut Self, name: &str, prompt: Said, how: How| {
            let help = help.clone();
            reader.builder.ask(Asking { name: name.to_owned(), prompt, help, required, how })
        };
        if let Some(how) = self.how(&kind, of, &name) {
            add(self, &name, title, how);
        } else {
            match kind.as_str() {
                "matrix" => {
                    let (rows, columns) =
                        (self.items(of.get("rows")), self.items(of.get("columns")));
                    if are_votes(columns.iter().map(|(value, said)| {
                        if said.own.is_empty() { value.as_str() } else { said.own.as_str() }
                    })) {
                        add(self, &name, title, How::Statements { lines: rows });
                    } else {
                        self.builder.note(
                            &name,
                            "A table of rows and columns: each row became a question of its own.",
                        );
                        for (row, said) in rows {
                            let prompt = joined(&title, &said.or(&row));
                            let how = How::Single { lines: columns.clone(), other: false };
                            add(self, &format!("{name}.{row}"), prompt, how);
                        }
                    }
                }
                "multipletext" => {
                    self.builder.note(
                        &name,
                        "Several fields in one question: each became a question of its own.",
                    );
                    for item in of.get("items").and_then(Value::as_array).into_iter().flatten() {
                        let own = item.get("name").and_then(Value::as_str).unwrap_or_default();
                        let prompt = joined(&title, &self.text(item.get("title")).or(own));
                        let how = self.how("text", item, own);
                        add(
                            self,
                            &format!("{name}.{own}"),
                            prompt,
                            how.unwrap_or(How::Open { long: false, most: None }),
                        );
                    }
                }
                "html" | "image" | "expression" => {
                    self.builder
                        .note(&name, "A text, picture or sum between the questions was left out.");
                }
                _ => self.builder.note(
                    &name,
                    format!(
                        "A question of the kind “{kind}” cannot be asked here: it was left out."
                    ),
                ),
            }
        }
        let after = self.builder.document.questions.len();
        for place in before..after {
            for condition in outer.iter().map(String::as_str).chain([word("visibleIf")]) {
                self.builder.when(place, condition);
            }
        }
        let unknown = of.as_object().into_iter().flatten();
        let unknown = unknown.filter(|(name, value)| {
            !QUIET.contains(&name.as_str()) && !value.is_null() && **value != Value::Bool(false)
        });
        let unknown: Vec<String> = unknown.map(|(name, _)| name.clone()).collect();
        if before < after && !unknown.is_empty() {
            self.builder
                .note(&name, format!("Not known here and left out: {}.", unknown.join(", ")));
        }
    }

    /// How a question of one of the plain kinds is answered.
    fn how(&mut self, kind: &str, of: &Value, name: &str) -> Option<How> {
        let flag = |name: &str| of.get(name).and_then(Value::as_bool).unwrap_or(false);
        let amount = |names: [&str; 2]| {
            let value = names.iter().find_map(|name| of.get(*name))?;
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            text.parse::<Amount>().ok()
        };
        let most =
            of.get("maxLength").and_then(Value::as_u64).and_then(|most| u32::try_from(most).ok());
        let most = most.filter(|most| *most > 0);
        let other = flag("hasOther") || flag("showOtherItem");
        Some(match kind {
            "comment" => How::Open { long: true, most },
            "text" => match of.get("inputType").and_then(Value::as_str).unwrap_or("text") {
                "number" | "range" => Self::number(&amount, of),
                "text" => How::Open { long: false, most },
                input => {
                    self.builder.note(name, format!("A field for “{input}” became a short text."));
                    How::Open { long: false, most }
                }
            },
            "slider" => Self::number(&amount, of),
            "radiogroup" | "dropdown" | "imagepicker" | "buttongroup" => {
                How::Single { lines: self.choices(of, name), other }
            }
            "checkbox" | "tagbox" => How::Multiple { lines: self.choices(of, name), other },
            "ranking" => How::Ranking { lines: self.choices(of, name) },
            "boolean" => {
                let label = |reader: &Self, property: &str, otherwise: &str| {
                    reader.text(of.get(property)).or(otherwise)
                };
                let zh = self.language == "zh";
                let (yes, no) = if zh { ("是", "否") } else { ("Yes", "No") };
                let lines = vec![
                    ("true".to_owned(), label(self, "labelTrue", yes)),
                    ("false".to_owned(), label(self, "labelFalse", no)),
                ];
                How::Single { lines, other: false }
            }
            "rating" => self.rating(of, name),
            _ => return None,
        })
    }

    fn number(amount: &dyn Fn([&str; 2]) -> Option<Amount>, of: &Value) -> How {
        let (least, most) = (amount(["min", "minValue"]), amount(["max", "maxValue"]));
        let whole = of.get("step").and_then(Value::as_u64) == Some(1);
        How::Number {
            least,
            most: most.filter(|most| least.is_none_or(|l| l <= *most)),
            whole,
            unit: String::new(),
        }
    }

    fn rating(&mut self, of: &Value, name: &str) -> How {
        let number = |name: &str| of.get(name).and_then(Value::as_i64);
        let lines = self.items(of.get("rateValues"));
        let texts = lines.iter().any(|(value, said)| {
            value.parse::<i64>().is_err() || (!said.own.is_empty() && said.own != *value)
        });
        if texts {
            return How::Single { lines, other: false };
        }
        let least = number("rateMin").unwrap_or(1);
        let most = number("rateMax").unwrap_or(5);
        let most = number("rateCount").map_or(most, |count| least.saturating_add(count - 1));
        let step = number("rateStep").unwrap_or(1).max(1);
        let mut points: Vec<String> = lines.into_iter().map(|(value, _)| value).collect();
        let mut point = least;
        while points.len() < 12 && point <= most && of.get("rateValues").is_none() {
            points.push(point.to_string());
            point = point.saturating_add(step);
        }
        if points.first().is_some_and(|first| first != "1") || step > 1 {
            self.builder.note(
                name,
                format!(
                    "Its points are counted from 1 here; there they went from {least} to {most}."
                ),
            );
        }
        // Older forms spell them otherwise.
        let named = |names: [&str; 2]| self.text(names.iter().find_map(|name| of.get(*name)));
        let low = named(["minRateDescription", "mininumRateDescription"]);
        let high = named(["maxRateDescription", "maximumRateDescription"]);
        How::Scale { points, low, high }
    }

    fn choices(&mut self, of: &Value, name: &str) -> Lines {
        let mut lines = self.items(of.get("choices"));
        let flag = |name: &str| of.get(name).and_then(Value::as_bool).unwrap_or(false);
        if flag("hasNone") || flag("showNoneItem") {
            lines.push(("none".to_owned(), self.text(of.get("noneText")).or("None")));
        }
        let elsewhere = of.get("choicesByUrl").or_else(|| of.get("choicesFromQuestion"));
        if elsewhere.is_some() {
            self.builder.note(
                name,
                "Its options come from elsewhere, which this file does not hold: add them.",
            );
        }
        lines
    }

    fn items(&self, of: Option<&Value>) -> Lines {
        let all = of.and_then(Value::as_array).into_iter().flatten();
        let plain_value =
            |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        all.filter_map(|item| match item {
            Value::Object(one) => {
                let value = one.get("value").map(plain_value)?;
                let said = self.text(one.get("text")).or(&value);
                Some((value, said))
            }
            Value::Null | Value::Array(_) => None,
            item => {
                // Text alone may say both: `value|text`.
                let both = plain_value(item);
                let (value, text) = both.split_once('|').unwrap_or((&both, &both));
                Some((value.to_owned(), Said::from(text)))
            }
        })
        .collect()
    }
}
