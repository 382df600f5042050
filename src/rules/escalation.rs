//! Who is told, besides those who were to act, when something was not done in time: somebody more senior than all of them.

use super::id::StaffId;
use super::policy::Reach;

/// Somebody who works here, as far as seniority goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub id: StaffId,
    pub reach: Reach,
    pub manager: Option<StaffId>,
}

/// Those more senior than everybody who was to act (`reviews.overdue = "continue-and-escalate"`): their own line managers where these
/// are more senior, otherwise everybody at the nearest level above; and where there is nobody above, whoever owns the policy.
pub fn seniors(to_act: &[StaffId], here: &[Colleague]) -> Vec<StaffId> {
    let acts = |one: &&Colleague| to_act.contains(&one.id);
    let top = here.iter().filter(acts).map(|one| one.reach.rank()).max().unwrap_or_default();
    let above = || here.iter().filter(|one| one.reach.rank() > top);
    let manages = |one: &&Colleague| here.iter().filter(acts).any(|acting| acting.manager == Some(one.id));
    let managers = ids(above().filter(manages));
    if !managers.is_empty() {
        return managers;
    }
    match above().map(|one| one.reach.rank()).min() {
        Some(nearest) => ids(above().filter(|one| one.reach.rank() == nearest)),
        None => ids(here.iter().filter(|one| one.reach == Reach::PolicyOwner && !to_act.contains(&one.id))),
    }
}

fn ids<'a>(colleagues: impl Iterator<Item = &'a Colleague>) -> Vec<StaffId> {
    colleagues.map(|one| one.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn id(number: u128) -> StaffId {
        StaffId(Uuid::from_u128(number))
    }

    fn one(number: u128, reach: Reach, manager: Option<u128>) -> Colleague {
        Colleague { id: id(number), reach, manager: manager.map(id) }
    }

    #[test]
    fn lateness_is_told_to_somebody_more_senior_than_all_who_were_to_act() {
        let house = [
            one(1, Reach::Manager, Some(3)),
            one(2, Reach::Manager, Some(3)),
            one(3, Reach::Head, Some(4)),
            one(4, Reach::Director, None),
            one(5, Reach::Head, None),
            one(6, Reach::PolicyOwner, None),
            one(7, Reach::Manager, None),
            one(8, Reach::Manager, Some(1)),
        ];
        let table: [(&str, &[u128], &[u128]); 6] = [
            ("the head they report to", &[1, 2], &[3]),
            ("a head may act too, so the director above her", &[1, 2, 3], &[4]),
            ("nobody manages them: every head", &[7], &[3, 5]),
            ("a manager of the same level is not above", &[8], &[3, 5]),
            ("nobody manages her: the directors", &[5], &[4]),
            ("nobody is above a director: the owner of the policy", &[4], &[6]),
        ];
        for (why, acting, told) in table {
            let acting: Vec<_> = acting.iter().copied().map(id).collect();
            let told: Vec<_> = told.iter().copied().map(id).collect();
            assert_eq!(seniors(&acting, &house), told, "{why}");
        }
    }
}
