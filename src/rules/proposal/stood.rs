//! What an approval rests on, so that one given before questions were asked may stand once they are answered.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Draft;
use crate::rules::id::IncidentId;
use crate::rules::measure::Chosen;

/// A proposal as it stood when somebody sent it back.
///
/// Whoever had approved before them approved these terms and days, on these incidents, against this account and these needs, in these
/// words to the customer. While all of that is the same, their yes holds, and the answers go straight to the stage that asked. More
/// incidents, and fuller answers to the other questions of the assessment, take nothing away from it. Anything else is another proposal:
/// it begins again with its first stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stood {
    pub terms: Vec<Chosen>,
    pub review_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub skipped: Vec<String>,
    pub grounds: String,
    pub account: String,
    pub needs: String,
    pub clash_because: String,
    /// Keys of the customer's recorded needs.
    pub recorded: BTreeSet<String>,
    pub incidents: BTreeSet<IncidentId>,
    /// The stages the policy asked for, in words.
    pub stages: Vec<String>,
}

impl Stood {
    /// As it stands: `recorded` are the keys of the customer's needs, `stages` what the policy asks for.
    pub fn of(draft: &Draft, recorded: BTreeSet<String>, incidents: BTreeSet<IncidentId>, stages: &[String]) -> Self {
        Self {
            terms: draft.terms.clone(),
            review_on: draft.review_on,
            ends_on: draft.ends_on,
            skipped: draft.skipped.clone(),
            grounds: draft.grounds.trim().to_owned(),
            account: draft.assessment.account.trim().to_owned(),
            needs: draft.assessment.needs.trim().to_owned(),
            clash_because: draft.assessment.clash_because.trim().to_owned(),
            recorded,
            incidents,
            stages: stages.to_vec(),
        }
    }

    /// Whether an approval of this holds for what it has become.
    pub fn holds_for(&self, now: &Self) -> bool {
        let Self { incidents, .. } = self;
        incidents.is_subset(&now.incidents) && *self == Self { incidents: incidents.clone(), ..now.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn stood() -> Stood {
        let draft = Draft { grounds: "You shouted.".into(), ends_on: NaiveDate::from_ymd_opt(2027, 6, 15), ..Draft::default() };
        Stood::of(&draft, BTreeSet::new(), [IncidentId(Uuid::from_u128(1))].into(), &["A Director authorises.".to_owned()])
    }

    #[test]
    fn an_approval_holds_while_what_was_approved_is_the_same() {
        assert!(stood().holds_for(&stood()));
        let mut more = stood();
        more.incidents.insert(IncidentId(Uuid::from_u128(2)));
        assert!(stood().holds_for(&more), "more evidence takes nothing away");
    }

    #[test]
    fn an_approval_falls_when_anything_it_rested_on_changed() {
        let changes: [fn(&mut Stood); 6] = [
            |one| one.ends_on = NaiveDate::from_ymd_opt(2027, 9, 15),
            |one| one.grounds = "You threatened.".into(),
            |one| one.account = "It was my brother.".into(),
            |one| one.incidents.clear(),
            |one| one.recorded.extend(["interpreter".to_owned()]),
            |one| one.stages.clear(),
        ];
        for change in changes {
            let mut now = stood();
            change(&mut now);
            assert!(!stood().holds_for(&now), "{now:?}");
        }
    }
}
