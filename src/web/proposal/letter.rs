//! The letter as it would be if this were approved today.

use askama::Template;

use super::{Lead, Section, frame, path as path_of, proposal};
use crate::casework::notice;
use crate::http::answer::show;
use crate::http::desk::Reading;
use crate::http::fault::Answered;
use crate::http::form::Form;
use crate::http::paths;
use crate::rules::policy::LetterPart;
use crate::web::frame::Frame;

/// Where the reasons of whoever approves will stand.
const REASONS: &str = "The reasons of whoever approves it stand here.";

#[derive(Template)]
#[template(path = "proposal/letter.html")]
struct Page {
    frame: Frame,
    lead: Lead,
    lacks: Vec<(String, String)>,
    html: String,
    large: bool,
    format: &'static str,
    next: Option<String>,
}

pub(super) async fn preview(path: paths::ProposalLetter, Reading { mut desk, staff, around }: Reading) -> Answered {
    let whole = proposal::read(&mut desk, path.id).await?;
    around.saw(&desk, &staff, whole.customer.id, "proposal");
    let letter = notice::of(&mut desk, &whole, REASONS).await?;
    let lacks = letter
        .missing_parts()
        .into_iter()
        .map(|part| (path_of(filled_in_at(part), path.id), format!("Nothing stands under “{}” yet", part.title())));
    let format = letter.shared().format;
    let is_mine = whole.may_change(staff.id).is_ok();
    let page = Page {
        frame: frame(&desk, &staff, &around, &Form::blank()),
        lead: Lead::of(
            &whole,
            "Read the letter as it would be",
            "It is made anew on the day it is approved, and signed by whoever approves it.",
        ),
        lacks: if is_mine { lacks.collect() } else { Vec::new() },
        html: letter.html(),
        large: format == crate::letters::Format::LargePrint,
        format: format.title(),
        next: is_mine.then(|| paths::ProposalCheck { id: path.id }.to_string()),
    };
    show(&around, &page)
}

fn filled_in_at(part: LetterPart) -> Section {
    match part {
        LetterPart::Reasons | LetterPart::EarlierWarnings => Section::Evidence,
        LetterPart::CustomersAccount => Section::Account,
        LetterPart::Adjustments => Section::Needs,
        _ => Section::Terms,
    }
}
