//! Everything the desk can do, a program can: each address of the desk that changes something
//! has its operation here, or the reason why it has none.

use std::collections::BTreeSet;

use colloquy::web::api::operations::OPERATIONS;
use colloquy::web::routes::{ADDRESSES, Address};

/// What is done at the desk, and with which operations a program does it.
const SAME: &[(&str, &[&str])] = &[
    // The name; not the address, with which an account signs in: a token that leaks must not
    // take it over.
    ("/desk/account", &["patch /account"]),
    ("/desk/account/tokens", &["post /tokens"]),
    ("/desk/account/tokens/{id}/revoke", &["delete /tokens/{id}"]),
    ("/desk/new", &["post /articles"]),
    ("/desk/new/polis", &["post /polis"]),
    ("/desk/new/import", &["post /imports"]),
    ("/desk/example", &["post /examples"]),
    ("/desk/q/{slug}/article", &["post /questionnaires/{slug}/article/questions"]),
    ("/desk/q/{slug}/article/images", &["put /questionnaires/{slug}/article/images"]),
    ("/desk/q/{slug}/article/images/remove", &["delete /questionnaires/{slug}/article/images"]),
    ("/desk/q/{slug}/article/newer", &["post /questionnaires/{slug}/article/newer"]),
    ("/desk/q/{slug}/article/newer/{id}", &["post /questionnaires/{slug}/article/newer/{id}/take"]),
    ("/desk/q/{slug}/questionnaire", &["put /questionnaires/{slug}/document"]),
    ("/desk/q/{slug}/settings", &["patch /questionnaires/{slug}"]),
    (
        "/desk/q/{slug}/logo",
        &["put /questionnaires/{slug}/logo", "delete /questionnaires/{slug}/logo"],
    ),
    (
        "/desk/q/{slug}/changes",
        &["post /questionnaires/{slug}/changes", "delete /questionnaires/{slug}/changes"],
    ),
    ("/desk/q/{slug}/history/{number}", &["post /questionnaires/{slug}/history/{number}"]),
    ("/desk/q/{slug}/duplicate", &["post /questionnaires/{slug}/duplicate"]),
    ("/desk/q/{slug}/webhooks", &["post /questionnaires/{slug}/webhooks"]),
    (
        "/desk/q/{slug}/webhooks/{id}",
        &[
            "patch /questionnaires/{slug}/webhooks/{id}",
            "delete /questionnaires/{slug}/webhooks/{id}",
            "post /questionnaires/{slug}/webhooks/{id}/secret",
            "post /questionnaires/{slug}/webhooks/{id}/test",
            "post /questionnaires/{slug}/webhooks/{id}/deliveries/{delivery}/again",
        ],
    ),
    ("/desk/q/{slug}/publish", &["post /questionnaires/{slug}/publish"]),
    ("/desk/q/{slug}/close", &["post /questionnaires/{slug}/close"]),
    ("/desk/q/{slug}/demo", &["post /questionnaires/{slug}/example"]),
    (
        "/desk/q/{slug}/invitations/contacts",
        &["post /contact-imports", "post /contact-imports/{id}/import"],
    ),
    ("/desk/q/{slug}/invitations/send", &["post /questionnaires/{slug}/invitations/send"]),
    ("/desk/q/{slug}/invitations/remind", &["post /questionnaires/{slug}/invitations/remind"]),
    ("/desk/q/{slug}/campaigns", &["post /questionnaires/{slug}/campaigns"]),
    (
        "/desk/q/{slug}/campaigns/{id}",
        &[
            "put /questionnaires/{slug}/campaigns/{id}",
            "post /questionnaires/{slug}/campaigns/{id}/test",
        ],
    ),
    (
        "/desk/q/{slug}/campaigns/{id}/turn",
        &[
            "post /questionnaires/{slug}/campaigns/{id}/turn",
            "delete /questionnaires/{slug}/campaigns/{id}",
        ],
    ),
    ("/desk/q/{slug}/responses/{id}", &["patch /questionnaires/{slug}/responses/{id}"]),
    ("/desk/q/{slug}/statements", &["post /questionnaires/{slug}/statements"]),
    ("/desk/q/{slug}/themes/{key}", &["post /questionnaires/{slug}/themes/{key}/edits"]),
    (
        "/desk/q/{slug}/themes/{key}/suggest",
        &[
            "post /questionnaires/{slug}/themes/{key}/suggestions",
            "delete /questionnaires/{slug}/themes/{key}/suggestions",
        ],
    ),
    (
        "/desk/q/{slug}/themes/{key}/suggestions",
        &["post /questionnaires/{slug}/themes/{key}/suggestions/take"],
    ),
    ("/desk/q/{slug}/brief/edit", &["put /questionnaires/{slug}/brief/edits"]),
    ("/desk/q/{slug}/brief/sign", &["put /questionnaires/{slug}/brief/signature"]),
    ("/desk/q/{slug}/brief/publish", &["post /questionnaires/{slug}/brief/versions"]),
    ("/desk/q/{slug}/brief/unpublish", &["delete /questionnaires/{slug}/brief/versions/{number}"]),
    (
        "/desk/q/{slug}/discussion",
        &["put /questionnaires/{slug}/discussion", "post /questionnaires/{slug}/discussion/groups"],
    ),
    ("/desk/q/{slug}/discussion/groups", &["post /questionnaires/{slug}/discussion/groups"]),
    ("/desk/q/{slug}/discussion/stop", &["delete /questionnaires/{slug}/discussion/search"]),
    ("/desk/q/{slug}/discussion/change", &["post /questionnaires/{slug}/discussion/changes"]),
    (
        "/desk/q/{slug}/discussion/people",
        &[
            "post /questionnaires/{slug}/discussion/people",
            "patch /questionnaires/{slug}/discussion/people/{participant}",
            "post /questionnaires/{slug}/discussion/times",
        ],
    ),
    ("/desk/q/{slug}/discussion/invite", &["post /questionnaires/{slug}/discussion/invitations"]),
    ("/desk/q/{slug}/discussion/guides", &["post /questionnaires/{slug}/discussion/guides"]),
    (
        "/desk/q/{slug}/discussion/{group}/meeting",
        &["put /questionnaires/{slug}/discussion/groups/{group}/meeting"],
    ),
    (
        "/desk/q/{slug}/discussion/{group}/notes",
        &["put /questionnaires/{slug}/discussion/groups/{group}/notes"],
    ),
    (
        "/desk/q/{slug}/discussion/{group}/guide/edit",
        &["put /questionnaires/{slug}/discussion/groups/{group}/guide"],
    ),
    ("/desk/q/{slug}/echo", &["put /questionnaires/{slug}/echo"]),
    ("/desk/q/{slug}/echo/poll", &["put /questionnaires/{slug}/echo/poll"]),
    ("/desk/q/{slug}/echo/publish", &["post /questionnaires/{slug}/echo/versions"]),
    ("/desk/q/{slug}/echo/unpublish", &["delete /questionnaires/{slug}/echo/versions"]),
    ("/desk/q/{slug}/people/invite", &["post /questionnaires/{slug}/colleagues"]),
    ("/desk/q/{slug}/people/take-back", &["delete /questionnaires/{slug}/colleagues/{id}"]),
    ("/desk/q/{slug}/people/role", &["patch /questionnaires/{slug}/members/{id}"]),
    ("/desk/q/{slug}/people/remove", &["delete /questionnaires/{slug}/members/{id}"]),
    ("/desk/q/{slug}/people/leave", &["post /questionnaires/{slug}/leave"]),
    ("/desk/q/{slug}/people/hand-over", &["put /questionnaires/{slug}/handover"]),
    ("/desk/q/{slug}/people/keep", &["delete /questionnaires/{slug}/handover"]),
    ("/desk/q/{slug}/people/take-over", &["post /questionnaires/{slug}/handover/accept"]),
    ("/desk/q/{slug}/delete", &["delete /questionnaires/{slug}"]),
    ("/desk/q/{slug}/restore", &["post /questionnaires/{slug}/restore"]),
    ("/desk/contacts", &["post /contact-deeds"]),
    ("/desk/contacts/import", &["post /contact-imports"]),
    (
        "/desk/contacts/import/{id}",
        &[
            "patch /contact-imports/{id}",
            "post /contact-imports/{id}/import",
            "delete /contact-imports/{id}",
        ],
    ),
    (
        "/desk/contacts/lists",
        &["post /contact-lists", "patch /contact-lists/{id}", "delete /contact-lists/{id}"],
    ),
    (
        "/desk/contacts/{id}",
        &[
            "patch /contacts/{id}",
            "put /contacts/{id}/suppression",
            "delete /contacts/{id}/suppression",
        ],
    ),
    ("/desk/contacts/{id}/erase", &["delete /contacts/{id}"]),
];

/// What no program does, and why.
const NOT_FOR_PROGRAMS: &[(&str, &str)] = &[
    ("/desk/q/{slug}/campaigns/{id}/preview", "it changes nothing: it shows a form as typed"),
    ("/desk/account/passkeys/begin", "a passkey is made by a person with a device"),
    ("/desk/account/passkeys", "a passkey is made by a person with a device"),
    ("/desk/account/passkeys/{id}/remove", "a token that leaks must not shut its owner out"),
    ("/desk/account/password", "a token that leaks must not shut its owner out"),
    ("/desk/account/sessions", "it is about browsers"),
    ("/desk/account/delete", "a token that leaks must not delete its owner"),
    ("/desk/account/restore", "only who may delete can restore"),
    ("/desk/account/elsewhere", "a token that leaks must not shut its owner out"),
];

fn name(of: &Address) -> String {
    format!("{} {}", of.method, of.path.trim_start_matches("/api/v1"))
}

#[test]
fn everything_that_is_done_at_the_desk_a_program_can_do() {
    let operations: BTreeSet<String> = OPERATIONS.iter().map(|one| name(&one.address)).collect();
    let desk = ADDRESSES.iter().filter(|line| line.path.starts_with("/desk"));
    for line in desk.clone().filter(|line| line.method != "get") {
        let left = NOT_FOR_PROGRAMS.iter().any(|(path, _)| *path == line.path);
        if left {
            continue;
        }
        let same = SAME.iter().find(|(path, _)| *path == line.path);
        let (_, by) = same.unwrap_or_else(|| panic!("{} has no operation", line.path));
        for operation in *by {
            assert!(operations.contains(*operation), "{}: no {operation}", line.path);
        }
    }
    let there: BTreeSet<_> = desk.filter(|line| line.method != "get").map(|l| l.path).collect();
    let told = SAME.iter().map(|(path, _)| path).chain(NOT_FOR_PROGRAMS.iter().map(|(p, _)| p));
    for path in told {
        assert!(there.contains(path), "{path} is no longer there");
    }
}

/// Where the desk does more than the operation that stands for it, or the same in two ways.
const OTHER_WORDS: &[&str] = &[
    "/desk/account",
    "/desk/q/{slug}/questionnaire",
    "/desk/contacts/lists",
    "/desk/q/{slug}/invitations/contacts",
    "/desk/q/{slug}/discussion/people",
];

#[test]
fn what_was_done_is_told_in_the_same_words_whoever_did_it() {
    let deed = |wanted: &str| {
        let found = OPERATIONS.iter().find(|one| name(&one.address) == wanted).unwrap();
        found.address.deed
    };
    for (path, by) in SAME.iter().filter(|(path, _)| !OTHER_WORDS.contains(path)) {
        let line = ADDRESSES.iter().find(|line| line.path == *path && line.method != "get");
        let desk = line.unwrap().deed;
        let said: Vec<&str> = by.iter().map(|one| deed(one)).collect();
        assert!(said.contains(&desk), "{path}: {desk:?} is none of {said:?}");
    }
}
