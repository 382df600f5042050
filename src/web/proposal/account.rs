//! The customer's own account: heard, asked for without an answer, or not safe to ask.

use askama::Template;

use super::{Lead, Section, Whole, asked, frame, mine, proposal, saved, unsaved, version, words};
use crate::http::answer::{again, show};
use crate::http::desk::{Posted, Reading};
use crate::http::fault::Answered;
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::proposal::AccountHow;
use crate::web::draft::{self, Kept};
use crate::web::frame::Frame;

#[derive(Template)]
#[template(path = "proposal/account.html")]
struct Page {
    frame: Frame,
    form: Form,
    kept: Kept,
    lead: Lead,
    save_to: paths::ProposalAccount,
    question: (String, String),
    ways: Vec<Choice>,
    representatives: Vec<(String, String)>,
}

pub(super) async fn show_form(path: paths::ProposalAccount, Reading { mut desk, staff, around }: Reading) -> Answered {
    let whole = match mine(&mut desk, &staff, path.id).await? {
        Ok(whole) => whole,
        Err(elsewhere) => return Ok(elsewhere),
    };
    around.saw(&desk, &staff, whole.customer.id, "proposal");
    let written = &whole.draft().assessment;
    let form = Form::blank()
        .with("version", whole.proposal.version)
        .with("account_how", written.account_how.map_or("", AccountHow::key))
        .with("account", &written.account);
    let (form, kept) = draft::laid_over(&mut desk, &path, form).await?;
    let frame = frame(&desk, &staff, &around, &form);
    show(&around, &Page { kept, ..page(frame, form, &whole) })
}

pub(super) async fn save(path: paths::ProposalAccount, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let whole = proposal::read(&mut desk, path.id).await?;
    whole.may_change(staff.id)?;
    let how = AccountHow::from_key(form.value("account_how"));
    let Some(account) = words(&mut form, "account") else {
        let frame = frame(&desk, &staff, &around, &form);
        return again(&around, &page(frame, form, &whole));
    };
    match proposal::save_account(&mut desk, path.id, version(&form), how, account).await {
        Ok(()) => saved(desk, &around, path.id, Section::Account).await,
        Err(error) => {
            unsaved(error, form, whole.proposal.version, &around, |form| page(frame(&desk, &staff, &around, &form), form, &whole))
        }
    }
}

fn page(frame: Frame, form: Form, whole: &Whole) -> Page {
    Page {
        frame,
        form,
        lead: Lead::of(
            whole,
            "What does the ⟦customer⟧ say?",
            "Ask before anything is decided. It goes on the timeline, and into the letter.",
        ),
        kept: Kept::nothing(paths::ProposalAccount { id: whole.proposal.id }),
        save_to: paths::ProposalAccount { id: whole.proposal.id },
        question: asked(
            &whole.policy,
            "customers-account",
            "What does the ⟦customer⟧ say?",
            "If they were not asked or did not answer, say why.",
        ),
        ways: AccountHow::ALL.iter().map(|one| Choice::new(one.key(), one.title())).collect(),
        representatives: whole
            .proposal
            .representatives
            .iter()
            .map(|one| (one.name.clone(), format!("may speak for the ⟦customer⟧ ({}). Ask them too.", one.relation)))
            .collect(),
    }
}
