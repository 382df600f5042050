//! Bringing a version: choose the file or paste its text. Every fault is listed with its line, and what was typed stays.

use askama::Template;

use crate::casework::desk::{Desk, Staff};
use crate::casework::policy::{self, Brought};
use crate::http::answer::{again, done, lead_on, refusals, show};
use crate::http::cookie::Flash;
use crate::http::desk::{Around, Reading};
use crate::http::fault::{Answered, Fault};
use crate::http::form::Form;
use crate::http::paths;
use crate::http::upload::{HEAVIEST_FILE, Uploaded};
use crate::rules;
use crate::rules::id::PolicyVersionId;
use crate::rules::policy::Fault as PackFault;
use crate::rules::say;
use crate::rules::text::Narrative;
use crate::web::frame::Frame;
use crate::web::menu;

#[derive(Template)]
#[template(path = "policy/bring.html")]
struct Bring {
    frame: Frame,
    form: Form,
    heading: String,
    faults: Vec<PackFault>,
    /// Whether it names another landlord, so that somebody has to say that it is ours all the same.
    asks_ours: bool,
}

pub(super) async fn blank(_: paths::PolicyVersionNew, Reading { desk, staff, around }: Reading) -> Answered {
    let form = Form::blank().with("id", desk.new_id::<PolicyVersionId>());
    show(&around, &page(&desk, &staff, &around, form, Vec::new()))
}

pub(super) async fn create(_: paths::PolicyVersionNew, Uploaded { mut desk, staff, mut form, around }: Uploaded) -> Answered {
    let id = form.value("id").parse().map_err(|_| Fault::NotFound)?;
    take_the_file(&mut form);
    let pack = read_pack(&mut form);
    let note = form.optional("note", Narrative::parse);
    let faults = pack.as_deref().map(|pack| rules::policy::check_on(pack, Some(desk.today())).faults).unwrap_or_default();
    if !faults.is_empty() {
        form.wrong("pack", format!("The file has {}. Each is listed with its line", say::count(faults.len(), "fault", "faults")));
    }
    let (Some(pack), Some(note), true) = (pack, note, form.is_clean()) else {
        return again(&around, &page(&desk, &staff, &around, form, faults));
    };
    let brought = Brought { id, pack, note: note.map(|note| note.to_string()), is_ours: form.yes("ours") };
    match policy::bring(&mut desk, &brought).await {
        Ok(Some(number)) => {
            let flash = Flash::good(format!("Version {number} is here as a draft."), "Nothing has changed for anybody yet.");
            done(desk, &around, flash, paths::PolicyVersion { id }).await
        }
        Ok(None) => Ok(lead_on(&around, Flash::note("Brought already.", "This is the one."), paths::PolicyVersion { id })),
        Err(error) => {
            refusals(error, &mut form)?;
            again(&around, &page(&desk, &staff, &around, form, Vec::new()))
        }
    }
}

/// What stands in the file takes the place of the text, and is shown there, because a browser never fills in a file again.
fn take_the_file(form: &mut Form) {
    let file = form.value("file").to_owned();
    if !file.trim().is_empty() {
        form.set("pack", file);
    }
    form.set("file", "");
}

fn read_pack(form: &mut Form) -> Option<String> {
    let pack = form.value("pack").to_owned();
    match pack.len() {
        _ if pack.trim().is_empty() && form.error("file").is_some() => None,
        _ if pack.trim().is_empty() => {
            form.wrong("pack", "Choose the file of the policy, or paste its text");
            None
        }
        n if n > HEAVIEST_FILE => {
            form.wrong("pack", "The file of a policy is at most 1 MB. This one is larger");
            None
        }
        _ => Some(pack),
    }
}

fn page(desk: &Desk, staff: &Staff, around: &Around, form: Form, faults: Vec<PackFault>) -> Bring {
    let heading = match faults.len() {
        0 => "Bring a new version of the policy".to_owned(),
        n => format!("The file has {} to put right", say::count(n, "fault", "faults")),
    };
    let asks_ours = form.error("ours").is_some() || form.yes("ours");
    Bring { frame: menu::frame(desk, staff, around).with_form(&form), form, heading, faults, asks_ours }
}
