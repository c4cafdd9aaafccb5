//! `colloquy doctor` with a name server and a mail server of its own.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::path::Path;
use std::process::{Command, Output};

use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, TXT};
use hickory_resolver::proto::rr::{RData, Record, RecordType};

/// A name server that knows these texts, and one address for every name.
fn name_server(texts: &[(&str, String)]) -> SocketAddr {
    let texts: BTreeMap<String, String> =
        texts.iter().map(|(name, text)| (format!("{name}."), text.clone())).collect();
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let place = socket.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok((length, from)) = socket.recv_from(&mut buffer) {
            let asked = Message::from_vec(&buffer[..length]).unwrap();
            let query = asked.queries[0].clone();
            let name = query.name().clone();
            let mut answer = Message::response(asked.metadata.id, asked.metadata.op_code);
            answer.add_query(query.clone());
            let data = match query.query_type() {
                RecordType::A => Some(RData::A(A::new(127, 0, 0, 1))),
                RecordType::TXT => texts.get(&name.to_utf8().to_lowercase()).map(|text| {
                    // A text longer than 255 bytes comes in pieces.
                    let pieces = text.as_bytes().chunks(200).map(<[u8]>::to_vec);
                    let pieces = pieces.map(|piece| String::from_utf8(piece).unwrap());
                    RData::TXT(TXT::new(pieces.collect()))
                }),
                _ => None,
            };
            match data {
                Some(data) => drop(answer.add_answer(Record::from_rdata(name, 60, data))),
                None => answer.metadata.response_code = ResponseCode::NXDomain,
            }
            socket.send_to(&answer.to_vec().unwrap(), from).unwrap();
        }
    });
    place
}

/// A mail server that lets in whoever signs in, or nobody.
fn mail_server(lets_in: bool) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut write = stream.try_clone().unwrap();
            write.write_all(b"220 mail.test ESMTP\r\n").unwrap();
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                let answer = match line.get(..4) {
                    Some("EHLO") => "250-mail.test\r\n250 AUTH PLAIN LOGIN\r\n",
                    Some("AUTH") if lets_in => "235 2.7.0 in\r\n",
                    Some("AUTH") => "535 5.7.8 who are you\r\n",
                    _ => "221 bye\r\n",
                };
                write.write_all(answer.as_bytes()).unwrap();
            }
        }
    });
    place
}

fn doctor(home: &Path, dns: SocketAddr, settings: &str) -> (Output, String) {
    std::fs::write(home.join("c.toml"), settings).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_colloquy"))
        .args(["doctor", "--dns", &dns.to_string(), "--config", "c.toml", "--data", "data"])
        .current_dir(home)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    (output, text)
}

fn key(name: &str) -> String {
    format!("{}/tests/data/dkim/{name}.pem", env!("CARGO_MANIFEST_DIR"))
}

/// The lines that begin with this verdict and thing.
fn has(text: &str, verdict: &str, of: &str) -> bool {
    text.lines().any(|line| {
        line.strip_prefix(verdict).is_some_and(|rest| rest.trim_start().starts_with(of))
    })
}

#[test]
fn a_doctor_finds_what_is_well() {
    let home = tempfile::tempdir().unwrap();
    let mail = mail_server(true);
    let settings = format!(
        "[mail]\nurl = 'smtp://ada:secret@{mail}'\nfrom = 'Talk <talk@post.example.org>'\n\
         [dkim]\nrsa_key = '{}'\ned25519_key = '{}'\n",
        key("rsa"),
        key("ed25519")
    );
    // What it says has to stand in the DNS is put there.
    let (output, text) = doctor(home.path(), name_server(&[]), &settings);
    assert!(!output.status.success(), "{text}");
    assert!(has(&text, "FAULT", "DKIM") && has(&text, "mind", "SPF"), "{text}");
    assert!(has(&text, "mind", "DMARC") && has(&text, "mind", "public address"), "{text}");
    let mut lines = text.lines().map(str::trim);
    let mut records = vec![];
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("Put this as TXT at ") {
            records.push((name.trim_end_matches(':'), lines.next().unwrap().to_owned()));
        }
    }
    assert_eq!(records.len(), 3, "two keys and DMARC: {text}");
    // The rule of the domain above holds for those under it.
    records[2].0 = "_dmarc.example.org";
    records.push(("post.example.org", "v=spf1 mx -all".to_owned()));
    let (output, text) = doctor(home.path(), name_server(&records), &settings);
    assert!(output.status.success(), "{text}{output:?}");
    assert!(text.contains("answers and lets us in"), "{text}");
    assert_eq!(text.matches("has our key").count(), 2, "{text}");
    for of in ["data folder", "database", "clock", "SPF", "DMARC", "mail server"] {
        assert!(has(&text, "well", of), "{of}: {text}");
    }
    assert!(!text.contains("secret"), "a password is never shown");
}

#[test]
fn a_doctor_says_what_does_not_work_and_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let mail = mail_server(false);
    let settings = format!(
        "[server]\npublic_url = 'http://127.0.0.1:1'\n\
         [mail]\nurl = 'smtp://ada:secret@{mail}'\nfrom = 'Talk <talk@example.org>'\n\
         [dkim]\nrsa_key = '{}'\n",
        key("rsa")
    );
    let records = [
        ("example.org", "v=spf1 +all".to_owned()),
        ("colloquy._domainkey.example.org", "v=DKIM1; k=rsa; p=AAAA".to_owned()),
    ];
    let (output, text) = doctor(home.path(), name_server(&records), &settings);
    assert!(!output.status.success());
    assert!(text.contains("who are you") && text.contains("user and password"), "{text}");
    assert!(text.contains("has another key"), "{text}");
    assert!(text.contains("lets everybody send"), "{text}");
    assert!(has(&text, "mind", "public address") && text.contains("does not answer now"), "{text}");

    // Nobody answers: nothing is said to be wrong for that.
    let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
    let settings = "[mail]\nfrom = 'Talk <talk@example.org>'\n";
    let (output, text) = doctor(home.path(), silent.local_addr().unwrap(), settings);
    assert!(output.status.success(), "{text}");
    assert!(has(&text, "?", "SPF") && has(&text, "?", "DMARC"), "{text}");
    assert!(text.contains("mails are written to"), "{text}");
}
