//! Needs and circumstances of the customer and of staff, equality, and the policy's own checklist.

use std::collections::BTreeMap;

use askama::Template;

use super::{Lead, Section, Whole, asked, frame, mine, proposal, saved, unsaved, version, words};
use crate::casework::proposal::Needs;
use crate::http::answer::{again, show};
use crate::http::desk::{Posted, Reading};
use crate::http::fault::Answered;
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::checklist;
use crate::rules::need::NeedKind;
use crate::rules::policy::Policy;
use crate::rules::proposal::{LESS, LINKED, Linked, SUPPORT, Ticked, checklists, further, own_key};
use crate::web::checklist::{List, lists, ticks};
use crate::web::draft::{self, Kept};
use crate::web::frame::Frame;

#[derive(Template)]
#[template(path = "proposal/adjustments.html")]
struct Page {
    frame: Frame,
    form: Form,
    kept: Kept,
    lead: Lead,
    save_to: paths::ProposalAdjustments,
    recorded: Vec<(&'static str, String)>,
    record: paths::CustomerAdjustments,
    needs: (String, String),
    circumstances: (String, String),
    staff_needs: (String, String),
    staff_needs_mark: &'static str,
    linked: Vec<Choice>,
    proportionality: (String, String),
    equality: (String, String),
    support: (String, String),
    representatives: Vec<String>,
    further: Vec<(String, String, String)>,
    lists: Vec<List>,
    ticks: Vec<Choice>,
}

pub(super) async fn show_form(path: paths::ProposalAdjustments, Reading { mut desk, staff, around }: Reading) -> Answered {
    let whole = match mine(&mut desk, &staff, path.id).await? {
        Ok(whole) => whole,
        Err(elsewhere) => return Ok(elsewhere),
    };
    around.saw(&desk, &staff, whole.customer.id, "proposal");
    let form = filled(&whole);
    let (form, kept) = draft::laid_over(&mut desk, &path, form).await?;
    let frame = frame(&desk, &staff, &around, &form);
    show(&around, &Page { kept, ..page(frame, form, &whole) })
}

pub(super) async fn save(path: paths::ProposalAdjustments, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let whole = proposal::read(&mut desk, path.id).await?;
    whole.may_change(staff.id)?;
    let Some(needs) = read(&mut form, &whole.policy) else {
        let frame = frame(&desk, &staff, &around, &form);
        return again(&around, &page(frame, form, &whole));
    };
    match proposal::save_needs(&mut desk, path.id, version(&form), needs).await {
        Ok(()) => saved(desk, &around, path.id, Section::Needs).await,
        Err(error) => {
            unsaved(error, form, whole.proposal.version, &around, |form| page(frame(&desk, &staff, &around, &form), form, &whole))
        }
    }
}

/// Keys of the answers that are chosen, not written.
fn chosen_keys(policy: &Policy) -> Vec<String> {
    let items = checklist::lines(&checklists(policy)).into_iter().map(|(key, ..)| key);
    [LINKED.to_owned()].into_iter().chain(items).collect()
}

/// Keys of the answers that are written.
fn written_keys(policy: &Policy) -> Vec<String> {
    let questions = further(policy, Section::Needs).into_iter().map(own_key);
    let shown = checklist::lines(&checklists(policy)).into_iter().map(|(key, ..)| checklist::shown_key(&key));
    [LESS.to_owned(), SUPPORT.to_owned()].into_iter().chain(questions).chain(shown).collect()
}

fn read(form: &mut Form, policy: &Policy) -> Option<Needs> {
    let texts = ["needs", "circumstances", "staff_needs", "proportionality", "equality"].map(|name| words(form, name));
    let [needs, circumstances, staff_needs, proportionality, equality] = texts;
    let written: Vec<_> = written_keys(policy).into_iter().map(|key| (words(form, &key), key)).collect();
    let mut answers = BTreeMap::new();
    for (answer, key) in written {
        answers.insert(key, answer?);
    }
    for key in chosen_keys(policy) {
        let chosen = form.value(&key);
        let is_known = Linked::from_key(chosen).is_some() || Ticked::from_key(chosen).is_some();
        let answer = if is_known { chosen.to_owned() } else { String::new() };
        answers.insert(key, answer);
    }
    Some(Needs {
        needs: needs?,
        circumstances: circumstances?,
        staff_needs: staff_needs?,
        proportionality: proportionality?,
        equality: equality?,
        answers,
    })
}

fn filled(whole: &Whole) -> Form {
    let written = &whole.draft().assessment;
    let form = Form::blank()
        .with("version", whole.proposal.version)
        .with("needs", &written.needs)
        .with("circumstances", &written.circumstances)
        .with("staff_needs", &written.staff_needs)
        .with("proportionality", &written.proportionality)
        .with("equality", &written.equality);
    let keys = chosen_keys(&whole.policy).into_iter().chain(written_keys(&whole.policy));
    keys.fold(form, |form, key| form.with(&key, written.answer(&key)))
}

fn page(frame: Frame, form: Form, whole: &Whole) -> Page {
    let policy = &whole.policy;
    let recorded = whole.proposal.needs.iter();
    let staff_asked = policy.assessment.question("staff-circumstances").is_some();
    Page {
        frame,
        form,
        lead: Lead::of(
            whole,
            "What has to be considered?",
            "Before anything is decided: both sides, and whether the behaviour may come from a disability.",
        ),
        kept: Kept::nothing(paths::ProposalAdjustments { id: whole.proposal.id }),
        save_to: paths::ProposalAdjustments { id: whole.proposal.id },
        recorded: recorded.map(|need| (NeedKind::from_key(&need.kind).map_or("Adjustment", NeedKind::title), need.to_do.clone())).collect(),
        record: paths::CustomerAdjustments { customer: paths::Ref(whole.customer.reference.clone()) },
        needs: asked(
            policy,
            "needs-and-circumstances",
            "What do we know of the ⟦customer⟧’s needs and circumstances?",
            "Health, disability, caring, distress. What to do about it, not a diagnosis.",
        ),
        circumstances: asked(
            policy,
            "what-was-happening",
            "What was happening at the time, and what did we get wrong?",
            "The reason for contact can be right when the behaviour is not.",
        ),
        staff_needs: asked(policy, "staff-circumstances", "What are the needs and circumstances of the staff affected?", ""),
        staff_needs_mark: if staff_asked { "" } else { "optional" },
        linked: Linked::ALL.iter().map(|one| Choice::new(one.key(), one.title())).collect(),
        proportionality: asked(
            policy,
            "proportionality",
            "Why is this fair, and no more than is needed?",
            "What each term is for, and what it costs the ⟦customer⟧.",
        ),
        equality: asked(
            policy,
            "equality",
            "How have equality and reasonable adjustments been thought about?",
            "Could a term be harder on this person than on others?",
        ),
        support: asked(
            policy,
            "representative",
            "Which support and representatives were considered?",
            "A family member, a support worker, an advocate, mediation.",
        ),
        representatives: whole.proposal.representatives.iter().map(|one| format!("{}, {}", one.name, one.relation)).collect(),
        further: further(policy, Section::Needs).into_iter().map(|one| (own_key(one), one.ask.clone(), one.hint.clone())).collect(),
        lists: lists(&checklists(policy)),
        ticks: ticks(),
    }
}
