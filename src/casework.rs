//! What staff do, one function per act: load, decide, save, record. No HTTP and no SQL here.

pub mod answer;
pub mod appeal;
pub mod approval;
pub mod case;
pub mod checklist;
pub mod colleague;
pub mod contact;
pub mod customer;
pub mod delegation;
pub mod desk;
pub mod incident;
pub mod letter;
pub mod letter_copy;
pub mod notice;
pub mod policy;
pub mod promise;
pub mod proposal;
pub mod reconsideration;
pub mod record;
pub mod register;
pub mod reminder;
pub mod restriction;
pub mod review;
pub mod search;
pub mod sitting;
pub mod task;
pub mod told;
pub mod undertaking;
pub mod warning;

use crate::store;

/// Why an act did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The policy, or plain sense, says no: each reason as a sentence, beside the field it concerns if it concerns one.
    #[error("refused: {}", .0.iter().map(|refusal| refusal.sentence.as_str()).collect::<Vec<_>>().join(" "))]
    Refused(Vec<Refusal>),
    /// This person may not do this; the sentence says who can.
    #[error("forbidden: {0}")]
    Forbidden(String),
    /// No such record here.
    #[error("no such record here")]
    NotFound,
    /// Somebody else changed it first; the sentence says what it is now.
    #[error("changed meanwhile: {0}")]
    Changed(String),
    /// The database said no, or did not answer.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// One reason why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The field it concerns, or empty.
    pub field: String,
    /// Why not, in words a customer could be read.
    pub sentence: String,
}

/// What an act answers with.
pub type Result<T> = std::result::Result<T, Error>;

impl Refusal {
    /// A reason beside a field.
    pub fn at(field: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self { field: field.into(), sentence: sentence.into() }
    }
}

impl Error {
    /// One refusal.
    pub fn refused(field: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self::Refused(vec![Refusal::at(field, sentence)])
    }
}

/// The record, or the fault of there being none.
pub fn found<T>(record: Option<T>) -> Result<T> {
    record.ok_or(Error::NotFound)
}
