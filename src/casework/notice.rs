//! The notice letter of a restriction: its facts gathered from the record, as they stand at this minute.

use super::desk::Desk;
use super::incident::together;
use super::proposal::Whole;
use super::{Result, letter, sitting};
use crate::letters::{Account, Decided, EarlierWarning, EarlierWarnings, Happening, Letter, Notice, Shared, WarningForm};
use crate::rules::appeal::LastDays;
use crate::rules::authority::Meeting;
use crate::rules::days;
use crate::rules::measure::Channel;
use crate::rules::policy::{Body, Policy};
use crate::rules::proposal::{AccountHow, PUTTING_RIGHT};
use crate::rules::{early_review, restriction_term, review, say};
use crate::store::proposal::{IncidentLine, Proposal};

/// The notice as it would be if this were decided now, for these reasons, by whoever sits at the desk.
pub async fn of(desk: &mut Desk, whole: &Whole, reasons: &str) -> Result<Letter> {
    let shared = letter::shared(desk, &whole.customer, whole.policy.clone()).await?;
    Ok(from(desk, whole, reasons, shared))
}

/// The same once it is decided: signed for the body that decided it, where one did, and naming who hears an appeal.
pub async fn decided_by(desk: &mut Desk, whole: &Whole, reasons: &str, met: Option<(&Body, &Meeting)>) -> Result<Letter> {
    let shared = sitting::signed_for(letter::shared(desk, &whole.customer, whole.policy.clone()).await?, met);
    let shared = letter::heard(desk, shared, whole.proposal.id).await?;
    Ok(from(desk, whole, reasons, shared))
}

fn from(desk: &Desk, whole: &Whole, reasons: &str, shared: Shared) -> Letter {
    let proposal = &whole.proposal;
    // What is decided may be in force already when its letter is made: only what was there before goes on beside it.
    let goes_on = proposal.beside.iter().map(|one| one.until).collect();
    let shared = Shared { goes_on, ..shared };
    Letter::Restriction(Notice {
        shared,
        putting_right: whole.draft().assessment.answer(PUTTING_RIGHT).to_owned(),
        happened: happened(&whole.policy, &proposal.incidents),
        grounds: whole.draft().grounds.clone(),
        reasons: reasons.to_owned(),
        warnings: warnings(&whole.policy, proposal),
        account: account(whole),
        decided: decided(desk, whole),
    })
}

/// What the letter would miss, each as a sentence. The reasons are still to be written, so they are not counted.
pub async fn misses(desk: &mut Desk, whole: &Whole) -> Result<Vec<String>> {
    let letter = of(desk, whole, "Reasons").await?;
    let missing = letter.missing_parts();
    let named = together::named_by(desk, whole.customer.id, &letter).await?;
    Ok(missing.into_iter().map(|part| format!("It has nothing to say under “{}”.", part.title())).chain(named).collect())
}

/// Oldest first, as one tells it.
fn happened(policy: &Policy, incidents: &[IncidentLine]) -> Vec<Happening> {
    let mut chosen: Vec<&IncidentLine> = incidents.iter().filter(|one| one.chosen).collect();
    chosen.sort_by_key(|one| one.happened_at);
    chosen.into_iter().map(|one| Happening { on: days::day_of(one.happened_at), what: what(policy, one) }).collect()
}

/// "Aggressive or abusive behaviour, by phone".
fn what(policy: &Policy, incident: &IncidentLine) -> String {
    let titles: Vec<&str> =
        incident.behaviours.iter().filter_map(|key| policy.behaviour.category(key)).map(|one| one.title.as_str()).collect();
    let kinds = if titles.is_empty() { policy.words.behaviour.clone() } else { say::list(&titles) };
    let by = Channel::from_key(&incident.channel).map(|channel| format!(", {}", channel.by())).unwrap_or_default();
    format!("{}{by}", say::sentence(&kinds))
}

fn warnings(policy: &Policy, proposal: &Proposal) -> EarlierWarnings {
    let mut given: Vec<EarlierWarning> = proposal
        .warnings
        .iter()
        .filter(|one| !one.withdrawn)
        .map(|one| EarlierWarning {
            on: days::day_of(one.given_at),
            title: one.title.clone(),
            form: WarningForm::from_key(&one.form).unwrap_or(WarningForm::Spoken),
            informal: policy.ladder.is_informal(&one.step),
        })
        .collect();
    given.sort_by_key(|one| one.on);
    match &proposal.skipped_because {
        Some(because) => EarlierWarnings::LeftOut { because: because.clone(), given },
        None => EarlierWarnings::Given(given),
    }
}

fn account(whole: &Whole) -> Account {
    let written = &whole.draft().assessment;
    match written.account_how {
        Some(AccountHow::Heard) => Account::Heard(written.account.clone()),
        Some(AccountHow::NoAnswer) => Account::NoAnswer(written.account.clone()),
        Some(AccountHow::NotSafe) | None => Account::NotAsked(written.account.clone()),
    }
}

fn decided(desk: &Desk, whole: &Whole) -> Decided {
    let (draft, policy, today) = (whole.draft(), &whole.policy, desk.today());
    let before = whole.before(today);
    let usual_end = || restriction_term::usual_end(policy, today, &before);
    let until = if draft.permanent { None } else { draft.ends_on.or_else(|| Some(usual_end())) };
    Decided {
        terms: draft.terms.clone(),
        from: today,
        until,
        review_on: draft.review_on.unwrap_or_else(|| review::after(policy, today, before.runs.review, until)),
        appeal_by: LastDays::counted(policy, today, today),
        early: early_review::promised(policy, today),
    }
}
