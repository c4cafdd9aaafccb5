//! What others make of our mails: programs that check signatures, and one that looks for spam.
//! `tests/run` installs them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use chrono::{DateTime, Utc};
use colloquy::mail::dkim::Signer;
use colloquy::mail::mailbox::mailbox;
use colloquy::mail::message::{Envelope, build, message_id};
use colloquy::mail::samples::samples;
use colloquy::words::Words;
use uuid::Uuid;

use crate::support::TestApp;

const DOMAIN: &str = "talk.example.org";

fn signer() -> Signer {
    let mut signer = Signer::new(DOMAIN);
    for (selector, name) in [("colloquy", "rsa"), ("colloquy-ed25519", "ed25519")] {
        let file = here(&format!("tests/data/dkim/{name}.pem"));
        signer.add(selector, &std::fs::read(file).unwrap()).unwrap();
    }
    signer
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every mail in every language, as it leaves: its name and its bytes.
fn mails() -> Vec<(String, Vec<u8>)> {
    let date: DateTime<Utc> = "2026-11-20T09:30:00Z".parse().unwrap();
    let mut mails = vec![];
    for language in ["en", "zh"] {
        for (number, (name, content)) in (0..).zip(samples(Words::of(language))) {
            let asked_for = ["sign in", "draft", "receipt", "forward", "webhook off", "colleague"];
            let asked_for = asked_for.contains(&name);
            let stop = format!("https://{DOMAIN}/i/{}/stop", "k".repeat(22));
            let (of, tag) = ("a".repeat(26), "b".repeat(16));
            let stop_to = format!("discuss+u.{of}.{tag}@{DOMAIN}").parse().unwrap();
            let envelope = Envelope {
                from: mailbox("海外独角兽", &format!("discuss@{DOMAIN}")).unwrap(),
                reply_to: Some(mailbox("Ada Lovelace", "ada@example.net").unwrap()),
                to: mailbox("王薇", "wei@example.com").unwrap(),
                message_id: message_id("mail", Uuid::from_u128(number), DOMAIN),
                date,
                list_id: (!asked_for).then(|| format!("q7.{DOMAIN}")),
                unsubscribe: (!asked_for).then_some(stop),
                unsubscribe_to: (!asked_for).then_some(stop_to),
                auto_submitted: true,
            };
            let raw = build(&envelope, &content).unwrap();
            let name = format!("{}-{language}", name.replace(' ', "-"));
            mails.push((name, signer().sign(&raw, date).unwrap()));
        }
    }
    mails
}

/// Runs a judge, which has to be there.
fn judge(program: &Path, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|e| panic!("{}: {e}; tests/run gets it", program.display()));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{}: {errors} (tests/run gets what it needs)",
        program.display()
    );
    String::from_utf8(output.stdout).unwrap()
}

/// What a program says of the signatures of these mails, a line for each.
fn judged(home: &Path, script: &str, mails: &[String]) -> String {
    let records: Vec<String> =
        signer().records().iter().map(|r| format!("{}\t{}\n", r.name, r.text)).collect();
    let file = home.join("records");
    std::fs::write(&file, records.concat()).unwrap();
    let program = match script.rsplit_once('.') {
        Some((_, "py")) => here("target/judges/bin/python3"),
        _ => PathBuf::from("perl"),
    };
    let script = here(&format!("tests/judges/{script}"));
    let mut arguments = vec![script.to_str().unwrap(), file.to_str().unwrap()];
    arguments.extend(mails.iter().map(String::as_str));
    let said = judge(&program, &arguments);
    assert_eq!(said.lines().count(), mails.len(), "{said}");
    said
}

#[test]
fn others_find_the_signatures_good_and_those_of_changed_mails_false() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let (mut good, mut changed) = (vec![], vec![]);
    for (name, raw) in mails() {
        good.push(at(&format!("{name}.eml")));
        std::fs::write(good.last().unwrap(), &raw).unwrap();
        let text = String::from_utf8(raw).unwrap();
        // One letter of the text, and one of the headers.
        let body = text.len() - 60;
        let letter =
            body + text.bytes().skip(body).position(|byte| byte.is_ascii_lowercase()).unwrap();
        let mut other = text.clone().into_bytes();
        other[letter] = other[letter].to_ascii_uppercase();
        for (which, copy) in [
            ("body", other),
            ("subject", text.replacen("\r\nSubject: ", "\r\nSubject: x", 1).into_bytes()),
            (
                "second",
                text.replacen("\r\nFrom: ", "\r\nFrom: eve@example.com\r\nFrom: ", 1).into_bytes(),
            ),
        ] {
            changed.push(at(&format!("{name}-{which}.eml")));
            std::fs::write(changed.last().unwrap(), copy).unwrap();
        }
    }
    let run = |script: &str, mails: &[String]| judged(home.path(), script, mails);
    for line in run("signatures.py", &good).lines() {
        assert!(line.ends_with(" rsa:pass ed25519:pass"), "{line}");
    }
    for line in run("signatures.py", &changed).lines() {
        assert!(line.ends_with(" rsa:fail ed25519:fail"), "{line}");
    }
    for line in run("signatures.pl", &good).lines() {
        assert!(line.ends_with(" rsa:pass"), "{line}");
    }
    for line in run("signatures.pl", &changed).lines() {
        assert!(line.contains(" rsa:") && !line.contains("pass"), "{line}");
    }
}

#[test]
fn others_read_the_appointments() {
    let home = tempfile::tempdir().unwrap();
    let mut files = vec![];
    for (name, raw) in mails() {
        files.push(home.path().join(format!("{name}.eml")).to_str().unwrap().to_owned());
        std::fs::write(files.last().unwrap(), raw).unwrap();
    }
    let mut read = 0;
    for line in judged(home.path(), "calendars.py", &files).lines() {
        let (file, calendars) = line.split_once(' ').unwrap_or((line, ""));
        let method = if file.contains("cancelled") { "CANCEL" } else { "REQUEST" };
        // Shown, and attached: one event, one attendee, the method told twice, no error.
        let both = format!("{method}:1:True:True:0 {method}:1:True:True:0");
        assert!(calendars.is_empty() || calendars == both, "{line}");
        read += usize::from(!calendars.is_empty());
    }
    assert_eq!(read, 6, "three kinds of mail in two languages have one");
}

#[tokio::test]
async fn what_leaves_is_signed_with_the_keys_that_are_set() {
    let app = TestApp::spawn_with(|settings| {
        settings.dkim.rsa_key = here("tests/data/dkim/rsa.pem");
        settings.dkim.ed25519_key = here("tests/data/dkim/ed25519.pem");
        settings.mail.from = format!("Talk <talk@{DOMAIN}>").parse().unwrap();
    })
    .await;
    app.sign_in().await;
    app.post_form("/desk/account", &[("name", "Ada"), ("address", "ada@example.org")]).await;
    app.stranger().post_form("/sign-in", &[("address", "ada@example.org")]).await;
    let folder = app.home.path().join("outbox");
    let mut left = vec![];
    for _ in 0..200 {
        let files = std::fs::read_dir(&folder).into_iter().flatten().flatten();
        left = files
            .map(|file| file.path())
            .filter(|path| path.extension() == Some("eml".as_ref()))
            .collect();
        if !left.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let said = judged(app.home.path(), "signatures.py", &[left[0].to_str().unwrap().to_owned()]);
    assert!(said.ends_with(" rsa:pass ed25519:pass\n"), "{said}");
}

/// RFC 8058, 3.1: the signature has to cover both headers, or no button is shown.
#[test]
fn the_way_to_unsubscribe_is_signed() {
    for (name, raw) in mails() {
        let text = String::from_utf8(raw).unwrap();
        let lists = text.contains("\r\nList-Unsubscribe: ");
        for signature in text.split("DKIM-Signature: ").skip(1) {
            let names = signature.split_once("h=").unwrap().1.split_once(';').unwrap().0;
            for header in ["List-Unsubscribe", "List-Unsubscribe-Post"] {
                let signed = names.split(':').any(|other| other.trim() == header);
                assert_eq!(signed, lists, "{name}: {header}");
            }
        }
    }
}

/// At most half a point for each, of the five at which a mail counts as spam.
#[test]
fn no_mail_looks_like_spam() {
    let home = tempfile::tempdir().unwrap();
    let mut mails = mails();
    // One that does, so that a judge who is not awake is noticed.
    let bad =
        b"From: x@example.org\r\nReply-To: y@example.org\r\nSubject: FREE MONEY\r\n\r\nBUY NOW\r\n";
    mails.push(("spam".to_owned(), bad.to_vec()));
    let mut mbox = vec![];
    for (_, raw) in &mails {
        mbox.extend(b"From discuss@talk.example.org Fri Nov 20 09:30:00 2026\n");
        // As the server of the addressee got it.
        mbox.extend(
            b"Received: from talk.example.org (talk.example.org [192.0.2.10])\n\
            \tby mx.example.com with ESMTPS id 4Xy7; Fri, 20 Nov 2026 09:30:02 +0000\n",
        );
        let text = String::from_utf8(raw.clone()).unwrap().replace("\r\n", "\n");
        mbox.extend(text.replace("\nFrom ", "\n>From ").into_bytes());
        mbox.push(b'\n');
    }
    let file = home.path().join("mails.mbox");
    std::fs::write(&file, mbox).unwrap();
    let settings = home.path().to_str().unwrap();
    let arguments = [
        "-L",
        "-t",
        "--mbox",
        // 192.0.2.x is a network for examples.
        "--cf=score RCVD_ILLEGAL_IP 0",
        "--cf=use_bayes 0",
        "--prefspath",
        &format!("{settings}/prefs"),
        "--siteconfigpath",
        "/etc/spamassassin",
        file.to_str().unwrap(),
    ];
    let said = judge(Path::new("spamassassin"), &arguments);
    let statuses: Vec<(f64, &str)> = said
        .lines()
        .filter_map(|line| line.strip_prefix("X-Spam-Status: "))
        .map(|status| {
            let (_, after) = status.split_once("score=").unwrap();
            (after.split(' ').next().unwrap().parse().unwrap(), status)
        })
        .collect();
    assert_eq!(statuses.len(), mails.len(), "{said}");
    // In which order it judges is its own affair.
    let bad: Vec<_> = statuses.iter().filter(|(score, _)| *score > 0.5).collect();
    assert!(bad.len() == 1 && bad[0].0 > 2.0, "{bad:#?}\n{said}");
}
