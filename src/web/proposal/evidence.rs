//! What a proposal rests on: incidents, figures, the threshold, what was tried, and the words for the letter.

use std::collections::BTreeMap;

use askama::Template;

use super::{Lead, Section, Whole, asked, frame, mine, proposal, saved, unsaved, version, words};
use crate::casework::proposal::Evidence;
use crate::http::answer::{again, show};
use crate::http::desk::{Posted, Reading};
use crate::http::fault::Answered;
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::measure::Channel;
use crate::rules::policy::YesNo;
use crate::rules::proposal::{PUTTING_RIGHT, further, left_out, own_key};
use crate::rules::{days, say};
use crate::store::proposal::{ContactCount, IncidentLine};
use crate::web::draft::{self, Kept};
use crate::web::frame::Frame;

#[derive(Template)]
#[template(path = "proposal/evidence.html")]
struct Page {
    frame: Frame,
    form: Form,
    kept: Kept,
    lead: Lead,
    save_to: paths::ProposalEvidence,
    instances: (String, String),
    incidents: Vec<Choice>,
    left_out: Vec<String>,
    look_back: String,
    level: (String, String),
    figures: Vec<String>,
    language: (String, String),
    threshold_words: String,
    thresholds: Vec<(String, String)>,
    yes_no: Vec<Choice>,
    alternatives: (String, String),
    further: Vec<(String, String, String)>,
}

pub(super) async fn show_form(path: paths::ProposalEvidence, Reading { mut desk, staff, around }: Reading) -> Answered {
    let whole = match mine(&mut desk, &staff, path.id).await? {
        Ok(whole) => whole,
        Err(elsewhere) => return Ok(elsewhere),
    };
    around.saw(&desk, &staff, whole.customer.id, "proposal");
    let form = filled(&whole);
    let (form, kept) = draft::laid_over(&mut desk, &path, form).await?;
    let frame = frame(&desk, &staff, &around, &form);
    show(&around, &Page { kept, ..page(frame, form, &whole, desk.today()) })
}

pub(super) async fn save(path: paths::ProposalEvidence, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let whole = proposal::read(&mut desk, path.id).await?;
    whole.may_change(staff.id)?;
    let Some(evidence) = read(&mut form, &whole) else {
        let frame = frame(&desk, &staff, &around, &form);
        return again(&around, &page(frame, form, &whole, desk.today()));
    };
    match proposal::save_evidence(&mut desk, path.id, version(&form), evidence).await {
        Ok(()) => saved(desk, &around, path.id, Section::Evidence).await,
        Err(error) => {
            let today = desk.today();
            unsaved(error, form, whole.proposal.version, &around, |form| page(frame(&desk, &staff, &around, &form), form, &whole, today))
        }
    }
}

fn read(form: &mut Form, whole: &Whole) -> Option<Evidence> {
    let texts = ["level_of_contact", "language", "alternatives", "grounds"].map(|name| words(form, name));
    let [level_of_contact, language, alternatives, grounds] = texts;
    let putting_right = words(form, PUTTING_RIGHT)?;
    let mut answers = BTreeMap::from([(PUTTING_RIGHT.to_owned(), putting_right)]);
    for question in further(&whole.policy, Section::Evidence) {
        let key = own_key(question);
        let answer = words(form, &key)?;
        answers.insert(key, answer);
    }
    let thresholds = whole.policy.behaviour.thresholds.iter();
    Some(Evidence {
        incidents: form.all("incidents").filter_map(|id| id.parse().ok()).collect(),
        thresholds: thresholds.filter_map(|one| Some((one.key.clone(), YesNo::from_key(form.value(&field_of(&one.key)))?))).collect(),
        level_of_contact: level_of_contact?,
        language: language?,
        alternatives: alternatives?,
        grounds: grounds?,
        answers,
    })
}

fn field_of(threshold: &str) -> String {
    format!("threshold-{threshold}")
}

fn filled(whole: &Whole) -> Form {
    let (draft, written) = (whole.draft(), &whole.draft().assessment);
    let level = match written.level_of_contact.is_empty() {
        true => figures(&whole.proposal.contacts).join(" "),
        false => written.level_of_contact.clone(),
    };
    let mut form = Form::blank()
        .with("version", whole.proposal.version)
        .with("level_of_contact", level)
        .with("language", &written.language)
        .with("alternatives", &written.alternatives)
        .with("grounds", &draft.grounds);
    for incident in whole.proposal.incidents.iter().filter(|one| one.chosen) {
        form = form.with("incidents", incident.id);
    }
    for (key, answer) in &written.thresholds {
        form = form.with(&field_of(key), answer.key());
    }
    form = form.with(PUTTING_RIGHT, written.answer(PUTTING_RIGHT));
    for question in further(&whole.policy, Section::Evidence) {
        let key = own_key(question);
        form = form.with(&key, written.answer(&key));
    }
    form
}

fn page(frame: Frame, form: Form, whole: &Whole, today: chrono::NaiveDate) -> Page {
    let policy = &whole.policy;
    let reason = |one: &IncidentLine| left_out(policy, one.happened_at, one.closed_at, today);
    let (out, open): (Vec<_>, Vec<_>) = whole.proposal.incidents.iter().partition(|one| reason(one).is_some());
    Page {
        frame,
        lead: Lead::of(
            whole,
            "What does this rest on?",
            "Describe the behaviour, not the person. The ⟦customer⟧ may read all of it one day.",
        ),
        kept: Kept::nothing(paths::ProposalEvidence { id: whole.proposal.id }),
        save_to: paths::ProposalEvidence { id: whole.proposal.id },
        instances: asked(policy, "instances", "Which incidents does this rest on?", ""),
        incidents: open.into_iter().map(|one| choice(whole, one)).collect(),
        left_out: out
            .into_iter()
            .map(|one| format!("{}: {}.", say::day(days::day_of(one.happened_at)), reason(one).unwrap_or_default()))
            .collect(),
        look_back: policy.ladder.look_back.length.to_string(),
        level: asked(policy, "level-of-contact", "How often and by which channels was there contact?", "Numbers, not impressions."),
        figures: figures(&whole.proposal.contacts),
        language: asked(policy, "language", "What language was used?", "Quote it. Describe the behaviour, not the person."),
        threshold_words: policy.behaviour.threshold_words.value.clone(),
        thresholds: policy.behaviour.thresholds.iter().map(|one| (field_of(&one.key), one.ask.clone())).collect(),
        yes_no: YesNo::ALL.iter().map(|one| Choice::new(one.key(), one.title())).collect(),
        alternatives: asked(
            policy,
            "alternatives",
            "What was tried first?",
            "Adjustments, a meeting, a named contact, an advocate, mediation.",
        ),
        further: further(policy, Section::Evidence).into_iter().map(|one| (own_key(one), one.ask.clone(), one.hint.clone())).collect(),
        form,
    }
}

fn choice(whole: &Whole, incident: &IncidentLine) -> Choice {
    let titles: Vec<&str> =
        incident.behaviours.iter().map(|key| whole.policy.behaviour.category(key).map_or("Behaviour", |one| one.title.as_str())).collect();
    let channel = Channel::from_key(&incident.channel).map_or("", Channel::by);
    let when = say::minute(incident.happened_at);
    Choice::new(incident.id.to_string(), say::list(&titles)).hint(format!(
        "{when}, {channel}. {}. Logged by {}.",
        say::sentence(incident.about.trim_end_matches('.')),
        incident.logged_by
    ))
}

/// "14 contacts by phone in the last twelve weeks, 6 of them in the last four."
fn figures(contacts: &[ContactCount]) -> Vec<String> {
    contacts
        .iter()
        .map(|one| {
            let by = Channel::from_key(&one.channel).map_or("another way", Channel::by);
            let unacceptable = match one.unacceptable {
                0 => String::new(),
                some => format!(" In {} the behaviour was noted as unacceptable.", say::number(some)),
            };
            let lately = match one.lately {
                0 => "none of them in the last 4".to_owned(),
                all if all == one.all => "all in the last 4".to_owned(),
                some => format!("{} of them in the last 4", say::number(some)),
            };
            format!("{} {by} in the last 12 weeks, {lately}.{unacceptable}", say::count(one.all, "contact", "contacts"))
        })
        .collect()
}
