use super::*;

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes
}

const JPEG: [u8; 19] =
    [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc2, 0, 17, 8, 0, 40, 0, 120, 3, 0];

fn boxed(name: [u8; 4], held: &[u8]) -> Vec<u8> {
    let length = u32::try_from(held.len() + 8).unwrap();
    [&length.to_be_bytes()[..], &name, held].concat()
}

/// An AVIF file's head, with a tile's extent before the image's own.
fn avif(width: u32, height: u32) -> Vec<u8> {
    let extent = |width: u32, height: u32| {
        boxed(*b"ispe", &[&[0; 4][..], &width.to_be_bytes(), &height.to_be_bytes()].concat())
    };
    let all = boxed(*b"ipco", &[extent(8, 8), extent(width, height)].concat());
    let meta = [vec![0; 4], boxed(*b"hdlr", &[0; 24]), boxed(*b"iprp", &all)].concat();
    [boxed(*b"ftyp", b"avif\0\0\0\0avifmif1"), boxed(*b"meta", &meta)].concat()
}

#[test]
fn only_pictures_that_run_nothing_are_taken() {
    assert_eq!(read(&png(120, 40)), Ok(Format::Png));
    assert_eq!(read(&JPEG), Ok(Format::Jpeg));
    for other in
        [&b"GIF89a\x01\0\x01\0"[..], b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"<p>svg</p>"]
    {
        assert_eq!(read(other), Err(Unfit::NoPicture));
    }
    assert_eq!(read(&png(0, 40)), Err(Unfit::NoPicture));
    assert_eq!(read(&png(4001, 40)), Err(Unfit::TooLarge));
    let mut heavy = png(120, 40);
    heavy.resize(LARGEST + 1, 0);
    assert_eq!(read(&heavy), Err(Unfit::TooLarge));
}

#[test]
fn images_are_known_by_their_bytes_in_every_format() {
    let riff = |rest: &[u8]| [b"RIFF\0\0\0\0WEBP", rest].concat();
    let sides = |head: Head| (head.format.ending(), head.width, head.height);
    for (bytes, expected) in [
        (png(120, 40), ("png", 120, 40)),
        (JPEG.to_vec(), ("jpg", 120, 40)),
        (b"GIF89a\x78\0\x28\0".to_vec(), ("gif", 120, 40)),
        (riff(b"VP8X\0\0\0\0\0\0\0\0\x77\0\0\x27\0\0"), ("webp", 120, 40)),
        // 119 in fourteen bits, then 39.
        (riff(b"VP8L\0\0\0\0\x2f\x77\xc0\x09\0"), ("webp", 120, 40)),
        (riff(b"VP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x78\0\x28\0"), ("webp", 120, 40)),
        (avif(120, 40), ("avif", 120, 40)),
    ] {
        assert_eq!(read_image(&bytes).map(sides), Ok(expected));
        for end in 0..bytes.len().min(40) {
            // A piece of it is damaged, or says the same; it breaks nothing.
            let _ = read_image(&bytes[..end]);
        }
    }
    assert_eq!(read_image(&png(12_001, 4)), Err(Unfit::TooLarge));
    assert_eq!(read_image(&png(10_000, 10_000)), Err(Unfit::TooLarge));
    assert_eq!(read_image(b"<!doctype html><script>1</script>"), Err(Unfit::NoPicture));
    assert_eq!(read_image(&boxed(*b"ftyp", b"heic\0\0\0\0mif1")), Err(Unfit::NoPicture));
    for drawn in [
        &b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"[..],
        b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- made by hand --><!DOCTYPE svg><SVG/>",
    ] {
        assert_eq!(read_image(drawn), Err(Unfit::Drawing));
    }
}
