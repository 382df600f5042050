//! All SQL stands here: rows to the rules' types and back, and read models shaped for a page.
//! Nothing is decided here, and no noun's store calls another's.

pub mod access;
pub mod appeal;
pub mod approval;
pub mod checklist;
pub mod contact;
pub mod contact_check;
pub mod customer;
pub mod customer_add;
pub mod customer_bulk;
pub mod customer_correct;
pub mod customer_list;
pub mod customer_search;
pub mod customer_tabs;
pub mod db;
pub mod delegation;
pub mod desk;
pub mod duty;
pub mod event;
pub mod form_draft;
pub mod generated;
pub mod history;
pub mod incident;
pub mod letter;
pub mod letter_copy;
pub mod outbox;
pub mod policy;
pub mod policy_case;
pub mod proposal;
pub mod reconsideration;
pub mod register;
pub mod reminder;
pub mod restriction;
pub mod review;
pub mod session;
pub mod sitting;
pub mod staff;
pub mod system;
pub mod task;
pub mod term;
pub mod timeline;
pub mod tx;
pub mod undertaking;
pub mod warning;
pub mod warning_appeal;
pub mod warning_request;
pub mod worklist;

/// What can go wrong between the product and its database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database said no, or did not answer.
    #[error("the database: {0}")]
    Sql(#[from] sqlx::Error),
    /// A row that fits no state the rules know.
    #[error("a row of {table} fits no state: {id}")]
    Inconsistent {
        /// The table it stands in.
        table: &'static str,
        /// Its id.
        id: uuid::Uuid,
    },
    /// Somebody else changed it first.
    #[error("somebody else changed it first")]
    Stale,
}

/// What a question to the database answers with.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// The named constraint that refused a row, if one did.
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::Sql(sqlx::Error::Database(refused)) => refused.constraint(),
            _ => None,
        }
    }
}
