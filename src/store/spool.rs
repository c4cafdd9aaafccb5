//! The last resort: what a reader submits while the database refuses is kept as an encrypted file
//! of its own, synced to disk before the reader is told that it arrived, and filed later.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

use super::intake::Submission;

/// Random bytes that each file is encrypted with, once.
pub type Nonce = [u8; 24];

const ENDING: &str = "submission";

/// A folder of submissions that wait for the database. Cheap to clone.
#[derive(Clone)]
pub struct Spool(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    cipher: XChaCha20Poly1305,
    waiting: AtomicUsize,
}

/// One submission that waits.
#[derive(Debug)]
pub struct Waiting {
    path: PathBuf,
    /// What was submitted.
    pub submission: Submission,
}

impl std::fmt::Debug for Spool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Spool").field("folder", &self.0.folder).finish_non_exhaustive()
    }
}

impl Spool {
    /// The spool in `folder`, which need not be there yet; `key` encrypts.
    pub fn open(folder: PathBuf, key: [u8; 32]) -> Self {
        let cipher = XChaCha20Poly1305::new(&key.into());
        let waiting = AtomicUsize::new(files(&folder).unwrap_or_default().len());
        Self(Arc::new(Inner { folder, cipher, waiting }))
    }

    /// How many wait.
    pub fn waiting(&self) -> usize {
        self.0.waiting.load(Ordering::SeqCst)
    }

    /// Keeps a submission: it is on the disk when this returns. Blocks.
    ///
    /// # Errors
    /// What the file system says; nothing was kept.
    pub fn keep(&self, submission: &Submission, nonce: Nonce) -> io::Result<()> {
        let Inner { folder, cipher, waiting } = &*self.0;
        let plain = serde_json::to_vec(submission)?;
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), plain.as_slice())
            .map_err(|error| io::Error::other(error.to_string()))?;
        fs::create_dir_all(folder)?;
        let at = submission.at.timestamp_micros();
        let path = folder.join(format!("{}-{at:020}.{ENDING}", submission.token_hash));
        let temporary = path.with_extension("part");
        let written = write_whole(&temporary, &nonce, &sealed)
            .and_then(|()| fs::rename(&temporary, &path))
            // A rename is only durable once the folder is.
            .and_then(|()| File::open(folder)?.sync_all());
        if written.is_err() {
            drop(fs::remove_file(&temporary));
            drop(fs::remove_file(&path));
        }
        written?;
        waiting.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    /// What waits of the response that this link opens: its latest state. Blocks.
    pub fn find(&self, token_hash: &str) -> Option<Submission> {
        let named = |path: &&PathBuf| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            name.split_once('-').is_some_and(|(hash, _)| hash == token_hash)
        };
        let all = files(&self.0.folder).ok()?;
        all.iter().rfind(named).and_then(|path| self.read(path).ok())
    }

    /// Everything that waits and can be read, each response's states in order. Blocks.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn all(&self) -> io::Result<Vec<Waiting>> {
        let paths = files(&self.0.folder)?;
        self.0.waiting.store(paths.len(), Ordering::SeqCst);
        let read = paths.into_iter().filter_map(|path| match self.read(&path) {
            Ok(submission) => Some(Waiting { path, submission }),
            Err(error) => {
                tracing::error!(%error, "a submission in the spool cannot be read");
                None
            }
        });
        Ok(read.collect())
    }

    /// Lets go of a submission that the database has. Blocks.
    ///
    /// # Errors
    /// A file that cannot be removed: it will be filed again, which changes nothing.
    pub fn remove(&self, waiting: &Waiting) -> io::Result<()> {
        fs::remove_file(&waiting.path)?;
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
        Ok(())
    }

    fn read(&self, path: &Path) -> io::Result<Submission> {
        let bytes = fs::read(path)?;
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "it is damaged");
        let (nonce, sealed) = bytes.split_first_chunk::<24>().ok_or_else(damaged)?;
        let opened = self.0.cipher.decrypt(&XNonce::from(*nonce), sealed);
        Ok(serde_json::from_slice(&opened.map_err(|_forged| damaged())?)?)
    }
}

fn write_whole(path: &Path, nonce: &Nonce, sealed: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(nonce)?;
    file.write_all(sealed)?;
    file.sync_all()
}

/// The submissions in a folder by name; none where there is no folder.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
        Err(error) => return Err(error),
    };
    let mut paths = vec![];
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == ENDING) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
