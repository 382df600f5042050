//! People and their posts, for administrators: who reports to whom, changing that, and ending a colleague's sign-ins.

mod colleague;

use askama::Template;

use super::frame::Frame;
use super::menu;
use crate::casework::found;
use crate::http::answer::{lead_on, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Posted, Reading};
use crate::http::doors::{ADMIN, Doors};
use crate::http::fault::Answered;
use crate::http::paths;
use crate::rules::clock;
use crate::store;

/// The list, changing somebody, their leaving, and signing them out.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::AdminPeople, _>(ADMIN, index)
        .page::<paths::AdminPerson, _>(ADMIN, colleague::index)
        .act::<paths::AdminPerson, _>(ADMIN, colleague::save)
        .act::<paths::AdminPersonLeft, _>(ADMIN, colleague::gone)
        .act::<paths::AdminSignOut, _>(ADMIN, sign_out)
}

#[derive(Template)]
#[template(path = "admin/people.html")]
struct People {
    frame: Frame,
    people: Vec<Person>,
    alarm: Option<String>,
}

struct Person {
    id: String,
    name: String,
    job_title: String,
    email: String,
    posts: String,
    manager: String,
    team: String,
    has_left: bool,
}

async fn index(_: paths::AdminPeople, Reading { mut desk, staff, around }: Reading) -> Answered {
    let all = store::staff::list(&mut desk.tx).await?;
    let name_of = |id| all.iter().find(|person| Some(person.id) == id).map_or_else(String::new, |person| person.name.clone());
    let people = all
        .iter()
        .map(|person| Person {
            id: person.id.to_string(),
            name: person.name.clone(),
            job_title: person.job_title.clone(),
            email: person.email.clone(),
            posts: person.roles.iter().map(|role| desk.policy.roles.title(role)).collect::<Vec<_>>().join(", "),
            manager: name_of(person.manager_id),
            team: person.team.clone().unwrap_or_default(),
            has_left: person.has_left,
        })
        .collect();
    let alarm = clock::calendar_alarm(&desk.policy, desk.today());
    show(&around, &People { frame: menu::frame(&desk, &staff, &around), people, alarm })
}

async fn sign_out(path: paths::AdminSignOut, Posted { mut desk, around, .. }: Posted) -> Answered {
    let person = found(store::staff::find(&mut desk.tx, path.id).await?)?;
    let (landlord, now) = (desk.landlord.id, desk.now);
    // The desk's connection goes back first: a second one beside it could be waited for until nobody has any.
    desk.commit().await?;
    let mut system = around.kit.office.db.system().await?;
    store::session::end_all(&mut system, landlord, person.id, now).await?;
    system.commit().await?;
    let flash = Flash::good(format!("{} is signed out everywhere.", person.name), "They can sign in again at once.");
    Ok(lead_on(&around, flash, paths::AdminPeople {}))
}
