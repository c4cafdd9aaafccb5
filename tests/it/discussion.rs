//! The discussion at the desk: set up, groups made and made again, changed by hand, told.

use chrono::TimeDelta;
use colloquy::domain::consent::Consent;
use colloquy::domain::kind::{Contact, Kind};
use colloquy::domain::status::Searching;
use colloquy::domain::token::Opens;
use colloquy::domain::{GroupId, ParticipantId, Slug, Wording};
use colloquy::insight::seats::{Manner, Note};
use colloquy::jobs;
use colloquy::store::discussions::search::{self, Search};
use colloquy::store::discussions::{self, Whole, changes};
use colloquy::store::questionnaires::{self, Questionnaire};

use crate::support::{Form, Page, TestApp, open, statements};

async fn of(app: &TestApp, desk: &str) -> Questionnaire {
    let slug: Slug = desk.rsplit('/').next().unwrap().parse().unwrap();
    questionnaires::by_slug(app.service.store.read(), &slug).await.unwrap().unwrap()
}

async fn whole(app: &TestApp, desk: &str) -> Whole {
    let of = of(app, desk).await;
    discussions::latest(app.service.store.read(), of.id).await.unwrap().unwrap()
}

async fn page(app: &TestApp, desk: &str) -> Page {
    app.page(&format!("{desk}/discussion")).await
}

/// The example with its groups made; the path of its desk.
async fn grouped(app: &TestApp) -> String {
    let desk = app.example().await;
    let made = app.submit(&page(app, &desk).await.form("form.setup")).await;
    assert_eq!(made.status, 303, "{}", made.words());
    desk
}

async fn post(app: &TestApp, desk: &str, to: &str, fields: &[(&str, &str)]) -> Page {
    let page = app.post_form(&format!("{desk}/discussion/{to}"), fields).await;
    assert_eq!(page.status, 303, "{}", page.words());
    page
}

/// Who sits where, with why and whether it is locked.
fn seats(whole: &Whole) -> Vec<(ParticipantId, i32, Option<GroupId>, String, bool)> {
    let seat =
        |s: &discussions::Seat| (s.participant_id, s.round, s.group_id, s.reason.clone(), s.locked);
    let mut seats: Vec<_> = whole.seats.iter().map(seat).collect();
    seats.sort();
    seats
}

/// Somebody who sits, and a group where they do not.
fn one_and_another(whole: &Whole) -> (ParticipantId, GroupId, GroupId) {
    let seat = whole.seats.iter().find(|seat| seat.group_id.is_some()).unwrap();
    let here = seat.group_id.unwrap();
    let there = whole.groups.iter().find(|group| group.id != here).unwrap().id;
    (seat.participant_id, here, there)
}

fn move_to(who: ParticipantId, to: Option<GroupId>) -> String {
    to.map_or_else(|| format!("{who}:"), |to| format!("{who}:{to}"))
}

#[tokio::test]
async fn one_button_makes_groups_with_a_reason_for_every_seat() {
    let app = TestApp::spawn().await;
    let desk = grouped(&app).await;
    let whole = whole(&app, &desk).await;
    assert!(whole.groups.len() > 4 && whole.slots.len() > 3);
    assert_eq!(whole.seats.len(), whole.participants.len());
    for seat in &whole.seats {
        let note: Note = serde_json::from_str(&seat.reason).unwrap();
        match note {
            Note::Seated { reasons } => assert!(!reasons.is_empty() && seat.group_id.is_some()),
            Note::Waiting { .. } => assert!(seat.group_id.is_none()),
            other => panic!("{other:?}"),
        }
    }
    for group in &whole.groups {
        assert!((4..=6).contains(&whole.of(group.id).count()), "group {}", group.number);
        assert_eq!(group.starts_at, whole.slot_of(group).map(|slot| slot.starts_at));
    }
    assert_eq!(whole.discussion.input_hash.len(), 64);
    let page = page(&app, &desk).await;
    let seated = whole.seats.iter().filter(|seat| seat.group_id.is_some()).count();
    assert_eq!(page.texts(".table-card").len(), whole.groups.len());
    assert_eq!(page.texts(".table-card .seat").len(), seated);
    assert!(page.words().contains("Way from chance to the best thinkable mix"));
    assert!(!page.words().contains("This plan breaks"), "{}", page.words());
}

#[tokio::test]
async fn a_move_by_hand_says_what_it_costs_and_breaks_and_is_taken_back_whole() {
    let app = TestApp::spawn().await;
    let desk = grouped(&app).await;
    let before = whole(&app, &desk).await;
    let (who, here, _) = one_and_another(&before);
    let seat_page = app.page(&format!("{desk}/discussion/seats/{who}")).await;
    assert_eq!(seat_page.texts(".choices-of-seat > li").len(), before.groups.len());
    // Every other group has a cost or something that stands against it.
    for said in seat_page.texts(".choices-of-seat [data-cost]") {
        assert!(said.contains("The mix ") || said.contains("Not without breaking"), "{said}");
    }
    // The organizer's own hand may break a rule, and it is said loudly.
    let blocked = seat_page.form_with_button(
        seat_page
            .texts(".choices-of-seat button")
            .iter()
            .find(|text| text.ends_with("all the same"))
            .expect("some group is not possible"),
    );
    assert_eq!(app.submit(&blocked).await.status, 303);
    let moved = page(&app, &desk).await;
    let words = moved.words();
    assert!(words.contains("This plan breaks "), "{words}");
    assert!(moved.texts(".last-change")[0].contains("It breaks:"), "{words}");
    assert!(moved.texts(".last-change [role=status]")[0].contains("The mix "), "{words}");
    // One group may be too large now, and the other too small.
    let broken = moved.texts(".table-card.broken").len();
    assert!((1..=2).contains(&broken), "{broken}");
    let after = whole(&app, &desk).await;
    assert_ne!(after.seat_of(who).unwrap().group_id, Some(here));
    // Back, and there again, as it was to the letter.
    post(&app, &desk, "change", &[("what", "undo")]).await;
    let undone = whole(&app, &desk).await;
    assert_eq!(seats(&undone), seats(&before));
    assert_eq!(undone.groups, before.groups, "guides, too");
    post(&app, &desk, "change", &[("what", "redo")]).await;
    assert_eq!(seats(&whole(&app, &desk).await), seats(&after));
    post(&app, &desk, "change", &[("what", "redo")]).await;
    assert_eq!(seats(&whole(&app, &desk).await), seats(&after), "there is nothing more to redo");
    // The log keeps everything, and a new plan is where it ends.
    post(&app, &desk, "groups", &[("manner", "anew")]).await;
    let planned = seats(&whole(&app, &desk).await);
    post(&app, &desk, "change", &[("what", "undo")]).await;
    assert_eq!(seats(&whole(&app, &desk).await), planned);
    let log = changes::all(app.service.store.read(), before.discussion.id).await.unwrap();
    assert_eq!(log.iter().map(|change| change.number).collect::<Vec<_>>(), [1, 2, 3]);
}

#[tokio::test]
async fn a_move_names_only_people_and_groups_that_are_there() {
    let app = TestApp::spawn().await;
    let desk = grouped(&app).await;
    let before = whole(&app, &desk).await;
    let (who, here, there) = one_and_another(&before);
    let stranger = ParticipantId(uuid::Uuid::new_v4());
    let nowhere = GroupId(uuid::Uuid::new_v4());
    for typed in [
        move_to(stranger, Some(there)),
        move_to(who, Some(nowhere)),
        move_to(who, Some(here)),
        "nobody:nowhere".to_owned(),
        String::new(),
    ] {
        post(&app, &desk, "change", &[("what", "move"), ("move", &typed)]).await;
    }
    post(
        &app,
        &desk,
        "change",
        &[("what", "move"), ("round", "7"), ("move", &move_to(who, Some(there)))],
    )
    .await;
    assert_eq!(seats(&whole(&app, &desk).await), seats(&before));
    // Two who change places are one change.
    let other = before.of(there).next().unwrap().participant_id;
    let both = [
        ("what", "move"),
        ("move", &*move_to(who, Some(there))),
        ("move", &*move_to(other, Some(here))),
    ];
    post(&app, &desk, "change", &both).await;
    let after = whole(&app, &desk).await;
    assert_eq!(after.seat_of(who).unwrap().group_id, Some(there));
    assert_eq!(after.seat_of(other).unwrap().group_id, Some(here));
    post(&app, &desk, "change", &[("what", "undo")]).await;
    assert_eq!(seats(&whole(&app, &desk).await), seats(&before));
}

#[tokio::test]
async fn locked_seats_stay_and_mending_after_a_drop_out_moves_few() {
    let app = TestApp::spawn().await;
    let desk = grouped(&app).await;
    let before = whole(&app, &desk).await;
    let (locked, here, _) = one_and_another(&before);
    let beside = before.of(here).map(|seat| seat.participant_id).find(|id| *id != locked).unwrap();
    for who in [locked, beside] {
        post(&app, &desk, "change", &[("what", "lock"), ("who", &who.to_string())]).await;
    }
    assert_eq!(page(&app, &desk).await.texts(".seat.locked").len(), 2);
    // Dealt otherwise, the two stay together at their time.
    let slot = before.group(here).unwrap().slot_id;
    post(&app, &desk, "groups", &[("manner", "again")]).await;
    let dealt = whole(&app, &desk).await;
    let [a, b] = [locked, beside].map(|who| dealt.seat_of(who).unwrap().clone());
    assert!(a.locked && b.locked && a.group_id == b.group_id);
    assert_eq!(dealt.group(a.group_id.unwrap()).unwrap().slot_id, slot);
    assert_ne!(dealt.discussion.seed, before.discussion.seed);
    // One leaves: nearly everybody sits where they sat.
    let gone = dealt.seats.iter().find(|seat| seat.group_id.is_some() && !seat.locked).unwrap();
    let gone = gone.participant_id;
    post(&app, &desk, "people", &[("what", "remove"), ("who", &gone.to_string())]).await;
    post(&app, &desk, "groups", &[("manner", "mend")]).await;
    let mended = whole(&app, &desk).await;
    assert!(mended.seat_of(gone).is_none_or(|seat| seat.group_id.is_none()));
    let moved = mended.participants.iter().filter(|one| one.id != gone).filter(|one| {
        let at = |whole: &Whole| whole.seat_of(one.id).and_then(|seat| seat.group_id);
        at(&mended) != at(&dealt)
    });
    let moved = moved.count();
    assert!(moved <= 2, "{moved} of {} moved", mended.participants.len());
    assert_eq!(mended.seat_of(locked).unwrap().group_id, a.group_id);
}

#[tokio::test]
async fn what_cannot_be_is_said_with_what_would_help_and_nothing_typed_is_lost() {
    let app = TestApp::spawn().await;
    let desk = app.example().await;
    let mut form = page(&app, &desk).await.form("form.setup");
    // What does not fit is refused, and stays typed.
    form.set("low", "9").set("target", "5").set("place", "The old library");
    form.set("s0.when", "tomorrow, perhaps");
    let refused = app.submit(&form).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("The sizes do not fit each other: at least 9"));
    assert!(refused.words().contains("The time “tomorrow, perhaps” cannot be read"));
    assert_eq!(refused.attributes("#place", "value"), ["The old library"]);
    assert_eq!(refused.attributes("input[name='s0.when']", "value"), ["tomorrow, perhaps"]);
    // Groups of fifty cannot be; why stays on the page until there is a plan.
    let mut form = page(&app, &desk).await.form("form.setup");
    form.set("low", "50").set("target", "55").set("high", "60");
    form.set("place", "The old library");
    assert_eq!(app.submit(&form).await.status, 303);
    let told = page(&app, &desk).await;
    assert!(told.words().contains("No groups were made"), "{}", told.words());
    assert!(told.words().contains("the smallest group has 50"), "{}", told.words());
    assert_eq!(told.attributes("#place", "value"), ["The old library"]);
    // Rows are added where they are wanted, and what was typed stays.
    let mut form = told.form("form.setup");
    form.set("title", "An evening").set("then", "add-host");
    let more = app.submit(&form).await;
    assert_eq!(more.status, 200);
    assert_eq!(more.attributes("#title", "value"), ["An evening"]);
    assert_eq!(more.texts("input[name='h0.who']").len(), 1);
    let mut form = more.form("form.setup");
    form.set("low", "4").set("target", "5").set("high", "6").set("then", "make");
    assert_eq!(app.submit(&form).await.status, 303);
    let made = page(&app, &desk).await;
    assert!(!made.words().contains("No groups were made") && !made.texts(".table-card").is_empty());
    assert_eq!(whole(&app, &desk).await.discussion.title, "An evening");
}

/// Adds fields to a form after one that is there.
fn fill(form: &mut Form, fields: &[(&str, &str)]) {
    for (name, value) in fields {
        form.set(name, value);
    }
}

#[tokio::test]
async fn hosts_lead_no_more_than_they_may_and_one_more_would_help() {
    let app = TestApp::spawn().await;
    let desk = app.example().await;
    let mut form = page(&app, &desk).await.form("form.setup");
    // The fields of a host's times say who can when; left ticked, always.
    fill(&mut form, &[("h0.who", "Grete Host"), ("h0.address", "grete@example.org")]);
    fill(&mut form, &[("h0.most", "2"), ("h0.languages", "en, zh")]);
    assert_eq!(app.submit(&form).await.status, 303);
    let whole = whole(&app, &desk).await;
    assert_eq!(whole.hosts.len(), 1);
    assert_eq!(whole.groups.len(), 2, "one host, two groups");
    assert!(whole.groups.iter().all(|group| group.host_id == Some(whole.hosts[0].id)));
    let times: Vec<_> = whole.groups.iter().map(|group| group.slot_id).collect();
    assert_ne!(times[0], times[1], "nobody leads two groups at one time");
    let page = page(&app, &desk).await;
    assert_eq!(
        page.texts(".table-card header p").iter().filter(|p| *p == "Host: Grete Host").count(),
        2
    );
    let waiting = page.texts(".unseated .seat");
    assert!(waiting.len() > 10, "{waiting:?}");
    assert!(waiting.iter().all(|line| line.contains('.')), "each has a reason: {waiting:?}");
    let helps = page.texts(".helps li");
    assert!(helps.iter().any(|line| line.starts_with("One more host on ")), "{helps:?}");
}

#[tokio::test]
async fn pairs_are_kept_apart_or_together_and_no_participant_reads_of_it() {
    let app = TestApp::spawn().await;
    let desk = app.example().await;
    let first = page(&app, &desk).await;
    let names = first.attributes("#everybody option", "value");
    let with_names: Vec<&String> = names.iter().filter(|name| !name.contains('(')).collect();
    let mut form = first.form("form.setup");
    fill(&mut form, &[("r0.kind", "apart"), ("r0.a", with_names[0]), ("r0.b", with_names[1])]);
    fill(
        &mut form,
        &[("r1.kind", "apart"), ("r1.a", "Nobody of this name"), ("r1.b", with_names[2])],
    );
    let refused = app.submit(&form).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("is called “Nobody of this name”"), "{}", refused.words());
    fill(&mut form, &[("r1.a", ""), ("r1.b", "")]);
    assert_eq!(app.submit(&form).await.status, 303);
    let whole_now = whole(&app, &desk).await;
    assert_eq!(whole_now.rules.len(), 1);
    let pair: Vec<ParticipantId> = serde_json::from_str(&whole_now.rules[0].people).unwrap();
    let [a, b] = [pair[0], pair[1]].map(|id| whole_now.seat_of(id).unwrap().group_id);
    assert!(a != b || a.is_none());
    // Put together by hand: the desk says so, their own pages do not.
    let to = a.or(b).unwrap();
    let who = if a == Some(to) { pair[1] } else { pair[0] };
    post(&app, &desk, "change", &[("what", "move"), ("move", &move_to(who, Some(to)))]).await;
    assert!(page(&app, &desk).await.words().contains("must not meet"));
    let setup = app.page(&format!("{desk}/discussion/setup")).await;
    assert_eq!(setup.attributes("input[name='r0.a'], input[name='r0.b']", "value").len(), 2);
    for id in pair {
        let link = app.service.secret.link(Opens::Seat, id.0);
        for language in ["en", "zh"] {
            let own = app.stranger().get_in(language, &format!("/g/{link}")).await;
            assert_eq!(own.status, 200);
            // In what is quoted from answers any word may stand.
            let quoted = own.texts("blockquote").into_iter();
            let words = quoted.fold(own.words(), |words, quote| words.replace(&quote, ""));
            for word in ["apart", "must not", "never", "rule", "分开"] {
                assert!(!words.contains(word), "{word}: {words}");
            }
        }
    }
}

fn contact() -> Wording {
    let consents = Consent::ALL.to_vec();
    Wording::new("May we write to you?", Kind::Contact(Contact { consents }))
}

/// Readers who want to join, of whom nobody knows when they can.
async fn joined(app: &TestApp, people: usize) -> String {
    let of = app.published(&[open("Why?"), statements(&["It grows."]), contact()]).await;
    for person in 0..people {
        let reader = app.stranger();
        let mut form = reader.page(&format!("/q/{}", of.slug)).await.form("form#answers");
        let vote = if person.is_multiple_of(2) { "agree" } else { "disagree" };
        form.set("a.q2.s1", vote);
        form.set("a.q3.name", &format!("Reader {person}"));
        form.set("a.q3.address", &format!("reader{person}@example.org"));
        form.set("a.q3.join", "yes");
        assert_eq!(reader.submit(&form).await.status, 303);
    }
    format!("/desk/q/{}", of.slug)
}

#[tokio::test]
async fn who_was_not_asked_before_says_when_they_can_by_a_link() {
    let app = TestApp::signed_in().await;
    let desk = joined(&app, 6).await;
    let mut form = page(&app, &desk).await.form("form.setup");
    fill(
        &mut form,
        &[("zone", "Europe/Berlin"), ("s0.when", "2026-12-03 19:00"), ("then", "save")],
    );
    form.fields.retain(|(name, _)| name != "silent");
    fill(&mut form, &[("low", "3"), ("target", "3"), ("high", "4")]);
    assert_eq!(app.submit(&form).await.status, 303);
    let mut form = page(&app, &desk).await.form("form.setup");
    fill(&mut form, &[("s1.when", "2026-12-04 19:00"), ("s1.rooms", "2"), ("then", "make")]);
    assert_eq!(app.submit(&form).await.status, 303);
    let told = page(&app, &desk).await.words();
    assert!(told.contains("Nobody who wants to join can come at any of the times"), "{told}");
    assert!(told.contains("6 people have not said when they can come"), "{told}");
    post(&app, &desk, "people", &[("what", "ask")]).await;
    post(&app, &desk, "people", &[("what", "ask")]).await;
    let people = app.page(&format!("{desk}/discussion/people")).await.words();
    assert!(people.contains("6 were asked and have not answered yet"), "{people}");
    let outbox = app.page("/desk/outbox").await;
    assert_eq!(outbox.words().matches("Question about times").count(), 6, "nobody is asked twice");
    // The link: looking changes nothing, sending does, in both languages.
    let whole_now = whole(&app, &desk).await;
    assert_eq!(whole_now.slots[0].starts_at.to_rfc3339(), "2026-12-03T18:00:00+00:00");
    for (at, one) in whole_now.participants.iter().take(4).enumerate() {
        let reader = app.stranger();
        let link = format!("/g/{}/times", app.service.secret.link(Opens::Seat, one.id.0));
        let language = if at == 0 { "zh" } else { "en" };
        let shown = reader.get_in(language, &link).await;
        assert_eq!(shown.status, 200);
        let title = if at == 0 { "您什么时候方便？" } else { "When can you come?" };
        assert_eq!(shown.texts("h1"), [title]);
        let known = whole(&app, &desk).await;
        assert_eq!(known.participant(one.id).unwrap().free, None, "GET changed it");
        let mut form = shown.form("main form");
        form.set(&format!("t.{}", whole_now.slots[1].key), "yes");
        assert_eq!(reader.submit(&form).await.status, 303);
        let again = reader.page(&link).await;
        assert_eq!(again.attributes("input[checked]", "value"), ["no", "yes"]);
    }
    let people = app.page(&format!("{desk}/discussion/people")).await.words();
    assert!(people.contains("2 were asked and have not answered yet"), "{people}");
    let mut form = page(&app, &desk).await.form("form.setup");
    form.set("then", "make");
    assert_eq!(app.submit(&form).await.status, 303);
    let made = whole(&app, &desk).await;
    assert_eq!(made.groups.len(), 1);
    assert_eq!(made.groups[0].starts_at, Some(whole_now.slots[1].starts_at));
    let waits = page(&app, &desk).await.texts(".unseated .seat");
    assert!(
        waits.iter().any(|line| line.contains("They have not said when they can come")),
        "{waits:?}"
    );
    assert_eq!(app.stranger().get("/g/none/times").await.status, 404);
    assert_eq!(app.stranger().post_form("/g/none/times", &[]).await.status, 404);
}

#[tokio::test]
async fn people_are_added_by_hand_corrected_taken_out_and_back_in() {
    let app = TestApp::signed_in().await;
    let desk = joined(&app, 3).await;
    let mut form = page(&app, &desk).await.form("form.setup");
    fill(&mut form, &[("s0.when", "2026-12-03 19:00"), ("then", "save")]);
    assert_eq!(app.submit(&form).await.status, 303);
    let people = format!("{desk}/discussion/people");
    let add = |name: &'static str, address: &'static str| {
        let fields = [("what", "add"), ("name", name), ("address", address), ("tags", "new, shy")];
        let people = &people;
        let app = &app;
        async move { app.post_form(people, &fields).await }
    };
    assert_eq!(add("李雷", "lilei@example.org").await.status, 303);
    for (name, address, why) in [
        ("", "x@example.org", "A name is needed"),
        ("Bo", "not an address", "cannot be one that gets mail"),
        ("Bo", "READER1@example.org", "takes part already"),
    ] {
        let refused = add(name, address).await;
        assert_eq!(refused.status, 422);
        assert!(refused.words().contains(why), "{}", refused.words());
        assert_eq!(refused.attributes("#address", "value"), [address]);
    }
    let known = whole(&app, &desk).await;
    assert_eq!(known.participants.len(), 4);
    let one = known.participants.iter().find(|one| one.added_by_hand).unwrap();
    assert_eq!((one.name.as_str(), one.language.as_str()), ("李雷", "en"));
    let id = one.id.to_string();
    let fields = [("what", "correct"), ("who", &*id), ("name", "Li Lei"), ("tags", "shy")];
    post(&app, &desk, "people", &fields).await;
    let shown = app.page(&people).await.words();
    assert!(shown.contains("Li Lei") && shown.contains("shy") && !shown.contains("李雷"));
    // With one time, whoever said nothing counts as able to come: four make a group.
    post(&app, &desk, "groups", &[("manner", "anew")]).await;
    assert_eq!(page(&app, &desk).await.texts(".table-card .seat").len(), 4);
    post(&app, &desk, "people", &[("what", "remove"), ("who", &id)]).await;
    let gone = page(&app, &desk).await;
    assert_eq!(gone.texts(".table-card .seat").len(), 3);
    assert!(gone.words().contains("Group 1 has 3 people"), "{}", gone.words());
    post(&app, &desk, "people", &[("what", "back"), ("who", &id)]).await;
    post(&app, &desk, "groups", &[("manner", "mend")]).await;
    assert_eq!(page(&app, &desk).await.texts(".table-card .seat").len(), 4);
}

#[tokio::test]
async fn a_long_search_is_watched_and_stopped_with_the_best_plan_so_far() {
    let app = TestApp::spawn().await;
    let desk = app.example().await;
    let mut form = page(&app, &desk).await.form("form.setup");
    form.set("long", "yes");
    assert_eq!(app.submit(&form).await.status, 303);
    let first = page(&app, &desk).await;
    assert_eq!(first.texts("progress").len(), 1, "{}", first.words());
    assert_eq!(
        first.attributes("noscript meta", "http-equiv").len()
            + usize::from(first.text.contains("http-equiv=\"refresh\"")),
        1
    );
    assert_eq!(app.post_form(&format!("{desk}/discussion/stop"), &[]).await.status, 303);
    let mut shown = page(&app, &desk).await;
    for _ in 0..600 {
        if shown.texts("progress").is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        shown = page(&app, &desk).await;
    }
    assert!(shown.texts(".table-card").len() > 4, "{}", shown.words());
}

#[tokio::test]
async fn a_search_that_was_left_behind_is_taken_up_and_one_given_up_changes_nothing() {
    let app = TestApp::spawn().await;
    let desk = grouped(&app).await;
    let before = whole(&app, &desk).await;
    let service = &app.service;
    let db = service.store.read();
    let done = search::of(db, before.discussion.id).await.unwrap().unwrap();
    assert_eq!(done.state, Searching::Done);
    let now = service.clock.now();
    let left = Search {
        run: uuid::Uuid::new_v4(),
        state: Searching::Running,
        said: serde_json::to_string(&Manner::Anew).unwrap(),
        beat_at: now - TimeDelta::minutes(5),
        ..done
    };
    let tx = service.store.write().await.unwrap();
    search::begin(&tx, left.clone()).await.unwrap();
    tx.commit().await.unwrap();
    let silent = page(&app, &desk).await;
    assert!(silent.words().contains("ended before it had found a plan"), "{}", silent.words());
    // The service may have been quicker: either way it is done by now.
    jobs::seat::take_up(service).await.unwrap();
    let mut ended = search::of(db, before.discussion.id).await.unwrap().unwrap();
    for _ in 0..300 {
        if ended.state == Searching::Done {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        ended = search::of(db, before.discussion.id).await.unwrap().unwrap();
    }
    assert_eq!(ended.state, Searching::Done);
    assert_ne!(ended.run, left.run);
    let same = |whole: &Whole| {
        let mut groups: Vec<Vec<ParticipantId>> = whole
            .groups
            .iter()
            .map(|group| {
                let mut people: Vec<_> = whole.of(group.id).map(|s| s.participant_id).collect();
                people.sort();
                people
            })
            .collect();
        groups.sort();
        groups
    };
    assert_eq!(same(&whole(&app, &desk).await), same(&before), "same input, same seats");
    let tx = service.store.write().await.unwrap();
    assert!(!search::end(&tx, left.run, Searching::Failed, "too late").await.unwrap());
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn all_together_first_means_one_time_for_everybody() {
    let app = TestApp::spawn().await;
    let desk = app.example().await;
    let mut form = page(&app, &desk).await.form("form.setup");
    form.set("format", "plenary");
    for row in 0..6 {
        form.set(&format!("s{row}.rooms"), "9");
        form.set(&format!("s{row}.place"), "Room A\nRoom B\nhttps://meet.example.org/c");
    }
    form.fields.retain(|(name, value)| name != "format" || value == "plenary");
    assert_eq!(app.submit(&form).await.status, 303);
    let whole = whole(&app, &desk).await;
    assert!(whole.groups.len() > 1);
    let first = whole.groups[0].slot_id;
    assert!(whole.groups.iter().all(|group| group.slot_id == first));
    let mut places: Vec<&str> = whole.groups.iter().map(|group| group.place.as_str()).collect();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places.len(), whole.groups.len().min(3), "{places:?}");
}

#[tokio::test]
async fn whoever_erases_is_in_no_rule_and_no_change_any_more() {
    let app = TestApp::spawn().await;
    let desk = app.example().await;
    let first = page(&app, &desk).await;
    let names = first.attributes("#everybody option", "value");
    let mut form = first.form("form.setup");
    fill(&mut form, &[("r0.kind", "apart"), ("r0.a", &names[0]), ("r0.b", &names[1])]);
    assert_eq!(app.submit(&form).await.status, 303);
    let before = whole(&app, &desk).await;
    let pair: Vec<ParticipantId> = serde_json::from_str(&before.rules[0].people).unwrap();
    let to = before
        .groups
        .iter()
        .find(|group| before.of(group.id).all(|s| s.participant_id != pair[0]))
        .unwrap()
        .id;
    post(&app, &desk, "change", &[("what", "move"), ("move", &move_to(pair[0], Some(to)))]).await;
    let db = app.service.store.read();
    let response = before.participant(pair[0]).unwrap().response_id.unwrap();
    let response = colloquy::store::responses::by_id(db, response).await.unwrap().unwrap();
    let given = colloquy::store::responses::given(db, response).await.unwrap();
    let of = of(&app, &desk).await;
    colloquy::acts::erase_response::erase_response(&app.service, of.mode, &given).await.unwrap();
    let after = whole(&app, &desk).await;
    assert!(after.rules.is_empty() && after.participant(pair[0]).is_none());
    let log = changes::all(db, before.discussion.id).await.unwrap();
    assert!(log.iter().all(|change| !change.what.contains(&pair[0].0.to_string())), "{log:?}");
    assert_eq!(page(&app, &desk).await.status, 200);
}
