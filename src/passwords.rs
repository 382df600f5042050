//! Passwords: argon2id, off the threads that answer requests, and only so many at a time.

use std::sync::Arc;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

/// The one place that hashes. A burst of sign-ins waits its turn here instead of starving everything else.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    /// Verified where there is no account, so that an unknown address takes as long as a known one.
    nobody: Arc<str>,
}

/// 19 MiB, two passes, one lane: the OWASP minimum for argon2id.
fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19 * 1024, 2, 1, None).expect("fixed parameters within bounds"))
}

/// Hashes a password into a PHC string. Slow by design.
///
/// # Panics
/// Never: the parameters are fixed and the operating system has random numbers.
pub fn hash(password: &str) -> String {
    argon2().hash_password(password.as_bytes()).expect("the operating system has random numbers").to_string()
}

fn matches(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok())
}

impl Passwords {
    /// Hashing for at most so many sign-ins at once.
    pub fn new(at_once: usize) -> Self {
        Self { turns: Arc::new(Semaphore::new(at_once)), nobody: hash("nobody has this password").into() }
    }

    /// Whether the password is that of this hash. Without a hash it takes as long, and the answer is no.
    pub async fn check(&self, password: String, known: Option<String>) -> bool {
        let Ok(_turn) = self.turns.acquire().await else { return false };
        let nobody = self.nobody.clone();
        tokio::task::spawn_blocking(move || match known {
            Some(hash) => matches(&password, &hash),
            None => {
                matches(&password, &nobody);
                false
            }
        })
        .await
        .unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_matches_its_own_hash_and_no_other() {
        let kept = hash("demo account");
        assert!(kept.starts_with("$argon2id$"));
        assert!(matches("demo account", &kept));
        assert!(!matches("Demo account", &kept));
        assert!(!matches("demo account", "no hash at all"));
    }
}
