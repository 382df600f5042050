//! How long a record is kept: the shortest and the longest the policy sets, by kind and severity, and the legal hold that outranks both.

use chrono::NaiveDate;

use super::days::Length;
use super::policy::{Limit, Policy, RecordKind, RetentionRange, Severity, Source};
use super::say;

/// How long one record is kept, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keep {
    /// It stays until this day, and may go from it on.
    pub stays_until: NaiveDate,
    /// It has to be gone by this day; none where the policy sets no longest.
    pub gone_by: Option<NaiveDate>,
    /// Why, as sentences.
    pub because: Vec<String>,
}

/// What is to happen to a record today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stays.
    Stays {
        /// The first day on which it may go.
        until: NaiveDate,
    },
    /// It may go; whoever keeps it says why it is still needed.
    MayGo {
        /// The day by which it has to be gone.
        gone_by: Option<NaiveDate>,
    },
    /// It has to go.
    MustGo {
        /// Since this day.
        since: NaiveDate,
    },
    /// A legal hold keeps it, whatever the days say.
    Held,
}

/// How long a record of this kind is kept once its case is closed. The ranges of the policy come first: the one of this severity, then the one
/// for every severity; without a range, the one length the policy sets for the kind. A marker's own range is in [`super::marker::keep`].
pub fn keep(policy: &Policy, record: RecordKind, severity: Severity, closed_on: NaiveDate) -> Keep {
    let of_kind = || policy.retention.ranges.iter().filter(move |range| range.record == record);
    let exact = of_kind().find(|range| range.severity == Some(severity));
    match exact.or_else(|| of_kind().find(|range| range.severity.is_none())) {
        Some(range) => between(policy, record, range, closed_on),
        None => for_one_length(policy, record, closed_on),
    }
}

fn between(policy: &Policy, record: RecordKind, range: &RetentionRange, closed_on: NaiveDate) -> Keep {
    let whose = match range.severity {
        Some(severity) => format!("{} of {} severity", record.title(), severity.title().to_lowercase()),
        None => record.title().to_owned(),
    };
    within(policy, &whose, range.least, range.most, closed_on, &range.source)
}

/// The days between which a record goes, with the sentence that says so.
pub(super) fn within(policy: &Policy, whose: &str, least: Length, most: Limit, closed_on: NaiveDate, source: &Source) -> Keep {
    let says = match most {
        Limit::Of(most) if most == least => format!("{whose} are kept for {least} after their case is closed."),
        Limit::Of(most) => format!("{whose} are kept for {least} at least and {most} at most after their case is closed."),
        Limit::None => format!("{whose} are kept for {least} at least after their case is closed; no longest is set."),
    };
    Keep {
        stays_until: least.after(closed_on, policy.calendar()),
        gone_by: most.length().map(|most| most.after(closed_on, policy.calendar())),
        because: vec![says, source.say()],
    }
}

fn for_one_length(policy: &Policy, record: RecordKind, closed_on: NaiveDate) -> Keep {
    let kept = match record {
        RecordKind::Incident | RecordKind::Recording | RecordKind::Contact | RecordKind::Referral => &policy.retention.incidents,
        RecordKind::Warning | RecordKind::Agreement | RecordKind::Status => &policy.retention.warnings,
        RecordKind::Restriction | RecordKind::Assessment | RecordKind::Marker | RecordKind::Letter => &policy.retention.restrictions,
    };
    within(policy, record.title(), kept.value, Limit::Of(kept.value), closed_on, &kept.source)
}

impl Keep {
    /// What is to happen to the record on a day. On the very day on which it has to be gone, it goes.
    pub fn fate(&self, is_held: bool, today: NaiveDate) -> Fate {
        match self.gone_by {
            _ if is_held => Fate::Held,
            Some(since) if today >= since => Fate::MustGo { since },
            gone_by if today >= self.stays_until => Fate::MayGo { gone_by },
            _ => Fate::Stays { until: self.stays_until },
        }
    }
}

impl Fate {
    /// In words.
    pub fn say(&self, policy: &Policy) -> String {
        match self {
            Self::Stays { until } => format!("It stays until {}.", say::day(*until)),
            Self::MayGo { gone_by: Some(by) } => format!("It may go now, and has to be gone by {}.", say::day(*by)),
            Self::MayGo { gone_by: None } => "It may go now. The policy sets no longest time.".to_owned(),
            Self::MustGo { since } => format!("It has to go: the longest time ended on {}.", say::day(*since)),
            Self::Held => match &policy.retention.legal_hold {
                Some(who) => format!("A legal hold keeps it. {} decides when the hold ends.", say::sentence(&who.say(&policy.roles))),
                None => "A legal hold keeps it.".to_owned(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::policy::tests::{example, pack};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// policy-pack.md 23: kept between a shortest and a longest time, by severity.
    #[test]
    fn a_range_of_its_severity_comes_before_the_length_of_its_kind() {
        let policy = example();
        let low = keep(&policy, RecordKind::Incident, Severity::Low, day("2027-03-01"));
        assert_eq!((low.stays_until, low.gone_by), (day("2028-03-01"), Some(day("2029-03-01"))));
        assert_eq!(
            low.because[0],
            "Incidents of low severity are kept for 12 months at least and 2 years at most after their case is closed."
        );
        let serious = keep(&policy, RecordKind::Incident, Severity::Serious, day("2027-03-01"));
        assert_eq!((serious.stays_until, serious.gone_by), (day("2030-03-01"), Some(day("2030-03-01"))));
    }

    #[test]
    fn on_each_day_exactly_one_thing_is_to_happen() {
        let low = keep(&example(), RecordKind::Incident, Severity::Low, day("2027-03-01"));
        let on = |today| low.fate(false, day(today));
        assert_eq!(on("2028-02-29"), Fate::Stays { until: day("2028-03-01") });
        assert_eq!(on("2028-03-01"), Fate::MayGo { gone_by: Some(day("2029-03-01")) });
        assert_eq!(on("2029-02-28"), Fate::MayGo { gone_by: Some(day("2029-03-01")) });
        assert_eq!(on("2029-03-01"), Fate::MustGo { since: day("2029-03-01") });
    }

    #[test]
    fn a_case_closed_on_29_february_is_counted_to_the_end_of_february() {
        let low = keep(&example(), RecordKind::Incident, Severity::Low, day("2028-02-29"));
        assert_eq!((low.stays_until, low.gone_by), (day("2029-02-28"), Some(day("2030-02-28"))));
    }

    #[test]
    fn a_legal_hold_outranks_every_day_and_says_who_may_end_it() {
        let policy = example();
        let fate = keep(&policy, RecordKind::Incident, Severity::Low, day("2027-03-01")).fate(true, day("2060-01-01"));
        assert_eq!(fate, Fate::Held);
        assert_eq!(fate.say(&policy), "A legal hold keeps it. The Company Secretary decides when the hold ends.");
    }

    #[test]
    fn a_policy_without_ranges_keeps_each_kind_for_its_one_length() {
        for slug in ["one-manchester", "alliance-homes", "housing-solutions", "notting-hill-genesis", "west-kent"] {
            let policy = pack(slug);
            let kept = keep(&policy, RecordKind::Restriction, Severity::Serious, day("2027-03-01"));
            assert_eq!(kept.stays_until, policy.retention.restrictions.after(day("2027-03-01"), policy.calendar()), "{slug}");
            assert_eq!(kept.gone_by, Some(kept.stays_until), "{slug}");
        }
    }
}
