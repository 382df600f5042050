//! What a customer asked for, or a review, that a body decided in its meeting: whether that stands, what is kept of it, and how it is told.

use chrono::NaiveDate;

use super::approval::met;
use super::case::{Case, person};
use super::desk::Desk;
use super::{Refusal, Result};
use crate::letters::{Shared, Signer};
use crate::rules::authority::{self, Came, Meeting, Person, Wrong};
use crate::rules::id::RestrictionId;
use crate::rules::policy::{Body, Policy};
use crate::rules::say;
use crate::store;
use crate::store::sitting::{NewSitting, Subject};

/// What is wrong with the meeting of a body as it was recorded, each at its field; that there is none where a body decides. `since` is the
/// day from which it could be decided.
pub fn wrong(
    desk: &Desk,
    (policy, case): (&Policy, &Case),
    body: Option<&Body>,
    meeting: Option<&Meeting>,
    since: NaiveDate,
    may_sit: impl Fn(&Body, &Person) -> std::result::Result<(), authority::Refusal>,
) -> Vec<Refusal> {
    let (body, meeting) = match (body, meeting) {
        (None, None) => return Vec::new(),
        (None, Some(_)) => return vec![Refusal::at("", "This is for one person to decide, not for a meeting.")],
        (Some(_), None) => return vec![Refusal::at("meeting_on", "Enter the day of the meeting")],
        (Some(body), Some(meeting)) => (body, meeting),
    };
    let known: Vec<Person> = case.people.iter().filter(|line| meeting.sat.contains(&line.id)).map(person).collect();
    if known.len() != meeting.sat.len() {
        return vec![Refusal::at("sat", "Choose who sat from this list")];
    }
    let wrong = authority::check_meeting(policy, body, (meeting, Came::Approved), (since, desk.today()), &known, |one| may_sit(body, one));
    wrong.err().unwrap_or_default().iter().map(|one| Refusal::at(one.field(), sentence(case, one))).collect()
}

fn sentence(case: &Case, wrong: &Wrong) -> String {
    match wrong {
        Wrong::Sitter { who, why } => format!("{} may not sit on this. {why}", case.name(*who)),
        Wrong::BeforeItWasSent { sent } => {
            format!("It has waited since {}. Enter a meeting on or after that day.", say::day(*sent))
        }
        Wrong::TooFew { share, needed, sat } => format!(
            "It takes {}, so {} of the {} who sat must be for what it decided.",
            share.title(),
            say::number(u32::from(*needed)),
            say::number(u32::from(*sat))
        ),
        other => other.to_string(),
    }
}

/// Keeps the meeting in which a body decided, where one did; `restriction` is none where it was about a warning.
pub async fn keep(desk: &mut Desk, subject: Subject, restriction: Option<RestrictionId>, met: Option<(&Body, &Meeting)>) -> Result<()> {
    let Some((body, meeting)) = met else { return Ok(()) };
    let new = NewSitting {
        id: desk.new_id(),
        subject,
        restriction,
        body: (&body.key, &body.title),
        on: meeting.on,
        minute: meeting.minute.trim(),
        votes: votes(meeting),
        sat: &meeting.sat,
        by: desk.staff()?.id,
    };
    let now = desk.now;
    Ok(store::sitting::add(&mut desk.tx, &new, now).await?)
}

fn votes(meeting: &Meeting) -> Option<(i16, i16)> {
    meeting.votes.map(|votes| (votes.in_favour.into(), votes.against.into()))
}

/// Words for the history, with the meeting in front where a body decided.
pub fn with_meeting(case: &Case, sitting: Option<(&Body, &Meeting)>, words: &str) -> String {
    let Some((body, meeting)) = sitting else { return words.to_owned() };
    let sat: Vec<&str> = case.people.iter().filter(|line| meeting.sat.contains(&line.id)).map(|line| line.name.as_str()).collect();
    format!("{} {words}", met(&body.title, meeting.on, &sat, votes(meeting), &meeting.minute))
}

/// What a letter about it says of whose decision it is: the clerk signs for the body.
pub fn signed_for(shared: Shared, sitting: Option<(&Body, &Meeting)>) -> Shared {
    let Some((body, meeting)) = sitting else { return shared };
    let signed_by = Signer { name: shared.signed_by.name.clone(), job_title: format!("for the {}", body.title) };
    Shared { signed_by, met: Some((body.title.clone(), meeting.on)), ..shared }
}

/// The meeting that decided this, as a sentence; nothing where one person did.
pub async fn in_words(desk: &mut Desk, subject: Subject) -> Result<Option<String>> {
    let kept = store::sitting::find(&mut desk.tx, subject).await?;
    Ok(kept.map(|kept| {
        let sat: Vec<&str> = kept.sat.iter().map(String::as_str).collect();
        met(&kept.title, kept.meeting_on, &sat, kept.votes_for.zip(kept.votes_against), &kept.minute)
    }))
}
