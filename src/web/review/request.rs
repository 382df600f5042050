//! The customer asks for a review before its day: what they say is written down, and whoever holds reviews is asked to look.

use askama::Template;

use crate::casework::desk::{Desk, Staff};
use crate::casework::review::{self, Request};
use crate::casework::{Error, found};
use crate::http::answer::{again, done, refusals, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths;
use crate::rules::early_review::Asked;
use crate::rules::id::{EventId, ReviewId};
use crate::rules::say;
use crate::rules::text::Narrative;
use crate::store;
use crate::store::customer::Head;
use crate::web::appeal::said;
use crate::web::frame::Frame;
use crate::web::menu;

#[derive(Template)]
#[template(path = "review/request.html")]
struct Ask {
    frame: Frame,
    form: Form,
    customer: Head,
    id: ReviewId,
    review: String,
    /// What the policy promises today, as a sentence.
    promised: String,
}

pub(super) async fn blank(path: paths::ReviewRequest, Reading { mut desk, staff, around }: Reading) -> Answered {
    let form = Form::blank().with("id", desk.new_id::<EventId>()).with("asked_on", desk.today());
    let page = page(&mut desk, &staff, &around, path.id, form).await?;
    around.saw(&desk, &staff, page.customer.id, "review");
    show(&around, &page)
}

pub(super) async fn save(path: paths::ReviewRequest, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let Ok(id) = form.value("id").parse() else { return Err(Fault::NotFound) };
    let on = form.date("asked_on", "Enter the day the ⟦customer⟧ asked");
    let why = form.text("why", |typed| Narrative::parse(typed).map_err(|error| said(typed, &error, "Write down why the ⟦customer⟧ asks")));
    let before = page(&mut desk, &staff, &around, path.id, form.clone()).await?;
    let (Some(on), Some(why)) = (on, why) else { return again(&around, &before.with(form)) };
    match review::request(&mut desk, path.id, &Request { id, on, why: why.to_string() }).await {
        Ok(asked) => done(desk, &around, flash(asked), paths::Review { id: path.id }).await,
        Err(error @ Error::Refused(_)) => {
            refusals(error, &mut form)?;
            again(&around, &before.with(form))
        }
        Err(error) => Err(error.into()),
    }
}

fn flash(asked: Asked) -> Flash {
    match asked {
        Asked::Within { hold_by } => Flash::good(
            "Request saved.",
            format!(
                "The policy promises it by {}. Whoever may hold it has been written to, and a letter to the ⟦customer⟧ is ready to send.",
                say::day(hold_by)
            ),
        ),
        Asked::TooSoon { .. } | Asked::NotPromised => Flash::note(
            "Request saved.",
            "The policy does not promise one yet. Whoever may hold it has been written to all the same, and a letter to the ⟦customer⟧ is ready to send.",
        ),
    }
}

impl Ask {
    fn with(mut self, form: Form) -> Self {
        self.frame = self.frame.with_form(&form);
        Self { form, ..self }
    }
}

async fn page(desk: &mut Desk, staff: &Staff, around: &Around, id: ReviewId, form: Form) -> Result<Ask, Fault> {
    let review = found(store::review::find(&mut desk.tx, id).await?)?;
    if !review.is_due() {
        return Err(Error::Changed("The review was held, or what it was to look at has ended.".to_owned()).into());
    }
    let restriction = found(store::restriction::find(&mut desk.tx, review.restriction).await?)?;
    let customer = found(store::customer::get(&mut desk.tx, review.customer).await?)?;
    let policy = desk.policy_of(restriction.policy).await?;
    let today = desk.today();
    let promised = match review::comes_to(desk, &policy, &review, today).await? {
        Asked::Within { hold_by } => format!("Asked for today, the policy promises it by {}.", say::weekday(hold_by)),
        Asked::TooSoon { from } => {
            format!("The policy promises one from {} on. A request before that is put before the reviewer too.", say::day(from))
        }
        Asked::NotPromised => "The policy promises no early review. The request is put before the reviewer all the same.".to_owned(),
    };
    Ok(Ask {
        frame: menu::frame(desk, staff, around).with_form(&form),
        form,
        customer,
        id,
        review: policy.words.review.one.clone(),
        promised,
    })
}
