//! Where things stand, in four figures.

use crate::casework::desk::Desk;
use crate::rules::say;
use crate::store::worklist::Standing;

/// One figure, in words.
pub struct Figure {
    /// What is counted.
    pub term: String,
    /// How many.
    pub value: String,
    /// A sentence more.
    pub more: String,
}

/// Restrictions, reviews, appeals and incidents, in the landlord's own words.
pub fn figures(desk: &Desk, standing: &Standing) -> Vec<Figure> {
    let words = &desk.policy.words;
    let figure = |term: String, value: String, more: String| Figure { term, value, more };
    let counted = standing.reviews_held + standing.reviews_late;
    let on_time = match counted {
        0 => "None yet".to_owned(),
        _ => format!("{} of {counted}", standing.reviews_on_time),
    };
    let late = match standing.reviews_late {
        0 => "In the last year. None is late now.".to_owned(),
        late => format!("In the last year. {} late now.", say::count_first(late, "is", "are")),
    };
    let oldest = standing.oldest_appeal.map_or_else(
        || "Nothing waits for a decision.".to_owned(),
        |day| {
            format!(
                "The oldest has waited {}.",
                say::count(desk.calendar().working_days_between(day, desk.today()), "working day", "working days")
            )
        },
    );
    vec![
        figure(
            format!("{} in force", say::sentence(&words.restriction.many)),
            say::number(standing.in_force),
            format!("{} in the month ahead.", say::count(standing.reviews_ahead, "review due", "reviews due")),
        ),
        figure(format!("{} held on time", say::sentence(&words.review.many)), on_time, late),
        figure(format!("{} open", say::sentence(&words.appeal.many)), say::number(standing.appeals_open), oldest),
        figure(
            format!("Incidents in {}", desk.today().format("%B")),
            say::number(standing.incidents),
            format!("{} led to no further step.", say::number(standing.no_action)),
        ),
    ]
}
