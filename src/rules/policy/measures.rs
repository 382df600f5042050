//! Which measures the policy offers, and what no measure may close.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::{Source, Sourced};
use super::who::Who;
use crate::rules::days::Length;
use crate::rules::measure::bundle::{self, Bounds};
use crate::rules::measure::limits::Limits;
use crate::rules::measure::parameters::Parameters;
use crate::rules::measure::phrase::writing;
use crate::rules::measure::{Channel, Chosen, MeasureKind, Purpose, Scope, Term};
use crate::rules::need::NeedKind;
use crate::rules::say;

pub use crate::rules::measure::OneOpenChannel;

/// What a restriction may be made of here, and what stays open.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Measures {
    /// Whether at least one way of contact must stay open to a person: "enforced" (a restriction that leaves none is refused), "advisory"
    /// (somebody senior may decide it, with a written reason) or "off" (it is allowed, with a strong warning). Whatever is chosen, what is
    /// always open stays open.
    pub one_open_channel: Sourced<OneOpenChannel>,
    /// Who may decide that no way of contact stays open. Needed where one-open-channel is "advisory",
    /// and used nowhere else.
    pub override_by: Option<Sourced<Who>>,
    /// The purposes no measure can close, each with its words for staff and for the customer. The floor must be among them: emergency,
    /// safeguarding, legal and appeal.
    pub always_open: Vec<AlwaysOpen>,
    /// The measures a restriction may be made of here, in the order people choose from.
    pub offered: Vec<Offer>,
}

/// A measure of the catalogue that this policy offers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Offer {
    /// Which measure of the catalogue it is. One may be offered several times where each has a key of its own.
    pub kind: MeasureKind,
    /// Its short name, by which rules and steps of this pack know it. Needed where several measures are of one kind: its title then stands
    /// before it in letters as well. Without it: its kind.
    pub key: Option<String>,
    /// The landlord's own name for it.
    pub title: String,
    /// What it means and when it fits, in a sentence or two: shown to whoever chooses it.
    pub about: String,
    /// What it means for the customer, as the public page says it to "you". Without it: what `about` says.
    pub tell: Option<String>,
    /// Which ways of contact it leaves, for "end-direct-contact" alone: any of letter, email, online, text and chat that you have. All others
    /// are closed. Without it: letters and email.
    pub leaves: Option<Vec<Channel>>,
    /// Whether a reason for this measure by itself is asked for, beside the reasons for the whole restriction. Without it: false.
    #[serde(default)]
    pub own_reason: bool,
    /// How far it usually reaches: one person, service or team, the whole organisation, or other organisations as well. Said to whoever
    /// chooses it. Without it: the whole organisation.
    pub scope: Option<Scope>,
    /// How long it usually runs. Said to whoever chooses it.
    pub usual: Option<Length>,
    /// The longest this measure may run, shorter or longer than restrictions run in general; a restriction that holds it has a last day. Of
    /// several measures the strictest counts. A proposal that asks for more cannot be sent.
    pub longest: Option<Length>,
    /// What its parameters may be: whoever chooses it is held to this, and so is everybody who approves or changes it. Without it: anything
    /// the product can keep.
    pub limits: Option<Limits>,
    /// What its form begins with when it is first chosen; whoever chooses it may change that, within the limits.
    pub usually: Option<Parameters>,
    /// Who reviews a restriction that holds this measure, where it is not the policy's usual reviewer; of several measures, the most senior
    /// of those they name.
    pub reviewer: Option<Who>,
    /// Who has to authorise this measure as well, beside whoever authorises the restriction.
    pub approver: Option<Who>,
    /// Needs it does not go well with: the key of a need, such as "hearing", which then asks for a reason; or a few words, which are shown.
    #[serde(default)]
    #[schemars(extend("x-may-be-empty" = true))]
    pub conflicts_with: Vec<Conflict>,
    /// Whether it is a promise of the landlord's as well, so that a missed day is the landlord's fault. How often we reply and a regular
    /// call always are. Without it: false.
    #[serde(default)]
    pub binds_landlord: bool,
    /// What has to be confirmed before it is proposed: the key of a checklist, every line of which is then asked, or one sentence.
    pub guard: Option<String>,
    /// Where this comes from.
    pub source: Source,
}

/// Something a measure does not go well with.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(from = "String")]
#[schemars(with = "String")]
pub enum Conflict {
    /// A need that may be recorded for a person.
    Need(NeedKind),
    /// Anything else, in the middle of a sentence: "someone who lives alone".
    Words(String),
}

/// A purpose no measure can close.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlwaysOpen {
    /// What a contact is about.
    pub purpose: Purpose,
    /// To staff, after "You may": "Take any repair or emergency".
    pub say: String,
    /// To the customer, after "You can always": "report a repair or an emergency".
    pub tell: String,
    /// Where this comes from.
    pub source: Source,
}

impl From<String> for Conflict {
    fn from(words: String) -> Self {
        NeedKind::from_key(words.trim()).map_or(Self::Words(words), Self::Need)
    }
}

impl Measures {
    /// The measure with this key, where the policy offers it.
    pub fn offer(&self, key: impl AsRef<str>) -> Option<&Offer> {
        self.offered.iter().find(|offer| offer.key() == key.as_ref())
    }

    /// What a measure is called: by this policy, by its kind, or by its key alone.
    pub fn title<'a>(&'a self, key: &'a str) -> &'a str {
        let kind = || MeasureKind::from_key(key).map(MeasureKind::title);
        self.offer(key).map(|offer| offer.title.as_str()).or_else(kind).unwrap_or(key)
    }

    /// Every purpose no measure can close: the floor, and what this policy adds.
    pub fn purposes_always_open(&self) -> BTreeSet<Purpose> {
        Purpose::always_open(&self.always_open.iter().map(|open| open.purpose).collect())
    }

    /// What a bundle is held against.
    pub fn bounds(&self) -> Bounds {
        let needs = |offer: &Offer| {
            offer
                .conflicts_with
                .iter()
                .filter_map(|one| match one {
                    Conflict::Need(need) => Some(*need),
                    Conflict::Words(_) => None,
                })
                .map(|need| (offer.key().to_owned(), need))
                .collect::<Vec<_>>()
        };
        Bounds {
            always_open: self.purposes_always_open(),
            one_open: *self.one_open_channel,
            ways: bundle::ROUTES.into(),
            clashes: self.offered.iter().flat_map(needs).collect(),
            titles: self.offered.iter().map(|offer| (offer.key().to_owned(), offer.title.clone())).collect(),
            limits: self.offered.iter().filter_map(|offer| Some((offer.key().to_owned(), offer.limits.clone()?))).collect(),
            held: Vec::new(),
        }
    }

    /// Who has to decide these terms because they leave no way of contact, where the policy only advises against that.
    pub fn over_the_rule(&self, terms: &[Chosen], ways: &BTreeSet<Channel>) -> Option<&Who> {
        let needed = *self.one_open_channel == OneOpenChannel::Advisory && bundle::leaves_nothing(terms, ways);
        self.override_by.as_ref().filter(|_| needed).map(|by| &by.value)
    }
}

impl Offer {
    /// The key it is known by: its own, or its kind's.
    pub fn key(&self) -> &str {
        self.key.as_deref().unwrap_or(self.kind.key())
    }

    /// A term of this measure.
    pub fn chosen(&self, term: Term) -> Chosen {
        Chosen::named(term, self.key(), &self.title)
    }

    /// The channels that are left where direct contact is ended.
    pub fn left(&self) -> BTreeSet<Channel> {
        self.leaves.as_ref().map_or_else(Term::letters_and_email, |leaves| leaves.iter().copied().collect())
    }

    /// "Letters and online forms stay open, and no other way of contact.": where direct contact is ended.
    pub fn left_said(&self) -> Option<String> {
        let is_ended = self.kind == MeasureKind::EndDirectContact;
        is_ended.then(|| format!("{} stay open, and no other way of contact.", say::sentence(&writing(&self.left()))))
    }

    /// Whether it is a promise of ours as well.
    pub const fn binds_us(&self) -> bool {
        self.binds_landlord || self.kind.binds_landlord()
    }

    /// The words it does not go well with, for a sentence.
    pub fn conflicts_said(&self) -> Vec<String> {
        let said = |one: &Conflict| match one {
            Conflict::Need(need) => need.someone().to_owned(),
            Conflict::Words(words) => words.trim().to_owned(),
        };
        self.conflicts_with.iter().map(said).collect()
    }
}

impl super::Policy {
    /// What has to be confirmed before a measure is proposed: the key the answer is kept under, and the sentence that is confirmed.
    pub fn guards(&self, offer: &Offer) -> Vec<(String, String)> {
        let Some(guard) = &offer.guard else { return Vec::new() };
        let start = crate::rules::proposal::guard_key(offer.key());
        match self.checklist(guard) {
            Some(list) => list.items.iter().map(|item| (format!("{start}:{}", item.key), item.ask.clone())).collect(),
            None => vec![(start, guard.clone())],
        }
    }

    /// What is owed to a kind of person whatever is decided, where the policy names such duties.
    pub fn duties_to(&self, subject: &str) -> &[Purpose] {
        self.people.subject(subject).map_or(&[], |kind| &kind.duties)
    }
}

#[cfg(test)]
mod tests;
