//! A term of a restriction: one measure with its parameters, as it is stored and read.

use std::collections::BTreeSet;

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use super::{Cadence, Channel, ComplaintStep, Day, DocumentGuard, Fate, MeasureKind, Period, Purpose, Scope};
use crate::rules::id::StaffId;
use crate::rules::label::labels;

labels! {
    /// Whether a list of topics is what may not be discussed, or all that may be.
    pub enum TopicMode {
        Excluded "excluded" "Not these topics",
        Only "only" "Only these topics",
    }
}

labels! {
    /// What a technical block stands on.
    pub enum Block {
        Number "number" "A phone number",
        Mailbox "mailbox" "A mailbox",
        Social "social" "A social media account",
        OwnPhone "own-phone" "A staff member’s own phone",
        OwnSocial "own-social" "A staff member’s own social media",
    }
}

/// One measure and its parameters. A restriction is a bundle of these, each varied or lifted alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Term {
    /// One named person for everything but what is always open, with cover when they are away.
    SinglePointOfContact {
        name: String,
        job: String,
        #[serde(default)]
        phone: String,
        #[serde(default)]
        email: String,
        cover: String,
        /// Who it is, where they work here: known by this, whatever the spelling.
        #[serde(default)]
        staff: Option<StaffId>,
        /// Who covers, where they work here.
        #[serde(default)]
        cover_staff: Option<StaffId>,
    },
    /// One team for everything but what is always open; anybody in it covers for the others.
    NamedTeam {
        /// As it is said: "the Customer Resolution team".
        team: String,
        #[serde(default)]
        phone: String,
        #[serde(default)]
        email: String,
    },
    Channels {
        closed: BTreeSet<Channel>,
    },
    /// A channel is kept to these days, from one time until another, by the London clock.
    Times {
        channel: Channel,
        days: BTreeSet<Day>,
        from: NaiveTime,
        until: NaiveTime,
    },
    /// Each call, meeting or visit ends after so many minutes.
    Duration {
        channels: BTreeSet<Channel>,
        minutes: u16,
    },
    /// So many in a period. What is always open is never counted, listed here or not.
    Quota {
        channel: Channel,
        count: u16,
        per: Period,
        #[serde(default)]
        exempt: BTreeSet<Purpose>,
        #[serde(default)]
        answered_on: Option<Day>,
    },
    /// So many new matters in a period; at a time, where there is no period.
    Issues {
        count: u16,
        #[serde(default)]
        per: Option<Period>,
    },
    /// We answer at a set rhythm, or once for everything, or both: a promise of ours as well.
    Replies {
        #[serde(default)]
        every: Option<Cadence>,
        #[serde(default)]
        on: Option<Day>,
        by: String,
        #[serde(default)]
        one_for_all: bool,
    },
    /// We ring at a set time: a promise with an owner.
    RegularCall {
        by: String,
        every: Cadence,
        on: Day,
        at: NaiveTime,
    },
    /// Meetings, home visits or both have to be booked first.
    AppointmentOnly {
        with: String,
        /// Who that is, where they work here.
        #[serde(default)]
        staff: Option<StaffId>,
        channels: BTreeSet<Channel>,
    },
    /// Contact comes through this person, on any channel they choose.
    RepresentativeOnly {
        name: String,
    },
    /// The customer may name somebody to speak for them. An offer: nothing is limited.
    AdvocateInvited {
        /// Who it may be: "a relative, a friend or a support worker".
        who: String,
    },
    Premises {
        #[serde(default)]
        places: Vec<String>,
        #[serde(default)]
        events: bool,
    },
    Topics {
        mode: TopicMode,
        #[serde(default)]
        topics: Vec<String>,
        #[serde(default)]
        purposes: BTreeSet<Purpose>,
    },
    /// What becomes of one complaint, with a reason of its own.
    Complaint {
        step: ComplaintStep,
        /// In the middle of a sentence: "your complaint C-2093 about the lift".
        which: String,
        why: String,
    },
    /// Papers that say nothing new are sent back, or destroyed when more come after this notice.
    Documents {
        fate: Fate,
        about: String,
        /// Who looks at each one first.
        checked_by: String,
        guard: BTreeSet<DocumentGuard>,
    },
    TwoPersonVisits {
        why: String,
    },
    /// Somebody else of ours is present.
    Witness {
        channels: BTreeSet<Channel>,
        who: String,
    },
    /// Messages about this are read by a named reader and filed; there is no reply.
    ReadAndFile {
        about: String,
        reader: String,
    },
    /// A service or an offer we do not owe is taken back, with a reason of its own.
    Withdrawn {
        what: String,
        why: String,
    },
    /// A number, mailbox or account is blocked, and unblocked when the restriction ends.
    TechnicalBlock {
        what: Block,
        detail: String,
        removed_with_restriction: bool,
    },
    /// Closes every channel but the written ones it leaves.
    EndDirectContact {
        #[serde(default)]
        except: String,
        /// Chosen with the measure and kept with it, so that a letter that was sent goes on meaning the same.
        #[serde(default = "Term::letters_and_email")]
        leaves: BTreeSet<Channel>,
    },
    /// Closes every channel, for everything but what is always open.
    EndAllContact {
        #[serde(default)]
        except: String,
    },
    /// The measures beside it hold for these people, services or teams only, or for these organisations as well.
    Scope {
        reach: Scope,
        names: Vec<String>,
    },
    Other {
        words: String,
    },
}

impl Term {
    /// What ending direct contact leaves where nobody said.
    pub fn letters_and_email() -> BTreeSet<Channel> {
        [Channel::Letter, Channel::Email].into()
    }

    /// The measure of the catalogue this is.
    pub const fn kind(&self) -> MeasureKind {
        match self {
            Self::SinglePointOfContact { .. } => MeasureKind::SinglePointOfContact,
            Self::NamedTeam { .. } => MeasureKind::NamedTeam,
            Self::Channels { .. } => MeasureKind::Channels,
            Self::Times { .. } => MeasureKind::Times,
            Self::Duration { .. } => MeasureKind::Duration,
            Self::Quota { .. } => MeasureKind::Quota,
            Self::Issues { .. } => MeasureKind::Issues,
            Self::Replies { .. } => MeasureKind::Replies,
            Self::RegularCall { .. } => MeasureKind::RegularCall,
            Self::AppointmentOnly { .. } => MeasureKind::AppointmentOnly,
            Self::RepresentativeOnly { .. } => MeasureKind::RepresentativeOnly,
            Self::AdvocateInvited { .. } => MeasureKind::AdvocateInvited,
            Self::Premises { .. } => MeasureKind::Premises,
            Self::Topics { .. } => MeasureKind::Topics,
            Self::Complaint { .. } => MeasureKind::Complaint,
            Self::Documents { .. } => MeasureKind::Documents,
            Self::TwoPersonVisits { .. } => MeasureKind::TwoPersonVisits,
            Self::Witness { .. } => MeasureKind::Witness,
            Self::ReadAndFile { .. } => MeasureKind::ReadAndFile,
            Self::Withdrawn { .. } => MeasureKind::Withdrawn,
            Self::TechnicalBlock { .. } => MeasureKind::TechnicalBlock,
            Self::EndDirectContact { .. } => MeasureKind::EndDirectContact,
            Self::EndAllContact { .. } => MeasureKind::EndAllContact,
            Self::Scope { .. } => MeasureKind::Scope,
            Self::Other { .. } => MeasureKind::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_stored_by_its_kind_and_reads_back_the_same() {
        let quota = Term::Quota {
            channel: Channel::Email,
            count: 1,
            per: Period::Week,
            exempt: [Purpose::Repair].into(),
            answered_on: Some(Day::Friday),
        };
        let replies = Term::Replies { every: Some(Cadence::Fortnight), on: Some(Day::Monday), by: "Ann Lee".into(), one_for_all: true };
        let stored = [
            serde_json::json!({
                "kind": "quota", "channel": "email", "count": 1, "per": "week",
                "exempt": ["repair"], "answered_on": "friday",
            }),
            serde_json::json!({ "kind": "replies", "every": "fortnight", "on": "monday", "by": "Ann Lee", "one_for_all": true }),
        ];
        for (term, stored) in [quota, replies].into_iter().zip(stored) {
            assert_eq!(serde_json::to_value(&term).unwrap(), stored);
            assert_eq!(serde_json::from_value::<Term>(stored).unwrap(), term);
        }
    }

    #[test]
    fn a_term_that_was_stored_before_it_had_more_parameters_still_reads() {
        let block: Term =
            serde_json::from_str(r#"{"kind":"technical-block","what":"number","detail":"ends 4471","removed_with_restriction":true}"#)
                .unwrap();
        assert_eq!(block.kind(), MeasureKind::TechnicalBlock);
        let direct: Term = serde_json::from_str(r#"{"kind":"end-direct-contact","except":"The call on Fridays"}"#).unwrap();
        assert_eq!(direct, Term::EndDirectContact { except: "The call on Fridays".into(), leaves: Term::letters_and_email() });
        let issues: Term = serde_json::from_str(r#"{"kind":"issues","count":1}"#).unwrap();
        assert_eq!(issues, Term::Issues { count: 1, per: None });
    }
}
