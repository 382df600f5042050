//! What may I do now: the facts on record, the policy and the minute, put before the rules.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months};

use super::desk::Desk;
use super::{Result, found};
use crate::rules::answer::{
    self, Answer, Caller, Counters, DangerLine, Given, Pronoun, RepresentativeLine, RestrictionLine, Rulebook, Situation, Speaker,
    WarningLine,
};
use crate::rules::days;
use crate::rules::ladder::{self, Taken};
use crate::rules::measure::{Channel, Period, Purpose, Term, Way};
use crate::rules::need::{NeedKind, NeedLine};
use crate::rules::policy::{Danger, Policy};
use crate::rules::restriction_rest::{self, OpenAppeal};
use crate::store::contact_check::{self, Count, Facts, Since};

/// How long an incident that put somebody in danger is said before every contact, unless a manager decides that nothing follows from it.
/// The product's own rule, for the safety of staff: a year, as long as most policies count a warning.
const DANGER_STANDS: Months = Months::new(12);

/// Everything on record that decides the answer about this customer, for the person at the desk. Each restriction's last day, and whether
/// it waits for an appeal, is as its own policy has it today.
pub async fn facts(desk: &mut Desk, reference: &str) -> Result<Facts> {
    let staff = desk.staff()?.id;
    let today = desk.today();
    let monday = today - chrono::TimeDelta::days(i64::from(today.weekday().num_days_from_monday()));
    let first = today.with_day(1).unwrap_or(today);
    let since = Since {
        day: days::start_of(today),
        week: days::start_of(monday),
        month: days::start_of(first),
        dangers: days::start_of(today.checked_sub_months(DANGER_STANDS).unwrap_or(today)),
    };
    let mut facts = found(contact_check::read(&mut desk.tx, reference, staff, since).await?)?;
    for one in &mut facts.restrictions {
        let policy = desk.policy_of(one.policy).await?;
        let appeal = one.appeal.map(|round| OpenAppeal { round, waits_to_be_admitted: one.appeal_waits_to_be_admitted });
        one.until = restriction_rest::last_day(&policy, one.until, one.review_due, today);
        one.waits = restriction_rest::waits(&policy, appeal, one.is_sent_back);
    }
    Ok(facts)
}

/// What is asked: by which way, who is on the other end, and which service or team wants to know.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// The way of contact.
    pub way: Way,
    /// Who is on the other end.
    pub speaker: Speaker,
    /// A service or team as a term names it; empty where nobody said.
    pub service: &'a str,
}

impl Asking<'_> {
    /// The customer, by this way.
    pub const fn by(way: Way) -> Self {
        Self { way, speaker: Speaker::Customer, service: "" }
    }
}

/// The services, teams and people of ours that a restriction on record is about alone, each once.
pub fn services(facts: &Facts) -> Vec<String> {
    let scopes = facts.restrictions.iter().flat_map(|one| &one.terms).filter_map(|term| term.scope());
    let mut names: Vec<String> = Vec::new();
    for name in scopes.filter(|(reach, _)| reach.narrows()).flat_map(|(_, names)| names) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// The answer at this minute, by the policy as it holds for the customer.
pub fn now(desk: &Desk, policy: &Policy, facts: &Facts, asking: Asking<'_>) -> Result<Answer> {
    let duties = policy.duties_to(&facts.head.subject);
    let rulebook = Rulebook::of(policy).owing(duties);
    let restrictions = restrictions(facts);
    let situation = Situation {
        customer: Caller {
            title: facts.head.title.as_deref().unwrap_or_default(),
            given: &facts.head.given,
            family: &facts.head.family,
            pronoun: Pronoun::from_key(&facts.head.pronoun).unwrap_or(Pronoun::They),
        },
        restrictions: &restrictions,
        needs: &needs(facts),
        representatives: &representatives(facts),
        warnings: &warnings(policy, facts, desk.today()),
        dangers: &dangers(facts),
        open_matters: &[],
        way: asking.way,
        speaker: asking.speaker,
        service: asking.service,
        now: desk.now,
        policy: &rulebook,
        counters: &counters(&rulebook.open(), facts),
        reader: &desk.staff()?.name,
        reader_id: Some(desk.staff()?.id),
    };
    Ok(answer::now(&situation))
}

fn restrictions(facts: &Facts) -> Vec<RestrictionLine> {
    let line = |one: &contact_check::Restriction| RestrictionLine {
        from: one.from,
        until: one.until,
        decided_by: one.decided_by.clone(),
        decided_on: days::day_of(one.from),
        why: one.grounds.clone(),
        terms: one.terms.clone(),
        under_appeal: one.appeal.is_some(),
        waits: one.waits,
        is_told: one.letter_sent_at.is_some(),
        review_due: one.review_due,
    };
    facts.restrictions.iter().map(line).collect()
}

fn needs(facts: &Facts) -> Vec<NeedLine> {
    let line = |need: &contact_check::Need| {
        let kind = NeedKind::from_key(&need.kind).unwrap_or(NeedKind::Other);
        NeedLine { kind, title: kind.title().to_owned(), what_to_do: need.to_do.clone() }
    };
    facts.needs.iter().map(line).collect()
}

fn representatives(facts: &Facts) -> Vec<RepresentativeLine> {
    let line = |one: &contact_check::Representative| RepresentativeLine {
        name: one.name.clone(),
        relation: one.relation.clone(),
        consent_until: one.consent_until,
        note: one.note.clone(),
    };
    facts.representatives.iter().map(line).collect()
}

/// What put somebody in danger, as its incidents have it. Somebody hurt or threatened is one even where nothing else was ticked.
fn dangers(facts: &Facts) -> Vec<DangerLine> {
    let lines = facts.dangers.iter().flat_map(|one| {
        let ticked = one.dangers.iter().filter_map(|key| Danger::from_key(key));
        let harm = (one.harm != "none").then_some(None);
        ticked.map(Some).chain(harm).map(|what| DangerLine { on: days::day_of(one.at), what })
    });
    lines.collect()
}

/// Those that still count by the policy's look-back.
fn warnings(policy: &Policy, facts: &Facts, today: chrono::NaiveDate) -> Vec<WarningLine> {
    let counts = |one: &&contact_check::Warning| {
        let taken = Taken {
            step: one.step.clone(),
            on: days::day_of(one.given_at),
            withdrawn: false,
            case_closed: one.case_closed_at.map(days::day_of),
            promised: one.counts_until,
            behaviours: Vec::new(),
        };
        ladder::count(policy, &taken, today).counts()
    };
    let line = |one: &contact_check::Warning| WarningLine {
        title: one.title.clone(),
        given_on: days::day_of(one.given_at),
        given: match (one.form == "written", one.letter_sent_at) {
            (true, Some(_)) => Given::LetterSent,
            (true, None) => Given::LetterWaits,
            (false, _) => Given::Recorded,
        },
    };
    facts.warnings.iter().filter(counts).map(line).collect()
}

/// What has been used of each quota since its restriction took effect, without the purposes it leaves out.
fn counters(open: &BTreeSet<Purpose>, facts: &Facts) -> Counters {
    let mut used: BTreeMap<(Channel, Period), u16> = BTreeMap::new();
    for (id, term) in facts.restrictions.iter().flat_map(|one| one.terms.iter().map(|term| (one.id, term))) {
        if let Term::Quota { channel, per, .. } = &term.term {
            let counted = |count: &&Count| {
                count.restriction == id
                    && count.channel == channel.key()
                    && !Purpose::from_key(&count.purpose).is_some_and(|purpose| term.exempts(purpose, open))
            };
            let sum: u16 = facts.counts.iter().filter(counted).map(|count| in_period(count, *per)).sum();
            let most = used.entry((*channel, *per)).or_default();
            *most = sum.max(*most);
        }
    }
    Counters(used)
}

const fn in_period(count: &Count, per: Period) -> u16 {
    match per {
        Period::Day => count.day,
        Period::Week => count.week,
        Period::Month => count.month,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::measure::Day;

    fn policy() -> Policy {
        Policy::read(include_str!("../../policies/west-kent.toml")).expect("a pack without faults")
    }

    #[test]
    fn what_is_always_open_never_uses_up_a_quota() {
        let term = Term::Quota {
            channel: Channel::Phone,
            count: 2,
            per: Period::Week,
            exempt: BTreeSet::from([Purpose::Payment]),
            answered_on: Some(Day::Friday),
        };
        let (one, other) = (crate::rules::id::RestrictionId::from(uuid::Uuid::from_u128(1)), uuid::Uuid::from_u128(2).into());
        let count = |restriction, purpose: &str, week| Count {
            restriction,
            channel: "phone".into(),
            purpose: purpose.into(),
            day: 0,
            week,
            month: week,
        };
        let facts = Facts {
            head: head(),
            restrictions: vec![contact_check::Restriction {
                id: one,
                from: chrono::DateTime::UNIX_EPOCH,
                until: None,
                decided_by: String::new(),
                grounds: String::new(),
                terms: vec![term.into()],
                appeal: None,
                appeal_waits_to_be_admitted: false,
                is_sent_back: false,
                policy: uuid::Uuid::nil().into(),
                waits: None,
                review_due: None,
                appeal_promised_on: None,
                appeal_by: None,
                length_promised_on: None,
                length_appeal_by: None,
                letter_sent_at: None,
                appeal_answered: None,
            }],
            needs: Vec::new(),
            representatives: Vec::new(),
            warnings: Vec::new(),
            steps: Vec::new(),
            counts: vec![
                count(one, "emergency", 3),
                count(one, "payment", 1),
                count(one, "complaint", 1),
                count(one, "other", 1),
                count(other, "other", 9),
            ],
            contacts: Vec::new(),
            dangers: Vec::new(),
        };
        assert_eq!(counters(&policy().measures.purposes_always_open(), &facts).used(Channel::Phone, Period::Week), 2);
    }

    fn head() -> crate::store::customer::Head {
        crate::store::customer::Head {
            id: uuid::Uuid::nil().into(),
            reference: "404-118-2731".into(),
            title: Some("Mr".into()),
            given: "Colin".into(),
            family: "Ashworth".into(),
            pronoun: "he".into(),
            subject: "tenant".into(),
            area: None,
            tenancy_ref: None,
            line1: None,
            town: None,
            postcode: None,
            letter_format: "standard".into(),
            language: None,
            phone_ends: None,
            customer_since: None,
            version: 1,
        }
    }
}
