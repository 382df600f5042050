//! One restriction: what holds, why, for how long, what became of it; ending it early, and moving it to a newer policy.

mod dates;
mod end;
mod history;
mod links;
mod policy;

use askama::Template;

use self::dates::{has_lapsed, is_over, last_day};
use self::history::{Entry, entries};
use super::checklist::{self, Gone};
use super::frame::Frame;
use super::incident::together;
use super::menu;
use super::promised::{self, Promised};
use crate::casework::desk::Desk;
use crate::casework::found;
use crate::casework::policy::area_between;
use crate::casework::restriction::may_end_alone;
use crate::http::answer::show;
use crate::http::desk::Reading;
use crate::http::doors::{CASEWORK, DECIDING, Doors, MANAGING};
use crate::http::fault::Answered;
use crate::http::paths;
use crate::rules::answer::Rulebook;
use crate::rules::days;
use crate::rules::id::RestrictionId;
use crate::rules::policy::Policy;
use crate::rules::restriction::{Stage, State, state};
use crate::rules::restriction_rest::{self, OpenAppeal, Waits};
use crate::rules::say;
use crate::store;
use crate::store::approval::Said;
use crate::store::customer::Head;
use crate::store::incident::together::Of;
use crate::store::restriction::{Restriction, Surroundings};

pub(in crate::web) use self::end::reasons;

/// One restriction, and its early end.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::Restriction, _>(CASEWORK, show_one)
        .page::<paths::RestrictionEnd, _>(DECIDING, end::ask)
        .act::<paths::RestrictionEnd, _>(DECIDING, end::save)
        .page::<paths::RestrictionPolicy, _>(MANAGING, policy::ask)
        .act::<paths::RestrictionPolicy, _>(MANAGING, policy::save)
}

#[derive(Template)]
#[template(path = "restriction/show.html")]
struct Show {
    frame: Frame,
    customer: Head,
    heading: String,
    first_line: String,
    state: State,
    word: String,
    terms_heading: &'static str,
    terms: Vec<String>,
    grounds: String,
    decision: Option<Words>,
    ending: Option<Words>,
    sent_back: Option<Words>,
    promised: Vec<Promised>,
    dates: Vec<(&'static str, String)>,
    links: Vec<(String, String)>,
    /// Who took part in what it rests on: where their incident is, and the name.
    together: Vec<(String, String)>,
    may_end: bool,
    may_move: bool,
    /// Where the customer's business area is another by now; empty otherwise.
    other_area: String,
    id: RestrictionId,
    history: Vec<Entry>,
    /// The policy's lists, as they were gone through before it was approved or ended early.
    gone: Vec<Gone>,
}

/// Somebody's reasons, under a line that says who they are.
struct Words {
    who: String,
    reasons: String,
}

async fn show_one(path: paths::Restriction, Reading { mut desk, staff, around }: Reading) -> Answered {
    let restriction = found(store::restriction::find(&mut desk.tx, path.id).await?)?;
    let customer = found(store::customer::get(&mut desk.tx, restriction.customer).await?)?;
    around.saw(&desk, &staff, customer.id, "restriction");
    let beside = store::restriction::surroundings(&mut desk.tx, path.id).await?;
    let history = store::restriction::history(&mut desk.tx, path.id).await?;
    let said = store::approval::list(&mut desk.tx, path.id).await?;
    let terms = store::term::list(&mut desk.tx, path.id).await?;
    let gone = store::checklist::of_restriction(&mut desk.tx, path.id).await?;
    let policy = desk.policy_of(restriction.policy).await?;
    let now = desk.policy_for(restriction.customer).await?;
    let may_end =
        restriction.stage == Stage::InForce && DECIDING.admits(staff.reach) && may_end_alone(&mut desk, &restriction).await?.is_ok();
    let open = beside.appeal_round.map(|round| OpenAppeal { round, waits_to_be_admitted: beside.appeal_waits_to_be_admitted });
    let waits = restriction_rest::waits(&policy, open, beside.sent_back_at.is_some());
    let appeal = dates::appeal(&mut desk, &policy, &restriction).await?;
    let page = Show {
        frame: menu::frame(&desk, &staff, &around),
        heading: heading(&desk, &policy, &restriction, &customer, waits),
        first_line: first_line(&desk, &policy, &restriction, &customer, waits),
        state: state(
            restriction.stage,
            last_day(&desk, &policy, &restriction),
            waits.is_some(),
            desk.today(),
            &Rulebook::of(&policy).limited,
        ),
        word: policy.words.restriction.heading(),
        terms_heading: terms_heading(restriction.stage),
        terms: terms.iter().map(|line| line.term.sentence_for_staff()).collect(),
        grounds: restriction.grounds.clone().unwrap_or_default(),
        decision: decision(&restriction, &beside, &said),
        ending: ending(&restriction, &beside),
        sent_back: sent_back(&beside),
        promised: promised::of(&mut desk, &restriction).await?,
        together: together::links(&mut desk, Of::Restriction(path.id)).await?,
        dates: dates::dates(&desk, &policy, &restriction, &beside, appeal),
        links: links::links(&policy, &restriction, &beside, &staff, has_lapsed(&desk, &policy, &restriction)),
        may_end,
        may_move: may_end && restriction.policy != now.0,
        other_area: other_area(&restriction, &policy, &now.1),
        id: path.id,
        history: entries(history, &desk),
        gone: checklist::gone(gone),
        customer,
    };
    show(&around, &page)
}

/// Where the customer belongs to another business area than the case was begun in, and details differ: what that means for an open case.
fn other_area(restriction: &Restriction, own: &Policy, now: &Policy) -> String {
    let is_open = matches!(restriction.stage, Stage::Draft | Stage::SentBack | Stage::AwaitingApproval | Stage::InForce);
    let moves =
        if restriction.stage == Stage::InForce { " until somebody decides to move it, with their reasons and a letter" } else { "" };
    match area_between(own, now).filter(|_| is_open) {
        Some(area) => {
            format!("The ⟦customer⟧’s business area has changed. This keeps the rules it was begun under, and not those {area},{moves}.")
                .replace(",.", ".")
        }
        None => String::new(),
    }
}

fn heading(desk: &Desk, policy: &Policy, restriction: &Restriction, customer: &Head, waits: Option<Waits>) -> String {
    let name = customer.full_name();
    match (restriction.stage, waits) {
        (Stage::InForce, _) if is_over(desk, policy, restriction) => ended(policy, &name),
        (Stage::InForce, Some(waits)) => format!("Contact with {name} is as normal while {}", waits.because()),
        (Stage::InForce, None) => match restriction.ends_on {
            Some(last) => format!("Contact with {name} is limited until {}", say::day(last)),
            None => format!("Contact with {name} is limited, with no end date"),
        },
        (Stage::Lifted | Stage::Quashed, _) => ended(policy, &name),
        (Stage::Declined, _) => format!("Contact with {name} stayed as it was"),
        (Stage::Draft | Stage::AwaitingApproval | Stage::SentBack, _) => format!("Contact with {name} is not limited by this yet"),
    }
}

/// Of this restriction alone: another may go on.
fn ended(policy: &Policy, name: &str) -> String {
    format!("The {} with {name} has ended", policy.words.restriction.one)
}

const fn terms_heading(stage: Stage) -> &'static str {
    match stage {
        Stage::InForce => "What was decided",
        Stage::Lifted | Stage::Quashed => "What held until then",
        Stage::Declined => "What was asked for",
        Stage::Draft | Stage::AwaitingApproval | Stage::SentBack => "What is asked for",
    }
}

/// What the reader does with it.
fn first_line(desk: &Desk, policy: &Policy, restriction: &Restriction, customer: &Head, waits: Option<Waits>) -> String {
    let (name, word) = (customer.formal_name(), &policy.words.restriction.one);
    match restriction.stage {
        Stage::InForce if has_lapsed(desk, policy, restriction) => {
            format!("The {word} ended by itself, because its review was missed. Do not apply it.")
        }
        Stage::InForce if is_over(desk, policy, restriction) => {
            format!("The {word} ended. Do not apply it. Its review is still to be held.")
        }
        Stage::InForce => match waits {
            Some(waits) => {
                let because = say::sentence(waits.because());
                format!("{because}. The {word} is not applied {}: contact is as normal.", waits.until())
            }
            None => format!("Check what you may do before you contact {name}. The answer changes with the hour and the way of contact."),
        },
        Stage::Lifted => format!("The {word} was ended. Do not apply it."),
        Stage::Quashed => format!("The {word} was quashed on appeal. Do not apply it, and do not count it against {name}."),
        Stage::Declined => "It was asked for and declined. Nothing follows from it.".to_owned(),
        Stage::AwaitingApproval => "It waits for a decision. Until then contact stays as it is.".to_owned(),
        Stage::Draft | Stage::SentBack => "It is still being written. Contact stays as it is.".to_owned(),
    }
}

/// Who decided, and before them everybody who signed too.
fn decision(restriction: &Restriction, beside: &Surroundings, said: &[Said]) -> Option<Words> {
    let verb = if restriction.stage == Stage::Declined { "declined" } else { "decided" };
    let job = beside.decided_by_job.as_deref().unwrap_or_default();
    let by = format!("{verb} by {}, {job}", beside.decided_by.as_deref()?);
    let agreed = agreed(restriction.stage, said);
    let who = match agreed.is_empty() {
        true => say::sentence(&by),
        false => format!("Agreed by {}; {by}", say::list(&agreed)),
    };
    Some(Words { who, reasons: restriction.decision_reasons.clone()? })
}

/// Those who approved in the last round, but for the one whose approval decided it: a person by name, a body by its title.
fn agreed(stage: Stage, said: &[Said]) -> Vec<&str> {
    let last = said.iter().map(|one| one.stands_in).max();
    let mut signed: Vec<&Said> = said.iter().filter(|one| Some(one.stands_in) == last && one.say == "approve").collect();
    if stage != Stage::Declined {
        signed.pop();
    }
    signed.iter().map(|one| if one.meeting_on.is_some() { one.as_role.as_str() } else { one.name.as_str() }).collect()
}

fn ending(restriction: &Restriction, beside: &Surroundings) -> Option<Words> {
    let on = say::day(days::day_of(restriction.ended_at?));
    let who = beside.ended_by.as_ref().map_or_else(|| format!("Ended by itself: over on {on}"), |by| format!("Ended by {by} on {on}"));
    Some(Words { who, reasons: restriction.end_reasons.clone()? })
}

/// Where the decision was sent back on appeal: until when it is made again, and what must be looked at.
fn sent_back(beside: &Surroundings) -> Option<Words> {
    let (on, by) = (say::day(days::day_of(beside.sent_back_at?)), say::weekday(beside.review_due?));
    Some(Words { who: format!("Sent back on appeal on {on}: it is decided again by {by}"), reasons: beside.look_at.clone()? })
}
