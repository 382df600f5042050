//! What is wrong with one term on its own, as sentences beside its fields.

use super::{Channel, Term};

/// The longest name, job, place or topic: short enough to be said on a call.
pub const LONGEST_NAME: usize = 80;
/// The longest free words of a term.
pub const LONGEST_WORDS: usize = 600;

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
            Self::SinglePointOfContact { name, job, phone, email, cover } => {
                faults.name("name", name, "Enter the name of the person to contact");
                faults.name("job", job, "Enter their job");
                faults.name("cover", cover, "Enter who covers when they are away");
                faults.short("phone", phone, LONGEST_NAME);
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
            Self::Quota { count, .. } => {
                faults.when(*count == 0, "count", "Enter how many, 1 or more. To allow none, close the channel instead");
                faults.when(*count > 1000, "count", "Enter a number up to 1,000");
            }
            Self::AppointmentOnly { with, channels } => {
                faults.name("with", with, "Enter who the appointment is made with");
                let kept = channels.iter().all(|one| matches!(one, Channel::Person | Channel::Visit));
                faults.when(channels.is_empty() || !kept, "channels", "Choose meetings, home visits or both");
            }
            Self::RepresentativeOnly { name } => {
                faults.name("name", name, "Enter the name of the representative");
            }
            Self::Premises { places, events } => {
                faults.when(places.is_empty() && !events, "places", "Enter at least one place, or choose our events");
                faults.names("places", places, "place");
            }
            Self::Topics { topics, purposes, .. } => {
                faults.when(topics.is_empty() && purposes.is_empty(), "topics", "Enter at least one topic");
                faults.names("topics", topics, "topic");
            }
            Self::TwoPersonVisits { why } => {
                faults.words("why", why, "Enter why two staff are needed, in words the customer may read");
            }
            Self::ReadAndFile { about, reader } => {
                faults.name("about", about, "Enter what the messages are about");
                faults.name("reader", reader, "Enter who reads the messages");
            }
            Self::EndDirectContact { except } => faults.short("except", except, LONGEST_WORDS),
            Self::TechnicalBlock { detail, removed_with_restriction, .. } => {
                faults.name("detail", detail, "Enter what is blocked, so that it can be unblocked");
                faults.when(
                    !removed_with_restriction,
                    "removed_with_restriction",
                    "Confirm that the block is removed when the restriction ends",
                );
            }
            Self::Other { words } => faults.words("words", words, "Enter the measure in words"),
        }
        if faults.0.is_empty() { Ok(()) } else { Err(faults.0) }
    }
}

fn blank(words: &str) -> bool {
    words.trim().is_empty()
}

impl Faults {
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

    fn short(&mut self, field: &'static str, words: &str, longest: usize) {
        let long = words.chars().count() > longest;
        self.when(long, field, format!("Shorten this to {longest} characters"));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::NaiveTime;

    use super::*;
    use crate::rules::measure::{Block, Day, Period};

    fn fields(term: &Term) -> Vec<&'static str> {
        term.check().err().unwrap_or_default().iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn each_measure_says_what_is_missing_at_its_field() {
        let two = NaiveTime::from_hms_opt(14, 0, 0).unwrap();
        let empty = String::new;
        let cases: Vec<(Term, &[&str])> = vec![
            (
                Term::SinglePointOfContact { name: empty(), job: empty(), phone: empty(), email: empty(), cover: empty() },
                &["name", "job", "cover", "phone"],
            ),
            (Term::Channels { closed: BTreeSet::new() }, &["closed"]),
            (Term::Times { channel: Channel::Phone, days: BTreeSet::new(), from: two, until: two }, &["days", "until"]),
            (Term::Quota { channel: Channel::Phone, count: 0, per: Period::Week, exempt: BTreeSet::new(), answered_on: None }, &["count"]),
            (Term::AppointmentOnly { with: "Ann Lee".into(), channels: [Channel::Phone].into() }, &["channels"]),
            (Term::RepresentativeOnly { name: " ".into() }, &["name"]),
            (Term::Premises { places: vec![], events: false }, &["places"]),
            (Term::Premises { places: vec![], events: true }, &[]),
            (Term::TwoPersonVisits { why: empty() }, &["why"]),
            (Term::ReadAndFile { about: empty(), reader: "Ann Lee".into() }, &["about"]),
            (Term::EndDirectContact { except: empty() }, &[]),
            (
                Term::TechnicalBlock { what: Block::Number, detail: "ends 4471".into(), removed_with_restriction: false },
                &["removed_with_restriction"],
            ),
            (Term::Other { words: "x".repeat(601) }, &["words"]),
        ];
        for (term, expected) in cases {
            assert_eq!(fields(&term), expected, "{term:?}");
        }
    }

    #[test]
    fn a_complete_term_has_no_fault() {
        let term = Term::Times {
            channel: Channel::Phone,
            days: [Day::Tuesday].into(),
            from: NaiveTime::from_hms_opt(14, 0, 0).unwrap(),
            until: NaiveTime::from_hms_opt(16, 0, 0).unwrap(),
        };
        assert_eq!(term.check(), Ok(()));
    }
}
