//! Passwords: argon2id, off the threads that answer requests, and one at a time.

use std::sync::mpsc;
use std::thread;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::oneshot;

/// The one place that hashes. A burst of sign-ins waits its turn here instead of starving everything else. It is one thread, because the
/// memory of a hash stays with the thread that made it: over a pool of threads it would add up.
#[derive(Clone)]
pub struct Passwords {
    asked: mpsc::Sender<Question>,
}

struct Question {
    password: String,
    /// Where there is no account the password is tried on a hash that is nobody's, so that an unknown address takes as long as a known one.
    known: Option<String>,
    answer: oneshot::Sender<bool>,
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
    /// Starts the one thread that hashes; it ends with the last of these.
    pub fn new() -> Self {
        let (asked, questions) = mpsc::channel::<Question>();
        let nobody = hash("nobody has this password");
        thread::spawn(move || {
            for question in questions {
                let is_right = match &question.known {
                    Some(hash) => matches(&question.password, hash),
                    None => {
                        matches(&question.password, &nobody);
                        false
                    }
                };
                let _ = question.answer.send(is_right);
            }
        });
        Self { asked }
    }

    /// Whether the password is that of this hash. Without a hash it takes as long, and the answer is no.
    pub async fn check(&self, password: String, known: Option<String>) -> bool {
        let (answer, answered) = oneshot::channel();
        let is_asked = self.asked.send(Question { password, known, answer }).is_ok();
        is_asked && answered.await.unwrap_or(false)
    }
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
