//! What the sender's domain says of who may write in its name: SPF (RFC 7208), DMARC (RFC 7489).

use super::dns::{Dns, Said};
use super::{Finding, Verdict};

/// What the DNS says of the domain that mails come from.
pub(super) async fn of_sender(domain: &str, dns: &Dns) -> Vec<Finding> {
    if !domain.contains('.') {
        let said = format!("mails come from {domain}, which no other machine knows");
        let todo = "Set mail.from to an address that people can answer to.";
        return vec![Finding::new(Verdict::Mind, "sender", said).todo(todo)];
    }
    vec![spf(domain, dns).await, dmarc(domain, dns).await]
}

async fn spf(domain: &str, dns: &Dns) -> Finding {
    let Said::These(texts) = dns.texts(domain).await else { return unseen("SPF", domain) };
    let is_spf = |text: &&String| *text == "v=spf1" || text.starts_with("v=spf1 ");
    let found: Vec<&String> = texts.iter().filter(is_spf).collect();
    match found.as_slice() {
        [] => Finding::new(Verdict::Mind, "SPF", format!("{domain} does not say who sends for it"))
            .todo(format!(
                "Let a TXT record of {domain} name your mail server: v=spf1 mx ~all, or what your\nprovider says."
            )),
        [one] if one.contains("+all") => {
            Finding::new(Verdict::Mind, "SPF", format!("{domain} lets everybody send: {one}"))
                .todo("End it with ~all or -all.")
        }
        [one] => Finding::new(Verdict::Well, "SPF", format!("{domain}: {one}")),
        // RFC 7208, 4.5: more than one is an error for whoever receives.
        _ => Finding::new(Verdict::Fault, "SPF", format!("{domain} has {} records", found.len()))
            .todo("Receivers then use none of them: make them one."),
    }
}

async fn dmarc(domain: &str, dns: &Dns) -> Finding {
    let mut of = domain;
    // The domain itself, then those it is under.
    loop {
        let Said::These(texts) = dns.texts(&format!("_dmarc.{of}")).await else {
            return unseen("DMARC", of);
        };
        if let Some(found) = texts.iter().find(|text| text.starts_with("v=DMARC1")) {
            return Finding::new(Verdict::Well, "DMARC", format!("{of}: {found}"));
        }
        match of.split_once('.') {
            Some((_, above)) if above.contains('.') => of = above,
            _ => break,
        }
    }
    Finding::new(
        Verdict::Mind,
        "DMARC",
        format!("{domain} does not say what to do with forged mail"),
    )
    .todo(format!(
        "Large providers ask for it.\nPut this as TXT at _dmarc.{domain}:\nv=DMARC1; p=none"
    ))
}

fn unseen(of: &'static str, domain: &str) -> Finding {
    Finding::new(Verdict::Unseen, of, format!("the DNS does not answer about {domain}"))
}
