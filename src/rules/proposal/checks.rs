//! What the policy says of a proposal: each rule as a sentence, whether it is met, unmet first. Sending and approving ask the same ones.

use chrono::NaiveDate;

use super::{AccountHow, Draft, NO_ROUTE, Section, Ticked, checklists};
use crate::rules::checklist;
use crate::rules::label::labels;
use crate::rules::ladder::{self, Past};
use crate::rules::measure::bundle::{self, Refusal, Severity};
use crate::rules::need::NeedKind;
use crate::rules::policy::Policy;
use crate::rules::restriction_term::{self, Before, Dates};
use crate::rules::say;

labels! {
    /// Whether a rule is met.
    pub enum Met {
        /// It must be, and is not: nothing can be approved.
        Not "not-met" "Not met",
        /// It should be, and is not: whoever approves looks at it.
        NotYet "not-yet" "Not yet",
        Yes "met" "Met",
    }
}

/// One rule of the policy, held against a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The rule as a sentence.
    pub rule: String,
    /// Whether it is met.
    pub met: Met,
    /// A sentence more, or nothing.
    pub note: String,
    /// Where it is put right.
    pub section: Section,
}

/// What is known besides the proposal itself.
#[derive(Clone, Debug)]
pub struct Seen<'a> {
    /// The steps of the ladder taken with this customer.
    pub past: &'a Past,
    /// The customer's recorded needs.
    pub needs: &'a [NeedKind],
    /// The day the restriction would start.
    pub today: NaiveDate,
    /// What its days are held against.
    pub before: &'a Before,
    /// Why the earlier steps were left out, in words.
    pub skipped_because: &'a str,
    /// The customer's other restrictions that hold today and go on.
    pub beside: &'a [GoesOn],
}

/// Another restriction that goes on beside what is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoesOn {
    /// Its last day.
    pub until: Option<NaiveDate>,
    /// Its measures, each as a sentence.
    pub says: Vec<String>,
}

/// Every check, unmet first.
pub fn checks(policy: &Policy, draft: &Draft, seen: &Seen<'_>) -> Vec<Check> {
    let mut all = vec![threshold(policy, draft), warned(policy, draft, seen), account(draft)];
    all.extend(bundle_checks(policy, draft, seen));
    all.extend(seen.beside.iter().map(|one| goes_on(policy, one)));
    all.push(dates(policy, draft, seen));
    all.push(weighed(draft));
    all.extend(lists(policy, draft));
    all.sort_by_key(|check| check.met);
    all
}

/// Whether anything stands in the way for good.
pub fn none_stands_in_the_way(checks: &[Check]) -> bool {
    checks.iter().all(|check| check.met != Met::Not)
}

fn check(rule: impl Into<String>, met: Met, note: impl Into<String>, section: Section) -> Check {
    Check { rule: rule.into(), met, note: note.into(), section }
}

fn threshold(policy: &Policy, draft: &Draft) -> Check {
    let rule = format!("This is {} in the sense of the policy", policy.words.behaviour);
    let answered = &draft.assessment.thresholds;
    let cleared = policy.behaviour.thresholds.iter().find(|one| answered.get(&one.key) == Some(&one.clears));
    if let Some(one) = cleared {
        let note = format!(
            "“{}” was answered with {}. Behaviour like that is not limited under this policy.",
            one.ask,
            one.clears.title().to_lowercase()
        );
        return check(rule, Met::Not, note, Section::Evidence);
    }
    match policy.behaviour.thresholds.iter().all(|one| answered.contains_key(&one.key)) {
        true => check(rule, Met::Yes, "", Section::Evidence),
        false => check(rule, Met::Not, "The threshold questions are not all answered.", Section::Evidence),
    }
}

fn warned(policy: &Policy, draft: &Draft, seen: &Seen<'_>) -> Check {
    let rule = "Warned, and given time to change";
    let measures = draft.terms.iter().map(|term| term.measure().to_owned()).collect();
    let Some(next) = ladder::to_restrict_with(policy, seen.past, seen.today, &measures) else {
        return check(rule, Met::Yes, "", Section::Evidence);
    };
    if next.may {
        return check(rule, Met::Yes, next.because, Section::Evidence);
    }
    let left_out: Vec<&str> = draft.skipped.iter().filter_map(|key| policy.ladder.step(key)).map(|step| step.title.as_str()).collect();
    let covered = next.skip.as_ref().is_some_and(|skip| skip.steps.iter().all(|step| draft.skipped.contains(&step.key)));
    match covered {
        true => {
            let decides = next.skip.map(|skip| skip.decided_by.say(&policy.roles)).unwrap_or_default();
            let note = format!(
                "{} left out: {} That is for {decides} to decide.",
                say::sentence(&say::list(&left_out)),
                stopped(seen.skipped_because)
            );
            check("An earlier step is left out", Met::NotYet, note, Section::Evidence)
        }
        false => check(rule, Met::Not, next.because, Section::Evidence),
    }
}

fn account(draft: &Draft) -> Check {
    let rule = "The ⟦customer⟧’s own account has been heard";
    let told = stopped(&draft.assessment.account);
    match draft.assessment.account_how {
        Some(AccountHow::Heard) => check(rule, Met::Yes, "", Section::Account),
        Some(AccountHow::NoAnswer) => check(rule, Met::NotYet, format!("They were asked and had not answered. {told}"), Section::Account),
        Some(AccountHow::NotSafe) => check(
            rule,
            Met::NotYet,
            format!("It was not safe to ask. {told} The ⟦customer⟧ reads this reason in the letter."),
            Section::Account,
        ),
        None => check(rule, Met::Not, "", Section::Account),
    }
}

fn bundle_checks(policy: &Policy, draft: &Draft, seen: &Seen<'_>) -> Vec<Check> {
    let bounds = draft.bounds(policy);
    let refusals = bundle::check(&draft.terms, &bounds, seen.needs);
    let of = |severity| refusals.iter().filter(move |one| one.severity == severity).collect::<Vec<_>>();
    let (never, clashes) = (of(Severity::Never), of(Severity::Reason));
    let mut all: Vec<Check> =
        never.iter().map(|one| check("The terms can stand together", Met::Not, one.sentence.clone(), Section::Terms)).collect();
    if never.is_empty() {
        all.push(route(policy, draft, &refusals));
        let first: Vec<_> = bounds.open().into_iter().map(|one| one.many()).collect();
        all.push(check("What is always open is not limited", Met::Yes, format!("{}.", say::sentence(&say::list(&first))), Section::Terms));
    }
    let reason = &draft.assessment.clash_because;
    all.extend(clashes.iter().map(|one| match reason.is_empty() {
        true => check("Each measure fits the ⟦customer⟧’s needs", Met::Not, one.sentence.clone(), Section::Terms),
        false => check(
            "Each measure fits the ⟦customer⟧’s needs",
            Met::NotYet,
            format!("{} The reason given: {}", one.sentence, stopped(reason)),
            Section::Terms,
        ),
    }));
    all.extend(guards(policy, draft));
    if clashes.is_empty() {
        all.push(check("Each measure fits the ⟦customer⟧’s recorded needs", Met::Yes, "", Section::Terms));
    }
    all
}

/// Whether the customer can still reach us, by the strength of this policy's rule.
fn route(policy: &Policy, draft: &Draft, refusals: &[Refusal]) -> Check {
    let rule = "At least one way to reach us stays open";
    let against = |severity| refusals.iter().find(|one| one.severity == severity);
    if let Some(warning) = against(Severity::Warning) {
        return check(rule, Met::NotYet, &warning.sentence, Section::Terms);
    }
    if let Some(refusal) = against(Severity::Senior) {
        let (reason, who) = (draft.assessment.answer(NO_ROUTE), policy.measures.over_the_rule(&draft.terms, &policy.ways()));
        let who = who.map(|who| who.say(&policy.roles)).unwrap_or_default();
        return match reason.is_empty() {
            true => check(rule, Met::Not, &refusal.sentence, Section::Terms),
            false => {
                let note = format!("None does. That is for {who} to decide. The reason given: {}", stopped(reason));
                check(rule, Met::NotYet, note, Section::Terms)
            }
        };
    }
    let routes: Vec<String> = bundle::routes(&draft.terms, &policy.ways()).iter().map(|one| one.name().to_owned()).collect();
    let scoped = draft.terms.iter().any(|term| term.scope().is_some_and(|(reach, _)| reach.narrows()));
    let note = match (routes.is_empty(), scoped) {
        (true, true) => "Through everybody whom it does not concern.".to_owned(),
        (true, false) => "Through a representative.".to_owned(),
        (false, _) => format!("Open: {}.", say::list(&routes)),
    };
    check(rule, Met::Yes, note, Section::Terms)
}

/// What had to be confirmed before a measure is proposed.
fn guards(policy: &Policy, draft: &Draft) -> Vec<Check> {
    let chosen = policy.measures.offered.iter().filter(|offer| draft.terms.iter().any(|term| term.measure() == offer.key()));
    chosen
        .flat_map(|offer| policy.guards(offer))
        .map(|(key, ask)| {
            let met = if draft.assessment.confirmed(&key) { Met::Yes } else { Met::Not };
            check(ask.trim_end_matches('.'), met, "", Section::Terms)
        })
        .collect()
}

fn dates(policy: &Policy, draft: &Draft, seen: &Seen<'_>) -> Check {
    let rule = match draft.permanent {
        true => "It may have no last day, and is reviewed".to_owned(),
        false => format!("It ends within {}, with a review before then", seen.before.runs.longest),
    };
    let Some(review) = draft.review_on else {
        return check(rule, Met::Not, "Choose the review day.", Section::Terms);
    };
    if draft.ends_on.is_none() && !draft.permanent {
        return check(rule, Met::Not, "Enter the last day.", Section::Terms);
    }
    match restriction_term::check(policy, Dates { from: seen.today, until: draft.ends_on, review }, seen.before) {
        Ok(()) => {
            let until = draft.ends_on.map_or_else(|| "It has no last day".to_owned(), |day| format!("It ends on {}", say::day(day)));
            check(rule, Met::Yes, format!("{until} and is reviewed on {}.", say::day(review)), Section::Terms)
        }
        Err(wrong) => {
            let sentences: Vec<String> = wrong.iter().map(ToString::to_string).collect();
            check(rule, Met::Not, sentences.join(" "), Section::Terms)
        }
    }
}

/// A second restriction adds to the first; nobody approves it without knowing.
fn goes_on(policy: &Policy, other: &GoesOn) -> Check {
    let word = &policy.words.restriction.one;
    let until = other.until.map_or_else(|| "with no last day".to_owned(), |last| format!("until {}", say::day(last)));
    let note = format!("Both will hold: {} To change that one, hold its review instead.", other.says.join(" "));
    check(format!("Another {word} goes on {until}"), Met::NotYet, note, Section::Terms)
}

/// The Equality Act asks for the thinking before the decision, in writing.
fn weighed(draft: &Draft) -> Check {
    let written = &draft.assessment;
    let done = !written.equality.is_empty() && !written.proportionality.is_empty() && written.linked().is_some();
    check("Fairness, equality and disability were weighed before the decision", if done { Met::Yes } else { Met::Not }, "", Section::Needs)
}

fn lists(policy: &Policy, draft: &Draft) -> Vec<Check> {
    let lines = checklist::lines(&checklists(policy)).into_iter();
    lines
        .map(|(key, _, item)| {
            let shown_by = draft.assessment.answer(&checklist::shown_key(&key)).to_owned();
            match (draft.assessment.ticked(&key), item.blocking) {
                (Some(Ticked::Yes), _) => check(&item.ask, Met::Yes, shown_by, Section::Needs),
                (Some(Ticked::DoesNotApply), _) => {
                    check(&item.ask, Met::Yes, format!("It does not apply here. {shown_by}").trim_end(), Section::Needs)
                }
                (_, true) => check(&item.ask, Met::Not, shown_by, Section::Needs),
                (_, false) => check(&item.ask, Met::NotYet, shown_by, Section::Needs),
            }
        })
        .collect()
}

fn stopped(words: &str) -> String {
    match words.trim().trim_end_matches('.') {
        "" => String::new(),
        words => format!("{words}."),
    }
}
