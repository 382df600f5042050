//! What is otherwise in a part of the landlord's homes, as a customer reads it.

use super::{House, Section, sections};
use crate::rules::policy::Policy;
use crate::rules::say;

/// What differs in the business areas: one part of the page, or none where nothing does that a customer can use.
pub fn differs(everybody: &Policy, areas: &[&Policy], house: &House) -> Option<Section> {
    let list: Vec<String> = areas.iter().flat_map(|own| in_one(everybody, own, house)).collect();
    (!list.is_empty()).then(|| Section {
        anchor: "areas",
        title: "Where something is different".to_owned(),
        lead: vec!["All of this page holds for everybody, but for what is named here.".to_owned()],
        list,
        after: Vec::new(),
    })
}

fn in_one(everybody: &Policy, own: &Policy, house: &House) -> Vec<String> {
    let Some(area) = own.area.as_deref().and_then(|area| own.area(area)) else { return Vec::new() };
    let title = say::inside(&area.title);
    let pairs = sections(everybody, house).into_iter().zip(sections(own, house));
    let apart = pairs.flat_map(|(everywhere, here)| {
        let (everywhere, here) = (sentences(&everywhere), sentences(&here));
        let new: Vec<String> =
            here.iter().filter(|one| !everywhere.contains(one)).map(|one| format!("In {title}: {}", say::inside(one))).collect();
        let gone = everywhere.into_iter().filter(|one| new.is_empty() && !here.contains(one));
        let gone: Vec<String> = gone.map(|one| format!("Not in {title}: {}", say::inside(&one))).collect();
        new.into_iter().chain(gone)
    });
    apart.collect()
}

fn sentences(section: &Section) -> Vec<String> {
    section.lead.iter().chain(&section.list).chain(&section.after).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../policy/format/example.toml");

    #[test]
    fn a_customer_reads_what_is_otherwise_in_an_area_and_nothing_where_nothing_is() {
        let (everybody, own) = (Policy::read_for(EXAMPLE, None).unwrap(), Policy::read_for(EXAMPLE, Some("supported")).unwrap());
        let house = House { name: "Fernhollow Homes".into(), phone: "020 7946 0000".into(), email: "hello@fernhollow.example".into() };
        let section = differs(&everybody, &[&own], &house).expect("something differs");
        assert!(section.list.iter().all(|one| one.starts_with("In supported housing: ") || one.starts_with("Not in supported housing: ")));
        assert!(section.list.iter().any(|one| one.contains("3 months")), "{:#?}", section.list);
        assert_eq!(differs(&everybody, &[], &house), None);
    }
}
