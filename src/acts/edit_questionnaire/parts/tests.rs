use super::*;
use crate::domain::kind::{Open, Single, Statements};

fn statements(key: &str, lines: &[(&str, &str)]) -> Placed {
    let line = |(key, text): &(&str, &str)| Line { key: (*key).into(), text: (*text).into() };
    let statements = lines.iter().map(line).collect();
    let kind = Kind::Statements(Statements { statements, own: true, one_by_one: false });
    Placed { key: key.into(), passage: Some((3, 9)), wording: Wording::new("Agree?", kind) }
}

fn open(key: &str, prompt: &str) -> Placed {
    let wording = Wording::new(prompt, Kind::Open(Open { long: true, most: Some(900) }));
    Placed { key: key.into(), passage: None, wording }
}

fn form(questions: &[Placed]) -> State {
    State { title: "T".into(), questions: questions.to_vec(), ..State::default() }
}

fn rich() -> State {
    let mut one = statements("q1", &[("s1", "One."), ("s2", "")]);
    one.wording.help = "Help".into();
    one.wording.required = true;
    one.wording.shown_if =
        Some(crate::domain::Condition { question: "q2".into(), any_of: vec!["o1".into()] });
    let lines = BTreeMap::from([("s1".to_owned(), "一".to_owned())]);
    let texts = Translation { prompt: "同意吗？".into(), help: "帮助".into(), lines };
    one.wording.translations.insert("zh".into(), texts);
    let single = Kind::Single(Single { options: vec![], other: true });
    let two = Placed { key: "q2".into(), passage: None, wording: Wording::new("", single) };
    let mut state = form(&[one, two, open("q10", "Why?\nReally")]);
    let head =
        Head { title: "标题".into(), introduction: "你好".into(), thanks: String::new() };
    state.translations.insert("zh".into(), head);
    state
}

#[test]
fn a_state_is_the_same_when_its_parts_are_put_together_again() {
    for state in [rich(), State::default(), form(&[])] {
        assert_eq!(Parts::of(&state).state(), state);
        assert_eq!(merge(&state, &state, &state), (state.clone(), vec![]));
    }
}

#[test]
fn what_two_changed_in_different_places_is_joined() {
    let base = rich();
    let (mut theirs, mut ours) = (base.clone(), base.clone());
    theirs.questions[0].wording.prompt = "Theirs?".into();
    theirs.questions[0].wording.kind =
        statements("", &[("s1", "One."), ("s3", "New")]).wording.kind;
    theirs.questions.push(open("q11", "More?"));
    ours.questions[0].wording.help = "Ours".into();
    let Kind::Statements(kind) = &mut ours.questions[0].wording.kind else { panic!() };
    kind.statements[0].text = "One!".into();
    ours.questions.swap(1, 2);
    ours.title = "Mine".into();
    let (merged, conflicts) = merge(&base, &theirs, &ours);
    assert_eq!(conflicts, []);
    assert_eq!(merged.title, "Mine");
    let first = &merged.questions[0].wording;
    assert_eq!((first.prompt.as_str(), first.help.as_str()), ("Theirs?", "Ours"));
    let lines: Vec<_> =
        first.kind.lines().iter().map(|l| (l.key.as_str(), l.text.as_str())).collect();
    assert_eq!(lines, [("s1", "One!"), ("s3", "New")]);
    let keys: Vec<_> = merged.questions.iter().map(|placed| placed.key.as_str()).collect();
    assert_eq!(keys, ["q1", "q10", "q11", "q2"]);
}

#[test]
fn what_two_changed_differently_is_told_and_nothing_is_lost() {
    let base = form(&[open("q1", "Why?"), open("q2", "How?")]);
    let (mut theirs, mut ours) = (base.clone(), base.clone());
    theirs.questions[0].wording.prompt = "Theirs?".into();
    ours.questions[0].wording.prompt = "Ours?".into();
    let (mut merged, conflicts) = merge(&base, &theirs, &ours);
    assert_eq!(merged, ours);
    let told = Conflict {
        part: "q/q1/prompt".into(),
        label: "Question 1".into(),
        ours: "Ours?".into(),
        theirs: "Theirs?".into(),
    };
    assert_eq!(conflicts, [told]);
    take(&mut merged, &theirs, &BTreeSet::from(["q/q1/prompt".to_owned()]));
    assert_eq!(merged, theirs);

    // One takes off what the other changes: it stays. What nobody changed goes.
    theirs.questions.remove(1);
    ours.questions.remove(0);
    ours.title = "Mine".into();
    let (merged, conflicts) = merge(&base, &theirs, &ours);
    assert_eq!((merged.questions, conflicts), (vec![open("q1", "Theirs?")], vec![]));
}

#[test]
fn changes_are_told_in_few_words() {
    let base = form(&[open("q1", "Why?"), open("q2", "How?"), open("q3", "When?")]);
    let mut after = base.clone();
    after.title = "New".into();
    after.questions[2].wording.help = "Soon".into();
    after.questions.remove(1);
    after.questions.push(open("q4", "Who?"));
    after.questions.swap(0, 1);
    assert_eq!(
        changed(&base, &after),
        ["title", "“How?” taken off", "question 1", "question 3 added", "the order"]
    );
    assert_eq!(changed(&base, &base), Vec::<String>::new());
}
