//! What every request finds to hand.

use std::sync::Arc;

use axum::extract::FromRef;
use axum_extra::extract::cookie::Key;
use ipnet::IpNet;

use super::seen::Seen;
use crate::casework::desk::Office;
use crate::passwords::Passwords;

/// The router's state. Cheap to clone.
#[derive(Clone)]
pub struct Kit {
    /// Where desks come from.
    pub office: Office,
    /// Signs and seals cookies.
    pub key: Key,
    /// Checks passwords, a few at a time.
    pub passwords: Passwords,
    /// Takes down who looked at what, after the answer has gone.
    pub seen: Seen,
    /// Whether this is the demonstration, with its accounts and its mailbox.
    pub demo: bool,
    /// The address people reach the product at, for links in mail and for refusing strangers' posts.
    pub base_url: String,
    /// Proxies of ours: what they say of where a request came from is believed.
    pub trusted_proxies: Arc<[IpNet]>,
    /// Woken when a commit may have left mail.
    pub post: Arc<tokio::sync::Notify>,
}

impl FromRef<Kit> for Key {
    fn from_ref(kit: &Kit) -> Self {
        kit.key.clone()
    }
}
