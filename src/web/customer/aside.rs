//! Beside the timeline: dates to keep, adjustments, open work.

use crate::casework::Result;
use crate::casework::desk::Desk;
use crate::rules::answer::Pronoun;
use crate::rules::need::NeedKind;
use crate::rules::policy::Policy;
use crate::rules::task::TaskKind;
use crate::rules::{appeal, days, say};
use crate::store::contact_check::{AppealAnswered, Facts, Restriction};
use crate::store::customer_tabs::Task;

/// The key facts of a record.
pub struct Aside {
    /// A day and what falls on it, the first first.
    pub dates: Vec<(String, String)>,
    pub adjustments: Vec<String>,
    /// Whose consent holds today: a name, and what they may do.
    pub speakers: Vec<String>,
    /// What is to be done, and by whom and when.
    pub work: Vec<(String, String)>,
}

impl Aside {
    /// What stands beside the timeline today.
    pub async fn of(desk: &mut Desk, facts: &Facts, tasks: &[Task]) -> Result<Self> {
        let mut days = Vec::new();
        for one in &facts.restrictions {
            // Each keeps the version it was made under.
            let own = desk.policy_of(one.policy).await?;
            days.extend(dates(desk, &own, facts, one));
        }
        days.sort_by_key(|(day, _)| *day);
        Ok(Self {
            dates: days.into_iter().map(|(day, what)| (what, super::day(day))).collect(),
            adjustments: adjustments(facts),
            speakers: speakers(desk, facts),
            work: tasks.iter().map(|task| work(desk, task)).collect(),
        })
    }
}

fn dates(desk: &Desk, policy: &Policy, facts: &Facts, restriction: &Restriction) -> Vec<(chrono::NaiveDate, String)> {
    let today = desk.today();
    let who = say::sentence(Pronoun::from_key(&facts.head.pronoun).unwrap_or(Pronoun::They).key());
    let imposed = days::day_of(restriction.from);
    let sent = restriction.letter_sent_at.map_or(imposed, days::day_of);
    let promised = appeal::Promised::of(restriction.appeal_promised_on, restriction.appeal_by);
    let answered = restriction.appeal_answered.filter(|one| one.at > appeal::last_word(restriction.from, restriction.appeal_promised_on));
    let appeal = match answered {
        Some(answered) if answered.opens_another => {
            second_appeal(policy, &answered).map(|day| (day, format!("{who} can appeal again until")))
        }
        Some(answered) if *policy.challenge.appeal.is_final || answered.was_second => None,
        _ => {
            let counted = appeal::window(policy, imposed, sent).map(|window| window.due);
            appeal::last_day(promised, counted).map(|day| (day, format!("{who} can appeal until")))
        }
    };
    let length_promised = appeal::Promised::of(restriction.length_promised_on, restriction.length_appeal_by);
    let counted = appeal::LastDays::counted(policy, imposed, sent).or_later(promised, length_promised);
    let length = counted.length.flatten().filter(|_| answered.is_none());
    let length = length.map(|day| (day, format!("{who} can appeal about the length until")));
    let review = restriction.review_due.map(|due| match due < today {
        true => (due, "Review was due".to_owned()),
        false => (due, "Review due".to_owned()),
    });
    let word = desk.policy.words.restriction.heading();
    let end = restriction.until.map(|last| match last < today {
        true => (last, format!("{word} ended")),
        false => (last, format!("{word} ends unless renewed")),
    });
    let is_to_come = |(day, _): &(chrono::NaiveDate, String)| *day >= today;
    appeal.into_iter().chain(length).filter(is_to_come).chain(review).chain(end).collect()
}

/// The last day for an appeal against the answer to the first.
fn second_appeal(policy: &Policy, answered: &AppealAnswered) -> Option<chrono::NaiveDate> {
    let day = days::day_of(answered.at);
    let counted = appeal::second_window(policy, day, day).map(|window| window.due);
    appeal::last_day(Some(appeal::Promised { by: answered.another_by }), counted)
}

fn adjustments(facts: &Facts) -> Vec<String> {
    let needs = facts.needs.iter().map(|need| {
        let title = NeedKind::from_key(&need.kind).unwrap_or(NeedKind::Other).title();
        format!("{title}: {}", need.to_do)
    });
    let format = match facts.head.letter_format.as_str() {
        // Said once, where the needs say it already.
        "large-print" if facts.needs.iter().any(|need| need.kind == NeedKind::LargePrint.key()) => None,
        "large-print" => Some("Large print letters, 18 point".to_owned()),
        "plain-text" => Some("Letters as plain text".to_owned()),
        _ => None,
    };
    let language = facts.head.language.as_ref().map(|language| format!("Language: {language}"));
    needs.chain(format).chain(language).collect()
}

fn speakers(desk: &Desk, facts: &Facts) -> Vec<String> {
    let holds = |one: &&crate::store::contact_check::Representative| one.consent_until.is_none_or(|last| last >= desk.today());
    let speakers = facts.representatives.iter().filter(holds).map(|one| {
        let until = one.consent_until.map(|last| format!(", until {}", say::day(last))).unwrap_or_default();
        format!("{}, {}{until}", one.name, say::inside(&one.relation))
    });
    speakers.collect()
}

fn work(desk: &Desk, task: &Task) -> (String, String) {
    let title = TaskKind::of(&task.kind).map_or("Task", TaskKind::word).to_owned();
    let titles: Vec<&str> = task.for_roles.iter().map(|role| desk.policy.roles.title(role)).collect();
    let who = task.who.clone().unwrap_or_else(|| say::either(&titles));
    let by = match task.due_on < desk.today() {
        true => format!("was due {}", say::day_this_year(task.due_on, desk.today())),
        false => format!("by {}", say::day_this_year(task.due_on, desk.today())),
    };
    (title, format!("{who}, {by}"))
}
