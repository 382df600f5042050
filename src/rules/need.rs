//! Needs: what we know that changes how we speak, write or visit, and what it does to a measure.

use std::collections::BTreeSet;

use super::label::labels;
use super::measure::{Channel, MeasureKind};

labels! {
    /// What a reasonable adjustment is for. Staff see what to do, never a diagnosis.
    pub enum NeedKind {
        Hearing "hearing" "Hearing",
        Sight "sight" "Sight",
        Speech "speech" "Speaking",
        Writing "writing" "Finds writing hard",
        Reading "reading" "Finds reading hard",
        Phone "phone" "Finds the phone hard",
        MentalHealth "mental-health" "Mental health",
        Learning "learning" "Takes longer to learn or understand",
        Autism "autism" "Autism",
        Memory "memory" "Memory",
        Mobility "mobility" "Getting about",
        Language "language" "Another first language",
        LargePrint "large-print" "Large print",
        Other "other" "Something else",
    }
}

impl NeedKind {
    /// The channels it makes hard. A bundle may not leave only these without a senior's reason.
    pub const fn makes_hard(self) -> &'static [Channel] {
        use Channel::{Chat, Email, Letter, Online, Person, Phone, Text, Visit};
        match self {
            Self::Hearing | Self::Phone => &[Phone],
            Self::Speech => &[Phone, Person, Visit],
            Self::Writing | Self::Reading | Self::Learning => &[Email, Text, Letter, Online, Chat],
            // An email and a form can be read aloud by a machine; a window in which somebody types seldom can.
            Self::Sight => &[Text, Letter, Chat],
            Self::Mobility => &[Person],
            Self::Language => &[Phone],
            Self::MentalHealth | Self::Autism | Self::Memory | Self::LargePrint | Self::Other => &[],
        }
    }

    /// The measures it makes hard to keep to, and why, as the end of "This may not work: …".
    pub const fn clashes_with(self, measure: MeasureKind) -> Option<&'static str> {
        use MeasureKind::{AppointmentOnly, Duration, EndAllContact, EndDirectContact, Issues, Quota, ReadAndFile, Times};
        match (self, measure) {
            (Self::Memory, Times | AppointmentOnly) => Some("days and times may be hard to remember"),
            (Self::Memory | Self::Learning, Quota | Issues) => Some("keeping count may be hard"),
            (Self::Hearing | Self::Speech | Self::Learning | Self::Language, Duration) => Some("more time may be needed to be understood"),
            (Self::MentalHealth, EndDirectContact | EndAllContact) => Some("nobody would speak with them at all"),
            (Self::MentalHealth | Self::Autism, ReadAndFile) => Some("silence after a message may cause distress"),
            (Self::Writing | Self::Reading | Self::Sight, EndDirectContact) => Some("everything left is in writing"),
            _ => None,
        }
    }

    /// Whether every one of these channels is hard for someone with this need.
    pub fn shuts_out(self, left: &BTreeSet<Channel>) -> bool {
        !left.is_empty() && left.iter().all(|channel| self.makes_hard().contains(channel))
    }

    /// How a refusal names the person: "someone who finds writing hard".
    pub const fn someone(self) -> &'static str {
        match self {
            Self::Hearing => "someone with hearing loss",
            Self::Sight => "someone with sight loss",
            Self::Speech => "someone who finds speaking hard",
            Self::Writing => "someone who finds writing hard",
            Self::Reading => "someone who finds reading hard",
            Self::Phone => "someone who finds the phone hard",
            Self::MentalHealth => "someone with a mental health need",
            Self::Learning => "someone who takes longer to learn or understand",
            Self::Autism => "someone who is autistic",
            Self::Memory => "someone who finds it hard to remember",
            Self::Mobility => "someone who finds it hard to get about",
            Self::Language => "someone with another first language",
            Self::LargePrint => "someone who needs large print",
            Self::Other => "someone with a recorded need",
        }
    }

    /// What to do about it, offered when a need is added and changed to fit the person.
    pub const fn what_to_do(self) -> &'static str {
        match self {
            Self::Hearing => "speak steadily and face to face, do not talk over them, offer email or text",
            Self::Sight => "write in large print or read the letter aloud, do not rely on handwriting",
            Self::Speech => "give time to finish, do not guess words, offer writing",
            Self::Writing => "take it down for them by phone or in person, never ask for a form",
            Self::Reading => "say it aloud as well as writing it",
            Self::Phone => "write first, and agree a time before any call",
            Self::MentalHealth => "say at the start how long you have, and what happens next",
            Self::Learning => "one thing at a time, in short sentences, and check it is understood",
            Self::Autism => "say exactly what will happen and when, and keep to it",
            Self::Memory => "confirm what was agreed in writing, and remind them the day before",
            Self::Mobility => "offer a home visit or a call instead of coming to an office",
            Self::Language => "use an interpreter, never a child",
            Self::LargePrint => "send every letter in 18 point",
            Self::Other => "ask what would help",
        }
    }
}

/// Words that name a condition: in a letter to the person, what we do says enough.
const CONDITIONS: [&str; 14] = [
    "hearing", "sight", "speech", "mental", "anxiety", "depress", "autis", "dementia", "memory", "learning", "mobility", "dyslexi",
    "disorder", "loss",
];

/// What staff do about a need, said to the person who has it: "speak steadily, and let you finish". A condition before a colon is left out.
pub fn to_reader(to_do: &str) -> String {
    let names_one = |lead: &str| CONDITIONS.iter().any(|word| lead.to_lowercase().contains(word));
    let to_do = to_do.split_once(": ").filter(|(lead, _)| names_one(lead)).map_or(to_do, |(_, rest)| rest).trim().trim_end_matches('.');
    let said = [
        ("do not talk over the customer", "let you finish"),
        ("do not talk over them", "let you finish"),
        ("do not talk over him", "let you finish"),
        ("do not talk over her", "let you finish"),
        ("the customer’s", "your"),
        ("the customer's", "your"),
        ("the customer", "you"),
        ("for them", "for you"),
        ("remind them", "remind you"),
    ];
    let words = said.iter().fold(to_do.to_owned(), |words, (from, to)| words.replace(from, to));
    let words = words.replace(", let you finish", " and let you finish");
    let mut letters = words.chars();
    let rest = letters.clone().skip(1).collect::<String>();
    let is_name = rest.chars().next().is_some_and(char::is_uppercase);
    match letters.next() {
        Some(first) if !is_name => first.to_lowercase().chain(rest.chars()).collect(),
        _ => words,
    }
}

/// A need in force, as the answer shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedLine {
    pub kind: NeedKind,
    /// Its own title where one was given: "Hearing loss, left side".
    pub title: String,
    pub what_to_do: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_only_shuts_out_someone_who_finds_writing_hard() {
        let writing = BTreeSet::from([Channel::Email, Channel::Letter]);
        assert!(NeedKind::Writing.shuts_out(&writing));
        assert!(!NeedKind::Hearing.shuts_out(&writing));
        assert!(NeedKind::Hearing.shuts_out(&[Channel::Phone].into()));
        assert!(!NeedKind::Writing.shuts_out(&[Channel::Letter, Channel::Phone].into()));
        let screen = BTreeSet::from([Channel::Online, Channel::Chat]);
        let hard: Vec<NeedKind> = NeedKind::ALL.iter().copied().filter(|need| need.shuts_out(&screen)).collect();
        assert_eq!(hard, [NeedKind::Writing, NeedKind::Reading, NeedKind::Learning]);
        assert!(NeedKind::Sight.shuts_out(&[Channel::Letter, Channel::Chat].into()));
    }

    #[test]
    fn the_person_who_has_a_need_reads_what_we_do_and_no_condition() {
        let cases = [
            ("Hearing loss, left side: speak steadily, do not talk over the customer", "speak steadily and let you finish"),
            ("Letters: 18 point", "letters: 18 point"),
            ("Face the customer and speak steadily.", "face you and speak steadily"),
            ("BSL interpreter at every meeting", "BSL interpreter at every meeting"),
        ];
        for (to_do, said) in cases {
            assert_eq!(to_reader(to_do), said);
        }
        for kind in NeedKind::ALL {
            let said = to_reader(kind.what_to_do());
            assert!(!said.contains("them") && !said.contains("customer"), "{said}");
        }
    }

    #[test]
    fn a_need_that_makes_no_channel_hard_shuts_nobody_out() {
        assert!(!NeedKind::LargePrint.shuts_out(&[Channel::Letter].into()));
        assert!(!NeedKind::Writing.shuts_out(&BTreeSet::new()));
    }
}
