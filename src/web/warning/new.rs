//! Give a warning: first which step and how, as far as the ladder allows; then what each way needs.

use askama::Template;
use axum::extract::Query;

use super::asking::{agreed, ask, earlier, filled_in};
use super::read::read;
use crate::casework::desk::{Desk, Staff};
use crate::casework::found;
use crate::casework::warning::{self as act, Case, How, Way, request};
use crate::http::answer::{again, done, lead_on, refusals, see_other, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::letters::{Format, Letter};
use crate::rules::checklist::of_step;
use crate::rules::id::{IncidentId, WarningId};
use crate::rules::policy::plain::agreed_in_words;
use crate::rules::policy::{Policy, Step, StepForm};
use crate::rules::say;
use crate::store;
use crate::store::customer::Head;
use crate::store::incident::Incident;
use crate::web::checklist::{self, List};
use crate::web::draft::{self, Kept};
use crate::web::frame::Frame;
use crate::web::incident::facts::{self, Fact};
use crate::web::ladder::{Rung, rungs};
use crate::web::menu;

/// Whom, after what, and which step in which form.
#[derive(serde::Deserialize)]
pub struct Named {
    #[serde(default)]
    customer: String,
    #[serde(default)]
    incident: String,
    #[serde(default)]
    step: String,
    #[serde(default)]
    form: String,
    /// The one that was sent back or taken back, and is written again.
    #[serde(default)]
    again: String,
}

/// Which step, and how.
#[derive(Template)]
#[template(path = "warning/choose.html")]
struct Choose {
    frame: Frame,
    customer: Head,
    word: String,
    back: String,
    open: Vec<Offer>,
    rungs: Vec<Rung>,
}

struct Offer {
    title: String,
    about: String,
    /// What has to come first, and who may leave it out.
    skip: String,
    refused: String,
    /// Who agrees before it is given; empty where nobody has to.
    agreed: String,
    links: Vec<(String, &'static str)>,
}

/// What the chosen way needs.
#[derive(Template)]
#[template(path = "warning/new.html")]
struct New {
    frame: Frame,
    form: Form,
    kept: Kept,
    customer: Head,
    incident: Option<IncidentId>,
    step: Step,
    how: StepForm,
    back: String,
    lists: Vec<List>,
    ticks: Vec<Choice>,
    because: String,
    /// Whether others agree before it is given.
    waits: bool,
    /// The one it takes the place of, and why that one was sent back.
    again: Option<(WarningId, String)>,
    skip: Option<act::Skip>,
    skip_reasons: Vec<Choice>,
    /// What was logged, beside the form.
    beside: Option<Beside>,
}

/// The incident as whoever writes about it needs it.
struct Beside {
    href: String,
    when: String,
    words: String,
    side: String,
    facts: Vec<Fact>,
    /// What we do for the customer's needs, from the record.
    needs: Vec<String>,
}

/// The letter as it would be, before anything is kept.
#[derive(Template)]
#[template(path = "warning/preview.html")]
struct Preview {
    frame: Frame,
    customer: Head,
    title: String,
    /// Whether others agree before it is given.
    waits: bool,
    /// Everything typed, carried along.
    typed: Vec<(String, String)>,
    html: String,
    large: bool,
    format: String,
}

/// The choice, or the form where there is nothing to choose.
pub async fn page(_: paths::WarningNew, Query(asked): Query<Named>, Reading { mut desk, staff, around }: Reading) -> Answered {
    let (customer, case) = case(&mut desk, &asked.customer, &asked.incident).await?;
    around.saw(&desk, &staff, customer.id, "warning");
    let ways = case.ways(&desk)?;
    match chosen(&ways, &asked.step, &asked.form) {
        Some((way, how)) => {
            if way.step.agreed_by.is_some()
                && let Some(id) = request::waiting(&mut desk, &customer, &way.step.key).await?
            {
                return Ok(see_other(paths::WarningRequest { id }));
            }
            let name = form_name(&customer, &case, &way.step.key, how.key());
            let blank = filled_in(&mut desk, &case, &customer, &asked.again).await?;
            let (form, kept) = draft::laid_over(&mut desk, name, blank).await?;
            let page = new(&mut desk, &staff, &around, customer, &case, (way, how), form).await?;
            show(&around, &New { kept, ..page })
        }
        None => {
            let frame = menu::frame(&desk, &staff, &around);
            show(&around, &choose(frame, customer, &case, &ways, desk.today()))
        }
    }
}

/// Gives it.
pub async fn give(_: paths::WarningNew, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let (customer, case) = case(&mut desk, form.value("customer"), form.value("incident")).await?;
    let ways = case.ways(&desk)?;
    let how = StepForm::from_key(form.value("form"));
    if form.yes("change")
        && let Some(chosen) = chosen(&ways, form.value("step"), form.value("form"))
    {
        let page = new(&mut desk, &staff, &around, customer, &case, chosen, form).await?;
        return show(&around, &page);
    }
    let Some(giving) = read(&mut form, &case.policy, how, desk.now) else {
        return once_more(&mut desk, &staff, &around, customer, &case, &ways, form).await;
    };
    if !form.yes("seen") {
        match act::preview(&mut desk, &customer, &case, &giving).await {
            Ok(Some(letter)) => {
                let waits = agreed(&case.policy, &giving).is_some();
                return show(&around, &preview(menu::frame(&desk, &staff, &around), customer, &letter, &form, waits));
            }
            Ok(None) => {}
            Err(error) => {
                refusals(error, &mut form)?;
                return once_more(&mut desk, &staff, &around, customer, &case, &ways, form).await;
            }
        }
    }
    if agreed(&case.policy, &giving).is_some() {
        return ask(desk, &staff, &around, (customer, case, ways), &giving, form).await;
    }
    let to = paths::Warning { id: giving.id };
    match act::give(&mut desk, &customer, &case, &giving).await {
        Ok(true) => {
            let name = form_name(&customer, &case, form.value("step"), form.value("form"));
            store::form_draft::remove(&mut desk.tx, staff.id, &name).await?;
            done(desk, &around, Flash::good("Saved.", told(&giving.how)), to).await
        }
        Ok(false) => Ok(lead_on(&around, Flash::note("Saved already.", "This was given before, so it was not given again."), to)),
        Err(error) => {
            refusals(error, &mut form)?;
            once_more(&mut desk, &staff, &around, customer, &case, &ways, form).await
        }
    }
}

/// Where the form is opened: which warning a draft is of.
pub(super) fn form_name(customer: &Head, case: &Case, step: &str, form: &str) -> String {
    let incident = case.incident.as_ref().map(|one| format!("&incident={}", one.id)).unwrap_or_default();
    format!("{}?customer={}{incident}&step={step}&form={form}", paths::WarningNew {}, customer.reference)
}

/// Everything typed goes along but the button that was pressed.
fn preview(frame: Frame, customer: Head, letter: &Letter, form: &Form, waits: bool) -> Preview {
    let format = letter.shared().format;
    Preview {
        frame,
        customer,
        title: letter.title(),
        waits,
        typed: form.pairs().iter().filter(|(name, _)| name != "seen" && name != "change").cloned().collect(),
        html: letter.html(),
        large: format == Format::LargePrint,
        format: format.title().to_lowercase(),
    }
}

fn told(how: &How) -> &'static str {
    match how {
        How::Written(_) => "The letter is made. Sending it is on your worklist.",
        _ => "It is on the ⟦customer⟧’s record.",
    }
}

/// The page again with everything typed; where the step can no longer be taken, that is said instead.
pub(super) async fn once_more(
    desk: &mut Desk,
    staff: &Staff,
    around: &Around,
    customer: Head,
    case: &Case,
    ways: &[Way],
    form: Form,
) -> Answered {
    let named = (form.value("step").to_owned(), form.value("form").to_owned());
    let Some(chosen) = chosen(ways, &named.0, &named.1) else {
        if let Some(why) = not_yours(ways, &named.0) {
            return Err(Fault::Forbidden(why));
        }
        let sentence = form
            .errors()
            .first()
            .map_or_else(|| "Choose a step that the ladder allows today.".to_owned(), |(_, sentence)| sentence.clone());
        return Err(Fault::Refused(vec![crate::casework::Refusal::at("", sentence)]));
    };
    let page = new(desk, staff, around, customer, case, chosen, form).await?;
    again(around, &page)
}

async fn case(desk: &mut Desk, customer: &str, incident: &str) -> Result<(Head, Case), Fault> {
    let customer = found(store::customer::find(&mut desk.tx, customer).await?)?;
    let incident = match incident.is_empty() {
        true => None,
        false => {
            let id: IncidentId = found(incident.parse().ok())?;
            Some(found(store::incident::find(&mut desk.tx, id).await?)?)
        }
    };
    let case = Case::of(desk, customer.id, incident).await?;
    Ok((customer, case))
}

/// The way named, or the only one there is.
fn chosen<'a>(ways: &'a [Way], step: &str, form: &str) -> Option<(&'a Way, StepForm)> {
    let mut open = ways.iter().filter(|way| way.refused.is_none()).flat_map(|way| way.forms.iter().map(move |form| (way, *form)));
    if let (true, Some(only), None) = (step.is_empty(), open.clone().next(), open.clone().nth(1))
        && only.0.skip.is_none()
    {
        return Some(only);
    }
    open.find(|(way, how)| way.step.key == step && how.key() == form)
}

/// Why none of the ways meant is the reader's to take: the step named, or any where none is.
fn not_yours(ways: &[Way], step: &str) -> Option<String> {
    let named: Vec<&Way> = ways.iter().filter(|way| way.step.key == step).collect();
    let meant = if named.is_empty() { ways.iter().collect() } else { named };
    let refused: Option<Vec<&String>> = meant.iter().map(|way| way.refused.as_ref()).collect();
    refused?.first().map(|why| (*why).clone())
}

fn choose(frame: Frame, customer: Head, case: &Case, ways: &[Way], today: chrono::NaiveDate) -> Choose {
    let link = |way: &Way, form: StepForm| {
        let href = form_name(&customer, case, &way.step.key, form.key());
        let text = match form {
            StepForm::Spoken if way.step.agreed_by.is_some() => "Write what you would say",
            StepForm::WithinCorrespondence if way.step.agreed_by.is_some() => "Write the passage for another letter",
            StepForm::Spoken => "I have said it already",
            StepForm::Written => "Write the letter",
            StepForm::WithinCorrespondence => "It is part of another letter",
        };
        (href, text)
    };
    let open = ways.iter().map(|way| Offer {
        title: way.step.title.clone(),
        about: way.step.about.clone(),
        skip: way.skip.as_ref().map(|skip| skip.because.clone()).unwrap_or_default(),
        refused: way.refused.clone().unwrap_or_default(),
        agreed: way.step.agreed_by.as_ref().map(|stages| agreed_in_words(&case.policy, stages)).unwrap_or_default(),
        links: way.forms.iter().filter(|_| way.refused.is_none()).map(|form| link(way, *form)).collect(),
    });
    Choose {
        word: case.policy.words.warning.a.clone(),
        back: back(&customer, case),
        open: open.collect(),
        rungs: rungs(&case.policy, &case.past, today),
        frame,
        customer,
    }
}

fn back(customer: &Head, case: &Case) -> String {
    match &case.incident {
        Some(one) => paths::Incident { id: one.id }.to_string(),
        None => format!("/customers/{}", customer.reference),
    }
}

async fn new(
    desk: &mut Desk,
    staff: &Staff,
    around: &Around,
    customer: Head,
    case: &Case,
    (way, how): (&Way, StepForm),
    form: Form,
) -> Result<New, Fault> {
    let needs = store::customer::needs(&mut desk.tx, customer.id).await?;
    let needs: Vec<String> = needs.iter().map(|need| say::finished(&need.to_do)).collect();
    let again = earlier(desk, &customer, form.value("again")).await?;
    let again = again.map(|one| (one.id, one.ended_because.unwrap_or_default()));
    Ok(New {
        waits: way.step.agreed_by.is_some(),
        again,
        frame: menu::frame(desk, staff, around).with_form(&form),
        beside: case.incident.as_ref().map(|one| beside(case, one, needs)),
        incident: case.incident.as_ref().map(|one| one.id),
        back: back(&customer, case),
        lists: checklist::lists(&of_step(&case.policy, &way.step)),
        ticks: checklist::ticks(),
        kept: Kept::nothing(form_name(&customer, case, &way.step.key, how.key())),
        because: because(&case.policy, &way.step),
        skip_reasons: way.skip.iter().flat_map(|skip| &skip.reasons).map(|(key, said)| Choice::new(key, said)).collect(),
        skip: way.skip.clone(),
        step: way.step.clone(),
        form,
        customer,
        how,
    })
}

fn beside(case: &Case, incident: &Incident, needs: Vec<String>) -> Beside {
    Beside {
        href: paths::Incident { id: incident.id }.to_string(),
        when: say::minute(incident.happened_at),
        words: incident.what_happened.clone(),
        side: incident.customers_side.clone().unwrap_or_default(),
        facts: facts::to_weigh(&case.policy, incident),
        needs,
    }
}

fn because(policy: &Policy, step: &Step) -> String {
    let agreed = step.agreed_by.as_ref().map(|stages| format!(" {}", agreed_in_words(policy, stages))).unwrap_or_default();
    format!("{} Given by {}.{agreed}", step.about, step.taken_by.say(&policy.roles))
}

impl New {
    fn heading(&self) -> String {
        match self.how {
            StepForm::Spoken => format!("{}, spoken", self.step.title),
            StepForm::Written if say::in_a_letter(&self.step.title) == self.step.title => self.step.title.clone(),
            StepForm::Written => format!("{}, in a letter", self.step.title),
            StepForm::WithinCorrespondence => format!("{}, inside another letter", self.step.title),
        }
    }

    fn button(&self) -> String {
        match self.how {
            StepForm::Written if self.waits => "Read the letter before you ask".to_owned(),
            StepForm::Written => "Read the letter before it counts".to_owned(),
            _ if self.waits => "Ask others to agree".to_owned(),
            _ => format!("Record: {}", self.step.title),
        }
    }
}
