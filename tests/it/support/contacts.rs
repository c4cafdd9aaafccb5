//! Importing contacts as an organizer does it.

use super::{Form, Page, Visitor};

impl Visitor {
    /// Pastes these lines into the form on `page`; the page that shows what would become of them.
    pub async fn bring(&self, page: &str, lines: &str) -> Page {
        let mut form = self.page(page).await.form_with_button("Look at the list");
        form.fields.retain(|(name, _)| name != "file");
        let brought = self.submit(form.set("list", lines)).await;
        assert_eq!(brought.status, 303, "{}", brought.text);
        self.page(&brought.location()).await
    }

    /// Pastes these lines into the form on `page` and imports them; where that leads to.
    pub async fn import(&self, page: &str, lines: &str) -> String {
        let looked_at = self.bring(page, lines).await;
        let imported = self.submit(&import_form(&looked_at)).await;
        assert_eq!(imported.status, 303, "{}", imported.text);
        imported.location()
    }
}

/// The form of an import with what has to be said, sent by its button.
pub fn import_form(page: &Page) -> Form {
    let mut form = page.form("main form[method=post]");
    form.set("basis", "agreed").set("consent_from", "the reading circle");
    form.set("consent_on", "2026-08-12").set("do", "import");
    form
}
