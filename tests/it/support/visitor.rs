//! Somebody with a browser: cookies are kept, redirects are seen, forms say where they come from.

use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};

use super::{Form, Page};

/// A browser without scripts.
pub struct Visitor {
    /// `http://127.0.0.1:PORT`
    pub address: String,
    /// For requests that no browser would send.
    pub client: Client,
}

impl Visitor {
    /// A fresh browser.
    pub fn at(address: &str) -> Self {
        // The client insists on knowing how to encrypt, even for plain connections.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = Client::builder()
            .cookie_store(true)
            .redirect(Policy::none())
            .timeout(std::time::Duration::from_mins(1))
            // Sooner than the server hangs up: what is sent in that moment would be lost.
            .pool_idle_timeout(std::time::Duration::from_secs(1))
            .build()
            .unwrap();
        Self { address: address.to_owned(), client }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Page {
        self.send(self.client.get(self.url(path))).await
    }

    /// Opens a page that must be there.
    pub async fn page(&self, path: &str) -> Page {
        let page = self.get(path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.words());
        page
    }

    /// Opens a page as a reader of the language does.
    pub async fn get_in(&self, language: &str, path: &str) -> Page {
        self.send(self.client.get(self.url(path)).header("accept-language", language)).await
    }

    /// Sends a form as our own page would.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.send(self.own(path).form(fields)).await
    }

    /// Sends a form that was read from a page and filled in.
    pub async fn submit(&self, form: &Form) -> Page {
        match form.method.as_str() {
            "post" if form.multipart => {
                let mut body = reqwest::multipart::Form::new();
                for (name, value) in &form.fields {
                    body = body.text(name.clone(), value.clone());
                }
                self.send(self.own(&form.action).multipart(body)).await
            }
            "post" => self.send(self.own(&form.action).form(&form.fields)).await,
            _ => {
                let pairs = form.fields.iter().map(|(name, value)| (name, value));
                let query =
                    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
                self.get(&format!("{}?{query}", form.action)).await
            }
        }
    }

    /// Sends a body of form fields as it is, escapes and all.
    pub async fn post_raw(&self, path: &str, body: String) -> Page {
        let form = ("content-type", "application/x-www-form-urlencoded");
        self.send(self.own(path).header(form.0, form.1).body(body)).await
    }

    /// Sends a request.
    pub async fn send(&self, request: RequestBuilder) -> Page {
        let response: Response = request.send().await.unwrap();
        let path = response.url().path().to_owned();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        Page { path, status, headers, text }
    }

    /// The whole address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    fn own(&self, path: &str) -> RequestBuilder {
        self.client.post(self.url(path)).header("sec-fetch-site", "same-origin")
    }
}
