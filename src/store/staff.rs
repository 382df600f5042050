//! People who work for the landlord.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::StaffId;

/// A person to add.
#[derive(Debug, Clone)]
pub struct NewStaff<'a> {
    /// Their id.
    pub id: StaffId,
    /// Their name.
    pub name: &'a str,
    /// Their own job title.
    pub job_title: &'a str,
    /// Their work address.
    pub email: &'a str,
    /// Which pages they may open.
    pub reach: &'a str,
    /// The posts of the landlord's policy they hold.
    pub roles: &'a [String],
    /// Their team.
    pub team: Option<Uuid>,
    /// Whom they report to.
    pub manager: Option<StaffId>,
}

/// A person, as the rules and the pages want to know them.
#[derive(Debug, Clone)]
pub struct StaffLine {
    /// Their id.
    pub id: StaffId,
    /// Their name.
    pub name: String,
    /// Their own job title.
    pub job_title: String,
    /// Their work address.
    pub email: String,
    /// Which pages they may open.
    pub reach: String,
    /// The posts of the landlord's policy they hold.
    pub roles: Vec<String>,
    /// Whom they report to.
    pub manager_id: Option<StaffId>,
    /// Their team's name.
    pub team: Option<String>,
    /// Whether they have left.
    pub has_left: bool,
}

/// Adds a team, with the mailbox it shares where it has one; one of this name is given the mailbox.
pub async fn add_team(tx: &mut LandlordTx, id: Uuid, name: &str, email: Option<&str>) -> Result<()> {
    sqlx::query!(
        "insert into team (id, name, email) values ($1, $2, $3) on conflict (landlord_id, name) do update set email = excluded.email",
        id,
        name,
        email
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Adds a person.
pub async fn add(tx: &mut LandlordTx, new: &NewStaff<'_>, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        "insert into staff (id, name, job_title, email, reach, roles, team_id, manager_id, joined_at)
         values ($1, $2, $3, lower($4), $5, $6, $7, $8, $9)",
        new.id.0,
        new.name,
        new.job_title,
        new.email,
        new.reach,
        new.roles,
        new.team,
        new.manager.map(|manager| manager.0),
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Chooses how the pages look to one person, and whether the key / goes to the lookup.
pub async fn set_looks(tx: &mut LandlordTx, id: StaffId, theme: Option<&str>, shortcuts: bool) -> Result<()> {
    sqlx::query!("update staff set theme = $2, shortcuts = $3 where id = $1", id.0, theme, shortcuts).execute(tx.connection()).await?;
    Ok(())
}

/// Everybody, by name; those who left last. A landlord's staff are a few hundred: the rules choose among them.
pub async fn list(tx: &mut LandlordTx) -> Result<Vec<StaffLine>> {
    Ok(sqlx::query_as!(
        StaffLine,
        r#"select s.id as "id: StaffId", s.name, s.job_title, s.email, s.reach, s.roles,
                  s.manager_id as "manager_id: StaffId",
                  t.name as "team?",
                  s.left_at is not null as "has_left!"
             from staff s
             left join team t on t.id = s.team_id
            order by s.left_at is not null, s.name, s.id"#
    )
    .fetch_all(tx.connection())
    .await?)
}

/// The one with this id.
pub async fn find(tx: &mut LandlordTx, id: StaffId) -> Result<Option<StaffLine>> {
    Ok(sqlx::query_as!(
        StaffLine,
        r#"select s.id as "id: StaffId", s.name, s.job_title, s.email, s.reach, s.roles,
                  s.manager_id as "manager_id: StaffId",
                  t.name as "team?",
                  s.left_at is not null as "has_left!"
             from staff s
             left join team t on t.id = s.team_id
            where s.id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}
