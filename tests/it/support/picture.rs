//! Pictures that are sent.

/// A PNG of this size, as far as anybody looks.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    [head, width.to_be_bytes().to_vec(), height.to_be_bytes().to_vec()].concat()
}
