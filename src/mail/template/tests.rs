//! Templates: what is filled in, what falls away, and what nobody can smuggle in.

use proptest::prelude::*;

use super::*;

fn facts() -> Facts {
    Facts {
        name: "Ada Lovelace".to_owned(),
        title: "The second half".to_owned(),
        introduction: "What would be your next Aha moment?
Say it."
            .to_owned(),
        last: false,
        footer: Footer { unsubscribe: None, imprint: None, ..Facts::sample().footer },
        ..Facts::sample()
    }
}

fn written(text: &str, facts: &Facts) -> Vec<Block> {
    let template = Template { subject: "S".to_owned(), text: text.to_owned() };
    let mut blocks = template.content(Words::of("en"), facts).paragraphs;
    blocks.retain(|block| !matches!(block, Block::Small(_)));
    blocks
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(text.to_owned())
}

#[test]
fn lines_become_paragraphs_quotes_and_one_button() {
    let text = "Hello {first name},\nof {title}\n\n> {introduction}\n> – {organizer}\nAfter\n\n\
                [Answer {questions} questions]\n";
    assert_eq!(
        written(text, &facts()),
        [
            paragraph("Hello Ada,\nof The second half"),
            Block::Quote(
                "What would be your next Aha moment?\nSay it.\n– Overseas Unicorns".to_owned()
            ),
            paragraph("After"),
            Block::Action { label: "Answer 7 questions".to_owned(), href: facts().link },
        ]
    );
    let link = written("{{SURVEYURL}}\n\n[Go]({link})", &facts());
    let href = facts().link;
    let labels: Vec<Block> = ["Give my answers", "Go"]
        .map(|label| Block::Action { label: label.to_owned(), href: href.clone() })
        .into();
    assert_eq!(link, labels);
}

#[test]
fn what_has_nothing_to_say_goes_with_its_line_and_a_name_only_with_its_gap() {
    let silent = Facts { name: String::new(), closes: None, ..facts() };
    let text = "Hello {name},\n\nOpen until {closing date}.\nYours alone.\n\n\
                Dear {FIRSTNAME|reader}\n\n{last reminder}";
    let expected = ["Hello,", "Yours alone.", "Dear reader"].map(paragraph);
    assert_eq!(written(text, &silent), expected);
    let told = written(text, &Facts { last: true, ..facts() });
    assert_eq!(told.len(), 4);
    assert_eq!(told[0], paragraph("Hello Ada Lovelace,"));
    assert!(matches!(&told[1], Block::Paragraph(text) if text.contains("1 October 2026, 23:00")));
}

#[test]
fn braces_that_mean_nothing_are_told_and_others_are_braces() {
    let template =
        |subject: &str, text: &str| Template { subject: subject.to_owned(), text: text.to_owned() };
    let wrong = template("{colour}", "{name} {foo} {foo} {bar|x} \\{baz} {open\n[A]\n[B]");
    assert_eq!(
        wrong.problems(Aim::Invite),
        [
            Problem::Unknown("colour".to_owned(), true),
            Problem::Unknown("foo".to_owned(), false),
            Problem::Unknown("bar|x".to_owned(), false),
            Problem::Buttons,
        ]
    );
    assert_eq!(
        written("\\{name} {open { {name}", &facts()),
        [paragraph("{name} {open { Ada Lovelace")]
    );
    let bare = template(" ", "Hello");
    assert_eq!(bare.problems(Aim::Invite), [Problem::NoSubject, Problem::NoLink]);
    assert_eq!(template("S", "Hello").problems(Aim::Thank), []);
    let long = template("S", &"x".repeat(LONGEST_TEXT + 1));
    assert_eq!(long.problems(Aim::Thank), [Problem::TooLong]);
}

#[test]
fn our_own_words_have_nothing_to_put_right_in_either_language() {
    for aim in Aim::ALL {
        for language in ["en", "zh"] {
            let template = Template::builtin(aim, Words::of(language));
            assert_eq!(template.problems(aim), [], "{aim:?} {language}");
            let content = template.content(Words::of(language), &facts());
            let text = content.plain_text();
            assert!(!text.contains(['{', '}']), "{text}");
            assert!(content.subject.contains("The second half"), "{}", content.subject);
        }
    }
}

#[test]
fn a_first_name_is_what_friends_say() {
    for (name, first) in [
        ("Ada Lovelace", "Ada"),
        ("Lovelace, Ada", "Ada"),
        ("Dr. Ada Lovelace", "Ada"),
        ("王薇", "王薇"),
        ("Dr.", "Dr."),
        ("", ""),
    ] {
        assert_eq!(place::first_name(name), first, "{name}");
    }
}

proptest! {
    #[test]
    fn what_is_filled_in_is_never_markup(name in "[\\[\\]{}|>a\n]{0,12}", title in "\\PC{0,20}") {
        let foreign = Facts { name, title, ..facts() };
        let blocks = written("{name}\n\nabout {title}\n\n> {title}\n\n[Go]", &foreign);
        let actions = blocks.iter().filter(|b| matches!(b, Block::Action { .. })).count();
        prop_assert_eq!(actions, 1);
        let quotes = blocks.iter().filter(|b| matches!(b, Block::Quote(_))).count();
        prop_assert!(quotes <= 1);
    }

    #[test]
    fn no_text_makes_it_fail(text in "[{}\\[\\]|>\\\\ a链\n]{0,60}") {
        let template = Template { subject: text.clone(), text };
        let _ = template.problems(Aim::Invite);
        let _ = template.content(Words::of("zh"), &facts()).plain_text();
    }
}
