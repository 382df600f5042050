//! Handing one's deciding to a colleague for a time, where the policy lets one.

use askama::Template;

use super::frame::Frame;
use super::menu;
use crate::casework::case::person;
use crate::casework::delegation::{hand_over, take_back};
use crate::casework::desk::{Desk, Staff};
use crate::casework::{Error, Result as Acted};
use crate::http::answer::{again, done, refusals, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::doors::{DECIDING, Doors};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::authority::History;
use crate::rules::delegation::Delegation;
use crate::rules::id::StaffId;
use crate::rules::policy::Policy;
use crate::rules::say;
use crate::store;
use crate::store::delegation::Line;

/// The page, handing over, and taking back.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::MyDelegation, _>(DECIDING, index)
        .act::<paths::MyDelegation, _>(DECIDING, save)
        .act::<paths::MyDelegationEnd, _>(DECIDING, end)
}

#[derive(Template)]
#[template(path = "settings/delegation.html")]
struct Show {
    frame: Frame,
    form: Form,
    lead: String,
    /// Who may take it over; empty where the policy lets nobody hand it over.
    to: Vec<Choice>,
    mine: Vec<(String, String)>,
    theirs: Vec<String>,
}

async fn index(_: paths::MyDelegation, Reading { mut desk, staff, around }: Reading) -> Answered {
    let form = Form::blank().with("starts_on", desk.today());
    show(&around, &page(&mut desk, &staff, &around, form).await?)
}

async fn save(_: paths::MyDelegation, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    if desk.policy.authority.delegation.is_none() {
        return Err(Fault::Forbidden(format!("The policy does not let anybody hand over deciding. {}", stand_ins(&desk.policy))));
    }
    let to: Option<StaffId> = form.value("to").parse().ok();
    if to.is_none() {
        form.wrong("to", "Choose who decides for you");
    }
    let starts = form.date("starts_on", "Enter the first day");
    let until = form.date("until_on", "Enter the last day");
    let before = page(&mut desk, &staff, &around, form.clone()).await?;
    let (Some(to), Some(starts), Some(until)) = (to, starts, until) else { return again(&around, &before.with(form)) };
    match hand_over(&mut desk, &Delegation { from: staff.id, to, starts, until }).await {
        Ok(()) => done(desk, &around, Flash::good("Handed over.", "Your colleague has been told."), paths::MyDelegation {}).await,
        Err(error @ Error::Refused(_)) => {
            refusals(error, &mut form)?;
            again(&around, &before.with(form))
        }
        Err(error) => Err(error.into()),
    }
}

async fn end(_: paths::MyDelegationEnd, Posted { mut desk, form, around, .. }: Posted) -> Answered {
    let Ok(id) = form.value("id").parse() else { return Err(Fault::NotFound) };
    let taken: Acted<()> = take_back(&mut desk, id).await;
    taken?;
    done(desk, &around, Flash::good("Taken back.", "You decide yourself, from this minute."), paths::MyDelegation {}).await
}

impl Show {
    fn with(mut self, form: Form) -> Self {
        self.frame = self.frame.with_form(&form);
        Self { form, ..self }
    }
}

/// Who decides on a proposal where nobody who may is left.
fn stand_ins(policy: &Policy) -> String {
    let named = policy.authority.substitutes.iter().map(|one| format!("{} for {}", one.by.say(&policy.roles), one.post.say(&policy.roles)));
    let named: Vec<String> = named.collect();
    match named.is_empty() {
        true => "Where nobody who may decide is left, a proposal waits.".to_owned(),
        false => format!("Where nobody who may decide on a proposal is left, these do: {}.", say::list(&named)),
    }
}

async fn page(desk: &mut Desk, staff: &Staff, around: &Around, form: Form) -> Result<Show, Fault> {
    let today = desk.today();
    let lines = store::delegation::of(&mut desk.tx, staff.id, today).await?;
    let people = store::staff::list(&mut desk.tx).await?;
    let policy = desk.policy.clone();
    let allowed = policy.authority.delegation.as_ref();
    let lead = match allowed {
        None => format!("The policy does not let anybody hand over deciding. {}", stand_ins(&policy)),
        Some(allowed) => format!(
            "While you are away, somebody else decides on proposals where you would: {}, for {} at most. Whoever took part in a case does not decide it, and you lend nothing where you took part.",
            allowed.to.say(&policy.roles),
            allowed.longest
        ),
    };
    let may = |line: &&store::staff::StaffLine| {
        !line.has_left
            && line.id != staff.id
            && allowed.is_some_and(|allowed| History::default().holds(&policy, &allowed.to, &person(line)))
    };
    let to = people.iter().filter(may).map(|line| Choice::new(line.id.to_string(), &*line.name).hint(&*line.job_title)).collect();
    let (mine, theirs): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.from == staff.id);
    let days = |line: &Line| format!("from {} until {}", say::day(line.starts), say::day(line.until));
    Ok(Show {
        frame: menu::frame(desk, staff, around).with_form(&form),
        form,
        lead,
        to,
        mine: mine.iter().map(|line| (line.id.to_string(), format!("{} decides for you {}", line.to_name, days(line)))).collect(),
        theirs: theirs.iter().map(|line| format!("You decide for {} {}", line.from_name, days(line))).collect(),
    })
}
