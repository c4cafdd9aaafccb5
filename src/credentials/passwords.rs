//! Passwords, for organizers who want one: Argon2id (RFC 9106) with what OWASP's cheat sheet asks
//! for, and none that is guessed soon.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use zxcvbn::Score;
use zxcvbn::feedback::Warning;

/// Shorter passwords are not taken, in characters.
pub const SHORTEST: usize = 10;
/// Longer ones neither, in bytes: nobody types more, and each byte is work.
pub const LONGEST: usize = 1024;

/// Memory in KiB, passes, lanes.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

fn argon2() -> Argon2<'static> {
    let params = Params::new(COST.0, COST.1, COST.2, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The password as it is kept, in the PHC string format. Takes some 20 MB and 50 ms: not to be
/// called on a thread that answers requests.
pub fn hash(password: &str, salt: [u8; 16]) -> Option<String> {
    let hash: PasswordHash = argon2().hash_password_with_salt(password.as_bytes(), &salt).ok()?;
    Some(hash.to_string())
}

/// Whether this is the password that was kept; as slow as [`hash`], also where nothing was kept,
/// so that time does not tell who has a password.
pub fn fits(password: &str, kept: Option<&str>) -> bool {
    if let Some(hash) = kept.and_then(|kept| PasswordHash::new(kept).ok()) {
        return argon2().verify_password(password.as_bytes(), &hash).is_ok();
    }
    hash(password, [0; 16]);
    false
}

/// What is wrong with a new password, in a sentence; `about`: words of the organizer's own, which
/// are guessed first.
pub fn weakness(password: &str, about: &[&str]) -> Option<&'static str> {
    if password.chars().count() < SHORTEST {
        return Some("This is too short: take ten characters or more, three or four words say.");
    }
    if password.len() > LONGEST {
        return Some("This is longer than 1,024 bytes: take a shorter one.");
    }
    // Guessing time is worked out on the first hundred characters; more make it no weaker.
    let begin: String = password.chars().take(100).collect();
    let guessed = zxcvbn::zxcvbn(&begin, about);
    if guessed.score() >= Score::Three {
        return None;
    }
    let warning = guessed.feedback().and_then(zxcvbn::feedback::Feedback::warning);
    Some(match warning {
        Some(
            Warning::StraightRowsOfKeysAreEasyToGuess
            | Warning::ShortKeyboardPatternsAreEasyToGuess,
        ) => {
            "These keys lie side by side: that is guessed soon. Add words that do not go together."
        }
        Some(
            Warning::RepeatsLikeAaaAreEasyToGuess
            | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess
            | Warning::SequencesLikeAbcAreEasyToGuess,
        ) => "This repeats or counts: that is guessed soon. Add words that do not go together.",
        Some(Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess) => {
            "Dates and years are guessed soon. Add words that do not go together."
        }
        Some(
            Warning::ThisIsATop10Password
            | Warning::ThisIsATop100Password
            | Warning::ThisIsACommonPassword
            | Warning::ThisIsSimilarToACommonlyUsedPassword,
        ) => "Many people have this password, or nearly this one. Take one of your own.",
        _ => "This is guessed soon. Add words that do not go together.",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_itself_alone_to_its_last_byte() {
        let long = "correct horse battery staple, ".repeat(4) + "ä漢字";
        let kept = hash(&long, *b"sixteen bytes 16").unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(fits(&long, Some(&kept)));
        let cut = long.strip_suffix('字').unwrap();
        assert!(!fits(cut, Some(&kept)), "nothing is cut off");
        assert!(!fits("", Some(&kept)) && !fits(&long, None) && !fits(&long, Some("nonsense")));
        assert_ne!(kept, hash(&long, [1; 16]).unwrap());
    }

    #[test]
    fn what_is_guessed_soon_is_not_taken() {
        let about = ["ada.lovelace@example.org", "Ada Lovelace", "colloquy"];
        for weak in [
            "short",
            "password12",
            "qwertyuiop",
            "aaaaaaaaaaaaaa",
            "abcdefghijkl",
            "ada.lovelace",
            "colloquy2026",
            "1234567890123",
        ] {
            assert!(weakness(weak, &about).is_some(), "{weak}");
        }
        assert!(weakness(&"x".repeat(2_000), &about).is_some());
        for good in ["teapot under nine green rivers", "kX9!vqm2#Lw0s", "天气不错我们去湖边钓鱼"]
        {
            assert_eq!(weakness(good, &about), None, "{good}");
        }
    }
}
