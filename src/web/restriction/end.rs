//! Ending a restriction early, with the reasons and the letter that says so.

use askama::Template;

use crate::casework::desk::Desk;
use crate::casework::restriction::may_end_alone;
use crate::casework::{self, found};
use crate::http::answer::{again, done, refusals, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Posted, Reading};
use crate::http::fault::{Answered, Fault};
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::checklist::at;
use crate::rules::id::RestrictionId;
use crate::rules::policy::Decision;
use crate::rules::restriction::Stage;
use crate::rules::say;
use crate::rules::text::Narrative;
use crate::store;
use crate::store::customer::Head;
use crate::store::restriction::Restriction;
use crate::web::checklist::{self, List};
use crate::web::frame::Frame;
use crate::web::menu;

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
    lists: Vec<List>,
    ticks: Vec<Choice>,
    until: String,
    review: String,
}

pub(super) async fn ask(path: paths::RestrictionEnd, Reading { mut desk, staff, around }: Reading) -> Answered {
    let restriction = ending_of(&mut desk, path.id).await?;
    let form = Form::blank().with("version", restriction.version);
    let frame = menu::frame(&desk, &staff, &around);
    around.saw(&desk, &staff, restriction.customer, "restriction");
    show(&around, &end_page(&mut desk, frame, form, &restriction).await?)
}

pub(super) async fn save(path: paths::RestrictionEnd, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let restriction = ending_of(&mut desk, path.id).await?;
    let reasons = form.text("reason", |typed| reasons(typed, "Enter your reasons"));
    let version = form.value("version").parse().unwrap_or(-1);
    let policy = desk.policy_of(restriction.policy).await?;
    let checked = checklist::read(&mut form, &at(&policy, &[Decision::Lift]), true);
    if let Some(reasons) = reasons.filter(|_| form.is_clean()) {
        match casework::restriction::end_early(&mut desk, path.id, version, &reasons, &checked).await {
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
pub(in crate::web) fn reasons(typed: &str, missing: &str) -> Result<String, String> {
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
    may_end_alone(desk, &restriction).await?.map_err(Fault::Forbidden)?;
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
        lists: checklist::lists(&at(&policy, &[Decision::Lift])),
        ticks: checklist::ticks(),
        terms: terms.iter().map(|line| line.term.sentence_for_staff()).collect(),
        until: restriction.ends_on.map_or_else(|| "has no last day".to_owned(), |last| format!("would have run until {}", say::day(last))),
        review: restriction.review_on.map(say::day).unwrap_or_default(),
    })
}
