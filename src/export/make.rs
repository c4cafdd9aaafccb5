//! Making a file: answers are read at full speed into files without a name in the data folder, and
//! only a whole one is handed over. So a slow client holds neither the database nor memory, a
//! client that goes away leaves nothing, and a full disk is an error, not half a table.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context as _;
use futures_util::{StreamExt as _, stream};
use sea_orm::DbErr;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::spawn_blocking;

use super::form::Form;
use super::polis::Conversation;
use super::sorted::Sorted;
use super::table::{self, Responses};
use super::{Export, Options, everything, workbook};
use crate::insight::{self, Insight};
use crate::service::Service;
use crate::store::copying::{Copying, Raw};
use crate::store::questionnaires::Questionnaire;

/// So many files are made at once; who comes later waits. Readers' forms come first.
const AT_ONCE: usize = 2;
static TURN: Semaphore = Semaphore::const_new(AT_ONCE);
/// Parts that may wait to be set aside, each of [`crate::store::copying::AT_ONCE`] responses.
const WAITING: usize = 1;
/// Parts that are read at the same time: while the rows of one are taken over, the database looks
/// for those of the next.
const READ: usize = 2;

/// A whole file, open at its beginning, and its length in bytes. Nothing else leads to it: when
/// it is closed, it is gone.
#[derive(Debug)]
pub struct Made {
    /// The file.
    pub file: File,
    /// Its length.
    pub length: u64,
}

/// Makes a file of a questionnaire's answers; `link`: where readers find the form.
///
/// # Errors
/// A database that refuses, a disk that takes no more: the cause is an [`io::Error`] then.
pub async fn make(
    service: &Service,
    questionnaire: &Questionnaire,
    what: Export,
    options: Options,
    link: String,
) -> anyhow::Result<Made> {
    let folder = service.settings.data.join("exports");
    // Before it is anybody's turn: themes of many answers take their time.
    let insight = match what {
        Export::Responses | Export::Answers => None,
        _ => Some(said(service, questionnaire, options).await?),
    };
    let _turn = TURN.acquire().await?;
    match (what, insight) {
        (Export::Workbook, Some(insight)) => {
            pour(service, questionnaire, options, folder, move |poured, all, file| {
                let Poured { form, count, folder } = poured;
                let given = workbook::Given { form, insight: &insight, count: *count, folder };
                workbook::write(&given, all, file)
            })
            .await
        }
        (Export::Polis | Export::PolisFile(_), Some(insight)) => {
            let questionnaire = questionnaire.clone();
            let writer = spawn_blocking(move || {
                whole(&folder, |file| {
                    let conversation = Conversation::of(&questionnaire, &insight, &link);
                    Ok(match what {
                        Export::PolisFile(part) => conversation.write(part, file, options.mark),
                        _ => conversation.archive(file),
                    }?)
                })
            });
            writer.await?
        }
        (_, Some(insight)) => {
            pour(service, questionnaire, options, folder, move |poured, all, file| {
                everything::write(&poured.form, &insight, options, all, file)
            })
            .await
        }
        (_, None) => {
            pour(service, questionnaire, options, folder, move |poured, all, file| {
                if what == Export::Answers {
                    table::answers(&poured.form, all, file, options.mark)
                } else {
                    table::responses(&poured.form, all, file, options.mark)
                }
            })
            .await
        }
    }
}

/// What was made of the answers, without the made-up ones where they are not wanted.
async fn said(
    service: &Service,
    questionnaire: &Questionnaire,
    options: Options,
) -> anyhow::Result<Arc<Insight>> {
    let insight = insight::of(service, questionnaire).await?;
    if options.examples || !insight.material.voices.iter().any(|voice| voice.response.example) {
        return Ok(insight);
    }
    let real = insight.material.voices.iter().filter(|voice| !voice.response.example);
    let material = insight.material.with(real.cloned().collect());
    let model = service.insights.model();
    let mut without = spawn_blocking(move || insight::compute(material, &model)).await?;
    without.reach.clone_from(&insight.reach);
    without.late = insight.late;
    Ok(Arc::new(without))
}

/// What is known before the first response.
struct Poured {
    form: Form,
    count: usize,
    folder: PathBuf,
}

/// Reads the responses part by part, while another thread sets them aside; then it writes.
async fn pour<W>(
    service: &Service,
    questionnaire: &Questionnaire,
    options: Options,
    folder: PathBuf,
    write: W,
) -> anyhow::Result<Made>
where
    W: FnOnce(&Poured, &mut Responses<'_>, &mut BufWriter<File>) -> anyhow::Result<()>
        + Send
        + 'static,
{
    let db = service.store.read();
    let form = Form::read(db, questionnaire).await?;
    let (id, mode) = (questionnaire.id, questionnaire.mode);
    let copying = Copying::begin(db, id, mode, options.examples).await?;
    let poured = Poured { form, count: copying.count(), folder };
    let (parts, mut waiting) = mpsc::channel::<Result<Vec<Raw>, DbErr>>(WAITING);
    let writer = spawn_blocking(move || {
        let mut sorted = Sorted::begin(nameless(&poured.folder)?, poured.count);
        while let Some(part) = waiting.blocking_recv() {
            for response in part? {
                sorted.put(&response)?;
            }
        }
        let mut all = sorted.oldest_first()?;
        whole(&poured.folder, |file| write(&poured, &mut all, file))
    });
    let mut reading =
        stream::iter(copying.parts().map(|part| copying.read(db, part))).buffer_unordered(READ);
    while let Some(read) = reading.next().await {
        let failed = read.is_err();
        // A writer that has given up takes no more, and says why below.
        if parts.send(read).await.is_err() || failed {
            break;
        }
    }
    drop((parts, reading));
    writer.await?
}

/// Fills a file without a name.
fn whole(
    folder: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> anyhow::Result<()>,
) -> anyhow::Result<Made> {
    let mut out = BufWriter::with_capacity(1 << 18, nameless(folder)?);
    fill(&mut out)?;
    out.flush()?;
    let mut whole = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    let length = whole.metadata()?.len();
    whole.rewind()?;
    Ok(Made { file: whole, length })
}

/// A file that nothing leads to but this handle.
fn nameless(folder: &Path) -> anyhow::Result<File> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let path = folder.join(format!("{}-{number}", std::process::id()));
    // What a former process with this number left behind, when it ended in this very moment.
    let _ = fs::remove_file(&path);
    let file = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
    fs::remove_file(&path)?;
    Ok(file)
}
