//! Mails into a folder instead of onto the wire: for a dry run, and for a machine without a server.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

/// Writes one mail as `20261007T170000123Z-id.eml` and returns its path. The file appears whole or
/// not at all, and is on the disk when this returns; the same time and id write the same file.
/// Blocks: call it where waiting for a disk is allowed.
///
/// # Errors
/// What the file system says.
pub fn write(folder: &Path, at: DateTime<Utc>, id: &str, raw: &[u8]) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let fit = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let id: String = id.chars().filter(fit).take(80).collect();
    let name = format!("{}-{id}", at.format("%Y%m%dT%H%M%S%3fZ"));
    // The leading dot keeps a half-written file out of `*.eml` and out of most listings.
    let temporary = folder.join(format!(".{name}.part"));
    let path = folder.join(format!("{name}.eml"));
    let written = write_whole(&temporary, raw).and_then(|()| fs::rename(&temporary, &path));
    if let Err(error) = written {
        drop(fs::remove_file(&temporary));
        return Err(error);
    }
    // A rename is only durable once the folder is.
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(path)
}

fn write_whole(path: &Path, raw: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(raw)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn a_mail_is_a_whole_file_named_by_time_and_id() {
        let folder = tempfile::tempdir().unwrap();
        let at = Utc.with_ymd_and_hms(2026, 10, 7, 17, 0, 0).unwrap();
        let inner = folder.path().join("new/mails");
        let path = write(&inner, at, "../in\0v/7", b"Subject: x\r\n\r\ny\r\n").unwrap();
        assert_eq!(path, inner.join("20261007T170000000Z-inv7.eml"));
        assert_eq!(fs::read(&path).unwrap(), b"Subject: x\r\n\r\ny\r\n");
        assert_eq!(fs::read_dir(&inner).unwrap().count(), 1, "nothing is left beside it");
        assert_eq!(write(&inner, at, "inv7", b"again").unwrap(), path);
        assert_eq!(fs::read(&path).unwrap(), b"again");
    }

    #[test]
    fn a_folder_that_is_none_is_an_error() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let at = Utc.with_ymd_and_hms(2026, 10, 7, 17, 0, 0).unwrap();
        assert!(write(file.path(), at, "x", b"").is_err());
    }
}
