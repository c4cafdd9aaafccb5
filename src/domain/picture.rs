//! Pictures: which bytes are one that every browser shows and that runs nothing, as their own
//! heads say, whatever they are called. What is drawn by a program (SVG) is not among them.

mod size;

/// The largest picture at the head of a form, in bytes.
pub const LARGEST: usize = 256 * 1024;
/// Its longest side, in pixels.
const LONGEST: u32 = 4000;
/// The largest image of an article, in bytes.
pub const LARGEST_IMAGE: usize = 5 << 20;
/// Its longest side, in pixels, and its pixels in all: readers' phones unpack them.
const LONGEST_IMAGE: u32 = 12_000;
const PIXELS: u64 = 50_000_000;

/// A format that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// ISO/IEC 15948.
    Png,
    /// ITU-T T.81.
    Jpeg,
    /// `GIF87a`, `GIF89a`.
    Gif,
    /// RFC 9649.
    WebP,
    /// A still or moving AV1 image.
    Avif,
}

impl Format {
    /// How names of its files end.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::WebP => "webp",
            Self::Avif => "avif",
        }
    }

    /// The format of a file with this name.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let all = [Self::Png, Self::Jpeg, Self::Gif, Self::WebP, Self::Avif];
        all.into_iter().find(|format| format.ending() == ending)
    }

    /// What it is sent as.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Avif => "image/avif",
        }
    }
}

/// What a kept picture is sent as, by the ending of its name; names end as [`Format::ending`] says.
pub fn content_type(name: &str) -> &'static str {
    Format::of_name(name).unwrap_or(Format::Jpeg).content_type()
}

/// What a picture's head says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its format.
    pub format: Format,
    /// Its width, in pixels.
    pub width: u32,
    /// Its height, in pixels.
    pub height: u32,
}

/// Why some bytes cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// None of the formats that are taken, or damaged.
    NoPicture,
    /// Drawn by a program: SVG.
    Drawing,
    /// Too many bytes or pixels.
    TooLarge,
}

/// The format of a picture for the head of a form, PNG or JPEG.
///
/// # Errors
/// Why these bytes cannot be taken.
pub fn read(bytes: &[u8]) -> Result<Format, Unfit> {
    let head = head(bytes)?;
    if !matches!(head.format, Format::Png | Format::Jpeg) {
        return Err(Unfit::NoPicture);
    }
    if bytes.len() > LARGEST || head.width > LONGEST || head.height > LONGEST {
        return Err(Unfit::TooLarge);
    }
    Ok(head.format)
}

/// An image of an article.
///
/// # Errors
/// Why these bytes cannot be taken.
pub fn read_image(bytes: &[u8]) -> Result<Head, Unfit> {
    let head = head(bytes)?;
    let pixels = u64::from(head.width) * u64::from(head.height);
    let longest = head.width.max(head.height);
    if bytes.len() > LARGEST_IMAGE || longest > LONGEST_IMAGE || pixels > PIXELS {
        return Err(Unfit::TooLarge);
    }
    Ok(head)
}

fn head(bytes: &[u8]) -> Result<Head, Unfit> {
    match size::of(bytes) {
        Some(head) if head.width > 0 && head.height > 0 => Ok(head),
        None if is_drawing(bytes) => Err(Unfit::Drawing),
        _ => Err(Unfit::NoPicture),
    }
}

/// Whether this begins as an SVG document does: a tag of that name before any other.
fn is_drawing(bytes: &[u8]) -> bool {
    let begin = String::from_utf8_lossy(bytes.get(..2000).unwrap_or(bytes)).to_ascii_lowercase();
    let begin = begin.trim_start_matches('\u{feff}').trim_start();
    let tags = begin.split('<').skip(1).find(|tag| !tag.starts_with(['?', '!']));
    begin.starts_with('<') && tags.is_some_and(|tag| tag.starts_with("svg"))
}

#[cfg(test)]
mod tests;
