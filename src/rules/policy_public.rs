//! The policy as a customer reads it: what we ask, what may happen, what stays open, how to disagree, who else can help.
//! Only what a customer can use; nothing of who may see what, and never a raw key.

mod measures;

use super::measure::Purpose;
use super::onward;
use super::policy::{AppealForm, AppealProfile, ComplaintRoute, Contact, DeciderFor, Part, Policy, StepKind};
use super::say;

/// How to reach the landlord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct House {
    /// Its name.
    pub name: String,
    /// The number customers ring.
    pub phone: String,
    /// The address customers email.
    pub email: String,
}

/// One part of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Its place on the page.
    pub anchor: &'static str,
    /// Its heading.
    pub title: String,
    /// What is said before the list.
    pub lead: Vec<String>,
    /// The list; may be empty.
    pub list: Vec<String>,
    /// What is said after it.
    pub after: Vec<String>,
}

/// Every part, in the order a customer needs them.
pub fn sections(policy: &Policy, house: &House) -> Vec<Section> {
    vec![
        asked(policy),
        first(policy),
        may_happen(policy),
        always_open(policy, house),
        how_long(policy),
        disagree(policy, house),
        complain(policy, house),
        outside(policy),
        help(policy, house),
    ]
}

/// The first sentence of the page.
pub fn opening(policy: &Policy, house: &House) -> String {
    format!(
        "This is how {} deals with {}. It is about what somebody does, never about who they are, and being upset or angry is not enough.",
        house.name, policy.words.behaviour
    )
}

fn asked(policy: &Policy) -> Section {
    let groups = policy.behaviour.groups().map(|(category, within)| {
        let examples: Vec<String> =
            within.iter().map(|one| one.title.clone()).chain(category.examples.iter().cloned()).map(|one| small(&one)).collect();
        match examples.is_empty() {
            true => format!("{}.", category.title),
            false => format!("{}: for example, {}.", category.title, say::list(&examples)),
        }
    });
    Section {
        anchor: "what-we-ask",
        title: "What we ask".to_owned(),
        lead: vec!["Tell us when something is wrong. We want to hear it, and to put it right. Please do not do any of these:".to_owned()],
        list: groups.collect(),
        after: vec![policy.behaviour.threshold_words.value.clone()],
    }
}

fn first(policy: &Policy) -> Section {
    let title = |kind| policy.ladder.steps.iter().filter(move |step| step.kind == kind).map(|step| step.title.clone());
    let steps = title(StepKind::Informal).chain(title(StepKind::Warning)).collect::<Vec<_>>();
    let leaves_out = policy.ladder.steps.iter().any(|step| step.skip.is_some());
    Section {
        anchor: "first",
        title: "What we do first".to_owned(),
        lead: vec![
            "We tell you what the matter is, and give you the chance to put it right. These are the steps, with the words we use for them:"
                .to_owned(),
        ],
        list: steps,
        after: vec![format!(
            "We hear your side before we decide on {}, and we ask whether something makes it harder for you to deal with us.",
            policy.words.restriction.a
        )]
        .into_iter()
        .chain(leaves_out.then(|| "We may leave a step out, for example when somebody is in danger. We tell you why.".to_owned()))
        .collect(),
    }
}

fn may_happen(policy: &Policy) -> Section {
    let word = &policy.words.restriction;
    Section {
        anchor: "what-may-happen",
        title: "What may happen if it goes on".to_owned(),
        lead: vec![format!(
            "We may decide on {}: limits on how you reach us or use what we offer. We use no more than is needed. It may say one or more of these:",
            word.a
        )],
        list: policy.measures.offered.iter().filter_map(measures::means).collect(),
        after: vec![format!(
            "You get a letter that says what we decided, why, until when, and how to disagree. {} is never secret.",
            say::sentence(&word.a)
        )],
    }
}

fn always_open(policy: &Policy, house: &House) -> Section {
    let open = &policy.measures.always_open;
    let floor = Purpose::FLOOR.into_iter().filter(|purpose| open.iter().all(|one| one.purpose != *purpose));
    Section {
        anchor: "always-open",
        title: "What always stays open".to_owned(),
        lead: vec!["Whatever we decide, you can always:".to_owned()],
        list: open.iter().map(|one| one.tell.clone()).chain(floor.map(|purpose| purpose.title().to_lowercase())).collect(),
        after: vec![format!("Ring {} or email {}. In danger, ring 999.", phone(&house.phone), house.email)],
    }
}

fn how_long(policy: &Policy) -> Section {
    let word = &policy.words.restriction;
    let end = match *policy.terms.permanent {
        true => format!(
            "{} usually has a last day, at most {} away. Some have none; we look at those again all the same.",
            say::sentence(&word.a),
            policy.terms.longest.value
        ),
        false => {
            format!("{} always has a last day, at most {} away.{}", say::sentence(&word.a), policy.terms.longest.value, renewed(policy))
        }
    };
    Section {
        anchor: "how-long",
        title: "How long it lasts".to_owned(),
        lead: vec![
            end,
            format!("We look at each one again {}, and end it when it is no longer needed.", policy.reviews.rhythm()),
            "A day that a letter gives you holds, even if this policy changes later.".to_owned(),
        ],
        ..Section::default()
    }
}

/// Whether the last day can be put off, and how far.
fn renewed(policy: &Policy) -> String {
    let times = policy.terms.renewals.as_ref().map(|renewals| **renewals);
    match (times, policy.terms.cap.length()) {
        (Some(0), _) => " It is not renewed.".to_owned(),
        (_, Some(cap)) if cap == *policy.terms.longest => String::new(),
        (_, Some(cap)) => format!(" We may decide on it again, up to {cap} in all, and only where it is still needed."),
        (Some(n), None) => {
            format!(" We may decide on it again, at most {}, and only where it is still needed.", say::count(n, "time", "times"))
        }
        (None, None) => " We may decide on it again where it is still needed, and tell you why.".to_owned(),
    }
}

fn disagree(policy: &Policy, house: &House) -> Section {
    let word = &policy.words.appeal;
    let again = policy.challenge.reconsideration.as_ref();
    let ask = again
        .map(|again| format!("You can also ask us to look again, at any time, and we answer within {}. Do this if:", *again.decide_within));
    let challenge = &policy.challenge;
    let restriction = appeal(policy, &challenge.appeal, &challenge.deciders, &policy.words.restriction.a, house);
    let warning = challenge.warning.iter().flat_map(|profile| appeal(policy, profile, &[], "a warning", house));
    let early = policy.challenge.early_review.as_ref().map(|early| {
        format!(
            "{} after it began, or after we last looked at it, you can ask us to review it before its day. We then do so within {}.",
            say::sentence(&early.after.to_string()),
            early.within
        )
    });
    let nothing =
        policy.challenge.appeal.is_none().then(|| format!("This policy has no {}. You can complain, and others can help.", word.one));
    Section {
        anchor: "if-you-disagree",
        title: "If you disagree".to_owned(),
        lead: nothing.into_iter().chain(restriction).chain(warning).chain(early).chain(ask).collect(),
        list: again.map(|again| again.grounds.to_vec()).unwrap_or_default(),
        after: vec!["Somebody you trust can do any of this for you: a relative, a friend, a support worker or an advocate.".to_owned()],
    }
}

/// How to disagree with one kind of decision: until when, how, on which grounds, and who decides. Nothing where the policy has no such way.
fn appeal(policy: &Policy, profile: &AppealProfile, deciders: &[DeciderFor], against: &str, house: &House) -> Vec<String> {
    if profile.is_none() {
        return Vec::new();
    }
    let when = match profile.window.length() {
        Some(length) => format!("within {length} of {}", profile.window_from.title()),
        None => "at any time while it lasts".to_owned(),
    };
    let mut said = vec![format!("You can make {} against {against} {when}. {}", policy.words.appeal.a, form(profile, house))];
    if let Some(grounds) = profile.grounds.as_ref().filter(|grounds| !grounds.is_empty()) {
        said.push(format!("You can do so if {}.", say::either(&grounds.iter().map(|ground| small(ground)).collect::<Vec<_>>())));
    }
    let mut who = format!("{} decides{}.", say::sentence(&profile.decider.say(&policy.roles)), apart(profile));
    for one in deciders {
        let (approved, decides) = (one.approved_by.say(&policy.roles), one.decider.say(&policy.roles));
        who += &format!(" Where {approved} approved it, {decides} decides.");
    }
    if let Some(within) = profile.decide_within.length() {
        who += &format!(" We answer within {within}.");
    }
    said.push(who);
    said
}

/// Who the policy keeps from deciding, as far as it keeps anybody.
fn apart(profile: &AppealProfile) -> &'static str {
    let never = |part: Part| profile.never_decides.contains(&part);
    match (never(Part::Authorised), never(Part::Proposed)) {
        (true, true) => ", and it is never somebody who took part in the decision",
        (true, false) => ", and it is never somebody who made the decision",
        (false, true) => ", and it is never somebody who asked for it",
        (false, false) => "",
    }
}

fn form(profile: &AppealProfile, house: &House) -> String {
    let (phone, email) = (phone(&house.phone), &house.email);
    match profile.forms.contains(&AppealForm::Any) {
        true => format!("Ring {phone}, email {email}, write to us, or ask somebody to do it for you."),
        false => {
            format!("Please write: email {email} or send a letter. If writing is hard for you, ring {phone} and we write it down for you.")
        }
    }
}

fn complain(policy: &Policy, house: &House) -> Section {
    let route = match *policy.challenge.appeal.complaint {
        ComplaintRoute::Open | ComplaintRoute::Alongside => "You can make a complaint to us as well.".to_owned(),
        ComplaintRoute::ClosedAfterAppeal => format!(
            "After {} that we did not agree with, the same decision cannot be complained about to us again. Anything else can.",
            policy.words.appeal.a
        ),
    };
    let Contact { name, phone: ring, email, .. } = &policy.onward.complaints.value;
    let (ring, email) = (ring.as_deref().unwrap_or(&house.phone), email.as_deref().unwrap_or(&house.email));
    Section {
        anchor: "complaints",
        title: "Complaints".to_owned(),
        lead: vec![format!("{route} Contact {name}: ring {} or email {email}.", phone(ring))],
        ..Section::default()
    }
}

fn outside(policy: &Policy) -> Section {
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
        ring.as_deref().map(|ring| format!("Phone: {}", phone(ring))),
        email.as_deref().map(|email| format!("Email: {email}")),
        web.as_deref().map(|web| format!("Website: {web}")),
        post.as_deref().map(|post| format!("Post: {post}")),
    ];
    ways.into_iter().flatten()
}

fn help(policy: &Policy, house: &House) -> Section {
    let formats = policy.letters.other_formats.trim().trim_end_matches('.');
    Section {
        anchor: "help",
        title: "Help and other formats".to_owned(),
        lead: vec![
            format!("You can have this page and any letter {formats}."),
            format!(
                "If something makes it hard for you to speak, read, write or meet with us, ring {} and tell us. We make adjustments, and no \
                 decision takes them away.",
                phone(&house.phone)
            ),
        ],
        ..Section::default()
    }
}

/// A number that never parts at the end of a line.
fn phone(number: &str) -> String {
    number.trim().replace(' ', "\u{a0}")
}

/// The same in the middle of a sentence, unless it begins with a name or letters.
fn small(words: &str) -> String {
    let mut letters = words.trim_end_matches('.').chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => first.to_lowercase().chain(letters).collect(),
        _ => words.trim_end_matches('.').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::policy::tests::example;
    use crate::rules::policy::{AppealMode, Sourced};

    const PACKS: [&str; 5] = [
        include_str!("../../policies/one-manchester.toml"),
        include_str!("../../policies/alliance-homes.toml"),
        include_str!("../../policies/housing-solutions.toml"),
        include_str!("../../policies/notting-hill-genesis.toml"),
        include_str!("../../policies/west-kent.toml"),
    ];

    fn words(policy: &Policy) -> Vec<String> {
        let house = House { name: "Anyham Homes".into(), phone: "01632 960 100".into(), email: "hello@anyham.example".into() };
        let of = |one: Section| [vec![one.title], one.lead, one.list, one.after].concat();
        sections(policy, &house).into_iter().flat_map(of).chain([opening(policy, &house)]).collect()
    }

    #[test]
    fn every_pack_tells_a_customer_what_stays_open_how_to_disagree_and_who_is_outside() {
        for pack in PACKS {
            let policy = Policy::read(pack).unwrap();
            let all = words(&policy).join("\n");
            for open in &policy.measures.always_open {
                assert!(all.contains(&open.tell), "{}", open.tell);
            }
            assert!(all.contains(&policy.onward.ombudsman.name) && all.contains(&policy.words.appeal.a), "{all}");
            assert!(all.contains("01632\u{a0}960\u{a0}100"));
        }
    }

    #[test]
    fn nothing_raw_and_nothing_internal_is_shown() {
        for pack in PACKS {
            let policy = Policy::read(pack).unwrap();
            let keys = policy.roles.iter().map(|(key, _)| key).chain(policy.behaviour.categories.iter().map(|one| one.key.as_str()));
            let raw: Vec<&str> = keys.filter(|key| key.contains('-')).collect();
            for said in words(&policy) {
                assert!(raw.iter().all(|key| !said.contains(key)), "{said}");
                assert!(!said.contains("..") && !said.contains(['{', '}', '[', ']']), "{said}");
                assert!(!said.to_lowercase().contains("administrator") && !said.contains("Reading chosen by"), "{said}");
            }
        }
    }

    #[test]
    fn the_page_says_how_a_warning_is_challenged_and_who_else_outside_can_help() {
        let all = words(&example()).join("\n");
        assert!(all.contains("against a warning"), "{all}");
        assert!(all.contains("Information Commissioner's Office"), "{all}");
        assert!(all.contains("We may decide on it again, up to 24 months in all"), "{all}");
    }

    #[test]
    fn nothing_is_promised_of_a_decider_that_the_policy_does_not_ask() {
        let mut policy = example();
        policy.challenge.warning = None;
        let mut says = |never: &[Part]| {
            policy.challenge.appeal.never_decides.value = never.to_vec();
            words(&policy).into_iter().find(|one| one.contains(" decides")).unwrap()
        };
        assert!(!says(&[Part::Affected]).contains("never"), "{}", says(&[Part::Affected]));
        assert!(says(&[Part::Authorised]).contains("never somebody who made the decision"));
        assert!(says(&[Part::Authorised, Part::Proposed]).contains("never somebody who took part in the decision"));
    }

    #[test]
    fn a_policy_without_an_appeal_says_so_and_where_to_go_instead() {
        let mut policy = example();
        policy.challenge.warning = None;
        policy.challenge.appeal.mode = Some(Sourced { value: AppealMode::None, source: policy.challenge.appeal.window.source.clone() });
        let all = words(&policy).join("\n");
        assert!(all.contains("This policy has no ") && !all.contains(" against "), "{all}");
    }

    #[test]
    fn an_example_reads_on_in_the_middle_of_a_sentence() {
        assert_eq!(
            [small("Swearing at a person"), small("A threat."), small("ASB"), small("")],
            ["swearing at a person", "a threat", "ASB", ""]
        );
    }
}
