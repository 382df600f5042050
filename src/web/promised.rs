//! What a restriction promised of ours, and what became of it: beside the restriction, and before whoever holds its review.

use chrono::NaiveDate;

use crate::casework::desk::Desk;
use crate::casework::promise;
use crate::http::fault::Fault;
use crate::rules::promise::Came;
use crate::rules::say;
use crate::rules::tone::Tone;
use crate::store::duty::{Kept, Tried};
use crate::store::restriction::Restriction;

/// How many of the newest days are listed.
const LISTED: usize = 12;

/// One promise, for `part/promised.html`.
pub struct Promised {
    pub(in crate::web) what: String,
    pub(in crate::web) sum: String,
    /// Who keeps it next; empty where nothing waits.
    pub(in crate::web) whose: String,
    pub(in crate::web) days: Vec<Day>,
}

/// One day of it.
pub struct Day {
    pub(in crate::web) tone: &'static str,
    pub(in crate::web) mark: &'static str,
    pub(in crate::web) day: String,
    pub(in crate::web) came: String,
    pub(in crate::web) note: String,
}

/// Every promise of a restriction; none where it promises nothing that has a day.
pub async fn of(desk: &mut Desk, restriction: &Restriction) -> Result<Vec<Promised>, Fault> {
    let told = promise::told(desk, restriction).await?;
    Ok(told
        .into_iter()
        .map(|one| Promised {
            what: one.what,
            sum: one.sum,
            whose: one.whose.unwrap_or_default(),
            days: one.days.into_iter().take(LISTED).map(day).collect(),
        })
        .collect())
}

fn day((day, came, kept, tried): (NaiveDate, Came, Option<Kept>, Option<Tried>)) -> Day {
    let by = kept.as_ref().map_or_else(String::new, |kept| format!(" by {}", kept.by));
    let (tone, mark, came) = match came {
        Came::Kept => (Tone::Ok, "tick", format!("Kept{by}")),
        Came::Late(on) => (Tone::Care, "clock", format!("Done late, on {}{by}", say::day(on))),
        Came::Missed => (Tone::Stop, "stop", "Missed".to_owned()),
        Came::Due => (Tone::Quiet, "", "Due".to_owned()),
    };
    let tried = tried.map(|tried| {
        let times = if tried.tries == 1 { "once".to_owned() } else { say::count(i64::from(tried.tries), "time", "times") };
        format!("Tried {times} without reaching anybody, last on {}.", say::minute(tried.at))
    });
    let note: Vec<String> = tried.into_iter().chain(kept.map(|kept| kept.note)).collect();
    Day { tone: tone.key(), mark, day: say::weekday(day), came, note: note.join(" ") }
}
