//! Changing what is known of a colleague, and settling what one leaves behind.

use super::desk::Desk;
use super::{Error, Refusal, Result, found};
use crate::rules::colleague::{self, Colleague, Wanted, Wrong};
use crate::rules::event::Event;
use crate::rules::id::StaffId;
use crate::rules::policy::Reach;
use crate::rules::say;
use crate::store;
use crate::store::staff::{Record, StaffLine};

/// Puts what an administrator wants in place of what was known of a colleague at a version. The colleague is told where what they may do
/// changes.
///
/// # Errors
/// `Refused` beside the fields; `Changed` where somebody else was faster.
pub async fn change(desk: &mut Desk, id: StaffId, to: &Record) -> Result<()> {
    let me = desk.staff()?.id;
    let before = found(store::staff::record(&mut desk.tx, id).await?)?;
    let people = store::staff::list(&mut desk.tx).await?;
    let line = found(people.iter().find(|line| line.id == id))?;
    let wanted = Wanted { reach: reach(&to.reach), roles: to.roles.clone(), manager: to.manager };
    let name_of = |id: StaffId| name(&people, id);
    let wrong = colleague::check(&desk.policy, me, (&seen(line), &before.roles), &wanted, &everybody(&people), name_of);
    refuse(&wrong)?;
    let what = differences(desk, &before, to, &people);
    if what.is_empty() {
        return Err(Error::refused("", "Nothing differs from what is known already."));
    }
    if !store::staff::change(&mut desk.tx, id, to).await? {
        return Err(Error::Changed(format!("Somebody else changed {} while you were typing.", line.name)));
    }
    desk.record_for_all(Event::ColleagueChanged { staff: id, name: to.name.clone(), what: what.join("; ") }).await?;
    if before.roles != to.roles || before.reach != to.reach {
        tell(desk, id, to.version, (&to.name, &line.email), &what).await?;
    }
    Ok(())
}

/// Somebody has left: what was theirs to do, and who reported to them, go to whoever takes over. Nothing lets them in from this second.
///
/// # Errors
/// `Refused` where nobody takes over what is left; `Changed` where somebody else was faster.
pub async fn leave(desk: &mut Desk, id: StaffId, version: i32, successor: Option<StaffId>) -> Result<()> {
    let me = desk.staff()?.id;
    let before = found(store::staff::record(&mut desk.tx, id).await?)?;
    let people = store::staff::list(&mut desk.tx).await?;
    let line = found(people.iter().find(|line| line.id == id))?;
    let after = people.iter().find(|line| Some(line.id) == successor && line.id != id && !line.has_left);
    refuse(&colleague::check_leaving(me, &seen(line), &everybody(&people), before.tasks, before.reports, after.is_some()))?;
    let now = desk.now;
    if !store::staff::leave(&mut desk.tx, id, version, now).await? {
        return Err(Error::Changed(format!("Somebody else changed {} while you had this open.", line.name)));
    }
    if let Some(after) = after {
        store::staff::hand_reports(&mut desk.tx, id, after.id, before.manager).await?;
        if store::task::hand_on(&mut desk.tx, id, after.id).await? > 0 {
            return Err(Error::refused(
                "successor",
                format!("{} took part in some of it and may not do it. Choose somebody else.", after.name),
            ));
        }
        store::duty::hand_on(&mut desk.tx, id, after.id).await?;
        take_over(desk, line, after, before.tasks).await?;
    }
    let successor = after.map(|after| after.name.clone());
    desk.record_for_all(Event::ColleagueLeft { staff: id, name: line.name.clone(), successor }).await
}

async fn tell(desk: &mut Desk, id: StaffId, version: i32, (name, address): (&str, &str), what: &[String]) -> Result<()> {
    let by = desk.staff()?.name.clone();
    let body = format!(
        "Dear {name}\n\n{by} changed what you may do in {}'s record of contact and behaviour: {}.\n\nIf that is wrong, tell them.\n\n{}",
        desk.landlord.name,
        what.join("; "),
        desk.landlord.name,
    );
    desk.write_to(name, address, &format!("colleague {id} {version}"), "What you may do has changed", &body).await
}

async fn take_over(desk: &mut Desk, from: &StaffLine, to: &StaffLine, tasks: i64) -> Result<()> {
    if tasks == 0 {
        return Ok(());
    }
    let body = format!(
        "Dear {}\n\n{} has left. {} now on your list.\n\n/my-work\n\n{}",
        to.name,
        from.name,
        say::count_first(tasks, "thing that was theirs to do is", "things that were theirs to do are"),
        desk.landlord.name,
    );
    let subject = format!("You take over from {}", from.name);
    desk.write_to(&to.name, &to.email, &format!("colleague left {}", from.id), &subject, &body).await
}

/// What differs, each as words that make sense beside the name.
fn differences(desk: &Desk, before: &Record, to: &Record, people: &[StaffLine]) -> Vec<String> {
    let mut what = Vec::new();
    if before.name != to.name {
        what.push(format!("name was {}", before.name));
    }
    if before.job_title != to.job_title {
        what.push(format!("job is {}", to.job_title));
    }
    if before.reach != to.reach {
        what.push(format!("opens the pages of “{}”", reach(&to.reach).title()));
    }
    let title = |key: &String| desk.policy.roles.title(key).to_owned();
    let only = |these: &[String], those: &[String]| these.iter().filter(|key| !those.contains(key)).map(title).collect::<Vec<_>>();
    let (given, taken) = (only(&to.roles, &before.roles), only(&before.roles, &to.roles));
    if !given.is_empty() {
        what.push(format!("now {}", say::list(&given)));
    }
    if !taken.is_empty() {
        what.push(format!("no longer {}", say::list(&taken)));
    }
    if before.manager != to.manager {
        what.push(to.manager.map_or_else(|| "reports to nobody here".to_owned(), |id| format!("reports to {}", name(people, id))));
    }
    if before.team != to.team {
        what.push("in another team".to_owned());
    }
    what
}

fn refuse(wrong: &[Wrong]) -> Result<()> {
    match wrong {
        [] => Ok(()),
        wrong => Err(Error::Refused(wrong.iter().map(|one| Refusal::at(one.field(), one.to_string())).collect())),
    }
}

fn everybody(people: &[StaffLine]) -> Vec<Colleague> {
    people.iter().map(seen).collect()
}

fn seen(line: &StaffLine) -> Colleague {
    Colleague { id: line.id, reach: reach(&line.reach), manager: line.manager_id, has_left: line.has_left }
}

/// The database knows no other words.
fn reach(key: &str) -> Reach {
    Reach::from_key(key).unwrap_or(Reach::Frontline)
}

fn name(people: &[StaffLine], id: StaffId) -> String {
    people.iter().find(|line| line.id == id).map_or_else(String::new, |line| line.name.clone())
}
