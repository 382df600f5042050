//! Limits on when, how often and where: set times, quotas, appointments, places, two staff.

use chrono::{Datelike, Days, NaiveDate};

use super::person::is_rung_by_somebody;
use super::{Limit, Rank};
use crate::rules::answer::hours::{self, Hours, Window, day, slot};
use crate::rules::answer::scene::Scene;
use crate::rules::id::StaffId;
use crate::rules::measure::phrase::{contacts, minutes_said};
use crate::rules::measure::{Channel, Day, Period, Term, Way};
use crate::rules::say;

/// Set times on each open channel of this way.
pub fn times(scene: &Scene<'_>) -> Vec<Limit> {
    scene
        .open_here()
        .into_iter()
        .filter_map(|channel| match hours::on(scene, channel)? {
            Hours::Inside { until } => Some(inside(scene, channel, until)),
            Hours::Outside { next } => Some(outside(scene, channel, next)),
        })
        .collect()
}

fn inside(scene: &Scene<'_>, channel: Channel, until: chrono::NaiveTime) -> Limit {
    let until = say::time(until);
    let agreed = match channel {
        Channel::Phone => "This is the agreed call.".to_owned(),
        _ => format!("{} as normal. This is an agreed {}.", scene.verb(), slot(channel)),
    };
    Limit::new(Rank::Inside, vec![agreed])
        .line(format!("{} {} is until {until}.", say::sentence(scene.his()), slot(channel)))
        .say(format!("This is our agreed time, until {until}. What would you like to talk about first?"))
}

fn outside(scene: &Scene<'_>, channel: Channel, next: Option<Window>) -> Limit {
    let (urgent, his) = (scene.urgent(), scene.his());
    let help = format!("I can help with {urgent} right now.");
    let Some(window) = next else {
        return Limit::new(Rank::Outside, vec![format!("Deal with {urgent} only.")])
            .may_not(format!("Deal with anything else outside the agreed {}s", slot(channel)))
            .say(format!("{help} For anything else, please contact us at the agreed times."));
    };
    let when = window.said(scene.today());
    let keep = match Way::of(channel) {
        Way::Phone => format!("Book a call for {when}"),
        Way::Chat => format!("Book a chat for {when}"),
        Way::Person => format!("Book a meeting for {when}"),
        Way::Visit => format!("Book a visit for {when}"),
        Way::Writing | Way::Social => format!("Keep the message until {when}"),
    };
    let limit = Limit::new(
        Rank::Outside,
        vec![
            format!("Deal with {urgent}. {} next {} is {when}.", say::sentence(his), slot(channel)),
            format!("Deal with {urgent} only, until {his} next {}.", slot(channel)),
        ],
    )
    .may_not(format!("Deal with anything else before {}", window.start_said(scene.today())))
    .line(format!("{} next {} is {when}.", say::sentence(his), slot(channel)))
    .say(format!("{help} For anything else, the next agreed time is {when}."));
    if Way::of(channel) == Way::Phone && is_rung_by_somebody(scene) { limit } else { limit.may(keep) }
}

/// How many contacts are left on each channel of this way.
pub fn quotas(scene: &Scene<'_>) -> Vec<Limit> {
    let open = scene.open_here();
    scene
        .terms()
        .filter_map(|term| match term {
            Term::Quota { channel, count, per, answered_on, .. } if open.contains(channel) => {
                Some(quota(scene, *channel, *count, *per, *answered_on))
            }
            _ => None,
        })
        .collect()
}

fn quota(scene: &Scene<'_>, channel: Channel, count: u16, per: Period, answered_on: Option<Day>) -> Limit {
    let left = count.saturating_sub(scene.facts.counters.used(channel, per));
    let limit = if left == 0 { spent(scene, channel, count, per) } else { some_left(scene, channel, left, per) };
    match answered_on {
        Some(on) if left > 0 => limit.may(format!("Answer on {on}")),
        _ => limit,
    }
}

fn some_left(scene: &Scene<'_>, channel: Channel, left: u16, per: Period) -> Limit {
    let sentence = format!("{left} {} left {}.", contacts(channel, left), current(per));
    Limit::new(Rank::Left, vec![format!("{} as normal. {sentence}", scene.verb())]).line(sentence)
}

fn spent(scene: &Scene<'_>, channel: Channel, count: u16, per: Period) -> Limit {
    let urgent = scene.urgent();
    let one = contacts(channel, 1);
    let again = day(next_period(scene.today(), per), scene.today());
    let used = if count == 1 {
        format!("The {one} for {} is used.", current(per))
    } else {
        format!("The {count} {} for {} are used.", contacts(channel, count), current(per))
    };
    let headings = vec![format!("Deal with {urgent}. {used}"), format!("Deal with {urgent}. The limit for {} is used.", current(per))];
    Limit::new(Rank::Spent, headings)
        .may(format!("Say that the next {one} counts from {again}"))
        .may_not(format!("Deal with another {one} {} about anything else", current(per)))
        .line(used)
        .say(format!("I can help with {urgent} right now. For anything else, please contact us again from {again}."))
}

/// The first day on which the count starts again.
fn next_period(today: NaiveDate, per: Period) -> NaiveDate {
    let ahead = match per {
        Period::Day => 1,
        Period::Week => u64::from(7 - today.weekday().num_days_from_monday()),
        Period::Month => u64::from(today.num_days_in_month()) - u64::from(today.day()) + 1,
    };
    today.checked_add_days(Days::new(ahead)).unwrap_or(today)
}

const fn current(per: Period) -> &'static str {
    match per {
        Period::Day => "today",
        Period::Week => "this week",
        Period::Month => "this month",
    }
}

/// Meetings or visits that have to be booked first.
pub fn appointments(scene: &Scene<'_>) -> Vec<Limit> {
    let here = scene.way().channels();
    let bookings = scene.terms().filter_map(|term| match term {
        Term::AppointmentOnly { with, staff, channels } if here.iter().any(|one| channels.contains(one)) => Some((with.trim(), *staff)),
        _ => None,
    });
    bookings.map(|(with, staff)| appointment(scene, with, staff)).collect()
}

fn appointment(scene: &Scene<'_>, with: &str, staff: Option<StaffId>) -> Limit {
    let unless = scene.unless();
    if scene.is_reader(staff, with) {
        let headings =
            vec![format!("You see {} by appointment. Book one, {unless}.", scene.him()), format!("Book one with you, {unless}.")];
        return Limit::new(Rank::Appointment, headings)
            .may("Book an appointment with you")
            .say(format!("I can help with {} right now. For anything else, shall we book an appointment?", scene.urgent()));
    }
    let without = if scene.way() == Way::Visit { "Visit" } else { "Go on" };
    Limit::new(
        Rank::Appointment,
        vec![format!("Book an appointment with {with}, {unless}."), format!("Book an appointment first, {unless}.")],
    )
    .may(format!("Book an appointment with {with}"))
    .may_not(format!("{without} without an appointment for anything else"))
    .say(format!("I can help with {} right now. For anything else, shall I book you an appointment with {with}?", scene.urgent()))
    .say(format!("I can help with {} right now. For anything else, shall I book you an appointment?", scene.urgent()))
}

/// Places and events that are closed, where people meet.
pub fn places(scene: &Scene<'_>) -> Vec<Limit> {
    if scene.way() != Way::Person {
        return Vec::new();
    }
    let closed = scene.terms().filter_map(|term| match term {
        Term::Premises { places, events } => Some((places, *events)),
        _ => None,
    });
    closed.map(|(places, events)| barred(scene, places, events)).collect()
}

fn barred(scene: &Scene<'_>, places: &[String], events: bool) -> Limit {
    let him = scene.him();
    let mut names = places.to_vec();
    names.extend(events.then(|| "our events".to_owned()));
    let headings = vec![
        format!("Meet {him} anywhere but {}, unless it is an emergency.", say::either(&names)),
        format!("Meet {him} anywhere but {}.", say::either(&names)),
        format!("Meet {him} anywhere but the places below."),
    ];
    let limit = Limit::new(Rank::Places, headings).may("Offer another place to meet");
    names.iter().fold(limit, |limit, place| limit.may_not(format!("Meet {him} at {place}")))
}

/// How long a contact may last.
pub fn minutes(scene: &Scene<'_>) -> Vec<Limit> {
    let open = scene.open_here();
    let lengths = scene.terms().filter_map(|term| match term {
        Term::Duration { channels, minutes } => Some((channels.iter().find(|one| open.contains(one))?, *minutes)),
        _ => None,
    });
    lengths
        .map(|(channel, minutes)| {
            let (long, one) = (minutes_said(minutes), contacts(*channel, 1));
            let heading = format!("{} as normal, for {long} at most.", scene.verb());
            Limit::new(Rank::Minutes, vec![heading])
                .may(format!("End the {one} after {long}"))
                .may_not(format!("Go on after {long} about anything that can wait"))
                .line(format!("{} may last {long}.", say::sentence(&say::a(one))))
        })
        .collect()
}

/// Somebody else of ours is present.
pub fn witness(scene: &Scene<'_>) -> Vec<Limit> {
    let here = scene.way().channels();
    let present = scene.terms().filter_map(|term| match term {
        Term::Witness { channels, who } => Some((channels.iter().find(|one| here.contains(one))?, who.trim())),
        _ => None,
    });
    present
        .map(|(channel, who)| {
            let one = contacts(*channel, 1);
            let headings = vec![format!("Have {who} present at this {one}."), format!("Have a witness present at this {one}. See below.")];
            Limit::new(Rank::Pair, headings)
                .company(format!("{} present, always.", say::sentence(who)))
                .may(format!("Go on with {who} present"))
                .may_not(format!("Hold this {one} alone, unless it is an emergency"))
        })
        .collect()
}

/// Two staff on a visit to the home.
pub fn pair(scene: &Scene<'_>) -> Option<Limit> {
    let pairs = scene.terms().any(|term| matches!(term, Term::TwoPersonVisits { .. }));
    (pairs && scene.way() == Way::Visit).then(|| {
        Limit::new(Rank::Pair, vec!["Two staff for every visit, emergencies and repairs too.".to_owned()])
            .company("Two staff, always.")
            .may("Visit with a colleague")
            .may_not("Visit alone, for any reason")
    })
}

/// Somebody was in danger not long ago: nobody meets the customer without knowing. It limits nothing the customer may do.
pub fn danger(scene: &Scene<'_>) -> Option<Limit> {
    let danger = scene.danger()?;
    let said = format!("{} on {}.", danger.said(), say::day(danger.on));
    let limit = match scene.way() {
        Way::Visit => Limit::new(Rank::Danger, vec![format!("Do not visit alone. {said}")])
            .company("Do not go alone.")
            .may("Visit with a colleague, after you have told your manager")
            .may_not("Visit alone"),
        Way::Person => Limit::new(Rank::Danger, vec![format!("Do not meet {} alone. {said}", scene.him())])
            .company("Do not go alone.")
            .may("Meet where colleagues are near")
            .may_not(format!("Meet {} alone", scene.him())),
        Way::Phone | Way::Writing | Way::Chat | Way::Social => {
            Limit::new(Rank::Danger, vec![format!("{} as normal. {said}", scene.verb())])
        }
    };
    Some(limit.line(said))
}
