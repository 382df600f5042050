//! The stages of a restriction, from the first draft of its proposal to its end, and how each looks on a day.

use chrono::NaiveDate;

use super::label::labels;
use super::tone::Tone;

labels! {
    /// Where a restriction stands. Its proposal is the same record.
    pub enum Stage {
        Draft "draft" "Draft",
        AwaitingApproval "awaiting-approval" "Waiting for approval",
        SentBack "sent-back" "Sent back",
        Declined "declined" "Declined",
        InForce "in-force" "In force",
        Lifted "lifted" "Ended",
        Quashed "quashed" "Quashed on appeal",
    }
}

/// How a restriction looks today: a tone, an icon, and the word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// What it means.
    pub tone: Tone,
    /// An icon's name, or empty.
    pub mark: &'static str,
    /// The word.
    pub text: String,
}

/// How a restriction looks on a day. `limited` is the landlord's word for the state a customer is in.
pub fn state(stage: Stage, ends_on: Option<NaiveDate>, today: NaiveDate, limited: &str) -> State {
    let (tone, mark, text) = match stage {
        Stage::Draft => (Tone::Quiet, "", stage.title()),
        Stage::AwaitingApproval => (Tone::Info, "clock", stage.title()),
        Stage::SentBack => (Tone::Care, "pen", stage.title()),
        Stage::Declined => (Tone::Quiet, "", stage.title()),
        Stage::InForce if is_over(ends_on, today) => (Tone::Ok, "tick", "Ended"),
        Stage::InForce => (Tone::Care, "care", limited),
        Stage::Lifted | Stage::Quashed => (Tone::Ok, "tick", stage.title()),
    };
    State { tone, mark, text: text.to_owned() }
}

/// Whether the last day has gone by. The last day itself still counts, to its end in London.
pub fn is_over(ends_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    ends_on.is_some_and(|last| last < today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, day).unwrap()
    }

    #[test]
    fn a_restriction_counts_to_the_end_of_its_last_day() {
        let text = |today| state(Stage::InForce, Some(day(10)), today, "Limited contact").text;
        assert_eq!(text(day(10)), "Limited contact");
        assert_eq!(text(day(11)), "Ended");
    }

    #[test]
    fn one_with_no_last_day_never_ends_by_itself() {
        assert!(!is_over(None, day(31)));
    }
}
