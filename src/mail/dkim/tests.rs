use ring::signature::{ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

use super::*;

const RSA: &[u8] = include_bytes!("../../../tests/data/dkim/rsa.pem");
const ED25519_KEY: &[u8] = include_bytes!("../../../tests/data/dkim/ed25519.pem");

/// The message of RFC 8463, appendix A.3, with one of its signatures.
const SIGNED_IN_THE_RFC: &str = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n \
d=football.example.com; i=@football.example.com;\r\n \
q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n \
subject : date : message-id : from : subject : date;\r\n \
bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n \
b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r\n \
Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r\n\
From: Joe SixPack <joe@football.example.com>\r\n\
To: Suzie Q <suzie@shopping.example.net>\r\n\
Subject: Is dinner ready?\r\n\
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n\
Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n\
\r\n\
Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

fn signer() -> Signer {
    let mut signer = Signer::new("football.example.com");
    signer.add("brisbane", RSA).unwrap();
    signer.add("test.ed", ED25519_KEY).unwrap();
    signer
}

/// What a signature covers, and its value, as whoever receives the mail works them out from its
/// headers.
fn covered(mail: &[u8], which: usize) -> (Vec<u8>, Vec<u8>, String) {
    let (headers, _) = relaxed::parts(mail);
    let signature = String::from_utf8(headers[which].to_vec()).unwrap();
    let (before, value) = signature.split_once(" b=").unwrap();
    let names = before.split_once("h=").unwrap().1.split_once(';').unwrap().0;
    let mut left: Vec<&[u8]> = headers.clone();
    let mut input = vec![];
    for name in names.split(':').map(str::trim) {
        if let Some(place) = left.iter().rposition(|header| relaxed::is_named(header, name)) {
            input.extend(relaxed::header(left.remove(place)));
            input.extend(b"\r\n");
        }
    }
    input.extend(relaxed::header(format!("{before} b=").as_bytes()));
    let value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    let hash = before.split_once("bh=").unwrap().1.split_once(';').unwrap().0.to_owned();
    (input, STANDARD.decode(value).unwrap(), hash)
}

#[test]
fn the_forms_are_those_of_the_rfc() {
    // RFC 6376, 3.4.5.
    let (headers, body) =
        relaxed::parts(b"A: X \r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n");
    let written: Vec<Vec<u8>> = headers.iter().map(|header| relaxed::header(header)).collect();
    assert_eq!(written, [b"a:X".to_vec(), b"b:Y Z".to_vec()]);
    assert_eq!(relaxed::body(body), b" C\r\nD E\r\n");
    for empty in ["", "\r\n", "\r\n\r\n", "  \r\n\t\r\n"] {
        assert_eq!(relaxed::body(empty.as_bytes()), b"", "{empty:?}");
    }
    assert_eq!(relaxed::body(b"no line end"), b"no line end\r\n");
}

#[test]
fn the_signature_printed_in_the_rfc_fits_what_we_would_sign() {
    let (input, value, hash) = covered(SIGNED_IN_THE_RFC.as_bytes(), 0);
    let (_, body) = relaxed::parts(SIGNED_IN_THE_RFC.as_bytes());
    assert_eq!(hash, STANDARD.encode(Sha256::digest(relaxed::body(body))));
    let public = STANDARD.decode("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=").unwrap();
    let key = UnparsedPublicKey::new(&ED25519, public);
    key.verify(&Sha256::digest(input), &value).unwrap();
}

#[test]
fn a_mail_is_signed_with_each_key_and_the_same_each_time() {
    let mail = SIGNED_IN_THE_RFC.split_once("==\r\n").unwrap().1;
    let signed = signer().sign(mail.as_bytes(), at()).unwrap();
    assert_eq!(signed, signer().sign(mail.as_bytes(), at()).unwrap());
    assert!(signed.ends_with(mail.as_bytes()));
    let text = String::from_utf8(signed.clone()).unwrap();
    assert!(text.lines().all(|line| line.len() <= 78), "{text}");
    let records = signer().records();
    assert_eq!(records[1].name, "test.ed._domainkey.football.example.com");
    let public =
        |which: usize| STANDARD.decode(records[which].text.split_once("p=").unwrap().1).unwrap();
    let (input, value, _) = covered(&signed, 0);
    let prefix = public(0).len() - 270;
    // Past what says that it is an RSA key, the key itself.
    let rsa = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public(0).split_off(prefix));
    rsa.verify(&input, &value).unwrap();
    let (input, value, _) = covered(&signed, 1);
    let ed25519 = UnparsedPublicKey::new(&ED25519, public(1));
    ed25519.verify(&Sha256::digest(&input), &value).unwrap();
    let changed = text.replace("dinner", "supper");
    let (input, value, _) = covered(changed.as_bytes(), 1);
    ed25519.verify(&Sha256::digest(&input), &value).unwrap_err();
}

#[test]
fn a_second_sender_cannot_be_added() {
    let mail = SIGNED_IN_THE_RFC.split_once("==\r\n").unwrap().1;
    let signed = String::from_utf8(signer().sign(mail.as_bytes(), at()).unwrap()).unwrap();
    assert!(signed.contains("h=From:\r\n  From:\r\n  To:\r\n  Subject:\r\n  Subject:"), "{signed}");
}

#[test]
fn what_is_no_key_is_refused_and_no_key_changes_nothing() {
    let mut signer = Signer::new("example.org");
    for (selector, pem) in [("a", &b"nonsense"[..]), ("", RSA), ("a b", RSA), ("a..b", RSA)] {
        assert!(signer.add(selector, pem).is_err(), "{selector:?}");
    }
    let certificate = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assert!(signer.add("a", certificate).is_err());
    assert!(!signer.signs());
    assert_eq!(signer.sign(b"From: a@b.c\r\n\r\n", at()).unwrap(), b"From: a@b.c\r\n\r\n");
}
