//! A decision that a body took in its meeting: whether it stands, and how it is told.

use super::{Papers, Said};
use crate::casework::case::person;
use crate::casework::desk::Desk;
use crate::casework::{Error, Refusal, Result};
use crate::rules::authority::{self, Meeting, Person, Wrong};
use crate::rules::days;
use crate::rules::id::StaffId;
use crate::rules::say;

/// Whose yes it is: the person at the desk, or everybody who sat when a body decided.
///
/// # Errors
/// `Refused` with everything wrong with the meeting.
pub fn who_decides(desk: &Desk, papers: &Papers, place: usize, reader: &Person, said: &Said) -> Result<Vec<StaffId>> {
    match (papers.body(place), &said.meeting) {
        (None, None) => Ok(vec![reader.id]),
        (None, Some(_)) => Err(Error::refused("", "This is for one person to decide, not for a meeting.")),
        (Some(_), None) => Err(Error::refused("meeting_on", "Enter the day of the meeting")),
        (Some(_), Some(meeting)) => {
            stands(desk, papers, place, meeting)?;
            Ok(meeting.sat.clone())
        }
    }
}

fn stands(desk: &Desk, papers: &Papers, place: usize, meeting: &Meeting) -> Result<()> {
    let Some(body) = papers.body(place) else { return Ok(()) };
    let known: Vec<Person> = papers.case.people.iter().filter(|line| meeting.sat.contains(&line.id)).map(person).collect();
    if known.len() != meeting.sat.len() {
        return Err(Error::refused("sat", "Choose who sat from this list"));
    }
    let sent = papers.whole.proposal.sent_at.map_or(desk.today(), days::day_of);
    authority::check_meeting(body, meeting, (sent, desk.today()), &known, |person| papers.may_sit(place, person))
        .map_err(|wrong| Error::Refused(wrong.iter().map(|one| Refusal::at(one.field(), sentence(papers, one))).collect()))
}

/// With the name of whoever it is about.
fn sentence(papers: &Papers, wrong: &Wrong) -> String {
    match wrong {
        Wrong::Sitter { who, why } => format!("{} may not sit on this. {why}", papers.case.name(*who)),
        other => other.to_string(),
    }
}

/// Words for the history, with the meeting in front: "The Case Panel met on 9 March 2027 (Ann Bell and Omar Said sat; minute CP/7)."
pub fn with_meeting(papers: &Papers, place: usize, said: &Said, words: &str) -> String {
    let (Some(body), Some(meeting)) = (papers.body(place), &said.meeting) else { return words.to_owned() };
    let sat: Vec<&str> = papers.case.people.iter().filter(|line| meeting.sat.contains(&line.id)).map(|line| line.name.as_str()).collect();
    format!("{} {words}", met(&body.title, meeting.on, &sat, &meeting.minute))
}

/// "The Case Panel met on 9 March 2027 (Ann Bell and Omar Said sat; minute CP/7)."
pub fn met(title: &str, on: chrono::NaiveDate, sat: &[&str], minute: &str) -> String {
    format!("The {title} met on {} ({} sat; minute {minute}).", say::day(on), say::list(sat))
}
