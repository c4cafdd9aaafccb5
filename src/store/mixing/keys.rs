//! The mixer's keys: files beside the database, never in it. What waits to be mixed is encrypted
//! with them, so that a copy of the database alone says nothing about it; once no row needs a
//! key any more it is destroyed, and copies of before say nothing for ever.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::domain::token::hex;

/// A key that no longer seals lives on for so long at least: a submission may be on its way that
/// was sealed with it.
const GRACE: TimeDelta = TimeDelta::hours(1);
/// A key seals for so long; the next one is made when the next submission comes.
const TURN: TimeDelta = TimeDelta::minutes(10);
/// Random bytes for one encryption: so many that they never repeat.
pub const NONCE: usize = 24;

/// One key, in all its uses.
pub struct Key {
    /// What rows say that they were sealed with: tells nothing about the key.
    pub name: String,
    rows: [u8; 32],
    cipher: XChaCha20Poly1305,
}

impl Key {
    fn new(bytes: &[u8; 32]) -> Self {
        let name = keyed(bytes, b"name of the key", b"");
        Self {
            name: hex(name.get(..16).unwrap_or_default()),
            rows: keyed(bytes, b"names of rows", b""),
            cipher: XChaCha20Poly1305::new(&keyed(bytes, b"contents of rows", b"").into()),
        }
    }

    /// The name of the row in which the response with this link waits. Only the key leads from
    /// one to the other.
    pub fn row(&self, token_hash: &str) -> String {
        hex(&keyed(&self.rows, b"row", token_hash.as_bytes()))
    }

    /// Encrypts what belongs into the row `name`.
    pub fn seal(&self, name: &str, nonce: [u8; NONCE], plain: &[u8]) -> Option<Vec<u8>> {
        let payload = Payload { msg: plain, aad: name.as_bytes() };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).ok()?;
        Some([&nonce[..], &sealed].concat())
    }

    /// What the row `name` holds, if it was sealed with this key and nobody has touched it.
    pub fn open(&self, name: &str, content: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = content.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let payload = Payload { msg: sealed, aad: name.as_bytes() };
        self.cipher.decrypt(&XNonce::from(nonce), payload).ok()
    }
}

fn keyed(key: &[u8], purpose: &[u8], of: &[u8]) -> [u8; 32] {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length (RFC 2104)")]
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("a key");
    mac.update(purpose);
    mac.update(of);
    mac.finalize().into_bytes().into()
}

/// The keys of this node: one that seals, and earlier ones that rows still wait under.
#[derive(Clone)]
pub struct Keys(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    held: RwLock<Held>,
}

#[derive(Default)]
struct Held {
    /// With the time since when it seals.
    current: Option<(Arc<Key>, DateTime<Utc>)>,
    /// With the time since when they no longer seal.
    older: Vec<(Arc<Key>, DateTime<Utc>)>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// The keys in `folder`, which need not exist yet.
    ///
    /// # Errors
    /// A folder or a key that cannot be read.
    pub fn open(folder: &Path, now: DateTime<Utc>) -> io::Result<Self> {
        let mut older = vec![];
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries.collect::<Result<Vec<_>, _>>()?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => vec![],
            Err(error) => return Err(error),
        };
        for path in entries.iter().map(fs::DirEntry::path) {
            if path.extension().is_some_and(|extension| extension == "key") {
                let bytes: Option<[u8; 32]> = fs::read(&path)?.try_into().ok();
                let bytes = bytes.ok_or_else(|| {
                    io::Error::other(format!("{} is not a key of the mixer", path.display()))
                })?;
                older.push((Arc::new(Key::new(&bytes)), now));
            }
        }
        let held = RwLock::new(Held { current: None, older });
        Ok(Self(Arc::new(Inner { folder: folder.to_owned(), held })))
    }

    /// The key that seals; none before [`Self::turn`] and after [`Self::retire`].
    pub fn current(&self) -> Option<Arc<Key>> {
        let held = self.0.held.read().unwrap_or_else(PoisonError::into_inner);
        held.current.as_ref().map(|(key, _)| key.clone())
    }

    /// The key that seals, or did until a moment ago: it is held for another hour.
    pub fn sealing(&self) -> Option<Arc<Key>> {
        let held = self.0.held.read().unwrap_or_else(PoisonError::into_inner);
        held.current.as_ref().or(held.older.last()).map(|(key, _)| key.clone())
    }

    /// Lets a key that has sealed for long enough seal no more.
    pub fn retire(&self, now: DateTime<Utc>) {
        let mut held = self.0.held.write().unwrap_or_else(PoisonError::into_inner);
        if held.current.as_ref().is_some_and(|(_, since)| now - since >= TURN)
            && let Some((key, _)) = held.current.take()
        {
            held.older.push((key, now));
        }
    }

    /// Every key, the one that seals first.
    pub fn all(&self) -> Vec<Arc<Key>> {
        let held = self.0.held.read().unwrap_or_else(PoisonError::into_inner);
        held.current.iter().chain(&held.older).map(|(key, _)| key.clone()).collect()
    }

    /// Seals with a new key from now on. It is on disk before it is used: what it seals is lost
    /// without it.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn turn(&self, bytes: [u8; 32], now: DateTime<Utc>) -> io::Result<Arc<Key>> {
        let key = Arc::new(Key::new(&bytes));
        let folder = &self.0.folder;
        if !folder.is_dir() {
            fs::create_dir_all(folder)?;
            folder.parent().map_or(Ok(()), synced)?;
        }
        let unfinished = folder.join(format!("{}.new", key.name));
        let mut file = private(&unfinished)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, self.file(&key.name))?;
        synced(folder)?;
        let mut held = self.0.held.write().unwrap_or_else(PoisonError::into_inner);
        let before = held.current.replace((key.clone(), now));
        held.older.extend(before.map(|(key, _)| (key, now)));
        Ok(key)
    }

    /// Destroys the keys that have not sealed for an hour and that no row names in `needed`.
    pub fn destroy_all_but(&self, needed: &BTreeSet<String>, now: DateTime<Utc>) {
        let mut held = self.0.held.write().unwrap_or_else(PoisonError::into_inner);
        held.older.retain(|(key, since)| {
            if needed.contains(&key.name) || now - since < GRACE {
                return true;
            }
            match fs::remove_file(self.file(&key.name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    tracing::warn!(error = %error, "a key of the mixer could not be removed");
                    true
                }
                _ => false,
            }
        });
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.folder.join(format!("{name}.key"))
    }
}

/// A new file that only its owner can read.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Names in a folder survive a power cut once the folder itself is synced.
fn synced(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_key_and_the_row_that_sealed_a_text_open_it() {
        let (one, two) = (Key::new(&[1; 32]), Key::new(&[2; 32]));
        let row = one.row("a link's hash");
        let mut sealed = one.seal(&row, [9; NONCE], b"what I think").unwrap();
        assert_eq!(one.open(&row, &sealed).unwrap(), b"what I think");
        assert_eq!(two.open(&row, &sealed), None);
        assert_eq!(one.open(&one.row("another"), &sealed), None);
        assert_ne!(two.row("a link's hash"), row);
        assert!(!sealed.windows(4).any(|part| part == b"what"));
        *sealed.last_mut().unwrap() ^= 1;
        assert_eq!(one.open(&row, &sealed), None);
        assert_eq!(one.open(&row, b"short"), None);
    }

    #[test]
    fn keys_are_found_again_and_destroyed_when_nothing_needs_them() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("mixer");
        let noon: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        let keys = Keys::open(&folder, noon).unwrap();
        assert!(keys.current().is_none());
        let names: Vec<String> =
            (1..=3).map(|byte| keys.turn([byte; 32], noon).unwrap().name.clone()).collect();
        assert_eq!(keys.current().unwrap().name, names[2]);
        let held = |keys: &Keys| -> BTreeSet<String> {
            keys.all().iter().map(|key| key.name.clone()).collect()
        };
        assert_eq!(held(&Keys::open(&folder, noon).unwrap()), names.iter().cloned().collect());

        let needed = BTreeSet::from([names[1].clone()]);
        keys.destroy_all_but(&needed, noon + GRACE / 2);
        assert_eq!(held(&keys).len(), 3, "a submission may still be on its way");
        keys.destroy_all_but(&needed, noon + GRACE);
        assert_eq!(held(&keys), names[1..].iter().cloned().collect());
        // The one that sealed is destroyed in its turn.
        keys.retire(noon + TURN / 2);
        assert!(keys.current().is_some());
        keys.retire(noon + TURN);
        assert!(keys.current().is_none());
        assert_eq!(keys.sealing().unwrap().name, names[2]);
        keys.destroy_all_but(&needed, noon + GRACE);
        assert_eq!(held(&keys), names[1..].iter().cloned().collect());
        keys.destroy_all_but(&needed, noon + TURN + GRACE);
        let again = Keys::open(&folder, noon).unwrap();
        assert_eq!(held(&again), needed);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_a_key() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = tempfile::tempdir().unwrap();
        let keys = Keys::open(home.path(), DateTime::default()).unwrap();
        let name = keys.turn([7; 32], DateTime::default()).unwrap().name.clone();
        let file = fs::metadata(home.path().join(format!("{name}.key"))).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }
}
