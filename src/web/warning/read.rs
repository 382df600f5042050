//! A warning as it was typed: which step, how, and what each way needs.

use chrono::{DateTime, Utc};

use crate::casework::warning::{Gave, Giving, How, Writing};
use crate::http::form::Form;
use crate::rules::checklist::of_step;
use crate::rules::days;
use crate::rules::id::WarningId;
use crate::rules::policy::{Policy, StepForm};
use crate::rules::text::{Narrative, Reference, TextError};
use crate::web::checklist;

/// What was sent, or what is wrong beside its field. Of a step to which others agree first only the words are asked for: it was not given yet.
pub(super) fn read(form: &mut Form, policy: &Policy, how: Option<StepForm>, now: DateTime<Utc>) -> Option<Giving> {
    let waits = policy.ladder.step(form.value("step")).is_some_and(|step| step.agreed_by.is_some());
    let id = form.value("id").parse::<WarningId>().ok();
    if id.is_none() {
        form.refuse("This page is no longer good. Copy what you wrote, open the page again, and paste it there");
    }
    let how = match how {
        Some(StepForm::Spoken) if waits => words(form, "words", "Enter what you will say").map(|words| How::Spoken { at: now, words }),
        Some(StepForm::WithinCorrespondence) if waits => words(form, "passage", "Enter the passage, word for word")
            .map(|passage| How::Within { on: days::day_of(now), reference: String::new(), passage }),
        Some(StepForm::Spoken) => read_spoken(form),
        Some(StepForm::Written) => read_writing(form),
        Some(StepForm::WithinCorrespondence) => read_within(form),
        None => {
            form.refuse("Choose how it is given");
            None
        }
    };
    let why = form.optional("skip_because", Narrative::parse)?.map(String::from).unwrap_or_default();
    let skip = (!form.is_blank("skip") || !why.is_empty()).then(|| (form.value("skip").to_owned(), why));
    let step = form.value("step").to_owned();
    let lists = policy.ladder.step(&step).map(|step| of_step(policy, step)).unwrap_or_default();
    let checked = checklist::read(form, &lists, true);
    let giving = Giving { id: id?, step, how: how?, checked, skip };
    form.is_clean().then_some(giving)
}

fn read_spoken(form: &mut Form) -> Option<How> {
    let day = form.date("date", "Enter the day you said it");
    let time = form.time("time", "Enter the time you said it, such as 11:42am");
    let words = words(form, "words", "Enter what you said");
    Some(How::Spoken { at: days::at(day?, time?), words: words? })
}

fn read_writing(form: &mut Form) -> Option<How> {
    let on = form.date("happened_on", "Enter the day it happened");
    let what = words(form, "what", "Enter what happened, as you would say it to the ⟦customer⟧");
    let why = words(form, "why", "Enter why we cannot accept it");
    let ask = words(form, "ask", "Enter what we ask of the ⟦customer⟧");
    let putting_right = form.optional("putting_right", Narrative::parse)?.map(String::from).unwrap_or_default();
    let told_us = form.optional("told_us", Narrative::parse)?.map(String::from).unwrap_or_default();
    Some(How::Written(Box::new(Writing { on: on?, what: what?, why: why?, ask: ask?, putting_right, told_us })))
}

fn read_within(form: &mut Form) -> Option<How> {
    let on = form.date("date", "Enter the day of that letter");
    let reference = read_reference(form);
    let passage = words(form, "passage", "Enter the passage, word for word");
    Some(How::Within { on: on?, reference: reference?, passage: passage? })
}

/// When what was agreed to was said, or in which letter it went.
pub(super) fn read_gave(form: &mut Form, how: StepForm) -> Option<Gave> {
    match how {
        StepForm::Spoken => match read_spoken(form)? {
            How::Spoken { at, words } => Some(Gave::Said { at, words }),
            _ => None,
        },
        StepForm::WithinCorrespondence => {
            let on = form.date("date", "Enter the day of that letter");
            let reference = read_reference(form);
            Some(Gave::Within { on: on?, reference: reference? })
        }
        StepForm::Written => Some(Gave::Written),
    }
}

fn read_reference(form: &mut Form) -> Option<String> {
    let missing = "Enter the reference of that letter";
    form.text("reference", |typed| Reference::parse(typed).map_err(|error| said(typed, &error, missing))).map(String::from)
}

fn words(form: &mut Form, name: &str, missing: &str) -> Option<String> {
    form.text(name, |typed| Narrative::parse(typed).map_err(|error| said(typed, &error, missing))).map(String::from)
}

fn said(typed: &str, error: &TextError, missing: &str) -> String {
    if typed.is_empty() { missing.to_owned() } else { error.to_string() }
}
