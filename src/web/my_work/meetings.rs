//! The meetings over the whole register that the reader holds, said ahead of their day and until they are recorded.

use crate::casework::desk::Desk;
use crate::casework::register;
use crate::http::fault::Fault;
use crate::rules::say;

/// Those the reader is told of by now: the title, and when it is due.
pub(super) async fn meetings(desk: &mut Desk) -> Result<Vec<(String, String)>, Fault> {
    let today = desk.today();
    let waiting = register::waiting(desk).await?;
    let mine = waiting.into_iter().filter(|one| one.is_mine && one.is_told);
    Ok(mine
        .map(|one| {
            let when = match one.due {
                due if due < today => format!("It was due on {} and is not recorded.", say::weekday(due)),
                due if due == today => format!("It is due today, {}.", say::weekday(due)),
                due => format!("It is due on {}.", say::weekday(due)),
            };
            (format!("{}.", one.tier.title), when)
        })
        .collect())
}
