//! A term as staff read it on a card or a proposal.

use super::{blocked, exception, reach, topic_list};
use crate::rules::measure::Term;
use crate::rules::measure::phrase::{any, channels, days, each, matters, minutes_said, rhythm, so_many, stopped, writing};
use crate::rules::say;

impl Term {
    /// The term as staff read it on a card or a proposal.
    pub fn sentence_for_staff(&self) -> String {
        match self {
            Self::SinglePointOfContact { name, job, phone, email, cover, .. } => format!(
                "{name}, {job}, deals with everything that is not always open, {}. {cover} covers.",
                reach(phone, email, "on", "at")
            ),
            Self::NamedTeam { team, phone, email } => {
                format!(
                    "{} deals with everything that is not always open, {}.",
                    say::sentence(team.trim()),
                    reach(phone, email, "on", "at")
                )
            }
            Self::Channels { closed } => {
                format!("Closed: {}.", channels(closed, say::list))
            }
            Self::Times { channel, days: on, from, until } => {
                format!("{}: {}, {}.", channel.title(), days(on), say::span(*from, *until))
            }
            Self::Duration { channels, minutes } => format!("{}: {} at most.", say::sentence(&each(channels)), minutes_said(*minutes)),
            Self::Quota { channel, count, per, answered_on, .. } => {
                let answer = answered_on.map_or_else(String::new, |day| format!(", answered on {day}s"));
                format!("{}: {}{answer}.", channel.title(), so_many(*channel, *count, *per))
            }
            Self::Issues { count, per } => format!("No more than {}.", matters(*count, *per)),
            Self::Replies { every, on, by, one_for_all } => {
                let all = if *one_for_all { " One reply answers everything that came before it." } else { "" };
                match (every, on) {
                    (Some(every), Some(on)) => format!("{} replies {}.{all}", say::sentence(by.trim()), rhythm(*every, *on)),
                    _ => format!("{} replies.{all}", say::sentence(by.trim())),
                }
            }
            Self::RegularCall { by, every, on, at } => {
                format!("We promise a call: {} rings {}, at {}.", by.trim(), rhythm(*every, *on), say::time(*at))
            }
            Self::AppointmentOnly { with, channels: ways, .. } => {
                format!("{}: by appointment with {with} only.", say::sentence(&channels(ways, say::list)))
            }
            Self::RepresentativeOnly { name } => format!("Contact through {name} only."),
            Self::AdvocateInvited { who } => format!("An offer: somebody may speak for them ({}).", who.trim()),
            Self::Premises { places, events } => {
                let mut closed = places.clone();
                closed.extend(events.then(|| "our events".to_owned()));
                format!("Closed: {}.", say::list(&closed))
            }
            Self::Topics { mode, topics, purposes } => {
                format!("{}: {}.", mode.title(), say::list(&topic_list(topics, purposes)))
            }
            Self::Complaint { step, which, why } => format!("{}: {}. {}", step.title(), which.trim(), stopped(why)),
            Self::Documents { fate, about, checked_by, .. } => {
                format!("{}: {}. {} looks at each one first.", fate.title(), about.trim(), say::sentence(checked_by.trim()))
            }
            Self::TwoPersonVisits { why } => format!("Two staff for home visits: {}", stopped(why)),
            Self::Witness { channels, who } => format!("{} is present at {}.", say::sentence(who.trim()), any(channels)),
            Self::ReadAndFile { about, reader } => {
                format!("{reader} reads and files messages about {about}. No reply, unless something is new or urgent.")
            }
            Self::Withdrawn { what, why } => format!("Withdrawn: {}. {}", what.trim(), stopped(why)),
            Self::EndDirectContact { except, leaves } => {
                format!("{} only.{}", say::sentence(&writing(leaves)), exception(except))
            }
            Self::EndAllContact { except } => format!("All contact is ended.{}", exception(except)),
            Self::TechnicalBlock { what, detail, .. } => {
                format!("Blocked: {} ({detail}). Unblock it when this ends.", blocked(*what))
            }
            Self::Scope { reach, names } => match reach.narrows() {
                true => format!("Only for contact with {}.", say::list(names)),
                false => format!("Also for contact with {}.", say::list(names)),
            },
            Self::Other { words } => stopped(words),
        }
    }
}
