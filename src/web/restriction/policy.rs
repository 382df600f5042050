//! Moving a case to the version of the policy in force: what would change, what stays, and why.

use askama::Template;

use super::reasons;
use crate::casework::desk::Desk;
use crate::casework::found;
use crate::casework::policy::{self, Moving};
use crate::http::answer::{again, done, lead_on, refusals, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Posted, Reading};
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths;
use crate::rules::id::RestrictionId;
use crate::rules::policy_change::{Change, promises};
use crate::store;
use crate::store::customer::Head;
use crate::web::frame::Frame;
use crate::web::menu;

#[derive(Template)]
#[template(path = "restriction/policy.html")]
struct Move {
    frame: Frame,
    form: Form,
    id: RestrictionId,
    customer: Head,
    word: String,
    from: i32,
    to: i32,
    /// What the customer's business area is now, where it is another than the case was begun in.
    area: Option<String>,
    changes: Vec<Change>,
    promises: Vec<String>,
    refused: Vec<String>,
}

pub(super) async fn ask(path: paths::RestrictionPolicy, Reading { mut desk, staff, around }: Reading) -> Answered {
    let moving = policy::moving(&mut desk, path.id).await?;
    around.saw(&desk, &staff, moving.restriction.customer, "restriction");
    let form = Form::blank().with("version", moving.restriction.version);
    let frame = menu::frame(&desk, &staff, &around);
    show(&around, &page(&mut desk, frame, form, moving).await?)
}

pub(super) async fn save(path: paths::RestrictionPolicy, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let version = form.value("version").parse().unwrap_or(-1);
    if policy::is_moved_by_me(&mut desk, path.id, version).await? {
        let said = Flash::note("Moved already.", "It was saved the first time.");
        return Ok(lead_on(&around, said, paths::Restriction { id: path.id }));
    }
    let moving = policy::moving(&mut desk, path.id).await?;
    let reasons = form.text("reason", |typed| reasons(typed, "Enter your reasons"));
    if let Some(reasons) = reasons {
        match policy::move_case(&mut desk, path.id, version, &reasons).await {
            Ok(letter) => {
                let flash =
                    Flash::good("Moved.", "Every day that was promised stays. The letter that says what is different is ready to send.");
                return done(desk, &around, flash, paths::Letter { id: letter }).await;
            }
            Err(error) => refusals(error, &mut form)?,
        }
    }
    let frame = menu::frame(&desk, &staff, &around).with_form(&form);
    again(&around, &page(&mut desk, frame, form, moving).await?)
}

async fn page(desk: &mut Desk, frame: Frame, form: Form, moving: Moving) -> Result<Move, Fault> {
    Ok(Move {
        frame,
        form,
        id: moving.restriction.id,
        customer: found(store::customer::get(&mut desk.tx, moving.restriction.customer).await?)?,
        word: desk.policy.words.restriction.one.clone(),
        from: moving.touched.line.number,
        to: moving.to,
        area: moving.area,
        promises: promises(&moving.touched.case),
        changes: moving.touched.changes,
        refused: moving.refused,
    })
}
