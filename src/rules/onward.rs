//! Where a customer can go next: the ombudsman always, and each other body that is for this person, nation, kind of landlord and matter.

use super::policy::{Contact, OnwardRoute, Policy};

/// One way on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way<'a> {
    /// Who.
    pub to: &'a Contact,
    /// What about; nothing where it is for any complaint.
    pub about: Option<&'a str>,
    /// Why it is among them.
    pub because: String,
}

/// Every way on for a kind of person (its key), or for anybody; the ombudsman first. A route that names nations, kinds of landlord or kinds of
/// person is only for these.
pub fn ways<'a>(policy: &'a Policy, subject: Option<&str>) -> Vec<Way<'a>> {
    let onward = &policy.onward;
    let ombudsman = Way { to: &onward.ombudsman, about: None, because: onward.ombudsman.source.say() };
    let routes = onward.routes.iter().filter(|route| is_for(policy, route, subject));
    let others = routes.map(|route| Way { to: &route.goes_to, about: Some(&route.subject), because: route.source.say() });
    std::iter::once(ombudsman).chain(others).collect()
}

fn is_for(policy: &Policy, route: &OnwardRoute, subject: Option<&str>) -> bool {
    let person = route.only_for.is_empty() || subject.is_some_and(|key| route.only_for.iter().any(|one| one == key));
    is_here(policy, route) && person
}

/// Whether this landlord's customers, or some of them, may go this way: it is of the nation and the kind that the route names.
pub fn is_here(policy: &Policy, route: &OnwardRoute) -> bool {
    let onward = &policy.onward;
    let nation = route.nations.is_empty() || route.nations.contains(&onward.nation);
    let kind = onward.landlord_type.as_ref().map(|kind| **kind);
    let landlord = route.landlord_types.is_empty() || kind.is_some_and(|kind| route.landlord_types.contains(&kind));
    nation && landlord
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::days::Nation;
    use crate::rules::policy::LandlordType;
    use crate::rules::policy::tests::{example, pack};

    fn names(policy: &Policy, subject: Option<&str>) -> Vec<String> {
        ways(policy, subject).iter().map(|way| way.to.name.clone()).collect()
    }

    /// policy-pack.md 20.
    #[test]
    fn a_route_is_only_for_the_people_it_names() {
        let policy = example();
        assert_eq!(names(&policy, Some("tenant")), ["Housing Ombudsman Service", "Information Commissioner's Office"]);
        assert_eq!(names(&policy, Some("homeless-applicant")), ["Housing Ombudsman Service"]);
        assert_eq!(names(&policy, None), ["Housing Ombudsman Service"]);
    }

    #[test]
    fn a_route_is_only_for_the_nation_and_the_kind_of_landlord_it_names() {
        let mut policy = example();
        policy.onward.nation.value = Nation::Scotland;
        assert_eq!(names(&policy, Some("tenant")), ["Housing Ombudsman Service"]);
        let mut policy = example();
        policy.onward.landlord_type = None;
        assert_eq!(names(&policy, Some("tenant")), ["Housing Ombudsman Service"]);
        policy.onward.routes[0].landlord_types = vec![LandlordType::Council];
        assert_eq!(names(&policy, Some("tenant")), ["Housing Ombudsman Service"]);
    }

    /// OM-19, AH-17, HS-36, WK-05: whatever the internal routes, the Ombudsman is always one.
    #[test]
    fn the_ombudsman_is_always_first() {
        for slug in ["one-manchester", "alliance-homes", "housing-solutions", "notting-hill-genesis", "west-kent"] {
            assert_eq!(names(&pack(slug), None)[0], "Housing Ombudsman Service", "{slug}");
        }
    }
}
