//! How long, and when it is looked at again, in plain words.

use super::{Chapter, Line, from, full, line, who};
use crate::rules::policy::{Policy, SeverityTerms, Terms};
use crate::rules::say;

/// The chapter about lengths and reviews.
pub(super) fn chapter(policy: &Policy) -> Chapter {
    let (terms, reviews) = (&policy.terms, &policy.reviews);
    let permanent = if terms.permanent.value { "Allowed, with reviews all the same." } else { "Not allowed." };
    let mut lines = vec![
        from("Usual length", format!("{}.", say::sentence(&terms.usual.value.to_string())), &terms.usual),
        from("Longest", format!("{} before it is decided again.", say::sentence(&terms.longest.value.to_string())), &terms.longest),
    ];
    lines.extend(terms.for_severity.iter().map(|one| line(&for_severity(one), severity_in_words(one), &one.source)));
    lines.extend(together(policy, terms));
    lines.extend([
        from("Without a last day", permanent.to_owned(), &terms.permanent),
        from("Reviewed", format!("{}.", say::sentence(&reviews.rhythm())), &reviews.intervals),
        from("By", who(&reviews.reviewer.value.say(&policy.roles)), &reviews.reviewer),
        from("If a review is late", format!("{}.", reviews.overdue.title()), &reviews.overdue),
    ]);
    Chapter { anchor: "reviews", title: "How long, and when we look again".to_owned(), lines }
}

fn for_severity(one: &SeverityTerms) -> String {
    format!("Where the behaviour is {}", one.from.at_least())
}

/// What holds of behaviour so grave, as sentences.
pub(in crate::rules::policy) fn severity_in_words(one: &SeverityTerms) -> String {
    let said = [
        one.usual.map(|usual| format!("Usually {usual}.")),
        one.longest.map(|longest| format!("{} at most before it is decided again.", say::sentence(&longest.to_string()))),
        one.review.map(|review| format!("Usually first looked at again after {review}.")),
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// How often it may go on, how long that is in all, and what counts towards it.
fn together(policy: &Policy, terms: &Terms) -> Vec<Line> {
    let word = &policy.words.restriction;
    let cap = match terms.cap.length() {
        Some(cap) => format!("{} in all, counted from its first day.", say::sentence(&cap.to_string())),
        None => "There is no limit on all of them together.".to_owned(),
    };
    let times = terms.renewals.as_ref().map(|renewals| {
        let says = match **renewals {
            0 => "It cannot be given a later last day.".to_owned(),
            n => format!("It can be given a later last day {} at most.", often(n)),
        };
        from("How often it can go on", says, renewals)
    });
    let counted = terms.count_together.as_ref().map(|together| {
        let says = match **together {
            true => {
                format!("{} of one customer that overlap, or follow each other without a gap, count as one.", say::sentence(&word.many))
            }
            false => format!("{} counts for itself, even where one follows another.", say::sentence(&word.a)),
        };
        from("What counts together", full(&says), together)
    });
    [times, Some(from("With every renewal", cap, &terms.cap)), counted].into_iter().flatten().collect()
}

fn often(times: u8) -> String {
    match times {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => say::count(n, "time", "times"),
    }
}
