//! What a measure obliges the landlord to do: the days a promised call or reply falls due, and whether it was kept.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime};

use super::{Cadence, Day, Term};
use crate::rules::days::Calendar;
use crate::rules::label::labels;

/// A promise with an owner and a rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duty<'a> {
    /// Who does it, as the letter names them.
    pub owner: &'a str,
    pub every: Cadence,
    pub on: Day,
    /// The minute it is promised for, by the London clock; any time of the day where there is none.
    pub at: Option<NaiveTime>,
}

/// One day a duty falls due, and what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueDay {
    /// Moved to the next working day where it fell on a bank holiday or at a weekend nobody chose.
    pub on: NaiveDate,
    pub standing: Kept,
}

labels! {
    /// What came of a duty on one of its days.
    pub enum Kept {
        /// On the day, or since the day before it.
        Kept "kept" "Kept",
        /// After its day, and before the next.
        Late "late" "Kept late",
        /// Its day is over and nothing was done: it belongs in the log of missed duties.
        Missed "missed" "Missed",
        /// Its day is today or to come.
        Due "due" "Due",
    }
}

impl Term {
    /// The duty this term lays on the landlord, if it does.
    pub fn duty(&self) -> Option<Duty<'_>> {
        match self {
            Self::Replies { every: Some(every), on: Some(on), by, .. } => Some(Duty { owner: by.trim(), every: *every, on: *on, at: None }),
            Self::RegularCall { by, every, on, at } => Some(Duty { owner: by.trim(), every: *every, on: *on, at: Some(*at) }),
            _ => None,
        }
    }
}

impl Duty<'_> {
    /// The days it falls due, counted from the day after the measure began until this day, which still counts. A fortnight is counted from
    /// the first of them; a month has its first such weekday.
    pub fn due_days(&self, calendar: Calendar, began: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
        let moved = |day: NaiveDate| if is_weekend(self.on) { day } else { calendar.working_day_from(day) };
        self.plain_days(began, until).into_iter().map(moved).filter(|day| *day <= until).collect()
    }

    /// The next day it falls due, today included.
    pub fn next(&self, calendar: Calendar, began: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
        let ahead = today.max(began).checked_add_days(Days::new(62))?;
        self.due_days(calendar, began, ahead).into_iter().find(|day| *day >= today)
    }

    /// Each day it fell due up to today, and what came of it. `done` are the days it was done, in any order.
    pub fn log(&self, calendar: Calendar, began: NaiveDate, today: NaiveDate, done: &[NaiveDate]) -> Vec<DueDay> {
        let days = self.due_days(calendar, began, today);
        let standing = |place: usize, day: NaiveDate| {
            let before = if place == 0 { began } else { days[place - 1] };
            let next = days.get(place + 1).copied();
            let kept = done.iter().any(|one| *one > before && *one <= day && (day - *one).num_days() <= 1);
            let late = done.iter().any(|one| *one > day && next.is_none_or(|next| *one < next && (next - *one).num_days() > 1));
            match (kept, late) {
                (true, _) => Kept::Kept,
                (false, true) => Kept::Late,
                (false, false) if day >= today => Kept::Due,
                (false, false) => Kept::Missed,
            }
        };
        days.iter().enumerate().map(|(place, day)| DueDay { on: *day, standing: standing(place, *day) }).collect()
    }

    fn plain_days(&self, began: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
        let step = match self.every {
            Cadence::Week => 7,
            Cadence::Fortnight => 14,
            Cadence::Month => return self.months(began, until),
        };
        let first = began.succ_opt().and_then(|after| self.weekday_from(after));
        std::iter::successors(first, |day| day.checked_add_days(Days::new(step))).take_while(|day| *day <= until).collect()
    }

    fn months(&self, began: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
        let first = began.with_day(1);
        std::iter::successors(first, |month| month.checked_add_months(Months::new(1)))
            .take_while(|month| *month <= until)
            .filter_map(|month| self.weekday_from(month))
            .filter(|day| *day > began && *day <= until)
            .collect()
    }

    /// The first of its weekdays, this day included.
    fn weekday_from(&self, day: NaiveDate) -> Option<NaiveDate> {
        let wanted = Day::ALL.iter().position(|one| *one == self.on)? as u64;
        let here = u64::from(day.weekday().num_days_from_monday());
        day.checked_add_days(Days::new((wanted + 7 - here) % 7))
    }
}

const fn is_weekend(day: Day) -> bool {
    matches!(day, Day::Saturday | Day::Sunday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::days::Nation;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn fridays(every: Cadence) -> Duty<'static> {
        Duty { owner: "Ann Lee", every, on: Day::Friday, at: None }
    }

    fn due(duty: Duty<'_>, began: &str, until: &str) -> Vec<String> {
        duty.due_days(Calendar::of(Nation::EnglandAndWales), day(began), day(until)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_promise_falls_due_in_its_rhythm_from_the_day_after_it_began() {
        assert_eq!(due(fridays(Cadence::Week), "2027-03-02", "2027-03-19"), ["2027-03-05", "2027-03-12", "2027-03-19"]);
        assert_eq!(due(fridays(Cadence::Week), "2027-03-05", "2027-03-12"), ["2027-03-12"]);
        assert_eq!(due(fridays(Cadence::Fortnight), "2027-03-02", "2027-04-05"), ["2027-03-05", "2027-03-19", "2027-04-02"]);
        assert_eq!(due(fridays(Cadence::Month), "2027-03-05", "2027-06-30"), ["2027-04-02", "2027-05-07", "2027-06-04"]);
    }

    #[test]
    fn a_bank_holiday_moves_it_to_the_next_working_day_and_not_the_rhythm() {
        // Good Friday is 26 March 2027 and Easter Monday the 29th.
        assert_eq!(due(fridays(Cadence::Week), "2027-03-20", "2027-04-02"), ["2027-03-30", "2027-04-02"]);
        let sundays = Duty { on: Day::Sunday, ..fridays(Cadence::Week) };
        assert_eq!(due(sundays, "2027-03-22", "2027-03-28"), ["2027-03-28"]);
    }

    #[test]
    fn what_was_not_done_by_the_end_of_its_day_is_missed_and_what_came_after_is_late() {
        let calendar = Calendar::of(Nation::EnglandAndWales);
        let done = [day("2027-03-05"), day("2027-03-15")];
        let log = fridays(Cadence::Week).log(calendar, day("2027-03-02"), day("2027-04-02"), &done);
        let said: Vec<(String, Kept)> = log.iter().map(|one| (one.on.to_string(), one.standing)).collect();
        assert_eq!(
            said,
            [
                ("2027-03-05".to_owned(), Kept::Kept),
                ("2027-03-12".to_owned(), Kept::Late),
                ("2027-03-19".to_owned(), Kept::Missed),
                ("2027-03-30".to_owned(), Kept::Missed),
                ("2027-04-02".to_owned(), Kept::Due),
            ]
        );
    }

    #[test]
    fn a_call_the_day_before_keeps_its_promise_and_one_a_week_before_keeps_the_one_before() {
        let calendar = Calendar::of(Nation::EnglandAndWales);
        let standing = |done: &str| fridays(Cadence::Week).log(calendar, day("2027-03-02"), day("2027-03-13"), &[day(done)])[1].standing;
        assert_eq!(standing("2027-03-11"), Kept::Kept);
        assert_eq!(standing("2027-03-06"), Kept::Missed);
    }

    #[test]
    fn only_promises_are_duties() {
        let call = Term::RegularCall { by: "Ann Lee ".into(), every: Cadence::Week, on: Day::Friday, at: NaiveTime::MIN };
        assert_eq!(call.duty().map(|duty| duty.owner), Some("Ann Lee"));
        let once = Term::Replies { every: None, on: None, by: "Ann Lee".into(), one_for_all: true };
        assert_eq!(once.duty(), None);
        let next = call.duty().unwrap().next(Calendar::of(Nation::EnglandAndWales), day("2027-03-02"), day("2027-03-12"));
        assert_eq!(next, Some(day("2027-03-12")));
    }
}
