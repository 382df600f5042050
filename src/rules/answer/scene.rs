//! The situation at this minute: which restrictions are in force, what they close, and the words sentences share.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};

use super::situation::{DangerLine, RestrictionLine, Situation, Speaker};
use super::speaker;
use crate::rules::days;
use crate::rules::id::StaffId;
use crate::rules::measure::{Channel, Chosen, Purpose, Term, Way, bundle};
use crate::rules::policy::Danger;
use crate::rules::restriction_rest::Waits;

/// A restriction that applies here, with the terms that do.
pub struct Line<'a> {
    pub whole: &'a RestrictionLine,
    pub terms: Vec<&'a Chosen>,
}

/// A situation with its clock read.
pub struct Scene<'a> {
    pub facts: &'a Situation<'a>,
    /// The wall clock in London.
    pub local: NaiveDateTime,
    pub in_force: Vec<&'a RestrictionLine>,
    /// Those that would be, were they not waiting for an appeal.
    pub suspended: Vec<&'a RestrictionLine>,
    /// Those of them that say something to whoever is on the other end, asked by this service.
    pub lines: Vec<Line<'a>>,
    /// The last day of the restriction that ended most recently and waits for its review.
    pub ended: Option<NaiveDate>,
    pub open: BTreeSet<Purpose>,
}

impl<'a> Scene<'a> {
    pub fn of(facts: &'a Situation<'a>) -> Self {
        let local = days::local(facts.now);
        let today = local.date();
        let begun = || facts.restrictions.iter().filter(|one| one.from <= facts.now);
        let over = |one: &&RestrictionLine| one.until.is_some_and(|last| last < today);
        let (suspended, in_force): (Vec<_>, Vec<_>) = begun().filter(|one| !over(one)).partition(|one| one.waits.is_some());
        Self {
            facts,
            local,
            lines: in_force.iter().filter_map(|one| speaker::line(facts, one)).collect(),
            in_force,
            suspended,
            ended: begun().filter(over).filter_map(|one| one.until).max(),
            open: facts.policy.open(),
        }
    }

    /// What a restriction that is not applied meanwhile waits for: an appeal before anything else.
    pub fn waits(&self) -> Option<Waits> {
        let waits = || self.suspended.iter().filter_map(|one| one.waits);
        waits().find(|one| *one == Waits::Appeal).or_else(|| waits().next())
    }

    pub fn today(&self) -> NaiveDate {
        self.local.date()
    }

    pub fn way(&self) -> Way {
        self.facts.way
    }

    /// The terms that apply here.
    pub fn terms(&self) -> impl Iterator<Item = &'a Term> + '_ {
        self.chosen().map(|chosen| &chosen.term)
    }

    /// The same, each with the name the policy has for it.
    pub fn chosen(&self) -> impl Iterator<Item = &'a Chosen> + '_ {
        self.lines.iter().flat_map(|line| line.terms.iter().copied())
    }

    /// The channels closed by any restriction in force.
    pub fn closed(&self) -> BTreeSet<Channel> {
        self.terms().flat_map(Term::closes).collect()
    }

    /// The channels of this way that the landlord has, or had when a term was decided that names one; all of them where it has none, and
    /// somebody asks all the same.
    pub fn here(&self) -> BTreeSet<Channel> {
        let all = self.way().channels();
        let named: BTreeSet<Channel> = self.terms().flat_map(Term::names).collect();
        let is_had = |one: &Channel| self.facts.policy.channels.contains(one) || named.contains(one);
        let had: BTreeSet<Channel> = all.iter().copied().filter(is_had).collect();
        if had.is_empty() { all.iter().copied().collect() } else { had }
    }

    /// Those of them that are still open.
    pub fn open_here(&self) -> BTreeSet<Channel> {
        let closed = self.closed();
        self.here().into_iter().filter(|one| !closed.contains(one)).collect()
    }

    /// How the customer can begin a contact, in their own name.
    pub fn routes(&self) -> BTreeSet<Channel> {
        let closed = self.closed();
        bundle::ROUTES.into_iter().filter(|one| self.facts.policy.channels.contains(one) && !closed.contains(one)).collect()
    }

    /// "repairs and urgent matters".
    pub fn urgent(&self) -> &'static str {
        if self.open.contains(&Purpose::Repair) { "repairs and urgent matters" } else { "urgent matters" }
    }

    /// "unless it is an emergency or a repair".
    pub fn unless(&self) -> String {
        let second = if self.open.contains(&Purpose::Repair) { "a repair" } else { "a safety concern" };
        format!("unless it is an emergency or {second}")
    }

    /// What put somebody in danger last: the gravest of the last day on record.
    pub fn danger(&self) -> Option<DangerLine> {
        let worst = |one: &DangerLine| (one.on, one.what.is_some(), std::cmp::Reverse(one.what));
        self.facts.dangers.iter().filter(|one| one.what.is_none_or(Danger::endangers)).max_by_key(|one| worst(one)).copied()
    }

    /// Whether whoever is on the other end has no say in the customer's affairs.
    pub fn is_somebody_else(&self) -> bool {
        match self.facts.speaker {
            Speaker::Customer => false,
            Speaker::Representative => speaker::speakers(self).is_empty(),
            Speaker::Household => true,
        }
    }

    /// Whether contact comes through a representative only.
    pub fn is_represented(&self) -> bool {
        self.terms().any(|term| matches!(term, Term::RepresentativeOnly { .. }))
    }

    pub fn him(&self) -> &'static str {
        self.facts.customer.pronoun.object()
    }

    /// "his", "hers", "theirs": whose something is.
    pub fn theirs(&self) -> &'static str {
        self.facts.customer.pronoun.possessed()
    }

    pub fn his(&self) -> &'static str {
        self.facts.customer.pronoun.own()
    }

    /// "Talk", "Write", "Visit", "Reply": what one does on this way when nothing is in the way.
    pub fn verb(&self) -> &'static str {
        match self.way() {
            Way::Phone | Way::Person => "Talk",
            Way::Writing => "Write",
            Way::Visit => "Visit",
            Way::Chat | Way::Social => "Reply",
        }
    }

    /// Whether the person asking is this one: by who they are where that is known, else by name.
    pub fn is_reader(&self, staff: Option<StaffId>, name: &str) -> bool {
        match staff {
            Some(staff) => self.facts.reader_id == Some(staff),
            None => self.reader_is(&[name]),
        }
    }

    /// Whether the person asking is one of these people.
    pub fn reader_is(&self, names: &[&str]) -> bool {
        let reader = self.facts.reader.trim().to_lowercase();
        !reader.is_empty() && names.iter().any(|name| name.trim().to_lowercase() == reader)
    }
}

/// Whether it can be read from two metres.
pub fn is_short(heading: &str) -> bool {
    heading.chars().count() <= super::LONGEST_HEADING
}

/// The first of these that is no longer than a heading may be; the last is always short.
pub fn fit(headings: &[String]) -> String {
    let short = headings.iter().find(|one| is_short(one));
    short.or(headings.last()).cloned().unwrap_or_default()
}
