//! The days of one restriction: since when, looked at again, ended, and until when it can be appealed against.

use crate::casework::desk::Desk;
use crate::rules::challenge::{self, Challenged};
use crate::rules::policy::{Policy, WindowFrom};
use crate::rules::restriction::Stage;
use crate::rules::{appeal, days, restriction_rest, say};
use crate::store::restriction::{Restriction, Surroundings};

pub(super) fn dates(desk: &Desk, policy: &Policy, restriction: &Restriction, beside: &Surroundings) -> Vec<(&'static str, String)> {
    let mut dates = vec![("Asked for by", beside.proposed_by.clone())];
    let Some(started) = restriction.in_force_at else { return dates };
    dates.push(("In force since", say::minute_this_year(started, desk.today())));
    let has_lapsed = has_lapsed(desk, policy, restriction);
    if let Some(due) = beside.review_due {
        let missed = if has_lapsed { "missed" } else { "late" };
        dates.push(("Review", if due < desk.today() { format!("{}, {missed}", say::weekday(due)) } else { say::weekday(due) }));
    }
    match (restriction.ended_at, last_day(desk, policy, restriction)) {
        (Some(ended), _) => dates.push(("Ended", say::minute_this_year(ended, desk.today()))),
        (None, Some(last)) => dates.push(("Last day", say::weekday(last))),
        (None, None) => dates.push(("Last day", "None".to_owned())),
    }
    if restriction.stage == Stage::InForce && !has_lapsed {
        dates.push(("Appeal", appeal_until(policy, restriction, started, beside)));
    }
    dates
}

fn appeal_until(policy: &Policy, restriction: &Restriction, started: chrono::DateTime<chrono::Utc>, beside: &Surroundings) -> String {
    if challenge::profile(policy, Challenged::Restriction).is_none() && restriction.appeal_promised_on.is_none() {
        return "None by the policy".to_owned();
    }
    let challenge = &policy.challenge.appeal;
    if *challenge.window_from == WindowFrom::Sent && challenge.window.length().is_some() && beside.notice_sent_at.is_none() {
        return format!("{} from {}, which is still to come", *challenge.window, challenge.window_from.title());
    }
    let sent = beside.notice_sent_at.map_or_else(|| days::day_of(started), days::day_of);
    let counted = appeal::window(policy, days::day_of(started), sent).map(|deadline| deadline.due);
    let promised = appeal::Promised::of(restriction.appeal_promised_on, restriction.appeal_by);
    say::sentence(&appeal::when_words(appeal::last_day(promised, counted)))
}

pub(super) fn last_day(desk: &Desk, policy: &Policy, restriction: &Restriction) -> Option<chrono::NaiveDate> {
    restriction_rest::last_day(policy, restriction.ends_on, restriction.review_on, desk.today())
}

pub(super) fn is_over(desk: &Desk, policy: &Policy, restriction: &Restriction) -> bool {
    crate::rules::restriction::is_over(last_day(desk, policy, restriction), desk.today())
}

/// Whether it has ended by itself, because its review was missed.
pub(super) fn has_lapsed(desk: &Desk, policy: &Policy, restriction: &Restriction) -> bool {
    let review = restriction.review_on.filter(|_| restriction.stage == Stage::InForce);
    restriction_rest::lapsed_on(policy, review, desk.today()).is_some()
}
