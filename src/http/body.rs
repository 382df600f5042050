//! The body of a request, read up to a limit. What is too heavy is still received, within reason, and forgotten: a browser shows an answer
//! only once it has sent everything, and a connection that is cut meanwhile looks to its reader like a broken line.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderMap, header};

/// So many bytes beyond the limit are received and forgotten.
const FORGOTTEN: usize = 16 * 1024 * 1024;

/// Nobody is listened to for longer than this once it is too much.
const PATIENCE: Duration = Duration::from_secs(5);

/// What was sent, up to `most` bytes; nothing where it was more, or broke off.
pub(super) async fn read(headers: &HeaderMap, mut body: Body, most: usize) -> Option<Bytes> {
    if body.size_hint().lower() > most as u64 {
        receive(headers, body).await;
        return None;
    }
    let mut bytes = Vec::new();
    while let Some(piece) = next(&mut body).await {
        bytes.extend_from_slice(&piece.ok()?);
        if bytes.len() > most {
            receive(headers, body).await;
            return None;
        }
    }
    Some(bytes.into())
}

/// Receives the rest and forgets it. Whoever asks first whether to send (`Expect`) is told no instead, and what is far too much is cut.
async fn receive(headers: &HeaderMap, mut body: Body) {
    if headers.contains_key(header::EXPECT) || body.size_hint().lower() > FORGOTTEN as u64 {
        return;
    }
    let rest = async {
        let mut left = FORGOTTEN;
        while let Some(Ok(piece)) = next(&mut body).await {
            let Some(less) = left.checked_sub(piece.len()) else { return };
            left = less;
        }
    };
    // Late or not, the answer is the same.
    let _ = tokio::time::timeout(PATIENCE, rest).await;
}

async fn next(body: &mut Body) -> Option<Result<Bytes, axum::Error>> {
    loop {
        match poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await? {
            Ok(frame) => {
                if let Ok(piece) = frame.into_data() {
                    return Some(Ok(piece));
                }
            }
            Err(error) => return Some(Err(error)),
        }
    }
}
