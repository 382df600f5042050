//! Log a contact, calm or upset: two answers filled in already, what it was about, and a line.

use askama::Template;
use axum::extract::Query;

use super::contact::Asked;
use super::frame::Frame;
use super::menu;
use crate::casework::answer::{self, Asking};
use crate::casework::contact::{self, Booked, Contact, Manner};
use crate::casework::desk::{Desk, Staff};
use crate::casework::found;
use crate::http::answer::{again, done, lead_on, refusals, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Posted, Reading};
use crate::http::doors::{Doors, LOGGING};
use crate::http::fault::Answered;
use crate::http::form::{Choice, Form};
use crate::http::paths;
use crate::rules::days;
use crate::rules::id::ContactId;
use crate::rules::measure::{Purpose, Way};
use crate::rules::policy::Policy;
use crate::rules::text::Line;
use crate::store;
use crate::store::customer::Head;

/// The form and its answer.
pub fn doors() -> Doors {
    Doors::new().page::<paths::ContactNew, _>(LOGGING, blank).act::<paths::ContactNew, _>(LOGGING, save)
}

#[derive(Template)]
#[template(path = "contact/new.html")]
struct New {
    frame: Frame,
    who: Head,
    form: Form,
    channels: Vec<Choice>,
    purposes: Vec<Choice>,
    manners: Vec<Choice>,
    /// The day and time were changed, or could not be read.
    is_earlier: bool,
}

async fn blank(path: paths::ContactNew, Query(asked): Query<Asked>, Reading { mut desk, staff, around }: Reading) -> Answered {
    let who = found(store::customer::find(&mut desk.tx, &path.customer.0).await?)?;
    around.saw(&desk, &staff, who.id, "log a contact");
    let (_, policy) = desk.policy_for(who.id).await?;
    let now = days::local(desk.now);
    let of_the_way = asked.way().channels().iter().find(|one| policy.people.channels.contains(one));
    let form = Form::blank()
        .with("id", desk.new_id::<ContactId>())
        .with("channel", of_the_way.map_or("", |one| one.key()))
        .with("day", now.date())
        .with("time", now.time().format("%H:%M"));
    show(&around, &page(&desk, &staff, &around, &policy, who, form))
}

fn page(desk: &Desk, staff: &Staff, around: &Around, policy: &Policy, who: Head, form: Form) -> New {
    New {
        frame: menu::frame(desk, staff, around).with_form(&form),
        who,
        is_earlier: form.error("day").is_some() || form.error("time").is_some(),
        channels: policy.people.channels.iter().map(|one| Choice::new(one.key(), one.title())).collect(),
        purposes: Purpose::ALL.iter().map(|one| Choice::new(one.key(), one.title())).collect(),
        manners: vec![
            Choice::new(Manner::Calm.key(), "Calm"),
            Choice::new(Manner::Upset.key(), "Upset").hint("Angry, worried or in tears, and not abusive"),
        ],
        form,
    }
}

async fn save(path: paths::ContactNew, Posted { mut desk, staff, mut form, around }: Posted) -> Answered {
    let who = found(store::customer::find(&mut desk.tx, &path.customer.0).await?)?;
    if form.yes("booked") {
        return book(desk, &around, path.customer, &who, &form).await;
    }
    let (_, policy) = desk.policy_for(who.id).await?;
    let Some(contact) = read(&mut form, &policy) else { return again(&around, &page(&desk, &staff, &around, &policy, who, form)) };
    let to = paths::Customer { customer: path.customer };
    match contact::log(&mut desk, &who, &contact).await {
        Ok(true) => {
            done(desk, &around, Flash::good("Contact saved.", "It is on the timeline, and counts where contact is limited."), to).await
        }
        Ok(false) => Ok(lead_on(&around, Flash::note("Saved already.", "This contact is on the timeline once."), to)),
        Err(error) => {
            refusals(error, &mut form)?;
            again(&around, &page(&desk, &staff, &around, &policy, who, form))
        }
    }
}

/// Books the call that the answer promises at this minute.
async fn book(mut desk: Desk, around: &Around, customer: paths::Ref, who: &Head, form: &Form) -> Answered {
    let back = format!("{}?channel=phone", paths::Contact { customer: customer.clone() });
    let facts = answer::facts(&mut desk, &customer.0).await?;
    let (_, policy) = desk.policy_for(facts.head.id).await?;
    let now = answer::now(&desk, &policy, &facts, Asking::by(Way::Phone))?;
    let (Some(booking), Ok(id)) = (now.booking, form.value("id").parse::<ContactId>()) else {
        return Ok(lead_on(
            around,
            Flash::note("Nothing was booked.", "There is no call to book at this minute. Read the answer again."),
            back,
        ));
    };
    let told = format!("It is on {}’s work for {}.", booking.with, booking.when);
    match contact::book(&mut desk, who, id, &booking).await? {
        Booked::Now => done(desk, around, Flash::good("Call booked.", told), back).await,
        Booked::Before => done(desk, around, Flash::note("Booked already.", told), back).await,
    }
}

fn read(form: &mut Form, policy: &Policy) -> Option<Contact> {
    let id = form.text("id", |typed| typed.parse::<ContactId>().map_err(|_| "Open this page again, something in it was lost"));
    let channels: Vec<_> = policy.people.channels.iter().map(|one| (one.key(), *one)).collect();
    let channel = form.choice("channel", &channels, "Choose how the contact was made");
    let purposes: Vec<_> = Purpose::ALL.iter().map(|one| (one.key(), *one)).collect();
    let purpose = form.choice("purpose", &purposes, "Choose what it was about");
    let manners = [Manner::Calm, Manner::Upset].map(|one| (one.key(), one));
    let manner = form.choice("manner", &manners, "Choose how it went");
    let summary = form.text("summary", |typed| {
        Line::parse(typed).map_err(|fault| match typed.is_empty() {
            true => "Enter a line about what was agreed or asked".to_owned(),
            false => fault.to_string(),
        })
    });
    let day = form.date("day", "Enter the day, such as 10 March 2027");
    let time = form.time("time", "Enter the time, such as 2:10pm");
    Some(Contact {
        id: id?,
        at: days::at(day?, time?),
        channel: channel?,
        purpose: purpose?,
        manner: manner?,
        summary: summary?.to_string(),
    })
}
