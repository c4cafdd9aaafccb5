//! Names and addresses as a mail header can bear them.

use lettre::Address;
use lettre::message::Mailbox;

use super::clean;

/// The longest display name that is written; longer ones end in "…".
pub const LONGEST_NAME: usize = 70;

/// Why an address cannot be written to.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("this is not a mail address that can be written to")]
pub struct InvalidAddress;

/// A mailbox from what people typed. The name is cleaned ([`LONGEST_NAME`] characters at most,
/// one line), an empty name is left out; an international domain is written in its ASCII form.
/// The result never makes a header panic, whatever the name is.
///
/// # Errors
/// If the address is none, or longer than the 254 octets of RFC 5321.
pub fn mailbox(name: &str, address: &str) -> Result<Mailbox, InvalidAddress> {
    Ok(tidy(Mailbox::new(Some(name.to_owned()), self::address(address)?)))
}

/// A mailbox made elsewhere, its name cleaned as in [`mailbox`].
pub fn tidy(mailbox: Mailbox) -> Mailbox {
    let name = mailbox.name.map(|n| clean::line(&n, LONGEST_NAME)).filter(|n| !n.is_empty());
    Mailbox::new(name, mailbox.email)
}

/// An address from what people typed, its domain in ASCII.
///
/// # Errors
/// As [`mailbox`].
pub fn address(typed: &str) -> Result<Address, InvalidAddress> {
    let typed = typed.trim();
    let unfit = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>');
    if typed.len() > 254 || typed.contains(unfit) {
        return Err(InvalidAddress);
    }
    let (user, domain) = typed.rsplit_once('@').ok_or(InvalidAddress)?;
    let address = Address::new(user, ascii_domain(domain)?);
    address.map_err(|_error| InvalidAddress)
}

fn ascii_domain(domain: &str) -> Result<String, InvalidAddress> {
    if domain.is_ascii() {
        return Ok(domain.to_owned());
    }
    let mut labels = vec![];
    for label in domain.to_lowercase().split(['.', '。']) {
        if label.is_ascii() {
            labels.push(label.to_owned());
        } else {
            let encoded = punycode(label).ok_or(InvalidAddress)?;
            labels.push(format!("xn--{encoded}"));
        }
    }
    Ok(labels.join("."))
}

/// One label of a domain in Punycode, without the prefix (RFC 3492, 6.3).
fn punycode(label: &str) -> Option<String> {
    const BASE: u32 = 36;
    let mut output: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(output.len()).ok()?;
    if basic > 0 {
        output.push('-');
    }
    let (mut n, mut delta, mut bias, mut handled) = (128_u32, 0_u32, 72_u32, basic);
    let total = u32::try_from(label.chars().count()).ok()?;
    while handled < total {
        let next = label.chars().map(u32::from).filter(|c| *c >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(handled + 1)?)?;
        n = next;
        for character in label.chars().map(u32::from) {
            if character < n {
                delta = delta.checked_add(1)?;
            }
            if character != n {
                continue;
            }
            let mut q = delta;
            for k in (BASE..).step_by(36) {
                let threshold = k.saturating_sub(bias).clamp(1, 26);
                if q < threshold {
                    break;
                }
                output.push(digit(threshold + (q - threshold) % (BASE - threshold))?);
                q = (q - threshold) / (BASE - threshold);
            }
            output.push(digit(q)?);
            bias = adapted(delta, handled + 1, handled == basic);
            delta = 0;
            handled += 1;
        }
        delta = delta.checked_add(1)?;
        n = n.checked_add(1)?;
    }
    Some(output)
}

fn adapted(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points.max(1);
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

fn digit(value: u32) -> Option<char> {
    char::from_digit(if value < 26 { value + 10 } else { value - 26 }, 36)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn international_domains_become_ascii() {
        // RFC 3492, 7.1 (A, B) and registered domains.
        assert_eq!(punycode("他们为什么不说中文").as_deref(), Some("ihqwcrb4cv8a8dqg056pqjye"));
        assert_eq!(punycode("ليهمابتكلموشعربي؟").as_deref(), Some("egbpdaj6bu4bxfgehfvwxn"));
        assert_eq!(address("a@bücher.example").unwrap().domain(), "xn--bcher-kva.example");
        assert_eq!(address("a@München.DE").unwrap().domain(), "xn--mnchen-3ya.de");
        assert_eq!(address("a@例え。jp").unwrap().domain(), "xn--r8jz45g.jp");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for wrong in [
            "",
            "ada",
            "a@b\r\nBcc: c@d.e",
            "a b@c.de",
            "<a@b.de>",
            "a@b..de",
            "a@",
            "@b.de",
            &format!("{}@b.de", "x".repeat(300)),
        ] {
            assert_eq!(address(wrong), Err(InvalidAddress), "{wrong}");
        }
    }

    #[test]
    fn a_name_is_cleaned_and_cut() {
        let mailbox = mailbox("Ada\r\nBcc: eve@example.org", "ada@example.org").unwrap();
        assert_eq!(mailbox.name.as_deref(), Some("Ada Bcc: eve@example.org"));
        let long = super::mailbox(&"王".repeat(10_000), "a@b.de").unwrap();
        assert_eq!(long.name.unwrap().chars().count(), 70);
        assert_eq!(super::mailbox(" \r\n\0 ", "a@b.de").unwrap().name, None);
    }
}
