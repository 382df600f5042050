//! The whole register looked at together (`reviews.tiers`): on which days each tier is held, who is told ahead, and what a record must say.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};

use super::authority::{History, Person, lacking};
use super::days::{Length, Unit};
use super::id::{RestrictionId, StaffId};
use super::label::labels;
use super::policy::{Policy, Tier};
use super::say;

/// The first day of a tier on or after this one. Every day is counted from the day the policy names, forwards and backwards: a month that
/// is too short gives its last day, and the next is not shortened by it.
pub fn on_or_after(policy: &Policy, tier: &Tier, day: NaiveDate) -> NaiveDate {
    let mut number = about(tier, day) - 2;
    loop {
        let held = nth(policy, tier, number);
        if held >= day || number > MOST {
            return held;
        }
        number += 1;
    }
}

/// The last day of a tier on or before this one.
pub fn on_or_before(policy: &Policy, tier: &Tier, day: NaiveDate) -> NaiveDate {
    let mut number = about(tier, day) + 2;
    loop {
        let held = nth(policy, tier, number);
        if held <= day || number < -MOST {
            return held;
        }
        number -= 1;
    }
}

/// The day that waits to be held: the last that has come, while nobody has recorded it; otherwise the next to come. Days missed before that
/// are not caught up with: one look at the whole register is enough. `since` is the day the policy took effect, `last` the last day recorded.
/// Nobody is late for a day before the first that the policy names.
pub fn due(policy: &Policy, tier: &Tier, since: NaiveDate, last: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
    let came = on_or_before(policy, tier, today);
    if came >= since.max(tier.first.starts()) && last.is_none_or(|last| last < came) {
        return came;
    }
    let after = last.into_iter().chain([today]).max().unwrap_or(today);
    on_or_after(policy, tier, after.checked_add_days(Days::new(1)).unwrap_or(after))
}

/// The day a meeting held on this one stands for: the next to come where its holder is told of that by now and it is the nearer, else the
/// last that came. A meeting that stands for a day recorded before, or for one that nobody waits for, is an extra one.
pub fn counts_for(policy: &Policy, tier: &Tier, held: NaiveDate) -> NaiveDate {
    let (before, after) = (on_or_before(policy, tier, held), on_or_after(policy, tier, held));
    if is_told(policy, after, held) && after - held <= held - before { after } else { before }
}

/// Whether a meeting held on this day leaves the day that waits as it is.
pub fn is_extra(policy: &Policy, tier: &Tier, held: NaiveDate, due: NaiveDate) -> bool {
    counts_for(policy, tier, held) < due
}

/// Whether whoever holds it is told by now: the longest reminder of reviews ahead of the day, or two weeks.
pub fn is_told(policy: &Policy, due: NaiveDate, today: NaiveDate) -> bool {
    let calendar = policy.calendar();
    let ahead = policy.reviews.remind.before.iter().map(|length| length.before(due, calendar)).min();
    today >= ahead.unwrap_or_else(|| due.checked_sub_days(Days::new(14)).unwrap_or(due))
}

/// Whether this person holds it: the post, or the clerk of the body that does.
pub fn may_hold(policy: &Policy, tier: &Tier, person: &Person) -> bool {
    History::default().holds(policy, &tier.held_by, person)
}

/// Whether this person can have sat: a member of the body that holds it; anybody where a post holds it.
pub fn may_sit(policy: &Policy, tier: &Tier, person: &Person) -> bool {
    match body(policy, tier) {
        Some(body) => History::default().holds(policy, &body.members, person),
        None => true,
    }
}

labels! {
    /// What a meeting minuted of one restriction. None of them decides anything: that is a review's.
    pub enum CaseOutcome {
        GoesOn "goes-on" "It goes on as it is",
        LookEarly "look-early" "Look at it early",
        EndProposed "end-proposed" "Propose to end it",
    }
}

impl CaseOutcome {
    /// Whether somebody is asked to hold its review soon, and so must read why.
    pub const fn asks_for_review(self) -> bool {
        matches!(self, Self::LookEarly | Self::EndProposed)
    }
}

/// What a meeting minuted of one restriction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minuted {
    pub restriction: RestrictionId,
    pub outcome: Option<CaseOutcome>,
    /// In the minute's words.
    pub note: Option<String>,
}

/// The day by which a review that a meeting asks for is held: a week of working days, and never after the review itself.
pub fn look_by(policy: &Policy, today: NaiveDate, due: Option<NaiveDate>) -> NaiveDate {
    let soon = policy.calendar().add_working_days(today, 5);
    due.filter(|due| *due >= today).map_or(soon, |due| soon.min(due))
}

/// A meeting as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    pub on: NaiveDate,
    /// Who sat, each once.
    pub sat: Vec<StaffId>,
    /// The reference of its minute.
    pub minute: String,
}

/// What is wrong with a record, with the field it belongs to.
pub fn wrong(
    policy: &Policy,
    tier: &Tier,
    meeting: &Meeting,
    due: NaiveDate,
    today: NaiveDate,
    here: &[Person],
) -> Vec<(&'static str, String)> {
    let mut wrong = Vec::new();
    // Where the day that waits is still to come, a meeting since the last that came is an extra one.
    let before = on_or_before(policy, tier, due.checked_sub_days(Days::new(1)).unwrap_or(due).min(today));
    if meeting.on > today {
        wrong.push(("held_on", "Enter a day that is not in the future".to_owned()));
    } else if meeting.on <= before {
        wrong.push(("held_on", format!("Enter a day after {}, on which the one before it was due", say::day(before))));
    }
    let sat: BTreeSet<StaffId> = meeting.sat.iter().copied().collect();
    let least = body(policy, tier).map_or(1, |body| usize::from(body.quorum));
    let members = here.iter().filter(|person| may_sit(policy, tier, person) && sat.contains(&person.id)).count();
    if members < sat.len() {
        wrong.push(("sat", "Choose only its members".to_owned()));
    } else if sat.len() < least {
        wrong.push(("sat", format!("At least {} must have sat", say::count(least as u64, "person", "people"))));
    }
    let there: Vec<&Person> = here.iter().filter(|person| sat.contains(&person.id)).collect();
    for (line, sat) in body(policy, tier).map(|body| lacking(policy, body, &there)).unwrap_or_default() {
        wrong.push(("sat", format!("{} must be among those who sat: {sat} did", say::sentence(&line.say(&policy.roles)))));
    }
    if meeting.minute.trim().is_empty() {
        wrong.push(("minute", "Enter the reference of the minute".to_owned()));
    }
    wrong
}

fn body<'a>(policy: &'a Policy, tier: &Tier) -> Option<&'a super::policy::Body> {
    tier.held_by.role_keys().into_iter().find_map(|key| policy.body(key))
}

/// More days than any tier is held on in the years that can be counted.
const MOST: i64 = 40_000;

/// About how many times the rhythm lies between the first day and this one.
fn about(tier: &Tier, day: NaiveDate) -> i64 {
    let between = (day - tier.first.starts()).num_days();
    let one = match tier.every.unit() {
        Unit::Hours => 1.0 / 24.0,
        Unit::Days => 1.0,
        Unit::WorkingDays => 1.4,
        Unit::Weeks => 7.0,
        Unit::Months => 30.437,
        Unit::Years => 365.25,
    } * f64::from(tier.every.amount());
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a guess that is put right by counting")]
    let about = (between as f64 / one).floor() as i64;
    about.clamp(-MOST, MOST)
}

/// So many times the rhythm after the first day, or before it; on its day of that month, where it has one.
fn nth(policy: &Policy, tier: &Tier, number: i64) -> NaiveDate {
    let Some(on) = tier.on else { return counted(policy, tier.first.starts(), tier, number) };
    let first_of_month = tier.first.starts().with_day(1).unwrap_or(tier.first.starts());
    on.of_month(counted(policy, first_of_month, tier, number), policy.calendar())
}

fn counted(policy: &Policy, first: NaiveDate, tier: &Tier, number: i64) -> NaiveDate {
    let calendar = policy.calendar();
    let times = number.unsigned_abs() * u64::from(tier.every.amount());
    let length = u16::try_from(times).ok().and_then(|times| Length::new(times, tier.every.unit()).ok());
    match (number, length) {
        (0, _) => first,
        (1.., Some(length)) => length.after(first, calendar),
        (_, Some(length)) => length.before(first, calendar),
        // Further than a length reaches: thirty years.
        (1.., None) => NaiveDate::MAX,
        (_, None) => NaiveDate::MIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::policy::Source;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Fernhollow's policy, and its quarterly meeting (7.6) with another rhythm and first day.
    fn tier(every: &str, first: &str) -> (Policy, Tier) {
        let policy = Policy::read(include_str!("policy/format/example.toml")).expect("a pack without faults");
        let mut tier = policy.reviews.tiers[0].clone();
        tier.every = every.parse().unwrap();
        tier.on = None;
        tier.first = crate::rules::policy::When::Day(day(first));
        (policy, tier)
    }

    #[test]
    fn reviews_tiers_every_day_is_counted_from_the_first_7_6() {
        let table = [
            ("each quarter", "3 months", "2026-04-14", "2026-04-15", "2026-07-14"),
            ("the day itself", "3 months", "2026-04-14", "2026-07-14", "2026-07-14"),
            ("before the first", "3 months", "2026-04-14", "2026-01-02", "2026-01-14"),
            ("a month end, a short month", "1 month", "2027-01-31", "2027-02-01", "2027-02-28"),
            ("a month end after a short month", "1 month", "2027-01-31", "2027-03-01", "2027-03-31"),
            ("a month end each quarter", "3 months", "2027-01-31", "2027-02-01", "2027-04-30"),
            ("and the next", "3 months", "2027-01-31", "2027-05-01", "2027-07-31"),
            ("29 February, a common year", "1 year", "2028-02-29", "2028-03-01", "2029-02-28"),
            ("29 February, the next leap year", "1 year", "2028-02-29", "2031-03-01", "2032-02-29"),
            ("each fortnight", "2 weeks", "2027-01-04", "2027-03-02", "2027-03-15"),
            ("long after", "1 week", "2027-01-04", "2036-12-27", "2036-12-29"),
            ("over a bank holiday", "5 working days", "2027-03-22", "2027-03-23", "2027-03-31"),
        ];
        for (why, every, first, from, held) in table {
            let (policy, tier) = tier(every, first);
            assert_eq!(on_or_after(&policy, &tier, day(from)), day(held), "{why}");
            assert_eq!(on_or_before(&policy, &tier, day(held)), day(held), "{why}, backwards");
        }
    }

    #[test]
    fn reviews_tiers_a_day_of_the_month_is_held_on_that_day_of_each() {
        let table = [
            ("the first Tuesday of each month", "1 month", "first Tuesday", "2027-03-03", "2027-04-06"),
            ("the day itself", "1 month", "first Tuesday", "2027-04-06", "2027-04-06"),
            ("the day after it", "1 month", "first Tuesday", "2027-04-07", "2027-05-04"),
            ("of each quarter", "3 months", "second Thursday", "2026-05-01", "2026-07-09"),
            ("before the first", "3 months", "second Thursday", "2025-12-01", "2026-01-08"),
            ("the last working day before Easter", "1 month", "last working day", "2027-03-01", "2027-03-31"),
            ("each year in April", "1 year", "last Friday", "2027-05-01", "2028-04-28"),
        ];
        for (why, every, on, from, held) in table {
            let (policy, mut tier) = tier(every, "2026-04-01");
            tier.on = Some(on.parse().unwrap());
            tier.first = crate::rules::policy::When::Month(day("2026-04-01"));
            assert_eq!(on_or_after(&policy, &tier, day(from)), day(held), "{why}");
            assert_eq!(on_or_before(&policy, &tier, day(held)), day(held), "{why}, backwards");
        }
        let (policy, mut tier) = tier("1 month", "2026-04-01");
        tier.on = Some("first Tuesday".parse().unwrap());
        assert_eq!(due(&policy, &tier, day("2026-04-01"), None, day("2026-04-02")), day("2026-04-07"), "nobody is late before it");
        assert_eq!(due(&policy, &tier, day("2026-04-01"), Some(day("2026-04-07")), day("2026-04-20")), day("2026-05-05"));
        assert_eq!(tier.rhythm(), "every month on the first Tuesday");
    }

    #[test]
    fn what_waits_is_the_last_day_that_came_until_it_is_recorded_and_then_the_next() {
        let (policy, tier) = tier("3 months", "2026-04-14");
        let since = day("2026-04-01");
        let table = [
            ("nothing has come yet", None, "2026-04-10", "2026-04-14"),
            ("today", None, "2026-04-14", "2026-04-14"),
            ("late", None, "2026-06-30", "2026-04-14"),
            ("missed: only the last is waited for", None, "2026-12-01", "2026-10-14"),
            ("recorded: the next", Some("2026-04-14"), "2026-04-20", "2026-07-14"),
            ("recorded early: the one after", Some("2026-07-14"), "2026-07-10", "2026-10-14"),
        ];
        for (why, last, today, waits) in table {
            assert_eq!(due(&policy, &tier, since, last.map(day), day(today)), day(waits), "{why}");
        }
        assert_eq!(due(&policy, &tier, day("2026-05-01"), None, day("2026-05-02")), day("2026-07-14"), "not before the policy took effect");
    }

    #[test]
    fn a_meeting_long_before_its_day_is_an_extra_one_and_the_day_stands() {
        let (policy, tier) = tier("3 months", "2026-10-01");
        let (due, since) = (day("2027-01-01"), day("2026-11-22"));
        let table = [
            ("long before", "2026-11-20", "2026-10-01", true),
            ("nearer to the next, and nobody is told of it yet", "2026-12-08", "2026-10-01", true),
            ("in the days in which its holder is told", "2026-12-18", "2027-01-01", false),
            ("on the day", "2027-01-01", "2027-01-01", false),
            ("late", "2027-02-10", "2027-01-01", false),
        ];
        for (why, held, stands_for, extra) in table {
            assert_eq!(counts_for(&policy, &tier, day(held)), day(stands_for), "{why}");
            assert_eq!(is_extra(&policy, &tier, day(held), due), extra, "{why}");
        }
        // Recorded as an extra one, it is kept under its own day, and the next day is still the next.
        assert_eq!(due_after(&policy, &tier, since, "2026-11-20", "2026-11-22"), due);
        assert_eq!(due_after(&policy, &tier, since, "2026-11-20", "2027-01-02"), due, "and waits until it is held");
        assert_eq!(due_after(&policy, &tier, since, "2027-01-01", "2026-12-20"), day("2027-04-01"), "held a little early, it is done");
    }

    fn due_after(policy: &Policy, tier: &Tier, since: NaiveDate, last: &str, today: &str) -> NaiveDate {
        due(policy, tier, since, Some(day(last)), day(today))
    }

    #[test]
    fn a_second_meeting_before_the_next_day_is_not_held_against_a_day_to_come() {
        let (policy, tier) = tier("3 months", "2026-10-01");
        let here = [person(1, "head-of-service")];
        let meeting = |on: &str| Meeting { on: day(on), sat: vec![here[0].id], minute: "M 7".to_owned() };
        let wrong = |on: &str| wrong(&policy, &tier, &meeting(on), day("2027-04-01"), day("2026-12-28"), &here);
        assert_eq!(wrong("2026-12-28"), []);
        let refused = wrong("2026-10-01");
        assert!(refused.len() == 1 && refused[0].1.contains("1\u{a0}October"), "{refused:?}");
    }

    #[test]
    fn whoever_holds_it_is_told_as_long_ahead_as_of_any_review() {
        let (policy, _) = tier("3 months", "2026-04-14");
        assert!(!is_told(&policy, day("2027-04-14"), day("2027-03-30")));
        assert!(is_told(&policy, day("2027-04-14"), day("2027-03-31")), "14 days");
        assert!(is_told(&policy, day("2027-04-14"), day("2027-05-01")), "and while it is late");
    }

    fn person(number: u128, role: &str) -> Person {
        Person { id: StaffId(uuid::Uuid::from_u128(number)), roles: vec![role.to_owned()] }
    }

    #[test]
    fn a_record_says_the_day_who_sat_and_the_minute() {
        let (policy, mut tier) = tier("3 months", "2026-04-14");
        let here = [
            person(1, "head-of-service"),
            person(2, "director"),
            person(3, "manager"),
            person(4, "company-secretary"),
            person(5, "director"),
        ];
        let meeting = |on: &str, sat: &[usize], minute: &str| Meeting {
            on: day(on),
            sat: sat.iter().map(|at| here[*at].id).collect(),
            minute: minute.to_owned(),
        };
        let fields = |tier: &Tier, meeting: &Meeting| -> Vec<&'static str> {
            wrong(&policy, tier, meeting, day("2026-07-14"), day("2026-07-20"), &here).into_iter().map(|(field, _)| field).collect()
        };
        assert_eq!(fields(&tier, &meeting("2026-07-14", &[0, 2], "M 7")), [""; 0]);
        assert_eq!(fields(&tier, &meeting("2026-07-10", &[0], "M 7")), [""; 0], "held a little early");
        assert_eq!(fields(&tier, &meeting("2026-07-21", &[], " ")), ["held_on", "sat", "minute"]);
        assert_eq!(fields(&tier, &meeting("2026-04-14", &[0], "M 7")), ["held_on"], "that was the one before");
        assert!(may_hold(&policy, &tier, &here[0]) && !may_hold(&policy, &tier, &here[1]));

        // The Case Panel (6.4): three of its members, recorded by the Company Secretary.
        tier.held_by = crate::rules::policy::Who::Role("case-panel".into());
        tier.source = Source::Stated { clause: "7.6".into() };
        assert!(may_hold(&policy, &tier, &here[3]) && !may_hold(&policy, &tier, &here[0]));
        assert_eq!(fields(&tier, &meeting("2026-07-14", &[0, 1, 4], "M 7")), [""; 0]);
        assert_eq!(fields(&tier, &meeting("2026-07-14", &[0, 1], "M 7")), ["sat"], "no quorum");
        assert_eq!(fields(&tier, &meeting("2026-07-14", &[0, 1, 2, 4], "M 7")), ["sat"], "a manager is no member");
    }
}
