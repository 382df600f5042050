//! An appeal against a warning: logged here, read here, decided here.

use askama::Template;

use crate::casework::appeal::Via;
use crate::casework::desk::{Desk, Staff};
use crate::casework::warning::appeal::{self, Challenge, Decision, Received, Verdict};
use crate::casework::{self, Error, found};
use crate::http::answer::{again, done, lead_on, refusals, show, stale};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::doors::{DECIDING, LOGGING};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::id::{AppealId, WarningId};
use crate::rules::policy::{AppealForm, Body};
use crate::rules::text::Narrative;
use crate::rules::{challenge, days, say};
use crate::store;
use crate::store::customer::Head;
use crate::store::sitting::Subject;
use crate::store::warning_appeal::WarningAppeal;
use crate::web::appeal::{listed_choices, read_listed, said};
use crate::web::draft::{self, Kept};
use crate::web::frame::Frame;
use crate::web::menu;
use crate::web::sitting::{self, Sitting};

#[derive(Template)]
#[template(path = "warning/appeal.html")]
struct Show {
    frame: Frame,
    form: Form,
    kept: Kept,
    customer: Head,
    id: WarningId,
    /// The landlord's own title of the step.
    title: String,
    word: String,
    heading: String,
    lead: String,
    /// The appeal that is open or was answered.
    facts: Vec<(&'static str, String)>,
    grounds: Vec<String>,
    panel: Panel,
    /// Where a body decides and the reader records it.
    sitting: Option<Sitting>,
    vias: Vec<Choice>,
    /// The grounds the policy lists, and that none of them fits; empty where it lists none.
    listed: Vec<Choice>,
    has_last_day: bool,
    asks_for_writing: bool,
}

/// What the reader does here.
enum Panel {
    /// Writes one down.
    Log,
    /// Decides it.
    Decide { outcomes: Vec<Choice> },
    /// Somebody else decides it.
    NotYou { why: String, who: String },
    /// Nobody may yet.
    Nobody { who: String },
    /// It is answered, or none can come.
    Nothing { why: String },
}

pub async fn page(path: paths::WarningAppeal, Reading { mut desk, staff, around }: Reading) -> Answered {
    let challenge = Challenge::of(&mut desk, path.id).await?;
    let (form, kept) = match challenge.open() {
        Some(open) => {
            let name = paths::WarningAppealDecision { id: path.id };
            draft::laid_over(&mut desk, name, Form::blank().with("version", open.version)).await?
        }
        None => {
            let form = Form::blank().with("id", desk.new_id::<AppealId>()).with("received_on", desk.today());
            draft::laid_over(&mut desk, &path, form).await?
        }
    };
    let page = Show { kept, ..shown(&mut desk, &staff, &around, &challenge, form).await? };
    around.saw(&desk, &staff, challenge.warning.customer, "appeal");
    show(&around, &page)
}

/// Logs one.
pub async fn log(path: paths::WarningAppeal, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let challenge = Challenge::of(&mut desk, path.id).await?;
    let vias = Via::offered(&mut desk, challenge.warning.customer).await?;
    let received = read(&mut form, path.id, challenge.grounds(), &vias);
    let before = shown(&mut desk, &staff, &around, &challenge, form.clone()).await?;
    let Some(received) = received else { return again(&around, &before.with(form)) };
    let to = paths::WarningAppeal { id: path.id };
    match appeal::receive(&mut desk, &received).await {
        Ok(true) => {
            let flash = Flash::good(
                "Appeal logged.",
                "Whoever may decide it has been told. The letter that says we have it waits under Letters for you to send.",
            );
            done(desk, &around, flash, to).await
        }
        Ok(false) => Ok(lead_on(&around, Flash::note("Saved already.", "This is the one you logged."), to)),
        Err(error @ Error::Refused(_)) => {
            refusals(error, &mut form)?;
            again(&around, &before.with(form))
        }
        Err(error) => Err(error.into()),
    }
}

/// Decides one.
pub async fn decide(path: paths::WarningAppealDecision, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let challenge = Challenge::of(&mut desk, path.id).await?;
    let verdict = read_verdict(&desk, &mut form, &challenge)?;
    let version = form.value("version").parse().unwrap_or(0);
    let before = shown(&mut desk, &staff, &around, &challenge, form.clone()).await?;
    let Some(verdict) = verdict.filter(|_| form.is_clean()) else {
        // Whoever may not decide is told that first.
        return match before.panel {
            Panel::Decide { .. } => again(&around, &before.with(form)),
            _ => Err(Fault::Forbidden(before.why_not())),
        };
    };
    match appeal::decide(&mut desk, path.id, version, &verdict).await {
        Ok(()) => {
            let flash = Flash::good("Decision recorded.", "The letter with the reasons waits under Letters for you to send.");
            done(desk, &around, flash, paths::WarningAppeal { id: path.id }).await
        }
        Err(Error::Changed(sentence)) => {
            form.refuse(sentence);
            stale(&around, &before.with(form))
        }
        Err(error) => {
            refusals(error, &mut form)?;
            again(&around, &before.with(form))
        }
    }
}

/// What comes of it, why, and where a body decides its meeting, with what the rules find wrong with it beside its fields.
fn read_verdict(desk: &Desk, form: &mut Form, challenge: &Challenge) -> Result<Option<Verdict>, Fault> {
    let meeting = match challenge.body(desk)? {
        Some(body) => sitting::read(form, body),
        None => None,
    };
    if meeting.is_some() {
        refusals(Error::Refused(appeal::against_meeting(desk, challenge, meeting.as_ref())?), form)?;
    }
    let every = [("uphold", Decision::Uphold), ("withdraw", Decision::Withdraw), ("too-late", Decision::TooLate)];
    let decision = form.choice("outcome", &every, "Choose what comes of it");
    let reasons = form.text("reasons", |typed| Narrative::parse(typed).map_err(|error| said(typed, &error, "Enter your reasons")));
    Ok(decision.zip(reasons).map(|(decision, reasons)| Verdict { decision, reasons: reasons.to_string(), meeting }))
}

fn read(form: &mut Form, warning: WarningId, grounds: &[String], vias: &[Via]) -> Option<Received> {
    let listed = read_listed(form, grounds);
    let vias: Vec<(&str, Via)> = vias.iter().map(|via| (via.key(), *via)).collect();
    let id = form.value("id").parse().ok();
    let grounds = form.text("grounds", |typed| {
        Narrative::parse(typed).map_err(|error| said(typed, &error, "Write down what the ⟦customer⟧ says is wrong"))
    });
    let on = form.date("received_on", "Enter the day it reached us");
    let via = form.choice("received_via", &vias, "Choose how it reached us");
    let late_because = form.optional("late_because", Narrative::parse);
    Some(Received {
        id: id?,
        warning,
        on: on?,
        via: via?,
        listed: listed?,
        grounds: grounds?.to_string(),
        late_because: late_because?.map(|text| text.to_string()),
    })
}

impl Show {
    fn with(mut self, form: Form) -> Self {
        self.frame = self.frame.with_form(&form);
        Self { form, ..self }
    }

    fn why_not(self) -> String {
        match self.panel {
            Panel::NotYou { why, who } => format!("{why} It is for {who}."),
            Panel::Nobody { who } => format!("Nobody here may decide this yet. It needs {who} who took no part."),
            Panel::Nothing { why } => why,
            Panel::Log | Panel::Decide { .. } => "There is no appeal to decide.".to_owned(),
        }
    }
}

async fn shown(desk: &mut Desk, staff: &Staff, around: &Around, challenge: &Challenge, form: Form) -> Result<Show, Fault> {
    let warning = &challenge.warning;
    let customer = found(store::customer::get(&mut desk.tx, warning.customer).await?)?;
    let words = &challenge.policy.words.appeal;
    let panel = panel(desk, staff, challenge)?;
    let vias = Via::offered(desk, warning.customer).await?;
    let met = match challenge.last.as_ref().filter(|last| !last.is_open()) {
        Some(last) => casework::sitting::in_words(desk, Subject::WarningAppeal(last.id)).await?,
        None => None,
    };
    let sits =
        |body: &Body| sitting::of(&challenge.policy, &challenge.case, body, sitting::takes(body), |one| challenge.may_sit(body, one));
    let heading = match panel {
        Panel::Log => format!("Log {} from {}", words.a, customer.full_name()),
        _ => format!("{} of {}", words.heading(), customer.full_name()),
    };
    let kept = match panel {
        Panel::Log => Kept::nothing(paths::WarningAppeal { id: warning.id }),
        _ => Kept::nothing(paths::WarningAppealDecision { id: warning.id }),
    };
    let shown = challenge.last.as_ref().filter(|_| !matches!(panel, Panel::Log));
    Ok(Show {
        frame: menu::frame(desk, staff, around).with_form(&form),
        form,
        kept,
        id: warning.id,
        title: warning.step_title.clone(),
        word: words.one.clone(),
        heading,
        lead: lead(desk, challenge, &panel),
        facts: shown.map(|appeal| facts(challenge, appeal, met)).unwrap_or_default(),
        grounds: shown.map(|appeal| appeal.grounds.lines().map(str::to_owned).collect()).unwrap_or_default(),
        panel,
        sitting: challenge.body(desk)?.map(sits),
        vias: vias.iter().map(|via| Choice::new(via.key(), via.title())).collect(),
        listed: listed_choices(challenge.grounds()),
        has_last_day: challenge.last_day(desk.today()).is_some(),
        asks_for_writing: challenge.profile().is_some_and(|profile| *profile.forms == [AppealForm::Writing]),
        customer,
    })
}

fn lead(desk: &Desk, challenge: &Challenge, panel: &Panel) -> String {
    let (Some(profile), Panel::Log) = (challenge.profile(), panel) else { return String::new() };
    let when = match challenge.last_day(desk.today()) {
        None => "The policy sets no last day for it.".to_owned(),
        Some(day) if day < desk.today() => {
            format!("The last day for it was {}. A late one is taken too; somebody decides whether it is heard.", say::day(day))
        }
        Some(day) => format!("The last day for it is {}.", say::day(day)),
    };
    let by = challenge::answer_by(&challenge.policy, profile, desk.today()).due;
    format!(
        "Write down what the ⟦customer⟧ says is wrong, in their own words. {when} Logged today, it is answered by {}.",
        say::weekday(by)
    )
}

fn facts(challenge: &Challenge, appeal: &WarningAppeal, met: Option<String>) -> Vec<(&'static str, String)> {
    let via = Via::words(&appeal.received_via);
    let mut facts = vec![("Received", format!("{} {via}, written down by {}", say::day(appeal.received_on), appeal.logged_by))];
    match (challenge.grounds().is_empty(), appeal.listed.is_empty()) {
        (true, _) => {}
        (false, true) => facts.push(("Rests on", "None of the grounds that the policy lists fits".to_owned())),
        (false, false) => facts.push(("Rests on", say::sentence(&say::list(&appeal.listed)))),
    }
    if let (Some(last), Some(because)) = (appeal.window_closed_on, &appeal.late_because) {
        facts.push(("Late", format!("The last day for it was {}. {because}", say::day(last))));
    }
    match (appeal.decided_at, &appeal.decided_by) {
        (Some(at), Some(by)) => {
            let what = match appeal.outcome.as_deref() {
                Some("uphold") => "It stays as it is",
                Some(_) => "It is withdrawn, and no longer counts",
                None => "It came too late and was not heard",
            };
            facts.push(("Decided", format!("{what}: {by}, {}", say::day(days::day_of(at)))));
            facts.extend(met.map(|met| ("Meeting", met)));
            facts.push(("Reasons", appeal.reasons.clone().unwrap_or_default()));
        }
        _ => facts.push(("Decide by", say::weekday(appeal.due_on))),
    }
    facts
}

fn panel(desk: &Desk, staff: &Staff, challenge: &Challenge) -> Result<Panel, Fault> {
    let Some(who) = challenge.who().filter(|_| challenge.open().is_some()) else {
        return Ok(match challenge.refused() {
            Some(why) => Panel::Nothing { why },
            None if LOGGING.admits(staff.reach) => Panel::Log,
            None => Panel::Nothing { why: "None has come.".to_owned() },
        });
    };
    let (policy, case, reader) = (&challenge.policy, &challenge.case, challenge.case.reader(desk)?);
    let may = |one: &_| challenge.may_decide(one);
    Ok(match may(&reader) {
        Ok(()) if DECIDING.admits(staff.reach) => {
            Panel::Decide { outcomes: challenge.decisions(&reader).into_iter().map(choice).collect() }
        }
        _ if case.who_may(may).is_empty() => Panel::Nobody { who: who.say(&policy.roles) },
        Ok(()) => Panel::NotYou { why: String::new(), who: case.who_can(policy, who, may) },
        Err(why) => Panel::NotYou { why: why.to_string(), who: sitting::is_for(&why, case.who_can(policy, who, may)) },
    })
}

fn choice(decision: Decision) -> Choice {
    match decision {
        Decision::Uphold => Choice::new("uphold", "It stays as it is").hint("It was right, and counts as before."),
        Decision::Withdraw => {
            Choice::new("withdraw", "It is withdrawn").hint("It no longer counts from this second. It stays on the record.")
        }
        Decision::TooLate => {
            Choice::new("too-late", "It came too late").hint("It is not heard. The ⟦customer⟧ gets a letter with your reasons.")
        }
    }
}
