//! Who else is told of a letter: made with it, in the same transaction, as the policy lists them. Teams with a mailbox of their own are
//! written to; for everybody else whoever sends the letter is asked to send this too. An email names nobody: it leads to the notice.

use chrono::NaiveDate;

use super::desk::Desk;
use super::{Error, Result, found, letter};
use crate::letters::copy::{self, Told, Words};
use crate::letters::{Letter, Via};
use crate::rules::event::Event;
use crate::rules::id::{CustomerId, LetterCopyId, LetterId, StaffId};
use crate::rules::policy::{LetterCopy, LetterKind, Recipient};
use crate::rules::say;
use crate::rules::task::TaskKind;
use crate::store;
use crate::store::letter_copy::{NewCopy, Sending, Team};
use crate::store::task::NewTask;

/// A letter that was just made.
#[derive(Clone, Copy, Debug)]
pub struct Made<'a> {
    /// Its id.
    pub id: LetterId,
    /// To whom.
    pub customer: CustomerId,
    /// What it says.
    pub letter: &'a Letter,
    /// Who signs it and is to send it.
    pub by: StaffId,
}

/// Somebody who is told, and how they are reached.
struct Address {
    to: Recipient,
    name: String,
    /// Mailboxes of teams; none where somebody sends it by hand.
    mailboxes: Vec<(String, String)>,
    /// Why they are not told, where that is known already.
    why_not: Option<String>,
}

/// Makes what the policy's recipients are told of a letter. Nothing is asked of the database where it lists none for this letter.
pub async fn make(desk: &mut Desk, made: Made<'_>) -> Result<()> {
    let policy = made.letter.shared().policy.clone();
    let (kinds, steps) = (copy::told_as(made.letter), made.letter.steps());
    let mut listed: Vec<&LetterCopy> = Vec::new();
    for one in policy.letters.copies.iter().filter(|one| kinds.contains(&one.letter) && one.is_of(&steps)) {
        if !listed.iter().any(|other| other.to == one.to) {
            listed.push(one);
        }
    }
    if listed.is_empty() {
        return Ok(());
    }
    let told_before = store::letter_copy::told_before(&mut desk.tx, made.customer).await?;
    for one in listed {
        let hears_of_the_end = policy.letters.copies.iter().any(|other| other.to == one.to && other.letter == LetterKind::Lifted);
        let knows = one.to == Recipient::Representative || told_before.iter().any(|key| key == one.to.key());
        for address in addresses(desk, made, one.to, knows).await? {
            let told = Told {
                to: one.to,
                name: address.name.clone(),
                is_notice: one.summary || one.to != Recipient::Representative,
                basis: one.basis.clone(),
                hears_of_the_end,
            };
            tell(desk, made, &told, address).await?;
        }
    }
    Ok(())
}

/// Notes that a copy or a notice went: on which day, how and to whom. False when that was noted before.
///
/// # Errors
/// `Refused` where the day cannot be.
pub async fn sent(desk: &mut Desk, id: LetterCopyId, via: Via, to: &str, on: NaiveDate) -> Result<bool> {
    let by = desk.staff()?.id;
    let kept = found(store::letter_copy::find(&mut desk.tx, id).await?)?;
    let made_on = crate::rules::days::day_of(kept.made_at);
    if on > desk.today() {
        return Err(Error::refused("sent_on", "Enter a day that is not in the future"));
    }
    if on < made_on {
        return Err(Error::refused("sent_on", format!("Enter a day on or after {}, the day it was made", say::day(made_on))));
    }
    let how = Sending { on, via: via.key(), to, by };
    if !store::letter_copy::mark_sent(&mut desk.tx, id, &how, desk.now).await? {
        return Ok(false);
    }
    desk.finish(TaskKind::Copy, id.0).await?;
    let event =
        Event::CopySent { letter: kept.letter, title: kept.title, to: to.to_owned(), via: via.title().to_owned(), on, basis: kept.basis };
    desk.record(kept.customer, event).await?;
    Ok(true)
}

/// Who is told as one kind of recipient: each person who may speak for the customer; the teams, those with a mailbox together.
async fn addresses(desk: &mut Desk, made: Made<'_>, to: Recipient, knows: bool) -> Result<Vec<Address>> {
    let by_hand = |name: &str| Address { to, name: name.to_owned(), mailboxes: Vec::new(), why_not: None };
    let nobody = |why: String| Address { why_not: Some(why), ..by_hand(to.title()) };
    if copy::ends(made.letter) && !knows {
        return Ok(vec![nobody("They were told nothing that has ended.".to_owned())]);
    }
    if to == Recipient::Services {
        let teams = store::letter_copy::teams(&mut desk.tx).await?;
        return Ok(teams_told(&teams, to));
    }
    if to != Recipient::Representative {
        return Ok(vec![by_hand(to.title())]);
    }
    let today = desk.today();
    let speak = store::customer::representatives(&mut desk.tx, made.customer, today).await?;
    Ok(match speak.is_empty() {
        true => vec![nobody(format!("Nobody may speak for {} on the record.", made.letter.shared().customer.formal_name))],
        false => speak.iter().map(|one| by_hand(&format!("{}, {}", one.name, one.relation))).collect(),
    })
}

/// Teams with a mailbox are written to together; the others are told by hand; where there is no team, the policy's words stand for them.
fn teams_told(teams: &[Team], to: Recipient) -> Vec<Address> {
    let named = |teams: &[&Team]| say::list(&teams.iter().map(|team| team.name.as_str()).collect::<Vec<_>>());
    let (reached, others): (Vec<&Team>, Vec<&Team>) = teams.iter().partition(|team| team.email.is_some());
    let mailboxes = |teams: &[&Team]| teams.iter().filter_map(|team| Some((team.name.clone(), team.email.clone()?))).collect();
    let mut told = Vec::new();
    if !reached.is_empty() {
        told.push(Address { to, name: named(&reached), mailboxes: mailboxes(&reached), why_not: None });
    }
    if !others.is_empty() || teams.is_empty() {
        let name = if teams.is_empty() { to.title().to_owned() } else { named(&others) };
        told.push(Address { to, name, mailboxes: Vec::new(), why_not: None });
    }
    told
}

/// Keeps what one of them is told, or why nothing; then mail goes out, or somebody is asked to send it.
async fn tell(desk: &mut Desk, made: Made<'_>, told: &Told, address: Address) -> Result<()> {
    let id: LetterCopyId = desk.new_id();
    let words = match address.why_not {
        Some(why) => Err(why),
        None => copy::of(made.letter, told).ok_or_else(|| "Nothing in it concerns them.".to_owned()),
    };
    let title = words.as_ref().map_or_else(|_| made.letter.title(), |words| words.title.clone());
    let new = NewCopy {
        id,
        letter: made.id,
        customer: made.customer,
        recipient: address.to.key(),
        to: &told.name,
        is_notice: told.is_notice,
        basis: &told.basis,
        title: &title,
        words: words.as_ref().map(|words| (words.html.as_str(), words.text.as_str())).map_err(String::as_str),
        by: made.by,
    };
    store::letter_copy::add(&mut desk.tx, &new, desk.now).await?;
    match words {
        Err(why) => desk.record(made.customer, Event::CopyNotMade { letter: made.id, title, to: told.name.clone(), why }).await,
        Ok(words) if address.mailboxes.is_empty() => ask_to_send(desk, made, id, told, &words).await,
        Ok(words) => mail(desk, made, id, told, &words, &address.mailboxes).await,
    }
}

async fn ask_to_send(desk: &mut Desk, made: Made<'_>, id: LetterCopyId, told: &Told, words: &Words) -> Result<()> {
    let event = Event::CopyMade { letter: made.id, title: words.title.clone(), to: told.name.clone(), basis: told.basis.clone() };
    desk.record(made.customer, event).await?;
    desk.ask(NewTask {
        kind: TaskKind::Copy,
        customer: made.customer,
        subject: id.0,
        staff: Some(made.by),
        for_roles: Vec::new(),
        not_for: Vec::new(),
        due_on: letter::due_on(desk, desk.today()),
        note: Some(format!("{}, to {}", words.title, told.name)),
        whom: None,
    })
    .await?;
    Ok(())
}

/// Mail to each mailbox, with the way to the notice and no name in it.
async fn mail(desk: &mut Desk, made: Made<'_>, id: LetterCopyId, told: &Told, words: &Words, to: &[(String, String)]) -> Result<()> {
    let reference = made.letter.shared().customer.reference.clone();
    for (team, address) in to {
        let subject = format!("How to contact ⟦customer⟧ {reference}");
        let body = format!(
            "Dear {team}\n\nHow contact with ⟦customer⟧ {reference} works has changed. Read this before the next contact:\n\n/copies/{id}\n\nWhy you are told: {}.\n",
            told.basis.trim().trim_end_matches('.')
        );
        desk.write_to(team, address, &format!("copy {id} to {address}"), &subject, &body).await?;
    }
    let (on, now) = (desk.today(), desk.now);
    let how = Sending { on, via: Via::Email.key(), to: &told.name, by: made.by };
    store::letter_copy::mark_sent(&mut desk.tx, id, &how, now).await?;
    let event = Event::CopySent {
        letter: made.id,
        title: words.title.clone(),
        to: told.name.clone(),
        via: Via::Email.title().to_owned(),
        on,
        basis: told.basis.clone(),
    };
    desk.record(made.customer, event).await
}
