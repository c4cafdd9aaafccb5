//! An organizer's colour, made fit to be read: darker on light paper, lighter on dark paper, until
//! words in it, and words on it, have the contrast of 7 to 1 that all our text has (WCAG 2.2, 1.4.6).

use std::str::FromStr;

/// A colour as screens mix it: red, green and blue, 0 to 255 each (sRGB).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// That a text names no colour as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoColour;

/// The papers of our pages, as main.css has them: the page and what is raised on it.
const LIGHT: [Colour; 2] = [Colour::of(0xfc, 0xfb, 0xf8), Colour::of(0xff, 0xff, 0xff)];
const DARK: [Colour; 2] = [Colour::of(0x15, 0x17, 0x1a), Colour::of(0x1d, 0x20, 0x24)];
/// The inks of our pages.
const INK: [Colour; 2] = [Colour::of(0x1c, 0x1a, 0x17), Colour::of(0xeb, 0xe7, 0xdf)];
/// What text must have.
const ENOUGH: f64 = 7.0;

/// What a style sheet needs of an accent on one paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent {
    /// For words and filled controls.
    pub accent: Colour,
    /// For words on a filled control.
    pub on_accent: Colour,
    /// For a quiet ground, with the page's ink on it.
    pub tint: Colour,
}

impl FromStr for Colour {
    type Err = NoColour;

    fn from_str(text: &str) -> Result<Self, NoColour> {
        let digits = text.strip_prefix('#').ok_or(NoColour)?;
        let fits = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| fits).ok_or(NoColour)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self { red, green, blue })
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl Colour {
    const fn of(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Relative luminance, 0 to 1, as WCAG 2.2 defines it.
    fn luminance(self) -> f64 {
        let part = |value: u8| {
            let share = f64::from(value) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(self.red) + 0.7152 * part(self.green) + 0.0722 * part(self.blue)
    }

    /// Contrast with another colour, 1 to 21, as WCAG 2.2 defines it.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// `part` of 100 parts this colour, the rest the other.
    fn mixed(self, part: u32, other: Self) -> Self {
        let mix = |one: u8, two: u8| {
            let sum = u32::from(one) * part + u32::from(two) * (100 - part);
            u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
        };
        Self::of(mix(self.red, other.red), mix(self.green, other.green), mix(self.blue, other.blue))
    }

    /// The first on the way to `end` that all of `papers` show well enough.
    fn until_read(self, end: Self, papers: &[Self]) -> Self {
        let steps = (0..=100).rev().map(|part| self.mixed(part, end));
        let reads = |colour: &Self| papers.iter().all(|paper| colour.contrast(*paper) >= ENOUGH);
        steps.into_iter().find(reads).unwrap_or(end)
    }

    /// What pages on light paper make of it.
    pub fn on_light(self) -> Accent {
        let [page, _] = LIGHT;
        let accent = self.until_read(Self::of(0, 0, 0), &LIGHT);
        Accent { accent, on_accent: Self::of(255, 255, 255), tint: tint(accent, page, INK[0]) }
    }

    /// What pages on dark paper make of it.
    pub fn on_dark(self) -> Accent {
        let [page, _] = DARK;
        let accent = self.until_read(Self::of(255, 255, 255), &DARK);
        let on_accent = accent.mixed(15, page).until_read(Self::of(0, 0, 0), &[accent]);
        Accent { accent, on_accent, tint: tint(accent, page, INK[1]) }
    }
}

/// A little of the accent in the paper, so little that the ink on it is read well.
fn tint(accent: Colour, paper: Colour, ink: Colour) -> Colour {
    let parts = (2..=12).rev().map(|part| accent.mixed(part, paper));
    parts.into_iter().find(|tint| tint.contrast(ink) >= ENOUGH).unwrap_or(paper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let (black, white) = (Colour::of(0, 0, 0), Colour::of(255, 255, 255));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        // 4.48: just too little for text, as every checker says of this grey.
        let grey: Colour = "#777777".parse().unwrap();
        assert!((grey.contrast(white) - 4.478).abs() < 0.001, "{}", grey.contrast(white));
    }

    #[test]
    fn every_colour_is_read_on_both_papers() {
        for step in 0..4096_u32 {
            let part = |shift: u32| u8::try_from((step >> shift & 15) * 17).unwrap();
            let colour = Colour::of(part(8), part(4), part(0));
            for (made, papers, ink) in
                [(colour.on_light(), LIGHT, INK[0]), (colour.on_dark(), DARK, INK[1])]
            {
                for paper in papers {
                    assert!(made.accent.contrast(paper) >= ENOUGH, "{colour} on {paper}: {made:?}");
                }
                assert!(made.on_accent.contrast(made.accent) >= ENOUGH, "{colour}: {made:?}");
                assert!(made.tint.contrast(ink) >= ENOUGH, "{colour}: {made:?}");
            }
        }
    }

    #[test]
    fn a_colour_that_is_read_already_stays_as_it_is() {
        let ours: Colour = "#0a5a57".parse().unwrap();
        assert_eq!(ours.on_light().accent.to_string(), "#0a5a57");
        for typed in ["0a5a57", "#0a5a5", "#0a5a577", "#0a5a5g", "#+a5a57", "red", ""] {
            assert_eq!(typed.parse::<Colour>(), Err(NoColour), "{typed}");
        }
    }
}
