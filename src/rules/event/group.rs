//! The groups a timeline can be filtered by, and the kinds of event in each.

use super::Event;

/// The groups a timeline can be filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Incidents and warnings during contacts.
    Incidents,
    /// Contacts.
    Contacts,
    /// Decisions.
    Decisions,
    /// Letters.
    Letters,
}

impl Event {
    /// The kinds of a group, for a filter.
    pub fn kinds_of(group: Group) -> &'static [&'static str] {
        match group {
            Group::Incidents => {
                &["incident-logged", "incident-noted", "incident-together", "call-warned", "call-warning-undone", "call-ended"]
            }
            Group::Contacts => &["contact-logged", "account-recorded", "promise-kept", "promise-missed", "promise-tried"],
            Group::Decisions => &[
                "incident-decided",
                "warning-given",
                "step-left-out",
                "warning-asked",
                "warning-view",
                "warning-agreed",
                "warning-sent-back",
                "warning-taken-back",
                "warning-withdrawn",
                "proposal-taken-over",
                "proposal-sent",
                "view-given",
                "stage-approved",
                "proposal-sent-back",
                "proposal-declined",
                "restriction-approved",
                "restriction-varied",
                "restriction-moved",
                "restriction-lifted",
                "restriction-lapsed",
                "restriction-quashed",
                "review-held",
                "decided-in-place-of",
                "undertaking-signed",
                "undertaking-not-signed",
                "appeal-received",
                "appeal-admitted",
                "appeal-out-of-time",
                "appeal-overtaken",
                "appeal-decided",
                "warning-appeal-received",
                "warning-appeal-decided",
                "reconsideration-received",
                "reconsideration-answered",
                "reconsideration-overtaken",
                "early-review-asked",
                "register-looked-at",
                "register-minuted",
            ],
            Group::Letters => &["letter-made", "letter-sent", "copy-made", "copy-not-made", "copy-sent"],
        }
    }
}
