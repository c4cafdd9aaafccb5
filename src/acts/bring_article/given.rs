//! The ways in which an article is given: a file, pasted words, an address.

use crate::article::{self, Article, ArticleError, Format, Given};
use crate::fetch::NoFetch;
use crate::service::Service;

/// How an article is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file with its name.
    File(String, Vec<u8>),
    /// Words that were typed or pasted.
    Words(String),
    /// Where it stands.
    Address(String),
}

/// Why there is no article.
#[derive(Debug, thiserror::Error)]
pub enum NotBrought {
    /// Nobody is asked for articles, as the settings say.
    #[error("Articles are not fetched from here.")]
    Off,
    /// Its address gave nothing.
    #[error("We could not read it there: {0}.")]
    Fetch(#[from] NoFetch),
    /// It holds nothing that is read.
    #[error(transparent)]
    Article(#[from] ArticleError),
}

/// What is asked for at an address.
const ACCEPT: &str = "text/html, application/xhtml+xml, text/markdown, text/plain;q=0.9, \
     application/vnd.openxmlformats-officedocument.wordprocessingml.document, */*;q=0.5";

/// Reads what is given into an article, and keeps nothing. `stated`: its format, where whoever
/// gives it says so.
///
/// # Errors
/// See [`NotBrought`].
pub async fn read_article(
    service: &Service,
    source: Source,
    stated: Option<Format>,
) -> Result<Article, NotBrought> {
    let (bytes, name, content_type, address) = match source {
        Source::File(name, bytes) => (bytes, Some(name), None, None),
        Source::Words(words) => (words.into_bytes(), None, None, None),
        Source::Address(_) if !service.settings.fetch.articles => return Err(NotBrought::Off),
        Source::Address(address) => {
            let found = service.fetcher.get(&address, ACCEPT).await?;
            (found.bytes, None, Some(found.content_type), Some(found.address))
        }
    };
    // Large pages take a while: nobody else waits for it.
    let read = tokio::task::spawn_blocking(move || {
        article::bring(&Given {
            bytes: &bytes,
            stated,
            name: name.as_deref(),
            content_type: content_type.as_deref(),
            address: address.as_deref(),
        })
    });
    // A reader that broke has read nothing.
    Ok(read.await.unwrap_or(Err(ArticleError::NotText))?)
}
