//! Mail that was given up, for administrators: to whom, about what and since when, and sending it again. Its words stay unread.

use askama::Template;

use super::frame::Frame;
use super::menu;
use crate::casework::found;
use crate::http::answer::{lead_on, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Posted, Reading};
use crate::http::doors::{ADMIN, Doors};
use crate::http::fault::Answered;
use crate::http::paths;
use crate::rules::say;
use crate::store;
use crate::store::outbox::Undelivered;

/// How many of the newest are shown.
const SHOWN: i64 = 100;

/// The list, and sending one of them again.
pub fn doors() -> Doors {
    Doors::new().page::<paths::AdminMail, _>(ADMIN, index).act::<paths::AdminMailAgain, _>(ADMIN, send_again)
}

#[derive(Template)]
#[template(path = "admin/mail.html")]
struct Mail {
    frame: Frame,
    heading: String,
    messages: Vec<Message>,
}

struct Message {
    id: String,
    subject: String,
    to: String,
    written: String,
    given_up: String,
    fault: String,
}

async fn index(_: paths::AdminMail, Reading { mut desk, staff, around }: Reading) -> Answered {
    let given_up = store::outbox::given_up(&mut desk.tx, SHOWN).await?;
    let heading = match given_up.len() {
        0 => "Every email went, or is on its way".to_owned(),
        many => say::count_first(many as u64, "email did not arrive", "emails did not arrive"),
    };
    let messages = given_up.into_iter().map(message).collect();
    show(&around, &Mail { frame: menu::frame(&desk, &staff, &around), heading, messages })
}

fn message(one: Undelivered) -> Message {
    Message {
        id: one.id.to_string(),
        subject: one.subject,
        to: format!("{}, {}", one.to_name, one.to_address),
        written: say::minute(one.made_at),
        given_up: one.given_up_at.map(say::minute).unwrap_or_default(),
        fault: one.last_fault.unwrap_or_default(),
    }
}

async fn send_again(path: paths::AdminMailAgain, Posted { mut desk, around, .. }: Posted) -> Answered {
    let one = found(store::outbox::find(&mut desk.tx, path.id).await?)?;
    let (landlord, now) = (desk.landlord.id, desk.now);
    // The desk's connection goes back first: a second one beside it could be waited for until nobody has any.
    desk.commit().await?;
    let mut system = around.kit.office.db.system().await?;
    let is_tried = store::outbox::try_again(&mut system, landlord, path.id, now).await?;
    system.commit().await?;
    around.kit.post.notify_one();
    let flash = match is_tried {
        true => Flash::good(
            "It is tried again.",
            format!("The email to {} leaves in a moment, and is tried for two days if it has to be.", one.to_name),
        ),
        false => Flash::note("Nothing to send again.", "That email went, or is on its way."),
    };
    Ok(lead_on(&around, flash, paths::AdminMail {}))
}
