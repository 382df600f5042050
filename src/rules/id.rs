//! One newtype per id, so that a customer can never be passed where a warning is meant.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                Self(id)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A paying organisation. Never a person with a home.
    LandlordId,
    /// One version of a landlord's policy.
    PolicyVersionId,
    StaffId,
    /// The person whose contact with the landlord the record is about.
    CustomerId,
    /// A reasonable adjustment on a customer's record.
    NeedId,
    /// Someone who may speak for a customer.
    RepresentativeId,
    /// What somebody besides the customer was told of a letter.
    LetterCopyId,
    /// One contact, calm or not.
    ContactId,
    /// A warning spoken during a contact, before the contact may be ended.
    CallStepId,
    IncidentId,
    WarningId,
    /// A restriction from its first draft to its end; its proposal has the same id.
    RestrictionId,
    TermId,
    /// One day on which we owe what a term promises.
    DutyId,
    /// One recorded approval, view, refusal or question on a proposal.
    ApprovalId,
    AppealId,
    /// A request to look again at a restriction, outside an appeal.
    ReconsiderationId,
    ReviewId,
    /// What a customer is asked to sign before a restriction ends.
    UndertakingId,
    LetterId,
    /// Something a person must do by a day.
    TaskId,
    EventId,
    /// One message waiting in the outbox.
    MessageId,
    ReminderId,
}
