//! People who work for the landlord.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::tx::LandlordTx;
use super::{Error, Result};
use crate::rules::event::Event;
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

/// A person as an administrator changes them.
#[derive(Debug, Clone)]
pub struct Record {
    /// Their name.
    pub name: String,
    /// Their own job title.
    pub job_title: String,
    /// Which pages they may open.
    pub reach: String,
    /// The posts of the landlord's policy they hold.
    pub roles: Vec<String>,
    /// Whom they report to.
    pub manager: Option<StaffId>,
    /// Their team.
    pub team: Option<Uuid>,
    /// Whether they have left.
    pub has_left: bool,
    /// How many open tasks are theirs by name.
    pub tasks: i64,
    /// How many report to them.
    pub reports: i64,
    /// How often it was changed.
    pub version: i32,
}

/// A person with what hangs on them.
pub async fn record(tx: &mut LandlordTx, id: StaffId) -> Result<Option<Record>> {
    Ok(sqlx::query_as!(
        Record,
        r#"select s.name, s.job_title, s.reach, s.roles, s.manager_id as "manager: StaffId", s.team_id as team,
                  s.left_at is not null as "has_left!", s.version,
                  (select count(*) from task k where k.staff_id = s.id and k.done_at is null) as "tasks!",
                  (select count(*) from staff r where r.manager_id = s.id and r.left_at is null) as "reports!"
             from staff s
            where s.id = $1"#,
        id.0,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// The teams, by name.
pub async fn teams(tx: &mut LandlordTx) -> Result<Vec<(Uuid, String)>> {
    let teams = sqlx::query!("select id, name from team order by name").fetch_all(tx.connection()).await?;
    Ok(teams.into_iter().map(|team| (team.id, team.name)).collect())
}

/// Puts this in place of what was known of somebody at a version. False when somebody else was faster, or the person has left.
pub async fn change(tx: &mut LandlordTx, id: StaffId, to: &Record) -> Result<bool> {
    let done = sqlx::query!(
        "update staff
            set name = $2, job_title = $3, reach = $4, roles = $5, manager_id = $6, team_id = $7, version = version + 1
          where id = $1 and version = $8 and left_at is null",
        id.0,
        to.name,
        to.job_title,
        to.reach,
        &to.roles,
        to.manager.map(|manager| manager.0),
        to.team,
        to.version,
    )
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Somebody leaves: nothing lets them in from this second. False when they had left, or were changed since this version.
pub async fn leave(tx: &mut LandlordTx, id: StaffId, version: i32, now: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query!(
        "update staff set left_at = $3, version = version + 1 where id = $1 and version = $2 and left_at is null",
        id.0,
        version,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives those who report to one person to another, who then reports to the first one's own manager where the first was theirs.
pub async fn hand_reports(tx: &mut LandlordTx, from: StaffId, to: StaffId, above: Option<StaffId>) -> Result<()> {
    sqlx::query!(
        "update staff
            set manager_id = case when id = $2 then $3 else $2 end, version = version + 1
          where manager_id = $1 and left_at is null",
        from.0,
        to.0,
        above.map(|above| above.0),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// One thing that was changed about a colleague.
#[derive(Debug, Clone)]
pub struct Happened {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom; nobody where a command did it.
    pub by: Option<String>,
    /// What.
    pub event: Event,
}

/// The last things that were changed about a colleague, newest first.
pub async fn history(tx: &mut LandlordTx, id: StaffId) -> Result<Vec<Happened>> {
    let rows = sqlx::query!(
        r#"select e.id, e.at, s.name as "by?", e.details
             from event e
             left join staff s on s.id = e.actor_id
            where e.subject_id = $1
            order by e.at desc, e.id desc
            limit 20"#,
        id.0,
    )
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter()
        .map(|row| {
            let event = serde_json::from_value(row.details).map_err(|_| Error::Inconsistent { table: "event", id: row.id })?;
            Ok(Happened { at: row.at, by: row.by, event })
        })
        .collect()
}
