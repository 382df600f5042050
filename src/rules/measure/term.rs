//! A term of a restriction: one measure with its parameters, as it is stored and read.

use std::collections::BTreeSet;

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use super::{Channel, Day, MeasureKind, Period, Purpose};
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
    /// Meetings, home visits or both have to be booked first.
    AppointmentOnly {
        with: String,
        channels: BTreeSet<Channel>,
    },
    /// Contact comes through this person, on any channel they choose.
    RepresentativeOnly {
        name: String,
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
    TwoPersonVisits {
        why: String,
    },
    /// Messages about this are read by a named reader and filed; there is no reply.
    ReadAndFile {
        about: String,
        reader: String,
    },
    /// Closes phone, text messages, meetings, visits and social media; leaves letters and email.
    EndDirectContact {
        #[serde(default)]
        except: String,
    },
    /// A number, mailbox or account is blocked, and unblocked when the restriction ends.
    TechnicalBlock {
        what: Block,
        detail: String,
        removed_with_restriction: bool,
    },
    Other {
        words: String,
    },
}

impl Term {
    /// The measure of the catalogue this is.
    pub const fn kind(&self) -> MeasureKind {
        match self {
            Self::SinglePointOfContact { .. } => MeasureKind::SinglePointOfContact,
            Self::Channels { .. } => MeasureKind::Channels,
            Self::Times { .. } => MeasureKind::Times,
            Self::Quota { .. } => MeasureKind::Quota,
            Self::AppointmentOnly { .. } => MeasureKind::AppointmentOnly,
            Self::RepresentativeOnly { .. } => MeasureKind::RepresentativeOnly,
            Self::Premises { .. } => MeasureKind::Premises,
            Self::Topics { .. } => MeasureKind::Topics,
            Self::TwoPersonVisits { .. } => MeasureKind::TwoPersonVisits,
            Self::ReadAndFile { .. } => MeasureKind::ReadAndFile,
            Self::EndDirectContact { .. } => MeasureKind::EndDirectContact,
            Self::TechnicalBlock { .. } => MeasureKind::TechnicalBlock,
            Self::Other { .. } => MeasureKind::Other,
        }
    }

    /// The channels it closes wholly, for everything but what is always open.
    pub fn closes(&self) -> BTreeSet<Channel> {
        match self {
            Self::Channels { closed } => closed.clone(),
            Self::EndDirectContact { .. } => Channel::DIRECT.into(),
            _ => BTreeSet::new(),
        }
    }

    /// The channel a technical block may cut off, whatever the block was meant for.
    pub const fn blocks(&self) -> Option<Channel> {
        match self {
            Self::TechnicalBlock { what: Block::Number, .. } => Some(Channel::Phone),
            Self::TechnicalBlock { what: Block::Mailbox, .. } => Some(Channel::Email),
            Self::TechnicalBlock { what: Block::Social, .. } => Some(Channel::Social),
            _ => None,
        }
    }

    /// The channels it takes for granted, which no other term may then close.
    pub fn relies_on(&self) -> BTreeSet<Channel> {
        match self {
            Self::SinglePointOfContact { phone, email, .. } => {
                given(phone, Channel::Phone).into_iter().chain(given(email, Channel::Email)).collect()
            }
            Self::Times { channel, .. } | Self::Quota { channel, .. } => [*channel].into(),
            Self::AppointmentOnly { channels, .. } => channels.clone(),
            _ => BTreeSet::new(),
        }
    }

    /// The purposes it closes. Never one of the floor, whatever was written down.
    pub fn purposes_closed(&self) -> BTreeSet<Purpose> {
        let mut closed = self.purposes_named();
        closed.retain(|purpose| !Purpose::FLOOR.contains(purpose));
        closed
    }

    /// Whether it keeps a way to us open by itself, whatever is closed beside it.
    pub const fn leaves_route(&self) -> bool {
        matches!(self, Self::RepresentativeOnly { .. })
    }

    /// The purposes its topics leave out, by choice or because the words name one: what a guard has to look at.
    pub fn purposes_named(&self) -> BTreeSet<Purpose> {
        match self {
            Self::Topics { mode: TopicMode::Excluded, topics, purposes } => {
                let named = topics.iter().filter_map(|topic| Purpose::named(topic));
                purposes.iter().copied().chain(named).collect()
            }
            _ => BTreeSet::new(),
        }
    }

    /// Whether contacts about this purpose are left out of the count.
    pub fn exempts(&self, purpose: Purpose, always_open: &BTreeSet<Purpose>) -> bool {
        match self {
            Self::Quota { exempt, .. } => exempt.contains(&purpose) || always_open.contains(&purpose) || Purpose::FLOOR.contains(&purpose),
            _ => true,
        }
    }
}

fn given(words: &str, channel: Channel) -> Option<Channel> {
    (!words.trim().is_empty()).then_some(channel)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_stored_by_its_kind_and_reads_back_the_same() {
        let term = Term::Quota {
            channel: Channel::Email,
            count: 1,
            per: Period::Week,
            exempt: [Purpose::Repair].into(),
            answered_on: Some(Day::Friday),
        };
        let stored = serde_json::to_value(&term).unwrap();
        assert_eq!(
            stored,
            serde_json::json!({
                "kind": "quota", "channel": "email", "count": 1, "per": "week",
                "exempt": ["repair"], "answered_on": "friday",
            })
        );
        assert_eq!(serde_json::from_value::<Term>(stored).unwrap(), term);
    }

    #[test]
    fn ending_direct_contact_leaves_letters_and_email() {
        let closed = Term::EndDirectContact { except: String::new() }.closes();
        assert_eq!(closed.len(), 5);
        assert!(!closed.contains(&Channel::Letter) && !closed.contains(&Channel::Email));
    }

    #[test]
    fn topics_never_close_the_floor_whatever_was_written() {
        let term = Term::Topics {
            mode: TopicMode::Excluded,
            topics: vec!["All repairs".into(), "The 2024 kitchen".into()],
            purposes: [Purpose::Emergency, Purpose::Complaint].into(),
        };
        assert_eq!(term.purposes_closed(), [Purpose::Repair, Purpose::Complaint].into());
    }

    #[test]
    fn what_is_always_open_is_never_counted() {
        let term = Term::Quota { channel: Channel::Phone, count: 2, per: Period::Week, exempt: BTreeSet::new(), answered_on: None };
        let open = BTreeSet::from([Purpose::Repair]);
        assert!(term.exempts(Purpose::Repair, &open));
        assert!(term.exempts(Purpose::Emergency, &BTreeSet::new()));
        assert!(!term.exempts(Purpose::Complaint, &open));
    }
}
