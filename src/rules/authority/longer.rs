//! Going on for longer than was decided. Where the policy says by length who authorises a restriction, a review does not give what a proposal
//! would have had to get from others.

use chrono::NaiveDate;

use super::stages::{Asked, Stages};
use super::{History, Person, body_of, may_decide};
use crate::rules::policy::{Policy, Stage, StageKind};
use crate::rules::say;

/// That a restriction goes on until then is for others to decide.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} Propose it anew, on the ground of what has happened since{}.", self.whose(), self.otherwise())]
pub struct Longer {
    who: String,
    /// Asked for without a last day.
    endless: bool,
    /// The latest day that needs nobody else, where one is still to come.
    latest: Option<NaiveDate>,
}

impl Longer {
    fn whose(&self) -> String {
        let so_long = if self.endless { "without a last day" } else { "for so long" };
        format!("That it goes on {so_long} is for {} to decide.", self.who)
    }

    fn otherwise(&self) -> String {
        self.latest.map_or_else(String::new, |latest| format!(", or enter a day up to {}", say::day(latest)))
    }
}

/// Whether this person, who looks at a restriction again, may let it go on until a day, or without end: what `held` asked for was decided. A
/// later day may bring rules of authority that did not apply before, and no end at all brings everybody who would decide on that; whoever
/// could have taken that decision alone may take it here.
pub fn may_run_until(
    policy: &Policy,
    held: &Asked,
    until: Option<NaiveDate>,
    today: NaiveDate,
    person: &Person,
    history: &History,
) -> Result<(), Longer> {
    let is_later = held.until.is_some_and(|held| until.is_none_or(|until| until > held));
    let more = if is_later { more(policy, held, until) } else { Vec::new() };
    let alone = |stage: &Stage| stage.count == 1 && body_of(policy, stage).is_none() && may_decide(policy, stage, person, history).is_ok();
    match &more[..] {
        [] => Ok(()),
        [only] if alone(only) => Ok(()),
        many => {
            let who: Vec<String> = many.iter().map(|stage| said(policy, stage)).collect();
            Err(Longer { who: say::list(&who), endless: until.is_none(), latest: latest(policy, held, until, today) })
        }
    }
}

/// Those who would have to authorise it until then, and did not have to as it was decided.
fn more(policy: &Policy, held: &Asked, until: Option<NaiveDate>) -> Vec<Stage> {
    let authorising = |asked: &Asked| {
        let stages = Stages::of(policy, asked).stages;
        stages.into_iter().filter(|stage| stage.kind == StageKind::Authorise).collect::<Vec<_>>()
    };
    let had = if until.is_none() { Vec::new() } else { authorising(held) };
    let wanted = authorising(&Asked { until, ..held.clone() });
    wanted.into_iter().filter(|stage| !had.contains(stage)).collect()
}

/// The latest of the days at which rules of authority begin to differ that still needs nobody else.
fn latest(policy: &Policy, held: &Asked, until: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    let lengths = policy.authority.rules.iter().filter_map(|rule| rule.when.longer_than);
    let days = lengths.map(|length| length.after(held.from, policy.calendar()));
    let fits = |day: &NaiveDate| *day > today && until.is_none_or(|until| *day < until) && more(policy, held, Some(*day)).is_empty();
    days.filter(fits).max()
}

fn said(policy: &Policy, stage: &Stage) -> String {
    match stage.count {
        1 => stage.of.say(&policy.roles),
        count if body_of(policy, stage).is_none() => format!("{} people, each {}", say::number(count), stage.of.say(&policy.roles)),
        _ => stage.of.say(&policy.roles),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::id::StaffId;

    fn person(number: u128, role: &str) -> Person {
        Person { id: StaffId(uuid::Uuid::from_u128(number)), roles: vec![role.to_owned()] }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A talk at a door for three months, from 12 March 2027, under a pack written from the printed format.
    fn held(pack: &str) -> (Policy, Asked) {
        let policy = Policy::read(pack).unwrap();
        let asked = Asked {
            measures: [].into(),
            reach: None,
            from: day("2027-03-12"),
            until: Some(day("2027-06-12")),
            skipped: [].into(),
            behaviours: [].into(),
        };
        (policy, asked)
    }

    const KIRKBRAE: &str = include_str!("../../../tests/packs/kirkbrae.toml");
    const ONE_MANCHESTER: &str = include_str!("../../../policies/one-manchester.toml");

    #[test]
    fn para_35_what_lasts_longer_than_six_months_is_the_panels_also_by_renewal() {
        let (policy, asked) = held(KIRKBRAE);
        let lead = person(1, "quality-lead");
        let run = |until: Option<&str>, today: &str| {
            may_run_until(&policy, &asked, until.map(day), day(today), &lead, &History::default())
                .map_err(|one| one.to_string().replace('\u{a0}', " "))
        };
        for until in ["2027-06-12", "2027-06-01", "2027-09-12"] {
            assert_eq!(run(Some(until), "2027-06-01"), Ok(()), "{until}");
        }
        assert_eq!(
            run(Some("2027-09-13"), "2027-06-01"),
            Err("That it goes on for so long is for the Customer Conduct Panel to decide. Propose it anew, on the ground of what has happened since, \
                 or enter a day up to 12 September 2027."
                .to_owned())
        );
        let late = run(Some("2027-12-01"), "2027-10-01").unwrap_err();
        assert!(late.ends_with("what has happened since."), "the six months are over: {late}");
        // Decided by the panel for nine months: it may go on for a tenth.
        let long = Asked { until: Some(day("2027-12-12")), ..asked.clone() };
        assert_eq!(may_run_until(&policy, &long, Some(day("2028-01-12")), day("2027-12-01"), &lead, &History::default()), Ok(()));
    }

    #[test]
    fn no_end_at_all_is_decided_by_whoever_authorises() {
        let (policy, asked) = held(ONE_MANCHESTER);
        let may = |role: &str, until: Option<&str>| {
            may_run_until(&policy, &asked, until.map(day), day("2027-06-01"), &person(1, role), &History::default())
        };
        assert_eq!(may("manager", Some("2027-12-12")), Ok(()), "no rule of this policy asks how long");
        assert_eq!(may("director", None), Ok(()), "the one who authorises restrictions, temporary or permanent (7.0)");
        let refused = may("manager", None).unwrap_err().to_string();
        assert!(refused.starts_with("That it goes on without a last day is for a Director to decide. Propose it anew"), "{refused}");
        // What has no end already goes on without.
        let endless = Asked { until: None, ..asked.clone() };
        assert_eq!(may_run_until(&policy, &endless, None, day("2027-06-01"), &person(1, "manager"), &History::default()), Ok(()));
    }
}
