//! Paper: pages set by typst, from a template of ours and values that are never read as markup.
//!
//! Letters come from the fonts inside typst; Chinese ones from the system's (on Debian the package
//! `fonts-noto-cjk`). Same values, same fonts: same bytes.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;

#[cfg(feature = "pdf")]
mod typeset;

/// The size of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 210 by 297 mm.
    A4,
    /// 8.5 by 11 in.
    Letter,
}

impl Paper {
    /// Its name in typst.
    #[cfg(feature = "pdf")]
    fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "us-letter",
        }
    }
}

/// What is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// The brief.
    Brief,
    /// The guide of one group.
    Guide,
}

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum NoPdf {
    /// There is more to set than one PDF should hold.
    #[error("more text than a PDF should hold")]
    TooLarge,
    /// It took too long.
    #[error("setting the pages took too long")]
    TooSlow,
    /// This build has no typst in it, or typst refused.
    #[error("{0}")]
    Refused(String),
}

/// No more bytes of values than this are set: a thousand pages.
const LARGEST: usize = 2_000_000;
/// So long somebody waits for the pages.
const LONGEST: Duration = Duration::from_secs(30);
/// So many PDFs are kept.
const KEPT: usize = 24;

type Known = VecDeque<([u8; 32], Arc<[u8]>)>;

/// The PDFs that were made last, the oldest first.
static KNOWN: Mutex<Known> = Mutex::new(Known::new());
/// One after another: setting pages takes a processor and memory.
static TURN: Semaphore = Semaphore::const_new(1);

/// A brief or guide as PDF; `sheet`: its words, as JSON. The same sheet is set once.
///
/// # Errors
/// See [`NoPdf`].
pub async fn set(
    template: Template,
    sheet: &serde_json::Value,
    paper: Paper,
) -> Result<Arc<[u8]>, NoPdf> {
    let sheet = sheet.to_string();
    if sheet.len() > LARGEST {
        return Err(NoPdf::TooLarge);
    }
    let name: [u8; 32] = Sha256::digest(format!("{template:?} {paper:?} {sheet}")).into();
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let made = || known().iter().find(|(known, _)| *known == name).map(|(_, pdf)| pdf.clone());
    if let Some(pdf) = made() {
        return Ok(pdf);
    }
    let setting = async {
        let turn = TURN.acquire().await.map_err(|closed| NoPdf::Refused(closed.to_string()))?;
        if let Some(pdf) = made() {
            return Ok(pdf);
        }
        // The turn is held for as long as it takes, and what was made is kept, also if nobody
        // waits for it any more.
        let set = tokio::task::spawn_blocking(move || {
            let pdf: Arc<[u8]> = typeset_sheet(template, sheet, paper)?.into();
            let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
            if known.len() >= KEPT {
                known.pop_front();
            }
            known.push_back((name, pdf.clone()));
            drop((known, turn));
            Ok(pdf)
        });
        set.await.map_err(|e| NoPdf::Refused(e.to_string()))?
    };
    tokio::time::timeout(LONGEST, setting).await.map_err(|_elapsed| NoPdf::TooSlow)?
}

#[cfg(feature = "pdf")]
fn typeset_sheet(template: Template, sheet: String, paper: Paper) -> Result<Vec<u8>, NoPdf> {
    typeset::set(template, sheet, paper).map_err(NoPdf::Refused)
}

#[cfg(not(feature = "pdf"))]
fn typeset_sheet(_: Template, _: String, _: Paper) -> Result<Vec<u8>, NoPdf> {
    Err(NoPdf::Refused("this program was built without the feature pdf".to_owned()))
}

/// Whether this build can make PDFs.
pub const IS_THERE: bool = cfg!(feature = "pdf");
