//! Letters: made once from a decision, kept word for word, sent and marked as sent.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::case::Case;
use super::desk::Desk;
use super::incident::together;
use super::letter_copy::{self, Made};
use super::{Error, Refusal, Result, told};
use crate::letters::{Addressee, Format, Letter, Sender, Shared, Signer, Via};
use crate::rules::appeal::{self, Round};
use crate::rules::event::Event;
use crate::rules::id::{CustomerId, LetterId, RestrictionId, StaffId};
use crate::rules::policy::{Policy, Work};
use crate::rules::task::TaskKind;
use crate::rules::{clock, days, say};
use crate::store;
use crate::store::customer::Head;
use crate::store::letter::NewLetter;
use crate::store::task::NewTask;

/// What every letter to this customer shares: signed by whoever sits at the desk, dated today, in the customer's own format.
/// The policy is the one the record was made under.
pub async fn shared(desk: &mut Desk, customer: &Head, policy: Arc<Policy>) -> Result<Shared> {
    let staff = desk.staff()?;
    let signed_by = Signer { name: staff.name.clone(), job_title: staff.job_title.clone() };
    shared_by(desk, customer, policy, signed_by).await
}

/// The same, signed by somebody else: where the clock sits at the desk, a person signs all the same.
pub async fn shared_by(desk: &mut Desk, customer: &Head, policy: Arc<Policy>, signed_by: Signer) -> Result<Shared> {
    let needs = store::customer::needs(&mut desk.tx, customer.id).await?;
    let today = desk.today();
    let goes_on = store::restriction::last_days(&mut desk.tx, customer.id, today).await?;
    let holders = holders(desk, &policy).await?;
    let lines = |text: &str| text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect::<Vec<_>>();
    let place = [&customer.town, &customer.postcode].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
    let title = customer.title.as_ref().map(|title| format!("{title} ")).unwrap_or_default();
    Ok(Shared {
        policy,
        landlord: Sender {
            name: desk.landlord.name.clone(),
            address: lines(&desk.landlord.address),
            phone: desk.landlord.phone.clone(),
            email: desk.landlord.email.clone(),
        },
        customer: Addressee {
            full_name: format!("{title}{}", customer.full_name()),
            formal_name: customer.formal_name(),
            address: lines(&format!("{}\n{place}", customer.line1.as_deref().unwrap_or_default())),
            reference: customer.reference.clone(),
        },
        on: desk.today(),
        format: Format::from_key(&customer.letter_format).unwrap_or(Format::Standard),
        adjustments: needs.into_iter().map(|need| need.to_do).collect(),
        signed_by,
        holders,
        goes_on,
        met: None,
        hears: None,
    })
}

/// The same, with who hears an appeal against this restriction, where that depends on who authorised it.
pub async fn heard(desk: &mut Desk, shared: Shared, restriction: RestrictionId) -> Result<Shared> {
    if shared.policy.challenge.deciders.is_empty() {
        return Ok(shared);
    }
    let case = Case::of(desk, restriction).await?;
    let hears = appeal::decider(&shared.policy, Round::First, &case.history).clone();
    Ok(Shared { hears: Some(hears), ..shared })
}

/// The one holder of each post that signs letters by the policy; none of a post that several hold, or nobody.
async fn holders(desk: &mut Desk, policy: &Policy) -> Result<BTreeMap<String, Signer>> {
    let posts: BTreeSet<&String> = policy.letters.signed_by.iter().filter_map(|one| one.post.as_ref()).collect();
    if posts.is_empty() {
        return Ok(BTreeMap::new());
    }
    let people = store::staff::list(&mut desk.tx).await?;
    let only = |post: &String| {
        let mut holding = people.iter().filter(|line| !line.has_left && line.roles.contains(post));
        let one = holding.next().filter(|_| holding.next().is_none())?;
        Some((post.clone(), Signer { name: one.name.clone(), job_title: one.job_title.clone() }))
    };
    Ok(posts.into_iter().filter_map(only).collect())
}

/// Makes a letter from a decision and keeps it word for word; whoever made it is asked to send it. Whoever else the policy tells of it
/// is told with it.
///
/// # Errors
/// `Refused` while a part that the policy or the Ombudsman requires is empty, or where it names another customer who took part.
pub async fn make(desk: &mut Desk, customer: CustomerId, subject: Uuid, letter: &Letter) -> Result<LetterId> {
    let by = desk.staff()?.id;
    together::names_nobody_else(desk, customer, letter).await?;
    make_by(desk, by, customer, subject, letter).await
}

/// The same for the person who signs it and is to send it.
pub async fn make_by(desk: &mut Desk, by: StaffId, customer: CustomerId, subject: Uuid, letter: &Letter) -> Result<LetterId> {
    let missing = letter.missing_parts();
    if !missing.is_empty() {
        return Err(Error::Refused(missing.into_iter().map(missing_part).collect()));
    }
    let id: LetterId = desk.new_id();
    let title = letter.title();
    let new = NewLetter {
        id,
        customer,
        kind: letter.kind().key(),
        subject,
        title: &title,
        body_html: &letter.html(),
        body_text: &letter.text(),
        format: letter.shared().format.key(),
        by,
    };
    store::letter::add(&mut desk.tx, &new, desk.now).await?;
    desk.record(customer, Event::LetterMade { letter: id, title: title.clone() }).await?;
    desk.ask(NewTask {
        kind: TaskKind::Letter,
        customer,
        subject: id.0,
        staff: Some(by),
        for_roles: Vec::new(),
        not_for: Vec::new(),
        due_on: due_on(desk, desk.today()),
        note: Some(title),
        whom: None,
    })
    .await?;
    let made = Made { id, customer, letter, by };
    told::ask(desk, made).await?;
    letter_copy::make(desk, made).await?;
    Ok(id)
}

/// The day by which a letter made on this day is on its way.
pub fn due_on(desk: &Desk, made_on: NaiveDate) -> NaiveDate {
    clock::done_by(&desk.policy, Work::Letter, made_on)
}

fn missing_part(part: crate::rules::policy::LetterPart) -> Refusal {
    Refusal::at("", format!("The letter cannot be made yet. It has nothing to say under “{}”.", part.title()))
}

/// Whether a letter made then can have gone on this day: not before it was made, and not in the future.
///
/// # Errors
/// A sentence that says which days are possible.
pub fn may_have_gone(on: NaiveDate, made_at: DateTime<Utc>, today: NaiveDate) -> std::result::Result<(), String> {
    match days::day_of(made_at) {
        _ if on > today => Err("Enter a day that is not in the future".to_owned()),
        made_on if on < made_on => Err(format!("Enter a day on or after {}, the day it was made", say::day(made_on))),
        _ => Ok(()),
    }
}

/// Notes that a letter went, how, and on which day. False when that was noted before: a letter goes once.
pub async fn sent(desk: &mut Desk, id: LetterId, via: Via, on: NaiveDate) -> Result<bool> {
    let by = desk.staff()?.id;
    let letter = super::found(store::letter::find(&mut desk.tx, id).await?)?;
    may_have_gone(on, letter.made_at, desk.today()).map_err(|sentence| Error::refused("sent_on", sentence))?;
    told::before_it_counts(desk, id).await?;
    let at = if on == desk.today() { desk.now } else { days::start_of(on).max(letter.made_at) };
    if !store::letter::mark_sent(&mut desk.tx, id, by, via.key(), at).await? {
        return Ok(false);
    }
    desk.finish(TaskKind::Letter, id.0).await?;
    let event = Event::LetterSent { letter: id, title: letter.title, via: via.title().to_owned() };
    desk.record_at(letter.customer, event, at).await?;
    Ok(true)
}
