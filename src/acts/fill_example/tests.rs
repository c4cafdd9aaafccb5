use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;

use super::*;
use crate::acts::bring_example::bring_example;
use crate::acts::publish_questionnaire::close_questionnaire;
use crate::acts::save_questionnaire::{Edited, EditedQuestion, save_questionnaire};
use crate::acts::sign_in::first_organizer;
use crate::acts::submit_response::{Arrival, Submitted, submit_response};
use crate::app;
use crate::clock::Clock;
use crate::config::{Flags, Settings};
use crate::domain::{Answer, Fields};

fn now() -> DateTime<Utc> {
    "2026-11-23T20:00:00Z".parse().unwrap()
}

/// The service on a database of its own, with the example open to readers.
async fn example(folder: &TempDir) -> (Service, Questionnaire) {
    let flags = Flags { data: Some(folder.path().to_owned()), ..Flags::default() };
    let settings = Settings::load(&flags).unwrap();
    let (service, _writer) = app::open(&settings, Clock::at(now())).await.unwrap();
    let organizer = first_organizer(&service).await.unwrap();
    let questionnaire = bring_example(&service, organizer).await.unwrap();
    (service, questionnaire)
}

async fn answer(service: &Service, questionnaire: &Questionnaire) {
    let fields = Fields::parse(b"a.q1=In+biology");
    let form = service.forms.fresh(&service.store, questionnaire.id, now()).await;
    let form = form.unwrap().unwrap();
    let response = ResponseId(service.clock.random_name());
    let arrival = Arrival::of(&form, &fields, response);
    let submitted = submit_response(service, arrival).await.unwrap();
    assert!(matches!(submitted, Submitted::Kept { .. }));
}

#[tokio::test]
async fn sixty_example_responses_are_kept_and_marked() {
    let folder = TempDir::new().unwrap();
    let (service, questionnaire) = example(&folder).await;
    let filled = fill_example(&service, questionnaire.clone()).await.unwrap();
    assert_eq!(filled, Filled { added: 60, examples: 60 });
    let all = responses::all(service.store.read(), questionnaire.id).await.unwrap();
    assert_eq!(all.len(), 60);
    let nine_days = now() - TimeDelta::days(9);
    for given in &all {
        assert!(given.response.example);
        assert!(nine_days < given.response.created_at && given.response.created_at < now());
    }
    let asked = questionnaires::asked(service.store.read(), questionnaire.id).await.unwrap();
    for asked in asked {
        let answered = all.iter().filter(|given| given.answer(asked.id).is_some()).count();
        assert!(answered > 35, "{answered} of 60 answer {:?}", asked.wording.prompt);
    }
}

#[tokio::test]
async fn filling_twice_adds_nothing_even_after_a_reader_and_a_new_wording() {
    let folder = TempDir::new().unwrap();
    let (service, questionnaire) = example(&folder).await;
    fill_example(&service, questionnaire.clone()).await.unwrap();
    service.clock.advance(TimeDelta::days(3));
    let again = fill_example(&service, questionnaire.clone()).await.unwrap();
    assert_eq!(again, Filled { added: 0, examples: 60 });

    answer(&service, &questionnaire).await;
    let asked = questionnaires::asked(service.store.read(), questionnaire.id).await.unwrap();
    let questions = asked.into_iter().map(|asked| {
        let mut wording = asked.wording;
        wording.prompt.push('!');
        EditedQuestion { key: Some(asked.key), wording, passage: asked.passage, shown: vec![] }
    });
    let edited = Edited {
        title: questionnaire.title.clone(),
        questions: questions.collect(),
        ..Edited::default()
    };
    let reworded = save_questionnaire(&service, questionnaire.clone(), edited).await.unwrap();
    let again = fill_example(&service, reworded).await.unwrap();
    assert_eq!(again, Filled { added: 0, examples: 60 });
    let all = responses::all(service.store.read(), questionnaire.id).await.unwrap();
    assert_eq!(all.len(), 61);
    assert!(all.iter().all(|given| given.response.revision == 1));
}

#[tokio::test]
async fn examples_stay_away_from_real_answers() {
    let folder = TempDir::new().unwrap();
    let (service, questionnaire) = example(&folder).await;
    answer(&service, &questionnaire).await;
    let refused = fill_example(&service, questionnaire.clone()).await.unwrap_err();
    assert!(matches!(refused, FillError::Answered), "{refused}");
    assert_eq!(responses::count(service.store.read(), questionnaire.id).await.unwrap(), 1);
}

#[tokio::test]
async fn a_closed_questionnaire_is_not_filled() {
    let folder = TempDir::new().unwrap();
    let (service, questionnaire) = example(&folder).await;
    close_questionnaire(&service, questionnaire.clone()).await.unwrap();
    let organizer = questionnaire.organizer_id;
    let closed = bring_example(&service, organizer).await.unwrap();
    assert_eq!(closed.id, questionnaire.id, "the example is found, not made again");
    let refused = fill_example(&service, closed).await.unwrap_err();
    assert!(matches!(refused, FillError::NotOpen), "{refused}");
}

#[tokio::test]
async fn an_example_in_draft_is_opened_as_it_is() {
    let folder = TempDir::new().unwrap();
    let (service, mut questionnaire) = example(&folder).await;
    questionnaire.status = Status::Draft;
    let tx = service.store.write().await.unwrap();
    questionnaires::update(&tx, questionnaire.clone()).await.unwrap();
    tx.commit().await.unwrap();
    let refused = fill_example(&service, questionnaire.clone()).await.unwrap_err();
    assert!(matches!(refused, FillError::NotOpen), "{refused}");
    let mut edited = Edited { title: questionnaire.title.clone(), ..Edited::default() };
    let asked = questionnaires::asked(service.store.read(), questionnaire.id).await.unwrap();
    edited.off.extend(asked.into_iter().skip(2).map(|asked| asked.key));
    save_questionnaire(&service, questionnaire.clone(), edited).await.unwrap();
    let opened = bring_example(&service, questionnaire.organizer_id).await.unwrap();
    assert_eq!((opened.id, opened.status), (questionnaire.id, Status::Open));
    let asked = questionnaires::asked(service.store.read(), questionnaire.id).await.unwrap();
    assert_eq!(asked.len(), 2);
    assert_eq!(fill_example(&service, opened).await.unwrap().examples, 60);
}

#[tokio::test]
async fn what_was_interrupted_is_completed() {
    let folder = TempDir::new().unwrap();
    let (service, questionnaire) = example(&folder).await;
    let asked = questionnaires::asked(service.store.read(), questionnaire.id).await.unwrap();
    let wordings: Vec<_> = asked.iter().map(|asked| &asked.wording).collect();
    let people = demo::people(&wordings, demo::SEED, demo::PEOPLE, now()).unwrap();
    for person in people.into_iter().take(7) {
        let new = submission(&service, questionnaire.id, &asked, person).unwrap();
        service.intake.keep(new).await.unwrap();
    }
    let filled = fill_example(&service, questionnaire.clone()).await.unwrap();
    assert_eq!(filled, Filled { added: 53, examples: 60 });
}

#[tokio::test]
async fn two_at_once_add_sixty_in_all() {
    let folder = TempDir::new().unwrap();
    let (service, questionnaire) = example(&folder).await;
    let (one, two) = tokio::join!(
        fill_example(&service, questionnaire.clone()),
        fill_example(&service, questionnaire.clone())
    );
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!((one.added + two.added, one.examples, two.examples), (60, 60, 60));
    let all = responses::all(service.store.read(), questionnaire.id).await.unwrap();
    assert_eq!(all.len(), 60);
    let words = all.iter().flat_map(|given| given.answers.values());
    assert!(words.clone().any(|(_, answer)| matches!(answer, Answer::Contact(_))));
}
