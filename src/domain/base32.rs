//! Bytes as letters and digits that survive mail servers, which change the case of addresses
//! (RFC 4648, 6: the alphabet of base 32, small, without padding).

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The text of these bytes: eight characters for five bytes, rounded up.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(letter(held >> bits));
            held &= (1 << bits) - 1;
        }
    }
    if bits > 0 {
        text.push(letter(held << (5 - bits)));
    }
    text
}

/// The bytes of a text in either case; `None`: it is none, or says the same in another way.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = vec![];
    let (mut held, mut bits) = (0_u32, 0_u32);
    for character in text.bytes() {
        let small = character.to_ascii_lowercase();
        let value = u32::try_from(ALPHABET.iter().position(|one| *one == small)?).ok()?;
        held = (held << 5) | value;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    (bits < 5 && held == 0).then_some(bytes)
}

fn letter(value: u32) -> char {
    let place = usize::try_from(value & 31).unwrap_or_default();
    ALPHABET.get(place).map_or('a', |byte| char::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standard_are_written_and_read() {
        // RFC 4648, 10.
        for (plain, text) in [
            ("", ""),
            ("f", "my"),
            ("fo", "mzxq"),
            ("foo", "mzxw6"),
            ("foob", "mzxw6yq"),
            ("fooba", "mzxw6ytb"),
            ("foobar", "mzxw6ytboi"),
        ] {
            assert_eq!(encode(plain.as_bytes()), text);
            assert_eq!(decode(&text.to_uppercase()).as_deref(), Some(plain.as_bytes()));
        }
        assert_eq!(encode(&[255; 16]).len(), 26);
        assert_eq!(decode(&encode(&[255; 16])), Some(vec![255; 16]));
    }

    #[test]
    fn what_is_no_base_32_is_refused() {
        for wrong in ["m", "mz1", "my=", "mz", "中", "m y", "myaaaa1"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
