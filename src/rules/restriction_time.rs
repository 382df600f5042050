//! The time a customer has been under restrictions, counted together where the policy counts it so (`terms.count-together`).

use chrono::{Days, NaiveDate};
use serde::Deserialize;

/// Time under one restriction. Both days count; none means that it has no last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Span {
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

impl Span {
    /// Whether it lies beside this day or runs over it: begun before it, and not over by the day before.
    fn leads_to(self, day: NaiveDate) -> bool {
        let eve = day.checked_sub_days(Days::new(1));
        self.from < day && self.until.is_none_or(|last| eve.is_none_or(|eve| last >= eve))
    }
}

/// The first day of the time without a gap that leads to this day: restrictions that overlap, or begin on the day after another's last,
/// are one time. A single day between two of them is a gap.
pub fn first_of(spans: &[Span], from: NaiveDate) -> NaiveDate {
    let mut first = from;
    while let Some(before) = spans.iter().filter(|span| span.leads_to(first)).map(|span| span.from).min() {
        first = before;
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(number: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 1, 1).unwrap() + Days::new(number)
    }

    fn span(from: u64, until: u64) -> Span {
        Span { from: day(from), until: Some(day(until)) }
    }

    /// Day by day, backwards: as long as the day before is under any of them.
    fn slowly(spans: &[Span], from: NaiveDate) -> NaiveDate {
        let mut first = from;
        loop {
            let before = first - Days::new(1);
            let under = |span: &&Span| span.from <= before && span.until.is_none_or(|last| before <= last);
            if spans.iter().find(under).is_none() {
                return first;
            }
            first = before;
        }
    }

    #[test]
    fn terms_count_together_while_they_overlap_or_follow_each_other_without_a_gap() {
        let table: [(&str, &[Span], u64); 7] = [
            ("nothing before", &[], 100),
            ("it ended the day before", &[span(40, 99)], 40),
            ("a day lies between", &[span(40, 98)], 100),
            ("it runs still", &[Span { from: day(60), until: None }], 60),
            ("a chain", &[span(10, 39), span(40, 70), span(60, 99)], 10),
            ("a chain with a gap", &[span(10, 38), span(40, 99)], 40),
            ("what begins later says nothing", &[span(100, 200), span(120, 130)], 100),
        ];
        for (why, spans, first) in table {
            assert_eq!(first_of(spans, day(100)), day(first), "{why}");
        }
    }

    proptest! {
        #[test]
        fn counting_is_the_same_day_by_day(
            made in prop::collection::vec((0u64..120, 0u64..40, prop::bool::weighted(0.1)), 0..8),
            from in 0u64..160,
        ) {
            let spans: Vec<Span> =
                made.iter().map(|&(from, long, open)| Span { from: day(from), until: (!open).then(|| day(from + long)) }).collect();
            prop_assert_eq!(first_of(&spans, day(from)), slowly(&spans, day(from)));
        }
    }
}
