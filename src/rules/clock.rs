//! When something sent counts as received, how long a decision may wait, and when the calendar itself runs out.

use chrono::{Datelike, NaiveDate};

use super::days::{Length, Unit, bank_holidays};
use super::deadline::Deadline;
use super::measure::Channel;
use super::policy::{Limit, Policy, Work};
use super::say;

/// The day a letter sent on this day counts as received: by the policy's rule for the way letters are sent, or the same day.
pub fn received(policy: &Policy, sent: NaiveDate) -> NaiveDate {
    let ways = policy.letters.sent_by.as_ref().map_or(&[Channel::Letter][..], |ways| ways);
    let days = ways.iter().map(|way| received_by(policy, *way, sent));
    // Sent in more than one way, it counts from the last, which is the better one for the customer.
    days.max().unwrap_or(sent)
}

/// The day something sent this way on this day counts as received.
pub fn received_by(policy: &Policy, way: Channel, sent: NaiveDate) -> NaiveDate {
    policy.clocks.received_after(way).map_or(sent, |length| length.after(sent, policy.calendar()))
}

/// The day by which a proposal sent on this day is decided: the policy's, or five working days.
pub fn decide_by(policy: &Policy, sent: NaiveDate) -> Deadline {
    let five = || Length::new(5, Unit::WorkingDays).expect("five working days is a length");
    let within = policy.authority.decide_within.as_ref().map_or_else(five, |within| within.value);
    Deadline::after(sent, within, policy.calendar())
}

/// The day by which this work is done that came on this day: the policy's (`clocks.within`), or what is usual for it.
pub fn done_by(policy: &Policy, work: Work, came: NaiveDate) -> NaiveDate {
    let usual = match work {
        Work::Incident | Work::Letter => 2,
        Work::FollowUp | Work::Questions => 5,
        Work::Telling => 0,
    };
    let within = policy.clocks.within(work).map_or_else(|| Length::new(usual, Unit::WorkingDays).ok(), Limit::length);
    within.map_or(came, |length| Deadline::after(came, length, policy.calendar()).due)
}

/// A sentence once the last year whose bank holidays are known draws near: from then on, days would be counted wrongly.
pub fn calendar_alarm(policy: &Policy, today: NaiveDate) -> Option<String> {
    let six = || Length::new(6, Unit::Months).expect("six months is a length");
    let ahead = policy.clocks.calendar_alarm.as_ref().map_or_else(six, |length| length.value);
    let reaches = ahead.after(today, policy.calendar());
    let last = *bank_holidays::YEARS.end();
    (reaches.year() > last).then(|| {
        let end = NaiveDate::from_ymd_opt(last, 12, 31).unwrap_or(today);
        format!(
            "The bank holidays are known up to {}. Days after that cannot be counted. Ask for the next years to be added.",
            say::day(end)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::policy::tests::pack;
    use crate::rules::policy::{Source, Within};

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn work_is_done_in_the_time_the_policy_gives_or_in_what_is_usual() {
        let (mut policy, thursday) = (pack("west-kent"), day(2027, 3, 25));
        // Good Friday and Easter Monday 2027 are 26 and 29 March.
        let usual = [
            (Work::Incident, day(2027, 3, 31)),
            (Work::Letter, day(2027, 3, 31)),
            (Work::FollowUp, day(2027, 4, 5)),
            (Work::Questions, day(2027, 4, 5)),
            (Work::Telling, thursday),
        ];
        for (work, by) in usual {
            assert_eq!(done_by(&policy, work, thursday), by, "{work:?}");
        }
        let source = policy.clocks.deemed_received.first().map(|one| one.source.clone()).unwrap_or(Source::Stated { clause: "3.1".into() });
        let said = [(Work::Incident, Limit::None), (Work::Telling, Limit::Of(Length::new(3, Unit::Days).unwrap()))];
        policy.clocks.within = said.map(|(work, within)| Within { work, within, source: source.clone() }).to_vec();
        assert_eq!(done_by(&policy, Work::Incident, thursday), thursday, "the same day");
        assert_eq!(done_by(&policy, Work::Telling, thursday), day(2027, 3, 28));
        assert_eq!(done_by(&policy, Work::Letter, thursday), day(2027, 3, 31), "what is not said stays usual");
    }

    #[test]
    fn a_proposal_waits_five_working_days_where_the_policy_says_nothing() {
        // Good Friday and Easter Monday 2027 are 26 and 29 March.
        assert_eq!(decide_by(&pack("west-kent"), day(2027, 3, 24)).due, day(2027, 4, 2));
    }

    #[test]
    fn months_before_the_calendar_runs_out_somebody_is_told() {
        let policy = pack("west-kent");
        assert_eq!(calendar_alarm(&policy, day(2028, 6, 30)), None);
        assert!(calendar_alarm(&policy, day(2028, 7, 1)).unwrap().contains("31\u{a0}December 2028"));
    }

    #[test]
    fn a_letter_counts_as_received_the_same_day_where_the_policy_says_nothing() {
        assert_eq!(received(&pack("one-manchester"), day(2027, 3, 24)), day(2027, 3, 24));
    }
}
