//! A proposal as a list of parts: what is done, what is left, and each part as a page of its own.

mod account;
mod adjustments;
mod begin;
mod check;
mod evidence;
mod index;
mod letter;
mod terms;

use askama::Template;

use super::frame::Frame;
use super::menu;
use crate::casework::Error;
use crate::casework::desk::{Desk, Staff};
use crate::casework::proposal::{self, Whole};
use crate::http::answer::{again, done, refusals, see_other, stale};
use crate::http::cookie::Flash;
use crate::http::desk::Around;
use crate::http::doors::{self, Doors};
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths;
use crate::rules::id::RestrictionId;
use crate::rules::policy::Policy;
use crate::rules::proposal::{Section, Standing};
use crate::rules::say;
use crate::rules::text::Narrative;

/// Beginning, filling in, sending.
pub fn doors() -> Doors {
    Doors::new()
        .act::<paths::Proposals, _>(doors::MANAGING, begin::begin)
        .page::<paths::Proposal, _>(doors::MANAGING, index::index)
        .act::<paths::ProposalTaking, _>(doors::MANAGING, index::take_over)
        .page::<paths::ProposalEvidence, _>(doors::MANAGING, evidence::show_form)
        .act::<paths::ProposalEvidence, _>(doors::MANAGING, evidence::save)
        .page::<paths::ProposalAccount, _>(doors::MANAGING, account::show_form)
        .act::<paths::ProposalAccount, _>(doors::MANAGING, account::save)
        .page::<paths::ProposalAdjustments, _>(doors::MANAGING, adjustments::show_form)
        .act::<paths::ProposalAdjustments, _>(doors::MANAGING, adjustments::save)
        .page::<paths::ProposalTerms, _>(doors::MANAGING, terms::show_form)
        .act::<paths::ProposalTerms, _>(doors::MANAGING, terms::save)
        .page::<paths::ProposalLetter, _>(doors::MANAGING, letter::preview)
        .page::<paths::ProposalCheck, _>(doors::MANAGING, check::show_answers)
        .act::<paths::ProposalCheck, _>(doors::MANAGING, check::send)
}

/// What stands above every page of a proposal.
struct Lead {
    /// Where one comes from, and its name.
    back: (String, String),
    /// The heading: what to do here.
    heading: String,
    /// A sentence more.
    line: String,
    name: String,
    address: String,
    tenancy: Option<String>,
}

impl Lead {
    /// Above one part of it.
    fn of(whole: &Whole, heading: impl Into<String>, line: impl Into<String>) -> Self {
        let back = (paths::Proposal { id: whole.proposal.id }.to_string(), format!("Proposal: {}", whole.customer.full_name()));
        Self {
            back,
            heading: heading.into(),
            line: line.into(),
            name: whole.customer.full_name(),
            address: whole.customer.address_line(),
            tenancy: whole.customer.tenancy_ref.clone(),
        }
    }
}

/// The frame, with "Error: " in the title where the form has one.
fn frame(desk: &Desk, staff: &Staff, around: &Around, form: &Form) -> Frame {
    menu::frame(desk, staff, around).with_form(form)
}

/// The proposal, where this person may change it now; anybody else is led to its list of parts.
async fn mine(desk: &mut Desk, staff: &Staff, id: RestrictionId) -> Result<Result<Whole, axum::response::Response>, Fault> {
    let whole = proposal::read(desk, id).await?;
    Ok(match whole.may_change(staff.id) {
        Ok(()) => Ok(whole),
        Err(_) => Err(see_other(paths::Proposal { id })),
    })
}

/// The page of a part.
fn path(section: Section, id: RestrictionId) -> String {
    match section {
        Section::Evidence => paths::ProposalEvidence { id }.to_string(),
        Section::Account => paths::ProposalAccount { id }.to_string(),
        Section::Needs => paths::ProposalAdjustments { id }.to_string(),
        Section::Terms => paths::ProposalTerms { id }.to_string(),
        Section::Letter => paths::ProposalLetter { id }.to_string(),
        Section::Check => paths::ProposalCheck { id }.to_string(),
    }
}

/// The version the page was made from; one that cannot be read is never the present one.
fn version(form: &Form) -> i32 {
    form.value("version").parse().unwrap_or(-1)
}

/// Words that may be left for later.
fn words(form: &mut Form, name: &str) -> Option<String> {
    form.optional(name, |typed| Narrative::parse(typed).map(String::from)).map(Option::unwrap_or_default)
}

/// A question in the policy's words where it has them, and its hint.
fn asked(policy: &Policy, key: &str, otherwise: &str, hint: &str) -> (String, String) {
    match policy.assessment.question(key) {
        Some(question) => (question.ask.clone(), question.hint.clone()),
        None => (otherwise.to_owned(), hint.to_owned()),
    }
}

/// Commits, says what is left of this part, and leads back to the list.
async fn saved(mut desk: Desk, around: &Around, id: RestrictionId, section: Section) -> Answered {
    let whole = proposal::read(&mut desk, id).await?;
    let left = whole.missing().iter().filter(|one| one.section == section).count();
    let strong = format!("{} saved.", say::sentence(section.title()));
    let flash = match left {
        0 => Flash::good(strong, "This part is done."),
        left => Flash::note(
            strong,
            format!("{} to fill in here before it can be sent.", say::count_first(left as u32, "thing is left", "things are left")),
        ),
    };
    done(desk, around, flash, paths::Proposal { id }).await
}

/// The page again where it could not be saved: with the sentences beside the fields, or with what changed meanwhile.
fn unsaved<T: Template>(error: Error, mut form: Form, now: i32, around: &Around, page: impl FnOnce(Form) -> T) -> Answered {
    if let Error::Changed(sentence) = &error {
        form.refuse(format!("{sentence} What you typed is still here: save again to put it in place of what was saved."));
        form.set("version", now);
        return stale(around, &page(form));
    }
    refusals(error, &mut form)?;
    again(around, &page(form))
}

/// How far a part has come, as its row shows it: tone, icon, word.
fn shown(standing: Standing) -> (&'static str, &'static str, &'static str) {
    match standing {
        Standing::Done => ("ok", "tick", "Done"),
        Standing::InProgress => ("info", "pen", "In progress"),
        Standing::NotStarted => ("quiet", "quiet", "Not started"),
    }
}
