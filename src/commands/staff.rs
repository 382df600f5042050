//! Staff from the command line: the first administrator, before anybody can add colleagues in the browser.

use std::io::BufRead;

use anyhow::{Result, bail};

use crate::app;
use crate::casework::desk::Office;
use crate::config::Config;
use crate::passwords;
use crate::rules::id::{LandlordId, StaffId};
use crate::rules::policy::Reach;
use crate::rules::text::Email;
use crate::store;

/// A member of staff to add.
#[derive(Debug, clap::Args)]
pub struct NewStaff {
    /// The landlord's short name
    #[arg(long)]
    landlord: String,
    /// Their name
    #[arg(long)]
    name: String,
    /// Their own job title
    #[arg(long)]
    job_title: String,
    /// Their work address
    #[arg(long)]
    email: String,
    /// frontline, manager, head, director, policy-owner or administrator
    #[arg(long)]
    reach: String,
    /// A post of the landlord's policy they hold; once for each
    #[arg(long = "role")]
    roles: Vec<String>,
    /// The email address of their line manager
    #[arg(long)]
    manager: Option<String>,
}

/// Adds a member of staff.
pub async fn add_staff(config: &Config, new: NewStaff) -> Result<()> {
    let Some(reach) = Reach::from_key(&new.reach) else {
        bail!("«{}» is no reach; use frontline, manager, head, director, policy-owner or administrator.", new.reach)
    };
    let faults = faults(&new);
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']);
    if password.chars().count() < 12 {
        bail!("Give a password of 12 characters or more on the first line of standard input.");
    }
    let ground = app::open(config, 2).await?;
    let office = app::office(config, ground.db);
    let mut system = office.db.system().await?;
    let known = store::system::landlords(&mut system).await?;
    system.commit().await?;
    let Some(landlord) = known.iter().find(|known| known.slug == new.landlord) else {
        bail!(
            "No landlord is called {}. There are: {}.",
            new.landlord,
            known.iter().map(|known| known.slug.as_str()).collect::<Vec<_>>().join(", ")
        )
    };
    let id = StaffId(office.ids.next());
    let mut system = office.db.system().await?;
    if store::session::account(&mut system, &new.email).await?.is_some() {
        bail!("{}", taken(&new.email));
    }
    system.commit().await?;
    add_to(&office, landlord.id, id, reach, &new).await?;
    let mut system = office.db.system().await?;
    store::session::add_account(&mut system, &new.email, landlord.id, id, &passwords::hash(password)).await?;
    system.commit().await?;
    out!("{} can sign in as {}.", new.name, new.email);
    Ok(())
}

async fn add_to(office: &Office, landlord: LandlordId, id: StaffId, reach: Reach, new: &NewStaff) -> Result<()> {
    let mut desk = office.desk_for_job(landlord).await?;
    for role in &new.roles {
        if desk.policy.roles.get(role).is_none() {
            let known: Vec<_> = desk.policy.roles.iter().map(|(key, _)| key.to_owned()).collect();
            bail!("The policy knows no post «{role}». It knows: {}.", known.join(", "));
        }
    }
    let colleagues = store::staff::list(&mut desk.tx).await?;
    if colleagues.iter().any(|colleague| colleague.email.eq_ignore_ascii_case(&new.email)) {
        bail!("{}", taken(&new.email));
    }
    let manager = match &new.manager {
        None => None,
        Some(email) => match colleagues.iter().find(|colleague| colleague.email.eq_ignore_ascii_case(email)) {
            Some(manager) => Some(manager.id),
            None => bail!("Nobody here has the address {email}."),
        },
    };
    let line = store::staff::NewStaff {
        id,
        name: &new.name,
        job_title: &new.job_title,
        email: &new.email,
        reach: reach.key(),
        roles: &new.roles,
        team: None,
        manager,
    };
    let now = desk.now;
    store::staff::add(&mut desk.tx, &line, now).await?;
    Ok(desk.commit().await?)
}

/// What cannot be so, each in a sentence: nobody could be written to, or told from others, by it.
fn faults(new: &NewStaff) -> Vec<String> {
    let mut faults = Vec::new();
    for (flag, value) in [("--name", &new.name), ("--job-title", &new.job_title)] {
        if value.trim().is_empty() {
            faults.push(format!("{flag} is empty; give it as colleagues know it."));
        }
    }
    if Email::parse(&new.email).is_err() {
        faults.push(format!("--email is «{}»; give their work address, such as ann.marlow@landlord.example.", new.email));
    }
    faults
}

fn taken(email: &str) -> String {
    format!("Somebody signs in as {email} already; nobody was added. Give another --email.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_is_none_is_refused_before_anything_is_opened() {
        let text = str::to_owned;
        let new = |name: &str, email: &str| NewStaff {
            landlord: text("west-kent"),
            name: text(name),
            job_title: text("Adviser"),
            email: text(email),
            reach: text("frontline"),
            roles: Vec::new(),
            manager: None,
        };
        assert!(faults(&new("Ann Marlow", "ann@west-kent.example")).is_empty());
        let faults = faults(&new(" ", "notanemail"));
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[1].starts_with("--email is «notanemail»"), "{faults:?}");
    }
}
