//! The part of a form in which a clerk records the meeting of a body: `approval/sitting.html`.

use crate::casework::case::{Case, person};
use crate::http::form::{Choice, Form};
use crate::rules::authority::{Meeting, Person, Refusal, Votes};
use crate::rules::id::StaffId;
use crate::rules::policy::{Body, Policy};
use crate::rules::text::Reference;

/// A body whose decision is recorded here.
pub struct Sitting {
    /// The landlord's name for it.
    pub title: String,
    /// Those who may have sat.
    pub members: Vec<Choice>,
    /// Members who may not, each with why.
    pub barred: Vec<String>,
    /// What makes a meeting of it stand.
    pub hint: String,
    /// What it takes to approve, where votes are counted.
    pub votes: Option<String>,
}

/// Who may have sat when this body decided; `votes` is what it takes, where votes are counted.
pub fn of(policy: &Policy, case: &Case, body: &Body, votes: Option<String>, may_sit: impl Fn(&Person) -> Result<(), Refusal>) -> Sitting {
    let here: Vec<_> = case.people.iter().filter(|line| !line.has_left).collect();
    let (mut members, mut barred) = (Vec::new(), Vec::new());
    for line in here.into_iter().filter(|line| case.history.holds(policy, &body.members, &person(line))) {
        match may_sit(&person(line)) {
            Ok(()) => members.push(Choice::new(line.id.to_string(), &line.name).hint(line.job_title.clone())),
            Err(why) => barred.push(format!("{}: {why}", line.name)),
        }
    }
    let mut hint = format!("At least {} of {} seats. Nobody who took part in the case.", body.quorum, body.seats);
    if let Some(among) = body.made_up(&policy.roles) {
        hint.push_str(&format!(" Among them {among}."));
    }
    if let Some(notice) = body.notice {
        hint.push_str(&format!(" Its members were given it {notice} before."));
    }
    Sitting { title: body.title.clone(), members, barred, hint, votes }
}

/// For whom something is that the reader may not do: whoever records it, where a body decides together.
pub fn is_for(why: &Refusal, who: String) -> String {
    if matches!(why, Refusal::InMeeting { .. }) { format!("{who} to record") } else { who }
}

/// What it takes where a body decides an appeal or a review by counting votes.
pub fn takes(body: &Body) -> Option<String> {
    body.approves_by.map(|share| format!("What it decided takes {}.", share.title()))
}

/// The meeting: the day, who sat, the minute. What the rules find wrong with it they say later.
pub fn read(form: &mut Form, body: &Body) -> Option<Meeting> {
    let on = form.date("meeting_on", "Enter the day of the meeting, such as 9 March 2027");
    let minute = form.text("minute", |typed| match typed {
        "" => Err("Enter the reference of the minute".to_owned()),
        typed => Reference::parse(typed).map(|one| one.to_string()).map_err(|fault| fault.to_string()),
    });
    let sat: Vec<StaffId> = form.all("sat").filter_map(|id| id.parse().ok()).collect();
    if sat.is_empty() {
        form.wrong("sat", "Choose who sat");
    }
    let votes = votes(form, body);
    on.zip(minute).filter(|_| !sat.is_empty()).map(|(on, minute)| Meeting { on, sat, minute, votes })
}

/// How it voted, where its policy counts. A field left empty is for the rules to say something about: questions need no vote.
fn votes(form: &mut Form, body: &Body) -> Option<Votes> {
    body.approves_by?;
    let seats = u32::from(body.seats);
    let mut read = |name: &str| form.optional_number(name, 0..=seats, &format!("Enter a number from 0 to {seats}")).flatten();
    let (in_favour, against) = (read("votes_for"), read("votes_against"));
    let (in_favour, against) = in_favour.zip(against)?;
    Some(Votes { in_favour: u8::try_from(in_favour).ok()?, against: u8::try_from(against).ok()? })
}
