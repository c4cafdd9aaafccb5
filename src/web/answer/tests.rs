//! The form, as a browser would send it back.

use scraper::{ElementRef, Html, Selector};

use super::view::{Sheet, preview, questions};
use crate::article::{self, Format};
use crate::domain::consent::Consent;
use crate::domain::kind::{
    Allocation, Availability, Contact, Kind, Multiple, Open, Problem, Scale, Single, Slot,
    Statements,
};
use crate::domain::question::Line;
use crate::domain::{Fields, QuestionId, Wording, WordingId};
use crate::store::questionnaires::Asked;
use crate::words::Words;

fn asked(kinds: Vec<Kind>) -> Vec<Asked> {
    let ids = uuid::Uuid::nil();
    (1..)
        .zip(kinds)
        .map(|(number, kind)| Asked {
            id: QuestionId(ids),
            key: format!("q{number}"),
            position: Some(number),
            wording_id: WordingId(ids),
            version: 1,
            wording: Wording { required: true, ..Wording::new("Why?", kind) },
            passage: Some((0, 4)),
        })
        .collect()
}

fn every_kind() -> Vec<Kind> {
    let options = Line::numbered("o", ["A", "<B> & \"C\""]);
    let start = chrono::DateTime::UNIX_EPOCH;
    vec![
        Kind::Open(Open { long: true, most: None }),
        Kind::Single(Single { options: options.clone(), other: true }),
        Kind::Multiple(Multiple { options: options.clone(), other: true }),
        Kind::Scale(Scale { points: 11, low: "no".into(), high: "yes".into(), cannot_say: false }),
        Kind::Statements(Statements {
            statements: Line::numbered("s", ["A", "B"]),
            ..Statements::default()
        }),
        Kind::Allocation(Allocation { options, other: true, total: 100 }),
        Kind::Availability(Availability {
            slots: vec![Slot { key: "t1".into(), start, minutes: 90 }],
            zone: "Asia/Shanghai".into(),
        }),
        Kind::Contact(Contact { consents: Consent::ALL.to_vec() }),
    ]
}

fn drawn(asked: &[Asked], fields: &Fields, problems: &[(String, Problem)]) -> Html {
    let words = Words::of("zh");
    let article = article::read("Why? So.", Format::Text).unwrap();
    let sheet = Sheet { words, language: "en", asked, article: Some(&article), fields, problems };
    Html::parse_fragment(&questions(&sheet).into_string())
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector).collect()
}

/// What a browser sends: its "form data set", line ends as on the wire.
fn sent(page: &Html) -> Fields {
    let mut body = form_urlencoded::Serializer::new(String::new());
    for element in all(page, "input, textarea") {
        let element_is = element.value();
        let ticks = matches!(element_is.attr("type"), Some("radio" | "checkbox"));
        if ticks && element_is.attr("checked").is_none() {
            continue;
        }
        let typed = match element_is.name() {
            "textarea" => element.text().collect(),
            _ => element_is.attr("value").unwrap_or_default().to_owned(),
        };
        body.append_pair(element_is.attr("name").unwrap(), &typed.replace('\n', "\r\n"));
    }
    Fields::parse(body.finish().as_bytes())
}

#[test]
fn every_kind_comes_back_from_a_browser_as_it_was_answered() {
    let asked = asked(every_kind());
    let long = "长".repeat(100_000);
    let open =
        ["\n\nFirst lines are empty\n", " <b>&amp;\"'</b> \u{202e}abc\u{202c} 😀\t \n", &long];
    let filled = [
        "",
        "a.q2=other&a.q2.other=%3Cmine%3E",
        "a.q3=o1&a.q3=o2&a.q3=other&a.q3.other=mine+%22too%22",
        "a.q4=11",
        "a.q5.s1=disagree&a.q5.s2=pass",
        "a.q6.o1=60&a.q6.other=40&a.q6.other.text=mine",
        "a.q7.t1=if_need_be",
        "a.q8.name=Ada&a.q8.address=ada@example.org&a.q8.join=yes&a.q8.quote_named=yes",
    ];
    for text in open {
        let mut fields = Fields::parse(filled.join("&").as_bytes());
        fields = fields
            .pairs()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .chain([("a.q1".to_owned(), text.to_owned())])
            .collect();
        let back = sent(&drawn(&asked, &fields, &[]));
        for asked in &asked {
            let name = format!("a.{}", asked.key);
            let read = |fields: &Fields| asked.wording.kind.read(fields, &name).unwrap().unwrap();
            assert_eq!(read(&back), read(&fields), "{name}");
        }
    }
}

#[test]
fn what_cannot_be_kept_is_still_on_the_form() {
    let typed = "a.q6.o1=many&a.q6.o2=70.5&a.q8.address=ada%40&a.q8.join=yes";
    let fields = Fields::parse(typed.as_bytes());
    let back = sent(&drawn(&asked(every_kind()), &fields, &[]));
    for (name, value) in fields.pairs() {
        assert!(back.has(name, value), "{name}={value}");
    }
    let number = drawn(&asked(every_kind()), &fields, &[]);
    // A number field would show nothing where "many" was typed.
    assert_eq!(all(&number, "[name='a.q6.o1'][type=number]").len(), 0);
}

#[test]
fn a_problem_is_said_where_it_is() {
    let problems = vec![("q1".to_owned(), Problem::Missing), ("q8".to_owned(), Problem::NoAddress)];
    let page = drawn(&asked(every_kind()), &Fields::default(), &problems);
    for (field, note) in [("#a-q1", "p-q1"), ("#mail-q8", "p-q8")] {
        let field = *all(&page, field).first().unwrap();
        assert_eq!(field.value().attr("aria-invalid"), Some("true"));
        assert!(field.value().attr("aria-describedby").unwrap().contains(note));
        assert_eq!(all(&page, &format!("#{note}")).len(), 1);
    }
    assert_eq!(all(&page, "[aria-invalid]").len(), 2);
}

#[test]
fn everything_that_can_be_filled_has_a_name_that_is_read_out() {
    for page in [
        drawn(&asked(every_kind()), &Fields::default(), &[]),
        Html::parse_fragment(
            &preview(Words::of("en"), "en", &asked(every_kind()), None).into_string(),
        ),
    ] {
        for field in all(&page, "input, textarea") {
            let labelled = field.value().attr("aria-label").is_some()
                || field
                    .ancestors()
                    .filter_map(ElementRef::wrap)
                    .any(|around| around.value().name() == "label")
                || field
                    .value()
                    .attr("id")
                    .is_some_and(|id| all(&page, &format!("label[for='{id}']")).len() == 1);
            assert!(labelled, "{}", field.html());
        }
        let mut ids: Vec<_> =
            all(&page, "[id]").iter().filter_map(|e| e.value().attr("id")).collect();
        let drawn = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), drawn);
    }
}

#[test]
fn one_at_a_time_begins_with_the_first_question_or_with_those_that_have_to_change() {
    let begins = |problems: &[(String, Problem)]| {
        let page = drawn(&asked(every_kind()), &Fields::default(), problems);
        let start = all(&page, "section.question.start");
        start.iter().filter_map(|e| e.value().attr("id")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(begins(&[]), ["q-q1"]);
    let wrong = [("q3".to_owned(), Problem::Missing), ("q8".to_owned(), Problem::NoAddress)];
    assert_eq!(begins(&wrong), ["q-q3", "q-q8"]);
}
