//! Stylesheet, script and icon: inside the program, named by what is in them, kept for a year.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

/// One file as it is served: its address changes whenever its content does.
struct Served {
    href: String,
    kind: String,
    file: EmbeddedFile,
}

static SERVED: LazyLock<Vec<Served>> = LazyLock::new(|| Files::iter().filter_map(|name| serve(&name)).collect());

/// The address of the stylesheet.
pub fn css_href() -> &'static str {
    href("app", "css")
}

/// The address of the script.
pub fn js_href() -> &'static str {
    href("app", "js")
}

/// The address of the icon in the browser's tab.
pub fn icon_href() -> &'static str {
    href("favicon", "svg")
}

/// `/static/…`, for any router.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/static/{name}", get(show))
}

async fn show(Path(name): Path<String>) -> Response {
    let asked = format!("/static/{name}");
    let Some(served) = SERVED.iter().find(|served| served.href == asked) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [(header::CONTENT_TYPE, served.kind.as_str()), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, served.file.data.clone()).into_response()
}

fn serve(name: &str) -> Option<Served> {
    let file = Files::get(name)?;
    let (stem, extension) = name.rsplit_once('.')?;
    let mark: String = file.metadata.sha256_hash().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let kind = mime_guess::from_ext(extension).first_or_octet_stream();
    let charset = if kind.type_() == "text" || extension == "svg" { "; charset=utf-8" } else { "" };
    let href = format!("/static/{stem}.{mark}.{extension}");
    Some(Served { href, kind: format!("{kind}{charset}"), file })
}

fn href(stem: &str, extension: &str) -> &'static str {
    let found = SERVED.iter().find(|served| is_named(&served.href, stem, extension));
    &found.expect("the file is built into the program").href
}

fn is_named(href: &str, stem: &str, extension: &str) -> bool {
    let name = href.strip_prefix("/static/").unwrap_or(href);
    let mut pieces = name.split('.');
    pieces.next() == Some(stem) && pieces.next_back() == Some(extension)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;

    use super::*;

    async fn ask(path: &str) -> Response {
        let request = Request::builder().uri(path).body(Body::empty()).expect("a request");
        routes::<()>().oneshot(request).await.expect("an answer")
    }

    #[tokio::test]
    async fn the_stylesheet_is_kept_for_a_year_under_the_name_of_its_content() {
        let answer = ask(css_href()).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
        assert_eq!(answer.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    }

    #[tokio::test]
    async fn script_and_icon_say_what_they_are() {
        assert_eq!(ask(js_href()).await.headers()[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
        assert_eq!(ask(icon_href()).await.headers()[header::CONTENT_TYPE], "image/svg+xml; charset=utf-8");
    }

    #[tokio::test]
    async fn an_old_name_is_not_found() {
        assert_eq!(ask("/static/app.css").await.status(), StatusCode::NOT_FOUND);
        assert_eq!(ask("/static/app.0.css").await.status(), StatusCode::NOT_FOUND);
    }
}
