//! Teams, and the mailbox each of them shares.

use anyhow::{Result, bail};
use clap::Args;

use crate::app;
use crate::config::Config;
use crate::store;

/// A team as the command names it.
#[derive(Args, Debug)]
pub struct NewTeam {
    /// The landlord's short name
    #[arg(long)]
    landlord: String,
    /// The team's name
    #[arg(long)]
    name: String,
    /// The mailbox it shares; without one, somebody tells the team by hand
    #[arg(long)]
    email: Option<String>,
}

/// Adds a team, or gives it another mailbox.
pub async fn add(config: &Config, new: NewTeam) -> Result<()> {
    let ground = app::open(config, 2).await?;
    let office = app::office(config, ground.db);
    let mut system = office.db.system().await?;
    let landlord = store::system::landlord_called(&mut system, &new.landlord).await?;
    system.commit().await?;
    let Some(landlord) = landlord else { bail!("No landlord is called {}.", new.landlord) };
    let mut tx = office.db.for_job(landlord).await?;
    store::staff::add_team(&mut tx, office.ids.next(), &new.name, new.email.as_deref()).await?;
    tx.commit().await?;
    out!("{} is there{}.", new.name, new.email.map(|email| format!(", reached at {email}")).unwrap_or_default());
    Ok(())
}
