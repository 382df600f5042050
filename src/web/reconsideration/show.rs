//! One request to look again: what the customer says, what holds, who took part, and who answers.

use askama::Template;

use crate::casework;
use crate::casework::appeal::Via;
use crate::casework::desk::{Desk, Staff};
use crate::casework::reconsideration::Request;
use crate::casework::{found, review};
use crate::http::answer;
use crate::http::desk::{Around, Reading};
use crate::http::doors::DECIDING;
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::id::{ReconsiderationId, RestrictionId};
use crate::rules::measure::Chosen;
use crate::rules::policy::{Body, Policy};
use crate::rules::reconsideration::{Answer, answers};
use crate::rules::restriction::Stage;
use crate::rules::{days, say};
use crate::store;
use crate::store::customer::Head;
use crate::store::reconsideration::Reconsideration;
use crate::store::restriction::{Restriction, Surroundings};
use crate::store::sitting::Subject;
use crate::web::appeal::paragraphs;
use crate::web::draft::{self, Kept};
use crate::web::frame::Frame;
use crate::web::menu;
use crate::web::parts::Due;
use crate::web::sitting::{self, Sitting};
use crate::web::terms::{TermsForm, colleagues};

#[derive(Template)]
#[template(path = "reconsideration/show.html")]
pub(super) struct Show {
    frame: Frame,
    form: Form,
    kept: Kept,
    terms_form: TermsForm,
    id: ReconsiderationId,
    restriction: RestrictionId,
    customer: Head,
    word: String,
    heading: String,
    came: String,
    due: Due,
    is_open: bool,
    /// The grounds it rests on, as a sentence.
    rests_on: String,
    words: Vec<String>,
    /// What has happened since the decision or the last review, in one sentence.
    since: String,
    facts: Vec<(&'static str, String)>,
    terms: Vec<String>,
    grounds: Vec<String>,
    took_part: Vec<(String, String)>,
    panel: Panel,
    /// Where a body answers and the reader records it.
    sitting: Option<Sitting>,
    /// Where a body answered: its meeting, as a sentence.
    met: String,
    outcomes: Vec<Choice>,
    may_be_permanent: bool,
}

/// What stands beside what the customer says.
pub(super) enum Panel {
    /// The reader answers.
    Answer,
    /// Somebody else does; who, and why not the reader.
    NotYou { why: String, who: String },
    /// Nobody may: the rule is not bent.
    Nobody { who: String },
    /// It is answered.
    Answered { what: String, by: String, reasons: Vec<String> },
}

impl Show {
    /// The same page with what was typed and what was wrong.
    pub(super) fn with(mut self, form: Form) -> Self {
        self.frame = self.frame.with_form(&form);
        Self { form, ..self }
    }
}

pub(super) async fn one(path: paths::Reconsideration, Reading { mut desk, staff, around }: Reading) -> Answered {
    let request = Request::of(&mut desk, path.id).await?;
    around.saw(&desk, &staff, request.asked.customer, "reconsideration");
    let page = page(&mut desk, &staff, &around, request, None).await?;
    answer::show(&around, &page)
}

/// The page as it stands, with what was typed where something was.
pub(super) async fn page(desk: &mut Desk, staff: &Staff, around: &Around, request: Request, typed: Option<Form>) -> Result<Show, Fault> {
    let asked = &request.asked;
    let restriction = found(store::restriction::find(&mut desk.tx, asked.restriction).await?)?;
    let beside = store::restriction::surroundings(&mut desk.tx, asked.restriction).await?;
    let customer = found(store::customer::get(&mut desk.tx, asked.customer).await?)?;
    let held = store::term::held(&mut desk.tx, asked.restriction).await?;
    let policy = desk.policy_of(restriction.policy).await?;
    let name = paths::ReconsiderationAnswer { id: asked.id };
    let (form, kept) = match typed {
        Some(form) => (form, Kept::nothing(name)),
        None => draft::laid_over(desk, name, blank(asked, &policy, &restriction, &held)).await?,
    };
    let over = review::ended(desk, &policy, &restriction).filter(|_| restriction.stage == Stage::InForce);
    let panel = panel(desk, staff, &request)?;
    let colleagues = colleagues(desk).await?;
    let met = match asked.is_open() {
        true => None,
        false => casework::sitting::in_words(desk, Subject::Reconsideration(asked.id)).await?,
    };
    let sits = |body: &Body| sitting::of(&request.policy, &request.case, body, sitting::takes(body), |one| request.may_sit(body, one));
    Ok(Show {
        sitting: request.body(desk)?.map(sits),
        met: met.unwrap_or_default(),
        frame: menu::frame(desk, staff, around).with_form(&form),
        terms_form: TermsForm::of(&policy, &held).among(colleagues),
        form,
        kept,
        id: asked.id,
        restriction: restriction.id,
        heading: heading(&customer, asked, &panel),
        word: policy.words.restriction.one.clone(),
        came: format!(
            "Received on {} {}, written down by {}",
            say::day(asked.received_on),
            Via::words(&asked.received_via),
            asked.logged_by
        ),
        due: Due::by(asked.due_on, desk.today(), desk.calendar().working_days_between(desk.today(), asked.due_on)),
        is_open: asked.is_open(),
        rests_on: match asked.listed.is_empty() {
            true => "None of the policy’s grounds fits.".to_owned(),
            false => format!("It rests on: {}.", say::list(&asked.listed)),
        },
        words: paragraphs(&asked.words),
        since: review::since(desk, asked.restriction).await?,
        facts: facts(&restriction, &beside),
        terms: held.iter().map(|term| term.sentence_for_staff()).collect(),
        grounds: paragraphs(restriction.grounds.as_deref().unwrap_or_default()),
        took_part: request.case.parts_in_words(),
        panel,
        outcomes: outcomes(&policy, !asked.listed.is_empty(), over.is_some()),
        may_be_permanent: *policy.terms.permanent,
        customer,
    })
}

/// The form as it opens: nothing chosen, the last day and the terms as they are.
fn blank(asked: &Reconsideration, policy: &Policy, restriction: &Restriction, held: &[Chosen]) -> Form {
    let form = Form::blank().with("version", asked.version).with("restriction_version", restriction.version);
    let form = restriction.ends_on.map_or(form.clone(), |day| form.with("ends_on", day));
    TermsForm::fill(form, policy, held)
}

/// What is to be done, or what was.
fn heading(customer: &Head, asked: &Reconsideration, panel: &Panel) -> String {
    let name = customer.full_name();
    match panel {
        Panel::Answer => format!("Answer {name}, who asks us to look again"),
        Panel::NotYou { .. } | Panel::Nobody { .. } => format!("{name} asks us to look again"),
        Panel::Answered { .. } if asked.stage == "overtaken" => format!("{name} asked us to look again, and it ended first"),
        Panel::Answered { .. } => format!("{name} asked us to look again, and was answered"),
    }
}

fn facts(restriction: &Restriction, beside: &Surroundings) -> Vec<(&'static str, String)> {
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

/// Once the last day has gone by it stays ended, as the letter promised.
fn outcomes(policy: &Policy, has_ground: bool, is_over: bool) -> Vec<Choice> {
    let word = &policy.words.restriction.one;
    let choice = |answer: &Answer| match answer {
        Answer::Keep => {
            Choice::new(answer.key(), format!("The {word} stays as it is")).hint("Looked at again, it is still fair and needed.")
        }
        Answer::Vary => Choice::new(answer.key(), format!("The {word} changes"))
            .hint("Less would do: fewer or milder terms, or a sooner end. An answer never asks for more."),
        Answer::Lift if is_over => Choice::new(answer.key(), "It has ended").hint("The ⟦customer⟧ hears in writing that it is over."),
        Answer::Lift => Choice::new(answer.key(), format!("The {word} ends today")).hint("Staff see at once that contact is as it was."),
        Answer::Decline => Choice::new(answer.key(), "It is not looked at again")
            .hint("None of the policy’s grounds was given. Say so, and what would be one."),
    };
    let goes_on = |answer: &Answer| matches!(answer, Answer::Keep | Answer::Vary);
    answers(has_ground).iter().filter(|answer| !is_over || !goes_on(answer)).map(choice).collect()
}

fn panel(desk: &Desk, staff: &Staff, request: &Request) -> Result<Panel, Fault> {
    let (policy, case) = (&request.policy, &request.case);
    if !request.asked.is_open() {
        return Ok(answered(policy, &request.asked));
    }
    let who = &request.chapter()?.decider;
    let may = |person: &_| request.may_answer(person);
    Ok(match may(&case.reader(desk)?) {
        Ok(()) if DECIDING.admits(staff.reach) => Panel::Answer,
        _ if case.who_may(may).is_empty() => Panel::Nobody { who: who.say(&policy.roles) },
        Ok(()) => Panel::NotYou { why: String::new(), who: case.who_can(policy, who, may) },
        Err(why) => Panel::NotYou { why: why.to_string(), who: sitting::is_for(&why, case.who_can(policy, who, may)) },
    })
}

fn answered(policy: &Policy, asked: &Reconsideration) -> Panel {
    let overtaken = asked.stage == "overtaken";
    let what = match asked.answer.as_deref().and_then(Answer::from_key) {
        Some(answer) => answer.title().to_owned(),
        None => format!("Not answered: the {} it was about ended first", policy.words.restriction.one),
    };
    let on = asked.decided_at.map(|at| say::day(days::day_of(at))).unwrap_or_default();
    Panel::Answered {
        what,
        by: match overtaken {
            true => format!("Closed on {on}"),
            false => format!("Answered by {} on {on}", asked.decided_by.as_deref().unwrap_or("somebody")),
        },
        reasons: paragraphs(asked.reasons.as_deref().unwrap_or_default()),
    }
}
