//! The first landlord, or another one: its facts, and its policy in force from today.

use anyhow::{Context, Result, bail};

use super::policy;
use crate::app;
use crate::casework;
use crate::config::Config;
use crate::rules::id::{LandlordId, PolicyVersionId};
use crate::rules::policy::{Policy, same_landlord};
use crate::rules::restriction_rest::Rests;
use crate::rules::text::{Email, Phone};
use crate::store;

/// A landlord to add.
#[derive(Debug, clap::Args)]
pub struct NewLandlord {
    /// Its short name in commands: lower-case letters, digits and hyphens
    #[arg(long)]
    slug: String,
    /// Its name
    #[arg(long)]
    name: String,
    /// The number customers ring
    #[arg(long)]
    phone: String,
    /// The address customers write to
    #[arg(long)]
    email: String,
    /// Its postal address, parts separated by commas
    #[arg(long)]
    address: String,
    /// Its policy pack
    #[arg(long)]
    policy: std::path::PathBuf,
    /// Take the pack although the landlord it names is another than this one
    #[arg(long)]
    other_name: bool,
}

/// Adds a landlord with its policy pack.
pub async fn add_landlord(config: &Config, new: NewLandlord) -> Result<()> {
    let pack = std::fs::read_to_string(&new.policy).with_context(|| format!("{} cannot be read", new.policy.display()))?;
    let policy = Policy::read(&pack).map_err(policy::as_error)?;
    let faults: Vec<String> = faults(&new).into_iter().chain(names_another(&new, &policy)).collect();
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    let ground = app::open(config, 2).await?;
    let office = app::office(config, ground.db);
    let now = office.clock.now();
    let id = LandlordId(office.ids.next());
    let mut system = office.db.system().await?;
    let line = store::system::NewLandlord {
        id,
        slug: &new.slug,
        name: &new.name,
        phone: &new.phone,
        email: &new.email,
        address: &new.address.split(',').map(str::trim).collect::<Vec<_>>().join("\n"),
    };
    if store::system::landlord_called(&mut system, &new.slug).await?.is_some() {
        bail!("A landlord is called {} already; nothing was added. Give another --slug.", new.slug);
    }
    if store::system::kind_of_house(&mut system).await?.is_none() {
        store::system::settle_house(&mut system, if config.is_demo() { "demo" } else { "production" }, None, now).await?;
    }
    store::system::add_landlord(&mut system, &line, now).await?;
    system.commit().await?;
    let mut tx = office.db.for_job(id).await?;
    let areas = casework::policy::in_areas(&pack, |_| PolicyVersionId(office.ids.next()));
    let version = store::policy::NewVersion {
        id: PolicyVersionId(office.ids.next()),
        title: &policy.document.title,
        starts_on: crate::rules::days::day_of(now),
        pack: &pack,
        rests: Rests::of(&policy),
        areas: &areas,
    };
    store::policy::add(&mut tx, &version, now).await?;
    tx.commit().await?;
    out!("{} is added, with its policy in force from today.", new.name);
    Ok(())
}

/// That the pack is the policy of another landlord; nothing where it is the same by another form of its name, or right all the same.
fn names_another(new: &NewLandlord, policy: &Policy) -> Option<String> {
    let (named, here) = (&policy.document.landlord, &new.name);
    let is_odd = !new.other_name && !new.name.trim().is_empty() && !same_landlord(named, here);
    is_odd.then(|| {
        format!(
            "The file is the policy of {named}, and this is {here}. Bring the right file, or say --other-name if it is right all the same."
        )
    })
}

/// What cannot be so, each in a sentence: it would stand in every letter.
fn faults(new: &NewLandlord) -> Vec<String> {
    let mut faults = Vec::new();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if new.slug.is_empty() || !new.slug.chars().all(plain) || new.slug.split('-').any(str::is_empty) {
        faults.push(format!("--slug is «{}»; use lower-case letters and digits, with single hyphens between words.", new.slug));
    }
    if new.name.trim().is_empty() {
        faults.push("--name is empty; give the landlord’s name as customers know it.".to_owned());
    }
    if Phone::parse(&new.phone).is_err() {
        faults.push(format!("--phone is «{}»; give the number customers ring, such as 01234 567 890.", new.phone));
    }
    if Email::parse(&new.email).is_err() {
        faults.push(format!("--email is «{}»; give the address customers write to, such as hello@landlord.example.", new.email));
    }
    if new.address.trim().is_empty() {
        faults.push("--address is empty; give the postal address, with commas between its lines.".to_owned());
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(slug: &str, phone: &str, email: &str) -> NewLandlord {
        let text = str::to_owned;
        let (name, address) = (text("Clyde Homes"), text("1 Quay, Greenock"));
        NewLandlord {
            slug: text(slug),
            name,
            phone: text(phone),
            email: text(email),
            address,
            policy: "clyde.toml".into(),
            other_name: false,
        }
    }

    #[test]
    fn a_pack_of_another_landlord_is_asked_about() {
        let mut policy = Policy::read(&crate::rules::policy::schema()).expect("the printed pack");
        let mut clyde = new("clyde-homes", "01475 123 456", "hello@clyde.example");
        let says = names_another(&clyde, &policy).expect("a sentence");
        assert!(says.starts_with("The file is the policy of Fernhollow Homes, and this is Clyde Homes. Bring the right file"), "{says}");
        clyde.other_name = true;
        assert_eq!(names_another(&clyde, &policy), None);
        clyde.other_name = false;
        policy.document.landlord = "The Clyde Homes Group".to_owned();
        assert_eq!(names_another(&clyde, &policy), None);
    }

    #[test]
    fn what_would_stand_in_every_letter_is_looked_at_first() {
        assert!(faults(&new("clyde-homes", "01475 123 456", "hello@clyde.example")).is_empty());
        let faults = faults(&new("Clyde_Homes", "abc", "nope"));
        assert_eq!(faults.len(), 3, "{faults:?}");
        for (fault, name) in faults.iter().zip(["--slug", "--phone", "--email"]) {
            assert!(fault.starts_with(name), "{fault}");
        }
    }
}
