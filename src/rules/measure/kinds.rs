//! The words of the catalogue: channels, ways, purposes, periods, days, and how firmly a way to us is kept.

use std::collections::BTreeSet;

use crate::rules::label::labels;

labels! {
    /// How a contact reaches us.
    pub enum Channel {
        Phone "phone" "Phone",
        Email "email" "Email",
        Text "text" "Text message",
        Letter "letter" "Letter",
        /// Through the customer's account with the landlord, its app, or a form on its website.
        Online "online" "Online account or form",
        /// In a chat on the website or in the app, or by WhatsApp or another messaging service.
        Chat "chat" "Web chat or messages",
        /// At an office, or anywhere that is not the customer's home.
        Person "person" "In person",
        /// At the customer's home.
        Visit "visit" "Home visit",
        Social "social" "Social media",
    }
}

labels! {
    /// The ways staff ask about before a contact: channels that get one answer together. A chat is apart from what is in writing, because
    /// somebody waits at the other end.
    pub enum Way {
        Phone "phone" "Phone",
        Writing "writing" "In writing",
        Chat "chat" "Chat",
        Person "person" "In person",
        Visit "visit" "Home visit",
        Social "social" "Social media",
    }
}

labels! {
    /// What a contact is about, where that decides whether a measure may touch it.
    pub enum Purpose {
        Emergency "emergency" "Emergencies and hazards",
        Repair "repair" "Repairs",
        Safeguarding "safeguarding" "Safeguarding",
        Payment "payment" "Rent and payments",
        /// Notices, possession papers, court orders, and contact with a regulator or an elected member.
        Legal "legal" "Legal notices",
        InformationRights "information-rights" "Requests for their own information",
        Appeal "appeal" "Appeals and reviews",
        Complaint "complaint" "Complaints",
        TenancyEnd "tenancy-end" "Ending a tenancy",
        Other "other" "Anything else",
    }
}

labels! {
    /// How long a limit on numbers runs before it starts again.
    pub enum Period {
        Day "day" "day",
        Week "week" "week",
        Month "month" "month",
    }
}

labels! {
    /// A day of the week, Monday first.
    pub enum Day {
        Monday "monday" "Monday",
        Tuesday "tuesday" "Tuesday",
        Wednesday "wednesday" "Wednesday",
        Thursday "thursday" "Thursday",
        Friday "friday" "Friday",
        Saturday "saturday" "Saturday",
        Sunday "sunday" "Sunday",
    }
}

labels! {
    /// Whether at least one channel must stay open. What is always open stays open whatever is chosen here.
    pub enum OneOpenChannel {
        /// A bundle that leaves no way to us is refused.
        Enforced "enforced" "Must stay open",
        /// Somebody senior may decide otherwise, with a reason that is kept.
        Advisory "advisory" "Should stay open",
        /// It may be, with a strong warning to whoever proposes and decides.
        Off "off" "Not asked for",
    }
}

impl Channel {
    /// Those in which a customer can begin and be answered without a word being spoken: what ending direct contact may leave, in the order in
    /// which it is said.
    pub const WRITTEN: [Self; 5] = [Self::Letter, Self::Email, Self::Online, Self::Text, Self::Chat];

    /// The word in the middle of a sentence: "by phone", "at your home".
    pub const fn by(self) -> &'static str {
        match self {
            Self::Phone => "by phone",
            Self::Email => "by email",
            Self::Text => "by text message",
            Self::Letter => "by letter",
            Self::Online => "by online form",
            Self::Chat => "by chat",
            Self::Person => "in person",
            Self::Visit => "on home visits",
            Self::Social => "on social media",
        }
    }

    /// Its name in a list, in the middle of a sentence: "email", "online form".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Text => "text message",
            Self::Letter => "letter",
            Self::Online => "online form",
            Self::Chat => "chat",
            Self::Person => "in person",
            Self::Visit => "home visit",
            Self::Social => "social media",
        }
    }

    /// All of it, in the middle of a sentence: "letters", "email", "social media".
    pub const fn all_of_it(self) -> &'static str {
        match self {
            Self::Email | Self::Phone | Self::Social => self.name(),
            _ => self.contact().1,
        }
    }

    /// One contact and several: "call", "calls".
    pub const fn contact(self) -> (&'static str, &'static str) {
        match self {
            Self::Phone => ("call", "calls"),
            Self::Email => ("email", "emails"),
            Self::Text => ("text message", "text messages"),
            Self::Letter => ("letter", "letters"),
            Self::Online => ("online form", "online forms"),
            Self::Chat => ("chat", "chats"),
            Self::Person => ("meeting", "meetings"),
            Self::Visit => ("home visit", "home visits"),
            Self::Social => ("social media message", "social media messages"),
        }
    }
}

impl Way {
    /// The channels this way takes in.
    pub const fn channels(self) -> &'static [Channel] {
        match self {
            Self::Phone => &[Channel::Phone],
            Self::Writing => &[Channel::Email, Channel::Text, Channel::Letter, Channel::Online],
            Self::Chat => &[Channel::Chat],
            Self::Person => &[Channel::Person],
            Self::Visit => &[Channel::Visit],
            Self::Social => &[Channel::Social],
        }
    }

    /// The way a channel belongs to.
    pub const fn of(channel: Channel) -> Self {
        match channel {
            Channel::Phone => Self::Phone,
            Channel::Email | Channel::Text | Channel::Letter | Channel::Online => Self::Writing,
            Channel::Chat => Self::Chat,
            Channel::Person => Self::Person,
            Channel::Visit => Self::Visit,
            Channel::Social => Self::Social,
        }
    }
}

impl Purpose {
    /// What no measure and no policy can ever close: danger, harm, the law, and the right to challenge.
    pub const FLOOR: [Self; 4] = [Self::Emergency, Self::Safeguarding, Self::Legal, Self::Appeal];

    /// The purpose these words name outright: "all repairs", never "the repair of 2024".
    pub fn named(words: &str) -> Option<Self> {
        let words = words.trim().to_lowercase();
        let words = ["all ", "any ", "the "].iter().fold(words.as_str(), |rest, start| rest.strip_prefix(start).unwrap_or(rest));
        match words {
            "emergency" | "emergencies" | "hazards" | "safety" => Some(Self::Emergency),
            "repair" | "repairs" => Some(Self::Repair),
            "safeguarding" | "safeguarding concerns" => Some(Self::Safeguarding),
            "rent" | "payment" | "payments" | "rent payments" => Some(Self::Payment),
            "legal" | "legal notices" => Some(Self::Legal),
            "subject access" | "subject access requests" => Some(Self::InformationRights),
            "appeal" | "appeals" => Some(Self::Appeal),
            "complaint" | "complaints" => Some(Self::Complaint),
            _ => None,
        }
    }

    /// One of them, in the middle of a sentence: "an emergency".
    pub const fn one(self) -> &'static str {
        match self {
            Self::Emergency => "an emergency",
            Self::Repair => "a repair",
            Self::Safeguarding => "a safeguarding concern",
            Self::Payment => "a payment",
            Self::Legal => "a legal notice",
            Self::InformationRights => "a request for personal information",
            Self::Appeal => "an appeal",
            Self::Complaint => "a complaint",
            Self::TenancyEnd => "the end of a tenancy",
            Self::Other => "anything else",
        }
    }

    /// All of them, in the middle of a sentence: "emergencies".
    pub const fn many(self) -> &'static str {
        match self {
            Self::Emergency => "emergencies",
            Self::Repair => "repairs",
            Self::Safeguarding => "safeguarding",
            Self::Payment => "payments",
            Self::Legal => "legal notices",
            Self::InformationRights => "information requests",
            Self::Appeal => "appeals",
            Self::Complaint => "complaints",
            Self::TenancyEnd => "ending a tenancy",
            Self::Other => "anything else",
        }
    }

    /// What staff may do about it, where the landlord's policy has no words of its own.
    pub const fn may(self) -> &'static str {
        match self {
            Self::Emergency => "Take any emergency or hazard",
            Self::Repair => "Take any repair",
            Self::Safeguarding => "Hear a safety or safeguarding concern",
            Self::Payment => "Take a payment or give a balance",
            Self::Legal => "Give or take a legal notice, or deal with a regulator, MP or councillor",
            Self::InformationRights => "Take a request for their own information",
            Self::Appeal => "Take an appeal, or say how to make one",
            Self::Complaint => "Take a new complaint",
            Self::TenancyEnd => "Take notice that a tenancy is ending",
            Self::Other => "Take any other enquiry",
        }
    }

    /// The floor, and what the landlord's policy adds to it.
    pub fn always_open(policy: &BTreeSet<Self>) -> BTreeSet<Self> {
        policy.iter().copied().chain(Self::FLOOR).collect()
    }
}

impl From<chrono::Weekday> for Day {
    fn from(day: chrono::Weekday) -> Self {
        Self::ALL[day.num_days_from_monday() as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_same_in_a_row_a_form_and_a_pack() {
        assert_eq!(serde_json::to_value(Channel::Letter).unwrap(), "letter");
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::from_key(purpose.key()), Some(*purpose));
            assert_eq!(serde_json::to_value(purpose).unwrap(), purpose.key());
        }
        assert_eq!(Purpose::from_key("gossip"), None);
    }

    #[test]
    fn every_channel_belongs_to_the_way_that_lists_it() {
        for way in Way::ALL {
            assert!(way.channels().iter().all(|channel| Way::of(*channel) == *way));
        }
        assert_eq!(Way::ALL.iter().map(|way| way.channels().len()).sum::<usize>(), Channel::ALL.len());
    }

    #[test]
    fn a_policy_can_add_to_the_floor_and_never_take_from_it() {
        let open = Purpose::always_open(&BTreeSet::from([Purpose::Repair]));
        assert_eq!(open.len(), 5);
        assert!(Purpose::FLOOR.iter().all(|purpose| open.contains(purpose)));
    }
}
