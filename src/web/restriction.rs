//! One restriction: what holds, why, for how long, what became of it; ending it early, and moving it to a newer policy.

mod policy;

use askama::Template;

use super::frame::Frame;
use super::menu;
use super::promised::{self, Promised};
use crate::casework::desk::{Desk, Staff};
use crate::casework::restriction::may_end;
use crate::casework::{self, found};
use crate::http::answer::{again, done, refusals, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Posted, Reading};
use crate::http::doors::{CASEWORK, DECIDING, Doors, LOGGING, MANAGING};
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths;
use crate::rules::answer::Rulebook;
use crate::rules::appeal;
use crate::rules::challenge::{self, Challenged};
use crate::rules::days;
use crate::rules::event::Link;
use crate::rules::id::RestrictionId;
use crate::rules::policy::{Policy, WindowFrom};
use crate::rules::restriction::{Stage, State, state};
use crate::rules::restriction_rest::{self, OpenAppeal};
use crate::rules::say;
use crate::rules::text::Narrative;
use crate::store;
use crate::store::customer::Head;
use crate::store::restriction::{Happened, Restriction, Surroundings};

/// One restriction, and its early end.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::Restriction, _>(CASEWORK, show_one)
        .page::<paths::RestrictionEnd, _>(DECIDING, ask_to_end)
        .act::<paths::RestrictionEnd, _>(DECIDING, end)
        .page::<paths::RestrictionPolicy, _>(MANAGING, policy::ask)
        .act::<paths::RestrictionPolicy, _>(MANAGING, policy::save)
}

#[derive(Template)]
#[template(path = "restriction/show.html")]
struct Show {
    frame: Frame,
    customer: Head,
    heading: String,
    first_line: String,
    state: State,
    word: String,
    terms_heading: &'static str,
    terms: Vec<String>,
    grounds: String,
    decision: Option<Words>,
    ending: Option<Words>,
    sent_back: Option<Words>,
    promised: Vec<Promised>,
    dates: Vec<(&'static str, String)>,
    links: Vec<(String, String)>,
    may_end: bool,
    may_move: bool,
    id: RestrictionId,
    history: Vec<Entry>,
}

/// Somebody's reasons, under a line that says who they are.
struct Words {
    who: String,
    reasons: String,
}

/// One line of the history.
struct Entry {
    tone: &'static str,
    mark: &'static str,
    title: String,
    text: String,
    iso: String,
    when: String,
    who: String,
    href: String,
    /// The month, where the entry is the first of it.
    month: String,
}

async fn show_one(path: paths::Restriction, Reading { mut desk, staff, around }: Reading) -> Answered {
    let restriction = found(store::restriction::find(&mut desk.tx, path.id).await?)?;
    let customer = found(store::customer::get(&mut desk.tx, restriction.customer).await?)?;
    around.saw(&desk, &staff, customer.id, "restriction");
    let beside = store::restriction::surroundings(&mut desk.tx, path.id).await?;
    let history = store::restriction::history(&mut desk.tx, path.id).await?;
    let terms = store::term::list(&mut desk.tx, path.id).await?;
    let policy = desk.policy_of(restriction.policy).await?;
    let may_end = restriction.stage == Stage::InForce && DECIDING.admits(staff.reach) && may_end(&mut desk, &restriction).await?.is_ok();
    let open = beside.appeal.map(|_| OpenAppeal { waits_to_be_admitted: beside.appeal_waits_to_be_admitted });
    let is_suspended = restriction_rest::is_suspended(&policy, open, beside.sent_back_at.is_some());
    let page = Show {
        frame: menu::frame(&desk, &staff, &around),
        heading: heading(&desk, &policy, &restriction, &customer, &beside, is_suspended),
        first_line: first_line(&desk, &policy, &restriction, &customer, &beside, is_suspended),
        state: state(restriction.stage, last_day(&desk, &policy, &restriction), is_suspended, desk.today(), &Rulebook::of(&policy).limited),
        word: policy.words.restriction.one.clone(),
        terms_heading: terms_heading(restriction.stage),
        terms: terms.iter().map(|line| line.term.sentence_for_staff()).collect(),
        grounds: restriction.grounds.clone().unwrap_or_default(),
        decision: decision(&restriction, &beside),
        ending: ending(&restriction, &beside),
        sent_back: sent_back(&beside),
        promised: promised::of(&mut desk, &restriction).await?,
        dates: dates(&desk, &policy, &restriction, &beside),
        links: links(&policy, &restriction, &beside, &staff, has_lapsed(&desk, &policy, &restriction)),
        may_end,
        may_move: may_end && restriction.policy != desk.policy_version,
        id: path.id,
        history: entries(history, &desk),
        customer,
    };
    show(&around, &page)
}

fn heading(desk: &Desk, policy: &Policy, restriction: &Restriction, customer: &Head, beside: &Surroundings, is_suspended: bool) -> String {
    let name = customer.full_name();
    match restriction.stage {
        Stage::InForce if is_over(desk, policy, restriction) => ended(policy, &name),
        Stage::InForce if is_suspended => format!("Contact with {name} is as normal while {}", heard(beside)),
        Stage::InForce => match restriction.ends_on {
            Some(last) => format!("Contact with {name} is limited until {}", say::day(last)),
            None => format!("Contact with {name} is limited, with no end date"),
        },
        Stage::Lifted | Stage::Quashed => ended(policy, &name),
        Stage::Declined => format!("Contact with {name} stayed as it was"),
        Stage::Draft | Stage::AwaitingApproval | Stage::SentBack => format!("Contact with {name} is not limited by this yet"),
    }
}

const fn heard(beside: &Surroundings) -> &'static str {
    if beside.sent_back_at.is_some() { "it is decided again" } else { "an appeal is heard" }
}

/// Of this restriction alone: another may go on.
fn ended(policy: &Policy, name: &str) -> String {
    format!("The {} with {name} has ended", policy.words.restriction.one)
}

const fn terms_heading(stage: Stage) -> &'static str {
    match stage {
        Stage::InForce => "What was decided",
        Stage::Lifted | Stage::Quashed => "What held until then",
        Stage::Declined => "What was asked for",
        Stage::Draft | Stage::AwaitingApproval | Stage::SentBack => "What is asked for",
    }
}

fn last_day(desk: &Desk, policy: &Policy, restriction: &Restriction) -> Option<chrono::NaiveDate> {
    restriction_rest::last_day(policy, restriction.ends_on, restriction.review_on, desk.today())
}

fn is_over(desk: &Desk, policy: &Policy, restriction: &Restriction) -> bool {
    crate::rules::restriction::is_over(last_day(desk, policy, restriction), desk.today())
}

/// Whether it has ended by itself, because its review was missed.
fn has_lapsed(desk: &Desk, policy: &Policy, restriction: &Restriction) -> bool {
    let review = restriction.review_on.filter(|_| restriction.stage == Stage::InForce);
    restriction_rest::lapsed_on(policy, review, desk.today()).is_some()
}

/// What the reader does with it.
fn first_line(
    desk: &Desk,
    policy: &Policy,
    restriction: &Restriction,
    customer: &Head,
    beside: &Surroundings,
    is_suspended: bool,
) -> String {
    let (name, word) = (customer.formal_name(), &policy.words.restriction.one);
    match restriction.stage {
        Stage::InForce if has_lapsed(desk, policy, restriction) => {
            format!("The {word} ended by itself, because its review was missed. Do not apply it.")
        }
        Stage::InForce if is_over(desk, policy, restriction) => {
            format!("The {word} ended. Do not apply it. Its review is still to be held.")
        }
        Stage::InForce if is_suspended => {
            let waits = if beside.sent_back_at.is_some() {
                "It is decided again after an appeal. Until then"
            } else {
                "An appeal is being heard. Until it is answered"
            };
            format!("{waits} the {word} is not applied: contact is as normal.")
        }
        Stage::InForce => {
            format!("Check what you may do before you contact {name}. The answer changes with the hour and the way of contact.")
        }
        Stage::Lifted => format!("The {word} was ended. Do not apply it."),
        Stage::Quashed => format!("The {word} was quashed on appeal. Do not apply it, and do not count it against {name}."),
        Stage::Declined => "It was asked for and declined. Nothing follows from it.".to_owned(),
        Stage::AwaitingApproval => "It waits for a decision. Until then contact stays as it is.".to_owned(),
        Stage::Draft | Stage::SentBack => "It is still being written. Contact stays as it is.".to_owned(),
    }
}

fn decision(restriction: &Restriction, beside: &Surroundings) -> Option<Words> {
    let verb = if restriction.stage == Stage::Declined { "Declined" } else { "Decided" };
    let job = beside.decided_by_job.as_deref().unwrap_or_default();
    let who = format!("{verb} by {}, {job}", beside.decided_by.as_deref()?);
    Some(Words { who, reasons: restriction.decision_reasons.clone()? })
}

fn ending(restriction: &Restriction, beside: &Surroundings) -> Option<Words> {
    let on = say::day(days::day_of(restriction.ended_at?));
    let who = beside.ended_by.as_ref().map_or_else(|| format!("Ended by itself: over on {on}"), |by| format!("Ended by {by} on {on}"));
    Some(Words { who, reasons: restriction.end_reasons.clone()? })
}

/// Where the decision was sent back on appeal: until when it is made again, and what must be looked at.
fn sent_back(beside: &Surroundings) -> Option<Words> {
    let (on, by) = (say::day(days::day_of(beside.sent_back_at?)), say::weekday(beside.review_due?));
    Some(Words { who: format!("Sent back on appeal on {on}: it is decided again by {by}"), reasons: beside.look_at.clone()? })
}

fn dates(desk: &Desk, policy: &Policy, restriction: &Restriction, beside: &Surroundings) -> Vec<(&'static str, String)> {
    let mut dates = vec![("Asked for by", beside.proposed_by.clone())];
    let Some(started) = restriction.in_force_at else { return dates };
    dates.push(("In force since", say::minute_this_year(started, desk.today())));
    let has_lapsed = has_lapsed(desk, policy, restriction);
    if let Some(due) = beside.review_due {
        let missed = if has_lapsed { "missed" } else { "late" };
        dates.push(("Review", if due < desk.today() { format!("{}, {missed}", say::weekday(due)) } else { say::weekday(due) }));
    }
    match (restriction.ended_at, last_day(desk, policy, restriction)) {
        (Some(ended), _) => dates.push(("Ended", say::minute_this_year(ended, desk.today()))),
        (None, Some(last)) => dates.push(("Last day", say::weekday(last))),
        (None, None) => dates.push(("Last day", "None".to_owned())),
    }
    if restriction.stage == Stage::InForce && !has_lapsed {
        dates.push(("Appeal", appeal_until(policy, restriction, started, beside)));
    }
    dates
}

fn appeal_until(policy: &Policy, restriction: &Restriction, started: chrono::DateTime<chrono::Utc>, beside: &Surroundings) -> String {
    if challenge::profile(policy, Challenged::Restriction).is_none() && restriction.appeal_promised_on.is_none() {
        return "None by the policy".to_owned();
    }
    let challenge = &policy.challenge.appeal;
    if *challenge.window_from == WindowFrom::Sent && challenge.window.length().is_some() && beside.notice_sent_at.is_none() {
        return format!("{} from {}, which is still to come", *challenge.window, challenge.window_from.title());
    }
    let sent = beside.notice_sent_at.map_or_else(|| days::day_of(started), days::day_of);
    let counted = appeal::window(policy, days::day_of(started), sent).map(|deadline| deadline.due);
    let promised = appeal::Promised::of(restriction.appeal_promised_on, restriction.appeal_by);
    say::sentence(&appeal::when_words(appeal::last_day(promised, counted)))
}

fn links(policy: &Policy, restriction: &Restriction, beside: &Surroundings, staff: &Staff, has_lapsed: bool) -> Vec<(String, String)> {
    let holds = restriction.stage == Stage::InForce && !has_lapsed;
    let (decides, logs) = (DECIDING.admits(staff.reach), LOGGING.admits(staff.reach));
    let appealable = challenge::profile(policy, Challenged::Restriction).is_some() || restriction.appeal_promised_on.is_some();
    let mut links = Vec::new();
    let mut add = |href: String, text: &str| links.push((href, text.to_owned()));
    match restriction.stage {
        Stage::Draft | Stage::SentBack if decides => add(paths::Proposal { id: restriction.id }.to_string(), "Go on with the proposal"),
        Stage::AwaitingApproval if decides => add(paths::Approval { id: restriction.id }.to_string(), "Read it and decide"),
        _ => {}
    }
    if let Some(id) = beside.notice {
        add(paths::Letter { id }.to_string(), "Read the notice letter");
    }
    if let Some(id) = beside.review.filter(|_| decides) {
        add(paths::Review { id }.to_string(), "See the review");
    }
    if let Some(id) = beside.review.filter(|_| logs && holds) {
        add(paths::ReviewRequest { id }.to_string(), "Log a request for an early review");
    }
    if let Some(id) = beside.undertaking {
        add(paths::Undertaking { id }.to_string(), "Read the undertaking, or record that it was signed");
    }
    match beside.reconsideration {
        Some(id) => add(paths::Reconsideration { id }.to_string(), "Read the request to look again"),
        None if logs && restriction.stage == Stage::InForce && policy.challenge.reconsideration.is_some() => {
            add(format!("{}?restriction={}", paths::ReconsiderationNew {}, restriction.id), "The customer asks us to look again")
        }
        None => {}
    }
    match beside.appeal {
        Some(id) => add(paths::Appeal { id }.to_string(), "Read the appeal that is open"),
        None if holds && appealable && beside.sent_back_at.is_none() => {
            add(format!("{}?restriction={}", paths::AppealNew {}, restriction.id), "Log an appeal")
        }
        None => {}
    }
    links
}

fn entry(one: Happened, desk: &Desk) -> Entry {
    let line = one.event.line();
    Entry {
        tone: line.tone.key(),
        mark: line.icon,
        title: line.title,
        text: line.text,
        iso: one.at.to_rfc3339(),
        when: say::minute_this_year(one.at, desk.today()),
        who: one.by.unwrap_or_default(),
        href: line.link.map_or_else(String::new, href),
        month: days::day_of(one.at).format("%B %Y").to_string(),
    }
}

/// Names each month once, above its first entry.
fn entries(history: Vec<Happened>, desk: &Desk) -> Vec<Entry> {
    let mut named = String::new();
    let mut entries: Vec<Entry> = history.into_iter().map(|one| entry(one, desk)).collect();
    for entry in &mut entries {
        if entry.month == named {
            entry.month.clear();
        } else {
            named.clone_from(&entry.month);
        }
    }
    entries
}

/// Where an event leads, unless it leads here.
fn href(link: Link) -> String {
    match link {
        Link::Incident(id) => paths::Incident { id }.to_string(),
        Link::Letter(id) => paths::Letter { id }.to_string(),
        Link::Restriction(_) => String::new(),
        Link::Appeal(id) => paths::Appeal { id }.to_string(),
        Link::Reconsideration(id) => paths::Reconsideration { id }.to_string(),
        Link::Review(id) => paths::Review { id }.to_string(),
        Link::Undertaking(id) => paths::Undertaking { id }.to_string(),
        Link::Warning(id) => paths::Warning { id }.to_string(),
    }
}

#[derive(Template)]
#[template(path = "restriction/end.html")]
struct End {
    frame: Frame,
    form: Form,
    id: RestrictionId,
    customer: Head,
    word: String,
    terms: Vec<String>,
    has_block: bool,
    until: String,
    review: String,
}

async fn ask_to_end(path: paths::RestrictionEnd, Reading { mut desk, staff, around }: Reading) -> Answered {
    let restriction = ending_of(&mut desk, path.id).await?;
    let form = Form::blank().with("version", restriction.version);
    let frame = menu::frame(&desk, &staff, &around);
    around.saw(&desk, &staff, restriction.customer, "restriction");
    show(&around, &end_page(&mut desk, frame, form, &restriction).await?)
}

async fn end(path: paths::RestrictionEnd, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let restriction = ending_of(&mut desk, path.id).await?;
    let reasons = form.text("reason", |typed| reasons(typed, "Enter your reasons"));
    let version = form.value("version").parse().unwrap_or(-1);
    if let Some(reasons) = reasons {
        match casework::restriction::end_early(&mut desk, path.id, version, &reasons).await {
            Ok(letter) => {
                let flash = Flash::good("Ended.", "Contact is as it was, from this minute. The letter that says so is ready to send.");
                return done(desk, &around, flash, paths::Letter { id: letter }).await;
            }
            Err(error) => refusals(error, &mut form)?,
        }
    }
    let frame = menu::frame(&desk, &staff, &around).with_form(&form);
    again(&around, &end_page(&mut desk, frame, form, &restriction).await?)
}

/// Reasons, in somebody's own words. An empty field is the sentence.
pub(super) fn reasons(typed: &str, missing: &str) -> Result<String, String> {
    match typed.is_empty() {
        true => Err(missing.to_owned()),
        false => Narrative::parse(typed).map(|words| words.to_string()).map_err(|fault| fault.to_string()),
    }
}

/// The restriction, if it is in force and this person may end it.
async fn ending_of(desk: &mut Desk, id: RestrictionId) -> Result<Restriction, Fault> {
    let restriction = found(store::restriction::find(&mut desk.tx, id).await?)?;
    if restriction.stage != Stage::InForce {
        return Err(casework::restriction::changed(desk, id).await.into());
    }
    may_end(desk, &restriction).await?.map_err(Fault::Forbidden)?;
    Ok(restriction)
}

async fn end_page(desk: &mut Desk, frame: Frame, form: Form, restriction: &Restriction) -> Result<End, Fault> {
    let policy = desk.policy_of(restriction.policy).await?;
    let terms = store::term::list(&mut desk.tx, restriction.id).await?;
    Ok(End {
        frame,
        form,
        id: restriction.id,
        customer: found(store::customer::get(&mut desk.tx, restriction.customer).await?)?,
        word: policy.words.restriction.one.clone(),
        has_block: terms.iter().any(|line| line.term.blocks().is_some()),
        terms: terms.iter().map(|line| line.term.sentence_for_staff()).collect(),
        until: restriction.ends_on.map_or_else(|| "has no last day".to_owned(), |last| format!("would have run until {}", say::day(last))),
        review: restriction.review_on.map(say::day).unwrap_or_default(),
    })
}
