//! The facts an answer is made from. Whoever asks gathers them; nothing here is looked up.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use crate::rules::days::Calendar;
use crate::rules::id::StaffId;
use crate::rules::label::labels;
use crate::rules::measure::{Channel, Chosen, Period, Purpose, Way};
use crate::rules::need::NeedLine;
use crate::rules::policy::{Danger, Policy};
use crate::rules::restriction_rest::Waits;

/// Everything that decides what staff may do now.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    pub customer: Caller<'a>,
    /// Decided restrictions that nobody has ended yet. Which are in force follows from their dates and `now`.
    pub restrictions: &'a [RestrictionLine],
    pub needs: &'a [NeedLine],
    pub representatives: &'a [RepresentativeLine],
    /// Warnings that still count.
    pub warnings: &'a [WarningLine],
    /// What put somebody in danger not long ago.
    pub dangers: &'a [DangerLine],
    pub open_matters: &'a [OpenMatter],
    pub way: Way,
    /// Who is on the other end.
    pub speaker: Speaker,
    /// The service or team that asks, as a term names it; empty where nobody said.
    pub service: &'a str,
    pub now: DateTime<Utc>,
    pub policy: &'a Rulebook<'a>,
    pub counters: &'a Counters,
    /// The name of the member of staff who asks, to know the agreed person from everybody else.
    pub reader: &'a str,
    /// Who that is, where somebody is known by more than a name.
    pub reader_id: Option<StaffId>,
}

/// How to name the customer.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    /// "Mr", "Dr", or nothing.
    pub title: &'a str,
    pub given: &'a str,
    pub family: &'a str,
    pub pronoun: Pronoun,
}

labels! {
    /// Who is on the other end of a contact.
    pub enum Speaker {
        Customer "customer" "The customer",
        /// Somebody who speaks for the customer, with their consent.
        Representative "representative" "Someone who speaks for them",
        /// Somebody else who lives there: a customer in their own right.
        Household "household" "Someone else at home",
    }
}

labels! {
    /// How a sentence refers to the customer; "they" unless the customer told us.
    pub enum Pronoun {
        He "he" "he",
        She "she" "she",
        They "they" "they",
    }
}

/// A restriction as the answer needs it.
#[derive(Clone, Debug)]
pub struct RestrictionLine {
    /// The second the decision took effect.
    pub from: DateTime<Utc>,
    /// The last day, which counts to its end in London; none means no end date.
    pub until: Option<NaiveDate>,
    /// Name and job: "Helen Marsh, Head of Customer Services".
    pub decided_by: String,
    pub decided_on: NaiveDate,
    /// In words the customer has read.
    pub why: String,
    pub terms: Vec<Chosen>,
    pub under_appeal: bool,
    /// What it waits for, where it is not applied meanwhile.
    pub waits: Option<Waits>,
    /// The customer has been told: its letter was sent.
    pub is_told: bool,
    pub review_due: Option<NaiveDate>,
}

/// Somebody who may speak for the customer.
#[derive(Clone, Debug)]
pub struct RepresentativeLine {
    pub name: String,
    pub relation: String,
    pub consent_until: Option<NaiveDate>,
    pub note: Option<String>,
}

/// A warning that still counts.
#[derive(Clone, Debug)]
pub struct WarningLine {
    /// The landlord's own word: "Formal warning".
    pub title: String,
    pub given_on: NaiveDate,
    /// How it was given.
    pub given: Given,
}

/// How a warning was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// Spoken, or inside a letter about something else.
    Recorded,
    /// In a letter of its own, which has gone out.
    LetterSent,
    /// In a letter of its own, which waits to be sent: the customer does not know of it yet.
    LetterWaits,
}

/// Something on record that put somebody in danger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DangerLine {
    pub on: NaiveDate,
    /// `None` where somebody was threatened or hurt and the record does not say how.
    pub what: Option<Danger>,
}

impl DangerLine {
    /// As the start of a sentence that a day ends. It claims no more than the record does.
    pub fn said(self) -> &'static str {
        self.what.map_or("Somebody was threatened or hurt", Danger::said)
    }
}

/// Something we are dealing with for the customer: a repair, a complaint.
#[derive(Clone, Debug)]
pub struct OpenMatter {
    pub purpose: Purpose,
    /// In the middle of a sentence: "the bathroom fan".
    pub title: String,
}

/// What the answer takes from the landlord's policy.
#[derive(Clone, Debug)]
pub struct Rulebook<'a> {
    /// The landlord's word in the middle of a sentence: "restriction".
    pub restriction: &'a str,
    /// The same as a heading for the state a customer is in: "Limited contact".
    pub limited: String,
    /// What the policy never closes, each with what staff may do, in the order staff read it.
    pub always_open: Vec<(Purpose, &'a str)>,
    /// What is owed to this kind of person besides, whatever is decided.
    pub duties: Vec<Purpose>,
    /// The channels the landlord is reached on.
    pub channels: BTreeSet<Channel>,
    /// The days the landlord works.
    pub calendar: Calendar<'a>,
}

/// Contacts counted so far this day, week and month by the London calendar, exempt ones left out.
#[derive(Clone, Debug, Default)]
pub struct Counters(pub BTreeMap<(Channel, Period), u16>);

impl Counters {
    /// How many have counted on this channel in the period we are in.
    pub fn used(&self, channel: Channel, per: Period) -> u16 {
        self.0.get(&(channel, per)).copied().unwrap_or(0)
    }
}

impl Caller<'_> {
    /// "Mr Ashworth", or the full name where there is no title.
    pub fn formal(&self) -> String {
        let first = if self.title.trim().is_empty() { self.given } else { self.title };
        format!("{} {}", first.trim(), self.family.trim()).trim().to_owned()
    }
}

impl Pronoun {
    /// "Pass him to …".
    pub const fn object(self) -> &'static str {
        match self {
            Self::He => "him",
            Self::She => "her",
            Self::They => "them",
        }
    }

    /// "The limits are his".
    pub const fn possessed(self) -> &'static str {
        match self {
            Self::He => "his",
            Self::She => "hers",
            Self::They => "the customer’s",
        }
    }

    /// "His next call time".
    pub const fn own(self) -> &'static str {
        match self {
            Self::He => "his",
            Self::She => "her",
            Self::They => "their",
        }
    }
}

impl<'a> Rulebook<'a> {
    /// What a landlord's pack says, with "limited contact" as the state where its word is plain.
    pub fn of(policy: &'a Policy) -> Self {
        let word = &policy.words.restriction;
        let limited = if word.one == "restriction" { "Limited contact".to_owned() } else { word.heading() };
        let open = policy.measures.always_open.iter();
        let always_open = open.map(|one| (one.purpose, one.say.as_str())).collect();
        Self {
            restriction: &word.one,
            limited,
            always_open,
            duties: Vec::new(),
            channels: policy.people.channels.iter().copied().collect(),
            calendar: policy.calendar(),
        }
    }

    /// The same, with what is owed to one kind of person.
    pub fn owing(mut self, duties: &[Purpose]) -> Self {
        self.duties = duties.to_vec();
        self
    }

    /// Every purpose that stays open, floor and duties included.
    pub fn open(&self) -> BTreeSet<Purpose> {
        Purpose::always_open(&self.always_open.iter().map(|(purpose, _)| *purpose).chain(self.duties.iter().copied()).collect())
    }

    /// What staff may always do, in the landlord's order and words, then in ours where it has none.
    pub fn always(&self) -> Vec<(Purpose, String)> {
        let named: BTreeSet<Purpose> = self.always_open.iter().map(|(purpose, _)| *purpose).collect();
        let mut unnamed: Vec<Purpose> = Purpose::FLOOR.to_vec();
        unnamed.extend(self.duties.iter().filter(|duty| !Purpose::FLOOR.contains(duty)));
        let own = self.always_open.iter().map(|(purpose, say)| (*purpose, (*say).to_owned()));
        own.chain(unnamed.into_iter().filter(|purpose| !named.contains(purpose)).map(|one| (one, one.may().to_owned()))).collect()
    }

    /// The same for somebody who has no say in the customer's affairs: what keeps people safe, and what tells nothing.
    pub fn always_for_others(&self) -> Vec<(Purpose, String)> {
        let tells_nothing = [Purpose::Emergency, Purpose::Repair, Purpose::Safeguarding, Purpose::Legal, Purpose::Appeal];
        self.always().into_iter().filter(|(purpose, _)| tells_nothing.contains(purpose)).collect()
    }
}
