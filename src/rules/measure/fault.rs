//! What is wrong with one term on its own, as sentences beside its fields.

use std::collections::BTreeSet;

use super::{Channel, DocumentGuard, MeasureKind, Scope, Term};
use crate::rules::text::Phone;

/// The longest name, job, place or topic: short enough to be said on a call.
pub const LONGEST_NAME: usize = 80;
/// The longest free words of a term.
pub const LONGEST_WORDS: usize = 600;

/// The longest contact that a limit on how long may allow, whatever the policy.
pub const LONGEST_MINUTES: u16 = 240;
/// The most contacts of a limit on how often, whatever the policy.
pub const MOST_CONTACTS: u16 = 1000;
/// The most new matters of a limit on them, whatever the policy.
pub const MOST_MATTERS: u16 = 100;

/// One thing to put right, at one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermFault {
    pub field: &'static str,
    pub sentence: String,
}

struct Faults(Vec<TermFault>);

impl Term {
    /// Everything that is wrong with this term by itself; `bundle::check` looks at terms together.
    pub fn check(&self) -> Result<(), Vec<TermFault>> {
        let mut faults = Faults(Vec::new());
        match self {
            Self::SinglePointOfContact { name, job, phone, email, cover, .. } => {
                faults.name("name", name, "Enter the name of the person to contact");
                faults.name("job", job, "Enter their job");
                faults.name("cover", cover, "Enter who covers when they are away");
                let nobody = ["nobody", "no one", "no-one", "none", "n/a"].contains(&cover.trim().to_lowercase().as_str());
                let alone = !blank(cover) && cover.trim().to_lowercase() == name.trim().to_lowercase();
                faults.when(nobody || alone, "cover", "Enter who covers: the ⟦customer⟧ is never left with nobody");
                faults.phone(phone);
                faults.short("email", email, LONGEST_NAME);
                faults.when(blank(phone) && blank(email), "phone", "Enter a phone number or an email address to reach them");
            }
            Self::NamedTeam { team, phone, email } => {
                faults.name("team", team, "Enter the name of the team");
                faults.phone(phone);
                faults.short("email", email, LONGEST_NAME);
                faults.when(blank(phone) && blank(email), "phone", "Enter a phone number or an email address to reach them");
            }
            Self::Channels { closed } => {
                faults.when(closed.is_empty(), "closed", "Choose at least one channel to close");
            }
            Self::Times { days, from, until, .. } => {
                faults.when(days.is_empty(), "days", "Choose at least one day");
                faults.when(from >= until, "until", "The end time must be later than the start time");
            }
            Self::Duration { channels, minutes } => {
                faults.channels(self.kind(), channels, "Choose calls, meetings or home visits");
                faults.when(*minutes == 0 || *minutes > LONGEST_MINUTES, "minutes", "Enter how many minutes, from 1 to 240");
            }
            Self::Quota { count, .. } => {
                faults.when(*count == 0, "count", "Enter how many, 1 or more. To allow none, close the channel instead");
                faults.when(*count > MOST_CONTACTS, "count", "Enter a number up to 1,000");
            }
            Self::Issues { count, .. } => {
                faults.when(
                    *count == 0 || *count > MOST_MATTERS,
                    "count",
                    "Enter how many, from 1 to 100. To allow none, close the channels instead",
                );
            }
            Self::Replies { every, on, by, one_for_all } => {
                faults.name("by", by, "Enter who replies");
                faults.when(every.is_none() && !one_for_all, "every", "Choose how often, or one reply for everything");
                faults.when(every.is_some() && on.is_none(), "on", "Choose the day the reply goes out");
                faults.when(every.is_none() && on.is_some(), "every", "Choose how often");
            }
            Self::RegularCall { by, .. } => faults.name("by", by, "Enter who rings"),
            Self::AppointmentOnly { with, channels, .. } => {
                faults.name("with", with, "Enter who the appointment is made with");
                faults.channels(self.kind(), channels, "Choose meetings, home visits or both");
            }
            Self::RepresentativeOnly { name } => {
                faults.name("name", name, "Enter the name of the representative");
            }
            Self::AdvocateInvited { who } => faults.name("who", who, "Enter who it may be, such as a relative or a support worker"),
            Self::Premises { places, events } => {
                faults.when(places.is_empty() && !events, "places", "Enter at least one place, or choose our events");
                faults.names("places", places, "place");
            }
            Self::Topics { topics, purposes, .. } => {
                faults.when(topics.is_empty() && purposes.is_empty(), "topics", "Enter at least one topic");
                faults.names("topics", topics, "topic");
            }
            Self::Complaint { which, why, .. } => {
                faults.name("which", which, "Enter which complaint");
                faults.words("why", why, "Enter the reason, in words the ⟦customer⟧ may read");
            }
            Self::Documents { about, checked_by, guard, .. } => {
                faults.name("about", about, "Enter which documents");
                faults.name("checked_by", checked_by, "Enter who looks at each one first");
                let all = DocumentGuard::ALL.iter().all(|one| guard.contains(one));
                faults.when(!all, "guard", "Confirm each of these, or choose another measure");
            }
            Self::TwoPersonVisits { why } => {
                faults.words("why", why, "Enter why two staff are needed, in words the ⟦customer⟧ may read");
            }
            Self::ReadAndFile { about, reader } => {
                faults.name("about", about, "Enter what the messages are about");
                faults.name("reader", reader, "Enter who reads the messages");
            }
            Self::Witness { channels, who } => {
                faults.channels(self.kind(), channels, "Choose calls, meetings or home visits");
                faults.name("who", who, "Enter who is present");
            }
            Self::Withdrawn { what, why } => {
                faults.name("what", what, "Enter what is withdrawn");
                faults.words("why", why, "Enter the reason, in words the ⟦customer⟧ may read");
            }
            Self::EndDirectContact { except, leaves } => {
                faults.short("except", except, LONGEST_WORDS);
                let written = leaves.iter().all(|one| Channel::WRITTEN.contains(one));
                faults.when(leaves.is_empty() || !written, "leaves", "Leave a way in which the ⟦customer⟧ can write to you, and no other");
            }
            Self::EndAllContact { except } => faults.short("except", except, LONGEST_WORDS),
            Self::TechnicalBlock { detail, removed_with_restriction, .. } => {
                faults.name("detail", detail, "Enter what is blocked, so that it can be unblocked");
                faults.when(
                    !removed_with_restriction,
                    "removed_with_restriction",
                    "Confirm that the block is removed when the restriction ends",
                );
            }
            Self::Scope { reach, names } => {
                faults.when(*reach == Scope::Organisation, "reach", "Without this measure the others hold everywhere. Take it out");
                faults.when(names.is_empty(), "names", "Enter at least one name");
                faults.names("names", names, "name");
                let all = reach.narrows() && names.iter().any(|name| is_sweeping(name));
                faults.when(all, "names", "Name each one. For everybody, leave this measure out");
            }
            Self::Other { words } => faults.words("words", words, "Enter the measure in words"),
        }
        if faults.0.is_empty() { Ok(()) } else { Err(faults.0) }
    }
}

fn blank(words: &str) -> bool {
    words.trim().is_empty()
}

/// Words that name everybody: a scope of everybody is none.
fn is_sweeping(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let first = name.split_whitespace().next().unwrap_or_default();
    matches!(first, "all" | "any" | "every" | "everybody" | "everyone" | "everything" | "anybody" | "anyone")
}

impl Faults {
    /// A number that can be rung, where one is given; with an extension or words after it, the number comes first.
    fn phone(&mut self, phone: &str) {
        self.short("phone", phone, LONGEST_NAME);
        let number = phone.trim().split(|c: char| c.is_alphabetic() || c == ',').next().unwrap_or_default();
        self.when(!blank(phone) && Phone::parse(number).is_err(), "phone", "Enter a phone number that can be rung, such as 01632 960 118");
    }

    fn when(&mut self, wrong: bool, field: &'static str, sentence: impl Into<String>) {
        if wrong {
            self.0.push(TermFault { field, sentence: sentence.into() });
        }
    }

    fn name(&mut self, field: &'static str, words: &str, missing: &str) {
        self.when(blank(words), field, missing);
        self.short(field, words, LONGEST_NAME);
    }

    fn words(&mut self, field: &'static str, words: &str, missing: &str) {
        self.when(blank(words), field, missing);
        self.short(field, words, LONGEST_WORDS);
    }

    fn names(&mut self, field: &'static str, names: &[String], what: &str) {
        self.when(names.iter().any(|name| blank(name)), field, format!("Enter each {what} in words"));
        let long = names.iter().any(|name| name.chars().count() > LONGEST_NAME);
        self.when(long, field, format!("Shorten each {what} to {LONGEST_NAME} characters"));
        self.when(names.len() > 20, field, format!("Enter 20 {what}s or fewer"));
    }

    fn channels(&mut self, kind: MeasureKind, channels: &BTreeSet<Channel>, missing: &str) {
        let fit = channels.iter().all(|one| kind.channels().contains(one));
        self.when(channels.is_empty() || !fit, "channels", missing);
    }

    fn short(&mut self, field: &'static str, words: &str, longest: usize) {
        let long = words.chars().count() > longest;
        self.when(long, field, format!("Shorten this to {longest} characters"));
    }
}

#[cfg(test)]
mod tests;
