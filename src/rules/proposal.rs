//! A proposal before it is sent: the written assessment with its terms, what is still missing, and what the policy says of it.

mod checks;
mod missing;
mod stood;

pub use checks::{Check, GoesOn, Met, Seen, checks, none_stands_in_the_way};
pub use missing::{Missing, missing};
pub use stood::Stood;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::days;
use super::label::labels;
use super::ladder::{self, Count, Taken};
use super::measure::bundle::Bounds;
use super::measure::{Chosen, Purpose};
use super::policy::{Checklist, Decision, LookBackFrom, Policy, Question, YesNo};
use super::say;

labels! {
    /// The parts of a proposal, in the order they are filled in.
    pub enum Section {
        Evidence "evidence" "Evidence",
        Account "account" "The customer’s account",
        Needs "adjustments" "Needs and equality",
        Terms "terms" "Terms",
        Letter "letter" "Letter",
        Check "check" "Check and send",
    }
}

labels! {
    /// How far a part has come.
    pub enum Standing {
        NotStarted "not-started" "Not started",
        InProgress "in-progress" "In progress",
        Done "done" "Done",
    }
}

labels! {
    /// How the customer's own account came about.
    pub enum AccountHow {
        Heard "heard" "They told us their side",
        NoAnswer "no-answer" "We asked, and had no answer",
        NotSafe "not-safe" "It was not safe to ask",
    }
}

labels! {
    /// Whether the behaviour may come from a disability.
    pub enum Linked {
        Yes "yes" "Yes, or it may be",
        No "no" "No",
        NotKnown "not-known" "We do not know",
    }
}

labels! {
    /// The answer to one line of a checklist.
    pub enum Ticked {
        Yes "yes" "Yes",
        No "no" "Not yet",
        DoesNotApply "does-not-apply" "Does not apply here",
    }
}

/// Keys of the answers that every landlord is asked for, beside the policy's own.
pub const LINKED: &str = "linked";
/// What less was considered, and why it is not enough.
pub const LESS: &str = "less";
/// Support, mediation, advocacy and representatives considered.
pub const SUPPORT: &str = "support";

/// What we are putting right in the matter the customer came with; the letter starts with it.
pub const PUTTING_RIGHT: &str = "putting-right";

/// Why no way to reach us stays open, where the policy lets somebody senior decide that.
pub const NO_ROUTE: &str = "no-route";

/// Questions of an assessment that have a field of their own on a page.
const BUILT_IN: [&str; 11] = [
    "instances",
    "level-of-contact",
    "language",
    "needs-and-circumstances",
    "what-was-happening",
    "staff-circumstances",
    "customers-account",
    "alternatives",
    "proportionality",
    "equality",
    "representative",
];
/// Further questions of the policy's that are about the evidence, not about the person.
const ABOUT_EVIDENCE: [&str; 1] = ["own-merit"];

/// The written assessment, as far as it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// Answers to the policy's threshold questions, by key.
    pub thresholds: BTreeMap<String, YesNo>,
    /// How often, how long, by which channels.
    pub level_of_contact: String,
    /// The language used.
    pub language: String,
    /// What was tried first.
    pub alternatives: String,
    /// How the customer's account came about.
    pub account_how: Option<AccountHow>,
    /// What they said, or why they were not asked.
    pub account: String,
    /// Needs and circumstances of the customer.
    pub needs: String,
    /// What was happening at the time, and what we got wrong.
    pub circumstances: String,
    /// Needs and circumstances of the staff affected.
    pub staff_needs: String,
    /// Why this is fair and no more than is needed.
    pub proportionality: String,
    /// How equality and adjustments were thought about.
    pub equality: String,
    /// Why a term may stand although it clashes with a need.
    pub clash_because: String,
    /// Everything else, by key.
    pub answers: BTreeMap<String, String>,
}

/// A proposal as far as it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What happened, in words for the letter.
    pub grounds: String,
    /// How many incidents it rests on.
    pub incidents: usize,
    /// The written assessment.
    pub assessment: Assessment,
    /// What is asked for.
    pub terms: Vec<Chosen>,
    /// The promise to look again.
    pub review_on: Option<NaiveDate>,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
    /// Asked for without a last day.
    pub permanent: bool,
    /// Keys of the steps of the ladder left out.
    pub skipped: Vec<String>,
    /// What is owed to this kind of person whatever is decided.
    pub duties: Vec<Purpose>,
}

impl Draft {
    /// What its terms are held against.
    pub fn bounds(&self, policy: &Policy) -> Bounds {
        policy.bounds().owing(&self.duties)
    }
}

impl Assessment {
    /// The answer with this key, or nothing.
    pub fn answer(&self, key: &str) -> &str {
        self.answers.get(key).map_or("", String::as_str)
    }

    /// Whether the behaviour may come from a disability.
    pub fn linked(&self) -> Option<Linked> {
        Linked::from_key(self.answer(LINKED))
    }

    /// The answer to the line of a checklist that is kept under this key.
    pub fn ticked(&self, key: &str) -> Option<Ticked> {
        Ticked::from_key(self.answer(key))
    }

    /// Whether something was confirmed.
    pub fn confirmed(&self, key: &str) -> bool {
        self.answer(key) == "yes"
    }

    /// The reason for one measure by itself.
    pub fn own_reason(&self, measure: &str) -> &str {
        self.answer(&why_key(measure))
    }
}

/// Under which name the answer to one of the policy's own questions is asked for and kept: whatever its key, no field of the form's is meant.
pub fn own_key(question: &Question) -> String {
    format!("own:{}", question.key)
}

/// Where the reason for one measure is kept.
pub fn why_key(measure: &str) -> String {
    format!("why:{measure}")
}

/// Where it is kept that what has to be confirmed before a measure is proposed was confirmed.
pub fn guard_key(measure: &str) -> String {
    format!("guard:{measure}")
}

/// Under which key the answer to the questions of a round is kept.
pub fn asked_key(round: i16) -> String {
    format!("asked:{round}")
}

/// The policy's further questions for a part: those that no field of every landlord's form answers.
pub fn further(policy: &Policy, section: Section) -> Vec<&Question> {
    let about = |question: &&Question| match section {
        Section::Evidence => ABOUT_EVIDENCE.contains(&question.key.as_str()),
        Section::Needs => !ABOUT_EVIDENCE.contains(&question.key.as_str()),
        _ => false,
    };
    policy.assessment.questions.iter().filter(|question| !BUILT_IN.contains(&question.key.as_str())).filter(about).collect()
}

/// How a built-in question is asked here: in the policy's words where it has them.
pub fn ask<'a>(policy: &'a Policy, key: &str, otherwise: &'a str) -> &'a str {
    policy.assessment.question(key).map_or(otherwise, |question| &question.ask)
}

/// The checklists gone through for every proposal, and those that stand beside any restriction step of the ladder, each once.
pub fn checklists(policy: &Policy) -> Vec<&Checklist> {
    let of_a_step = |list: &Checklist| policy.ladder.restrictions().any(|step| step.checklists.contains(&list.key));
    let asked = |list: &&Checklist| list.at.contains(&Decision::Proposal) || of_a_step(list);
    policy.checklists.iter().filter(asked).collect()
}

/// Titles of the steps left out, for a sentence. Keys as the record keeps them, with commas.
pub fn skipped_titles(policy: &Policy, kept: &str) -> String {
    let titles: Vec<&str> =
        skipped_keys(kept).iter().map(|key| policy.ladder.step(key).map_or("a step", |step| step.title.as_str())).collect();
    say::list(&titles)
}

/// The keys of the steps left out, each once.
pub fn left_out_steps(kept: Option<&str>) -> BTreeSet<String> {
    skipped_keys(kept.unwrap_or_default()).into_iter().map(str::to_owned).collect()
}

/// The keys of the steps left out, as the record keeps them in one text.
pub fn skipped_keys(kept: &str) -> Vec<&str> {
    kept.split(',').map(str::trim).filter(|key| !key.is_empty()).collect()
}

/// Why an incident may not be built on, where its case was reviewed and closed too long ago (HS-31). Policies that count from the day
/// a step was taken leave no incident out.
pub fn left_out(
    policy: &Policy,
    happened: chrono::DateTime<chrono::Utc>,
    closed: Option<chrono::DateTime<chrono::Utc>>,
    today: NaiveDate,
) -> Option<String> {
    if policy.ladder.look_back.from != LookBackFrom::CaseClosed {
        return None;
    }
    let case_closed = closed.map(days::day_of);
    let taken =
        Taken { step: String::new(), on: days::day_of(happened), withdrawn: false, case_closed, promised: None, behaviours: Vec::new() };
    match ladder::count(policy, &taken, today) {
        Count::NoLonger { closed: Some(closed), .. } => Some(format!(
            "left out, because its case was reviewed and closed on {}, {} ago or more",
            say::day(closed),
            policy.ladder.look_back.length
        )),
        _ => None,
    }
}

/// How far a part has come, from what is missing and whether anything is there.
pub fn standing(draft: &Draft, missing: &[Missing], section: Section) -> Standing {
    let lacks = missing.iter().any(|one| one.section == section);
    let begun = begun(draft, section);
    match (lacks, begun) {
        (false, _) => Standing::Done,
        (true, true) => Standing::InProgress,
        (true, false) => Standing::NotStarted,
    }
}

fn begun(draft: &Draft, section: Section) -> bool {
    let written = &draft.assessment;
    let any = |texts: &[&str]| texts.iter().any(|text| !text.is_empty());
    match section {
        Section::Evidence => {
            draft.incidents > 0
                || !written.thresholds.is_empty()
                || any(&[&draft.grounds, &written.level_of_contact, &written.language, &written.alternatives])
        }
        Section::Account => written.account_how.is_some() || any(&[&written.account]),
        Section::Needs => {
            written.answers.keys().any(|key| is_about_needs(key))
                || any(&[&written.needs, &written.circumstances, &written.staff_needs, &written.proportionality, &written.equality])
        }
        Section::Terms => !draft.terms.is_empty() || draft.review_on.is_some() || draft.ends_on.is_some() || draft.permanent,
        Section::Letter | Section::Check => false,
    }
}

fn is_about_needs(key: &str) -> bool {
    !["why:", "guard:", "asked:"].iter().any(|start| key.starts_with(start))
        && key != NO_ROUTE
        && key != PUTTING_RIGHT
        && !key.strip_prefix("own:").is_some_and(|own| ABOUT_EVIDENCE.contains(&own))
}

#[cfg(test)]
mod tests;
