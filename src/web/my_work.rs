//! My work: what waits, by the day it is due, and where things stand.

mod doing;
mod drafts;
mod figures;
mod meetings;

use askama::Template;
use axum::extract::Query;
use chrono::{Datelike, Days, Months, NaiveDate};

use self::drafts::Begun;
use self::figures::{Figure, figures};
use self::meetings::meetings;
use crate::casework::desk::{Desk, Staff};
use crate::http::answer::show;
use crate::http::desk::Reading;
use crate::http::doors::{CASEWORK, Doors, LOGGING, MANAGING, OVERSEEING, Who};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::policy::{Policy, Reach};
use crate::rules::review::since_words;
use crate::rules::task::TaskKind;
use crate::rules::tone::Tone;
use crate::rules::worklist::{Group, Weeks};
use crate::rules::{clock, days, say};
use crate::store;
use crate::store::incident::draft::DraftLine;
use crate::store::worklist::{Span, Standing, TaskLine, View, Wanted};
use crate::web::frame::Frame;
use crate::web::menu;
use crate::web::parts::Due;

const A_PAGE: i64 = 20;

/// The worklist, and the tasks that are done in place.
pub fn doors() -> Doors {
    Doors::new()
        .page::<paths::MyWork, _>(Who::SignedIn, index)
        .page::<paths::TaskDone, _>(CASEWORK, doing::page)
        .act::<paths::TaskDone, _>(CASEWORK, doing::finish)
}

/// Whose work, of which kind, by when, from where on.
#[derive(serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    view: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    page: String,
}

#[derive(Template)]
#[template(path = "my_work/index.html")]
struct Index {
    frame: Frame,
    form: Form,
    today: String,
    heading: String,
    tabs: Vec<Tab>,
    kinds: Vec<Choice>,
    bys: Vec<Choice>,
    filtered: bool,
    caption: &'static str,
    whose: bool,
    groups: Vec<Rows>,
    /// What an empty list says.
    nothing: &'static str,
    /// Incidents begun and not logged: where, with whom, and since when.
    drafts: Vec<(String, String, String)>,
    /// Other long forms begun and not sent.
    begun: Vec<Begun>,
    /// Reviews that nobody held in time, for the owner of the policy.
    late: Option<String>,
    /// What the owner of the policy is told long before it goes wrong.
    alarm: Option<String>,
    /// Meetings over the whole register that the reader holds, near or late: title and a sentence.
    meetings: Vec<(String, String)>,
    figures: Vec<Figure>,
    shown: String,
    previous: String,
    next: String,
}

struct Tab {
    href: String,
    text: &'static str,
    current: bool,
    count: usize,
}

struct Rows {
    title: String,
    is_late: bool,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    what: String,
    note: String,
    customer: String,
    whose: String,
    kind: TaskKind,
    due: Due,
}

async fn index(_: paths::MyWork, Query(asked): Query<Asked>, Reading { mut desk, staff, around }: Reading) -> Answered {
    if staff.reach == Reach::Administrator {
        return Ok(crate::http::answer::see_other(paths::AdminPeople {}));
    }
    let weeks = Weeks::around(desk.today(), desk.calendar());
    let view = view(&asked.view, &staff);
    let kind = TaskKind::of(&asked.kind);
    let (by, from, until) = by(&asked.by, &weeks, desk.today());
    let page = asked.page.parse::<i64>().ok().filter(|page| (1..10_000).contains(page)).unwrap_or(1);
    let wanted = Wanted {
        view,
        me: staff.id,
        roles: &staff.roles,
        kind: kind.map(TaskKind::key),
        from,
        until,
        skip: (page - 1) * A_PAGE,
        most: A_PAGE,
        today: desk.today(),
    };
    let lines = store::worklist::list(&mut desk.tx, &wanted).await?;
    let span = span(&desk, &weeks)?;
    let standing = store::worklist::standing(&mut desk.tx, staff.id, &staff.roles, span).await?;
    let total = lines.first().map_or(0, |line| line.total);
    let at = |page: i64| format!("/my-work?view={}&kind={}&by={by}&page={page}", view.key(), kind.map_or("", TaskKind::key));
    let shown_until = wanted.skip + i64::try_from(lines.len()).unwrap_or(0);
    let page = Index {
        form: Form::blank().with("view", view.key()).with("kind", kind.map_or("", TaskKind::key)).with("by", by),
        today: say::weekday(desk.today()),
        heading: heading(view, &standing, &weeks),
        late: (staff.reach == Reach::PolicyOwner).then(|| late(&standing)).flatten(),
        tabs: tabs(view, &standing, &staff),
        kinds: TaskKind::ALL.iter().map(|kind| Choice::new(kind.key(), name(&desk.policy, *kind))).collect(),
        bys: vec![Choice::new("late", "Late"), Choice::new("week", "This week, and late"), Choice::new("next-week", "Next week")],
        filtered: kind.is_some() || !by.is_empty(),
        caption: caption(view),
        whose: view != View::Mine,
        groups: groups(&desk, &lines, &weeks, staff.reach),
        nothing: if standing.drafts.is_some() { "Nothing else waiting" } else { "Nothing waiting" },
        drafts: drafts(&desk, &standing),
        begun: drafts::of(&mut desk).await?,
        alarm: (staff.reach == Reach::PolicyOwner).then(|| clock::calendar_alarm(&desk.policy, desk.today())).flatten(),
        meetings: meetings(&mut desk).await?,
        figures: if OVERSEEING.admits(staff.reach) { figures(&desk, &standing) } else { Vec::new() },
        shown: format!("{} to {shown_until} of {total}", wanted.skip + 1),
        previous: if page > 1 { at(page - 1) } else { String::new() },
        next: if shown_until < total { at(page + 1) } else { String::new() },
        frame: menu::frame(&desk, &staff, &around),
    };
    show(&around, &page)
}

/// A team for those who manage, everybody for those who oversee; otherwise one's own.
fn view(asked: &str, staff: &Staff) -> View {
    match asked {
        "team" if OVERSEEING.admits(staff.reach) && staff.reach != Reach::PolicyOwner => View::Team,
        "all" if OVERSEEING.admits(staff.reach) => View::All,
        _ => View::Mine,
    }
}

fn by(asked: &str, weeks: &Weeks, today: NaiveDate) -> (&'static str, Option<NaiveDate>, Option<NaiveDate>) {
    let after = |day: NaiveDate| day.checked_add_days(Days::new(1));
    match asked {
        "late" => ("late", None, today.checked_sub_days(Days::new(1))),
        "week" => ("week", None, Some(weeks.soon_until())),
        "next-week" => ("next-week", after(weeks.soon_until()), Some(weeks.next_until())),
        _ => ("", None, None),
    }
}

fn span(desk: &Desk, weeks: &Weeks) -> Result<Span, Fault> {
    let today = desk.today();
    let first = today.with_day(1).ok_or_else(|| Fault::Broken("a month has a first day".to_owned()))?;
    Ok(Span {
        today,
        soon: weeks.soon_until(),
        month_ahead: today.checked_add_months(Months::new(1)).unwrap_or(today),
        year_ago: days::start_of(today.checked_sub_months(Months::new(12)).unwrap_or(today)),
        month_began: days::start_of(first),
    })
}

/// What one has begun to log waits as well, and presses.
fn heading(view: View, standing: &Standing, weeks: &Weeks) -> String {
    let begun = standing.drafts.as_ref().map_or(0, |drafts| i64::try_from(drafts.0.len()).unwrap_or(0));
    match view {
        View::Mine if standing.mine == 0 && begun > 0 => {
            format!("{} not logged yet", say::count_first(begun, "incident is", "incidents are"))
        }
        View::Mine => weeks.heading(standing.mine_pressing + begun, standing.mine + begun, "you"),
        View::Team => weeks.heading(standing.team_pressing, standing.team, "your team"),
        View::All => weeks.heading(standing.all_pressing, standing.all, "somebody"),
    }
}

fn late(standing: &Standing) -> Option<String> {
    let late = standing.reviews_late;
    (late > 0).then(|| format!("{} late.", say::count_first(late, "review is", "reviews are")))
}

fn tabs(view: View, standing: &Standing, staff: &Staff) -> Vec<Tab> {
    let tab = |one: View, text, count: i64| Tab {
        href: format!("/my-work?view={}", one.key()),
        text,
        current: one == view,
        count: usize::try_from(count).unwrap_or(0),
    };
    let mut tabs = vec![tab(View::Mine, "Mine", standing.mine)];
    if OVERSEEING.admits(staff.reach) {
        if staff.reach != Reach::PolicyOwner {
            tabs.push(tab(View::Team, "My team", standing.team));
        }
        tabs.push(tab(View::All, "Everyone", standing.all));
    }
    tabs
}

fn caption(view: View) -> &'static str {
    match view {
        View::Mine => "My work, soonest first",
        View::Team => "My team’s work, soonest first",
        View::All => "Everyone’s work, soonest first",
    }
}

fn groups(desk: &Desk, lines: &[TaskLine], weeks: &Weeks, reach: Reach) -> Vec<Rows> {
    lines
        .chunk_by(|a, b| weeks.group(a.due_on) == weeks.group(b.due_on))
        .map(|chunk| {
            let group = weeks.group(chunk[0].due_on);
            let rows = chunk.iter().filter_map(|line| row(desk, line, reach)).collect();
            Rows { title: weeks.title(group), is_late: group == Group::Late, rows }
        })
        .collect()
}

fn row(desk: &Desk, line: &TaskLine, reach: Reach) -> Option<Row> {
    let kind = TaskKind::of(&line.kind)?;
    let today = desk.today();
    let left = desk.calendar().working_days_between(today, line.due_on);
    let roles: Vec<&str> = line.for_roles.iter().map(|role| desk.policy.roles.title(role)).collect();
    Some(Row {
        href: href(kind, line, reach),
        what: what(&desk.policy, kind, line.whom.as_deref()),
        note: line.note.clone().or_else(|| since(line, today)).unwrap_or_default(),
        customer: line.customer.clone(),
        whose: line.whose.clone().unwrap_or_else(|| say::either(&roles)),
        kind,
        due: Due::by(line.due_on, today, left),
    })
}

/// What a review will look at, in one line.
fn since(line: &TaskLine, today: NaiveDate) -> Option<String> {
    let count = |many: Option<i64>| u32::try_from(many.unwrap_or(0)).unwrap_or(u32::MAX);
    Some(since_words(count(line.incidents), count(line.calm), days::day_of(line.since?), today))
}

fn drafts(desk: &Desk, standing: &Standing) -> Vec<(String, String, String)> {
    let line = |draft: &DraftLine| {
        let at = paths::IncidentNewFor { customer: paths::Ref(draft.reference.clone()) }.to_string();
        (at, draft.customer.clone(), say::minute_this_year(draft.saved_at, desk.today()))
    };
    standing.drafts.iter().flat_map(|drafts| &drafts.0).map(line).collect()
}

/// A kind as the filter names it. The two that can be challenged are told apart, in the landlord's words.
fn name(policy: &Policy, kind: TaskKind) -> String {
    let words = &policy.words;
    match kind {
        TaskKind::Appeal => format!("{} against {}", words.appeal.heading(), words.restriction.a),
        TaskKind::WarningAppeal => format!("{} against {}", words.appeal.heading(), words.warning.a),
        other => other.word().to_owned(),
    }
}

/// What to do, as an instruction.
pub(super) fn what(policy: &Policy, kind: TaskKind, whom: Option<&str>) -> String {
    let restriction = &policy.words.restriction.a;
    match kind {
        TaskKind::Incident => "Read the incident and decide".to_owned(),
        TaskKind::Support => "Check in with a colleague".to_owned(),
        TaskKind::Police => format!("Tell {}", policy.referrals.police_by_name()),
        TaskKind::CommunitySafety => {
            format!("Tell the {}", policy.referrals.community_safety.title)
        }
        TaskKind::HandOff => format!("Hand it over: {}", whom.unwrap_or("another process")),
        TaskKind::Call => format!("Ring {}", whom.unwrap_or("the ⟦customer⟧")),
        TaskKind::Tell => format!("Tell {} what the letter says", whom.unwrap_or("the ⟦customer⟧")),
        TaskKind::Warning => format!("Give {}", policy.words.warning.a),
        TaskKind::Agreement => format!("Read {} and agree, or send it back", policy.words.warning.a),
        TaskKind::WarningBack => format!("Write {} again: it was sent back", policy.words.warning.a),
        TaskKind::WarningAgreed => format!("Give {} that is agreed to", policy.words.warning.a),
        TaskKind::Proposal => "Assess, and propose what should follow".to_owned(),
        TaskKind::Approval => format!("Decide on {restriction}"),
        TaskKind::View => format!("Give your view on {restriction}"),
        TaskKind::Stuck => format!("See that somebody can decide on {restriction}"),
        TaskKind::SentBack => "Answer the questions on a proposal".to_owned(),
        TaskKind::Letter => "Send the letter".to_owned(),
        TaskKind::Copy => "Tell somebody else of a letter".to_owned(),
        TaskKind::Review => "Hold the review and decide".to_owned(),
        TaskKind::Appeal => format!("Decide {}", policy.words.appeal.a),
        TaskKind::Reconsideration => format!("Answer a request to look again at {restriction}"),
        TaskKind::Promise => format!("Keep what {restriction} promises"),
        TaskKind::WarningAppeal => format!("Decide {} against {}", policy.words.appeal.a, policy.words.warning.a),
    }
}

/// Where it is done; where it is about, for a reader who may not do it.
fn href(kind: TaskKind, line: &TaskLine, reach: Reach) -> String {
    let id = line.subject;
    let manages = MANAGING.admits(reach);
    match kind {
        TaskKind::Call | TaskKind::Promise | TaskKind::Support if !line.is_theirs => {
            paths::Customer { customer: paths::Ref(line.reference.clone()) }.to_string()
        }
        TaskKind::Tell if !line.is_theirs => paths::Letter { id: id.into() }.to_string(),
        TaskKind::Police | TaskKind::CommunitySafety | TaskKind::HandOff if !line.is_theirs => {
            paths::Incident { id: id.into() }.to_string()
        }
        TaskKind::Warning if !LOGGING.admits(reach) => paths::Incident { id: id.into() }.to_string(),
        TaskKind::SentBack if !manages => paths::Restriction { id: id.into() }.to_string(),
        TaskKind::Incident | TaskKind::Proposal => paths::Incident { id: id.into() }.to_string(),
        TaskKind::Support
        | TaskKind::Police
        | TaskKind::CommunitySafety
        | TaskKind::HandOff
        | TaskKind::Call
        | TaskKind::Promise
        | TaskKind::Tell => paths::TaskDone { id: line.id }.to_string(),
        TaskKind::Warning => format!("{}?customer={}&incident={id}", paths::WarningNew {}, line.reference),
        TaskKind::Agreement | TaskKind::WarningBack | TaskKind::WarningAgreed => paths::WarningRequest { id: id.into() }.to_string(),
        TaskKind::Approval | TaskKind::View | TaskKind::Stuck => paths::Approval { id: id.into() }.to_string(),
        TaskKind::SentBack => paths::Proposal { id: id.into() }.to_string(),
        TaskKind::Letter => paths::Letter { id: id.into() }.to_string(),
        TaskKind::Copy => paths::LetterCopy { id: id.into() }.to_string(),
        TaskKind::Review => paths::Review { id: id.into() }.to_string(),
        TaskKind::Appeal => paths::Appeal { id: id.into() }.to_string(),
        TaskKind::Reconsideration => paths::Reconsideration { id: id.into() }.to_string(),
        TaskKind::WarningAppeal => paths::WarningAppeal { id: id.into() }.to_string(),
    }
}

impl Tab {
    fn waiting(&self) -> usize {
        self.count
    }
}

impl Rows {
    fn tone(&self) -> &'static str {
        if self.is_late { Tone::Stop.key() } else { "" }
    }
}
