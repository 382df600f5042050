//! Where a customer can go next: the ombudsman always, and each other body that is for this person, nation, kind of landlord and matter.

use super::policy::{Contact, OnwardRoute, Policy};
use super::say;

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

/// How to reach somebody, in the middle of a sentence: "ring …, email …, go to … or write to …". Everything the pack gives of them and
/// nothing of anybody else's; the landlord's general phone and email only where the pack gives none at all.
pub fn reach(to: &Contact, phone: &str, email: &str) -> String {
    let Contact { phone: own_phone, email: own_email, web, post, .. } = to;
    let none = [own_phone, own_email, web, post].into_iter().all(Option::is_none);
    let general = |one: &str| none.then(|| one.to_owned());
    let ways = [
        own_phone.clone().or_else(|| general(phone)).map(|phone| format!("ring {}", say::whole(&phone))),
        own_email.clone().or_else(|| general(email)).map(|email| format!("email {email}")),
        web.as_deref().map(|web| format!("go to {web}")),
        post.as_deref().map(|post| format!("write to {}", post.trim_end_matches('.'))),
    ];
    say::either(&ways.into_iter().flatten().collect::<Vec<_>>())
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

    /// policy-pack.md 20.
    #[test]
    fn everything_the_pack_gives_is_said_and_nothing_of_anybody_elses() {
        let contact = |phone: Option<&str>, post: Option<&str>, web: Option<&str>| Contact {
            name: "the Clerk".to_owned(),
            phone: phone.map(str::to_owned),
            email: None,
            web: web.map(str::to_owned),
            post: post.map(str::to_owned),
        };
        let said = |to: Contact| reach(&to, "0300 1", "all@here.example");
        assert_eq!(said(contact(None, None, None)), "ring 0300\u{a0}1 or email all@here.example");
        assert_eq!(said(contact(None, Some("The Lodge, 1 Lane"), None)), "write to The Lodge, 1 Lane");
        assert_eq!(said(contact(Some("01632 2"), Some("The Lodge"), None)), "ring 01632\u{a0}2 or write to The Lodge");
        assert_eq!(said(contact(None, None, Some("https://a.example"))), "go to https://a.example");
    }

    /// OM-19, AH-17, HS-36, WK-05: whatever the internal routes, the Ombudsman is always one.
    #[test]
    fn the_ombudsman_is_always_first() {
        for slug in ["one-manchester", "alliance-homes", "housing-solutions", "notting-hill-genesis", "west-kent"] {
            assert_eq!(names(&pack(slug), None)[0], "Housing Ombudsman Service", "{slug}");
        }
    }
}
