//! Check everything, see what the policy says of it, and send it for approval.

use askama::Template;
use axum::response::Response;

use super::{Lead, Section, Whole, frame, mine, path as path_of, proposal};
use crate::casework::Error;
use crate::casework::desk::{Desk, Staff};
use crate::http::answer::{again, done, lead_on, refusals, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths;
use crate::rules::authority::Stages;
use crate::rules::id::RestrictionId;
use crate::rules::proposal::{Check, LESS, LINKED, Linked, Met, SUPPORT, further, own_key};
use crate::rules::say;
use crate::web::frame::Frame;

#[derive(Template)]
#[template(path = "proposal/check.html")]
struct Page {
    frame: Frame,
    form: Form,
    lead: Lead,
    send_to: paths::ProposalCheck,
    missing: Vec<(String, String)>,
    /// What is not met, or needs a look.
    checks: Vec<Line>,
    /// What is met: folded.
    met: Vec<Line>,
    unmet: String,
    parts: Vec<Part>,
    may_send: bool,
    /// Who decides, step by step.
    decides: Vec<String>,
    /// Where the policy says so.
    source: String,
    /// Who asked what, where it came back with questions.
    asked: Option<Asked>,
}

/// Questions it came back with, and the field that answers them.
struct Asked {
    who: String,
    words: String,
    label: String,
}

/// One part as it was filled in, and where it is changed.
struct Part {
    title: &'static str,
    href: String,
    facts: Vec<(String, String)>,
}

type Fact<'a> = (&'a str, String);

struct Line {
    tone: &'static str,
    mark: &'static str,
    rule: String,
    result: &'static str,
    note: String,
    href: String,
}

pub(super) async fn show_answers(path: paths::ProposalCheck, Reading { mut desk, staff, around }: Reading) -> Answered {
    let whole = match mine(&mut desk, &staff, path.id).await? {
        Ok(whole) => whole,
        Err(elsewhere) => return Ok(elsewhere),
    };
    around.saw(&desk, &staff, whole.customer.id, "proposal");
    let form = Form::blank().with("version", whole.proposal.version);
    let page = page(&mut desk, &staff, &around, form, &whole).await?;
    show(&around, &page)
}

pub(super) async fn send(path: paths::ProposalCheck, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let whole = proposal::read(&mut desk, path.id).await?;
    if whole.was_sent_by(staff.id) {
        return Ok(sent_already(&around, path.id));
    }
    whole.may_change(staff.id)?;
    let answer = super::words(&mut form, "answer");
    if !form.is_clean() {
        let page = page(&mut desk, &staff, &around, form, &whole).await?;
        return again(&around, &page);
    }
    let answer = answer.filter(|answer| !answer.is_empty());
    let link = format!("{}{}", around.kit.base_url, paths::Approval { id: path.id });
    match proposal::send(&mut desk, path.id, super::version(&form), answer.as_deref(), &link).await {
        Ok(()) => {
            let flash = Flash::good("Sent for approval.", "Whoever decides has been told. Nothing changes for the ⟦customer⟧ until then.");
            done(desk, &around, flash, paths::Proposal { id: path.id }).await
        }
        // What was asked in vain may have broken the transaction, so the page is made at a desk of its own.
        Err(error) => {
            drop(desk);
            let Some(mut desk) = around.kit.office.desk_for_session(&around.token_hash, crate::store::tx::Mode::Read).await? else {
                return Err(Fault::SignedOut { back: None, lost: true });
            };
            let whole = proposal::read(&mut desk, path.id).await?;
            if whole.was_sent_by(staff.id) {
                return Ok(sent_already(&around, path.id));
            }
            if let Error::Changed(sentence) = &error {
                form.refuse(format!("{sentence} Check it again, then send it."));
            } else {
                refusals(error, &mut form)?;
            }
            form.set("version", whole.proposal.version);
            let page = page(&mut desk, &staff, &around, form, &whole).await?;
            again(&around, &page)
        }
    }
}

/// A second press of the button: it waits for its approval, as was asked.
fn sent_already(around: &Around, id: RestrictionId) -> Response {
    lead_on(around, Flash::note("Sent already.", "This proposal was sent for approval once."), paths::Proposal { id })
}

async fn page(desk: &mut Desk, staff: &Staff, around: &Around, form: Form, whole: &Whole) -> Result<Page, Fault> {
    let past = whole.past(desk).await?;
    let today = desk.today();
    let checks = whole.checks(&past, today);
    let missing = whole.missing();
    let not_met = checks.iter().filter(|check| check.met == Met::Not).count();
    let to_look_at = checks.iter().filter(|check| check.met == Met::NotYet).count();
    let (met, open) = checks.into_iter().partition(|check| check.met == Met::Yes);
    let stages = Stages::of(&whole.policy, &whole.asked(today));
    let mut decides = stages.because.clone();
    let id = whole.proposal.id;
    let may_send = missing.is_empty() && not_met == 0;
    let line = match may_send {
        true if whole.asked_last().is_some() => "Answer the questions, read it once more, then send it again.",
        true => "Read it once more, then send it. Somebody who took no part decides.",
        false => "It cannot be sent yet. What is missing or not met comes first.",
    };
    Ok(Page {
        frame: frame(desk, staff, around, &form),
        form,
        lead: Lead::of(whole, "Check and send for approval", line),
        send_to: paths::ProposalCheck { id },
        missing: missing.iter().map(|one| (format!("{}#{}", path_of(one.section, id), one.field), one.sentence.clone())).collect(),
        checks: shown(open, whole),
        met: shown(met, whole),
        unmet: match (not_met, to_look_at) {
            (0, 0) => String::new(),
            (0, some) => format!("{} a look", say::count_first(some as u32, "needs", "need")),
            (some, _) => format!("{} not met", say::count_first(some as u32, "is", "are")),
        },
        parts: parts(whole),
        may_send,
        asked: whole.asked_last().map(|asked| Asked {
            who: asked.name.clone(),
            words: say::sentences(&asked.asked_for, &asked.reasons),
            label: format!("Your answer to {}", asked.name),
        }),
        source: decides.split_off(stages.stages.len().min(decides.len())).join(" "),
        decides,
    })
}

fn shown(checks: Vec<Check>, whole: &Whole) -> Vec<Line> {
    let line = |check: Check| {
        let (tone, mark) = match check.met {
            Met::Not => ("stop", "cross"),
            Met::NotYet => ("care", "care"),
            Met::Yes => ("ok", "tick"),
        };
        let href = if check.met == Met::Yes { String::new() } else { path_of(check.section, whole.proposal.id) };
        Line { tone, mark, rule: check.rule, result: check.met.title(), note: check.note, href }
    };
    checks.into_iter().map(line).collect()
}

/// Everything that was filled in, part by part, each with where it is changed.
fn parts(whole: &Whole) -> Vec<Part> {
    let id = whole.proposal.id;
    let filled = |section: Section, facts: Vec<Fact<'_>>| Part {
        title: section.title(),
        href: path_of(section, id),
        facts: facts.into_iter().map(|(term, value)| (term.to_owned(), value)).collect(),
    };
    let (draft, written) = (whole.draft(), &whole.draft().assessment);
    let text = |text: &str| {
        if text.is_empty() { "Not filled in".to_owned() } else { text.to_owned() }
    };
    // What the policy asks besides, in its own words.
    let own = |section: Section| {
        further(&whole.policy, section).into_iter().map(|one| (one.ask.as_str(), text(written.answer(&own_key(one))))).collect::<Vec<_>>()
    };
    let how = written.account_how.map_or("Not filled in", |how| how.title());
    let ends = match (draft.permanent, draft.ends_on) {
        (true, _) => "It has no last day".to_owned(),
        (_, Some(day)) => say::day(day),
        _ => text(""),
    };
    let mut terms: Vec<Fact<'_>> = draft.terms.iter().map(|term| (term.title(), term.term.sentence_for_staff())).collect();
    terms.extend([("Last day", ends), ("Looked at again by", draft.review_on.map_or_else(|| text(""), say::day))]);
    if !written.clash_because.is_empty() {
        terms.push(("Although it clashes with a need", written.clash_because.clone()));
    }
    vec![
        filled(
            Section::Evidence,
            vec![
                ("Incidents", say::count(draft.incidents as u32, "incident", "incidents")),
                ("Contact", text(&written.level_of_contact)),
                ("Language", text(&written.language)),
                ("Tried first", text(&written.alternatives)),
                ("What happened, for the letter", text(&draft.grounds)),
            ]
            .into_iter()
            .chain(own(Section::Evidence))
            .collect(),
        ),
        filled(Section::Account, vec![("How", how.to_owned()), ("What they said", text(&written.account))]),
        filled(
            Section::Needs,
            vec![
                ("The ⟦customer⟧", text(&written.needs)),
                ("What was happening", text(&written.circumstances)),
                ("Staff", text(&written.staff_needs)),
                ("Linked to a disability", Linked::from_key(written.answer(LINKED)).map_or("Not filled in", Linked::title).to_owned()),
                ("What less was considered", text(written.answer(LESS))),
                ("Fair, and no more than needed", text(&written.proportionality)),
                ("Equality", text(&written.equality)),
                ("Support and representatives", text(written.answer(SUPPORT))),
            ]
            .into_iter()
            .chain(own(Section::Needs))
            .collect(),
        ),
        filled(Section::Terms, terms),
    ]
}
