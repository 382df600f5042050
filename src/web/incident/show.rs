//! One incident: what was logged, what was added, what was decided, and what may follow.

use askama::Template;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::facts::{self, Fact};
use super::together::{self, Beside};
use crate::casework::desk::{Desk, Staff};
use crate::casework::incident::{self as act, Decided, Decision};
use crate::casework::{self, case, found, warning};
use crate::http::answer::{again, done, lead_on, refusals, show, stale};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::doors::{LOGGING, MANAGING, OVERSEEING};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::authority::{Person, may_propose};
use crate::rules::id::IncidentId;
use crate::rules::incident::{Adjusted, Help, Outcome, may_decide, might_tell};
use crate::rules::measure::Channel;
use crate::rules::policy::{Policy, Reach};
use crate::rules::text::Narrative;
use crate::rules::tone::Tone;
use crate::rules::{days, routing, say, together as rules_together};
use crate::store;
use crate::store::customer::Head;
use crate::store::incident::Incident;
use crate::web::draft::{self, Kept};
use crate::web::frame::Frame;
use crate::web::ladder::{Rung, rungs};
use crate::web::menu;
use crate::web::parts::Tag;

#[derive(Template)]
#[template(path = "incident/show.html")]
struct Show {
    frame: Frame,
    customer: Head,
    incident: Incident,
    title: String,
    happened: String,
    tag: Tag,
    facts: Vec<Fact>,
    help: Option<&'static str>,
    notes: Vec<Note>,
    note_form: Option<Form>,
    rungs: Vec<Rung>,
    /// Which other process takes it, or a part of it.
    elsewhere: Vec<String>,
    needs_first: bool,
    /// Adjustments on record that were not made, where they were not.
    unmade: Option<Unmade>,
    /// Who else took part, and what was decided for them.
    together: Vec<Beside>,
    /// Whether the reader may log what somebody else did.
    may_add: bool,
    next: Next,
    form: Form,
    kept: Kept,
    changed: Option<String>,
}

/// What was left out, in words.
struct Unmade {
    /// "His adjustments were not made."
    sentence: &'static str,
    /// What we do, from the record.
    needs: String,
}

struct Note {
    iso: String,
    when: String,
    name: String,
    words: String,
}

/// What stands beside the incident.
enum Next {
    /// This reader may decide.
    Decide { outcomes: Vec<Choice>, tell: Vec<Choice> },
    /// Somebody else decides.
    Waits(String),
    /// It is decided.
    Decided { facts: Vec<Fact>, act: Act },
}

/// What this reader does after the decision.
enum Act {
    Warn(String),
    SeeWarning(String),
    /// One was written, and others have to agree first.
    SeeRequest(String),
    Propose(String),
    SeeProposal(String),
    Nothing,
}

/// The page.
pub async fn page(path: paths::Incident, Reading { mut desk, staff, around }: Reading) -> Answered {
    let note_form = blank_note(&desk);
    let (form, kept) = draft::laid_over(&mut desk, paths::IncidentDecision { id: path.id }, Form::blank()).await?;
    let page = read(desk, &staff, &around, path.id, form, note_form, None).await?;
    show(&around, &Show { kept, ..page })
}

/// Adds a note.
pub async fn note(path: paths::IncidentNotes, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let id = form.value("id").parse::<Uuid>().ok();
    let words = form.text("note", |typed| {
        Narrative::parse(typed).map_err(|error| if typed.is_empty() { "Enter your note".to_owned() } else { error.to_string() })
    });
    let (Some(id), Some(words)) = (id, words) else {
        let page = read(desk, &staff, &around, path.id, Form::blank(), form, None).await?;
        return again(&around, &page);
    };
    let to = paths::Incident { id: path.id };
    match act::note(&mut desk, path.id, id, words.as_str()).await? {
        true => done(desk, &around, Flash::good("Note added.", "It stands beside the incident."), to).await,
        false => Ok(lead_on(&around, Flash::note("Saved already.", "This note was saved before."), to)),
    }
}

/// Decides.
pub async fn decide(path: paths::IncidentDecision, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let note_form = blank_note(&desk);
    let Some(decision) = read_decision(&mut form) else {
        let changed = match act::waits_for_me(&mut desk, path.id).await {
            Ok(()) => None,
            Err(casework::Error::Changed(sentence)) => Some(sentence),
            Err(error) => return Err(error.into()),
        };
        let is_stale = changed.is_some();
        let page = read(desk, &staff, &around, path.id, form, note_form, changed).await?;
        return if is_stale { stale(&around, &page) } else { again(&around, &page) };
    };
    match act::decide(&mut desk, path.id, &decision).await {
        Ok(Decided::Before) => {
            Ok(lead_on(&around, Flash::note("Saved already.", "Your decision was saved once."), paths::Incident { id: path.id }))
        }
        Ok(Decided::Now) => {
            let told = told(&desk.policy, decision.outcome);
            done(desk, &around, Flash::good("Decision saved.", told), paths::Incident { id: path.id }).await
        }
        Err(casework::Error::Changed(sentence)) => {
            stale(&around, &read(desk, &staff, &around, path.id, form, note_form, Some(sentence)).await?)
        }
        Err(error) => {
            refusals(error, &mut form)?;
            again(&around, &read(desk, &staff, &around, path.id, form, note_form, None).await?)
        }
    }
}

fn told(policy: &Policy, outcome: Outcome) -> String {
    match outcome {
        Outcome::NoAction => "Whoever logged it can see why.".to_owned(),
        Outcome::Warning => format!("Give {} now, or find it on the worklist.", policy.words.warning.a),
        Outcome::More => "Begin the assessment now, or find it on the worklist.".to_owned(),
    }
}

fn read_decision(form: &mut Form) -> Option<Decision> {
    let outcomes: Vec<(&str, Outcome)> = Outcome::ALL.iter().map(|one| (one.key(), *one)).collect();
    let outcome = form.choice("outcome", &outcomes, "Choose what follows");
    let reasons = form.text("reasons", |typed| {
        Narrative::parse(typed).map_err(|error| if typed.is_empty() { "Enter your reasons".to_owned() } else { error.to_string() })
    });
    let weighed = form.optional("weighed", Narrative::parse)?.map(String::from).unwrap_or_default();
    let lessons = form.optional("lessons", Narrative::parse)?.map(String::from);
    let tell = form.all("tell").map(str::to_owned).collect();
    let version = form.value("version").parse().unwrap_or(0);
    Some(Decision { version, outcome: outcome?, reasons: reasons?.into(), weighed, lessons, tell })
}

fn blank_note(desk: &Desk) -> Form {
    Form::blank().with("id", desk.new_id::<Uuid>())
}

async fn read(
    mut desk: Desk,
    staff: &Staff,
    around: &Around,
    id: IncidentId,
    form: Form,
    note_form: Form,
    changed: Option<String>,
) -> Result<Show, Fault> {
    let incident = found(store::incident::find(&mut desk.tx, id).await?)?;
    let customer = found(store::customer::get(&mut desk.tx, incident.customer).await?)?;
    around.saw(&desk, staff, customer.id, "incident");
    let policy = desk.policy_of(incident.policy).await?;
    let dangers = act::dangers(&incident);
    let past =
        warning::past(&mut desk, &policy, customer.id, warning::AtHand { dangers: &dangers, behaviours: &incident.behaviours }).await?;
    let next = next(&mut desk, &policy, staff, &customer, &incident).await?;
    let unmade = unmade(&mut desk, &customer, &incident).await?;
    let together = together::of(&mut desk, &incident).await?;
    let mut frame = menu::frame(&desk, staff, around).with_form(&form);
    if !note_form.is_clean() {
        frame = frame.with_form(&note_form);
    }
    let mine = staff.id == incident.logged_by || Some(staff.id) == incident.logged_by_manager;
    let form = if form.value("version").is_empty() { form.with("version", incident.version) } else { form };
    let channel = Channel::from_key(&incident.channel);
    Ok(Show {
        title: behaviours(&policy, &incident),
        happened: format!("{}, {}", say::minute(incident.happened_at), channel.map_or("", Channel::title).to_lowercase()),
        tag: stage_tag(incident.outcome.as_deref()),
        facts: facts::of(&policy, &incident),
        help: Help::from_key(&incident.support).filter(|_| mine).map(Help::title),
        notes: incident
            .notes
            .iter()
            .map(|note| Note {
                iso: iso(note.at),
                when: say::minute_this_year(note.at, desk.today()),
                name: note.name.clone(),
                words: note.note.clone(),
            })
            .collect(),
        note_form: (staff.reach != Reach::PolicyOwner).then_some(note_form),
        rungs: rungs(&policy, &past, desk.today()),
        elsewhere: routing::of(&policy, &incident.behaviours).says(),
        needs_first: incident.behaviours.iter().any(|key| policy.behaviour.category(key).is_some_and(|one| one.needs_path_first)),
        unmade,
        together,
        may_add: LOGGING.admits(staff.reach) && rules_together::refused(&desk.policy).is_none(),
        kept: Kept::nothing(paths::IncidentDecision { id }),
        frame,
        customer,
        incident,
        next,
        form,
        changed,
    })
}

async fn unmade(desk: &mut Desk, customer: &Head, incident: &Incident) -> Result<Option<Unmade>, Fault> {
    let Some(made) = act::left_unmade(incident) else { return Ok(None) };
    let needs = store::customer::needs(&mut desk.tx, customer.id).await?;
    let needs: Vec<&str> = needs.iter().map(|need| need.to_do.as_str()).collect();
    let sentence = match (made, customer.pronoun.as_str()) {
        (Adjusted::Some, "he") => "Some of his adjustments were not made.",
        (Adjusted::Some, "she") => "Some of her adjustments were not made.",
        (Adjusted::Some, _) => "Some of their adjustments were not made.",
        (_, "he") => "His adjustments were not made.",
        (_, "she") => "Her adjustments were not made.",
        _ => "Their adjustments were not made.",
    };
    Ok(Some(Unmade { sentence, needs: say::sentences(&needs, "") }))
}

async fn next(desk: &mut Desk, policy: &Policy, staff: &Staff, customer: &Head, incident: &Incident) -> Result<Next, Fault> {
    let today = desk.today();
    let is_manager = MANAGING.admits(staff.reach);
    let history = act::history(incident);
    let person = Person { id: staff.id, roles: staff.roles.clone() };
    if let Some(outcome) = incident.outcome.as_deref().and_then(Outcome::from_key) {
        let proposes = may_propose(policy, &person, &history).is_ok();
        let waiting = store::warning_request::waiting(&mut desk.tx, incident.customer).await?;
        let may_read = |one: &store::warning_request::Waiting| OVERSEEING.admits(staff.reach) || one.asked_by == staff.id;
        let waiting = waiting.into_iter().find(|one| one.incident == Some(incident.id) && may_read(one));
        let waiting = waiting.map(|one| paths::WarningRequest { id: one.id }.to_string());
        let act = match (outcome, incident.warning, incident.proposal) {
            (Outcome::Warning, None, _) if waiting.is_some() => waiting.map_or(Act::Nothing, Act::SeeRequest),
            (Outcome::Warning, Some(id), _) => Act::SeeWarning(paths::Warning { id }.to_string()),
            (Outcome::Warning, None, _) if is_manager => {
                Act::Warn(format!("{}?customer={}&incident={}", paths::WarningNew {}, customer.reference, incident.id))
            }
            (Outcome::More, _, Some(id)) if is_manager => Act::SeeProposal(paths::Proposal { id }.to_string()),
            (Outcome::More, _, None) if is_manager && proposes => {
                Act::Propose(format!("Assess, and propose {}", policy.words.restriction.a))
            }
            _ => Act::Nothing,
        };
        return Ok(Next::Decided { facts: facts::of_decision(policy, incident, outcome, today), act });
    }
    let refusal = match may_decide(policy, &person, &history) {
        Ok(()) if is_manager => {
            return Ok(Next::Decide { outcomes: outcomes(policy, customer, incident), tell: to_tell(policy, incident, customer) });
        }
        Ok(()) => String::new(),
        Err(refusal) => refusal.to_string(),
    };
    let by = incident.due_on.map(|day| format!(" by {}", say::weekday_this_year(day, today))).unwrap_or_default();
    let whom = match &incident.waits_for {
        Some(name) => format!("{name} reads it and decides what follows{by}."),
        None => {
            let people = store::staff::list(&mut desk.tx).await?;
            let may = |line: &&store::staff::StaffLine| !line.has_left && may_decide(policy, &case::person(line), &history).is_ok();
            let names: Vec<&str> = people.iter().filter(may).map(|line| line.name.as_str()).take(3).collect();
            format!("It waits for {}{by}.", say::either(&names))
        }
    };
    Ok(Next::Waits(if is_manager { format!("{refusal} {whom}") } else { whom }))
}

/// What may follow, as the routing of the policy has it.
fn outcomes(policy: &Policy, customer: &Head, incident: &Incident) -> Vec<Choice> {
    let name = customer.formal_name();
    let routing = routing::of(policy, &incident.behaviours);
    let all = vec![
        Choice::new("no-action", "No action").hint("It is on record, and nothing follows. Say why."),
        Choice::new("warning", say::sentence(&policy.words.warning.a)).hint(format!("{name} is told what we ask. You give it next.")),
        Choice::new("more", "An assessment")
            .hint(format!("Weigh everything, and think about {}. You write it next.", policy.words.restriction.a)),
    ];
    let may = |choice: &Choice| Outcome::from_key(&choice.value).is_none_or(|outcome| routing.may_follow(outcome).is_ok());
    all.into_iter().filter(may).collect()
}

fn to_tell(policy: &Policy, incident: &Incident, customer: &Head) -> Vec<Choice> {
    let might = might_tell(policy, &act::dangers(incident), &incident.behaviours, &customer.subject);
    might.into_iter().map(|telling| Choice::new(telling.key, telling.whom).hint(telling.because)).collect()
}

fn behaviours(policy: &Policy, incident: &Incident) -> String {
    let titles: Vec<&str> =
        incident.behaviours.iter().map(|key| policy.behaviour.category(key).map_or(key.as_str(), |one| &one.title)).collect();
    titles.join("; ")
}

/// Where an incident stands.
pub fn stage_tag(outcome: Option<&str>) -> Tag {
    match outcome.and_then(Outcome::from_key) {
        None => Tag { tone: Tone::Info, mark: "clock", text: "Waiting for a decision" },
        Some(Outcome::NoAction) => Tag { tone: Tone::Quiet, mark: "", text: "No action" },
        Some(Outcome::Warning) => Tag { tone: Tone::Care, mark: "care", text: "⟦A warning⟧" },
        Some(Outcome::More) => Tag { tone: Tone::Care, mark: "pen", text: "An assessment" },
    }
}

fn iso(at: DateTime<Utc>) -> String {
    days::local(at).format("%Y-%m-%dT%H:%M").to_string()
}
