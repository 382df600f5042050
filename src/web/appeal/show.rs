//! One appeal: what the customer says is wrong, the decision it is against, who took part, and who decides.

use askama::Template;

use super::{outcome_words, paragraphs};
use crate::casework;
use crate::casework::appeal::{Via, body, case_of, may_sit, next};
use crate::casework::case::Case;
use crate::casework::desk::{Desk, Staff};
use crate::casework::found;
use crate::http::answer;
use crate::http::desk::{Around, Reading};
use crate::http::doors::DECIDING;
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules;
use crate::rules::appeal::Round;
use crate::rules::days;
use crate::rules::id::{AppealId, RestrictionId};
use crate::rules::policy::{AppealOutcome, Body, Decision, Part, Policy};
use crate::rules::say;
use crate::store;
use crate::store::appeal::Appeal;
use crate::store::customer::Head;
use crate::store::sitting::Subject;
use crate::web::checklist::{self, Gone, List};
use crate::web::draft::{self, Kept};
use crate::web::frame::Frame;
use crate::web::letter::letter_about;
use crate::web::menu;
use crate::web::parts::Due;
use crate::web::sitting::{self, Sitting};
use crate::web::terms::{TermsForm, colleagues};

#[derive(Template)]
#[template(path = "appeal/show.html")]
pub(super) struct Show {
    frame: Frame,
    form: Form,
    kept: Kept,
    terms_form: TermsForm,
    id: AppealId,
    restriction: RestrictionId,
    customer: Head,
    word: String,
    restriction_word: String,
    came: String,
    due: Due,
    is_open: bool,
    /// The listed grounds it rests on, as a sentence; empty where the policy lists none.
    rests_on: String,
    grounds: Vec<String>,
    new_information: Vec<String>,
    late: Vec<String>,
    decision: Vec<(&'static str, String)>,
    reasons: Vec<String>,
    terms: Vec<String>,
    took_part: Vec<(String, String)>,
    /// The parts the reader took, as a sentence, or nothing.
    own_parts: String,
    panel: Panel,
    /// Where a body decides and the reader records it.
    sitting: Option<Sitting>,
    /// Where a body decided: its meeting, as a sentence.
    met: String,
    /// Once it is answered: the letter that says so, and what to do with it.
    letter: Option<(String, &'static str)>,
    outcomes: Vec<Choice>,
    /// The policy's lists, to be gone through before it is decided; and as they were.
    lists: Vec<List>,
    ticks: Vec<Choice>,
    gone: Vec<Gone>,
    /// Whether it is about the length alone: then only the last day can change.
    of_length: bool,
    may_be_permanent: bool,
    may_send_back: bool,
    complaint_closes: bool,
    /// What the first came to, where this is the second.
    before: Option<Before>,
}

/// The answer to the first appeal.
struct Before {
    href: String,
    what: String,
    by: String,
    reasons: Vec<String>,
}

impl Show {
    /// The same page with what was typed and what was wrong.
    pub(super) fn with(mut self, form: Form) -> Self {
        self.frame = self.frame.with_form(&form);
        Self { form, ..self }
    }
}

/// What stands beside the evidence.
enum Panel {
    /// The reader decides.
    Decide,
    /// The reader decides first whether a late one is heard.
    Admit { last_day: String },
    /// Somebody else does; who, and why not the reader.
    NotYou { why: String, who: String },
    /// Nobody may: the rule is not bent.
    Nobody { who: String },
    /// It is answered.
    Answered { what: String, by: String, reasons: Vec<String>, look_at: Vec<String> },
}

pub(super) async fn one(path: paths::Appeal, Reading { mut desk, staff, around }: Reading) -> Answered {
    let appeal = found(store::appeal::find(&mut desk.tx, path.id).await?)?;
    around.saw(&desk, &staff, appeal.customer, "appeal");
    let page = page(&mut desk, &staff, &around, appeal, None).await?;
    answer::show(&around, &page)
}

/// The page as it stands, with what was typed where something was.
pub(super) async fn page(desk: &mut Desk, staff: &Staff, around: &Around, appeal: Appeal, typed: Option<Form>) -> Result<Show, Fault> {
    let restriction = found(store::restriction::find(&mut desk.tx, appeal.restriction).await?)?;
    let beside = store::restriction::surroundings(&mut desk.tx, appeal.restriction).await?;
    let customer = found(store::customer::get(&mut desk.tx, appeal.customer).await?)?;
    let held = store::term::held(&mut desk.tx, appeal.restriction).await?;
    let policy = desk.policy_of(appeal.policy).await?;
    let case = case_of(desk, &policy, &appeal).await?;
    let name = paths::AppealDecision { id: appeal.id };
    let (form, kept) = match typed {
        Some(form) => (form, Kept::nothing(name)),
        None => draft::laid_over(desk, name, blank(&appeal, &policy, &restriction, &held)).await?,
    };
    let before = match appeal.answers {
        Some(first) => Some(before(&policy, &found(store::appeal::find(&mut desk.tx, first).await?)?)),
        None => None,
    };
    let profile = rules::appeal::profile(&policy, appeal.round);
    let own: Vec<&str> = case.history.parts_of(staff.id).map(Part::title).collect();
    let colleagues = colleagues(desk).await?;
    let gone = store::checklist::of(&mut desk.tx, appeal.id.0).await?;
    let met = match appeal.stage.as_str() {
        "decided" => casework::sitting::in_words(desk, Subject::Appeal(appeal.id)).await?,
        "out-of-time" => casework::sitting::in_words(desk, Subject::LateAppeal(appeal.id)).await?,
        _ => None,
    };
    let sits = |body: &Body| sitting::of(&policy, &case, body, sitting::takes(body), |one| may_sit(&policy, &case, &appeal, body, one));
    Ok(Show {
        sitting: body(desk, &policy, &case, &appeal)?.map(sits),
        met: met.unwrap_or_default(),
        frame: menu::frame(desk, staff, around).with_form(&form),
        terms_form: TermsForm::of(&policy, &held).among(colleagues),
        form,
        kept,
        id: appeal.id,
        restriction: restriction.id,
        customer,
        word: say::sentence(&appeal.round.named(&policy)),
        restriction_word: policy.words.restriction.one.clone(),
        came: came(&appeal),
        due: Due::by(appeal.due_on, desk.today(), desk.calendar().working_days_between(desk.today(), appeal.due_on)),
        is_open: appeal.is_open(),
        rests_on: rests_on(&policy, &appeal),
        grounds: paragraphs(&appeal.grounds),
        new_information: paragraphs(appeal.new_information.as_deref().unwrap_or_default()),
        late: late(&appeal),
        decision: decision(&restriction, &beside),
        reasons: paragraphs(restriction.decision_reasons.as_deref().unwrap_or_default()),
        terms: held.iter().map(|term| term.sentence_for_staff()).collect(),
        took_part: case.parts_in_words(),
        own_parts: if own.is_empty() { String::new() } else { format!("{} {}.", staff.name, say::list(&own)) },
        panel: panel(desk, staff, &policy, &case, &appeal)?,
        letter: if appeal.is_open() { None } else { letter_about(desk, appeal.id.0).await? },
        outcomes: outcomes(&policy, appeal.round),
        lists: checklist::lists(&rules::checklist::at(&policy, &[Decision::Appeal])),
        ticks: checklist::ticks(),
        gone: checklist::gone(gone),
        of_length: appeal.round == Round::Length,
        may_be_permanent: *policy.terms.permanent,
        may_send_back: rules::appeal::outcomes(&policy, appeal.round).contains(&AppealOutcome::Remit),
        complaint_closes: *profile.complaint == rules::policy::ComplaintRoute::ClosedAfterAppeal
            && !rules::appeal::opens_another(&policy, appeal.round, AppealOutcome::Uphold),
        before,
    })
}

fn blank(appeal: &Appeal, policy: &Policy, restriction: &store::restriction::Restriction, held: &[rules::measure::Chosen]) -> Form {
    let form = Form::blank().with("version", appeal.version).with("restriction_version", restriction.version);
    let form = match restriction.ends_on {
        Some(day) => form.with("ends_on", day),
        None => form,
    };
    TermsForm::fill(form, policy, held)
}

fn rests_on(policy: &Policy, appeal: &Appeal) -> String {
    match (&rules::appeal::profile(policy, appeal.round).grounds, appeal.listed.is_empty()) {
        (None, _) => String::new(),
        (Some(_), true) => "None of the grounds that the policy lists fits.".to_owned(),
        (Some(_), false) => format!("It rests on: {}.", say::list(&appeal.listed)),
    }
}

fn came(appeal: &Appeal) -> String {
    let via = Via::words(&appeal.received_via);
    format!("Received on {} {via}, written down by {}", say::day(appeal.received_on), appeal.logged_by)
}

/// What there is to know of one that came late.
fn late(appeal: &Appeal) -> Vec<String> {
    let Some(last_day) = appeal.window_closed_on.filter(|_| appeal.late) else { return Vec::new() };
    let mut lines = vec![format!("The last day for it was {}. It came on {}.", say::day(last_day), say::day(appeal.received_on))];
    if let Some(because) = &appeal.late_because {
        lines.push(format!("Why, as the ⟦customer⟧ said: {because}"));
    }
    if let (Some(by), Some(because), Some(at)) = (&appeal.admitted_by, &appeal.admitted_because, appeal.admitted_at) {
        lines.push(format!("{} decided on {} that it is heard: {because}", say::sentence(by), say::day(days::day_of(at))));
    }
    lines
}

fn decision(restriction: &store::restriction::Restriction, beside: &store::restriction::Surroundings) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if let (Some(by), Some(job)) = (&beside.decided_by, &beside.decided_by_job) {
        facts.push(("Decided by", format!("{by}, {job}")));
    }
    if let Some(at) = restriction.in_force_at {
        facts.push(("In force since", say::day(days::day_of(at))));
    }
    facts.push(("Last day", restriction.ends_on.map_or_else(|| "None".to_owned(), say::day)));
    if let Some(due) = beside.review_due {
        facts.push(("Review", say::day(due)));
    }
    facts
}

/// What the first appeal came to, on the page of the second.
fn before(policy: &Policy, first: &Appeal) -> Before {
    Before {
        href: paths::Appeal { id: first.id }.to_string(),
        what: first
            .outcome
            .as_deref()
            .and_then(AppealOutcome::from_key)
            .map_or_else(String::new, |outcome| outcome_words(policy, first.round, outcome)),
        by: answered_by(first),
        reasons: paragraphs(first.reasons.as_deref().unwrap_or_default()),
    }
}

fn answered_by(appeal: &Appeal) -> String {
    let on = appeal.decided_at.map(|at| say::day(days::day_of(at))).unwrap_or_default();
    format!("Decided by {} on {on}", appeal.decided_by.as_deref().unwrap_or("somebody"))
}

fn outcomes(policy: &Policy, round: Round) -> Vec<Choice> {
    let hint = |outcome| match outcome {
        AppealOutcome::Uphold => "The decision was right, and is still fair.",
        AppealOutcome::Vary if round == Round::Length => "Enter the new last day. The terms stay as they are.",
        AppealOutcome::Vary => "Less would do: fewer or milder terms, or a sooner end. An answer never asks for more.",
        AppealOutcome::Quash => "Staff see at once that contact is as it was.",
        AppealOutcome::Remit => "Somebody who took no part makes it again. Until then nothing changes.",
    };
    let choice = |outcome: &AppealOutcome| Choice::new(outcome.key(), outcome_words(policy, round, *outcome)).hint(hint(*outcome));
    rules::appeal::outcomes(policy, round).iter().map(choice).collect()
}

fn panel(desk: &Desk, staff: &Staff, policy: &Policy, case: &Case, appeal: &Appeal) -> Result<Panel, Fault> {
    if !appeal.is_open() {
        return Ok(answered(policy, appeal));
    }
    let admits = appeal.waits_to_be_admitted();
    let who = next(policy, case, appeal);
    let may = |person: &rules::authority::Person| match admits {
        true => rules::appeal::may_admit_late(policy, appeal.round, person, &case.history),
        false => rules::appeal::may_hear(policy, appeal.round, person, &case.history),
    };
    let last_day = appeal.window_closed_on.map(say::day).unwrap_or_default();
    Ok(match may(&case.reader(desk)?) {
        Ok(()) if DECIDING.admits(staff.reach) && admits => Panel::Admit { last_day },
        Ok(()) if DECIDING.admits(staff.reach) => Panel::Decide,
        _ if case.who_may(may).is_empty() => Panel::Nobody { who: who.say(&policy.roles) },
        Ok(()) => Panel::NotYou { why: String::new(), who: case.who_can(policy, who, may) },
        Err(why) => Panel::NotYou { why: why.to_string(), who: sitting::is_for(&why, case.who_can(policy, who, may)) },
    })
}

fn answered(policy: &Policy, appeal: &Appeal) -> Panel {
    let (overtaken, taken_in) = (appeal.stage == "overtaken", appeal.stage == "taken-in");
    let what = match appeal.outcome.as_deref().and_then(AppealOutcome::from_key) {
        Some(outcome) => outcome_words(policy, appeal.round, outcome),
        None if overtaken => format!("Not decided: the {} it was against ended first", policy.words.restriction.one),
        None if taken_in => "One against the whole decision came, and is answered for both".to_owned(),
        None => "It came too late and was not heard".to_owned(),
    };
    let on = appeal.decided_at.map(|at| say::day(days::day_of(at))).unwrap_or_default();
    Panel::Answered {
        what,
        by: match overtaken || taken_in {
            true => format!("Closed on {on}"),
            false => answered_by(appeal),
        },
        reasons: paragraphs(appeal.reasons.as_deref().unwrap_or_default()),
        look_at: paragraphs(appeal.look_at.as_deref().unwrap_or_default()),
    }
}
