//! What a term closes, what it takes for granted, and what it never touches.

use std::collections::BTreeSet;

use super::{Block, Channel, ComplaintStep, MeasureKind, Purpose, Scope, Term, TopicMode};

impl Term {
    /// The channels it closes wholly, for everything but what is always open.
    pub fn closes(&self) -> BTreeSet<Channel> {
        match self {
            Self::Channels { closed } => closed.clone(),
            Self::EndDirectContact { leaves, .. } => Channel::ALL.iter().copied().filter(|one| !leaves.contains(one)).collect(),
            Self::EndAllContact { .. } => Channel::ALL.iter().copied().collect(),
            _ => BTreeSet::new(),
        }
    }

    /// The channel of ours a technical block may cut off, whatever the block was meant for. What is blocked on somebody's own phone or
    /// account was never a way to reach the landlord.
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
            Self::SinglePointOfContact { phone, email, .. } | Self::NamedTeam { phone, email, .. } => {
                given(phone, Channel::Phone).into_iter().chain(given(email, Channel::Email)).collect()
            }
            Self::Times { channel, .. } | Self::Quota { channel, .. } => [*channel].into(),
            Self::AppointmentOnly { channels, .. } | Self::Duration { channels, .. } | Self::Witness { channels, .. } => channels.clone(),
            _ => BTreeSet::new(),
        }
    }

    /// The channels its own words name as those that are left, which no other term may then close.
    pub fn names_open(&self) -> BTreeSet<Channel> {
        match self {
            Self::EndDirectContact { leaves, .. } => leaves.clone(),
            _ => BTreeSet::new(),
        }
    }

    /// The channels somebody named when it was chosen, closed or open.
    pub fn names(&self) -> BTreeSet<Channel> {
        match self {
            Self::Channels { closed } => closed.clone(),
            _ => self.relies_on().into_iter().chain(self.names_open()).collect(),
        }
    }

    /// The purposes it closes. Never one of the floor, whatever was written down.
    pub fn purposes_closed(&self) -> BTreeSet<Purpose> {
        let mut closed = self.purposes_named();
        closed.retain(|purpose| !Purpose::FLOOR.contains(purpose));
        closed
    }

    /// Whether it keeps a way to us open by itself, whatever is closed beside it: somebody who speaks for the customer, or everybody whom
    /// the measures beside it do not concern.
    pub const fn leaves_route(&self) -> bool {
        match self {
            Self::RepresentativeOnly { .. } => true,
            Self::Scope { reach, .. } => reach.narrows(),
            _ => false,
        }
    }

    /// The purposes it leaves out, by choice or because its words name one: what a guard has to look at.
    pub fn purposes_named(&self) -> BTreeSet<Purpose> {
        match self {
            Self::Topics { mode: TopicMode::Excluded, topics, purposes } => {
                let named = topics.iter().filter_map(|topic| Purpose::named(topic));
                purposes.iter().copied().chain(named).collect()
            }
            Self::Complaint { step: ComplaintStep::Declined | ComplaintStep::Closed, which: words, .. }
            | Self::Withdrawn { what: words, .. }
            | Self::ReadAndFile { about: words, .. }
            | Self::Documents { about: words, .. } => Purpose::named(words).into_iter().collect(),
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

    /// Whether it takes something from the customer. An offer, a promise of ours and a second person at a visit do not.
    pub const fn limits(&self) -> bool {
        !matches!(
            self.kind(),
            MeasureKind::TwoPersonVisits
                | MeasureKind::Witness
                | MeasureKind::AdvocateInvited
                | MeasureKind::RegularCall
                | MeasureKind::Scope
        )
    }

    /// Whom, which service or team it is about, where the term says where the bundle applies.
    pub fn scope(&self) -> Option<(Scope, &[String])> {
        match self {
            Self::Scope { reach, names } => Some((*reach, names)),
            _ => None,
        }
    }
}

fn given(words: &str, channel: Channel) -> Option<Channel> {
    (!words.trim().is_empty()).then_some(channel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::measure::Period;

    #[test]
    fn ending_direct_contact_closes_all_but_what_it_leaves_and_ending_all_leaves_none() {
        let lists: [&[Channel]; 3] =
            [&[Channel::Letter, Channel::Email], &[Channel::Letter, Channel::Online], &[Channel::Text, Channel::Chat, Channel::Email]];
        for leaves in lists.map(|leaves| leaves.iter().copied().collect::<BTreeSet<_>>()) {
            let term = Term::EndDirectContact { except: String::new(), leaves: leaves.clone() };
            let all: BTreeSet<Channel> = Channel::ALL.iter().copied().collect();
            assert_eq!(term.closes(), all.difference(&leaves).copied().collect());
            assert_eq!((term.names_open(), term.names()), (leaves.clone(), leaves));
        }
        assert_eq!(Term::EndAllContact { except: String::new() }.closes().len(), Channel::ALL.len());
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
    fn one_complaint_can_be_closed_and_complaints_are_named_as_a_whole_only_to_be_refused() {
        let closed =
            |which: &str| Term::Complaint { step: ComplaintStep::Closed, which: which.into(), why: "It was answered twice.".into() };
        assert_eq!(closed("your complaint C-2093").purposes_named(), BTreeSet::new());
        assert_eq!(closed("all complaints").purposes_named(), [Purpose::Complaint].into());
        assert_eq!(Term::Withdrawn { what: "repairs".into(), why: "x".into() }.purposes_named(), [Purpose::Repair].into());
    }

    #[test]
    fn a_block_on_somebodys_own_phone_cuts_no_channel_of_ours() {
        let block = |what| Term::TechnicalBlock { what, detail: "ends 4471".into(), removed_with_restriction: true };
        assert_eq!(block(Block::Number).blocks(), Some(Channel::Phone));
        assert_eq!(block(Block::OwnPhone).blocks(), None);
        assert_eq!(block(Block::OwnSocial).blocks(), None);
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
