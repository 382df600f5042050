//! Passwords: argon2id, off the threads that answer requests, and one at a time.

use std::sync::{Arc, OnceLock};
use std::thread;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::{Semaphore, oneshot};

/// The one place that hashes. A burst of sign-ins waits its turn here instead of starving everything else.
#[derive(Clone)]
pub struct Passwords {
    turn: Arc<Semaphore>,
    /// Where there is no account the password is tried on this hash, which is nobody's, so that an unknown address takes as long as a
    /// known one.
    nobody: Arc<OnceLock<String>>,
}

/// 7 MiB, five passes, one lane: one of the settings that OWASP's password storage cheat sheet calls equal for argon2id. The others ask for
/// less time and more memory, up to 46 MiB a hash, in a server that needs about 50 for everything.
fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(7 * 1024, 5, 1, None).expect("fixed parameters within bounds"))
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

/// Does slow work on a thread of its own. The allocator keeps what a hash held for as long as the thread that made it lives: a thread that
/// ends gives it back, and a pool of them would add up.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (answer, answered) = oneshot::channel();
    thread::spawn(move || answer.send(work()));
    answered.await.ok()
}

/// [`hash`], on a thread of its own. Nothing where that thread died.
pub async fn hash_apart(password: String) -> Option<String> {
    apart(move || hash(&password)).await
}

impl Passwords {
    /// Ready to check, one at a time.
    pub fn new() -> Self {
        let nobody = Arc::<OnceLock<String>>::default();
        let made = Arc::clone(&nobody);
        thread::spawn(move || made.get_or_init(nobodys_hash).len());
        Self { turn: Arc::new(Semaphore::new(1)), nobody }
    }

    /// Whether the password is that of this hash. Without a hash it takes as long, and the answer is no.
    pub async fn check(&self, password: String, known: Option<String>) -> bool {
        let Ok(turn) = Arc::clone(&self.turn).acquire_owned().await else { return false };
        let nobody = Arc::clone(&self.nobody);
        let is_right = apart(move || {
            // Whoever asked may have hung up: the turn ends with the work, not with the wait for it.
            let _turn = turn;
            match known {
                Some(hash) => matches(&password, &hash),
                None => {
                    matches(&password, nobody.get_or_init(nobodys_hash));
                    false
                }
            }
        });
        is_right.await.unwrap_or(false)
    }
}

fn nobodys_hash() -> String {
    hash("nobody has this password")
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
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
