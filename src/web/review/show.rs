//! One review: what has happened since, the customer's view, what holds now, and what comes of it.

use askama::Template;
use chrono::{DateTime, Utc};

use crate::casework;
use crate::casework::appeal::Via;
use crate::casework::case::Case;
use crate::casework::desk::{Desk, Staff};
use crate::casework::restriction::before;
use crate::casework::{found, review};
use crate::http::answer;
use crate::http::desk::{Around, Reading};
use crate::http::doors::DECIDING;
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules;
use crate::rules::days;
use crate::rules::id::{IncidentId, RestrictionId, ReviewId};
use crate::rules::measure::Chosen;
use crate::rules::policy::{Body, Checklist, Decision, Policy, ReviewOutcome};
use crate::rules::restriction::Stage;
use crate::rules::restriction_term::Before;
use crate::rules::say;
use crate::store;
use crate::store::customer::Head;
use crate::store::restriction::Restriction;
use crate::store::review::{Happening, Review};
use crate::store::sitting::Subject;
use crate::web::appeal::paragraphs;
use crate::web::checklist::{self, Gone, List};
use crate::web::draft::{self, Kept};
use crate::web::frame::Frame;
use crate::web::letter::letter_about;
use crate::web::menu;
use crate::web::parts::Due;
use crate::web::promised::{self, Promised};
use crate::web::sitting::{self, Sitting};
use crate::web::terms::{TermsForm, colleagues};

/// How many of the newest things are listed.
const LISTED: i64 = 20;

#[derive(Template)]
#[template(path = "review/show.html")]
pub(super) struct Show {
    frame: Frame,
    form: Form,
    kept: Kept,
    terms_form: TermsForm,
    id: ReviewId,
    restriction: RestrictionId,
    customer: Head,
    word: String,
    restriction_word: String,
    heading: String,
    due: Due,
    over: String,
    happenings: Vec<Entry>,
    facts: Vec<(&'static str, String)>,
    /// Whether the terms still hold.
    holds: bool,
    terms: Vec<String>,
    grounds: String,
    panel: Panel,
    /// Where a body holds it and the reader records that.
    sitting: Option<Sitting>,
    /// Where a body held it: its meeting, as a sentence.
    met: String,
    /// Once it is held: the letter that says so, and what to do with it.
    letter: Option<(String, &'static str)>,
    outcomes: Vec<Choice>,
    /// What must be looked at, where the decision was sent back on appeal to be made again.
    look_at: Vec<String>,
    promised: Vec<Promised>,
    /// The undertaking that waits to be signed: where it is, and by when.
    undertaking: Option<(String, String)>,
    views: Vec<Choice>,
    next: Vec<Choice>,
    goes_on: bool,
    /// The day of the next review is any day up to this one, as a hint; empty where an interval is chosen.
    any_day: String,
    last_day_hint: String,
    /// The policy's lists, gone through before any review is held; those only for its end; and as they were.
    lists: Vec<List>,
    lift_lists: Vec<List>,
    ticks: Vec<Choice>,
    gone: Vec<Gone>,
}

/// An incident or a calm contact, alike in size and weight.
struct Entry {
    /// The month, where it begins here.
    month: String,
    tone: &'static str,
    mark: &'static str,
    title: String,
    text: String,
    iso: String,
    when: String,
    href: String,
}

/// What stands beside the evidence.
enum Panel {
    /// The reader holds it.
    Hold,
    /// Somebody else does; who, and why not the reader.
    NotYou { why: String, who: String },
    /// Nobody may: the rule is not bent.
    Nobody { who: String },
    /// It was held.
    Held { what: &'static str, by: String, facts: Vec<(&'static str, String)> },
    /// It is no longer needed.
    Overtaken,
}

impl Show {
    /// The same page with what was typed and what was wrong.
    pub(super) fn with(mut self, form: Form) -> Self {
        self.frame = self.frame.with_form(&form);
        Self { form, ..self }
    }
}

pub(super) async fn one(path: paths::Review, Reading { mut desk, staff, around }: Reading) -> Answered {
    let review = found(store::review::find(&mut desk.tx, path.id).await?)?;
    around.saw(&desk, &staff, review.customer, "review");
    let page = page(&mut desk, &staff, &around, review, None).await?;
    answer::show(&around, &page)
}

/// The page as it stands, with what was typed where something was.
pub(super) async fn page(desk: &mut Desk, staff: &Staff, around: &Around, review: Review, typed: Option<Form>) -> Result<Show, Fault> {
    let restriction = found(store::restriction::find(&mut desk.tx, review.restriction).await?)?;
    let customer = found(store::customer::get(&mut desk.tx, review.customer).await?)?;
    let held = store::term::held(&mut desk.tx, review.restriction).await?;
    let policy = desk.policy_of(restriction.policy).await?;
    let case = review::case_of(desk, &policy, review.restriction).await?;
    let from = found(store::review::since(&mut desk.tx, review.restriction).await?)?.from;
    let happenings = store::review::happenings(&mut desk.tx, review.customer, from, LISTED).await?;
    let heading = match &review.since {
        Some(then) => then.clone(),
        None => review::since(desk, review.restriction).await?,
    };
    let ended = review::ended(desk, &policy, &restriction).filter(|_| restriction.stage == Stage::InForce);
    let open = match review.is_due() {
        true => store::undertaking::open(&mut desk.tx, review.restriction).await?,
        false => None,
    };
    let before = before(desk, &policy, &restriction, &held).await?;
    let name = paths::Review { id: review.id };
    let (form, kept) = match typed {
        Some(form) => (form, Kept::nothing(name)),
        None => {
            let form = blank(desk, &policy, &review, &restriction, &held, &before);
            draft::laid_over(desk, name, form).await?
        }
    };
    let colleagues = colleagues(desk).await?;
    let gone = store::checklist::of(&mut desk.tx, review.id.0).await?;
    let met = match review.is_due() {
        true => None,
        false => casework::sitting::in_words(desk, Subject::Review(review.id)).await?,
    };
    let sits = |body: &Body| sitting::of(&policy, &case, body, sitting::takes(body), |one| review::may_sit(&policy, &case, body, one));
    Ok(Show {
        sitting: review::body(desk, &policy, &case, &review)?.map(sits),
        met: met.unwrap_or_default(),
        frame: menu::frame(desk, staff, around).with_form(&form),
        terms_form: TermsForm::of(&policy, &held).among(colleagues),
        kept,
        id: review.id,
        promised: promised::of(desk, &restriction).await?,
        look_at: paragraphs(review.look_at.as_deref().unwrap_or_default()),
        undertaking: open.map(|(id, by)| (paths::Undertaking { id }.to_string(), say::weekday(by))),
        restriction: restriction.id,
        word: policy.words.review.heading(),
        restriction_word: policy.words.restriction.one.clone(),
        heading,
        due: Due::by(review.due_on, desk.today(), desk.calendar().working_days_between(desk.today(), review.due_on)),
        over: ended.map(say::day).unwrap_or_default(),
        happenings: if review.is_due() {
            by_month(happenings.into_iter().map(|one| (one.at, entry(desk, &policy, one))))
        } else {
            Vec::new()
        },
        facts: facts(&restriction),
        holds: restriction.stage == Stage::InForce && ended.is_none(),
        terms: held.iter().map(|term| term.sentence_for_staff()).collect(),
        grounds: restriction.grounds.clone().unwrap_or_default(),
        panel: panel(desk, staff, &policy, &case, &review)?,
        letter: if review.is_due() { None } else { letter_about(desk, review.id.0).await? },
        outcomes: outcomes(&policy, ended.is_some()),
        views: views(&customer),
        next: next(desk, &policy, &restriction),
        goes_on: ended.is_none(),
        lists: checklist::lists(&rules::checklist::at(&policy, &[Decision::Review])),
        lift_lists: checklist::lists(&only_lift(&policy)),
        ticks: checklist::ticks(),
        gone: checklist::gone(gone),
        any_day: any_day(desk, &policy),
        last_day_hint: last_day_hint(desk, &policy, &before),
        customer,
        form,
    })
}

/// Those asked for before it is lifted, and not before every review.
fn only_lift(policy: &Policy) -> Vec<&Checklist> {
    let lift = rules::checklist::at(policy, &[Decision::Lift]);
    lift.into_iter().filter(|list| !list.at.contains(&Decision::Review)).collect()
}

/// Filled in with what the system knows: the days and terms that hold. Every decision starts with nothing chosen.
fn blank(desk: &Desk, policy: &Policy, review: &Review, restriction: &Restriction, held: &[Chosen], before: &Before) -> Form {
    let form = Form::blank().with("version", review.version).with("restriction_version", restriction.version);
    let ends_on = match restriction.ends_on {
        Some(day) if day <= desk.today() => Some(rules::restriction_term::usual_end(policy, desk.today(), before)),
        other => other,
    };
    let form = match ends_on {
        Some(day) => form.with("ends_on", day),
        None => form,
    };
    TermsForm::fill(form, policy, held)
}

fn any_day(desk: &Desk, policy: &Policy) -> String {
    match rules::review::is_set_in_letter(policy) {
        true => format!("On or before {}.", say::day(rules::review::latest_due(policy, desk.today()))),
        false => String::new(),
    }
}

fn last_day_hint(desk: &Desk, policy: &Policy, before: &Before) -> String {
    let latest = rules::restriction_term::latest(policy, desk.today(), before);
    if latest <= desk.today() {
        return "No later day is possible: it can change or end.".to_owned();
    }
    let longest = say::day(latest);
    match *policy.terms.permanent {
        true => format!("On or before {longest}, or empty for none."),
        false => format!("On or before {longest}."),
    }
}

fn facts(restriction: &Restriction) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if let Some(at) = restriction.in_force_at {
        facts.push(("In force since", say::day(days::day_of(at))));
    }
    facts.push(("Last day", restriction.ends_on.map_or_else(|| "None".to_owned(), say::day)));
    facts
}

fn entry(desk: &Desk, policy: &Policy, one: Happening) -> Entry {
    let by = Via::words(&one.channel);
    let title_of = |key: &String| policy.behaviour.categories.iter().find(|known| known.key == *key).map(|known| known.title.as_str());
    let (tone, mark, title) = match one.is_incident {
        true => ("care", "flag", format!("Incident {by}")),
        false => ("ok", "chat", format!("Calm contact {by}")),
    };
    Entry {
        month: String::new(),
        tone,
        mark,
        title,
        text: if one.is_incident { say::list(&one.behaviours.iter().filter_map(title_of).collect::<Vec<_>>()) } else { one.text },
        iso: one.at.to_rfc3339(),
        when: say::minute_this_year(one.at, desk.today()),
        href: if one.is_incident { paths::Incident { id: IncidentId(one.id) }.to_string() } else { String::new() },
    }
}

/// Under the month each belongs to.
fn by_month(entries: impl Iterator<Item = (DateTime<Utc>, Entry)>) -> Vec<Entry> {
    let mut last = String::new();
    let mark = |(at, entry): (DateTime<Utc>, Entry)| {
        let month = days::day_of(at).format("%B %Y").to_string();
        let begins = if month == last { String::new() } else { month.clone() };
        last = month;
        Entry { month: begins, ..entry }
    };
    entries.map(mark).collect()
}

/// Once the last day has gone by it stays ended, as the letter promised.
fn outcomes(policy: &Policy, is_over: bool) -> Vec<Choice> {
    let word = &policy.words.restriction.one;
    let choice = |outcome: &ReviewOutcome| match outcome {
        ReviewOutcome::Continue => {
            Choice::new(outcome.key(), format!("The {word} goes on as it is")).hint("For so long, and with a day for the next review.")
        }
        ReviewOutcome::Vary => Choice::new(outcome.key(), format!("The {word} changes"))
            .hint("Fewer or milder terms, or other days. To ask for more needs a new proposal."),
        ReviewOutcome::Undertaking => Choice::new(outcome.key(), format!("The {word} ends once an undertaking is signed"))
            .hint("You word it. Until it is signed, staff see no change."),
        ReviewOutcome::Lift if is_over => {
            Choice::new(outcome.key(), "It has ended").hint("The ⟦customer⟧ hears in writing that it is over.")
        }
        ReviewOutcome::Lift => {
            Choice::new(outcome.key(), format!("The {word} ends today")).hint("Staff see at once that contact is as it was.")
        }
    };
    policy.reviews.outcomes.iter().filter(|outcome| !is_over || **outcome == ReviewOutcome::Lift).map(choice).collect()
}

fn views(customer: &Head) -> Vec<Choice> {
    let name = customer.formal_name();
    vec![
        Choice::new("heard", format!("{name} told us")),
        Choice::new("no-answer", "Asked, no answer yet"),
        Choice::new("not-asked", "Not asked").hint("Only where asking would put somebody at risk."),
    ]
}

fn next(desk: &Desk, policy: &Policy, restriction: &Restriction) -> Vec<Choice> {
    let end = restriction.ends_on.filter(|end| *end > desk.today());
    let choice = |interval: &days::Length| {
        let day = rules::review::after(policy, desk.today(), *interval, None);
        let hint = match end {
            Some(end) if day > end => format!("By {}; on the last day if that is sooner", say::day(day)),
            _ => format!("By {}", say::day(day)),
        };
        Choice::new(interval.to_string(), format!("In {interval}")).hint(hint)
    };
    policy.reviews.intervals.iter().map(choice).collect()
}

fn panel(desk: &Desk, staff: &Staff, policy: &Policy, case: &Case, looked_at: &Review) -> Result<Panel, Fault> {
    if !looked_at.is_due() {
        return Ok(done_with(looked_at));
    }
    let who = case.reviewer(policy);
    let may = |person: &rules::authority::Person| review::may_hold(policy, case, person);
    Ok(match may(&case.reader(desk)?) {
        Ok(()) if DECIDING.admits(staff.reach) => Panel::Hold,
        _ if case.who_may(may).is_empty() => Panel::Nobody { who: who.say(&policy.roles) },
        Ok(()) => Panel::NotYou { why: String::new(), who: case.who_can(policy, who, may) },
        Err(refusal @ rules::authority::Refusal::InMeeting { .. }) => {
            Panel::NotYou { why: refusal.to_string(), who: format!("{} to record", case.who_can(policy, who, may)) }
        }
        Err(refusal) => Panel::NotYou { why: refusal.to_string(), who: case.who_can(policy, who, may) },
    })
}

fn done_with(review: &Review) -> Panel {
    let (Some(at), Some(by)) = (review.held_at, &review.held_by) else { return Panel::Overtaken };
    let what = match review.outcome.as_deref() {
        Some("continue") => "It goes on as it is",
        Some("vary") => "It is changed",
        Some("lift-on-undertaking") => "It ends once an undertaking is signed",
        _ => "It ends",
    };
    let words = review.customers_view.clone().unwrap_or_default();
    let view = match review.view_how.as_deref() {
        Some("heard") => words,
        Some("no-answer") => format!("Asked, no answer. {words}"),
        _ => format!("Not asked. {words}"),
    };
    let facts = vec![("The ⟦customer⟧’s view", view), ("Reasons", review.reasons.clone().unwrap_or_default())];
    Panel::Held { what, by: format!("Held by {by} on {}", say::day(days::day_of(at))), facts }
}
