//! The page to decide on: the card staff will see, the checks, both sides, the evidence, and the panel that decides.

use askama::Template;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use chrono::NaiveDate;
use serde::Deserialize;

use super::chart::{self, Chart};
use super::panel::{self, Panel};
use crate::casework::approval::{Papers, met};
use crate::casework::desk::Desk;
use crate::http::answer::show;
use crate::http::desk::{Around, Reading};
use crate::http::doors::OVERSEEING;
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules;
use crate::rules::answer::{self, Answer, Caller, Counters, Pronoun, RepresentativeLine, RestrictionLine, Rulebook, Situation, Speaker};
use crate::rules::days;
use crate::rules::id::{RestrictionId, StaffId};
use crate::rules::measure::Way;
use crate::rules::need::{NeedKind, NeedLine};
use crate::rules::policy::Decision;
use crate::rules::proposal::{AccountHow, Check, Met, Section, asked_key, further, own_key};
use crate::rules::say;
use crate::store;
use crate::store::customer::Head;
use crate::web::checklist::{self, Gone, List};
use crate::web::draft::{self, Kept};
use crate::web::frame::Frame;
use crate::web::menu;
use crate::web::parts::Due;

/// Something somebody said on it.
pub struct Spoken {
    pub who: String,
    pub when: String,
    pub words: String,
    /// What the proposer answered, where they asked something; empty otherwise.
    pub answer: String,
    /// Whether it was sent again just with this answer.
    pub is_new: bool,
}

/// An incident it rests on.
pub struct Incident {
    pub href: String,
    pub what: String,
    pub about: String,
    pub when: String,
    pub logged_by: String,
}

#[derive(Template)]
#[template(path = "approval/show.html")]
pub struct Show {
    pub frame: Frame,
    pub form: Form,
    pub kept: Kept,
    pub id: RestrictionId,
    pub customer: Head,
    /// What somebody else did while the reader wrote.
    pub overtaken: Option<String>,
    pub proposer: String,
    pub sent: String,
    pub word: String,
    pub ways: Vec<(String, &'static str, bool)>,
    pub card: Answer,
    pub how: String,
    pub checks: Vec<(&'static str, &'static str, Check)>,
    pub unmet: String,
    pub grounds: String,
    /// Whether the panel has a field that holds what was typed.
    pub may_type: bool,
    pub fair: String,
    pub account: String,
    pub tried: String,
    pub weighed: Vec<(String, String)>,
    pub spoken: Vec<Spoken>,
    pub incidents: Vec<Incident>,
    pub chart: Option<Chart>,
    pub panel: Panel,
    pub due: Option<Due>,
    pub stages: Vec<String>,
    /// The policy's lists, gone through before it is approved; and as they were by those before.
    pub lists: Vec<List>,
    pub ticks: Vec<Choice>,
    pub gone: Vec<Gone>,
}

/// Which way of contact the card is shown for.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    channel: String,
}

pub async fn show_one(
    path: paths::Approval,
    asked: Result<Query<Asked>, QueryRejection>,
    Reading { mut desk, around, .. }: Reading,
) -> Answered {
    let papers = Papers::of(&mut desk, path.id).await?;
    may_read(&papers, &desk)?;
    let way = asked.ok().and_then(|asked| Way::from_key(&asked.channel)).unwrap_or(Way::Phone);
    let blank = blank(&papers, &desk)?;
    let (form, kept) = draft::laid_over(&mut desk, &path, blank).await?;
    let page = fill(&mut desk, &around, &papers, form, way, None).await?;
    show(&around, &Show { kept, ..page })
}

/// Those who decide on proposals, those who oversee them, and whoever records what a body decided.
pub fn may_read(papers: &Papers, desk: &Desk) -> Result<(), Fault> {
    let reader = papers.reader(desk)?;
    let records = |place| papers.body(place).is_some_and(|body| papers.case.history.holds(&papers.whole.policy, &body.clerk, &reader));
    match OVERSEEING.admits(desk.staff()?.reach) || (0..papers.stages.stages.len()).any(records) {
        true => Ok(()),
        false => Err(Fault::Forbidden(format!("This is open to {}.", OVERSEEING.people()))),
    }
}

/// The form as it opens: nothing chosen, the dates and terms as they were asked for.
fn blank(papers: &Papers, desk: &Desk) -> Result<Form, Fault> {
    let draft = papers.whole.draft();
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let stage = papers.turn(&papers.reader(desk)?).unwrap_or_default();
    let form = Form::blank()
        .with("version", papers.whole.proposal.version)
        .with("stage", stage)
        .with("ends_on", day(draft.ends_on))
        .with("review_on", day(draft.review_on));
    Ok(papers.terms.iter().fold(form, |form, line| form.with("keep", line.id)))
}

/// The page for these papers and this form.
pub async fn fill(
    desk: &mut Desk,
    around: &Around,
    papers: &Papers,
    form: Form,
    way: Way,
    overtaken: Option<String>,
) -> Result<Show, Fault> {
    let (staff, today) = (desk.staff()?.clone(), desk.today());
    around.saw(desk, &staff, papers.whole.customer.id, "approval");
    let reader = papers.reader(desk)?;
    let checks = papers.checks(desk, &reader).await?;
    let from = days::start_of(chart::first_week(today));
    let counted = store::approval::contacts_by_week(&mut desk.tx, papers.whole.customer.id, from).await?;
    let due = store::task::nearest(&mut desk.tx, papers.whole.proposal.id.0).await?;
    let representatives = store::customer::representatives(&mut desk.tx, papers.whole.customer.id, today).await?;
    let representatives: Vec<RepresentativeLine> = representatives
        .into_iter()
        .map(|one| RepresentativeLine { name: one.name, relation: one.relation, consent_until: one.consent_until, note: one.note })
        .collect();
    let gone = checklist::gone(store::checklist::of_restriction(&mut desk.tx, papers.whole.proposal.id).await?);
    let whole = &papers.whole;
    let written = &whole.draft().assessment;
    let panel = panel::of(papers, desk, &checks)?;
    let unmet = u32::try_from(checks.iter().filter(|check| check.met != Met::Yes).count()).unwrap_or(u32::MAX);
    Ok(Show {
        frame: menu::frame(desk, &staff, around).with_form(&form),
        form,
        kept: Kept::nothing(paths::Approval { id: whole.proposal.id }),
        id: whole.proposal.id,
        overtaken,
        proposer: whole.proposal.proposer.clone(),
        sent: whole.proposal.sent_at.map(|at| say::day(days::day_of(at))).unwrap_or_default(),
        word: whole.policy.words.restriction.one.clone(),
        ways: whole
            .policy
            .ways_asked()
            .map(|one| (format!("{}?channel={}", paths::Approval { id: whole.proposal.id }, one.key()), one.title(), one == way))
            .collect(),
        card: card(papers, desk, way, &representatives)?,
        how: format!("How {} can reach us", pronoun(&whole.customer).title()),
        unmet: match (unmet, matches!(panel, Panel::Decide { .. } | Panel::View { .. })) {
            (0, _) => String::new(),
            (_, true) => say::count(unmet, "needs your attention", "need your attention"),
            (_, false) => format!("{} not met", say::number(unmet)),
        },
        checks: checks.into_iter().map(|check| (tone(check.met), mark(check.met), check)).collect(),
        grounds: whole.draft().grounds.clone(),
        fair: written.proportionality.clone(),
        account: account(written.account_how, &written.account),
        tried: written.alternatives.clone(),
        weighed: weighed(papers),
        spoken: spoken(papers, staff.id, today),
        incidents: incidents(papers, today),
        chart: chart::of(&counted, today),
        may_type: matches!(panel, Panel::Decide { .. } | Panel::View { .. }),
        panel,
        due: due.map(|day| Due::by(day, today, desk.calendar().working_days_between(today, day))),
        stages: papers.stages.because.clone(),
        lists: checklist::lists(&rules::checklist::at(&whole.policy, &[Decision::Approval])),
        ticks: checklist::ticks(),
        gone,
        customer: whole.customer.clone(),
    })
}

fn tone(met: Met) -> &'static str {
    match met {
        Met::Not => "stop",
        Met::NotYet => "care",
        Met::Yes => "ok",
    }
}

fn mark(met: Met) -> &'static str {
    match met {
        Met::Not => "cross",
        Met::NotYet => "care",
        Met::Yes => "tick",
    }
}

fn pronoun(customer: &Head) -> Pronoun {
    Pronoun::from_key(&customer.pronoun).unwrap_or(Pronoun::They)
}

/// The card staff would see from the second of the decision.
fn card(papers: &Papers, desk: &Desk, way: Way, representatives: &[RepresentativeLine]) -> Result<Answer, Fault> {
    let (whole, staff) = (&papers.whole, desk.staff()?);
    let draft = whole.draft();
    let body = papers.turn(&papers.reader(desk)?).ok().and_then(|place| papers.body(place));
    let line = RestrictionLine {
        from: desk.now,
        until: draft.ends_on,
        decided_by: body.map_or_else(|| format!("{}, {}", staff.name, staff.job_title), |body| body.title.clone()),
        decided_on: desk.today(),
        why: draft.grounds.clone(),
        terms: draft.terms.clone(),
        under_appeal: false,
        waits: None,
        is_told: true,
        review_due: draft.review_on,
    };
    let beside = whole.proposal.beside.iter().map(|one| RestrictionLine {
        from: one.from,
        until: one.until,
        decided_by: one.decided_by.clone(),
        decided_on: days::day_of(one.from),
        why: one.grounds.clone(),
        terms: one.terms.clone(),
        under_appeal: false,
        waits: None,
        is_told: true,
        review_due: None,
    });
    let lines: Vec<RestrictionLine> = beside.chain([line]).collect();
    let need = |one: &store::proposal::NeedLine| {
        let kind = NeedKind::from_key(&one.kind).unwrap_or(NeedKind::Other);
        NeedLine { kind, title: kind.title().to_owned(), what_to_do: one.to_do.clone() }
    };
    let needs: Vec<NeedLine> = whole.proposal.needs.iter().map(need).collect();
    Ok(answer::now(&Situation {
        customer: Caller {
            title: whole.customer.title.as_deref().unwrap_or_default(),
            given: &whole.customer.given,
            family: &whole.customer.family,
            pronoun: pronoun(&whole.customer),
        },
        restrictions: &lines,
        needs: &needs,
        representatives,
        warnings: &[],
        dangers: &[],
        open_matters: &[],
        way,
        speaker: Speaker::Customer,
        service: "",
        now: desk.now,
        policy: &Rulebook::of(&whole.policy).owing(&draft.duties),
        counters: &Counters::default(),
        reader: "",
        reader_id: None,
    }))
}

fn account(how: Option<AccountHow>, words: &str) -> String {
    match how {
        Some(AccountHow::Heard) => words.to_owned(),
        Some(how) => format!("{}. {words}", how.title()),
        None => "Nothing is written down yet.".to_owned(),
    }
}

fn weighed(papers: &Papers) -> Vec<(String, String)> {
    let written = &papers.whole.draft().assessment;
    let all = [
        ("Needs and circumstances", &written.needs),
        ("What was happening", &written.circumstances),
        ("Staff affected", &written.staff_needs),
        ("Equality and adjustments", &written.equality),
        ("How often, and how", &written.level_of_contact),
        ("Language used", &written.language),
    ];
    // What the policy asks besides, in its own words.
    let own = [Section::Evidence, Section::Needs].into_iter().flat_map(|section| further(&papers.whole.policy, section));
    let own = own.map(|one| (one.ask.clone(), written.answer(&own_key(one)).to_owned()));
    let fixed = all.into_iter().map(|(title, words)| (title.to_owned(), words.clone()));
    fixed.chain(own).filter(|(_, words)| !words.is_empty()).collect()
}

fn spoken(papers: &Papers, reader: StaffId, today: NaiveDate) -> Vec<Spoken> {
    let verb = |say: &str| match say {
        "view" => "gave a view",
        "approve" => "approved",
        "send-back" => "sent it back with questions",
        _ => "declined",
    };
    let one = |said: &store::approval::Said| {
        let sat: Vec<&str> = said.sat_names.iter().map(String::as_str).collect();
        let (who, meeting) = match (said.meeting_on, &said.minute) {
            (Some(on), Some(minute)) => (
                format!("The {}, {}; recorded by {}", said.as_role, verb(&said.say), said.name),
                vec![met(&said.as_role, on, &sat, said.votes_for.zip(said.votes_against), minute)],
            ),
            _ => (format!("{}, {}, {}", if said.by == reader { "You" } else { &said.name }, said.as_role, verb(&said.say)), Vec::new()),
        };
        let lead: Vec<String> = meeting.into_iter().chain(said.asked_for.iter().cloned()).collect();
        let answer = if said.say == "send-back" { papers.whole.draft().assessment.answer(&asked_key(said.round)) } else { "" };
        let is_new = said.round + 1 == papers.whole.proposal.round;
        let words = say::sentences(&lead, &said.reasons);
        Spoken { who, when: say::minute_this_year(said.at, today), words, answer: answer.to_owned(), is_new }
    };
    papers.said.iter().map(one).collect()
}

fn incidents(papers: &Papers, today: NaiveDate) -> Vec<Incident> {
    let policy = &papers.whole.policy;
    let titles = |keys: &[String]| {
        let titles: Vec<&str> = keys.iter().filter_map(|key| policy.behaviour.category(key)).map(|one| one.title.as_str()).collect();
        if titles.is_empty() { say::sentence(&policy.words.behaviour) } else { say::list(&titles) }
    };
    let chosen = papers.whole.proposal.incidents.iter().filter(|one| one.chosen);
    chosen
        .map(|one| Incident {
            href: paths::Incident { id: one.id }.to_string(),
            what: titles(&one.behaviours),
            about: one.about.clone(),
            when: say::day_this_year(days::day_of(one.happened_at), today),
            logged_by: one.logged_by.clone(),
        })
        .collect()
}
