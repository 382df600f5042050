//! Who works here: what may be changed about a colleague, and what is settled when one leaves.

use super::id::StaffId;
use super::policy::{Policy, Reach};
use super::say;

/// A person as these rules see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// Who.
    pub id: StaffId,
    /// Which pages they open.
    pub reach: Reach,
    /// Whom they report to.
    pub manager: Option<StaffId>,
    /// Whether they have left.
    pub has_left: bool,
}

/// What is to be true of somebody from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which pages they open.
    pub reach: Reach,
    /// Keys of the policy's posts.
    pub roles: Vec<String>,
    /// Whom they report to.
    pub manager: Option<StaffId>,
}

/// Why something about a colleague cannot be so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// Power over oneself.
    #[error("Nobody changes what they may do themselves. Ask another administrator.")]
    Oneself,
    /// A post that the pages would shut out.
    #[error("{post} needs the pages of “{needed}” or further. Choose those, or leave the post out.")]
    TooNear { post: String, needed: &'static str },
    /// Reporting in a ring.
    #[error("{name} reports to them, so they cannot report to {name}. Choose somebody else.")]
    Ring { name: String },
    /// Nobody would be left to put things right.
    #[error("They are the last administrator. Make somebody else one first.")]
    LastAdministrator,
    /// Work without anybody to do it.
    #[error("Choose who takes over: {left}.")]
    NobodyTakesOver { left: String },
}

impl Wrong {
    /// The field it stands beside; empty for the whole form.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Oneself => "",
            Self::TooNear { .. } | Self::LastAdministrator => "reach",
            Self::Ring { .. } => "manager",
            Self::NobodyTakesOver { .. } => "successor",
        }
    }
}

/// What is wrong with a change that the person at the desk wants to make.
pub fn check(
    policy: &Policy,
    me: StaffId,
    before: (&Colleague, &[String]),
    wanted: &Wanted,
    others: &[Colleague],
    name_of: impl Fn(StaffId) -> String,
) -> Vec<Wrong> {
    let (person, roles) = before;
    let mut wrong = Vec::new();
    if me == person.id && (wanted.reach != person.reach || wanted.roles != roles) {
        wrong.push(Wrong::Oneself);
    }
    let short = |key: &&String| policy.roles.get(key).is_some_and(|role| role.reach.rank() > wanted.reach.rank());
    if let Some((key, role)) = wanted.roles.iter().find(short).and_then(|key| Some((key, policy.roles.get(key)?))) {
        wrong.push(Wrong::TooNear { post: say::sentence(&policy.roles.a(key)), needed: role.reach.title() });
    }
    if wanted.reach != Reach::Administrator && is_last_administrator(person, others) {
        wrong.push(Wrong::LastAdministrator);
    }
    if let Some(manager) = wanted.manager.filter(|manager| answers_to(*manager, person.id, others)) {
        wrong.push(Wrong::Ring { name: name_of(manager) });
    }
    wrong
}

/// What is wrong with somebody leaving: this many things are theirs to do, and this many people report to them.
pub fn check_leaving(me: StaffId, person: &Colleague, others: &[Colleague], tasks: i64, reports: i64, successor: bool) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    if me == person.id {
        wrong.push(Wrong::Oneself);
    }
    if is_last_administrator(person, others) {
        wrong.push(Wrong::LastAdministrator);
    }
    let mut left = Vec::new();
    if tasks > 0 {
        left.push(say::count(tasks, "thing is theirs to do", "things are theirs to do"));
    }
    if reports > 0 {
        left.push(say::count(reports, "person reports to them", "people report to them"));
    }
    if !left.is_empty() && !successor {
        wrong.push(Wrong::NobodyTakesOver { left: say::list(&left) });
    }
    wrong
}

fn is_last_administrator(person: &Colleague, others: &[Colleague]) -> bool {
    person.reach == Reach::Administrator
        && !others.iter().any(|other| other.id != person.id && !other.has_left && other.reach == Reach::Administrator)
}

/// Whether the line of managers above somebody leads to this person. Ends where a ring stands already.
fn answers_to(somebody: StaffId, person: StaffId, others: &[Colleague]) -> bool {
    let above = |id: StaffId| others.iter().find(|other| other.id == id).and_then(|other| other.manager);
    std::iter::successors(Some(somebody), |id| above(*id)).take(others.len() + 1).any(|id| id == person)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::policy::tests::example;
    use uuid::Uuid;

    fn id(number: u128) -> StaffId {
        StaffId(Uuid::from_u128(number))
    }

    fn colleague(number: u128, reach: Reach, manager: Option<u128>) -> Colleague {
        Colleague { id: id(number), reach, manager: manager.map(id), has_left: false }
    }

    /// An administrator, a director, the head of service under her, a manager under him.
    fn house() -> Vec<Colleague> {
        vec![
            colleague(1, Reach::Administrator, None),
            colleague(2, Reach::Director, None),
            colleague(3, Reach::Head, Some(2)),
            colleague(4, Reach::Manager, Some(3)),
        ]
    }

    fn wrong(person: usize, wanted: &Wanted) -> Vec<String> {
        let house = house();
        let found = check(&example(), id(1), (&house[person], &[]), wanted, &house, |id| format!("No {}", id.0.as_u128()));
        found.iter().map(ToString::to_string).collect()
    }

    fn wanted(reach: Reach, roles: &[&str], manager: Option<u128>) -> Wanted {
        Wanted { reach, roles: roles.iter().map(|role| (*role).to_owned()).collect(), manager: manager.map(id) }
    }

    #[test]
    fn nobody_gives_themselves_more_to_decide() {
        let refused = wrong(0, &wanted(Reach::Director, &["director"], None));
        assert_eq!(refused[0], "Nobody changes what they may do themselves. Ask another administrator.");
        assert_eq!(wrong(0, &wanted(Reach::Administrator, &[], Some(2))), Vec::<String>::new(), "whom one reports to is no power");
    }

    #[test]
    fn a_post_needs_pages_that_reach_as_far_as_it() {
        let refused = wrong(3, &wanted(Reach::Frontline, &["manager"], Some(3)));
        assert_eq!(refused, ["A Team Manager needs the pages of “Manager” or further. Choose those, or leave the post out."]);
        assert_eq!(wrong(3, &wanted(Reach::Manager, &["manager"], Some(3))), Vec::<String>::new());
    }

    #[test]
    fn the_line_of_managers_never_becomes_a_ring() {
        assert_eq!(
            wrong(1, &wanted(Reach::Director, &[], Some(4))),
            ["No 4 reports to them, so they cannot report to No 4. Choose somebody else."]
        );
        assert_eq!(wrong(1, &wanted(Reach::Director, &[], Some(2))).len(), 1, "nor to themselves");
        assert_eq!(wrong(3, &wanted(Reach::Manager, &[], Some(2))), Vec::<String>::new());
    }

    #[test]
    fn a_house_keeps_an_administrator() {
        let house = house();
        assert_eq!(check_leaving(id(2), &house[0], &house, 0, 0, true), [Wrong::LastAdministrator]);
        let two = [house.clone(), vec![colleague(5, Reach::Administrator, None)]].concat();
        assert_eq!(check_leaving(id(2), &two[0], &two, 0, 0, true), []);
        let gone = [house.clone(), vec![Colleague { has_left: true, ..colleague(5, Reach::Administrator, None) }]].concat();
        assert_eq!(check_leaving(id(2), &gone[0], &gone, 0, 0, true), [Wrong::LastAdministrator]);
    }

    #[test]
    fn nobody_leaves_work_behind() {
        let house = house();
        let left = |tasks, reports, successor| {
            let wrong = check_leaving(id(1), &house[2], &house, tasks, reports, successor);
            wrong.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(left(2, 1, false), ["Choose who takes over: 2 things are theirs to do and 1 person reports to them."]);
        assert_eq!(left(2, 1, true), Vec::<String>::new());
        assert_eq!(left(0, 0, false), Vec::<String>::new());
    }
}
