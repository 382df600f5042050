//! Safety markers: who may set one, how long it stands, what each audience sees of it, and how long it is kept.
//! A marker tells staff what to do. It restricts nobody, and is kept apart from restrictions and from needs.

use chrono::NaiveDate;

use super::authority::{History, Person, Refusal, hold};
use super::policy::{Audience, Marker, Policy, Severity, Told, View};
use super::retention::{self, Keep};
use super::say;

/// What became of a marker so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Set {
    /// The day it was set.
    pub on: NaiveDate,
    /// The day somebody confirmed it, or last looked at it and kept it.
    pub confirmed_on: Option<NaiveDate>,
    /// The day it was removed.
    pub removed_on: Option<NaiveDate>,
}

/// How a marker stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// It was set at once and waits to be confirmed.
    Provisional {
        /// The last day without a confirmation.
        until: NaiveDate,
    },
    /// It holds.
    Live {
        /// The day it is looked at again.
        review_on: NaiveDate,
    },
    /// It holds, and nobody has looked at it in time. Staff are still kept safe; somebody is late.
    Overdue {
        /// The day it was to be looked at.
        since: NaiveDate,
    },
    /// Nobody confirmed it, so it no longer holds.
    Lapsed {
        /// The first day without it.
        since: NaiveDate,
    },
    /// It was removed.
    Removed {
        /// That day.
        on: NaiveDate,
    },
}

/// What one audience sees of a marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sees {
    /// "Visit in pairs".
    pub title: Option<String>,
    /// What to do, or whom to ask.
    pub instruction: String,
    /// What it rests on; only where everything is seen.
    pub reason: Option<String>,
}

/// Whether somebody may set this marker.
pub fn may_set(policy: &Policy, marker: &Marker, person: &Person, history: &History) -> Result<(), Refusal> {
    hold(policy, &marker.set_by, person, history, &format!("set “{}”", marker.title))
}

/// How a marker stands today. A marker that may be provisional and was not confirmed in its time no longer holds.
pub fn stands(policy: &Policy, marker: &Marker, set: Set, today: NaiveDate) -> Stands {
    let calendar = policy.calendar();
    if let Some(on) = set.removed_on.filter(|on| *on <= today) {
        return Stands::Removed { on };
    }
    let looked_at = match (set.confirmed_on.filter(|on| *on <= today), marker.provisional) {
        (Some(on), _) => on,
        (None, None) => set.on,
        (None, Some(length)) => {
            let until = length.after(set.on, calendar);
            return match until.succ_opt().filter(|since| today >= *since) {
                Some(since) => Stands::Lapsed { since },
                None => Stands::Provisional { until },
            };
        }
    };
    let review_on = marker.review_every.after(looked_at, calendar);
    if today > review_on { Stands::Overdue { since: review_on } } else { Stands::Live { review_on } }
}

impl Stands {
    /// Whether staff are to act on it.
    pub const fn holds(self) -> bool {
        matches!(self, Self::Provisional { .. } | Self::Live { .. } | Self::Overdue { .. })
    }

    /// In words.
    pub fn say(self) -> String {
        match self {
            Self::Provisional { until } => format!("Provisional: confirm it by {}, or it no longer holds.", say::day(until)),
            Self::Live { review_on } => format!("It is looked at again by {}.", say::day(review_on)),
            Self::Overdue { since } => format!("It still holds. It was to be looked at by {}.", say::day(since)),
            Self::Lapsed { since } => format!("It no longer holds since {}: nobody confirmed it.", say::day(since)),
            Self::Removed { on } => format!("Removed on {}.", say::day(on)),
        }
    }
}

/// What an audience sees: what the policy names for it, or what to do without the reason.
pub fn seen_by(policy: &Policy, marker: &Marker, audience: Audience, reason: &str) -> Sees {
    let view = marker.seen.iter().find(|seen| seen.by == audience).map_or(View::Instruction, |seen| seen.what);
    match view {
        View::Everything => {
            Sees { title: Some(marker.title.clone()), instruction: marker.instruction.clone(), reason: Some(reason.to_owned()) }
        }
        View::Instruction => Sees { title: Some(marker.title.clone()), instruction: marker.instruction.clone(), reason: None },
        View::AskTeam => {
            let instruction = format!("Before you go or call, ask {}.", marker.set_by.say(&policy.roles));
            Sees { title: None, instruction, reason: None }
        }
    }
}

/// Whether the customer is told of it.
///
/// # Errors
/// A sentence, where a reason has to be written down for not telling.
pub fn telling(marker: &Marker, risky_because: Option<&str>) -> Result<bool, String> {
    match (marker.told, risky_because.map(str::trim)) {
        (Told::Always, _) | (Told::UnlessRisky, None) => Ok(true),
        (Told::No, _) => Ok(false),
        (Told::UnlessRisky, Some("")) => Err("Enter why telling the ⟦customer⟧ would put somebody at risk.".to_owned()),
        (Told::UnlessRisky, Some(_)) => Ok(false),
    }
}

/// How long the record of a removed marker is kept: by the marker's own range for this severity, or as the policy keeps markers.
pub fn keep(policy: &Policy, marker: &Marker, severity: Severity, removed_on: NaiveDate) -> Keep {
    let own = marker.kept.iter().find(|kept| kept.severity == severity);
    match own {
        Some(kept) => {
            let whose = format!("Markers “{}” of {} severity", marker.title, severity.title().to_lowercase());
            retention::within(policy, &whose, kept.least, kept.most, removed_on, &marker.source)
        }
        None => retention::keep(policy, super::policy::RecordKind::Marker, severity, removed_on),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::id::StaffId;
    use crate::rules::policy::tests::example;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn set(confirmed_on: Option<&str>, removed_on: Option<&str>) -> Set {
        Set { on: day("2027-03-25"), confirmed_on: confirmed_on.map(day), removed_on: removed_on.map(day) }
    }

    /// policy-pack.md 16: provisional or live. Five working days from the Thursday before Easter end on Monday 5 April.
    #[test]
    fn a_provisional_marker_holds_to_the_end_of_its_last_day_and_lapses_unconfirmed() {
        let policy = example();
        let on = |today| stands(&policy, &policy.markers[0], set(None, None), day(today));
        assert_eq!(on("2027-03-25"), Stands::Provisional { until: day("2027-04-05") });
        assert_eq!(on("2027-04-05"), Stands::Provisional { until: day("2027-04-05") });
        assert_eq!(on("2027-04-06"), Stands::Lapsed { since: day("2027-04-06") });
        assert!(on("2027-04-05").holds() && !on("2027-04-06").holds());
    }

    #[test]
    fn a_confirmed_marker_is_looked_at_every_six_months_and_still_keeps_staff_safe_when_that_is_late() {
        let policy = example();
        let on = |today| stands(&policy, &policy.markers[0], set(Some("2027-03-31"), None), day(today));
        assert_eq!(on("2027-09-30"), Stands::Live { review_on: day("2027-09-30") });
        assert_eq!(on("2027-10-01"), Stands::Overdue { since: day("2027-09-30") });
        assert!(on("2027-10-01").holds());
        let removed = stands(&policy, &policy.markers[0], set(Some("2027-03-31"), Some("2027-05-01")), day("2027-05-01"));
        assert_eq!((removed, removed.holds()), (Stands::Removed { on: day("2027-05-01") }, false));
    }

    #[test]
    fn each_audience_sees_what_the_policy_names_for_it_and_otherwise_only_what_to_do() {
        let policy = example();
        let marker = &policy.markers[0];
        let sees = |audience| seen_by(&policy, marker, audience, "A knife was shown on 3 March.");
        assert_eq!(sees(Audience::Managers).reason.as_deref(), Some("A knife was shown on 3 March."));
        assert_eq!(sees(Audience::Frontline).reason, None);
        assert_eq!(sees(Audience::Frontline).instruction, "Two colleagues go to every visit.");
        let contractor = sees(Audience::Contractors);
        assert_eq!((contractor.title, contractor.instruction.as_str()), (None, "Before you go or call, ask a Team Manager."));
    }

    #[test]
    fn only_whom_the_policy_names_may_set_it() {
        let policy = example();
        let person = |role: &str| Person { id: StaffId(Uuid::from_u128(1)), roles: vec![role.to_owned()] };
        let may = |role| may_set(&policy, &policy.markers[0], &person(role), &History::default()).map_err(|refusal| refusal.to_string());
        assert_eq!(may("manager"), Ok(()));
        assert_eq!(may("adviser"), Err("Only a Team Manager can set “Visit in pairs”.".to_owned()));
    }

    #[test]
    fn the_customer_is_told_unless_that_is_risky_and_then_the_reason_is_needed() {
        let policy = example();
        let marker = &policy.markers[0];
        assert_eq!(telling(marker, None), Ok(true));
        assert_eq!(telling(marker, Some("He said he would find whoever reported it.")), Ok(false));
        assert!(telling(marker, Some(" ")).is_err());
    }

    #[test]
    fn its_record_is_kept_for_the_range_of_its_severity() {
        let policy = example();
        let kept = keep(&policy, &policy.markers[0], Severity::Serious, day("2027-03-01"));
        assert_eq!((kept.stays_until, kept.gone_by), (day("2028-03-01"), Some(day("2030-03-01"))));
        let low = keep(&policy, &policy.markers[0], Severity::Low, day("2027-03-01"));
        assert_eq!(low.gone_by, Some(day("2033-03-01")), "as restrictions, where the policy says nothing of markers");
    }
}
