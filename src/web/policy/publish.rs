//! What becomes of a version: asked for, published by a second person, withdrawn.

use super::version::page;
use crate::casework::desk::{Desk, Staff};
use crate::casework::policy;
use crate::http::answer::{again, done, refusals};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted};
use crate::http::fault::Answered;
use crate::http::form::Form;
use crate::http::paths;
use crate::rules::id::PolicyVersionId;
use crate::rules::say;
use crate::web::restriction::reasons;

pub(super) async fn ask(path: paths::PolicyRequest, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let from = form.date("starts_on", "Enter the day it takes effect");
    if !form.yes("read") {
        form.wrong("read", "Tick that you have read what differs, what the check found and the open cases");
    }
    if let (Some(from), false) = (from, form.is_clean())
        && let Some(sentence) = policy::against_day(&mut desk, path.id, from).await?
    {
        form.wrong("starts_on", sentence);
    }
    let (Some(from), true) = (from, form.is_clean()) else { return once_more(&mut desk, &staff, &around, path.id, form).await };
    match policy::ask(&mut desk, path.id, version(&form), from).await {
        Ok(()) => {
            let flash = Flash::good(
                "Asked for.",
                format!("It takes effect on {} once a second person has confirmed it. They have been told.", say::day(from)),
            );
            done(desk, &around, flash, paths::PolicyVersion { id: path.id }).await
        }
        Err(error) => {
            refusals(error, &mut form)?;
            once_more(&mut desk, &staff, &around, path.id, form).await
        }
    }
}

pub(super) async fn publish(path: paths::PolicyPublication, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let knows = form.yes("takes_back");
    match policy::publish(&mut desk, path.id, version(&form), knows).await {
        Ok(()) => {
            let flash =
                Flash::good("Published.", "Its words do not change any more. Until its day, one of the two of you can withdraw it.");
            done(desk, &around, flash, paths::PolicyVersion { id: path.id }).await
        }
        Err(error) => {
            refusals(error, &mut form)?;
            once_more(&mut desk, &staff, &around, path.id, form).await
        }
    }
}

pub(super) async fn withdraw(path: paths::PolicyWithdrawal, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let because = form.text("because", |typed| reasons(typed, "Enter why it is withdrawn"));
    if let Some(because) = because {
        match policy::withdraw(&mut desk, path.id, version(&form), &because).await {
            Ok(()) => {
                let flash = Flash::note("Withdrawn.", "It never takes effect. What is in force stays in force.");
                return done(desk, &around, flash, paths::PolicyVersion { id: path.id }).await;
            }
            Err(error) => refusals(error, &mut form)?,
        }
    }
    policy::may_be_withdrawn(&mut desk, path.id).await?;
    once_more(&mut desk, &staff, &around, path.id, form).await
}

fn version(form: &Form) -> i32 {
    form.value("version").parse().unwrap_or(-1)
}

async fn once_more(desk: &mut Desk, staff: &Staff, around: &Around, id: PolicyVersionId, form: Form) -> Answered {
    let page = page(desk, staff, around, id, None, Some(form)).await?;
    again(around, &page)
}
