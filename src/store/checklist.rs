//! Answers to the landlord's own lists, as they were given with a decision. They are written once.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Result;
use super::tx::LandlordTx;
use crate::rules::id::{RestrictionId, StaffId};

/// One line as it is kept, in the words it was asked in.
#[derive(Clone, Debug)]
pub struct NewLine<'a> {
    /// Which line of which list.
    pub item: &'a str,
    /// What stood above the list.
    pub title: &'a str,
    /// What was asked.
    pub ask: &'a str,
    /// `yes`, `no` or `does-not-apply`.
    pub answer: &'static str,
    /// What shows it; may be empty.
    pub shown_by: &'a str,
}

/// One line as somebody answered it.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it was answered for: the id of an approval, an appeal, a review, a warning, or of a restriction that was ended early.
    pub decision: Uuid,
    /// What stood above the list.
    pub title: String,
    /// What was asked.
    pub ask: String,
    /// `yes`, `no` or `does-not-apply`.
    pub answer: String,
    /// What shows it; may be empty.
    pub shown_by: String,
    /// Who answered.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Keeps the answers that go with one decision.
pub async fn add(tx: &mut LandlordTx, decision: Uuid, lines: &[NewLine<'_>], by: StaffId, now: DateTime<Utc>) -> Result<()> {
    let text = |pick: fn(&NewLine<'_>) -> String| -> Vec<String> { lines.iter().map(pick).collect() };
    sqlx::query!(
        "insert into checklist_answer (decision_id, item, position, title, ask, answer, shown_by, answered_by, answered_at)
         select $1, n.item, n.position, n.title, n.ask, n.answer, n.shown_by, $7, $8
           from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) with ordinality
                as n (item, title, ask, answer, shown_by, position)",
        decision,
        &text(|one| one.item.to_owned()),
        &text(|one| one.title.to_owned()),
        &text(|one| one.ask.to_owned()),
        &text(|one| one.answer.to_owned()),
        &text(|one| one.shown_by.to_owned()),
        by.0,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The answers that went with one decision, in the order they were asked.
pub async fn of(tx: &mut LandlordTx, decision: Uuid) -> Result<Vec<Line>> {
    Ok(sqlx::query_as!(
        Line,
        r#"select c.decision_id as decision, c.title, c.ask, c.answer, c.shown_by, s.name as by, c.answered_at as at
             from checklist_answer c
             join staff s on s.id = c.answered_by
            where c.decision_id = $1
            order by c.position"#,
        decision,
    )
    .fetch_all(tx.connection())
    .await?)
}

/// The answers that went with every approval of a restriction, and with its early end.
pub async fn of_restriction(tx: &mut LandlordTx, id: RestrictionId) -> Result<Vec<Line>> {
    Ok(sqlx::query_as!(
        Line,
        r#"select c.decision_id as decision, c.title, c.ask, c.answer, c.shown_by, s.name as by, c.answered_at as at
             from checklist_answer c
             join staff s on s.id = c.answered_by
            where c.decision_id = $1 or c.decision_id in (select a.id from approval a where a.restriction_id = $1)
            order by c.answered_at, c.decision_id, c.position"#,
        id.0,
    )
    .fetch_all(tx.connection())
    .await?)
}
