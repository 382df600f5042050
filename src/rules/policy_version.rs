//! A version of a landlord's policy on its way: brought as a draft, asked for from a day, published by a second person; and who may.

use chrono::NaiveDate;

use super::id::StaffId;
use super::label::labels;
use super::policy::Reach;
use super::say;
use super::tone::Tone;

labels! {
    /// Where a version stands.
    pub enum Stage {
        Draft "draft" "Draft",
        Checked "checked" "Waiting for a second person",
        Published "published" "Published",
        Withdrawn "withdrawn" "Withdrawn",
    }
}

/// Who had a hand in a version so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hands {
    /// Who brought it; nobody where an operator's command did.
    pub brought: Option<StaffId>,
    /// Who asked for it to be published.
    pub asked: Option<StaffId>,
    /// Who published it.
    pub published: Option<StaffId>,
}

/// Why a version does not move on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("A policy is published by two people. You {did} this version, so somebody else publishes it.")]
    SamePerson { did: &'static str },
    #[error("The policy owner or a director publishes a version.")]
    WrongReach,
    #[error("One of the two who published it withdraws it: whoever asked for it, or whoever confirmed it.")]
    NotOneOfTheTwo,
    #[error("It took effect on {}. What has taken effect is not withdrawn: bring a new version instead.", say::day(*.since))]
    InEffect { since: NaiveDate },
    #[error("A policy takes effect today or later: what was decided before it keeps the policy of its time.")]
    InThePast,
    #[error("This version is {}.", .stage.title().to_lowercase())]
    WrongStage { stage: Stage },
}

/// Whether this reach may be the second person at all.
pub const fn publishes(reach: Reach) -> bool {
    matches!(reach, Reach::PolicyOwner | Reach::Director)
}

/// Whether a version may be asked for from this day.
pub fn may_ask(stage: Stage, from: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    match stage {
        Stage::Draft | Stage::Checked if from >= today => Ok(()),
        Stage::Draft | Stage::Checked => Err(Refusal::InThePast),
        Stage::Published | Stage::Withdrawn => Err(Refusal::WrongStage { stage }),
    }
}

/// Whether this person may publish a version that was asked for: the right reach, and no hand in it before.
pub fn may_publish(hands: Hands, person: StaffId, reach: Reach) -> Result<(), Refusal> {
    match () {
        () if !publishes(reach) => Err(Refusal::WrongReach),
        () if hands.asked == Some(person) => Err(Refusal::SamePerson { did: "asked for" }),
        () if hands.brought == Some(person) => Err(Refusal::SamePerson { did: "brought" }),
        () => Ok(()),
    }
}

/// Whether this person may withdraw a version: before it is published whoever may publish; afterwards, before its day, one of the two.
/// Where an operator published it there are no two, so whoever may publish may withdraw.
pub fn may_withdraw(
    stage: Stage,
    starts_on: Option<NaiveDate>,
    hands: Hands,
    person: StaffId,
    reach: Reach,
    today: NaiveDate,
) -> Result<(), Refusal> {
    if !publishes(reach) {
        return Err(Refusal::WrongReach);
    }
    match (stage, starts_on) {
        (Stage::Withdrawn, _) => Err(Refusal::WrongStage { stage }),
        (Stage::Draft | Stage::Checked, _) => Ok(()),
        (Stage::Published, Some(since)) if since <= today => Err(Refusal::InEffect { since }),
        (Stage::Published, _) => {
            let one_of_two = [hands.asked, hands.published].contains(&Some(person));
            if one_of_two || hands.published.is_none() { Ok(()) } else { Err(Refusal::NotOneOfTheTwo) }
        }
    }
}

/// How a version looks on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// What it means.
    pub tone: Tone,
    /// An icon's name, or empty.
    pub mark: &'static str,
    /// The word.
    pub text: String,
}

/// How a version looks; `in_force` says whether it is the one in force today.
pub fn state(stage: Stage, starts_on: Option<NaiveDate>, in_force: bool, today: NaiveDate) -> State {
    let (tone, mark, text) = match (stage, starts_on) {
        (Stage::Draft, _) => (Tone::Quiet, "", stage.title().to_owned()),
        (Stage::Checked, _) => (Tone::Info, "clock", stage.title().to_owned()),
        (Stage::Withdrawn, _) => (Tone::Quiet, "", stage.title().to_owned()),
        (Stage::Published, Some(day)) if day > today => (Tone::Info, "clock", format!("From {}", say::day(day))),
        (Stage::Published, _) if in_force => (Tone::Ok, "tick", "In force".to_owned()),
        (Stage::Published, _) => (Tone::Quiet, "", "Earlier".to_owned()),
    };
    State { tone, mark, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: StaffId = StaffId(uuid::Uuid::from_u128(1));
    const BILAL: StaffId = StaffId(uuid::Uuid::from_u128(2));
    const CARMEN: StaffId = StaffId(uuid::Uuid::from_u128(3));

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, day).unwrap()
    }

    #[test]
    fn the_same_person_never_publishes_what_they_asked_for_or_brought() {
        let hands = Hands { brought: Some(ANN), asked: Some(BILAL), published: None };
        for reach in Reach::ALL {
            assert!(may_publish(hands, ANN, *reach).is_err() && may_publish(hands, BILAL, *reach).is_err(), "{reach}");
            assert_eq!(may_publish(hands, CARMEN, *reach).is_ok(), matches!(reach, Reach::Director | Reach::PolicyOwner), "{reach}");
        }
    }

    #[test]
    fn a_day_gone_by_cannot_be_asked_for() {
        for (stage, from, may) in [
            (Stage::Draft, 10, true),
            (Stage::Draft, 9, false),
            (Stage::Checked, 11, true),
            (Stage::Published, 11, false),
            (Stage::Withdrawn, 11, false),
        ] {
            assert_eq!(may_ask(stage, day(from), day(10)).is_ok(), may, "{stage} from {from}");
        }
    }

    #[test]
    fn a_published_version_is_withdrawn_by_one_of_the_two_and_only_before_its_day() {
        let hands = Hands { brought: None, asked: Some(ANN), published: Some(BILAL) };
        let may = |who, today| may_withdraw(Stage::Published, Some(day(20)), hands, who, Reach::Director, day(today));
        assert!(may(ANN, 19).is_ok() && may(BILAL, 19).is_ok());
        assert_eq!(may(CARMEN, 19), Err(Refusal::NotOneOfTheTwo));
        assert_eq!(may(ANN, 20), Err(Refusal::InEffect { since: day(20) }));
        let draft = |stage, reach| may_withdraw(stage, None, hands, CARMEN, reach, day(1));
        assert!(draft(Stage::Draft, Reach::PolicyOwner).is_ok() && draft(Stage::Checked, Reach::Director).is_ok());
        assert!(draft(Stage::Draft, Reach::Manager).is_err() && draft(Stage::Withdrawn, Reach::Director).is_err());
    }

    #[test]
    fn the_state_says_whether_a_version_is_to_come_in_force_or_gone_by() {
        let text = |from, in_force| state(Stage::Published, Some(day(from)), in_force, day(10)).text.replace('\u{a0}', " ");
        assert_eq!([text(11, false), text(10, true), text(9, false)], ["From 11 March 2027", "In force", "Earlier"]);
    }
}
