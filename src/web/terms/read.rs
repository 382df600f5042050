//! From fields to typed terms and back.

use std::collections::BTreeSet;

use chrono::{NaiveTime, TimeDelta};

use super::{Slot, key, left};
use crate::http::form::Form;
use crate::rules::id::StaffId;
use crate::rules::measure::bundle::Bounds;
use crate::rules::measure::{
    Block, Cadence, Channel, Chosen, ComplaintStep, Day, DocumentGuard, Fate, MeasureKind, Period, Purpose, Scope, Term, TopicMode,
};
use crate::rules::policy::Policy;
use crate::rules::text::{Line, Narrative, TextError};

/// The most of one kind that a form can hold.
const MOST_OF_A_KIND: usize = 6;

pub(super) fn terms(form: &mut Form, policy: &Policy, held: &[Chosen]) -> Option<Vec<Chosen>> {
    let bounds = policy.bounds().holding(held);
    let mut terms = Vec::new();
    let mut all_well = true;
    for (kind, measure, title) in in_order(policy, held) {
        for number in 1..=MOST_OF_A_KIND {
            let key = key(kind, number, &measure);
            if !form.has("measure", &key) {
                continue;
            }
            let slot = Slot { leaves: left(policy, held, &measure), ..Slot::bare(kind, key, &measure) };
            match term(form, &slot, &bounds, |term| Chosen::named(term, &measure, &title)) {
                Some(chosen) => terms.push(chosen),
                None => all_well = false,
            }
        }
    }
    all_well.then_some(terms)
}

/// The measures offered, in the policy's order, then those that hold already and are offered no longer: nobody is given any other, whatever
/// is posted. Each with its kind, its key and its title.
fn in_order(policy: &Policy, held: &[Chosen]) -> Vec<(MeasureKind, String, String)> {
    let mut all: Vec<(MeasureKind, String, String)> =
        policy.measures.offered.iter().map(|offer| (offer.kind, offer.key().to_owned(), offer.title.clone())).collect();
    for term in held {
        if !all.iter().any(|(kind, key, _)| (*kind, key.as_str()) == (term.kind(), term.measure())) {
            all.push((term.kind(), term.measure().to_owned(), term.title().to_owned()));
        }
    }
    all
}

/// One term, or the sentences beside its fields: what cannot be read, what is missing and what the policy does not allow, all at once.
fn term(form: &mut Form, slot: &Slot, bounds: &Bounds, named: impl Fn(Term) -> Chosen) -> Option<Chosen> {
    let before = form.errors().len();
    let chosen = named(typed(form, slot));
    let faults = bounds.wrong_with(&chosen);
    let is_whole = faults.is_empty() && form.errors().len() == before;
    for fault in faults {
        form.wrong(slot.f(fault.field), fault.sentence);
    }
    is_whole.then_some(chosen)
}

/// What was typed. Where a field could not be read its sentence stands beside it, and something harmless in its place, so that the rest is
/// looked at too.
fn typed(form: &mut Form, slot: &Slot) -> Term {
    let mut line = |name: &str| words(form, slot.f(name), |typed| Line::parse(typed).map(String::from));
    match slot.kind {
        MeasureKind::SinglePointOfContact => {
            let (name, job, phone, email, cover) = (line("name"), line("job"), line("phone"), line("email"), line("cover"));
            let (staff, cover_staff) = (who(form, slot.f("staff")), who(form, slot.f("cover_staff")));
            Term::SinglePointOfContact { name, job, phone, email, cover, staff, cover_staff }
        }
        MeasureKind::NamedTeam => Term::NamedTeam { team: line("team"), phone: line("phone"), email: line("email") },
        MeasureKind::AdvocateInvited => Term::AdvocateInvited { who: line("who") },
        MeasureKind::RepresentativeOnly => Term::RepresentativeOnly { name: line("name") },
        MeasureKind::ReadAndFile => Term::ReadAndFile { about: line("about"), reader: line("reader") },
        MeasureKind::Channels => Term::Channels { closed: chosen(form, slot.f("closed"), Channel::from_key) },
        MeasureKind::Times => times(form, slot),
        MeasureKind::Quota => quota(form, slot),
        MeasureKind::Duration => Term::Duration {
            channels: chosen(form, slot.f("channels"), Channel::from_key),
            minutes: small(form, slot.f("minutes"), "Enter how many minutes, from 1 to 240"),
        },
        MeasureKind::Issues => Term::Issues {
            count: small(form, slot.f("count"), "Enter how many, from 1 to 100. To allow none, close the channels instead"),
            per: Period::from_key(form.value(slot.f("per"))),
        },
        MeasureKind::Replies => Term::Replies {
            by: line("by"),
            every: Cadence::from_key(form.value(slot.f("every"))),
            on: Day::from_key(form.value(slot.f("on"))),
            one_for_all: form.yes(slot.f("one_for_all")),
        },
        MeasureKind::RegularCall => regular_call(form, slot),
        MeasureKind::Complaint => {
            let which = line("which");
            let step = one(form, slot.f("step"), ComplaintStep::from_key, ComplaintStep::Declined, "Choose what becomes of it");
            Term::Complaint { step, which, why: block(form, slot.f("why")) }
        }
        MeasureKind::Documents => {
            let (about, checked_by) = (line("about"), line("checked_by"));
            let fate = one(form, slot.f("fate"), Fate::from_key, Fate::Returned, "Choose what becomes of them");
            Term::Documents { fate, about, checked_by, guard: chosen(form, slot.f("guard"), DocumentGuard::from_key) }
        }
        MeasureKind::Witness => {
            let who = line("who");
            Term::Witness { channels: chosen(form, slot.f("channels"), Channel::from_key), who }
        }
        MeasureKind::Withdrawn => {
            let what = line("what");
            Term::Withdrawn { what, why: block(form, slot.f("why")) }
        }
        MeasureKind::Scope => Term::Scope {
            // Of one service: the whole organisation would be told that it is no scope at all.
            reach: one(form, slot.f("reach"), Scope::from_key, Scope::Service, "Choose where it holds"),
            names: lines(form, slot.f("names")),
        },
        MeasureKind::EndAllContact => Term::EndAllContact { except: block(form, slot.f("except")) },
        MeasureKind::AppointmentOnly => {
            let with = line("with");
            let (staff, channels) = (who(form, slot.f("staff")), chosen(form, slot.f("channels"), Channel::from_key));
            Term::AppointmentOnly { with, staff, channels }
        }
        MeasureKind::Premises => Term::Premises { places: lines(form, slot.f("places")), events: form.yes(slot.f("events")) },
        MeasureKind::Topics => {
            let asked = "Choose whether these are left out, or are all that is discussed";
            Term::Topics {
                mode: one(form, slot.f("mode"), TopicMode::from_key, TopicMode::Excluded, asked),
                topics: lines(form, slot.f("topics")),
                purposes: chosen(form, slot.f("purposes"), Purpose::from_key),
            }
        }
        MeasureKind::TwoPersonVisits => Term::TwoPersonVisits { why: block(form, slot.f("why")) },
        MeasureKind::EndDirectContact => Term::EndDirectContact { except: block(form, slot.f("except")), leaves: slot.leaves.clone() },
        MeasureKind::TechnicalBlock => {
            let detail = line("detail");
            Term::TechnicalBlock {
                what: one(form, slot.f("what"), Block::from_key, Block::Number, "Choose what is blocked"),
                detail,
                removed_with_restriction: form.yes(slot.f("removed_with_restriction")),
            }
        }
        MeasureKind::Other => Term::Other { words: block(form, slot.f("words")) },
    }
}

fn times(form: &mut Form, slot: &Slot) -> Term {
    let channel = one(form, slot.f("channel"), Channel::from_key, Channel::Phone, "Choose the channel that has set times");
    let days = chosen(form, slot.f("days"), Day::from_key);
    let from = form.time(slot.f("from"), "Enter the time it starts, such as 2pm");
    let until = form.time(slot.f("until"), "Enter the time it ends, such as 4pm");
    // In the place of an hour that could not be read the day begins, or ends: each has its own sentence by then.
    let last = NaiveTime::MIN.overflowing_sub_signed(TimeDelta::minutes(1)).0;
    Term::Times { channel, days, from: from.unwrap_or(NaiveTime::MIN), until: until.unwrap_or(last) }
}

fn quota(form: &mut Form, slot: &Slot) -> Term {
    let channel = one(form, slot.f("channel"), Channel::from_key, Channel::Phone, "Choose the channel that is counted");
    Term::Quota {
        channel,
        count: small(form, slot.f("count"), "Enter how many, 1 or more. To allow none, close the channel instead"),
        per: one(form, slot.f("per"), Period::from_key, Period::Week, "Choose a day, a week or a month"),
        exempt: chosen(form, slot.f("exempt"), Purpose::from_key),
        answered_on: Day::from_key(form.value(slot.f("answered_on"))),
    }
}

fn regular_call(form: &mut Form, slot: &Slot) -> Term {
    Term::RegularCall {
        by: words(form, slot.f("by"), |typed| Line::parse(typed).map(String::from)),
        every: one(form, slot.f("every"), Cadence::from_key, Cadence::Week, "Choose how often"),
        on: one(form, slot.f("on"), Day::from_key, Day::Monday, "Choose the day"),
        at: form.time(slot.f("at"), "Enter the time, such as 2pm").unwrap_or_default(),
    }
}

/// The colleague chosen, where one was.
fn who(form: &Form, name: &str) -> Option<StaffId> {
    form.value(name).parse().ok()
}

/// A whole number; whether there may be so many is for the rules to say.
fn small(form: &mut Form, name: &str, sentence: &str) -> u16 {
    form.number(name, 0..=u32::from(u16::MAX), sentence).and_then(|number| u16::try_from(number).ok()).unwrap_or(1)
}

/// Words that may be left empty; a mark stands in for what could not be read.
fn words(form: &mut Form, name: &str, parse: impl FnOnce(&str) -> Result<String, TextError>) -> String {
    form.optional(name, parse).map_or_else(|| "?".to_owned(), Option::unwrap_or_default)
}

fn block(form: &mut Form, name: &str) -> String {
    words(form, name, |typed| Narrative::parse(typed).map(String::from))
}

/// What was chosen of a list; `otherwise` stands in where nothing was.
fn one<T>(form: &mut Form, name: &str, from_key: impl Fn(&str) -> Option<T>, otherwise: T, sentence: &str) -> T {
    from_key(form.value(name)).unwrap_or_else(|| {
        form.wrong(name, sentence);
        otherwise
    })
}

fn chosen<T: Ord>(form: &Form, name: &str, from_key: impl Fn(&str) -> Option<T>) -> BTreeSet<T> {
    form.all(name).filter_map(from_key).collect()
}

/// One thing a line, blank lines left out.
fn lines(form: &Form, name: &str) -> Vec<String> {
    form.value(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

pub(super) fn filled(form: Form, slot: &Slot, term: &Term) -> Form {
    let form = form.with("measure", &slot.key);
    let fill = |form: Form, name: &str, value: &str| form.with(slot.f(name), value);
    match term {
        Term::SinglePointOfContact { name, job, phone, email, cover, staff, cover_staff } => {
            let pairs = [("name", name), ("job", job), ("phone", phone), ("email", email), ("cover", cover)];
            let form = pairs.iter().fold(form, |form, (field, value)| fill(form, field, value));
            chosen_colleague(chosen_colleague(form, slot.f("staff"), *staff), slot.f("cover_staff"), *cover_staff)
        }
        Term::NamedTeam { team, phone, email } => fill(fill(fill(form, "team", team), "phone", phone), "email", email),
        Term::AdvocateInvited { who } => fill(form, "who", who),
        Term::Duration { channels, minutes } => {
            let form = fill(form, "minutes", &minutes.to_string());
            many(form, slot.f("channels"), channels.iter().map(|one| one.key()))
        }
        Term::Issues { count, per } => fill(fill(form, "count", &count.to_string()), "per", per.map_or("", Period::key)),
        Term::Replies { every, on, by, one_for_all } => {
            let form = fill(fill(form, "by", by), "every", every.map_or("", Cadence::key));
            let form = fill(form, "on", on.map_or("", Day::key));
            if *one_for_all { fill(form, "one_for_all", "yes") } else { form }
        }
        Term::RegularCall { by, every, on, at } => {
            let form = fill(fill(form, "by", by), "every", every.key());
            fill(fill(form, "on", on.key()), "at", &at.format("%H:%M").to_string())
        }
        Term::Complaint { step, which, why } => fill(fill(fill(form, "step", step.key()), "which", which), "why", why),
        Term::Documents { fate, about, checked_by, guard } => {
            let form = fill(fill(fill(form, "fate", fate.key()), "about", about), "checked_by", checked_by);
            many(form, slot.f("guard"), guard.iter().map(|one| one.key()))
        }
        Term::Witness { channels, who } => many(fill(form, "who", who), slot.f("channels"), channels.iter().map(|one| one.key())),
        Term::Withdrawn { what, why } => fill(fill(form, "what", what), "why", why),
        Term::Scope { reach, names } => fill(fill(form, "reach", reach.key()), "names", &names.join("\n")),
        Term::Channels { closed } => many(form, slot.f("closed"), closed.iter().map(|one| one.key())),
        Term::Times { channel, days, from, until } => {
            let form = fill(fill(form, "channel", channel.key()), "from", &from.format("%H:%M").to_string());
            many(fill(form, "until", &until.format("%H:%M").to_string()), slot.f("days"), days.iter().map(|one| one.key()))
        }
        Term::Quota { channel, count, per, exempt, answered_on } => {
            let form = fill(fill(fill(form, "channel", channel.key()), "count", &count.to_string()), "per", per.key());
            let form = many(form, slot.f("exempt"), exempt.iter().map(|one| one.key()));
            fill(form, "answered_on", answered_on.map_or("", Day::key))
        }
        Term::AppointmentOnly { with, staff, channels } => {
            let form = chosen_colleague(fill(form, "with", with), slot.f("staff"), *staff);
            many(form, slot.f("channels"), channels.iter().map(|one| one.key()))
        }
        Term::RepresentativeOnly { name } => fill(form, "name", name),
        Term::Premises { places, events } => {
            let form = fill(form, "places", &places.join("\n"));
            if *events { fill(form, "events", "yes") } else { form }
        }
        Term::Topics { mode, topics, purposes } => {
            let form = fill(fill(form, "mode", mode.key()), "topics", &topics.join("\n"));
            many(form, slot.f("purposes"), purposes.iter().map(|one| one.key()))
        }
        Term::TwoPersonVisits { why } => fill(form, "why", why),
        Term::ReadAndFile { about, reader } => fill(fill(form, "about", about), "reader", reader),
        Term::EndDirectContact { except, .. } | Term::EndAllContact { except } => fill(form, "except", except),
        Term::TechnicalBlock { what, detail, removed_with_restriction } => {
            let form = fill(fill(form, "what", what.key()), "detail", detail);
            if *removed_with_restriction { fill(form, "removed_with_restriction", "yes") } else { form }
        }
        Term::Other { words } => fill(form, "words", words),
    }
}

fn chosen_colleague(form: Form, name: &str, staff: Option<StaffId>) -> Form {
    staff.map_or(form.clone(), |id| form.with(name, id))
}

fn many<'a>(form: Form, name: &str, values: impl Iterator<Item = &'a str>) -> Form {
    values.fold(form, |form, value| form.with(name, value))
}
