//! The parts that come from the landlord's policy rather than from the case: what stays open, how to challenge, where to go next.

use chrono::NaiveDate;

use super::facts::Shared;
use super::paper::Part;
use crate::rules::appeal::{LastDays, Round};
use crate::rules::challenge::{self, Challenged};
use crate::rules::measure::Purpose;
use crate::rules::policy::{AppealForm, AppealMode, AppealProfile, ComplaintRoute, Contact, LetterPart, WindowFrom};
use crate::rules::{self, need, onward, say};

/// The parts no case changes. `None` for one that only a case can fill.
pub(super) fn of(shared: &Shared, part: LetterPart) -> Option<Part> {
    Some(match part {
        LetterPart::AlwaysOpen => always_open(shared),
        LetterPart::Adjustments => adjustments(shared),
        LetterPart::Reconsideration => return reconsideration(shared),
        LetterPart::Complaint => complaint(shared),
        LetterPart::Ombudsman => ombudsman(shared),
        LetterPart::OtherFormats => other_formats(shared),
        _ => return None,
    })
}

/// What stays the same: the purposes nothing can close, and how to reach us for them.
pub(super) fn always_open(shared: &Shared) -> Part {
    let open = &shared.policy.measures.always_open;
    let mut tell: Vec<String> = open.iter().map(|one| one.tell.clone()).collect();
    let floor = Purpose::FLOOR.into_iter().filter(|purpose| open.iter().all(|one| one.purpose != *purpose));
    tell.extend(floor.map(|purpose| floor_words(purpose).to_owned()));
    Part::new("What stays the same")
        .say("You can always:")
        .list(tell)
        .say(format!("For any of these, {}.", reach_us(shared)))
        .say(format!("Work on your home and {} that are already open go on as before.", shared.policy.words.complaint().many))
}

/// What the policy leaves open of itself is named by the policy; the law's floor is named here.
const fn floor_words(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Emergency => "report an emergency or anything dangerous",
        Purpose::Safeguarding => "tell us that somebody is at risk",
        Purpose::Legal => "send us a legal notice",
        _ => "appeal, or send us something for a review",
    }
}

/// The adjustments on the record: they stand beside any decision and outlive it.
pub(super) fn adjustments(shared: &Shared) -> Part {
    let ask =
        "If something makes it hard for you to speak, read, write or meet with us, tell us. We will think with you about what would help.";
    if shared.adjustments.is_empty() {
        return Part::new("If something makes this hard for you").say(ask);
    }
    Part::new("Adjustments we make for you")
        .say(format!("Nothing in this letter changes them. We ask our {} to:", shared.policy.words.staff))
        .list(shared.adjustments.iter().map(|to_do| need::to_reader(to_do)).collect())
        .say("If these are not right, or you need something else, tell us.")
}

/// Looking again outside an appeal; nothing where the policy has no such thing.
pub(super) fn reconsideration(shared: &Shared) -> Option<Part> {
    let again = shared.policy.challenge.reconsideration.as_ref()?;
    let decider = again.decider.say(&shared.policy.roles);
    let part = Part::new("Asking us to look again").say("You can ask us to look again at any time if:").list(again.grounds.to_vec());
    Some(part.say(format!("{} will decide. We will answer within {} of hearing from you.", say::sentence(&decider), *again.decide_within)))
}

/// How to appeal against a restriction, by when, who decides and how soon; or that there is no appeal.
pub(super) fn how_to_appeal(shared: &Shared, last: LastDays) -> Part {
    let whole = match challenge::profile(&shared.policy, Challenged::Restriction) {
        Some(profile) => how_to_appeal_by(shared, profile, last.whole, meanwhile(shared)),
        None => Part::new("If you disagree")
            .say(format!("There is no {} to us against this decision.", shared.policy.words.appeal.one))
            .say(format!(
                "You can make {} to us, and you can ask the Ombudsman for help. This letter says how.",
                shared.policy.words.complaint().a
            )),
    };
    let Some(last_day) = last.length else { return whole };
    let profile = rules::appeal::profile(&shared.policy, Round::Length);
    let whole = whole.say("You may agree that something had to be done, and think that it lasts too long.");
    in_words(whole, shared, Round::Length, profile, last_day, length_meanwhile(shared))
}

/// The same by one profile of the policy.
pub(super) fn how_to_appeal_by(shared: &Shared, profile: &AppealProfile, last_day: Option<NaiveDate>, meanwhile: String) -> Part {
    how_to_appeal_as(shared, Round::First, profile, last_day, meanwhile)
}

/// The same at one of two stages.
pub(super) fn how_to_appeal_as(
    shared: &Shared,
    round: Round,
    profile: &AppealProfile,
    last_day: Option<NaiveDate>,
    meanwhile: String,
) -> Part {
    in_words(Part::new("If you disagree"), shared, round, profile, last_day, meanwhile)
}

/// The same, said after what a part says already.
fn in_words(part: Part, shared: &Shared, round: Round, profile: &AppealProfile, last_day: Option<NaiveDate>, meanwhile: String) -> Part {
    let policy = &shared.policy;
    let when = match last_day {
        // A warning lasts in no sense of its own: there is no last day, and that is all there is to say.
        None if meanwhile.is_empty() => "at any time".to_owned(),
        last_day => rules::appeal::when_words(last_day),
    };
    let by_who_approved = round == Round::First && !policy.challenge.deciders.is_empty() && *profile == policy.challenge.appeal;
    let decider = if by_who_approved { shared.hears.as_ref() } else { Some(&*profile.decider) };
    let mut who = match decider {
        None => "Who decides depends on who made this decision. It will not be anybody who took part in it.".to_owned(),
        Some(decider) => {
            let decider = say::sentence(&decider.say(&policy.roles));
            let before = if round == Round::Second { " or the one before it" } else { "" };
            format!("{decider} will decide. It will not be anybody who took part in this decision{before}.")
        }
    };
    if let Some(within) = profile.decide_within.length() {
        who += &format!(" We will answer within {within} of getting it.");
    }
    let part = part.say(format!("You can make {} {when}. {}", round.a(policy), forms(shared, profile)));
    let part = match &profile.grounds {
        Some(grounds) => part.say("You can do so if:").list(grounds.to_vec()),
        None => part,
    };
    let part = part.say(who).say(meanwhile).say(beside_complaints(shared, profile));
    match last_day {
        None => part,
        Some(_) => part.say(later(profile)).say(format!(
            "If you cannot do it by then, tell us why. {} decides whether we can still look at it.",
            say::sentence(&profile.late_decided_by.say(&policy.roles)),
        )),
    }
}

/// Where the time counts from the sending: a letter that lies takes nothing of it from the customer.
fn later(profile: &AppealProfile) -> String {
    let from = match *profile.window_from {
        WindowFrom::Imposed => return String::new(),
        WindowFrom::Sent => "we sent it",
        WindowFrom::Received => "it counts as received",
    };
    let within = profile.window.length().map(|length| format!("you have {length} from the day {from}"));
    within.map_or_else(String::new, |within| format!("If we sent this letter later than its date, {within}."))
}

/// How an appeal stands beside a complaint about the same decision, where the policy says so.
fn beside_complaints(shared: &Shared, profile: &AppealProfile) -> String {
    let (a, complaint) = (&shared.policy.words.appeal.a, shared.policy.words.complaint().a);
    match challenge::mode(profile) {
        AppealMode::WithComplaint => format!("If you make {a} and {complaint} about this decision, we look at both together."),
        AppealMode::ComplaintBarred => say::sentence(&format!("{a} takes the place of {complaint} about this decision.")),
        AppealMode::One | AppealMode::None => String::new(),
    }
}

fn forms(shared: &Shared, profile: &AppealProfile) -> String {
    let landlord = &shared.landlord;
    let (phone, email) = (say::whole(&landlord.phone), &landlord.email);
    match profile.forms.contains(&AppealForm::Any) {
        true => {
            format!("Ring {phone}, email {email}, write to us, or ask somebody to do it for you.")
        }
        false => format!(
            "Please do it in writing: email {email} or write to us. If that is hard for you, ring {phone} and we will write it down for you. Somebody else can do it for you too."
        ),
    }
}

/// What holds while an appeal about the length is looked at, and what may come of it.
fn length_meanwhile(shared: &Shared) -> String {
    let word = &shared.policy.words.restriction.one;
    format!(
        "Then we look only at how long it lasts: the last day can come sooner, and never later. The {word} stays in place until we have answered."
    )
}

/// What holds while an appeal is looked at.
pub(super) fn meanwhile(shared: &Shared) -> String {
    let word = &shared.policy.words.restriction.one;
    match *shared.policy.challenge.appeal.suspends {
        true => format!("From the day it reaches us, the {word} waits until we have answered. Until then you can contact us as before."),
        false => format!("The {word} stays in place until we have answered."),
    }
}

/// Whether a complaint is open to the customer, as the policy has it.
pub(super) fn complaint(shared: &Shared) -> Part {
    let (appeal, a) = (&shared.policy.words.appeal.a, shared.policy.words.complaint().a);
    if challenge::mode(&shared.policy.challenge.appeal) == AppealMode::ComplaintBarred {
        let says =
            format!("You cannot make {a} to us about this decision: {appeal} takes its place. You can make {a} about anything else.");
        return complaints(shared, &says);
    }
    let route = match *shared.policy.challenge.appeal.complaint {
        ComplaintRoute::Open => format!("You can still make {a} to us."),
        ComplaintRoute::Alongside => format!("You can make {a} to us as well as {appeal}."),
        ComplaintRoute::ClosedAfterAppeal => format!(
            "If you make {appeal} about this decision and we do not agree with it, you cannot then make {a} to us about the same decision. You can make {a} about anything else."
        ),
    };
    complaints(shared, &route)
}

/// A complaint where there is nothing to appeal yet, or nothing left to.
pub(super) fn complaint_open(shared: &Shared) -> Part {
    complaints(shared, &format!("You can make {} to us.", shared.policy.words.complaint().a))
}

/// The complaint route closed by a lost appeal, for this decision alone.
pub(super) fn complaint_closed(shared: &Shared) -> Part {
    let a = shared.policy.words.complaint().a;
    let says = format!(
        "You cannot make {a} to us about this decision, because you have had an answer on {}. You can make {a} about anything else.",
        shared.policy.words.appeal.one
    );
    complaints(shared, &says)
}

fn complaints(shared: &Shared, route: &str) -> Part {
    Part::new(say::sentence(&shared.policy.words.complaint().many)).say(format!("{route} {}", complaints_desk(shared)))
}

fn complaints_desk(shared: &Shared) -> String {
    let desk = &shared.policy.onward.complaints.value;
    format!("Contact {}: {}.", desk.name, onward::reach(desk, &shared.landlord.phone, &shared.landlord.email))
}

/// The ombudsman: always named, whatever the policy says of it.
pub(super) fn ombudsman(shared: &Shared) -> Part {
    let Contact { name, phone, email, web, post } = &shared.policy.onward.ombudsman.value;
    let the = if name.to_lowercase().starts_with("the ") { "" } else { "the " };
    let ways: Vec<String> = [
        phone.as_deref().map(|phone| format!("Phone: {}", say::whole(phone))),
        email.as_deref().map(|email| format!("Email: {email}")),
        web.as_deref().map(|web| format!("Website: {web}")),
        post.as_deref().map(|post| format!("Post: {post}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    Part::new("The Ombudsman")
        .say(format!("You can ask {the}{name} for help. It is free, and it is not part of {}.", shared.landlord.name))
        .list(ways)
}

/// Other formats and languages, and somebody to speak for the customer.
pub(super) fn other_formats(shared: &Shared) -> Part {
    let formats = shared.policy.letters.other_formats.trim().trim_end_matches('.');
    Part::new("Other formats and languages")
        .say(format!("You can have this letter {formats}."))
        .say("Somebody you trust can speak to us for you: a relative, a friend, a support worker or an advocate. Tell us who it is.")
}

/// Whose decision it is, where a body decided: "The Case Panel decided this when it met on 9 March 2027." Empty where one person did.
pub(super) fn decided_by_body(shared: &Shared) -> String {
    let said = |(title, on): &(String, chrono::NaiveDate)| format!("The {title} decided this when it met on {}.", say::day(*on));
    shared.met.as_ref().map_or_else(String::new, said)
}

/// "ring 01632 960 100, email hello@… or write to us at the address at the top of this letter".
pub(super) fn reach_us(shared: &Shared) -> String {
    let Shared { landlord, .. } = shared;
    format!("ring {}, email {} or write to us at the address at the top of this letter", say::whole(&landlord.phone), landlord.email)
}
