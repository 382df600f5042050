//! Meetings in which a body decided what a customer asked for or held a review, and who sat.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{AppealId, ApprovalId, ReconsiderationId, RestrictionId, ReviewId, StaffId};

/// What a body decided.
#[derive(Clone, Copy, Debug)]
pub enum Subject {
    /// An appeal against a restriction.
    Appeal(AppealId),
    /// Whether an appeal that came late is heard.
    LateAppeal(AppealId),
    /// An appeal against a warning.
    WarningAppeal(AppealId),
    /// Whether a warning is agreed to: what was said to it.
    WarningAgreement(ApprovalId),
    /// A request to look again.
    Reconsideration(ReconsiderationId),
    Review(ReviewId),
}

impl Subject {
    const fn row(self) -> (&'static str, Uuid) {
        match self {
            Self::Appeal(id) => ("appeal", id.0),
            Self::LateAppeal(id) => ("late-appeal", id.0),
            Self::WarningAppeal(id) => ("warning-appeal", id.0),
            Self::WarningAgreement(id) => ("warning-agreement", id.0),
            Self::Reconsideration(id) => ("reconsideration", id.0),
            Self::Review(id) => ("review", id.0),
        }
    }
}

/// A meeting to be kept.
#[derive(Debug)]
pub struct NewSitting<'a> {
    /// Its id.
    pub id: Uuid,
    /// What it decided.
    pub subject: Subject,
    /// In whose case; none where it is about a warning.
    pub restriction: Option<RestrictionId>,
    /// The key of the body, and its title.
    pub body: (&'a str, &'a str),
    /// The day it met.
    pub on: NaiveDate,
    /// The reference of its minute.
    pub minute: &'a str,
    /// So many for, so many against, where its policy counts.
    pub votes: Option<(i16, i16)>,
    /// Who sat.
    pub sat: &'a [StaffId],
    /// The clerk.
    pub by: StaffId,
}

/// A meeting as pages show it.
#[derive(Debug)]
pub struct Sitting {
    /// The title of the body.
    pub title: String,
    /// The day it met.
    pub meeting_on: NaiveDate,
    /// The reference of its minute.
    pub minute: String,
    /// How many were for it.
    pub votes_for: Option<i16>,
    /// How many were against it.
    pub votes_against: Option<i16>,
    /// The names of those who sat.
    pub sat: Vec<String>,
}

/// Keeps a meeting, with everybody who sat.
pub async fn add(tx: &mut LandlordTx, new: &NewSitting<'_>, now: DateTime<Utc>) -> Result<()> {
    let sat: Vec<Uuid> = new.sat.iter().map(|one| one.0).collect();
    let (kind, subject) = new.subject.row();
    sqlx::query!(
        "with met as (
           insert into sitting (id, restriction_id, subject_kind, subject_id, body, title, meeting_on, minute, votes_for, votes_against,
                                recorded_by, recorded_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        returning id)
         insert into sitting_seat (sitting_id, staff_id) select met.id, s.id from met cross join unnest($13::uuid[]) as s (id)",
        new.id,
        new.restriction.map(|one| one.0),
        kind,
        subject,
        new.body.0,
        new.body.1,
        new.on,
        new.minute,
        new.votes.map(|votes| votes.0),
        new.votes.map(|votes| votes.1),
        new.by.0,
        now,
        &sat,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The meeting that decided this, where one did.
pub async fn find(tx: &mut LandlordTx, subject: Subject) -> Result<Option<Sitting>> {
    let (kind, id) = subject.row();
    Ok(sqlx::query_as!(
        Sitting,
        r#"select m.title, m.meeting_on, m.minute, m.votes_for, m.votes_against,
                  array(select s.name from sitting_seat p join staff s on s.id = p.staff_id
                         where p.sitting_id = m.id order by s.name, s.id) as "sat!"
             from sitting m
            where m.subject_kind = $1 and m.subject_id = $2"#,
        kind,
        id,
    )
    .fetch_optional(tx.connection())
    .await?)
}
