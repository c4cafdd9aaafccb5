//! Who may do what: every line of the table of addresses, as each of the people, on a
//! questionnaire that has everything.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use colloquy::acts::bring_newer::keep_newer;
use colloquy::acts::set_up_webhook::{Wish, make_webhook};
use colloquy::article::{self, Format};
use colloquy::domain::email::Email;
use colloquy::domain::status::Arrival;
use colloquy::domain::token::{self, Opens};
use colloquy::domain::webhook::Event;
use colloquy::domain::{AddressChangeId, ArrivalId, ColleagueId, DraftId, Kind, OrganizerId, Role};
use colloquy::store::address_changes::{self, AddressChange};
use colloquy::store::colleagues::{self, Colleague};
use colloquy::store::drafts::{self, Draft};
use colloquy::store::{inbound, invitations, members, organizers, outbox, questionnaires};
use colloquy::web::routes::{ADDRESSES, Address, Who};

use crate::meetings::scene::Scene;
use crate::support::{Page, Visitor};

/// What a line of the table comes to for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comes {
    /// They are let through: whatever is said then is about what they sent.
    In,
    /// They have to sign in first.
    SignInFirst,
    /// For them there is nothing at this address.
    Nothing,
    /// Their role is too small, and the page says who can change it.
    TooSmall,
}

impl Comes {
    fn of(page: &Page) -> Self {
        match page.status {
            401 => Self::SignInFirst,
            303 if page.header("location").starts_with("/sign-in") => Self::SignInFirst,
            403 => Self::TooSmall,
            404 | 410 => Self::Nothing,
            status => {
                assert!(status < 500 && status != 429, "{} {status}: {}", page.path, page.words());
                Self::In
            }
        }
    }
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Person {
    /// No session, no link.
    Nobody,
    /// No session, and a link that is good.
    Reader,
    /// An organizer who has nothing to do with the questionnaire.
    Stranger,
    /// One who works with it.
    Member(Role),
}

/// What the table says; `of_owner`: the address names something that only the owner has.
fn expected(who: Who, person: Person, of_owner: bool) -> Comes {
    let organizer = matches!(person, Person::Stranger | Person::Member(_));
    match (who, who.role()) {
        (Who::Anyone, _) => Comes::In,
        (Who::Token, _) if person == Person::Reader => Comes::In,
        (Who::Token, _) => Comes::Nothing,
        _ if !organizer => Comes::SignInFirst,
        (_, Some(needed)) => match person {
            Person::Member(role) if role.may(needed) => Comes::In,
            Person::Member(_) => Comes::TooSmall,
            _ => Comes::Nothing,
        },
        _ if of_owner && person != Person::Member(Role::Owner) => Comes::Nothing,
        _ => Comes::In,
    }
}

/// Lines whose thing is not there even now: it takes a moment that has not come, an outside
/// service, or an answer that waits for a decision. Whoever may not is told so all the same.
const NOT_YET: &[(&str, &str)] = &[
    ("get", "/assets/{name}"),
    ("get", "/q/{slug}/echo"),
    ("get", "/q/{slug}/look/{name}"),
    ("get", "/q/{slug}/images/{name}"),
    ("get", "/desk/q/{slug}/images/{name}"),
    ("get", "/desk/q/{slug}/look/{name}"),
    ("get", "/g/{token}/poll"),
    ("post", "/g/{token}/poll"),
    ("post", "/g/{token}/notes"),
    ("get", "/sign-in/openid"),
    ("get", "/sign-in/{token}"),
    ("post", "/sign-in/{token}"),
    ("post", "/inbound/mail"),
    ("post", "/desk/account/passkeys/{id}/remove"),
    ("get", "/desk/q/{slug}/themes/{key}/suggest"),
    ("post", "/desk/q/{slug}/themes/{key}/suggest"),
    ("post", "/desk/q/{slug}/themes/{key}/suggestions"),
    ("post", "/desk/account/tokens/{id}/revoke"),
    ("post", "/desk/q/{slug}/responses/{id}"),
    ("post", "/desk/q/{slug}/statements"),
];

/// What is sent with a form, where one without fields is about nothing.
fn sent(path: &str) -> &'static [(&'static str, &'static str)] {
    match path {
        "/desk/q/{slug}/themes/{key}" => &[("on", "0"), ("do", "start-over")],
        "/desk/contacts/lists" => &[("do", "make"), ("name", "Readers")],
        "/desk/contacts/{id}" => &[("do", "suppress")],
        "/g/{token}/answer" => &[("answer", "yes")],
        "/desk/q/{slug}/webhooks/{id}" => &[("then", "off")],
        _ => &[],
    }
}

/// The questionnaire, and what stands in the gaps of addresses.
struct Filled {
    scene: Scene,
    tokens: Vec<(&'static str, String)>,
    gaps: Vec<(&'static str, String)>,
}

impl Filled {
    async fn new() -> Self {
        let scene = Scene::of(&[3], 1).await;
        let (app, desk) = (&scene.app, &scene.desk);
        let (service, db) = (&app.service, app.service.store.read());
        scene.invite().await;
        let page = format!("{desk}/invitations");
        app.import(&page, "ada@example.org, Ada\n").await;
        app.submit(&app.page(&page).await.form_with_button("Invite 1 person")).await.location();
        let brought = app.bring("/desk/contacts/import", "bo@example.org\n").await;
        let mut form =
            app.page(&page).await.form_with_button("Choose whom, in your words, and when");
        let campaign = app.submit(form.set("aim", "invite")).await.location();
        let editor = app.page(&format!("{desk}/questionnaire")).await.form("form.editor");
        assert_eq!(app.submit(&editor).await.status, 303);
        let published = app.post_form(&format!("{desk}/brief/publish"), &[("note", "")]).await;
        assert_eq!(published.status, 303, "{}", published.words());

        let text = article::read("# Newer\n\nWhat now?\n", Format::Markdown).unwrap();
        let newer = keep_newer(service, &scene.of, text).await.unwrap().unwrap();

        let me = scene.organizer().await;
        let people = invitations::people(db, &service.secret, scene.of.id, scene.of.organizer_id)
            .await
            .unwrap();
        let invitation = people.iter().find_map(|person| person.invitation.clone()).unwrap();
        let contact = invitation.contact_id;
        let messages = outbox::page(db, &me, &[], 0, 5).await.unwrap();
        let (arrival, draft, joining) = arrived(&scene, me.id).await;
        let (confirm, change) = moving(&scene).await;

        let wish =
            Wish { address: "https://hooks.invalid/x".to_owned(), events: vec![Event::Test] };
        let hook = make_webhook(service, &scene.of, &wish).await.unwrap().unwrap();
        let seated = scene.participant(0);
        let response = seated.response_id.unwrap();
        let asked = questionnaires::asked(db, scene.of.id).await.unwrap();
        let of_kind = |open: bool| {
            let found = asked.iter().find(|one| matches!(one.wording.kind, Kind::Open(_)) == open);
            found.unwrap().key.clone()
        };
        let statements = asked.iter().find_map(|one| match &one.wording.kind {
            Kind::Statements(_) => Some((&one.key, one.wording.kind.lines())),
            _ => None,
        });
        let (key, lines) = statements.unwrap();
        let cross = format!("?rows={key}.{}&columns={key}.{}", lines[0].key, lines[1].key);
        let last = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        let host = scene.host_link(1).await;
        let secret = &service.secret;
        let gaps = vec![
            ("/desk/q/{slug}/campaigns/{id}", last(&campaign)),
            ("/desk/q/{slug}/article/newer/{id}", newer.to_string()),
            ("/desk/q/{slug}/responses/{id}", response.to_string()),
            ("/desk/q/{slug}/themes/{key}", of_kind(true)),
            ("/desk/q/{slug}/insight/{key}", of_kind(false)),
            ("/desk/q/{slug}/insight/cross.csv", cross),
            ("/desk/q/{slug}/exports/{file}", "responses.csv".to_owned()),
            ("/desk/q/{slug}/brief/{name}", "brief.md".to_owned()),
            ("/desk/q/{slug}/discussion/seats/{participant}", seated.id.to_string()),
            ("/desk/q/{slug}/discussion/{group}", scene.whole().await.groups[0].id.to_string()),
            ("/desk/q/{slug}/discussion/x/guide/{name}", "guide.md".to_owned()),
            ("/desk/q/{slug}/webhooks/{id}", hook.id.to_string()),
            ("/desk/contacts/import/{id}", last(&brought.path)),
            // One that nobody has: making one needs a browser.
            ("/desk/account/passkeys/{id}", uuid::Uuid::from_u128(1).to_string()),
            ("/desk/contacts/{id}", contact.to_string()),
            ("/desk/outbox/{id}", messages[0].id.to_string()),
            ("/desk/inbox/{id}", arrival.to_string()),
            ("/q/x/brief/1/{name}", "brief.md".to_owned()),
            ("/g/x/guide/{name}", "guide.md".to_owned()),
            ("/h/x/1/guide/{name}", "guide.md".to_owned()),
        ];
        let tokens = vec![
            ("/i/", secret.link(Opens::Invitation, invitation.id.0)),
            ("/r/", secret.link(Opens::Response, response.0)),
            ("/d/", draft),
            ("/g/", secret.link(Opens::Seat, seated.id.0)),
            ("/h/", last(&host)),
            ("/join/", joining),
            ("/address/", confirm),
            ("/keep-address/", secret.link(Opens::AddressBack, change.0)),
        ];
        Self { scene, tokens, gaps }
    }

    /// A viewer and an editor beside the owner.
    async fn team(&self) {
        let service = &self.scene.app.service;
        let tx = service.store.write().await.unwrap();
        for (address, role) in
            [("vera@example.org", Role::Viewer), ("ed@example.org", Role::Editor)]
        {
            let address = address.parse().unwrap();
            let who = organizers::by_address(&tx, &address).await.unwrap().unwrap();
            let now = service.clock.now();
            members::keep(&tx, self.scene.of.id, who.id, role, now).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// The address with everything in its gaps; the link in it is good for readers alone.
    fn path(&self, line: &Address, person: Person) -> String {
        let token = self.tokens.iter().find(|(room, _)| line.path.starts_with(room));
        let token = match token {
            Some((_, token)) if person == Person::Reader => token,
            // Another each time: whoever tries many forms with one link is held up.
            _ => &token::hash(&format!("{}{person:?}", line.path)),
        };
        let mut pieces: Vec<String> = vec![];
        for piece in line.path.split('/') {
            let (gap, after) = piece.split_once('}').unwrap_or((piece, ""));
            let filled = match gap {
                "{slug" => self.scene.of.slug.to_string(),
                "{token" => token.to_owned(),
                "{number" => "1".to_owned(),
                gap if gap.starts_with('{') => {
                    let of = |known: &str| same(known, line.path, &format!("{gap}}}"));
                    let known = self.gaps.iter().find(|(known, _)| of(known));
                    let (_, text) = known.unwrap_or(&("", "none".to_owned())).clone();
                    format!("{text}{after}")
                }
                _ => piece.to_owned(),
            };
            pieces.push(filled);
        }
        let query = self.gaps.iter().find(|(known, _)| *known == line.path);
        let query = query.map_or("", |(_, text)| if text.starts_with('?') { text } else { "" });
        format!("{}{query}", pieces.join("/"))
    }

    /// Asks as this person; nothing is read of an answer that may never end.
    async fn ask(&self, visitor: &Visitor, line: &Address, person: Person) -> Page {
        let url = visitor.url(&self.path(line, person));
        let request = match line.method {
            "get" => visitor.client.get(url),
            "head" => visitor.client.head(url),
            "post" => {
                let own = visitor.client.post(url).header("sec-fetch-site", "same-origin");
                own.form(sent(line.path))
            }
            other => panic!("{other} {}: a method that this test does not know", line.path),
        };
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = if status < 400 { String::new() } else { response.text().await.unwrap() };
        Page { path: format!("{} {}", line.method, line.path), status, headers, text }
    }
}

/// A mail that came in, a draft, and a colleague who is asked: the first by its id, the others by
/// their links.
async fn arrived(scene: &Scene, me: OrganizerId) -> (ArrivalId, String, String) {
    let service = &scene.app.service;
    let arrival = ArrivalId(service.clock.name());
    let draft = token::random(service.clock.bytes());
    let now = service.clock.now();
    let tx = service.store.write().await.unwrap();
    let mail = inbound::NewInbound {
        id: arrival,
        print: "print".to_owned(),
        way: "http",
        envelope: "{}".to_owned(),
        sender: "ada@example.org".to_owned(),
        subject: "Hello".to_owned(),
        raw: b"Subject: Hello\r\n\r\nHello".to_vec(),
        at: now,
    };
    assert!(inbound::insert(&tx, mail).await.unwrap());
    let found = inbound::Found {
        kind: Arrival::Letter,
        said: "It was handed on.".to_owned(),
        organizer: Some(me),
        questionnaire: Some(scene.of.id),
        message: None,
    };
    assert!(inbound::settle(&tx, arrival, &found, now).await.unwrap());
    let kept = Draft {
        id: DraftId(service.clock.random_name()),
        questionnaire_id: scene.of.id,
        invitation_id: None,
        token_hash: token::hash(&draft),
        language: "en".to_owned(),
        fields: "[]".to_owned(),
        updated_at: now,
        expires_at: now + TimeDelta::days(3),
    };
    drafts::keep(&tx, kept).await.unwrap();
    let joining = token::random(service.clock.bytes());
    let asked = Colleague {
        id: ColleagueId(service.clock.random_name()),
        questionnaire_id: scene.of.id,
        address: "new@example.org".parse().unwrap(),
        address_folded: "new@example.org".to_owned(),
        role: Role::Viewer,
        token_hash: token::hash(&joining),
        invited_by: me,
        created_at: now,
        expires_at: now + TimeDelta::days(3),
    };
    colleagues::keep(&tx, asked).await.unwrap();
    tx.commit().await.unwrap();
    (arrival, draft, joining)
}

/// Somebody who is about to sign in with another address: the token in the mail to it, and the id
/// of the change.
async fn moving(scene: &Scene) -> (String, AddressChangeId) {
    let service = &scene.app.service;
    let (who, now) = (OrganizerId(service.clock.name()), service.clock.now());
    let before = "mo@example.org".parse::<Email>().unwrap();
    let id = AddressChangeId(service.clock.random_name());
    let confirm = token::random(service.clock.bytes());
    let change = AddressChange {
        id,
        organizer_id: who,
        address: "mo.new@example.org".parse().unwrap(),
        before: before.clone(),
        confirm_hash: token::hash(&confirm),
        back_hash: token::hash(&service.secret.link(Opens::AddressBack, id.0)),
        session_hash: String::new(),
        asked_at: now,
        confirmed_at: None,
        expires_at: now + TimeDelta::days(1),
    };
    let tx = service.store.write().await.unwrap();
    organizers::insert(&tx, who, Some(before), "Mo", now).await.unwrap();
    address_changes::keep(&tx, change).await.unwrap();
    tx.commit().await.unwrap();
    (confirm, id)
}

/// Whether `known` names the gap at this place of `path`: `x` and `1` stand for other gaps.
fn same(known: &str, path: &str, gap: &str) -> bool {
    let mut wanted = path.split('/');
    for piece in known.split('/') {
        let Some(of) = wanted.next() else { return false };
        if piece == gap {
            return of.starts_with(gap);
        }
        if piece != of && !of.starts_with('{') {
            return false;
        }
    }
    false
}

#[tokio::test]
async fn every_address_lets_in_whom_the_table_names_and_nobody_else() {
    let filled = Filled::new().await;
    let app = &filled.scene.app;
    let (nobody, stranger) = (app.stranger(), app.another_organizer("eve@example.org").await);
    let viewer = app.another_organizer("vera@example.org").await;
    let editor = app.another_organizer("ed@example.org").await;
    filled.team().await;

    // Looking first, then doing; and whoever may not, before whoever may.
    let people = [
        (Person::Nobody, &nobody),
        (Person::Stranger, &stranger),
        (Person::Member(Role::Viewer), &viewer),
        (Person::Member(Role::Editor), &editor),
        (Person::Member(Role::Owner), &**app),
        (Person::Reader, &nobody),
    ];
    let mut wrong = vec![];
    for changing in [false, true] {
        // Programs have tokens: see `api`.
        let pages = ADDRESSES.iter().filter(|line| !line.path.starts_with("/api/v1/"));
        for line in pages.filter(|line| (line.method == "post") == changing) {
            let of_owner = line.who == Who::SignedIn && line.path.contains('{');
            for (person, visitor) in people {
                // Of what is for everybody it is enough to be nobody.
                if line.who == Who::Anyone && person != Person::Nobody {
                    continue;
                }
                // A link can make an account: readers come with a browser of their own each time.
                let fresh = app.stranger();
                let visitor = if person == Person::Reader { &fresh } else { visitor };
                let page = filled.ask(visitor, line, person).await;
                let (comes, wanted) = (Comes::of(&page), expected(line.who, person, of_owner));
                let later = NOT_YET.contains(&(line.method, line.path));
                if comes != wanted && !(later && comes == Comes::Nothing) {
                    wrong.push(format!("{} as {person:?}: {comes:?}, not {wanted:?}", page.path));
                }
                if line.path.ends_with("/leave") {
                    filled.team().await;
                }
                if comes == Comes::TooSmall {
                    let owner = filled.scene.organizer().await.shown();
                    assert!(page.words().contains(&owner), "{}: {}", page.path, page.words());
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_address_of_a_questionnaire_asks_for_a_role_and_every_change_has_a_word() {
    for line in ADDRESSES {
        let at = format!("{} {}", line.method, line.path);
        let program = line.path.starts_with("/api/v1/") && line.who != Who::Anyone;
        let desk = line.path.starts_with("/desk") || program;
        let of_one = ["/desk/q/{slug}", "/api/v1/questionnaires/{slug}"];
        let of_one = of_one.iter().any(|room| line.path.starts_with(room));
        assert_eq!(of_one, line.who.role().is_some(), "{at}");
        assert_eq!(desk, line.who.role().is_some() || line.who == Who::SignedIn, "{at}");
        assert!(line.method != "get" || line.deed.is_empty(), "{at}");
        // What is only looked at, and sent because it is long.
        let looks = line.path.ends_with("/preview");
        // Whoever joins becomes one who is written down; a mail about an account says whose it is.
        let by_mail = ["/join/{token}", "/address/{token}", "/keep-address/{token}"];
        let changes = desk || by_mail.contains(&line.path);
        assert_eq!(changes && line.method != "get" && !looks, !line.deed.is_empty(), "{at}");
    }
    let pairs: BTreeSet<_> = ADDRESSES.iter().map(|line| (line.method, line.path)).collect();
    assert_eq!(pairs.len(), ADDRESSES.len());
}
