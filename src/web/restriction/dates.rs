//! The days of one restriction: since when, looked at again, ended, and until when it can be appealed against.

use crate::casework::desk::Desk;
use crate::casework::{self, found};
use crate::http::fault::Fault;
use crate::rules::appeal::Round;
use crate::rules::policy::{Policy, WindowFrom};
use crate::rules::restriction::Stage;
use crate::rules::{appeal, days, restriction_rest, say};
use crate::store;
use crate::store::appeal::Against;
use crate::store::restriction::{Restriction, Surroundings};

/// The days of one restriction. `appeal` says until when it can be appealed against, where that is still a question.
pub(super) fn dates(
    desk: &Desk,
    policy: &Policy,
    restriction: &Restriction,
    beside: &Surroundings,
    appeal: Option<String>,
) -> Vec<(&'static str, String)> {
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
    dates.extend(appeal.map(|until| ("Appeal", until)));
    dates
}

/// The stage of appeal that is open now, and its last day. Nothing where the restriction does not apply.
pub(super) async fn appeal(desk: &mut Desk, policy: &Policy, restriction: &Restriction) -> Result<Option<String>, Fault> {
    if restriction.stage != Stage::InForce || has_lapsed(desk, policy, restriction) {
        return Ok(None);
    }
    let against = found(store::appeal::against(&mut desk.tx, restriction.id).await?)?;
    let round = casework::appeal::round(&against, false);
    let heard_by = desk.policy_of(casework::appeal::policy(&against, round)).await?;
    let whole = appeal_until(&heard_by, &against, round);
    Ok(Some(match casework::appeal::has(policy, &against, Round::Length) {
        true => format!("{whole}. About the length alone: {}", say::inside(&appeal_until(policy, &against, Round::Length))),
        false => whole,
    }))
}

fn appeal_until(policy: &Policy, against: &Against, round: Round) -> String {
    if !casework::appeal::has(policy, against, round) {
        return "None by the policy".to_owned();
    }
    if casework::appeal::is_spent(policy, against, round) {
        return "Answered, and that answer is final here".to_owned();
    }
    let (told, said) = match round {
        Round::First | Round::Length => (against.told_at, against.reviewed_at.or(against.in_force_at)),
        Round::Second => (against.answer_sent_at, against.answered_at),
    };
    let (profile, Some(said)) = (appeal::profile(policy, round), said) else { return "None".to_owned() };
    let until = match *profile.window_from == WindowFrom::Sent && profile.window.length().is_some() && told.is_none() {
        true => format!("{} from {}, which is still to come", *profile.window, profile.window_from.title()),
        false => appeal::when_words(casework::appeal::last_day(policy, against, round, days::day_of(said))),
    };
    match round {
        Round::First | Round::Length => say::sentence(&until),
        Round::Second => format!("{} {until}", say::sentence(&round.named(policy))),
    }
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
