//! The plain lists of a record: incidents, restrictions and warnings, letters, who has looked.

use askama::Template;

use super::head::{Record, Tab};
use crate::casework::desk::Desk;
use crate::http::answer::show;
use crate::http::desk::Reading;
use crate::http::doors::{CASEWORK, Doors, LOGGING, MANAGING};
use crate::http::fault::Answered;
use crate::http::paths;
use crate::rules::answer::Rulebook;
use crate::rules::ladder::{self, Taken};
use crate::rules::measure::Channel;
use crate::rules::policy::Policy;
use crate::rules::restriction::{self, Stage};
use crate::rules::tone::Tone;
use crate::rules::{days, say};
use crate::store;
use crate::store::customer_tabs::{IncidentLine, LetterLine, RestrictionLine, WarningLine};
use crate::web::contact::when;
use crate::web::frame::Frame;
use crate::web::menu;

/// One door for each list.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::CustomerIncidents, _>(CASEWORK, incidents)
        .page::<paths::CustomerRestriction, _>(CASEWORK, restrictions)
        .page::<paths::CustomerLetters, _>(CASEWORK, letters)
        .page::<paths::CustomerAccess, _>(CASEWORK, access)
}

const MOST: i64 = 100;

#[derive(Template)]
#[template(path = "customer/incidents.html")]
struct Incidents {
    frame: Frame,
    record: Record,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "customer/restriction.html")]
struct Restrictions {
    frame: Frame,
    record: Record,
    /// The landlord's word, several of them.
    many: String,
    rows: Vec<Row>,
    /// Where to log that the customer asks us to look again, for each one in force: address and words.
    asks: Vec<(String, String)>,
    warnings: Vec<Row>,
}

#[derive(Template)]
#[template(path = "customer/letters.html")]
struct Letters {
    frame: Frame,
    record: Record,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "customer/access.html")]
struct Access {
    frame: Frame,
    record: Record,
    rows: Vec<Look>,
}

/// A line that leads to a record of its own.
pub struct Row {
    pub href: String,
    pub title: String,
    pub sub: String,
    pub when: String,
    pub who: String,
    pub tone: Tone,
    pub mark: &'static str,
    pub state: String,
}

struct Look {
    when: String,
    who: String,
    job_title: String,
    page: String,
}

async fn incidents(path: paths::CustomerIncidents, Reading { mut desk, staff, around }: Reading) -> Answered {
    let (record, facts) = Record::read(&mut desk, &staff, &path.customer, Tab::Incidents).await?;
    around.saw(&desk, &staff, facts.head.id, "incidents");
    let lines = store::customer_tabs::incidents(&mut desk.tx, facts.head.id, MOST).await?;
    let rows = lines.into_iter().map(|line| incident(&desk, line)).collect();
    show(&around, &Incidents { frame: menu::frame(&desk, &staff, &around), record, rows })
}

fn incident(desk: &Desk, line: IncidentLine) -> Row {
    let titles: Vec<&str> =
        line.behaviours.iter().filter_map(|key| desk.policy.behaviour.category(key)).map(|one| one.title.as_str()).collect();
    let (tone, mark, state) = match line.outcome.as_deref() {
        None => (Tone::Info, "clock", "Waiting for a manager"),
        Some("no-action") => (Tone::Ok, "tick", "No action"),
        Some("warning") => (Tone::Care, "care", "A warning follows"),
        Some(_) => (Tone::Care, "care", "An assessment follows"),
    };
    Row {
        href: paths::Incident { id: line.id }.to_string(),
        title: match titles.is_empty() {
            true => "Incident".to_owned(),
            false => say::sentence(&say::list(&titles)),
        },
        sub: Channel::from_key(&line.channel).map_or("", Channel::title).to_owned(),
        when: when(line.happened_at, desk.today()),
        who: line.logged_by,
        tone,
        mark,
        state: state.to_owned(),
    }
}

async fn restrictions(path: paths::CustomerRestriction, Reading { mut desk, staff, around }: Reading) -> Answered {
    let (record, facts) = Record::read(&mut desk, &staff, &path.customer, Tab::Restriction).await?;
    around.saw(&desk, &staff, facts.head.id, "restriction");
    let today = desk.today();
    let lines = store::customer_tabs::restrictions(&mut desk.tx, facts.head.id, today, MOST).await?;
    let given = store::customer_tabs::warnings(&mut desk.tx, facts.head.id, MOST).await?;
    let policy = record.policy.clone();
    let page = Restrictions {
        frame: menu::frame(&desk, &staff, &around),
        record,
        many: say::sentence(&desk.policy.words.restriction.many),
        asks: if LOGGING.admits(staff.reach) { asks(&desk, &policy, &lines) } else { Vec::new() },
        rows: lines.into_iter().map(|line| restriction(&desk, line, MANAGING.admits(staff.reach))).collect(),
        warnings: given.into_iter().map(|line| warning(&desk, &policy, line)).collect(),
    };
    show(&around, &page)
}

/// Where to log that the customer asks us to look again, where the policy has such a thing.
fn asks(desk: &Desk, policy: &Policy, lines: &[RestrictionLine]) -> Vec<(String, String)> {
    if policy.challenge.reconsideration.is_none() {
        return Vec::new();
    }
    let word = &desk.policy.words.restriction.one;
    let in_force = |line: &&RestrictionLine| {
        Stage::from_key(&line.stage) == Some(Stage::InForce) && !restriction::is_over(line.last_day, desk.today())
    };
    let link = |line: &RestrictionLine| {
        let since = line.in_force_at.map(|at| say::day(days::day_of(at))).unwrap_or_default();
        let href = format!("{}?restriction={}", paths::ReconsiderationNew {}, line.id);
        (href, format!("The ⟦customer⟧ asks us to look again at the {word} of {since}"))
    };
    lines.iter().filter(in_force).map(link).collect()
}

fn restriction(desk: &Desk, line: RestrictionLine, proposes: bool) -> Row {
    let today = desk.today();
    let stage = Stage::from_key(&line.stage).unwrap_or(Stage::Draft);
    let state = restriction::state(stage, line.last_day, line.is_suspended, today, &Rulebook::of(&desk.policy).limited);
    let word = desk.policy.words.restriction.heading();
    let is_proposal = matches!(stage, Stage::Draft | Stage::SentBack | Stage::AwaitingApproval | Stage::Declined);
    let begun = line.in_force_at.unwrap_or(line.opened_at);
    let ended = match (line.ended_at, line.last_day) {
        (Some(at), _) => format!("Ended on {}", say::day(days::day_of(at))),
        (None, Some(last)) if restriction::is_over(Some(last), today) => format!("Ended on {}", say::day(last)),
        (None, Some(last)) => format!("Until {}", say::day(last)),
        (None, None) => String::new(),
    };
    Row {
        href: match stage {
            Stage::Draft | Stage::SentBack if proposes => paths::Proposal { id: line.id }.to_string(),
            _ => paths::Restriction { id: line.id }.to_string(),
        },
        title: match is_proposal {
            true => "Proposal".to_owned(),
            false => word,
        },
        sub: ended,
        when: say::day(days::day_of(begun)),
        who: line.decided_by.unwrap_or(line.proposed_by),
        tone: state.tone,
        mark: state.mark,
        state: state.text,
    }
}

fn warning(desk: &Desk, policy: &Policy, line: WarningLine) -> Row {
    let taken = Taken {
        step: line.step,
        on: days::day_of(line.given_at),
        withdrawn: line.is_withdrawn,
        case_closed: line.case_closed_at.map(days::day_of),
        promised: line.counts_until,
        behaviours: Vec::new(),
    };
    let count = ladder::count(policy, &taken, desk.today());
    let (tone, mark) = match count.counts() {
        true => (Tone::Care, "care"),
        false => (Tone::Ok, "tick"),
    };
    Row {
        href: paths::Warning { id: line.id }.to_string(),
        title: line.title,
        sub: match line.form.as_str() {
            "spoken" => "Spoken",
            "written" => "In a letter",
            _ => "Inside other correspondence",
        }
        .to_owned(),
        when: say::day(taken.on),
        who: line.given_by,
        tone,
        mark,
        state: match count.counts() {
            true => "Counts".to_owned(),
            false if taken.withdrawn => "Withdrawn".to_owned(),
            false => "No longer counts".to_owned(),
        },
    }
}

async fn letters(path: paths::CustomerLetters, Reading { mut desk, staff, around }: Reading) -> Answered {
    let (record, facts) = Record::read(&mut desk, &staff, &path.customer, Tab::Letters).await?;
    around.saw(&desk, &staff, facts.head.id, "letters");
    let lines = store::customer_tabs::letters(&mut desk.tx, facts.head.id, MOST).await?;
    let rows = lines.into_iter().map(|line| letter(&desk, line)).collect();
    show(&around, &Letters { frame: menu::frame(&desk, &staff, &around), record, rows })
}

fn letter(desk: &Desk, line: LetterLine) -> Row {
    let by = match line.sent_via.as_deref() {
        Some("email") => "by email",
        Some("by-hand") => "by hand",
        _ => "by post",
    };
    let (tone, mark, state) = match line.sent_at {
        Some(at) => (Tone::Ok, "tick", format!("Sent {by}, {}", say::day_this_year(days::day_of(at), desk.today()))),
        None => (Tone::Info, "clock", "Not sent yet".to_owned()),
    };
    Row {
        href: paths::Letter { id: line.id }.to_string(),
        title: line.title,
        sub: String::new(),
        when: when(line.made_at, desk.today()),
        who: line.made_by,
        tone,
        mark,
        state,
    }
}

async fn access(path: paths::CustomerAccess, Reading { mut desk, staff, around }: Reading) -> Answered {
    let (record, facts) = Record::read(&mut desk, &staff, &path.customer, Tab::Access).await?;
    around.saw(&desk, &staff, facts.head.id, "who has looked");
    let looks = store::access::list(&mut desk.tx, facts.head.id, MOST).await?;
    let today = desk.today();
    let look = |line: store::access::AccessLine| Look {
        when: when(line.at, today),
        who: line.name,
        job_title: line.job_title,
        page: say::sentence(&line.page),
    };
    let rows = looks.into_iter().map(look).collect();
    show(&around, &Access { frame: menu::frame(&desk, &staff, &around), record, rows })
}
