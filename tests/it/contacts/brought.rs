//! What the page of a list says before anything of it is kept, and after.

use super::*;

#[tokio::test]
async fn a_broken_quotation_mark_is_told_and_mails_nobody_else() {
    let app = TestApp::signed_in().await;
    let list = "email,name\nzed@u.test,\"Zed,uu\nyan@u.test,Yan\nxi@u.test,Xi";
    let tabs = list.replace("Zed,uu", "Zed").replace(',', "\t").into_bytes();
    let sent = send_file(&app, "people.tsv", tabs).await;
    for page in [app.bring(IMPORT, list).await, app.page(&sent.location()).await] {
        assert_eq!(figures(&page), ["2", "0", "0", "0", "0", "1"], "{}", page.words());
        assert_eq!(page.texts("details dt"), ["Line 2"]);
        assert!(page.words().contains("quotation mark"), "{}", page.words());
    }
    app.import(IMPORT, list).await;
    let held = held(&app).await;
    let mut names: Vec<_> = held.iter().map(|one| (one.address.as_str(), &*one.name)).collect();
    names.sort_unstable();
    assert_eq!(names, [("xi@u.test", "Xi"), ("yan@u.test", "Yan")]);
}

#[tokio::test]
async fn what_will_be_kept_is_shown_and_what_was_not_understood() {
    let app = TestApp::signed_in().await;
    let list = "email,agreed on,time zone,language\n\
                a@u.test,2026-05-01,Asia/Shanghai,zh\n\
                b@u.test,,Mars/X,fr\n\
                c@u.test,08/12/2026,,\n\
                d@u.test,yesterday,,\n\
                e@u.test,2099-01-01,,";
    let page = app.bring(IMPORT, list).await;
    assert_eq!(figures(&page), ["2", "0", "0", "0", "0", "3"], "{}", page.words());
    let first = page.texts("tbody tr").remove(0);
    for said in ["2026-05-01", "Asia/Shanghai", "Chinese"] {
        assert!(first.contains(said), "{first}");
    }
    assert_eq!(page.texts("details dt"), ["Line 4", "Line 5", "Line 6", "Line 3", "Line 3"]);
    assert_eq!(
        page.texts("details dd code"),
        ["c@u.test,08/12/2026,,", "d@u.test,yesterday,,", "e@u.test,2099-01-01,,", "fr", "Mars/X",]
    );
    // No day that is still to come stands for all of them either.
    let mut form = import_form(&page);
    let refused = app.submit(form.set("consent_on", "2099-01-01")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("still to come"), "{}", refused.words());
    app.submit(form.set("consent_on", "2026-06-01")).await.location();
    assert_eq!(held(&app).await.len(), 2, "nobody is kept with a day that the list does not say");
    let day = async |address| one(&app, address).await.consent_on.unwrap().to_string();
    assert_eq!(day("a@u.test").await, "2026-05-01");
    assert_eq!(day("b@u.test").await, "2026-06-01");
    let path = format!("{CONTACTS}/{}", one(&app, "a@u.test").await.id);
    let mut form = app.page(&path).await.form("main form[method=post]");
    let refused = app.submit(form.set("do", "save").set("consent_on", "2099-01-01")).await;
    assert_eq!(refused.status, 422);
    assert_eq!(day("a@u.test").await, "2026-05-01");
}

#[tokio::test]
async fn everybody_on_a_list_can_be_seen_and_nothing_typed_is_lost() {
    let app = TestApp::signed_in().await;
    let list: Vec<String> = (0..120).map(|at| format!("p{at:03}@u.test")).collect();
    let mut page = app.bring(IMPORT, &list.join("\n")).await;
    let mut seen = vec![];
    loop {
        seen.extend(page.texts("tbody th"));
        let Some(on) = page.attributes("nav.pages button:last-child", "value").pop() else {
            break;
        };
        let mut form = page.form("main form[method=post]");
        if on.parse::<usize>().unwrap() * 50 < seen.len() {
            break;
        }
        page =
            app.page(&app.submit(form.set("page", &on).set("tags", "vip")).await.location()).await;
        assert_eq!(page.form("main form[method=post]").get("tags"), Some("vip"));
    }
    assert_eq!(seen.len(), 120);
    seen.dedup();
    assert_eq!((seen.len(), held(&app).await.len()), (120, 0));
}

#[tokio::test]
async fn known_people_who_get_no_mails_are_counted_and_shown() {
    let app = TestApp::signed_in().await;
    app.import(IMPORT, "ada@u.test\nbob@u.test\ncy@u.test").await;
    let tx = app.service.store.write().await.unwrap();
    let now = app.service.clock.now();
    let reasons = [suppressions::Reason::Stopped, suppressions::Reason::NoMailbox];
    for (address, reason) in ["ada@u.test", "bob@u.test"].into_iter().zip(reasons) {
        let hash = app.service.secret.address_hash(address);
        suppressions::insert(&tx, hash, reason, now).await.unwrap();
    }
    tx.commit().await.unwrap();
    let page = app.bring(IMPORT, "ada@u.test\nbob@u.test\ncy@u.test").await;
    assert_eq!(figures(&page), ["0", "0", "3", "0", "2", "0"], "{}", page.words());
    assert_eq!(page.texts("tbody .tag.off"), ["asked us to stop", "no such mailbox"]);
    let words = page.words();
    assert!(words.contains("2 will still get no mails: asked us to stop (1), no such"), "{words}");
}

#[tokio::test]
async fn a_list_without_people_says_so_and_what_to_do() {
    let app = TestApp::signed_in().await;
    let mut book = Workbook::new();
    book.add_worksheet().write_row(0, 0, ["email", "name"]).unwrap();
    let headed = send_file(&app, "head.xlsx", book.save_to_buffer().unwrap()).await;
    let table = send_file(&app, "head.csv", b"email,name\n".to_vec()).await;
    for sent in [headed, table] {
        let page = app.page(&sent.location()).await;
        assert!(page.words().contains("Nobody is on this list"), "{}", page.words());
        assert_eq!((figures(&page).len(), page.texts("table").len()), (0, 0));
        // People under the head are read.
        let mut form = page.form("main form[method=post]");
        let text = format!("{}\nada@u.test,Ada", form.get("text").unwrap().trim_end());
        let looked = app.submit(form.set("text", &text).set("do", "look")).await.location();
        assert_eq!(figures(&app.page(&looked).await)[0], "1");
    }
    let mut empty = Workbook::new();
    empty.add_worksheet();
    let refused = send_file(&app, "empty.xlsx", empty.save_to_buffer().unwrap()).await;
    assert_eq!(refused.status, 422);
    let said = refused.words();
    assert!(said.contains("The workbook is empty") && !said.contains("broken"), "{said}");
}

#[tokio::test]
async fn what_is_left_of_a_list_says_so_for_as_long_as_it_waits() {
    let app = TestApp::signed_in().await;
    let long = "N".repeat(1200);
    let list = format!("email,name\nada@u.test,Ada\nbob@,Bob\n\ncy@u.test,Cy\nnobody,{long}");
    app.import(IMPORT, &list).await;
    let waiting = app.page(CONTACTS).await.attributes(".notice li a", "href").remove(0);
    let mut page = app.page(&waiting).await;
    for _ in 0..2 {
        let words = page.words();
        assert!(words.contains("What is left of the list"), "{words}");
        assert!(words.contains("2 people of it are among your contacts"), "{words}");
        assert!(!words.contains("Nothing of it is kept yet"), "{words}");
        assert_eq!(page.texts("details dt"), ["Line 3", "Line 6"], "as the list was brought");
        let look = page.form("main form[method=post]").set("do", "look").clone();
        page = app.page(&app.submit(&look).await.location()).await;
    }
    let mut form = page.form("main form[method=post]");
    assert!(form.get("text").unwrap().trim_end().ends_with(&format!("nobody,{long}")));
    form.set("text", "email,name\nbob@u.test,Bob\nnobody,N").set("do", "look");
    let page = app.page(&app.submit(&form).await.location()).await;
    assert_eq!(page.texts("details dt"), ["Line 3"], "as it stands in the field now");
    app.submit(&import_form(&page)).await.location();
    assert!(app.page(&waiting).await.words().contains("3 people of it"));
}
