//! Log an incident: one page, filled in from what is known, read once, saved once.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::Query;

use crate::casework::desk::{Desk, Staff};
use crate::casework::found;
use crate::casework::incident::{self as act, Logged};
use crate::http::answer::{again, done, lead_on, refusals, see_other, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::id::{IncidentId, StaffId};
use crate::rules::incident::{Adjusted, Affected, Done, Harm, Help, Report, THREATS, dangers_asked, ended_early};
use crate::rules::measure::Channel;
use crate::rules::policy::{Danger, Policy, TellWhy};
use crate::rules::task::TaskKind;
use crate::rules::text::{Line, Narrative, PersonName, Reference};
use crate::rules::{days, need, say};
use crate::store;
use crate::store::customer::Head;
use crate::store::incident::StepLine;
use crate::web::frame::Frame;
use crate::web::menu;

/// What the contact answer hands on.
#[derive(serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    channel: String,
}

/// The page, with every answer it offers.
#[derive(Template)]
#[template(path = "incident/new.html")]
pub struct New {
    frame: Frame,
    form: Form,
    customer: Head,
    policy: Arc<Policy>,
    offered: Offered,
    /// "hearing, large print", where adjustments are on record.
    needs: String,
    /// When it was kept as a draft, where it was.
    kept: Option<String>,
}

/// The answers each question offers.
struct Offered {
    channels: Vec<Choice>,
    behaviours: Vec<Choice>,
    effects: Vec<Choice>,
    affected: Vec<Choice>,
    colleagues: Vec<Choice>,
    kinds: Vec<Choice>,
    harm: Vec<Choice>,
    threats: Vec<Choice>,
    dangers: Vec<Choice>,
    warned: Vec<Choice>,
    done: Vec<Choice>,
    fewer: Vec<Choice>,
    told: Vec<Choice>,
    adjusted: Vec<Choice>,
    help: Vec<Choice>,
}

impl New {
    fn about_label(&self) -> String {
        let was_he = match self.customer.pronoun.as_str() {
            "he" => "was he",
            "she" => "was she",
            _ => "were they",
        };
        format!("What {was_he} contacting us about?")
    }

    fn adjusted_label(&self) -> String {
        let his = match self.customer.pronoun.as_str() {
            "he" => "his",
            "she" => "her",
            _ => "their",
        };
        format!("Were you able to make {his} adjustments?")
    }

    fn harder_label(&self) -> String {
        let him = match self.customer.pronoun.as_str() {
            "he" => "him",
            "she" => "her",
            _ => "them",
        };
        format!("Did anything make it harder for {him} to communicate?")
    }

    fn side_label(&self) -> String {
        format!("What did {} say about it?", self.customer.formal_name())
    }

    /// "The policy asks for 2 warnings first."
    fn needed(&self) -> String {
        format!(
            "{} asks for {} first.",
            say::sentence(&self.policy.words.our_policy),
            say::count(*self.policy.call_ending.warnings, "warning", "warnings")
        )
    }

    fn asks_why(&self) -> bool {
        *self.policy.call_ending.tell_why != TellWhy::No
    }
}

/// The customer comes first: find them.
pub async fn find_first(_: paths::IncidentNew, _: Reading) -> Answered {
    Ok(see_other(paths::Check {}))
}

/// The page, filled in.
pub async fn form(path: paths::IncidentNewFor, Query(asked): Query<Asked>, Reading { mut desk, staff, around }: Reading) -> Answered {
    let customer = found(store::customer::find(&mut desk.tx, &path.customer.0).await?)?;
    around.saw(&desk, &staff, customer.id, "log an incident");
    let steps = act::open_steps(&mut desk, customer.id).await?;
    let draft = store::incident::draft::find(&mut desk.tx, staff.id, customer.id).await?;
    let kept = draft.as_ref().map(|draft| say::minute_this_year(draft.saved_at, desk.today()));
    let form = draft.map_or_else(|| filled_in(&desk, &asked, &steps), |draft| Form::from_pairs(draft.typed));
    let page = page(desk, &staff, &around, customer, form, &steps).await?;
    show(&around, &New { kept, ..page })
}

/// Saves it.
pub async fn save(path: paths::IncidentNewFor, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let customer = found(store::customer::find(&mut desk.tx, &path.customer.0).await?)?;
    let people = store::staff::list(&mut desk.tx).await?;
    let steps = act::open_steps(&mut desk, customer.id).await?;
    let has_needs = !store::customer::needs(&mut desk.tx, customer.id).await?.is_empty();
    let Some(report) = read(&mut form, &desk, &staff, &people, has_needs) else {
        form.in_order(&IN_ORDER);
        return again(&around, &page(desk, &staff, &around, customer, form, &steps).await?);
    };
    match act::log(&mut desk, &customer, &report).await {
        Ok(Logged::Now { manager, must_tell }) => {
            let flash =
                Flash::good("Incident saved.", saved(manager.as_deref(), &must_tell.iter().map(|one| one.kind).collect::<Vec<_>>()));
            done(desk, &around, flash, paths::Incident { id: report.id }).await
        }
        Ok(Logged::Before) => {
            let flash = Flash::note("Saved already.", "This incident was saved before, so it was not saved again.");
            Ok(lead_on(&around, flash, paths::Incident { id: report.id }))
        }
        Ok(Logged::Same(id)) => {
            let says = "You logged the same words a moment ago. This is that incident; nothing was saved again.";
            Ok(lead_on(&around, Flash::note("Saved already.", says), paths::Incident { id }))
        }
        Err(error) => {
            refusals(error, &mut form)?;
            form.in_order(&IN_ORDER);
            again(&around, &page(desk, &staff, &around, customer, form, &steps).await?)
        }
    }
}

fn saved(manager: Option<&str>, must_tell: &[TaskKind]) -> String {
    let who = manager.unwrap_or("A manager");
    let mut text = format!("{who} has been told.");
    if must_tell.contains(&TaskKind::Police) {
        text += " The police have to be told too: that is on the same worklist for today.";
    }
    text
}

/// What the system knows, and nothing else: when, how, what was pressed during the contact, and who logs it.
fn filled_in(desk: &Desk, asked: &Asked, steps: &[StepLine]) -> Form {
    let began = days::local(steps.first().map_or(desk.now, |step| step.at));
    let mut form = Form::blank()
        .with("id", desk.new_id::<IncidentId>())
        .with("channel", &asked.channel)
        .with("date", began.format("%Y-%m-%d"))
        .with("time", began.format("%H:%M"))
        .with("affected", "me");
    for step in steps {
        form = match step.step {
            0 => form.with("done", "ended"),
            number => form.with("warned", number),
        };
    }
    form
}

async fn page(mut desk: Desk, staff: &Staff, around: &Around, customer: Head, form: Form, steps: &[StepLine]) -> Result<New, Fault> {
    let needs = store::customer::needs(&mut desk.tx, customer.id).await?;
    let titles: Vec<&str> = needs.iter().filter_map(|line| need::NeedKind::from_key(&line.kind)).map(need::NeedKind::title).collect();
    let people = store::staff::list(&mut desk.tx).await?;
    let colleagues = people.iter().filter(|line| !line.has_left && line.id != staff.id);
    let policy = desk.policy.clone();
    let offered = Offered {
        channels: policy.people.channels.iter().map(|channel| Choice::new(channel.key(), channel.title())).collect(),
        behaviours: policy.behaviour.categories.iter().map(|one| Choice::new(&one.key, &one.title).hint(examples(&one.examples))).collect(),
        effects: policy.behaviour.effects.iter().map(|one| Choice::new(&one.key, &one.title)).collect(),
        affected: vec![Choice::new("me", format!("Me, {}", staff.name)), Choice::new("else", "Somebody else").reveals()],
        colleagues: colleagues.map(|line| Choice::new(line.id.to_string(), &line.name)).collect(),
        kinds: policy.people.affected.iter().map(|kind| Choice::new(&kind.key, &kind.title)).collect(),
        harm: Harm::ALL.iter().map(|harm| with_reveal(Choice::new(harm.key(), harm.title()), *harm != Harm::None)).collect(),
        threats: THREATS.iter().map(|danger| Choice::new(danger.key(), danger.title())).collect(),
        dangers: besides(&policy).into_iter().map(|danger| Choice::new(danger.key(), danger.title())).collect(),
        warned: warned(&policy, steps),
        done: what_was_done(steps),
        fewer: fewer(&policy),
        told: vec![Choice::new("yes", "Yes"), Choice::new("no", "No")],
        adjusted: Adjusted::ALL.iter().map(|one| Choice::new(one.key(), one.title())).collect(),
        help: Help::ALL.iter().map(|one| Choice::new(one.key(), one.title())).collect(),
    };
    let frame = menu::frame(&desk, staff, around).with_form(&form);
    Ok(New { frame, form, customer, policy, offered, needs: say::list(&titles).to_lowercase(), kept: None })
}

/// What else about safety matters somewhere in this policy.
fn besides(policy: &Policy) -> Vec<Danger> {
    dangers_asked(policy).into_iter().filter(|danger| !THREATS.contains(danger)).collect()
}

fn examples(all: &[String]) -> String {
    all.iter().take(2).map(String::as_str).collect::<Vec<_>>().join("; ")
}

fn with_reveal(choice: Choice, reveals: bool) -> Choice {
    if reveals { choice.reveals() } else { choice }
}

/// A tick for each warning the policy asks, and for any more that were spoken.
fn warned(policy: &Policy, steps: &[StepLine]) -> Vec<Choice> {
    const NTH: [&str; 9] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
    let spoken = steps.iter().map(|step| usize::try_from(step.step).unwrap_or(0)).max().unwrap_or(0);
    let count = usize::from(*policy.call_ending.warnings).max(spoken).min(NTH.len());
    (1..=count)
        .map(|number| {
            let at = steps.iter().find(|step| usize::try_from(step.step) == Ok(number)).map(|step| say::time(days::time_of(step.at)));
            Choice::new(number.to_string(), format!("Gave a {} warning", NTH[number - 1])).hint(at.unwrap_or_default())
        })
        .collect()
}

fn what_was_done(steps: &[StepLine]) -> Vec<Choice> {
    let ended_at = steps.iter().find(|step| step.step == 0).map(|step| say::time(days::time_of(step.at)));
    let ended = Choice::new("ended", "Ended the contact").hint(ended_at.unwrap_or_default()).reveals();
    std::iter::once(ended).chain(Done::ALL.iter().map(|done| Choice::new(done.key(), done.title()))).collect()
}

const ANOTHER: &str = "Another reason, told in what happened";

fn fewer(policy: &Policy) -> Vec<Choice> {
    if *policy.call_ending.warnings == 0 {
        return Vec::new();
    }
    let named = policy.call_ending.fewer.iter().map(|reason| Choice::new(&reason.key, &reason.say));
    named.chain([Choice::new("another", ANOTHER)]).collect()
}

/// The fields as they stand on the page.
const IN_ORDER: [&str; 23] = [
    "channel",
    "date",
    "time",
    "about",
    "behaviours",
    "what",
    "effects",
    "affected",
    "colleague",
    "name",
    "kind",
    "harm",
    "threats",
    "police",
    "dangers",
    "warned",
    "done",
    "fewer",
    "told",
    "not_told",
    "adjusted",
    "harder",
    "support",
];

/// What was typed, as a report; nothing when something is missing or at odds, and every such field then says why, all at once.
fn read(form: &mut Form, desk: &Desk, staff: &Staff, people: &[store::staff::StaffLine], has_needs: bool) -> Option<Report> {
    let policy = &desk.policy;
    let id = form.value("id").parse::<IncidentId>().ok();
    if id.is_none() {
        form.refuse("This page is no longer good. Copy what you wrote, open the page again, and paste it there");
    }
    let channels: Vec<(&str, Channel)> = policy.people.channels.iter().map(|channel| (channel.key(), *channel)).collect();
    let channel = form.choice("channel", &channels, "Choose how the contact was made");
    let day = form.date("date", "Enter the date of the contact");
    let time = form.time("time", "Enter the time it started, such as 11:42am");
    let about = form.text("about", |typed| Line::parse(typed).map_err(|error| missing(typed, error, "Enter what it was about")));
    let categories: Vec<(&str, String)> = policy.behaviour.categories.iter().map(|one| (one.key.as_str(), one.key.clone())).collect();
    let behaviours = form.some_choices("behaviours", &categories, "Choose what you saw or heard");
    let what = form.text("what", |typed| Narrative::parse(typed).map_err(|error| missing(typed, error, "Enter what was said and done")));
    let effects: Vec<(&str, String)> = policy.behaviour.effects.iter().map(|one| (one.key.as_str(), one.key.clone())).collect();
    let effects = form.choices("effects", &effects);
    let affected = read_affected(form, policy, staff, people);
    let harm = form.choice("harm", &keyed(Harm::ALL, Harm::key), "Choose whether anyone was threatened or hurt");
    let named = keyed(Danger::ALL, Danger::key);
    let dangers: Vec<Danger> = form.choices("threats", &named).into_iter().chain(form.choices("dangers", &named)).collect();
    let police = form.optional("police", Reference::parse).flatten().map(String::from);
    let warnings =
        BTreeSet::from_iter(form.all("warned").filter_map(|number| number.parse::<u8>().ok()).filter(|number| (1..=9).contains(number)));
    let ending = read_ending(form, policy);
    let adjusted = Adjusted::from_key(form.value("adjusted"));
    let harder = form.optional("harder", Narrative::parse).flatten().map(String::from);
    let side = form.optional("side", Narrative::parse).flatten().map(String::from);
    let help = form.choice("support", &keyed(Help::ALL, Help::key), "Choose whether you would like some support");
    let warnings = u8::try_from(warnings.len()).unwrap_or(9);
    // Where a field could not be read, what stands for it here is never kept: it lets the other fields be looked at all the same.
    let report = Report {
        id: id.unwrap_or_else(|| desk.new_id()),
        happened_at: day.zip(time).map_or(desk.now, |(day, time)| days::at(day, time)),
        channel: channel.unwrap_or(Channel::Phone),
        about: about.map(String::from).unwrap_or_default(),
        behaviours: behaviours.unwrap_or_default(),
        effects,
        affected: affected.unwrap_or_default(),
        what: what.map(String::from).unwrap_or_default(),
        harm: harm.unwrap_or(Harm::None),
        dangers,
        police_reference: police.filter(|_| harm != Some(Harm::None)),
        warnings,
        ended: ending.ended,
        fewer_because: ending.fewer.filter(|_| ended_early(policy, ending.ended, warnings)),
        reason_told: ending.told,
        not_told_because: ending.not_told,
        done: form.choices("done", &keyed(Done::ALL, Done::key)),
        adjusted,
        made_it_harder: harder,
        customers_side: side,
        help: help.unwrap_or(Help::Fine),
    };
    let any_has_effect = policy.behaviour.categories.iter().all(|one| !one.effects_needed.is_empty());
    if report.behaviours.is_empty() && report.effects.is_empty() && any_has_effect {
        form.wrong("effects", "Choose what effect it had");
    }
    for (field, sentence) in report.wants(policy, desk.now, has_needs) {
        let is_told = field == "affected" && ["colleague", "name", "kind"].iter().any(|part| form.error(part).is_some());
        if form.error(field).is_none() && !is_told {
            form.wrong(field, sentence);
        }
    }
    form.is_clean().then_some(report)
}

struct Ending {
    ended: bool,
    fewer: Option<String>,
    told: Option<bool>,
    not_told: Option<String>,
}

/// Answers about the ending count only where the contact was ended.
fn read_ending(form: &mut Form, policy: &Policy) -> Ending {
    if !form.has("done", "ended") {
        return Ending { ended: false, fewer: None, told: None, not_told: None };
    }
    let fewer = match form.value("fewer") {
        "another" => Some(ANOTHER.to_owned()),
        key => policy.call_ending.fewer.iter().find(|reason| reason.key == key).map(|reason| reason.say.clone()),
    };
    let told = match form.value("told") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let not_told = form.optional("not_told", Line::parse).flatten().map(String::from).filter(|_| told == Some(false));
    Ending { ended: true, fewer, told: told.filter(|_| *policy.call_ending.tell_why != TellWhy::No), not_told }
}

/// Me, a colleague, somebody else: each where they were named.
fn read_affected(form: &mut Form, policy: &Policy, staff: &Staff, people: &[store::staff::StaffLine]) -> Option<Vec<Affected>> {
    let ours = policy.people.affected.first().map(|kind| kind.key.clone()).unwrap_or_default();
    let mut affected = Vec::new();
    if form.has("affected", "me") {
        affected.push(Affected { kind: ours.clone(), staff: Some(staff.id), name: staff.name.clone() });
    }
    if !form.has("affected", "else") {
        return Some(affected);
    }
    let colleague = form.value("colleague").parse::<StaffId>().ok().and_then(|id| people.iter().find(|line| line.id == id));
    if let Some(line) = colleague {
        affected.push(Affected { kind: ours, staff: Some(line.id), name: line.name.clone() });
    }
    let name = form.optional("name", PersonName::parse)?;
    if let Some(name) = name {
        let kinds: Vec<(&str, String)> = policy.people.affected.iter().map(|kind| (kind.key.as_str(), kind.key.clone())).collect();
        let kind = form.choice("kind", &kinds, "Choose who they are to us")?;
        affected.push(Affected { kind, staff: None, name: name.into() });
    } else if colleague.is_none() {
        form.wrong("colleague", "Choose the colleague, or enter the name of somebody else");
        return None;
    }
    Some(affected)
}

fn keyed<T: Copy>(all: &[T], key: fn(T) -> &'static str) -> Vec<(&'static str, T)> {
    all.iter().map(|one| (key(*one), *one)).collect()
}

/// The sentence of this page for an empty field; the reader's own for anything else.
fn missing(typed: &str, error: impl std::fmt::Display, sentence: &str) -> String {
    if typed.is_empty() { sentence.to_owned() } else { error.to_string() }
}
