//! Reminders: made with the promise they remind of, checked again at the moment they go.

use chrono::{NaiveDate, NaiveTime};
use uuid::Uuid;

use super::Result;
use super::desk::Desk;
use crate::rules::days;
use crate::rules::id::{AppealId, ReviewId};
use crate::rules::policy::Policy;
use crate::rules::review::{self, Moment};
use crate::store;
use crate::store::reminder::NewReminder;

/// When reminders leave on their day, by the London clock.
fn morning(day: NaiveDate) -> chrono::DateTime<chrono::Utc> {
    days::at(day, NaiveTime::from_hms_opt(8, 0, 0).expect("eight o'clock exists"))
}

/// Makes every reminder of a review: ahead of its day, on it, after it, and on the day after the restriction's last.
/// Those whose day has gone by are not made.
pub async fn of_review(desk: &mut Desk, policy: &Policy, id: ReviewId, due_on: NaiveDate, ends_on: Option<NaiveDate>) -> Result<()> {
    for reminder in review::reminders(policy, due_on) {
        let kind = match reminder.moment {
            Moment::Before(_) if reminder.on < desk.today() => continue,
            Moment::Before(_) => "review-ahead",
            Moment::OnTheDay => "review-today",
            Moment::After(_) => "review-late",
        };
        add(desk, kind, id.0, &reminder.key, reminder.on).await?;
    }
    if let Some(after) = ends_on.and_then(|day| day.succ_opt()) {
        add(desk, "term-ended", id.0, "term ended", after).await?;
    }
    Ok(())
}

/// Makes the reminders of an appeal: two working days ahead of its day, and the working day after it.
pub async fn of_appeal(desk: &mut Desk, id: AppealId, due_on: NaiveDate) -> Result<()> {
    let calendar = desk.calendar();
    let ahead = calendar.sub_working_days(due_on, 2);
    if ahead >= desk.today() {
        add(desk, "appeal-ahead", id.0, "ahead", ahead).await?;
    }
    add(desk, "appeal-late", id.0, "late", calendar.add_working_days(due_on, 1)).await
}

/// Settles what was still to remind of a subject that is done with.
pub async fn overtake(desk: &mut Desk, subject: Uuid) -> Result<()> {
    let now = desk.now;
    Ok(store::reminder::overtake(&mut desk.tx, subject, now).await?)
}

async fn add(desk: &mut Desk, kind: &str, subject: Uuid, moment: &str, on: NaiveDate) -> Result<()> {
    let new = NewReminder { id: desk.new_id(), key: &format!("{subject} {moment}"), kind, subject, due_at: morning(on) };
    let now = desk.now;
    Ok(store::reminder::add(&mut desk.tx, &new, now).await?)
}
