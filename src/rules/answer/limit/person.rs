//! Limits on who may be spoken with, and who speaks.

use super::{Limit, Rank};
use crate::rules::answer::hours::{self, Hours};
use crate::rules::answer::scene::Scene;
use crate::rules::id::StaffId;
use crate::rules::measure::{Channel, Term, Way};
use crate::rules::say;

/// Contact comes through a representative.
pub fn represented(scene: &Scene<'_>) -> Vec<Limit> {
    let names = scene.terms().filter_map(|term| match term {
        Term::RepresentativeOnly { name } => Some(name.trim()),
        _ => None,
    });
    names.map(|name| through(scene, name)).collect()
}

fn through(scene: &Scene<'_>, name: &str) -> Limit {
    let order = match scene.way() {
        Way::Visit => "Arrange visits with",
        Way::Writing | Way::Chat | Way::Social => "Reply only to",
        Way::Phone | Way::Person => "Deal only with",
    };
    let unless = scene.unless();
    let help = format!("I can help with {} right now.", scene.urgent());
    Limit::new(Rank::Represented, vec![format!("{order} {name}, {unless}."), format!("{order} the representative, {unless}.")])
        .may(format!("Deal with {name}, who speaks for {}", scene.him()))
        .may_not(format!("Deal with anything else with {} directly", scene.him()))
        .say(format!("{help} For anything else, please ask {name} to contact us."))
        .say(format!("{help} For anything else, please ask your representative to contact us."))
}

/// A single point of contact or a named team, seen by everybody else and by that person.
pub fn named(scene: &Scene<'_>) -> Vec<Limit> {
    if scene.way() == Way::Visit {
        return Vec::new();
    }
    points(scene).map(|point| point.limit(scene)).collect()
}

/// Whether somebody named takes the calls, and whoever asks is not that person: then the one line that books a call says with whom.
pub fn is_rung_by_somebody(scene: &Scene<'_>) -> bool {
    points(scene).any(|point| point.rings && !point.is_reader(scene))
}

fn points<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = Point<'a>> {
    scene.terms().filter_map(|term| match term {
        Term::SinglePointOfContact { name, phone, cover, staff, cover_staff, .. } => {
            Some(Point { name: name.trim(), staff: *staff, cover: Some((cover.trim(), *cover_staff)), rings: !phone.trim().is_empty() })
        }
        Term::NamedTeam { team, phone, .. } => Some(Point { name: team.trim(), staff: None, cover: None, rings: !phone.trim().is_empty() }),
        _ => None,
    })
}

struct Point<'a> {
    name: &'a str,
    /// Who that is, where they work here.
    staff: Option<StaffId>,
    /// Who stands in, and who that is where they work here. A team covers for itself.
    cover: Option<(&'a str, Option<StaffId>)>,
    rings: bool,
}

impl Point<'_> {
    fn is_reader(&self, scene: &Scene<'_>) -> bool {
        scene.is_reader(self.staff, self.name) || self.cover.is_some_and(|(cover, staff)| scene.is_reader(staff, cover))
    }

    fn limit(&self, scene: &Scene<'_>) -> Limit {
        let timed = call_hours(scene);
        if scene.is_reader(self.staff, self.name) {
            return mine(scene, &format!("You are {} named contact.", scene.his()));
        }
        if self.cover.is_some_and(|(cover, staff)| scene.is_reader(staff, cover)) {
            return mine(scene, &format!("You cover for {}.", self.name));
        }
        match timed {
            Some(Hours::Inside { .. }) if scene.way() == Way::Phone && self.rings => self.put_through(scene),
            _ => self.pass_on(scene, timed),
        }
    }

    /// Now is the agreed time, and somebody else has picked up.
    fn put_through(&self, scene: &Scene<'_>) -> Limit {
        let (name, him) = (self.name, scene.him());
        Limit::new(
            Rank::Named,
            vec![
                format!("Put {him} through to {name}. This is the agreed call time."),
                format!("Put {him} through to the named contact. This is the agreed call time."),
            ],
        )
        .may(format!("Put {him} through to {name}{}", self.or_cover("to ")))
        .may_not(format!("Pass {him} to another team or manager"))
        .say(format!("This is your agreed time with {name}. I will put you through now."))
        .say("This is your agreed time. I will put you through now.")
    }

    fn pass_on(&self, scene: &Scene<'_>, timed: Option<Hours>) -> Limit {
        let (name, urgent) = (self.name, scene.urgent());
        let to = self.route(scene, timed);
        let start = format!("Deal with {urgent}. For anything else,");
        let help = format!("I can take {} right now.", spoken(scene));
        let limit = Limit::new(
            Rank::Named,
            vec![
                format!("{start} {to} {name}."),
                format!("Deal with {urgent}. Pass anything else to {name}."),
                format!("Deal with {urgent}. Pass anything else to the named contact."),
            ],
        )
        .may(match next_call(scene, timed).filter(|_| self.rings) {
            Some(when) => format!("Book a call for {when}, with {name}{}", self.as_cover()),
            None => format!("{} {name}{}", say::sentence(to), self.or_cover("")),
        })
        .may_not(format!("Pass {} to another team or manager", scene.him()))
        .may_not("Give out staff direct numbers");
        match (next_call(scene, timed), self.rings) {
            (Some(when), true) => limit
                .say(format!("{help} For anything else, {name} will ring you {when}. Shall I book that for you?"))
                .say(format!("{help} For anything else, we will ring you {when}. Shall I book that for you?")),
            _ => limit
                .say(format!("{help} For anything else, I will pass a message to {name}. What shall I say?"))
                .say(format!("{help} For anything else, I will take a message. What shall I say?")),
        }
    }

    /// ", or Tom Bell when Samina Iqbal is away".
    fn or_cover(&self, to: &str) -> String {
        self.cover.map_or_else(String::new, |(cover, _)| format!(", or {to}{cover} when {} is away", self.name))
    }

    /// The same where it has to be short: ", or Tom Bell as cover".
    fn as_cover(&self) -> String {
        self.cover.map_or_else(String::new, |(cover, _)| format!(", or {cover} as cover"))
    }

    /// How anything else gets to the named person.
    fn route(&self, scene: &Scene<'_>, timed: Option<Hours>) -> &'static str {
        match scene.way() {
            Way::Phone if self.rings && timed.is_some() => "book a call with",
            Way::Phone if self.rings => "put the call through to",
            Way::Phone => "pass a message to",
            Way::Person => "book a meeting with",
            Way::Writing | Way::Chat | Way::Visit | Way::Social => "pass the message to",
        }
    }
}

/// The named person, or whoever covers for them, has picked up. Where there are set times, those give the heading.
fn mine(scene: &Scene<'_>, who: &str) -> Limit {
    let short = format!("{} as normal. You cover for the named contact.", scene.verb());
    Limit::new(Rank::Yours, vec![format!("{} as normal. {who}", scene.verb()), short])
}

fn call_hours(scene: &Scene<'_>) -> Option<Hours> {
    (scene.way() == Way::Phone).then(|| hours::on(scene, Channel::Phone)).flatten()
}

fn next_call(scene: &Scene<'_>, timed: Option<Hours>) -> Option<String> {
    match timed {
        Some(Hours::Outside { next: Some(window) }) => Some(window.said(scene.today())),
        _ => None,
    }
}

fn spoken(scene: &Scene<'_>) -> &'static str {
    if scene.urgent().starts_with("repairs") { "a repair or anything urgent" } else { "anything urgent" }
}
