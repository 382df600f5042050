//! Who else can help, and in which form everything can be had.

use super::{House, Section, small};
use crate::rules::policy::{Contact, Policy};
use crate::rules::{onward, say};

pub(super) fn outside(policy: &Policy) -> Section {
    let ombudsman = &policy.onward.ombudsman.value;
    let others = policy.onward.routes.iter().filter(|route| onward::is_here(policy, route)).map(|route| {
        let whom: Vec<&str> = route.only_for.iter().filter_map(|key| policy.people.subject(key)).map(|one| one.title.as_str()).collect();
        let whom = if whom.is_empty() { String::new() } else { format!(" ({})", small(&say::list(&whom))) };
        let about = format!("About {}{whom}: {}", small(&route.subject), route.goes_to.name);
        std::iter::once(about).chain(ways(&route.goes_to)).collect::<Vec<_>>().join(". ")
    });
    Section {
        anchor: "outside",
        title: "Somebody outside who can help".to_owned(),
        lead: vec![format!(
            "You can ask {} for help. It is free, and it is not part of us. It can advise you at once; before it decides anything it usually \
             wants to see our last answer.",
            the(&ombudsman.name)
        )],
        list: ways(ombudsman).collect(),
        after: others.collect(),
    }
}

fn the(name: &str) -> String {
    if name.to_lowercase().starts_with("the ") { name.to_owned() } else { format!("the {name}") }
}

fn ways(contact: &Contact) -> impl Iterator<Item = String> {
    let Contact { phone: ring, email, web, post, .. } = contact;
    let ways = [
        ring.as_deref().map(|ring| format!("Phone: {}", say::whole(ring))),
        email.as_deref().map(|email| format!("Email: {email}")),
        web.as_deref().map(|web| format!("Website: {web}")),
        post.as_deref().map(|post| format!("Post: {post}")),
    ];
    ways.into_iter().flatten()
}

pub(super) fn help(policy: &Policy, house: &House) -> Section {
    let formats = policy.letters.other_formats.trim().trim_end_matches('.');
    Section {
        anchor: "help",
        title: "Help and other formats".to_owned(),
        lead: vec![
            format!("You can have this page and any letter {formats}."),
            format!(
                "If something makes it hard for you to speak, read, write or meet with us, ring {} and tell us. We make adjustments, and no \
                 decision takes them away.",
                say::whole(&house.phone)
            ),
        ],
        ..Section::default()
    }
}
