//! The list of parts: what to do next, what is done, what is left.

use askama::Template;

use super::{Lead, Section, Standing, Whole, frame, path, proposal, shown, version};
use crate::casework::desk::{Desk, Staff};
use crate::http::answer::{again, done, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths;
use crate::rules::id::RestrictionId;
use crate::rules::proposal::{Missing, skipped_titles, standing};
use crate::rules::restriction::Stage;
use crate::rules::say;
use crate::rules::text::Narrative;
use crate::store::proposal::Beside;
use crate::web::frame::Frame;

const TO_FILL_IN: [Section; 4] = [Section::Evidence, Section::Account, Section::Needs, Section::Terms];

#[derive(Template)]
#[template(path = "proposal/index.html")]
struct Index {
    frame: Frame,
    lead: Lead,
    form: Form,
    id: RestrictionId,
    notice: Option<Notice>,
    /// Other restrictions of this customer that go on: a sentence, and where it is.
    beside: Vec<(String, String)>,
    /// Whose it is, where the reader may take it over.
    taking: Option<String>,
    rows: Vec<Row>,
    progress: Option<(usize, String)>,
    next: Option<(String, String)>,
    about: Vec<(&'static str, String)>,
}

/// What is to be known before anything else.
struct Notice {
    tone: &'static str,
    strong: String,
    text: String,
    /// An address and its words, or nothing.
    link: (String, &'static str),
}

struct Row {
    title: &'static str,
    href: String,
    tone: &'static str,
    mark: &'static str,
    result: &'static str,
    note: String,
}

pub(super) async fn index(path: paths::Proposal, Reading { mut desk, staff, around }: Reading) -> Answered {
    let whole = proposal::read(&mut desk, path.id).await?;
    around.saw(&desk, &staff, whole.customer.id, "proposal");
    let form = Form::blank().with("version", whole.proposal.version);
    show(&around, &page(&mut desk, &staff, &around, &whole, form).await?)
}

/// Makes the proposal the reader's own.
pub(super) async fn take_over(path: paths::ProposalTaking, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let id = path.id;
    let because = form.text("because", |typed| {
        Narrative::parse(typed).map_err(|error| if typed.is_empty() { "Enter why you take it over".to_owned() } else { error.to_string() })
    });
    if let Some(because) = because {
        let to = paths::Proposal { id };
        proposal::take_over(&mut desk, id, version(&form), because.as_str(), &to.to_string()).await?;
        return done(desk, &around, Flash::good("The proposal is yours now.", "Whoever made it so far was told."), to).await;
    }
    let whole = proposal::read(&mut desk, id).await?;
    proposal::may_take_over(&mut desk, &whole).await?;
    again(&around, &page(&mut desk, &staff, &around, &whole, form).await?)
}

async fn page(desk: &mut Desk, staff: &Staff, around: &Around, whole: &Whole, form: Form) -> Result<Index, Fault> {
    let is_mine = whole.may_change(staff.id).is_ok();
    let missing = whole.missing();
    let next = is_mine.then(|| next(whole, &missing));
    let parts_done = TO_FILL_IN.iter().filter(|part| standing(whole.draft(), &missing, **part) == Standing::Done).count();
    let taking = !is_mine && whole.is_being_written() && proposal::may_take_over(desk, whole).await.is_ok();
    Ok(Index {
        frame: frame(desk, staff, around, &form),
        form,
        id: whole.proposal.id,
        lead: lead(whole, next.as_ref().map(|(section, _)| *section)),
        notice: notice(whole, is_mine),
        beside: beside(whole),
        taking: taking.then(|| whole.proposal.proposer.clone()),
        rows: if is_mine { rows(whole, &missing) } else { Vec::new() },
        progress: is_mine.then(|| (parts_done, format!("{parts_done} of 4 parts done"))),
        next: next.map(|(section, href)| (href, button(section))),
        about: facts(whole),
    })
}

fn lead(whole: &Whole, next: Option<Section>) -> Lead {
    let word = &whole.policy.words.restriction.a;
    let came_back = whole.proposal.stage == Stage::SentBack;
    let line = match next {
        Some(_) if came_back => {
            "Change what needs changing, then answer the questions and send it again. It goes back to whoever asked, unless you change what is asked for.".to_owned()
        }
        Some(Section::Check) => "Everything is filled in. Check it, then send it for approval.".to_owned(),
        Some(section) => format!("Next: {}. Each part can be saved half-finished.", lower(section.title())),
        None => String::new(),
    };
    let name = whole.customer.full_name();
    let heading = match whole.is_being_written() {
        true => format!("Propose {word} for {name}"),
        false => format!("Proposed: {word} for {name}"),
    };
    let mut lead = Lead::of(whole, heading, line);
    let record = paths::Customer { customer: paths::Ref(whole.customer.reference.clone()) };
    lead.back = (record.to_string(), whole.customer.full_name());
    lead
}

/// The first part with something left; checking, when there is none.
fn next(whole: &Whole, missing: &[Missing]) -> (Section, String) {
    let section = TO_FILL_IN.into_iter().find(|part| missing.iter().any(|one| one.section == *part)).unwrap_or(Section::Check);
    (section, path(section, whole.proposal.id))
}

fn button(section: Section) -> String {
    match section {
        Section::Check => section.title().to_owned(),
        section => format!("Go to {}", lower(section.title())),
    }
}

fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn rows(whole: &Whole, missing: &[Missing]) -> Vec<Row> {
    Section::ALL
        .iter()
        .map(|section| {
            let standing = match section {
                Section::Letter | Section::Check if missing.is_empty() => Standing::InProgress,
                Section::Letter | Section::Check => Standing::NotStarted,
                section => standing(whole.draft(), missing, *section),
            };
            let (tone, mark, result) = match (section, standing) {
                (Section::Letter, Standing::InProgress) => ("ok", "letter", "Ready to read"),
                (Section::Letter, _) => ("quiet", "letter", "Not started"),
                (Section::Check, Standing::InProgress) => ("info", "decide", "Ready"),
                (Section::Check, _) => ("quiet", "decide", "Not started"),
                (_, standing) => shown(standing),
            };
            let left = missing.iter().filter(|one| one.section == *section).count();
            let note = match standing {
                Standing::InProgress if left > 0 => {
                    format!("{}.", say::count_first(left as u32, "thing is left to fill in", "things are left to fill in"))
                }
                _ => String::new(),
            };
            Row { title: section.title(), href: path(*section, whole.proposal.id), tone, mark, result, note }
        })
        .collect()
}

/// The customer's other restrictions that go on.
fn beside(whole: &Whole) -> Vec<(String, String)> {
    let word = &whole.policy.words.restriction.a;
    let line = |one: &Beside| {
        let until = one.until.map_or_else(String::new, |last| format!(" until {}", say::day(last)));
        (format!("{} has {word} already{until}.", whole.customer.formal_name()), paths::Restriction { id: one.id }.to_string())
    };
    whole.proposal.beside.iter().map(line).collect()
}

fn notice(whole: &Whole, is_mine: bool) -> Option<Notice> {
    let id = whole.proposal.id;
    let none = || (String::new(), "");
    let decision = |words| (paths::Approval { id }.to_string(), words);
    let told = |tone, strong: &str, text: String, link| Some(Notice { tone, strong: strong.to_owned(), text, link });
    match (whole.proposal.stage, &whole.proposal.questions) {
        (Stage::AwaitingApproval, _) => {
            let sent = whole.proposal.sent_at.map(say::minute).unwrap_or_default();
            told("info", "It waits for a decision.", format!("It was sent for approval on {sent}."), decision("See where it stands"))
        }
        (Stage::SentBack, Some(questions)) => told(
            "care",
            &format!("{} sent it back with questions.", questions.name),
            say::sentences(&questions.asked_for, &questions.reasons),
            if is_mine { (format!("{}#answer", paths::ProposalCheck { id }), "Answer, and send it again") } else { none() },
        ),
        (Stage::Draft | Stage::SentBack, _) if !is_mine => {
            let text = "Only the person who proposes fills it in, so that whoever approves it took no part.".to_owned();
            told("info", &format!("{} is writing this proposal.", whole.proposal.proposer), text, none())
        }
        (Stage::Draft | Stage::SentBack, _) => None,
        (Stage::Declined, _) => told("quiet", "It was declined.", "Contact stays as it was.".to_owned(), decision("Read the decision")),
        (Stage::InForce | Stage::Lifted | Stage::Quashed, _) => {
            told("info", "It was approved.", String::new(), (paths::Restriction { id }.to_string(), "See what came of it"))
        }
    }
}

fn facts(whole: &Whole) -> Vec<(&'static str, String)> {
    let proposal = &whole.proposal;
    let mut facts =
        vec![("Proposed by", format!("{}, {}", proposal.proposer, proposal.proposer_job)), ("Begun", say::minute(proposal.opened_at))];
    if let (Some(steps), Some(because)) = (&proposal.skipped_step, &proposal.skipped_because) {
        facts.push(("Left out", format!("{}. {because}", skipped_titles(&whole.policy, steps))));
    }
    facts
}
