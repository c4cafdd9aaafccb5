//! Questionnaires for tests that are not about making them.

use colloquy::acts::bring_article::bring_article;
use colloquy::acts::bring_example::bring_example;
use colloquy::acts::fill_example::fill_example;
use colloquy::acts::publish_questionnaire::publish_questionnaire;
use colloquy::acts::save_questionnaire::{Edited, EditedQuestion, save_questionnaire};
use colloquy::acts::sign_in;
use colloquy::article::Format;
use colloquy::domain::Wording;
use colloquy::domain::kind::{Kind, Open, Statements};
use colloquy::domain::question::Line;
use colloquy::store::questionnaires::{self, Questionnaire};

use super::TestApp;

/// A question to be answered in one's own words.
pub fn open(prompt: &str) -> Wording {
    asked(prompt, Kind::Open(Open { long: true, most: None }))
}

/// Statements to agree or disagree with.
pub fn statements(lines: &[&str]) -> Wording {
    let statements = Line::numbered("s", lines.iter().copied());
    asked(
        "What do you think of these?",
        Kind::Statements(Statements { statements, ..Statements::default() }),
    )
}

fn asked(prompt: &str, kind: Kind) -> Wording {
    Wording::new(prompt, kind)
}

impl TestApp {
    /// A questionnaire of the first organizer, open to readers, with these questions: `q1`, ….
    pub async fn published(&self, questions: &[Wording]) -> Questionnaire {
        let draft = self.draft(questions).await;
        publish_questionnaire(&self.service, draft).await.unwrap().unwrap()
    }

    /// The same, not published yet.
    pub async fn draft(&self, questions: &[Wording]) -> Questionnaire {
        let organizer = sign_in::first_organizer(&self.service).await.unwrap();
        let text = "# An article\n\nWhere will it go next?\n";
        let format = Format::guess(Some("a.md"), text);
        let draft = bring_article(&self.service, organizer, text, format, false).await.unwrap();
        self.edit(draft, questions).await
    }

    /// Gives a questionnaire these questions: those that are there are reworded in order.
    pub async fn edit(&self, of: Questionnaire, questions: &[Wording]) -> Questionnaire {
        let asked = questionnaires::asked(self.service.store.read(), of.id).await.unwrap();
        let off = asked.iter().skip(questions.len()).map(|asked| asked.key.clone()).collect();
        let questions = (0..).zip(questions).map(|(place, wording)| {
            let before = asked.get::<usize>(place);
            let shown = before.map(|asked| asked.wording.kind.lines()).unwrap_or_default();
            EditedQuestion {
                key: before.map(|asked| asked.key.clone()),
                wording: wording.clone(),
                passage: None,
                shown: shown.iter().map(|line| line.key.clone()).collect(),
            }
        });
        let edited = Edited {
            title: of.title.clone(),
            questions: questions.collect(),
            off,
            ..Edited::default()
        };
        save_questionnaire(&self.service, of, edited).await.unwrap()
    }

    /// The example with its made-up responses; signed in; the path of its desk.
    pub async fn example(&self) -> String {
        let organizer = sign_in::first_organizer(&self.service).await.unwrap();
        let questionnaire = bring_example(&self.service, organizer).await.unwrap();
        let desk = format!("/desk/q/{}", questionnaire.slug);
        fill_example(&self.service, questionnaire).await.unwrap();
        self.sign_in().await;
        desk
    }
}
