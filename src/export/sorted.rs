//! Responses in the order of their times, oldest first. They come in the order in which the
//! database keeps them and are set aside in a file without a name; then each is looked up there
//! when it is its turn. In memory there is nothing but the list of where they lie.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::sync::mpsc;
use std::{iter, thread};

use anyhow::anyhow;
use chrono::{DateTime, Utc};

use crate::domain::ResponseId;
use crate::store::copying::{Copied, Raw};

/// So many are understood before whoever writes them asks again.
const AHEAD: usize = 100;

/// Responses that wait for their turn.
pub struct Sorted {
    file: BufWriter<File>,
    places: Vec<Place>,
    bytes: Vec<u8>,
    end: u64,
}

/// Where a response lies. Those of one time (of one day, where nobody is to know the minute) stand
/// in the order of their random ids.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    at: DateTime<Utc>,
    id: ResponseId,
    start: u64,
    length: usize,
}

impl Sorted {
    /// Begins with none, in an empty file; so many will come.
    pub fn begin(file: File, count: usize) -> Self {
        let file = BufWriter::with_capacity(1 << 18, file);
        Self { file, places: Vec::with_capacity(count), bytes: vec![], end: 0 }
    }

    /// Sets a response aside.
    ///
    /// # Errors
    /// A file that takes no more.
    pub fn put(&mut self, response: &Raw) -> anyhow::Result<()> {
        self.bytes.clear();
        self.bytes = postcard::to_extend(response, std::mem::take(&mut self.bytes))?;
        self.file.write_all(&self.bytes)?;
        let length = self.bytes.len();
        self.places.push(Place { at: response.at, id: response.id, start: self.end, length });
        self.end += u64::try_from(length)?;
        Ok(())
    }

    /// Takes them out again, oldest first: a thread reads and understands ahead of whoever takes
    /// them.
    ///
    /// # Errors
    /// A file that takes no more, or cannot be read.
    pub fn oldest_first(self) -> io::Result<impl Iterator<Item = anyhow::Result<Copied>>> {
        let Self { file, mut places, mut bytes, .. } = self;
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        places.sort_unstable();
        let mut left = places.len();
        let (ahead, waiting) = mpsc::sync_channel::<Vec<_>>(1);
        let mut look_up = move |place: &Place| -> anyhow::Result<Copied> {
            bytes.resize(place.length, 0);
            file.seek(SeekFrom::Start(place.start))?;
            file.read_exact(&mut bytes)?;
            Ok(postcard::from_bytes::<Raw>(&bytes)?.understood()?)
        };
        thread::Builder::new().name("sorted".to_owned()).spawn(move || {
            for some in places.chunks(AHEAD) {
                // Nobody waits any longer: the file could not be written.
                if ahead.send(some.iter().map(&mut look_up).collect()).is_err() {
                    break;
                }
            }
        })?;
        let taken = iter::from_fn(move || match waiting.recv() {
            Ok(some) => {
                left = left.saturating_sub(some.len());
                Some(some)
            }
            Err(_) if left == 0 => None,
            // Half a table must not pass for a whole one.
            Err(_) => {
                left = 0;
                Some(vec![Err(anyhow!("reading the responses ended early"))])
            }
        });
        Ok(taken.flatten())
    }
}
