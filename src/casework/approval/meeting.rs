//! A decision that a body took in its meeting: whether it stands, and how it is told.

use super::{Decision, Papers, Said};
use crate::casework::case::person;
use crate::casework::desk::Desk;
use crate::casework::{Error, Refusal, Result};
use crate::rules::authority::{self, Came, Meeting, Person, Wrong};
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
            stands(desk, papers, place, meeting, came(&said.decision))?;
            Ok(meeting.sat.clone())
        }
    }
}

fn stands(desk: &Desk, papers: &Papers, place: usize, meeting: &Meeting, came: Came) -> Result<()> {
    let Some(body) = papers.body(place) else { return Ok(()) };
    let known: Vec<Person> = papers.case.people.iter().filter(|line| meeting.sat.contains(&line.id)).map(person).collect();
    if known.len() != meeting.sat.len() {
        return Err(Error::refused("sat", "Choose who sat from this list"));
    }
    let sent = papers.whole.proposal.sent_at.map_or(desk.today(), days::day_of);
    let (policy, days) = (&papers.whole.policy, (sent, desk.today()));
    authority::check_meeting(policy, body, (meeting, came), days, &known, |person| papers.may_sit(place, person))
        .map_err(|wrong| Error::Refused(wrong.iter().map(|one| Refusal::at(one.field(), sentence(papers, one))).collect()))
}

const fn came(decision: &Decision) -> Came {
    match decision {
        Decision::Approve(_) => Came::Approved,
        Decision::Decline => Came::Declined,
        Decision::View | Decision::SendBack => Came::Neither,
    }
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
    let votes = meeting.votes.map(|votes| (i16::from(votes.in_favour), i16::from(votes.against)));
    format!("{} {words}", met(&body.title, meeting.on, &sat, votes, &meeting.minute))
}

/// "The Case Panel met on 9 March 2027 (Ann Bell, Omar Said and Jo Pye sat; 2 for, 1 against; minute CP/7)." `votes` are those for and
/// those against, where they were counted.
pub fn met(title: &str, on: chrono::NaiveDate, sat: &[&str], votes: Option<(i16, i16)>, minute: &str) -> String {
    let voted = votes.map_or_else(String::new, |(in_favour, against)| format!(" {} for, {} against;", many(in_favour), many(against)));
    format!("The {title} met on {} ({} sat;{voted} minute {minute}).", say::day(on), say::list(sat))
}

fn many(votes: i16) -> String {
    match u32::try_from(votes) {
        Ok(votes) if votes > 0 => say::number(votes),
        _ => "none".to_owned(),
    }
}
