//! The world that typst sees: one template, one file of values, and fonts. No other file, no
//! network, no clock.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_kit::fonts::{self, FontStore};
use typst_pdf::PdfOptions;

use super::{Paper, Template};

const BRIEF: &str = include_str!("../../assets/pdf/brief.typ");
const GUIDE: &str = include_str!("../../assets/pdf/guide.typ");

static FONTS: LazyLock<FontStore> = LazyLock::new(|| {
    let mut store = FontStore::new();
    store.extend(fonts::embedded());
    // Folders are read in any order; the book should not be.
    let mut system: Vec<_> = fonts::system().collect();
    system.sort_by(|(a, _), (b, _)| (&a.path, a.index).cmp(&(&b.path, b.index)));
    store.extend(system);
    store
});
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// What the template may see.
struct Desk {
    template: Source,
    values: (FileId, Bytes),
}

fn file(name: &str) -> Result<FileId, String> {
    let path = VirtualPath::new(name).map_err(|_never| format!("{name} is no path"))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

/// A sheet as PDF.
pub(super) fn set(template: Template, sheet: String, paper: Paper) -> Result<Vec<u8>, String> {
    let (name, text) = match template {
        Template::Brief => ("/brief.typ", BRIEF),
        Template::Guide => ("/guide.typ", GUIDE),
    };
    let values = format!("{{\"paper\":\"{}\",\"sheet\":{sheet}}}", paper.name());
    let desk = Desk {
        template: Source::new(file(name)?, text.to_owned()),
        values: (file("/values.json")?, Bytes::from_string(values)),
    };
    let told = |errors: &[typst::diag::SourceDiagnostic]| {
        errors.iter().map(|error| error.message.to_string()).collect::<Vec<_>>().join("; ")
    };
    let document = typst::compile(&desk).output.map_err(|errors| told(&errors))?;
    let pdf = typst_pdf::pdf(&document, &PdfOptions::default()).map_err(|errors| told(&errors));
    // What was remembered would be kept for good.
    typst::comemo::evict(0);
    pdf
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        FONTS.book()
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() {
            Ok(self.template.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let (known, values) = &self.values;
        if id == *known { Ok(values.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
