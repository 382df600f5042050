//! One warning: what was said, whether it counts, and its withdrawal.

use askama::Template;

use crate::casework::desk::{Desk, Staff};
use crate::casework::{self, found, warning as act};
use crate::http::answer::{again, done, show, stale};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::doors::{LOGGING, MANAGING};
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths;
use crate::rules::challenge::{self, Challenged};
use crate::rules::id::WarningId;
use crate::rules::policy::StepForm;
use crate::rules::proposal::skipped_titles;
use crate::rules::say;
use crate::rules::text::Narrative;
use crate::rules::tone::Tone;
use crate::store;
use crate::store::customer::Head;
use crate::store::warning::Warning;
use crate::web::checklist::{self, Gone};
use crate::web::frame::Frame;
use crate::web::menu;
use crate::web::parts::Tag;

#[derive(Template)]
#[template(path = "warning/show.html")]
struct Show {
    frame: Frame,
    form: Form,
    customer: Head,
    warning: Warning,
    how: StepForm,
    given: String,
    counts: String,
    tag: Tag,
    left_out: String,
    withdrawn: Option<String>,
    may_withdraw: bool,
    /// What stands under the link to its appeal; empty where the policy has none.
    appeal: String,
    changed: Option<String>,
    /// The lists gone through before it was given.
    gone: Vec<Gone>,
}

/// The page.
pub async fn page(path: paths::Warning, Reading { desk, staff, around }: Reading) -> Answered {
    let page = read(desk, &staff, &around, path.id, Form::blank(), None).await?;
    show(&around, &page)
}

/// Withdraws it.
pub async fn withdraw(path: paths::WarningWithdrawal, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let because = form.text("because", |typed| {
        Narrative::parse(typed).map_err(|error| if typed.is_empty() { "Enter why it is withdrawn".to_owned() } else { error.to_string() })
    });
    let Some(because) = because else {
        return again(&around, &read(desk, &staff, &around, path.id, form, None).await?);
    };
    let version = form.value("version").parse().unwrap_or(0);
    match act::withdraw(&mut desk, path.id, version, because.as_str()).await {
        Ok(()) => done(desk, &around, Flash::good("Withdrawn.", "It no longer counts."), paths::Warning { id: path.id }).await,
        Err(casework::Error::Changed(sentence)) => stale(&around, &read(desk, &staff, &around, path.id, form, Some(sentence)).await?),
        Err(error) => Err(error.into()),
    }
}

async fn read(mut desk: Desk, staff: &Staff, around: &Around, id: WarningId, form: Form, changed: Option<String>) -> Result<Show, Fault> {
    let warning = found(store::warning::find(&mut desk.tx, id).await?)?;
    let customer = found(store::customer::get(&mut desk.tx, warning.customer).await?)?;
    around.saw(&desk, staff, customer.id, "warning");
    let policy = desk.policy_of(warning.policy).await?;
    let count = act::counts(&policy, &warning, desk.today());
    let tag = match (warning.withdrawn_at.is_some(), count.counts()) {
        (true, _) => Tag { tone: Tone::Quiet, mark: "", text: "Withdrawn" },
        (_, true) => Tag { tone: Tone::Info, mark: "info", text: "Counts" },
        (_, false) => Tag { tone: Tone::Quiet, mark: "", text: "No longer counts" },
    };
    let last = store::warning_appeal::last(&mut desk.tx, id).await?;
    let appealable = challenge::profile(&policy, Challenged::Warning).is_some() && LOGGING.admits(staff.reach);
    let word = &policy.words.appeal;
    let appeal = match last {
        Some(open) if open.is_open() => format!("Read the {} that is open", word.one),
        Some(_) => format!("Read the {} that was answered", word.one),
        None if appealable && warning.withdrawn_at.is_none() => format!("Log {}", word.a),
        None => String::new(),
    };
    let withdrawn = warning.withdrawn_at.map(|at| {
        let who = warning.withdrawn_by_name.clone().unwrap_or_default();
        format!("{who}, {}", say::minute_this_year(at, desk.today()))
    });
    let gone = checklist::gone(store::checklist::of(&mut desk.tx, id.0).await?);
    Ok(Show {
        gone,
        frame: menu::frame(&desk, staff, around).with_form(&form),
        how: act::form_of(&warning.form).unwrap_or(StepForm::Written),
        left_out: warning.skipped_step.as_deref().map(|steps| skipped_titles(&policy, steps)).unwrap_or_default(),
        given: format!("{}, {}", warning.given_by_name, say::minute(warning.given_at)),
        counts: format!("This {}.", count.say()),
        may_withdraw: warning.withdrawn_at.is_none() && MANAGING.admits(staff.reach),
        appeal,
        form,
        customer,
        warning,
        tag,
        withdrawn,
        changed,
    })
}
